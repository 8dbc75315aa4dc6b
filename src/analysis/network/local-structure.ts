/**
 * What the links around a node look like. Coreness: Batagelj and Zaveršnik 2003. Clustering: Watts and Strogatz,
 * Nature 1998. Constraint: Burt, Structural Holes, 1992, over the node's own neighbours.
 */
import { degrees, type Network, strengths } from './network.ts'

/** The greatest k such that the node is in a part where everybody has k links to others in it. */
export function coreness(network: Network): Int32Array {
  const { nodes, offsets, ends } = network
  const left = degrees(network)
  const most = left.reduce((a, b) => Math.max(a, b), 0)
  // Nodes sorted by the links they have left; `starts` says where each number of links begins.
  const starts = new Int32Array(most + 2)
  for (const degree of left) starts[degree + 1]!++
  for (let d = 0; d <= most; d++) starts[d + 1]! += starts[d]!
  const next = starts.slice()
  const order = new Int32Array(nodes)
  const place = new Int32Array(nodes)
  for (let v = 0; v < nodes; v++) {
    place[v] = next[left[v]!]!++
    order[place[v]!] = v
  }
  for (let i = 0; i < nodes; i++) {
    const v = order[i]!
    for (let e = offsets[v]!; e < offsets[v + 1]!; e++) {
      const w = ends[e]!
      if (left[w]! <= left[v]!) continue
      // Swap with the first of its number of links, which then begins one later.
      const first = starts[left[w]!]!
      const other = order[first]!
      order[place[w]!] = other
      place[other] = place[w]!
      order[first] = w
      place[w] = first
      starts[left[w]!]!++
      left[w]!--
    }
  }
  return left
}

/** Share of pairs of neighbours that are linked themselves; 0 for nodes with fewer than two. */
export function clustering(network: Network): Float64Array {
  const { nodes, offsets, ends } = network
  const result = new Float64Array(nodes)
  const isNeighbour = new Int32Array(nodes).fill(-1)
  for (let v = 0; v < nodes; v++) {
    const degree = offsets[v + 1]! - offsets[v]!
    if (degree < 2) continue
    for (let i = offsets[v]!; i < offsets[v + 1]!; i++) isNeighbour[ends[i]!] = v
    let found = 0
    for (let i = offsets[v]!; i < offsets[v + 1]!; i++) {
      const w = ends[i]!
      for (let j = offsets[w]!; j < offsets[w + 1]!; j++) if (isNeighbour[ends[j]!] === v) found++
    }
    result[v] = found / (degree * (degree - 1))
  }
  return result
}

/** How much a node's ties lead back to the same people; NaN for a node without links. */
export function constraint(network: Network): Float64Array {
  const { nodes, offsets, ends, weights } = network
  const strength = strengths(network)
  const result = new Float64Array(nodes)
  const tie = new Float64Array(nodes)
  for (let v = 0; v < nodes; v++) {
    if (offsets[v] === offsets[v + 1]) {
      result[v] = Number.NaN
      continue
    }
    for (let i = offsets[v]!; i < offsets[v + 1]!; i++) tie[ends[i]!] = weights[i]! / strength[v]!
    for (let i = offsets[v]!; i < offsets[v + 1]!; i++) {
      const w = ends[i]!
      let total = tie[w]!
      for (let j = offsets[w]!; j < offsets[w + 1]!; j++) {
        const q = ends[j]!
        total += tie[q]! * (weights[j]! / strength[q]!)
      }
      result[v]! += total * total
    }
    for (let i = offsets[v]!; i < offsets[v + 1]!; i++) tie[ends[i]!] = 0
  }
  return result
}
