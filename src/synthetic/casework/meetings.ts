/**
 * 900 meetings of three years, with who came, what was said and decided, and what was given out; and the daily meeting of
 * today, which waits. Kinds of meeting, hours and members are those of the area pack.
 */
import { type ItemKind, itemKinds, type PackMeetingType } from '../../areas/meeting-type.ts'
import { meetingsBetween } from '../../casework/tasking/meetings/cadence.ts'
import type { Attendance, EntryKind, Part } from '../../casework/tasking/meetings/meeting.ts'
import { purposes } from '../../governance/purposes.ts'
import { retentionDates } from '../../governance/retention/retention-dates.ts'
import { addDays, type Day, londonDay } from '../../platform/calendar.ts'
import { londonInstant } from '../../platform/london-time.ts'
import { isWorkingDay } from '../../platform/working-days.ts'
import type { Random } from '../random.ts'
import { boardDecisions, decided, matters, results, said, tasks } from './meeting-texts.ts'
import type { Register, SyntheticRecord } from './people.ts'
import { invented, later, pick, type Setting } from './setting.ts'
import { isCast, type Staff, type Worker } from './staff.ts'

const MEETINGS = 900
/** Three years, and not a day longer than what is said in a meeting is kept. */
const DAYS_BACK = 1090
/** Called ones, over the three years. */
const CALLED = 36
/** Actions older than this are left to plans. */
const ACTIONS_DAYS = 400

export interface Seat {
  id: string
  type: string
  worker: Worker
  part: Part
  since: Day
}

export interface SyntheticMeeting {
  id: string
  reference: string
  type: PackMeetingType
  startsAt: Date
  state: 'planned' | 'closed' | 'called-off'
  chair: Worker | null
  members: { worker: Worker; part: Part; attendance: Attendance; presentFrom: Date | null }[]
  moves: { action: string; stateAfter: string; by: Worker | null; at: Date; detail: object }[]
  items: SyntheticItem[]
  entries: SyntheticSaid[]
}

interface SyntheticItem {
  id: string
  section: string
  kind: ItemKind
  title: string
  agency: string | null
  person: string | null
  called: string | null
  addedBy: Worker | null
  passedAt: Date | null
  passedBy: Worker | null
  /** Where it was gathered from, where that is still there. */
  source?: { kind: string; id: string }
}

interface SyntheticSaid {
  id: string
  item: SyntheticItem | null
  kind: EntryKind
  text: string
  worker: Worker
  at: Date
  action: SyntheticTask | null
}

export interface SyntheticTask {
  id: string
  meeting: string
  item: string | null
  what: string
  agency: string
  dueOn: Day
  madeBy: Worker
  madeAt: Date
  purpose: string
  legalBasis: string
  audience: string[]
  /** Null while it is open. */
  finished: { by: Worker; at: Date; result: string } | null
  suspendedOn: Day | null
  reviewOn: Day
  deleteOn: Day
}

export interface Meetings {
  seats: Seat[]
  meetings: SyntheticMeeting[]
}

export function inventMeetings(setting: Setting, staff: Staff, register: Register): Meetings {
  const { pack, today } = setting
  const random = setting.chance('meetings')
  const seats = inventSeats(setting, staff)
  const starts = pack.meetingTypes.flatMap(type =>
    startsOf(random, type, setting).map(startsAt => ({ type, startsAt })),
  )
  // The daily meetings of the last years make up the number.
  const daily = (type: PackMeetingType) => type.cadence.kind === 'daily'
  const others = starts.filter(s => !daily(s.type))
  const dailies = starts
    .filter(s => daily(s.type) && s.type.localAuthorities)
    .sort((a, b) => b.startsAt.getTime() - a.startsAt.getTime())
    .slice(0, Math.max(0, MEETINGS - others.length))
  const held = [...others, ...dailies].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  const numbers = new Map<string, number>()
  const reference = (at: Date) => {
    const year = londonDay(at).slice(0, 4)
    const n = (numbers.get(year) ?? 0) + 1
    numbers.set(year, n)
    return `M-${year}-${String(n).padStart(4, '0')}`
  }
  const count = { item: 0, said: 0 }
  const meetings = held.flatMap(({ type, startsAt }, n) => {
    const own = seats.filter(s => s.type === type.id)
    if (own.length === 0) return []
    return [
      holdOne(
        random,
        setting,
        register,
        { id: invented('meeting', n + 1), type, startsAt, seats: own, reference: reference(startsAt) },
        count,
      ),
    ]
  })
  const waiting = pack.meetingTypes
    .filter(t => daily(t) && seats.some(s => s.type === t.id))
    .map((type, n) =>
      waits(
        type,
        seats,
        londonInstant(today, hourOf(type)),
        invented('meeting', held.length + n + 1),
        reference,
      ),
    )
  forgetOne(meetings, today)
  return { seats, meetings: [...meetings, ...waiting] }
}

