/** Reading the answers about people that are more than one field: birth, others at home, who was told. Pure. */
import type { Day } from '../../../platform/calendar.ts'
import { type Faults, readChoice, readText, type Typed, typedText } from '../../../platform/typed-form.ts'
import { type Answers, ageOf, type OtherPerson } from './answers.ts'
import { NAME_LENGTH, readAge, readBirthDate } from './read-answers.ts'

export interface ReadContext {
  answers: Answers
  today: Day
}

/** Most brothers, sisters and others that one referral names. */
export const MOST_OTHERS = 12

/** A date of birth or an age that agree with each other and with being a child or an adult. */
export function readBirth(typed: Typed, faults: Faults, { answers, today }: ReadContext): Answers {
  const birth: Answers = {
    birthDate: readBirthDate(typed, 'birthDate', today, faults),
    age: readAge(typed, 'age', faults),
  }
  if (Object.keys(faults).length > 0) return birth
  const { birthDate, age } = birth
  const fromDate = ageOf({ birthDate }, today)
  if (fromDate !== null && age !== undefined && Number(age) !== fromDate) {
    faults.age = `The date of birth makes them ${fromDate}, and you gave an age of ${age}. Correct one, or leave the age empty.`
  } else if (!birthDate && age === undefined) {
    faults.birthDate = 'Enter a date of birth, or an age: a guess is better than nothing.'
  } else {
    const years = ageOf(birth, today)!
    if (answers.kind === 'child' && years >= 18) {
      faults[birthDate ? 'birthDate' : 'age'] =
        `That makes them ${years}, which is not a child. Correct it, or go back and refer an adult.`
    }
    if (answers.kind === 'adult' && years < 18) {
      faults[birthDate ? 'birthDate' : 'age'] =
        `That makes them ${years}, which is a child. Correct it, or go back and refer a child.`
    }
  }
  return birth
}

/** Whether they know of it; where not, why not (R15). */
export function readTold(typed: Typed, faults: Faults): Answers {
  const told = readChoice(
    typed,
    'told',
    { yes: true, no: true },
    'Say whether they know of this referral.',
    faults,
  )
  if (told !== 'no') return { told, whyNotTold: undefined }
  return {
    told,
    whyNotTold: readText(
      typed,
      'whyNotTold',
      { label: 'Why they were not told', most: 1000, needed: 'Say in a sentence why they were not told.' },
      faults,
    ),
  }
}

/** Rows of the form: `other-1-name`, `other-1-age`, `other-1-relation`. */
export function readOthers(typed: Typed, faults: Faults): OtherPerson[] {
  const others: OtherPerson[] = []
  for (let row = 1; row <= MOST_OTHERS; row++) {
    const field = (part: string) => `other-${row}-${part}`
    const most = (part: string, label: string, length: number) =>
      readText(typed, field(part), { label, most: length }, faults)
    const other = {
      name: most('name', 'Name', NAME_LENGTH),
      age: most('age', 'Age', 40),
      relation: most('relation', 'Relation', NAME_LENGTH),
    }
    if (other.name === '' && (other.age !== '' || other.relation !== '')) {
      faults[field('name')] = 'Enter a name, or a few words such as "baby brother".'
    }
    if (other.name !== '' || typedText(typed, field('age')) !== '') others.push(other)
  }
  return others
}

export const otherWords = ({ name, age, relation }: OtherPerson): string =>
  [name, age && (/^\d+$/.test(age) ? `aged ${age}` : age), relation].filter(Boolean).join(', ')
