/** A plan, a statement and an offer, as they are typed. Pure. */
import type { Day } from '../../platform/calendar.ts'
import {
  type Faults,
  readChoice,
  readText,
  type Typed,
  typedDay,
  typedText,
} from '../../platform/typed-form.ts'
import type { NewOffer } from './offer-store.ts'
import { exitPathways, type PathwayId, type TurningPoint, turningPoints } from './pathways.ts'
import type { StatementKind } from './plan.ts'
import type { PlanWords } from './plan-store.ts'
import type { StatementDetails } from './statement-store.ts'

export function readPlanWords(typed: Typed, faults: Faults): PlanWords {
  return {
    called: readText(
      typed,
      'called',
      {
        label: 'The name',
        most: 200,
        needed: 'Say whom or what it is about, as the members should read it.',
      },
      faults,
    ),
    aim: readText(
      typed,
      'aim',
      { label: 'The aim', most: 2000, needed: 'Say in a sentence what should be better.' },
      faults,
    ),
  }
}

const STATEMENT = 5000

/** Somebody may be born long before the plan, and a release be known months ahead. */
const furthest = (today: Day): Day => `${Number(today.slice(0, 4)) + 5}${today.slice(4)}`

export function readStatement(
  kind: StatementKind,
  typed: Typed,
  today: Day,
  faults: Faults,
): StatementDetails {
  const text = readText(
    typed,
    'text',
    { label: 'The text', most: STATEMENT, needed: 'Write it down.' },
    faults,
  )
  const ahead = kind === 'turning-point'
  const onDay = readOn(typed, 'onDay', today, { ahead }, faults)
  const pathway =
    kind === 'need' && typedText(typed, 'pathway') !== ''
      ? readChoice<PathwayId>(typed, 'pathway', exitPathways, 'Choose a way of the list, or none.', faults)
      : null
  const turning =
    kind === 'turning-point'
      ? readChoice<TurningPoint>(typed, 'turning', turningPoints, 'Choose what it is.', faults)
      : null
  return { text, onDay, pathway: pathway ?? null, turning: turning ?? null }
}

/** Empty is today. */
function readOn(typed: Typed, name: string, today: Day, { ahead }: { ahead: boolean }, faults: Faults): Day {
  const day = typedDay(typed, name)
  if (day === undefined) return today
  if (day === null) {
    faults[name] = 'This is not a date. Check the day, the month and the four figures of the year.'
  } else if (!ahead && day > today) {
    faults[name] = 'This day lies ahead. Give the day on which it was said or seen.'
  } else if (day > furthest(today)) {
    faults[name] = 'This day lies more than five years ahead. Check the year.'
  } else if (day < `${Number(today.slice(0, 4)) - 30}`) {
    faults[name] = 'This day is more than 30 years ago. Check the year.'
  } else {
    return day
  }
  return today
}

export function readOffer(typed: Typed, needs: readonly { id: string }[], faults: Faults): NewOffer {
  const pathway = readChoice<PathwayId>(typed, 'pathway', exitPathways, 'Choose which way out it is.', faults)
  const what = readText(
    typed,
    'what',
    { label: 'What is offered', most: 2000, needed: 'Say what is offered.' },
    faults,
  )
  const provider = readText(
    typed,
    'provider',
    { label: 'Who gives the help', most: 200, needed: 'Say who gives the help.' },
    faults,
  )
  const need = typedText(typed, 'need')
  if (need !== '' && !needs.some(n => n.id === need)) faults.need = 'Choose a need of this plan, or none.'
  return { pathway: pathway ?? 'mentoring', what, provider, need: need || null }
}

export function readOfferMove(
  typed: Typed,
  asks: { label: string; needed: string } | null,
  today: Day,
  faults: Faults,
): { onDay: Day; note: string } {
  const note = readText(
    typed,
    'note',
    { label: asks?.label ?? 'The note', most: 2000, ...(asks ? { needed: asks.needed } : {}) },
    faults,
  )
  return { onDay: readOn(typed, 'onDay', today, { ahead: false }, faults), note }
}
