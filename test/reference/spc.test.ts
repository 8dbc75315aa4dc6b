/** Control charts against NHSRplotthedots, qicharts2 and qcc. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { anhoejRules } from '../../src/analysis/anhoej.ts'
import { xmrLimits } from '../../src/analysis/xmr-chart.ts'
import { controlChartMethod } from '../../src/cli/analyse/control-chart.ts'
import { readTable } from '../../src/cli/analyse/read-table.ts'
import { assertNear, referenceAbsent, referencePath, referenceTable } from './reference-table.ts'

const terminal = { signal: new AbortController().signal, progress: () => {} }

type Cells = Record<string, number | string>

/** Rows of the chart by series and t, as `concord analyse control-chart` writes them. */
async function chart(file: string, argv: string[]): Promise<Map<string, Cells>> {
  const { analysis } = controlChartMethod.prepare(argv)
  const { columns } = await analysis.run(await readTable(referencePath(file), file, analysis), terminal)
  const rows = new Map<string, Cells>()
  for (let row = 0; row < columns[0]!.values.length; row++) {
    const cells = Object.fromEntries(columns.map(c => [c.name, c.values[row]!]))
    rows.set(`${cells.series}:${cells.t}`, cells)
  }
  return rows
}

function assertCells(cells: Cells, expected: Record<string, string>, what: string): void {
  for (const [column, value] of Object.entries(expected)) {
    assertNear(Number(cells[column]), value, 1e-9, `${what}, ${column}`)
  }
}

const reasons: Record<string, string> = {
  'Common Cause': '',
  'Above UCL': 'above-limit',
  'Below LCL': 'below-limit',
  '7 Points Above CL': 'run-above',
  '7 Points Below CL': 'run-below',
  '7 Point Trend (Increasing)': 'rising',
  '7 Point Trend (Decreasing)': 'falling',
  '2 in 3 Above CL': 'two-of-three-high',
  '2 in 3 Below CL': 'two-of-three-low',
}

const variants: Record<string, string[]> = {
  default_increase: ['--improvement', 'up'],
  default_decrease: ['--improvement', 'down'],
  no_screening_increase: ['--improvement', 'up', '--screen-outliers', 'no'],
  rebase_at_19: ['--improvement', 'up', '--rebase', '19'],
  fix_after_12: ['--improvement', 'up', '--fix-after', '12'],
}

const meanings: Record<string, string> = {
  common_cause: '',
  special_cause_improvement: 'improvement',
  special_cause_concern: 'concern',
}

const unmarked = (text: string): boolean => text === 'FALSE'

