import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Hotspot, numberOfCells, rankedHotspots, touching } from './hotspots.ts'
import { cellOfPoints } from './hotspots-area.ts'
import { significantCells } from './significant-cells.ts'
import { cornersAround } from './significant-cells-outline.ts'

/** 20 by 20 cells of 250 metres, all inside. */
const grid = { x0: 400_000, y0: 280_000, cell: 250, cols: 20, rows: 20 }
const inside = new Uint8Array(400).fill(1)
const at = (col: number, row: number) => row * grid.cols + col

/** So many records in the middle of each cell. */
function records(cells: [col: number, row: number, count: number][]): Int32Array {
  const x = cells.flatMap(([col, , count]) => Array(count).fill(grid.x0 + (col + 0.5) * grid.cell))
  const y = cells.flatMap(([, row, count]) => Array(count).fill(grid.y0 + (row + 0.5) * grid.cell))
  return cellOfPoints(Float64Array.from(x), Float64Array.from(y), grid)
}

/**
 * Worked by hand: of 34 records the mean of a cell is 0.085 and the deviation 0.91; over the five cells of a rook's window
 * a sum of 9 has z = (9 − 0.425) / (0.91 × 2.22) = 4.2, a sum of 3 has 1.3.
 */
const evidence = records([
  [2, 2, 10],
  [10, 10, 12],
  [12, 10, 9],
  [17, 3, 3],
])

const listed = (hotspots: Hotspot[]) => hotspots.map(h => [h.number, h.count, h.cells.length, h.km2])

test('cells that touch by a side are one hotspot, and the one with most records is the first', () => {
  const found = significantCells(grid, inside, evidence, 'rook')
  const hotspots = rankedHotspots(found, grid, 'rook')
  // Two crosses of five cells share the cell between them.
  assert.deepEqual(listed(hotspots), [
    [1, 21, 9, 9 / 16],
    [2, 10, 5, 5 / 16],
  ])
  assert.deepEqual(
    hotspots[1]!.cells,
    [at(2, 1), at(1, 2), at(2, 2), at(3, 2), at(2, 3)].sort((a, b) => a - b),
  )
  // The middle of 12 records in column 10 and 9 in column 12.
  assert.deepEqual(hotspots[0]!.centre, [400_000 + (10.5 + 18 / 21) * 250, 280_000 + 10.5 * 250])
})

test('with corners as neighbours the blocks of nine cells join', () => {
  const found = significantCells(grid, inside, evidence, 'queen')
  assert.deepEqual(
    rankedHotspots(found, grid, 'queen').map(h => [h.count, h.cells.length]),
    [
      [21, 15],
      [10, 9],
    ],
  )
})

test('every record is in one hotspot or elsewhere, and the numbers of the list are those of the cells', () => {
  const found = significantCells(grid, inside, evidence, 'rook')
  const hotspots = rankedHotspots(found, grid, 'rook')
  const numbers = numberOfCells(hotspots, grid)
  const byNumber = [0, 0, 0]
  for (const cell of evidence) byNumber[numbers[cell]!]!++
  assert.deepEqual(byNumber, [3, 21, 10])
  assert.equal(
    found.counts.reduce((a, b) => a + b, 0),
    34,
  )
})

test('a cell at the edge whose middle lies outside is tested where it holds a record', () => {
  const half = inside.map((_, cell) => (cell % grid.cols < 10 ? 1 : 0))
  const { tested } = significantCells(grid, half, evidence, 'rook')
  assert.equal(tested.length, 200 + 3)
})

test('where every cell holds the same, nothing stands out', () => {
  const even = Int32Array.from({ length: 400 }, (_, cell) => cell)
  assert.equal(significantCells(grid, inside, even, 'queen').high.length, 0)
  assert.equal(significantCells(grid, new Uint8Array(400), Int32Array.of(-1), 'queen').tested.length, 0)
})

test('a quiet block in the middle of much is significant, and is not told', () => {
  const isQuiet = (cell: number) => {
    const [col, row] = [cell % grid.cols, Math.floor(cell / grid.cols)]
    return col >= 5 && col < 10 && row >= 5 && row < 10
  }
  const busy = Array.from({ length: 400 }, (_, cell) => (isQuiet(cell) ? [] : Array(10).fill(cell))).flat()
  assert.equal(significantCells(grid, inside, Int32Array.from(busy), 'queen').high.length, 0)
})

test('a group of fewer than five records is no hotspot', () => {
  const found = { tested: Int32Array.of(), counts: new Float64Array(400), high: Int32Array.of(at(3, 3)) }
  found.counts[at(3, 3)] = 4
  assert.deepEqual(rankedHotspots(found, grid, 'rook'), [])
  found.counts[at(3, 3)] = 5
  assert.deepEqual(listed(rankedHotspots(found, grid, 'rook')), [[1, 5, 1, 1 / 16]])
})

test('the last cell of a row does not touch the first of the next', () => {
  assert.equal(touching([at(19, 0), at(0, 1)], grid.cols, 'queen').length, 2)
  assert.equal(touching([at(3, 3), at(4, 4)], grid.cols, 'rook').length, 2)
  assert.equal(touching([at(3, 3), at(4, 4)], grid.cols, 'queen').length, 1)
})

test('the outline of two cells side by side has four corners', () => {
  assert.deepEqual(cornersAround([at(3, 1), at(4, 1)], grid.cols), [
    [
      [3, 1],
      [5, 1],
      [5, 2],
      [3, 2],
      [3, 1],
    ],
  ])
})

/** Positive against the clock: twice the area less its holes. */
const enclosed = (ring: readonly (readonly [number, number])[]) =>
  ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i]![0] * y - x * ring[i]![1], 0) / 2

test('the rings around any cells are closed and enclose as many cells as there are', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 63 }), { maxLength: 40 }), cells => {
      const rings = cornersAround(cells, 8)
      for (const ring of rings) assert.deepEqual(ring[0], ring.at(-1))
      assert.equal(
        rings.reduce((sum, ring) => sum + enclosed(ring), 0),
        cells.length,
      )
    }),
  )
})
