/** Bids for resources over the last months: some for the same days, one granted, one deployed, others over with what came of them. */
import {
  type BidMove,
  type BidState,
  criteriaOn,
  type MoveDetail,
  moves,
} from '../../casework/tasking/bids/bid.ts'
import { retentionDates } from '../../governance/retention/retention-dates.ts'
import { addDays, type Day, londonDay } from '../../platform/calendar.ts'
import { invented, type Setting } from './setting.ts'
import type { Staff, Worker } from './staff.ts'

export interface SyntheticBid {
  id: string
  reference: string
  resource: string
  asker: Worker
  askedAt: Date
  place: string
  cohort: string | null
  area: string | null
  measure: string | null
  startsOn: Day
  endsOn: Day
  aim: string
  answers: { name: string; says: string }[]
  state: Exclude<BidState, 'unmade'>
  deleteOn: Day
  moves: { move: BidMove; by: Worker; at: Date; fromOn: Day | null; toOn: Day | null; detail: MoveDetail }[]
}

export interface Bids {
  bids: SyntheticBid[]
}

interface Plan {
  /** Place in the list of the pack's resources. */
  resource: number
  kind: 'partnership' | 'council' | 'police'
  place: string | null
  measure: string | null
  /** Days from today. */
  asked: number
  starts: number
  days: number
  steps: readonly Exclude<BidMove, 'ask'>[]
}

const plans: readonly Plan[] = [
  // Three for the same days of one task force: the meeting decides.
  {
    resource: 0,
    kind: 'council',
    place: 'Bus interchange and the two streets behind it',
    measure: 'robbery-personal',
    asked: -9,
    starts: 14,
    days: 14,
    steps: [],
  },
  {
    resource: 0,
    kind: 'partnership',
    place: 'Arcades of the city centre, Friday and Saturday evenings',
    measure: 'public-place-violence',
    asked: -6,
    starts: 18,
    days: 10,
    steps: [],
  },
  { resource: 0, kind: 'police', place: null, measure: null, asked: -4, starts: 20, days: 14, steps: [] },
  {
    resource: 2,
    kind: 'partnership',
    place: 'Tram stops between two colleges',
    measure: 'robbery-personal',
    asked: -12,
    starts: 7,
    days: 21,
    steps: [],
  },
  {
    resource: 1,
    kind: 'council',
    place: 'Station entrance',
    measure: 'knife-crime',
    asked: -20,
    starts: 3,
    days: 5,
    steps: ['grant'],
  },
  {
    resource: 0,
    kind: 'partnership',
    place: 'Park behind the leisure centre',
    measure: 'u25-vwi',
    asked: -34,
    starts: -8,
    days: 14,
    steps: ['grant', 'deploy'],
  },
  {
    resource: 0,
    kind: 'council',
    place: 'High street, after school',
    measure: 'robbery-personal',
    asked: -130,
    starts: -110,
    days: 14,
    steps: ['grant', 'deploy', 'end'],
  },
  {
    resource: 2,
    kind: 'council',
    place: 'Bus routes to two schools',
    measure: 'u25-vwi',
    asked: -160,
    starts: -140,
    days: 28,
    steps: ['grant', 'deploy', 'end'],
  },
  {
    resource: 1,
    kind: 'partnership',
    place: 'Market on Saturdays',
    measure: null,
    asked: -95,
    starts: -80,
    days: 3,
    steps: ['grant', 'not-deployed'],
  },
  {
    resource: 0,
    kind: 'police',
    place: 'Car park of the retail park',
    measure: 'vehicle-crime',
    asked: -70,
    starts: -60,
    days: 7,
    steps: ['refuse'],
  },
  {
    resource: 2,
    kind: 'council',
    place: 'Canal towpath',
    measure: null,
    asked: -50,
    starts: -40,
    days: 7,
    steps: ['withdraw'],
  },
]

const says: Readonly<Record<string, string>> = {
  harm: 'Robberies and injuries that were reported there since the summer, most between three and seven in the afternoon; the ambulance service names the same corner.',
  tried:
    'A youth club opened two evenings; officers of the neighbourhood walk there when they can. It helped while they were there.',
  community:
    'Shopkeepers and two youth groups were asked. They want people whom they know, and to see how searches are used.',
  prevention: 'Youth workers stay until the spring, and the council mends the lights in the underpass.',
}

