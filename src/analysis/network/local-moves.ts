/**
 * The step that Louvain and Leiden share: each node goes to the neighbouring community where modularity gains most.
 * After a move only neighbours in other communities are looked at again (Ozaki, Tezuka and Inaba 2016; Traag, Waltman
 * and van Eck 2019 call it the fast local move).
 */
import { alone, type Level, shuffle } from './community-level.ts'

/** Share of the whole weight below which a gain is rounding, and a node would move back and forth for ever. */
const LEAST_GAIN = 1e-12

/**
 * Moves nodes between communities in place until no single move gains; says whether any moved. Communities are
 * numbers below the number of nodes.
 */
export function moveNodes(level: Level, community: Int32Array, random: () => number): boolean {
  const { nodes, offsets, ends, weights, strength, total } = level
  const held = new Float64Array(nodes)
  const sizes = new Int32Array(nodes)
  for (let v = 0; v < nodes; v++) {
    held[community[v]!]! += strength[v]!
    sizes[community[v]!]!++
  }
  /** Numbers of communities without nodes: leaving for one of them may gain too. */
  const empty = new Int32Array(nodes)
  let empties = 0
  for (let c = 0; c < nodes; c++) if (sizes[c] === 0) empty[empties++] = c
  const towards = new Float64Array(nodes)
  const near = new Int32Array(nodes)
  /** A ring of the nodes that wait to be looked at. */
  const waiting = alone(nodes)
  shuffle(waiting, 0, nodes, random)
  const waits = new Uint8Array(nodes).fill(1)
  const least = LEAST_GAIN * total
  let head = 0
  let tail = 0
  let count = nodes
  let moved = false
  while (count > 0) {
    const v = waiting[head]!
    head = head + 1 === nodes ? 0 : head + 1
    count--
    waits[v] = 0
    const own = community[v]!
    const first = offsets[v]!
    const stop = offsets[v + 1]!
    let found = 0
    for (let i = first; i < stop; i++) {
      const c = community[ends[i]!]!
      const before = towards[c]!
      if (before === 0) near[found++] = c
      towards[c] = before + weights[i]!
    }
    const pull = strength[v]! / total
    let best = own
    let most = towards[own]! - pull * (held[own]! - strength[v]!) + least
    for (let i = 0; i < found; i++) {
      const c = near[i]!
      const gain = towards[c]! - pull * held[c]!
      towards[c] = 0
      if (gain > most && c !== own) {
        most = gain
        best = c
      }
    }
    if ((most < 0 || found === 0) && sizes[own]! > 1) best = empty[--empties]!
    if (best === own) continue
    held[own]! -= strength[v]!
    held[best]! += strength[v]!
    sizes[best]!++
    if (--sizes[own]! === 0) empty[empties++] = own
    community[v] = best
    moved = true
    for (let i = first; i < stop; i++) {
      const w = ends[i]!
      if (waits[w] === 1 || community[w] === best) continue
      waits[w] = 1
      waiting[tail] = w
      tail = tail + 1 === nodes ? 0 : tail + 1
      count++
    }
  }
  return moved
}
