/** What the agencies of the synthetic partnership have agreed to share: in force, ended, run out, about to begin. */
import type { Agreement } from '../../governance/agreements/agreement.ts'
import { type PurposeId, purposes } from '../../governance/purposes.ts'
import { addDays } from '../../platform/calendar.ts'
import { invented, type Setting } from './setting.ts'

export interface SyntheticAgreement extends Agreement {
  title: string
  legalBasis: string
  owner: string
  endedBecause: string | null
}

interface Terms {
  title: string
  purpose: PurposeId
  /** Kinds of agency that are party to it. */
  kinds: readonly string[]
  fields: readonly string[]
  /** Days from today. */
  starts: number
  ends: number
  ended?: { days: number; because: string }
}

const record = ['identity', 'address', 'phone', 'school'] as const
const statements = ['strengths', 'safety', 'view', 'contacts', 'events', 'concerns'] as const

const terms: readonly Terms[] = [
  {
    title: 'Front door: referrals and pointers for safeguarding (synthetic)',
    purpose: 'safeguarding',
    kinds: [
      'partnership',
      'education',
      'children',
      'council',
      'health',
      'ambulance',
      'fire',
      'housing',
      'police',
    ],
    fields: ['known-to', 'referral', 'summary'],
    starts: -900,
    ends: 520,
  },
  {
    title: 'Front door: referrals and pointers under the serious violence duty (synthetic)',
    purpose: 'violence-prevention',
    kinds: [
      'partnership',
      'police',
      'probation',
      'youth-justice',
      'prison',
      'council',
      'education',
      'commissioner',
    ],
    fields: ['known-to', 'referral', 'summary'],
    starts: -900,
    ends: 340,
  },
  {
    title: 'Front door: offers of support (synthetic)',
    purpose: 'support',
    kinds: ['partnership', 'charity', 'housing', 'health'],
    fields: ['known-to', 'referral', 'summary'],
    starts: -900,
    ends: 340,
  },
  {
    title: 'Children at risk of harm outside the home (synthetic)',
    purpose: 'safeguarding',
    kinds: ['police', 'children', 'education', 'health', 'council', 'youth-justice'],
    fields: ['known-to', 'summary', 'attendance', ...record, ...statements],
    starts: -620,
    ends: 475,
  },
  {
    title: 'Young people and weapons: work under the serious violence duty (synthetic)',
    purpose: 'violence-prevention',
    kinds: ['police', 'probation', 'youth-justice', 'prison'],
    fields: ['known-to', 'summary', 'identity', 'address', 'strengths', 'safety', 'events', 'contacts'],
    starts: -410,
    ends: 320,
  },
  {
    title: 'Help that begins in hospital, and goes on (synthetic)',
    purpose: 'support',
    kinds: ['health', 'charity'],
    fields: ['known-to', 'summary', 'identity', 'phone', 'strengths', 'view', 'contacts', 'circle-notes'],
    starts: -380,
    ends: 350,
  },
  {
    title: 'Leaving custody with somewhere to live (synthetic)',
    purpose: 'support',
    kinds: ['prison', 'probation', 'housing', 'charity'],
    fields: ['known-to', 'summary', 'identity', 'phone', 'strengths', 'contacts'],
    starts: -200,
    ends: 165,
  },
  {
    title: 'Trusted adults in pupil referral units (synthetic)',
    purpose: 'safeguarding',
    kinds: ['education', 'charity'],
    fields: ['known-to', 'summary', 'strengths', 'view'],
    starts: -344,
    ends: 21,
  },
  {
    title: 'Attendance pilot of two terms (synthetic)',
    purpose: 'safeguarding',
    kinds: ['education', 'council'],
    fields: ['attendance', 'school'],
    starts: -330,
    ends: 35,
    ended: {
      days: -64,
      because: 'The pilot was over a term early; the wider agreement covers attendance now.',
    },
  },
  {
    title: 'Evenings in city centres (synthetic)',
    purpose: 'violence-prevention',
    kinds: ['police', 'council', 'health'],
    fields: ['known-to', 'summary'],
    starts: -385,
    ends: -20,
  },
  {
    title: 'Panels before court for children (synthetic)',
    purpose: 'safeguarding',
    kinds: ['police', 'youth-justice', 'children', 'education'],
    fields: ['known-to', 'summary', 'strengths', 'view', 'attendance'],
    starts: 30,
    ends: 395,
  },
  {
    title: 'Daily threat and risk meetings, and the operational forum: what is said in them (synthetic)',
    purpose: 'violence-prevention',
    kinds: [
      'partnership',
      'police',
      'council',
      'children',
      'health',
      'education',
      'youth-justice',
      'probation',
      'charity',
    ],
    fields: ['meeting'],
    starts: -700,
    ends: 395,
  },
  {
    title: 'Panels and consequence management: what is said in them (synthetic)',
    purpose: 'safeguarding',
    kinds: [
      'partnership',
      'police',
      'council',
      'children',
      'health',
      'education',
      'youth-justice',
      'charity',
    ],
    fields: ['meeting'],
    starts: -700,
    ends: 395,
  },
]

