import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { caseworkForTests, morning, type TestCasework } from '../../../../test/casework-for-tests.ts'
import {
  asMember,
  asProgram,
  type Member,
  type MemberTransaction,
} from '../../../governance/access/as-member.ts'
import type { Agreement } from '../../../governance/agreements/agreement.ts'
import { memberRoles } from '../../../governance/roles.ts'
import { NotThere } from '../../../platform/errors.ts'
import { panelCaseSource } from '../meetings/agenda/panel-case-source.ts'
import { explainPanelCase, type PanelCaseFacts, panelSight } from './explain-panel-case.ts'
import type { PaperKind } from './panel-case.ts'
import {
  addPaper,
  listPanelCases,
  type MoveForm,
  movePanelCase,
  type NewPanelCase,
  readPanelCase,
  referToPanel,
} from './panel-case-store.ts'

const definition = {
  id: 'panel',
  name: 'Panel (synthetic)',
  purpose: 'safeguarding',
  chair: 'council',
  members: ['council', 'police', 'oak-school'],
  quorum: { agencies: 2, of: ['council', 'police'] },
  sees: ['panel-case'],
}

let casework: TestCasework
let police: Member
let chair: Member
let teacher: Member
let agreement: string
before(async () => {
  casework = await caseworkForTests()
  police = await casework.member('police')
  chair = await casework.member('council', 'coordinator')
  teacher = await casework.member('school')
  agreement = await casework.agree(['police', 'council', 'school'], ['meeting'])
  await asProgram(casework.database, morning, async tx => {
    await tx.query('insert into meeting_types (id, name, definition) values ($1, $2, $3)', [
      definition.id,
      definition.name,
      JSON.stringify(definition),
    ])
    for (const [member, part] of [
      [chair, 'chair'],
      [teacher, 'member'],
    ] as const) {
      await tx.query(
        `insert into meeting_seats (type, user_id, agency, part, since) values ('panel', $1, $2, $3, '2026-01-01')`,
        [member.user, member.agency, part],
      )
    }
  })
})
after(() => casework.close())

const as = <T>(member: Member, act: (tx: MemberTransaction) => Promise<T>) =>
  asMember(casework.database, member, { now: morning }, act)
let crimes = 0
const refer = async (by = police, more: Partial<NewPanelCase> = {}, key: string = randomUUID()) => {
  const person = more.person ?? (await casework.record(by)).person
  return as(by, tx =>
    referToPanel(
      tx,
      {
        panel: 'panel',
        called: 'Synthetic Person',
        child: true,
        crime: `20BW/${++crimes}`,
        offence: 'Possession of a bladed article.',
        offenceOn: '2026-11-01',
        admitted: 'yes',
        ...more,
        person,
      },
      { key },
    ),
  )
}
const read = (member: Member, reference: string) => as(member, tx => readPanelCase(tx, reference))
const step = (
  by: Member,
  reference: string,
  move: Parameters<typeof movePanelCase>[2],
  form: Partial<MoveForm> = {},
) =>
  as(by, async tx => {
    const seen = (await readPanelCase(tx, reference)).made.at(-1)!.seq
    await movePanelCase(tx, reference, move, { key: randomUUID(), seen, ...form })
  })
const decision: Partial<MoveForm> = {
  outcome: 'outcome-22',
  toAgency: 'council',
  dueOn: '2027-02-01',
  there: ['council', 'police'],
  detail: { because: 'It fits.', plan: 'Six sessions.', dissent: 'One would have cautioned.' },
}
const paper = (by: Member, reference: string, kind: PaperKind) =>
  as(by, async tx =>
    addPaper(tx, await readPanelCase(tx, reference), kind, `Of ${by.agency}.`, { key: randomUUID() }),
  )

test('two panels do not decide the same case: it is referred once, and decided once, with what is possible', async () => {
  const { person } = await casework.record(police)
  const key = randomUUID()
  const reference = await refer(police, { person, crime: '20BW/77' }, key)
  assert.equal(await refer(police, { person, crime: '20BW/77' }, key), reference, 'the same form')
  await assert.rejects(
    refer(police, { person, crime: '20bw/77' }),
    new RegExp(`${reference} is this case, and waits for`),
  )
  await step(chair, reference, 'decide', decision)
  await assert.rejects(
    step(chair, reference, 'decide', decision),
    /It is now: decided\. You can say that it was completed/,
  )
  await assert.rejects(refer(police, { person, crime: '20BW/77' }), /was decided by.*not decided twice/)
  await assert.rejects(
    as(chair, async tx => {
      const { id } = await readPanelCase(tx, reference)
      await tx.query(
        `insert into panel_case_moves (panel_case, seq, move, state_after, by_user, by_agency, at, request_key, outcome, to_agency, due_on)
         values ($1, 3, 'decide', 'decided', $2, 'council', present(), $3, 'charge', 'council', '2027-01-01')`,
        [id, chair.user, randomUUID()],
      )
    }),
    /row-level security/,
  )
  await step(chair, reference, 'complete', { detail: { result: 'Done.' } })
  const found = await read(police, reference)
  assert.deepEqual([found.state, found.outcome, found.deleteOn], ['completed', 'outcome-22', '2027-11-20'])
  assert.deepEqual(found.made[1]!.detail.agencies, ['Council (synthetic)', 'Police (synthetic)'])
})

