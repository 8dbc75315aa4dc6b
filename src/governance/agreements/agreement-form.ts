/** What is wrong with a new agreement, a sentence for each field. Nothing here is about a person. */
import type { Day } from '../../platform/calendar.ts'
import {
  type Faults,
  readText,
  type Typed,
  typedDay,
  typedList,
  typedText,
} from '../../platform/typed-form.ts'
import { fieldsOn } from '../disclosure/disclosable-fields.ts'
import { isPurpose, type PurposeId } from '../purposes.ts'

export interface NewAgreement {
  title: string
  purpose: PurposeId
  legalBasis: string
  owner: string
  parties: string[]
  fields: string[]
  startsOn: Day
  endsOn: Day
}

const LONGEST = 500
/** An agreement is looked at again before it is three years old: ICO data sharing code, "review regularly". */
const LONGEST_YEARS = 3

/** What can be kept, or null with a sentence in `faults` for each field. `agencies` are those that are open. */
export function readAgreement(
  typed: Typed,
  today: Day,
  agencies: ReadonlySet<string>,
  faults: Faults,
): NewAgreement | null {
  const text = (field: string, label: string, what: string) =>
    readText(typed, field, { label, most: LONGEST, needed: `Enter ${what}` }, faults)
  const title = text('title', 'The title', 'a title')
  const legalBasis = text('legalBasis', 'The legal basis', 'the legal basis')
  const owner = text('owner', 'Who looks after it', 'who looks after it, as a post')
  const purpose = typedText(typed, 'purpose')
  const [startsOn, endsOn] = [typedDay(typed, 'startsOn') ?? null, typedDay(typed, 'endsOn') ?? null]
  const parties = [...new Set(typedList(typed, 'parties'))].filter(p => agencies.has(p))
  if (!isPurpose(purpose)) faults.purpose = 'Choose the purpose'
  if (parties.length < 2) faults.parties = 'Choose at least two agencies'
  const known = new Set(fieldsOn(today).map(f => f.id))
  const fields = [...new Set(typedList(typed, 'fields'))].filter(f => known.has(f))
  if (fields.length === 0) faults.fields = 'Choose at least one thing that may be shared'
  if (startsOn === null) faults.startsOn = 'Enter the day on which it begins, such as 1 12 2026'
  if (endsOn === null) faults.endsOn = 'Enter the last day on which it is in force, such as 30 11 2027'
  else if (startsOn !== null && endsOn <= startsOn) faults.endsOn = 'It has to end after it begins'
  else if (endsOn < today) faults.endsOn = 'It would have ended already'
  else if (startsOn !== null && endsOn > yearsAfter(startsOn, LONGEST_YEARS)) {
    faults.endsOn = `It may run for ${LONGEST_YEARS} years at most, so that it is looked at again`
  }
  if (Object.keys(faults).length > 0 || startsOn === null || endsOn === null || !isPurpose(purpose)) {
    return null
  }
  return { title, purpose, legalBasis, owner, parties, fields, startsOn, endsOn }
}

const yearsAfter = (day: Day, years: number): Day => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`
