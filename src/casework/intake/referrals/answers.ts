/** What somebody answers when they refer. Every answer is optional until the referral is sent: drafts have gaps. */
import { type Day, yearsBetween } from '../../../platform/calendar.ts'
import { ethnicGroups, genders, NOT_KNOWN } from '../../self-description.ts'
import type { BasisId } from './bases.ts'
import type { UrgencyId } from './urgency.ts'

export const kindWords = {
  child: { title: 'A child or young person under 18', subject: 'the child' },
  adult: { title: 'An adult', subject: 'the person' },
  family: { title: 'A family', subject: 'the family' },
  group: { title: 'A group of children or young people', subject: 'the group' },
  place: { title: 'A place', subject: 'the place' },
  school: { title: 'A school or college', subject: 'the school' },
} as const

export type ReferralKind = keyof typeof kindWords

export const isKind = (text: string): text is ReferralKind => Object.hasOwn(kindWords, text)

export const genderWords = { ...genders, 'not-known': NOT_KNOWN } as const

export const ethnicityWords = { ...ethnicGroups, 'not-known': NOT_KNOWN } as const

export const disabilityWords = {
  yes: 'Disabled, or with a long-term condition',
  no: 'Not disabled',
  'not-known': NOT_KNOWN,
} as const

export const careWords = {
  yes: 'Looked after now',
  before: 'Looked after before',
  no: 'Not looked after',
  'not-known': NOT_KNOWN,
} as const

/** A brother, a sister, or somebody else of the family or household. */
export interface OtherPerson {
  name: string
  /** As given: "9", "about 14", or empty. */
  age: string
  relation: string
}

export interface Answers {
  urgency?: UrgencyId
  /** They have rung 999 or the duty desk first. */
  rang?: 'yes'
  kind?: ReferralKind
  given?: string
  family?: string
  alsoKnownAs?: string
  birthDate?: Day
  /** In years, where the date is not known. */
  age?: string
  gender?: keyof typeof genderWords
  ethnicity?: keyof typeof ethnicityWords
  disability?: keyof typeof disabilityWords
  care?: keyof typeof careWords
  address?: string
  postcode?: string
  school?: string
  /** Name of a family, group, place or school, as people call it. */
  called?: string
  where?: string
  others?: OtherPerson[]
  /** Codes of `signs.ts`. */
  signs?: string[]
  seen?: string
  said?: string
  wants?: string
  strengths?: string
  basis?: BasisId
  told?: 'yes' | 'no'
  whyNotTold?: string
  /** Why it cannot wait for an agreement, where none is in force. */
  emergencyBecause?: string
}

/** Answers to put in the place of others; null takes one away. */
export type AnswerChange = { [Name in keyof Answers]?: Answers[Name] | null }

/** What a question read, with null for what is to be taken away: undefined does not survive JSON. */
export const changeOf = (read: Answers): AnswerChange =>
  Object.fromEntries(Object.entries(read).map(([name, value]) => [name, value ?? null]))

/** Age in whole years on a day; null where neither a date of birth nor an age was given. */
export function ageOf({ birthDate, age }: Answers, on: Day): number | null {
  if (birthDate) return yearsBetween(birthDate, on)
  return age ? Number(age) : null
}

/** Under 18, or of an age that nobody knows: the shorter periods and the closer care are the safe ones. */
export const isChild = (answers: Answers, on: Day): boolean => {
  if (answers.kind !== 'adult') return true
  const age = ageOf(answers, on)
  return age !== null && age < 18
}
