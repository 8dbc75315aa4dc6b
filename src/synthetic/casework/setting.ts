/** What every part of the synthetic casework is made from: an area, a day, a seed. */
import type { AreaPack } from '../../areas/area-pack.ts'
import { addDays, type Day, londonDay } from '../../platform/calendar.ts'
import { isWorkingDay } from '../../platform/working-days.ts'
import { type Random, randomFrom } from '../random.ts'

export interface Setting {
  pack: AreaPack
  now: Date
  /** Of `now`, Europe/London. */
  today: Day
  /** A stream of chance for a part by its name: a change of one part leaves the others as they were. */
  chance(part: string): Random
}

export const settingOf = (pack: AreaPack, seed: number, now: Date): Setting => ({
  pack,
  now,
  today: londonDay(now),
  chance: part => randomFrom(seed, `casework ${part}`),
})

const kinds = {
  person: '0001',
  record: '0002',
  entry: '0003',
  referral: '0004',
  form: '0005',
  request: '0006',
  disclosure: '0007',
  glass: '0008',
  circle: '0009',
  agreement: '000a',
  team: '000b',
  draft: '000c',
  concern: '000e',
  offer: '000f',
  rights: '0010',
  step: '0011',
  invitation: '0012',
  meeting: '0020',
  seat: '0021',
  matter: '0022',
  said: '0023',
  'meeting-move': '0024',
  'task-move': '0025',
  escalation: '0026',
  'escalation-move': '0027',
  escalated: '0028',
  'escalated-task': '0029',
  placement: '0013',
  move: '0014',
  contact: '0015',
  'panel-seat': '0016',
  plan: '0030',
  statement: '0031',
  planOffer: '0032',
  known: '0033',
  action: '0034',
  consequence: '0040',
  'consequence-entry': '0041',
  'consequence-move': '0042',
  'consequence-meeting': '0043',
  custody: '0050',
  'custody-move': '0051',
  'custody-concern': '0052',
  'custody-turn': '0053',
  arrangement: '0054',
  group: '0060',
  'group-move': '0061',
  'group-link': '0062',
  'group-relation': '0063',
  bid: '0044',
  'bid-move': '0045',
  'panel-case': '0046',
  'panel-paper': '0047',
  'panel-case-move': '0048',
} as const

/**
 * Numbers that cannot be taken for those of real records: the second group of all of them is 5e7d. The first differs from
 * number to number, because pages call what has no other reference by it.
 */
export const invented = (kind: keyof typeof kinds, n: number): string => {
  const first = Math.imul(n, 0x9e3779b1) >>> 0
  return `${hex(first, 8)}-5e7d-4000-8000-${kinds[kind]}${hex(n, 8)}`
}

const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0')

export const pick = <T>(random: Random, list: readonly T[]): T => list[random.below(list.length)]!

const MINUTE = 60_000

/** A minute of the working day, 08:00 to 16:59 by universal time: 09:00 to 17:59 in summer. */
export const inOfficeHours = (random: Random, day: Day): Date =>
  new Date(Date.parse(`${day}T08:00:00Z`) + random.below(9 * 60) * MINUTE)

/** A working day from `least` to `most` days ago, and a minute of it; never later than now. */
export function ago(random: Random, { today, now }: Setting, least: number, most: number): Date {
  let back = random.between(least, most)
  while (back < most && !isWorkingDay(addDays(today, -back))) back++
  return earlier(inOfficeHours(random, addDays(today, -back)), now)
}

export const later = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * MINUTE)

export const earlier = (a: Date, b: Date): Date => new Date(Math.min(a.getTime(), b.getTime()))

export const latest = (a: Date, b: Date): Date => new Date(Math.max(a.getTime(), b.getTime()))

/** The list in another order. */
export const shuffled = <T>(random: Random, list: readonly T[]): T[] =>
  list
    .map(item => ({ item, place: random.unit() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)
