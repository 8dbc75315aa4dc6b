/** Birth dates as far as they are known: the day, the month, the year, or nothing but an age that somebody guessed. */
import { addDays, calendarWords, type Day, isDay, yearsBetween } from '../../platform/calendar.ts'

export type BirthDateKnown = 'day' | 'month' | 'year' | 'estimated'

export interface BirthDate {
  /** The first of the month or year where no more is known; the middle of the year of age where it was estimated. */
  date: Day
  known: BirthDateKnown
}

/** What was typed into the form. */
export interface TypedBirthDate {
  day: string
  month: string
  year: string
  /** "about 15", where nothing of the date is known. */
  age: string
}

const OLDEST = 120
const CHILD_UNDER = 18

/** A sentence for the field where it cannot be read; null where nothing is known. */
export function readBirthDate(typed: TypedBirthDate, today: Day): BirthDate | null | { problem: string } {
  const [day, month, year, age] = [typed.day, typed.month, typed.year, typed.age].map(part =>
    part.trim(),
  ) as [string, string, string, string]
  if (`${day}${month}${year}` !== '' && age !== '') {
    return { problem: 'Give a date of birth or an age, not both' }
  }
  if (age !== '') return estimated(age, today)
  if (`${day}${month}${year}` === '') return null
  if (!/^\d{4}$/.test(year)) return { problem: 'The year of birth must have four figures, such as 2011' }
  if (month === '' && day !== '')
    return { problem: 'Give the month of birth as well, or leave the day empty' }
  const date = `${year}-${(month || '1').padStart(2, '0')}-${(day || '1').padStart(2, '0')}`
  if (!isDay(date))
    return { problem: `${[day, month, year].filter(Boolean).join('/')} is not a day that existed` }
  if (date > today) return { problem: 'The date of birth lies in the future' }
  if (yearsBetween(date, today) > OLDEST)
    return { problem: `The date of birth lies more than ${OLDEST} years back` }
  return { date, known: day !== '' ? 'day' : month !== '' ? 'month' : 'year' }
}

function estimated(age: string, today: Day): BirthDate | { problem: string } {
  if (!/^\d{1,3}$/.test(age) || Number(age) > OLDEST) {
    return { problem: `The age must be a whole number from 0 to ${OLDEST}` }
  }
  const HALF_A_YEAR = 182
  const birthday = `${Number(today.slice(0, 4)) - Number(age)}${today.slice(4)}`
  return {
    date: addDays(isDay(birthday) ? birthday : addDays(today, -365 * Number(age)), -HALF_A_YEAR),
    known: 'estimated',
  }
}

/** Age in whole years; somebody of whom only the year is known may be a year younger. */
export const ageOn = ({ date }: Pick<BirthDate, 'date'>, today: Day): number => yearsBetween(date, today)

/**
 * Whether to treat somebody as a child: under 18, perhaps under 18, or of an age that nobody knows. The shorter periods
 * and the closer care are the safe ones.
 */
export function mayBeChild(birth: BirthDate | null, today: Day): boolean {
  if (birth === null) return true
  const latest = {
    day: birth.date,
    month: addDays(birth.date, 30),
    year: addDays(birth.date, 364),
    estimated: addDays(birth.date, 364),
  }
  return yearsBetween(latest[birth.known], today) < CHILD_UNDER
}

/** "15 years old, born 3 May 2011"; "about 15 years old". */
export function birthWords(birth: BirthDate | null, today: Day): string {
  if (birth === null) return 'Age not known'
  const age = ageOn(birth, today)
  const years = `${age} ${age === 1 ? 'year' : 'years'} old`
  switch (birth.known) {
    case 'day':
      return `${years}, born ${calendarWords(birth.date)}`
    case 'month':
      return `About ${years}, born in ${calendarWords(birth.date.slice(0, 7))}`
    case 'year':
      return `About ${years}, born in ${birth.date.slice(0, 4)}`
    case 'estimated':
      return `About ${years}, as somebody judged`
  }
}
