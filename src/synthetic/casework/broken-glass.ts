/** Openings without a right in the synthetic partnership: most reviewed, some waiting, one open at this hour (R20). */
import type { Day } from '../../platform/calendar.ts'
import { londonDay } from '../../platform/calendar.ts'
import { addWorkingDays } from '../../platform/working-days.ts'
import type { Register } from './people.ts'
import { ago, earlier, invented, later, pick, type Setting } from './setting.ts'
import { glassOutcomes, glassReasons } from './sharing-texts.ts'
import type { Staff, Worker } from './staff.ts'

const REVIEWED = 9
const WAITING = 4
/** Days after which it must have been reviewed. */
const WORKING_DAYS = 5

export interface SyntheticGlass {
  id: string
  person: string
  by: Worker
  reason: string
  startsAt: Date
  endsAt: Date
  reviewOn: Day
  reviewedBy: Worker | null
  reviewedAt: Date | null
  outcome: string | null
}

export function inventBrokenGlass(setting: Setting, staff: Staff, { people }: Register): SyntheticGlass[] {
  const random = setting.chance('broken glass')
  const officer = staff.castOf('Information governance officer')
  const actors = staff.workers.filter(
    w => w.role === 'practitioner' && ['health', 'police', 'children'].includes(w.agencyKind),
  )
  if (!officer || actors.length === 0) return []
  const navigator = staff.castOf('Navigator in the emergency department')
  return Array.from({ length: REVIEWED + WAITING + 1 }, (_, n) => {
    const open = n === REVIEWED + WAITING
    const by = open && navigator ? navigator : pick(random, actors)
    const startsAt = open
      ? later(setting.now, -40)
      : n < REVIEWED
        ? ago(random, setting, 12, 320)
        : ago(random, setting, 1, 9)
    const others = people.filter(p => p.createdAt < startsAt && p.records.every(r => r.agency !== by.agency))
    const reviewed = n < REVIEWED
    return {
      id: invented('glass', n + 1),
      person: pick(random, others).records[0]!.person,
      by,
      reason: pick(random, glassReasons),
      startsAt,
      endsAt: later(startsAt, open ? 240 : pick(random, [60, 120, 240])),
      reviewOn: addWorkingDays(londonDay(startsAt), WORKING_DAYS),
      reviewedBy: reviewed ? officer : null,
      reviewedAt: reviewed ? earlier(later(startsAt, random.between(900, 5000)), setting.now) : null,
      outcome: reviewed ? pick(random, glassOutcomes) : null,
    }
  })
}
