import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { measures } from './catalogue/index.ts'
import { dimensionsOf } from './dimensions.ts'
import { measureDocs } from './measure-docs.ts'
import { choicesOf, measureSql } from './measure-sql.ts'
import { outOfDate } from './write-generated.ts'

const sqlFolder = join(import.meta.dirname, 'sql')

test('the committed SQL is what the catalogue gives; if not, run node src/measures/write-measure-sql.ts', () => {
  const files = new Map(measures.map(measure => [`${measure.id}.sql`, measureSql(measure)]))
  assert.deepEqual(outOfDate(sqlFolder, files), [])
})

test('docs/measures is what the catalogue gives; if not, run node src/measures/write-measure-docs.ts', () => {
  assert.deepEqual(outOfDate(join(import.meta.dirname, '../../docs/measures'), measureDocs()), [])
})

/** Approximate counts, engine-specific rounding, and words that only one of the engines knows. */
const refused: [RegExp, string][] = [
  [/::/, 'a cast with colons'],
  [/\bfilter\s*\(/i, 'filter (where …)'],
  [/\bqualify\b/i, 'qualify'],
  [/\bapprox\w*\s*\(/i, 'an approximate function'],
  [/\bround\s*\(/i, 'rounding, which engines do differently'],
  [
    /\b(strftime|date_trunc|date_part|epoch|isodow|dayofweek|try_cast|list_\w+|struct_\w+|arg_m(in|ax)|any_value)\s*\(/i,
    'a function of one engine',
  ],
  [/\b(median|quantile\w*|mode)\s*\(/i, 'a quantile, which engines interpolate differently'],
  [/\bexclude\b|\breplace\s*\(|\bgroup by all\b|\border by all\b/i, 'DuckDB’s shorthand'],
  [/\b(ilike|similar to|distinct on|lateral|unnest)\b/i, 'a construct that not all engines have'],
  [/\bnow\s*\(|\bcurrent_(date|timestamp)\b|\brandom\s*\(/i, 'an answer that changes by itself'],
]

test('measure SQL keeps to what DuckDB, PostgreSQL and ClickHouse share', () => {
  for (const name of readdirSync(sqlFolder)) {
    const sql = readFileSync(join(sqlFolder, name), 'utf8')
    for (const [pattern, why] of refused) assert.doesNotMatch(sql, pattern, `${name} uses ${why}`)
  }
})

test('every measure says what it is, in whole sentences, with its source and what it leaves out', () => {
  for (const measure of measures) {
    assert.match(measure.definition, /^[A-Z].*\.$/s, measure.id)
    for (const words of [measure.title, measure.unit, measure.counted, measure.source, measure.since]) {
      assert.ok(words.length > 0, measure.id)
    }
    assert.ok(measure.includes.length > 0 && measure.excludes.length > 0, measure.id)
    assert.ok(dimensionsOf(measure).includes('month'), measure.id)
    for (const variant of measure.variants) {
      assert.ok(
        variant.choices.some(choice => choice.value === variant.default),
        measure.id,
      )
    }
  }
  assert.equal(new Set(measures.map(m => m.id)).size, measures.length, 'names are given once')
})

test('every choice of a variant changes what is counted', () => {
  for (const measure of measures) {
    const [first, ...others] = choicesOf(measure).map(chosen => JSON.stringify(measure.counting(chosen)))
    for (const other of others) assert.notEqual(other, first, measure.id)
  }
})

test('R6 no dimension of any measure is a person', () => {
  for (const measure of measures) {
    for (const dimension of dimensionsOf(measure)) assert.doesNotMatch(dimension, /person|pseudonym|name/)
    assert.doesNotMatch(measureSql(measure), /pseudonym/)
  }
})
