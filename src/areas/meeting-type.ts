/**
 * Kinds of meeting as a pack describes them: data, which no condition of the program names. What the pack may say is here;
 * what a meeting then is, in `casework/tasking/meetings`.
 */

/**
 * What can stand on an agenda. `aboutPeople`: a meeting that sees it is about people, has a purpose, and shares only under
 * an agreement in force (R13); a board that sees none of these is shown nobody.
 */
export const itemKinds = {
  incident: { title: 'Incidents', aboutPeople: false },
  missing: { title: 'Missing episodes', aboutPeople: false },
  event: { title: 'People in last events', aboutPeople: true },
  referral: { title: 'Referrals', aboutPeople: true },
  release: { title: 'Releases from custody', aboutPeople: true },
  review: { title: 'Reviews', aboutPeople: true },
  person: { title: 'People', aboutPeople: true },
  'panel-case': { title: 'Cases for the panel', aboutPeople: true },
  consequence: { title: 'Consequence management', aboutPeople: true },
  action: { title: 'Actions', aboutPeople: false },
  group: { title: 'Groups', aboutPeople: false },
  place: { title: 'Places', aboutPeople: false },
  line: { title: 'Lines', aboutPeople: false },
  bid: { title: 'Bids for resources', aboutPeople: false },
  escalation: { title: 'Escalations', aboutPeople: false },
  answer: { title: 'Answers to what was escalated', aboutPeople: false },
  figure: { title: 'Figures', aboutPeople: false },
  topic: { title: 'Other business', aboutPeople: false },
} as const

export type ItemKind = keyof typeof itemKinds

export const isItemKind = (text: string): text is ItemKind => Object.hasOwn(itemKinds, text)

export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const

export type Weekday = (typeof weekdays)[number]

/** When it meets. Hours are of the clock on the wall in London. Daily is on working days. */
export type Cadence =
  | { kind: 'daily'; at: string }
  | { kind: 'weekly'; weekday: Weekday; at: string }
  /** The first to the fourth such weekday of the month. */
  | { kind: 'monthly'; week: number; weekday: Weekday; at: string }
  /** The same, in these months: 1 is January. */
  | { kind: 'quarterly'; months: number[]; week: number; weekday: Weekday; at: string }
  /** When somebody calls it. */
  | { kind: 'called' }

export interface AgendaRule {
  /** Heading of the section. */
  section: string
  items: ItemKind
  /** Codes that narrow the section, such as kinds of incident; all where left out. */
  of?: string[]
  /** Days ahead, for what is due; the working day before, for what happened, where left out. */
  days?: number
}

export interface PackMeetingType {
  id: string
  name: string
  /** A purpose of the program, where it is about people. */
  purpose?: string
  cadence: Cadence
  /** Agency whose people chair it. */
  chair: string
  /** Every agency that sits in it, the chair's among them. */
  members: string[]
  quorum: { agencies: number; of?: string[] }
  /** What its members may see. */
  sees: ItemKind[]
  agenda: AgendaRule[]
  /** Authorities that it is about; the whole area where left out. */
  localAuthorities?: string[]
  /** Meeting type to which it escalates. */
  escalatesTo?: string
  source: string
}
