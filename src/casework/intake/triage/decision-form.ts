/** Reading a coordinator's decision: level and route from the area pack, reasons always. Pure; suggests nothing (R6). */
import type { PackIntake } from '../../../areas/area-pack.ts'
import type { Day } from '../../../platform/calendar.ts'
import { readChoice, readText, type Typed } from '../../../platform/typed-form.ts'
import type { Decision } from '../referrals/referral.ts'
import { type DeclineReasonId, declineReasons } from './decline-reasons.ts'

/** A sentence for each field; `main-content` for what is wrong with the whole. */
export type DecisionFaults = Record<string, string>

export type Scheme = PackIntake['thresholds'][number]

/** The scheme of levels in force on a day: the latest that has begun; the first where none has. */
export const schemeOn = ({ thresholds }: PackIntake, day: Day): Scheme =>
  thresholds.filter(t => t.from <= day).toSorted((a, b) => b.from.localeCompare(a.from))[0] ?? thresholds[0]!

/** Choices of the form, by their codes. */
export const decisionFields = ({ levels }: Scheme, { routes }: PackIntake) => ({
  levels: Object.fromEntries(levels.map(l => [l.id, { title: l.name, hint: l.means }])),
  routes: Object.fromEntries(routes.map(r => [r.id, { title: r.name, hint: r.words }])),
  reasons: declineReasons,
})

export function readDecision(
  typed: Typed,
  outcome: 'accept' | 'decline',
  intake: PackIntake,
  today: Day,
): { decision: Decision; because: string } | { faults: DecisionFaults } {
  const faults: DecisionFaults = {}
  const { levels, routes, reasons } = decisionFields(schemeOn(intake, today), intake)
  const level =
    outcome === 'accept'
      ? readChoice(typed, 'level', levels, 'Choose the level of need, by your own judgement.', faults)
      : undefined
  const reason =
    outcome === 'decline'
      ? readChoice<DeclineReasonId>(typed, 'reason', reasons, 'Choose why it is not accepted.', faults)
      : undefined
  const route = readChoice(
    typed,
    'route',
    routes,
    outcome === 'accept'
      ? 'Choose where help comes from.'
      : 'Choose a way on: nobody is sent away without one.',
    faults,
  )
  const because = readText(
    typed,
    'because',
    { label: 'Your reason', most: 2000, needed: 'Say why, for the coordinators after you.' },
    faults,
  )
  const told = readText(
    typed,
    'told',
    { label: 'What the referrer is told', most: 2000, needed: 'Write what the referrer reads.' },
    faults,
  )
  if (!route || !because || !told || Object.keys(faults).length > 0) return { faults }
  const decision: Decision = {
    outcome: outcome === 'accept' ? 'accepted' : 'declined',
    level: level ?? null,
    route,
    reason: reason ?? null,
    told,
  }
  return { decision, because }
}
