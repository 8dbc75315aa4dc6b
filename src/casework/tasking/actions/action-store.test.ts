import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { caseworkForTests, morning, type TestCasework } from '../../../../test/casework-for-tests.ts'
import { onEveryStore } from '../../../../test/every-store.ts'
import { asMember, type Member, type MemberTransaction } from '../../../governance/access/as-member.ts'
import { runRetention } from '../../../governance/retention/run-retention.ts'
import { NotThere, WrongMove } from '../../../platform/errors.ts'
import type { Database } from '../../../platform/postgres.ts'
import type { ActionMove } from './action.ts'
import {
  actionsOf,
  type MoveForm,
  makeAction,
  moveAction,
  type NewAction,
  readAction,
} from './action-store.ts'

const visit = {
  what: 'Visit the shop and offer the owner advice.',
  agency: 'oak-school',
  dueOn: '2026-12-04',
  field: 'action',
  legalBasis: 'Children Act 2004, section 10',
  child: true,
} satisfies NewAction

onEveryStore('actions', store => {
  let casework: TestCasework
  let database: Database
  let school: Member
  let head: Member
  let police: Member
  let partnership: Member

  before(async () => {
    database = await store.open()
    casework = await caseworkForTests(database)
    school = await casework.member('school')
    head = await casework.member('school', 'coordinator')
    police = await casework.member('police')
    partnership = await casework.member('partnership', 'coordinator')
    await casework.agree(['school', 'partnership'], ['action'])
  })
  after(() => database.close())

  const as = <T>(member: Member, act: (tx: MemberTransaction) => Promise<T>, now = morning) =>
    asMember(database, member, { now }, act)
  const make = (member: Member, more: Partial<NewAction> = {}, key: string = randomUUID()) =>
    as(member, tx => makeAction(tx, { ...visit, ...more }, { key }))
  const read = (member: Member, reference: string) => as(member, tx => readAction(tx, reference))
  const move = (
    member: Member,
    reference: string,
    name: Exclude<ActionMove, 'make'>,
    form: Partial<MoveForm> = {},
  ) =>
    as(member, async tx => {
      const seen = (await readAction(tx, reference)).stands.seq
      await moveAction(tx, reference, name, { key: randomUUID(), seen, ...form })
    })

  test('the same form twice is one action, and one move', async () => {
    const key = randomUUID()
    const made = await make(school, {}, key)
    assert.match(made.reference, /^A-2026-\d{4}$/)
    assert.deepEqual(await make(school, {}, key), made)
    const twice = { key: randomUUID(), seen: 1, detail: { note: 'Rang them.' } }
    await move(school, made.reference, 'note', twice)
    await move(school, made.reference, 'note', twice)
    assert.equal((await read(school, made.reference)).moved.length, 2)
  })

  test('the row stands as its moves have led', async () => {
    const { reference } = await make(school)
    await move(school, reference, 'give', { toUser: head.user })
    await move(school, reference, 'start')
    await move(school, reference, 'move-date', { dueOn: '2026-12-11', detail: { because: 'She is away.' } })
    await move(school, reference, 'finish', { detail: { result: 'Visited; took the leaflet.' } })
    const action = await read(school, reference)
    assert.equal(action.owner?.id, head.user)
    assert.equal(action.dueOn, '2026-12-11')
    assert.deepEqual(action.startedAt, morning)
    assert.deepEqual(action.closedAt, morning)
    assert.equal(action.result, 'Visited; took the leaflet.')
    const { lines } = await as(school, tx => actionsOf(tx, { owner: head.user }, { limit: 25, offset: 0 }))
    assert.equal(lines.find(l => l.reference === reference)?.state, 'done')
    assert.equal(action.stands.state, 'done')
  })

  test('who moves what somebody else has moved meanwhile is told of it', async () => {
    const { reference } = await make(school)
    await move(head, reference, 'start')
    await assert.rejects(
      move(school, reference, 'finish', { seen: 1 }),
      (error: Error) => error instanceof WrongMove && /started it\)/.test(error.message),
    )
  })

  test('R13 an action about somebody goes to another agency only under an agreement in force', async () => {
    const of = await casework.record(school)
    const about = { subject: { person: of.person } }
    await assert.rejects(make(school, { ...about, agency: 'police' }), /No agreement in force .* lets Police/)
    await assert.rejects(make(school, { ...about, audience: ['council'] }), /lets Council/)
    const { reference } = await make(school, { ...about, agency: 'partnership' })
    assert.equal((await read(partnership, reference)).mover.doer, true)
    await assert.rejects(read(police, reference), NotThere)
    const nobodys = await make(school, { agency: 'police' })
    assert.equal((await read(police, nobodys.reference)).what, visit.what)
  })

  test('R13 what was given ends with its agreement', async () => {
    const agreement = await casework.agree(['council', 'charity'], ['action'])
    const council = await casework.member('council')
    const charity = await casework.member('charity')
    const { person } = await casework.record(council)
    const { reference } = await make(council, { agency: 'charity', subject: { person } })
    assert.equal((await read(charity, reference)).reference, reference)
    await database.query(
      `update agreements set ended_on = '2026-11-20', ended_because = 'over' where id = $1`,
      [agreement],
    )
    await assert.rejects(read(charity, reference), NotThere)
    assert.equal((await read(council, reference)).reference, reference)
  })

  test('an escalation goes to an agency that may read it, and comes back with an answer', async () => {
    const { person } = await casework.record(school)
    const { reference } = await make(school, { subject: { person } })
    const because = { detail: { because: 'The family does not answer.' } }
    await assert.rejects(
      move(school, reference, 'escalate', { toAgency: 'police', ...because }),
      /lets Police \(synthetic\) read this action/,
    )
    await move(school, reference, 'escalate', { toAgency: 'partnership', ...because })
    const waiting = await as(partnership, tx =>
      actionsOf(tx, { escalatedTo: 'partnership' }, { limit: 25, offset: 0 }),
    )
    assert.deepEqual(
      waiting.lines.map(l => l.reference),
      [reference],
    )
    await assert.rejects(move(school, reference, 'answer-escalation'), WrongMove)
    await move(partnership, reference, 'answer-escalation', {
      detail: { answer: 'Go with a youth worker.' },
    })
    const answered = await read(school, reference)
    assert.equal(answered.escalatedAt, null)
    assert.equal(answered.escalateTo?.id, 'partnership')
  })

  test('an action is for somebody of its agency', async () => {
    const { reference } = await make(school)
    await assert.rejects(move(school, reference, 'give', { toUser: police.user }), /row-level security/)
    await assert.rejects(make(school, { owner: police.user }), /row-level security/)
  })

  test('an action is due within 180 days, and not in the past', async () => {
    await assert.rejects(make(school, { dueOn: '2026-11-19' }), WrongMove)
    await assert.rejects(make(school, { dueOn: '2027-05-20' }), WrongMove)
    const { reference } = await make(school, { dueOn: '2027-05-19' })
    assert.equal((await read(school, reference)).reviewOn, '2027-05-19')
  })

  test('lists count what they show, the nearest due first, and page through all of it', async () => {
    const council = await casework.member('council')
    const due = ['2026-11-25', '2026-11-23', '2026-11-24', '2026-11-23']
    const made = await Promise.all(due.map(dueOn => make(council, { agency: 'council', dueOn })))
    const page = (offset: number, more = {}) =>
      as(council, tx => actionsOf(tx, { agency: 'council', ...more }, { limit: 3, offset }))
    const { total, lines } = await page(0)
    assert.equal(total, 4)
    const all = [...lines, ...(await page(3)).lines]
    assert.deepEqual(
      all.map(l => l.dueOn),
      ['2026-11-23', '2026-11-23', '2026-11-24', '2026-11-25'],
    )
    assert.deepEqual(new Set(all.map(l => l.reference)), new Set(made.map(m => m.reference)))
    assert.equal((await page(0, { overdueOn: '2026-11-24' })).total, 2)
    assert.equal((await page(0, { unheld: true, dueFrom: '2026-11-24' })).total, 2)
    assert.equal((await page(0, { states: ['done'] })).total, 0)
  })

  test('R10 an open action that nobody touches is hidden, shown to who reviews it, and comes back when it is moved', async () => {
    const { reference } = await make(head, { dueOn: '2026-12-04' })
    assert.equal((await read(school, reference)).reviewOn, '2027-01-01')
    await runRetention(database, new Date('2027-01-02T02:00:00Z'))
    await assert.rejects(read(school, reference), NotThere)
    const january = new Date('2027-01-02T09:00:00Z')
    await as(
      head,
      tx =>
        moveAction(tx, reference, 'move-date', {
          key: randomUUID(),
          seen: 1,
          dueOn: '2027-01-08',
          detail: { because: 'Still needed.' },
        }),
      january,
    )
    const action = await as(school, tx => readAction(tx, reference), january)
    assert.equal(action.suspendedOn, null)
    assert.equal(action.reviewOn, '2027-02-13')
  })

  test('an agency’s actions stay with the person whom its record is about when records are joined', async () => {
    const one = await casework.record(school)
    const other = await casework.record(school)
    const { reference } = await make(school, { subject: { person: other.person } })
    await as(head, tx =>
      tx.query('update agency_records set person_id = $1 where id = $2', [one.person, other.record]),
    )
    assert.equal((await read(school, reference)).subject.person, one.person)
  })

  test('the audit says of each act who did what about whom', async () => {
    const { person } = await casework.record(school)
    const { reference } = await make(school, { subject: { person } })
    await move(school, reference, 'start')
    const entries = await database.query(
      `select event, detail ->> 'move' as move from audit where person_id = $1 and subject_id = $2 order by seq`,
      [person, reference],
    )
    assert.deepEqual(entries, [
      { event: 'action-made', move: null },
      { event: 'action-moved', move: 'start' },
    ])
  })
})
