/**
 * Counts that a reader knows because they cannot be smaller. A hidden count is at least 1 where zeros are shown; two
 * hidden ones that add up to a shown 2 are therefore both 1, although equations alone leave them open. Cells at
 * their least are held down when no possible change raises them; found by linear programming over the changes.
 */
import { changeOf, type Freedom } from './freedom.ts'
import { maximise } from './simplex.ts'

/** The cells of `atLeast` that no change raises without lowering another of them. */
export function heldDown(freedom: Freedom, atLeast: readonly number[]): number[] {
  const low = new Uint8Array(freedom.touched.length)
  for (const cell of atLeast) low[cell] = freedom.touched[cell]! > 0 ? 1 : 0
  freeBySingleVectors(freedom, low)
  const left = () => atLeast.filter(cell => low[cell] === 1)
  for (const group of groupsOf(freedom, left())) freeByCombining(freedom, group, low)
  return left()
}

/** A vector that moves all low cells it touches the same way raises them; once raised, they bind nobody. */
function freeBySingleVectors(freedom: Freedom, low: Uint8Array): void {
  for (let changed = true; changed; ) {
    changed = false
    for (const vector of freedom.vectors) {
      if (!vector) continue
      let up = 0
      let down = 0
      for (let i = 0; i < vector.cells.length; i++) {
        if (low[vector.cells[i]!] !== 1) continue
        if (vector.changes[i]! > 0) up++
        else down++
      }
      if ((up === 0) === (down === 0)) continue
      changed = true
      for (const cell of vector.cells) low[cell] = 0
    }
  }
}

/** Low cells that vectors tie together, directly or by way of others. */
function groupsOf(freedom: Freedom, cells: readonly number[]): { cells: number[]; vectors: number[] }[] {
  const isIn = new Set(cells)
  const seen = new Set<number>()
  const groups: { cells: number[]; vectors: number[] }[] = []
  for (const start of cells) {
    if (seen.has(start)) continue
    const group = { cells: [start], vectors: new Set<number>() }
    seen.add(start)
    for (let i = 0; i < group.cells.length; i++) {
      for (const v of new Set(freedom.touching[group.cells[i]!]!)) {
        const vector = freedom.vectors[v]
        if (!vector || group.vectors.has(v) || changeOf(vector, group.cells[i]!) === 0) continue
        group.vectors.add(v)
        for (const cell of vector.cells) {
          if (!isIn.has(cell) || seen.has(cell)) continue
          seen.add(cell)
          group.cells.push(cell)
        }
      }
    }
    groups.push({ cells: group.cells, vectors: [...group.vectors] })
  }
  return groups
}

/**
 * In reduced echelon form each vector is the only one to move its leading cell, so its multiple may not be
 * negative: the programme starts feasible at nothing. What an optimum raises is free; repeated until nothing is.
 */
function freeByCombining(
  freedom: Freedom,
  group: { cells: number[]; vectors: number[] },
  low: Uint8Array,
): void {
  for (;;) {
    const cells = group.cells.filter(cell => low[cell] === 1)
    if (cells.length === 0) return
    const { rows, leads } = echelon(group.vectors.map(v => cells.map(c => changeOf(freedom.vectors[v]!, c))))
    const others = cells.map((_, c) => c).filter(c => !leads.includes(c))
    const multiples = maximise(
      rows.map(row => row.reduce((sum, change) => sum + change, 0)),
      [
        ...others.map(c => rows.map(row => -row[c]!)),
        ...rows.map((_, r) => rows.map((_, k) => (k === r ? 1 : 0))),
      ],
      [...others.map(() => 0), ...rows.map(() => 1)],
    )
    const raised = cells.filter(
      (_, c) => rows.reduce((sum, row, r) => sum + row[c]! * multiples[r]!, 0) > 1e-7,
    )
    if (raised.length === 0) return
    for (const cell of raised) low[cell] = 0
  }
}

/** Reduced row echelon form without its empty rows, and the column that leads each row. */
function echelon(matrix: number[][]): { rows: number[][]; leads: number[] } {
  const rows = matrix
  const leads: number[] = []
  const width = rows[0]?.length ?? 0
  for (let column = 0; column < width && leads.length < rows.length; column++) {
    const rank = leads.length
    let best = rank
    for (let r = rank + 1; r < rows.length; r++) {
      if (Math.abs(rows[r]![column]!) > Math.abs(rows[best]![column]!)) best = r
    }
    if (Math.abs(rows[best]![column]!) < 1e-9) continue
    const swapped = rows[rank]!
    rows[rank] = rows[best]!
    rows[best] = swapped
    const lead = rows[rank]![column]!
    rows[rank] = rows[rank]!.map(value => value / lead)
    for (let r = 0; r < rows.length; r++) {
      const times = rows[r]![column]!
      if (r === rank || times === 0) continue
      rows[r] = rows[r]!.map((value, c) => {
        const rest = value - times * rows[rank]![c]!
        return c === column || Math.abs(rest) < 1e-10 ? 0 : rest
      })
    }
    leads.push(column)
  }
  return { rows: rows.slice(0, leads.length), leads }
}
