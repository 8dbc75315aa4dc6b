/**
 * Which few nodes a network hangs together by: Borgatti, Identifying sets of key players in a social network, 2006,
 * chosen greedily. Measured on the largest component; ties go to the lower node number. A set describes links in one
 * chart: it is no ranking of people (R6).
 */
import { components } from './components.ts'
import type { Network } from './network.ts'

export interface KeyPlayers {
  /** Nodes in the order in which they were chosen; the first k are the set of k. */
  players: number[]
  /** The measure after each choice. */
  values: number[]
}

/** Gains smaller than this are ties that rounding has parted. */
const TIE = 1e-12

/** Share of pairs of those left that can no longer reach each other, once the set is gone. */
export function keyPlayersByFragmentation(network: Network, most: number): KeyPlayers {
  const giant = largestComponent(network)
  const isGone = new Uint8Array(network.nodes)
  return greedy(
    giant,
    most,
    node => {
      isGone[node] = 1
      const value = fragmentation(network, giant, isGone)
      isGone[node] = 0
      return value
    },
    node => {
      isGone[node] = 1
    },
  )
}

/** Mean over the component of 1 over the distance to the nearest of the set, whose own distance counts as 1. */
export function keyPlayersByReach(network: Network, most: number): KeyPlayers {
  const giant = largestComponent(network)
  let nearest: Float64Array = new Float64Array(network.nodes).fill(Number.POSITIVE_INFINITY)
  const withNode = (node: number): Float64Array => {
    const distance = distancesFrom(network, node)
    return nearest.map((known, v) => Math.min(known, distance[v]!))
  }
  return greedy(
    giant,
    most,
    node => {
      const distance = withNode(node)
      return giant.reduce((sum, v) => sum + 1 / Math.max(1, distance[v]!), 0) / giant.length
    },
    node => {
      nearest = withNode(node)
    },
  )
}

function greedy(
  candidates: readonly number[],
  most: number,
  valueWith: (node: number) => number,
  choose: (node: number) => void,
): KeyPlayers {
  const chosen: KeyPlayers = { players: [], values: [] }
  while (chosen.players.length < Math.min(most, candidates.length)) {
    let best = -1
    let value = Number.NEGATIVE_INFINITY
    for (const node of candidates) {
      if (chosen.players.includes(node)) continue
      const found = valueWith(node)
      if (found > value + TIE) {
        value = found
        best = node
      }
    }
    choose(best)
    chosen.players.push(best)
    chosen.values.push(value)
  }
  return chosen
}

function largestComponent(network: Network): number[] {
  const { of, sizes } = components(network)
  const largest = sizes.indexOf(Math.max(...sizes))
  return Array.from(of.keys()).filter(v => of[v] === largest)
}

function fragmentation(
  { nodes, offsets, ends }: Network,
  giant: readonly number[],
  isGone: Uint8Array,
): number {
  const seen = isGone.slice()
  const stack = new Int32Array(nodes)
  let left = 0
  let pairs = 0
  for (const start of giant) {
    if (seen[start]) continue
    let size = 0
    let top = 0
    stack[top++] = start
    seen[start] = 1
    while (top > 0) {
      const v = stack[--top]!
      size++
      for (let i = offsets[v]!; i < offsets[v + 1]!; i++) {
        if (seen[ends[i]!]) continue
        seen[ends[i]!] = 1
        stack[top++] = ends[i]!
      }
    }
    left += size
    pairs += size * (size - 1)
  }
  return left < 2 ? 1 : 1 - pairs / (left * (left - 1))
}

function distancesFrom({ nodes, offsets, ends }: Network, source: number): Float64Array {
  const distance = new Float64Array(nodes).fill(Number.POSITIVE_INFINITY)
  const queue = new Int32Array(nodes)
  queue[0] = source
  distance[source] = 0
  let reached = 1
  for (let head = 0; head < reached; head++) {
    const v = queue[head]!
    for (let i = offsets[v]!; i < offsets[v + 1]!; i++) {
      const w = ends[i]!
      if (distance[w] !== Number.POSITIVE_INFINITY) continue
      distance[w] = distance[v]! + 1
      queue[reached++] = w
    }
  }
  return distance
}
