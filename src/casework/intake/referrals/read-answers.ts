/** What was typed into a form, made fit to keep: cleaned, measured, and faults said in one sentence a field. Pure. */
import { type Day, isDay } from '../../../platform/calendar.ts'

/** A form as it arrives: fields once or several times, whatever their names. */
export type Typed = Readonly<Record<string, string | string[] | undefined>>

/** A sentence for each field that cannot be kept as it is. */
export type Faults = Record<string, string>

export const NAME_LENGTH = 200
export const TEXT_LENGTH = 5000

// NUL cannot be stored; the other control characters and the marks that turn the direction of what follows can only
// mislead a reader. Joiners and variation selectors stay: names and emoji need them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const MISLEADING = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u202A-\u202E\u2066-\u2069]/gu

/** One value of a field, without control characters, with plain line ends, trimmed; empty where nothing was typed. */
export const typedText = (typed: Typed, name: string): string => {
  const value = typed[name]
  const first = Array.isArray(value) ? value[0] : value
  return (first ?? '')
    .replaceAll('\r\n', '\n')
    .replaceAll(MISLEADING, '')
    .toWellFormed()
    .normalize('NFC')
    .trim()
}

export const typedList = (typed: Typed, name: string): string[] => [typed[name] ?? []].flat()

export interface TextRule {
  /** "Given name", as it stands in the sentence. */
  label: string
  most: number
  /** Sentence where it must not be empty. */
  needed?: string
}

/** A text of at most so many characters; undefined and a fault where it is not. */
export function readText(
  typed: Typed,
  name: string,
  { label, most, needed }: TextRule,
  faults: Faults,
): string | undefined {
  const text = typedText(typed, name)
  const length = [...text].length
  if (text === '' && needed) faults[name] = needed
  if (length > most) {
    faults[name] =
      `${label} is ${length.toLocaleString('en-GB')} characters long. Shorten it to ${most.toLocaleString('en-GB')} or fewer.`
  }
  return text === '' ? undefined : text
}

/** One of the keys of a table; undefined and a fault where none was chosen. */
export function readChoice<Key extends string>(
  typed: Typed,
  name: string,
  choices: Record<Key, unknown>,
  needed: string | null,
  faults: Faults,
): Key | undefined {
  const given = typedText(typed, name)
  if (Object.hasOwn(choices, given)) return given as Key
  if (needed) faults[name] = needed
  return undefined
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** A day up to today in three fields (`noticedOn-day` …); months may be numbers or words. Undefined where all are empty. */
export function readDay(
  typed: Typed,
  name: string,
  today: Day,
  faults: Faults,
  { label = 'The date', otherwise = '' } = {},
): Day | undefined {
  const [day, month, year] = ['day', 'month', 'year'].map(part => typedText(typed, `${name}-${part}`))
  if (!day && !month && !year) return undefined
  const missing = Object.entries({ day, month, year }).flatMap(([part, value]) => (value ? [] : [part]))
  if (missing.length > 0) {
    faults[name] = `${label} must include a ${missing.join(' and a ')}.${otherwise}`
    return undefined
  }
  const named = MONTHS.indexOf(month!.slice(0, 3).toLowerCase()) + 1
  const number = named > 0 ? String(named) : month!
  const date = `${year}-${number.padStart(2, '0')}-${day!.padStart(2, '0')}`
  if (!isDay(date)) {
    faults[name] =
      `${`${day} ${month} ${year}`.slice(0, 40)} is not a date. Check the day, the month and the four figures of the year.`
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
