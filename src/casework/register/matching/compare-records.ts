/**
 * What of two records is compared to tell whether they are of one person, and under which keys a pair is looked for.
 * School and address change and say little; a name that many have says less than a rare one (the kernel's affair).
 */
import type { OneListTask } from '../../../analysis/linkage/one-list.ts'
import type { Day } from '../../../platform/calendar.ts'
import type { BirthDateKnown } from '../birth-date.ts'
import { nameParts, type PersonName, soundsOf } from '../names.ts'

export interface ComparedRecord {
  id: string
  names: PersonName[]
  birthDate: Day | null
  birthDateKnown: BirthDateKnown | null
  postcode: string
  phone: string
  school: string
}

export const comparedFields = ['given', 'family', 'birth', 'postcode', 'phone', 'school'] as const
export type ComparedFieldName = (typeof comparedFields)[number]

/** Less likely than this is not put before anybody. */
const LEAST_PROBABILITY = 0.7

/** Pairs that are put before a coordinator: `seed` makes the draw of random pairs repeatable. */
export function comparisonOf(records: readonly ComparedRecord[]): OneListTask {
  const usual = records.map(record => record.names.find(n => n.kind === 'usual') ?? record.names[0])
  const given = usual.map(name => nameParts(name?.given ?? '').join(' '))
  const family = usual.map(name => nameParts(name?.family ?? '').join(' '))
  const birth = records.map(r => (r.birthDateKnown === 'day' ? r.birthDate! : ''))
  const postcode = records.map(r => r.postcode.replaceAll(/\s/g, '').toUpperCase())
  const phone = records.map(r => r.phone.replaceAll(/\D/g, ''))
  const school = records.map(r => nameParts(r.school).join(' '))
  const year = records.map(r => r.birthDate?.slice(0, 4) ?? '')
  const sound = (text: string) => soundsOf(text.split(' ')[0] ?? '')[0] ?? text.slice(0, 4)
  const both = (one: string, other: string) => (one === '' || other === '' ? '' : `${one} ${other}`)
  return {
    fields: [
      { name: 'given', kind: 'name', values: given },
      { name: 'family', kind: 'name', values: family },
      { name: 'birth', kind: 'date', values: birth },
      { name: 'postcode', kind: 'exact', values: postcode },
      { name: 'phone', kind: 'exact', values: phone },
      { name: 'school', kind: 'name', values: school },
    ],
    keys: [
      birth.map((day, i) => both(day, given[i]!.slice(0, 1))),
      birth.map((day, i) => both(day, sound(family[i]!))),
      given.map((name, i) => both(both(sound(name), sound(family[i]!)), year[i]!)),
      phone,
      postcode.map((code, i) => both(code, sound(given[i]!))),
    ],
    trainOn: ['birth', 'family'],
    adjustForFrequency: ['given', 'family'],
    leastProbability: LEAST_PROBABILITY,
  }
}

const levelWords: Record<ComparedFieldName, readonly string[]> = {
  given: [
    'Given names differ',
    'Given names are a little alike',
    'Given names are nearly the same',
    'Given names are the same',
  ],
  family: [
    'Family names differ',
    'Family names are a little alike',
    'Family names are nearly the same',
    'Family names are the same',
  ],
  birth: [
    'Dates of birth differ',
    'Dates of birth differ in two figures',
    'Dates of birth differ in one figure',
    'Dates of birth are the same',
  ],
  postcode: ['Postcodes differ', 'Postcodes are the same'],
  phone: ['Telephone numbers differ', 'Telephone numbers are the same'],
  school: [
    'Schools differ',
    'Schools are a little alike',
    'Schools are nearly the same',
    'Schools are the same',
  ],
}

const fieldWords: Record<ComparedFieldName, string> = {
  given: 'Given names',
  family: 'Family names',
  birth: 'Dates of birth',
  postcode: 'Postcodes',
  phone: 'Telephone numbers',
  school: 'Schools',
}

/** The comparison field by field, in words: what a coordinator judges by, without a value of the other agency. */
export const comparisonWords = (levels: Partial<Record<ComparedFieldName, number>>): string[] =>
  comparedFields.map(field => {
    const level = levels[field] ?? -1
    return level < 0 ? `${fieldWords[field]}: one side has none` : levelWords[field][level]!
  })
