/** The nearest of some names to what somebody typed, or null when none is near. */
export function nearest(typed: string, names: readonly string[]): string | null {
  const text = typed.toLowerCase()
  const ranked = names
    .map(name => ({ name, distance: edits(text, name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
  const best = ranked[0]
  if (!best) return null
  const contained = names.find(name => text.length > 2 && name.toLowerCase().includes(text))
  if (best.distance <= Math.max(2, Math.floor(text.length / 3))) return best.name
  return contained ?? null
}

/** Levenshtein distance, one row at a time. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + cost)
    }
    row = next
  }
  return row[b.length]!
}
