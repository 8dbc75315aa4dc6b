/** The form about a person: what was typed, read into details, with a sentence for each field that cannot be used. */
import type { Day } from '../../platform/calendar.ts'
import {
  type Faults,
  readChoice,
  readText,
  type Typed,
  typedDateParts,
  typedText,
} from '../../platform/typed-form.ts'
import { ethnicGroups, genders } from '../self-description.ts'
import { ageOn, type BirthDate, readBirthDate } from './birth-date.ts'
import { LONGEST_NAME, MOST_NAMES, type PersonName } from './names.ts'
import type { RecordDetails } from './record-store.ts'

const LONGEST_LINE = 300

/**
 * What to keep, and in `faults` a sentence for each field that cannot be: nothing is kept where there is one. `stands` is
 * the birth date of the record so far: an estimated age that was left as it was does not move it.
 */
export function readPerson(
  typed: Typed,
  today: Day,
  faults: Faults,
  stands: BirthDate | null = null,
): RecordDetails {
  const line = (name: string, label: string, most = LONGEST_LINE): string =>
    readText(typed, name, { label, most }, faults)
  const given = line('given', 'Given name', LONGEST_NAME)
  const family = line('family', 'Family name', LONGEST_NAME)
  if (given === '' && family === '') {
    faults.given = 'Enter a name. A first name or a nickname alone will do'
  }
  const age = typedText(typed, 'age')
  const read = readBirthDate({ ...typedDateParts(typed, 'birthDate'), age }, today)
  const birth = read !== null && 'problem' in read ? null : read
  if (read !== null && 'problem' in read) faults[age ? 'age' : 'birthDate'] = read.problem
  const asBefore =
    birth?.known === 'estimated' && stands?.known === 'estimated' && ageOn(stands, today) === Number(age)
  return {
    reference: line('reference', 'Your number for them', 60),
    names: namesOf(given, family, readOthers(typed, faults)),
    birth: asBefore ? stands : birth,
    gender: readChoice(typed, 'gender', genders, null, faults) ?? '',
    ethnicity: readChoice(typed, 'ethnicity', ethnicGroups, null, faults) ?? '',
    address: line('address', 'Address'),
    postcode: line('postcode', 'Postcode', 12),
    phone: line('phone', 'Telephone number', 40),
    school: line('school', 'School or college'),
    sensitive: typed.sensitive === 'yes',
  }
}

/** One name a line. */
function readOthers(typed: Typed, faults: Faults): string[] {
  const most = LONGEST_NAME * MOST_NAMES
  const others = readText(typed, 'others', { label: 'The list of other names', most }, faults)
    .split('\n')
    .map(name => name.trim())
    .filter(Boolean)
  if (others.length >= MOST_NAMES || others.some(name => [...name].length > LONGEST_NAME)) {
    faults.others = `Other names must be fewer than ${MOST_NAMES}, one a line, each of ${LONGEST_NAME} characters or fewer`
  }
  return others
}

/** Another name is kept as it was typed: where it parts is for nobody to guess. */
function namesOf(given: string, family: string, others: readonly string[]): PersonName[] {
  return [
    { given: given || family, family: given ? family : '', kind: 'usual' },
    ...others.map(name => ({ given: name, family: '', kind: 'alias' as const })),
  ]
}

/** The details as the form shows them again. */
export function typedOf(details: RecordDetails, today: Day) {
  const [usual, ...others] = details.names
  const [year = '', month = '', day = ''] = details.birth?.date.split('-') ?? []
  const known = details.birth?.known
  return {
    given: usual?.given ?? '',
    family: usual?.family ?? '',
    others: others.map(({ given, family }) => [given, family].filter(Boolean).join(' ')).join('\n'),
    'birthDate-day': known === 'day' ? String(Number(day)) : '',
    'birthDate-month': known === 'day' || known === 'month' ? String(Number(month)) : '',
    'birthDate-year': known === 'estimated' ? '' : year,
    age: known === 'estimated' ? String(ageOn(details.birth!, today)) : '',
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
