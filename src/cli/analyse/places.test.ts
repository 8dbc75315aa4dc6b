import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { AnalyseMethod, AnalyseResult } from './analyse-method.ts'
import { globalMoranMethod } from './global-moran.ts'
import { hotspotRankingMethod } from './hotspot-ranking.ts'
import { localGMethod } from './local-g.ts'
import { localMoranMethod } from './local-moran.ts'
import { nearRepeatMethod } from './near-repeat.ts'
import { readTable } from './read-table.ts'

describe('the methods on maps, from a file', () => {
  let folder = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'concord-places-'))
  })
  after(() => rm(folder, { recursive: true }))

  async function analyse(method: AnalyseMethod, csv: string, ...options: string[]): Promise<AnalyseResult> {
    const { analysis } = method.prepare(options)
    const path = join(folder, 'input.csv')
    await writeFile(path, csv)
    const table = await readTable(path, 'input.csv', analysis)
    return analysis.run(table, { signal: new AbortController().signal, progress: () => {} })
  }
  const column = (result: AnalyseResult, name: string) => {
    const found = result.columns.find(c => c.name === name)
    assert.ok(found, `${name} among ${result.columns.map(c => c.name)}`)
    return Array.from<string | number>(found.values)
  }

  // Mean 1, variance 3: the z of the last cell by the rook's rule is 1.
  const row = 'cell,col,row,count\na,0,0,0\nb,1,0,0\nc,2,0,0\nd,3,0,4\n'

  test('local-g writes a row for each cell in the order of the file', async () => {
    const result = await analyse(localGMethod, row, '--neighbours', 'rook')
    assert.deepEqual(
      result.columns.map(c => c.name),
      ['cell', 'z', 'p_two_sided', 'p_bonferroni', 'p_fdr_bh'],
    )
    assert.deepEqual(column(result, 'cell'), ['a', 'b', 'c', 'd'])
    assert.ok(Math.abs(Number(column(result, 'z')[3]) - 1) < 1e-12)
    assert.deepEqual(result.more, { statistic: 'Gi*', falseDiscoveryRate: 0.05, hot: 0, cold: 0 })
    const gi = await analyse(localGMethod, row, '--neighbours', 'distance:1', '--no-self')
    assert.ok(Number.isNaN(column(gi, 'z')[3]))
    assert.equal(gi.more?.statistic, 'Gi')
  })

  test('hexagons and points have their own columns', async () => {
    const hex = await analyse(localGMethod, row.replace('col,row', 'q,r'), '--shape', 'hex', '--rings', '2')
    assert.equal(column(hex, 'z').length, 4)
    const points = row.replace('cell,col,row', 'area,x,y')
    const band = await analyse(localGMethod, points, '--shape', 'points', '--band', '1')
    assert.deepEqual(column(band, 'area'), ['a', 'b', 'c', 'd'])
    assert.ok(Math.abs(Number(column(band, 'z')[3]) - 1) < 1e-12)
    await assert.rejects(analyse(localGMethod, row, '--shape', 'hex'), /q/)
  })

  test('options that do not go together are wrong usage', () => {
    for (const [options, reason] of [
      [['--rings', '1'], /--rings does not go with --shape grid/],
      [['--shape', 'points'], /needs one of --band and --knn/],
      [['--shape', 'points', '--band', '1', '--knn', '2'], /needs one of --band and --knn/],
      [['--neighbours', 'bishop'], /must be queen, rook or distance:D/],
      [['--neighbours', 'distance:0'], /must be a number above 0/],
      [['--standardise', 'Z'], /must be B or W/],
    ] as const) {
      assert.throws(() => localGMethod.prepare([...options]), reason)
    }
  })

  test('two cells in one place are told with the row', async () => {
    await assert.rejects(
      analyse(localGMethod, `${row}e,3,0,1\n`),
      /Row 6, column col.*another cell lies at col 3, row 0/,
    )
  })

  test('local-moran and global-moran', async () => {
    const board = `cell,col,row,count\n${Array.from({ length: 16 }, (_, i) => `${i},${i % 4},${i >> 2},${((i & 1) + (i >> 2)) % 2}`).join('\n')}\n`
    const local = await analyse(localMoranMethod, board, '--neighbours', 'rook')
    for (const value of column(local, 'I')) assert.ok(Math.abs(Number(value) + 1) < 1e-12)
    const whole = await analyse(globalMoranMethod, board, '--neighbours', 'rook')
    assert.ok(Math.abs(Number(column(whole, 'moran_i')[0]) + 1) < 1e-12)
    // No two cells with a count touch.
    assert.equal(column(whole, 'general_g')[0], 0)
    const below = await analyse(globalMoranMethod, board.replaceAll(',1\n', ',-1\n'), '--neighbours', 'rook')
    assert.deepEqual(column(below, 'general_g'), [Number.NaN])
  })

  test('hotspot-ranking ranks by predicted over area, and refuses an area of nothing', async () => {
    const cells = 'cell,observed,predicted,area\na,6,4,1\nb,3,8,1\nc,0,2,2\nd,1,4,1\n'
    const result = await analyse(hotspotRankingMethod, cells)
    assert.deepEqual(column(result, 'cell'), ['b', 'd', 'a', 'c'])
    assert.deepEqual(column(result, 'Order'), [1, 2, 3, 4])
    assert.equal(result.more?.cellsFor50Percent, 1)
    await assert.rejects(
      analyse(hotspotRankingMethod, `${cells}e,1,1,0\n`),
      /Row 6, column area.*an area of 0 cannot be ranked/,
    )
    await assert.rejects(
      analyse(hotspotRankingMethod, `${cells}e,-1,1,1\n`),
      /column observed.*-1 is below 0/,
    )
  })

  test('near-repeat names its bands, and goes by time band and then by distance', async () => {
    const events = 'id,x,y,day\n1,0,0,10\n2,0,0,12\n3,50,0,20\n'
    const options = ['--distances', '0,0.001,100', '--days', '0,7,14', '--permutations', '9', '--seed', '4']
    const result = await analyse(nearRepeatMethod, events, ...options)
    assert.deepEqual(column(result, 'space_band'), ['[0,0.001)', '[0.001,100)', '[0,0.001)', '[0.001,100)'])
    assert.deepEqual(column(result, 'time_band'), ['[0,7)', '[0,7)', '[7,14)', '[7,14)'])
    assert.deepEqual(column(result, 'observed'), [1, 0, 0, 2])
    assert.deepEqual(await analyse(nearRepeatMethod, events, ...options), result)
    assert.throws(() => nearRepeatMethod.prepare(['--days', '7,0']), /must be at least two numbers that rise/)
    await assert.rejects(analyse(nearRepeatMethod, `${events}3,1,1,1\n`), /repeats id "3"/)
  })

  test('near-repeat stops when it is told to', async () => {
    const { analysis } = nearRepeatMethod.prepare(['--permutations', '100000'])
    const path = join(folder, 'stopped.csv')
    await writeFile(path, 'id,x,y,day\n1,0,0,10\n2,0,0,12\n')
    const table = await readTable(path, 'stopped.csv', analysis)
    const running = analysis.run(table, { signal: AbortSignal.abort(), progress: () => {} })
    await assert.rejects(async () => running, /abort/i)
  })
})
