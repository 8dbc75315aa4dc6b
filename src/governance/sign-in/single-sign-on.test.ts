import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { signInAtProvider, startProvider, type TestProvider } from '../../../test/oidc-provider-for-tests.ts'
import { packForTests } from '../../../test/pack-for-tests.ts'
import { type TestBrowser, type TestWeb, testWeb } from '../../../test/web-for-tests.ts'
import { groupRoles } from './group-roles.ts'

const address = 'http://localhost:3000'
const goThere = '/sign-in/organisation'

let provider: TestProvider
before(async () => {
  provider = await startProvider(address)
})
after(() => provider.close())

const person = (name: string, groups: string[], email_verified = true) => {
  provider.people[name] = {
    name: `${name} (synthetic)`,
    email: `${name}@police.example`,
    email_verified,
    groups,
  }
}

/** The path with which the provider sends the browser back. */
async function comeBack(browser: TestBrowser, name: string, from = goThere): Promise<string> {
  const start = await browser.get(from)
  assert.equal(start.statusCode, 303)
  const url = await signInAtProvider(String(start.headers.location), name, address)
  return url.slice(address.length)
}

const settings = () => ({
  singleSignOn: {
    name: 'The police',
    issuer: provider.issuer,
    client: provider.client,
    secret: provider.secret,
  },
  address,
  synthetic: false,
})

describe('where groups of the directory give people their place', () => {
  let web: TestWeb
  before(async () => {
    web = await testWeb({
      ...settings(),
      signInGroups: [
        { group: 'concord-commanders', agency: 'west-midlands-police', role: 'commander' },
        { group: 'concord-officers', agency: 'west-midlands-police', role: 'practitioner' },
      ],
    })
  })
  after(() => web.close())
  let browser: TestBrowser
  beforeEach(() => {
    browser = web.browser()
  })

  const enter = async (name: string, from?: string) => browser.get(await comeBack(browser, name, from))
  const header = async () => (await browser.get('/measures')).body

  test('the request carries PKCE, state and nonce, and asks for no more than identity', async () => {
    const start = await browser.get(goThere)
    const url = new URL(String(start.headers.location))
    assert.equal(url.origin, provider.issuer)
    assert.equal(url.searchParams.get('code_challenge_method'), 'S256')
    assert.equal(url.searchParams.get('scope'), 'openid email profile')
    for (const name of ['code_challenge', 'state', 'nonce'])
      assert.ok(url.searchParams.get(name)!.length >= 40, name)
    assert.doesNotMatch(url.href, /verifier/)
  })

  test('who is in a group gets in, in its role and agency, and the first group of the pack counts', async () => {
    person('avery', ['staff', 'concord-officers', 'concord-commanders'])
    const answer = await enter('avery')
    assert.equal(answer.statusCode, 303)
    assert.match(await header(), /avery \(synthetic\).*West Midlands Police/)
    assert.match(await header(), /Commander or chair · for preventing violence/)
  })

  test('a change of group is a change of role at the next sign-in', async () => {
    person('blake', ['concord-commanders'])
    await enter('blake')
    person('blake', ['concord-officers'])
    await enter('blake')
    assert.match(await header(), /Practitioner/)
    const people = await web.store.installation.database.query(
      `select role from users where name like 'blake%'`,
    )
    assert.deepEqual(people, [{ role: 'practitioner' }])
  })

  test('who was taken out of the groups is refused, and what was open ends', async () => {
    person('casey', ['concord-officers'])
    await enter('casey')
    const before = browser
    browser = web.browser()
    person('casey', ['staff'])
    const answer = await enter('casey')
    assert.equal(answer.statusCode, 400)
    assert.match(answer.body, /there is no place for you in Concord/)
    assert.doesNotMatch((await before.get('/measures')).body, /casey/)
  })

  test('an address that the provider does not vouch for makes no account', async () => {
    person('devon', ['concord-officers'], false)
    assert.equal((await enter('devon')).statusCode, 400)
  })

  test('the provider may change its key between two people', async () => {
    person('ellis', ['concord-officers'])
    assert.equal((await enter('ellis')).statusCode, 303)
    provider.changeKey()
    browser = web.browser()
    assert.equal((await enter('ellis')).statusCode, 303)
  })

  test('an identity that none of the keys of the provider signed is refused', async () => {
    person('emery', ['concord-officers'])
    provider.showAnotherKey()
    const answer = await enter('emery')
    provider.changeKey()
    assert.equal(answer.statusCode, 400)
    assert.match(answer.body, /could not be accepted/)
  })

  test('an answer for another browser, a second use and a changed state are refused and recorded', async () => {
    person('frankie', ['concord-officers'])
    const back = await comeBack(browser, 'frankie')
    const stranger = web.browser()
    assert.equal((await stranger.get(back)).statusCode, 400, 'begun in another browser')
    await stranger.get(goThere)
    assert.equal((await stranger.get(back)).statusCode, 400, 'of another journey')
    assert.equal((await browser.get(back.replace(/state=[^&]+/, 'state=forged'))).statusCode, 400)
    const again = web.browser()
    const other = await comeBack(again, 'frankie')
    assert.equal((await again.get(other)).statusCode, 303)
    assert.equal((await again.get(other)).statusCode, 400, 'the journey is over')
    const failed = await web.store.installation.database.query(
      `select from audit where event = 'sign-in-failed' and outcome = 'refused' and detail ->> 'way' = 'single-sign-on'`,
    )
    assert.ok(failed.length >= 2)
  })

  test('afterwards people come to the page that they wanted, and never to another site', async () => {
    person('gray', ['concord-officers'])
    assert.equal((await enter('gray', `${goThere}?next=/people%3Fx=1`)).headers.location, '/people?x=1')
    for (const elsewhere of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      '/%0d%0aset-cookie:x=1\r\n',
    ]) {
      browser = web.browser()
      const answer = await enter('gray', `${goThere}?next=${encodeURIComponent(elsewhere)}`)
      assert.ok(['/', '/%0d%0aset-cookie:x=1'].includes(String(answer.headers.location)), elsewhere)
      assert.equal(
        answer.cookies.some(c => c.name === 'x'),
        false,
      )
    }
  })

  test('who signs out is offered to sign out at the provider as well', async () => {
    person('harper', ['concord-officers'])
    await enter('harper')
    const answer = await browser.submit('/sign-out', '/account')
    assert.equal(answer.headers.location, '/signed-out')
    const page = await browser.get('/signed-out')
    const end = new URL(/href="([^"]+session\/end[^"]*)"/.exec(page.body)![1]!.replaceAll('&amp;', '&'))
    assert.equal(end.origin, provider.issuer)
    assert.equal(end.searchParams.get('client_id'), 'concord')
    assert.equal((await fetch(end)).status, 200)
  })
})

