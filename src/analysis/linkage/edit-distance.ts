/**
 * How many edits turn one string into another.
 *
 * Levenshtein (1966): insert, delete, replace. Optimal string alignment adds the swap of neighbours, but never
 * edits a swapped pair again. Damerau (1964) lets it, and is a metric. LCS distance has no replacing.
 *
 * Counted in UTF-16 units, so accented letters count one; DuckDB counts bytes, and two for "é".
 */

const rows = { previous: new Uint16Array(64), current: new Uint16Array(64), before: new Uint16Array(64) }

function rowsOf(length: number): typeof rows {
  if (rows.previous.length <= length) {
    rows.previous = new Uint16Array(2 * length + 2)
    rows.current = new Uint16Array(2 * length + 2)
    rows.before = new Uint16Array(2 * length + 2)
  }
  return rows
}

/**
 * Levenshtein's distance of two strings of equal length, up to 2; 3 stands for more. Between such strings two edits are
 * two replacements, or one letter taken out and one put in: what lies between the two has then moved by one.
 */
export function editsOfEqualLength(a: string, b: string): number {
  let first = 0
  while (first < a.length && a.charCodeAt(first) === b.charCodeAt(first)) first++
  if (first === a.length) return 0
  let last = a.length - 1
  while (a.charCodeAt(last) === b.charCodeAt(last)) last--
  let differ = 0
  for (let i = first; i <= last; i++) if (a.charCodeAt(i) !== b.charCodeAt(i)) differ++
  if (differ <= 2) return differ
  return isMovedByOne(a, b, first, last) || isMovedByOne(b, a, first, last) ? 2 : 3
}

function isMovedByOne(a: string, b: string, first: number, last: number): boolean {
  for (let i = first; i < last; i++) if (a.charCodeAt(i + 1) !== b.charCodeAt(i)) return false
  return true
}

export function levenshtein(a: string, b: string): number {
  if (a === b) return 0
  if (a.length === 0 || b.length === 0) return a.length + b.length
  let { previous, current } = rowsOf(b.length)
  for (let j = 0; j <= b.length; j++) previous[j] = j
  for (let i = 1; i <= a.length; i++) {
    const unit = a.charCodeAt(i - 1)
    let left = i
    current[0] = i
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (unit === b.charCodeAt(j - 1) ? 0 : 1)
      const deleted = previous[j]! + 1
      left = Math.min(left + 1, replaced, deleted)
      current[j] = left
    }
    ;[previous, current] = [current, previous]
  }
  return previous[b.length]!
}

/** Levenshtein with the swap of two neighbours as one edit; a swapped pair is left alone afterwards. */
export function optimalStringAlignment(a: string, b: string): number {
  if (a.length === 0 || b.length === 0) return a.length + b.length
  let { previous, current, before } = rowsOf(b.length)
  for (let j = 0; j <= b.length; j++) previous[j] = j
  for (let i = 1; i <= a.length; i++) {
    const unit = a.charCodeAt(i - 1)
    current[0] = i
    for (let j = 1; j <= b.length; j++) {
      const other = b.charCodeAt(j - 1)
      let least = Math.min(previous[j - 1]! + (unit === other ? 0 : 1), previous[j]! + 1, current[j - 1]! + 1)
      if (i > 1 && j > 1 && unit === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === other) {
        least = Math.min(least, before[j - 2]! + 1)
      }
      current[j] = least
    }
    ;[before, previous, current] = [previous, current, before]
  }
  return previous[b.length]!
}

/** The unrestricted Damerau–Levenshtein distance: swapped letters may have others put between them. */
export function damerau(a: string, b: string): number {
  const width = b.length + 2
  const most = a.length + b.length
  const table = new Uint16Array((a.length + 2) * width)
  table[0] = most
  for (let i = 0; i <= a.length; i++) {
    table[(i + 1) * width] = most
    table[(i + 1) * width + 1] = i
  }
  for (let j = 0; j <= b.length; j++) {
    table[j + 1] = most
    table[width + j + 1] = j
  }
  const lastRow = new Map<number, number>()
  for (let i = 1; i <= a.length; i++) {
    let lastColumn = 0
    for (let j = 1; j <= b.length; j++) {
      const row = lastRow.get(b.charCodeAt(j - 1)) ?? 0
      const column = lastColumn
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1)
      if (same) lastColumn = j
      table[(i + 1) * width + j + 1] = Math.min(
        table[i * width + j]! + (same ? 0 : 1),
        table[(i + 1) * width + j]! + 1,
        table[i * width + j + 1]! + 1,
        table[row * width + column]! + (i - row - 1) + 1 + (j - column - 1),
      )
    }
    lastRow.set(a.charCodeAt(i - 1), i)
  }
  return table[(a.length + 1) * width + b.length + 1]!
}

/** Letters to delete from both until the longest common subsequence is left. */
export function longestCommonSubsequenceDistance(a: string, b: string): number {
  let { previous, current } = rowsOf(b.length)
  previous.fill(0, 0, b.length + 1)
  for (let i = 1; i <= a.length; i++) {
    current[0] = 0
    for (let j = 1; j <= b.length; j++) {
      current[j] =
        a.charCodeAt(i - 1) === b.charCodeAt(j - 1)
          ? previous[j - 1]! + 1
          : Math.max(previous[j]!, current[j - 1]!)
    }
    ;[previous, current] = [current, previous]
  }
  return a.length + b.length - 2 * previous[b.length]!
}
