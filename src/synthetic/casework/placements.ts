/**
 * 400 people in cohorts over three years, in every state: proposed, waiting for a second approver, placed, moved, reviewed,
 * hidden, archived, removed. Grounds, reasons and words are invented; the panel is the cast and its colleagues.
 */
import type { PackCohort, PackTier } from '../../areas/area-pack.ts'
import type { GivenGround, GroundId } from '../../casework/cohorts/grounds.ts'
import type { MoveDetail, PlacementMove, Seat } from '../../casework/cohorts/placement.ts'
import type { BirthDate } from '../../casework/register/birth-date.ts'
import { usualName } from '../../casework/register/names.ts'
import { retentionDates } from '../../governance/retention/retention-dates.ts'
import { addDays, type Day, earlierOf, londonDay } from '../../platform/calendar.ts'
import type { Random } from '../random.ts'
import { childOn } from './kept-until.ts'
import type { Register, SyntheticRecord } from './people.ts'
import {
  grounds,
  moved,
  protective,
  reasons,
  reviewed,
  strengths,
  supportGrounds,
  views,
} from './placement-texts.ts'
import { earlier, inOfficeHours, invented, pick, type Setting, shuffled } from './setting.ts'
import type { Staff, Worker } from './staff.ts'

export interface SyntheticMove {
  action: PlacementMove
  after: string
  by: Worker
  at: Date
  detail: MoveDetail
}

export interface SyntheticPlacement {
  id: string
  reference: string
  cohort: PackCohort
  record: SyntheticRecord
  called: string
  birth: BirthDate | null
  proposer: Worker
  createdAt: Date
  reviewOn: Day
  deleteOn: Day
  moves: SyntheticMove[]
  contacts: { id: string; on: Day; how: 'met' | 'spoke' | 'tried'; by: Worker }[]
}

export interface SyntheticPanelSeat {
  cohort: string
  worker: Worker
  part: 'chair' | 'member' | 'adviser'
}

export interface Placements {
  panelSeats: SyntheticPanelSeat[]
  placements: SyntheticPlacement[]
}

const PEOPLE = 400

/** How many of a hundred stand where; what has ended lies up to three years back. */
const standings = [
  ['to-approve', 5],
  ['to-decide', 5],
  ['placed', 52],
  ['moving', 3],
  ['lapsed', 1],
  ['refused', 3],
  ['archived', 24],
  ['removed', 7],
] as const

type Wanted = (typeof standings)[number][0]

export function inventPlacements(setting: Setting, staff: Staff, register: Register): Placements {
  const random = setting.chance('placements')
  const { pack } = setting
  const seats = pack.cohorts.flatMap(cohort => seatsOf(cohort, staff))
  const wanted = shuffled(
    random,
    standings.flatMap(([state, share]) => Array.from({ length: (PEOPLE / 100) * share }, () => state)),
  )
  const taken = new Set<string>()
  const drawn = wanted.flatMap((state, n): Omit<SyntheticPlacement, 'reference'>[] => {
    const cohort = pack.cohorts[n % pack.cohorts.length]!
    const record = candidate(random, cohort, register, taken)
    const panel = seats.filter(s => s.cohort === cohort.id)
    if (!record || !panel.some(s => s.part === 'chair')) return []
    taken.add(record.person)
    return [place(random, setting, { n, state, cohort, record, panel })]
  })
  const numbers = new Map<string, number>()
  const placements = drawn
    .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
    .map(placement => {
      const year = londonDay(placement.createdAt).slice(0, 4)
      const number = (numbers.get(year) ?? 0) + 1
      numbers.set(year, number)
      return { ...placement, reference: `T-${year}-${String(number).padStart(4, '0')}` }
    })
  return { panelSeats: seats, placements }
}

/** The cast where its agencies are party, and two or three of their colleagues; one who chairs, and one who can for them. */
function seatsOf(cohort: PackCohort, staff: Staff): SyntheticPanelSeat[] {
  const seats: SyntheticPanelSeat[] = []
  const seat = (worker: Worker | null | undefined, part: SyntheticPanelSeat['part']) => {
    if (!worker || !cohort.parties.includes(worker.agency)) return
    if (!seats.some(s => s.worker.id === worker.id)) seats.push({ cohort: cohort.id, worker, part })
  }
  const inspector = staff.castOf('Chief inspector')
  const leads = staff.coordinators(cohort.leadAgency)
  seat(cohort.leadAgency === inspector?.agency ? inspector : leads[0], 'chair')
  seat(cohort.leadAgency === inspector?.agency ? leads[0] : staff.keepers(cohort.leadAgency)[0], 'member')
  seat(staff.castOf('Triage coordinator'), 'member')
  seat(staff.castOf('Social worker'), 'member')
  seat(staff.castOf('Probation officer'), 'adviser')
  for (const party of cohort.parties) {
    if (seats.filter(s => s.part === 'member').length >= 5) break
    seat(staff.coordinators(party)[0], 'member')
  }
  return seats
}

