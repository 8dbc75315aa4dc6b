/** Reading what a panel decided: who sat, how each stood, reasons and dissent. Pure; suggests nothing (R6). */
import { addDays, calendarWords, type Day } from '../../platform/calendar.ts'
import {
  type Faults,
  readChoice,
  readText,
  type Typed,
  typedDay,
  typedText,
} from '../../platform/typed-form.ts'
import type { PanelMember } from './panel-store.ts'
import { type MoveDetail, type PlacementMove, type Seat, views, whyNoPanel } from './placement.ts'
import { groundsField } from './steps.ts'

export const outcomes = {
  yes: { place: 'They are placed in this tier', move: 'They move to this tier' },
  no: { place: 'They are not placed', move: 'They stay where they are' },
} as const

/** How somebody stood, or that they were not there. */
export const seatChoices = { ...views, absent: 'Was not there' } as const

export interface DecisionContext {
  today: Day
  /** A placing, or a move of somebody who is placed. */
  what: 'place' | 'move'
  /** The tier that is proposed. */
  tier: string
  panel: readonly PanelMember[]
  chair: string
  latestReview: Day
  leads: Readonly<Record<string, string>>
}

export function readDecision(
  typed: Typed,
  { today, what, tier, panel, chair, latestReview, leads }: DecisionContext,
): { name: PlacementMove; detail: MoveDetail } | { faults: Faults } {
  const faults: Faults = {}
  const outcome = readChoice(typed, 'outcome', outcomes, 'Choose what the panel decided.', faults)
  const seats = panel.flatMap(({ user, part }): Seat[] => {
    const field = `seat-${user}`
    const stood = readChoice(typed, field, seatChoices, null, faults) ?? 'absent'
    if (stood === 'absent') return []
    const because = readText(typed, `${field}-because`, { label: 'Their reasons', most: 2000 }, faults)
    if (stood === 'dissented' && because === '') {
      faults[`${field}-because`] = 'Say why they dissented, in their words.'
    }
    // An adviser has no part in the decision.
    return [{ user, view: part === 'adviser' ? 'abstained' : stood, ...(because && { because }) }]
  })
  const why = whyNoPanel(seats, panel, chair)
  if (why && Object.keys(faults).length === 0) faults.panel = why
  const because = readText(
    typed,
    'because',
    { label: 'The reasons', most: 5000, needed: 'Write the reasons of the panel.' },
    faults,
  )
  const detail: MoveDetail = { because, panel: seats }
  if (outcome === 'yes') {
    if (typedText(typed, 'grounds') === '') faults.grounds = groundsField.needed!
    detail.tier = tier
    const owner = readChoice(typed, 'owner', leads, what === 'place' ? 'Choose a lead worker.' : null, faults)
    if (owner) detail.owner = owner
    const reviewOn = typedDay(typed, 'reviewOn')
    if (!reviewOn || reviewOn <= today || reviewOn > latestReview) {
      faults.reviewOn = `Enter a day between ${calendarWords(addDays(today, 1))} and ${calendarWords(latestReview)}.`
    } else detail.reviewOn = reviewOn
  }
  if (Object.keys(faults).length > 0 || !outcome) return { faults }
  const name = outcome === 'yes' ? what : what === 'place' ? 'refuse' : 'refuse-move'
  return { name, detail }
}
