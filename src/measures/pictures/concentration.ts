/** How few areas hold half of what was placed: a plain measure of concentration, with both numbers. */
import { cellsHolding } from '../../analysis/hotspot-ranking.ts'

export interface Concentration {
  areas: number
  of: number
}

/** Null where nothing was placed, or where there are too few areas for the sentence to say anything. */
export function concentration(counts: readonly number[], share = 0.5): Concentration | null {
  if (counts.length < 10 || counts.every(count => count === 0)) return null
  return { areas: cellsHolding(Float64Array.from(counts), share), of: counts.length }
}
