import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JSDOM } from 'jsdom'
import { packForTests } from '../../../test/pack-for-tests.ts'
import { tester } from '../../../test/temporary-store.ts'
import { testWeb } from '../../../test/web-for-tests.ts'
import type { DatasetCoverage } from '../../evidence/catalogue/coverage.ts'
import { getDataset } from '../../evidence/datasets/index.ts'
import { importFile } from '../../evidence/intake/import-file.ts'
import { addMonths } from '../../platform/calendar.ts'
import { oddMonths, rowsBlock } from './rows-block.ts'

const months = (rows: number[], from = '2018-01') =>
  rows.map((n, i) => ({ month: addMonths(from, i), rows: n }))
const heldOf = (rows: number[]) => {
  const list = months(rows)
  return { from: list[0]!.month, to: list.at(-1)!.month, months: list, gaps: [], rows: 0 }
}
/** A row a day from January 2018 to June 2019. */
const year = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31, 30, 31, 30]
const short = year.with(9, 5)
const today = { pack: packForTests, today: '2022-06-15', evidenceVersion: 'v' }

test('each force is looked at for itself: what one lacks another must not hide', () => {
  const covered: DatasetCoverage = {
    dataset: getDataset('stop-and-search'),
    held: heldOf(year.map(n => 20 * n)),
    forces: [
      { force: 'west-midlands', held: heldOf(short) },
      { force: 'warwickshire', held: heldOf(year.with(3, 90)) },
    ],
  }
  assert.deepEqual(oddMonths(covered), [
    'West Midlands Police: October 2018 has 5 rows, 84% fewer than the months around it (about 31): is the file complete?',
    'Warwickshire Police: April 2018 has 90 rows, 200% more than the months around it (about 30): was something sent twice, or was more done?',
  ])
})

test('datasets of years have no odd months, and a method that is switched off says why', () => {
  const population = { dataset: getDataset('population'), held: heldOf(short), forces: [] }
  assert.deepEqual(oddMonths(population), [])
  assert.equal(rowsBlock(population, today).chart, null)
  const off = {
    ...today,
    pack: {
      ...packForTests,
      methods: packForTests.methods.map(m =>
        m.id === 'control-chart' ? { ...m, off: 'being looked at' } : m,
      ),
    },
  }
  const block = rowsBlock({ ...population, dataset: getDataset('weapons-recovered') }, off)
  assert.deepEqual([block.chart, block.odd], [null, []])
  assert.match(block.because!, /being looked at/)
})

test('the pages of a dataset and of coverage ask whether a month is complete, with chart, table and how it was done', async () => {
  const web = await testWeb()
  const rows = months(short).flatMap(({ month, rows: n }) =>
    Array.from(
      { length: n },
      (_, i) =>
        `SYN-W-${month}-${i},west-midlands,${month}-${String((i % 28) + 1).padStart(2, '0')},knife,1,sweep,,,,`,
    ),
  )
  const report = await importFile(web.store, {
    path: await web.store.file(
      'recovered.csv',
      `recovery_id,force,recovered_on,weapon,quantity,method,operation,longitude,latitude,lsoa_code\n${rows.join('\n')}\n`,
    ),
    actor: tester,
  })
  assert.equal(report.status, 'active', report.refusal ?? '')
  const wordsOf = async (address: string) => {
    const { window } = new JSDOM((await web.browser().get(address)).body)
    return window.document.querySelector('main')!.textContent!.replace(/\s+/g, ' ')
  }
  const sentence =
    /October 2018 has 5 rows, 84% fewer than the months around it \(about 31\): is the file complete\?/
  const page = await wordsOf('/data/datasets/weapons-recovered')
  assert.match(page, sentence)
  assert.match(page, /October 2018 is out of line with the months around it/)
  assert.match(page, /How this was done.*Control chart/)
  assert.match(page, /Oct 2018 ?5 ?31 ?14 to 48 ?fewer/)
  assert.match(await wordsOf('/data/coverage'), sentence)
  await web.close()
})
