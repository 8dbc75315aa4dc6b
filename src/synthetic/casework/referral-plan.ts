/** Referrals that the mornings of the cast need: today's queue of the coordinator, and outcomes for who referred. */
import { dueAt, type UrgencyId } from '../../casework/intake/referrals/urgency.ts'
import { addDays, londonDay } from '../../platform/calendar.ts'
import { isWorkingDay } from '../../platform/working-days.ts'
import type { Random } from '../random.ts'
import type { SyntheticRecord } from './people.ts'
import type { Course } from './referral-histories.ts'
import { ago, inOfficeHours, pick, type Setting } from './setting.ts'
import type { Staff, Worker } from './staff.ts'

export interface PlannedReferral {
  author: Worker
  sentAt: Date
  course: Course
  /** Somebody in particular. */
  about?: SyntheticRecord
  urgency?: UrgencyId
  kind?: 'person' | 'family' | 'group' | 'place' | 'school'
  /** Who takes it first. */
  by?: string
}

type Due = 'overdue' | 'today' | 'later'

/** What waits today: how many, how urgent, due when. */
const waiting: readonly (readonly [number, UrgencyId, Due])[] = [
  [2, 'today', 'overdue'],
  [2, 'one-working-day', 'overdue'],
  [3, 'today', 'today'],
  [5, 'one-working-day', 'today'],
  [2, 'three-working-days', 'today'],
  [4, 'one-working-day', 'later'],
  [9, 'three-working-days', 'later'],
]

const outcomes: readonly (readonly [Course, number, number])[] = [
  ['accepted', 1, 1],
  ['accepted', 3, 9],
  ['accepted', 20, 60],
  ['accepted', 90, 150],
  ['declined', 4, 12],
  ['declined', 60, 90],
  ['declined', 200, 300],
  ['challenged', 2, 3],
  ['overturned', 30, 50],
  ['withdrawn', 15, 40],
  ['taken', 1, 2],
]

export function plannedMornings(setting: Setting, staff: Staff, partnership: string): PlannedReferral[] {
  const random = setting.chance('mornings')
  const others = setting.pack.agencies
    .filter(a => ['education', 'police', 'health', 'children', 'youth-justice', 'charity'].includes(a.kind))
    .flatMap(a => staff.keepers(a.id))
  const robin = staff.castOf('Triage coordinator')?.id
  const second = staff.coordinators(partnership).find(w => w.id !== robin)?.id
  const planned: PlannedReferral[] = []
  for (const [n, urgency, due] of waiting) {
    for (let i = 0; i < n; i++) {
      const sentAt = sentFor(random, setting, urgency, due)
      const kind = i === 3 ? 'place' : i === 4 ? 'family' : 'person'
      planned.push({
        author: pick(random, others),
        sentAt,
        course: i % 5 === 2 ? 'corrected' : 'waiting',
        urgency,
        kind,
      })
    }
  }
  for (const [course, by, most] of [
    ['taken', robin, 4],
    ['taken', second, 4],
    ['challenged', robin, 2],
    ['challenged', second, 3],
  ] as const) {
    for (let i = 0; by && i < most; i++) {
      // What somebody has in hand is seldom late; a challenge has three working days of its own.
      const about =
        course === 'taken'
          ? { sentAt: ago(random, setting, 1, 2), urgency: 'three-working-days' as const }
          : { sentAt: ago(random, setting, 3, 5) }
      planned.push({ ...about, author: pick(random, others), course, by, kind: 'person' })
    }
  }
  const sam = staff.castOf('School link officer')
  for (const [course, least, most] of sam ? outcomes : []) {
    planned.push({ author: sam!, sentAt: ago(random, setting, least, most), course, kind: 'person' })
  }
  for (const post of [
    'Neighbourhood police officer',
    'Social worker',
    'Youth worker',
    'Probation officer',
  ] as const) {
    const author = staff.castOf(post)
    for (const course of author ? (['accepted', 'declined', 'accepted', 'taken'] as const) : []) {
      const sentAt = course === 'taken' ? ago(random, setting, 1, 3) : ago(random, setting, 5, 120)
      planned.push({ author: author!, sentAt, course, kind: 'person' })
    }
  }
  return planned
}

const QUARTER = 15 * 60_000

/** A moment of the last days at which a referral would be due so; where today has none (a Sunday), the latest there is. */
function sentFor(random: Random, { now, today }: Setting, urgency: UrgencyId, wanted: Due): Date {
  const fitting: Date[] = []
  for (let back = 1; back < 4 * 24 * 7; back++) {
    const sentAt = new Date(now.getTime() - back * QUARTER)
    const hour = sentAt.getUTCHours()
    if (hour < 7 || hour > 19) continue
    const due = dueAt(urgency, sentAt)
    const is: Due = due < now ? 'overdue' : londonDay(due) === today ? 'today' : 'later'
    // What has waited for more than two days beyond its time is not a morning's work any more.
    if (is === wanted && now.getTime() - due.getTime() < 48 * 3_600_000) fitting.push(sentAt)
  }
  return fitting.length > 0 ? pick(random, fitting) : new Date(now.getTime() - random.between(1, 8) * QUARTER)
}

/** The working day of a moment, or the next before today; in working hours. */
export function sentSo(random: Random, { today, now }: Setting, soon: Date): Date {
  let day = londonDay(soon)
  while (day < today && !isWorkingDay(day)) day = addDays(day, 1)
  const at = inOfficeHours(random, day)
  return at < now ? at : soon
}
