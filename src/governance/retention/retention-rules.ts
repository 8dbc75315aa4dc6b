/**
 * How long each kind of record is kept, and when somebody must look at it again (R10, R12). Dated, with sources: what a
 * record was given when it was made is shown on it, and a later rule never lengthens it by itself.
 *
 * They hold since the Data Protection Act 2018 does. The periods are proposals for a partnership to confirm with its
 * lawyers. Police records proper follow the force's own schedule (Police Information and Records Management Code of
 * Practice 2023): what stands in Concord is a working copy.
 */
import type { Day } from '../../platform/calendar.ts'

export type RecordType =
  | 'agency-record'
  | 'entry'
  | 'disclosure'
  | 'sharing-request'
  | 'circle'
  | 'break-glass'
  | 'referral-draft'
  | 'referral'
  | 'invitation'
  | 'concern'
  | 'help-offer'
  | 'rights-case'
  | 'access-pack'
  | 'breach'
  | 'notice'
  | 'meeting-entry'
  | 'agenda-item'
  | 'escalation'
  | 'meeting-copy'
  | 'placement-draft'
  | 'placement'
  | 'removal'
  | 'after-archive'
  | 'action'
  | 'plan'
  | 'custody'
  | 'arrangement'
  | 'place'
  | 'line'
  | 'consequence'
  | 'bid'
  | 'panel-case'
  | 'consequence-entry'
  | 'group'
  | 'group-link'
  | 'group-relation'

export interface RetentionRule {
  recordType: RecordType
  /** In words on pages: "Agency’s record of a person". */
  title: string
  /** Days after which it must have been looked at, for an adult and for somebody under 18. */
  reviewDays: { adult: number; child: number }
  /** Days after which it is deleted, reviewed or not. */
  keepDays: { adult: number; child: number }
  source: string
  since: Day
  until?: Day
}

/** R10: no review lies further off, whatever an area chooses. */
export const LONGEST_REVIEW_DAYS = 180

/** R10: what nobody reviewed is hidden at once, and removed after so many days more. */
export const SUSPENDED_DAYS = 30

const R10 = 'Rule R10: 90 days, 42 for under-18s; ICO enforcement notice on the Gangs Matrix, November 2018'
const YEAR = 365