describe('control-chart', { skip: referenceAbsent }, () => {
  test('limits, flags, reasons and meanings agree with NHSRplotthedots in every variant', async () => {
    const expected = referenceTable('spc/expected_nhsr_xmr.csv')
    const months = new Map(referenceTable('spc/series.csv').map(r => [`${r.series}:${r.date}`, r.t!]))
    for (const [variant, options] of Object.entries(variants)) {
      const found = await chart('spc/series.csv', options)
      const rows = expected.filter(r => r.variant === variant)
      assert.equal(rows.length, found.size)
      for (const row of rows) {
        const key = `${row.series}:${months.get(`${row.series}:${row.date}`)}`
        const cells = found.get(key)!
        const what = `${variant} ${key}`
        assertCells(cells, { mean: row.mean!, lower: row.lpl!, upper: row.upl! }, what)
        assert.deepEqual(
          [cells.outside, cells.close_to_limits, cells.signal, cells.reason, cells.meaning],
          [
            Number(row.outside_limits),
            Number(row.close_to_limits),
            Number(row.special_cause_flag),
            reasons[row.special_cause_type!],
            meanings[row.point_type!],
          ],
          what,
        )
      }
    }
  })

  test('the individuals chart and the runs rules agree with qicharts2', async () => {
    const found = await chart('spc/series.csv', ['--rules', 'anhoej'])
    for (const row of referenceTable('spc/expected_qicharts2_i.csv')) {
      const what = `${row.series}:${row.t}`
      const cells = found.get(what)!
      assertCells(cells, { mean: row.cl!, lower: row.lcl!, upper: row.ucl! }, what)
      assert.equal(cells.outside === 0, unmarked(row.sigma_signal!), what)
      assert.equal(cells.run === 0, unmarked(row.runs_signal!), what)
    }
  })

  test('longest run, crossings and what chance allows agree with qicharts2', () => {
    const values = Map.groupBy(referenceTable('spc/series.csv'), r => r.series!)
    for (const [series, [row]] of Map.groupBy(
      referenceTable('spc/expected_qicharts2_i.csv'),
      r => r.series!,
    )) {
      const own = Float64Array.from(values.get(series)!, r => Number(r.value))
      const whole = { start: 0, end: own.length, baselineEnd: own.length }
      assert.deepEqual(
        anhoejRules(own, xmrLimits(own).mean, whole),
        {
          useful: Number(row!.n_useful),
          longestRun: Number(row!.longest_run),
          longestRunAllowed: Number(row!.longest_run_max),
          crossings: Number(row!.n_crossings),
          crossingsNeeded: Number(row!.n_crossings_min),
          signal: !unmarked(row!.runs_signal!),
        },
        series,
      )
    }
  })

  test('p, p-prime, u, u-prime and c charts agree with qicharts2', async () => {
    const names: Record<string, string> = { p: 'p', pp: 'p-prime', u: 'u', up: 'u-prime', c: 'c' }
    for (const [name, rows] of Map.groupBy(
      referenceTable('spc/expected_qicharts2_attribute.csv'),
      r => r.chart!,
    )) {
      const counts = name === 'c'
      const file = counts ? 'spc/series.csv' : 'spc/proportions.csv'
      const found = counts
        ? await countsChart()
        : await chart(file, ['--chart', names[name]!, '--rules', 'anhoej'])
      for (const row of rows) {
        const what = `${name}:${row.t}`
        const cells = found.get(`${counts ? 'counts_low' : ''}:${row.t}`)!
        assertCells(cells, { mean: row.cl!, lower: row.lcl!, upper: row.ucl! }, what)
        if (!counts) assertCells(cells, { value: row.y! }, what)
        assert.equal(cells.outside === 0, unmarked(row.sigma_signal!), what)
        assert.equal(cells.run === 0, unmarked(row.runs_signal!), what)
      }
    }
  })

  test('EWMA and CUSUM agree with qcc', async () => {
    const averages = await chart('spc/series.csv', ['--chart', 'ewma'])
    const sums = await chart('spc/series.csv', ['--chart', 'cusum'])
    for (const row of referenceTable('spc/expected_qcc_ewma_cusum.csv')) {
      const what = `${row.series}:${row.t}`
      const { ewma, ewma_lcl: lower, ewma_ucl: upper, centre: mean } = row
      assertCells(
        averages.get(what)!,
        { ewma: ewma!, lower: lower!, upper: upper!, mean: mean! },
        `ewma ${what}`,
      )
      const { cusum_pos, cusum_neg } = row
      assertCells(
        sums.get(what)!,
        { cusum_pos: cusum_pos!, cusum_neg: cusum_neg!, mean: mean! },
        `cusum ${what}`,
      )
    }
  })

  test('the Western Electric rules agree with qcc', async () => {
    const found = await chart('spc/series.csv', ['--rules', 'western-electric'])
    const names = ['', 'beyond-three-sigma', 'two-of-three', 'four-of-five', 'eight-on-one-side']
    for (const row of referenceTable('spc/expected_qcc_western_electric.csv')) {
      const what = `${row.series}:${row.t}`
      const cells = found.get(what)!
      assertCells(cells, { mean: row.centre!, lower: row.lcl!, upper: row.ucl! }, what)
      assert.equal(cells.reason, names[Number(row.we_rule)], what)
    }
  })
})

/** The c chart reads counts only, and the other series of the file are no counts. */
async function countsChart(): Promise<Map<string, Cells>> {
  const rows = referenceTable('spc/series.csv').filter(r => r.series === 'counts_low')
  const { analysis } = controlChartMethod.prepare(['--chart', 'c', '--rules', 'anhoej'])
  const { columns } = await analysis.run(
    {
      rows: rows.length,
      headings: ['series', 't', 'value'],
      has: () => true,
      numbers: () => Float64Array.from(rows, r => Number(r.value)),
      texts: column => rows.map(r => r[column]!),
      fault: (_row, _column, reason) => {
        throw new Error(reason)
      },
    },
    terminal,
  )
  return new Map(
    rows.map((r, i) => [`${r.series}:${r.t}`, Object.fromEntries(columns.map(c => [c.name, c.values[i]!]))]),
  )
}