const details: Record<Exclude<BidMove, 'ask'>, MoveDetail> = {
  grant: {
    because:
      'The harm is recent and was reported by the public, and something stays when the resource leaves.',
  },
  refuse: { because: 'It is about theft from cars: neighbourhood officers and better lights help more.' },
  withdraw: { because: 'The council could send its own wardens.' },
  deploy: { what: 'A sergeant and eight constables, four evenings a week, with two youth workers.' },
  'not-deployed': { because: 'The arches were needed after an incident elsewhere.' },
  end: {
    result:
      'Fewer were robbed while the team was there. People asked for the youth workers to stay, and they do.',
    counted: { what: 'Calls to the council about the place, its own log', before: 31, after: 19 },
  },
}

export function inventBids({ pack, today, now }: Setting, staff: Staff): Bids {
  const chairs = (type: string): Worker | null => {
    const chair = pack.meetingTypes.find(t => t.id === type)?.chair
    return staff.workers.find(w => w.agency === chair && w.role === 'commander') ?? null
  }
  const criteria = criteriaOn(pack.bidCriteria, today)
  const bids = plans.flatMap((plan, n): SyntheticBid[] => {
    const resource = pack.resources[plan.resource]
    const type = pack.meetingTypes.find(t => t.id === resource?.decidedBy)
    const chair = resource && chairs(resource.decidedBy)
    const agency = pack.agencies.find(a => a.kind === plan.kind && type?.members.includes(a.id))
    const asker = agency && staff.keepers(agency.id)[0]
    const cohort = plan.place === null ? pack.cohorts[0] : null
    if (!resource || !chair || !asker || (plan.place === null && !cohort)) return []
    const holder = staff.keepers(resource.agency)[0] ?? chair
    const askedAt = at(addDays(today, plan.asked), 10)
    const startsOn = addDays(today, plan.starts)
    const endsOn = addDays(startsOn, plan.days - 1)
    const when: Record<Exclude<BidMove, 'ask'>, Date> = {
      grant: at(addDays(today, plan.asked + 2), 11),
      refuse: at(addDays(today, plan.asked + 2), 11),
      withdraw: at(addDays(today, plan.asked + 1), 9),
      deploy: at(startsOn, 17),
      'not-deployed': at(startsOn, 9),
      end: at(addDays(endsOn, 4), 15),
    }
    const by: Record<Exclude<BidMove, 'ask'>, Worker> = {
      grant: chair,
      refuse: chair,
      withdraw: asker,
      deploy: holder,
      'not-deployed': holder,
      end: asker,
    }
    const made = plan.steps.filter(move => when[move] < now)
    return [
      {
        id: invented('bid', n + 1),
        reference: '',
        resource: resource.id,
        asker,
        askedAt,
        place: plan.place ?? '',
        cohort: cohort?.id ?? null,
        area: plan.measure ? (pack.localAuthorities[0]?.code ?? null) : null,
        measure: pack.localAuthorities[0] ? plan.measure : null,
        startsOn,
        endsOn,
        aim: plan.place
          ? 'Fewer people are hurt or robbed there after school and in the evening, and they say so themselves.'
          : 'Fewer injuries among the young people in the cohort while two groups are at odds.',
        answers: criteria.map(({ id, name }) => ({ name, says: says[id] ?? says.harm! })),
        state: made.length > 0 ? moves[made.at(-1)!].to : 'asked',
        deleteOn: retentionDates('bid', londonDay(askedAt), { child: false }).deleteOn,
        moves: [
          { move: 'ask', by: asker, at: askedAt, fromOn: null, toOn: null, detail: {} },
          ...made.map(move => ({
            move,
            by: by[move],
            at: when[move],
            fromOn: move === 'grant' || move === 'deploy' ? startsOn : null,
            toOn: move === 'grant' ? endsOn : null,
            detail: details[move],
          })),
        ],
      },
    ]
  })
  return { bids: numbered(bids) }
}

const at = (day: Day, hour: number): Date => new Date(`${day}T${String(hour).padStart(2, '0')}:00:00Z`)

/** References in the order in which they were asked for. */
function numbered(bids: SyntheticBid[]): SyntheticBid[] {
  const last = new Map<string, number>()
  return bids
    .toSorted((a, b) => a.askedAt.getTime() - b.askedAt.getTime())
    .map(bid => {
      const year = londonDay(bid.askedAt).slice(0, 4)
      const n = (last.get(year) ?? 0) + 1
      last.set(year, n)
      return { ...bid, reference: `BID-${year}-${String(n).padStart(4, '0')}` }
    })
}
