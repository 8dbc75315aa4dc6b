/**
 * What is written down in consequence management: small, dated, by an agency. Whoever is affected has a part in this one
 * event, and none of the parts is that of a suspect (R1, R4); tension is a word about a place with a reason, and never
 * about anybody (R6).
 */
import type { Day } from '../../../platform/calendar.ts'
import type { Nature } from '../../register/register.ts'

interface EntryKindWords {
  title: string
  add: string
  label: string
  hint: string
  /** What every statement of the kind is; left out where its author says so (R2). */
  nature?: Nature
  empty: string
}

/** In the order of the page: people first. */
export const entryKinds = {
  affected: {
    title: 'Who is affected',
    add: 'Add somebody who is affected',
    label: 'How are they, and what do they need?',
    hint: 'What keeps them safe today comes first',
    empty: 'Nobody is named yet.',
  },
  family: {
    title: 'Family and friends',
    add: 'Add what family and friends need',
    label: 'How are family and friends, and what do they need?',
    hint: 'Who has spoken to them, and what they asked for',
    empty: 'Nothing is written down yet.',
  },
  school: {
    title: 'Schools and colleges',
    add: 'Add what a school or college needs',
    label: 'What do schools or colleges know and need?',
    hint: 'Who there was told, by whom, and what pupils were told',
    empty: 'Nothing is written down yet.',
  },
  tension: {
    title: 'Tension',
    add: 'Say how tense it is',
    label: 'Why do you say so?',
    hint: 'What was seen or heard, where, by whom. About places and communities, never about one person',
    nature: 'assessment',
    empty: 'Nobody has said how tense it is.',
  },
  rumour: {
    title: 'Rumours',
    add: 'Add a rumour',
    label: 'What is said, and what is known to be true?',
    hint: 'What can be said against it, and who says it',
    nature: 'reported',
    empty: 'No rumours are known.',
  },
  online: {
    title: 'Threats online',
    add: 'Add a check of what is said online',
    label: 'What was found?',
    hint: 'What was threatened, against whom, and what was done. “Nothing was found” is worth writing down',
    nature: 'reported',
    empty: 'Nobody has checked.',
  },
  retaliation: {
    title: 'What may follow',
    add: 'Say what may follow',
    label: 'What may follow, and what makes you think so?',
    hint: 'In words: what could happen, where, when. Music, dress, family, a postcode or having been hurt are no grounds',
    nature: 'assessment',
    empty: 'Nothing is written down yet.',
  },
  offer: {
    title: 'Offers made',
    add: 'Add an offer',
    label: 'What was offered, to whom, and what did they say?',
    hint: 'Help after an injury, mediation, somebody to talk to',
    nature: 'fact',
    empty: 'Nothing has been offered yet.',
  },
  reassurance: {
    title: 'Reassurance',
    add: 'Add what was done to reassure',
    label: 'What was done or said, and where?',
    hint: 'Visits, patrols, what was told to neighbours, community and faith groups',
    nature: 'fact',
    empty: 'Nothing is written down yet.',
  },
} as const satisfies Record<string, EntryKindWords>

export type EntryKind = keyof typeof entryKinds

export const isEntryKind = (text: string): text is EntryKind => Object.hasOwn(entryKinds, text)

/** Parts in this event. Whoever is suspected stands in the record of the agency that suspects them, and not here (R1). */
export const affectedRoles = {
  injured: 'Injured',
  bereaved: 'Bereaved',
  witness: 'Witness',
  'at-risk': 'At risk',
  close: 'Close to somebody who was hurt',
} as const

export type AffectedRole = keyof typeof affectedRoles

interface TensionGrade {
  title: string
  hint: string
}

/** Of a place, from calm to grave. Words of this program; community tension monitoring has no agreed national scale. */
export const tensionGrades = {
  usual: { title: 'As usual', hint: 'Nothing out of the ordinary' },
  uneasy: { title: 'Uneasy', hint: 'People talk about it, and some stay away from places' },
  raised: { title: 'Raised', hint: 'Anger or fear is seen in several places' },
  high: { title: 'High', hint: 'Something further is expected soon' },
} as const satisfies Record<string, TensionGrade>

export type Tension = keyof typeof tensionGrades

export const isTension = (text: string): text is Tension => Object.hasOwn(tensionGrades, text)

export interface EntryDetails {
  nature: Nature
  text: string
  onDay: Day
  called: string | null
  person: string | null
  role: AffectedRole | null
  authority: string | null
  grade: Tension | null
  /** Agencies that read it beside the author's; null: every one that may. */
  seenBy: string[] | null
}
