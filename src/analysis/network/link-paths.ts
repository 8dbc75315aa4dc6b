/**
 * Brandes's search where every link is one step. What a node passes on is pulled from all its neighbours, of which
 * only those further out have anything to give yet: nothing is written at random, and no list of predecessors is
 * kept.
 */
import type { Watch } from '../watch.ts'
import type { Network } from './network.ts'
import { pathCounts } from './path-counts.ts'
import type { PathPositions } from './shortest-paths.ts'

/** A step of the watch is one node's search. */
export function linkPaths(network: Network, watch: Watch): PathPositions {
  const { nodes } = network
  const { byDegree, offsets, ends, links } = ordered(network)
  const betweenness = new Float64Array(nodes)
  const closeness = new Float64Array(nodes).fill(Number.NaN)
  const harmonic = new Float64Array(nodes)
  const { order, starts, paths, count } = pathCounts({ nodes, offsets, ends, multiplicity: null })
  /** (1 + what a node passes on) / its paths: what one path that ends in it is worth. */
  const worth = new Float64Array(nodes)
  const share = new Float64Array(nodes)
  const passed = new Float64Array(ends.length)
  for (let source = 0; source < nodes; source++) {
    watch.step(source, nodes)
    const deepest = count(source) - 1
    let total = 0
    let inverse = 0
    worth.fill(0)
    for (let level = deepest; level > 0; level--) {
      const first = starts[level]!
      const stop = starts[level + 1]!
      total += level * (stop - first)
      inverse += (stop - first) / level
      for (let i = first; i < stop; i++) {
        const v = order[i]!
        const own = paths[v]!
        let sum = 0
        // Nothing lies beyond the last level.
        if (level < deepest) {
          const last = offsets[v + 1]!
          for (let e = offsets[v]!; e < last; e++) {
            const part = worth[ends[e]!]!
            sum += part
            passed[e]! += own * part
          }
        }
        share[i] = own * sum
      }
      // Not before the level is complete: nodes of one level have nothing to give each other.
      for (let i = first; i < stop; i++) {
        const v = order[i]!
        betweenness[v]! += share[i]! / 2
        worth[v] = (1 + share[i]!) / paths[v]!
      }
    }
    // The links of the source itself.
    for (let e = offsets[source]!; e < offsets[source + 1]!; e++) passed[e]! += worth[ends[e]!]!
    harmonic[source] = inverse
    if (deepest > 0) closeness[source] = 1 / total
  }
  const linkBetweenness = new Float64Array(network.from.length)
  for (let e = 0; e < ends.length; e++) linkBetweenness[links[e]!]! += passed[e]! / 2
  return {
    betweenness: named(betweenness, byDegree),
    linkBetweenness,
    closeness: named(closeness, byDegree),
    harmonic: named(harmonic, byDegree),
  }
}

/**
 * The lists of the network with its nodes by falling degree: those that all paths lead through lie together in the
 * cache, and neighbours in the order have lists of one length, which the processor learns to foresee.
 */
function ordered({ nodes, offsets, ends, links }: Network) {
  const degree = (v: number) => offsets[v + 1]! - offsets[v]!
  const byDegree = Int32Array.from({ length: nodes }, (_, v) => v).sort(
    (v, w) => degree(w) - degree(v) || v - w,
  )
  const rank = new Int32Array(nodes)
  for (let i = 0; i < nodes; i++) rank[byDegree[i]!] = i
  const lists = {
    offsets: new Int32Array(nodes + 1),
    ends: new Int32Array(ends.length),
    links: new Int32Array(ends.length),
  }
  let kept = 0
  for (let i = 0; i < nodes; i++) {
    const v = byDegree[i]!
    for (let e = offsets[v]!; e < offsets[v + 1]!; e++) {
      lists.ends[kept] = rank[ends[e]!]!
      lists.links[kept++] = links[e]!
    }
    lists.offsets[i + 1] = kept
  }
  return { byDegree, ...lists }
}

/** Values by place in the order, as values by node. */
function named(values: Float64Array, byDegree: Int32Array): Float64Array {
  const byNode = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) byNode[byDegree[i]!] = values[i]!
  return byNode
}
