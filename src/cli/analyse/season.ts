import { centredAverage, classicalSeason, rollingSum } from '../../analysis/decompose.ts'
import { MONTHS, seasonIndex } from '../../analysis/season.ts'
import { stlPeriodic } from '../../analysis/stl.ts'
import { type AnalyseResult, analyseMethod, type InputTable } from './analyse-method.ts'

/** The rows of one series in the order of its months. */
interface Series {
  name: string
  rows: number[]
}

export const seasonMethod = analyseMethod({
  name: 'season',
  summary: 'Which months of the year are high, and the trend without them',
  usage: '[--trend]',
  details: [
    '  --trend   the trend by STL (periodic) and by centred moving average, and rolling twelve months',
    '',
    'Reads: series, year, month (1 to 12), count.',
    'Writes: series, month, index_mean_of_ratios, index_sd, index_ratio_of_means, index_per_day: 1 is a month like',
    'the others. Series stand in the order of the file, months from January. Only years with all twelve months',
    'count; a series without one has empty fields. --json adds chi-squared for equal months, with its p.',
    'Writes with --trend: series, t, year, month, trend_stl, trend_ma12, remainder_stl, rolling12_sum, t being 1 for',
    'the first month. It needs every month between the first and the last; STL needs more than two years, and is',
    'empty below. --json adds the season of each month by STL and by the classical decomposition.',
  ].join('\n'),
  options: { trend: { type: 'boolean' } },
  prepare: values => ({
    columns: [
      { name: 'series', kind: 'text' },
      { name: 'year', kind: 'integer' },
      { name: 'month', kind: 'integer' },
      { name: 'count', kind: 'number' },
    ],
    unique: ['series', 'year', 'month'],
    run: table => {
      refuseOddCells(table)
      const all = seriesOf(table)
      return values.trend ? trendTable(table, all) : indexTable(table, all)
    },
  }),
})

function refuseOddCells(table: InputTable): void {
  const month = table.numbers('month')
  const count = table.numbers('count')
  for (let row = 0; row < table.rows; row++) {
    if (month[row]! < 1 || month[row]! > MONTHS) {
      throw table.fault(row, 'month', `${month[row]} is not a month from 1 to 12`)
    }
    if (count[row]! < 0) throw table.fault(row, 'count', `${count[row]} is below 0`)
  }
}

/** Months counted from year 0, so that neighbours differ by 1. */
const monthNumber = (table: InputTable, row: number): number =>
  table.numbers('year')[row]! * MONTHS + table.numbers('month')[row]! - 1

function seriesOf(table: InputTable): Series[] {
  const rows = new Map<string, number[]>()
  for (const [row, name] of table.texts('series').entries()) {
    const own = rows.get(name)
    if (own) own.push(row)
    else rows.set(name, [row])
  }
  return [...rows].map(([name, own]) => ({
    name,
    rows: own.sort((a, b) => monthNumber(table, a) - monthNumber(table, b)),
  }))
}

const cellsOf = (table: InputTable, column: string, rows: readonly number[]): Float64Array =>
  Float64Array.from(rows, row => table.numbers(column)[row]!)

function indexTable(table: InputTable, all: readonly Series[]): AnalyseResult {
  const found = all.map(({ name, rows }) => ({
    series: name,
    index: seasonIndex({
      year: cellsOf(table, 'year', rows),
      month: cellsOf(table, 'month', rows),
      count: cellsOf(table, 'count', rows),
    }),
  }))
  return {
    columns: [
      { name: 'series', values: found.flatMap(({ series }) => Array<string>(MONTHS).fill(series)) },
      { name: 'month', values: found.flatMap(() => Array.from({ length: MONTHS }, (_, m) => m + 1)) },
      { name: 'index_mean_of_ratios', values: found.flatMap(({ index }) => [...index.meanOfRatios]) },
      { name: 'index_sd', values: found.flatMap(({ index }) => [...index.sd]) },
      { name: 'index_ratio_of_means', values: found.flatMap(({ index }) => [...index.ratioOfMeans]) },
      { name: 'index_per_day', values: found.flatMap(({ index }) => [...index.perDay]) },
    ],
    more: {
      series: found.map(({ series, index }) => ({
        series,
        years: index.years,
        total: index.total,
        chisq_equal_months: index.chiSquared,
        p: index.p,
      })),
    },
  }
}

function trendTable(table: InputTable, all: readonly Series[]): AnalyseResult {
  const found = all.map(series => trendOf(table, series))
  const column = (name: string, of: (series: (typeof found)[number]) => Iterable<number>) => ({
    name,
    values: found.flatMap(series => [...of(series)]),
  })
  return {
    columns: [
      {
        name: 'series',
        values: found.flatMap(({ name, rows }) => Array<string>(rows.length).fill(name)),
      },
      column('t', ({ rows }) => rows.map((_, t) => t + 1)),
      column('year', ({ rows }) => cellsOf(table, 'year', rows)),
      column('month', ({ rows }) => cellsOf(table, 'month', rows)),
      column('trend_stl', ({ stl, rows }) => stl?.trend ?? nothing(rows)),
      column('trend_ma12', ({ average }) => average),
      column('remainder_stl', ({ stl, rows }) => stl?.remainder ?? nothing(rows)),
      column('rolling12_sum', ({ rolling }) => rolling),
    ],
    more: { season: found.flatMap(({ season }) => season) },
  }
}

const nothing = (rows: readonly number[]): number[] => rows.map(() => Number.NaN)

function trendOf(table: InputTable, { name, rows }: Series) {
  refuseGaps(table, rows)
  const counts = cellsOf(table, 'count', rows)
  const stl = counts.length > 2 * MONTHS ? stlPeriodic(counts, MONTHS) : null
  const additive = classicalSeason(counts, MONTHS, 'additive')
  const multiplicative = classicalSeason(counts, MONTHS, 'multiplicative')
  const firstMonth = table.numbers('month')[rows[0]!]! - 1
  return {
    name,
    rows,
    stl,
    average: centredAverage(counts, MONTHS),
    rolling: rollingSum(counts, MONTHS),
    season: Array.from({ length: MONTHS }, (_, month) => {
      const place = (month - firstMonth + MONTHS) % MONTHS
      return {
        series: name,
        month: month + 1,
        decompose_multiplicative: multiplicative[place]!,
        decompose_additive: additive[place]!,
        stl_periodic_additive: stl?.seasonal[place] ?? Number.NaN,
      }
    }),
  }
}

function refuseGaps(table: InputTable, rows: readonly number[]): void {
  for (let i = 1; i < rows.length; i++) {
    const missing = monthNumber(table, rows[i]!) - monthNumber(table, rows[i - 1]!) - 1
    if (missing > 0) {
      throw table.fault(
        rows[i]!,
        'month',
        `${missing === 1 ? 'a month is' : `${missing} months are`} missing before it; a trend needs every month, with 0 where nothing happened`,
      )
    }
  }
}