test('nothing is decided without the quorum of the pack, nor by whoever referred it', async () => {
  const reference = await refer()
  await assert.rejects(
    step(chair, reference, 'decide', { ...decision, there: ['council', 'oak-school'] }),
    /Too few agencies/,
  )
  await assert.rejects(step(police, reference, 'decide', decision), /whoever chairs the panel/)
  const own = await refer(chair)
  await assert.rejects(step(chair, own, 'decide', decision), /did not refer it/)
  await step(chair, reference, 'defer', {
    dueOn: '2026-12-04',
    detail: { because: 'The assessment is missing.' },
  })
  assert.equal((await read(police, reference)).decideBy, '2026-12-04')
})

test('R14 a school in the panel sees no queue of it; it is brought to one case by name', async () => {
  const reference = await refer()
  await assert.rejects(read(teacher, reference), NotThere)
  const queue = () => as(teacher, tx => listPanelCases(tx, 'waiting', { limit: 50, offset: 0 }))
  assert.deepEqual((await queue()).lines, [])
  await step(chair, reference, 'bring', { toAgency: 'oak-school' })
  assert.deepEqual(
    (await queue()).lines.map(l => l.reference),
    [reference],
  )
})

test('R17 what health knows is not read by police; papers cross under an agreement, and end with the decision', async () => {
  const reference = await refer()
  await paper(chair, reference, 'health')
  await paper(chair, reference, 'assessment')
  await paper(police, reference, 'history')
  const kinds = async (by: Member) => (await read(by, reference)).papers.map(p => p.kind).sort()
  assert.deepEqual(await kinds(chair), ['assessment', 'health', 'history'])
  assert.deepEqual(await kinds(police), ['assessment', 'history'])
  await step(chair, reference, 'decide', decision)
  await assert.rejects(paper(police, reference, 'history'), /The panel has decided/)
})

test('R6 no table of cases has a score or a rank; the queue is in the order of what is due', async () => {
  const columns = await casework.database.query<{ name: string }>(
    `select column_name as name from information_schema.columns
     where table_name in ('panel_cases', 'panel_papers', 'panel_case_moves')`,
  )
  assert.deepEqual(
    columns.filter(c => /score|rank|risk|gravity/.test(c.name)),
    [],
  )
  const { lines } = await as(chair, tx => listPanelCases(tx, 'waiting', { limit: 50, offset: 0 }))
  assert.deepEqual(
    lines.map(l => l.decideBy),
    lines.map(l => l.decideBy).toSorted(),
  )
})

test('what waits, and what is nearly due, stands on the agenda by reference alone', async () => {
  const reference = await refer()
  const gather = (type: string) =>
    asProgram(casework.database, morning, tx =>
      panelCaseSource.gather(tx, {
        meeting: { id: randomUUID(), type, agencies: [], purpose: 'safeguarding', localAuthorities: null },
        window: { from: morning, to: morning },
        rule: { section: 'Cases', items: 'panel-case', days: 7 },
        today: '2026-11-20',
      }),
    )
  const item = (await gather('panel')).find(d => d.sourceId === reference)!
  // Fifteen working days after Friday 20 November 2026.
  assert.equal(item.title, 'To be decided by 11 December 2026')
  assert.deepEqual(await gather('another'), [])
})

test('the policies and the explanation never disagree', async () => {
  const agreements: Agreement[] = [
    {
      id: agreement,
      purpose: 'safeguarding',
      parties: ['police', 'council', 'oak-school'],
      fields: ['meeting'],
      startsOn: '2026-01-01',
      endsOn: '2027-12-31',
      endedOn: null,
    },
  ]
  const partner = await casework.member('partnership', 'coordinator')
  await casework.database.query(
    `insert into meeting_seats (type, user_id, agency, part, since) values ('panel', $1, 'partnership', 'member', '2026-01-01')`,
    [partner.user],
  )
  const reference = await refer()
  await step(chair, reference, 'bring', { toAgency: 'oak-school' })
  const reasons = new Set<string>()
  for (const change of [
    { suspendedOn: null, restrictedAt: null },
    { suspendedOn: '2026-11-20', restrictedAt: null },
    { suspendedOn: null, restrictedAt: morning },
  ]) {
    await casework.database.query(
      'update panel_cases set suspended_on = $2, restricted_at = $3 where reference = $1',
      [reference, change.suspendedOn, change.restrictedAt?.toISOString() ?? null],
    )
    const facts: PanelCaseFacts = {
      from: 'police',
      purpose: 'safeguarding',
      ...change,
      brought: ['oak-school'],
      owner: null,
      seats: [chair, teacher, partner].map(({ user, agency }) => ({ user, agency })),
    }
    for (const agency of ['police', 'council', 'school', 'partnership', 'charity'] as const) {
      for (const role of memberRoles) {
        for (const purpose of ['safeguarding', 'support', null] as const) {
          const member = { ...(await casework.member(agency, role)), purpose }
          const explained = explainPanelCase(member, facts, { now: morning, agreements })
          reasons.add(explained.because)
          const rows = await as(member, tx =>
            tx.query('select from panel_cases where reference = $1', [reference]),
          )
          assert.equal(
            rows.length === 1,
            explained.ok,
            `${role} of ${agency} for ${purpose}: ${panelSight[explained.because]}`,
          )
        }
      }
    }
  }
  assert.deepEqual(
    Object.keys(panelSight).filter(reason => !reasons.has(reason)),
    [],
  )
})
