/**
 * On what basis a referral shares personal data. Agreement is one of them and never the only one (R15): where a child or
 * adult may be at risk the law does not ask for it, and the form says so. Dated, because law changes.
 */
import type { Day } from '../../../platform/calendar.ts'

interface Basis {
  title: string
  hint: string
  legalBasis: string
  source: string
  since: Day
}

export const bases = {
  safeguarding: {
    title: 'To keep a child or an adult at risk safe',
    hint: 'You do not need anybody’s agreement for this.',
    legalBasis:
      'UK GDPR, article 6(1)(e); Data Protection Act 2018, schedule 1, paragraph 18; Children Act 2004, sections 10 and 11, or Care Act 2014, section 45',
    source: 'Information Commissioner’s Office, ten step guide to sharing information to safeguard children',
    since: '2023-09-14',
  },
  'serious-violence': {
    title: 'To prevent or reduce serious violence',
    hint: 'Your agency has the serious violence duty, or works with one that has. You do not need agreement.',
    legalBasis: 'Police, Crime, Sentencing and Courts Act 2022, section 16',
    source: 'Serious Violence Duty, statutory guidance, in force from 31 January 2023',
    since: '2023-01-31',
  },
  agreement: {
    title: 'They agreed, and were free to say no',
    hint: 'For offers of help where nobody is at risk of harm. A parent or carer agrees for a younger child.',
    legalBasis: 'UK GDPR, article 6(1)(a), and article 9(2)(a) where health or ethnicity is told',
    source: 'UK GDPR, articles 6, 7 and 9',
    since: '2021-01-01',
  },
} as const satisfies Record<string, Basis>

export type BasisId = keyof typeof bases
