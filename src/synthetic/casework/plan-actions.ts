/**
 * Actions of the synthetic partnership, in every state over three years: of plans, and of agencies alone. Every history goes
 * by the table of moves, and the row stands as its history has led.
 */
import { type FourP, moves, type stateWords } from '../../casework/tasking/actions/action.ts'
import { retentionDates, ruleFor } from '../../governance/retention/retention-dates.ts'
import { LONGEST_REVIEW_DAYS } from '../../governance/retention/retention-rules.ts'
import { addDays, type Day, earlierOf, laterOf, londonDay } from '../../platform/calendar.ts'
import { addWorkingDays, isWorkingDay } from '../../platform/working-days.ts'
import type { Random } from '../random.ts'
import { escalatedBecause, movedBecause, notDone, noted, results } from './plan-texts.ts'
import { earlier, inOfficeHours, invented, later, pick, type Setting } from './setting.ts'
import type { Worker } from './staff.ts'

export type SyntheticActionMove = Exclude<keyof typeof moves, 'make'> | 'make'

export interface SyntheticAction {
  id: string
  reference: string
  what: string
  fourP: FourP | null
  need: string | null
  agency: string
  owner: string | null
  startOn: Day | null
  dueOn: Day
  state: Exclude<keyof typeof stateWords, 'unmade'>
  startedAt: Date | null
  closedAt: Date | null
  result: string | null
  escalateTo: string | null
  escalatedAt: Date | null
  plan: string | null
  placement: string | null
  person: string | null
  group: string | null
  place: string | null
  line: string | null
  maker: Worker
  madeAt: Date
  legalBasis: string
  under: 'plan' | null
  reviewDays: number
  reviewOn: Day
  deleteOn: Day
  /** Since when it is hidden because nobody looked at it. */
  suspendedOn: Day | null
  moves: {
    move: SyntheticActionMove
    after: SyntheticAction['state']
    by: Worker
    at: Date
    toUser: string | null
    toAgency: string | null
    dueOn: Day | null
    detail: Record<string, string>
  }[]
}

export interface ActionPlace {
  plan: string | null
  placement: string | null
  need: string | null
  person: string | null
  group: string | null
  place: string | null
  line: string | null
  child: boolean
  legalBasis: string
}

/** How it is to stand today; the days from today until it is due, for what is open. */
export type Wanted =
  | { state: 'done' | 'not-done' | 'withdrawn' }
  | { state: 'open'; dueIn: number; escalated?: boolean }