/** Somebody whom an agency of the cohort holds, young enough, and in no cohort yet. */
function candidate(
  random: Random,
  { parties, scheme }: PackCohort,
  register: Register,
  taken: ReadonlySet<string>,
): SyntheticRecord | null {
  const held = parties.filter(p => register.at(p).length > 0)
  for (let tries = 0; held.length > 0 && tries < 60; tries++) {
    const record = pick(random, register.at(pick(random, held)))
    if (taken.has(record.person) || record.birth === null || record.sensitive) continue
    const born = Number(record.birth.date.slice(0, 4))
    const youth = scheme === 'youth-at-risk'
    if (born < (youth ? 2009 : 1995)) continue
    return record
  }
  return null
}

interface Plan {
  n: number
  state: Wanted
  cohort: PackCohort
  record: SyntheticRecord
  panel: readonly SyntheticPanelSeat[]
}

/** Days ago on which it was proposed, at least and at most. */
const proposedAgo: Record<Wanted, readonly [number, number]> = {
  'to-approve': [1, 4],
  'to-decide': [2, 9],
  placed: [12, 640],
  moving: [60, 500],
  lapsed: [30, 36],
  refused: [12, 1000],
  archived: [200, 1090],
  removed: [90, 1090],
}

function place(
  random: Random,
  setting: Setting,
  { n, state, cohort, record, panel }: Plan,
): Omit<SyntheticPlacement, 'reference'> {
  const { today, now, pack } = setting
  const tiers = pack.tierSchemes.find(s => s.id === cohort.scheme)!.tiers
  const proposedOn = addDays(today, -random.between(...proposedAgo[state]))
  const child = childOn(record.birth, proposedOn)
  const chair = panel.find(s => s.part === 'chair')!.worker
  const members = panel.filter(s => s.part === 'member').map(s => s.worker)
  const proposer = record.owner.id === chair.id ? members[0]! : record.owner
  const fits = tiers.filter(
    t =>
      t.mayPlace.some(role => role === chair.role) && (state !== 'to-approve' || (t.aboveSupport && child)),
  )
  // A proposal that waits for a second approver is of a child, above support; where none fits, it waits for the panel.
  const drawn = pick(random, fits.length > 0 ? fits : tiers)
  // A child in custody is in a secure home or school; the tiers of custody are prisons'.
  const tier = child && drawn.custody ? tiers.find(t => !t.custody)! : drawn
  const second = child && tier.aboveSupport
  const waits = state === 'to-approve' && !second ? 'to-decide' : state
  const moves: SyntheticMove[] = []
  const act = (action: PlacementMove, after: string, by: Worker, day: Day, detail: MoveDetail) => {
    const before = moves.at(-1)?.at.getTime() ?? 0
    const at = new Date(Math.max(inOfficeHours(random, day).getTime(), before + 60_000))
    moves.push({ action, after, by, at: earlier(at, now), detail })
  }
  const contacts: SyntheticPlacement['contacts'] = []
  const placement = () => {
    const { reviewOn, deleteOn } = retentionDates('placement', proposedOn, { child })
    return {
      id: invented('placement', n + 1),
      cohort,
      record,
      called: usualName(record.names),
      birth: record.birth,
      proposer,
      createdAt: moves[0]!.at,
      reviewOn: earlierOf(reviewOn, deleteOn),
      deleteOn,
      moves,
      contacts,
    }
  }

  act(
    second ? 'propose-with-approver' : 'propose',
    second ? 'to-approve' : 'to-decide',
    proposer,
    proposedOn,
    {
      tier: tier.id,
      strengths: pick(random, strengths),
      protective: pick(random, protective),
      view: pick(random, views),
      grounds: groundsFor(random, tier, proposedOn),
      because: pick(random, reasons),
    },
  )
  if (waits === 'to-approve') return placement()
  if (second) {
    const approver = members.find(m => m.id !== proposer.id && m.id !== chair.id)!
    act('approve', 'to-decide', approver, addDays(proposedOn, 1), {
      because: 'Read the proposal and the statements.',
    })
  }
  if (waits === 'to-decide') return placement()

  const decidedOn = addDays(proposedOn, random.between(3, 9))
  const owner = pick(random, members)
  const panelOf = (): Seat[] =>
    [chair, ...members.slice(0, random.between(2, 4))].map((worker, i) =>
      i > 0 && random.chance(0.08)
        ? { user: worker.id, view: 'dissented', because: 'Support was not offered for long enough.' }
        : { user: worker.id, view: 'agreed' },
    )
  const period = child ? tier.reviewDaysChild : tier.reviewDays
  if (waits === 'refused') {
    act('refuse', 'refused', chair, decidedOn, {
      because: 'The grounds do not carry it; help was offered instead.',
      panel: panelOf(),
    })
    return placement()
  }
  act('place', 'placed', chair, decidedOn, {
    tier: tier.id,
    owner: owner.id,
    because: pick(random, reasons),
    panel: panelOf(),
    // Days in which nobody looked, where it lapsed.
    reviewOn: waits === 'lapsed' ? addDays(today, -random.between(2, 12)) : addDays(decidedOn, period),
  })
  if (random.chance(0.85)) {
    act('give-notice', 'placed', owner, addDays(decidedOn, random.between(1, 7)), {
      told: 'At home, with a trusted adult.',
    })
  } else {
    act('withhold-notice', 'placed', chair, addDays(decidedOn, 2), {
      because: 'Telling them now would put somebody at risk.',
      againOn: addDays(today, random.between(2, 30)),
    })
  }
  const ends = { archived: 0.8, removed: 0.5, lapsed: 0, placed: 1, moving: 1 }[waits as 'placed']
  const length = Math.floor((Date.parse(today) - Date.parse(decidedOn)) / 86_400_000)
  // A few ended lately: not every agency has confirmed that yet.
  const lately = waits === 'archived' && random.chance(0.1)
  const lastDay = lately
    ? addDays(today, -random.between(1, 12))
    : waits === 'lapsed'
      ? decidedOn
      : addDays(decidedOn, Math.floor(length * ends))
  let looked = decidedOn
  for (
    let next = addDays(looked, Math.floor(period * 0.9));
    next < lastDay;
    next = addDays(next, Math.floor(period * 0.9))
  ) {
    looked = next
    act('review', 'placed', owner, looked, {
      strengths: pick(random, strengths),
      changed: pick(random, reviewed),
      because: 'The visits still help.',
      reviewOn: addDays(looked, period),
    })
  }
  for (
    let day = addDays(decidedOn, random.between(1, tier.firstContactDays + 2)), i = 0;
    day < lastDay && i < 40;
    i++
  ) {
    contacts.push({
      id: invented('contact', n * 64 + i + 1),
      on: day,
      how: random.chance(0.7) ? 'met' : random.chance(0.6) ? 'spoke' : 'tried',
      by: owner,
    })
    day = addDays(day, random.between(9, (tier.visits?.every ?? 21) + 6))
  }
  // Every fifth is in another tier than the one that they came into.
  const toTier = tiers.find(
    t => t.id !== tier.id && !(child && t.aboveSupport) && t.mayMove.some(role => role === chair.role),
  )
  const movedOn = addDays(looked, 6)
  const again = toTier && addDays(movedOn, child ? toTier.reviewDaysChild : toTier.reviewDays)
  if (waits === 'placed' && n % 5 === 0 && movedOn < today && again && again > today) {
    const why = moved[n % moved.length]!
    act('propose-move', 'move-to-decide', owner, addDays(looked, 2), { tier: toTier.id, because: why })
    act('move', 'placed', chair, movedOn, {
      tier: toTier.id,
      owner: owner.id,
      because: why,
      panel: [chair, ...members.slice(0, 2)].map(({ id: user }) => ({ user, view: 'agreed' })),
      reviewOn: again,
    })
  }
  if (waits === 'moving') {
    const other = tiers.find(t => t.id !== tier.id && !(child && t.aboveSupport))
    if (other) {
      act('propose-move', 'move-to-decide', owner, addDays(today, -random.between(1, 5)), {
        tier: other.id,
        because: pick(random, moved),
      })
    }
  }
  if (waits === 'archived') {
    act('archive', 'archived', members[0]!, lastDay, {
      achieved: random.chance(0.5) ? ['no-harm', 'work'] : ['no-harm', 'learning', 'people'],
      changed: pick(random, reviewed),
      checked: 'Records of the police and of hospitals since the last review.',
      pseudonym: `synthetic-${random.below(0x1_00_00_00).toString(16).padStart(6, '0')}`,
    })
  }
  if (waits === 'removed') {
    act('remove', 'removed', chair, lastDay, {
      reason: pick(random, ['grounds-gone', 'other-help', 'moved-away', 'challenge-upheld']),
      because: 'The panel looked again.',
    })
  }
  return placement()
}

function groundsFor(random: Random, tier: PackTier, day: Day): GivenGround[] {
  const list = tier.aboveSupport ? grounds : [...supportGrounds, ...grounds]
  return shuffled(random, list)
    .slice(0, random.between(1, 2))
    .map(({ ground, says, source }) => ({
      ground: ground as GroundId,
      says,
      source,
      on: addDays(day, -random.between(3, 200)),
    }))
}
