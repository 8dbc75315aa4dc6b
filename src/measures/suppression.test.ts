import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { referenceAbsent, referenceJson, referenceTable } from '../../test/reference/reference-table.ts'
import { withholdLine, withholdTable } from './suppression.ts'

/** A published table as equations: cells of every row and column, and margins, add up. */
interface Published {
  counts: number[]
  withheld: boolean[]
  /** Every equation: cells that add up to another cell. */
  sums: { parts: number[]; whole: number }[]
  /** What a reader knows a withheld count to be at least: zeros are shown, but in a line that is small itself. */
  atLeast: number[]
}

function publishedTable(counts: number[], columns: number): Published {
  const rows = counts.length / columns
  const result = withholdTable(counts, columns)
  const all = [...counts]
  const withheld = [...result.cells]
  const sums: Published['sums'] = []
  const addMargin = (parts: number[], isWithheld: boolean) => {
    sums.push({ parts, whole: all.length })
    all.push(parts.reduce((sum, i) => sum + all[i]!, 0))
    withheld.push(isWithheld)
    return all.length - 1
  }
  const rowMargins = range(rows).map(r =>
    addMargin(
      range(columns).map(c => r * columns + c),
      result.rows[r]!,
    ),
  )
  const columnMargins = range(columns).map(c =>
    addMargin(
      range(rows).map(r => r * columns + c),
      result.columns[c]!,
    ),
  )
  const total = addMargin(rowMargins, result.total)
  sums.push({ parts: columnMargins, whole: total })
  const small = (margin: number) => all[margin]! > 0 && all[margin]! < 5
  const atLeast = all.map((_, i) => {
    if (small(total)) return 0
    if (i >= counts.length) return 1
    const margins = [rowMargins[Math.floor(i / columns)]!, columnMargins[i % columns]!]
    return margins.some(small) ? 0 : 1
  })
  return { counts: all, withheld, sums, atLeast }
}

function publishedLine(counts: number[]): Published {
  const result = withholdLine(counts)
  const total = counts.reduce((a, b) => a + b, 0)
  return {
    counts: [...counts, total],
    withheld: [...result.cells, result.total],
    sums: [{ parts: range(counts.length), whole: counts.length }],
    atLeast: [...counts.map(() => (total > 0 && total < 5 ? 0 : 1)), 1],
  }
}

const range = (n: number) => Array.from({ length: n }, (_, i) => i)

/**
 * Withheld cells that an attacker can work out by trying every table that agrees with what is shown, with
 * withheld counts that differ from the truth by at most 1. A cell that takes two values there is safe; a zero that a
 * shown total of 0 tells is no secret.
 */
function derivableByTrying({ counts, withheld, sums, atLeast }: Published): number[] {
  const unknown = range(counts.length).filter(i => withheld[i])
  const values = unknown.map(() => new Set<number>())
  const trial = [...counts]
  const agrees = () =>
    sums.every(({ parts, whole }) => parts.reduce((s, i) => s + trial[i]!, 0) === trial[whole])
  const tryFrom = (at: number) => {
    if (at === unknown.length) {
      if (agrees()) for (const [i, cell] of unknown.entries()) values[i]!.add(trial[cell]!)
      return
    }
    const cell = unknown[at]!
    for (const value of [counts[cell]! - 1, counts[cell]!, counts[cell]! + 1]) {
      if (value < atLeast[cell]!) continue
      trial[cell] = value
      tryFrom(at + 1)
    }
    trial[cell] = counts[cell]!
  }
  tryFrom(0)
  return unknown.filter((cell, i) => counts[cell]! > 0 && values[i]!.size < 2)
}

/** Withheld cells that the equations alone determine, by Gaussian elimination over fractions of integers. */
function derivableByElimination({ counts, withheld, sums }: Published): number[] {
  const unknown = range(counts.length).filter(i => withheld[i])
  const place = new Map(unknown.map((cell, i) => [cell, i]))
  const matrix = sums.map(({ parts, whole }) => {
    const row = new Array<number>(unknown.length).fill(0)
    for (const part of parts) if (place.has(part)) row[place.get(part)!]! += 1
    if (place.has(whole)) row[place.get(whole)!]! -= 1
    return row
  })
  let top = 0
  for (let column = 0; column < unknown.length; column++) {
    const pivot = range(matrix.length).find(r => r >= top && Math.abs(matrix[r]![column]!) > 1e-9)
    if (pivot === undefined) continue
    ;[matrix[top], matrix[pivot]] = [matrix[pivot]!, matrix[top]!]
    const lead = matrix[top]![column]!
    matrix[top] = matrix[top]!.map(x => x / lead)
    for (const r of range(matrix.length)) {
      const factor = matrix[r]![column]!
      if (r === top || factor === 0) continue
      matrix[r] = matrix[r]!.map((x, i) => x - factor * matrix[top]![i]!)
    }
    top++
  }
  return matrix
    .map(row => row.flatMap((x, i) => (Math.abs(x) > 1e-9 ? [i] : [])))
    .filter(cells => cells.length === 1)
    .map(cells => unknown[cells[0]!]!)
    .filter(cell => counts[cell]! > 0)
}

