/** Cases before the panel that decides out of court: twenty wait, some are decided, others are over. */
import { type OutcomeId, outcomesFor } from '../../casework/tasking/panels/outcomes.ts'
import {
  type MoveDetail,
  moves,
  type PanelCaseMove,
  type PanelCaseState,
  type PaperKind,
} from '../../casework/tasking/panels/panel-case.ts'
import { purposes } from '../../governance/purposes.ts'
import { retentionDates, ruleFor } from '../../governance/retention/retention-dates.ts'
import { addDays, type Day, laterOf, londonDay } from '../../platform/calendar.ts'
import { addWorkingDays } from '../../platform/working-days.ts'
import { childOn } from './kept-until.ts'
import type { Register } from './people.ts'
import { invented, type Setting } from './setting.ts'
import type { Staff, Worker } from './staff.ts'

export interface SyntheticPanelCase {
  id: string
  reference: string
  panel: string
  person: string
  called: string
  child: boolean
  crime: string
  offence: string
  offenceOn: Day
  by: Worker
  at: Date
  assessBy: Day
  decideBy: Day
  purpose: string
  legalBasis: string
  reviewDays: number
  reviewOn: Day
  deleteOn: Day
  moves: {
    move: PanelCaseMove
    after: Exclude<PanelCaseState, 'unmade'>
    by: Worker
    at: Date
    outcome: OutcomeId | null
    toAgency: string | null
    dueOn: Day | null
    detail: MoveDetail
  }[]
  papers: { id: string; kind: PaperKind; text: string; by: Worker; at: Date }[]
}

export interface PanelCases {
  panelCases: SyntheticPanelCase[]
}

const WAITING = 20

/** Each with the place of the decision that fits it. */
const offences = [
  { says: 'Possession of a bladed article in a public place.', decision: 1 },
  { says: 'Robbery of a telephone, without injury.', decision: 0 },
  { says: 'Common assault after an argument at a bus stop.', decision: 0 },
  { says: 'Criminal damage to a shelter.', decision: 2 },
  { says: 'Possession of an offensive weapon.', decision: 1 },
] as const

const papers: readonly { kind: PaperKind; of: string; text: string }[] = [
  {
    kind: 'assessment',
    of: 'youth-justice',
    text: 'Wants to go back to football, and listens to an older cousin. A mentor and a short programme fit better than a caution.',
  },
  {
    kind: 'own-view',
    of: 'youth-justice',
    text: '“I was scared on the way home. I will not carry it again if somebody walks with me.”',
  },
  {
    kind: 'victim-view',
    of: 'police',
    text: 'Would like a letter, and not to meet. Wants it not to happen to anybody else.',
  },
  {
    kind: 'safeguarding',
    of: 'children',
    text: 'No earlier concern but one of last spring: may have been asked to keep something for others. That is being looked at.',
  },
]

const decisions: readonly { outcomes: readonly OutcomeId[]; detail: MoveDetail }[] = [
  {
    outcomes: ['outcome-22'],
    detail: {
      because: 'It was one matter, they ask for help, and the activity fits it.',
      plan: 'Eight sessions with a mentor, and a letter to whoever was harmed.',
    },
  },
  {
    outcomes: ['checkpoint', 'outcome-22'],
    detail: {
      because: 'Carried out of fear; no aggravation, and nothing before.',
      plan: 'The knife programme of the youth offending service, and a plan for the way home.',
      dissent:
        'The police member would have preferred a youth caution, because it was carried into a school.',
    },
  },
  {
    outcomes: ['community-resolution', 'outcome-22'],
    detail: {
      because: 'Whoever was harmed wants it put right, and so do they.',
      plan: 'To mend what was broken with the park keeper, two Saturdays.',
    },
  },
]

/** Days ago on which each of those that are no longer waiting was referred, and how far it has come. */
const over: readonly { ago: number; steps: readonly ('complete' | 'return' | 'withdraw')[] }[] = [
  ...[28, 33, 40, 47, 61, 75].map(ago => ({ ago, steps: [] })),
  ...[140, 152, 166, 171, 190, 205].map(ago => ({ ago, steps: ['complete'] as const })),
  { ago: 160, steps: ['return'] },
  { ago: 50, steps: ['withdraw'] },
]

