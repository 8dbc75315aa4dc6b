/**
 * Communities by modularity: Louvain (Blondel and others, Journal of Statistical Mechanics 2008) with a seeded order
 * of nodes. Modularity: Newman and Girvan 2004. The trap: another order gives another partition that is nearly as
 * good; communities describe the links, and nobody's membership.
 */
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

/** The partition of greatest modularity in so many tries, numbered in the order of first nodes. `random` gives numbers from 0 up to 1. */
export function communities(network: Network, random: () => number, tries = 1): Partition {
  let best: Partition = { of: new Int32Array(network.nodes), modularity: Number.NEGATIVE_INFINITY }
  for (let i = 0; i < tries; i++) {
    const of = louvain(network, random)
    const found = modularity(network, of)
    if (found > best.modularity) best = { of, modularity: found }
  }
  return best
}

/** Nodes that are communities of the level below; `loops` is the weight inside each, counted from both ends. */
interface Level {
  nodes: number
  offsets: Int32Array
  ends: Int32Array
  weights: Float64Array
  loops: Float64Array
}

function louvain(network: Network, random: () => number): Int32Array {
  let level: Level = { ...network, loops: new Float64Array(network.nodes) }
  const of = Int32Array.from({ length: network.nodes }, (_, v) => v)
  for (;;) {
    const { moved, community, count } = moveNodes(level, random)
    if (!moved) return inOrderOfFirst(of)
    for (let v = 0; v < of.length; v++) of[v] = community[of[v]!]!
    level = folded(level, community, count)
  }
}

const LEAST_GAIN = 1e-12

function moveNodes(level: Level, random: () => number) {
  const { nodes, offsets, ends, weights, loops } = level
  const strength = loops.slice()
  for (let v = 0; v < nodes; v++) {
    for (let i = offsets[v]!; i < offsets[v + 1]!; i++) strength[v]! += weights[i]!
  }
  const total = strength.reduce((a, b) => a + b, 0)
  const community = Int32Array.from({ length: nodes }, (_, v) => v)
  const held = strength.slice()
  const towards = new Float64Array(nodes)
  const near = new Int32Array(nodes)
  // Only nodes beside a move are looked at again: a ring of those that wait.
  const waiting = shuffled(nodes, random)
  const waits = new Uint8Array(nodes).fill(1)
  let head = 0
  let count = nodes
  let moved = false
  while (count > 0) {
    const v = waiting[head]!
    head = head + 1 === nodes ? 0 : head + 1
    count--
    waits[v] = 0
    const own = community[v]!
    let found = 0
    for (let i = offsets[v]!; i < offsets[v + 1]!; i++) {
      const c = community[ends[i]!]!
      if (towards[c] === 0) near[found++] = c
      towards[c]! += weights[i]!
    }
    held[own]! -= strength[v]!
    const pull = strength[v]! / total
    let best = own
    let most = towards[own]! - pull * held[own]!
    for (let i = 0; i < found; i++) {
      const c = near[i]!
      const gain = towards[c]! - pull * held[c]!
      if (gain > most + LEAST_GAIN * total) {
        most = gain
        best = c
      }
    }
    for (let i = 0; i < found; i++) towards[near[i]!] = 0
    held[best]! += strength[v]!
    if (best === own) continue
    community[v] = best
    moved = true
    for (let i = offsets[v]!; i < offsets[v + 1]!; i++) {
      const w = ends[i]!
      if (waits[w] === 1 || community[w] === best) continue
      waits[w] = 1
      waiting[(head + count++) % nodes] = w
    }
  }
  const numbered = inOrderOfFirst(community)
  return { moved, community: numbered, count: numbered.reduce((a, b) => Math.max(a, b), -1) + 1 }
}

/** Each community as one node, with the weights between them added. */
function folded(level: Level, community: Int32Array, count: number): Level {
  const { nodes, offsets, ends, weights } = level
  const loops = new Float64Array(count)
  const members: number[][] = Array.from({ length: count }, () => [])
  for (let v = 0; v < nodes; v++) {
    members[community[v]!]!.push(v)
    loops[community[v]!]! += level.loops[v]!
  }
  const sums = new Float64Array(count)
  const foldedOffsets = new Int32Array(count + 1)
  const foldedEnds: number[] = []
  const foldedWeights: number[] = []
  for (let c = 0; c < count; c++) {
    const near: number[] = []
    for (const v of members[c]!) {
      for (let i = offsets[v]!; i < offsets[v + 1]!; i++) {
        const other = community[ends[i]!]!
        if (other === c) {
          loops[c]! += weights[i]!
          continue
        }
        if (sums[other] === 0) near.push(other)
        sums[other]! += weights[i]!
      }
    }
    for (const other of near) {
      foldedEnds.push(other)
      foldedWeights.push(sums[other]!)
      sums[other] = 0
    }
    foldedOffsets[c + 1] = foldedEnds.length
  }
  return {
    nodes: count,
    offsets: foldedOffsets,
    ends: Int32Array.from(foldedEnds),
    weights: Float64Array.from(foldedWeights),
    loops,
  }
}

function inOrderOfFirst(community: Int32Array): Int32Array {
  const numbers = new Map<number, number>()
  return community.map(c => {
    const known = numbers.get(c) ?? numbers.size
    numbers.set(c, known)
    return known
  })
}

function shuffled(length: number, random: () => number): Int32Array {
  const order = Int32Array.from({ length }, (_, i) => i)
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const swapped = order[i]!
    order[i] = order[j]!
    order[j] = swapped
  }
  return order
}
