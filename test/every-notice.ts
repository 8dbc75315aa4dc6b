/**
 * A partnership in which every act happens that anybody is told of, with words in every field that must not travel: names,
 * a date of birth, an address, reasons. What became of it is for the tests to look at.
 */
import { randomUUID } from 'node:crypto'
import { enterCustody } from '../src/casework/custody/custody-store.ts'
import type { Answers } from '../src/casework/intake/referrals/answers.ts'
import { saveAnswers, startDraft } from '../src/casework/intake/referrals/draft-store.ts'
import type { ReferralMove } from '../src/casework/intake/referrals/referral.ts'
import { type MoveForm, move, readReferral } from '../src/casework/intake/referrals/referral-store.ts'
import { sendDraft } from '../src/casework/intake/referrals/send-referral.ts'
import { addPlace } from '../src/casework/plans/known-store.ts'
import { makePlan, movePlan, type PlanMoveForm, readPlan } from '../src/casework/plans/plan-store.ts'
import {
  makeAction,
  moveAction,
  type NewAction,
  readAction,
} from '../src/casework/tasking/actions/action-store.ts'
import { askForResource, moveBid } from '../src/casework/tasking/bids/bid-store.ts'
import { moveConsequence, openConsequence } from '../src/casework/tasking/consequences/consequence-store.ts'
import {
  copiesOf,
  giveCopies,
  takeCopy,
  withdrawCopy,
} from '../src/casework/tasking/meetings/copies/copy-store.ts'
import { answerEscalation, raise } from '../src/casework/tasking/meetings/escalation-store.ts'
import { readMeeting } from '../src/casework/tasking/meetings/meeting-store.ts'
import { movePanelCase, referToPanel } from '../src/casework/tasking/panels/panel-case-store.ts'
import {
  asMember,
  asProgram,
  type Member,
  type MemberTransaction,
} from '../src/governance/access/as-member.ts'
import { reportBreach } from '../src/governance/breaches/breach-store.ts'
import { breakGlass } from '../src/governance/disclosure/break-glass-store.ts'
import { give, type NewDisclosure, withdraw } from '../src/governance/disclosure/disclosure-store.ts'
import { askAgency, closeRequest } from '../src/governance/disclosure/request-store.ts'
import type { RightsMove } from '../src/governance/rights/rights-case.ts'
import { moveCase, openCase } from '../src/governance/rights/rights-store.ts'
import { morning, type TestCasework } from './casework-for-tests.ts'
import { everyCohortNotice } from './every-cohort-notice.ts'
import { invited, sendBehind, writeAsGuest } from './invitation-for-tests.ts'
import { meetingsForTests } from './meetings-for-tests.ts'

/** Stand in the records, referrals and reasons of `everyNotice`, and nowhere else. */
export const mustNotTravel = [
  'Zacharias',
  'Quillfeather',
  '2012-05-04',
  '4 May 2012',
  '04/05/2012',
  '17 Wyvern Close',
  'B99 9ZZ',
  'Pomegranate',
]
const secret = 'Pomegranate: Zacharias Quillfeather of 17 Wyvern Close'

const child: Answers = {
  urgency: 'one-working-day',
  kind: 'child',
  given: 'Zacharias',
  family: 'Quillfeather',
  birthDate: '2012-05-04',
  gender: 'male',
  ethnicity: 'not-known',
  disability: 'not-known',
  care: 'no',
  signs: ['TTS05', 'TTS10'],
  seen: secret,
  basis: 'safeguarding',
  told: 'yes',
}

export interface EveryNotice {
  school: Member
  council: Member
  police: Member
  coordinator: Member
  /** Had no part in the decision that is challenged. */
  second: Member
  officer: Member
  /** The person whom all of it is about; the school and the council hold records. */
  person: string
  /** Reference of the referral that was decided and challenged. */
  decided: string
  /** Of one that waits, and was sent for today. */
  waiting: string
  /** Reference of the case that the person opened about it. */
  rightsCase: string
  /** A request to the council that waits for an answer. */
  asked: string
}

