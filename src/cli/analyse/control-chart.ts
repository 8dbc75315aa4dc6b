import type { AnhoejSignal } from '../../analysis/anhoej.ts'
import { UsageFault } from '../../platform/errors.ts'
import { oneOf } from '../arguments.ts'
import { type AnalyseResult, analyseMethod, type InputColumn, type InputTable } from './analyse-method.ts'
import { type ChartSignals, ruleNames } from './chart-signals.ts'
import { type Chart, type ChartSettings, charts, drawChart, hasDenominator } from './draw-chart.ts'
import { numberOption } from './option-values.ts'
import { type SeriesRows, seriesInOrder } from './series-rows.ts'

export const controlChartMethod = analyseMethod({
  name: 'control-chart',
  summary: 'Which points of a series differ from its own ordinary variation',
  usage:
    '--chart xmr|p|u|c|p-prime|u-prime|ewma|cusum [--rules nhs|western-electric|anhoej] [--improvement up|down|neutral] [--rebase T,…] [--fix-after N] [--screen-outliers yes|no] [--lambda L] [--sigmas S] [--shift S] [--interval H]',
  details: [
    '  --chart           xmr for single values (the default); c for counts, u for rates, p for shares; p-prime and',
    '                    u-prime where denominators are large (Laney); ewma and cusum for small lasting shifts',
    '  --rules           nhs (the default): outside, seven on one side, seven rising or falling, two of three close;',
    '                    western-electric; or anhoej, which speaks of the whole stretch. Not for ewma and cusum',
    '  --improvement     which way is better, for the column meaning (neutral, the default, says high or low)',
    '  --rebase T,…      a new baseline begins at these values of t, in every series that has them',
    '  --fix-after N     limits rest on the first N points of each baseline',
    '  --screen-outliers xmr: leave out moving ranges from 3.267 times their mean on (yes with the rules nhs)',
    '  --lambda --sigmas ewma: weight of the newest value (0.2) and width of the limits (2.7)',
    '  --shift --interval cusum: shift to be seen (1) and decision interval (5), in standard deviations',
    '',
    'Reads: series (may be absent: one series), t, and value; p, u and their primes read numerator, denominator.',
    'Writes: series, t, mean, lower, upper, outside, run, trend, close_to_limits, signal (0 or 1), reason (which rule)',
    'and meaning (improvement, concern, high or low; none where a rule speaks of the whole stretch). p and u add',
    'value, ewma adds ewma, cusum adds cusum_pos and cusum_neg. Series in the order of the file, points by t.',
    'signal is 1 where a rule holds; with western-electric close_to_limits is two of three or four of five. Limits of',
    'xmr are 2.66 mean moving ranges with the rules nhs, 3/1.128 otherwise. lower and upper of cusum are its decision',
    'interval, in standard deviations as its sums are. One point has a mean and no limits;',
    'equal points have limits at their mean and no signal. --json adds the baselines, and the runs of anhoej.',
  ].join('\n'),
  options: {
    chart: { type: 'string' },
    rules: { type: 'string' },
    improvement: { type: 'string' },
    rebase: { type: 'string' },
    'fix-after': { type: 'string' },
    'screen-outliers': { type: 'string' },
    lambda: { type: 'string' },
    sigmas: { type: 'string' },
    shift: { type: 'string' },
    interval: { type: 'string' },
  },
  prepare: values => {
    const chart = oneOf('--chart', values.chart ?? 'xmr', charts)
    refuseOptionsOfOthers(chart, values)
    const rules = oneOf('--rules', values.rules ?? 'nhs', ruleNames)
    const improvement = oneOf('--improvement', values.improvement ?? 'neutral', ['up', 'down', 'neutral'])
    const screen = oneOf('--screen-outliers', values['screen-outliers'] ?? (rules === 'nhs' ? 'yes' : 'no'), [
      'yes',
      'no',
    ])
    const fixAfter = values['fix-after']
    const settings: ChartSettings = {
      chart,
      rules,
      screenOutliers: screen === 'yes',
      fixAfter:
        fixAfter === undefined ? undefined : numberOption('--fix-after', fixAfter, { least: 2, whole: true }),
      lambda: numberOption('--lambda', values.lambda ?? '0.2', { above: 0, most: 1 }),
      sigmas: numberOption('--sigmas', values.sigmas ?? '2.7', { above: 0 }),
      shift: numberOption('--shift', values.shift ?? '1', { above: 0 }),
      interval: numberOption('--interval', values.interval ?? '5', { above: 0 }),
    }
    const rebase = values.rebase?.split(',').map(t => t.trim()) ?? []
    return {
      columns: inputColumns(chart),
      unique: ['series', 't'],
      run: table => {
        refuseOddCells(table, chart)
        const all = seriesInOrder(table)
        refuseUnknownTimes(table, rebase)
        return chartTable(table, all, settings, rebase, improvement)
      },
    }
  },
})

