/**
 * What may be a ground for a tier: dated codes, each for something that a person did, or that a court or a professional found.
 * Music, dress, emoji, whom somebody follows, family, a postcode and having been hurt are none, and cannot be chosen (R4).
 * What a person needs is a ground for support, and never for a tier above it (R8).
 */
import type { Day } from '../../platform/calendar.ts'

interface Ground {
  title: string
  hint?: string
  /** `support`: for tiers that are no more than support. */
  for: 'any' | 'support'
  since: Day
}

const since: Day = '2022-01-01'

export const grounds = {
  convicted: {
    title: 'Convicted of an offence with violence, a weapon or supply of drugs',
    hint: 'The day of the conviction',
    for: 'any',
    since,
  },
  charged: { title: 'Charged with such an offence', for: 'any', since },
  suspected: {
    title: 'Suspected of such an offence in an investigation that is open',
    hint: 'Say who investigates',
    for: 'any',
    since,
  },
  weapon: { title: 'Found with a weapon, or said that they carry one', for: 'any', since },
  'harmed-others': {
    title: 'Hurt or threatened somebody',
    hint: 'As seen or reported; say by whom',
    for: 'any',
    since,
  },
  'uses-others': {
    title: 'Uses or controls other people for crime',
    hint: 'As a professional has assessed, with reasons',
    for: 'any',
    since,
  },
  intends: { title: 'Said that they mean to hurt somebody', for: 'any', since },
  order: { title: 'A court order against violence is in force', for: 'any', since },
  custody: { title: 'In custody for such an offence', for: 'any', since },
  exploited: {
    title: 'Signs of exploitation, as a professional has assessed',
    hint: 'A reason for help; the adults behind it are the suspects',
    for: 'support',
    since,
  },
  missing: { title: 'Goes missing', for: 'support', since },
  'out-of-school': { title: 'Excluded, or on a part-time timetable', for: 'support', since },
  'carries-in-fear': { title: 'Carries something because they are afraid', for: 'support', since },
  'leaving-custody': { title: 'Leaves custody within three months', for: 'support', since },
  'asked-for-help': { title: 'Asked for help', for: 'support', since },
} as const satisfies Record<string, Ground>

export type GroundId = keyof typeof grounds

export const isGround = (text: string): text is GroundId => Object.hasOwn(grounds, text)

/**
 * No ground is older: of those on London's list, 40% had no violent offence in two years (Amnesty International UK, Trapped
 * in the Matrix, 2018).
 */
export const OLDEST_GROUND_DAYS = 730

/** One ground of a proposal, with its day and where it is known from. */
export interface GivenGround {
  ground: GroundId
  on: Day
  source: string
  says: string
}

export const fitsTier = (ground: GroundId, tier: { aboveSupport: boolean }): boolean =>
  grounds[ground].for === 'any' || !tier.aboveSupport