const count = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 6 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 60 }) },
)

test('R27 no count from 1 to 4 of a row of counts is shown, and nobody can work one out', () => {
  fc.assert(
    fc.property(fc.array(count, { minLength: 1, maxLength: 8 }), counts => {
      const published = publishedLine(counts)
      assert.ok(published.counts.every((n, i) => n === 0 || n >= 5 || published.withheld[i]))
      assert.deepEqual(derivableByTrying(published), [])
    }),
    { numRuns: 2000, seed: 2019 },
  )
})

test('R27 no withheld cell of a table with margins can be worked out from what is shown', () => {
  const table = fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
    .chain(([rows, columns]) =>
      fc.tuple(
        fc.constant(columns),
        fc.array(count, { minLength: rows * columns, maxLength: rows * columns }),
      ),
    )
  fc.assert(
    fc.property(table, ([columns, counts]) => {
      const published = publishedTable(counts, columns)
      assert.ok(published.counts.every((n, i) => n === 0 || n >= 5 || published.withheld[i]))
      assert.ok(
        published.counts.every((n, i) => n > 0 || !published.withheld[i] || published.atLeast[i] === 0),
        'zeros are shown, but for those of a row or column that is itself withheld as small',
      )
      assert.deepEqual(derivableByElimination(published), [])
      if (published.withheld.filter(Boolean).length <= 11) assert.deepEqual(derivableByTrying(published), [])
    }),
    { numRuns: 400, seed: 2021 },
  )
})

test('R27 the equations of larger tables give nothing back either', () => {
  fc.assert(
    fc.property(fc.array(count, { minLength: 48, maxLength: 48 }), counts => {
      assert.deepEqual(derivableByElimination(publishedTable(counts, 6)), [])
    }),
    { numRuns: 200, seed: 2023 },
  )
})

test('two cells of 1 that add up to a shown 2 would be told by it, so a third is withheld', () => {
  assert.deepEqual(withholdLine([1, 1, 30, 40]).cells, [true, true, true, false])
})

test('a lone small cell takes the next smallest with it', () => {
  assert.deepEqual(withholdLine([3, 50, 8, 0]), { cells: [true, false, true, false], total: false })
})

test('a total below 5 is withheld with all its parts: four that are not zero would say that each is 1', () => {
  assert.deepEqual(withholdLine([3, 0]), { cells: [true, true], total: true })
  assert.deepEqual(withholdLine([1, 0, 1, 1, 1]).cells, [true, true, true, true, true])
  assert.deepEqual(withholdLine([0, 0]), { cells: [false, false], total: false })
})

test('so is every cell of a row or column of a table whose own total is below 5', () => {
  // Four wards by three ages; nobody may learn which ages the four of the first ward were.
  const table = withholdTable([1, 1, 2, 0, 20, 30, 40, 50, 60, 70, 80, 90], 4)
  assert.deepEqual(table.cells.slice(0, 4), [true, true, true, true])
  assert.equal(table.rows[0], true)
  assert.deepEqual(withholdTable([1, 0, 0, 2], 2), {
    cells: [true, true, true, true],
    rows: [true, true],
    columns: [true, true],
    total: true,
  })
})

test('five cells of 1 are only hidden if their total of 5 is', () => {
  assert.deepEqual(withholdLine([1, 1, 1, 1, 1]), { cells: [true, true, true, true, true], total: true })
})

test('a table withholds its margins as they are withheld when asked for alone', () => {
  const counts = [3, 0, 0, 20, 30, 40]
  const table = withholdTable(counts, 3)
  assert.deepEqual(table.rows, withholdLine([3, 90]).cells)
  assert.deepEqual(table.columns, withholdLine([23, 30, 40]).cells)
})

test('withholds about as many cells as GaussSuppression does of the same table', {
  skip: referenceAbsent,
}, () => {
  const cells = new Map<string, number>()
  for (const { ward, age, count } of referenceTable('disprop/small_counts.csv')) {
    cells.set(`${ward} ${age}`, (cells.get(`${ward} ${age}`) ?? 0) + Number(count))
  }
  const ages = [...new Set([...cells.keys()].map(key => key.split(' ')[1]!))].sort()
  const wards = [...new Set([...cells.keys()].map(key => key.split(' ')[0]!))].sort()
  const counts = wards.flatMap(ward => ages.map(age => cells.get(`${ward} ${age}`)!))
  const published = publishedTable(counts, ages.length)
  const expected = referenceJson('disprop/expected_suppression.json') as {
    n_primary_2way: number
    n_suppressed_2way: number
  }
  const small = published.counts.filter(n => n > 0 && n < 5).length
  const withheld = published.withheld.filter(Boolean).length
  assert.equal(small, expected.n_primary_2way)
  assert.deepEqual(derivableByElimination(published), [])
  assert.ok(
    withheld >= small && withheld <= expected.n_suppressed_2way + 2,
    `${withheld} withheld, GaussSuppression withholds ${expected.n_suppressed_2way}`,
  )
})
