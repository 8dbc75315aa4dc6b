/**
 * Real published files, imported as they are, against counts made from the raw text without our intake.
 */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { placeAgain } from '../src/evidence/catalogue/place-again.ts'
import { loadBoundaryFile } from '../src/evidence/geography/load-boundary-file.ts'
import { importPaths } from '../src/evidence/intake/import-paths.ts'
import type { LoadReport } from '../src/evidence/intake/load-report.ts'
import { computeFigure } from '../src/measures/compute-figure.ts'
import { type TemporaryStore, temporaryStore, tester } from './temporary-store.ts'

const data = resolve(import.meta.dirname, '../../shared/data')
const absent = existsSync(data) ? false : 'the open data folder (../shared/data) is not beside the repository'

type Raw = Record<string, string>

async function rawRows(folder: string, name: RegExp): Promise<Raw[]> {
  const files = (await readdir(join(data, folder), { recursive: true })).filter(f => name.test(f)).sort()
  const texts = await Promise.all(files.map(f => readFile(join(data, folder, f))))
  return texts.flatMap((bytes, i) => {
    const text = files[i]!.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString()
    return (parse(text, { columns: true, bom: true }) as Raw[]).map(row => ({ ...row, file: files[i]! }))
  })
}

const tally = (rows: Raw[], by: (row: Raw) => string): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const row of rows) counts[by(row)] = (counts[by(row)] ?? 0) + 1
  return Object.fromEntries(Object.entries(counts).sort())
}

/** The month in which a UTC instant falls in Birmingham, by the platform's own time zone data. */
const london = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
})
const londonMonth = (instant: string): string => london.format(new Date(instant)).slice(0, 7)

