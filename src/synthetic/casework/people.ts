/**
 * 6,000 invented people, and what agencies hold of them: their own records, which agree as little as real ones do. Names
 * are misheard, dates of birth guessed, addresses old. Some records of one person were never joined.
 */
import type { BirthDate } from '../../casework/register/birth-date.ts'
import type { PersonName } from '../../casework/register/names.ts'
import { purposes } from '../../governance/purposes.ts'
import { addDays, type Day, londonDay } from '../../platform/calendar.ts'
import { picker, type Random } from '../random.ts'
import { asWritten, communities, familyName, inventName, type TrueName } from './invented-names.ts'
import { childOn, type KeptUntil, keptUntil } from './kept-until.ts'
import { ago, invented, pick, type Setting } from './setting.ts'
import { type Staff, type Worker, weightOf } from './staff.ts'

const PEOPLE = 6000

export interface SyntheticRecord extends KeptUntil {
  id: string
  person: string
  agency: string
  agencyKind: string
  reference: string
  names: PersonName[]
  birth: BirthDate | null
  gender: string | null
  ethnicity: string | null
  address: string | null
  postcode: string | null
  phone: string | null
  school: string | null
  sensitive: boolean
  purpose: string
  legalBasis: string
  owner: Worker
  createdAt: Date
  /** Every agency's record of the same true person, with this one. */
  siblings: readonly SyntheticRecord[]
}

export interface SyntheticPerson {
  /** Their birth as it is; records may have it otherwise. */
  birthDate: Day
  gender: 'female' | 'male' | 'another-way'
  createdAt: Date
  records: SyntheticRecord[]
}

export interface Register {
  people: SyntheticPerson[]
  /** Rows of `persons`: more than people, because some records of one person were never joined. */
  persons: { id: string; createdAt: Date }[]
  records: SyntheticRecord[]
  /** Current records at an agency. */
  at(agency: string): SyntheticRecord[]
}

/** How likely an agency of the kind holds somebody: of a child, of an adult. */
const holding: Readonly<Record<string, readonly [number, number]>> = {
  education: [26, 2],
  children: [16, 1],
  police: [12, 22],
  health: [5, 8],
  'youth-justice': [12, 1],
  probation: [0, 30],
  charity: [3, 4],
  council: [1.5, 2],
  housing: [1, 8],
  prison: [0.5, 6],
  partnership: [3, 3],
}

const schools = [
  'Fictionby Academy (synthetic)',
  'Sampleton High School (synthetic)',
  'Mockham Grammar School (synthetic)',
  'Placeholder Road School (synthetic)',
  'Figmentfield College (synthetic)',
  'Pretendley Pupil Referral Unit (synthetic)',
  'Saint Specimen’s School (synthetic)',
]
const streets = ['Placeholder Street', 'Mockham Road', 'Sample Close', 'Pretend Avenue', 'Figment Court']
const districts = ['B8', 'B12', 'B21', 'B66', 'CV1', 'WV1', 'WS2', 'DY1', 'B91']

/** Never the postcode of anybody: no code in use ends in two of these letters. */
const NEVER_USED = ['CI', 'KM', 'OV', 'VC', 'MK', 'IO']

const unjoined = 0.04

export function inventRegister(setting: Setting, staff: Staff): Register {
  const random = setting.chance('people')
  const agencies = setting.pack.agencies.filter(a => holding[a.kind] && staff.keepers(a.id).length > 0)
  const ofChild = picker(agencies.map(a => holding[a.kind]![0] * weightOf(staff, a.id)))
  const ofAdult = picker(agencies.map(a => holding[a.kind]![1] * weightOf(staff, a.id)))
  const community = picker(communities.map(c => c.weight))
  const register: Register = {
    people: [],
    persons: [],
    records: [],
    at: agency => byAgency.get(agency) ?? [],
  }
  const person = (createdAt: Date) => {
    const id = invented('person', register.persons.length + 1)
    register.persons.push({ id, createdAt })
    return id
  }
  for (let n = 0; n < PEOPLE; n++) {
    const known = describe(random, setting, communities[community(random)]!)
    const createdAt = ago(random, setting, 2, 700)
    const one = person(createdAt)
    const records: SyntheticRecord[] = []
    const held = random.unit()
    const most = held < 0.52 ? 1 : held < 0.84 ? 2 : 3
    const draw = childOn(known.birth, setting.today) ? ofChild : ofAdult
    const chosen = new Set<number>()
    for (let tries = 0; chosen.size < most && tries < 12; tries++) chosen.add(draw(random))
    for (const index of chosen) {
      const agency = agencies[index]!
      const at = records.length === 0 ? createdAt : ago(random, setting, 1, daysSince(createdAt, setting))
      const id = records.length > 0 && random.chance(unjoined) ? person(at) : one
      const owner = pick(random, staff.keepers(agency.id))
      const record = invented('record', register.records.length + records.length + 1)
      records.push(
        write(random, setting, known, {
          record,
          person: id,
          agency,
          owner,
          at,
          first: records.length === 0,
          records,
        }),
      )
    }
    register.records.push(...records)
    register.people.push({ birthDate: known.birth.date, gender: known.gender, createdAt, records })
  }
  const byAgency = Map.groupBy(
    register.records.filter(r => r.suspendedOn === null),
    r => r.agency,
  )
  return register
}

