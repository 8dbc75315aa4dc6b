/**
 * Nodes with the same neighbours, whether they are linked with each other or not: those who were at one event only
 * and together. The same paths lead through each of them, so that one search serves them all (Sarıyüce and others
 * 2017 call them identical vertices).
 */

/** Neighbour lists, ascending, as in `Network`. */
export interface NeighbourLists {
  nodes: number
  offsets: Int32Array
  ends: Int32Array
}

export interface Twins {
  count: number
  /** Group of each node; most nodes are a group of their own. */
  groupOf: Int32Array
  /** By group: its first node. */
  first: Int32Array
}

export function twinsOf(lists: NeighbourLists): Twins {
  const { nodes, offsets, ends } = lists
  // Sums of scattered numbers: unequal lists have unequal sums but for rare accidents, which the comparison finds.
  const sums = new Float64Array(nodes)
  for (let v = 0; v < nodes; v++) {
    let sum = 0
    for (let i = offsets[v]!; i < offsets[v + 1]!; i++) sum += scattered(ends[i]!)
    sums[v] = sum
  }
  const groupOf = new Int32Array(nodes).fill(-1)
  join(groupOf, sums, (v, w) => sameNeighbours(lists, v, w, false))
  // A node cannot have both kinds of twin: those of the first kind would be its neighbours' neighbours and not theirs.
  const withItself = sums.map((sum, v) => sum + scattered(v))
  join(groupOf, withItself, (v, w) => sameNeighbours(lists, v, w, true))
  const first: number[] = []
  for (let v = 0; v < nodes; v++) {
    const leader = groupOf[v]!
    if (leader === -1 || leader === v) {
      groupOf[v] = first.length
      first.push(v)
    } else groupOf[v] = groupOf[leader]!
  }
  return { count: first.length, groupOf, first: Int32Array.from(first) }
}

/** A whole number below 2³² that looks like chance; sums of a million of them are exact. */
const scattered = (v: number): number => Math.imul(Math.imul(v + 1, 0x9e3779b1) ^ (v >>> 7), 0x85ebca6b) >>> 0

/** Gives nodes of equal sums, where `isTwin` agrees, their lowest node as leader. */
function join(leader: Int32Array, sums: Float64Array, isTwin: (v: number, w: number) => boolean): void {
  const leaders = new Map<number, number>()
  for (let v = 0; v < sums.length; v++) {
    if (leader[v] !== -1) continue
    const known = leaders.get(sums[v]!)
    if (known === undefined) leaders.set(sums[v]!, v)
    else if (isTwin(known, v)) {
      leader[known] = known
      leader[v] = known
    }
  }
}

/** Whether both have the same neighbours, each other left out; `linked` says whether they must be linked. */
function sameNeighbours({ offsets, ends }: NeighbourLists, v: number, w: number, linked: boolean): boolean {
  let i = offsets[v]!
  let j = offsets[w]!
  const iStop = offsets[v + 1]!
  const jStop = offsets[w + 1]!
  if (iStop - i !== jStop - j) return false
  let areLinked = false
  for (;;) {
    if (i < iStop && ends[i] === w) {
      areLinked = true
      i++
    } else if (j < jStop && ends[j] === v) j++
    else if (i < iStop && j < jStop && ends[i] === ends[j]) {
      i++
      j++
    } else return i === iStop && j === jStop && areLinked === linked
  }
}
