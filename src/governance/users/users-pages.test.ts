import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type CastPost, type TestBrowser, type TestWeb, testWeb } from '../../../test/web-for-tests.ts'
import { cast, castUser } from '../../synthetic/casework/cast.ts'
import { readNewUser } from './user.ts'

let web: TestWeb
let administrator: TestBrowser
before(async () => {
  web = await testWeb()
  administrator = await web.signInAs('Administrator of accounts')
})
after(() => web.close())

const person = (more: Record<string, string> = {}) => ({
  name: "Zoë O'Example-Ndlovu (synthetic)",
  post: 'Officer',
  email: 'zoe@probation.example',
  agency: 'probation',
  role: 'practitioner',
  ...more,
})

const add = async (fields: Record<string, string>) => {
  const form = await administrator.get('/users/new')
  const key = /name="key" value="([^"]+)"/.exec(form.body)![1]!
  return { key, answer: await administrator.submit('/users', '/users/new', { key, ...fields }) }
}

const linkIn = (body: string) => /\/join\/([\w-]{43})/.exec(body)?.[1]

test('the administrator sees everybody of every agency, and no case', async () => {
  const page = await administrator.get('/users')
  assert.equal(page.statusCode, 200)
  for (const { name } of cast) assert.ok(page.body.includes(name), name)
  assert.equal(page.headers['cache-control'], 'no-store')
  const own = await administrator.get('/users?agency=probation&state=active')
  assert.match(own.body, /Lee Example/)
  assert.doesNotMatch(own.body, /Sam Example/)
  for (const closed of ['/register', '/refer', '/triage', '/work', '/audit', '/account/purpose']) {
    assert.equal((await administrator.get(closed)).statusCode, 404, closed)
  }
})

test('nobody else has these pages', async () => {
  const others = cast.map(c => c.post).filter(post => post !== 'Administrator of accounts')
  for (const post of others) {
    const browser = await web.signInAs(post as CastPost)
    for (const url of ['/users', '/users/new', `/users/${castUser(1)}`, '/agencies']) {
      assert.equal((await browser.get(url)).statusCode, 404, `${post}: ${url}`)
    }
    const forged = await browser.submit(`/users/${castUser(7)}/suspend`, '/account')
    assert.equal(forged.statusCode, 404, post)
  }
})