export async function everyNotice(casework: TestCasework): Promise<EveryNotice> {
  const { database } = casework
  const as = <T>(member: Member, act: (tx: MemberTransaction) => Promise<T>) =>
    asMember(database, member, { now: morning }, act)
  const school = await casework.member('school')
  const council = await casework.member('council')
  const police = await casework.member('police')
  const coordinator = await casework.member('partnership', 'coordinator')
  const officer = await casework.member('council', 'information-governance-officer', null)
  const second = { ...coordinator, user: randomUUID(), name: 'Second coordinator (synthetic)' }
  await database.query(
    `insert into users (id, agency, name, post, email, role, created_at)
     values ($1, $2, $3, 'coordinator', 'second@partnership.example', 'coordinator', $4)`,
    [second.user, second.agency, second.name, morning.toISOString()],
  )
  const agreement = await casework.agree(['school', 'council'], ['known-to', 'summary'])
  await casework.agree(['school', 'partnership'], ['referral', 'action'])
  await casework.agree(['council', 'partnership'], ['plan', 'meeting'])

  const of = await casework.record(school)
  await casework.record(council, of.person)
  await asProgram(database, morning, tx =>
    tx.query(
      `update agency_records set birth_date = '2012-05-04', birth_date_known = 'day', address = '17 Wyvern Close',
         postcode = 'B99 9ZZ', names = '[{"given":"Zacharias","family":"Quillfeather","kind":"usual"}]'`,
    ),
  )

  const send = async (answers: Answers, by = school) => {
    const sending = await as(by, async tx => {
      const id = await startDraft(tx)
      await saveAnswers(tx, id, answers)
      return sendDraft(tx, id)
    })
    if (sending.outcome !== 'sent') throw new Error(JSON.stringify(sending))
    return sending.reference
  }
  const act = (by: Member, reference: string, name: ReferralMove, form: Partial<MoveForm> = {}) =>
    as(by, async tx => {
      const { seq } = (await readReferral(tx, reference)).stands
      await move(tx, reference, name, { key: randomUUID(), seen: seq, ...form })
    })
  const because = { detail: { because: secret } }

  const decided = await send(child)
  await act(coordinator, decided, 'take')
  await act(school, decided, 'correct', {
    detail: { question: 'lives', because: secret, answers: { school: secret } },
  })
  await act(coordinator, decided, 'decline', {
    detail: {
      decision: {
        outcome: 'declined',
        level: null,
        route: 'early-help',
        reason: 'already-helped',
        told: secret,
      },
    },
    because: secret,
  })
  await act(school, decided, 'challenge', because)

  const withdrawn = await send(child)
  await act(coordinator, withdrawn, 'take')
  await act(school, withdrawn, 'withdraw', because)

  const waiting = await send({ ...child, urgency: 'today' })
  await send({ ...child, emergencyBecause: secret }, council)

  const invitation = await invited(database, school, { whatFor: secret, guestName: 'Zacharias Quillfeather' })
  await writeAsGuest(database, invitation, child)
  await sendBehind(database, invitation)

  const ask = async (by: Member, to: string) => {
    const id = randomUUID()
    await as(by, tx => askAgency(tx, { id, person: of.person, to, question: secret, because: secret }))
    return id
  }
  const refused = await ask(council, school.agency)
  await as(school, tx => closeRequest(tx, { id: refused, person: of.person }, 'refused', secret))
  const asked = await ask(school, council.agency)

  const giving = async (more: Partial<NewDisclosure>, by = school) => {
    const given: NewDisclosure = {
      id: randomUUID(),
      person: of.person,
      request: null,
      agreement,
      to: council.agency,
      way: 'offered',
      purpose: 'safeguarding',
      legalBasis: 'Children Act 2004, section 10',
      content: { summary: secret },
      entries: [],
      because: secret,
      personTold: secret,
      endsOn: '2026-11-27',
      reviewOn: null,
      ...more,
    }
    await as(by, tx => give(tx, given))
    return given.id
  }
  const offered = await giving({})
  await as(school, tx => withdraw(tx, { id: offered, person: of.person } as Parameters<typeof withdraw>[1]))
  await giving({ way: 'emergency', agreement: null, reviewOn: '2026-11-23' })
  await as(police, tx =>
    breakGlass(tx, { id: randomUUID(), person: of.person, reason: secret, hours: 1, reviewOn: '2026-11-27' }),
  )
  await as(school, tx =>
    reportBreach(tx, randomUUID(), { what: secret, page: '/register', awareAt: morning }),
  )
  const rightsCase = await as(officer, tx =>
    openCase(tx, randomUUID(), {
      kind: 'challenge',
      regime: 'general',
      given: 'Zacharias',
      family: 'Quillfeather',
      birthDate: '2012-05-04',
      askedBy: secret,
      reachAt: secret,
      about: secret,
      aboutReferral: decided,
      receivedOn: '2026-11-18',
    }),
  )
  const step = (name: RightsMove, seen: number, reviewer?: string) =>
    as(officer, tx =>
      moveCase(tx, rightsCase, name, {
        key: randomUUID(),
        seen,
        detail: { because: secret },
        ...(reviewer && { reviewer }),
      }),
    )
  await everyActionNotice(as, { school, second }, of.person)
  await everyPlanNotice(as, { coordinator, council, second })
  await everyConsequenceNotice(as, { coordinator, council, second })
  await custodyNotice(casework, police)
  await everyBidNotice(casework, as, { coordinator, council })
  await panelCaseNotice(casework, as, { coordinator, council })
  await step('confirm-identity', 1)
  await step('assign-reviewer', 2, second.user)
  await everyCohortNotice(casework, secret)
  await everyMeetingNotice(casework)
  return {
    school,
    council,
    police,
    coordinator,
    second,
    officer,
    person: of.person,
    decided,
    waiting,
    rightsCase,
    asked,
  }
}

