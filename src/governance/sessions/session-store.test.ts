import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { caseworkForTests, morning, type TestCasework } from '../../../test/casework-for-tests.ts'
import { asMember, type Member } from '../access/as-member.ts'
import { endSession, endSessionsOf, openSessionsOf, readSession, startSession } from './session-store.ts'

let casework: TestCasework
before(async () => {
  casework = await caseworkForTests()
})
after(() => casework.close())

const minutes = (n: number) => new Date(morning.getTime() + n * 60_000)

const start = (member: Member, way: 'account' | 'cast' = 'account') =>
  asMember(casework.database, member, { now: morning }, tx => startSession(tx, { way, device: 'A test' }))

const read = (token: string, now = morning) => readSession(casework.database, token, now)

test('a session opens for its token alone, as the person with their purpose', async () => {
  const school = await casework.member('school')
  const token = await start(school)
  assert.deepEqual((await read(token))?.member, school)
  assert.equal(await read(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`), null)
  const kept = await casework.database.query('select * from sessions')
  assert.doesNotMatch(JSON.stringify(kept), new RegExp(token), 'the token itself is nowhere in the database')
})

test('a session ends after 30 minutes without a request, and goes on with one', async () => {
  const idle = await start(await casework.member('school'))
  assert.notEqual(await read(idle, minutes(30)), null)
  assert.notEqual(await read(idle, minutes(60)), null, 'the request at 30 minutes counts')
  assert.equal(await read(idle, new Date(minutes(90).getTime() + 1)), null)
})

test('a session ends after 12 hours, however busy', async () => {
  const busy = await start(await casework.member('police'))
  for (let at = 20; at < 720; at += 20) assert.notEqual(await read(busy, minutes(at)), null, `${at} minutes`)
  assert.equal(await read(busy, minutes(720)), null)
})

test('a clock that goes backwards neither ends a session nor makes it longer', async () => {
  const token = await start(await casework.member('council'))
  await read(token, minutes(20))
  assert.notEqual(await read(token, minutes(-60)), null)
  assert.equal(await read(token, minutes(51)), null)
})

test('that somebody is there is written down at most once a minute', async () => {
  const member = await casework.member('charity')
  const token = await start(member)
  const seen = async () => {
    const [row] = await casework.database.query<{ at: Date }>(
      'select last_seen_at as at from sessions where user_id = $1',
      [member.user],
    )
    return row!.at
  }
  await read(token, new Date(morning.getTime() + 59_000))
  assert.deepEqual(await seen(), morning)
  await read(token, minutes(1))
  assert.deepEqual(await seen(), minutes(1))
})

test('a person sees and ends their own sessions, and nobody else’s', async () => {
  const [school, police] = [await casework.member('school'), await casework.member('police')]
  const token = await start(school)
  const id = (await read(token))!.id
  const as = <T>(member: Member, act: Parameters<typeof asMember<T>>[3]) =>
    asMember(casework.database, member, { now: morning }, act)
  assert.deepEqual(await as(police, tx => openSessionsOf(tx, school.user)), [])
  assert.equal(await as(police, tx => endSession(tx, id, 'revoked')), false)
  assert.notEqual(await read(token), null)
  assert.ok((await as(school, tx => openSessionsOf(tx, school.user))).some(s => s.id === id))
  assert.equal(await as(school, tx => endSession(tx, id, 'revoked')), true)
  assert.equal(await read(token), null)
  assert.equal(await as(school, tx => endSession(tx, id, 'revoked')), false, 'it is over already')
})

test('the administrator ends every session of a person', async () => {
  const commander = await casework.member('police', 'commander')
  const administrator = await casework.member('partnership', 'administrator')
  const tokens = [await start(commander), await start(commander)]
  const ended = await asMember(casework.database, administrator, { now: morning }, tx =>
    endSessionsOf(tx, commander.user, 'administrator', morning),
  )
  assert.equal(ended, 2)
  for (const token of tokens) assert.equal(await read(token), null)
})

test('nobody starts a session in another’s name, moves one to another person or reads its hash', async () => {
  const [school, police] = [await casework.member('school'), await casework.member('police')]
  const as = (sql: string, parameters: unknown[] = []) =>
    asMember(casework.database, police, { now: morning }, tx => tx.query(sql, parameters))
  await start(police)
  await assert.rejects(
    as(
      `insert into sessions (token_hash, user_id, way, device, started_at, last_seen_at, ends_at)
       values ('x', $1, 'account', 'x', present(), present(), present() + interval '1 hour')`,
      [school.user],
    ),
    /row-level security/,
  )
  await assert.rejects(as('update sessions set user_id = $1', [school.user]), /permission denied/)
  await assert.rejects(as('select token_hash from sessions'), /permission denied/)
})

test('a suspended account’s sessions open nothing', async () => {
  const member = await casework.member('council', 'commander')
  const token = await start(member)
  assert.notEqual(await read(token), null)
  await casework.database.query(`update users set state = 'suspended' where id = $1`, [member.user])
  assert.equal(await read(token), null)
})

test('a session of the cast opens nothing where there is an account that is not synthetic', async () => {
  const member = await casework.member('charity', 'coordinator')
  await casework.database.query('update users set synthetic = true where id = $1', [member.user])
  const token = await start(member, 'cast')
  assert.equal(await read(token), null)
})
