/**
 * Communities by modularity (Newman and Girvan 2004), looked for by Leiden or by Louvain (Blondel and others, Journal
 * of Statistical Mechanics 2008) in a seeded order of nodes. The trap: another order gives another partition that is
 * nearly as good; communities describe the links, and nobody's membership.
 */
import { unwatched, type Watch } from '../watch.ts'
import { alone, folded, levelOf, renumber } from './community-level.ts'
import { leiden } from './leiden.ts'
import { moveNodes } from './local-moves.ts'
import { type Network, strengths } from './network.ts'

/** Links inside communities beyond what their strengths alone would bring; 0 for a network without links. */
export function modularity(network: Network, community: ArrayLike<number>): number {
  const { nodes, offsets, ends, weights } = network
  const strength = strengths(network)
  const total = strength.reduce((a, b) => a + b, 0)
  if (total === 0) return 0
  const held = new Map<number, number>()
  let inside = 0
  for (let v = 0; v < nodes; v++) {
    held.set(community[v]!, (held.get(community[v]!) ?? 0) + strength[v]!)
    for (let i = offsets[v]!; i < offsets[v + 1]!; i++) {
      if (community[ends[i]!] === community[v]) inside += weights[i]!
    }
  }
  let expected = 0
  for (const sum of held.values()) expected += (sum / total) ** 2
  return inside / total - expected
}

export interface Partition {
  /** Community of each node. */
  of: Int32Array
  modularity: number
}

/** How communities are looked for. Leiden is the slower and finds the better ones, each of which hangs together. */
export type CommunitySearch = 'louvain' | 'leiden'

const searches: Record<CommunitySearch, (network: Network, random: () => number) => Int32Array> = {
  louvain,
  leiden,
}

/**
 * The partition of greatest modularity in so many tries, numbered in the order of first nodes. `random` gives numbers
 * from 0 up to 1.
 */
export function communities(
  network: Network,
  random: () => number,
  tries = 1,
  search: CommunitySearch = 'louvain',
  watch: Watch = unwatched,
): Partition {
  let best: Partition = { of: new Int32Array(network.nodes), modularity: Number.NEGATIVE_INFINITY }
  for (let i = 0; i < tries; i++) {
    watch.step(i, tries)
    const of = searches[search](network, random)
    const found = modularity(network, of)
    if (found > best.modularity) best = { of, modularity: found }
  }
  return best
}

function louvain(network: Network, random: () => number): Int32Array {
  const of = alone(network.nodes)
  for (let level = levelOf(network); level.total > 0; ) {
    const community = alone(level.nodes)
    if (!moveNodes(level, community, random)) break
    const count = renumber(community)
    for (let v = 0; v < of.length; v++) of[v] = community[of[v]!]!
    level = folded(level, community, count)
  }
  renumber(of)
  return of
}
