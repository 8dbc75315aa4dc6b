/**
 * Positions by the positions of neighbours. Eigenvector: Bonacich, Journal of Mathematical Sociology 1972. PageRank:
 * Brin and Page 1998. Both by repeated multiplication, until nothing moves in the fourteenth digit.
 */
import { type Network, strengths } from './network.ts'

const SETTLED = 1e-15
const MOST_STEPS = 20_000

/**
 * Greatest value 1; nodes outside the component with the greatest eigenvalue tend to 0. The identity is added to the
 * matrix: a network of two sides would swing between them for ever.
 */
export function eigenvectorCentrality(network: Network): Float64Array {
  const { nodes, offsets, ends, weights } = network
  let now = new Float64Array(nodes).fill(1)
  let next = new Float64Array(nodes)
  if (ends.length === 0) return next
  for (let step = 0; step < MOST_STEPS; step++) {
    let most = 0
    for (let v = 0; v < nodes; v++) {
      let sum = now[v]!
      for (let i = offsets[v]!; i < offsets[v + 1]!; i++) sum += weights[i]! * now[ends[i]!]!
      next[v] = sum
      if (sum > most) most = sum
    }
    let moved = 0
    for (let v = 0; v < nodes; v++) {
      next[v]! /= most
      moved = Math.max(moved, Math.abs(next[v]! - now[v]!))
    }
    ;[now, next] = [next, now]
    if (moved < SETTLED) break
  }
  return now
}

/** Adds up to 1. Nodes without links pass what they have to all alike. */
export function pageRank(network: Network, damping = 0.85): Float64Array {
  const { nodes, offsets, ends, weights } = network
  if (!(damping >= 0 && damping < 1)) throw new RangeError(`A damping of ${damping}`)
  const strength = strengths(network)
  let now = new Float64Array(nodes).fill(1 / nodes)
  let next = new Float64Array(nodes)
  const passed = new Float64Array(nodes)
  for (let step = 0; step < MOST_STEPS; step++) {
    let stranded = 0
    for (let v = 0; v < nodes; v++) {
      passed[v] = strength[v]! > 0 ? now[v]! / strength[v]! : 0
      if (strength[v] === 0) stranded += now[v]!
    }
    const base = (1 - damping + damping * stranded) / nodes
    let moved = 0
    for (let v = 0; v < nodes; v++) {
      let sum = 0
      for (let i = offsets[v]!; i < offsets[v + 1]!; i++) sum += weights[i]! * passed[ends[i]!]!
      next[v] = base + damping * sum
      moved += Math.abs(next[v]! - now[v]!)
    }
    ;[now, next] = [next, now]
    if (moved < SETTLED) break
  }
  return now
}
