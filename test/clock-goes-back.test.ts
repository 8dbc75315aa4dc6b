/** The clock of the machine goes back, by an hour or by a day: nothing that was over begins again, and nothing is done twice. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { asMember, asProgram } from '../src/governance/access/as-member.ts'
import { verifyAudit } from '../src/governance/audit/verify-audit.ts'
import { remind } from '../src/governance/notices/deadlines.ts'
import { sendMails } from '../src/governance/notices/send-mails.ts'
import { runRetention } from '../src/governance/retention/run-retention.ts'
import { waitsForClock } from '../src/governance/retention/wait-for-clock.ts'
import { type ClockWatch, watchClock } from '../src/governance/sessions/clock-watch.ts'
import { findAccountLink } from '../src/governance/sign-in/account-links.ts'
import { type Accounts, checkCode, checkPassword } from '../src/governance/sign-in/local-sign-in.ts'
import { createSeal } from '../src/governance/sign-in/sealed.ts'
import type { Database } from '../src/platform/postgres.ts'
import { account, goodPassword, invited } from './accounts-for-tests.ts'
import { caseworkForTests, type TestCasework } from './casework-for-tests.ts'
import { type TestBrowser, type TestWeb, testWeb } from './web-for-tests.ts'

const noon = new Date('2026-11-20T12:00:00Z')
const HOUR = 3_600_000
const later = (hours: number, from = noon) => new Date(from.getTime() + hours * HOUR)

for (const [words, back] of [
  ['an hour', 1],
  ['a day', 24],
] as const) {
  describe(`when the clock goes back by ${words}`, () => {
    let now = noon
    let web: TestWeb
    let database: Database
    before(async () => {
      web = await testWeb({ clock: () => now })
      database = web.store.installation.database
    })
    beforeEach(async () => {
      now = noon
      await database.query('delete from clock_seen')
      await database.query('delete from sessions')
    })
    after(() => web.close())

    /** Time goes on, and is seen, as by anybody's request. */
    const passes = async (hours: number) => {
      for (let i = 0; i < hours * 4; i++) {
        now = new Date(now.getTime() + HOUR / 4)
        await web.browser().get('/healthz')
      }
      await database.query('select 1')
    }
    const jumps = () => {
      now = new Date(now.getTime() - back * HOUR)
    }
    const isIn = async (browser: TestBrowser) => (await browser.get('/account')).statusCode === 200

    test('a session that was over stays over, and one that was open has to be begun anew', async () => {
      const idle = await web.signInAs('School link officer')
      assert.ok(await isIn(idle))
      await passes(1)
      const open = await web.signInAs('Information governance officer')
      assert.ok(await isIn(open))
      jumps()
      assert.ok(!(await isIn(idle)), 'a session that had been idle for too long is open again')
      assert.ok(!(await isIn(open)), 'a session would last longer than it may')
      const anew = await web.signInAs('Information governance officer')
      assert.ok(await isIn(anew), 'nobody can sign in')
      now = later(0.2, now)
      assert.ok(await isIn(anew), 'the step is taken for another one')
      const [entry] = await database.query<{ detail: { sessions: number } }>(
        `select detail from audit where event = 'clock-went-back' order by seq desc limit 1`,
      )
      assert.equal(entry!.detail.sessions, 2)
    })

    test('the same when the program was started again meanwhile', async () => {
      const open = await web.signInAs('School link officer')
      assert.ok(await isIn(open))
      await passes(1)
      jumps()
      const watch = await watchClock(database, () => now)
      await watch.look()
      const [row] = await database.query<{ open: number }>(
        'select count(*) as open from sessions where ended_at is null',
      )
      assert.equal(row!.open, 0)
    })

    test('the record of acts keeps its order, is whole, and says so', async () => {
      const member = await web.castMember('School link officer')
      const act = () => asMember(database, member, { now }, tx => tx.record('test-act'))
      await act()
      await passes(0.5)
      jumps()
      await web.browser().get('/healthz')
      await act()
      const { faults, stepsBack } = await verifyAudit(database)
      assert.deepEqual(faults, [])
      const step = stepsBack.at(-1)!
      const [entry] = await database.query<{ event: string }>('select event from audit where seq = $1', [
        step.seq,
      ])
      assert.equal(entry!.event, 'clock-went-back')
      assert.equal(step.to.getTime(), now.getTime())
    })

    test('R20 a record that was opened without a right is closed', async () => {
      const member = await web.castMember('School link officer')
      const [person] = await database.query<{ id: string }>(
        'insert into persons (id, created_at) values (gen_random_uuid(), $1) returning id',
        [now.toISOString()],
      )
      const isOpen = () =>
        asMember(database, member, { now }, async tx => {
          const [row] = await tx.query<{ glass: string[] }>('select viewer_glass() as glass')
          return row!.glass.length > 0
        })
      await asMember(database, member, { now }, tx =>
        tx.query(
          `insert into break_glass (person_id, user_id, reason, starts_at, ends_at, review_on)
           values ($1, $2, 'Somebody was about to be hurt', present(), present() + interval '1 hour', '2026-11-27')`,
          [person!.id, member.user],
        ),
      )
      assert.ok(await isOpen())
      await passes(1.25)
      assert.ok(!(await isOpen()), 'its time was over')
      jumps()
      await web.browser().get('/healthz')
      assert.ok(!(await isOpen()))
      now = later(back - 0.75, now)
      assert.ok(!(await isOpen()), 'it opens again when its hour comes again')
    })
  })

  describe(`reminders, e-mail and retention when the clock goes back by ${words}`, () => {
    let casework: TestCasework
    before(async () => {
      casework = await caseworkForTests()
    })
    after(() => casework.close())
    const earlier = later(-back)
    let now = noon
    let watch: ClockWatch
    let accounts: Accounts
    beforeEach(async () => {
      now = noon
      const { database } = casework
      await database.query('delete from clock_seen')
      watch = await watchClock(database, () => now)
      await watch.look()
      await database.query('insert into clock_seen (latest) values ($1) on conflict do nothing', [
        now.toISOString(),
      ])
      accounts = { database, clock: () => now, seal: createSeal('a secret of tests') }
    })

    test('a code that was used is refused again', async () => {
      const { user, code } = await account(accounts)
      const used = code()
      const enter = (given: string) => checkCode(accounts, { user, code: given, address: '192.0.2.1' })
      assert.equal((await enter(used)).is, 'right')
      now = later(back)
      assert.equal((await enter(code())).is, 'right')
      await watch.look()
      now = later(-back, now)
      await watch.look()
      assert.equal((await enter(used)).is, 'refused')
    })

    test('a wrong password before it locks nobody out for longer than it would have', async () => {
      const { email } = await account(accounts)
      const enter = (password: string) => checkPassword(accounts, { email, password, address: '192.0.2.7' })
      await watch.look()
      now = later(0.25)
      assert.equal((await enter('wrong')).is, 'refused')
      await watch.look()
      now = later(-back, now)
      await watch.look()
      assert.equal((await enter(goodPassword)).is, 'right')
    })

    test('a link to set a password keeps the time that it had left', async () => {
      const { token } = await invited(accounts)
      now = later(1)
      await watch.look()
      now = later(-back, now)
      await watch.look()
      const left = 7 * 24 - 1
      assert.ok(await findAccountLink(casework.database, token, later(left - 0.1, now)))
      assert.equal(await findAccountLink(casework.database, token, later(left + 0.1, now)), null)
    })

    test('nobody is reminded twice of one deadline, nor told that it is due after it is late', async () => {
      const { user } = await casework.member('council', 'coordinator')
      const deadline = {
        recipient: user,
        what: 'referral' as const,
        reference: 'R-2026-0001',
        link: '/triage/R-2026-0001',
        subjectKind: 'referral',
        dueAt: later(-0.5),
        dueOn: null,
      }
      const told = (at: Date) => asProgram(casework.database, at, tx => remind(tx, [deadline], at))
      assert.equal(await told(noon), 1, 'it is overdue')
      assert.equal(await told(earlier), 0)
      assert.equal(await told(later(-0.25)), 0)
      assert.equal(await told(later(1)), 0)
    })

    test('what cannot wait is sent at once, and nothing a second time', async () => {
      const { database } = casework
      const { user } = await casework.member('council', 'coordinator')
      await database.query('delete from notices')
      const tell = () =>
        database.query(
          `insert into notices (recipient, kind, subject_kind, reference, link, created_at, delete_on)
           values ($1, 'glass-broken', 'broken-glass', 'ABCDEF01', '/sharing', $2, '2027-02-01')`,
          [user, noon.toISOString()],
        )
      let sent = 0
      const run = (at: Date) =>
        sendMails(database, {
          send: async () => {
            sent++
            return { is: 'sent' }
          },
          address: 'https://concord.example',
          clock: () => at,
        })
      await tell()
      await run(noon)
      await tell()
      await run(earlier)
      assert.equal(sent, 2, 'it waits until the old time comes again')
      for (const at of [earlier, noon, later(1)]) await run(at)
      assert.equal(sent, 2)
    })

    test('R10 what was hidden stays hidden, and nothing is deleted before its day', async () => {
      const { database } = casework
      const school = await casework.member('school')
      const of = await casework.record(school)
      await casework.entry(school, of)
      await database.query(`update agency_records set review_on = '2026-11-19' where id = $1`, [of.record])
      await database.query(`update entries set delete_on = '2026-11-21' where record_id = $1`, [of.record])
      await runRetention(database, noon)
      const state = async () => {
        const [row] = await database.query(
          `select r.suspended_on as hidden, count(e.id) as entries from agency_records r
           left join entries e on e.record_id = r.id where r.id = $1 group by r.id`,
          [of.record],
        )
        return row
      }
      const wanted = { hidden: '2026-11-20', entries: 1 }
      assert.deepEqual(await state(), wanted)
      await runRetention(database, earlier)
      assert.deepEqual(await state(), wanted)
      await runRetention(database, later(24))
      assert.deepEqual(await state(), { ...wanted, entries: 0 })
      const counts = () => database.query('select deleted_on as "on", records from deletion_counts')
      const once = await counts()
      await runRetention(database, earlier)
      await runRetention(database, later(24))
      assert.deepEqual(await counts(), once, 'something is counted twice')
    })
  })
}

test('R12 after a leap forward a night waits, and the next one takes the clock at its word', async () => {
  const casework = await caseworkForTests()
  const { database } = casework
  await runRetention(database, noon)
  assert.equal(await waitsForClock(database, later(24)), false)
  assert.equal(await waitsForClock(database, later(24 * 400)), true, 'a clock that is wrong by a year')
  assert.equal(await waitsForClock(database, later(48)), false, 'it was put right')
  assert.equal(await waitsForClock(database, later(24 * 401)), false, 'it was right')
  await casework.close()
})
