/**
 * Communities by the Leiden algorithm: Traag, Waltman and van Eck, From Louvain to Leiden: guaranteeing well-connected
 * communities, Scientific Reports 2019, for modularity. Louvain may leave a community in two pieces that only a node
 * since gone held together; here every community hangs together, because what is folded into a node of the next
 * level is a part that grew link by link.
 */
import { alone, folded, type Level, levelOf, membersOf, renumber, shuffle } from './community-level.ts'
import { moveNodes } from './local-moves.ts'
import type { Network } from './network.ts'

/** Whole passes: the second mends what the first fixed too early. More change little. */
const PASSES = 2

/**
 * Community of each node, numbered in the order of first nodes. `random` gives numbers from 0 up to 1; `start` are
 * communities to better, as numbers below the number of nodes: everybody alone, unless given.
 */
export function leiden(
  network: Network,
  random: () => number,
  start: Int32Array = alone(network.nodes),
): Int32Array {
  const base = levelOf(network)
  let of = start
  if (base.total === 0) return alone(network.nodes)
  for (let pass = 0; pass < PASSES; pass++) of = leidenPass(base, of, random)
  return of
}

/**
 * How often chance may leave every node alone though some could join. Where rounding alone keeps them apart, they
 * stay so.
 */
const PATIENCE = 20

function leidenPass(base: Level, start: Int32Array, random: () => number): Int32Array {
  /** The node of the present level in which each node of the network is. */
  const place = alone(base.nodes)
  let level = base
  let community = start.slice()
  let idle = 0
  while (idle < PATIENCE) {
    moveNodes(level, community, random)
    const count = renumber(community)
    if (count === level.nodes) break
    const part = refine(level, community, count, random)
    const parts = renumber(part)
    if (parts === level.nodes) idle++
    const communityOfPart = new Int32Array(parts)
    for (let v = 0; v < level.nodes; v++) communityOfPart[part[v]!] = community[v]!
    for (let v = 0; v < place.length; v++) place[v] = part[place[v]!]!
    level = folded(level, part, parts)
    community = communityOfPart
  }
  renumber(place)
  return place
}

/** Theta of the paper, as a share of the mean weight of a link: how readily a part grows by less than it could. */
const LOOSENESS = 0.01

/**
 * Parts of each community: nodes begin alone, and one that is still alone joins a part that it has links to, where
 * modularity does not lose by it and both are well linked with the rest of their community. Which part is drawn by
 * chance, likelier where the gain is greater: always the greatest would leave some good partitions out of reach.
 */
function refine(level: Level, community: Int32Array, count: number, random: () => number): Int32Array {
  const { nodes, offsets, ends, weights, strength, total } = level
  const { starts, members } = membersOf(community, count)
  const part = alone(nodes)
  const held = strength.slice()
  const isAlone = new Uint8Array(nodes).fill(1)
  /** Weight from each part to the rest of its community. */
  const outward = new Float64Array(nodes)
  for (let v = 0; v < nodes; v++) {
    let sum = 0
    for (let i = offsets[v]!; i < offsets[v + 1]!; i++) {
      if (community[ends[i]!] === community[v]) sum += weights[i]!
    }
    outward[v] = sum
  }
  const theta = (LOOSENESS * total) / ends.length
  const towards = new Float64Array(nodes)
  const near = new Int32Array(nodes)
  const gains = new Float64Array(nodes)
  for (let c = 0; c < count; c++) {
    const stop = starts[c + 1]!
    let whole = 0
    for (let m = starts[c]!; m < stop; m++) whole += strength[members[m]!]!
    shuffle(members, starts[c]!, stop, random)
    for (let m = starts[c]!; m < stop; m++) {
      const v = members[m]!
      const pull = strength[v]! / total
      if (isAlone[v] === 0 || outward[v]! < pull * (whole - strength[v]!)) continue
      let found = 0
      for (let i = offsets[v]!; i < offsets[v + 1]!; i++) {
        const w = ends[i]!
        if (community[w] !== c) continue
        const p = part[w]!
        if (towards[p] === 0) near[found++] = p
        towards[p]! += weights[i]!
      }
      // Staying alone gains nothing and is always open.
      let open = 0
      let most = 0
      for (let i = 0; i < found; i++) {
        const p = near[i]!
        const gain = towards[p]! - pull * held[p]!
        if (gain < 0 || outward[p]! < (held[p]! / total) * (whole - held[p]!)) {
          towards[p] = 0
          continue
        }
        if (gain > most) most = gain
        gains[open] = gain
        near[open++] = p
      }
      const into = open === 0 ? v : drawn(near, gains, open, most, theta, v, random)
      if (into !== v) {
        part[v] = into
        isAlone[into] = 0
        held[into]! += strength[v]!
        outward[into]! += outward[v]! - 2 * towards[into]!
      }
      for (let i = 0; i < open; i++) towards[near[i]!] = 0
    }
  }
  return part
}

/** One of the first `open` parts, or `stay`, by chance: as likely as exp(gain / theta), where staying gains 0. */
function drawn(
  parts: Int32Array,
  gains: Float64Array,
  open: number,
  most: number,
  theta: number,
  stay: number,
  random: () => number,
): number {
  // Chances are over that of the greatest gain: the exponentials themselves run out of numbers.
  let sum = Math.exp(-most / theta)
  for (let i = 0; i < open; i++) sum += Math.exp((gains[i]! - most) / theta)
  let left = random() * sum
  for (let i = 0; i < open; i++) {
    left -= Math.exp((gains[i]! - most) / theta)
    if (left < 0) return parts[i]!
  }
  return stay
}
