import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { anhoejRules } from './anhoej.ts'
import { attributeLimits } from './attribute-charts.ts'
import { limitsFor, stretches } from './control-limits.ts'
import { cusum } from './cusum.ts'
import { ewma } from './ewma.ts'
import { nhsReasons, nhsRules } from './nhs-rules.ts'
import { westernElectricRules } from './western-electric.ts'
import { xmrLimits } from './xmr-chart.ts'

const series = (...values: number[]) => Float64Array.from(values)

/** Limits at 0 and ±3, so that a value is its own number of sigmas. */
function unitLimits(points: number) {
  const limits = limitsFor(points)
  limits.sigma.fill(1)
  limits.lower.fill(-3)
  limits.upper.fill(3)
  return limits
}

const reasonsOf = (...values: number[]) => {
  const { reason } = nhsRules(series(...values), unitLimits(values.length), stretches(values.length, {}))
  return Array.from(reason, r => nhsReasons[r]!)
}

const near = (found: number, expected: number) =>
  assert.ok(
    Math.abs(found - expected) <= 1e-12 * Math.max(1, Math.abs(expected)),
    `${found} is not ${expected}`,
  )

// Moving ranges 2, 4, 1, 5: mean 3.
test('XmR limits are the mean and 2.66 mean moving ranges', () => {
  const { mean, lower, upper } = xmrLimits(series(10, 12, 8, 9, 14))
  near(mean[0]!, 10.6)
  near(upper[4]!, 10.6 + 2.66 * 3)
  near(lower[4]!, 10.6 - 2.66 * 3)
})

// Eleven ranges of 1 and the 20 up and 20 down of a spike: mean 51/13 = 3.92, times 3.267 is 12.8.
test('screening leaves the two ranges of a spike out, and not screening keeps them', () => {
  const values = series(5, 6, 5, 6, 5, 6, 26, 6, 5, 6, 5, 6, 5, 6)
  near(xmrLimits(values).sigma[0]!, 2.66 / 3)
  near(xmrLimits(values, { screenOutliers: false }).sigma[0]!, ((2.66 / 3) * 51) / 13)
})

test('equal values have limits at their mean and nothing special', () => {
  const values = new Float64Array(12).fill(0.1)
  const limits = xmrLimits(values)
  assert.deepEqual([limits.mean[3], limits.lower[3], limits.upper[3]], [0.1, 0.1, 0.1])
  assert.ok(nhsRules(values, limits, stretches(12, {})).reason.every(r => r === 0))
})

test('equal values are on every chart without a signal', () => {
  const values = new Float64Array(9).fill(3.3)
  const { average, lower, upper } = ewma(values)
  assert.ok(average.every((level, i) => level >= lower[i]! && level <= upper[i]!))
  const { up, down } = cusum(values)
  assert.ok([...up, ...down].every(sum => sum === 0))
  assert.ok(attributeLimits('u-prime', values, values).values.every(rate => rate === 1))
})

test('one value has a mean and no limits', () => {
  const { mean, lower, upper } = xmrLimits(series(7))
  assert.deepEqual([mean[0], lower[0], upper[0]], [7, Number.NaN, Number.NaN])
})

test('a new baseline forgets what came before, and fixed limits what comes after', () => {
  const values = series(1, 3, 1, 3, 101, 105, 101, 105)
  const rebased = xmrLimits(values, { rebaseAt: [4] })
  assert.deepEqual([rebased.mean[3], rebased.mean[4]], [2, 103])
  near(rebased.upper[4]!, 103 + 2.66 * 4)
  const fixed = xmrLimits(values, { fixAfter: 4 })
  near(fixed.upper[7]!, 2 + 2.66 * 2)
})

test('seven on one side are a run and six are not, and the mean itself ends it', () => {
  assert.deepEqual(reasonsOf(1, 1, 1, 1, 1, 1, 1), Array(7).fill('run-above'))
  assert.deepEqual(reasonsOf(1, 1, 1, 1, 1, 1), Array(6).fill('none'))
  assert.deepEqual(reasonsOf(-1, -1, -1, 0, -1, -1, -1, -1), Array(8).fill('none'))
})

test('six rises are a trend of seven points and five are not', () => {
  assert.deepEqual(reasonsOf(-1.5, -1, -0.5, 0, 0.5, 1, 1.5), Array(7).fill('rising'))
  assert.deepEqual(reasonsOf(-1.5, -1, -0.5, 0, 0.5, 1, 0.5), Array(7).fill('none'))
})

test('two of three close to a limit are marked without the third, and only on one side of the mean', () => {
  assert.deepEqual(reasonsOf(2.5, 1, 2.1), ['two-of-three-high', 'none', 'two-of-three-high'])
  assert.deepEqual(reasonsOf(2.5, -1, 2.1), ['none', 'none', 'none'])
  assert.deepEqual(reasonsOf(2.5, 1, 3.1), ['none', 'none', 'above-limit'])
})

test('no rule looks across the beginning of a baseline', () => {
  const values = new Float64Array(12).fill(1)
  const { reason } = nhsRules(values, unitLimits(12), stretches(12, { rebaseAt: [6] }))
  assert.ok(reason.every(r => r === 0))
})

