/** String distances and the linkage model against stringdist, jellyfish, DuckDB and maximum-likelihood EM. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  damerau,
  levenshtein,
  longestCommonSubsequenceDistance,
  optimalStringAlignment,
} from '../../src/analysis/linkage/edit-distance.ts'
import { fitLinkageModel, matchProbability, matchWeights } from '../../src/analysis/linkage/fellegi-sunter.ts'
import { jaro, jaroWinkler } from '../../src/analysis/linkage/jaro-winkler.ts'
import { referenceAbsent, referenceJson, referenceTable } from './reference-table.ts'

const near = (found: number, expected: string, tolerance: number, what: string) =>
  assert.ok(Math.abs(found - Number(expected)) <= tolerance, `${what}: ${found}, expected ${expected}`)

describe('linkage', { skip: referenceAbsent }, () => {
  test('string distances agree with stringdist on every pair', () => {
    for (const row of referenceTable('linkage/expected_strings.csv')) {
      const { s1, s2 } = row as { s1: string; s2: string }
      const what = `${s1} and ${s2}`
      assert.equal(levenshtein(s1, s2), Number(row.levenshtein), what)
      assert.equal(optimalStringAlignment(s1, s2), Number(row.osa), what)
      assert.equal(damerau(s1, s2), Number(row.damerau), what)
      assert.equal(longestCommonSubsequenceDistance(s1, s2), Number(row.lcs_dist), what)
    }
  })

  // DuckDB counts bytes, so that an accented letter is two; jellyfish counts letters, by the same rules.
  test('Jaro and Jaro–Winkler agree with DuckDB, and on accented names with jellyfish', () => {
    const pairs = new Map(referenceTable('linkage/string_pairs.csv').map(row => [row.pair, row]))
    for (const row of referenceTable('linkage/expected_strings_python.csv')) {
      const { s1, s2 } = pairs.get(row.pair!)! as unknown as { s1: string; s2: string }
      const peer = [...(s1 + s2)].every(letter => letter < '\u0080') ? 'duckdb' : 'jellyfish'
      near(jaro(s1, s2), row[`${peer}_jaro`]!, 1e-9, `${s1} and ${s2}`)
      near(jaroWinkler(s1, s2), row[`${peer}_jaro_winkler`]!, 1e-9, `${s1} and ${s2}`)
    }
  })

  const fields = ['name', 'dob', 'postcode', 'sex'] as const
  const patterns = (rows: Record<string, string>[]) => ({
    levels: fields.map(f => Int8Array.from(rows, r => Number(r[f]))),
    counts: Float64Array.from(rows, r => Number(r.n)),
  })

  test('weights and probabilities under known parameters are exact', () => {
    const truth = referenceTable('linkage/gamma_true_params.csv')
    const of = (field: string, which: 'm' | 'u') =>
      Float64Array.from(
        truth.filter(r => r.comparison === field),
        r => Number(r[which]),
      )
    const rows = referenceTable('linkage/expected_patterns.csv')
    const model = {
      prior: Number(truth[0]!.lambda),
      m: fields.map(f => of(f, 'm')),
      u: fields.map(f => of(f, 'u')),
    }
    const weights = matchWeights(model, patterns(rows))
    for (const [i, row] of rows.entries()) {
      near(weights[i]!, row.weight_true_params!, 1e-9, `pattern ${i + 1}`)
      near(matchProbability(weights[i]!, model.prior), row.probability_true_params!, 1e-9, `pattern ${i + 1}`)
    }
  })

  test('EM reaches the maximum-likelihood estimate, also where levels are not monotone', () => {
    const { em } = referenceJson('linkage/expected_em.json') as {
      em: { lambda: number; m: Record<string, number[]>; u: Record<string, number[]>; ll: number }
    }
    const comparisons = fields.map(name => ({ name, levels: em.m[name]!.length }))
    const rows = referenceTable('linkage/expected_patterns.csv')
    const fitted = fitLinkageModel(comparisons, patterns(rows))
    near(fitted.prior, String(em.lambda), 1e-6, 'prior')
    for (const [c, name] of fields.entries()) {
      for (const [level, value] of em.m[name]!.entries()) {
        near(fitted.m[c]![level]!, String(value), 1e-6, `m of ${name} ${level}`)
        near(fitted.u[c]![level]!, String(em.u[name]![level]!), 1e-6, `u of ${name} ${level}`)
      }
    }
    const weights = matchWeights(fitted, patterns(rows))
    for (const [i, row] of rows.entries()) {
      near(
        matchProbability(weights[i]!, fitted.prior),
        row.posterior_em!,
        1e-5,
        `posterior of pattern ${i + 1}`,
      )
    }
  })
})
