import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Hotspot } from './hotspots.ts'
import { type Gazetteer, hotspotNames } from './hotspots-names.ts'
import { fromNationalGrid } from './national-grid.ts'

const grid = { x0: 400_000, y0: 280_000, cell: 250, cols: 40, rows: 40 }
const middle = (col: number, row: number): [number, number] => [
  grid.x0 + (col + 0.5) * grid.cell,
  grid.y0 + (row + 0.5) * grid.cell,
]

/** One cell each, numbered as given, with ten records in its middle. */
const hotspotsAt = (cells: [number, number][]): Hotspot[] =>
  cells.map(([col, row], i) => ({
    number: i + 1,
    cells: [row * grid.cols + col],
    count: 10,
    km2: 1 / 16,
    centre: middle(col, row),
  }))

function recordsOf(hotspots: readonly Hotspot[]) {
  const at = hotspots.flatMap(h => Array(10).fill(fromNationalGrid(...h.centre)) as [number, number][])
  return {
    longitude: Float64Array.from(at, p => p[0]),
    latitude: Float64Array.from(at, p => p[1]),
    numbers: Uint16Array.from(at, (_, i) => hotspots[Math.floor(i / 10)]!.number),
  }
}

const strip = (code: string, name: string, fromCol: number, toCol: number) => ({
  code,
  name,
  polygons: [
    [
      [
        [fromCol, 0],
        [fromCol, 40],
        [toCol, 40],
        [toCol, 0],
        [fromCol, 0],
      ].map(([col, row]) => fromNationalGrid(grid.x0 + col! * 250, grid.y0 + row! * 250)),
    ],
  ],
})

const market = (col: number, row: number) => {
  const [longitude, latitude] = fromNationalGrid(...middle(col, row))
  return { name: 'The Market', longitude, latitude, policingArea: 'NW', source: 'Invented for tests' }
}

const nothing: Gazetteer = { places: [], wards: [], around: [] }
const names = (cells: [number, number][], gazetteer: Partial<Gazetteer>) => {
  const hotspots = hotspotsAt(cells)
  return hotspotNames(hotspots, grid, recordsOf(hotspots), { ...nothing, ...gazetteer }).map(h => h.name)
}

test('a place that people know names the hotspot it lies in or beside', () => {
  const wards = [strip('W1', 'Lowerside (synthetic)', 0, 40)]
  assert.deepEqual(names([[10, 10]], { places: [market(11, 11)], wards }), ['The Market'])
  assert.deepEqual(names([[10, 10]], { places: [market(12, 10)], wards }), ['Around Lowerside ward'])
})

test('without wards, a hotspot is told by how far and on which side of a place it lies', () => {
  // 8 cells of 250 metres to the east and as many to the north: 2.8 km.
  assert.deepEqual(names([[18, 18]], { places: [market(10, 10)] }), ['2.8 km north-east of The Market'])
  assert.deepEqual(names([[10, 2]], { places: [market(10, 10)] }), ['2.0 km south of The Market'])
  assert.match(names([[10, 2]], {})[0]!, /^Around 52\.\d{3}, -1\.\d{3}$/)
})

test('the larger area stands behind the name, and hotspots of one name are told apart by their side', () => {
  const wards = [strip('W1', 'Lowerside', 0, 20), strip('W2', 'Upperside', 20, 40)]
  const around = [strip('A', 'Northborough', 0, 40)]
  assert.deepEqual(
    names(
      [
        [5, 5],
        [15, 5],
        [30, 5],
      ],
      { wards, around },
    ),
    [
      'Around Lowerside ward, Northborough (west)',
      'Around Lowerside ward, Northborough (east)',
      'Around Upperside ward, Northborough',
    ],
  )
})

test('a ward with less than a quarter of the records does not give its name', () => {
  const hotspots = hotspotsAt([[10, 10]])
  const records = recordsOf(hotspots)
  const wards = [strip('W1', 'Lowerside', 0, 20), strip('W2', 'Upperside', 20, 40)]
  const [far] = fromNationalGrid(...middle(30, 10))
  const moved = (count: number) => ({
    ...records,
    longitude: records.longitude.map((x, i) => (i < count ? far : x)),
  })
  const named = (count: number) => hotspotNames(hotspots, grid, moved(count), { ...nothing, wards })[0]!
  assert.deepEqual(named(2).wards, [{ code: 'W1', name: 'Lowerside' }])
  assert.equal(named(3).name, 'Around Lowerside and Upperside wards')
  assert.equal(named(6).name, 'Around Upperside and Lowerside wards')
})
