/**
 * Plans of the synthetic partnership for 400 people, some places and lines, and 12,000 actions over three years. One plan
 * has 300 actions. What is due from each of the cast this morning is a morning's work.
 */
import { exitPathways, type PathwayId } from '../../casework/plans/pathways.ts'
import type { PlanMove, StatementKind } from '../../casework/plans/plan.ts'
import { usualName } from '../../casework/register/names.ts'
import type { FourP } from '../../casework/tasking/actions/action.ts'
import { type PurposeId, purposes } from '../../governance/purposes.ts'
import { retentionDates } from '../../governance/retention/retention-dates.ts'
import { addDays, type Day, earlierOf, londonDay } from '../../platform/calendar.ts'
import type { Random } from '../random.ts'
import type { SyntheticAgreement } from './agreed.ts'
import type { SyntheticGroup } from './groups.ts'
import { childOn } from './kept-until.ts'
import type { Register, SyntheticRecord } from './people.ts'
import type { SyntheticPlacement } from './placements.ts'
import {
  type ActionPlace,
  forgetSome,
  inventAction,
  numbered,
  type SyntheticAction,
  type Wanted,
} from './plan-actions.ts'
import {
  actionTexts,
  aims,
  closedOutcomes,
  lineNames,
  needTexts,
  offerOutcomes,
  offerTexts,
  ownWords,
  placeNames,
  planStrengths,
  reviewNotes,
  told,
  turns,
  workTexts,
} from './plan-texts.ts'
import { ago, earlier, inOfficeHours, invented, later, pick, type Setting, shuffled } from './setting.ts'
import type { Staff, Worker } from './staff.ts'

export interface SyntheticPlan {
  id: string
  reference: string
  person: string | null
  group: string | null
  place: string | null
  line: string | null
  placement: string | null
  called: string
  child: boolean
  aim: string
  owner: Worker
  purpose: PurposeId
  legalBasis: string
  madeAt: Date
  closedAt: Date | null
  outcome: string | null
  reviewOn: Day
  deleteOn: Day
  suspendedOn: Day | null
  members: { agency: string; users: string[]; since: Date }[]
  moves: {
    move: PlanMove
    by: Worker
    at: Date
    toAgency: string | null
    reviewOn: Day | null
    detail: Record<string, string>
  }[]
  statements: {
    id: string
    kind: StatementKind
    text: string
    onDay: Day
    pathway: PathwayId | null
    turning: string | null
    by: Worker
    at: Date
    /** Of a need that is met, or none any more. */
    ended: { at: Date; because: string } | null
  }[]
  offers: {
    id: string
    need: string
    pathway: PathwayId
    what: string
    provider: string
    by: Worker
    at: Date
    moves: { move: string; after: string; at: Date; note: string | null }[]
  }[]
}

export interface SyntheticKnown {
  id: string
  kind: 'place' | 'line'
  name: string
  placeKind: string | null
  origin: string
  destinations: readonly string[]
  status: string
  owner: Worker
  createdAt: Date
  reviewOn: Day
  deleteOn: Day
}

export interface Plans {
  known: SyntheticKnown[]
  plans: SyntheticPlan[]
  actions: SyntheticAction[]
}

/** Whom a plan is for, and their placement where they have one. */
export interface PlanFor {
  record: SyntheticRecord
  placement: string | null
}

const PLANS = 400
/** Plans about groups. */
const GROUP_PLANS = 4
const ACTIONS = 12_000
/** Hard to read, and must be. */
const LONG_PLAN = 300
/** Actions of agencies alone, about nobody. */
const ALONE = 1500
const OLDEST_DAYS = 1060
/** Of plans, one in so many. */
const FORGOTTEN_EVERY = 100

const leading = [
  'police',
  'children',
  'youth-justice',
  'probation',
  'education',
  'charity',
  'health',
  'council',
]

/** Whoever is in a cohort; where those are fewer, others whom a plan would help. One plan a person. */
export function peopleForPlans(
  setting: Setting,
  register: Register,
  placements: readonly SyntheticPlacement[],
): PlanFor[] {
  const random = setting.chance('people for plans')
  const chosen = new Map<string, PlanFor>()
  for (const { id, record } of placements) {
    if (record.suspendedOn === null) chosen.set(record.person, { record, placement: id })
  }
  const fitting = register.records.filter(r => r.suspendedOn === null && leading.includes(r.agencyKind))
  for (const record of shuffled(random, fitting)) {
    if (chosen.size >= PLANS) break
    if (!chosen.has(record.person)) chosen.set(record.person, { record, placement: null })
  }
  return [...chosen.values()].slice(0, PLANS)
}

