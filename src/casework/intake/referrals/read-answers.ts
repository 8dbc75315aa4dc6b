/** What is read of people in more than one form: a day up to today, a date of birth, an age. Pure. */
import type { Day } from '../../../platform/calendar.ts'
import { type Faults, type Typed, typedDateParts, typedDay, typedText } from '../../../platform/typed-form.ts'

export const NAME_LENGTH = 200
export const TEXT_LENGTH = 5000

/** A day up to today in three fields (`noticedOn-day` …); months may be numbers or words. Undefined where all are empty. */
export function readDay(
  typed: Typed,
  name: string,
  today: Day,
  faults: Faults,
  { label = 'The date', otherwise = '' } = {},
): Day | undefined {
  const date = typedDay(typed, name)
  if (date === undefined) return undefined
  const parts = typedDateParts(typed, name)
  const missing = Object.entries(parts).flatMap(([part, value]) => (value ? [] : [part]))
  if (missing.length > 0) {
    faults[name] = `${label} must include a ${missing.join(' and a ')}.${otherwise}`
    return undefined
  }
  if (date === null) {
    faults[name] =
      `${`${parts.day} ${parts.month} ${parts.year}`.slice(0, 40)} is not a date. Check the day, the month and the four figures of the year.`
    return undefined
  }
  if (date > today) {
    faults[name] = `${label} must be in the past.`
    return undefined
  }
  if (date < `${Number(today.slice(0, 4)) - 120}`) {
    faults[name] = `${label} is more than 120 years ago. Check the year.`
    return undefined
  }
  return date
}

export const readBirthDate = (typed: Typed, name: string, today: Day, faults: Faults): Day | undefined =>
  readDay(typed, name, today, faults, {
    label: 'Date of birth',
    otherwise: ' If you do not know it, leave it out.',
  })

/** A whole number of years from 0 to 120, as text; undefined where empty. */
export function readAge(typed: Typed, name: string, faults: Faults): string | undefined {
  const text = typedText(typed, name)
  if (text === '') return undefined
  if (!/^\d{1,3}$/.test(text) || Number(text) > 120) {
    faults[name] = 'Age must be a whole number of years, such as 14.'
    return undefined
  }
  return String(Number(text))
}
