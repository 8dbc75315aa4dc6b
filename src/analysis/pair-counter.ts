/** The inner loop of the Knox test: pairs of events by distance and days apart, for several permutations at once. */
import type { ClosePairs } from './close-pairs.ts'

/** Permutations counted side by side: each pair is fetched once for all of them. */
export const LANES = 8
/** Two lanes share a 32-bit word, one in each half: one subtraction gives both differences in days. */
export const WORDS = LANES / 2
/** Whole numbers are exact in a double up to 2^53; so many bits are shared by the counters of the time bands. */
const BITS = 52
/** Time bands counted in one pass; more would leave too few bits each. */
const BANDS_A_PASS = 6

export interface PairCounter {
  cells: number
  /** `dealt` as `putLane` leaves it; fills `counts[cell × LANES + lane]`. */
  count(dealt: Int32Array, counts: Float64Array): void
}

/**
 * Counts pairs by space and time band, for days from 0 to `span`. The band of a difference in days is not searched but
 * looked up, as the number to add to a double that holds the counters of all time bands side by side; it is emptied
 * before a counter can run over.
 */
export function pairCounter(pairs: ClosePairs, edges: readonly number[], span: number): PairCounter {
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
export function putLane(dealt: Int32Array, lane: number, days: Int32Array): void {
  if (lane < WORDS) {
    for (let i = 0; i < days.length; i++) dealt[i * WORDS + lane] = days[i]!
  } else {
    for (let i = 0; i < days.length; i++) dealt[i * WORDS + lane - WORDS]! |= days[i]! << 16
  }
}
