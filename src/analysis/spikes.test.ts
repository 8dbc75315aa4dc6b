import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { betaI, studentTwoSided } from './beta.ts'
import { ears, earsDefaults } from './ears.ts'
import { farrington, farringtonDefaults } from './farrington.ts'
import { farringtonFlexible, farringtonFlexibleDefaults } from './farrington-flexible.ts'
import { quantileOfCount, upperTailOfCount } from './negative-binomial.ts'
import { normalQuantile } from './normal-quantile.ts'
import { fit, leverage, quasiPoisson } from './quasi-poisson.ts'

const near = (found: number, expected: number, tolerance = 1e-9) =>
  assert.ok(
    Math.abs(found - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${found} is not ${expected}`,
  )

const weeks = 320
const steady = (count: number) => new Float64Array(weeks).fill(count)

test('normal quantiles are those of the tables', () => {
  near(normalQuantile(0.975), 1.959963984540054, 1e-15)
  near(normalQuantile(0.001), -3.090232306167813, 1e-15)
  assert.equal(normalQuantile(0.5), 0)
})

// I_x(1, b) = 1 - (1 - x)^b; Student's t with 1 degree of freedom is Cauchy's distribution.
test('the incomplete beta function has its closed forms', () => {
  near(betaI(0.3, 1, 4), 1 - 0.7 ** 4, 1e-14)
  near(betaI(0.9, 3, 1), 0.9 ** 3, 1e-14)
  near(studentTwoSided(1, 1), 0.5, 1e-13)
})

// Size 1 makes the negative binomial geometric: P(Y >= k) = (1 - p)^k, with mean 4 and variance 20.
test('tails and quantiles of counts have their closed forms', () => {
  near(upperTailOfCount(3, 4, 5), 0.8 ** 3, 1e-13)
  near(upperTailOfCount(2, 1.5, 1), 1 - Math.exp(-1.5) * 2.5, 1e-13)
  assert.equal(quantileOfCount(0.99, 4, 5), Math.ceil(Math.log(0.01) / Math.log(0.8)) - 1)
  assert.equal(quantileOfCount(0.99, 0, 1), 0)
})

test('the quantile of a wildly scattered count is found too', () => {
  const mean = 1e5
  const expected = Math.ceil(Math.log(0.01) / Math.log(mean / (mean + 1))) - 1
  assert.ok(Math.abs(quantileOfCount(0.99, mean, mean + 1) - expected) <= 1)
})

test('a quantile is the least count that leaves no more than its chance above', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 500, noNaN: true }),
      fc.double({ min: 1, max: 9, noNaN: true }),
      (mean, dispersion) => {
        const upper = quantileOfCount(0.99, mean, dispersion)
        assert.ok(upperTailOfCount(upper + 1, mean, dispersion) <= 0.01)
        assert.ok(upper === 0 || upperTailOfCount(upper, mean, dispersion) > 0.01)
      },
    ),
  )
})

/** A history of 40 points in two seasons. */
function modelOf(count: (t: number, season: number) => number) {
  const model = quasiPoisson(40, 2)
  model.points = 40
  model.weight.fill(1)
  for (let i = 0; i < 40; i++) {
    model.time[i] = i - 40
    model.season[i] = i % 8 < 4 ? 0 : 1
    model.counts[i] = count(i - 40, model.season[i]!)
  }
  return model
}

test('counts that follow the model exactly give its coefficients back and leave no dispersion', () => {
  const model = modelOf((t, season) => Math.exp(2 + season + 0.03 * t))
  fit(model, true)
  assert.ok(model.converged)
  near(model.slope, 0.03, 1e-7)
  near(model.level[0]!, 2, 1e-7)
  near(model.level[1]!, 3, 1e-7)
  near(model.dispersion, 0, 1e-9)
})

test('a fit meets every total of a season and of count times time, and its leverages sum to its parameters', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 40, maxLength: 40 }), counts => {
      const model = modelOf(t => counts[t + 40]!)
      fit(model, true)
      let moment = 0
      let sum = 0
      const totals = [0, 0]
      for (let i = 0; i < 40; i++) {
        const residual = model.counts[i]! - model.mean[i]!
        totals[model.season[i]!]! += residual
        moment += residual * model.time[i]!
        sum += leverage(model, i)
      }
      for (const residual of [...totals, moment / 40]) assert.ok(Math.abs(residual) < 1e-2)
      near(sum, 3, 1e-6)
    }),
  )
})

test('without a trend a season is expected to hold its mean', () => {
  const model = modelOf((t, season) => (season === 0 ? (t % 2 === 0 ? 2 : 4) : 9))
  fit(model, false)
  near(Math.exp(model.level[0]!), 3)
  near(Math.exp(model.level[1]!), 9)
})

// Mean 16 in 35 weeks, dispersion 1: limit (16^(2/3) + 1.96 × 2/3 × sqrt(16^(1/3) × (1 + 1/35)))^(3/2).
test('the limit of a steady series has a closed form in both methods', () => {
  const limit = (z: number, share: number) =>
    (16 ** (2 / 3) + ((z * 2) / 3) * Math.sqrt(16 ** (1 / 3) * (1 + share))) ** 1.5
  const counts = steady(16)
  const classic = farrington(counts, { ...farringtonDefaults, trend: false }, weeks - 1)
  near(classic.expected.at(-1)!, 16)
  near(classic.upper.at(-1)!, limit(1.959963984540054, 1 / 35))
  const flexible = farringtonFlexible(
    counts,
    { ...farringtonFlexibleDefaults, trend: false, uncertainty: 'quasi-likelihood' },
    weeks - 1,
  )
  near(flexible.upper.at(-1)!, limit(2.3263478740408408, 1 / 35))
})

test('a week far above its history alarms under every method, and the week before does not', () => {
  const counts = Float64Array.from({ length: weeks }, (_, t) => 10 + (t % 3))
  counts[weeks - 1] = 60
  for (const found of [
    farrington(counts, farringtonDefaults),
    farringtonFlexible(counts, farringtonFlexibleDefaults),
    farringtonFlexible(counts, { ...farringtonFlexibleDefaults, threshold: 'nbPlugin' }),
    ears(counts, earsDefaults('c1')),
    ears(counts, earsDefaults('c2')),
    ears(counts, { ...earsDefaults('c3'), c3: 'published' }),
  ]) {
    assert.equal(found.alarm[weeks - 1], 1)
    assert.equal(found.alarm[weeks - 2], 0)
  }
})

test('fewer than five cases in four weeks are not judged, and a history without cases is', () => {
  const rare = steady(1)
  assert.equal(farrington(rare, farringtonDefaults).judged[weeks - 1], 0)
  const silent = steady(0)
  silent[weeks - 1] = 6
  for (const found of [
    farrington(silent, farringtonDefaults),
    farringtonFlexible(silent, farringtonFlexibleDefaults),
  ]) {
    assert.deepEqual([found.upper[weeks - 1]! < 0.1, found.alarm[weeks - 1]], [true, 1])
  }
})

// Mean 4 and standard deviation 2 of 2, 2, 4, 4, 4, 4, 8 with divisor 6 is sqrt(24/6) = 2.
test('EARS C1 and C2 are the mean and 3.09 standard deviations of seven points, C2 two points earlier', () => {
  const history = [2, 2, 4, 4, 4, 4, 8]
  const limit = 4 + 3.090232306167813 * 2
  near(ears(Float64Array.of(...history, 9), earsDefaults('c1')).upper[7]!, limit)
  near(ears(Float64Array.of(...history, 1, 1, 9), earsDefaults('c2')).upper[9]!, limit)
})

// The two points before lie within a deviation of the mean; 30 lies thirteen above it.
test('EARS C3 as the package has it asks about the two points before, as published about all three', () => {
  const history = [2, 2, 4, 4, 4, 4, 8]
  const counts = Float64Array.of(...history, ...history, 5, 5, 30)
  const judged = (c3: 'surveillance' | 'published') =>
    ears(counts, { ...earsDefaults('c3'), c3 }).alarm.at(-1)
  assert.deepEqual([judged('surveillance'), judged('published')], [0, 1])
})

test('EARS C3 declines to judge where its history does not vary', () => {
  const counts = steady(0)
  counts[20] = 3
  const found = ears(counts, earsDefaults('c3'))
  assert.equal(found.judged[21], 0)
  assert.ok(Number.isNaN(found.upper[21]!))
})

test('what lies behind the history does not matter, nor how much of the series is judged', () => {
  const counts = Float64Array.from({ length: weeks }, (_, t) => 5 + ((t * 7) % 11))
  const long = Float64Array.of(99, 0, 99, ...counts)
  const all = farringtonFlexible(counts, farringtonFlexibleDefaults)
  const last = farringtonFlexible(counts, farringtonFlexibleDefaults, weeks - 1)
  assert.equal(last.upper.at(-1), all.upper.at(-1))
  assert.equal(farringtonFlexible(long, farringtonFlexibleDefaults).upper.at(-1), all.upper.at(-1))
})

test('what is no count is refused with its place', () => {
  assert.throws(() => farrington(Float64Array.of(1, -2), farringtonDefaults), /-2 at point 1/)
  assert.throws(() => ears(Float64Array.of(1), { ...earsDefaults('c1'), baseline: 2 }), /2 points/)
  assert.throws(
    () => farringtonFlexible(steady(1), { ...farringtonFlexibleDefaults, seasons: 60 }),
    /60 seasons/,
  )
})