/** Actions that the partnership is asked for: one that waits, starts today or is due, one that is done, one withdrawn. */
async function everyActionNotice(
  as: <T>(member: Member, act: (tx: MemberTransaction) => Promise<T>) => Promise<T>,
  { school, second }: { school: Member; second: Member },
  person: string,
): Promise<void> {
  const make = (more: Partial<NewAction> = {}) =>
    as(school, tx =>
      makeAction(
        tx,
        {
          what: secret,
          agency: 'partnership',
          dueOn: '2026-11-20',
          field: 'action',
          subject: { person },
          legalBasis: 'Children Act 2004, section 10',
          child: true,
          ...more,
        },
        { key: randomUUID() },
      ),
    )
  const act = (by: Member, reference: string, name: Parameters<typeof moveAction>[2], form = {}) =>
    as(by, async tx => {
      const { seq } = (await readAction(tx, reference)).stands
      await moveAction(tx, reference, name, {
        key: randomUUID(),
        seen: seq,
        detail: { because: secret },
        ...form,
      })
    })
  await make({ startOn: '2026-11-23', dueOn: '2026-11-27' })
  await make({ dueOn: '2026-11-23' })
  const done = await make()
  await act(school, done.reference, 'escalate', { toAgency: 'partnership' })
  await act(second, done.reference, 'answer-escalation', { detail: { answer: secret } })
  await act(second, done.reference, 'finish', { detail: { result: secret } })
  const { reference } = await make()
  await act(school, reference, 'withdraw')
}

/** Somebody whom the police keep comes out. */
async function custodyNotice(casework: TestCasework, police: Member): Promise<void> {
  await casework.database.query(
    `insert into custody_kinds (kind, since, source) values ('police', '2020-01-01', 'for tests')`,
  )
  const { person } = await casework.record(police)
  await asMember(casework.database, police, { now: morning }, tx =>
    enterCustody(
      tx,
      {
        person,
        called: secret,
        child: false,
        establishment: secret,
        wing: secret,
        since: '2026-11-02',
        releaseOn: '2026-11-23',
        legalBasis: 'Crime and Disorder Act 1998, section 115',
      },
      { key: randomUUID() },
    ),
  )
}

/** Plans of the partnership: one that the council was brought to, handed over and closed; another that is to be reviewed. */
async function everyPlanNotice(
  as: <T>(member: Member, act: (tx: MemberTransaction) => Promise<T>) => Promise<T>,
  { coordinator, council, second }: { coordinator: Member; council: Member; second: Member },
): Promise<void> {
  const make = () =>
    as(coordinator, async tx => {
      const place = randomUUID()
      const legalBasis = 'Children Act 2004, section 10'
      await addPlace(tx, { name: secret, kind: 'home', address: secret }, { key: place, legalBasis })
      const about = { subject: { place }, called: secret, child: false, aim: secret }
      return makePlan(tx, { ...about, owner: coordinator.user, legalBasis }, { key: randomUUID() })
    })
  const act = (
    by: Member,
    reference: string,
    name: Parameters<typeof movePlan>[2],
    form: Partial<PlanMoveForm>,
  ) =>
    as(by, async tx => {
      const seen = (await readPlan(tx, reference)).made.at(-1)!.seq
      await movePlan(tx, reference, name, { key: randomUUID(), seen, detail: { because: secret }, ...form })
    })
  const { reference } = await make()
  await act(coordinator, reference, 'add-member', { toAgency: council.agency, users: [council.user] })
  await act(coordinator, reference, 'hand-over', { toUser: second.user })
  await act(second, reference, 'close', { detail: { outcome: secret } })
  await act(coordinator, (await make()).reference, 'review', { reviewOn: '2026-11-23' })
}

/** A matter that the daily meeting raises to a board, and that comes back from there; a copy that is given and taken back. */
async function everyMeetingNotice(casework: TestCasework): Promise<void> {
  const held = await meetingsForTests(casework)
  await casework.database.query(
    `insert into meeting_seats (type, user_id, agency, part, since) values ('board', $1, 'police', 'chair', '2026-01-01')`,
    [held.police.user],
  )
  const [daily, board] = [await held.meeting(), await held.meeting({ type: 'board' })]
  const as = <T>(member: Member, act: (tx: MemberTransaction) => Promise<T>) =>
    asMember(casework.database, member, { now: morning }, act)
  const raised = await as(held.coordinator, async tx =>
    raise(tx, await readMeeting(tx, daily), { what: secret, because: secret }, randomUUID()),
  )
  await as(held.police, async tx =>
    answerEscalation(tx, await readMeeting(tx, board), raised, { text: secret, item: null }, randomUUID()),
  )
  await casework.agree(['police', 'partnership'], ['meeting'])
  const copy = await as(held.coordinator, async tx => {
    const meeting = await readMeeting(tx, daily)
    const copies = { recipients: [held.police.user], endsOn: '2026-11-27', namesBecause: secret }
    await giveCopies(tx, meeting, copies, randomUUID())
    return (await copiesOf(tx, meeting.id))[0]!.reference
  })
  await as(held.police, tx => takeCopy(tx, copy, 'pdf'))
  await as(held.coordinator, tx => withdrawCopy(tx, copy))
}

