/** What is said of custody to everybody who may know of it, in words. Pure. */
import { addDays, calendarWords, type Day } from '../../platform/calendar.ts'
import type { KnownCustody } from './custody-store.ts'

export interface ReleaseWords {
  text: string
  /** Within a week, or missed. */
  near: boolean
}

/** "21 November 2026, tomorrow". */
export function releaseWords(releaseOn: Day | null, today: Day): ReleaseWords {
  if (!releaseOn) return { text: 'no day is known', near: false }
  const on = calendarWords(releaseOn)
  if (releaseOn < today) return { text: `${on}, and nobody has said what happened`, near: true }
  if (releaseOn === today) return { text: `${on}, today`, near: true }
  if (releaseOn === addDays(today, 1)) return { text: `${on}, tomorrow`, near: true }
  return { text: on, near: releaseOn <= addDays(today, 7) }
}

export const shownKnownCustody = (known: readonly KnownCustody[], today: Day) =>
  known.map(one => ({ ...one, release: releaseWords(one.releaseOn, today) }))
