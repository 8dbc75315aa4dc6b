import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { caseworkForTests, morning, type TestCasework } from '../../../../test/casework-for-tests.ts'
import { mustNotTravel } from '../../../../test/every-notice.ts'
import { clubLeader, sendBehind, writeAsGuest } from '../../../../test/invitation-for-tests.ts'
import { startMailServer, type TestMailServer } from '../../../../test/mail-server.ts'
import { asGuest } from '../../../governance/access/as-guest.ts'
import { asMember, type Member } from '../../../governance/access/as-member.ts'
import { openMailer } from '../../../platform/mail.ts'
import { move, readReferral } from '../referrals/referral-store.ts'
import { guestDetails } from './guest-store.ts'
import { invite, listInvitations, takeBack } from './invitation-store.ts'
import { sendInvitationMails } from './send-invitation-mails.ts'

let casework: TestCasework
let mailServer: TestMailServer
let council: Member
before(async () => {
  casework = await caseworkForTests()
  mailServer = await startMailServer()
  council = await casework.member('council')
  await casework.agree(['council', 'partnership'], ['referral'])
})
beforeEach(async () => {
  mailServer.taken.length = 0
  mailServer.behave('take')
  await casework.database.query('delete from invitation_mails')
})
after(async () => {
  await mailServer.close()
  await casework.close()
})

const minutes = (n: number) => new Date(morning.getTime() + n * 60_000)

const run = (at = morning) =>
  sendInvitationMails(casework.database, {
    send: openMailer(mailServer.settings),
    address: 'https://concord.example',
    clock: () => at,
  })

const inviting = async (member = council) => {
  const id = randomUUID()
  const made = await asMember(casework.database, member, { now: morning }, tx =>
    invite(tx, id, clubLeader, { mails: true }),
  )
  return { id, ...made }
}

const stateOf = async (reference: string, now = morning) =>
  (await asMember(casework.database, council, { now }, listInvitations)).find(i => i.reference === reference)!

/** What was written, with the soft line ends of the post taken out. */
const written = () => mailServer.taken.map(m => m.source.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '='))

const linkIn = (source: string) => /https:\/\/concord\.example\/invitation\/([\w-]{43})/.exec(source)![1]!

const opens = (link: string, now = morning) =>
  asGuest(casework.database, { link, receipt: null }, now, guestDetails)

test('R16 the e-mail with the link goes to the organisation alone, with a reference and nothing that anybody typed', async () => {
  const { reference, token } = await inviting()
  assert.equal(token, null, 'nobody at work has the link')
  assert.equal((await stateOf(reference)).mail, 'waiting')
  assert.equal(await run(), 1)
  assert.deepEqual(mailServer.taken[0]!.to, [clubLeader.email])
  const [source] = written()
  assert.match(source!, new RegExp(`^Subject: ${reference}: you are asked for a referral\\r?$`, 'm'))
  for (const words of [...mustNotTravel, 'Canal Street', 'Synthetic Leader', 'Tuesday', council.name]) {
    assert.ok(!source!.includes(words), words)
  }
  assert.equal((await stateOf(reference)).mail, 'sent')
  assert.equal((await opens(linkIn(source!)))?.reference, reference)
  const rows = await casework.database.query('select i::text as row from referral_invitations i')
  assert.ok(!JSON.stringify(rows).includes(linkIn(source!)), 'its hash alone is kept')
  assert.equal(await run(minutes(1)), 0, 'once')
})

test('while the server is down the link is tried again, each time a new one; only the last opens anything', async () => {
  const { reference } = await inviting()
  mailServer.behave('not-now')
  assert.equal(await run(), 0)
  const [first] = await casework.database.query<{ hash: string }>(
    'select token_hash as hash from referral_invitations where reference = $1',
    [reference],
  )
  assert.equal((await stateOf(reference)).mail, 'waiting')
  mailServer.behave('take')
  assert.equal(await run(), 0, 'not before a minute is over')
  assert.equal(await run(minutes(1)), 1)
  const [second] = await casework.database.query<{ hash: string }>(
    'select token_hash as hash from referral_invitations where reference = $1',
    [reference],
  )
  assert.notEqual(second!.hash, first!.hash)
  assert.equal((await opens(linkIn(written()[0]!), minutes(1)))?.reference, reference)
})

