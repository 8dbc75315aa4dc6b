/**
 * The Western Electric rules (Statistical Quality Control Handbook, 1956): 1 beyond three sigma; 2 two of three
 * beyond two sigma on one side; 3 four of five beyond one sigma on one side; 4 eight in a row on one side.
 *
 * The trap: only the point that completes the pattern is marked, and for rules 2 and 3 it must itself lie beyond
 * the line.
 */
import type { ControlLimits, Stretch } from './control-limits.ts'

export interface WesternElectricSignals {
  /** The first rule of 1 to 4 that a point breaks, 0 for none. */
  rule: Uint8Array
  /** A bit for each rule broken: 1, 2, 4 and 8 for rules 1, 2, 3 and 4. */
  broken: Uint8Array
  /** 1 above the mean, -1 below, of the first rule broken. */
  side: Int8Array
}

/** No rule looks across the beginning of a stretch. */
export function westernElectricRules(
  values: Float64Array,
  limits: ControlLimits,
  within: readonly Stretch[],
): WesternElectricSignals {
  const n = values.length
  const signals = { rule: new Uint8Array(n), broken: new Uint8Array(n), side: new Int8Array(n) }
  for (const { start, end } of within) {
    for (const side of [1, -1]) markSide(values, limits, start, end, side, signals)
  }
  return signals
}

function markSide(
  values: Float64Array,
  { mean, lower, upper, sigma }: ControlLimits,
  start: number,
  end: number,
  side: number,
  { rule, broken, side: sides }: WesternElectricSignals,
): void {
  const beyond = (i: number, sigmas: number) =>
    i >= start && side * (values[i]! - (mean[i]! + side * sigmas * sigma[i]!)) > 0
  let run = 0
  for (let i = start; i < end; i++) {
    run = side * (values[i]! - mean[i]!) > 0 ? run + 1 : 0
    let bits = 0
    if (side > 0 ? values[i]! > upper[i]! : values[i]! < lower[i]!) bits |= 1
    if (i - start >= 2 && beyond(i, 2)) {
      if (beyond(i - 1, 2) || beyond(i - 2, 2)) bits |= 2
    }
    if (i - start >= 4 && beyond(i, 1)) {
      let near = 1
      for (let j = i - 4; j < i; j++) if (beyond(j, 1)) near++
      if (near >= 4) bits |= 4
    }
    if (run >= 8) bits |= 8
    if (bits === 0) continue
    broken[i] = bits
    rule[i] = bits & 1 ? 1 : bits & 2 ? 2 : bits & 4 ? 3 : 4
    sides[i] = side
  }
}
