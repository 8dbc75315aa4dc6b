/**
 * Control charts and Farrington's method. There is no npm package of either; the peers are the R packages, whose
 * times on a machine like ours (two cores, kernel without start-up) stand here as measured.
 */
import { stretches } from '../src/analysis/control-limits.ts'
import { farringtonFlexible, farringtonFlexibleDefaults } from '../src/analysis/farrington-flexible.ts'
import { nhsRules } from '../src/analysis/nhs-rules.ts'
import { xmrLimits } from '../src/analysis/xmr-chart.ts'
import { alternate, ms, type Result } from './medians.ts'

const SERIES = 500
const MONTHS = 36
const AIM = 100
const NHSR_MS = 1000
const SURVEILLANCE_MS = 186_000

/** Counts about a seasonal mean, from a small linear congruential generator so that every run sees the same. */
function counts(points: number, mean: number, seed: number): Float64Array {
  let state = seed
  const chance = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
  return Float64Array.from({ length: points }, (_, t) => {
    const expected = mean * (1 + 0.3 * Math.sin((2 * Math.PI * t) / 52))
    const normal = chance() + chance() + chance() + chance() - 2
    return Math.max(0, Math.round(expected + normal * Math.sqrt(3 * expected)))
  })
}

export async function benchSurveillance(rounds: number): Promise<Result[]> {
  const months = new Float64Array(SERIES * MONTHS)
  for (let s = 0; s < SERIES; s++) months.set(counts(MONTHS, 20 + (s % 80), s + 1), s * MONTHS)
  const baselines = { rebaseAt: Array.from({ length: SERIES }, (_, s) => s * MONTHS) }
  const weeks = Array.from({ length: SERIES }, (_, s) => counts(416, 1 + (s % 60), s + 1))
  let alarms = 0
  const { charts, farrington } = await alternate(rounds, {
    charts: async () => {
      nhsRules(months, xmrLimits(months, baselines), stretches(months.length, baselines))
    },
    farrington: async () => {
      alarms = 0
      for (const series of weeks) {
        const { alarm } = farringtonFlexible(series, farringtonFlexibleDefaults, series.length - 52)
        for (const raised of alarm) alarms += raised
      }
    },
  })
  const result = (what: string, peer: string, peerMs: number, median: number, detail: string): Result => ({
    what,
    headline: `${(peerMs / median).toFixed(0)}× faster than ${peer} (measured earlier)`,
    aim: `${AIM}×`,
    met: peerMs / median >= AIM,
    detail: `${ms(median)} against ${ms(peerMs)}; ${detail}`,
  })
  return [
    result(
      `Control charts with the NHS rules, ${SERIES} series of ${MONTHS} months`,
      'NHSRplotthedots',
      NHSR_MS,
      charts!.median,
      'floor well under 1 ms to read 144 kB',
    ),
    result(
      `Farrington-flexible, ${SERIES} series × 52 weeks`,
      'surveillance',
      SURVEILLANCE_MS,
      farrington!.median,
      // Two fits of about five steps over 234 points, at some five operations a point and step.
      `${alarms} alarms; floor ${ms(((SERIES * 52 * 2 * 5 * 234 * 5) / 2e9) * 1000)} at 2 billion operations a second`,
    ),
  ]
}
