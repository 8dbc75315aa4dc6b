import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { tester } from '../../../test/temporary-store.ts'
import { type TestWeb, testWeb } from '../../../test/web-for-tests.ts'
import { getDataset } from '../datasets/index.ts'
import { importFile } from '../intake/import-file.ts'

const header =
  'recovery_id,force,recovered_on,weapon,quantity,method,operation,longitude,latitude,lsoa_code\n'
const row = (n: number, on: string) => `SYN-W-${n},west-midlands,${on},knife,1,sweep,,-1.8972,52.4836,\n`

describe('loads', () => {
  let web: TestWeb
  let id: number
  before(async () => {
    web = await testWeb()
    const content = header + row(1, '2019-03-12') + row(2, '2019-05-12') + row(3, '2019-02-31')
    const report = await importFile(web.store, {
      path: await web.store.file('recovered <b>.csv', content),
      actor: tester,
      acceptRejected: true,
    })
    id = report.loadId!
  })
  after(() => web.close())

  const acts = () =>
    web.store.installation.database.query(
      `select role, event, subject_kind || ' ' || subject_id as subject from audit order by seq desc limit 1`,
    )

  test('the list names the file, escaped, with its result', async () => {
    const { body } = await web.app.inject('/data')
    assert.match(body, /recovered &lt;b&gt;\.csv/)
    assert.match(body, /Weapons recovered/)
    assert.match(body, /Showing 1 to 1 of 1/)
  })

  test('the page of a load says why rows were rejected, and which months it holds', async () => {
    const { body } = await web.app.inject(`/data/loads/${id}`)
    assert.match(body, /Why rows were rejected/)
    assert.match(body, /recovered_on/)
    assert.match(body, /Mar 2019/)
  })

  test('rejected rows can be downloaded by an analyst, and that is recorded before they leave', async () => {
    const answer = await web.app.inject(`/data/loads/${id}/rejected.csv`)
    assert.equal(answer.statusCode, 200)
    assert.match(
      String(answer.headers['content-disposition']),
      /attachment; filename="load-\d+-rejected\.csv"/,
    )
    assert.match(answer.body, /SYN-W-3/)
    assert.deepEqual(await acts(), [
      { role: 'demo', event: 'rejected-rows-downloaded', subject: `load ${id}` },
    ])
  })

  test('a board member sees the load and not the rows', async () => {
    const browser = web.browser()
    await browser.submit('/view-as', '/view-as', { role: 'board-member' })
    const page = await browser.get(`/data/loads/${id}`)
    assert.equal(page.statusCode, 200)
    assert.doesNotMatch(page.body, /rejected\.csv|Withdraw this load/)
    assert.equal((await browser.get(`/data/loads/${id}/rejected.csv`)).statusCode, 404)
    assert.equal((await browser.get(`/data/loads/${id}/withdraw`)).statusCode, 404)
  })

  test('R27 no page or answer tells a board member how many rows a small file has', async () => {
    const browser = web.browser()
    await browser.submit('/view-as', '/view-as', { role: 'board-member' })
    const answer = await browser.get(`/api/loads/${id}`)
    const load = JSON.parse(answer.body) as Record<string, unknown> & { months: unknown[] }
    assert.deepEqual(
      [load.rowsRead, load.rowsAccepted, load.rowsRejected, load.rowsRepeated],
      [5, 5, 5, 0],
      'three rows read, two loaded, one rejected',
    )
    assert.deepEqual(load.months, [
      { month: '2019-03', rows: 5, standing: 5 },
      { month: '2019-05', rows: 5, standing: 5 },
    ])
    const { loads } = JSON.parse((await browser.get('/api/loads')).body) as { loads: unknown[] }
    assert.partialDeepStrictEqual(loads, [{ id, rowsRead: 5 }])
    const numbers = /data-label="Rows[^"]*">[1-4]<|numeric"[^>]*>[1-4]<|\b[1-4] rows?\b/
    for (const page of [
      '/data',
      `/data/loads/${id}`,
      '/data/findings',
      '/data/coverage',
      '/data/datasets/weapons-recovered',
    ]) {
      const { statusCode, body } = await browser.get(page)
      assert.equal(statusCode, 200, page)
      assert.doesNotMatch(body, numbers, page)
    }
  })

  test('coverage tells the month that is missing between two', async () => {
    const { body } = await web.app.inject('/data/coverage')
    assert.match(body, /April 2019/)
  })

  test('a load that does not exist has a page that says so', async () => {
    const answer = await web.app.inject('/data/loads/4711')
    assert.equal(answer.statusCode, 404)
    assert.match(answer.body, /There is no load 4711/)
  })

  test('withdrawing asks first, needs its form, and a second click is no fault', async () => {
    const browser = web.browser()
    const ask = `/data/loads/${id}/withdraw`
    assert.equal((await browser.post(ask)).statusCode, 403)
    const token = await browser.token(ask)
    for (let click = 0; click < 2; click++) {
      const answer = await browser.post(ask, { _csrf: token })
      assert.deepEqual([answer.statusCode, answer.headers.location], [303, `/data/loads/${id}`])
    }
    assert.match((await browser.get(`/data/loads/${id}`)).body, /Withdrawn/)
    assert.match((await browser.get('/data/coverage')).body, /nothing loaded/)
  })
})

test('every dataset has a page, and each that is sent a template with an example row', async () => {
  const web = await testWeb()
  const { body } = await web.app.inject('/data/datasets')
  const pages = [...body.matchAll(/href="(\/data\/datasets\/[a-z-]+)"/g)].map(m => m[1]!)
  assert.ok(pages.length >= 14)
  for (const page of pages) {
    assert.equal((await web.app.inject(page)).statusCode, 200, page)
    const template = await web.app.inject(`${page}/template.csv`)
    if (getDataset(page.split('/').at(-1)!).fromCasework) {
      assert.equal(template.statusCode, 404, 'nobody sends what Concord counts itself')
      continue
    }
    assert.equal(template.body.trim().split('\n').length, 2, page)
  }
  await web.close()
})
