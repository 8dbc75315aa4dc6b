/** The dates that a record is given when it is made: when it must be looked at again, and when it is deleted. */
import { addDays, type Day } from '../../platform/calendar.ts'
import {
  LONGEST_REVIEW_DAYS,
  type RecordType,
  type RetentionRule,
  retentionRules,
} from './retention-rules.ts'

export interface RetentionDates {
  reviewOn: Day
  deleteOn: Day
}

/** Throws RangeError where no rule holds on the day: a kind of record without a rule cannot be kept at all. */
export function ruleFor(recordType: RecordType, today: Day): RetentionRule {
  const rule = retentionRules.find(
    r => r.recordType === recordType && r.since <= today && (r.until === undefined || today <= r.until),
  )
  if (!rule) throw new RangeError(`no retention rule holds for ${recordType} on ${today}`)
  return rule
}

/** `child`: under 18, or of an age that nobody knows; the shorter period is the safe one. */
export function retentionDates(
  recordType: RecordType,
  today: Day,
  { child }: { child: boolean },
): RetentionDates {
  const { reviewDays, keepDays } = ruleFor(recordType, today)
  const who = child ? 'child' : 'adult'
  const keep = keepDays[who]
  return {
    reviewOn: addDays(today, Math.min(reviewDays[who], LONGEST_REVIEW_DAYS, keep)),
    deleteOn: addDays(today, keep),
  }
}