export const retentionRules: readonly RetentionRule[] = [
  {
    recordType: 'agency-record',
    title: 'An agency’s record of a person',
    reviewDays: { adult: 90, child: 42 },
    keepDays: { adult: 6 * YEAR, child: 6 * YEAR },
    source: R10,
    since: '2018-05-25',
  },
  {
    recordType: 'entry',
    title: 'A statement about a person',
    reviewDays: { adult: 180, child: 180 },
    keepDays: { adult: 3 * YEAR, child: 2 * YEAR },
    source: `${R10}; the record that it stands in is reviewed sooner`,
    since: '2018-05-25',
  },
  {
    recordType: 'disclosure',
    title: 'What one agency gave to another',
    reviewDays: { adult: 90, child: 42 },
    keepDays: { adult: 180, child: 180 },
    source: 'Rule R13: a disclosure has an end date; ICO data sharing code of practice',
    since: '2018-05-25',
  },
  {
    recordType: 'sharing-request',
    title: 'A request for information',
    reviewDays: { adult: 90, child: 42 },
    keepDays: { adult: YEAR, child: YEAR },
    source: 'ICO data sharing code of practice: keep decisions to share, and not to share',
    since: '2018-05-25',
  },
  {
    recordType: 'circle',
    title: 'A closed circle',
    reviewDays: { adult: 90, child: 42 },
    keepDays: { adult: 2 * YEAR, child: 2 * YEAR },
    source: R10,
    since: '2018-05-25',
  },
  {
    recordType: 'break-glass',
    title: 'An opening without a right',
    reviewDays: { adult: 7, child: 7 },
    keepDays: { adult: 6 * YEAR, child: 6 * YEAR },
    source: 'Rule R20: reviewed within five working days',
    since: '2018-05-25',
  },
  {
    recordType: 'referral-draft',
    title: 'A referral that was not sent',
    reviewDays: { adult: 14, child: 14 },
    keepDays: { adult: 28, child: 28 },
    source: 'UK GDPR, article 5(1)(e): no longer than is needed to finish it',
    since: '2018-05-25',
  },
  {
    recordType: 'referral',
    title: 'A referral',
    reviewDays: { adult: 90, child: 42 },
    keepDays: { adult: 2 * YEAR, child: 2 * YEAR },
    source: R10,
    since: '2018-05-25',
  },
  {
    recordType: 'invitation',
    title: 'An invitation to refer without an account',
    reviewDays: { adult: 90, child: 90 },
    keepDays: { adult: 90, child: 90 },
    source:
      'UK GDPR, article 5(1)(e): no longer than the partner may have to be told what became of it; organisation and post stay with the referral',
    since: '2018-05-25',
  },
  {
    recordType: 'help-offer',
    title: 'An offer of help after an event',
    reviewDays: { adult: 90, child: 42 },
    keepDays: { adult: YEAR, child: YEAR },
    source: R10,
    since: '2018-05-25',
  },
  {
    recordType: 'concern',
    title: 'A noted concern',
    reviewDays: { adult: 90, child: 42 },
    keepDays: { adult: YEAR, child: YEAR },
    source: R10,
    since: '2018-05-25',
  },
  {
    recordType: 'rights-case',
    title: 'A request about one’s own data',
    reviewDays: { adult: 30, child: 30 },
    keepDays: { adult: 2 * YEAR, child: 2 * YEAR },
    source: 'ICO: keep a request as long as a complaint about it can be made',
    since: '2018-05-25',
  },
  {
    recordType: 'access-pack',
    title: 'A copy that somebody was given of their own data',
    reviewDays: { adult: 30, child: 30 },
    keepDays: { adult: 90, child: 90 },
    source: 'ICO: a complaint is made within three months of the last contact; rule R12: copies end too',
    since: '2018-05-25',
  },
  {
    recordType: 'breach',
    title: 'A breach of personal data',
    reviewDays: { adult: 90, child: 90 },
    keepDays: { adult: 3 * YEAR, child: 3 * YEAR },
    source:
      'UK GDPR, article 33(5): documented, so that the Commissioner can check; the period is a proposal',
    since: '2018-05-25',
  },
  {
    recordType: 'action',
    title: 'An action of a plan or a meeting',
    reviewDays: { adult: 90, child: 42 },
    keepDays: { adult: 3 * YEAR, child: 3 * YEAR },
    source: `${R10}; whatever is done about an action is a look at it, and none is hidden before it is due`,
    since: '2018-05-25',
  },
  {
    recordType: 'placement-draft',
    title: 'A proposal for a tier that was not sent',
    reviewDays: { adult: 14, child: 14 },
    keepDays: { adult: 28, child: 28 },
    source: 'UK GDPR, article 5(1)(e): no longer than is needed to finish it',
    since: '2018-05-25',
  },
  {
    // The tier's own agreement reviews it sooner; what has ended is deleted within 90 days.
    recordType: 'placement',
    title: 'A placement in a cohort',
    reviewDays: { adult: 90, child: 42 },
    keepDays: { adult: 2 * YEAR, child: 2 * YEAR },
    source: `${R10}; after two years it is proposed anew`,
    since: '2018-05-25',
  },
  {
    // A reference, an agency, and when it confirmed: no name.
    recordType: 'removal',
    title: 'That an agency was told of a removal',
    reviewDays: { adult: 30, child: 30 },
    keepDays: { adult: YEAR, child: YEAR },
    source: 'Rule R11: sent to every recipient, and chased until confirmed',
    since: '2018-05-25',
  },
  {
    recordType: 'after-archive',
    title: 'A pseudonym, to count harm after an archive',
    reviewDays: { adult: 180, child: 180 },
    keepDays: { adult: 548, child: 548 },
    source: 'Board paper of 21 December 2021, paragraph 59; twelve months, and six for the records to arrive',
    since: '2018-05-25',
  },
  {
    recordType: 'plan',
    title: 'A 4P plan',
    reviewDays: { adult: 90, child: 42 },
    keepDays: { adult: 3 * YEAR, child: 3 * YEAR },
    source: `${R10}; closed, it is kept for a year at most`,
    since: '2018-05-25',
  },
  {
    recordType: 'custody',
    title: 'Somebody’s time in custody',
    reviewDays: { adult: 90, child: 42 },
    keepDays: { adult: 2 * YEAR, child: 2 * YEAR },
    source: `${R10}; half a year after the release at most, and longer than two years while they are inside and it is reviewed`,
    since: '2018-05-25',
  },
  {
    recordType: 'arrangement',
    title: 'Who else works with somebody',
    reviewDays: { adult: 90, child: 42 },
    keepDays: { adult: 2 * YEAR, child: 2 * YEAR },
    source: `${R10}; four weeks after it is over at most`,
    since: '2018-05-25',
  },
  {
    recordType: 'place',
    title: 'A place that plans are about',
    reviewDays: { adult: 180, child: 180 },
    keepDays: { adult: 3 * YEAR, child: 3 * YEAR },
    source: `${R10}; it holds nothing about anybody`,
    since: '2018-05-25',
  },
  {
    recordType: 'line',
    title: 'A line of drug supply that plans are about',
    reviewDays: { adult: 90, child: 90 },
    keepDays: { adult: 3 * YEAR, child: 3 * YEAR },
    source: `${R10}; it holds nothing about anybody`,
    since: '2018-05-25',
  },
  {
    recordType: 'panel-case',
    title: 'A case before a panel',
    reviewDays: { adult: 90, child: 42 },
    keepDays: { adult: 2 * YEAR, child: 2 * YEAR },
    source: `${R10}; over, it is kept for a year at most, and the disposal itself in the police’s own records`,
    since: '2018-05-25',
  },
  {
    recordType: 'bid',
    title: 'A bid for a resource',
    reviewDays: { adult: 180, child: 180 },
    keepDays: { adult: 3 * YEAR, child: 3 * YEAR },
    source: 'Rule R12; it is about nobody, and is kept so that deployments can be compared: a proposal',
    since: '2018-05-25',
  },
  {
    recordType: 'consequence',
    title: 'Consequence management after an incident',
    reviewDays: { adult: 42, child: 42 },
    keepDays: { adult: 2 * YEAR, child: 2 * YEAR },
    source: `${R10}; whatever is written is a look at it, and closed it is kept for a year at most`,
    since: '2018-05-25',
  },
  {
    recordType: 'consequence-entry',
    title: 'What was written in consequence management',
    reviewDays: { adult: 42, child: 42 },
    keepDays: { adult: 2 * YEAR, child: 2 * YEAR },
    source: 'Rule R12; it is looked at with the whole, and goes with it',
    since: '2018-05-25',
  },
  {
    recordType: 'group',
    title: 'A group',
    reviewDays: { adult: 90, child: 42 },
    keepDays: { adult: 2 * YEAR, child: 2 * YEAR },
    source: `${R10}; its assessment ends after 180 days, and after two years it is written down anew`,
    since: '2018-05-25',
  },
  {
    recordType: 'group-link',
    title: 'That somebody was seen with a group',
    reviewDays: { adult: 90, child: 42 },
    keepDays: { adult: YEAR, child: YEAR },
    source: `${R10}; what was seen a year ago says nothing of today`,
    since: '2018-05-25',
  },
  {
    recordType: 'group-relation',
    title: 'Rivalry or alliance between groups',
    reviewDays: { adult: 180, child: 180 },
    keepDays: { adult: 180, child: 180 },
    source: `${R10}; it ends by itself, and is said anew where it goes on`,
    since: '2018-05-25',
  },
  {
    recordType: 'notice',
    title: 'A notice to somebody at work',
    reviewDays: { adult: 90, child: 90 },
    keepDays: { adult: 90, child: 90 },
    source: 'UK GDPR, article 5(1)(e): no longer than somebody back from long leave needs it',
    since: '2018-05-25',
  },
  {
    recordType: 'meeting-entry',
    title: 'What was said in a meeting',
    reviewDays: { adult: 180, child: 180 },
    keepDays: { adult: 3 * YEAR, child: 3 * YEAR },
    source:
      'Rule R12; minutes are the record of decisions, reviewed as a whole and never longer than three years: a proposal',
    since: '2018-05-25',
  },
  {
    recordType: 'agenda-item',
    title: 'A matter of a meeting',
    reviewDays: { adult: 180, child: 180 },
    keepDays: { adult: 3 * YEAR, child: 3 * YEAR },
    source: 'Rule R12: with what was said about it',
    since: '2018-05-25',
  },
  {
    recordType: 'escalation',
    title: 'A matter that was raised to a board',
    reviewDays: { adult: 180, child: 180 },
    keepDays: { adult: 3 * YEAR, child: 3 * YEAR },
    source: 'Rule R12: with the minutes in which it was raised',
    since: '2018-05-25',
  },
  {
    recordType: 'meeting-copy',
    title: 'Who was given a copy of minutes, until when, and whether they took it; not the copy itself',
    reviewDays: { adult: 180, child: 180 },
    keepDays: { adult: 3 * YEAR, child: 3 * YEAR },
    source: 'Rules R12 and R16: with the minutes, so that every recipient can be told of what was wrong',
    since: '2018-05-25',
  },
]
