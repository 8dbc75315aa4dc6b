/** A placement as its page shows it: safety and strengths first, then what was decided, by whom and why. Pure. */
import { calendarWords } from '../../platform/calendar.ts'
import { grounds, isGround } from './grounds.ts'
import type { Tier } from './pack-cohorts.ts'
import { type PlacementAction, type PlacementMove, possibleMoves, views } from './placement.ts'
import type { Placement } from './placement-store.ts'
import { tierRules } from './placement-store.ts'
import { achievements, removalReasons, type StepName, steps } from './steps.ts'

export interface HistoryLine {
  by: string
  says: string
  at: Date
  because: string[]
}

const told: Record<PlacementMove, string> = {
  propose: 'proposed them for a tier',
  'propose-with-approver': 'proposed them for a tier, to a second approver',
  withdraw: 'withdrew the proposal',
  approve: 'approved it as the second approver',
  'turn-down': 'turned it down as the second approver',
  place: 'recorded that the panel places them',
  refuse: 'recorded that the panel does not place them',
  overtake: 'noted that another panel was first to place this person',
  'propose-move': 'proposed a move',
  'propose-move-with-approver': 'proposed a move, to a second approver',
  'approve-move': 'approved the move as the second approver',
  'turn-down-move': 'turned the move down as the second approver',
  move: 'recorded that the panel moves them',
  'refuse-move': 'recorded that they stay where they are',
  review: 'recorded a review',
  'give-notice': 'noted that they were told',
  'withhold-notice': 'kept the notice to them back',
  'give-to': 'named another lead worker',
  challenge: 'wrote down that they challenge it',
  archive: 'archived it, because it went well',
  remove: 'removed them',
  lapse: 'hid it, because nobody had reviewed it',
  renew: 'reviewed it late, and showed it again',
}

/** The newest first. */
export const historyOf = ({ actions, cohort }: Placement): HistoryLine[] =>
  actions.toReversed().map(action => ({
    by: action.byAgencyName ? `${action.byName}, ${action.byAgencyName}` : action.byName,
    says: told[action.action] + tierWords(action, tierRules(cohort)),
    at: action.at,
    because: reasonsOf(action),
  }))

const tierWords = ({ detail }: PlacementAction, tier: (id: string) => Tier | undefined): string =>
  detail.tier ? `: ${tier(detail.tier)?.name ?? detail.tier}` : ''

function reasonsOf({ action, detail }: PlacementAction): string[] {
  return [
    detail.because,
    action === 'review' || action === 'renew'
      ? detail.strengths && `Goes well: ${detail.strengths}`
      : undefined,
    detail.changed,
    action === 'review' || action === 'renew' ? detail.view && `Says: ${detail.view}` : undefined,
    detail.checked && `Looked at: ${detail.checked}`,
    detail.told,
    detail.reason && removalReasons[detail.reason as keyof typeof removalReasons],
    detail.achieved?.map(a => achievements[a as keyof typeof achievements]).join('; '),
    detail.againOn && `Looked at again on ${calendarWords(detail.againOn)}`,
    detail.reviewOn && `Next review by ${calendarWords(detail.reviewOn)}`,
    detail.rightsCase && `Case ${detail.rightsCase}`,
  ].flatMap(words => words || [])
}

export interface ShownGround {
  title: string
  on: string
  says: string
  source: string
}

/** Grounds of the proposal that waits, or of the one that was decided. */
export const groundsOf = ({ actions }: Placement): ShownGround[] =>
  (actions.findLast(a => a.detail.grounds)?.detail.grounds ?? []).map(({ ground, on, says, source }) => ({
    title: isGround(ground) ? grounds[ground].title : ground,
    on,
    says,
    source,
  }))

/** How each of the panel stood at the last decision; `name` of a user. */
export const seatsOf = ({ stands }: Placement, nameOf: (user: string) => string) =>
  (stands.decision?.detail.panel ?? []).map(seat => ({
    name: nameOf(seat.user),
    view: views[seat.view],
    dissented: seat.view === 'dissented',
    because: seat.because ?? '',
  }))

/** Steps that the viewer can take now, with the address of each; deciding has a page of its own. */
export function buttonsOf(placement: Placement): { text: string; href: string; main: boolean }[] {
  const { reference, stands, mover, cohort } = placement
  const can = possibleMoves(stands, mover, tierRules(cohort)).filter(
    name => placement.weighed || name === 'challenge',
  )
  const page = `/cohorts/placements/${reference}`
  const decides = can.some(name => ['place', 'refuse', 'move', 'refuse-move'].includes(name))
  const single = can.flatMap(name =>
    Object.hasOwn(steps, name)
      ? [{ text: steps[name as StepName].title, href: `${page}/step/${name}`, main: mains.includes(name) }]
      : [],
  )
  return [
    ...(decides ? [{ text: 'Record the decision of the panel', href: `${page}/decide`, main: true }] : []),
    ...single,
  ].toSorted((a, b) => Number(b.main) - Number(a.main))
}

/** What is usually wanted; the rest stands as links. */
const mains: readonly PlacementMove[] = ['approve', 'approve-move', 'review', 'renew']

/** After "you can", for who may do nothing. */
export const waitsWords = (placement: Placement): string => {
  switch (placement.stands.state) {
    case 'to-approve':
    case 'move-to-approve':
      return 'It waits for a second approver from the panel.'
    case 'to-decide':
    case 'move-to-decide':
      return 'It waits for the panel.'
    default:
      return ''
  }
}
