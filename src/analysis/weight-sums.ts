/** The sums over all weights that the moments of Moran's I and General G need (Cliff and Ord, Spatial Processes, 1981). */
import type { SpatialWeights } from './spatial-weights.ts'

export interface WeightSums {
  /** Places that have a neighbour or are one; the others take no part. */
  n: number
  /** Σ w. */
  s0: number
  /** ½ Σ (w_ij + w_ji)². */
  s1: number
  /** Σ over places of (what goes out + what comes in)². */
  s2: number
  /** By place, 1 if it takes part. */
  linked: Uint8Array
}

export function weightSums(given: SpatialWeights): WeightSums {
  const { starts, neighbours, weights } = given
  const places = starts.length - 1
  const linked = new Uint8Array(places)
  const both = new Float64Array(places)
  let s0 = 0
  let squares = 0
  let mutual = 0
  const back = transposed(given)
  // What comes back from each neighbour of the place at hand.
  const returned = new Float64Array(places)
  for (let i = 0; i < places; i++) {
    for (let k = back.starts[i]!; k < back.starts[i + 1]!; k++) {
      returned[back.neighbours[k]!] = back.weights[k]!
    }
    for (let k = starts[i]!; k < starts[i + 1]!; k++) {
      const j = neighbours[k]!
      const w = weights[k]!
      linked[i] = 1
      linked[j] = 1
      s0 += w
      squares += w * w
      mutual += w * returned[j]!
      both[i]! += w
      both[j]! += w
    }
    for (let k = back.starts[i]!; k < back.starts[i + 1]!; k++) returned[back.neighbours[k]!] = 0
  }
  let s2 = 0
  let n = 0
  for (let i = 0; i < places; i++) {
    s2 += both[i]! ** 2
    n += linked[i]!
  }
  return { n, s0, s1: squares + mutual, s2, linked }
}

function transposed({ starts, neighbours, weights }: SpatialWeights): SpatialWeights {
  const places = starts.length - 1
  const back = new Uint32Array(places + 1)
  for (let k = 0; k < neighbours.length; k++) back[neighbours[k]! + 1]!++
  for (let i = 0; i < places; i++) back[i + 1]! += back[i]!
  const next = back.slice(0, -1)
  const from = new Uint32Array(neighbours.length)
  const theirs = new Float64Array(neighbours.length)
  for (let i = 0; i < places; i++) {
    for (let k = starts[i]!; k < starts[i + 1]!; k++) {
      const at = next[neighbours[k]!]!++
      from[at] = i
      theirs[at] = weights[k]!
    }
  }
  return { starts: back, neighbours: from, weights: theirs }
}
