/**
 * Near repeats: after an event, are there more events near it soon after than chance would have it?
 *
 * Knox (1964), as Johnson, Bowers and others (2007) and Ratcliffe's calculator use it: pairs of events are counted by
 * distance and days apart; then the days are dealt anew to the places many times and counted again. Intervals are closed on
 * the left and open on the right, as in the R package `NearRepeat`: [0, 0.001) is the same address. Other packages close
 * both ends and count up from 0; their numbers differ.
 *
 * Traps. Each pair counts once, so an address with many events makes many pairs. Dealing the days keeps places and days as
 * they are and breaks only the link; but where the pattern of places itself changed over the period (a burst that
 * moved), that alone makes ratios above 1. The p-values are one for each of many cells.
 */
import { closePairs, type Metric } from './close-pairs.ts'
import { LANES, pairCounter, putLane, WORDS } from './pair-counter.ts'

export interface NearRepeatOptions {
  /** Edges of the bands, rising from 0 or more, at least two: metres. */
  distances: readonly number[]
  /** Edges likewise, whole days. */
  days: readonly number[]
  metric: Metric
  /** How many times the days are dealt; 999 is usual. */
  permutations: number
  /** Numbers from 0 up to 1, 1 left out. The same numbers give the same answer. */
  random: () => number
}

/** All arrays by time band × number of space bands + space band. */
export interface NearRepeats {
  readonly spaceBands: number
  readonly timeBands: number
  readonly observed: Float64Array
  /** Observed over the mean, and over the median, of the permutations; NaN where that is 0. */
  readonly ratioToMean: Float64Array
  readonly ratioToMedian: Float64Array
  /** (1 + permutations with as many pairs or more) / (1 + permutations). */
  readonly p: Float64Array
}

/** 44 years: twice as many days must fit into half a word. */
const LONGEST_SPAN = 16_383

/**
 * `x` and `y` in metres, `day` whole days from any day. Throws RangeError on edges that do not rise, on fractions of days,
 * on a period of more than 16,383 days (44 years), and as `closePairs`.
 */
export function nearRepeats(
  x: Float64Array,
  y: Float64Array,
  day: Float64Array,
  options: NearRepeatOptions,
): NearRepeats {
  const steps = nearRepeatSteps(x, y, day, options)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same in steps of a few permutations, so that the caller can show how many are done, or stop. */
export function* nearRepeatSteps(
  x: Float64Array,
  y: Float64Array,
  day: Float64Array,
  options: NearRepeatOptions,
): Generator<number, NearRepeats> {
  const { distances, permutations, random } = options
  checkEdges('distances', distances)
  checkEdges('days', options.days)
  if (!(Number.isInteger(permutations) && permutations >= 1)) {
    throw new RangeError(`the permutations must be a whole number from 1, not ${permutations}`)
  }
  const span = daySpan(day, x.length)
  const pairs = closePairs(x, y, distances, options.metric)
  const counter = pairCounter(pairs, options.days, span.length)
  const cells = counter.cells

  const events = x.length
  const days = Int32Array.from(pairs.order, event => day[event]! - span.first)
  const dealt = new Int32Array(events * WORDS)
  const counts = new Float64Array(cells * LANES)
  for (let lane = 0; lane < LANES; lane++) putLane(dealt, lane, days)
  counter.count(dealt, counts)
  const observed = Float64Array.from({ length: cells }, (_, cell) => counts[cell * LANES]!)

  const drawn = Array.from({ length: cells }, () => new Float64Array(permutations))
  for (let done = 0; done < permutations; done += LANES) {
    for (let lane = 0; lane < LANES; lane++) {
      shuffle(days, random)
      putLane(dealt, lane, days)
    }
    counter.count(dealt, counts)
    const lanes = Math.min(LANES, permutations - done)
    for (let cell = 0; cell < cells; cell++) {
      for (let lane = 0; lane < lanes; lane++) drawn[cell]![done + lane] = counts[cell * LANES + lane]!
    }
    yield done + lanes
  }
  return {
    spaceBands: distances.length - 1,
    timeBands: options.days.length - 1,
    observed,
    ratioToMean: observed.map((count, cell) => ratio(count, mean(drawn[cell]!))),
    ratioToMedian: observed.map((count, cell) => ratio(count, median(drawn[cell]!))),
    p: observed.map((count, cell) => {
      let reached = 1
      for (const drawnCount of drawn[cell]!) if (drawnCount >= count) reached++
      return reached / (permutations + 1)
    }),
  }
}

/** Fisher and Yates. */
function shuffle(days: Int32Array, random: () => number): void {
  for (let i = days.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const kept = days[i]!
    days[i] = days[j]!
    days[j] = kept
  }
}

function daySpan(day: Float64Array, events: number): { first: number; length: number } {
  if (day.length !== events) throw new RangeError(`${day.length} days for ${events} events`)
  let [first, last] = [Infinity, -Infinity]
  for (let i = 0; i < events; i++) {
    const value = day[i]!
    if (!Number.isSafeInteger(value))
      throw new RangeError(`day of event ${i} is ${value}, not a whole number`)
    first = Math.min(first, value)
    last = Math.max(last, value)
  }
  if (last - first > LONGEST_SPAN) {
    throw new RangeError(`the events lie ${last - first} days apart; at most ${LONGEST_SPAN} can be compared`)
  }
  return { first, length: last - first }
}

function checkEdges(name: string, edges: readonly number[]): void {
  const rise = edges.every(
    (edge, i) => Number.isFinite(edge) && edge >= 0 && (i === 0 || edge > edges[i - 1]!),
  )
  if (edges.length < 2 || !rise) {
    throw new RangeError(`the edges of ${name} must rise from 0 or more, at least two: ${edges.join(', ')}`)
  }
}

const ratio = (count: number, expected: number): number => (expected === 0 ? Number.NaN : count / expected)

function mean(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

/** Sorts `values` in place. */
function median(values: Float64Array): number {
  values.sort()
  const middle = values.length >> 1
  return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2
}
