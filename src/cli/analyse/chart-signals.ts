/** The three sets of rules, and the limits of EWMA and CUSUM, as the columns of one table. */
import { type AnhoejSignal, anhoejRules } from '../../analysis/anhoej.ts'
import type { ControlLimits, Stretch } from '../../analysis/control-limits.ts'
import { nhsReasons, nhsRules } from '../../analysis/nhs-rules.ts'
import { westernElectricRules } from '../../analysis/western-electric.ts'

export const ruleNames = ['nhs', 'western-electric', 'anhoej'] as const
export type RuleName = (typeof ruleNames)[number]

/** One entry a point; flags are 1 up, -1 down, 0 not. */
export interface ChartSignals {
  outside: Int8Array
  run: Int8Array
  trend: Int8Array
  closeToLimits: Int8Array
  /** 1 where a rule holds. */
  signal: Int8Array
  /** Which way that rule points; 0 where none holds, or where it speaks of the whole stretch. */
  direction: Int8Array
  reason: string[]
  /** Of Anhøj's rules, one for each stretch of the series. */
  runs?: (AnhoejSignal | null)[]
}

export function chartSignals(
  rules: RuleName,
  values: Float64Array,
  limits: ControlLimits,
  within: readonly Stretch[],
): ChartSignals {
  if (rules === 'nhs') return fromNhs(values, limits, within)
  if (rules === 'western-electric') return fromWesternElectric(values, limits, within)
  return fromAnhoej(values, limits, within)
}

/** Outside limits is the one rule of a chart of averages or sums: neighbours are too alike for the others. */
export function outsideOnly(
  statistic: Float64Array,
  limits: Pick<ControlLimits, 'lower' | 'upper'>,
): ChartSignals {
  const signals = none(statistic.length)
  markOutside(statistic, limits, signals)
  signals.direction.set(signals.outside)
  signals.signal.set(signals.outside.map(Math.abs))
  return signals
}

function fromNhs(values: Float64Array, limits: ControlLimits, within: readonly Stretch[]): ChartSignals {
  const { reason, ...flags } = nhsRules(values, limits, within)
  return {
    ...flags,
    signal: Int8Array.from(reason, r => (r === 0 ? 0 : 1)),
    // Reasons stand in pairs, upwards first.
    direction: Int8Array.from(reason, r => (r === 0 ? 0 : r % 2 === 1 ? 1 : -1)),
    reason: Array.from(reason, r => (r === 0 ? '' : nhsReasons[r]!)),
  }
}

const westernElectricReasons = ['', 'beyond-three-sigma', 'two-of-three', 'four-of-five', 'eight-on-one-side']

function fromWesternElectric(
  values: Float64Array,
  limits: ControlLimits,
  within: readonly Stretch[],
): ChartSignals {
  const { rule, broken, side } = westernElectricRules(values, limits, within)
  const flag = (bits: number) => side.map((s, i) => ((broken[i]! & bits) === 0 ? 0 : s))
  return {
    outside: flag(1),
    run: flag(8),
    trend: new Int8Array(values.length),
    closeToLimits: flag(2 | 4),
    signal: side.map(Math.abs),
    direction: side,
    reason: Array.from(rule, r => westernElectricReasons[r]!),
  }
}

function fromAnhoej(values: Float64Array, limits: ControlLimits, within: readonly Stretch[]): ChartSignals {
  const signals = none(values.length)
  markOutside(values, limits, signals)
  const runs = within.map(stretch => anhoejRules(values, limits.mean, stretch))
  for (const [s, { start, end }] of within.entries()) {
    if (!runs[s]?.signal) continue
    const tooLong = runs[s].longestRun > runs[s].longestRunAllowed
    for (let i = start; i < end; i++) {
      signals.run[i] = 1
      if (signals.reason[i] === '') signals.reason[i] = tooLong ? 'run-too-long' : 'too-few-crossings'
    }
  }
  signals.direction.set(signals.outside)
  for (let i = 0; i < values.length; i++) signals.signal[i] = Math.abs(signals.outside[i]!) | signals.run[i]!
  return { ...signals, runs }
}

const none = (points: number): ChartSignals => ({
  outside: new Int8Array(points),
  run: new Int8Array(points),
  trend: new Int8Array(points),
  closeToLimits: new Int8Array(points),
  signal: new Int8Array(points),
  direction: new Int8Array(points),
  reason: Array<string>(points).fill(''),
})

function markOutside(
  values: Float64Array,
  { lower, upper }: Pick<ControlLimits, 'lower' | 'upper'>,
  { outside, reason }: ChartSignals,
): void {
  for (let i = 0; i < values.length; i++) {
    if (values[i]! > upper[i]!) {
      outside[i] = 1
      reason[i] = 'above-limit'
    } else if (values[i]! < lower[i]!) {
      outside[i] = -1
      reason[i] = 'below-limit'
    }
  }
}
