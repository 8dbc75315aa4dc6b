/** Dates of a record as they stand today: made on one day, looked at since, and ending as the rules said when it was made. */
import { type BirthDate, mayBeChild } from '../../casework/register/birth-date.ts'
import { type RetentionDates, retentionDates } from '../../governance/retention/retention-dates.ts'
import type { RecordType } from '../../governance/retention/retention-rules.ts'
import { daysBetween } from '../../governance/rights/rights-deadline.ts'
import { addDays, type Day, earlierOf } from '../../platform/calendar.ts'
import type { Random } from '../random.ts'

export interface KeptUntil extends RetentionDates {
  /** When somebody last looked at it and kept it; null where nobody had to yet. */
  reviewedOn: Day | null
  /** Since when it is hidden because nobody did. */
  suspendedOn: Day | null
}

/** Most were looked at within so many days: a register in use. */
const LATELY = 25
/** Few enough to be a morning's work, enough to be seen. */
const UNREVIEWED = 0.008
const DUE_THIS_WEEK = 0.03

/** `child` on the day on which it was made. */
export function keptUntil(
  random: Random,
  type: RecordType,
  madeOn: Day,
  child: boolean,
  today: Day,
): KeptUntil {
  const { reviewOn: first, deleteOn } = retentionDates(type, madeOn, { child })
  const luck = random.unit()
  if (luck < UNREVIEWED && first < addDays(today, -3)) {
    const reviewOn = addDays(today, -random.between(2, 20))
    return { reviewOn, deleteOn, reviewedOn: null, suspendedOn: addDays(reviewOn, 1) }
  }
  const period = daysBetween(today, retentionDates(type, today, { child }).reviewOn)
  const back =
    luck < UNREVIEWED + DUE_THIS_WEEK
      ? period - random.between(0, Math.min(6, period))
      : random.below(Math.min(LATELY, period))
  const looked = addDays(today, -back)
  const reviewedOn = looked > madeOn ? looked : null
  const { reviewOn } = retentionDates(type, reviewedOn ?? madeOn, { child })
  return { reviewOn: earlierOf(reviewOn, deleteOn), deleteOn, reviewedOn, suspendedOn: null }
}

/** As it was made, where nobody can look at it again: hidden when its time for that is over. */
export function neverReviewed(type: RecordType, madeOn: Day, child: boolean, today: Day): KeptUntil {
  const { reviewOn, deleteOn } = retentionDates(type, madeOn, { child })
  return { reviewOn, deleteOn, reviewedOn: null, suspendedOn: reviewOn < today ? addDays(reviewOn, 1) : null }
}

/** Under 18 on the day, or perhaps. */
export const childOn = (birth: BirthDate | null, day: Day): boolean => mayBeChild(birth, day)
