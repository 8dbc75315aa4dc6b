/** What people of the synthetic partnership ask about their own data: each step put to the same rules as on the pages. */
import {
  insist,
  moves,
  type RightsAction,
  type RightsMove,
  standing,
} from '../../governance/rights/rights-case.ts'
import { clockFor, type Regime, type RightsKind } from '../../governance/rights/statutory-clocks.ts'
import { addDays, type Day, londonDay } from '../../platform/calendar.ts'
import type { Register } from './people.ts'
import { earlier, inOfficeHours, invented, later, pick, type Setting } from './setting.ts'
import type { Staff, Worker } from './staff.ts'

export interface SyntheticRightsCase {
  id: string
  reference: string
  kind: RightsKind
  regime: Regime
  given: string
  family: string
  birthDate: Day | null
  about: string
  receivedOn: Day
  officer: Worker
  actions: (RightsAction & { stateAfter: string })[]
}

interface Asked {
  kind: RightsKind
  regime: Regime
  daysAgo: number
  steps: readonly RightsMove[]
  about: string
}

/** Each at another point: one is due within days, one waits for its asker, one is with a reviewer, one is closed. */
const asked: readonly Asked[] = [
  {
    kind: 'restriction',
    regime: 'general',
    daysAgo: 52,
    steps: ['confirm-identity', 'answer'],
    about: 'Asks that the note of the second of the month is not used while it is looked at.',
  },
  {
    kind: 'access',
    regime: 'general',
    daysAgo: 26,
    steps: ['confirm-identity'],
    about: 'Asks for everything that is held, and who has looked at it.',
  },
  {
    kind: 'challenge',
    regime: 'general',
    daysAgo: 19,
    steps: ['confirm-identity', 'assign-reviewer'],
    about: 'Does not see why help was declined, and asks that somebody else looks at it.',
  },
  {
    kind: 'rectification',
    regime: 'general',
    daysAgo: 12,
    steps: ['confirm-identity'],
    about: 'Two addresses in the record are not theirs; they have lived in one place since 2019.',
  },
  {
    kind: 'access',
    regime: 'law-enforcement',
    daysAgo: 8,
    steps: ['ask-identity'],
    about: 'Asks for a copy of what the police hold here.',
  },
  {
    kind: 'complaint',
    regime: 'general',
    daysAgo: 5,
    steps: [],
    about: 'Was rung at work and asked about things that nobody there should hear.',
  },
]

export function inventRightsCases(
  setting: Setting,
  staff: Staff,
  { people }: Register,
): SyntheticRightsCase[] {
  const random = setting.chance('rights')
  const officer = staff.castOf('Information governance officer')
  if (!officer) return []
  const reviewer = staff.coordinators(officer.agency).at(-1) ?? null
  return asked.flatMap(({ kind, regime, daysAgo, steps, about }) => {
    const receivedOn = addDays(setting.today, -daysAgo)
    if (!clockFor(kind, regime, receivedOn)) return []
    const { records } = pick(random, people)
    const { names, birth } = records[0]!
    const facts = { kind, regime, receivedOn }
    const number = asked.findIndex(a => a.about === about) + 1
    const action = (name: RightsAction['action'], seq: number, at: Date) => ({
      seq,
      action: name,
      byUser: officer.id,
      byName: officer.name,
      at,
      reviewer: name === 'assign-reviewer' ? (reviewer?.id ?? null) : null,
      reviewerName: null,
      detail: name === 'answer' ? { outcome: 'restricted', told: 'Told by letter.' } : {},
      stateAfter: name === 'open' ? 'received' : (moves[name].to ?? 'received'),
    })
    let at = earlier(inOfficeHours(random, receivedOn), setting.now)
    const actions = [action('open', 1, at)]
    for (const step of steps) {
      at = earlier(later(at, random.between(1200, 4000)), setting.now)
      insist(step, facts, standing(actions), { user: officer.id, officer: true }, londonDay(at))
      actions.push(action(step, actions.length + 1, at))
    }
    return [
      {
        ...facts,
        id: invented('rights', number),
        reference: `RR-${receivedOn.slice(0, 4)}-${String(number).padStart(4, '0')}`,
        given: names[0]!.given,
        family: names[0]!.family,
        birthDate: birth?.known === 'day' ? birth.date : null,
        about,
        officer,
        actions,
      },
    ]
  })
}
