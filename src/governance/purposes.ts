/**
 * For what somebody opens records about people. One of these is always set, is on the screen, and is in the audit
 * (Data Protection Act 2018, section 62). Dated, because law changes.
 */
import type { Day } from '../platform/calendar.ts'

export interface Purpose {
  id: string
  title: string
  /** In the header: "for safeguarding". */
  words: string
  legalBases: readonly string[]
  source: string
  since: Day
}

export const purposes = [
  {
    id: 'safeguarding',
    title: 'Safeguarding a child or adult at risk',
    words: 'safeguarding',
    legalBases: [
      'Children Act 1989, sections 17 and 47; Children Act 2004, sections 10 and 11',
      'Care Act 2014, sections 42 to 45',
      'Data Protection Act 2018, schedule 1, paragraph 18 (safeguarding of children and of individuals at risk)',
    ],
    source: 'Children Act 2004; Care Act 2014',
    since: '2018-05-25',
  },
  {
    id: 'violence-prevention',
    title: 'Preventing and reducing serious violence',
    words: 'preventing violence',
    legalBases: [
      'Police, Crime, Sentencing and Courts Act 2022, section 16',
      'Crime and Disorder Act 1998, section 115',
    ],
    source: 'Serious Violence Duty, in force from 31 January 2023',
    since: '2023-01-31',
  },
  {
    id: 'support',
    title: 'Offering and giving support',
    words: 'support',
    legalBases: [
      'UK GDPR, article 6(1)(e), public task',
      'The person’s agreement, where it was freely given',
    ],
    source: 'UK GDPR, article 6',
    since: '2021-01-01',
  },
] as const satisfies readonly Purpose[]

export type PurposeId = (typeof purposes)[number]['id']

export const isPurpose = (text: string): text is PurposeId => purposes.some(p => p.id === text)
