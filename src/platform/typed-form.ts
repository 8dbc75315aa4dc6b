/** What was typed into a form, read field by field: trimmed, measured, and faults said in one sentence a field. Pure. */
import { type Day, isDay } from './calendar.ts'

/** A form as it arrives: fields once or several times, whatever their names; `fitToKeep` has been over every text. */
export type Typed = Readonly<Record<string, string | number | readonly string[] | undefined>>

/** A sentence for each field that cannot be kept as it is. */
export type Faults = Record<string, string>

/** Stands where a character could not be read: half of one, or NUL, which no database keeps. */
const UNREADABLE = '\uFFFD'

// Control characters, and the marks that turn the direction of what follows, can only mislead a reader. Joiners and
// variation selectors stay: names and emoji need them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const MISLEADING = /[\u0001-\u0008\u000B\u000C\u000E-\u001F\u007F\u202A-\u202E\u2066-\u2069]/gu

/** Text with plain line ends, in the one spelling of its letters (NFC), and without what nobody can see. */
export const fitToKeep = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replaceAll('\0', UNREADABLE)
    .replaceAll(MISLEADING, '')
    .normalize('NFC')

/** One value of a field, trimmed; empty where nothing was typed. */
export const typedText = (typed: Typed, name: string): string => String([typed[name]].flat()[0] ?? '').trim()

export const typedList = (typed: Typed, name: string): string[] => [typed[name] ?? []].flat().map(String)

/** A whole number that the page carried, such as an edition; 0 for what is none. */
export const typedNumber = (typed: Typed, name: string): number => {
  const text = typedText(typed, name)
  return /^\d{1,9}$/.test(text) ? Number(text) : 0
}

export interface TextRule {
  /** "Given name", as it stands in the sentence. */
  label: string
  most: number
  /** Sentence where it must not be empty, or shorter than `least`. */
  needed?: string
  least?: number
}

/** A text of at most so many characters, counted as people count; a fault where it is not. */
export function readText(
  typed: Typed,
  name: string,
  { label, most, needed, least = 1 }: TextRule,
  faults: Faults,
): string {
  const text = typedText(typed, name)
  const length = [...text].length
  if (needed && length < least) faults[name] = needed
  else if (length > most) {
    faults[name] =
      `${label} is ${length.toLocaleString('en-GB')} characters long. Shorten it to ${most.toLocaleString('en-GB')} or fewer.`
  } else if (text.includes(UNREADABLE)) {
    faults[name] =
      `${label} holds a character that could not be read, shown as ${UNREADABLE}. Take it out, or type it again.`
  }
  return text
}

/** One of the keys of a table; undefined where none was chosen, with a fault where one is `needed`. */
export function readChoice<Key extends string>(
  typed: Typed,
  name: string,
  choices: Readonly<Record<Key, unknown>>,
  needed: string | null,
  faults: Faults,
): Key | undefined {
  const given = typedText(typed, name)
  if (Object.hasOwn(choices, given)) return given as Key
  if (needed) faults[name] = needed
  return undefined
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

export type DatePart = 'day' | 'month' | 'year'

/** The three boxes of a date (`endsOn-day` …), as text: a month in words is its number. */
export function typedDateParts(typed: Typed, name: string): Record<DatePart, string> {
  const month = typedText(typed, `${name}-month`)
  const named = MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1
  return {
    day: typedText(typed, `${name}-day`),
    month: named > 0 ? String(named) : month,
    year: typedText(typed, `${name}-year`),
  }
}

/** No form asks for a day of another century than these. */
const FIRST_DAY = '1900-01-01'
const LAST_DAY = '2199-12-31'

/** The day in three boxes: null for what is none, such as 31 2 2026; undefined where all are empty. */
export function typedDay(typed: Typed, name: string): Day | null | undefined {
  const { day, month, year } = typedDateParts(typed, name)
  if (!day && !month && !year) return undefined
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(date) && date >= FIRST_DAY && date <= LAST_DAY ? date : null
}
