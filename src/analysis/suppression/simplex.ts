/**
 * Small linear programmes: the simplex method on a dense tableau with Bland's rule (Mathematics of Operations
 * Research 1977), which cannot go round in circles on the ties that tables of counts are full of.
 */

const NOTHING = 1e-9

/** x of at least 0 that makes `gain`·x greatest with each `limits` row·x at most its `most`, which are at least 0. Throws RangeError where the gain has no bound. */
export function maximise(
  gain: readonly number[],
  limits: readonly (readonly number[])[],
  most: readonly number[],
): Float64Array {
  const variables = gain.length
  const width = variables + limits.length + 1
  const tableau = limits.map((row, r) => {
    const line = new Float64Array(width)
    line.set(row)
    line[variables + r] = 1
    line[width - 1] = most[r]!
    return line
  })
  const reduced = new Float64Array(width)
  reduced.set(gain)
  const basis = limits.map((_, r) => variables + r)
  for (;;) {
    const entering = reduced.findIndex((value, c) => c < width - 1 && value > NOTHING)
    if (entering < 0) break
    const leaving = leavingRow(tableau, basis, entering)
    pivotOn(tableau, reduced, leaving, entering)
    basis[leaving] = entering
  }
  const solution = new Float64Array(variables)
  basis.forEach((variable, r) => {
    if (variable < variables) solution[variable] = tableau[r]![width - 1]!
  })
  return solution
}

function leavingRow(tableau: readonly Float64Array[], basis: readonly number[], entering: number): number {
  let leaving = -1
  let least = Number.POSITIVE_INFINITY
  tableau.forEach((line, r) => {
    if (line[entering]! <= NOTHING) return
    const ratio = line.at(-1)! / line[entering]!
    const isTie = Math.abs(ratio - least) <= NOTHING
    if (ratio < least - NOTHING || (isTie && basis[r]! < basis[leaving]!)) {
      least = Math.min(least, ratio)
      leaving = r
    }
  })
  if (leaving < 0) throw new RangeError('The gain grows without bound')
  return leaving
}

function pivotOn(tableau: Float64Array[], reduced: Float64Array, row: number, column: number): void {
  const line = tableau[row]!
  const lead = line[column]!
  for (let c = 0; c < line.length; c++) line[c]! /= lead
  for (const other of [...tableau, reduced]) {
    const times = other[column]!
    if (other === line || times === 0) continue
    for (let c = 0; c < line.length; c++) other[c]! -= times * line[c]!
    other[column] = 0
  }
}
