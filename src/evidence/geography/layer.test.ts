import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import type { Position } from 'geojson'
import pointInPolygon from 'point-in-polygon-hao'
import { readBoundaries } from './boundary-file.ts'
import { buildLayer, type LayerFeature, placePoints } from './layer.ts'
import { square } from './squares.ts'

const codesAt = (features: LayerFeature[], ...points: [number, number][]): (string | null)[] => {
  const layer = buildLayer(features)
  const placed = placePoints(
    layer,
    Float64Array.from(points, p => p[0]),
    Float64Array.from(points, p => p[1]),
  )
  return [...placed].map(area => layer.codes[area] ?? null)
}

/** The same question asked of an independent library, area by area in order of code. */
function firstByLibrary(features: LayerFeature[], [x, y]: [number, number]): string | null {
  const sorted = features.toSorted((a, b) => (a.code < b.code ? -1 : 1))
  const area = sorted.find(f =>
    f.polygons.some(rings => pointInPolygon([x, y], rings as [number, number][][]) !== false),
  )
  return area?.code ?? null
}

describe('placing points in a layer', () => {
  const neighbours: LayerFeature[] = [
    { code: 'B', polygons: [[square(1, 0)]] },
    { code: 'A', polygons: [[square(0, 0)]] },
    { code: 'C', polygons: [[square(0, 1)]] },
  ]

  test('a point inside one square is in that square', () => {
    assert.deepEqual(codesAt(neighbours, [0.5, 0.5], [1.5, 0.5], [0.5, 1.5], [1.5, 1.5]), [
      'A',
      'B',
      'C',
      null,
    ])
  })

  test('a point on a shared edge or corner has one area, that with the lowest code', () => {
    assert.deepEqual(codesAt(neighbours, [1, 0.5], [0.5, 1], [1, 1], [2, 1], [0, 2]), [
      'A',
      'A',
      'A',
      'B',
      'C',
    ])
  })

  test('a point that is not a number has no area', () => {
    assert.deepEqual(codesAt(neighbours, [Number.NaN, 0.5], [0.5, Number.NaN], [Infinity, 0.5]), [
      null,
      null,
      null,
    ])
  })

  test('a hole is outside, its rim inside, and what fills it is its own', () => {
    const ring: LayerFeature = { code: 'RING', polygons: [[square(0, 0, 3), square(1, 1)]] }
    assert.deepEqual(codesAt([ring], [0.5, 0.5], [1.5, 1.5], [1, 1.5]), ['RING', null, 'RING'])
    const core: LayerFeature = { code: 'CORE', polygons: [[square(1, 1)]] }
    assert.deepEqual(codesAt([ring, core], [1.5, 1.5], [1, 1.5]), ['CORE', 'CORE'])
  })

  test('an area of several polygons is their union, also where they overlap', () => {
    const islands: LayerFeature = {
      code: 'I',
      polygons: [[square(0, 0, 2)], [square(1, 1, 2)], [square(9, 9)]],
    }
    assert.deepEqual(codesAt([islands], [0.5, 0.5], [1.5, 1.5], [2.5, 2.5], [9.5, 9.5], [5, 5]), [
      'I',
      'I',
      'I',
      'I',
      null,
    ])
  })

  test('a ring that touches itself in a hairline keeps its inside, whichever way it is wound', () => {
    // A bow of two triangles that meet in (1, 1), with a spike of no width to (1, 3).
    const bow: Position[] = [
      [0, 0],
      [1, 1],
      [1, 3],
      [1, 1],
      [2, 0],
      [2, 2],
      [1, 1],
      [0, 2],
      [0, 0],
    ]
    for (const ring of [bow, bow.toReversed()]) {
      assert.deepEqual(codesAt([{ code: 'X', polygons: [[ring]] }], [0.2, 1], [1.8, 1], [1, 0.5], [1, 2]), [
        'X',
        'X',
        null,
        'X',
      ])
    }
  })

  test('an unclosed ring is closed', () => {
    const open = square(0, 0).slice(0, -1)
    assert.deepEqual(codesAt([{ code: 'A', polygons: [[open]] }], [0.1, 0.5], [0, 0.5]), ['A', 'A'])
  })

  test('a layer of nothing places nothing', () => {
    assert.deepEqual(codesAt([], [0, 0]), [null])
  })

  test('agrees with point-in-polygon-hao on any rings and points, edges and corners included', () => {
    const coordinate = fc.integer({ min: 0, max: 8 })
    // Rings with fewer than three corners are refused when a file is read.
    const ring = fc.uniqueArray(fc.tuple(coordinate, coordinate), {
      minLength: 3,
      maxLength: 9,
      selector: String,
    })
    const polygon = fc.array(ring, { minLength: 1, maxLength: 2 })
    const features = fc
      .array(fc.array(polygon, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 4 })
      .map(list =>
        list.map((polygons, i) => ({
          code: 'DACB'[i]!,
          polygons: polygons.map(rings => rings.map(r => [...r, r[0]!])),
        })),
      )
    // Halves lie on corners and edges often; the others hardly ever. Nobody is 5e-324 degrees from an edge:
    // so near, rounding puts a point on it.
    const place = fc.oneof(
      coordinate,
      fc.integer({ min: 0, max: 16 }).map(n => n / 2),
      fc.integer({ min: -1_000_000, max: 9_000_000 }).map(n => n / 1_000_003),
    )
    const points = fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(features, points, (areas, at) => {
        assert.deepEqual(
          codesAt(areas, ...at),
          at.map(p => firstByLibrary(areas, p)),
        )
      }),
      { numRuns: 500 },
    )
  })

  test('no point of a tiled plane is lost or counted twice', () => {
    // Jittered corners, so that no edge is upright or level and rounding has its chance.
    const corner = fc.integer({ min: -300_000, max: 300_000 }).map(n => n / 1_000_003)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(corner, corner), { minLength: 36, maxLength: 36 }),
        fc.array(fc.tuple(fc.nat(24), fc.nat(3), fc.double({ min: 0, max: 1, noNaN: true })), {
          maxLength: 20,
        }),
        (jitter, spots) => {
          const at = (column: number, row: number): Position => {
            const [dx, dy] = jitter[row * 6 + column]!
            return [column + dx, row + dy]
          }
          const ringOf = (n: number): Position[] => {
            const [c, r] = [n % 5, Math.floor(n / 5)]
            return [at(c, r), at(c + 1, r), at(c + 1, r + 1), at(c, r + 1), at(c, r)]
          }
          const tiles = Array.from({ length: 25 }, (_, n) => ({ code: `T${n}`, polygons: [[ringOf(n)]] }))
          const inner = spots.flatMap(([n, side, t]): [number, number][] => {
            const [a, b] = [ringOf(n)[side]!, ringOf(n)[side + 1]!]
            const point: [number, number] = [a[0]! + (b[0]! - a[0]!) * t, a[1]! + (b[1]! - a[1]!) * t]
            return point.every(v => v > 0.4 && v < 4.6) ? [point] : []
          })
          assert.ok(codesAt(tiles, ...inner).every(code => code !== null))
        },
      ),
    )
  })
})

