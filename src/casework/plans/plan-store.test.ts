import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { caseworkForTests, morning, type TestCasework } from '../../../test/casework-for-tests.ts'
import { onEveryStore } from '../../../test/every-store.ts'
import { asMember, type Member, type MemberTransaction } from '../../governance/access/as-member.ts'
import { runRetention } from '../../governance/retention/run-retention.ts'
import { NotThere, WrongMove } from '../../platform/errors.ts'
import type { Database } from '../../platform/postgres.ts'
import {
  actionsOf,
  insistOnMoreThanPursue,
  makeAction,
  moveAction,
  type NewAction,
  readAction,
} from '../tasking/actions/action-store.ts'
import type { OfferMove } from './offer.ts'
import { makeOffer, moveOffer, offersOf } from './offer-store.ts'
import { exitPathways } from './pathways.ts'
import type { StatementKind } from './plan.ts'
import {
  changeWords,
  listPlans,
  makePlan,
  movePlan,
  type NewPlan,
  type PlanMoveForm,
  readPlan,
} from './plan-store.ts'
import {
  addStatement,
  changeStatement,
  endNeed,
  type StatementDetails,
  statementsOf,
} from './statement-store.ts'

const law = 'Children Act 2004, section 10'

onEveryStore('plans', store => {
  let casework: TestCasework
  let database: Database
  let school: Member
  let head: Member
  let council: Member
  let police: Member
  let charity: Member

  before(async () => {
    database = await store.open()
    casework = await caseworkForTests(database)
    school = await casework.member('school')
    head = await casework.member('school', 'coordinator')
    council = await casework.member('council')
    police = await casework.member('police')
    charity = await casework.member('charity')
    await casework.agree(['school', 'council', 'police'], ['plan'])
  })
  after(() => database.close())

  const as = <T>(member: Member, act: (tx: MemberTransaction) => Promise<T>, now = morning) =>
    asMember(database, member, { now }, act)
  const make = async (more: Partial<NewPlan> = {}, by = school) => {
    const subject = more.subject ?? { person: (await casework.record(by)).person }
    return as(by, tx =>
      makePlan(
        tx,
        {
          called: 'Synthetic Person',
          child: true,
          aim: 'Stay at school and be safe on the way home.',
          owner: by.user,
          legalBasis: law,
          ...more,
          subject,
        },
        { key: randomUUID() },
      ),
    )
  }
  const read = (member: Member, reference: string, now = morning) =>
    as(member, tx => readPlan(tx, reference), now)
  const step = (
    member: Member,
    reference: string,
    name: Parameters<typeof movePlan>[2],
    form: Partial<PlanMoveForm> = {},
    now = morning,
  ) =>
    as(
      member,
      async tx => {
        const seen = (await readPlan(tx, reference)).made.at(-1)!.seq
        await movePlan(tx, reference, name, { key: randomUUID(), seen, ...form })
      },
      now,
    )
  const join = (reference: string, toAgency: string, users: string[] = []) =>
    step(school, reference, 'add-member', { toAgency, users })
  const say = (
    member: Member,
    reference: string,
    kind: StatementKind,
    more: Partial<StatementDetails & { entries: string[] }> = {},
  ) =>
    as(member, async tx => {
      const key = randomUUID()
      const details = { text: 'A statement.', onDay: '2026-11-20', pathway: null, turning: null, ...more }
      await addStatement(tx, await readPlan(tx, reference), kind, details, { key })
      return key
    })
  const said = (member: Member, reference: string) =>
    as(member, async tx => statementsOf(tx, (await readPlan(tx, reference)).id))
  const give = (member: Member, reference: string, more: Partial<NewAction> = {}) =>
    as(member, async tx => {
      const plan = await readPlan(tx, reference)
      const made = await makeAction(
        tx,
        {
          what: 'Walk with her to the bus.',
          fourP: 'protect',
          agency: member.agency,
          dueOn: '2026-12-04',
          field: 'plan',
          plan: plan.id,
          subject: plan.subject,
          legalBasis: law,
          child: plan.child,
          ...more,
        },
        { key: randomUUID() },
      )
      await insistOnMoreThanPursue(tx, plan.id)
      return made
    })
  const seenBy = (member: Member, reference: string) =>
    as(member, async tx => {
      const { id } = await readPlan(tx, reference)
      return (await actionsOf(tx, { plan: id }, { limit: 1000, offset: 0 })).lines.map(l => l.reference)
    })

  test('the same form twice is one plan, and one agency leads one open plan about somebody', async () => {
    const { person } = await casework.record(school)
    const key = randomUUID()
    const plan = {
      called: 'A',
      child: true,
      aim: 'x',
      owner: school.user,
      legalBasis: law,
      subject: { person },
    }
    const first = await as(school, tx => makePlan(tx, plan, { key }))
    assert.match(first.reference, /^P-2026-\d{4}$/)
    assert.deepEqual(await as(school, tx => makePlan(tx, plan, { key })), first)
    await assert.rejects(
      make({ subject: { person } }),
      (error: Error) => error instanceof WrongMove && error.message.includes(first.reference),
    )
  })

  test('a plan is about a person, a place or a line on the same footing', async () => {
    const [place, line] = [randomUUID(), randomUUID()]
    await as(school, async tx => {
      await tx.query(
        `insert into places (id, name, kind, agency, owner, purpose, legal_basis, created_at, review_on, delete_on)
         values ($1, 'The shop at the gate', 'licensed-premises', 'oak-school', $2, 'safeguarding', 'x', present(), '2027-01-01', '2028-01-01')`,
        [place, school.user],
      )
      await tx.query(
        `insert into lines (id, name, agency, owner, purpose, legal_basis, created_at, review_on, delete_on)
         values ($1, 'A line', 'oak-school', $2, 'safeguarding', 'x', present(), '2027-01-01', '2028-01-01')`,
        [line, school.user],
      )
    })
    for (const [kind, id] of [
      ['place', place],
      ['line', line],
    ] as const) {
      const { reference } = await make({ subject: { [kind]: id }, child: false })
      assert.equal((await read(school, reference)).kind, kind)
      await give(school, reference, { fourP: 'pursue', child: false })
      await assert.rejects(make({ subject: { [kind]: id }, child: false }, council), /row-level security/)
    }
  })

  test('R13 an agency comes to a plan under an agreement in force alone, and reads all of it then', async () => {
    const { reference } = await make()
    const before = await give(school, reference)
    await assert.rejects(join(reference, 'charity'), /No agreement in force .* lets Charity/)
    await assert.rejects(read(council, reference), NotThere)
    await join(reference, 'council')
    assert.equal((await read(council, reference)).called, 'Synthetic Person')
    assert.deepEqual(await seenBy(council, reference), [before.reference], 'given before they came')
    await assert.rejects(read({ ...council, purpose: 'support' }, reference), NotThere)
    await assert.rejects(read(police, reference), NotThere)
    await step(council, reference, 'remove-member', { toAgency: 'council' })
    await assert.rejects(read(council, reference), NotThere)
    await assert.rejects(
      as(council, tx => readAction(tx, before.reference)),
      NotThere,
    )
  })

  test('R13 what members read ends with the agreement', async () => {
    const agreement = await casework.agree(['school', 'charity'], ['plan'])
    const { reference } = await make()
    await join(reference, 'charity')
    assert.equal((await read(charity, reference)).reference, reference)
    await database.query(
      `update agreements set ended_on = '2026-11-20', ended_because = 'over' where id = $1`,
      [agreement],
    )
    await assert.rejects(read(charity, reference), NotThere)
  })

  test('R14 where people of a member are named, they and those who answer for the agency read it, and no others', async () => {
    const { reference } = await make()
    await join(reference, 'council', [council.user])
    const colleague = { ...council, user: randomUUID() }
    assert.equal((await read(council, reference)).members[0]!.users[0]!.id, council.user)
    await assert.rejects(read(colleague, reference), NotThere)
    const coordinator = await casework.member('council', 'coordinator')
    assert.equal((await read(coordinator, reference)).reference, reference)
  })

  test('E2 a child’s plan never holds only Pursue without a recorded reason, whatever way it comes there', async () => {
    const { reference } = await make()
    await assert.rejects(give(school, reference, { fourP: 'pursue' }), /hold nothing but Pursue/)
    const other = await give(school, reference, { fourP: 'prevent' })
    await give(school, reference, { fourP: 'pursue' })
    const withdraw = () =>
      as(school, tx =>
        moveAction(tx, other.reference, 'withdraw', { key: randomUUID(), seen: 1, detail: { because: 'x' } }),
      )
    await assert.rejects(withdraw(), WrongMove)
    // The database refuses it too, for whoever comes past the forms.
    await assert.rejects(
      as(school, tx =>
        tx.query(
          `insert into action_moves (action, seq, action_name, state_after, by_user, by_agency, at, request_key)
           values ($1, 2, 'withdraw', 'withdrawn', $2, $3, present(), gen_random_uuid())`,
          [other.id, school.user, school.agency],
        ),
      ),
      /something beside Pursue/,
    )
    await step(school, reference, 'pursue-alone', { detail: { because: 'The court asked for it.' } })
    await withdraw()
    assert.equal((await read(school, reference)).pursueAloneBecause, 'The court asked for it.')
  })

  test('an adult’s plan, and one of a place, may hold only Pursue', async () => {
    const { reference } = await make({ child: false })
    await give(school, reference, { fourP: 'pursue', child: false })
    assert.equal((await seenBy(school, reference)).length, 1)
  })

  test('R22 what rests on a restricted entry vanishes from the plan at once, and comes back when that is lifted', async () => {
    const of = await casework.record(school)
    const entry = await casework.entry(school, of)
    const { reference } = await make({ subject: { person: of.person } })
    await join(reference, 'council')
    await say(school, reference, 'need', { text: 'Rests on the entry.', entries: [entry] })
    const words = await say(school, reference, 'words', { text: 'I want to stay.' })
    const texts = async (member: Member) => (await said(member, reference)).map(s => s.text).toSorted()
    assert.deepEqual(await texts(council), ['I want to stay.', 'Rests on the entry.'])
    assert.deepEqual(
      (await said(council, reference)).flatMap(s => s.entries),
      [],
      'the entry itself stays theirs',
    )
    assert.equal((await said(school, reference)).flatMap(s => s.entries).length, 1)
    const restrict = (table: string, id: string, at: string | null) =>
      database.query(`update ${table} set restricted_at = $2 where id = $1`, [id, at])
    await restrict('entries', entry, morning.toISOString())
    await restrict('plan_statements', words, morning.toISOString())
    assert.deepEqual(await texts(council), [])
    assert.deepEqual(await texts(school), [])
    await restrict('entries', entry, null)
    assert.deepEqual(await texts(council), ['Rests on the entry.'])
    const { id } = await give(school, reference)
    await restrict('actions', id, morning.toISOString())
    assert.deepEqual(await seenBy(school, reference), [])
  })

  test('a need rests on entries of the author’s own agency about the same person, and on no note of a circle', async () => {
    const of = await casework.record(school)
    const other = await casework.record(school)
    const { reference } = await make({ subject: { person: of.person } })
    const elsewhere = await casework.entry(school, other)
    await assert.rejects(say(school, reference, 'need', { entries: [elsewhere] }), /row-level security/)
  })

  test('R17 mediation and health are not there for police, and everything else is', async () => {
    const { reference } = await make()
    await join(reference, 'police')
    await join(reference, 'council')
    for (const pathway of Object.keys(exitPathways) as (keyof typeof exitPathways)[]) {
      await say(council, reference, 'need', { text: pathway, pathway })
      await as(council, async tx =>
        makeOffer(
          tx,
          await readPlan(tx, reference),
          { pathway, what: pathway, provider: 'A service', need: null },
          { key: randomUUID() },
        ),
      )
    }
    const open = Object.entries(exitPathways)
      .filter(([, p]) => !p.closedToPolice)
      .map(([id]) => id)
      .toSorted()
    const offers = (member: Member) =>
      as(member, async tx => offersOf(tx, (await readPlan(tx, reference)).id))
    assert.deepEqual((await said(police, reference)).map(s => s.text).toSorted(), open)
    assert.deepEqual((await offers(police)).map(o => o.what).toSorted(), open)
    assert.equal((await offers(council)).length, Object.keys(exitPathways).length)
    const health = (await said(council, reference)).find(s => s.pathway === 'mental-health')!
    const done = await give(council, reference, { need: health.id, what: 'Ring the clinic.' })
    assert.deepEqual(await seenBy(council, reference), [done.reference])
    assert.deepEqual(await seenBy(police, reference), [], 'nor what is done about it')
    const [closed] = await database.query<{ list: string[] }>('select pathways_closed_to_police() as list')
    assert.deepEqual(
      closed!.list,
      Object.entries(exitPathways).flatMap(([id, p]) => (p.closedToPolice ? [id] : [])),
      'the database knows the same ones',
    )
  })

  test('an offer goes from offered to what came of it, and a wrong step is told what is possible', async () => {
    const { reference } = await make()
    const key = randomUUID()
    const need = await say(school, reference, 'need', { pathway: 'mentoring' })
    const within = <T>(
      act: (tx: MemberTransaction, plan: Awaited<ReturnType<typeof readPlan>>) => Promise<T>,
    ) => as(school, async tx => act(tx, await readPlan(tx, reference)))
    const offer = { pathway: 'mentoring' as const, what: 'A mentor on Tuesdays', provider: 'Catch22', need }
    await within((tx, plan) => makeOffer(tx, plan, offer, { key }))
    await within((tx, plan) => makeOffer(tx, plan, offer, { key }))
    const go = (move: OfferMove, note = 'A note.', form: string = randomUUID()) =>
      within((tx, plan) => moveOffer(tx, plan, key, move, { onDay: '2026-11-20', note, key: form }))
    await assert.rejects(go('end'), /Offered, no answer yet|offered, no answer yet/)
    await go('decline', 'Not now, he said.')
    const again = randomUUID()
    await go('offer-again', '', again)
    await go('offer-again', '', again)
    await go('take-up', '')
    await go('end', 'Went to all ten sessions.')
    const [made] = await within((tx, plan) => offersOf(tx, plan.id))
    assert.equal(made!.state, 'ended')
    assert.deepEqual(
      made!.moved.map(m => [m.move, m.note]),
      [
        ['decline', 'Not now, he said.'],
        ['offer-again', null],
        ['take-up', null],
        ['end', 'Went to all ten sessions.'],
      ],
    )
  })

  test('two editors: the second is told and nothing of either is lost', async () => {
    const { reference } = await make()
    const change = (aim: string, edition: number) =>
      as(school, async tx =>
        changeWords(tx, await readPlan(tx, reference), { called: 'A', aim }, { edition, key: randomUUID() }),
      )
    assert.equal(await change('First', 1), true)
    assert.equal(await change('Second', 1), false)
    assert.equal((await read(school, reference)).aim, 'First')
    const id = await say(school, reference, 'words')
    const rewrite = (text: string, edition: number, by = school) =>
      as(by, async tx => {
        const plan = await readPlan(tx, reference)
        const statement = (await statementsOf(tx, plan.id)).find(s => s.id === id)!
        return changeStatement(tx, plan, statement, { ...statement, text }, edition)
      })
    assert.equal(await rewrite('One', 1), true)
    assert.equal(await rewrite('Two', 1), false)
    assert.equal((await said(school, reference))[0]!.text, 'One')
  })

  test('nobody changes what somebody of another agency wrote; a need is met for all of them', async () => {
    const { reference } = await make()
    await join(reference, 'council')
    const id = await say(council, reference, 'need', { text: 'A quiet place to learn.' })
    const within = (by: Member, act: (tx: MemberTransaction) => Promise<unknown>) => as(by, act)
    await assert.rejects(
      within(school, tx => tx.query(`update plan_statements set text = 'x' where id = $1`, [id])),
      /Only who wrote it/,
    )
    await within(school, async tx => {
      const plan = await readPlan(tx, reference)
      const need = (await statementsOf(tx, plan.id)).find(s => s.id === id)!
      await endNeed(tx, plan, need, 'She has a place in the library.')
    })
    const [need] = await said(council, reference)
    assert.equal(need!.ended!.because, 'She has a place in the library.')
    assert.equal(need!.text, 'A quiet place to learn.')
  })

  test('R10 a plan that nobody reviews is hidden, shown to who coordinates, and comes back when it is reviewed', async () => {
    const { reference } = await make()
    await join(reference, 'council')
    assert.equal((await read(school, reference)).reviewOn, '2027-01-01', '42 days for a child')
    await runRetention(database, new Date('2027-01-02T02:00:00Z'))
    const january = new Date('2027-01-02T09:00:00Z')
    await assert.rejects(read(school, reference, january), NotThere)
    await assert.rejects(read(council, reference, january), NotThere)
    const { lines } = await as(
      head,
      tx => listPlans(tx, { show: 'review', kind: null }, { limit: 25, offset: 0 }),
      january,
    )
    assert.ok(lines.some(l => l.reference === reference && l.suspendedOn !== null))
    await assert.rejects(step(head, reference, 'review', { reviewOn: '2027-03-01' }, january), WrongMove)
    await step(head, reference, 'review', { reviewOn: '2027-02-01' }, january)
    assert.equal((await read(council, reference, january)).reviewOn, '2027-02-01')
  })

  test('R12 a closed plan is deleted within a year, and everything of it with it', async () => {
    const { reference, id } = await make()
    await say(school, reference, 'need')
    await give(school, reference)
    await step(school, reference, 'close', { detail: { outcome: 'He is at college.' } })
    const closed = await read(school, reference)
    assert.equal(closed.state, 'closed')
    assert.equal(closed.deleteOn, '2027-11-20')
    await assert.rejects(give(school, reference), /row-level security/)
    await assert.rejects(step(school, reference, 'review'), WrongMove)
    await database.query(
      `update plans set delete_on = '2026-11-21', review_on = '2026-11-21' where id = $1`,
      [id],
    )
    const { deleted } = await runRetention(database, new Date('2026-11-21T02:00:00Z'))
    assert.equal(deleted.plan, 1)
    for (const table of ['plan_statements where plan', 'plan_moves where plan', 'actions where plan']) {
      const [left] = await database.query<{ n: number }>(`select count(*) as n from ${table} = $1`, [id])
      assert.equal(left!.n, 0, table)
    }
  })

  test('a plan and its actions stay with the person when records are joined', async () => {
    const one = await casework.record(school)
    const other = await casework.record(school)
    const { reference } = await make({ subject: { person: other.person } })
    const action = await give(school, reference)
    await as(head, tx =>
      tx.query('update agency_records set person_id = $1 where id = $2', [one.person, other.record]),
    )
    assert.equal((await read(school, reference)).subject.person, one.person)
    assert.equal((await as(school, tx => readAction(tx, action.reference))).subject.person, one.person)
  })

  test('who reads a plan, what is said in it, offered and done, is as it is written down here', async () => {
    const { reference, id } = await make()
    await join(reference, 'council', [council.user])
    await say(school, reference, 'need')
    await give(school, reference)
    const sqls = [
      'select id from plans where id = $1',
      'select id from plan_statements where plan = $1',
      'select id from actions where plan = $1',
      'select plan as id from plan_members where plan = $1',
      'select distinct plan as id from plan_moves where plan = $1',
    ]
    for (const agency of ['school', 'council', 'police', 'charity', 'partnership'] as const) {
      for (const role of [
        'practitioner',
        'coordinator',
        'commander',
        'analyst',
        'board-member',
        'information-governance-officer',
      ] as const) {
        for (const purpose of ['safeguarding', 'support', null] as const) {
          for (const own of [true, false]) {
            const known = await casework.member(agency, role, purpose)
            const viewer = own ? known : { ...known, user: randomUUID() }
            const people = purpose !== null && ['practitioner', 'coordinator', 'commander'].includes(role)
            const reads =
              people &&
              (agency === 'school' ||
                (agency === 'council' &&
                  purpose === 'safeguarding' &&
                  (role !== 'practitioner' || viewer.user === council.user)))
            for (const sql of sqls) {
              const found = await as(viewer, tx => tx.query(sql, [id]))
              assert.equal(
                found.length > 0,
                reads,
                `${role} of ${agency} for ${purpose}${own ? '' : ', another'}: ${sql}`,
              )
            }
          }
        }
      }
    }
  })

  test('300 actions are read in one list, and the list of plans says nothing about how many there are', async () => {
    const { reference, id } = await make()
    await as(school, tx =>
      tx.query(
        `insert into actions (id, reference, what, four_p, agency, due_on, plan, person_id, made_by, made_by_agency, made_at,
           purpose, legal_basis, review_days, review_on, delete_on)
         select gen_random_uuid(), next_reference('A'), 'Number ' || n, 'prevent', 'oak-school', '2026-12-04', $1, p.person_id,
           $2, 'oak-school', present(), 'safeguarding', 'x', 42, '2027-01-01', '2028-01-01'
         from generate_series(1, 300) n, plans p where p.id = $1`,
        [id, school.user],
      ),
    )
    assert.equal((await seenBy(school, reference)).length, 300)
  })
})
