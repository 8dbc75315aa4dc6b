/**
 * Why a referral is not accepted. Dated codes, so that refusals can be counted by reason (R24) and presented again:
 * thresholds made for parenting stop cases in which debt and entrapment are the harm.
 */
import type { Day } from '../../../platform/calendar.ts'

interface DeclineReason {
  title: string
  hint?: string
  since: Day
}

export const declineReasons = {
  'already-helped': {
    title: 'Somebody is helping already',
    hint: 'Say who, to the referrer as well',
    since: '2026-01-01',
  },
  'another-service': { title: 'Another service fits better', since: '2026-01-01' },
  'below-threshold': {
    title: 'The needs are below the threshold of the partnership',
    hint: 'Exploitation is harm also where the parents are doing well. Debt, threats and entrapment count.',
    since: '2026-01-01',
  },
  'not-enough-known': {
    title: 'Too little is known to act on',
    hint: 'Ring the referrer first: a call settles most of these',
    since: '2026-01-01',
  },
  'not-wanted': {
    title: 'The person does not want help, and nobody is at risk',
    hint: 'A child, or an adult who is coerced, cannot consent to being harmed',
    since: '2026-01-01',
  },
  'outside-area': { title: 'They live outside the area', since: '2026-01-01' },
  duplicate: { title: 'The same concern has been referred already', since: '2026-01-01' },
} as const satisfies Record<string, DeclineReason>

export type DeclineReasonId = keyof typeof declineReasons