test('somebody who was added sets a password with the link, sets up the second factor and is in', async () => {
  const { key, answer } = await add(person())
  assert.equal(answer.statusCode, 200)
  assert.match(answer.body, /Zoë O&#39;Example-Ndlovu \(synthetic\) is added/)
  const token = linkIn(answer.body)!
  const theirs = web.browser()
  const set = await theirs.submit(`/join/${token}`, `/join/${token}`, { password: 'coffee tin fish' })
  assert.equal(set.headers.location, '/sign-in/second-factor')
  assert.equal((await theirs.get(`/join/${token}`)).statusCode, 404, 'the link is used up')
  assert.match((await theirs.get('/sign-in/second-factor')).body, /otpauth:\/\/totp\/Concord/)
  assert.match((await administrator.get(`/users/${key}`)).body, /Password; no second factor yet/)
})

test('the same form sent twice adds one account', async () => {
  const fields = person({ email: 'twice@probation.example' })
  const { key, answer } = await add(fields)
  assert.equal(answer.statusCode, 200)
  const again = await administrator.submit('/users', '/users/new', { key, ...fields })
  assert.equal(again.headers.location, `/users/${key}`)
  const rows = await web.store.installation.database.query(
    `select from users where email = 'twice@probation.example'`,
  )
  assert.equal(rows.length, 1)
})

test('what was typed wrongly is said beside each field, and kept', async () => {
  const { answer } = await add(person({ name: ' ', email: 'no address', role: 'god', agency: 'nowhere' }))
  assert.equal(answer.statusCode, 400)
  for (const sentence of [
    'Enter the name',
    'such as name@agency.example',
    'Choose their role',
    'Choose their agency',
  ]) {
    assert.ok(answer.body.includes(sentence), sentence)
  }
  assert.match(answer.body, /value="no address"/)
  const { answer: taken } = await add(person({ email: 'CAST-1@concord.example' }))
  assert.match(taken.body, /There is an account with that address already/)
})

test('bad input of every kind is answered with a page, never with a defect', async () => {
  for (const bad of [
    '',
    'x'.repeat(10_000),
    '\u202eright to left',
    '🙂'.repeat(50),
    'a\0b',
    '<script>alert(1)</script>',
    "'; drop table users; --",
    '{{ 7 * 7 }}',
    'a\r\nset-cookie: x=1',
  ]) {
    const { answer } = await add(person({ name: bad, post: bad, email: `${bad}@x.example` }))
    assert.ok([200, 400].includes(answer.statusCode), `${answer.statusCode} for ${bad.slice(0, 20)}`)
    assert.doesNotMatch(answer.body, /<script>alert/)
    assert.equal(
      answer.cookies.some(c => c.name === 'x'),
      false,
    )
    const tried = await web.browser().submit('/sign-in', '/sign-in', { email: bad, password: bad })
    assert.equal(tried.statusCode, 400, bad.slice(0, 20))
  }
})

test('fields that the form does not have change nothing (mass assignment)', async () => {
  const { key } = await add(
    person({ email: 'more@probation.example', state: 'active', synthetic: 'false', id: castUser(1) }),
  )
  const [row] = await web.store.installation.database.query(
    'select state, synthetic from users where id = $1',
    [key],
  )
  assert.deepEqual(row, { state: 'invited', synthetic: true })
})

test('suspending somebody ends their sessions at once; they come back only when let in again', async () => {
  const officer = await web.signInAs('Probation officer')
  const at = `/users/${castUser(7)}`
  assert.equal((await officer.get('/account')).statusCode, 200)
  assert.equal((await administrator.submit(`${at}/suspend`, at)).statusCode, 303)
  assert.equal((await officer.get('/account')).statusCode, 404)
  assert.equal((await administrator.submit(`${at}/suspend`, at)).statusCode, 409, 'a second time')
  assert.equal((await administrator.submit(`${at}/link`, at)).statusCode, 409, 'nor a link')
  await administrator.submit(`${at}/resume`, at)
  assert.equal((await officer.get('/account')).statusCode, 404, 'the old session stays over')
  assert.equal((await (await web.signInAs('Probation officer')).get('/account')).statusCode, 200)
})

test('one session of somebody is ended and the other goes on', async () => {
  const at = `/users/${castUser(5)}`
  const shown = async () =>
    [...(await administrator.get(at)).body.matchAll(/\/sessions\/([0-9a-f-]{36})\/end/g)].map(m => m[1]!)
  const one = await web.signInAs('Social worker')
  const before = await shown()
  const other = await web.signInAs('Social worker')
  const [newest] = (await shown()).filter(id => !before.includes(id))
  assert.equal((await administrator.submit(`${at}/sessions/${newest}/end`, at)).statusCode, 303)
  assert.equal((await one.get('/account')).statusCode, 200)
  assert.equal((await other.get('/account')).statusCode, 404)
})

test('nobody changes their own account, not even its administrator', async () => {
  const own = `/users/${castUser(12)}`
  assert.doesNotMatch((await administrator.get(own)).body, /They have left/)
  assert.equal((await administrator.submit(`${own}/suspend`, '/account')).statusCode, 409)
  const link = await administrator.submit(`${own}/link`, '/account')
  assert.equal(link.statusCode, 409)
})

test('a new role signs somebody out; a new post does not; two administrators at once are told', async () => {
  const at = `/users/${castUser(4)}`
  const youthWorker = await web.signInAs('Youth worker')
  const form = {
    name: 'Jo Example (synthetic)',
    post: 'Youth worker',
    agency: 'st-giles-trust',
    role: 'practitioner',
  }
  const seen = async () =>
    /name="seen" value="([^"]*)"/.exec((await administrator.get(`${at}/change`)).body)![1]!
  const change = async (more: Record<string, string>) =>
    administrator.submit(`${at}/change`, `${at}/change`, { ...form, seen: await seen(), ...more })
  assert.equal((await change({ post: 'Senior youth worker' })).statusCode, 303)
  assert.equal((await youthWorker.get('/account')).statusCode, 200)
  assert.equal((await change({ seen: '' })).statusCode, 409, 'seen before the last change')
  assert.equal((await change({ role: 'god' })).statusCode, 400)
  assert.equal((await change({ role: 'coordinator' })).statusCode, 303)
  assert.equal((await youthWorker.get('/account')).statusCode, 404)
  const own = await administrator.submit(`/users/${castUser(12)}/change`, `${at}/change`, {
    ...form,
    seen: '',
  })
  assert.equal(own.statusCode, 409, 'not one’s own')
  await change({})
})

test('R19 what the administrator does is in the audit: who, what, about which account', async () => {
  const { key } = await add(person({ email: 'told@probation.example' }))
  await administrator.submit(`/users/${key}/leave`, `/users/${key}`)
  const told = await web.store.installation.database.query<{ event: string; by: string }>(
    'select event, user_id as by from audit where subject_id = $1 order by seq',
    [key],
  )
  assert.deepEqual(told, [
    { event: 'account-added', by: castUser(12) },
    { event: 'account-link-made', by: castUser(12) },
    { event: 'account-ended', by: castUser(12) },
  ])
  const listed = await web.store.installation.database.query(
    `select from audit where event = 'accounts-listed'`,
  )
  assert.ok(listed.length > 0)
})

test('whom to ask at an agency is kept, and nothing of an agency else can be changed', async () => {
  await administrator.submit('/agencies/probation/contact', '/agencies', {
    contact: ' Duty desk,\r\n0121 496 0000 ',
  })
  const [row] = await web.store.installation.database.query(
    `select contact from agencies where id = 'probation'`,
  )
  assert.deepEqual(row, { contact: 'Duty desk, 0121 496 0000' })
  assert.equal(
    (await administrator.submit('/agencies/nowhere/contact', '/agencies', { contact: 'x' })).statusCode,
    404,
  )
})

test('names are taken as people have them', () => {
  for (const name of ['Ng', 'María José de la Cruz', "D'Arcy-Smith", '李小龙', 'Sukarno', 'X Æ']) {
    assert.equal(readNewUser(person({ name }), [{ id: 'probation' }], {})?.name, name)
  }
})
