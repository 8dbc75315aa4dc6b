/**
 * Knife robberies of April to June, for pages whose numbers are worked out by hand. 2019, the baseline: 30 a month
 * in Birmingham West and 30 in Coventry. 2021: 60 in Birmingham West, 30 in Coventry, 10 that have no place.
 */
import assert from 'node:assert/strict'
import { loadBoundaryFile } from '../src/evidence/geography/load-boundary-file.ts'
import { importFile } from '../src/evidence/intake/import-file.ts'
import type { TemporaryStore } from './temporary-store.ts'
import { tester } from './temporary-store.ts'

const months: [month: string, area: 'BW' | 'CV' | null, perMonth: number][] = ['04', '05', '06'].flatMap(
  (m): [string, 'BW' | 'CV' | null, number][] => [
    [`2019-${m}`, 'BW', 30],
    [`2019-${m}`, 'CV', 30],
    [`2021-${m}`, 'BW', 60],
    [`2021-${m}`, 'CV', 30],
    [`2021-${m}`, null, 10],
  ],
)
const places = { BW: '-1.95,52.45', CV: '-1.45,52.45' }
const day = (i: number) => String(1 + (i % 30)).padStart(2, '0')

function offencesCsv(): string {
  const rows = months.flatMap(([month, area, n]) =>
    Array.from({ length: n }, (_, i) => {
      const on = `${month}-${day(i)}`
      return `${month}-${area}-${i},west-midlands,${on},${on} 17:30,34B,threat_seen,kitchen_knife,no,personal,street,${area ? places[area] : ','}`
    }),
  )
  return `offence_id,force,recorded_on,committed_from,ho_code,knife_use,weapon,domestic,robbery_type,location_type,longitude,latitude\n${rows.join('\n')}\n`
}

/** One victim each: every second one 17, White and male, the others 30, Asian and female; a known suspect in each third. */
function peopleCsv(): string {
  const rows = months.flatMap(([month, area, n]) =>
    Array.from({ length: n }, (_, i) => {
      const of = `${month}-${area}-${i},west-midlands,${month}-${day(i)}`
      const victim = `${of},1,victim,${i % 2 ? '30,Female,A1,IC4' : '17,Male,W1,IC1'},p${month}${i}`
      return i % 3 ? victim : `${victim}\n${of},1,suspect,19,Male,,IC3,s${month}${i}`
    }),
  )
  return `offence_id,force,recorded_on,person_no,role,age,gender,ethnicity_self,ethnicity_officer,pseudonym\n${rows.join('\n')}\n`
}

const square = (code: string, west: number) => ({
  type: 'Feature',
  properties: { npu_code: code, npu_name: code === 'BW' ? 'Birmingham West' : 'Coventry' },
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

/** Loads the offences, one victim each and some suspects, with two square policing areas. */
export async function loadKnifeRobberies(store: TemporaryStore): Promise<void> {
  const boundaries = { type: 'FeatureCollection', features: [square('BW', -2), square('CV', -1.5)] }
  const path = await store.file('npu.geojson', JSON.stringify(boundaries))
  await loadBoundaryFile(store.installation, { path, layer: 'policing-area' }, tester)
  for (const [dataset, csv] of [
    ['offences', offencesCsv()],
    ['offence-people', peopleCsv()],
  ] as const) {
    const report = await importFile(store, {
      path: await store.file(`${dataset}.csv`, csv),
      dataset,
      actor: tester,
    })
    assert.equal(report.status, 'active', JSON.stringify(report))
  }
}