function inputColumns(chart: Chart): InputColumn[] {
  const kind = chart === 'c' ? 'count' : 'number'
  return [
    { name: 'series', kind: 'text', optional: true },
    { name: 't', kind: 'text' },
    ...(hasDenominator(chart)
      ? ([
          { name: 'numerator', kind: 'count' },
          { name: 'denominator', kind: 'number' },
        ] as const)
      : ([{ name: 'value', kind }] as const)),
  ]
}

const optionsOf: Record<string, readonly Chart[]> = {
  rules: ['xmr', 'p', 'u', 'c', 'p-prime', 'u-prime'],
  'screen-outliers': ['xmr'],
  lambda: ['ewma'],
  sigmas: ['ewma'],
  shift: ['cusum'],
  interval: ['cusum'],
}

function refuseOptionsOfOthers(chart: Chart, values: Record<string, string | boolean | undefined>): void {
  for (const [option, those] of Object.entries(optionsOf)) {
    if (values[option] !== undefined && !those.includes(chart)) {
      throw new UsageFault(`--${option} is for --chart ${those.join(', ')}, not ${chart}.`)
    }
  }
}

function refuseOddCells(table: InputTable, chart: Chart): void {
  if (!hasDenominator(chart)) return
  const numerator = table.numbers('numerator')
  const denominator = table.numbers('denominator')
  for (let row = 0; row < table.rows; row++) {
    if (!(denominator[row]! > 0)) throw table.fault(row, 'denominator', `${denominator[row]} is not above 0`)
    if (chart.startsWith('p') && numerator[row]! > denominator[row]!) {
      throw table.fault(
        row,
        'numerator',
        `${numerator[row]} is more than its denominator ${denominator[row]}`,
      )
    }
  }
}

function refuseUnknownTimes(table: InputTable, rebase: readonly string[]): void {
  const known = new Set(table.texts('t'))
  const unknown = rebase.find(t => !known.has(t))
  if (unknown !== undefined) throw new UsageFault(`--rebase names "${unknown}", which is no t of the file.`)
}

function chartTable(
  table: InputTable,
  all: readonly SeriesRows[],
  settings: ChartSettings,
  rebase: readonly string[],
  improvement: 'up' | 'down' | 'neutral',
): AnalyseResult {
  const t = table.texts('t')
  const drawn = all.map(series => {
    const rebaseAt = series.rows.flatMap((row, i) => (rebase.includes(t[row]!) ? [i] : []))
    return { series, ...drawChart(table, series, settings, rebaseAt) }
  })
  const numbers = (name: string, of: (d: (typeof drawn)[number]) => Iterable<number>) => ({
    name,
    values: Float64Array.from(drawn.flatMap(d => [...of(d)])),
  })
  const flags = (name: string, of: (signals: ChartSignals) => Int8Array) =>
    numbers(name, d => of(d.signals).map(Math.abs))
  return {
    columns: [
      { name: 'series', values: drawn.flatMap(({ series }) => series.rows.map(() => series.name)) },
      { name: 't', values: drawn.flatMap(({ series }) => series.rows.map(row => t[row]!)) },
      numbers('mean', d => d.limits.mean),
      numbers('lower', d => d.limits.lower),
      numbers('upper', d => d.limits.upper),
      flags('outside', s => s.outside),
      flags('run', s => s.run),
      flags('trend', s => s.trend),
      flags('close_to_limits', s => s.closeToLimits),
      flags('signal', s => s.signal),
      { name: 'reason', values: drawn.flatMap(d => d.signals.reason) },
      {
        name: 'meaning',
        values: drawn.flatMap(d => Array.from(d.signals.direction, way => meaningOf(way, improvement))),
      },
      ...Object.keys(drawn[0]?.statistics ?? {}).map(name => numbers(name, d => d.statistics[name]!)),
    ],
    more: {
      baselines: drawn.flatMap(({ series, within, signals }) =>
        within.map(({ start, end, baselineEnd }, s) => ({
          series: series.name,
          from: t[series.rows[start]!],
          to: t[series.rows[end - 1]!],
          limits_rest_on: baselineEnd - start,
          ...(signals.runs === undefined ? {} : { runs: runsInWords(signals.runs[s]) }),
        })),
      ),
    },
  }
}

function meaningOf(way: number, improvement: 'up' | 'down' | 'neutral'): string {
  if (way === 0) return ''
  if (improvement === 'neutral') return way > 0 ? 'high' : 'low'
  return way > 0 === (improvement === 'up') ? 'improvement' : 'concern'
}

const runsInWords = (runs: AnhoejSignal | null | undefined) =>
  runs && {
    n_useful: runs.useful,
    longest_run: runs.longestRun,
    longest_run_max: runs.longestRunAllowed,
    n_crossings: runs.crossings,
    n_crossings_min: runs.crossingsNeeded,
    runs_signal: runs.signal,
  }
