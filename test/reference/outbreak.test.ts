/** Unusual rises against the R package `surveillance`. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readTable } from '../../src/cli/analyse/read-table.ts'
import { spikesMethod } from '../../src/cli/analyse/spikes.ts'
import { assertNear, referenceAbsent, referencePath, referenceTable } from './reference-table.ts'

const terminal = { signal: new AbortController().signal, progress: () => {} }

/** What `concord analyse spikes` says of the weekly counts, by series and t. */
async function spikes(argv: string[]): Promise<Map<string, Record<string, number>>> {
  const { analysis } = spikesMethod.prepare(argv)
  const table = await readTable(referencePath('outbreak/weekly.csv'), 'weekly.csv', analysis)
  const { columns, more } = await analysis.run(table, terminal)
  const column = new Map([...columns.map(c => [c.name, c.values] as const), ...Object.entries(more!)])
  const cell = (name: string, row: number) => (column.get(name) as ArrayLike<number>)[row]!
  return new Map(
    Array.from({ length: columns[0]!.values.length }, (_, row) => [
      `${cell('series', row)}:${cell('t', row)}`,
      Object.fromEntries([...column.keys()].map(name => [name, cell(name, row)])),
    ]),
  )
}

describe('spikes', { skip: referenceAbsent }, () => {
  test('farrington agrees in limits and alarms; what is not judged has an upper limit of 0', async () => {
    const found = await spikes(['--method', 'farrington', '--last', '52'])
    const expected = referenceTable('outbreak/expected_farrington.csv')
    assert.equal(found.size, expected.length)
    for (const row of expected) {
      const what = `${row.series}:${row.t}`
      const cells = found.get(what)!
      assertNear(cells.upper!, row.upperbound!, 1e-4, what)
      assert.deepEqual([cells.observed, cells.alarm], [Number(row.observed), Number(row.alarm)], what)
    }
  })

  test('farrington-flexible agrees with the delta threshold and with the negative binomial', async () => {
    const delta = await spikes(['--method', 'farrington-flexible', '--last', '52'])
    const plugin = await spikes(['--threshold', 'nb-plugin', '--last', '52'])
    for (const row of referenceTable('outbreak/expected_farrington_flexible.csv')) {
      const what = `${row.series}:${row.t}`
      const cells = delta.get(what)!
      assertNear(cells.expected!, row.expected!, 1e-4, `${what} expected`)
      assertNear(cells.upper!, row.upper_delta!, 1e-4, `${what} delta`)
      assert.ok(Math.abs(cells.pvalue! - Number(row.pvalue)) < 1e-4, `${what} p`)
      assert.ok(Math.abs(cells.score! - Number(row.score)) < 1e-4, `${what} score`)
      assertNear(plugin.get(what)!.upper!, row.upper_nbplugin!, 0, `${what} nbPlugin`)
      assert.deepEqual(
        [cells.alarm, plugin.get(what)!.alarm],
        [Number(row.alarm_delta), Number(row.alarm_nbplugin)],
        what,
      )
    }
  })

  test('the dispersion of the model itself moves the delta limits by no more than two per cent', async () => {
    const sound = await spikes(['--uncertainty', 'quasi-likelihood', '--last', '52'])
    for (const row of referenceTable('outbreak/expected_farrington_flexible.csv')) {
      assertNear(
        sound.get(`${row.series}:${row.t}`)!.upper!,
        row.upper_delta!,
        0.02,
        `${row.series}:${row.t}`,
      )
    }
  })

  test('EARS C1, C2 and C3 agree; C3 without a limit is not judged', async () => {
    for (const method of ['c1', 'c2', 'c3']) {
      const found = await spikes(['--method', `ears-${method}`])
      for (const row of referenceTable('outbreak/expected_ears.csv')) {
        const what = `${method} ${row.series}:${row.t}`
        const cells = found.get(`${row.series}:${row.t}`)!
        assertNear(cells.upper!, row[`${method}_upper`]!, 1e-9, what)
        assertNear(cells.alarm!, row[`${method}_alarm`]!, 0, what)
      }
    }
  })
})
