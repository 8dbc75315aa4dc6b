/**
 * The rules of the NHS's Making Data Count for a chart with limits: a point outside them, seven in a row on one
 * side of the mean, seven in a row rising or falling, and two of three close to the same limit (beyond two thirds
 * of the way to it). Every point of a run or trend is marked, not only the seventh.
 *
 * The trap: two of three count only while all three lie on the same side of the mean, and a point outside the
 * limits is not "close".
 */
import type { ControlLimits, Stretch } from './control-limits.ts'

export const RUN = 7

/** Why a point is special, the first that holds in this order. */
export const nhsReasons = [
  'none',
  'above-limit',
  'below-limit',
  'rising',
  'falling',
  'two-of-three-high',
  'two-of-three-low',
  'run-above',
  'run-below',
] as const
export type NhsReason = (typeof nhsReasons)[number]

/** One entry a point: 1 up, -1 down, 0 not. */
export interface NhsSignals {
  outside: Int8Array
  run: Int8Array
  trend: Int8Array
  closeToLimits: Int8Array
  twoOfThree: Int8Array
  /** Place in `nhsReasons`. */
  reason: Uint8Array
}

/** No rule looks across the beginning of a stretch. */
export function nhsRules(
  values: Float64Array,
  limits: ControlLimits,
  within: readonly Stretch[],
): NhsSignals {
  const n = values.length
  const signals: NhsSignals = {
    outside: new Int8Array(n),
    run: new Int8Array(n),
    trend: new Int8Array(n),
    closeToLimits: new Int8Array(n),
    twoOfThree: new Int8Array(n),
    reason: new Uint8Array(n),
  }
  for (const { start, end } of within) {
    markPlaces(values, limits, start, end, signals)
    markRuns(values, limits, start, end, signals.run)
    markTrends(values, start, end, signals.trend)
    markTwoOfThree(values, limits, start, end, signals)
  }
  for (let i = 0; i < n; i++) signals.reason[i] = reasonOf(signals, i)
  return signals
}

function markPlaces(
  values: Float64Array,
  { mean, lower, upper, sigma }: ControlLimits,
  start: number,
  end: number,
  { outside, closeToLimits }: NhsSignals,
): void {
  for (let i = start; i < end; i++) {
    const value = values[i]!
    outside[i] = value > upper[i]! ? 1 : value < lower[i]! ? -1 : 0
    if (outside[i] !== 0) continue
    closeToLimits[i] = value > mean[i]! + 2 * sigma[i]! ? 1 : value < mean[i]! - 2 * sigma[i]! ? -1 : 0
  }
}

function markRuns(
  values: Float64Array,
  { mean }: ControlLimits,
  start: number,
  end: number,
  run: Int8Array,
): void {
  let side = 0
  let length = 0
  for (let i = start; i < end; i++) {
    const now = Math.sign(values[i]! - mean[i]!)
    length = now === side ? length + 1 : 1
    side = now
    if (side !== 0 && length >= RUN) run.fill(side, length === RUN ? i - RUN + 1 : i, i + 1)
  }
}

function markTrends(values: Float64Array, start: number, end: number, trend: Int8Array): void {
  let direction = 0
  let steps = 0
  for (let i = start + 1; i < end; i++) {
    const now = Math.sign(values[i]! - values[i - 1]!)
    steps = now === direction ? steps + 1 : 1
    direction = now
    if (direction !== 0 && steps >= RUN - 1) trend.fill(direction, steps === RUN - 1 ? i - RUN + 1 : i, i + 1)
  }
}

function markTwoOfThree(
  values: Float64Array,
  { mean }: ControlLimits,
  start: number,
  end: number,
  { closeToLimits, twoOfThree }: NhsSignals,
): void {
  for (let i = start + 2; i < end; i++) {
    const side = Math.sign(values[i]! - mean[i]!)
    if (side === 0) continue
    let close = 0
    let sameSide = true
    for (let j = i - 2; j <= i; j++) {
      if (closeToLimits[j] !== 0) close++
      if (Math.sign(values[j]! - mean[j]!) !== side) sameSide = false
    }
    if (close < 2 || !sameSide) continue
    for (let j = i - 2; j <= i; j++) if (closeToLimits[j] !== 0) twoOfThree[j] = side
  }
}

/** Odd places of `nhsReasons` point up, even ones down. */
function reasonOf({ outside, run, trend, twoOfThree }: NhsSignals, i: number): number {
  const rules = [outside[i]!, trend[i]!, twoOfThree[i]!, run[i]!]
  for (let rule = 0; rule < rules.length; rule++) {
    if (rules[rule] !== 0) return 2 * rule + (rules[rule]! > 0 ? 1 : 2)
  }
  return 0
}