/** Of what is open, the oldest was looked at by nobody: it is hidden, and somebody will ask. */
function forgetOne(meetings: readonly SyntheticMeeting[], today: Day): void {
  const open = meetings.flatMap(m =>
    m.entries.flatMap(e => (e.action && !e.action.finished ? [e.action] : [])),
  )
  if (open[0]) Object.assign(open[0], { reviewOn: addDays(today, -2), suspendedOn: addDays(today, -1) })
}

const hourOf = ({ cadence }: PackMeetingType): number =>
  'at' in cadence ? Number(cadence.at.slice(0, 2)) + Number(cadence.at.slice(3)) / 60 : 9

/** Instants before today at which a meeting of the kind was held. */
function startsOf(random: Random, type: PackMeetingType, { today }: Setting): Date[] {
  const from = addDays(today, -DAYS_BACK)
  if (type.cadence.kind !== 'called') return meetingsBetween(type.cadence, from, addDays(today, -1))
  return Array.from({ length: CALLED }, () => {
    let day = addDays(today, -random.between(3, DAYS_BACK))
    while (!isWorkingDay(day)) day = addDays(day, 1)
    return londonInstant(day < today ? day : addDays(today, -3), random.between(10, 16))
  }).filter((at, n, all) => all.findIndex(other => other.getTime() === at.getTime()) === n)
}

/** One of every member agency, the cast where they can; a second of the agency in the chair. */
function inventSeats({ pack, today }: Setting, staff: Staff): Seat[] {
  const seats: Seat[] = []
  for (const type of pack.meetingTypes) {
    const roles = type.purpose
      ? ['commander', 'coordinator', 'practitioner']
      : ['board-member', 'commander', 'coordinator', 'practitioner', 'analyst']
    for (const agency of type.members) {
      const fit = staff.workers
        .filter(w => w.agency === agency && w.state === 'active' && roles.includes(w.role))
        .sort(
          (a, b) => Number(isCast(b)) - Number(isCast(a)) || roles.indexOf(a.role) - roles.indexOf(b.role),
        )
      const leads = agency === type.chair
      for (const worker of fit.slice(0, leads ? 2 : 1)) {
        const chairs = leads && !seats.some(s => s.type === type.id && s.part === 'chair')
        const part: Part = chairs
          ? 'chair'
          : worker.agencyKind === 'partnership' && worker.role === 'coordinator'
            ? 'secretary'
            : 'member'
        seats.push({
          id: invented('seat', seats.length + 1),
          type: type.id,
          worker,
          part,
          since: addDays(today, -DAYS_BACK - 10),
        })
      }
    }
  }
  return seats
}

function waits(
  type: PackMeetingType,
  seats: readonly Seat[],
  startsAt: Date,
  id: string,
  reference: (at: Date) => string,
): SyntheticMeeting {
  const own = seats.filter(s => s.type === type.id)
  return {
    id,
    reference: reference(startsAt),
    type,
    startsAt,
    state: 'planned',
    chair: own.find(s => s.part === 'chair')?.worker ?? null,
    members: own.map(({ worker, part }) => ({ worker, part, attendance: 'expected', presentFrom: null })),
    moves: [planned(later(startsAt, -14 * 24 * 60))],
    items: [],
    entries: [],
  }
}

const planned = (at: Date) => ({ action: 'plan', stateAfter: 'planned', by: null, at, detail: {} })

interface Held {
  id: string
  reference: string
  type: PackMeetingType
  startsAt: Date
  seats: Seat[]
}

