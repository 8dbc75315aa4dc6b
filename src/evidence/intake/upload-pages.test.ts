import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { after, before, beforeEach, describe, test } from 'node:test'
import { type TestBrowser, type TestWeb, testWeb, type UploadPart } from '../../../test/web-for-tests.ts'

const header =
  'recovery_id,force,recovered_on,weapon,quantity,method,operation,longitude,latitude,lsoa_code\n'
const row = (n: number, on = '2019-03-12') =>
  `SYN-W-${n},west-midlands,${on},knife,1,sweep,,-1.8972,52.4836,\n`
const good = (from: number, to: number) =>
  header + Array.from({ length: to - from + 1 }, (_, i) => row(from + i)).join('')

describe('sending files', () => {
  let web: TestWeb
  let browser: TestBrowser
  before(async () => {
    web = await testWeb()
  })
  after(() => web.close())
  beforeEach(() => {
    browser = web.browser()
  })

  const incoming = async () =>
    (await readdir(web.store.installation.folder.incoming)).filter(name => name.startsWith('upload-'))

  const send = async (file: { fileName: string; content: string }, fields: Record<string, string> = {}) => {
    const parts: UploadPart[] = [
      { name: '_csrf', value: await browser.token('/data/upload') },
      ...Object.entries(fields).map(([name, value]) => ({ name, value })),
      { name: 'files', ...file },
    ]
    return browser.upload('/data/upload', parts)
  }

  /** The page of a sending once it is finished. */
  const finished = async (url: string): Promise<string> => {
    for (;;) {
      const page = await browser.get(url)
      if (page.statusCode !== 200 || !page.body.includes('data-finished="no"')) return page.body
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }

  test('a sound file is loaded, and its sender sees the load', async () => {
    const answer = await send({ fileName: 'march.csv', content: good(1, 3) })
    assert.equal(answer.statusCode, 303)
    const body = await finished(String(answer.headers.location))
    assert.match(body, /march\.csv/)
    assert.match(body, /3 rows? loaded/)
    assert.deepEqual(await incoming(), [], 'nothing is left in the incoming folder')
  })

  test('the very same file changes nothing', async () => {
    const answer = await send({ fileName: 'march again.csv', content: good(1, 3) })
    assert.match(await finished(String(answer.headers.location)), /loaded already/)
  })

  test('a name that climbs out of the folder is shown without its path and used nowhere', async () => {
    const answer = await send({ fileName: '../../../evil.csv', content: good(10, 12) })
    const body = await finished(String(answer.headers.location))
    assert.match(body, /evil\.csv/)
    assert.doesNotMatch(body, /\.\.\//)
    const [load] = await web.store.installation.database.query<{ file_name: string }>(
      'select file_name from loads order by id desc limit 1',
    )
    assert.equal(load?.file_name, 'evil.csv')
  })

  test('trying a file loads nothing until it is said so', async () => {
    const tried = await send({ fileName: 'april.csv', content: good(20, 24) }, { dryRun: 'yes' })
    const page = String(tried.headers.location)
    assert.match(await finished(page), /5 rows would be loaded/)
    assert.doesNotMatch((await browser.get('/data')).body, /april\.csv/)
    const loaded = await browser.submit(`${page}/load`, page)
    assert.match(await finished(String(loaded.headers.location)), /april\.csv/)
    assert.match((await browser.get('/data')).body, /april\.csv/)
    assert.deepEqual(await incoming(), [])
  })

  test('too many rejected rows wait for a decision, and can be loaded without the bad ones', async () => {
    const content = good(30, 32) + row(33, '2019-31-02') + row(34, 'yesterday')
    const sent = await send({ fileName: 'may.csv', content })
    const page = String(sent.headers.location)
    const body = await finished(page)
    assert.match(body, /Waiting for you/)
    assert.match(body, /2 of 5 rows/)
    const loaded = await browser.submit(`${page}/load`, page)
    assert.match(await finished(String(loaded.headers.location)), /3 rows? loaded/)
  })

  test('a file that cannot be used says why', async () => {
    const sent = await send({ fileName: 'empty.csv', content: header })
    assert.match(await finished(String(sent.headers.location)), /Cannot be used/)
  })

  test('a form without a file is sent back with what was typed', async () => {
    const answer = await browser.upload('/data/upload', [
      { name: '_csrf', value: await browser.token('/data/upload') },
      { name: 'supplier', value: 'ambulance <b>' },
      { name: 'files', fileName: '', content: '' },
    ])
    assert.equal(answer.statusCode, 400)
    assert.match(answer.body, /<title>Error: Send a file/)
    assert.match(answer.body, /Choose a file to send/)
    assert.match(answer.body, /value="ambulance &lt;b&gt;"/)
  })

  test('a forged form writes nothing, not even for a moment', async () => {
    await browser.get('/data/upload')
    const forged = await browser.upload('/data/upload', [
      { name: 'files', fileName: 'forged.csv', content: good(40, 41) },
      { name: '_csrf', value: await browser.token('/data/upload') },
    ])
    assert.equal(forged.statusCode, 403)
    assert.deepEqual(await incoming(), [])
    assert.doesNotMatch((await browser.get('/data')).body, /forged\.csv/)
  })

  test('somebody who may not send files finds no form and no sending', async () => {
    await browser.submit('/view-as', '/view-as', { role: 'board-member' })
    assert.equal((await browser.get('/data/upload')).statusCode, 404)
    const answer = await browser.upload('/data/upload', [
      { name: '_csrf', value: await browser.token('/view-as') },
      { name: 'files', fileName: 'board.csv', content: good(50, 51) },
    ])
    assert.equal(answer.statusCode, 404)
    assert.deepEqual(await incoming(), [])
  })
})
