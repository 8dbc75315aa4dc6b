/** The answers of a synthetic referral: as its form would have read them, ready to send. */
import type { Answers, ReferralKind } from '../../casework/intake/referrals/answers.ts'
import type { UrgencyId } from '../../casework/intake/referrals/urgency.ts'
import type { Day } from '../../platform/calendar.ts'
import { yearsBetween } from '../../platform/calendar.ts'
import { picker, type Random } from '../random.ts'
import type { SyntheticRecord } from './people.ts'
import {
  adultConcerns,
  childConcerns,
  placeNames,
  settingConcerns,
  siblings,
  strengthsTold,
  whyNotTold,
} from './referral-texts.ts'
import { pick } from './setting.ts'

const urgencyIds: readonly UrgencyId[] = ['today', 'one-working-day', 'three-working-days', 'immediate']
const urgencyOf = picker([16, 44, 38, 2])

export const drawUrgency = (random: Random): UrgencyId => urgencyIds[urgencyOf(random)]!

/** Child or adult by their age on the day; null where their own record does not tell. */
export function kindOf({ birth }: SyntheticRecord, on: Day): 'child' | 'adult' | null {
  if (birth === null || birth.date > on) return null
  return yearsBetween(birth.date, on) < 18 ? 'child' : 'adult'
}

/** Unknown as often as it is in life (R24 shows it). */
const disabilities = ['no', 'no', 'no', 'no', 'no', 'yes', 'not-known', 'not-known'] as const
const cares = ['no', 'no', 'no', 'no', 'no', 'no', 'yes', 'before', 'not-known', 'not-known'] as const

interface Asked {
  urgency: UrgencyId
  purpose: string
  on: Day
}

export function aboutPerson(
  random: Random,
  record: SyntheticRecord,
  kind: 'child' | 'adult',
  asked: Asked,
): Answers {
  const usual = record.names[0]!
  const alias = record.names.find(n => n.kind !== 'usual')
  const birth = record.birth!
  const concern = pick(random, kind === 'child' ? childConcerns : adultConcerns)
  return given({
    ...opening(asked, kind),
    given: usual.given,
    family: usual.family,
    alsoKnownAs: alias && `${alias.given} ${alias.family}`,
    ...(birth.known === 'day'
      ? { birthDate: birth.date }
      : { age: String(yearsBetween(birth.date, asked.on)) }),
    gender: (record.gender ?? 'not-known') as Answers['gender'],
    ethnicity: (record.ethnicity ?? 'not-known') as Answers['ethnicity'],
    disability: pick(random, disabilities),
    care: pick(random, cares),
    address: record.address ?? undefined,
    postcode: record.postcode ?? undefined,
    school: kind === 'child' ? (record.school ?? undefined) : undefined,
    others: kind === 'child' && random.chance(0.35) ? [pick(random, siblings)] : [],
    signs: [...concern.signs],
    seen: concern.seen,
    said: concern.said,
    wants: concern.wants,
    ...closing(random, asked),
  })
}

export function aboutSetting(
  random: Random,
  kind: Exclude<ReferralKind, 'child' | 'adult'>,
  asked: Asked,
): Answers {
  return given({
    ...opening(asked, kind),
    called: placeNames[kind],
    where: kind === 'place' ? 'Between the shops and the bus station' : undefined,
    others: kind === 'family' || kind === 'group' ? siblings.slice(0, 2) : undefined,
    signs: kind === 'family' ? ['TTS19'] : undefined,
    seen: pick(random, settingConcerns[kind]),
    ...closing(random, asked),
  })
}

const opening = ({ urgency }: Asked, kind: ReferralKind): Answers => ({
  urgency,
  ...(urgency === 'immediate' ? { rang: 'yes' } : {}),
  kind,
})

function closing(random: Random, { purpose }: Asked): Answers {
  const told = random.chance(0.78)
  return {
    strengths: pick(random, strengthsTold),
    basis:
      purpose === 'safeguarding' ? 'safeguarding' : purpose === 'support' ? 'agreement' : 'serious-violence',
    told: told ? 'yes' : 'no',
    ...(told ? {} : { whyNotTold: pick(random, whyNotTold) }),
  }
}

/** Without what was not answered: a draft keeps no empty answers. */
const given = (answers: { [Name in keyof Answers]: Answers[Name] | undefined }): Answers =>
  Object.fromEntries(
    Object.entries(answers).filter(([, value]) => value !== undefined && value !== ''),
  ) as Answers
