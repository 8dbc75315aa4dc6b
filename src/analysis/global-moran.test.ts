import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { generalG } from './general-g.ts'
import { globalMoran } from './global-moran.ts'
import { latticeOf } from './lattice.ts'
import { queenWindow, rookWindow } from './lattice-window.ts'
import { localMoran } from './local-moran.ts'
import { nearestNeighbours } from './point-neighbours.ts'
import { latticeNeighbours, rowStandardised, type SpatialWeights } from './spatial-weights.ts'

const near = (found: number, expected: number) =>
  assert.ok(Math.abs(found - expected) <= 1e-10 * Math.max(1, Math.abs(expected)), `${found}, ${expected}`)

const square = (side: number, window = rookWindow()) => {
  const places = Array.from({ length: side * side }, (_, i) => i)
  const lattice = latticeOf(
    places.map(i => i % side),
    places.map(i => Math.floor(i / side)),
  )
  return latticeNeighbours(lattice, window)
}

/** Every order of the values. */
function* orders(values: readonly number[]): Generator<number[]> {
  if (values.length <= 1) yield [...values]
  for (const [i, first] of values.entries()) {
    for (const rest of orders(values.toSpliced(i, 1))) yield [first, ...rest]
  }
}

describe('Moran and General G', () => {
  test('on a chessboard every square is the opposite of its neighbours: I is −1 everywhere', () => {
    const board = Float64Array.from({ length: 16 }, (_, i) => ((i + Math.floor(i / 4)) % 2 ? 3 : 1))
    const weights = rowStandardised(square(4))
    for (const local of localMoran(board, weights)) near(local, -1)
    near(globalMoran(board, weights).value, -1)
  })

  test('the mean of the local I is the global I', () => {
    const values = Float64Array.of(3, 1, 4, 1, 5, 9, 2, 6, 5)
    const weights = rowStandardised(square(3, queenWindow()))
    const local = localMoran(values, weights)
    near(local.reduce((sum, value) => sum + value, 0) / 9, globalMoran(values, weights).value)
  })

  // The nearest two of points on a line: weights that are not symmetric.
  const line = Float64Array.of(0, 1, 3, 7, 8, 20)
  const values = [2, 7, 1, 8, 0, 8]
  const lopsided = nearestNeighbours(line, new Float64Array(6), 2)
  for (const [name, weights] of [
    ['symmetric', square(2, rookWindow())],
    ['not symmetric', lopsided],
    ['row-standardised', rowStandardised(square(2, rookWindow()))],
  ] as [string, SpatialWeights][]) {
    for (const [statistic, of] of [
      ['Moran', globalMoran],
      ['General G', generalG],
    ] as const) {
      test(`${statistic}: expectation and variance are those over every order of the values, ${name}`, () => {
        const dealt = values.slice(0, weights.starts.length - 1)
        const all = [...orders(dealt)].map(order => of(Float64Array.from(order), weights).value)
        const mean = all.reduce((sum, value) => sum + value, 0) / all.length
        const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length
        const found = of(Float64Array.from(dealt), weights)
        near(found.expected, mean)
        near(found.variance, variance)
      })
    }
  }

  test('not defined where all values are equal, nor for a place without neighbours', () => {
    const equal = new Float64Array(9).fill(0.1)
    const weights = rowStandardised(square(3))
    assert.ok(localMoran(equal, weights).every(Number.isNaN))
    assert.ok(Number.isNaN(globalMoran(equal, weights).z))
    assert.ok(Number.isNaN(generalG(new Float64Array(9), weights).value))
    const apart = latticeNeighbours(latticeOf([0, 1, 9], [0, 0, 0]), rookWindow())
    assert.deepEqual(Number.isNaN(localMoran(Float64Array.of(1, 2, 3), apart)[2]!), true)
  })

  test('too few places and negative values are refused', () => {
    const pair = latticeNeighbours(latticeOf([0, 1], [0, 0]), rookWindow())
    assert.throws(() => globalMoran(Float64Array.of(1, 2), pair), /at least 4 places with neighbours, not 2/)
    assert.throws(() => generalG(Float64Array.of(1, -2, 3, 4), square(2)), /value 1 is -2/)
  })
})
