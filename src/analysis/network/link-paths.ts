/**
 * Brandes's search where every link is one step. Sums are gathered along a node's own list of links, from nodes
 * further out that are done already: nothing is written at random, and no list of predecessors is kept.
 */
import type { Network } from './network.ts'
import type { PathPositions } from './shortest-paths.ts'

export function linkPaths({ nodes, offsets, ends, links, from }: Network): PathPositions {
  const betweenness = new Float64Array(nodes)
  const closeness = new Float64Array(nodes).fill(Number.NaN)
  const harmonic = new Float64Array(nodes)
  const order = new Int32Array(nodes)
  const level = new Int32Array(nodes).fill(-1)
  const paths = new Float64Array(nodes)
  /** (1 + what a node passes on) / its paths: what one path that ends in it is worth. */
  const worth = new Float64Array(nodes)
  /** Entries of `ends` that lead outwards, those of order[i] from onwards[i] up to onwards[i + 1]. */
  const outward = new Int32Array(ends.length)
  const onwards = new Int32Array(nodes + 1)
  const passed = new Float64Array(ends.length)
  for (let source = 0; source < nodes; source++) {
    order[0] = source
    level[source] = 0
    paths[source] = 1
    let reached = 1
    let kept = 0
    let total = 0
    let inverse = 0
    for (let head = 0; head < reached; head++) {
      const v = order[head]!
      const own = paths[v]!
      const next = level[v]! + 1
      const stop = offsets[v + 1]!
      onwards[head] = kept
      for (let e = offsets[v]!; e < stop; e++) {
        const w = ends[e]!
        const known = level[w]!
        if (known === -1) {
          level[w] = next
          order[reached++] = w
          total += next
          inverse += 1 / next
          paths[w] = own
          outward[kept++] = e
        } else if (known === next) {
          paths[w]! += own
          outward[kept++] = e
        }
      }
    }
    onwards[reached] = kept
    harmonic[source] = inverse
    if (reached > 1) closeness[source] = 1 / total
    for (let i = reached - 1; i >= 0; i--) {
      const v = order[i]!
      const own = paths[v]!
      const stop = onwards[i + 1]!
      let share = 0
      for (let k = onwards[i]!; k < stop; k++) {
        const e = outward[k]!
        const part = own * worth[ends[e]!]!
        share += part
        passed[e]! += part
      }
      worth[v] = (1 + share) / own
      if (i > 0) betweenness[v]! += share / 2
      level[v] = -1
    }
  }
  const linkBetweenness = new Float64Array(from.length)
  for (let e = 0; e < ends.length; e++) linkBetweenness[links[e]!]! += passed[e]! / 2
  return { betweenness, linkBetweenness, closeness, harmonic }
}