test('Western Electric rules mark the point that completes a pattern', () => {
  const rules = (...values: number[]) =>
    Array.from(
      westernElectricRules(series(...values), unitLimits(values.length), stretches(values.length, {})).rule,
    )
  assert.deepEqual(rules(0, 3.1, -3.1), [0, 1, 1])
  assert.deepEqual(rules(2.1, 0, 2.2, 0), [0, 0, 2, 0])
  assert.deepEqual(rules(2.1, 0, -2.2), [0, 0, 0])
  assert.deepEqual(rules(1.1, 1.1, 0, 1.1, 1.1, 0), [0, 0, 0, 0, 3, 0])
  assert.deepEqual(rules(...Array(9).fill(0.5)), [0, 0, 0, 0, 0, 0, 0, 4, 4])
})

// Of 8 throws of a fair coin P(at most 1 head) = 9/256 = 0.035 and P(at most 2) = 37/256 = 0.145, so 2 are needed.
test('Anhøj: nine useful points allow runs of 6 and need 2 crossings', () => {
  const values = series(1, 1, 1, 0, 1, 1, 1, -1, -1, -1)
  const found = anhoejRules(values, new Float64Array(10), { start: 0, end: 10, baselineEnd: 10 })!
  assert.deepEqual(found, {
    useful: 9,
    longestRun: 6,
    longestRunAllowed: 6,
    crossings: 1,
    crossingsNeeded: 2,
    signal: true,
  })
})

test('Anhøj says nothing of a series that lies on its line', () => {
  assert.equal(
    anhoejRules(new Float64Array(5), new Float64Array(5), { start: 0, end: 5, baselineEnd: 5 }),
    null,
  )
})

// 10 of 100 and 30 of 100: mean 0.2, standard error 0.04, scores -2.5 and 2.5, one moving range of 5.
test('p, p-prime, u and c limits by hand', () => {
  const numerator = series(10, 30)
  const denominator = series(100, 100)
  near(attributeLimits('p', numerator, denominator).upper[0]!, 0.2 + 3 * 0.04)
  assert.equal(attributeLimits('p-prime', numerator, denominator).lower[0], 0)
  near(attributeLimits('p-prime', numerator, denominator).upper[0]!, 0.2 + (3 * 0.04 * 5) / 1.128)
  near(attributeLimits('u', numerator, denominator).upper[0]!, 0.2 + 3 * Math.sqrt(0.002))
  near(attributeLimits('c', series(3, 5), series()).upper[0]!, 4 + 3 * 2)
})

test('attribute charts refuse what is no share, and say the value', () => {
  assert.throws(() => attributeLimits('p', series(5), series(4)), /5 of 4/)
  assert.throws(() => attributeLimits('u', series(5), series(0)), /denominator 0/)
  assert.throws(() => xmrLimits(series(1, Number.NaN)), /NaN at point 1/)
})

// Mean 10, moving ranges 2, 2, 2, sigma 2/1.128.
test('EWMA and CUSUM by hand', () => {
  const values = series(9, 11, 9, 11)
  const sigma = 2 / 1.128
  const { average, upper } = ewma(values)
  near(average[1]!, 0.2 * 11 + 0.8 * (0.2 * 9 + 0.8 * 10))
  near(upper[0]!, 10 + 2.7 * sigma * 0.2)
  const { up, down } = cusum(values)
  near(down[0]!, -1 / sigma + 0.5)
  near(up[1]!, 1 / sigma - 0.5)
})

test('moving and stretching a series moves and stretches its limits, and leaves the signals', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 60 }),
      fc.integer({ min: -500, max: 500 }),
      fc.constantFrom(0.25, 2, 8),
      (whole, shift, scale) => {
        const values = Float64Array.from(whole)
        const moved = values.map(value => value * scale + shift)
        const [limits, movedLimits] = [xmrLimits(values), xmrLimits(moved)]
        for (let i = 0; i < values.length; i++) {
          assert.ok(Math.abs(movedLimits.upper[i]! - (limits.upper[i]! * scale + shift)) < 1e-7)
        }
        const within = stretches(values.length, {})
        const away = (x: Float64Array, l: typeof limits) =>
          x.some((v, i) => Math.abs(Math.abs(v - l.mean[i]!) - 3 * l.sigma[i]!) < 1e-6 * (1 + l.sigma[i]!))
        const close = (x: Float64Array, l: typeof limits) =>
          x.some((v, i) => Math.abs(Math.abs(v - l.mean[i]!) - 2 * l.sigma[i]!) < 1e-6 * (1 + l.sigma[i]!))
        const onMean = values.some((v, i) => Math.abs(v - limits.mean[i]!) < 1e-9)
        fc.pre(!away(values, limits) && !close(values, limits) && !onMean)
        assert.deepEqual(nhsRules(moved, movedLimits, within).reason, nhsRules(values, limits, within).reason)
      },
    ),
  )
})

test('series laid end to end are charted as each is alone', () => {
  const value = fc.integer({ min: 0, max: 50 })
  const one = fc.array(value, { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 5 }), all => {
      const rebaseAt = all.map((_, s) => all.slice(0, s).flat().length)
      const values = Float64Array.from(all.flat())
      const limits = xmrLimits(values, { rebaseAt })
      const together = nhsRules(values, limits, stretches(values.length, { rebaseAt })).reason
      const alone = all.flatMap(own => {
        const ownValues = Float64Array.from(own)
        return [...nhsRules(ownValues, xmrLimits(ownValues), stretches(own.length, {})).reason]
      })
      assert.deepEqual([...together], alone)
    }),
  )
})
