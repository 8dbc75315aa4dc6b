import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { columnCentre, rowCentre } from '../../analysis/density-grid.ts'
import { bandwidthOf, densitySurface } from './density-surface.ts'
import { bandStarts, bandsOf } from './density-surface-bands.ts'
import { cellsOver, centresInside, studyArea } from './hotspots-area.ts'
import { fromNationalGrid, toNationalGrid } from './national-grid.ts'
import { openMethodRunner } from './run-method.ts'

const methods = openMethodRunner(1)
after(() => methods.close())

/** A square of five kilometres. */
const [WEST, SOUTH, SIDE] = [400_000, 280_000, 5000]
const corners = [
  [0, 0],
  [0, SIDE],
  [SIDE, SIDE],
  [SIDE, 0],
  [0, 0],
] as const
const area = studyArea([
  {
    code: 'S',
    name: 'Square',
    polygons: [[corners.map(([x, y]) => fromNationalGrid(WEST + x, SOUTH + y))]],
  },
])
const points = (pairs: [number, number][]) => ({
  x: Float64Array.from(pairs, p => WEST + p[0]),
  y: Float64Array.from(pairs, p => SOUTH + p[1]),
})
const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0)

test('the area is measured in metres, and its cells are those whose middle lies inside', () => {
  assert.ok(Math.abs(area.km2 - 25) < 0.01, String(area.km2))
  const grid = cellsOver(area, 250)
  assert.equal(centresInside(area, grid).filter(Boolean).length, 400)
  assert.equal(grid.x0 % 250, 0)
})

test('a lone record in the middle has the peak of its kernel, and all of the surface is that record', async () => {
  const { grid, perKm2 } = await densitySurface(methods, points([[2562.5, 2562.5]]), area, 500)
  // 3 / (π × 0.5²) per km² at its own place.
  assert.ok(Math.abs(Math.max(...perKm2) - 3 / (Math.PI * 0.25)) < 1e-9)
  assert.ok(Math.abs((sum(perKm2) * grid.cell ** 2) / 1e6 - 1) < 0.01)
})

test('where records lie everywhere alike, the surface is level up to the boundary and nothing beyond it', async () => {
  const grid = cellsOver(area, 125)
  const inside = centresInside(area, grid)
  const everywhere = [...inside.keys()]
    .filter(cell => inside[cell] === 1)
    .map((cell): [number, number] => [
      columnCentre(grid, cell % grid.cols) - WEST,
      rowCentre(grid, Math.floor(cell / grid.cols)) - SOUTH,
    ])
  const { perKm2 } = await densitySurface(methods, points(everywhere), area, 600)
  perKm2.forEach((value, cell) => {
    // One in each cell of 125 metres; about, because the kernel is summed where its cells are.
    const expected = inside[cell] === 1 ? 64 : 0
    assert.ok(Math.abs(value - expected) <= 0.02 * expected, `cell ${cell}: ${value}`)
  })
})

test('the radius is that asked for, or the rule’s, held to what the number of records bears', async () => {
  const many = points(
    Array.from({ length: 400 }, (_, i): [number, number] => [(i * 997) % SIDE, (i * 613) % SIDE]),
  )
  assert.deepEqual(await bandwidthOf(methods, many, area, 750), {
    metres: 750,
    rule: null,
    covering: 0,
    compared: 0,
  })
  const snapped = points(
    Array.from({ length: 100 }, (_, i): [number, number] => [1000 * (1 + (i % 4)), 1000 * (1 + (i % 3))]),
  )
  const held = await bandwidthOf(methods, snapped, area, null)
  // Records at the same point: the rule wants almost nothing. Two of 100 in 25 km² lie within √(2 × 25 / 100π) km.
  assert.ok(held.rule! < 100, String(held.rule))
  assert.ok(Math.abs(held.covering - 398.9) < 0.2, String(held.covering))
  assert.equal(held.metres, 400)
  assert.equal(held.compared, 100)
})

test('each band begins at twice the one before, in numbers that can be written, and no lone record is shaded', () => {
  // 100 × 0.75 / 16 = 4.7: the next below is 4.
  assert.deepEqual(bandStarts(100, 0), [4, 8, 16, 32, 64])
  assert.deepEqual(bandStarts(100, 10), [16, 32, 64])
  assert.deepEqual(bandStarts(0.9, 0), [0.04, 0.08, 0.16, 0.32, 0.64])
  assert.deepEqual(bandStarts(0, 0), [])
})

test('the shape of a band lies around the records it is of', async () => {
  const five = points(Array.from({ length: 5 }, (): [number, number] => [2562.5, 2562.5]))
  const bands = bandsOf(await densitySurface(methods, five, area, 500), 500)
  // The peak is 5 × 3.82 = 19.1; a lone record's is 3.82, so shades begin above 2 × 3.82 = 7.6: of 0.8, 1.6, 3.2,
  // 6.4 and 12.8 only the last.
  assert.deepEqual(
    bands.map(b => b.from),
    [12.8],
  )
  const [ring] = bands[0]!.polygons[0]!
  const { x, y } = toNationalGrid(
    Float64Array.from(ring!, c => c[0]!),
    Float64Array.from(ring!, c => c[1]!),
  )
  // (1 − d²/h²)² = 12.8 / 19.1 at d = 213 metres.
  x.forEach((east, i) => {
    const distance = Math.hypot(east - WEST - 2562.5, y[i]! - SOUTH - 2562.5)
    assert.ok(Math.abs(distance - 213) < 30, String(distance))
  })
})
