/** Statements in the records of the synthetic register: what goes well first, then what happened. */
import { addDays, type Day, earlierOf, londonDay, yearsBetween } from '../../platform/calendar.ts'
import type { Random } from '../random.ts'
import {
  concernTexts,
  contactTexts,
  type EntryText,
  safetyTexts,
  strengthTexts,
  viewTexts,
} from './entry-texts.ts'
import { eventTexts } from './event-texts.ts'
import { childOn, type KeptUntil, keptUntil } from './kept-until.ts'
import type { Register, SyntheticRecord } from './people.ts'
import { earlier, inOfficeHours, invented, pick, type Setting } from './setting.ts'
import type { Staff, Worker } from './staff.ts'

export interface SyntheticEntry extends KeptUntil, EntryText {
  id: string
  record: SyntheticRecord
  occurredOn: Day
  author: Worker
  circle: string | null
  createdAt: Date
  restrictedAt: Date | null
}

/** How many of each a record has, on average; whoever knows somebody knows what goes well. */
const shares: readonly [number, (record: SyntheticRecord) => readonly EntryText[]][] = [
  [0.35, () => viewTexts],
  [0.35, () => safetyTexts],
  [0.5, () => contactTexts],
  [0.34, ({ agencyKind }) => eventTexts[agencyKind] ?? eventTexts.any!],
  [0.26, () => concernTexts],
]
/** Their accuracy is disputed: they are on no page while somebody looks (R22). */
const RESTRICTED = 0.0004

export function inventEntries(setting: Setting, staff: Staff, { records }: Register): SyntheticEntry[] {
  const random = setting.chance('entries')
  const entries: SyntheticEntry[] = []
  for (const record of records) {
    const keepers = staff.keepers(record.agency)
    const fitting = (texts: readonly EntryText[]) => pick(random, texts.filter(fits(record, setting.today)))
    const texts = [fitting(strengthTexts)]
    for (const [share, of] of shares) if (random.chance(share)) texts.push(fitting(of(record)))
    for (const text of texts) {
      entries.push(
        entryOf(random, setting, record, text, {
          number: entries.length + 1,
          author: random.chance(0.7) ? record.owner : pick(random, keepers),
          circle: null,
          since: record.createdAt,
        }),
      )
    }
  }
  return entries
}

/** Of an age that nobody knows: as for somebody of fourteen. */
const fits =
  ({ birth }: SyntheticRecord, today: Day) =>
  ({ ages }: EntryText): boolean => {
    const age = birth ? yearsBetween(birth.date, today) : 14
    return !ages || (age >= ages[0] && age <= ages[1])
  }

interface Written {
  number: number
  author: Worker
  circle: string | null
  /** Not written before: the record, or the circle, was not there. */
  since: Date
}

export function entryOf(
  random: Random,
  { today, now }: Setting,
  record: SyntheticRecord,
  text: EntryText,
  { number, author, circle, since }: Written,
): SyntheticEntry {
  const first = londonDay(since)
  const days = Math.round((Date.parse(today) - Date.parse(first)) / 86_400_000)
  const madeOn = addDays(first, random.below(days + 1))
  const at = earlier(inOfficeHours(random, madeOn), now)
  const createdAt = at > since ? at : since
  const occurredOn = addDays(londonDay(createdAt), text.kind === 'contact' ? 0 : -random.below(12))
  const child = childOn(record.birth, madeOn)
  const kept = keptUntil(random, 'entry', londonDay(createdAt), child, today)
  const deleteOn = earlierOf(kept.deleteOn, record.deleteOn)
  return {
    ...text,
    id: invented('entry', number),
    record,
    occurredOn,
    author,
    circle,
    createdAt,
    ...kept,
    deleteOn,
    reviewOn: earlierOf(kept.reviewOn, deleteOn),
    // What stands in a record is hidden with it.
    suspendedOn: record.suspendedOn ?? kept.suspendedOn,
    restrictedAt: random.chance(RESTRICTED) ? earlier(inOfficeHours(random, addDays(today, -1)), now) : null,
  }
}
