/** A new action, as it is typed. Pure. */
import type { Day } from '../../../platform/calendar.ts'
import { type Faults, readChoice, readText, type Typed, typedText } from '../../../platform/typed-form.ts'
import { type FourP, fourPs } from './action.ts'
import type { NewAction } from './action-store.ts'
import { askedDayOff, type DayOff, readDayAhead, readDue } from './due-day.ts'

export type TypedAction = Pick<
  NewAction,
  'what' | 'fourP' | 'agency' | 'owner' | 'startOn' | 'dueOn' | 'escalateTo'
>

export interface ActionChoices {
  /** Agencies that it may be given to. */
  agencies: readonly { id: string; name: string }[]
  /** Who works with people at the viewer's own agency. */
  colleagues: readonly { id: string; name: string; post: string }[]
  /** The viewer's agency. */
  own: string
}

/** `action` is null where something does not fit; `dayOff` is what its author is asked about once. */
export function readNewAction(
  typed: Typed,
  today: Day,
  { agencies, colleagues, own }: ActionChoices,
  { needsFourP = false }: { needsFourP?: boolean } = {},
): { action: TypedAction | null; faults: Faults; dayOff: DayOff | null } {
  const faults: Faults = {}
  const what = readText(
    typed,
    'what',
    { label: 'What is to be done', most: 2000, needed: 'Say what is to be done.' },
    faults,
  )
  const fourP = readChoice<FourP>(
    typed,
    'fourP',
    fourPs,
    needsFourP ? 'Choose the heading that it stands under.' : null,
    faults,
  )
  const agency = typedText(typed, 'agency')
  if (!agencies.some(a => a.id === agency)) faults.agency = 'Choose the agency that does it.'
  const owner = typedText(typed, 'owner')
  if (owner !== '' && agency !== own) {
    faults.owner = 'Another agency gives out its own actions. Leave this empty, or choose your own agency.'
  } else if (owner !== '' && !colleagues.some(c => c.id === owner)) {
    faults.owner = 'Choose somebody of your agency, or leave it to the agency.'
  }
  const startOn = readDayAhead(typed, 'startOn', today, faults)
  const dueOn = readDue(typed, 'dueOn', today, faults)
  if (startOn && dueOn && startOn > dueOn) faults.startOn = 'It starts after the day by which it is due.'
  const escalateTo = typedText(typed, 'escalateTo')
  if (escalateTo !== '' && !agencies.some(a => a.id === escalateTo)) {
    faults.escalateTo = 'Choose an agency of the list, or leave it empty.'
  }
  if (!dueOn || Object.keys(faults).length > 0) return { action: null, faults, dayOff: null }
  return {
    action: {
      what,
      fourP: fourP ?? null,
      agency,
      owner: owner || null,
      startOn: startOn ?? null,
      dueOn,
      escalateTo: escalateTo || null,
    },
    faults,
    dayOff: askedDayOff(typed, dueOn, today),
  }
}
