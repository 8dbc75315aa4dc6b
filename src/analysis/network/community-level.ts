/**
 * The network as a search for communities sees it, and the folding of communities into the nodes of the next level
 * (Blondel and others 2008). Flat arrays throughout: nothing is allocated for a node or a link.
 */
import { type Network, strengths } from './network.ts'

/** Links inside a node of a folded level are gone from the lists; they live on in its strength. */
export interface Level {
  nodes: number
  offsets: Int32Array
  ends: Int32Array
  weights: Float64Array
  /** Weights of all links of the network that end in the node, those inside it twice. */
  strength: Float64Array
  /** Sum of the strengths: twice the weight of the network. */
  total: number
}

export function levelOf(network: Network): Level {
  const strength = strengths(network)
  return {
    nodes: network.nodes,
    offsets: network.offsets,
    ends: network.ends,
    weights: network.weights,
    strength,
    total: strength.reduce((a, b) => a + b, 0),
  }
}

/** Each of the `count` communities as one node, with the weights between them added. */
export function folded(level: Level, community: Int32Array, count: number): Level {
  const { offsets, ends, weights } = level
  const { starts, members } = membersOf(community, count)
  const sums = new Float64Array(count)
  const strength = new Float64Array(count)
  const foldedOffsets = new Int32Array(count + 1)
  const foldedEnds = new Int32Array(ends.length)
  const foldedWeights = new Float64Array(ends.length)
  let kept = 0
  for (let c = 0; c < count; c++) {
    const first = kept
    for (let m = starts[c]!; m < starts[c + 1]!; m++) {
      const v = members[m]!
      strength[c]! += level.strength[v]!
      const stop = offsets[v + 1]!
      for (let i = offsets[v]!; i < stop; i++) {
        const other = community[ends[i]!]!
        if (other === c) continue
        if (sums[other] === 0) foldedEnds[kept++] = other
        sums[other]! += weights[i]!
      }
    }
    for (let i = first; i < kept; i++) {
      const other = foldedEnds[i]!
      foldedWeights[i] = sums[other]!
      sums[other] = 0
    }
    foldedOffsets[c + 1] = kept
  }
  return {
    nodes: count,
    offsets: foldedOffsets,
    ends: foldedEnds.slice(0, kept),
    weights: foldedWeights.slice(0, kept),
    strength,
    total: level.total,
  }
}

/** Nodes by their community: those of c are `members[starts[c]]` up to `members[starts[c + 1]]`, ascending. */
export function membersOf(community: Int32Array, count: number) {
  const starts = new Int32Array(count + 1)
  for (let v = 0; v < community.length; v++) starts[community[v]! + 1]!++
  for (let c = 0; c < count; c++) starts[c + 1]! += starts[c]!
  const next = starts.slice()
  const members = new Int32Array(community.length)
  for (let v = 0; v < community.length; v++) members[next[community[v]!]!++] = v
  return { starts, members }
}

/** Numbers communities from 0 in the order of their first nodes, in place, and says how many there are. */
export function renumber(community: Int32Array): number {
  const numbers = new Int32Array(community.length).fill(-1)
  let count = 0
  for (let v = 0; v < community.length; v++) {
    const c = community[v]!
    if (numbers[c] === -1) numbers[c] = count++
    community[v] = numbers[c]!
  }
  return count
}

/** 0, 1, 2 and so on: every node for itself. */
export function alone(nodes: number): Int32Array {
  const each = new Int32Array(nodes)
  for (let v = 0; v < nodes; v++) each[v] = v
  return each
}

/** Shuffles `order[first]` up to `order[stop]` in place (Fisher and Yates). */
export function shuffle(order: Int32Array, first: number, stop: number, random: () => number): void {
  for (let i = stop - 1; i > first; i--) {
    const j = first + Math.floor(random() * (i + 1 - first))
    const held = order[i]!
    order[i] = order[j]!
    order[j] = held
  }
}
