/** How few areas hold half of what was placed: a plain measure of concentration, with both numbers. */
export interface Concentration {
  areas: number
  of: number
}

/** Null where nothing was placed, or where there are too few areas for the sentence to say anything. */
export function concentration(counts: readonly number[], share = 0.5): Concentration | null {
  const total = counts.reduce((a, b) => a + b, 0)
  if (total === 0 || counts.length < 10) return null
  let sum = 0
  let areas = 0
  for (const count of counts.toSorted((a, b) => b - a)) {
    sum += count
    areas++
    if (sum >= share * total) break
  }
  return { areas, of: counts.length }
}