export function inventPlans(
  setting: Setting,
  staff: Staff,
  agreements: readonly SyntheticAgreement[],
  { people, groups }: { people: readonly PlanFor[]; groups: readonly SyntheticGroup[] },
): Plans {
  const random = setting.chance('plans')
  const known = inventKnown(setting, staff, random)
  const last = new Map<string, number>()
  let statement = 0
  let offer = 0
  const plans: SyntheticPlan[] = []
  const subjects = [
    ...people.map(p => ({ ...p, known: null })),
    ...known.map(k => ({ record: null, placement: null, known: k })),
    ...groups.slice(0, GROUP_PLANS).map(({ id, called, owner, madeAt }) => ({
      record: null,
      placement: null,
      known: {
        kind: 'group' as const,
        id,
        name: called,
        owner,
        createdAt: laterThan(madeAt, ago(random, setting, 2, 20)),
      },
    })),
  ]
  for (const [n, subject] of subjects.entries()) {
    const { record } = subject
    const owner = subject.known?.owner ?? leader(random, staff, record!)
    const madeAt = record
      ? laterThan(record.createdAt, ago(random, setting, 2, daysSince(record.createdAt, setting)))
      : subject.known!.createdAt
    const madeOn = londonDay(madeAt)
    const child = record !== null && childOn(record.birth, setting.today)
    const closed = n % 20 !== 0 && random.chance(0.3) && daysSince(madeAt, setting) > 60
    const purpose = owner.purpose
    const plan: SyntheticPlan = {
      id: invented('plan', n + 1),
      reference: '',
      person: record?.person ?? null,
      group: subject.known?.kind === 'group' ? subject.known.id : null,
      place: subject.known?.kind === 'place' ? subject.known.id : null,
      line: subject.known?.kind === 'line' ? subject.known.id : null,
      placement: subject.placement,
      called: record ? usualName(record.names) : subject.known!.name,
      child,
      aim: record ? pick(random, aims) : 'It is quiet there in the evening, and whoever lives there says so.',
      owner,
      purpose,
      legalBasis: purposes.find(p => p.id === purpose)!.legalBases[0]!,
      madeAt,
      closedAt: null,
      outcome: null,
      reviewOn: madeOn,
      deleteOn: retentionDates('plan', madeOn, { child }).deleteOn,
      suspendedOn: null,
      members: membersOf(random, staff, agreements, owner, madeAt),
      moves: [{ move: 'make', by: owner, at: madeAt, toAgency: null, reviewOn: null, detail: {} }],
      statements: [],
      offers: [],
    }
    for (const member of plan.members) {
      plan.moves.push({
        move: 'add-member',
        by: owner,
        at: member.since,
        toAgency: member.agency,
        reviewOn: null,
        detail: {},
      })
    }
    review(random, setting, plan, closed)
    if (n % FORGOTTEN_EVERY === 0 && record) forget(random, setting, plan)
    const say = (
      kind: StatementKind,
      text: string,
      more: Partial<SyntheticPlan['statements'][number]> = {},
    ): string => {
      statement++
      const id = invented('statement', statement)
      const at = earlier(later(madeAt, random.between(1, 60 * 24 * 9)), plan.closedAt ?? setting.now)
      plan.statements.push({
        id,
        kind,
        text,
        onDay: londonDay(at),
        pathway: null,
        turning: null,
        by: owner,
        at,
        ended: null,
        ...more,
      })
      return id
    }
    say('strength', pick(random, planStrengths))
    if (record) {
      say('words', pick(random, ownWords))
      say('told', pick(random, told))
      if (random.chance(0.4)) {
        const turn = pick(random, turns)
        say('turning-point', turn.text, { turning: turn.kind })
      }
    }
    const ways = shuffled(random, Object.keys(exitPathways) as PathwayId[]).slice(0, random.between(1, 3))
    for (const pathway of ways) {
      const need = say('need', pick(random, needTexts[pathway]), { pathway })
      if (!random.chance(0.75)) continue
      offer++
      const [what, provider] = offerTexts[pathway]
      const at = earlier(later(madeAt, random.between(60, 60 * 24 * 20)), plan.closedAt ?? setting.now)
      plan.offers.push({
        id: invented('planOffer', offer),
        need,
        pathway,
        what,
        provider,
        by: owner,
        at,
        moves: offerMoves(random, at, plan.closedAt ?? setting.now),
      })
      const last = plan.offers.at(-1)!.moves.at(-1)
      if (last?.after === 'ended' && last.note !== offerOutcomes[2]) {
        plan.statements.find(s => s.id === need)!.ended = { at: last.at, because: last.note! }
      }
    }
    plans.push(plan)
  }
  const inOrder = plans.toSorted((a, b) => a.madeAt.getTime() - b.madeAt.getTime())
  for (const plan of inOrder) {
    const year = londonDay(plan.madeAt).slice(0, 4)
    const number = (last.get(year) ?? 0) + 1
    last.set(year, number)
    plan.reference = `P-${year}-${String(number).padStart(4, '0')}`
  }
  return { known, plans: inOrder, actions: inventActions(setting, staff, plans) }
}

