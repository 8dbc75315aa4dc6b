import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { AnalyseMethod } from './analyse-method.ts'
import { controlChartMethod } from './control-chart.ts'
import { readTable } from './read-table.ts'
import { spikesMethod } from './spikes.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-surveillance-'))
})
after(() => rm(folder, { recursive: true, force: true }))

const terminal = { signal: new AbortController().signal, progress: () => {} }

async function analyse(method: AnalyseMethod, argv: string[], lines: readonly string[]) {
  const path = join(folder, 'given.csv')
  await writeFile(path, `${lines.join('\n')}\n`)
  const { analysis } = method.prepare(argv)
  const { columns } = await analysis.run(await readTable(path, 'given.csv', analysis), terminal)
  return Object.fromEntries(columns.map(c => [c.name, Array.from(c.values as ArrayLike<number | string>)]))
}

const says = (sentence: RegExp) => (error: unknown) =>
  error instanceof Error && sentence.test(error.message) && error.message.length < 300

const weekly = (weeks: number, count: (t: number) => number) => [
  'series,t,count',
  ...Array.from({ length: weeks }, (_, t) => `A,${t + 1},${count(t)}`),
]

test('the order of the rows of a file changes nothing but the order of series', async () => {
  const rows = Array.from({ length: 20 }, (_, t) => `A,${t + 1},${(t * 37) % 11}`)
  const found = await analyse(controlChartMethod, [], ['series,t,value', ...rows])
  const shuffled = rows.toSorted((a, b) => a.length - b.length || (a < b ? 1 : -1))
  assert.deepEqual(await analyse(controlChartMethod, [], ['series,t,value', ...shuffled]), found)
  assert.deepEqual(found.t!.slice(8, 11), ['9', '10', '11'])
})

test('a file without the column series holds one series, and dates serve as t', async () => {
  const found = await analyse(
    controlChartMethod,
    ['--rebase', '2021-06-01'],
    ['t,value', '2021-06-01,9', '2021-05-01,2', '2021-04-01,4'],
  )
  assert.deepEqual(found.t, ['2021-04-01', '2021-05-01', '2021-06-01'])
  assert.deepEqual(found.mean, [3, 3, 9])
  assert.deepEqual(found.upper, [3 + 2.66 * 2, 3 + 2.66 * 2, Number.NaN])
})

test('a share above one, a denominator of 0 and a month given twice are refused by row and column', async () => {
  const p = ['--chart', 'p']
  const heading = 'series,t,numerator,denominator'
  await assert.rejects(
    analyse(controlChartMethod, p, [heading, 'A,1,3,9', 'A,2,10,9']),
    says(/Row 3, column numerator.*10 is more than its denominator 9/),
  )
  await assert.rejects(
    analyse(controlChartMethod, p, [heading, 'A,1,0,0']),
    says(/Row 2, column denominator.*0 is not above 0/),
  )
  await assert.rejects(
    analyse(controlChartMethod, [], ['series,t,value', 'A,1,3', 'A,1,4']),
    says(/Row 3 of given.csv repeats/),
  )
  await assert.rejects(
    analyse(controlChartMethod, [], ['series,t,value', 'A,1,NaN']),
    says(/Row 2, column value/),
  )
})

test('options of another chart or method, and times that the file lacks, are wrong usage', async () => {
  assert.throws(() => controlChartMethod.prepare(['--lambda', '0.3']), says(/--lambda is for --chart ewma/))
  assert.throws(
    () => controlChartMethod.prepare(['--chart', 'cusum', '--rules', 'nhs']),
    says(/--rules is for/),
  )
  assert.throws(
    () => spikesMethod.prepare(['--method', 'farrington', '--seasons', '4']),
    says(/--seasons is for --method farrington-flexible/),
  )
  await assert.rejects(
    analyse(controlChartMethod, ['--rebase', '7'], ['t,value', '1,3']),
    says(/--rebase names "7"/),
  )
})

test('a week left out and a series too short are told, with what is needed', async () => {
  const ears = ['--method', 'ears-c1']
  await assert.rejects(
    analyse(spikesMethod, ears, ['series,t,count', 'A,1,3', 'A,3,4']),
    says(/Row 3, column t.*3 follows 1/),
  )
  await assert.rejects(
    analyse(
      spikesMethod,
      [],
      weekly(60, () => 4),
    ),
    says(/after 60 points, and judging takes 264/),
  )
})

test('spikes judges what has a history, or only the last points', async () => {
  const lines = weekly(20, t => (t === 19 ? 40 : 3 + (t % 2)))
  const found = await analyse(spikesMethod, ['--method', 'ears-c2'], lines)
  assert.equal(found.t!.length, 20 - 9)
  assert.deepEqual([found.observed!.at(-1), found.alarm!.at(-1)], [40, 1])
  const last = await analyse(spikesMethod, ['--method', 'ears-c2', '--last', '1'], lines)
  assert.deepEqual(last.upper, found.upper!.slice(-1))
})
