/**
 * Betweenness within one block of a network, from a range of its nodes: Brandes, A faster algorithm for betweenness
 * centrality, Journal of Mathematical Sociology 2001. A node carries how many people stand behind it, and how many
 * nodes it stands for (Sarıyüce, Kaya, Saule and Çatalyürek, Graph manipulations for fast centrality computation,
 * ACM TKDD 2017). What a node passes on is pulled from its neighbours, of which only those further out have
 * anything to give yet: no list of predecessors is kept and no branch is taken.
 */
import { type PathNet, pathCounts } from './path-counts.ts'

export interface Block extends PathNet {
  multiplicity: Float64Array
  /** People whose paths into the block begin or end in the node: itself, its like, and all whom only they lead to. */
  people: Float64Array
}

export interface BlockSources {
  block: Block
  /** Paths from these nodes: `first` up to `stop`, 0 and all of them for the whole. */
  first: number
  stop: number
}

/**
 * What lies between, for one of the nodes that each node stands for. Both directions of a pair count once both their
 * ends were sources. `step` is called after each source.
 */
export function blockBetweenness(
  { block, first, stop }: BlockSources,
  step: (source: number) => void = () => {},
): Float64Array {
  const { nodes, offsets, ends, multiplicity, people } = block
  const { order, starts, paths, count } = pathCounts(block)
  const between = new Float64Array(nodes)
  /** People who are reached in or through a node, for each path to it. */
  const worth = new Float64Array(nodes)
  const passed = new Float64Array(nodes)
  for (let source = first; source < stop; source++) {
    const deepest = count(source) - 1
    const weight = people[source]!
    worth.fill(0)
    for (let level = deepest; level > 0; level--) {
      const from = starts[level]!
      const until = starts[level + 1]!
      // Nothing lies beyond the last level.
      if (level === deepest) passed.fill(0, from, until)
      else {
        for (let i = from; i < until; i++) {
          const v = order[i]!
          const last = offsets[v + 1]!
          let sum = 0
          for (let e = offsets[v]!; e < last; e++) sum += worth[ends[e]!]!
          passed[i] = sum
        }
      }
      // Not before the level is complete: nodes of one level have nothing to give each other.
      for (let i = from; i < until; i++) {
        const v = order[i]!
        const like = multiplicity[v]!
        between[v]! += weight * passed[i]! * paths[v]!
        worth[v] = like * (people[v]! / paths[v]! + passed[i]!)
      }
    }
    step(source)
  }
  for (let v = 0; v < nodes; v++) between[v]! /= multiplicity[v]!
  return between
}
