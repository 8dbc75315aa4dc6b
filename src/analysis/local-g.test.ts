import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { latticeOf } from './lattice.ts'
import { distanceWindow, hexWindow, queenWindow, rookWindow } from './lattice-window.ts'
import { latticeLocalG, localG } from './local-g.ts'
import { bandNeighbours, nearestNeighbours } from './point-neighbours.ts'
import { latticeNeighbours, type SpatialWeights } from './spatial-weights.ts'

/** Cells on a small rectangle, some of them holes, in any order, each with a count. */
const patches = fc
  .record({
    columns: fc.integer({ min: 1, max: 9 }),
    rows: fc.integer({ min: 1, max: 9 }),
    west: fc.integer({ min: -5, max: 5 }),
    south: fc.integer({ min: -5, max: 5 }),
  })
  .chain(({ columns, rows, west, south }) =>
    fc
      .shuffledSubarray(
        Array.from({ length: columns * rows }, (_, i) => i),
        { minLength: 1 },
      )
      .chain(places =>
        fc.record({
          column: fc.constant(places.map(p => west + (p % columns))),
          row: fc.constant(places.map(p => south + Math.floor(p / columns))),
          count: fc.array(fc.nat(20), { minLength: places.length, maxLength: places.length }),
        }),
      ),
  )

const listOf = (weights: SpatialWeights): number[][] =>
  Array.from({ length: weights.starts.length - 1 }, (_, i) => [
    ...weights.neighbours.slice(weights.starts[i], weights.starts[i + 1]),
  ])

const near = (a: number, b: number): boolean =>
  Number.isNaN(a) ? Number.isNaN(b) : Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b))

function assertAlike(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  assert.equal(found.length, expected.length)
  for (let i = 0; i < expected.length; i++) {
    assert.ok(near(found[i]!, expected[i]!), `at ${i}: ${found[i]}, expected ${expected[i]}`)
  }
}

describe('Gi* and Gi', () => {
  // Four cells in a row with 0, 0, 0 and 4: mean 1, variance 3 with divisor 4.
  const row = latticeOf([0, 1, 2, 3], [0, 0, 0, 0])
  const counts = Float64Array.of(0, 0, 0, 4)

  test('four cells in a row, worked by hand', () => {
    const z = [-1, -Math.sqrt(3), 1 / Math.sqrt(3), 1]
    assertAlike(latticeLocalG(counts, row, rookWindow(), { self: true }), z)
    assertAlike(localG(counts, latticeNeighbours(row, rookWindow()), { self: true }), z)
  })

  test('without the place itself, on the mean and the spread of the others', () => {
    const z = latticeLocalG(counts, row, rookWindow(), { self: false })
    assert.ok(near(z[2]!, Math.SQRT1_2))
    // The others of the last cell are all 0: nothing to compare with.
    assert.ok(Number.isNaN(z[3]!))
  })

  test('not defined where all are equal, where all are neighbours, and for one cell', () => {
    const equal = Float64Array.of(0.1, 0.1, 0.1, 0.1)
    assertAlike(latticeLocalG(equal, row, rookWindow(), { self: true }), Array(4).fill(Number.NaN))
    assertAlike(latticeLocalG(counts, row, distanceWindow(3), { self: true }), Array(4).fill(Number.NaN))
    const one = latticeOf([7], [7])
    assertAlike(latticeLocalG(Float64Array.of(3), one, queenWindow(), { self: true }), [Number.NaN])
  })

  test('running totals and lists of neighbours give the same, with holes and on hexagons', () => {
    fc.assert(
      fc.property(patches, fc.boolean(), ({ column, row, count }, self) => {
        const lattice = latticeOf(column, row)
        const values = Float64Array.from(count)
        for (const window of [queenWindow(), rookWindow(), distanceWindow(2.5), hexWindow(1), hexWindow(2)]) {
          assertAlike(
            latticeLocalG(values, lattice, window, { self }),
            localG(values, latticeNeighbours(lattice, window), { self }),
          )
        }
      }),
    )
  })

  test('the order of the cells, another unit and another zero change no z', () => {
    fc.assert(
      fc.property(patches, ({ column, row, count }) => {
        const z = latticeLocalG(Float64Array.from(count), latticeOf(column, row), queenWindow(), {
          self: true,
        })
        const scaled = Float64Array.from(count, value => 4 * value + 8)
        assertAlike(latticeLocalG(scaled, latticeOf(column, row), queenWindow(), { self: true }), z)
        const turned = latticeOf(column.toReversed(), row.toReversed())
        const backwards = latticeLocalG(Float64Array.from(count.toReversed()), turned, queenWindow(), {
          self: true,
        })
        assertAlike(backwards.reverse(), z)
      }),
    )
  })

  test('values that are missing or too few are refused', () => {
    assert.throws(
      () => latticeLocalG(Float64Array.of(1, 2, 3, Number.NaN), row, rookWindow(), { self: true }),
      /value 3 is NaN/,
    )
    assert.throws(
      () => latticeLocalG(Float64Array.of(1), row, rookWindow(), { self: true }),
      /1 values for 4/,
    )
  })
})

