import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { InputFault } from '../../platform/errors.ts'
import { readBoundaries } from './boundary-file.ts'
import { woundForDrawing } from './polygons.ts'
import { collection, feature, square } from './squares.ts'

const read = (properties: Record<string, unknown>, given = {}) =>
  readBoundaries(collection(feature(properties, square(0, 0))), 'map.geojson', given)

const refusal = (text: string, given = {}): string => {
  try {
    readBoundaries(text, 'map.geojson', given)
  } catch (error) {
    assert.ok(error instanceof InputFault)
    assert.equal(error.code, 'boundaries-invalid')
    return error.message
  }
  assert.fail('the file was taken')
}

describe('telling what a boundary file holds', () => {
  const cases: [Record<string, string>, string, string][] = [
    [{ lsoa11_code: 'E01000001', lsoa11_name: 'n', lad_code: 'E08000025' }, 'lsoa', '2011'],
    [{ lsoa21_code: 'E01000001', lsoa21_name: 'n', lad_code: 'E08000025' }, 'lsoa', '2021'],
    [{ LSOA21CD: 'E01000001', LSOA21NM: 'n' }, 'lsoa', '2021'],
    [{ ward25_code: 'E05000001', ward25_name: 'n', lad_code: 'E08000025', lad_name: 'l' }, 'ward', '2025'],
    [{ WD24CD: 'E05000001', WD24NM: 'n', LAD24CD: 'E08000025' }, 'ward', '2024'],
    [{ lad_code: 'E08000025', lad_name: 'n' }, 'local-authority', 'undated'],
    [{ lad_code: 'E08000025', lad_name: 'n', npu: 'BW' }, 'local-authority', 'undated'],
    [
      { policing_area_code: 'BW', policing_area_name: 'n', lad_code: 'E08000025' },
      'policing-area',
      'undated',
    ],
    [{ npu: 'BW', name: 'n' }, 'policing-area', 'undated'],
    [{ impact_area_code: 'I1', name: 'n', lad_code: 'E08000025' }, 'impact-area', 'undated'],
  ]
  for (const [properties, layer, vintage] of cases) {
    test(`${Object.keys(properties).join(', ')} is ${layer} ${vintage}`, () => {
      const file = read(properties)
      assert.equal(file.layer, layer)
      assert.equal(file.vintage, vintage)
      assert.equal(file.areas[0]!.name, 'n')
    })
  }

  test('a layer and vintage that are given win, and a plain code will do', () => {
    const file = read({ code: 'S1', name: 'Small one' }, { layer: 'lsoa', vintage: 'synthetic' })
    assert.deepEqual([file.layer, file.vintage, file.areas[0]!.code], ['lsoa', 'synthetic', 'S1'])
  })

  test('the parents that a feature names are kept with their vintage', () => {
    const [area] = read({
      lsoa21_code: 'E01000001',
      ward24_code: 'E05000001',
      lad_code: 'E08000025',
      policing_area: 'BW',
      npu: '',
    }).areas
    assert.deepEqual(area!.parents, [
      { kind: 'ward', code: 'E05000001', vintage: '2024' },
      { kind: 'policing-area', code: 'BW', vintage: 'undated' },
      { kind: 'local-authority', code: 'E08000025', vintage: 'undated' },
    ])
  })

  test('features with the same code are one area', () => {
    const file = readBoundaries(
      collection(
        feature({ ward25_code: 'W1' }, square(0, 0)),
        feature({ ward25_code: 'W2' }, square(1, 0)),
        feature({ ward25_code: 'W1' }, square(5, 5)),
      ),
      'map.geojson',
    )
    assert.equal(file.merged, 1)
    assert.deepEqual(
      file.areas.map(a => [a.code, a.polygons.length]),
      [
        ['W1', 2],
        ['W2', 1],
      ],
    )
  })
})

describe('refusing a boundary file in words', () => {
  const ward = { ward25_code: 'W1' }
  const cases: [string, string, RegExp, object?][] = [
    ['text that is not JSON', 'Longitude,Latitude', /is not JSON/],
    ['JSON of another kind', '{"type":"Topology"}', /not a GeoJSON FeatureCollection/],
    ['JSON null', 'null', /not a GeoJSON FeatureCollection/],
    ['no features', collection(), /no features/],
    ['a list of something else', collection({ type: 'Point' }), /Number 1 of the features/],
    ['no code', collection(feature({ title: 'x' }, square(0, 0))), /no property with a code.*title/],
    ['a plain code of an unknown layer', collection(feature({ code: 'x' }, square(0, 0))), /say which layer/],
    [
      'another layer than was said',
      collection(feature({ lsoa11_code: 'x' }, square(0, 0))),
      /code of its wards/,
      { layer: 'ward' },
    ],
    ['MSOAs', collection(feature({ msoa21_code: 'x', lad_code: 'y' }, square(0, 0))), /holds MSOAs/],
    ['police forces', collection(feature({ pfa23_code: 'x' }, square(0, 0))), /holds police force areas/],
    [
      'one feature without its code',
      collection(feature(ward, square(0, 0)), feature({ ward25_code: ' ' }, square(1, 0))),
      /Feature 2 of map.geojson has no ward25_code/,
    ],
    [
      'a line',
      collection({ type: 'Feature', properties: ward, geometry: { type: 'LineString', coordinates: [] } }),
      /is a LineString/,
    ],
    ['no geometry', collection({ type: 'Feature', properties: ward, geometry: null }), /without geometry/],
    ['no rings', collection(feature(ward)), /no rings/],
    [
      'a ring of two corners',
      collection(
        feature(ward, [
          [0, 0],
          [1, 1],
          [0, 0],
        ]),
      ),
      /fewer than three/,
    ],
    [
      'text in a position',
      collection({
        type: 'Feature',
        properties: ward,
        geometry: { type: 'Polygon', coordinates: [[['1', '2']]] },
      }),
      /not two numbers/,
    ],
    ['eastings', collection(feature(ward, square(406_000, 286_000, 500))), /eastings and northings/],
    ['other large numbers', collection(feature(ward, square(-900, 95))), /not a longitude and a latitude/],
    ['latitude first', collection(feature(ward, square(52.4, -1.9, 0.1))), /latitude seems to come first/],
    [
      'a day that does not exist',
      collection(feature({ ...ward, valid_from: '2019-02-31' }, square(0, 0))),
      /valid_from is "2019-02-31"/,
    ],
    [
      'one code with two periods',
      collection(
        feature({ ...ward, valid_to: '2019-03-31' }, square(0, 0)),
        feature({ ...ward, valid_from: '2019-04-01' }, square(0, 0)),
      ),
      /occurs twice with different dates/,
    ],
  ]
  for (const [what, text, sentence, given] of cases) {
    test(what, () => assert.match(refusal(text, given), sentence))
  }
})

test('rings for drawing are closed, the outer clockwise and the hole against', () => {
  const againstTheClock = square(0, 0, 3)
  const [drawn] = woundForDrawing([[againstTheClock.slice(0, -1), square(1, 1)]])
  assert.deepEqual(drawn![0], [
    [0, 0],
    [0, 3],
    [3, 3],
    [3, 0],
    [0, 0],
  ])
  assert.deepEqual(drawn![1], square(1, 1))
})
