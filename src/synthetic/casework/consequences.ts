/**
 * Consequence management of the last months: one of yesterday, about which a meeting is being held this morning; one whose
 * review is overdue; the others reviewed and closed.
 */

import type { ConsequenceMove } from '../../casework/tasking/consequences/consequence.ts'
import type { Tension } from '../../casework/tasking/consequences/consequence-entry.ts'
import { purposes } from '../../governance/purposes.ts'
import { retentionDates, ruleFor } from '../../governance/retention/retention-dates.ts'
import { addDays, type Day, londonDay } from '../../platform/calendar.ts'
import { happenings, reviews, written } from './consequence-texts.ts'
import { earlier, invented, later, type Setting } from './setting.ts'
import type { Staff, Worker } from './staff.ts'

export interface SyntheticConsequence {
  id: string
  reference: string
  what: string
  place: string
  happenedOn: Day
  happenedAt: string
  incident: string
  owner: Worker
  agencies: string[]
  state: 'open' | 'reviewed' | 'closed'
  openedAt: Date
  reviewDueOn: Day
  closedAt: Date | null
  purpose: string
  legalBasis: string
  reviewDays: number
  reviewOn: Day
  deleteOn: Day
  moves: {
    move: ConsequenceMove
    after: 'open' | 'reviewed' | 'closed'
    by: Worker
    at: Date
    toAgency: string | null
    dueOn: Day | null
    detail: { affected?: string; result?: string; grade?: Tension; because?: string }
  }[]
  entries: {
    id: string
    kind: (typeof written)[number]['kind']
    nature: 'fact' | 'reported' | 'assessment'
    text: string
    called: string | null
    role: string | null
    grade: string | null
    authority: string | null
    by: Worker
    at: Date
  }[]
}

export interface Consequences {
  consequences: SyntheticConsequence[]
}

const PURPOSE = 'safeguarding'

/** Days ago on which each was opened: of yesterday, and one whose review nobody has written. */
const openedAgo = [1, 10, 4, 23, 38, 57, 71, 84]
const OVERDUE = 1

/** Kinds of agency that are brought to it, as far as the area has them and they have agreed to hear each other. */
const brought = ['partnership', 'council', 'children', 'health', 'education', 'youth-justice', 'charity']

const natures = {
  rumour: 'reported',
  online: 'reported',
  tension: 'assessment',
  retaliation: 'assessment',
} as const

export function inventConsequences({ pack, now, today }: Setting, staff: Staff): Consequences {
  const police = pack.agencies.find(a => a.kind === 'police')
  const leaders = [staff.castOf('Chief inspector'), staff.castOf('Neighbourhood police officer')].filter(
    (w): w is Worker => w !== null && w.agency === police?.id,
  )
  if (!police || leaders.length === 0) return { consequences: [] }
  const first = brought.flatMap(
    kind => pack.agencies.find(a => a.kind === kind && staff.keepers(a.id).length > 0) ?? [],
  )
  const writer = (kind: string, owner: Worker): Worker => {
    const agency = first.find(a => a.kind === kind)
    return (agency && staff.keepers(agency.id)[0]) || owner
  }
  const days = pack.consequenceReviews[0]?.days ?? 7
  const basis = purposes.find(p => p.id === PURPOSE)!.legalBases[0]!
  const { reviewDays } = ruleFor('consequence', today)
  const consequences = happenings.map(({ what, place }, n): SyntheticConsequence => {
    const ago = openedAgo[n]!
    const openedOn = addDays(today, -ago)
    const openedAt = new Date(Date.parse(`${openedOn}T22:20:00Z`))
    const owner = leaders[n % leaders.length]!
    const reviewDueOn = addDays(openedOn, days)
    const reviewedAt = new Date(Date.parse(`${reviewDueOn}T10:00:00Z`))
    const done = n !== OVERDUE && reviewedAt < now
    const closedAt = done ? later(reviewedAt, 90) : null
    const review = reviews[n % reviews.length]!
    const entries = written
      .map(({ by, after, text, kind, called, role, grade, authority }, i) => ({
        id: invented('consequence-entry', n * 100 + i + 1),
        kind,
        nature: natures[kind as keyof typeof natures] ?? ('fact' as const),
        text,
        called: called ?? null,
        role: role ?? null,
        grade: grade ?? null,
        authority: authority ?? null,
        by: by === 'police' ? owner : writer(by, owner),
        at: later(openedAt, after * 60),
      }))
      .filter(e => e.at < now)
    const last = closedAt ?? entries.at(-1)?.at ?? openedAt
    const kept = retentionDates('consequence', openedOn, { child: true })
    const base = { by: owner, toAgency: null, dueOn: null, detail: {} }
    return {
      id: invented('consequence', n + 1),
      reference: '',
      what,
      place,
      happenedOn: openedOn,
      happenedAt: '21:40',
      incident: `LOG ${1200 + n * 37} (synthetic)`,
      owner,
      agencies: first.map(a => a.id),
      state: done ? 'closed' : 'open',
      openedAt,
      reviewDueOn,
      closedAt,
      purpose: PURPOSE,
      legalBasis: basis,
      reviewDays: reviewDays.child,
      reviewOn: addDays(londonDay(earlier(last, now)), reviewDays.child),
      deleteOn: closedAt ? addDays(londonDay(closedAt), 365) : kept.deleteOn,
      moves: [
        { ...base, move: 'open', after: 'open', at: openedAt, dueOn: reviewDueOn },
        ...first.map((agency, i) => ({
          ...base,
          move: 'add-agency' as const,
          after: 'open' as const,
          at: later(openedAt, 10 + i),
          toAgency: agency.id,
        })),
        ...(closedAt
          ? [
              {
                ...base,
                move: 'review' as const,
                after: 'reviewed' as const,
                at: reviewedAt,
                detail: { ...review, grade: 'usual' as const },
              },
              {
                ...base,
                move: 'close' as const,
                after: 'closed' as const,
                at: closedAt,
                detail: { because: 'Calm since, and help goes on where it was taken up.' },
              },
            ]
          : []),
      ],
      entries,
    }
  })
  return { consequences: numbered(consequences) }
}

/** References in the order in which they were opened. */
function numbered(consequences: SyntheticConsequence[]): SyntheticConsequence[] {
  const last = new Map<string, number>()
  return consequences
    .toSorted((a, b) => a.openedAt.getTime() - b.openedAt.getTime())
    .map(c => {
      const year = londonDay(c.openedAt).slice(0, 4)
      const n = (last.get(year) ?? 0) + 1
      last.set(year, n)
      return { ...c, reference: `CM-${year}-${String(n).padStart(4, '0')}` }
    })
}