/** Who may sit on panels: no school, landlord or immigration body among them (R14). */
const inCohorts = [
  'police',
  'partnership',
  'children',
  'council',
  'youth-justice',
  'probation',
  'prison',
  'health',
  'charity',
]

const cohortTerms: readonly Terms[] = purposes.map(({ id, title }) => ({
  title: `Cohorts and tiers: ${title.charAt(0).toLowerCase()}${title.slice(1)} (synthetic)`,
  purpose: id,
  kinds: inCohorts,
  fields: ['cohort'],
  starts: -1200,
  ends: 410,
}))

/** Who works on plans together, person by person. */
const onPlans = [
  'partnership',
  'education',
  'children',
  'council',
  'health',
  'police',
  'youth-justice',
  'probation',
  'prison',
  'charity',
  'housing',
]

const planTerms: readonly Terms[] = purposes.map(({ id, title }) => ({
  title: `Plans and their actions: ${title.charAt(0).toLowerCase()}${title.slice(1)} (synthetic)`,
  purpose: id,
  kinds: onPlans,
  fields: ['plan', 'action'],
  starts: -1200,
  ends: 400,
}))

/** Who may know that somebody with whom they work is in custody; what there is to mind is for the kinds of the pack. */
const toldOfCustody = [
  'partnership',
  'children',
  'council',
  'police',
  'youth-justice',
  'probation',
  'prison',
  'charity',
]

const custodyTerms: readonly Terms[] = purposes.map(({ id, title }) => ({
  title: `Custody, and who else works with somebody: ${title.charAt(0).toLowerCase()}${title.slice(1)} (synthetic)`,
  purpose: id,
  kinds: toldOfCustody,
  fields: ['custody', 'arrangement'],
  starts: -1200,
  ends: 390,
}))

/** Who works on groups together: no school, landlord or immigration body among them (R14). */
const onGroups = ['police', 'youth-justice', 'partnership', 'council', 'children', 'probation', 'prison']

const groupTerms: readonly Terms[] = purposes.map(({ id, title }) => ({
  title: `Groups: ${title.charAt(0).toLowerCase()}${title.slice(1)} (synthetic)`,
  purpose: id,
  kinds: onGroups,
  fields: ['group'],
  starts: -1200,
  ends: 405,
}))

export const inventAgreements = ({ pack, today }: Setting): SyntheticAgreement[] =>
  [...terms, ...cohortTerms, ...planTerms, ...custodyTerms, ...groupTerms].map(
    ({ title, purpose, kinds, fields, starts, ends, ended }, n) => ({
      id: invented('agreement', n + 1),
      title,
      purpose,
      legalBasis: purposes.find(p => p.id === purpose)!.legalBases[0]!,
      owner: 'Head of information governance of the partnership',
      parties: pack.agencies.filter(a => kinds.includes(a.kind)).map(a => a.id),
      fields,
      startsOn: addDays(today, starts),
      endsOn: addDays(today, ends),
      endedOn: ended ? addDays(today, ended.days) : null,
      endedBecause: ended?.because ?? null,
    }),
  )
