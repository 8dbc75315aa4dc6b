/**
 * The words of the register: what an agency holds about a person, and what may be said of an entry. No word here labels a
 * person: roles belong to events (R1), what is said is fact, report or assessment (R2), and nothing counts or ranks (R6).
 */
import type { Day } from '../../platform/calendar.ts'
import type { BirthDate } from './birth-date.ts'
import type { PersonName } from './names.ts'

export interface AgencyRecord {
  id: string
  person: string
  agency: string
  agencyName: string
  /** The agency's own number for them. */
  reference: string
  names: PersonName[]
  birth: BirthDate | null
  gender: string
  ethnicity: string
  address: string
  postcode: string
  phone: string
  school: string
  /** That it exists is withheld from other agencies as well. */
  sensitive: boolean
  purpose: string
  legalBasis: string
  ownerName: string
  ownerPost: string
  edition: number
  reviewOn: Day
  deleteOn: Day
  suspendedOn: Day | null
}

export const natures = {
  fact: { title: 'Fact', hint: 'Seen, measured or on record, such as an attendance or a conviction' },
  reported: { title: 'Reported', hint: 'What somebody said, not yet known to be so' },
  assessment: { title: 'Assessment', hint: 'What somebody concludes, with their reasons' },
} as const

export type Nature = keyof typeof natures

export const entryKinds = {
  strength: { title: 'Strength', hint: 'What goes well: an interest, a trusted adult, a good week' },
  safety: { title: 'Safety', hint: 'What keeps them safe, or is needed to' },
  view: { title: 'Their own view', hint: 'What they say and want, in their words' },
  contact: { title: 'Contact', hint: 'A visit, a call, a session' },
  event: { title: 'Event', hint: 'Something that happened' },
  concern: { title: 'Concern', hint: 'Something that worries you' },
} as const

export type EntryKind = keyof typeof entryKinds

/** Opens a page about a person, before what they did (R1). */
export const safetyKinds: readonly EntryKind[] = ['strength', 'safety', 'view']

export const eventRoles = {
  injured: 'Injured',
  suspected: 'Suspected',
  convicted: 'Convicted',
  witness: 'Witness',
  'at-risk': 'At risk',
  professional: 'Professional',
} as const

export type EventRole = keyof typeof eventRoles

/** 3x5x2, the national intelligence report: how reliable the source is, and how well it knows. */
export const sourceGrades = { 1: 'Reliable', 2: 'Untested', 3: 'Not reliable' } as const
export const informationGrades = {
  A: 'Known directly to the source',
  B: 'Known indirectly, but corroborated',
  C: 'Known indirectly',
  D: 'Not known',
  E: 'Suspected to be false',
} as const

export interface Entry {
  id: string
  record: string
  agencyName: string
  nature: Nature
  kind: EntryKind
  roleInEvent: EventRole | null
  occurredOn: Day
  text: string
  source: string
  sourceGrade: number | null
  informationGrade: string | null
  handling: 'P' | 'C'
  handlingConditions: string | null
  circleName: string | null
  authorName: string
  authorPost: string
  mine: boolean
  createdAt: Date
  edition: number
  reviewOn: Day
  deleteOn: Day
}