describe('where the pack names no groups', () => {
  let web: TestWeb
  before(async () => {
    web = await testWeb(settings())
  })
  after(() => web.close())

  const invite = (name: string, state = 'invited') =>
    web.store.installation.database.query(
      `insert into users (agency, name, post, email, role, state, created_at) values ('probation', $1, 'Officer', $2, 'practitioner', $3, now())`,
      [`${name} invited`, `${name.toUpperCase()}@police.example`, state],
    )
  const enter = async (name: string) => {
    const browser = web.browser()
    return browser.get(await comeBack(browser, name))
  }

  test('whoever was invited under their address gets in, also the second time, and nobody else', async () => {
    person('indigo', [])
    assert.equal((await enter('indigo')).statusCode, 400)
    await invite('indigo')
    assert.equal((await enter('indigo')).statusCode, 303)
    assert.equal((await enter('indigo')).statusCode, 303)
  })

  test('an account that is in use already, or is suspended, is not taken over by its address', async () => {
    for (const [name, state] of [
      ['jules', 'active'],
      ['kit', 'suspended'],
    ] as const) {
      person(name, [])
      await invite(name, state)
      assert.equal((await enter(name)).statusCode, 400, state)
    }
  })

  test('an address that the provider does not vouch for takes no invitation up', async () => {
    person('lane', [], false)
    await invite('lane')
    assert.equal((await enter('lane')).statusCode, 400)
  })
})

test('a provider that does not answer is said to be away, and the pages go on', async () => {
  const web = await testWeb({
    ...settings(),
    singleSignOn: { name: 'Nobody', issuer: 'http://127.0.0.1:9', client: 'x', secret: null },
  })
  const answer = await web.browser().get(goThere)
  assert.equal(answer.statusCode, 503)
  assert.match(answer.body, /does not answer/)
  assert.equal((await web.browser().get('/sign-in')).statusCode, 200)
  await web.close()
})

test('a pack whose groups stand for a role or an agency that there is not is refused', () => {
  const pack = (agency: string, role: string) => ({
    ...packForTests,
    signInGroups: [{ group: 'x', agency, role }],
  })
  const { id } = packForTests.agencies[0]!
  assert.deepEqual(groupRoles(pack(id, 'coordinator')), [{ group: 'x', agency: id, role: 'coordinator' }])
  for (const [agency, role] of [
    [id, 'god'],
    ['nowhere', 'coordinator'],
  ] as const) {
    assert.throws(() => groupRoles(pack(agency, role)), /signInGroups\[0\] \(x\) names the role/)
  }
})
