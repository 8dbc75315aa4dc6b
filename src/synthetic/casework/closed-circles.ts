/** Closed circles of the synthetic partnership, with notes that only their members read (R17). */
import { retentionDates } from '../../governance/retention/retention-dates.ts'
import { addDays, type Day, londonDay } from '../../platform/calendar.ts'
import { entryOf, type SyntheticEntry } from './entries.ts'
import { circleTexts } from './entry-texts.ts'
import type { Register } from './people.ts'
import { ago, invented, pick, type Setting } from './setting.ts'
import { isCast, type Staff, type Worker } from './staff.ts'

export interface SyntheticCircle {
  id: string
  name: string
  kind: 'mediation' | 'youth-work' | 'health' | 'restricted-case'
  owner: Worker
  members: Worker[]
  createdAt: Date
  reviewOn: Day
}

const NOTES = 7

/** Kinds of agency that write in a circle: the first of each owns it. */
const circles = [
  { name: 'Talks between two young people (synthetic)', kind: 'mediation', of: ['charity', 'education'] },
  { name: 'Boxing on Tuesdays (synthetic)', kind: 'youth-work', of: ['charity'] },
  { name: 'From the ward to the club (synthetic)', kind: 'youth-work', of: ['charity', 'health'] },
  { name: 'Wounds and sleep (synthetic)', kind: 'health', of: ['health'] },
  { name: 'A case with few eyes (synthetic)', kind: 'restricted-case', of: ['children'] },
  { name: 'A case with few eyes at the police (synthetic)', kind: 'restricted-case', of: ['police'] },
] as const

/** The last one is overdue for its review, and so shut until its owner looks at it (R10). */
export function inventCircles(
  setting: Setting,
  staff: Staff,
  register: Register,
  firstNumber: number,
): { circles: SyntheticCircle[]; notes: SyntheticEntry[] } {
  const random = setting.chance('circles')
  const made: SyntheticCircle[] = []
  const notes: SyntheticEntry[] = []
  for (const { name, kind, of } of circles) {
    const agencies = of.flatMap(wanted => castAgency(setting, staff, wanted))
    const members = agencies.flatMap(agency => staff.keepers(agency).slice(0, 2))
    const owner = members[0]
    if (!owner) continue
    const createdAt = ago(random, setting, 20, 60)
    const today = londonDay(createdAt)
    const circle: SyntheticCircle = {
      id: invented('circle', made.length + 1),
      name,
      kind,
      owner,
      members,
      createdAt,
      reviewOn:
        made.length === circles.length - 1
          ? addDays(setting.today, -1)
          : retentionDates('circle', addDays(today, 18), { child: false }).reviewOn,
    }
    made.push(circle)
    for (let n = 0; n < NOTES; n++) {
      const author = members[n % members.length]!
      const held = register.at(author.agency).filter(r => r.createdAt < createdAt)
      if (held.length === 0) continue
      const written = { number: firstNumber + notes.length, author, circle: circle.id, since: createdAt }
      notes.push(entryOf(random, setting, pick(random, held), pick(random, circleTexts), written))
    }
  }
  return { circles: made, notes }
}

/** An agency of the kind at which one of the cast works, else the first of the kind. */
function castAgency({ pack }: Setting, staff: Staff, kind: string): string[] {
  const own = pack.agencies.filter(a => a.kind === kind).map(a => a.id)
  const withCast = own.find(id => staff.keepers(id).some(isCast))
  return withCast ? [withCast] : own.slice(0, 1)
}
