/**
 * 2,500 synthetic referrals of two years, which is as long as they are kept; of the year before them only counts are left.
 * The same child is referred by more than one agency, as happens; the queue of today is one that a coordinator can work.
 */
import { type Answers, isChild, type ReferralKind } from '../../casework/intake/referrals/answers.ts'
import { bases } from '../../casework/intake/referrals/bases.ts'
import { dueAt, type UrgencyId } from '../../casework/intake/referrals/urgency.ts'
import { findAgreement } from '../../governance/agreements/agreement.ts'
import { addDays, type Day, londonDay } from '../../platform/calendar.ts'
import { addWorkingDays } from '../../platform/working-days.ts'
import { picker, type Random } from '../random.ts'
import type { SyntheticAgreement } from './agreed.ts'
import { type KeptUntil, keptUntil, neverReviewed } from './kept-until.ts'
import type { Register, SyntheticRecord } from './people.ts'
import { aboutPerson, aboutSetting, drawUrgency, kindOf } from './referral-answers.ts'
import { type Course, inventHistory, type SyntheticAction } from './referral-histories.ts'
import { type PlannedReferral, plannedMornings, sentSo } from './referral-plan.ts'
import { ago, earlier, invented, later, pick, type Setting, shuffled } from './setting.ts'
import { isCast, type Staff, type Worker, weightOf } from './staff.ts'

const REFERRALS = 2500
/** Of those that are old enough to be decided. */
const courseNames: readonly Course[] = ['accepted', 'declined', 'withdrawn', 'upheld', 'overturned']
const courseOf = picker([54, 36, 1, 3, 6])
/** Nobody keeps what was withdrawn: it is hidden when its review is due, and gone a month later. */
const WITHDRAWN_LATELY = 64
/** Kept for two years: days. */
export const OLDEST = 728
/** How often a second agency refers the same person within weeks. */
const TWICE = 0.12
const EMERGENCY = 'Somebody may be hurt tonight, and no agreement with us is in force yet.'

const sending: Readonly<Record<string, number>> = {
  education: 30,
  police: 20,
  health: 5,
  children: 8,
  charity: 2,
  'youth-justice': 6,
  probation: 6,
  council: 1,
  housing: 2,
  transport: 0.4,
  partnership: 1.5,
}

export interface SyntheticReferral extends KeptUntil {
  id: string
  reference: string
  from: string
  to: string
  /** Who answers for it at work. */
  author: Worker
  /** The invited partner who sent it, with the number and reference of the invitation; null where the author did. */
  guest: { invitation: string; reference: string; organisation: string; post: string } | null
  kind: ReferralKind
  urgency: UrgencyId
  answers: Answers
  legalBasis: string
  sharedUnder: 'own-agency' | 'agreement' | 'emergency'
  /** Where it went without an agreement. */
  emergency: {
    because: string
    reviewOn: Day
    reviewedBy: Worker | null
    reviewedAt: Date | null
  } | null
  sentAt: Date
  dueAt: Date
  actions: SyntheticAction[]
}

type Unnumbered = Omit<SyntheticReferral, 'id' | 'reference'>

/** Empty where the area has no partnership to refer to. */
export function inventReferrals(
  setting: Setting,
  staff: Staff,
  register: Register,
  agreements: readonly SyntheticAgreement[],
): SyntheticReferral[] {
  const to = setting.pack.agencies
    .filter(a => a.kind === 'partnership')
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))[0]
  if (!to) return []
  const random = setting.chance('referrals')
  const agencies = setting.pack.agencies.filter(a => sending[a.kind] && staff.keepers(a.id).length > 0)
  const draw = picker(agencies.map(a => sending[a.kind]! * weightOf(staff, a.id)))
  const make = (planned: PlannedReferral) =>
    refer(random, setting, staff, register, agreements, to.id, planned)
  const referrals = plannedMornings(setting, staff, to.id).flatMap(planned => make(planned) ?? [])
  while (referrals.length < REFERRALS) {
    const author = pick(random, others(staff, agencies[draw(random)]!.id))
    const course = courseNames[courseOf(random)]!
    const sentAt = ago(random, setting, 7, course === 'withdrawn' ? WITHDRAWN_LATELY : OLDEST)
    const made = make({ author, sentAt, course })
    if (made) referrals.push(made)
    const again = made?.record && random.chance(TWICE) ? otherRecord(made.record) : null
    const soon = new Date(sentAt.getTime() + random.between(20, 500) * 3_600_000)
    if (!again || soon > setting.now) continue
    const second = make({
      author: pick(random, others(staff, again.agency)),
      sentAt: sentSo(random, setting, soon),
      course: random.chance(0.5) ? 'declined' : 'accepted',
      about: again,
    })
    if (second) referrals.push(second)
  }
  return numbered(referrals)
}

