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
import { schemeOn } from '../../casework/intake/triage/decision-form.ts'
import { type DeclineReasonId, declineReasons } from '../../casework/intake/triage/decline-reasons.ts'
import { type Day, londonDay } from '../../platform/calendar.ts'
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
  let at = sent.sentAt
  let taken = 0
  const reason = pick(random, Object.keys(declineReasons) as DeclineReasonId[])
  const steps: readonly ReferralMove[] = reviewedOn ? [...courses[course], 'review'] : courses[course]
  for (const [n, action] of steps.entries()) {
    if (action === 'take') taken++
    const [least, most] = pauses[action]
    const next = later(at, random.between(least, most))
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
