/** What is wrong with a new agreement, a sentence for each field. Nothing here is about a person. */
import type { Day } from '../../platform/calendar.ts'
import { fieldsOn } from '../disclosure/disclosable-fields.ts'
import { isPurpose, type PurposeId } from '../purposes.ts'

export interface AgreementForm {
  title: string
  purpose: string
  legalBasis: string
  owner: string
  parties: readonly string[]
  fields: readonly string[]
  /** Null where what was typed is no day. */
  startsOn: Day | null
  endsOn: Day | null
}

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

export type AgreementFaults = Partial<Record<keyof AgreementForm, string>>

/** Either what can be kept, or the faults. `agencies` are those that are open. */
export function readAgreement(
  form: AgreementForm,
  today: Day,
  agencies: ReadonlySet<string>,
): { agreement: NewAgreement } | { faults: AgreementFaults } {
  const faults: AgreementFaults = {}
  const { startsOn, endsOn, purpose } = form
  const text = (field: 'title' | 'legalBasis' | 'owner', what: string) => {
    const value = form[field].trim()
    if (value === '') faults[field] = `Enter ${what}`
    else if (value.length > LONGEST) faults[field] = `Write ${what} in ${LONGEST} characters or fewer`
    return value
  }
  const title = text('title', 'a title')
  const legalBasis = text('legalBasis', 'the legal basis')
  const owner = text('owner', 'who looks after it, as a post')
  const parties = [...new Set(form.parties)].filter(p => agencies.has(p))
  if (!isPurpose(purpose)) faults.purpose = 'Choose the purpose'
  if (parties.length < 2) faults.parties = 'Choose at least two agencies'
  const known = new Set(fieldsOn(today).map(f => f.id))
  const fields = [...new Set(form.fields)].filter(f => known.has(f))
  if (fields.length === 0) faults.fields = 'Choose at least one thing that may be shared'
  if (startsOn === null) faults.startsOn = 'Enter the day on which it begins, such as 1 12 2026'
  if (endsOn === null) faults.endsOn = 'Enter the last day on which it is in force, such as 30 11 2027'
  else if (startsOn !== null && endsOn <= startsOn) faults.endsOn = 'It has to end after it begins'
  else if (endsOn < today) faults.endsOn = 'It would have ended already'
  else if (startsOn !== null && endsOn > yearsAfter(startsOn, LONGEST_YEARS)) {
    faults.endsOn = `It may run for ${LONGEST_YEARS} years at most, so that it is looked at again`
  }
  if (Object.keys(faults).length > 0 || startsOn === null || endsOn === null || !isPurpose(purpose)) {
    return { faults }
  }
  return { agreement: { title, purpose, legalBasis, owner, parties, fields, startsOn, endsOn } }
}

const yearsAfter = (day: Day, years: number): Day => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`