const data = resolve(import.meta.dirname, '../../../../shared/data')
const missing = existsSync(data) ? false : 'the real boundaries are not on this machine'

describe('real boundaries', { skip: missing }, () => {
  const layerOf = (file: string) =>
    readBoundaries(readFileSync(resolve(data, 'boundaries', file), 'utf8'), file).areas

  for (const file of ['west-midlands-lsoa-2021.geojson', 'merseyside-ward-2025.geojson']) {
    test(`agrees with point-in-polygon-hao over ${file}, on its own corners too`, () => {
      const areas = layerOf(file)
      const corners = areas
        .flatMap(a => a.polygons.flat(2) as [number, number][])
        .filter((_, i) => i % 97 === 0)
      const between = corners.slice(1).map(([x, y], i): [number, number] => {
        const [px, py] = corners[i]!
        return [(x + px) / 2, (y + py) / 2]
      })
      const points = [...corners, ...between].slice(0, 1200)
      assert.deepEqual(
        codesAt(areas, ...points),
        points.map(p => firstByLibrary(areas, p)),
      )
    })
  }

  test('police points of June 2018 fall in the ward whose polygon the police service was asked for', () => {
    const lines = gunzipSync(
      readFileSync(resolve(data, 'police-uk-api-ward-crimes/2018-06-west-midlands-wards.ndjson.gz')),
    )
      .toString('utf8')
      .trim()
      .split('\n')
    type Crime = { ward_code: string; lad_name: string; location: { longitude: string; latitude: string } }
    // Birmingham's wards of 2018 are those of 2025; the other districts' were reviewed since.
    const crimes = lines.map(line => JSON.parse(line) as Crime).filter(c => c.lad_name === 'Birmingham')
    assert.equal(crimes.length, 11_405)
    const codes = codesAt(
      layerOf('west-midlands-ward-2025.geojson'),
      ...crimes.map((c): [number, number] => [Number(c.location.longitude), Number(c.location.latitude)]),
    )
    const agree = crimes.filter((c, i) => c.ward_code === codes[i]).length
    // Points on a ward edge were returned for both wards, and our outlines are generalised: not all can agree.
    assert.ok(agree / crimes.length > 0.95, `${agree} of ${crimes.length} agree`)
  })
})
