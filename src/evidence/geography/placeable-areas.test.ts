import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TemporaryStore, temporaryStore, tester } from '../../../test/temporary-store.ts'
import { loadBoundaryFile } from './load-boundary-file.ts'

let store: TemporaryStore
before(async () => {
  store = await temporaryStore()
})
after(() => store.remove())

const units = async () =>
  (await store.evidence.areas('policing-area', '2019-01', '2019-12')).map(area => area.code).sort()

test('units that share an authority are not listed until something tells their rows apart', async () => {
  assert.deepEqual(await units(), ['CV', 'DY', 'SH', 'SW', 'WS', 'WV'])
  const square = (code: string, west: number) => ({
    type: 'Feature',
    properties: { policing_area_code: code, policing_area_name: code },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [west, 52.4],
          [west + 0.1, 52.4],
          [west + 0.1, 52.5],
          [west, 52.5],
          [west, 52.4],
        ],
      ],
    },
  })
  const path = await store.file(
    'units.geojson',
    JSON.stringify({ type: 'FeatureCollection', features: [square('BW', -1.9), square('BE', -1.8)] }),
  )
  await loadBoundaryFile(store.installation, { path, layer: 'policing-area', vintage: '2016' }, tester)
  assert.deepEqual(await units(), ['BE', 'BW', 'CV', 'DY', 'SH', 'SW', 'WS', 'WV'])
})
