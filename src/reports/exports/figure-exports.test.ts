import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { readSheet } from 'read-excel-file/node'
import type { Figure, FigureRow } from '../../measures/figure.ts'
import { figureCsv } from './figure-csv.ts'
import { figureJson } from './figure-json.ts'
import { figureSvg } from './figure-svg.ts'
import { figureTable } from './figure-table.ts'
import { figureXlsx } from './figure-xlsx.ts'

const context = {
  synthetic: true,
  exportedBy: 'analyst',
  exportedAt: new Date('2019-06-03T09:30:00Z'),
}

const row = (values: Partial<FigureRow>): FigureRow => ({
  labels: {},
  codes: {},
  value: null,
  count: null,
  denominator: null,
  low: null,
  high: null,
  comparatorValue: null,
  comparatorCount: null,
  comparatorDenominator: null,
  adjustedValue: null,
  suppressed: false,
  missing: false,
  ...values,
})

const place = (label: string, code: string | null, values: Partial<FigureRow>) =>
  row({ labels: { npu: label, month: 'March 2019' }, codes: { npu: code, month: '2019-03' }, ...values })

const figure: Figure = {
  id: 'f1',
  measure: 'knife-crime',
  title: 'Knife crime',
  kind: 'count',
  definition: 'Selected offences with a knife.',
  unit: 'offences',
  period: { from: '2019-03', to: '2019-03' },
  by: ['npu', 'month'],
  where: { weapon: ['kitchen_knife'] },
  variant: {},
  per: null,
  against: null,
  comparator: { from: '2018-03', to: '2018-03' },
  rows: [
    place('Birmingham West', 'BW', {
      value: 80,
      count: 80,
      low: 63.4,
      high: 99.6,
      comparatorValue: 90,
      comparatorCount: 90,
    }),
    place("=cmd|' /C calc'!A0", '-1+2', { value: -11.5, count: 7 }),
    place('Solihull', 'SH', { suppressed: true }),
    place('Unknown', null, { missing: true }),
  ],
  total: row({ value: 1414, count: 1414, comparatorValue: 1500, comparatorCount: 1500 }),
  unknown: {},
  warnings: [{ kind: 'small-numbers', sentence: 'Small numbers move a lot by chance.' }],
  recordingChanges: [
    {
      id: 'adr160',
      startsOn: '2019-04-01',
      title: 'New counting',
      explains: 'Counts before and after differ.',
      effectPercent: null,
      source: 'Counting rules',
    },
  ],
  disclosure: 'record',
  lineage: { evidenceVersion: 'v1', sql: 'select 1\nfrom offences', files: [], rowsRead: 1414 },
}

const parsed = (text: string) => parse(text, { columns: true }) as Record<string, string>[]

test('CSV has one row a slice, with codes, the comparator and what defines the figure', () => {
  const rows = parsed(figureCsv(figure, true))
  assert.equal(rows.length, 4)
  assert.deepEqual(
    {
      npu: rows[0]?.npu,
      code: rows[0]?.['npu-code'],
      value: rows[0]?.value,
      before: rows[0]?.['comparator-value'],
    },
    { npu: 'Birmingham West', code: 'BW', value: '80', before: '90' },
  )
  assert.equal(rows[0]?.synthetic, 'true')
  assert.equal(rows[0]?.['evidence-version'], 'v1')
})

test('CSV leaves withheld and missing values empty, never zero, and says which they are', () => {
  const rows = parsed(figureCsv(figure, false))
  assert.deepEqual([rows[2]?.value, rows[2]?.suppressed, rows[2]?.missing], ['', 'true', 'false'])
  assert.deepEqual([rows[3]?.value, rows[3]?.suppressed, rows[3]?.missing], ['', 'false', 'true'])
})

test('CSV neutralises text that a spreadsheet would run, and leaves negative numbers as numbers', () => {
  const rows = parsed(figureCsv(figure, true))
  assert.equal(rows[1]?.npu, "'=cmd|' /C calc'!A0")
  assert.equal(rows[1]?.['npu-code'], "'-1+2")
  assert.equal(rows[1]?.value, '-11.5')
})

const hostile = fc.tuple(
  fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', ''),
  fc.string({ unit: 'binary' }),
)

test('whatever a label holds, no field of the CSV starts as a formula and none is lost', () => {
  fc.assert(
    fc.property(hostile, ([sign, rest]) => {
      const label = sign + rest
      const text = figureCsv({ ...figure, rows: [place(label, 'X', { value: 1, count: 1 })] }, true)
      const rows = parsed(text)
      assert.equal(rows.length, 1)
      const written = rows[0]?.npu ?? ''
      assert.doesNotMatch(written, /^[=+\-@\t\r\n]/)
      assert.ok(written === label || written === `'${label}`, JSON.stringify({ label, written }))
    }),
  )
})

