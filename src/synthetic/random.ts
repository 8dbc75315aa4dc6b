/**
 * Chance that can be repeated: every stream comes from the seed and a name, so that a change to one file of the
 * synthetic partnership leaves the others as they were.
 *
 * Published figures are never left to luck. `deal` fixes how many there are of each before it shuffles.
 */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

export interface Random {
  /** At least 0 and below 1. */
  unit(): number
  /** A whole number from 0 to n − 1. */
  below(n: number): number
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number
  chance(probability: number): boolean
}

export function randomFrom(seed: number, name: string): Random {
  const generator = xoroshiro128plus(hashOf(`${seed} ${name}`))
  // Its first numbers hardly differ between seeds that differ in few bits.
  for (let i = 0; i < 32; i++) generator.next()
  const unit = () => (generator.next() >>> 0) / 0x1_0000_0000
  const below = (n: number) => Math.floor(unit() * n)
  return {
    unit,
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: probability => unit() < probability,
  }
}

/** FNV-1a: small, stable on every machine. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  return hash | 0
}

/** Draws positions with the given weights. */
export function picker(weights: ArrayLike<number>): (random: Random) => number {
  const sums = new Float64Array(weights.length)
  let sum = 0
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i]!
    sums[i] = sum
  }
  if (!(sum > 0)) throw new RangeError(`no weight above zero among ${weights.length}`)
  return random => {
    const at = random.unit() * sum
    let low = 0
    let high = sums.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (sums[middle]! > at) high = middle
      else low = middle + 1
    }
    return low
  }
}

/** Whole numbers that sum to `total` in proportion to the weights: largest remainders, earlier first on ties. */
export function apportion(weights: ArrayLike<number>, total: number): Int32Array {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += weights[i]!
  if (!(sum > 0)) throw new RangeError(`no weight above zero among ${weights.length}`)
  const counts = new Int32Array(weights.length)
  const remainders = new Float64Array(weights.length)
  let left = total
  for (let i = 0; i < weights.length; i++) {
    const exact = (weights[i]! / sum) * total
    counts[i] = Math.floor(exact)
    remainders[i] = exact - counts[i]!
    left -= counts[i]!
  }
  const order = Array.from(remainders, (_, i) => i).sort((a, b) => remainders[b]! - remainders[a]! || a - b)
  for (let i = 0; i < left; i++) counts[order[i]!]! += 1
  return counts
}

export function shuffle<T extends { length: number; [i: number]: number }>(random: Random, list: T): T {
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const held = list[i]!
    list[i] = list[j]!
    list[j] = held
  }
  return list
}

/** `counts[v]` times the value v, shuffled. */
export function deal(random: Random, counts: ArrayLike<number>): Int32Array {
  let length = 0
  for (let v = 0; v < counts.length; v++) length += counts[v]!
  const dealt = new Int32Array(length)
  let at = 0
  for (let v = 0; v < counts.length; v++) {
    dealt.fill(v, at, at + counts[v]!)
    at += counts[v]!
  }
  return shuffle(random, dealt)
}

/** `n` values in proportion to the weights, as exactly as whole numbers allow, shuffled. */
export const dealShares = (random: Random, weights: ArrayLike<number>, n: number): Int32Array =>
  n === 0 ? new Int32Array(0) : deal(random, apportion(weights, n))

/**
 * Takes exactly `n` of the rows without repetition, likelier where the weight is greater.
 * Efraimidis and Spirakis (2006): the n largest of u^(1/weight). A row of weight 0 comes last.
 */
export function takeWeighted(
  random: Random,
  rows: ArrayLike<number>,
  weight: (row: number) => number,
  n: number,
): number[] {
  if (n > rows.length || n < 0) throw new RangeError(`cannot take ${n} of ${rows.length} rows`)
  const keyed = Array.from(rows, row => {
    const w = weight(row)
    const u = random.unit()
    return { row, key: w > 0 ? Math.log(u || Number.MIN_VALUE) / w : Number.NEGATIVE_INFINITY }
  })
  return keyed
    .sort((a, b) => b.key - a.key || a.row - b.row)
    .slice(0, n)
    .map(({ row }) => row)
}

/**
 * Gives every row one of the values, exactly `counts[v]` rows the value v, likelier where `weight(row, v)` is
 * greater. The counts must sum to the number of rows. Rare values choose first.
 */
export function dealWeighted(
  random: Random,
  rows: ArrayLike<number>,
  counts: ArrayLike<number>,
  weight: (row: number, value: number) => number,
  give: (row: number, value: number) => void,
): void {
  const values = Array.from(counts, (_, v) => v).sort((a, b) => counts[a]! - counts[b]! || a - b)
  let left: number[] = Array.from(rows)
  for (const value of values) {
    const taken = takeWeighted(random, left, row => weight(row, value), counts[value]!)
    for (const row of taken) give(row, value)
    const gone = new Set(taken)
    left = left.filter(row => !gone.has(row))
  }
  if (left.length > 0) throw new RangeError(`${left.length} rows are left over`)
}