/** Of the agency that holds the record: one of the cast where they work there, else who looks after it. */
function leader(random: Random, staff: Staff, { agency, owner }: SyntheticRecord): Worker {
  const cast = staff.keepers(agency).find(w => w.id.startsWith('5e7d0000'))
  return cast && random.chance(0.4) ? cast : owner
}

const daysSince = (at: Date, { now }: Setting): number =>
  Math.max(2, Math.floor((now.getTime() - at.getTime()) / 86_400_000))

const laterThan = (least: Date, at: Date): Date => new Date(Math.max(least.getTime() + 60_000, at.getTime()))

/** Agencies that an agreement in force for the purpose lets read the plan. */
function membersOf(
  random: Random,
  staff: Staff,
  agreements: readonly SyntheticAgreement[],
  owner: Worker,
  madeAt: Date,
): SyntheticPlan['members'] {
  const parties = agreements
    .filter(a => a.fields.includes('plan') && a.purpose === owner.purpose && a.parties.includes(owner.agency))
    .flatMap(a => a.parties)
    .filter(p => p !== owner.agency && staff.keepers(p).some(w => w.purpose === owner.purpose))
  return shuffled(random, [...new Set(parties)])
    .slice(0, random.between(1, 4))
    .map(agency => {
      const worker = staff.keepers(agency).find(w => w.purpose === owner.purpose)!
      return {
        agency,
        users: random.chance(0.3) ? [worker.id] : [],
        since: later(madeAt, random.between(1, 30)),
      }
    })
}

/** Reviewed in time since it was made, and closed where it was; the next review lies ahead, for a few of them this week. */
function review(random: Random, setting: Setting, plan: SyntheticPlan, closed: boolean): void {
  const { today, now } = setting
  const period = plan.child ? 42 : 90
  const end = closed ? addDays(londonDay(plan.madeAt), random.between(50, 400)) : today
  const last = earlierOf(end, today)
  let day = londonDay(plan.madeAt)
  while (addDays(day, period) <= last) {
    day = addDays(day, period - random.between(2, 12))
    plan.moves.push({
      move: 'review',
      by: plan.owner,
      at: earlier(inOfficeHours(random, day), now),
      toAgency: null,
      reviewOn: addDays(day, period),
      detail: { note: pick(random, reviewNotes) },
    })
  }
  plan.reviewOn = addDays(day, period)
  if (plan.reviewOn < today) plan.reviewOn = addDays(today, random.between(1, 12))
  if (closed) {
    const at = earlier(inOfficeHours(random, last), now)
    plan.closedAt = at
    plan.outcome = pick(random, closedOutcomes)
    plan.moves.push({
      move: 'close',
      by: plan.owner,
      at,
      toAgency: null,
      reviewOn: null,
      detail: { outcome: plan.outcome },
    })
    plan.deleteOn = earlierOf(plan.deleteOn, addDays(last, 365))
  }
  if (plan.deleteOn < plan.reviewOn) plan.deleteOn = addDays(plan.reviewOn, 30)
  plan.moves.sort((a, b) => a.at.getTime() - b.at.getTime())
}

