import { oneOf } from '../arguments.ts'
import { type AnalyseResult, analyseMethod, type InputTable } from './analyse-method.ts'
import { numberOption } from './option-values.ts'
import { cellsInOrder, type SeriesRows, seriesInOrder } from './series-rows.ts'
import { type Detector, detectorOf, refuseOptionsOfOthers, spikeMethods } from './spike-detector.ts'

const texts = { type: 'string' } as const

export const spikesMethod = analyseMethod({
  name: 'spikes',
  summary: 'Which counts are higher than the season and the history of their series explain',
  usage:
    '[--method farrington|farrington-flexible|ears-c1|ears-c2|ears-c3] [--last N] [--alpha A] [--period P] [--years B] [--half-window W] [--trend yes|no] [--reweight yes|no] [--power 2/3|1/2|none] [--least-cases N] [--threshold delta|nb-plugin] [--seasons N] [--leave-out N] [--reweight-above R] [--trend-below P] [--uncertainty surveillance|quasi-likelihood] [--baseline N] [--least-deviation S] [--c3 surveillance|published]',
  details: [
    '  --method          farrington-flexible (the default) and farrington need five years of history; EARS needs',
    '                    seven points (c1), nine (c2, which leaves the two latest out) or eleven (c3)',
    '  --last N          judge the last N points of each series only; otherwise all that have a history',
    '  --alpha A         chance of a false alarm: 0.01 one-sided (farrington-flexible), 0.05 two-sided (farrington),',
    '                    0.001 (c1, c2), 0.025 (c3)',
    '  Both Farrington methods: --period 52 points a year; --years 5; --half-window 3; --trend yes; --reweight yes;',
    '  --power 2/3; --least-cases 5 in the last four points, below which a point is not judged.',
    '  farrington-flexible: --threshold delta, or nb-plugin; --seasons 10; --leave-out 26 latest points;',
    '  --reweight-above 2.58; --trend-below 1; --uncertainty surveillance as the R package has it, or',
    '  quasi-likelihood as the model has it (limits differ by up to 2 %).',
    '  EARS: --baseline 7 points; --least-deviation 0; --c3 surveillance, whose limit asks only whether the two',
    '  points before were high, as the R package has it, or published, which adds up all three.',
    '',
    'Reads: series (may be absent: one series), t (whole numbers, none left out), count.',
    'Writes: series, t, observed, expected, upper, alarm (0 or 1), a row for each point that has a history; series in',
    'the order of the file, points by t. A point that is not judged has no alarm, and an upper of 0 (farrington) or',
    'none (farrington-flexible; expected is empty too). Under ears-c3 alarm is empty too where the history does not',
    'vary. --json adds score, pvalue, trend and judged, as lists in the order of the rows.',
  ].join('\n'),
  options: {
    method: texts,
    last: texts,
    alpha: texts,
    period: texts,
    years: texts,
    'half-window': texts,
    trend: texts,
    reweight: texts,
    power: texts,
    'least-cases': texts,
    threshold: texts,
    seasons: texts,
    'leave-out': texts,
    'reweight-above': texts,
    'trend-below': texts,
    uncertainty: texts,
    baseline: texts,
    'least-deviation': texts,
    c3: texts,
  },
  prepare: values => {
    const method = oneOf('--method', values.method ?? 'farrington-flexible', spikeMethods)
    refuseOptionsOfOthers(method, values)
    const last =
      values.last === undefined ? undefined : numberOption('--last', values.last, { least: 1, whole: true })
    const detector = detectorOf(method, values)
    return {
      columns: [
        { name: 'series', kind: 'text', optional: true },
        { name: 't', kind: 'text' },
        { name: 'count', kind: 'count' },
      ],
      unique: ['series', 't'],
      run: table => {
        const all = seriesInOrder(table)
        for (const series of all) refuseGaps(table, series)
        return spikeTable(table, all, detector, last)
      },
    }
  },
})

function refuseGaps(table: InputTable, { rows }: SeriesRows): void {
  const t = table.texts('t')
  for (const [i, row] of rows.entries()) {
    if (!Number.isSafeInteger(Number(t[row])))
      throw table.fault(row, 't', `"${t[row]}" is not a whole number`)
    if (i === 0) continue
    const before = t[rows[i - 1]!]!
    if (Number(t[row]) !== Number(before) + 1) {
      throw table.fault(
        row,
        't',
        `${t[row]} follows ${before}; every point must be there, with 0 where nothing happened`,
      )
    }
  }
}

function spikeTable(
  table: InputTable,
  all: readonly SeriesRows[],
  { history, notJudged, judge }: Detector,
  last: number | undefined,
): AnalyseResult {
  const longest = all.reduce((most, { rows }) => Math.max(most, rows.length), 0)
  if (longest <= history) {
    const end = all.find(({ rows }) => rows.length === longest)!.rows.at(-1)!
    throw table.fault(
      end,
      't',
      `the longest series ends here after ${longest} points, and judging takes ${history + 1}`,
    )
  }
  const t = table.texts('t')
  const judged = all.map(series => {
    const from = Math.max(history, last === undefined ? 0 : series.rows.length - last)
    const counts = cellsInOrder(table, 'count', series)
    return { series, from, counts, spikes: judge(counts, from) }
  })
  const column = (name: string, of: (d: (typeof judged)[number]) => ArrayLike<number>) => ({
    name,
    values: Float64Array.from(judged.flatMap(d => Array.from(of(d)).slice(d.from))),
  })
  const upper = (d: (typeof judged)[number]) =>
    d.spikes.upper.map((limit, i) => (d.spikes.judged[i] ? limit : notJudged.upper))
  const alarm = (d: (typeof judged)[number]) =>
    Float64Array.from(d.spikes.alarm, (raised, i) => (d.spikes.judged[i] ? raised : notJudged.alarm))
  return {
    columns: [
      { name: 'series', values: judged.flatMap(d => d.series.rows.slice(d.from).map(() => d.series.name)) },
      { name: 't', values: judged.flatMap(d => d.series.rows.slice(d.from).map(row => t[row]!)) },
      column('observed', d => d.counts),
      column('expected', d => d.spikes.expected),
      column('upper', upper),
      column('alarm', alarm),
    ],
    more: {
      score: column('score', d => d.spikes.score).values,
      pvalue: column('pvalue', d => d.spikes.pValue).values,
      trend: column('trend', d => d.spikes.trend).values,
      judged: column('judged', d => d.spikes.judged).values,
    },
  }
}
