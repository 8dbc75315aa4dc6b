/**
 * Jaro (1989) and Jaro–Winkler (1990) similarity of names, from 0 to 1.
 *
 * Conventions differ between packages, and we follow DuckDB, on which Splink rests: half transpositions are
 * rounded down, and Winkler's bonus for a common beginning (a tenth for each of up to four letters) is given
 * only above 0.7. Two empty strings say nothing about each other: 0, where others say 1.
 */

let usedByA = new Uint8Array(64)
let usedByB = new Uint8Array(64)

export function jaro(a: string, b: string): number {
  if (a.length === 0 || b.length === 0) return 0
  if (a === b) return 1
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1)
  if (usedByA.length < a.length) usedByA = new Uint8Array(2 * a.length)
  if (usedByB.length < b.length) usedByB = new Uint8Array(2 * b.length)
  usedByA.fill(0, 0, a.length)
  usedByB.fill(0, 0, b.length)
  let common = 0
  for (let i = 0; i < a.length; i++) {
    const unit = a.charCodeAt(i)
    const to = Math.min(b.length - 1, i + reach)
    for (let j = Math.max(0, i - reach); j <= to; j++) {
      if (usedByB[j] === 0 && b.charCodeAt(j) === unit) {
        usedByA[i] = 1
        usedByB[j] = 1
        common++
        break
      }
    }
  }
  if (common === 0) return 0
  let outOfOrder = 0
  for (let i = 0, j = 0; i < a.length; i++) {
    if (usedByA[i] === 0) continue
    while (usedByB[j] === 0) j++
    if (a.charCodeAt(i) !== b.charCodeAt(j)) outOfOrder++
    j++
  }
  const swaps = Math.floor(outOfOrder / 2)
  return (common / a.length + common / b.length + (common - swaps) / common) / 3
}

const BONUS_ABOVE = 0.7
const BONUS = 0.1
const LONGEST_PREFIX = 4

export function jaroWinkler(a: string, b: string): number {
  const similarity = jaro(a, b)
  if (similarity <= BONUS_ABOVE) return similarity
  const most = Math.min(LONGEST_PREFIX, a.length, b.length)
  let prefix = 0
  while (prefix < most && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++
  return similarity + prefix * BONUS * (1 - similarity)
}
