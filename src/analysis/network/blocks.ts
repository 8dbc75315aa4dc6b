/**
 * Blocks of a network: the parts that stay in one piece whichever single node is taken away (Hopcroft and Tarjan,
 * Efficient algorithms for graph manipulation, Communications of the ACM 1973). Two blocks share at most one node, a
 * cut node; a link whose loss parts the network is a block of two. A path between blocks goes through their cut
 * nodes, which is why shortest paths can be counted block by block.
 */
import { components } from './components.ts'
import type { Network } from './network.ts'

export interface Blocks {
  count: number
  /** Nodes of block b are `members[starts[b]]` up to `members[starts[b + 1]]`. */
  starts: Int32Array
  members: Int32Array
  /** Beside each of `members`: how many nodes can be reached through it without the links of the block, with itself. */
  beyond: Float64Array
  /** Block of each link. */
  blockOfLink: Int32Array
  /** Pairs of nodes that only the node holds together, as it is on every path between them. */
  pairsCut: Float64Array
}

export function blocksOf(network: Network): Blocks {
  const { nodes, offsets, ends, links } = network
  const component = components(network)
  const blockOfLink = new Int32Array(links.length / 2)
  const starts: number[] = [0]
  // A node stands in every block that it is in: at most once for itself and once for each link.
  const members = new Int32Array(nodes + blockOfLink.length)
  const beyond = new Float64Array(members.length)
  let filled = 0

  /** 1 for the first node that is found in a component; 0 before a node is found. */
  const found = new Int32Array(nodes)
  const lowest = new Int32Array(nodes)
  const place = offsets.slice(0, nodes)
  /** Nodes from the root down to where the search is, and the links by which each was found. */
  const trail = new Int32Array(nodes)
  const trailLink = new Int32Array(nodes)
  /** Nodes that are below a node in the tree of the search, with itself. */
  const below = new Float64Array(nodes).fill(1)
  /** Of these the ones that hang on the node alone, with itself. */
  const hanging = new Float64Array(nodes).fill(1)
  const squares = new Float64Array(nodes)
  const openNodes = new Int32Array(nodes)
  const openLinks = new Int32Array(blockOfLink.length)
  let nodesOpen = 0
  let linksOpen = 0

  const closeBlock = (top: number, child: number, childLink: number) => {
    const block = starts.length - 1
    const whole = component.sizes[component.of[top]!]!
    for (let link = -1; link !== childLink; ) {
      link = openLinks[--linksOpen]!
      blockOfLink[link] = block
    }
    for (let v = -1; v !== child; ) {
      v = openNodes[--nodesOpen]!
      members[filled] = v
      beyond[filled++] = hanging[v]!
    }
    members[filled] = top
    beyond[filled++] = whole - below[child]!
    starts.push(filled)
    hanging[top]! += below[child]!
    squares[top]! += below[child]! ** 2
  }

  for (let root = 0; root < nodes; root++) {
    if (found[root] !== 0) continue
    let time = 1
    let depth = 0
    trail[0] = root
    trailLink[0] = -1
    found[root] = time
    lowest[root] = time
    while (depth >= 0) {
      const v = trail[depth]!
      if (place[v]! < offsets[v + 1]!) {
        const e = place[v]!++
        const w = ends[e]!
        if (links[e] === trailLink[depth]) continue
        if (found[w] === 0) {
          found[w] = ++time
          lowest[w] = time
          trail[++depth] = w
          trailLink[depth] = links[e]!
          openNodes[nodesOpen++] = w
          openLinks[linksOpen++] = links[e]!
        } else if (found[w]! < found[v]!) {
          openLinks[linksOpen++] = links[e]!
          if (found[w]! < lowest[v]!) lowest[v] = found[w]!
        }
        continue
      }
      if (depth === 0) break
      const link = trailLink[depth--]!
      const parent = trail[depth]!
      below[parent]! += below[v]!
      if (lowest[v]! < lowest[parent]!) lowest[parent] = lowest[v]!
      if (lowest[v]! >= found[parent]!) closeBlock(parent, v, link)
    }
  }

  const pairsCut = hanging.map((hangs, v) => {
    const whole = component.sizes[component.of[v]!]!
    return ((whole - 1) ** 2 - squares[v]! - (whole - hangs) ** 2) / 2
  })
  return {
    count: starts.length - 1,
    starts: Int32Array.from(starts),
    members: members.slice(0, filled),
    beyond: beyond.slice(0, filled),
    blockOfLink,
    pairsCut,
  }
}
