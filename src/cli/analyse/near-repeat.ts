import { setImmediate } from 'node:timers/promises'
import { type NearRepeats, nearRepeatSteps } from '../../analysis/near-repeat.ts'
import { UsageFault } from '../../platform/errors.ts'
import { randomFrom } from '../../synthetic/random.ts'
import { oneOf } from '../arguments.ts'
import { type AnalyseResult, analyseMethod } from './analyse-method.ts'
import { numberOption, numbersOption } from './option-values.ts'

const DISTANCES = '0,0.001,100,200,300,400,500'
const DAYS = '0,7,14,21,28'
/** Between two looks at whether somebody wants it to stop. */
const PERMUTATIONS_AT_ONCE = 64

export const nearRepeatMethod = analyseMethod({
  name: 'near-repeat',
  summary: 'Whether events follow each other nearby and soon more often than chance would have it (Knox)',
  usage: '[--distances E,E,…] [--days E,E,…] [--metric euclidean|manhattan] [--permutations N] [--seed S]',
  details: [
    `  --distances E,E,…   edges of the bands of distance, in the unit of x and y (${DISTANCES})`,
    `  --days E,E,…        edges of the bands of days (${DAYS})`,
    '  --metric euclidean|manhattan   as the crow flies (the default), or along the streets of a grid',
    '  --permutations N    how often the days are dealt anew (999)',
    '  --seed S            a whole number: the same seed gives the same answer (1)',
    '',
    'Bands hold their lower edge and not their upper one: 0,0.001 is the same spot.',
    'Reads: id, x, y (metres), day (whole, from any day).',
    'Writes: space_band, time_band, observed (pairs, each once), knox_ratio_mean, knox_ratio_median (observed over the',
    'mean and the median of the permutations; empty where that is 0), pvalue. By time band, then space band.',
  ].join('\n'),
  options: {
    distances: { type: 'string' },
    days: { type: 'string' },
    metric: { type: 'string' },
    permutations: { type: 'string' },
    seed: { type: 'string' },
  },
  prepare: values => {
    const distances = edgesOption('--distances', values.distances ?? DISTANCES)
    const days = edgesOption('--days', values.days ?? DAYS)
    const metric = oneOf('--metric', values.metric ?? 'euclidean', ['euclidean', 'manhattan'])
    const most = { least: 1, most: 1_000_000, whole: true }
    const permutations = numberOption('--permutations', values.permutations ?? '999', most)
    const seed = numberOption('--seed', values.seed ?? '1', { whole: true })
    return {
      columns: [
        { name: 'id', kind: 'text' },
        { name: 'x', kind: 'number' },
        { name: 'y', kind: 'number' },
        { name: 'day', kind: 'integer' },
      ],
      unique: ['id'],
      run: async (table, terminal) => {
        const steps = nearRepeatSteps(table.numbers('x'), table.numbers('y'), table.numbers('day'), {
          distances,
          days,
          metric,
          permutations,
          random: randomFrom(seed, 'near-repeat').unit,
        })
        let shown = 0
        for (;;) {
          const step = steps.next()
          if (step.done)
            return { ...tableOf(step.value, distances, days), more: { permutations, seed, metric } }
          if (step.value < shown) continue
          shown = step.value + PERMUTATIONS_AT_ONCE
          terminal.progress({ label: 'permutations', done: step.value, of: permutations })
          await setImmediate()
          terminal.signal.throwIfAborted()
        }
      },
    }
  },
})

function edgesOption(option: string, text: string): number[] {
  const edges = numbersOption(option, text, { least: 0 })
  if (edges.length < 2 || edges.some((edge, i) => i > 0 && edge <= edges[i - 1]!)) {
    throw new UsageFault(`${option} is "${text}" but must be at least two numbers that rise.`)
  }
  return edges
}

function tableOf(found: NearRepeats, distances: readonly number[], days: readonly number[]): AnalyseResult {
  const cells = Array.from(found.observed, (_, cell) => cell)
  const bands = (edges: readonly number[], bandOf: (cell: number) => number) =>
    cells.map(cell => `[${edges[bandOf(cell)]},${edges[bandOf(cell) + 1]})`)
  return {
    columns: [
      { name: 'space_band', values: bands(distances, cell => cell % found.spaceBands) },
      { name: 'time_band', values: bands(days, cell => Math.floor(cell / found.spaceBands)) },
      { name: 'observed', values: found.observed },
      { name: 'knox_ratio_mean', values: found.ratioToMean },
      { name: 'knox_ratio_median', values: found.ratioToMedian },
      { name: 'pvalue', values: found.p },
    ],
  }
}
