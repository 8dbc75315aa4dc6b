import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { Value } from 'typebox/value'
import { type TestWeb, testWeb } from '../../../test/web-for-tests.ts'
import { Figure, LoadDetail } from './schemas.ts'

const KEY = 'key-of-this-server'
const header =
  'recovery_id,force,recovered_on,weapon,quantity,method,operation,longitude,latitude,lsoa_code\n'
const row = (n: number, on: string, weapon = 'knife') =>
  `SYN-W-${n},west-midlands,${on},${weapon},1,sweep,,-1.8972,52.4836,\n`
const file = header + row(1, '2019-03-12') + row(2, '2019-03-20') + row(3, '2019-05-12', 'machete')

describe('the API', () => {
  let web: TestWeb
  before(async () => {
    web = await testWeb({ synthetic: false, apiKey: KEY })
  })
  after(() => web.close())

  const bearer = { authorization: `Bearer ${KEY}` }
  const get = (url: string, headers = {}) => web.app.inject({ url, headers })
  const send = (query: string, payload: string, headers: Record<string, string> = bearer) =>
    web.app.inject({
      method: 'POST',
      url: `/api/loads?${query}`,
      headers: { 'content-type': 'application/octet-stream', ...headers },
      payload,
    })

  test('a file is sent as the body, and its load can be read back', async () => {
    const answer = await send('name=recovered.csv', file)
    assert.equal(answer.statusCode, 200)
    assert.deepEqual(
      [answer.json().status, answer.json().rowsAccepted, answer.json().fileName],
      ['active', 3, 'recovered.csv'],
    )
    const load = await get(`/api/loads/${answer.json().loadId}`, bearer)
    assert.ok(Value.Check(LoadDetail, load.json()))
    const list = await get('/api/loads?limit=1', bearer)
    assert.deepEqual([list.json().total, list.json().loads[0].fileName], [1, 'recovered.csv'])
  })

  test('trying a file writes nothing', async () => {
    const answer = await send('name=more.csv&dryRun=true', header + row(9, '2019-07-01'))
    assert.equal(answer.json().status, 'dry-run')
    assert.equal((await get('/api/loads', bearer)).json().total, 1)
  })

  test('nothing is changed without the key, whatever cookie comes along', async () => {
    for (const headers of [{}, { authorization: 'Bearer guess' }, { authorization: KEY }]) {
      assert.equal((await send('name=forged.csv', file, headers as Record<string, string>)).statusCode, 404)
    }
    assert.equal((await web.app.inject({ method: 'POST', url: '/api/loads/1/withdraw' })).statusCode, 404)
    assert.equal((await get('/api/loads', bearer)).json().total, 1)
  })

  test('a figure has the agreed shape, and asking twice gives the same bytes', async () => {
    const url = '/api/figures/weapons-recovered?by=weapon&from=2019-03&to=2019-05&compare=2018-03..2018-05'
    const [one, two] = [await get(url, bearer), await get(url, bearer)]
    assert.equal(one.statusCode, 200)
    assert.equal(one.body, two.body)
    const figure = one.json()
    assert.ok(Value.Check(Figure, figure), JSON.stringify(Value.Errors(Figure, figure).slice(0, 3)))
    for (const key of [
      'id',
      'measure',
      'title',
      'unit',
      'period',
      'by',
      'where',
      'comparator',
      'rows',
      'unknown',
    ]) {
      assert.ok(key in figure, key)
    }
    assert.deepEqual(Object.keys(figure.lineage), ['evidenceVersion', 'sql', 'files', 'rowsRead'])
    const rows: Record<string, unknown>[] = figure.rows
    const knives = rows.find(r => (r.codes as { weapon: string }).weapon === 'knife')
    assert.deepEqual([knives?.weapon, knives?.value, knives?.suppressed], ['Knife or blade', 2, false])
    assert.match(String(one.headers['content-type']), /^application\/json/)
  })

  test('whoever has not signed in gets the protected figure', async () => {
    const open = await get('/api/figures/weapons-recovered?by=weapon&from=2019-03&to=2019-05')
    assert.equal(open.json().disclosure, 'protected')
    assert.ok(open.json().rows.every((r: { value: number | null }) => r.value === null || r.value % 5 === 0))
  })

  test('the catalogue says what each measure can be split by', async () => {
    const measures = (await get('/api/measures')).json()
    const knife = measures.find((m: { id: string }) => m.id === 'knife-crime')
    assert.ok(knife.dimensions.includes('month') && knife.dimensions.includes('npu'))
    assert.deepEqual((await get('/api/measures/knife-crime')).json(), knife)
  })

  test('what cannot be counted is refused in words', async () => {
    const answer = await get('/api/figures/weapons-recovered?by=shoe-size')
    assert.equal(answer.statusCode, 400)
    assert.equal(answer.json().error.code, 'dimension-unknown')
    assert.match((await get('/api/figures/weapons-recovered?from=2019-13')).json().error.sentence, /2019-13/)
  })

  test('a load is withdrawn with the key', async () => {
    const answer = await web.app.inject({ method: 'POST', url: '/api/loads/1/withdraw', headers: bearer })
    assert.deepEqual(
      [answer.statusCode, answer.json().status, answer.json().endedBy],
      [200, 'withdrawn', 'program (API)'],
    )
  })

  test('the description in docs/api is the one that the server gives', async () => {
    const written = await readFile(resolve(import.meta.dirname, '../../../docs/api/openapi.json'), 'utf8')
    const given = await get('/api/openapi.json')
    assert.ok(
      given.body === written,
      'docs/api/openapi.json is out of date: run node src/web/api/write-api-description.ts',
    )
    assert.deepEqual(Object.keys(given.json().paths).sort(), [
      '/api/figures/{measure}',
      '/api/loads',
      '/api/loads/{id}',
      '/api/loads/{id}/withdraw',
      '/api/measures',
      '/api/measures/{id}',
    ])
  })
})