/** Hidden since a few days, because nobody reviewed it. */
function forget(random: Random, { today }: Setting, plan: SyntheticPlan): void {
  plan.reviewOn = addDays(today, -random.between(2, 15))
  plan.suspendedOn = addDays(plan.reviewOn, 1)
}

function offerMoves(random: Random, at: Date, until: Date): SyntheticPlan['offers'][number]['moves'] {
  const step = (days: number) => {
    const next = later(at, random.between(60, 60 * 24 * days))
    return next < until ? next : null
  }
  const first = step(20)
  if (!first) return []
  if (random.chance(0.18)) {
    return [{ move: 'decline', after: 'declined', at: first, note: 'Not now, they said, and thanked.' }]
  }
  if (random.chance(0.12)) {
    return [{ move: 'not-reached', after: 'not-reached', at: first, note: 'Two visits and three calls.' }]
  }
  const taken = { move: 'take-up', after: 'taken-up', at: first, note: null }
  const ended = later(first, random.between(60 * 24 * 20, 60 * 24 * 90))
  if (ended >= until) return [taken]
  return [taken, { move: 'end', after: 'ended', at: ended, note: pick(random, offerOutcomes) }]
}

function inventKnown(setting: Setting, staff: Staff, random: Random): SyntheticKnown[] {
  const keep = (kind: 'place' | 'line', createdAt: Date) =>
    retentionDates(kind, londonDay(createdAt), { child: false })
  const police = staff.castOf('Neighbourhood police officer')
  const school = staff.castOf('School link officer')
  if (!police || !school) return []
  return [
    ...placeNames.map(([name, placeKind], n) => ({ kind: 'place' as const, name, placeKind, n })),
    ...lineNames.map(([name], n) => ({ kind: 'line' as const, name, placeKind: null, n })),
  ].map(({ kind, name, placeKind, n }, i) => {
    const createdAt = ago(random, setting, 20, 85)
    const line = kind === 'line' ? lineNames[n]! : null
    return {
      id: invented('known', i + 1),
      kind,
      name,
      placeKind,
      origin: line?.[1] ?? '',
      destinations: line?.[2] ?? [],
      status: line?.[3] ?? 'active',
      owner: kind === 'line' || n % 2 === 0 ? police : school,
      createdAt,
      ...keep(kind, createdAt),
    }
  })
}

const fourPs: readonly FourP[] = ['protect', 'prepare', 'prevent', 'pursue']

function inventActions(setting: Setting, staff: Staff, plans: readonly SyntheticPlan[]): SyntheticAction[] {
  const random = setting.chance('actions')
  const { now } = setting
  const partnership = setting.pack.agencies.find(a => a.kind === 'partnership')?.id ?? null
  const made: Omit<SyntheticAction, 'id' | 'reference'>[] = []
  const make = (more: Omit<Parameters<typeof inventAction>[2], 'escalateTo'>) =>
    made.push(inventAction(random, setting, { ...more, escalateTo: partnership }))
  made.push(...mornings(setting, staff, plans, random, partnership))
  const planned = ACTIONS - ALONE - LONG_PLAN
  const long = plans.findIndex(
    p => p.closedAt === null && p.suspendedOn === null && p.owner === staff.castOf('Social worker'),
  )
  for (const [n, plan] of plans.entries()) {
    const share = Math.floor(planned / plans.length) + (n < planned % plans.length ? 1 : 0)
    const count = n === Math.max(0, long) ? share + LONG_PLAN : share
    for (let i = 0; i < count; i++) {
      // The first is never Pursue: a child's plan holds something beside it.
      const fourP = i === 0 ? 'protect' : pickP(random, plan)
      const doer = random.chance(0.6) ? plan.owner : doerOf(random, staff, plan)
      const until = plan.closedAt ?? now
      const open = plan.closedAt === null && i > 0 && random.chance(i >= share ? 0.5 : 0.11)
      const recent = new Date(Math.max(plan.madeAt.getTime(), now.getTime() - 25 * 86_400_000))
      const from = open ? recent : plan.madeAt
      const madeAt = new Date(
        from.getTime() + Math.floor((until.getTime() - from.getTime()) * random.unit() * 0.9),
      )
      const wanted: Wanted = open
        ? { state: 'open', dueIn: random.between(-6, 40), escalated: random.chance(0.04) }
        : closedState(random, i)
      const needs = plan.statements.filter(s => s.kind === 'need' && s.at <= madeAt)
      make({
        what: `${pick(random, actionTexts[fourP])}.`,
        fourP,
        maker: plan.owner,
        doer,
        madeAt,
        wanted,
        of: {
          ...placeOf(plan),
          need: needs.length > 0 && random.chance(0.5) ? pick(random, needs).id : null,
        },
      })
    }
  }
  const workers = staff.workers.filter(
    w => w.state === 'active' && (w.role === 'practitioner' || w.role === 'coordinator'),
  )
  while (made.length < ACTIONS) {
    const maker = pick(random, workers)
    const open = random.chance(0.1)
    const madeAt = open ? ago(random, setting, 1, 25) : ago(random, setting, 30, OLDEST_DAYS)
    make({
      what: `${pick(random, workTexts)}.`,
      fourP: null,
      maker,
      doer: pick(random, staff.keepers(maker.agency)),
      madeAt,
      wanted: open ? { state: 'open', dueIn: random.between(-5, 40) } : closedState(random, 1),
      of: nobody(maker),
    })
  }
  const all = made.slice(0, ACTIONS)
  // What the cast has this morning stands first in the list, and is forgotten by nobody.
  forgetSome(random, setting, all.slice(MORNINGS))
  return numbered(all)
}

