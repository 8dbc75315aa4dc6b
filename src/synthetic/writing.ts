/** What every writer of a partner's file needs, and the small things that they share. */
import { firstDay, lastDay, type Month } from '../platform/calendar.ts'
import { dayNumber } from './days.ts'
import { groupNames, residentGroups } from './people-mixes.ts'
import type { Pseudonyms } from './pseudonyms.ts'
import { picker, type Random } from './random.ts'
import type { Places } from './where.ts'

export interface Writing {
  places: Places
  force: string
  folder: string
  pseudonyms: Pseudonyms
  seed: number
}

export const dayIn = (month: Month, random: Random): number =>
  random.between(dayNumber(firstDay(month)), dayNumber(lastDay(month)))

export const genderOf = (random: Random, male: number): string | null =>
  random.chance(0.015) ? null : random.chance(male) ? 'Male' : 'Female'

/** One of the five groups as residents of the authority have them; now and then nothing. */
export function residentGroupPicker() {
  const pickers = new Map<string, (random: Random) => number>()
  return (authority: string, random: Random): string | null => {
    let pick = pickers.get(authority)
    if (!pick) {
      pick = picker([...residentGroups(authority), 6])
      pickers.set(authority, pick)
    }
    return groupNames[pick(random)] ?? null
  }
}

/** A whole number about as far from the level as counts of independent events are. */
export const about = (level: number, random: Random): number =>
  Math.max(
    0,
    Math.round(level + 2 * Math.sqrt(level) * (random.unit() + random.unit() + random.unit() - 1.5)),
  )

/** SYN-A-000001, SYN-A-000002 … */
export function numbering(letter: string): () => string {
  let n = 0
  return () => `SYN-${letter}-${String(++n).padStart(6, '0')}`
}
