import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { columnCentre, type DensityGrid, gridOver, rowCentre } from '../../analysis/density-grid.ts'
import { buildLayer, placePoints } from '../../evidence/geography/layer.ts'
import { centresWithin } from './centres-inside.ts'
import { fromNationalGrid } from './national-grid.ts'

const [WEST, SOUTH] = [400_000, 280_000]
const grid: DensityGrid = gridOver([WEST, SOUTH, WEST + 1000, SOUTH + 1000], 100)

type Corner = readonly [east: number, north: number]
/** A closed ring of corners in metres from the south-west of the grid. */
const ring = (...corners: Corner[]) =>
  [...corners, corners[0]!].map(([x, y]) => fromNationalGrid(WEST + x, SOUTH + y))
const square = (from: number, to: number) => ring([from, from], [to, from], [to, to], [from, to])

const count = (inside: Uint8Array) => inside.filter(Boolean).length

test('a square holds the cells whose centre it holds, and a hole in it does not', () => {
  assert.equal(count(centresWithin([[square(0, 1000)]], grid)), 100)
  // 160 to 640 holds the centres 250, 350, 450 and 550.
  assert.equal(count(centresWithin([[square(160, 640)]], grid)), 16)
  assert.equal(count(centresWithin([[square(0, 1000), square(160, 640)]], grid)), 84)
})

test('several polygons are a union, and what lies beyond the grid is cut off', () => {
  assert.equal(count(centresWithin([[square(160, 640)], [square(260, 740)]], grid)), 16 + 16 - 9)
  assert.equal(count(centresWithin([[square(-5000, 5000)]], grid)), 100)
  assert.equal(count(centresWithin([[square(-5000, -100)], [square(1100, 2000)]], grid)), 0)
  assert.equal(count(centresWithin([], grid)), 0)
})

test('two neighbours share every centre between them once', () => {
  const [left, right] = [
    centresWithin([[ring([0, 0], [333, 0], [666, 1000], [0, 1000])]], grid),
    centresWithin([[ring([333, 0], [1000, 0], [1000, 1000], [666, 1000])]], grid),
  ]
  assert.deepEqual(
    left.map((inside, i) => inside + right[i]!),
    new Uint8Array(100).fill(1),
  )
})

test('any triangle has the centres that the placement of points gives it', () => {
  const side = fc.integer({ min: -200, max: 1200 })
  const corner = fc.tuple(side, side)
  const centres = Array.from({ length: 100 }, (_, i) =>
    fromNationalGrid(columnCentre(grid, i % 10), rowCentre(grid, Math.floor(i / 10))),
  )
  const longitude = Float64Array.from(centres, c => c[0])
  const latitude = Float64Array.from(centres, c => c[1])
  fc.assert(
    fc.property(corner, corner, corner, (a, b, c) => {
      const polygons = [[ring(a, b, c)]]
      const placed = placePoints(buildLayer([{ code: 'T', polygons }]), longitude, latitude)
      const inside = centresWithin(polygons, grid)
      for (let i = 0; i < 100; i++) {
        const [x, y] = [columnCentre(grid, i % 10) - WEST, rowCentre(grid, Math.floor(i / 10)) - SOUTH]
        // A centre within half a metre of a side may go either way: sides are straight in metres here, in degrees there.
        if ([[a, b] as const, [b, c] as const, [c, a] as const].some(s => isNear([x, y], s))) continue
        assert.equal(inside[i] === 1, placed[i] === 0, `centre ${x}, ${y}`)
      }
    }),
  )
})

function isNear([x, y]: Corner, [[ax, ay], [bx, by]]: readonly [Corner, Corner]): boolean {
  const length = Math.hypot(bx - ax, by - ay)
  const along =
    length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length ** 2))
  return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay)) < 0.5
}
