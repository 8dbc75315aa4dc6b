/** Events since the last working day, for those who offer help in the morning, and what was offered after earlier ones. */
import { listFrom, type OfferAnswer } from '../../casework/intake/overnight/overnight.ts'
import { retentionDates } from '../../governance/retention/retention-dates.ts'
import { addDays, type Day, earlierOf, londonDay } from '../../platform/calendar.ts'
import { entryOf, type SyntheticEntry } from './entries.ts'
import { eventTexts } from './event-texts.ts'
import type { Register } from './people.ts'
import { earlier, invented, later, pick, type Setting, shuffled } from './setting.ts'
import type { Staff, Worker } from './staff.ts'

export interface SyntheticOffer {
  id: string
  entry: SyntheticEntry
  answer: OfferAnswer
  takenBy: string | null
  by: Worker
  at: Date
  reviewOn: Day
  deleteOn: Day
}

/** People in the events of one night, at each agency that meets them. */
const LAST_NIGHT = 9
const OFFERS = 90
/** Offers whose review lies ahead still. */
const LATELY = 40

export function inventLastNight(
  setting: Setting,
  staff: Staff,
  register: Register,
  firstNumber: number,
): SyntheticEntry[] {
  const random = setting.chance('last night')
  const posts = ['Navigator in the emergency department', 'Neighbourhood police officer'] as const
  const entries: SyntheticEntry[] = []
  for (const worker of posts.map(post => staff.castOf(post))) {
    if (!worker) continue
    const texts = [...(eventTexts[worker.agencyKind] ?? []), ...eventTexts.any!]
    const held = register.at(worker.agency).filter(r => londonDay(r.createdAt) < listFrom(setting.today))
    for (const record of shuffled(random, held).slice(0, LAST_NIGHT)) {
      const written = {
        number: firstNumber + entries.length,
        author: worker,
        circle: null,
        since: record.createdAt,
      }
      const entry = entryOf(random, setting, record, pick(random, texts), written)
      const days = Math.max(
        1,
        Math.round((Date.parse(setting.today) - Date.parse(listFrom(setting.today))) / 86_400_000),
      )
      const occurredOn = addDays(setting.today, -random.between(1, days))
      const createdAt = earlier(new Date(`${occurredOn}T23:10:00Z`), setting.now)
      entries.push({ ...entry, occurredOn, createdAt, ...freshDates(createdAt, entry), restrictedAt: null })
    }
  }
  return entries
}

const freshDates = (createdAt: Date, { record }: SyntheticEntry) => {
  const { reviewOn, deleteOn } = retentionDates('entry', londonDay(createdAt), { child: true })
  const end = earlierOf(deleteOn, record.deleteOn)
  return { deleteOn: end, reviewOn: earlierOf(reviewOn, end), reviewedOn: null, suspendedOn: null }
}

/** Help that was offered to people who were hurt in the weeks before. */
export function inventOffers(
  setting: Setting,
  staff: Staff,
  entries: readonly SyntheticEntry[],
): SyntheticOffer[] {
  const random = setting.chance('offers')
  const hurt = entries.filter(
    e =>
      e.kind === 'event' &&
      e.role === 'injured' &&
      e.record.agencyKind === 'health' &&
      e.circle === null &&
      e.suspendedOn === null &&
      e.occurredOn > addDays(setting.today, -LATELY) &&
      e.occurredOn < listFrom(setting.today),
  )
  return hurt.slice(0, OFFERS).map((entry, n) => {
    const answer = pick(random, ['accepted', 'accepted', 'declined', 'not-reached'] as const)
    const at = earlier(later(entry.createdAt, random.between(200, 1500)), setting.now)
    return {
      id: invented('offer', n + 1),
      entry,
      answer,
      takenBy: answer === 'accepted' ? 'Youth work team (synthetic)' : null,
      by: pick(random, staff.keepers(entry.record.agency)),
      at,
      ...retentionDates('help-offer', londonDay(at), { child: true }),
    }
  })
}