/** An action that was made at a moment, by somebody, for somebody of an agency, and what became of it until now. */
export function inventAction(
  random: Random,
  { now, today }: Setting,
  {
    what,
    fourP,
    maker,
    doer,
    madeAt,
    wanted,
    of,
    escalateTo,
  }: {
    what: string
    fourP: FourP | null
    maker: Worker
    doer: Worker
    madeAt: Date
    wanted: Wanted
    of: ActionPlace
    /** The agency that answers what is escalated; null for none. */
    escalateTo: string | null
  },
): Omit<SyntheticAction, 'id' | 'reference'> {
  const madeOn = londonDay(madeAt)
  const given = random.chance(0.8)
  const firstDue =
    wanted.state === 'open'
      ? onWorkingDay(addDays(today, wanted.dueIn))
      : addWorkingDays(madeOn, random.between(3, 25))
  const dueFirst = laterOf(firstDue, madeOn)
  const history: SyntheticAction['moves'] = []
  let dueOn = dueFirst
  let at = madeAt
  const move = (
    name: SyntheticActionMove,
    by: Worker,
    more: Partial<Omit<SyntheticAction['moves'][number], 'move' | 'by'>> = {},
  ) => {
    history.push({
      move: name,
      after: moves[name].to ?? 'open',
      by,
      at,
      toUser: null,
      toAgency: null,
      dueOn: null,
      detail: {},
      ...more,
    })
  }
  /** A moment after the last, and not after now. */
  const next = (days: number): Date => {
    const day = addDays(londonDay(at), random.between(0, days))
    return earlier(laterDate(inOfficeHours(random, day), later(at, 5)), now)
  }
  move('make', maker)
  at = next(2)
  if (!given) move('give', doer, { toUser: doer.id })
  let startedAt: Date | null = null
  if (random.chance(0.55)) {
    at = next(4)
    startedAt = at
    move('start', doer)
  }
  if (random.chance(0.35)) {
    at = next(4)
    move('note', doer, { detail: { note: pick(random, noted) } })
  }
  if (wanted.state !== 'open' && random.chance(0.15)) {
    at = next(3)
    dueOn = addWorkingDays(laterOf(dueOn, londonDay(at)), random.between(5, 15))
    move('move-date', doer, { dueOn, detail: { because: pick(random, movedBecause) } })
  }
  let escalatedAt: Date | null = null
  if (wanted.state === 'open' && wanted.escalated && escalateTo) {
    at = next(6)
    escalatedAt = at
    move('escalate', doer, { toAgency: escalateTo, detail: { because: pick(random, escalatedBecause) } })
  }
  let result: string | null = null
  let closedAt: Date | null = null
  if (wanted.state !== 'open') {
    // Most are closed by their day, some after it.
    const day = addDays(dueOn, random.chance(0.72) ? -random.between(0, 4) : random.between(1, 12))
    at = earlier(laterDate(inOfficeHours(random, onWorkingDay(day)), later(at, 5)), now)
    closedAt = at
    if (wanted.state === 'withdrawn') move('withdraw', maker, { detail: { because: pick(random, notDone) } })
    else {
      result = pick(random, wanted.state === 'done' ? results : notDone)
      const detail: Record<string, string> = wanted.state === 'done' ? { result } : { because: result }
      move(wanted.state === 'done' ? 'finish' : 'not-done', doer, { detail })
    }
  }
  const days = ruleFor('action', today).reviewDays[of.child ? 'child' : 'adult']
  const looked = londonDay(at)
  const { deleteOn } = retentionDates('action', madeOn, of)
  return {
    what,
    fourP,
    need: of.need,
    agency: doer.agency,
    owner: doer.id,
    startOn: null,
    dueOn,
    state: wanted.state,
    startedAt,
    closedAt,
    result,
    escalateTo: escalateTo === doer.agency ? null : escalateTo,
    escalatedAt: escalateTo === doer.agency ? null : escalatedAt,
    plan: of.plan,
    placement: of.placement,
    person: of.person,
    group: of.group,
    place: of.place,
    line: of.line,
    maker,
    madeAt,
    legalBasis: of.legalBasis,
    under: of.plan !== null && doer.agency !== maker.agency ? 'plan' : null,
    reviewDays: days,
    reviewOn: earlierOf(
      earlierOf(laterOf(dueOn, addDays(looked, days)), addDays(looked, LONGEST_REVIEW_DAYS)),
      deleteOn,
    ),
    deleteOn,
    suspendedOn: null,
    moves: history.filter(m => m.move !== 'escalate' || escalateTo !== doer.agency),
  }
}

const laterDate = (a: Date, b: Date): Date => new Date(Math.max(a.getTime(), b.getTime()))

/** The day itself, or the next one on which people work. */
const onWorkingDay = (day: Day): Day => (isWorkingDay(day) ? day : addWorkingDays(day, 1))

/** Open ones that nobody looked at in time: few enough to be a morning's work of whoever coordinates. */
const FORGOTTEN_EVERY = 90

export function forgetSome(
  random: Random,
  { today }: Setting,
  actions: readonly Omit<SyntheticAction, 'id' | 'reference'>[],
): void {
  const open = actions.filter(a => a.state === 'open' && a.escalatedAt === null && a.dueOn > today)
  for (const [n, action] of open.entries()) {
    if (n % FORGOTTEN_EVERY !== 0) continue
    action.reviewOn = addDays(today, -random.between(2, 15))
    action.dueOn = action.reviewOn
    action.suspendedOn = addDays(action.reviewOn, 1)
  }
}

/** In the order of time, each with a number and a reference of its year. */
export function numbered(actions: readonly Omit<SyntheticAction, 'id' | 'reference'>[]): SyntheticAction[] {
  const last = new Map<string, number>()
  return actions
    .toSorted((a, b) => a.madeAt.getTime() - b.madeAt.getTime())
    .map((action, n) => {
      const year = londonDay(action.madeAt).slice(0, 4)
      const number = (last.get(year) ?? 0) + 1
      last.set(year, number)
      return {
        ...action,
        id: invented('action', n + 1),
        reference: `A-${year}-${String(number).padStart(4, '0')}`,
      }
    })
}
