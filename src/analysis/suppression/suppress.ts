/**
 * Which cells of a table of counts, margins among them, to hide so that no small count is shown and none can be
 * worked out from any combination of what is shown: neither by equations nor because a hidden count has a least.
 *
 * Cells are offered for showing from the largest count down, and shown unless that would tell a hidden one
 * (Langsrud 2024, the method of R's GaussSuppression); totals come first, so margins are hidden last.
 */
import { type Freedom, fullFreedom, show, wouldTell } from './freedom.ts'
import { heldDown } from './held-down.ts'
import { lineMates, type MarginTable, marginsOf } from './margin-table.ts'

export interface SuppressionRule {
  /** Counts below this are hidden. */
  threshold: number
  /** Whether 0 is hidden as a small count is. Shown, it says that nobody is there. */
  zeros: 'show' | 'hide'
}

/** 1 for each cell of the table that is hidden: small ones, and those hidden for their sake. */
export function suppress(table: MarginTable, rule: SuppressionRule): Uint8Array {
  if (!(rule.threshold >= 1)) throw new RangeError(`A threshold of ${rule.threshold}`)
  const { counts } = table
  const secret = Uint8Array.from(counts, count =>
    count < rule.threshold && (count > 0 || rule.zeros === 'hide') ? 1 : 0,
  )
  const least = rule.zeros === 'hide' ? 0 : 1
  const offered = offerOrder(table)
  for (;;) {
    const { hidden, freedom } = hide(table, rule, secret, offered)
    const told = toldByLeast(table, freedom, hidden, least)
    if (told.length === 0) return hidden
    // What is hidden stays hidden: a fresh start would shift the trouble elsewhere.
    secret.set(hidden)
    let added = 0
    for (const cell of told) {
      const mate = smallestShown(table, hidden, secret, cell)
      if (mate < 0) continue
      secret[mate] = 1
      added++
    }
    // With every margin above it hidden, a cell can rise alone.
    if (added === 0) for (const cell of told) for (const margin of marginsOf(table, cell)) secret[margin] = 1
  }
}

/** From the largest count down; of equal ones first those that more cells add up to. */
function offerOrder(table: MarginTable): Int32Array {
  const { counts, sizes, strides } = table
  const parts = Float64Array.from(counts, (_, cell) =>
    sizes.reduce(
      (product, size, d) => (Math.floor(cell / strides[d]!) % (size + 1) === size ? product * size : product),
      1,
    ),
  )
  return Int32Array.from(counts, (_, cell) => cell).sort(
    (a, b) => counts[b]! - counts[a]! || parts[b]! - parts[a]! || a - b,
  )
}

function hide(
  table: MarginTable,
  rule: SuppressionRule,
  secret: Uint8Array,
  offered: Int32Array,
): { hidden: Uint8Array; freedom: Freedom } {
  const { counts, inner } = table
  // A zero that is shown cannot change, and never helps to hide another.
  const units = Array.from(inner)
    .filter(cell => counts[cell]! > 0 || rule.zeros === 'hide')
    .map(cell => marginsOf(table, cell).sort((a, b) => a - b))
  const freedom = fullFreedom(counts.length, units)
  const hidden = secret.slice()
  for (const cell of offered) {
    if (secret[cell] === 1) continue
    if (wouldTell(freedom, cell, secret)) hidden[cell] = 1
    else show(freedom, cell)
  }
  return { hidden, freedom }
}

/** Hidden cells that are known all the same, as they cannot be less than they are. Uses the freedom up. */
function toldByLeast(table: MarginTable, freedom: Freedom, hidden: Uint8Array, least: number): number[] {
  const { counts, inner } = table
  const down = heldDown(
    freedom,
    Array.from(inner).filter(cell => hidden[cell] === 1 && counts[cell] === least),
  )
  if (down.length === 0) return []
  for (const cell of down) show(freedom, cell)
  return Array.from(hidden.keys()).filter(cell => hidden[cell] === 1 && freedom.touched[cell] === 0)
}

/** The smallest count still shown in a sum with this cell; −1 where none is left, or another has just asked for one. */
function smallestShown(table: MarginTable, hidden: Uint8Array, secret: Uint8Array, cell: number): number {
  const { counts } = table
  let best = -1
  for (const mate of lineMates(table, cell)) {
    if (hidden[mate] === 1 || counts[mate] === 0) continue
    if (secret[mate] === 1) return -1
    if (best < 0 || counts[mate]! < counts[best]!) best = mate
  }
  return best
}
