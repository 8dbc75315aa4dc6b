/**
 * What a reader may still think of: a basis of all changes to the cells of a table that leave the shown cells as
 * they are. Showing one more cell takes one vector of the basis to rid the others of that cell (Gaussian
 * elimination, seen from its null space); a cell that no vector touches can be worked out.
 *
 * Langsrud, Secondary cell suppression by Gaussian elimination, Privacy in Statistical Databases 2024. He keeps the
 * shown cells instead; changes stay shorter, as most move cells of one area only.
 */
export interface Freedom {
  /** Vectors by number, cells ascending; null once used up. */
  vectors: (Vector | null)[]
  /** Vectors that touch a cell. May name vectors that have left it since. */
  touching: number[][]
  /** How many vectors touch a cell, exactly. */
  touched: Int32Array
}

export interface Vector {
  cells: Int32Array
  changes: Float64Array
}

/** Rounding left over from an elimination; true entries are small fractions. */
const NOTHING = 1e-9

/** Nothing is shown: each of the `units` may change alone, and with it the margins that it adds to. */
export function fullFreedom(cells: number, units: readonly (readonly number[])[]): Freedom {
  const freedom: Freedom = {
    vectors: units.map(unit => ({
      cells: Int32Array.from(unit),
      changes: new Float64Array(unit.length).fill(1),
    })),
    touching: Array.from({ length: cells }, () => []),
    touched: new Int32Array(cells),
  }
  units.forEach((unit, vector) => {
    for (const cell of unit) touch(freedom, vector, cell)
  })
  return freedom
}

function touch(freedom: Freedom, vector: number, cell: number): void {
  freedom.touching[cell]!.push(vector)
  freedom.touched[cell]!++
}

/** The change that a vector makes to a cell. */
export function changeOf({ cells, changes }: Vector, cell: number): number {
  let low = 0
  let high = cells.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const at = cells[middle]!
    if (at === cell) return changes[middle]!
    if (at < cell) low = middle + 1
    else high = middle - 1
  }
  return 0
}

/** The vectors that touch a cell, each once; tidies the list while at it. */
function vectorsAt(freedom: Freedom, cell: number): number[] {
  const listed = freedom.touching[cell]!
  if (listed.length === freedom.touched[cell]) return listed
  const kept = [...new Set(listed)].filter(v => {
    const vector = freedom.vectors[v]
    return vector && changeOf(vector, cell) !== 0
  })
  freedom.touching[cell] = kept
  return kept
}

/** The shortest of the vectors that touch a cell, so that what is added to the others is short; −1 where none does. */
function shortestAt(freedom: Freedom, cell: number): number {
  let best = -1
  for (const v of vectorsAt(freedom, cell)) {
    const length = freedom.vectors[v]!.cells.length
    const bestLength = best < 0 ? Number.POSITIVE_INFINITY : freedom.vectors[best]!.cells.length
    if (length < bestLength || (length === bestLength && v < best)) best = v
  }
  return best
}

/** Whether showing this cell would tell one of the cells marked in `secret`: whether they only ever change together. */
export function wouldTell(freedom: Freedom, cell: number, secret: Uint8Array): boolean {
  const first = shortestAt(freedom, cell)
  if (first < 0) return false
  const { cells, changes } = freedom.vectors[first]!
  const own = changeOf(freedom.vectors[first]!, cell)
  for (let i = 0; i < cells.length; i++) {
    const other = cells[i]!
    if (secret[other] !== 1 || freedom.touched[other] !== freedom.touched[cell]) continue
    const ratio = changes[i]! / own
    const isBound = vectorsAt(freedom, cell).every(v => {
      const vector = freedom.vectors[v]!
      return Math.abs(changeOf(vector, other) - ratio * changeOf(vector, cell)) < NOTHING
    })
    if (isBound) return true
  }
  return false
}

/** Shows a cell. */
export function show(freedom: Freedom, cell: number): void {
  const used = shortestAt(freedom, cell)
  if (used < 0) return
  const pivot = freedom.vectors[used]!
  const own = changeOf(pivot, cell)
  for (const v of vectorsAt(freedom, cell).slice()) {
    if (v !== used) subtract(freedom, v, pivot, changeOf(freedom.vectors[v]!, cell) / own, cell)
  }
  freedom.vectors[used] = null
  for (const at of pivot.cells) freedom.touched[at]!--
  freedom.touching[cell] = []
}

/** Takes a multiple of the pivot from a vector, so that it leaves the cell `cleared`. */
function subtract(freedom: Freedom, v: number, pivot: Vector, times: number, cleared: number): void {
  const { cells, changes } = freedom.vectors[v]!
  const sumCells = new Int32Array(cells.length + pivot.cells.length)
  const sumChanges = new Float64Array(sumCells.length)
  let length = 0
  let i = 0
  let j = 0
  while (i < cells.length || j < pivot.cells.length) {
    const a = i < cells.length ? cells[i]! : Number.POSITIVE_INFINITY
    const b = j < pivot.cells.length ? pivot.cells[j]! : Number.POSITIVE_INFINITY
    const cell = Math.min(a, b)
    const before = a === cell ? changes[i++]! : 0
    const after = b === cell ? before - times * pivot.changes[j++]! : before
    if (cell === cleared || Math.abs(after) < NOTHING) {
      freedom.touched[cell]!--
      continue
    }
    if (before === 0) touch(freedom, v, cell)
    sumCells[length] = cell
    sumChanges[length++] = after
  }
  freedom.vectors[v] = { cells: sumCells.slice(0, length), changes: sumChanges.slice(0, length) }
}
