/**
 * What shortest paths say about nodes and links, from one search a node: Brandes, A faster algorithm for betweenness
 * centrality, Journal of Mathematical Sociology 2001. Each pair counts once. The trap of weights: paths of cost
 * 1/3 + 1/3 + 1/3 and 1 tie only as far as rounding lets them, so costs within a billionth count as equal.
 */
import { unwatched, type Watch } from '../watch.ts'
import { linkPaths } from './link-paths.ts'
import type { Network } from './network.ts'

export interface PathPositions {
  betweenness: Float64Array
  /** By link. */
  linkBetweenness: Float64Array
  /** 1 over the sum of distances to all that can be reached; NaN for a node without links. */
  closeness: Float64Array
  /** Sum of 1 over distance; those out of reach add nothing. */
  harmonic: Float64Array
}

/** Distances count links, or the sum of 1/weight when `weighted`. A step of the watch is one node's search. */
export const pathPositions = (network: Network, weighted = false, watch: Watch = unwatched): PathPositions =>
  weighted ? costPaths(network, watch) : linkPaths(network, watch)

function costPaths(network: Network, watch: Watch): PathPositions {
  const { nodes, offsets, ends, links, from } = network
  const betweenness = new Float64Array(nodes)
  const linkBetweenness = new Float64Array(from.length)
  const closeness = new Float64Array(nodes)
  const harmonic = new Float64Array(nodes)
  const search = {
    order: new Int32Array(nodes),
    distance: new Float64Array(nodes),
    paths: new Float64Array(nodes),
  }
  const { order, distance, paths } = search
  const share = new Float64Array(nodes)
  const cost = network.weights.map(weight => 1 / weight)
  const queue = costQueue(nodes)
  distance.fill(-1)
  for (let source = 0; source < nodes; source++) {
    watch.step(source, nodes)
    const reached = byCost(network, cost, queue, source, search)
    let total = 0
    for (let i = 1; i < reached; i++) {
      const d = distance[order[i]!]!
      total += d
      harmonic[source]! += 1 / d
    }
    closeness[source] = reached > 1 ? 1 / total : Number.NaN
    for (let i = reached - 1; i > 0; i--) {
      const w = order[i]!
      const each = (1 + share[w]!) / paths[w]!
      const at = distance[w]!
      for (let e = offsets[w]!; e < offsets[w + 1]!; e++) {
        const v = ends[e]!
        const before = at - cost[e]!
        if (Math.abs(distance[v]! - before) > TIE * at) continue
        const part = paths[v]! * each
        share[v]! += part
        linkBetweenness[links[e]!]! += part / 2
      }
      betweenness[w]! += share[w]! / 2
    }
    for (let i = 0; i < reached; i++) {
      const v = order[i]!
      distance[v] = -1
      paths[v] = 0
      share[v] = 0
    }
  }
  return { betweenness, linkBetweenness, closeness, harmonic }
}

/** Relative. */
const TIE = 1e-9

interface Search {
  /** Nodes reached, nearest first. */
  order: Int32Array
  /** −1 before a node is reached. */
  distance: Float64Array
  /** How many shortest paths lead to a node. */
  paths: Float64Array
}

/** A binary heap of nodes by their tentative distance. */
interface CostQueue {
  heap: Int32Array
  /** Place of a node in the heap; −1 outside. */
  place: Int32Array
  size: number
}

const costQueue = (nodes: number): CostQueue => ({
  heap: new Int32Array(nodes),
  place: new Int32Array(nodes).fill(-1),
  size: 0,
})

/** Dijkstra; returns how many nodes were reached. */
function byCost(
  { offsets, ends }: Network,
  cost: Float64Array,
  queue: CostQueue,
  source: number,
  { order, distance, paths }: Search,
): number {
  let reached = 0
  distance[source] = 0
  paths[source] = 1
  rise(queue, distance, source, queue.size++)
  while (queue.size > 0) {
    const v = takeNearest(queue, distance)
    order[reached++] = v
    for (let i = offsets[v]!; i < offsets[v + 1]!; i++) {
      const w = ends[i]!
      const there = distance[v]! + cost[i]!
      const known = distance[w]!
      if (known >= 0 && Math.abs(there - known) <= TIE * there) {
        paths[w]! += paths[v]!
      } else if (known < 0 || there < known) {
        distance[w] = there
        paths[w] = paths[v]!
        rise(queue, distance, w, known < 0 ? queue.size++ : queue.place[w]!)
      }
    }
  }
  return reached
}

function rise({ heap, place }: CostQueue, distance: Float64Array, node: number, from: number): void {
  let at = from
  while (at > 0) {
    const parent = (at - 1) >> 1
    if (distance[heap[parent]!]! <= distance[node]!) break
    heap[at] = heap[parent]!
    place[heap[at]!] = at
    at = parent
  }
  heap[at] = node
  place[node] = at
}

function takeNearest(queue: CostQueue, distance: Float64Array): number {
  const { heap, place } = queue
  const nearest = heap[0]!
  const last = heap[--queue.size]!
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= queue.size) break
    if (child + 1 < queue.size && distance[heap[child + 1]!]! < distance[heap[child]!]!) child++
    if (distance[heap[child]!]! >= distance[last]!) break
    heap[at] = heap[child]!
    place[heap[at]!] = at
    at = child
  }
  heap[at] = last
  place[last] = at
  return nearest
}