test('an address that the server refuses is said to whoever invited, and not tried again', async () => {
  const { reference } = await inviting()
  mailServer.behave('refuse-address')
  assert.equal(await run(), 0)
  assert.equal((await stateOf(reference)).mail, 'refused')
  mailServer.behave('take')
  assert.equal(await run(minutes(60)), 0)
})

test('what was perhaps sent is not sent again', async () => {
  const { reference } = await inviting()
  mailServer.behave('break')
  assert.equal(await run(), 0)
  assert.equal((await stateOf(reference)).mail, 'uncertain')
  mailServer.behave('take')
  assert.equal(await run(minutes(60)), 0)
  assert.equal(mailServer.taken.length, 1)
})

test('an invitation that was taken back before its e-mail went is never sent', async () => {
  const { reference } = await inviting()
  await asMember(casework.database, council, { now: morning }, tx => takeBack(tx, reference))
  assert.equal(await run(), 0)
  assert.deepEqual(mailServer.taken, [])
})

test('a demonstration, in which anybody may sign in, writes to nobody', async () => {
  await casework.database.query('update users set synthetic = true where id = $1', [council.user])
  try {
    const { token, id } = await inviting()
    assert.notEqual(token, null, 'the link is handed over')
    await assert.rejects(
      asMember(casework.database, council, { now: morning }, tx =>
        tx.query(
          `insert into invitation_mails (invitation, kind, next_try_at, made_at) values ($1, 'link', present(), present())`,
          [id],
        ),
      ),
      /row-level security/,
    )
    assert.equal(await run(), 0)
  } finally {
    await casework.database.query('update users set synthetic = false where id = $1', [council.user])
  }
})

test('R16 the partner is written to when it arrived and when it was looked at: a reference and whom to call', async () => {
  const { id } = await inviting()
  await run()
  const behind = { id, link: linkIn(written()[0]!) }
  await writeAsGuest(casework.database, behind)
  await sendBehind(casework.database, behind)
  assert.equal(await run(), 1)
  const [row] = await casework.database.query<{ reference: string }>(
    'select reference from referrals where id = $1',
    [id],
  )
  const reference = row!.reference
  const coordinator = await casework.member('partnership', 'coordinator')
  const decide = async (at: Date) => {
    await asMember(casework.database, coordinator, { now: at }, async tx => {
      await move(tx, reference, 'take', { key: randomUUID(), seen: 1 })
      const { seq } = (await readReferral(tx, reference)).stands
      const decision = {
        outcome: 'declined',
        level: null,
        route: 'no-action',
        reason: 'below-threshold',
        told: 'Pomegranate',
      } as const
      await move(tx, reference, 'decline', {
        key: randomUUID(),
        seen: seq,
        detail: { decision },
        because: 'Pomegranate',
      })
    })
  }
  await decide(new Date('2026-11-20T20:00:00Z'))
  assert.equal(await run(new Date('2026-11-20T20:01:00Z')), 0, 'not in quiet hours')
  assert.equal(await run(new Date('2026-11-23T07:00:00Z')), 1)
  assert.equal(await run(new Date('2026-11-23T08:00:00Z')), 0, 'once')
  const [, received, decided] = written()
  assert.match(received!, new RegExp(`^Subject: ${reference}: received\\r?$`, 'm'))
  assert.match(decided!, new RegExp(`^Subject: ${reference}: it was looked at\\r?$`, 'm'))
  for (const source of [received!, decided!]) {
    assert.match(source, /Duty desk of Council \(synthetic\)/)
    assert.doesNotMatch(source, /Pomegranate|declined|accepted|Synthetic Child|https:/)
  }
})