test('whatever a label holds, no cell of the workbook is a formula and no text cell starts as one', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, async ([sign, rest]) => {
      const bytes = await figureXlsx(
        { ...figure, rows: [place(sign + rest, 'X', { value: 1, count: 1 })] },
        context,
      )
      const sheet = await readSheet(Buffer.from(bytes), 1)
      assert.doesNotMatch(String(sheet[1]?.[0] ?? ''), /^[=+\-@\t\r]/)
    }),
    { numRuns: 40 },
  )
})

test('a label that is the name of something in JavaScript stays a label', async () => {
  for (const label of ['valueOf', 'constructor', '__proto__']) {
    const bytes = await figureXlsx({ ...figure, rows: [place(label, 'X', { value: 1, count: 1 })] }, context)
    const sheet = await readSheet(Buffer.from(bytes), 1)
    assert.equal(String(sheet[1]?.[0]).trim(), label)
  }
})

test('the workbook holds real numbers and real dates', async () => {
  const bytes = await figureXlsx(figure, context)
  const sheet = await readSheet(Buffer.from(bytes), 'Figure (synthetic)')
  const at = (title: string) => sheet[0]?.indexOf(title) ?? -1
  assert.equal(sheet[1]?.[at('Offences')], 80)
  assert.equal(sheet[2]?.[at('Offences')], -11.5)
  assert.equal(sheet[3]?.[at('Offences')], null)
  assert.deepEqual(sheet[1]?.[at('Month code')], new Date('2019-03-01T00:00:00Z'))
})

test('the workbook has notes: definition, filter, dates, suppression, evidence, who exported, synthetic', async () => {
  const bytes = await figureXlsx(figure, context)
  const notes = await readSheet(Buffer.from(bytes), 'Notes')
  const about = new Map(notes.map(([name, value]) => [name, value]))
  assert.match(String(about.get('Synthetic')), /fictional/)
  assert.equal(about.get('Definition'), 'Selected offences with a knife.')
  assert.equal(about.get('Filter'), 'weapon: kitchen_knife')
  assert.deepEqual(about.get('First day'), new Date('2019-03-01T00:00:00Z'))
  assert.deepEqual(about.get('Last day'), new Date('2019-03-31T00:00:00Z'))
  assert.equal(about.get('Compared with'), 'March 2018')
  assert.equal(about.get('Rows withheld'), '1')
  assert.equal(about.get('Evidence version'), 'v1')
  assert.equal(about.get('Exported by'), 'analyst')
  assert.equal(about.get('Exported at'), '3 June 2019 at 10:30')
})

test('JSON has each row flat, by dimension, and is the same bytes when asked twice', () => {
  const text = figureJson(figure, true)
  assert.equal(text, figureJson(structuredClone(figure), true))
  const read = JSON.parse(text)
  assert.equal(read.synthetic, true)
  assert.equal(read.rows[0].npu, 'Birmingham West')
  assert.equal(read.rows[0].comparatorValue, 90)
  assert.equal(read.rows[2].value, null)
  assert.equal(read.rows[2].suppressed, true)
  assert.equal(read.lineage.evidenceVersion, 'v1')
})

test('the table says that it is synthetic, both periods, the total and every warning', () => {
  const text = figureTable(figure, true)
  assert.match(text, /^Synthetic: /)
  assert.match(text, /Knife crime, March 2019 against March 2018/)
  assert.match(text, /^All .* 1,414 /m)
  assert.match(text, /Solihull .* withheld/)
  assert.match(text, /Unknown .* not sent/)
  assert.match(text, /! Small numbers move a lot by chance\./)
})

test('the table lets no control character through to the terminal', () => {
  const text = figureTable({ ...figure, rows: [place('\u001b[2J\u009bRed', 'X', { value: 1 })] }, false)
  assert.doesNotMatch(text.replaceAll('\n', ''), /\p{Cc}/u)
})

const months = (from: number, n: number): FigureRow[] =>
  Array.from({ length: n }, (_, i) => {
    const month = `20${18 + Math.floor((from + i) / 12)}-${String(((from + i) % 12) + 1).padStart(2, '0')}`
    return row({ labels: { month }, codes: { month }, value: 100 + i, count: 100 + i })
  })

test('a figure by month is drawn as a trend, other figures as bars, and each picture says that it is synthetic', () => {
  const trend = figureSvg({ ...figure, by: ['month'], rows: months(0, 30) }, true)
  const bars = figureSvg({ ...figure, by: ['npu'] }, true)
  for (const svg of [trend, bars]) {
    assert.match(svg, /^<svg/)
    assert.match(svg, /fictional/)
    assert.match(svg, /evidence version v1/)
  }
  assert.match(trend, /12-month average/)
  assert.match(bars, /withheld/)
})

test('a figure with more bars than can be read draws the largest and says so', () => {
  const rows = Array.from({ length: 200 }, (_, i) =>
    row({ labels: { ward: `Ward ${i}` }, codes: { ward: String(i) }, value: i, count: i }),
  )
  const svg = figureSvg({ ...figure, by: ['ward'], rows }, false)
  assert.match(svg, /The 60 largest of 200 are drawn/)
  assert.match(svg, /Ward 199/)
  assert.doesNotMatch(svg, />Ward 139</)
})
