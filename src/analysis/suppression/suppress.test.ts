import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type MarginTable, marginTable } from './margin-table.ts'
import { maximise } from './simplex.ts'
import { suppress } from './suppress.ts'

/** Every cell of the table as the inner cells that add up to it, worked out apart from the code under test. */
function partsOf(table: MarginTable): number[][] {
  const at = (cell: number, d: number) => Math.floor(cell / table.strides[d]!) % (table.sizes[d]! + 1)
  return Array.from(table.counts, (_, cell) =>
    Array.from(table.inner.keys()).filter(i =>
      table.sizes.every((size, d) => at(cell, d) === size || at(cell, d) === at(table.inner[i]!, d)),
    ),
  )
}

/**
 * The hidden cells that linear programming works out from the shown ones: hidden inner counts are `least` or more.
 * x = least + y and y ≥ 0; each shown sum binds y from both sides, and the true table is a start that fits.
 */
function derivable(table: MarginTable, hidden: Uint8Array, least: number): number[] {
  const parts = partsOf(table)
  const inner = Array.from(table.inner)
  const free = inner.map((_, i) => i).filter(i => hidden[inner[i]!] === 1)
  // Changes up and down of each free cell from the truth: down by no more than what lies above the least.
  const vary = (cell: number) => free.map(i => (parts[cell]!.includes(i) ? 1 : 0))
  const shown = Array.from(hidden.keys()).filter(cell => hidden[cell] === 0)
  const both = (row: number[]) => [...row, ...row.map(v => -v)]
  const limits = [
    ...shown.flatMap(cell => [both(vary(cell)), both(vary(cell)).map(v => -v)]),
    ...free.map((_, f) => both(free.map(() => 0)).map((_, v) => (v === free.length + f ? 1 : 0))),
    ...free.map((_, f) => both(free.map(() => 0)).map((_, v) => (v === f ? 1 : 0))),
  ]
  const most = [
    ...shown.flatMap(() => [0, 0]),
    ...free.map(i => table.counts[inner[i]!]! - least),
    ...free.map(() => 1000),
  ]
  return Array.from(hidden.keys()).filter(cell => {
    if (hidden[cell] === 0) return false
    const row = both(vary(cell))
    return [row, row.map(v => -v)].every(gain => {
      const change = maximise(gain, limits, most)
      return gain.reduce((sum, v, i) => sum + v * change[i]!, 0) < 1e-6
    })
  })
}

const hiddenCounts = (sizes: number[], inner: number[], zeros: 'show' | 'hide' = 'show') => {
  const table = marginTable(sizes, inner)
  const hidden = suppress(table, { threshold: 5, zeros })
  return Array.from(table.counts).filter((_, cell) => hidden[cell] === 1)
}

test('one small count takes the smallest other with it', () => {
  assert.deepEqual(hiddenCounts([4], [3, 20, 9, 30]), [3, 9])
})

test('a table without small counts is shown whole, and zeros are shown unless asked otherwise', () => {
  assert.deepEqual(hiddenCounts([3], [10, 0, 12]), [])
  assert.deepEqual(hiddenCounts([3], [10, 0, 12], 'hide'), [10, 0])
})

test('in a table of two dimensions a small count needs a rectangle', () => {
  assert.equal(hiddenCounts([3, 3], [2, 50, 60, 40, 10, 70, 80, 90, 95]).length, 4)
})

test('two ones that a shown 2 would tell take a third', () => {
  // 1 + 1 + 8 + 9: hiding the ones alone shows that they add up to 2, and neither can be 0.
  assert.deepEqual(hiddenCounts([4], [1, 1, 8, 9]), [1, 1, 8])
})

for (const zeros of ['show', 'hide'] as const) {
  test(`R27 no hidden cell can be worked out by linear programming, in one to three dimensions, zeros: ${zeros}`, () => {
    const count = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 5, max: 40 }))
    const cube = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }).chain(sizes => {
      const cells = sizes.reduce((a, b) => a * b, 1)
      return fc.tuple(fc.constant(sizes), fc.array(count, { minLength: cells, maxLength: cells }))
    })
    fc.assert(
      fc.property(cube, ([sizes, inner]) => {
        const table = marginTable(sizes, inner)
        const hidden = suppress(table, { threshold: 5, zeros })
        table.counts.forEach((value, cell) => {
          if (value < 5 && (value > 0 || zeros === 'hide')) assert.equal(hidden[cell], 1)
          if (value === 0 && zeros === 'show') assert.equal(hidden[cell], 0)
        })
        assert.deepEqual(derivable(table, hidden, zeros === 'show' ? 1 : 0), [])
      }),
      { numRuns: 60, seed: 1995 },
    )
  })
}

test('what is no table of counts is refused with the value', () => {
  assert.throws(() => marginTable([2], [1, 2, 3]), /3 counts for a table of 2/)
  assert.throws(() => marginTable([1], [1.5]), /1\.5 is not a count/)
  assert.throws(() => marginTable([3000, 3000], []), /at most 4000000/)
  assert.throws(() => suppress(marginTable([1], [1]), { threshold: 0, zeros: 'show' }), RangeError)
})