/** Consequence management of the partnership: the council is brought to it, it is handed over, and its review is due. */
async function everyConsequenceNotice(
  as: <T>(member: Member, act: (tx: MemberTransaction) => Promise<T>) => Promise<T>,
  { coordinator, council, second }: { coordinator: Member; council: Member; second: Member },
): Promise<void> {
  const open = (reviewDueOn: string) =>
    as(coordinator, tx =>
      openConsequence(
        tx,
        {
          what: secret,
          happenedOn: '2026-11-19',
          happenedAt: null,
          place: secret,
          incident: secret,
          reviewDueOn,
        },
        { key: randomUUID() },
      ),
    )
  const reference = await open('2026-11-23')
  const move = (
    seen: number,
    name: 'add-agency' | 'hand-over',
    form: { toAgency?: string; toUser?: string },
  ) => as(coordinator, tx => moveConsequence(tx, reference, name, { key: randomUUID(), seen, ...form }))
  await move(1, 'add-agency', { toAgency: council.agency })
  await move(2, 'hand-over', { toUser: second.user })
}

/** A bid of the council that the coordinator of the partnership decides, in the chair. */
async function everyBidNotice(
  casework: TestCasework,
  as: <T>(member: Member, act: (tx: MemberTransaction) => Promise<T>) => Promise<T>,
  { coordinator, council }: { coordinator: Member; council: Member },
): Promise<void> {
  await asProgram(casework.database, morning, async tx => {
    await tx.query(
      `insert into meeting_types (id, name, definition)
       values ('tasking', 'Tasking (synthetic)', '{"id": "tasking", "members": ["partnership", "council"], "chair": "partnership"}')`,
    )
    await tx.query(
      `insert into meeting_seats (type, user_id, agency, part, since) values ('tasking', $1, 'partnership', 'chair', '2026-01-01')`,
      [coordinator.user],
    )
    await tx.query(
      `insert into resources (id, name, agency, at_once, decided_by, what, source)
       values ('team', 'A team', 'partnership', 1, 'tasking', 'A team', 'for tests')`,
    )
  })
  const days = { startsOn: '2026-12-01', endsOn: '2026-12-02' }
  const reference = await as(council, tx =>
    askForResource(
      tx,
      {
        resource: 'team',
        place: secret,
        cohort: null,
        area: null,
        measure: null,
        ...days,
        aim: secret,
        answers: [],
      },
      { key: randomUUID() },
    ),
  )
  await as(coordinator, tx =>
    moveBid(tx, reference, 'refuse', { key: randomUUID(), seen: 1, detail: { because: secret } }),
  )
}

/** A case that the council refers, and the coordinator of the partnership defers from the chair. */
async function panelCaseNotice(
  casework: TestCasework,
  as: <T>(member: Member, act: (tx: MemberTransaction) => Promise<T>) => Promise<T>,
  { coordinator, council }: { coordinator: Member; council: Member },
): Promise<void> {
  await asProgram(casework.database, morning, async tx => {
    await tx.query(
      `insert into meeting_types (id, name, definition)
       values ('panel', 'Panel (synthetic)', '{"id": "panel", "members": ["partnership", "council"], "chair": "partnership",
         "purpose": "safeguarding", "sees": ["panel-case"], "quorum": {"agencies": 1}}')`,
    )
    await tx.query(
      `insert into meeting_seats (type, user_id, agency, part, since) values ('panel', $1, 'partnership', 'chair', '2026-01-01')`,
      [coordinator.user],
    )
  })
  const { person } = await casework.record(council)
  const about = {
    panel: 'panel',
    person,
    called: secret,
    child: true,
    crime: secret,
    offence: secret,
  } as const
  const reference = await as(council, tx =>
    referToPanel(tx, { ...about, offenceOn: '2026-11-01', admitted: 'yes' }, { key: randomUUID() }),
  )
  await as(coordinator, tx =>
    movePanelCase(tx, reference, 'defer', {
      key: randomUUID(),
      seen: 1,
      dueOn: '2026-11-27',
      detail: { because: secret },
    }),
  )
}