function holdOne(
  random: Random,
  setting: Setting,
  register: Register,
  { id, reference, type, startsAt, seats }: Held,
  count: { item: number; said: number },
): SyntheticMeeting {
  const chair = seats.find(s => s.part === 'chair')?.worker ?? seats[0]!.worker
  const runs = seats.find(s => s.part === 'secretary')?.worker ?? chair
  const moves: SyntheticMeeting['moves'] = [planned(later(startsAt, -14 * 24 * 60))]
  const base = { id, reference, type, startsAt, chair }
  if (random.chance(0.01)) {
    const detail = { because: 'Too few could come; what was due goes to the next meeting.' }
    moves.push({ action: 'call-off', stateAfter: 'called-off', by: runs, at: later(startsAt, -120), detail })
    const members = seats.map(({ worker, part }) => ({
      worker,
      part,
      attendance: 'expected' as const,
      presentFrom: null,
    }))
    return { ...base, state: 'called-off', members, moves, items: [], entries: [] }
  }
  const opened = later(startsAt, random.between(0, 4))
  const members = seats.map(({ worker, part }) => {
    const luck = random.unit()
    const attendance: Attendance =
      worker === chair || worker === runs || luck < 0.82 ? 'present' : luck < 0.93 ? 'apologies' : 'absent'
    return { worker, part, attendance, presentFrom: attendance === 'present' ? later(opened, 1) : null }
  })
  const there = members.filter(m => m.attendance === 'present').map(m => m.worker)
  const items = inventItems(random, register, type, there, count)
  const entries: SyntheticSaid[] = []
  let at = later(opened, 2)
  const speak = (item: SyntheticItem | null, kind: EntryKind, text: string, worker: Worker) => {
    at = new Date(at.getTime() + random.between(20, 150) * 1000)
    const said: SyntheticSaid = {
      id: invented('said', ++count.said),
      item,
      kind,
      text,
      worker,
      at,
      action: null,
    }
    entries.push(said)
    return said
  }
  for (const item of items) {
    for (let n = random.between(0, type.purpose ? 2 : 1); n > 0; n--) {
      const kind = pick(random, ['shared', 'shared', 'note', 'question'] as const)
      const worker = pick(random, there)
      speak(item, kind, capital(pick(random, said[kind])), worker)
    }
    if (random.chance(0.45))
      speak(item, 'decision', pick(random, type.purpose ? decided : boardDecisions), runs)
    if (type.purpose && random.chance(0.3) && londonDay(startsAt) > addDays(setting.today, -ACTIONS_DAYS)) {
      const doer = pick(random, there)
      const entry = speak(item, 'action', pick(random, tasks), runs)
      entry.action = inventTask(random, setting, {
        entry,
        meeting: id,
        doer,
        runs,
        there,
        purpose: type.purpose,
      })
    }
    item.passedAt = at
    item.passedBy = runs
  }
  const closed = later(at, random.between(1, 6))
  moves.push({ action: 'open', stateAfter: 'open', by: runs, at: opened, detail: {} })
  const agencies = new Set(there.map(w => w.agency))
  const counted = [...agencies].filter(a => type.quorum.of?.includes(a) ?? true).length
  moves.push({
    action: 'close',
    stateAfter: 'closed',
    by: runs,
    at: closed,
    detail: { agencies: counted, quorate: counted >= type.quorum.agencies },
  })
  return { ...base, state: 'closed', members, moves, items, entries }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const MOST_ITEMS = 5

function inventItems(
  random: Random,
  register: Register,
  type: PackMeetingType,
  there: readonly Worker[],
  count: { item: number },
): SyntheticItem[] {
  const gathered = type.agenda.filter(rule => matters[rule.items])
  const byHand = type.sees.filter(
    kind => matters[kind] && !gathered.some(r => r.items === kind) && kind !== 'incident',
  )
  const wanted: { section: string; kind: ItemKind; hand: boolean }[] = [
    ...gathered.map(rule => ({ section: rule.section, kind: rule.items, hand: false })),
    ...byHand.map(kind => ({ section: 'Brought up by members', kind, hand: true })),
  ]
  return wanted
    .filter(() => random.chance(MOST_ITEMS / (wanted.length + 1)))
    .map(({ section, kind, hand }) => {
      const worker = pick(random, there)
      const about = kind === 'person' ? pickRecord(random, register, worker) : null
      const owned = hand || itemKinds[kind].aboutPeople
      return {
        id: invented('matter', ++count.item),
        section,
        kind,
        title: pick(random, matters[kind]!),
        agency: owned ? worker.agency : null,
        person: about?.person ?? null,
        called: about ? about.names.map(n => `${n.given} ${n.family}`.trim())[0]! : null,
        addedBy: hand ? worker : null,
        passedAt: null,
        passedBy: null,
      }
    })
}

/** Somebody whom the worker's agency knows, and does not keep from others. */
function pickRecord(random: Random, register: Register, { agency }: Worker): SyntheticRecord | null {
  const known = register.at(agency).filter(r => !r.sensitive)
  return known.length > 0 ? pick(random, known) : null
}

export function inventTask(
  random: Random,
  { now, today }: Setting,
  {
    entry,
    meeting,
    doer,
    runs,
    there,
    purpose,
  }: {
    entry: SyntheticSaid
    meeting: string
    doer: Worker
    runs: Worker
    there: readonly Worker[]
    purpose: string
  },
): SyntheticTask {
  const madeOn = londonDay(entry.at)
  let dueOn = addDays(madeOn, pick(random, [1, 7, 7, 14, 28]))
  while (!isWorkingDay(dueOn)) dueOn = addDays(dueOn, 1)
  const done = later(entry.at, random.between(600, 24 * 60 * 12))
  const isDone = dueOn < addDays(today, -12) || (done < now && random.chance(0.6))
  const { reviewOn, deleteOn } = retentionDates('action', madeOn, { child: true })
  // Whoever chases looks at what is open, now and then.
  const looked = addDays(today, 3)
  return {
    id: entry.id,
    meeting,
    item: entry.item?.id ?? null,
    what: entry.text,
    agency: doer.agency,
    dueOn,
    madeBy: runs,
    madeAt: entry.at,
    purpose,
    legalBasis: purposes.find(p => p.id === purpose)!.legalBases[0]!,
    audience: [...new Set(there.map(w => w.agency))].filter(a => a !== doer.agency && a !== runs.agency),
    finished: isDone ? { by: doer, at: done < now ? done : now, result: pick(random, results) } : null,
    suspendedOn: null,
    reviewOn: !isDone && reviewOn < looked ? looked : reviewOn,
    deleteOn,
  }
}