const daysSince = (at: Date, { now }: Setting): number =>
  Math.max(1, Math.floor((now.getTime() - at.getTime()) / 86_400_000))

interface Known {
  name: TrueName
  former: PersonName | null
  birth: BirthDate
  gender: 'female' | 'male' | 'another-way'
  ethnicity: string
  address: string
  postcode: string
  formerAddress: string
  phone: string
  school: string
}

function describe(random: Random, { today }: Setting, community: (typeof communities)[number]): Known {
  const gender = random.chance(0.34) ? 'female' : random.chance(0.985) ? 'male' : 'another-way'
  const name = inventName(random, community, gender === 'another-way' ? 'female' : gender)
  const luck = random.unit()
  const years =
    luck < 0.62 ? random.between(9, 17) : luck < 0.88 ? random.between(18, 24) : random.between(25, 54)
  const date = addDays(`${Number(today.slice(0, 4)) - years}-01-01`, random.below(320))
  return {
    name,
    former:
      name.family[0] !== '' && random.chance(0.08)
        ? { given: name.given[0]!, family: familyName(random, community)[0]!, kind: 'former' }
        : null,
    birth: { date: date > today ? addDays(date, -366) : date, known: 'day' },
    gender,
    ethnicity: community.ethnicity,
    address: addressOf(random),
    formerAddress: addressOf(random),
    postcode: `${pick(random, districts)} ${random.between(1, 9)}${pick(random, NEVER_USED)}`,
    // Numbers that Ofcom keeps for fiction.
    phone: `07700 900${String(random.below(1000)).padStart(3, '0')}`,
    school: pick(random, schools),
  }
}

const addressOf = (random: Random): string => `${random.between(1, 180)} ${pick(random, streets)}`

interface Writing {
  record: string
  person: string
  agency: { id: string; kind: string }
  owner: Worker
  at: Date
  /** Who knew them first writes them most carefully. */
  first: boolean
  records: readonly SyntheticRecord[]
}

function write(
  random: Random,
  { today }: Setting,
  known: Known,
  { record, person, agency, owner, at, first, records }: Writing,
): SyntheticRecord {
  const madeOn = londonDay(at)
  const usual = asWritten(random, known.name, first || random.chance(0.6))
  const birth = birthAsKnown(random, known.birth, first, today)
  const moved = !first && random.chance(0.3)
  const schooled = agency.kind !== 'probation' && agency.kind !== 'prison' && childOn(known.birth, today)
  const alias = random.chance(0.06)
    ? [{ given: `${usual.given.charAt(0)}J`, family: usual.family, kind: 'alias' as const }]
    : []
  return {
    id: record,
    person,
    agency: agency.id,
    agencyKind: agency.kind,
    reference: `${agency.kind.slice(0, 3).toUpperCase()}-${random.between(10_000, 99_999)}`,
    names: [
      usual,
      ...(known.former && random.chance(0.5) ? [known.former] : []),
      ...(usual.family === '' ? [] : alias),
    ],
    birth,
    gender: known.gender,
    ethnicity: random.chance(0.82) ? known.ethnicity : null,
    address: random.chance(0.9) ? (moved ? known.formerAddress : known.address) : null,
    postcode: random.chance(0.85) && !moved ? known.postcode : null,
    phone: random.chance(0.6) ? known.phone : null,
    school: schooled ? (random.chance(0.8) ? known.school : pick(random, schools)) : null,
    sensitive: random.chance(0.012),
    purpose: owner.purpose,
    legalBasis: purposes.find(p => p.id === owner.purpose)!.legalBases[0]!,
    owner,
    createdAt: at,
    siblings: records,
    ...keptUntil(random, 'agency-record', madeOn, childOn(birth, madeOn), today),
  }
}

function birthAsKnown(random: Random, birth: BirthDate, first: boolean, today: Day): BirthDate | null {
  const luck = first ? 1 : random.unit()
  const { date } = birth
  const swapped = `${date.slice(0, 4)}-${date.slice(8)}-${date.slice(5, 7)}`
  if (luck < 0.04) return null
  if (luck < 0.09) return { date: `${date.slice(0, 4)}-01-01`, known: 'year' }
  if (luck < 0.13) return { date: `${date.slice(0, 7)}-01`, known: 'month' }
  if (luck < 0.16) return { date: addDays(date, -random.between(60, 180)), known: 'estimated' }
  if (luck < 0.2 && Number(date.slice(8)) <= 12 && swapped <= today) return { date: swapped, known: 'day' }
  return birth
}