describe('neighbours', () => {
  /** Steps between two hexagons, by cube coordinates. */
  const steps = (q: number, r: number, q2: number, r2: number): number => {
    const axial = (c: number, d: number) => c - (d - (d & 1)) / 2
    const [dq, dr] = [axial(q2, r2) - axial(q, r), r2 - r]
    return Math.max(Math.abs(dq), Math.abs(dr), Math.abs(dq + dr))
  }

  test('are those that comparing every pair of cells finds', () => {
    fc.assert(
      fc.property(patches, ({ column, row }) => {
        const lattice = latticeOf(column, row)
        const rules: [ReturnType<typeof queenWindow>, (i: number, j: number) => boolean][] = [
          [queenWindow(), (i, j) => Math.abs(column[i]! - column[j]!) < 2 && Math.abs(row[i]! - row[j]!) < 2],
          [rookWindow(), (i, j) => Math.abs(column[i]! - column[j]!) + Math.abs(row[i]! - row[j]!) < 2],
          [distanceWindow(5), (i, j) => (column[i]! - column[j]!) ** 2 + (row[i]! - row[j]!) ** 2 <= 25],
          [hexWindow(1), (i, j) => steps(column[i]!, row[i]!, column[j]!, row[j]!) <= 1],
          [hexWindow(3), (i, j) => steps(column[i]!, row[i]!, column[j]!, row[j]!) <= 3],
        ]
        for (const [window, isNear] of rules) {
          const found = listOf(latticeNeighbours(lattice, window)).map(list => list.toSorted((a, b) => a - b))
          const expected = column.map((_, i) =>
            Array.from(column, (_, j) => j).filter(j => j !== i && isNear(i, j)),
          )
          assert.deepEqual(found, expected)
        }
      }),
    )
  })

  const points = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 0, max: 400 })), {
    minLength: 2,
    maxLength: 40,
  })

  test('of points are those that comparing every pair finds, the limit of the band included', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 30 }), fc.nat(), (list, band, n) => {
        const [x, y] = [0, 1].map(k => Float64Array.from(list, point => point[k as 0 | 1]!)) as [
          Float64Array,
          Float64Array,
        ]
        const apart = (i: number, j: number) => Math.hypot(x[i]! - x[j]!, y[i]! - y[j]!)
        const others = list.map((_, i) => Array.from(list, (_, j) => j).filter(j => j !== i))
        assert.deepEqual(
          listOf(bandNeighbours(x, y, band)),
          others.map((all, i) => all.filter(j => apart(i, j) <= band)),
        )
        const count = 1 + (n % (list.length - 1))
        assert.deepEqual(
          listOf(nearestNeighbours(x, y, count)),
          others.map((all, i) => all.toSorted((a, b) => apart(i, a) - apart(i, b) || a - b).slice(0, count)),
        )
      }),
    )
  })

  test('by inverse distance weigh 1 / distance, and two points on one spot have none', () => {
    const line = bandNeighbours(Float64Array.of(0, 4, 6), Float64Array.of(0, 3, 3), 5, 'inverse-distance')
    assert.deepEqual([...line.weights], [0.2, 0.2, 0.5, 0.5])
    const spot = Float64Array.of(1, 1)
    assert.throws(() => bandNeighbours(spot, spot, 5, 'inverse-distance'), /points 0 and 1 lie on one spot/)
  })

  test('what cannot be meant is refused with the value', () => {
    assert.throws(() => latticeOf([0, 0], [1, 1]), /two cells at column 0, row 1/)
    assert.throws(() => latticeOf([0.5], [1]), /column 0.5 is not a whole number/)
    assert.throws(() => latticeOf([0, 1e9], [0, 1e9]), /scattered/)
    assert.throws(() => distanceWindow(0), /not 0/)
    assert.throws(() => hexWindow(1.5), /not 1.5/)
    const two = Float64Array.of(0, 1)
    assert.throws(() => nearestNeighbours(two, two, 2), /2 neighbours asked of 2 points/)
    assert.throws(() => bandNeighbours(two, two, Number.NaN), /not NaN/)
    assert.throws(() => bandNeighbours(two, Float64Array.of(0, Infinity), 1), /y of point 1 is Infinity/)
  })
})
