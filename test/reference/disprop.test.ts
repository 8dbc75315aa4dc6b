import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byarInterval, poissonInterval } from '../../src/analysis/intervals.ts'
import { rateRatio } from '../../src/analysis/rates.ts'
import { groupShares } from '../../src/analysis/shares.ts'
import { marginTable } from '../../src/analysis/suppression/margin-table.ts'
import { suppress } from '../../src/analysis/suppression/suppress.ts'
import { assertNear, referenceAbsent, referenceJson, referenceTable } from './reference-table.ts'

const skip = referenceAbsent
const EXACT = 1e-9

test('rates and their limits are those of PHEindicatormethods and R', { skip }, () => {
  for (const row of referenceTable('disprop/expected_rates.csv')) {
    const [count, scale] = [Number(row.count), 1000 / Number(row.population)]
    const what = `${row.area} ${row.group}`
    assertNear(count * scale, row.rate_per_1000!, EXACT, what)
    assertNear(byarInterval(count).low * scale, row.byar_low!, EXACT, what)
    assertNear(byarInterval(count).high * scale, row.byar_high!, EXACT, what)
    assertNear(poissonInterval(count).low * scale, row.exact_low!, EXACT, what)
    assertNear(poissonInterval(count).high * scale, row.exact_high!, EXACT, what)
  }
})

test('rate ratios, their exact limits and p-values are those of poisson.test and statsmodels', {
  skip,
}, () => {
  const rows = referenceTable('disprop/expected_rates.csv')
  const peers = referenceTable('disprop/expected_pvalues_statsmodels.csv')
  const others = rows.filter(row => row.group !== 'White')
  assert.equal(others.length, 20)
  for (const row of others) {
    const base = rows.find(r => r.area === row.area && r.group === 'White')!
    const found = rateRatio(...([row.count, row.population, base.count, base.population].map(Number) as Four))
    const what = `${row.area} ${row.group}`
    assertNear(found.ratio!, row.rr!, EXACT, what)
    assertNear(found.low!, row.rr_exact_low!, EXACT, what)
    assertNear(found.high!, row.rr_exact_high!, EXACT, what)
    assertNear(found.p!, row.rr_exact_p!, EXACT, what)
    const peer = peers.find(p => p.area === row.area && p.group === row.group)!
    assertNear(found.p!, peer.p_exact_cond!, 1e-6, `${what} statsmodels`)
  }
})

type Four = [number, number, number, number]

test('shares and their Wilson limits are those of R', { skip }, () => {
  const expected = referenceTable('disprop/expected_shares.csv')
  for (const [area, rows] of Map.groupBy(referenceTable('disprop/rates.csv'), row => row.area!)) {
    const found = groupShares(
      rows.map(row => Number(row.count)),
      rows.map(row => Number(row.population)),
    )
    found.forEach((share, i) => {
      const row = expected.find(r => r.area === area && r.group === rows[i]!.group)!
      const what = `${area} ${row.group}`
      assertNear(share.shareOfCounts!, row.share_of_counts!, EXACT, what)
      assertNear(share.low!, row.wilson_low!, EXACT, what)
      assertNear(share.high!, row.wilson_high!, EXACT, what)
      assertNear(share.shareOfPopulation!, row.share_of_population!, EXACT, what)
      assertNear(share.ratio!, row.ratio_of_shares!, EXACT, what)
    })
  }
})

const DIMENSIONS = { '2way': ['ward', 'age'], cube: ['ward', 'age', 'sex'] }

for (const [name, dimensions] of Object.entries(DIMENSIONS)) {
  test(`R27 no more cells are hidden than GaussSuppression hides, and the same small ones: ${name}`, {
    skip,
  }, () => {
    const expected = referenceTable(`disprop/expected_gausssuppression_${name}.csv`)
    const inner = expected.filter(row => dimensions.every(d => row[d] !== 'Total'))
    const categories = dimensions.map(d => [...new Set(inner.map(row => row[d]!))])
    const sizes = categories.map(list => list.length)
    const counts = new Float64Array(inner.length)
    for (const row of inner) {
      const cell = dimensions.reduce((at, d, i) => at * sizes[i]! + categories[i]!.indexOf(row[d]!), 0)
      counts[cell] = Number(row.count)
    }
    const table = marginTable(sizes, counts)
    const hidden = suppress(table, { threshold: 5, zeros: 'show' })
    const ours = hidden.reduce((sum, flag) => sum + flag, 0)
    const peers = referenceJson('disprop/expected_suppression.json')
    assert.ok(ours <= peers[`n_suppressed_${name}`], `${ours} cells are hidden`)
    const small = expected.filter(row => row.primary === 'TRUE').length
    assert.equal(small, peers[`n_primary_${name}`])
    for (const row of expected) {
      const cell = dimensions.reduce((at, d, i) => {
        const category = row[d] === 'Total' ? sizes[i]! : categories[i]!.indexOf(row[d]!)
        return at + category * table.strides[i]!
      }, 0)
      assert.equal(table.counts[cell], Number(row.count))
      if (row.primary === 'TRUE') assert.equal(hidden[cell], 1)
    }
  })
}