/** Who refers beside the cast, whose own lists are planned: short enough to be read. */
const others = (staff: Staff, agency: string): Worker[] => staff.keepers(agency).filter(w => !isCast(w))

type Made = Unnumbered & { record: SyntheticRecord | null }

function refer(
  random: Random,
  setting: Setting,
  staff: Staff,
  register: Register,
  agreements: readonly SyntheticAgreement[],
  to: string,
  { author, sentAt, course, about, urgency = drawUrgency(random), kind, by }: PlannedReferral,
): Made | null {
  const on = londonDay(sentAt)
  const asked = { urgency, purpose: author.purpose, on }
  const setOn = kind ?? drawKind(random)
  const record = setOn === 'person' ? (about ?? somebody(random, register, author.agency, sentAt)) : null
  const person = record && kindOf(record, on)
  const answers =
    record && person
      ? aboutPerson(random, record, person, asked)
      : aboutSetting(random, setOn === 'person' ? 'place' : setOn, asked)
  const sharedUnder = under(author, to, agreements, setting.today)
  if (sharedUnder === 'emergency') answers.emergencyBecause = EMERGENCY
  const triage = shuffled(
    random,
    staff.coordinators(to).filter(w => w.id !== author.id),
  )
  if (by) triage.sort((a, b) => Number(b.id === by) - Number(a.id === by))
  const sent = { kind: answers.kind!, answers, author, sentAt, triage }
  const child = isChild(answers, on)
  const kept =
    course === 'withdrawn'
      ? neverReviewed('referral', on, child, setting.today)
      : keptUntil(random, 'referral', on, child, setting.today)
  return {
    record: record && person ? record : null,
    from: author.agency,
    to,
    author,
    guest: null,
    kind: sent.kind,
    urgency,
    answers,
    legalBasis: bases[answers.basis!].legalBasis,
    sharedUnder,
    emergency: sharedUnder === 'emergency' ? emergencyOf(setting, staff, sentAt) : null,
    sentAt,
    dueAt: dueAt(urgency, sentAt),
    actions: inventHistory(random, setting, sent, course, kept.reviewedOn),
    ...kept,
  }
}

/** Looked at on the next working day, but for those of this week. */
function emergencyOf({ today, now }: Setting, staff: Staff, sentAt: Date): SyntheticReferral['emergency'] {
  const reviewOn = addWorkingDays(londonDay(sentAt), 1)
  const reviewedBy = reviewOn < addDays(today, -7) ? staff.castOf('Information governance officer') : null
  return {
    because: EMERGENCY,
    reviewOn,
    reviewedBy,
    reviewedAt: reviewedBy && earlier(later(sentAt, 1500), now),
  }
}

const settings = ['person', 'family', 'group', 'place', 'school'] as const
const kindDraw = picker([88, 4, 2, 4, 2])
const drawKind = (random: Random) => settings[kindDraw(random)]!

/** Somebody of whom the agency held a record by then, of an age that it knows. */
function somebody(random: Random, register: Register, agency: string, by: Date): SyntheticRecord | null {
  const held = register.at(agency)
  for (let tries = 0; tries < 8 && held.length > 0; tries++) {
    const record = pick(random, held)
    if (record.createdAt <= by && record.birth) return record
  }
  return null
}

/** What another agency holds of the same person. */
const otherRecord = ({ agency, siblings }: SyntheticRecord): SyntheticRecord | null =>
  siblings.find(r => r.agency !== agency && r.birth && r.suspendedOn === null) ?? null

function under(
  { agency, purpose }: Worker,
  to: string,
  agreements: readonly SyntheticAgreement[],
  today: Day,
): SyntheticReferral['sharedUnder'] {
  if (agency === to) return 'own-agency'
  const found = findAgreement(agreements, { one: agency, other: to, purpose, fields: ['referral'] }, today)
  return 'agreement' in found ? 'agreement' : 'emergency'
}

/** In the order in which they were sent, each year from one. The first year went on from what has been deleted since. */
function numbered(referrals: Made[]): SyntheticReferral[] {
  const last = new Map<string, number>()
  const sorted = referrals.toSorted((a, b) => a.sentAt.getTime() - b.sentAt.getTime())
  const first = sorted[0]
  if (first) {
    const day = londonDay(first.sentAt)
    const gone = Math.round(((Date.parse(day) - Date.parse(`${day.slice(0, 4)}-01-01`)) / 86_400_000) * 3)
    last.set(day.slice(0, 4), gone)
  }
  return sorted.map(({ record: _, ...referral }, n) => {
    const year = londonDay(referral.sentAt).slice(0, 4)
    const number = (last.get(year) ?? 0) + 1
    last.set(year, number)
    return {
      ...referral,
      id: invented('referral', n + 1),
      reference: `R-${year}-${String(number).padStart(4, '0')}`,
    }
  })
}
