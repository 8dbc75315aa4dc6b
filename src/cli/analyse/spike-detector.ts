/** The detectors of `concord analyse spikes`, with their options. */
import { type EarsOptions, ears, earsDefaults } from '../../analysis/ears.ts'
import { farrington, farringtonDefaults } from '../../analysis/farrington.ts'
import { farringtonFlexible, farringtonFlexibleDefaults } from '../../analysis/farrington-flexible.ts'
import { POWERS, type PowerTransformation } from '../../analysis/farrington-threshold.ts'
import type { Spikes } from '../../analysis/spikes.ts'
import { UsageFault } from '../../platform/errors.ts'
import { oneOf } from '../arguments.ts'
import { numberOption, type Range } from './option-values.ts'

export const spikeMethods = ['farrington', 'farrington-flexible', 'ears-c1', 'ears-c2', 'ears-c3'] as const
type Method = (typeof spikeMethods)[number]

export interface Detector {
  /** Points before the first that can be judged. */
  history: number
  /** What is written for a point with a history that is not judged. */
  notJudged: { upper: number; alarm: number }
  judge(counts: Float64Array, from: number): Spikes
}

const chance: Range = { above: 0, most: 0.5 }
const whole = (least: number): Range => ({ least, whole: true })

type Values = Record<string, string | boolean | undefined>

const both: readonly Method[] = ['farrington', 'farrington-flexible']
const flexible: readonly Method[] = ['farrington-flexible']
const earsMethods: readonly Method[] = ['ears-c1', 'ears-c2', 'ears-c3']
const optionsOf: Record<string, readonly Method[]> = {
  period: both,
  years: both,
  'half-window': both,
  trend: both,
  reweight: both,
  power: both,
  'least-cases': both,
  threshold: flexible,
  seasons: flexible,
  'leave-out': flexible,
  'reweight-above': flexible,
  'trend-below': flexible,
  uncertainty: flexible,
  baseline: earsMethods,
  'least-deviation': earsMethods,
  c3: ['ears-c3'],
}

export function refuseOptionsOfOthers(method: Method, values: Values): void {
  for (const [option, those] of Object.entries(optionsOf)) {
    if (values[option] !== undefined && !those.includes(method)) {
      throw new UsageFault(`--${option} is for --method ${those.join(', ')}, not ${method}.`)
    }
  }
}

/** Throws `UsageFault` for a value that makes no sense. */
export function detectorOf(method: Method, values: Values): Detector {
  const number = (option: string, standard: number, range: Range) =>
    numberOption(`--${option}`, String(values[option] ?? standard), range)
  const yes = (option: string) =>
    oneOf(`--${option}`, String(values[option] ?? 'yes'), ['yes', 'no']) === 'yes'
  if (method !== 'farrington' && method !== 'farrington-flexible') {
    const standard = earsDefaults(method.slice('ears-'.length) as EarsOptions['method'])
    const options: EarsOptions = {
      ...standard,
      alpha: number('alpha', standard.alpha, chance),
      baseline: number('baseline', standard.baseline, whole(3)),
      leastDeviation: number('least-deviation', standard.leastDeviation, { least: 0 }),
      c3: oneOf('--c3', String(values.c3 ?? standard.c3), ['surveillance', 'published']),
    }
    const gap = { c1: 0, c2: 2, c3: 4 }[options.method]
    return {
      history: options.baseline + gap,
      notJudged: { upper: Number.NaN, alarm: Number.NaN },
      judge: (counts, from) => ears(counts, options, from),
    }
  }
  return farringtonDetector(method, values, number, yes)
}

function farringtonDetector(
  method: Method,
  values: Values,
  number: (option: string, standard: number, range: Range) => number,
  yes: (option: string) => boolean,
): Detector {
  const standard = farringtonFlexibleDefaults
  const shared = {
    period: number('period', standard.period, whole(2)),
    years: number('years', standard.years, whole(1)),
    halfWindow: number('half-window', standard.halfWindow, whole(0)),
    trend: yes('trend'),
    reweight: yes('reweight'),
    power: oneOf('--power', String(values.power ?? '2/3'), Object.keys(POWERS) as PowerTransformation[]),
    atLeast: { ...standard.atLeast, cases: number('least-cases', standard.atLeast.cases, { least: 0 }) },
  }
  const history = shared.period * shared.years + shared.halfWindow
  if (2 * shared.halfWindow + 1 > shared.period) {
    throw new UsageFault(`--half-window ${shared.halfWindow} is wider than --period ${shared.period} allows.`)
  }
  if (method === 'farrington') {
    const options = {
      ...farringtonDefaults,
      ...shared,
      alpha: number('alpha', farringtonDefaults.alpha, chance),
    }
    return {
      history,
      notJudged: { upper: 0, alarm: 0 },
      judge: (counts, from) => farrington(counts, options, from),
    }
  }
  const threshold = oneOf('--threshold', String(values.threshold ?? 'delta'), ['delta', 'nb-plugin'])
  const options = {
    ...standard,
    ...shared,
    alpha: number('alpha', standard.alpha, chance),
    threshold: threshold === 'delta' ? ('delta' as const) : ('nbPlugin' as const),
    seasons: number('seasons', standard.seasons, {
      ...whole(1),
      most: Math.min(200, shared.period - 2 * shared.halfWindow),
    }),
    leaveOut: number('leave-out', standard.leaveOut, { ...whole(0), most: shared.period }),
    reweightAbove: number('reweight-above', standard.reweightAbove, { least: 0 }),
    trendBelow: number('trend-below', standard.trendBelow, { least: 0, most: 1 }),
    uncertainty: oneOf('--uncertainty', String(values.uncertainty ?? standard.uncertainty), [
      'surveillance',
      'quasi-likelihood',
    ]),
  }
  return {
    history,
    notJudged: { upper: Number.NaN, alarm: 0 },
    judge: (counts, from) => farringtonFlexible(counts, options, from),
  }
}
