/** How long a session lasts, by the way in which it was got. Dated, because guidance and an area's own rules change. */
import type { Day } from '../../platform/calendar.ts'

/**
 * - `account`: password and second factor. `single-sign-on`: the organisation's own sign-in.
 * - `cast`: one of the synthetic partnership's people, without a password.
 * - `link`: the analyst by the link that `concord serve` prints. `demo`: a changed view of the synthetic partnership.
 */
export type Way = 'account' | 'single-sign-on' | 'cast' | 'link' | 'demo'

export interface SessionRule {
  since: Day
  /** Minutes without a request after which it ends; null where only age ends it. */
  idleMinutes: number | null
  hours: number
  source: string
}

/** NIST SP 800-63B-4, authenticator assurance level 2: not above 24 hours or 1 hour of idleness. Ours are shorter. */
const people: SessionRule = {
  since: '2026-11-20',
  idleMinutes: 30,
  hours: 12,
  source: 'OWASP ASVS 4.0.3, 3.3.2 (level 2: 12 hours or 30 minutes of inactivity)',
}

/** Nobody in particular is signed in: there is no person's work to look after. */
const nobody: SessionRule = { since: '2026-11-20', idleMinutes: null, hours: 12, source: 'One working day' }

export const sessionRules: Record<Way, SessionRule> = {
  account: people,
  'single-sign-on': people,
  cast: people,
  link: nobody,
  demo: nobody,
}

export const sessionEnd = (way: Way, start: Date): Date =>
  new Date(start.getTime() + sessionRules[way].hours * 3_600_000)

export const isIdle = (way: Way, lastSeen: Date, now: Date): boolean => {
  const { idleMinutes } = sessionRules[way]
  return idleMinutes !== null && now.getTime() - lastSeen.getTime() > idleMinutes * 60_000
}
