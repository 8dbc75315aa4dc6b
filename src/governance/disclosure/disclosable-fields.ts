/**
 * What one agency may give to another, field by field (R13, R14). Dated, because what may be shared changes with law and
 * with what is agreed: a field that has ended is in old agreements still, and in no new one.
 */
import type { Day } from '../../platform/calendar.ts'

/** A kind of entry in a record: what a field of entries takes its lines from. */
type EntryKind = 'strength' | 'safety' | 'contact' | 'event' | 'concern' | 'view'

export type FieldSource =
  /** Not given in a disclosure: what the query itself shows, or what another form sends. */
  | { from: 'query' }
  /** Columns of the giving agency's own record. */
  | {
      from: 'record'
      columns: readonly ('names' | 'birth_date' | 'address' | 'postcode' | 'phone' | 'school')[]
    }
  /** The agency's own entries of the kind, but for closed circles, each with its date, nature, source and grade. */
  | { from: 'entries'; entryKind: EntryKind }
  /** Written for the occasion by whoever gives it. */
  | { from: 'written' }

export interface DisclosableField {
  id: string
  title: string
  /** What exactly travels. */
  says: string
  source: FieldSource
  /** Why such a field exists: law or rule. */
  basis: string
  since: Day
  until?: Day
}

const DUTY = 'Serious Violence Duty: statutory guidance (2022), information sharing'

export const disclosableFields: readonly DisclosableField[] = [
  {
    id: 'known-to',
    title: 'That an agency holds a record',
    says: 'The name of the agency and whom to ask. Nothing of what it holds.',
    source: { from: 'query' },
    basis: 'Rule R14: first “known to”',
    since: '2023-01-31',
  },
  {
    id: 'summary',
    title: 'A summary',
    says: 'A few sentences, written for the one who asked.',
    source: { from: 'written' },
    basis: 'Rule R14: a summary before named fields',
    since: '2023-01-31',
  },
  {
    id: 'identity',
    title: 'Names and date of birth',
    says: 'Names as the agency has them, and the date of birth.',
    source: { from: 'record', columns: ['names', 'birth_date'] },
    basis: DUTY,
    since: '2023-01-31',
  },
  {
    id: 'address',
    title: 'Address',
    says: 'Address and postcode as the agency has them.',
    source: { from: 'record', columns: ['address', 'postcode'] },
    basis: DUTY,
    since: '2023-01-31',
  },
  {
    id: 'phone',
    title: 'Telephone number',
    says: 'The number as the agency has it.',
    source: { from: 'record', columns: ['phone'] },
    basis: DUTY,
    since: '2023-01-31',
  },
  {
    id: 'school',
    title: 'School',
    says: 'The school as the agency has it.',
    source: { from: 'record', columns: ['school'] },
    basis: DUTY,
    since: '2023-01-31',
  },
  {
    id: 'attendance',
    title: 'Attendance and exclusions',
    says: 'Sessions attended and missed, suspensions and exclusions, in a few sentences.',
    source: { from: 'written' },
    basis: 'Working Together to Safeguard Children (2023), chapter 1',
    since: '2023-12-15',
  },
  {
    id: 'strengths',
    title: 'Strengths',
    says: 'What goes well: entries of that kind.',
    source: { from: 'entries', entryKind: 'strength' },
    basis: 'Working Together to Safeguard Children (2023), chapter 1',
    since: '2023-12-15',
  },
  {
    id: 'safety',
    title: 'What keeps them safe, and what does not',
    says: 'Entries about safety.',
    source: { from: 'entries', entryKind: 'safety' },
    basis: 'Children Act 2004, section 11',
    since: '2023-01-31',
  },
  {
    id: 'view',
    title: 'What they say and want themselves',
    says: 'Entries of the person’s own view.',
    source: { from: 'entries', entryKind: 'view' },
    basis: 'Children Act 1989, section 17(4A)',
    since: '2023-01-31',
  },
  {
    id: 'contacts',
    title: 'Contacts with them',
    says: 'Entries of contacts: who met them, when.',
    source: { from: 'entries', entryKind: 'contact' },
    basis: DUTY,
    since: '2023-01-31',
  },
  {
    id: 'events',
    title: 'Events, with their role in each',
    says: 'Entries of events. Facts, reports and assessments are told apart.',
    source: { from: 'entries', entryKind: 'event' },
    basis: 'Crime and Disorder Act 1998, section 115',
    since: '2023-01-31',
  },
  {
    id: 'concerns',
    title: 'Concerns',
    says: 'Entries of concerns.',
    source: { from: 'entries', entryKind: 'concern' },
    basis: 'Children Act 2004, section 10',
    since: '2023-01-31',
  },
  {
    id: 'referral',
    title: 'Referrals',
    says: 'A referral, as it was sent.',
    source: { from: 'query' },
    basis: 'Working Together to Safeguard Children (2023), chapter 3',
    since: '2023-12-15',
  },
  {
    id: 'action',
    title: 'Actions about somebody',
    says: 'What an agency is asked to do about a person, and what came of it.',
    source: { from: 'query' },
    basis: DUTY,
    since: '2023-01-31',
  },
  {
    id: 'cohort',
    title: 'Cohorts and tiers',
    says: 'Proposals for a tier with the statements that they rest on, decisions, reviews and ends, person by person. Never a list to schools, housing or immigration.',
    source: { from: 'query' },
    basis: DUTY,
    since: '2023-01-31',
  },
  {
    id: 'group',
    title: 'Groups',
    says: 'Groups by a written test, what is between them, and of people whom the receiving agency knows itself that they were seen with one. To police, youth justice and coordinators alone; never to schools, housing or immigration.',
    source: { from: 'query' },
    basis: DUTY,
    since: '2023-01-31',
  },
  {
    id: 'plan',
    title: 'Plans',
    says: 'A 4P plan: what is needed, offered and done, and what the person says. Never to police what is mediation or health.',
    source: { from: 'query' },
    basis: DUTY,
    since: '2023-01-31',
  },
  {
    id: 'custody',
    title: 'Custody',
    says: 'To agencies that work with the person: that they are in custody, until when, and whom to ask. To those that the area pack lets know (police, probation, prisons, youth justice): where as well, which wing, conflicts inside and visitors of concern.',
    source: { from: 'query' },
    basis: 'Offender Management Act 2007, section 14; Crime and Disorder Act 1998, section 115',
    since: '2023-01-31',
  },
  {
    id: 'arrangement',
    title: 'Other arrangements',
    says: 'Which arrangement works with a person whom both agencies work with, since when, who leads it there and how they are reached. Nothing of what is said there.',
    source: { from: 'query' },
    basis: DUTY,
    since: '2023-01-31',
  },
  {
    id: 'circle-notes',
    title: 'Notes of shared closed circles',
    says: 'Notes that members of one circle write for each other, across their agencies. Never to police.',
    source: { from: 'query' },
    basis: 'Rule R17; common law duty of confidence',
    since: '2023-01-31',
  },
  {
    id: 'meeting',
    title: 'What is said in a meeting',
    says: 'Matters that an agency brings up in a meeting held for the purpose, and what it says there, for the agencies that sit in it.',
    source: { from: 'query' },
    basis: DUTY,
    since: '2023-01-31',
  },
]

export const fieldsOn = (day: Day): DisclosableField[] =>
  disclosableFields.filter(f => f.since <= day && (f.until === undefined || f.until >= day))

/** Also of fields that have ended: old agreements and disclosures name them. */
export const fieldTitle = (id: string): string => disclosableFields.find(f => f.id === id)?.title ?? id
