/** Who is near whom, and how much: sparse weights in compressed rows. */
import type { Lattice } from './lattice.ts'
import type { LatticeWindow } from './lattice-window.ts'

/**
 * The neighbours of i are `neighbours[starts[i]]` to `neighbours[starts[i + 1] − 1]`, with the weights beside them.
 * Nobody is a neighbour of itself: the statistics that count the middle cell add it.
 */
export interface SpatialWeights {
  readonly starts: Uint32Array
  readonly neighbours: Uint32Array
  readonly weights: Float64Array
}

/** Each cell of the window that is in the data weighs 1. Neighbours go by row, then column. */
export function latticeNeighbours(lattice: Lattice, window: LatticeWindow): SpatialWeights {
  const starts = new Uint32Array(lattice.cells + 1)
  visitWindows(lattice, window, i => {
    starts[i + 1]!++
  })
  for (let i = 0; i < lattice.cells; i++) starts[i + 1]! += starts[i]!
  const next = starts.slice(0, -1)
  const neighbours = new Uint32Array(starts[lattice.cells]!)
  visitWindows(lattice, window, (i, j) => {
    neighbours[next[i]!++] = j
  })
  return { starts, neighbours, weights: new Float64Array(neighbours.length).fill(1) }
}

function visitWindows(lattice: Lattice, window: LatticeWindow, visit: (i: number, j: number) => void): void {
  const { columns, rows, place, cellAt, firstRow } = lattice
  const height = 2 * window.reach + 1
  for (let i = 0; i < lattice.cells; i++) {
    const row = Math.floor(place[i]! / columns)
    const column = place[i]! - row * columns
    const runs = ((row + firstRow) & 1) * height + window.reach
    const lowest = Math.max(-window.reach, -row)
    const highest = Math.min(window.reach, rows - 1 - row)
    for (let dy = lowest; dy <= highest; dy++) {
      const to = Math.min(columns - 1, column + window.last[runs + dy]!)
      for (let c = Math.max(0, column + window.first[runs + dy]!); c <= to; c++) {
        const j = cellAt[(row + dy) * columns + c]!
        if (j >= 0 && j !== i) visit(i, j)
      }
    }
  }
}

/** Divides the weights of each row by their sum (style W of `spdep`); a row without neighbours stays empty. */
export function rowStandardised(given: SpatialWeights): SpatialWeights {
  const weights = given.weights.slice()
  for (let i = 0; i + 1 < given.starts.length; i++) {
    let sum = 0
    for (let k = given.starts[i]!; k < given.starts[i + 1]!; k++) sum += weights[k]!
    for (let k = given.starts[i]!; k < given.starts[i + 1]!; k++) weights[k]! /= sum
  }
  return { ...given, weights }
}

/** Throws RangeError unless there is one finite value a row of the weights. */
export function checkValues(values: ArrayLike<number>, rows: number): void {
  if (values.length !== rows) throw new RangeError(`${values.length} values for ${rows} places`)
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) throw new RangeError(`value ${i} is ${values[i]}`)
  }
}
