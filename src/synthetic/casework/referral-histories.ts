/**
 * What happens to a synthetic referral, act by act. Every act is put to the same rules as on the pages (`insist`), so that
 * no history is told here that could not happen there.
 */

import type { Answers, ReferralKind } from '../../casework/intake/referrals/answers.ts'
import {
  type ActionDetail,
  insist,
  moves,
  type ReferralAction,
  type ReferralMove,
  type ReferralState,
  standing,
} from '../../casework/intake/referrals/referral.ts'
import type { UrgencyId } from '../../casework/intake/referrals/urgency.ts'
import { schemeOn } from '../../casework/intake/triage/decision-form.ts'
import { type DeclineReasonId, declineReasons } from '../../casework/intake/triage/decline-reasons.ts'
import { addDays, type Day, londonDay } from '../../platform/calendar.ts'
import { isWorkingDay } from '../../platform/working-days.ts'
import type { Random } from '../random.ts'
import {
  acceptedBecause,
  acceptedTold,
  challengeBecause,
  correctBecause,
  declined,
  withdrawBecause,
} from './referral-texts.ts'
import { earlier, inOfficeHours, later, latest, pick, type Setting } from './setting.ts'
import type { Worker } from './staff.ts'

export interface SyntheticAction extends ReferralAction {
  worker: Worker
  stateAfter: ReferralState
  /** For coordinators alone. */
  because: string | null
}

/** What becomes of it; the last word is the state in which it stands. */
export type Course =
  | 'waiting'
  | 'corrected'
  | 'taken'
  | 'accepted'
  | 'declined'
  | 'withdrawn'
  | 'challenged'
  | 'upheld'
  | 'overturned'

const courses: Readonly<Record<Course, readonly ReferralMove[]>> = {
  waiting: ['send'],
  corrected: ['send', 'correct'],
  taken: ['send', 'take'],
  accepted: ['send', 'take', 'accept'],
  declined: ['send', 'take', 'decline'],
  withdrawn: ['send', 'withdraw'],
  challenged: ['send', 'take', 'decline', 'challenge'],
  upheld: ['send', 'take', 'decline', 'challenge', 'take', 'decline'],
  overturned: ['send', 'take', 'decline', 'challenge', 'take', 'accept'],
}

/** Minutes that lie before each act, at least and at most. */
const pauses: Readonly<Record<ReferralMove, readonly [number, number]>> = {
  send: [0, 0],
  take: [8, 420],
  accept: [15, 300],
  decline: [15, 300],
  challenge: [90, 4000],
  withdraw: [60, 900],
  correct: [20, 600],
  review: [0, 0],
}

/** How many times as long coordinators let it lie, by how soon somebody had to look. */
const slowness: Readonly<Record<UrgencyId, number>> = {
  immediate: 0.1,
  today: 0.2,
  'one-working-day': 1.2,
  'three-working-days': 2.6,
}

/** So many minutes of the working day later. */
function atWork(at: Date, minutes: number): Date {
  const opens = (day: Day) => new Date(`${day}T08:00:00Z`)
  let left = minutes
  let from = latest(at, opens(londonDay(at)))
  for (let day = londonDay(at); ; day = addDays(day, 1), from = opens(day)) {
    const closes = later(opens(day), 9 * 60)
    if (!isWorkingDay(day) || from >= closes) continue
    const today = (closes.getTime() - from.getTime()) / 60_000
    if (left <= today) return later(from, Math.round(left))
    left -= today
  }
}

export interface Sent {
  kind: ReferralKind
  answers: Answers
  author: Worker
  sentAt: Date
  /** Coordinators in the order in which they take it: the second decides about a challenge. */
  triage: readonly Worker[]
}

/** `reviewedOn`: when a coordinator last said that it is still needed. */
export function inventHistory(
  random: Random,
  setting: Setting,
  sent: Sent,
  course: Course,
  reviewedOn: Day | null,
): SyntheticAction[] {
  const actions: SyntheticAction[] = []
  // The mornings of the cast are planned to the hour; what lies behind them was done at work, the urgent first.
  const isPast = londonDay(sent.sentAt) < addDays(setting.today, -14)
  let at = sent.sentAt
  let taken = 0
  const reason = pick(random, Object.keys(declineReasons) as DeclineReasonId[])
  const steps: readonly ReferralMove[] = reviewedOn ? [...courses[course], 'review'] : courses[course]
  for (const [n, action] of steps.entries()) {
    if (action === 'take') taken++
    const [least, most] = pauses[action]
    const pause = random.between(least, most)
    const next =
      isPast && moves[action].by === 'coordinator'
        ? atWork(at, pause * slowness[sent.answers.urgency!])
        : later(at, pause)
    const reviewedAt = action === 'review' ? inOfficeHours(random, reviewedOn!) : next
    at = earlier(latest(reviewedAt, next), setting.now)
    const triage = moves[action].by === 'coordinator'
    const worker = triage ? sent.triage[Math.max(0, taken - 1) % sent.triage.length]! : sent.author
    const before = standing(actions)
    insist(action, before, {
      user: worker.id,
      author: worker.id === sent.author.id,
      ofReferrer: worker.agency === sent.author.agency,
      coordinator: triage,
    })
    actions.push({
      seq: n + 1,
      action,
      byUser: worker.id,
      byName: worker.name,
      at,
      worker,
      stateAfter: moves[action].to ?? before.state,
      detail: detailOf(random, setting, sent, action, reason, at),
      because:
        action === 'accept'
          ? pick(random, acceptedBecause)
          : action === 'decline'
            ? declined[reason].because
            : null,
    })
  }
  return actions
}

function detailOf(
  random: Random,
  { pack }: Setting,
  { kind, answers }: Sent,
  action: ReferralMove,
  reason: DeclineReasonId,
  at: Date,
): ActionDetail {
  switch (action) {
    case 'accept': {
      const { levels } = schemeOn(pack.intake, londonDay(at))
      const decision = {
        outcome: 'accepted',
        level: pick(random, levels.slice(Math.floor(levels.length / 2))).id,
        route: routeOf(random, pack.intake.routes, routes[kind]),
        reason: null,
        told: pick(random, acceptedTold),
      } as const
      return { decision }
    }
    case 'decline':
      return {
        decision: {
          outcome: 'declined',
          level: null,
          route: routeOf(random, pack.intake.routes, routes.declined),
          reason,
          told: declined[reason].told,
        },
      }
    case 'challenge':
      return { because: pick(random, challengeBecause) }
    case 'withdraw':
      return { because: pick(random, withdrawBecause) }
    case 'correct':
      return {
        because: pick(random, correctBecause),
        question: 'strengths',
        answers: { strengths: `${answers.strengths} The mentor has talked with them since.` },
      }
    default:
      return {}
  }
}

const routes: Readonly<Record<ReferralKind | 'declined', readonly string[]>> = {
  child: ['childrens-services', 'early-help', 'programme', 'programme'],
  adult: ['adult-services', 'programme', 'national-referral-mechanism'],
  family: ['early-help', 'childrens-services'],
  group: ['place-plan', 'programme'],
  place: ['place-plan'],
  school: ['place-plan', 'programme'],
  declined: ['your-own-agency', 'early-help', 'no-action'],
}

/** One of the usual routes that the area has; where it has none of them, its first. */
const routeOf = (random: Random, known: readonly { id: string }[], usual: readonly string[]): string => {
  const there = usual.filter(id => known.some(r => r.id === id))
  return there.length > 0 ? pick(random, there) : known[0]!.id
}
