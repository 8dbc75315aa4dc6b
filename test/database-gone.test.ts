import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRealPostgres } from './real-postgres.ts'
import { testWeb } from './web-for-tests.ts'

test('where the database goes away, whoever is signed in is told so on a page, and nothing is a defect', async () => {
  const server = await startRealPostgres()
  const web = await testWeb({ databaseUrl: server.url })
  const browser = await web.signInAs('School link officer')
  const token = await browser.token('/account/purpose')
  await server.stop()
  for (const answer of [
    await browser.get('/account'),
    await browser.get('/measures'),
    await browser.post('/account/purpose', { purpose: 'support', _csrf: token }),
  ]) {
    assert.equal(answer.statusCode, 503)
    assert.match(answer.body, /<h1[^>]*>Concord cannot reach its database/)
    assert.match(answer.body, /what you typed is still there/)
    assert.doesNotMatch(answer.body, /Sam Example|ECONN|terminat/)
  }
  assert.equal((await browser.get('/healthz')).statusCode, 503)
  await web.close()
})
