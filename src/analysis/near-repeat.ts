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

/** Permutations counted side by side: each pair is fetched once for all of them. */
const LANES = 8
/** Two lanes share a 32-bit word, one in each half: one subtraction gives both differences in days. */
const WORDS = LANES / 2
/** Whole numbers are exact in a double up to 2^53; so many bits are shared by the counters of the time bands. */
const BITS = 52
/** Time bands counted in one pass; more would leave too few bits each. */
const BANDS_A_PASS = 6
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

interface PairCounter {
  cells: number
  /** `dealt` as `putLane` leaves it; fills `counts[cell × LANES + lane]`. */
  count(dealt: Int32Array, counts: Float64Array): void
}

/**
 * Counts pairs by space and time band. The band of a difference in days is not searched but looked up, as the number to
 * add to a double that holds the counters of all time bands side by side; it is emptied before a counter can run over.
 */
function pairCounter(
  pairs: { one: Int32Array; other: Int32Array; starts: Float64Array },
  edges: readonly number[],
  span: number,
): PairCounter {
  const spaceBands = pairs.starts.length - 1
  const timeBands = edges.length - 1
  const one = pairs.one.map(event => event * WORDS)
  const other = pairs.other.map(event => event * WORDS)
  const passes: { from: number; bands: number; bits: number; add: Float64Array }[] = []
  for (let from = 0; from < timeBands; from += BANDS_A_PASS) {
    const bands = Math.min(BANDS_A_PASS, timeBands - from)
    const bits = Math.floor(BITS / bands)
    const add = new Float64Array(2 * span + 1)
    for (let difference = -span; difference <= span; difference++) {
      const apart = Math.abs(difference)
      for (let band = 0; band < bands; band++) {
        if (apart >= edges[from + band]! && apart < edges[from + band + 1]!) {
          add[difference + span] = 2 ** (bits * band)
        }
      }
    }
    passes.push({ from, bands, bits, add })
  }
  const packed = new Float64Array(LANES)
  return {
    cells: spaceBands * timeBands,
    count(dealt, counts) {
      counts.fill(0)
      for (const { from, bands, bits, add } of passes) {
        const room = 2 ** Math.min(bits, 30) - 1
        for (let space = 0; space < spaceBands; space++) {
          const end = pairs.starts[space + 1]!
          for (let start = pairs.starts[space]!; start < end; start += room) {
            countRun(one, other, start, Math.min(end, start + room), dealt, add, span, packed)
            for (let lane = 0; lane < LANES; lane++) {
              let rest = packed[lane]!
              for (let band = 0; band < bands; band++) {
                const above = Math.floor(rest / 2 ** bits)
                counts[((from + band) * spaceBands + space) * LANES + lane]! += rest - above * 2 ** bits
                rest = above
              }
            }
          }
        }
      }
    },
  }
}

/** Leaves the packed counters of each lane in `packed`. */
function countRun(
  one: Int32Array,
  other: Int32Array,
  from: number,
  to: number,
  dealt: Int32Array,
  add: Float64Array,
  span: number,
  packed: Float64Array,
): void {
  // `span` on top of each half, so that no difference is below 0 and none borrows from its neighbour.
  const bias = span * 0x1_0001
  let [low0, low1, low2, low3] = [0, 0, 0, 0]
  let [high0, high1, high2, high3] = [0, 0, 0, 0]
  for (let k = from; k < to; k++) {
    const a = one[k]!
    const b = other[k]!
    const apart0 = (dealt[a]! - dealt[b]! + bias) | 0
    const apart1 = (dealt[a + 1]! - dealt[b + 1]! + bias) | 0
    const apart2 = (dealt[a + 2]! - dealt[b + 2]! + bias) | 0
    const apart3 = (dealt[a + 3]! - dealt[b + 3]! + bias) | 0
    low0 += add[apart0 & 0xffff]!
    high0 += add[apart0 >> 16]!
    low1 += add[apart1 & 0xffff]!
    high1 += add[apart1 >> 16]!
    low2 += add[apart2 & 0xffff]!
    high2 += add[apart2 >> 16]!
    low3 += add[apart3 & 0xffff]!
    high3 += add[apart3 >> 16]!
  }
  packed[0] = low0
  packed[1] = low1
  packed[2] = low2
  packed[3] = low3
  packed[4] = high0
  packed[5] = high1
  packed[6] = high2
  packed[7] = high3
}

/** Lanes 0 to 3 lie in the lower halves, 4 to 7 in the upper ones. A lower half is put before its upper one. */
function putLane(dealt: Int32Array, lane: number, days: Int32Array): void {
  if (lane < WORDS) {
    for (let i = 0; i < days.length; i++) dealt[i * WORDS + lane] = days[i]!
  } else {
    for (let i = 0; i < days.length; i++) dealt[i * WORDS + lane - WORDS]! |= days[i]! << 16
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