/** A child's plan pursues seldom. */
const pickP = (random: Random, { child }: SyntheticPlan): FourP =>
  random.chance(child ? 0.1 : 0.22) ? 'pursue' : pick(random, fourPs.slice(0, 3))

function closedState(random: Random, i: number): Wanted {
  const luck = random.unit()
  if (luck < 0.82 || i === 0) return { state: 'done' }
  return { state: luck < 0.93 ? 'not-done' : 'withdrawn' }
}

function doerOf(random: Random, staff: Staff, plan: SyntheticPlan): Worker {
  const members = plan.members.flatMap(m =>
    staff.keepers(m.agency).filter(w => m.users.length === 0 || m.users.includes(w.id)),
  )
  return members.length > 0 ? pick(random, members) : plan.owner
}

const placeOf = (plan: SyntheticPlan): ActionPlace => ({
  plan: plan.id,
  placement: plan.placement,
  need: null,
  person: plan.person,
  group: plan.group,
  place: plan.place,
  line: plan.line,
  child: plan.child,
  legalBasis: plan.legalBasis,
})

const nobody = ({ purpose }: Worker): ActionPlace => ({
  plan: null,
  placement: null,
  need: null,
  person: null,
  group: null,
  place: null,
  line: null,
  child: false,
  legalBasis: purposes.find(p => p.id === purpose)!.legalBases[0]!,
})

/** Of each of the cast who works with people: something overdue, something for today, something for the week. */
function mornings(
  setting: Setting,
  staff: Staff,
  plans: readonly SyntheticPlan[],
  random: Random,
  partnership: string | null,
): Omit<SyntheticAction, 'id' | 'reference'>[] {
  const days = [-3, 0, 1, 4, 6, 16]
  const cast = staff.workers.filter(
    w => w.id.startsWith('5e7d0000') && ['practitioner', 'coordinator', 'commander'].includes(w.role),
  )
  return cast.slice(0, CAST_AT_WORK).flatMap(doer => {
    const own = plans.filter(p => p.closedAt === null && p.owner.agency === doer.agency)
    return days.map((dueIn, i) => {
      const plan = own.length > 0 && i % 2 === 0 ? own[i % own.length]! : null
      return inventAction(random, setting, {
        what: `${pick(random, plan ? actionTexts.protect : workTexts)}.`,
        fourP: plan ? 'protect' : null,
        maker: plan?.owner ?? doer,
        doer,
        madeAt: plan ? laterThan(plan.madeAt, ago(random, setting, 8, 18)) : ago(random, setting, 8, 18),
        wanted: { state: 'open', dueIn, escalated: i === 0 },
        of: plan ? placeOf(plan) : nobody(doer),
        escalateTo: partnership,
      })
    })
  })
}

/** Whoever of the cast works with people: the others of their role stand behind them in the list. */
const CAST_AT_WORK = 8
const MORNINGS = CAST_AT_WORK * 6