export function inventPanelCases(
  { pack, today, now }: Setting,
  staff: Staff,
  register: Register,
): PanelCases {
  const type = pack.meetingTypes.find(t => t.sees.includes('panel-case') && t.purpose)
  const police = pack.agencies.find(a => a.kind === 'police' && type?.members.includes(a.id))
  const chair = type && staff.coordinators(type.chair)[0]
  const referrer = staff.castOf('Neighbourhood police officer')
  if (!type?.purpose || !police || !chair || referrer?.agency !== police.id) return { panelCases: [] }
  const purpose = type.purpose
  // Between twelve and nineteen at the offence, and not kept from others.
  const young = register
    .at(police.id)
    .filter(
      r =>
        !r.sensitive &&
        r.birth?.date &&
        isBetween(r.birth.date, addDays(today, -19 * 365), addDays(today, -12 * 365)),
    )
  const writer = (kind: string): Worker => {
    const agency = pack.agencies.find(a => a.kind === kind && type.members.includes(a.id))
    return (agency && staff.keepers(agency.id)[0]) || referrer
  }
  const plans = [
    ...Array.from({ length: WAITING }, (_, n) => ({ ago: 2 + Math.floor(n * 1.3), steps: null })),
    ...over.map(({ ago, steps }) => ({ ago, steps })),
  ]
  const cases = plans.flatMap(({ ago, steps }, n): SyntheticPanelCase[] => {
    const record = young[(n * 7 + 3) % Math.max(young.length, 1)]
    if (!record) return []
    const referredOn = addDays(today, -ago)
    const at = hour(referredOn, 10)
    const offenceOn = addDays(referredOn, -9)
    const child = childOn(record.birth, offenceOn)
    const kept = retentionDates('panel-case', referredOn, { child })
    const { reviewDays } = ruleFor('panel-case', referredOn)
    const allowed = outcomesFor({ offenceOn, admitted: 'yes', child })
    const offence = offences[n % offences.length]!
    const { outcomes: wanted, detail } = decisions[offence.decision]!
    const outcome = wanted.find(o => allowed.includes(o)) ?? 'outcome-22'
    const decidedOn = addWorkingDays(referredOn, 9)
    const completeBy = addDays(decidedOn, 70)
    const base = { by: referrer, outcome: null, toAgency: null, dueOn: null, detail: {} }
    const made: SyntheticPanelCase['moves'] = [{ ...base, move: 'refer', after: 'waiting', at }]
    if (steps?.[0] === 'withdraw') {
      made.push({
        ...base,
        move: 'withdraw',
        after: 'withdrawn',
        at: hour(addDays(referredOn, 3), 9),
        detail: { because: 'The evidence did not hold.' },
      })
    } else if (steps) {
      made.push({
        ...base,
        move: 'decide',
        after: 'decided',
        by: chair,
        at: hour(decidedOn, 15),
        outcome,
        toAgency: chair.agency,
        dueOn: completeBy,
        detail: {
          ...detail,
          agencies: [chair.agency, police.id].map(id => pack.agencies.find(a => a.id === id)!.name),
        },
      })
      const end = steps[0]
      if (end) {
        made.push({
          ...base,
          move: end,
          after: moves[end].to,
          by: chair,
          at: hour(addDays(completeBy, -6), 11),
          detail:
            end === 'complete'
              ? { result: 'Every session, and the letter was welcome.' }
              : { because: 'Came once, and was looked for five times.' },
        })
      }
    }
    const last = made.at(-1)!
    const isOver = !['waiting', 'decided'].includes(last.after)
    const days = reviewDays[child ? 'child' : 'adult']
    return [
      {
        id: invented('panel-case', n + 1),
        reference: '',
        panel: type.id,
        person: record.person,
        called: record.names.map(name => `${name.given} ${name.family}`.trim())[0]!,
        child,
        crime: `20BW/${(100000 + n * 731).toString()}A/26`,
        offence: offence.says,
        offenceOn,
        by: referrer,
        at,
        assessBy: addWorkingDays(referredOn, 10),
        decideBy: addWorkingDays(referredOn, 15),
        purpose,
        legalBasis: purposes.find(p => p.id === purpose)!.legalBases[0]!,
        reviewDays: days,
        // Whoever chases looks at what is open, now and then.
        reviewOn: laterOf(addDays(londonDay(last.at), days), addDays(today, 5)),
        deleteOn: isOver ? addDays(londonDay(last.at), 365) : kept.deleteOn,
        moves: made,
        papers: papers.slice(0, 1 + (n % papers.length)).map((paper, i) => ({
          id: invented('panel-paper', n * 10 + i + 1),
          kind: paper.kind,
          text: paper.text,
          by: writer(paper.of),
          at: new Date(Math.min(at.getTime() + (i + 4) * 3_600_000, now.getTime())),
        })),
      },
    ]
  })
  return { panelCases: numbered(cases) }
}

const isBetween = (day: Day, from: Day, to: Day): boolean => day >= from && day <= to

const hour = (day: Day, at: number): Date => new Date(`${day}T${String(at).padStart(2, '0')}:00:00Z`)

/** References in the order in which they were referred. */
function numbered(cases: SyntheticPanelCase[]): SyntheticPanelCase[] {
  const last = new Map<string, number>()
  return cases
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map(one => {
      const year = londonDay(one.at).slice(0, 4)
      const n = (last.get(year) ?? 0) + 1
      last.set(year, n)
      return { ...one, reference: `JP-${year}-${String(n).padStart(4, '0')}` }
    })
}
