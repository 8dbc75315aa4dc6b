import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LEAST_WEEKS, latestRises, risesFrom } from './latest-rises.ts'
import { benjaminiHochberg } from './p-value-adjustment.ts'
import { seededRandom } from './seeded-random.ts'

const near = (found: number, expected: number, tolerance = 1e-9) =>
  assert.ok(
    Math.abs(found - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${found} is not ${expected}`,
  )

const steady = (count: number, weeks: number, last: number) => {
  const counts = new Float64Array(weeks).fill(count)
  counts[weeks - 1] = last
  return counts
}
const joined = (...series: Float64Array[]) => Float64Array.from(series.flatMap(s => [...s]))

// The negative binomial with size r and probability p has P(0) = p^r and P(k + 1) = P(k) (k + r) / (k + 1) (1 - p).
function upperTail(count: number, mean: number, dispersion: number): number {
  const p = 1 / dispersion
  const r = mean / (dispersion - 1)
  let term = p ** r
  let below = 0
  for (let k = 0; k < count; k++) {
    below += term
    term *= ((k + r) / (k + 1)) * (1 - p)
  }
  return 1 - below
}

test('a short steady history expects its mean, and the chance takes in how well the mean is known', () => {
  // 24 weeks before the one judged, of which the last 2 say nothing: the mean of 22 counts has a variance of 16 / 22.
  const { expected, dispersion, pValue, years } = latestRises({ counts: steady(16, 28 + 1, 30), weeks: 29 })
  near(expected[0]!, 16)
  near(dispersion[0]!, 1 + 1 / 22)
  near(pValue[0]!, upperTail(30, 16, 1 + 1 / 22), 1e-7)
  assert.equal(years[0], 0)
})

test('of five years, season and trend are expected to go on', () => {
  const weeks = 5 * 52 + 4
  const counts = Float64Array.from({ length: weeks }, (_, week) =>
    Math.round(40 * (1 + 0.4 * Math.sin((2 * Math.PI * week) / 52)) * 1.1 ** (week / 52)),
  )
  const rises = latestRises({ counts, weeks })
  assert.equal(rises.years[0], 5)
  assert.ok(Math.abs(rises.expected[0]! / counts[weeks - 1]! - 1) < 0.05, `${rises.expected[0]}`)
  assert.ok(rises.pValue[0]! > 0.2)
})

test('the count from which a rise is listed is the first that is as rare as the cut', () => {
  const from = risesFrom(16, 1.5, 0.001)
  assert.ok(upperTail(from, 16, 1.5) <= 0.001)
  assert.ok(upperTail(from - 1, 16, 1.5) > 0.001)
})

test('a series is chosen by its history and never by the week that is judged', () => {
  const weeks = 60
  const rare = new Float64Array(weeks)
  for (let week = 0; week < weeks; week += 3) rare[week] = 1
  rare[weeks - 1] = 40
  const { pValue } = latestRises({ counts: joined(rare, steady(2, weeks, 0)), weeks })
  assert.ok(Number.isNaN(pValue[0]))
  assert.equal(pValue[1], 1)
})

test('history begins anew after a week that is not held, and too short a one is not tested', () => {
  const weeks = 120
  const gap = (at: number) => {
    const counts = steady(9, weeks, 9)
    counts[at] = Number.NaN
    return counts
  }
  const { pValue } = latestRises({
    counts: joined(gap(weeks - 2 - LEAST_WEEKS), gap(weeks - 1 - LEAST_WEEKS), gap(weeks - 1)),
    weeks,
  })
  assert.deepEqual([...pValue].map(Number.isNaN), [false, true, true])
})

test('a series is judged alike wherever it stands among the others', () => {
  const weeks = 200
  const random = seededRandom(3)
  const series = Array.from({ length: 7 }, (_, i) =>
    Float64Array.from({ length: weeks }, () => quiet(random, 4 + i, 1)),
  )
  const forth = latestRises({ counts: joined(...series), weeks })
  const back = latestRises({ counts: joined(...series.toReversed()), weeks })
  assert.deepEqual([...forth.pValue], [...back.pValue].reverse())
})

test('counts that are no whole number of series are refused', () => {
  assert.throws(
    () => latestRises({ counts: new Float64Array(10), weeks: 4 }),
    /10 counts are not series of 4 weeks/,
  )
})

test('planted rises are found, and of all that is listed about one in ten is false', () => {
  const weeks = 5 * 52 + 4
  const [seeds, many, planted] = [40, 120, 4]
  let falseShare = 0
  let found = 0
  for (let seed = 1; seed <= seeds; seed++) {
    const random = seededRandom(seed)
    const counts = new Float64Array((many + planted) * weeks)
    for (let s = 0; s < many + planted; s++) {
      const mean = [1.3, 2, 5, 15, 40][s % 5]!
      const dispersion = [1, 1.2, 1.5][s % 3]!
      for (let week = 0; week < weeks; week++) {
        const season = 1 + 0.2 * Math.sin((2 * Math.PI * week) / 52)
        counts[s * weeks + week] = quiet(random, mean * season, dispersion)
      }
      if (s >= many) counts[(s + 1) * weeks - 1] = Math.round(mean + 8 * Math.sqrt(mean * dispersion))
    }
    const adjusted = benjaminiHochberg(latestRises({ counts, weeks }).pValue)
    const listed = [...adjusted.keys()].filter(s => adjusted[s]! <= 0.1)
    const wrong = listed.filter(s => s < many).length
    falseShare += wrong / Math.max(1, listed.length) / seeds
    found += (listed.length - wrong) / planted / seeds
  }
  assert.ok(found > 0.9, `only ${found} of the planted rises were found`)
  // The standard error over 40 seeds is about 0.03.
  assert.ok(falseShare < 0.15, `${falseShare} of what was listed was false`)
  assert.ok(falseShare > 0.01, 'nothing false in 40 weeks: the list is cut harder than it says')
})

test('among quiet series alone something is listed in no more than about one week in ten', () => {
  const weeks = 80
  const seeds = 60
  let listed = 0
  for (let seed = 1; seed <= seeds; seed++) {
    const random = seededRandom(1000 + seed)
    const counts = Float64Array.from({ length: 100 * weeks }, (_, i) =>
      quiet(random, 2 + ((i / weeks) | 0) / 10, 1),
    )
    if (benjaminiHochberg(latestRises({ counts, weeks }).pValue).some(q => q <= 0.1)) listed++
  }
  assert.ok(listed / seeds < 0.2, `${listed} of ${seeds} quiet weeks had something listed`)
})

/** A count of this mean and this ratio of variance to mean: Poisson, or Poisson about a gamma. */
function quiet(random: () => number, mean: number, dispersion: number): number {
  return poisson(
    random,
    dispersion === 1 ? mean : gammaOf(random, mean / (dispersion - 1)) * (dispersion - 1),
  )
}

function poisson(random: () => number, mean: number): number {
  // Halved until the product of uniforms cannot underflow.
  if (mean > 30) return poisson(random, mean / 2) + poisson(random, mean / 2)
  const end = Math.exp(-mean)
  let product = 1 - random()
  let count = 0
  while (product > end) {
    product *= 1 - random()
    count++
  }
  return count
}

/** Marsaglia and Tsang (2000). */
function gammaOf(random: () => number, shape: number): number {
  if (shape < 1) return gammaOf(random, shape + 1) * (1 - random()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    const v = (1 + c * normal) ** 3
    if (v > 0 && Math.log(1 - random()) < 0.5 * normal ** 2 + d - d * v + d * Math.log(v)) return d * v
  }
}
