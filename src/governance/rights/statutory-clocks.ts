/**
 * How long the law gives for what people ask about their own data. Dated, with its source, and whether somebody has
 * checked the source for Concord: an unconfirmed period is shown as such, for an officer to confirm with their lawyer.
 *
 * `general` is the UK GDPR with Part 2 of the Data Protection Act 2018; `law-enforcement` is its Part 3, for police and
 * other competent authorities when they act as such.
 */
import type { Day } from '../../platform/calendar.ts'

export type RightsKind = 'access' | 'rectification' | 'objection' | 'restriction' | 'challenge' | 'complaint'
export type Regime = 'general' | 'law-enforcement'

export interface StatutoryClock {
  kind: RightsKind
  regime: Regime
  /** By when there has to be an answer; for a complaint, by when its arrival has to be acknowledged. */
  period: { months: number } | { days: number }
  /** Further months where the request is complex, or one of many, told inside the first period. 0: there are none. */
  extensionMonths: number
  /** The clock does not run while the asker is asked who they are, or what they mean. */
  stops: boolean
  source: string
  confirmed: boolean
  since: Day
  until?: Day
}

const GDPR = 'UK GDPR, article 12(3)'
const ARTICLE_12A =
  'UK GDPR, article 12A, put in by the Data (Use and Access) Act 2025, section 76 (SI 2026/82)'
const PART_3 = 'Data Protection Act 2018, section 54, as amended by the Data (Use and Access) Act 2025'
const COMPLAINT =
  'Data Protection Act 2018, section 164A(3): acknowledged within 30 days beginning when it is received'
const CHALLENGE = 'Rule R21: a challenge has a clock; one month as for the other rights'

const clock = (
  kind: RightsKind,
  regime: Regime,
  source: string,
  since: Day,
  more: Partial<StatutoryClock> = {},
): StatutoryClock => ({
  kind,
  regime,
  period: { months: 1 },
  extensionMonths: 2,
  stops: true,
  source,
  confirmed: false,
  since,
  ...more,
})

export const statutoryClocks: readonly StatutoryClock[] = [
  clock('access', 'general', GDPR, '2018-05-25', { until: '2026-02-04' }),
  clock('access', 'general', ARTICLE_12A, '2026-02-05', { confirmed: true }),
  clock('access', 'law-enforcement', PART_3, '2018-05-25', { confirmed: true }),
  clock('rectification', 'general', `${GDPR} and article 16`, '2018-05-25'),
  clock('rectification', 'law-enforcement', 'Data Protection Act 2018, sections 46 and 48', '2018-05-25'),
  clock('restriction', 'general', `${GDPR} and article 18`, '2018-05-25'),
  clock('restriction', 'law-enforcement', 'Data Protection Act 2018, sections 47 and 48', '2018-05-25'),
  clock('objection', 'general', `${GDPR} and article 21 (public task)`, '2018-05-25'),
  clock('challenge', 'general', CHALLENGE, '2018-05-25', { extensionMonths: 0 }),
  clock('challenge', 'law-enforcement', CHALLENGE, '2018-05-25', { extensionMonths: 0 }),
  ...(['general', 'law-enforcement'] as const).map(regime =>
    clock('complaint', regime, COMPLAINT, '2026-06-19', {
      period: { days: 30 },
      extensionMonths: 0,
      stops: false,
      confirmed: true,
    }),
  ),
]

/** Null where the law gives no such right on the day: objecting under Part 3, complaining before 19 June 2026. */
export const clockFor = (kind: RightsKind, regime: Regime, on: Day): StatutoryClock | null =>
  statutoryClocks.find(
    c => c.kind === kind && c.regime === regime && c.since <= on && (c.until === undefined || on <= c.until),
  ) ?? null
