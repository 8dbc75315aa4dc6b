/** Knox tables against NearRepeat, pointpats and surveillance: counts exactly, what is drawn by chance within bands. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Metric } from '../../src/analysis/close-pairs.ts'
import { nearRepeats } from '../../src/analysis/near-repeat.ts'
import { randomFrom } from '../../src/synthetic/random.ts'
import { referenceAbsent, referenceJson, referenceTable } from './reference-table.ts'

const json = (name: string) => referenceJson(`nearrepeat/${name}`)

const PERMUTATIONS = 999

function knox(distances: number[], days: number[], metric: Metric) {
  const events = referenceTable('nearrepeat/events.csv')
  const column = (name: string) => Float64Array.from(events, row => Number(row[name]))
  const random = randomFrom(1, 'near repeats').unit
  return nearRepeats(column('x'), column('y'), column('day'), {
    distances,
    days,
    metric,
    permutations: PERMUTATIONS,
    random,
  })
}

describe('nearrepeat', { skip: referenceAbsent }, () => {
  for (const metric of ['euclidean', 'manhattan'] as const) {
    test(`the ${metric} table agrees with NearRepeat`, () => {
      const found = knox([0, 0.001, 100, 200, 300, 400, 500], [0, 7, 14, 21, 28], metric)
      referenceTable(`nearrepeat/expected_nearrepeat_${metric}.csv`).forEach((row, cell) => {
        const observed = Number(row.observed)
        const p = Number(row.pvalue_999)
        const what = `${row.space_band} ${row.time_band}`
        assert.equal(found.observed[cell], observed, what)
        // Two draws of 999 differ; five standard deviations of the difference, and a step for p next to 0.
        const wide = 5 * Math.sqrt((2 * p * (1 - p)) / PERMUTATIONS) + 2 / PERMUTATIONS
        assert.ok(Math.abs(found.p[cell]! - p) <= wide, `p of ${what}: ${found.p[cell]}, expected ${p}`)
        if (observed === 0) {
          assert.equal(found.ratioToMean[cell], 0, what)
          return
        }
        // The mean of the draws is about Poisson, so its relative error is 1 / √(mean × draws).
        const mean = observed / Number(row.knox_ratio_mean)
        const slack = 5 * Math.sqrt(2 / (mean * PERMUTATIONS))
        const apart = Math.abs(mean / (observed / found.ratioToMean[cell]!) - 1)
        assert.ok(apart <= slack, `mean of ${what}: ${apart} apart, ${slack} allowed`)
        // A median of counts moves by whole or half steps.
        const medians = [
          observed / Number(row.knox_ratio_median),
          observed / found.ratioToMedian[cell]!,
        ] as const
        const step = 1 + 0.2 * Math.sqrt(mean)
        assert.ok(Math.abs(medians[0] - medians[1]) <= step, `medians of ${what}: ${medians}`)
      })
    })
  }

  test('counts with both ends closed, as pointpats has them, are those of bands a hair wider', () => {
    const hair = 1e-6
    for (const [name, count] of Object.entries(json('expected_pointpats_cumulative.json').counts)) {
      const [, delta, tau] = /^delta(\d+)_tau(\d+)$/.exec(name)!
      const found = knox([0, Number(delta) + hair], [0, Number(tau) + 1], 'euclidean')
      assert.equal(found.observed[0], count, name)
    }
  })

  test('the statistic of surveillance::knox and its p-value', () => {
    const { statistic, expected, eps_s, eps_t, mc_p_999 } = json('expected_knox.json').surveillance_knox
    const found = knox([0, eps_s + 1e-6], [0, eps_t + 1], 'euclidean')
    assert.equal(found.observed[0], statistic)
    assert.equal(found.p[0], mc_p_999)
    // What it expects is by formula, pairs near × pairs soon / pairs; the permutations' mean is an estimate of it.
    assert.ok(Math.abs(statistic / found.ratioToMean[0]! / expected - 1) < 0.02)
  })
})