describe('published files', { skip: absent }, () => {
  let store: TemporaryStore
  let reports: LoadReport[]
  const figure = (measure: string, by: string[], more = {}) =>
    computeFigure(
      { evidence: store.evidence, pack: store.pack },
      { measure, by: by as never, ...more },
      'record',
    )

  before(async () => {
    store = await temporaryStore(() => new Date('2026-06-01T09:00:00Z'))
    reports = await importPaths(
      store,
      [
        'police-uk-stop-search',
        'police-uk-street',
        'police-uk-lsoa-monthly',
        'police-uk-api-ward-crimes',
      ].map(f => join(data, f)),
      { actor: tester },
    )
  })
  after(() => store?.remove())

  test('load every row or say why not', () => {
    assert.deepEqual(
      reports
        .filter(r => r.status !== 'active' || r.rowsRejected > 0)
        .map(r => [r.fileName, r.refusal, r.reasons]),
      [],
    )
    const rows = (name: RegExp) =>
      reports.filter(r => name.test(r.fileName)).reduce((sum, r) => sum + r.rowsAccepted + r.rowsRepeated, 0)
    // The counts that each folder's own page gives.
    assert.equal(rows(/west-midlands-stop-and-search/), 57113)
    assert.equal(rows(/merseyside-stop-and-search/), 30196)
    assert.equal(rows(/merseyside-street/), 247857)
    assert.equal(rows(/city-of-london/), 719 + 575 + 165)
    assert.equal(rows(/lsoa-month/), 40986)
    assert.equal(rows(/wards\.ndjson/), 25731)
  })

  test('crimes that the API returned for two wards are counted once, and the finding says so', () => {
    const wards = reports.find(r => r.fileName.includes('wards'))!
    assert.deepEqual([wards.rowsAccepted, wards.rowsRepeated], [25094, 637])
    assert.match(
      wards.findings.map(f => f.sentence).join(' '),
      /list an event again \(the same api id\): 637/,
    )
  })

  test('the findings name blank genders, ages and places', () => {
    const sentences = (name: string) =>
      reports
        .filter(r => r.fileName.startsWith(name))
        .flatMap(r => r.findings.map(f => f.sentence))
        .join(' ')
    assert.match(sentences('2019-01-west-midlands-stop'), /“Gender” is blank on every row/)
    assert.match(sentences('2020-06-west-midlands-stop'), /“Gender” is blank on every row/)
    assert.match(sentences('2023-11-west-midlands-stop'), /“Age range” is blank on every row/)
    assert.match(sentences('2019-07-merseyside-stop'), /Rows without coordinates/)
    assert.match(sentences('2023-01-city-of-london-street'), /Rows without coordinates: 45 of 719 \(6%\)/)
    assert.match(sentences('2018-06-merseyside-street'), /of which 976 equal another row/)
  })

  test('searches by self-defined ethnicity agree with the raw files', async () => {
    const raw = (await rawRows('police-uk-stop-search', /stop-and-search/)).filter(r =>
      londonMonth(r.Date!).startsWith('2019'),
    )
    const expected = tally(raw, r => r['Self-defined ethnicity'] || 'Unknown')
    const searches = await figure('stop-and-search', ['ethnicity-self'], { from: '2019-01', to: '2019-12' })
    const found = Object.fromEntries(
      searches.rows.filter(r => r.value !== 0).map(r => [r.labels['ethnicity-self']!, r.value!]),
    )
    assert.deepEqual(Object.fromEntries(Object.entries(found).sort()), expected)
    assert.equal(searches.total.value, raw.length)
    assert.equal(
      searches.unknown['ethnicity-self']!.count,
      expected.Unknown! + expected['Other ethnic group - Not stated']!,
      'blank and not stated are both unknown',
    )
  })

  test('searches by month are counted in local time', async () => {
    const raw = await rawRows('police-uk-stop-search', /west-midlands.*stop-and-search/)
    const expected = tally(raw, r => londonMonth(r.Date!))
    const searches = await figure('stop-and-search', ['month'], { where: { force: ['west-midlands'] } })
    const found = Object.fromEntries(
      searches.rows.filter(r => !r.missing).map(r => [r.labels.month!, r.value!]),
    )
    assert.deepEqual(found, expected)
    const gap = searches.rows.find(r => r.labels.month === '2021-06')!
    assert.deepEqual([gap.value, gap.missing], [null, true])
  })

  test('street crime by type and month agrees with the raw files, and the absent month is missing, not zero', async () => {
    const raw = await rawRows('police-uk-street', /merseyside-street/)
    const expected = tally(raw, r => `${r['Crime type']} ${r.Month}`)
    const crime = await figure('street-crime', ['crime-type', 'month'], { where: { force: ['merseyside'] } })
    const found = Object.fromEntries(
      crime.rows
        .filter(r => !r.missing && r.value !== 0)
        .map(r => [`${r.labels['crime-type']} ${r.labels.month}`, r.value!]),
    )
    assert.deepEqual(Object.fromEntries(Object.entries(found).sort()), expected)
    const absentMonth = crime.rows.filter(r => r.labels.month === '2019-07')
    assert.ok(absentMonth.length > 0 && absentMonth.every(r => r.missing && r.value === null))
  })

  test('counts by small area agree with the raw file', async () => {
    const raw = await rawRows('police-uk-lsoa-monthly', /lsoa-month/)
    const robberies = raw.reduce((sum, r) => sum + Number(r.robbery), 0)
    const crime = await figure('area-crime', ['crime-type'])
    assert.equal(crime.rows.find(r => r.labels['crime-type'] === 'Robbery')!.value, robberies)
    assert.equal(
      crime.total.value,
      raw.reduce((sum, r) => sum + Number(r.total), 0),
    )
  })

  test('real boundaries place what was loaded before them', async () => {
    const boundaries = join(data, 'boundaries')
    for (const file of [
      'west-midlands-lsoa-2011',
      'west-midlands-local-authorities',
      'west-midlands-ward-2025',
    ]) {
      await loadBoundaryFile(store.installation, { path: join(boundaries, `${file}.geojson`) }, tester)
    }
    const placed = await placeAgain(store, tester)
    assert.ok(placed.loads > 0)
    const searches = await figure('stop-and-search', ['local-authority'], {
      where: { force: ['west-midlands'] },
      from: '2019-01',
      to: '2019-12',
    })
    const known = searches.rows.filter(r => r.labels['local-authority'] !== 'Unknown')
    assert.deepEqual(known.map(r => r.labels['local-authority']).sort(), [
      'Birmingham',
      'Coventry',
      'Dudley',
      'Sandwell',
      'Solihull',
      'Walsall',
      'Wolverhampton',
    ])
    const sum = searches.rows.reduce((n, r) => n + r.value!, 0)
    assert.equal(sum, searches.total.value, 'rows and the unknown add up to the whole')
  })
})
