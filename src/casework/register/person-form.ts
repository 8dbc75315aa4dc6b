/** The form about a person: what was typed, read into details, with a sentence for each field that cannot be used. */
import { Type } from 'typebox'
import type { Day } from '../../platform/calendar.ts'
import { type BirthDate, readBirthDate } from './birth-date.ts'
import { LONGEST_NAME, MOST_NAMES, type PersonName } from './names.ts'
import type { RecordDetails } from './record-store.ts'
import { ethnicGroups, genders } from './register.ts'

/** Long enough that a slip is answered with a sentence and not with a refusal of the request. */
const field = Type.Optional(Type.String({ maxLength: 20_000 }))

export const personFields = {
  given: field,
  family: field,
  others: field,
  birthDay: field,
  birthMonth: field,
  birthYear: field,
  age: field,
  gender: field,
  ethnicity: field,
  reference: field,
  address: field,
  postcode: field,
  phone: field,
  school: field,
  sensitive: field,
}

export type TypedPerson = { [Name in keyof typeof personFields]?: string }

export interface FieldProblem {
  /** Name of the field, and the id of its input. */
  field: string
  sentence: string
}

export type ReadForm<Details> =
  | { details: Details; problems: [] }
  | { details: null; problems: FieldProblem[] }

const LONGEST_LINE = 300
const NUL = /\0/

export function readPerson(typed: TypedPerson, today: Day): ReadForm<RecordDetails> {
  const problems: FieldProblem[] = []
  const line = (name: keyof TypedPerson, what: string, longest = LONGEST_LINE): string => {
    const text = (typed[name] ?? '').trim()
    if (NUL.test(text))
      problems.push({ field: name, sentence: `${what} holds a character that cannot be kept` })
    if (text.length > longest)
      problems.push({ field: name, sentence: `${what} must be ${longest} characters or fewer` })
    return text
  }
  const given = line('given', 'Given names', LONGEST_NAME)
  const family = line('family', 'Family name', LONGEST_NAME)
  if (given === '' && family === '') {
    problems.push({ field: 'given', sentence: 'Enter a name. A first name or a nickname alone will do' })
  }
  const others = (typed.others ?? '')
    .split(/\r?\n/)
    .map(name => name.trim())
    .filter(Boolean)
  if (others.length >= MOST_NAMES || others.some(name => name.length > LONGEST_NAME || NUL.test(name))) {
    problems.push({
      field: 'others',
      sentence: `Other names must be fewer than ${MOST_NAMES}, one a line, each of ${LONGEST_NAME} characters or fewer`,
    })
  }
  const birth = readBirthDate(
    {
      day: typed.birthDay ?? '',
      month: typed.birthMonth ?? '',
      year: typed.birthYear ?? '',
      age: typed.age ?? '',
    },
    today,
  )
  if (birth !== null && 'problem' in birth) {
    problems.push({ field: typed.age?.trim() ? 'age' : 'birthDay', sentence: birth.problem })
  }
  const choice = <Choice extends string>(
    name: keyof TypedPerson,
    choices: Record<Choice, string>,
  ): string => {
    const value = typed[name] ?? ''
    return value in choices ? value : ''
  }
  const details: RecordDetails = {
    reference: line('reference', 'Your number for them', 60),
    names: namesOf(given, family, others),
    birth: birth as BirthDate | null,
    gender: choice('gender', genders),
    ethnicity: choice('ethnicity', ethnicGroups),
    address: line('address', 'Address'),
    postcode: line('postcode', 'Postcode', 12),
    phone: line('phone', 'Telephone number', 40),
    school: line('school', 'School or college'),
    sensitive: typed.sensitive === 'yes',
  }
  return problems.length > 0 ? { details: null, problems } : { details, problems: [] }
}

/** Another name is kept as it was typed: where it parts is for nobody to guess. */
function namesOf(given: string, family: string, others: readonly string[]): PersonName[] {
  return [
    { given: given || family, family: given ? family : '', kind: 'usual' },
    ...others.map(name => ({ given: name, family: '', kind: 'alias' as const })),
  ]
}

/** The details as the form shows them again. */
export const typedOf = (details: RecordDetails): Required<TypedPerson> => {
  const [usual, ...others] = details.names
  const [year = '', month = '', day = ''] = details.birth?.date.split('-') ?? []
  const known = details.birth?.known
  return {
    given: usual?.given ?? '',
    family: usual?.family ?? '',
    others: others.map(({ given, family }) => [given, family].filter(Boolean).join(' ')).join('\n'),
    birthDay: known === 'day' ? String(Number(day)) : '',
    birthMonth: known === 'day' || known === 'month' ? String(Number(month)) : '',
    birthYear: known === undefined ? '' : year,
    age: '',
    gender: details.gender,
    ethnicity: details.ethnicity,
    reference: details.reference,
    address: details.address,
    postcode: details.postcode,
    phone: details.phone,
    school: details.school,
    sensitive: details.sensitive ? 'yes' : '',
  }
}
