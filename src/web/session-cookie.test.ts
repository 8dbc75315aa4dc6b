import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testWeb } from '../../test/web-for-tests.ts'
import { castUser } from '../synthetic/casework/cast.ts'

/** Cookies of a sign-in that came, as its proxy says, over HTTPS. */
async function cookiesBehind(proxies: string | null) {
  const web = await testWeb({ config: { proxies } })
  const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' }
  const page = await web.app.inject({ url: '/sign-in-as', headers })
  const answer = await web.app.inject({
    method: 'POST',
    url: '/sign-in-as',
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    cookies: { _csrf: page.cookies.find(c => c.name === '_csrf')!.value },
    payload: new URLSearchParams({
      _csrf: /name="_csrf" value="([^"]+)"/.exec(page.body)![1]!,
      person: castUser(1),
    }).toString(),
  })
  await web.close()
  assert.equal(answer.statusCode, 303)
  return [...page.cookies, ...answer.cookies].filter(c => c.value !== '')
}

test('behind a proxy of ours with HTTPS every cookie is for HTTPS alone', async () => {
  const cookies = await cookiesBehind('127.0.0.1')
  assert.deepEqual(cookies.map(c => c.name).sort(), ['_csrf', 'concord_session'])
  for (const cookie of cookies) {
    assert.equal(cookie.secure, true, cookie.name)
    assert.equal(cookie.httpOnly, true, cookie.name)
    assert.ok(['Lax', 'Strict'].includes(cookie.sameSite!), cookie.name)
    assert.equal(cookie.path, '/')
    assert.equal(cookie.domain, undefined, `${cookie.name} is for this very host`)
  }
})

test('what a stranger says of HTTPS is not believed', async () => {
  for (const cookie of await cookiesBehind(null)) assert.notEqual(cookie.secure, true, cookie.name)
})
