/**
 * Names that nobody can take for real: every family name holds a word that says it was made up, alone (Mockham) or beside
 * a name of one of the area's communities (Placeholder-Khan). Who has one name has such a word in it.
 *
 * Given names are as varied, and as variously spelt, as the area's: whoever matches records meets hyphens, letters with
 * marks, transliterations and people with one name.
 */
import type { PersonName } from '../../casework/register/names.ts'
import type { Random } from '../random.ts'
import { pick } from './setting.ts'

/** In every name of the synthetic partnership. */
export const MADE_UP =
  /fiction|sample|mock|placeholder|pretend|invent|figment|specimen|fable|madeup|notreal|synth/iu

const stems = [
  'Fiction',
  'Sample',
  'Mock',
  'Placeholder',
  'Pretend',
  'Invent',
  'Figment',
  'Specimen',
  'Fable',
  'Madeup',
  'Notreal',
  'Synth',
]

/** An ending, and how it is misheard. */
const endings: readonly (readonly [string, string])[] = [
  ['by', 'bey'],
  ['ton', 'tun'],
  ['ham', 'um'],
  ['ley', 'leigh'],
  ['worth', 'werth'],
  ['field', 'feild'],
  ['son', 'sen'],
  ['stead', 'sted'],
]

export type EthnicCode = 'asian' | 'black' | 'mixed' | 'white' | 'other'

interface Community {
  ethnicity: EthnicCode
  weight: number
  /** Each given name with the spellings that records have of it. */
  female: readonly (readonly string[])[]
  male: readonly (readonly string[])[]
  families: readonly string[]
}

export const communities: readonly Community[] = [
  {
    ethnicity: 'white',
    weight: 42,
    female: [
      ['Siân', 'Sian'],
      ['Zoë', 'Zoe'],
      ['Chloe', 'Chloé'],
      ['Katarzyna', 'Kasia'],
      ['Niamh', 'Neve'],
      ['Ellie-Mae', 'Ellie Mae'],
      ['Georgia'],
      ['Ștefania', 'Stefania'],
    ],
    male: [
      ['Łukasz', 'Lukasz'],
      ['Callum', 'Calum'],
      ['Seán', 'Sean', 'Shaun'],
      ['Tyler'],
      ['Alfie'],
      ['John-Paul', 'John Paul', 'J-P'],
      ['Andrei', 'Andrey'],
      ['Rhys', 'Reece'],
    ],
    families: ['Nowak', 'Murphy', 'Kowalski', 'Popa', 'Evans'],
  },
  {
    ethnicity: 'asian',
    weight: 27,
    female: [
      ['Aisha', 'Ayesha', 'Aysha'],
      ['Zainab', 'Zaynab'],
      ['Harpreet', 'Harprit'],
      ['Nusrat'],
      ['Simran', 'Simranjeet'],
      ['Fatima', 'Fatimah'],
      ['Priya'],
    ],
    male: [
      ['Mohammed', 'Muhammad', 'Mohamed', 'Mohammad'],
      ['Yusuf', 'Yousef', 'Yusef'],
      ['Gurdeep', 'Gurdip'],
      ['Ibrahim', 'Ebrahim'],
      ['Hamza', 'Hamzah'],
      ['Arjun'],
      ['Zakariya', 'Zakaria'],
    ],
    families: ['Khan', 'Begum', 'Hussain', 'Singh', 'Kaur', 'Patel', 'Rahman'],
  },
  {
    ethnicity: 'black',
    weight: 15,
    female: [
      ['Oluwaseun', 'Seun'],
      ['Chiamaka', 'Amaka'],
      ['Shanice', 'Shaniece'],
      ['Hodan'],
      ['Abena'],
      ['Keziah', 'Kezia'],
    ],
    male: [
      ['Kwame', 'Kwami'],
      ['Abdirahman', 'Abdi-Rahman', 'Abdurahman'],
      ['Tyrone', 'Tyrown'],
      ['Chukwuemeka', 'Emeka'],
      ['Jerome'],
      ['Ọlá', 'Ola'],
    ],
    families: ['Okafor', 'Mensah', 'Warsame', 'Adeyemi', 'Clarke'],
  },
  {
    ethnicity: 'mixed',
    weight: 9,
    female: [
      ['Maya', 'Maia'],
      ['Jada', 'Jayda'],
      ['Amélie', 'Amelie'],
      ['Leila', 'Layla', 'Leyla'],
    ],
    male: [['Kai'], ['Jayden', 'Jaiden'], ['Marlon'], ['Zachary', 'Zackary', 'Zak']],
    families: ['Morgan', 'Ali', 'Francis', 'Gill'],
  },
  {
    ethnicity: 'other',
    weight: 7,
    female: [['Nour', 'Noor', 'Nur'], ['Selam'], ['Thảo', 'Thao'], ['Rojîn', 'Rojin']],
    male: [['Hêvar', 'Hevar'], ['Minh'], ['Yonas', 'Jonas'], ['Karim', 'Kareem']],
    families: ['Tesfaye', 'Nguyen', 'Al-Hassan', 'Karimi'],
  },
]

/** Of people with one name. */
export const singleNames = [
  'Fictiona',
  'Mockara',
  'Samplemariam',
  'Fablenur',
  'Inventullah',
  'Synthara',
  'Pretendika',
  'Notrealah',
]

export interface TrueName {
  given: readonly string[]
  /** Empty for who has one name. */
  family: readonly string[]
}

/** A person's names, the right spelling first, with those that others write. */
export function inventName(random: Random, community: Community, gender: 'female' | 'male'): TrueName {
  if (random.chance(0.02)) return { given: [pick(random, singleNames)], family: [''] }
  return { given: pick(random, community[gender]), family: familyName(random, community) }
}

export function familyName(random: Random, { families }: Pick<Community, 'families'>): readonly string[] {
  const stem = pick(random, stems)
  if (random.chance(0.55)) {
    const [right, misheard] = pick(random, endings)
    return [stem + right, stem + misheard]
  }
  const other = pick(random, families)
  return [`${stem}-${other}`, `${stem} ${other}`, `${other} ${stem}`, `${stem}-${other}`]
}

/** A name as one agency wrote it: as it is, or in another of its spellings. */
export const asWritten = (random: Random, name: TrueName, careful: boolean): PersonName => ({
  given: careful ? name.given[0]! : pick(random, name.given),
  family: careful ? name.family[0]! : pick(random, name.family),
  kind: 'usual',
})
