/**
 * Which of many weekly series rose in their latest week: the chance of at least the count seen, series by series,
 * made so that many of them can be put through Benjamini and Hochberg's procedure.
 *
 * The expectation is Noufaily's (farrington-flexible.ts). The p-value is not that of her thresholds: the normal one
 * understates the far tail of small counts (in simulated quiet series of one a week, with a variance of 1.6 times the
 * mean, four in a thousand lie beyond the limit of one in a thousand), and the negative binomial one takes the
 * expected value for known. Here the tail is a negative binomial with the variance of the prediction: the count's
 * and the expectation's together. And only residuals above 4 are weighed down, because weighing down ordinary ones
 * from 2.58 on makes the dispersion too small. The test of this file holds the share of false rises to its rate.
 *
 * The trap: a series must be chosen by its history alone. The usual rule of "five cases in the last four weeks"
 * looks at the week that is judged, and among a thousand quiet small areas it picks those that happen to be high.
 */
import {
  type FarringtonFlexibleOptions,
  farringtonFlexible,
  farringtonFlexibleDefaults,
} from './farrington-flexible.ts'
import { POWERS } from './farrington-threshold.ts'
import { quantileOfCount, upperTailOfCount } from './negative-binomial.ts'
import { normalQuantile } from './normal-quantile.ts'
import { unwatched, type Watch } from './watch.ts'

const WEEKS_OF_YEAR = 52
const HALF_WINDOW = 3
export const MOST_YEARS = 5
/** Under three years neither a season nor a trend can be told from chance, and growth would be listed as a rise. */
export const LEAST_YEARS = 3
/** History without seasons comes in stretches of so many weeks; shorter than four of them is too short. */
const STRETCH = 2 * HALF_WINDOW + 1
const MOST_STRETCHES = 7
export const MOST_RECENT_WEEKS = MOST_STRETCHES * STRETCH
export const LEAST_WEEKS = 4 * STRETCH
/** Weeks right before the one judged that say nothing about it, so that a rise under way does not hide itself. */
const GUARD = { seasonal: 26, recent: 2 }
/** A series has at least so many cases a week, over the year before the week judged. */
export const LEAST_MEAN = 1

const ALPHA = 0.01
const Z = normalQuantile(1 - ALPHA)
const POWER = POWERS['2/3']

const common: FarringtonFlexibleOptions = {
  ...farringtonFlexibleDefaults,
  alpha: ALPHA,
  reweightAbove: 4,
  uncertainty: 'quasi-likelihood',
  power: '2/3',
  // The choice by recent cases would look at the week that is judged.
  atLeast: { cases: 0, points: 1 },
}

/** One entry a series; NaN where it was not tested. */
export interface LatestRises {
  expected: Float64Array
  /** Variance of the count about its expectation, over the expectation: the uncertainty of both. */
  dispersion: Float64Array
  /** Chance of at least the count of the latest week. */
  pValue: Float64Array
  /** Years of history compared with, with season and trend; 0 where it was recent weeks only. */
  years: Uint8Array
}

export interface WeeklyCounts {
  /** Series end to end, each of `weeks` counts, oldest first; NaN where nothing is held. */
  counts: Float64Array
  weeks: number
}

/**
 * Tests the last week of each series. History is the unbroken run of weeks before it: five years of it with season
 * and trend, under three years the last half-year to year without. Too short or too few: not tested.
 */
export function latestRises({ counts, weeks }: WeeklyCounts, watch: Watch = unwatched): LatestRises {
  if (!(Number.isInteger(weeks) && weeks > 0 && counts.length % weeks === 0)) {
    throw new RangeError(`${counts.length} counts are not series of ${weeks} weeks`)
  }
  const series = counts.length / weeks
  const rises: LatestRises = {
    expected: new Float64Array(series).fill(Number.NaN),
    dispersion: new Float64Array(series).fill(Number.NaN),
    pValue: new Float64Array(series).fill(Number.NaN),
    years: new Uint8Array(series),
  }
  for (let s = 0; s < series; s++) {
    if (s % 64 === 0) watch.step(s, series)
    judge(heldRun(counts.subarray(s * weeks, (s + 1) * weeks)), s, rises)
  }
  return rises
}

/** The least count that is as unusual as `chance` or more so. */
export const risesFrom = (expected: number, dispersion: number, chance: number): number =>
  quantileOfCount(1 - chance, expected, dispersion) + 1

/** The weeks up to the last that follow each other without one that is not held. */
function heldRun(counts: Float64Array): Float64Array {
  let from = counts.length
  while (from > 0 && !Number.isNaN(counts[from - 1]!)) from--
  return counts.subarray(from)
}

function judge(counts: Float64Array, s: number, rises: LatestRises): void {
  const now = counts.length - 1
  const options = optionsFor(now)
  if (!options || !oftenEnough(counts, now)) return
  const spikes = farringtonFlexible(counts, options, now)
  const mean = spikes.expected[now]!
  // No model, or a season in which nothing has ever happened: nothing to compare with.
  if (!(mean > 0)) return
  const deviation = (spikes.upper[now]! ** POWER - mean ** POWER) / Z
  // The delta method backwards: variance of the prediction over its mean.
  const ratio = deviation ** 2 / (POWER ** 2 * mean ** (2 * POWER - 1))
  if (!Number.isFinite(ratio)) return
  const dispersion = Math.max(1, ratio)
  rises.expected[s] = mean
  rises.dispersion[s] = dispersion
  rises.pValue[s] = upperTailOfCount(counts[now]!, mean, dispersion)
  rises.years[s] = options.period === WEEKS_OF_YEAR ? options.years : 0
}

function optionsFor(history: number): FarringtonFlexibleOptions | null {
  if (history < LEAST_WEEKS) return null
  const years = Math.min(MOST_YEARS, Math.floor((history - HALF_WINDOW) / WEEKS_OF_YEAR))
  if (years >= LEAST_YEARS) {
    return { ...common, period: WEEKS_OF_YEAR, halfWindow: HALF_WINDOW, years, leaveOut: GUARD.seasonal }
  }
  const stretches = Math.min(MOST_STRETCHES, Math.floor((history - HALF_WINDOW) / STRETCH))
  // Windows as wide as their distance cover every week, all of one season.
  return {
    ...common,
    period: STRETCH,
    halfWindow: HALF_WINDOW,
    years: stretches,
    seasons: 1,
    trend: false,
    leaveOut: GUARD.recent,
  }
}

function oftenEnough(counts: Float64Array, now: number): boolean {
  const from = Math.max(0, now - WEEKS_OF_YEAR)
  let sum = 0
  for (let i = from; i < now; i++) sum += counts[i]!
  return sum >= LEAST_MEAN * (now - from)
}
