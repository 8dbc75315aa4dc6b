import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { move, readReferral } from '../src/casework/intake/referrals/referral-store.ts'
import { challengeDue } from '../src/casework/intake/triage/queue.ts'
import { noticeJob } from '../src/casework/notice-job.ts'
import {
  asMember,
  asProgram,
  type Member,
  type MemberTransaction,
} from '../src/governance/access/as-member.ts'
import { closeRequest } from '../src/governance/disclosure/request-store.ts'
import { calendarText } from '../src/governance/notices/calendar.ts'
import { readDeadlines } from '../src/governance/notices/deadlines.ts'
import { mailText } from '../src/governance/notices/mail-text.ts'
import { type NoticeKindId, noticeKinds } from '../src/governance/notices/notice-kinds.ts'
import { listNotices, openNotice } from '../src/governance/notices/notice-store.ts'
import { notify } from '../src/governance/notices/notify.ts'
import { caseworkForTests, morning, type TestCasework } from './casework-for-tests.ts'
import { type EveryNotice, everyNotice, mustNotTravel } from './every-notice.ts'
import { onEveryStore } from './every-store.ts'

const kinds = Object.keys(noticeKinds) as NoticeKindId[]
const nextWeek = new Date('2026-12-01T09:00:00Z')

onEveryStore('notices of everything that happens', store => {
  let casework: TestCasework
  let people: EveryNotice

  before(async () => {
    casework = await caseworkForTests(await store.open())
    people = await everyNotice(casework)
    await job(new Date('2026-11-23T08:00:00Z'))
    await job(nextWeek)
  })
  after(() => casework.database.close())

  const job = (at: Date) => noticeJob(casework.database, () => at, { send: null, address: '' }).run()
  const as = <T>(member: Member, act: (tx: MemberTransaction) => Promise<T>, now = morning) =>
    asMember(casework.database, member, { now }, act)
  const all = () =>
    casework.database.query<{
      id: string
      recipient: string
      kind: NoticeKindId
      reference: string
      link: string
      subject_kind: string
    }>('select * from notices')
  const told = async (kind: NoticeKindId) => (await all()).filter(n => n.kind === kind).map(n => n.recipient)

  test('R16 every kind of notice has a reference and a link, and nothing that anybody typed', async () => {
    const notices = await all()
    assert.deepEqual(
      kinds.filter(kind => !notices.some(n => n.kind === kind)),
      [],
      'a kind that no act of these tests sends',
    )
    const everything = JSON.stringify(notices)
    for (const words of mustNotTravel) assert.ok(!everything.includes(words), words)
    for (const member of [people.school, people.council, people.coordinator, people.officer]) {
      assert.ok(!JSON.stringify(await as(member, tx => listNotices(tx, 1000))).includes('Quillfeather'))
    }
  })

  test('R16 an e-mail says the reference, fixed words and links to us, of every kind', async () => {
    for (const kind of kinds) {
      const mine = (await all()).filter(n => n.kind === kind)
      const { subject, text, html } = mailText(mine, 'https://concord.example')
      for (const words of mustNotTravel) assert.ok(!`${subject}${text}${html}`.includes(words), kind)
      for (const link of [...text.matchAll(/https?:\S+/g), ...html.matchAll(/href="([^"]*)"/g)]) {
        assert.match(
          link[1] ?? link[0],
          /^https:\/\/concord\.example\/(notices\/[0-9a-f-]{36}|account\/notices)$/,
        )
      }
      assert.ok(!/<(img|script|style|link|form)\b/.test(html), 'nothing is fetched when it is opened')
      assert.match(text, /You have to sign in/)
    }
  })

  test('R16 a calendar has references and times, and nothing that anybody typed', async () => {
    const deadlines = await asProgram(casework.database, morning, tx =>
      readDeadlines(tx, { challengeDue }, morning),
    )
    assert.ok(
      deadlines.some(d => d.reference === people.waiting) && deadlines.some(d => d.what === 'request'),
    )
    const text = calendarText(deadlines, { now: morning, address: 'https://concord.example', name: 'Due' })
    for (const words of mustNotTravel) assert.ok(!text.includes(words), words)
  })

  test('R16 the database keeps no other kind, no name for a reference, and no link to elsewhere', async () => {
    const insert = (change: Record<string, string>) => {
      const row = {
        recipient: people.school.user,
        kind: 'referral-arrived',
        subject_kind: 'referral',
        reference: 'R-2026-0001',
        link: '/triage/R-2026-0001',
        created_at: morning.toISOString(),
        delete_on: '2027-01-01',
        ...change,
      }
      return casework.database.transaction(async tx => {
        await tx.query(
          `insert into notices (${Object.keys(row).join(', ')}) values ($1, $2, $3, $4, $5, $6, $7)`,
          Object.values(row),
        )
        throw new Error('kept')
      })
    }
    await assert.rejects(insert({}), /kept/)
    for (const change of [
      { kind: 'zacharias-arrived' },
      { reference: 'Zacharias' },
      { reference: 'R-2026-0001 Zacharias' },
      { reference: 'R-2026-0001\nBcc: x@example.org' },
      { subject_kind: 'Quillfeather' },
      { link: '/register?name=Quillfeather' },
      { link: '/people/Zacharias' },
      { link: '//elsewhere.example' },
      { link: 'https://elsewhere.example' },
      { link: '/triage/R-2026-0001#tier-3' },
    ] as Record<string, string>[]) {
      await assert.rejects(insert(change), /violates (check|foreign key) constraint/, JSON.stringify(change))
    }
    const columns = await casework.database.query<{ name: string }>(
      `select column_name as name from information_schema.columns where table_name = 'notices' order by 1`,
    )
    assert.deepEqual(
      columns.map(c => c.name),
      [
        'created_at',
        'delete_on',
        'due_at',
        'id',
        'kind',
        'link',
        'mail',
        'read_at',
        'recipient',
        'reference',
        'subject_kind',
      ],
    )
  })

  test('R16 the words of a kind are plain text without a place for anything else', () => {
    for (const { asks, says } of Object.values(noticeKinds)) {
      assert.match(asks, /^[a-z0-9][a-z0-9 ]+$/)
      assert.match(says, /^[A-Z][A-Za-z0-9 ,]+\.( [A-Z][A-Za-z ]+\.)?$/)
      assert.ok(!/\btier\b|\bgang\b|nominal/i.test(`${asks} ${says}`))
    }
  })

  test('whoever is told can open what they are told of, and whoever did it is not told', async () => {
    const openable: Record<string, (reference: string) => string> = {
      referral: r => `select 1 from referrals where reference = '${r}'`,
      request: r => `select 1 from sharing_requests where upper(left(id::text, 8)) = '${r}'`,
      disclosure: r => `select 1 from disclosures where upper(left(id::text, 8)) = '${r}'`,
      'broken-glass': r => `select 1 from break_glass where upper(left(id::text, 8)) = '${r}'`,
      breach: r => `select 1 from breaches where reference = '${r}'`,
      'rights-case': r => `select 1 from rights_cases where reference = '${r}'`,
      action: r => `select 1 from actions where reference = '${r}'`,
      placement: r => `select 1 from placements where reference = '${r}'`,
      removal: r => `select 1 from removals where reference = '${r}' and agency = viewer_agency()`,
      'panel-case': r => `select 1 from panel_cases where reference = '${r}'`,
      bid: r => `select 1 from bids where reference = '${r}'`,
      consequence: r => `select 1 from consequences where reference = '${r}'`,
      custody: r => `select 1 from custody_spells where reference = '${r}'`,
      plan: r => `select 1 from plans where reference = '${r}'`,
      'meeting-copy': r => `select 1 from meeting_copies where reference = '${r}'`,
      escalation: r => `select 1 from escalations where reference = '${r}'`,
    }
    const members = await casework.database.query<Member>(
      `select u.id as user, u.name, u.post, u.agency, a.name as "agencyName", a.kind as "agencyKind", u.role,
         'safeguarding' as purpose
       from users u join agencies a on a.id = u.agency`,
    )
    for (const { recipient, kind, subject_kind, reference, link } of await all()) {
      // Officers review emergencies in functions of their own, without reading them; what was taken back is gone.
      if (link === '/sharing/reviews' || link === '/referrals/emergencies') continue
      if (kind === 'disclosure-withdrawn' || kind === 'information-offered') continue
      const member = members.find(m => m.user === recipient)!
      const found = await as(member, tx => tx.query(openable[subject_kind]!(reference)))
      assert.equal(found.length, 1, `${kind} of ${reference} to ${member.name}`)
    }
    assert.ok(!(await told('glass-broken')).includes(people.police.user))
    assert.deepEqual(await told('information-offered'), [people.council.user])
  })

  test('R21 a challenge is told to a coordinator who had no part in the decision', async () => {
    assert.deepEqual(await told('referral-challenged'), [people.second.user])
    assert.deepEqual(await told('challenge-to-review'), [people.second.user])
    assert.deepEqual(await told('escalation-raised'), [people.police.user])
    assert.deepEqual(await told('escalation-answered'), [people.coordinator.user])
    assert.deepEqual(await told('meeting-copy-given'), [people.police.user])
    assert.deepEqual(await told('meeting-copy-withdrawn'), [people.police.user])
  })

  test('R20 the owners of the records and information governance are told of broken glass', async () => {
    const owners = await told('glass-broken')
    assert.ok(owners.includes(people.school.user) && owners.includes(people.council.user))
    assert.deepEqual(await told('broken-glass-to-review'), [people.officer.user])
  })

  test('an agency without a coordinator is told all the same', async () => {
    assert.ok((await told('information-asked-for')).includes(people.council.user))
    assert.deepEqual(await told('shared-in-emergency'), [people.council.user])
  })

  test('nobody can tell of what they have not just done', async () => {
    const { length } = await all()
    const [referral] = await casework.database.query<{ id: string }>(
      'select id from referrals where reference = $1',
      [people.waiting],
    )
    const later = new Date(morning.getTime() + 1)
    for (const kind of kinds) {
      await as(people.police, tx => notify(tx, kind, referral!.id))
      await as(people.school, tx => notify(tx, kind, referral!.id), later)
      await as(people.school, tx => notify(tx, kind, randomUUID()), later)
    }
    assert.equal((await all()).length, length)
    for (const attempt of [
      `insert into notices (recipient, kind, subject_kind, reference, link, created_at, delete_on)
       values ('${people.school.user}', 'overdue', 'referral', 'R-2026-0001', '/work', now(), '2027-01-01')`,
      `update notices set kind = 'overdue'`,
      'delete from notices',
      `select notices_of('referral-arrived', '${referral!.id}')`,
      'select open_deadlines()',
      `select active_users('oak-school', '{practitioner}')`,
      'select * from notice_mails',
      'select token_hash from calendar_feeds',
    ]) {
      await assert.rejects(
        as(people.school, tx => tx.query(attempt)),
        /permission denied/,
        attempt,
      )
    }
  })

  test('an act that fails tells nobody', async () => {
    const { length } = await all()
    await assert.rejects(
      as(people.school, async tx => {
        const id = randomUUID()
        await tx.query(
          `insert into sharing_requests (id, person_id, from_agency, to_agency, asked_by, asked_at, purpose, question, because)
           values ($1, $2, 'oak-school', 'council', $3, present(), 'safeguarding', 'What?', 'Because')`,
          [id, people.person, people.school.user],
        )
        await notify(tx, 'information-asked-for', id)
        throw new Error('the act fails')
      }),
      /the act fails/,
    )
    assert.equal((await all()).length, length)
  })

  test('each sees and reads their own alone', async () => {
    const theirs = await as(people.officer, tx => listNotices(tx, 1000))
    assert.ok(theirs.length > 0)
    await assert.rejects(
      as(people.school, tx => openNotice(tx, theirs[0]!.id)),
      /nothing here/,
    )
    const own = await as(people.school, tx => listNotices(tx, 1000))
    const link = await as(people.school, tx => openNotice(tx, own[0]!.id))
    assert.equal(link, own[0]!.link)
    assert.notEqual((await as(people.school, tx => listNotices(tx, 1000))).at(-1)!.readAt, null)
  })

  test('each has the deadlines of what is theirs to do, until it is done', async () => {
    const mine = async ({ user }: Member) =>
      (
        await asProgram(casework.database, morning, tx => readDeadlines(tx, { challengeDue }, morning, user))
      ).map(d => `${d.what} ${d.reference} ${d.dueAt.toISOString()}`)
    const request = people.asked.slice(0, 8).toUpperCase()
    // Asked on a Friday morning: five working days end on the Friday after, at 17:00.
    assert.deepEqual(await mine(people.council), [`request ${request} 2026-11-27T17:00:00.000Z`])
    const coordinators = await mine(people.coordinator)
    assert.ok(coordinators.includes(`referral ${people.waiting} 2026-11-20T17:00:00.000Z`))
    assert.ok(!coordinators.some(d => d.includes(people.decided)), 'decided by this coordinator')
    const seconds = await mine(people.second)
    // A challenge has three working days of its own; the person's own case runs by its statutory clock.
    assert.ok(seconds.includes(`challenge ${people.decided} 2026-11-25T17:00:00.000Z`))
    assert.ok(seconds.some(d => d.startsWith(`rights-case ${people.rightsCase} `)))
    const officers = await mine(people.officer)
    assert.ok(
      officers.some(d => d.startsWith('breach B-2026-0001 2026-11-23T08:40:00')),
      'after 72 hours',
    )
    assert.ok(officers.some(d => d.startsWith(`rights-case ${people.rightsCase} `)))
    // Emergencies by the next working day, broken glass within five.
    assert.equal(officers.filter(d => /^emergency-review .* 2026-11-23T17:00/.test(d)).length, 2)
    assert.equal(officers.filter(d => /^broken-glass-review .* 2026-11-27T17:00/.test(d)).length, 1)
    assert.deepEqual(await mine(people.school), [])
  })

  test('a reminder comes once for each deadline, when it is due and when it is over', async () => {
    const reminders = async () =>
      (await all())
        .filter(n => n.kind === 'due-today' || n.kind === 'overdue')
        .map(n => `${n.kind} ${n.reference}`)
    const before = await reminders()
    // Sent at 08:40 for today, due at 17:00 on that day: its own notice said so.
    assert.ok(!before.includes(`due-today ${people.waiting}`))
    assert.ok(before.includes(`overdue ${people.waiting}`))
    await job(nextWeek)
    assert.deepEqual(await reminders(), before)
  })

  test('what is done troubles nobody any more, whoever did it', async () => {
    const unread = async (member: Member, reference: string) =>
      (await as(member, tx => listNotices(tx, 1000)))
        .filter(n => n.reference === reference && n.readAt === null)
        .map(n => n.kind)
        .toSorted()
    const waits = ['overdue', 'urgent-referral-arrived']
    assert.deepEqual(await unread(people.coordinator, people.waiting), waits)
    assert.deepEqual(await unread(people.second, people.waiting), waits)
    await as(people.second, async tx => {
      const { seq } = (await readReferral(tx, people.waiting)).stands
      await move(tx, people.waiting, 'take', { key: randomUUID(), seen: seq })
    })
    await job(nextWeek)
    assert.deepEqual(await unread(people.coordinator, people.waiting), [], 'a colleague has it')
    assert.deepEqual(await unread(people.second, people.waiting), waits, 'it is theirs now')
    const request = people.asked.slice(0, 8).toUpperCase()
    assert.ok((await unread(people.council, request)).includes('information-asked-for'))
    await as(people.council, tx =>
      closeRequest(tx, { id: people.asked, person: people.person }, 'refused', 'Not held'),
    )
    await job(nextWeek)
    assert.deepEqual(await unread(people.council, request), [])
    assert.deepEqual(await unread(people.school, request), ['request-answered'])
  })
})
