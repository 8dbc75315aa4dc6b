import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { caseworkForTests, type TestCasework } from '../../../test/casework-for-tests.ts'
import { startMailServer, type TestMailServer } from '../../../test/mail-server.ts'
import { type RealPostgres, startRealPostgres } from '../../../test/real-postgres.ts'
import { type Mailer, openMailer } from '../../platform/mail.ts'
import { type Database, openDatabase } from '../../platform/postgres.ts'
import { asMember, type Member } from '../access/as-member.ts'
import type { NoticeKindId } from './notice-kinds.ts'
import { keepPreferences, mailTroubles, openNotice, refusedAccounts } from './notice-store.ts'
import { type MailRun, sendMails } from './send-mails.ts'

/** A Friday in winter. */
const friday = (time: string) => new Date(`2026-11-20T${time}:00Z`)
const monday = (time: string) => new Date(`2026-11-23T${time}:00Z`)
const nothing: MailRun = { sent: 0, waiting: 0, troubled: 0 }

for (const store of ['PGlite', 'PostgreSQL'] as const) {
  describe(`e-mail about notices on ${store}`, () => {
    let server: RealPostgres | null = null
    let database: Database
    let casework: TestCasework
    let mailServer: TestMailServer
    let school: Member
    let council: Member
    let administrator: Member
    let number = 0

    before(async () => {
      server = store === 'PostgreSQL' ? await startRealPostgres() : null
      database = await openDatabase({ databaseUrl: server?.url ?? null, folder: null })
      casework = await caseworkForTests(database)
      mailServer = await startMailServer()
      school = await casework.member('school')
      council = await casework.member('council')
      administrator = await casework.member('council', 'administrator', null)
    })
    beforeEach(async () => {
      mailServer.taken.length = 0
      mailServer.behave('take')
      await database.query('delete from notices')
      await database.query('delete from notice_mails')
      await database.query('delete from notice_preferences')
      await database.query('update users set synthetic = false')
    })
    after(async () => {
      await mailServer.close()
      await database.close()
      await server?.stop()
    })

    const tell = async (to: Member, kind: NoticeKindId, at: Date) => {
      const reference = `R-2026-${String(++number).padStart(4, '0')}`
      const [notice] = await database.query<{ id: string }>(
        `insert into notices (recipient, kind, subject_kind, reference, link, created_at, delete_on)
         values ($1, $2, 'referral', $3, $4, $5, '2027-02-01') returning id`,
        [to.user, kind, reference, `/referrals/${reference}`, at.toISOString()],
      )
      return { id: notice!.id, reference }
    }
    const run = (at: Date, send: Mailer = openMailer(mailServer.settings)) =>
      sendMails(database, { send, address: 'https://concord.example', clock: () => at })
    const subjects = () => mailServer.taken.map(m => /^Subject: (.*?)\r?$/m.exec(m.source)![1])
    const troubles = (at: Date) => asMember(database, administrator, { now: at }, mailTroubles)

    test('R16 an e-mail of one notice: reference, action, link to sign in, to its recipient alone', async () => {
      const { id, reference } = await tell(school, 'shared-in-emergency', friday('03:00'))
      assert.deepEqual(await run(friday('03:01')), { ...nothing, sent: 1 })
      const [mail] = mailServer.taken
      assert.deepEqual(mail!.to, ['practitioner@oak-school.example'])
      assert.deepEqual(subjects(), [`${reference}: read it now`])
      assert.ok(mail!.source.includes(`https://concord.example/notices/${id}`))
      assert.ok(!mail!.source.includes(school.name))
    })

    test('what can wait is one e-mail in the morning, to each their own', async () => {
      const one = await tell(school, 'referral-taken', friday('10:00'))
      const two = await tell(school, 'referral-decided', friday('16:00'))
      await tell(council, 'information-asked-for', friday('16:00'))
      assert.deepEqual(await run(friday('16:01')), nothing)
      assert.deepEqual(await run(monday('07:59')), nothing)
      assert.deepEqual(await run(monday('08:00')), { ...nothing, sent: 2 })
      assert.deepEqual(subjects().toSorted().at(0), '2 things in Concord need you')
      const digest = mailServer.taken.find(m => m.to[0]!.includes('oak-school'))!
      assert.ok(digest.source.includes(one.reference) && digest.source.includes(two.reference))
    })

    test('it is never sent twice, however often and by however many programs the job runs', async () => {
      for (let i = 0; i < 5; i++) await tell(school, 'glass-broken', friday('10:00'))
      const runs = await Promise.all([run(friday('10:01')), run(friday('10:01')), run(friday('10:01'))])
      assert.equal(
        runs.reduce((sum, r) => sum + r.sent, 0),
        1,
      )
      assert.deepEqual(await run(friday('10:02')), nothing)
      assert.equal(mailServer.taken.length, 1)
    })

    test('what cannot wait goes through quiet hours, and takes nothing along that can', async () => {
      await asMember(database, school, { now: friday('09:00') }, tx =>
        keepPreferences(tx, { when: 'soon', digestHour: 8, muted: [] }),
      )
      await tell(school, 'referral-taken', friday('21:00'))
      const urgent = await tell(school, 'glass-broken', friday('21:00'))
      assert.deepEqual(await run(friday('21:01')), { ...nothing, sent: 1 })
      assert.match(subjects()[0]!, new RegExp(`^${urgent.reference}: `))
      assert.deepEqual(await run(monday('06:59')), nothing)
      assert.deepEqual(await run(monday('07:00')), { ...nothing, sent: 1 })
    })

    test('a group that somebody switched off sends nothing, but what cannot wait does', async () => {
      await asMember(database, school, { now: friday('09:00') }, tx =>
        keepPreferences(tx, { when: 'soon', digestHour: 8, muted: ['sent'] }),
      )
      await tell(school, 'referral-taken', friday('10:00'))
      assert.deepEqual(await run(monday('12:00')), nothing)
      await tell(school, 'breach-reported', friday('10:00'))
      assert.deepEqual(await run(monday('12:00')), { ...nothing, sent: 1 })
    })

    test('nobody is written to about what they have read, who has left, or who is invented', async () => {
      const { id } = await tell(school, 'glass-broken', friday('10:00'))
      await asMember(database, school, { now: friday('10:00') }, tx => openNotice(tx, id))
      await tell(council, 'glass-broken', friday('10:00'))
      await database.query('update users set synthetic = true where id = $1', [council.user])
      assert.deepEqual(await run(friday('10:01')), nothing)
      await database.query(`update users set synthetic = false, state = 'left' where id = $1`, [council.user])
      assert.deepEqual(await run(friday('10:02')), nothing)
      assert.deepEqual(mailServer.taken, [])
      await database.query(`update users set state = 'active' where id = $1`, [council.user])
    })

    test('while the server is down e-mail is kept, tried again more and more rarely, and said to the administrator', async () => {
      await tell(school, 'glass-broken', friday('10:00'))
      mailServer.behave('not-now')
      assert.deepEqual(await run(friday('10:00')), { ...nothing, waiting: 1 })
      assert.deepEqual(await run(friday('10:00')), nothing, 'not before a minute is over')
      assert.deepEqual(await run(friday('10:01')), { ...nothing, waiting: 1 })
      assert.deepEqual(await run(friday('10:02')), nothing, 'then two')
      assert.deepEqual(await run(friday('10:03')), { ...nothing, waiting: 1 })
      assert.deepEqual(await troubles(friday('10:03')), [
        { state: 'waiting', fault: '451', mails: 1, since: friday('10:00') },
      ])
      assert.deepEqual(await asMember(database, school, { now: friday('10:03') }, mailTroubles), [])
      mailServer.behave('take')
      assert.deepEqual(await run(friday('10:07')), { ...nothing, sent: 1 })
      assert.deepEqual(await troubles(friday('10:08')), [])
    })

    test('what can wait is not tried again in quiet hours', async () => {
      await asMember(database, school, { now: friday('09:00') }, tx =>
        keepPreferences(tx, { when: 'soon', digestHour: 8, muted: [] }),
      )
      await tell(school, 'referral-taken', friday('18:58'))
      mailServer.behave('not-now')
      assert.deepEqual(await run(friday('18:59')), { ...nothing, waiting: 1 })
      mailServer.behave('take')
      assert.deepEqual(await run(friday('19:05')), nothing)
      assert.deepEqual(await run(monday('06:59')), nothing)
      assert.deepEqual(await run(monday('07:00')), { ...nothing, sent: 1 })
    })

    test('after a day of trying it is given up, and the notice stays', async () => {
      await tell(school, 'glass-broken', friday('10:00'))
      mailServer.behave('not-now')
      await run(friday('10:00'))
      assert.deepEqual(await run(new Date('2026-11-21T10:00:00Z')), { ...nothing, troubled: 1 })
      assert.equal((await troubles(monday('10:00')))[0]!.state, 'given-up')
      assert.equal((await database.query('select id from notices')).length, 1)
    })

    test('an address that the server refuses is told to the administrator, and keeps nobody waiting', async () => {
      await tell(school, 'glass-broken', friday('10:00'))
      mailServer.behave('refuse-address')
      assert.deepEqual(await run(friday('10:00')), { ...nothing, troubled: 1 })
      assert.deepEqual(await asMember(database, administrator, { now: friday('10:01') }, refusedAccounts), [
        { id: school.user, name: school.name },
      ])
      assert.deepEqual(await asMember(database, council, { now: friday('10:01') }, refusedAccounts), [])
      const kept = JSON.stringify(await database.query('select * from notice_mails'))
      assert.ok(!kept.includes('No such user') && !kept.includes('oak-school'), kept)
    })

    test('what was perhaps sent is not sent again', async () => {
      await tell(school, 'glass-broken', friday('10:00'))
      mailServer.behave('break')
      assert.deepEqual(await run(friday('10:00')), { ...nothing, troubled: 1 })
      mailServer.behave('take')
      assert.deepEqual(await run(friday('12:00')), nothing)
      assert.equal(mailServer.taken.length, 1)
      assert.equal((await troubles(friday('12:00')))[0]!.state, 'uncertain')
    })

    test('a program that stops in the middle leaves an e-mail that is not sent again', async () => {
      await tell(school, 'glass-broken', friday('10:00'))
      await assert.rejects(
        run(friday('10:00'), () => Promise.reject(new Error('the power is cut'))),
        /power/,
      )
      assert.deepEqual(await run(friday('10:05')), nothing)
      assert.deepEqual(await run(friday('10:11')), nothing)
      assert.deepEqual(
        (await troubles(friday('10:11'))).map(({ state, fault }) => `${state} ${fault}`),
        ['uncertain STOPPED'],
      )
    })
  })
}
