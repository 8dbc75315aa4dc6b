/**
 * The list of the morning: people in the events since the last working day, to whom help is offered without a referral
 * (D3). Who was hurt and who is suspected stand apart (R1); within, by when it happened and nothing else (R6). Pure.
 */
import { addDays, type Day } from '../../../platform/calendar.ts'
import { type Faults, readText, type Typed, typedText } from '../../../platform/typed-form.ts'
import { isWorkingDay } from '../../../platform/working-days.ts'
import { NAME_LENGTH } from '../referrals/read-answers.ts'

export const answerWords = {
  accepted: 'Accepted',
  declined: 'Declined for now',
  'not-reached': 'Not reached',
} as const

export type OfferAnswer = keyof typeof answerWords

export interface OvernightPerson {
  entry: string
  person: string
  name: string
  roleInEvent: keyof typeof roleWords
  occurredOn: Day
  /** The last offer; null where none was made. */
  offer: { answer: OfferAnswer; takenBy: string | null; by: string; at: Date } | null
}

/** The order of the sections: whoever was hurt comes first. */
export const roleWords = {
  injured: 'Hurt',
  'at-risk': 'At risk',
  witness: 'Saw it',
  suspected: 'Suspected',
} as const

/** The first day whose events are on the list of `today`: on a Monday, Friday. */
export function listFrom(today: Day): Day {
  let day = addDays(today, -1)
  while (!isWorkingDay(day)) day = addDays(day, -1)
  return day
}

export interface Section {
  title: string
  people: OvernightPerson[]
}

export const sections = (people: readonly OvernightPerson[]): Section[] =>
  Object.entries(roleWords).flatMap(([role, title]) => {
    const inRole = people.filter(p => p.roleInEvent === role)
    return inRole.length > 0 ? [{ title, people: inRole }] : []
  })

/** Somebody who has not said yes or no yet can be asked again. */
export const isOpen = ({ offer }: OvernightPerson): boolean =>
  offer === null || offer.answer === 'not-reached'

export interface Offer {
  entry: string
  person: string
  answer: OfferAnswer
  takenBy: string | null
}

/** What was filled in, row by row; rows left empty are no offers. */
export function readOffers(typed: Typed, people: readonly OvernightPerson[], faults: Faults): Offer[] {
  return people.filter(isOpen).flatMap(({ entry, person }) => {
    const answer = typedText(typed, `answer-${entry}`)
    if (!Object.hasOwn(answerWords, answer)) return []
    const rule = {
      label: 'Who takes it on',
      most: NAME_LENGTH,
      ...(answer === 'accepted' ? { needed: 'Say who takes it on: a team, a worker or a service.' } : {}),
    }
    const takenBy = readText(typed, `taken-${entry}`, rule, faults) || null
    return [{ entry, person, answer: answer as OfferAnswer, takenBy: answer === 'accepted' ? takenBy : null }]
  })
}
