/**
 * Some of the people in cohorts are in custody, some came out lately: a release tomorrow and one in three days for the
 * probation officer of the cast, and one that nobody has said anything of. And who else works with people in cohorts.
 */

import type { CustodyMove, InsideKind } from '../../casework/custody/custody.ts'
import type { CustodyDetail } from '../../casework/custody/custody-store.ts'
import { usualName } from '../../casework/register/names.ts'
import { retentionDates } from '../../governance/retention/retention-dates.ts'
import { addDays, type Day, earlierOf, londonDay } from '../../platform/calendar.ts'
import type { Random } from '../random.ts'
import {
  conflicts,
  custodyReviewed,
  establishments,
  leadPosts,
  overBecause,
  releaseBecause,
  toldBy,
  visitors,
  wings,
} from './custody-texts.ts'
import { childOn, keptUntil } from './kept-until.ts'
import type { SyntheticRecord } from './people.ts'
import type { SyntheticPlacement } from './placements.ts'
import type { SyntheticAction } from './plan-actions.ts'
import type { SyntheticPlan } from './plans.ts'
import {
  ago,
  earlier,
  inOfficeHours,
  invented,
  later,
  latest,
  pick,
  type Setting,
  shuffled,
} from './setting.ts'
import type { Staff, Worker } from './staff.ts'

export interface SyntheticSpell {
  id: string
  reference: string
  person: string
  called: string
  child: boolean
  owner: Worker
  since: Day
  madeAt: Date
  establishment: string
  wing: string
  releaseOn: Day | null
  reviewOn: Day
  deleteOn: Day
  suspendedOn: Day | null
  legalBasis: string
  moves: {
    move: CustodyMove
    after: 'in' | 'released'
    at: Date
    onDay: Day | null
    reviewOn: Day | null
    detail: CustodyDetail
  }[]
  concerns: {
    id: string
    kind: InsideKind
    nature: string
    text: string
    source: string
    onDay: Day
    by: Worker
    at: Date
    over: { at: Date; because: string } | null
  }[]
  /** Of the plan about them, where there is one. */
  gate: { plan: string; by: Worker; needs: string[]; actions: string[] } | null
  /** A plan in which the release stands as a turning point. */
  turned: { id: string; plan: SyntheticPlan } | null
}

export interface SyntheticArrangement {
  id: string
  person: string
  kind: string
  child: boolean
  by: Worker
  since: Day
  madeAt: Date
  leadWorker: string
  contact: string
  toldBy: string
  legalBasis: string
  reviewOn: Day
  deleteOn: Day
  suspendedOn: Day | null
}

export interface Custody {
  spells: SyntheticSpell[]
  arrangements: SyntheticArrangement[]
}

const INSIDE = 44
const RELEASED = 12
const ARRANGEMENTS = 90

const LEGAL_BASIS = 'Crime and Disorder Act 1998, section 115'

/** Days until they come out, of the first few: tomorrow's and the one in three days are the cast's; one is overdue. */
const firstReleases = [1, 3, -2, 5, 6, 12]

export function inventCustody(
  setting: Setting,
  staff: Staff,
  {
    placements,
    plans,
    actions,
  }: { placements: SyntheticPlacement[]; plans: SyntheticPlan[]; actions: SyntheticAction[] },
): Custody {
  const random = setting.chance('custody')
  const known = setting.pack.custodyKnownTo.map(k => k.kind)
  const custodial = new Set(
    setting.pack.tierSchemes.flatMap(s => s.tiers.filter(t => t.custody).map(t => `${s.id} ${t.id}`)),
  )
  const inCustodyTier = ({ cohort, moves }: SyntheticPlacement) =>
    custodial.has(`${cohort.scheme} ${moves.findLast(m => m.detail.tier !== undefined)?.detail.tier}`)
  const placed = placements.filter(p => ['placed', 'move-to-decide'].includes(p.moves.at(-1)!.after))
  const officer = staff.castOf('Probation officer')
  const kept = shuffled(random, placed)
    .flatMap(placement => {
      const record = keeping(placement.record, known)
      return record ? [{ placement, record }] : []
    })
    .toSorted((a, b) => Number(inCustodyTier(b.placement)) - Number(inCustodyTier(a.placement)))
  const first = (agency: string | undefined) =>
    kept.filter(k => k.record.agency === agency).slice(0, firstReleases.length)
  const opening = first(officer?.agency)
  const chosen = [...opening, ...kept.filter(k => !opening.includes(k))].slice(0, INSIDE + RELEASED)
  const spells = chosen.map(({ record }, n): SyntheticSpell => {
    const released = n >= INSIDE
    const soon = n < opening.length ? firstReleases[n]! : undefined
    const owner = soon !== undefined && soon > 0 && soon <= 3 && officer ? officer : record.owner
    return inside(random, setting, { n, record, owner, released, soon, plans, actions })
  })
  forgetOne(spells.slice(opening.length, INSIDE), setting)
  const numbers = new Map<string, number>()
  for (const spell of spells.toSorted((a, b) => a.madeAt.getTime() - b.madeAt.getTime())) {
    const year = londonDay(spell.madeAt).slice(0, 4)
    const number = (numbers.get(year) ?? 0) + 1
    numbers.set(year, number)
    spell.reference = `CU-${year}-${String(number).padStart(4, '0')}`
  }
  const arrangements = inventArrangements(setting, placed)
  forgetOne(arrangements, setting)
  return { spells, arrangements }
}

/** One was looked at by nobody: it is hidden, and somebody will ask. */
function forgetOne(list: readonly (SyntheticSpell | SyntheticArrangement)[], { today }: Setting): void {
  const old = list.find(one => londonDay(one.madeAt) < addDays(today, -60))
  if (!old) return
  if ('moves' in old) old.moves = old.moves.filter(m => m.move !== 'review')
  Object.assign(old, { reviewOn: addDays(today, -3), suspendedOn: addDays(today, -2) })
}

/** A record of the person at an agency that may know what there is to mind: of a child rather at youth justice. */
function keeping(
  { siblings, person, birth }: SyntheticRecord,
  known: readonly string[],
): SyntheticRecord | null {
  const fits = siblings.filter(
    r => r.person === person && r.suspendedOn === null && known.includes(r.agencyKind),
  )
  const order = ['youth-justice', 'probation', 'prison', 'police']
  return (
    fits
      .toSorted((a, b) => order.indexOf(a.agencyKind) - order.indexOf(b.agencyKind))
      .find(r => r.birth && birth) ?? null
  )
}

interface Drawn {
  n: number
  record: SyntheticRecord
  owner: Worker
  released: boolean
  soon: number | undefined
  plans: readonly SyntheticPlan[]
  actions: readonly SyntheticAction[]
}

function inside(
  random: Random,
  setting: Setting,
  { n, record, owner, released, soon, plans, actions }: Drawn,
): SyntheticSpell {
  const { today, now } = setting
  const child = childOn(record.birth, today)
  const madeAt = latest(ago(random, setting, released ? 120 : 9, 260), later(record.createdAt, 60))
  const madeOn = londonDay(madeAt)
  const kept = keptUntil(random, 'custody', madeOn, child, today)
  const establishment = pick(random, establishments[child ? 'child' : 'adult'])
  const releaseOn = released
    ? addDays(today, -random.between(2, 60))
    : soon !== undefined
      ? addDays(today, soon)
      : random.chance(0.2)
        ? null
        : addDays(today, random.between(9, 500))
  const spell: SyntheticSpell = {
    id: invented('custody', n + 1),
    reference: '',
    person: record.person,
    called: usualName(record.names),
    child,
    owner,
    since: addDays(madeOn, -random.below(12)),
    madeAt,
    establishment,
    wing: pick(random, wings),
    releaseOn,
    reviewOn: retentionDates('custody', madeOn, { child }).reviewOn,
    deleteOn: retentionDates('custody', madeOn, { child }).deleteOn,
    suspendedOn: null,
    legalBasis: LEGAL_BASIS,
    moves: [],
    concerns: [],
    gate: null,
    turned: null,
  }
  const act = (move: CustodyMove, day: Day, more: Partial<SyntheticSpell['moves'][number]> = {}) => {
    const before = spell.moves.at(-1)?.at ?? new Date(madeAt.getTime() - 60_000)
    const at = earlier(latest(inOfficeHours(random, day), later(before, 1)), now)
    spell.moves.push({
      move,
      after: move === 'release' ? 'released' : 'in',
      at,
      onDay: null,
      reviewOn: null,
      detail: {},
      ...more,
    })
  }
  const changed = releaseOn !== null && random.chance(0.4)
  act('enter', madeOn, {
    at: madeAt,
    onDay: changed ? addDays(releaseOn, random.between(5, 30)) : releaseOn,
    detail: { establishment, wing: spell.wing },
  })
  const middle = addDays(madeOn, 4)
  if (changed && middle < today && middle < releaseOn) {
    act('set-release', middle, { onDay: releaseOn, detail: { because: pick(random, releaseBecause) } })
  } else if (changed) spell.moves[0]!.onDay = releaseOn
  if (!released) {
    const looked = kept.reviewedOn
    if (looked && looked > middle) {
      act('review', looked, { reviewOn: kept.reviewOn, detail: { note: pick(random, custodyReviewed) } })
    } else spell.reviewOn = retentionDates('custody', today, { child }).reviewOn
  }
  if (released && releaseOn) act('release', releaseOn, { onDay: releaseOn })
  const plan = plans.find(p => p.person === record.person && p.closedAt === null && p.suspendedOn === null)
  mind(random, spell, n, released && releaseOn ? addDays(releaseOn, -1) : today, now)
  if (plan) throughGate(random, spell, plan, actions, n)
  return spell
}

/** One in two has something to mind inside. */
function mind(random: Random, spell: SyntheticSpell, n: number, until: Day, now: Date): void {
  const drawn = [
    ...(random.chance(0.45) ? [{ kind: 'conflict' as const, ...pick(random, conflicts) }] : []),
    ...(random.chance(0.2) ? [{ kind: 'visitor' as const, ...pick(random, visitors) }] : []),
  ]
  for (const [i, said] of drawn.entries()) {
    const onDay = earlierOf(addDays(londonDay(spell.madeAt), random.between(1, 7)), until)
    const at = earlier(latest(inOfficeHours(random, onDay), later(spell.madeAt, 5)), now)
    spell.concerns.push({
      id: invented('custody-concern', n * 2 + i + 1),
      ...said,
      onDay: londonDay(at),
      by: spell.owner,
      at,
      over: random.chance(0.2)
        ? { at: earlier(later(at, 60 * 24 * 9), now), because: pick(random, overBecause) }
        : null,
    })
  }
}

/** Two needs and two actions of their plan, where there are so many; a release turned it. */
function throughGate(
  random: Random,
  spell: SyntheticSpell,
  plan: SyntheticPlan,
  actions: readonly SyntheticAction[],
  n: number,
): void {
  const needs = plan.statements.flatMap(s => (s.kind === 'need' ? [s.id] : [])).slice(0, 2)
  const open = actions.flatMap(a => (a.plan === plan.id && a.state === 'open' ? [a.id] : [])).slice(0, 2)
  if (random.chance(0.75)) spell.gate = { plan: plan.id, by: plan.owner, needs, actions: open }
  const release = spell.moves.find(m => m.move === 'release')
  if (release && release.at > plan.madeAt) spell.turned = { id: invented('custody-turn', n + 1), plan }
}

function inventArrangements(setting: Setting, placed: readonly SyntheticPlacement[]): SyntheticArrangement[] {
  const random = setting.chance('arrangements')
  const { pack, today } = setting
  const made: SyntheticArrangement[] = []
  for (const { record } of shuffled(random, placed)) {
    if (made.length >= ARRANGEMENTS) break
    const fits = record.siblings.filter(r => r.person === record.person && r.suspendedOn === null)
    const by = pick(random, fits.length > 0 ? fits : [record])
    const child = childOn(record.birth, today)
    const kinds = pack.arrangementKinds.filter(
      k =>
        (k.toldTo.length === 0 || k.toldTo.includes(by.agencyKind)) &&
        (child ? !['iom', 'mappa', 'probation'].includes(k.id) : k.id !== 'youth-offending'),
    )
    if (kinds.length === 0 || by.suspendedOn !== null) continue
    const kind = pick(random, kinds)
    const madeAt = latest(ago(random, setting, 3, 200), later(by.createdAt, 60))
    const kept = keptUntil(random, 'arrangement', londonDay(madeAt), child, today)
    const reviewOn = kept.suspendedOn
      ? retentionDates('arrangement', today, { child }).reviewOn
      : kept.reviewOn
    made.push({
      id: invented('arrangement', made.length + 1),
      person: record.person,
      kind: kind.id,
      child,
      by: by.owner,
      since: addDays(londonDay(madeAt), -random.between(0, 300)),
      madeAt,
      leadWorker: leadPosts[kind.id] ?? 'Lead worker (synthetic)',
      contact: `0121 496 0${random.between(100, 999)}`,
      toldBy: pick(random, toldBy),
      legalBasis: LEGAL_BASIS,
      reviewOn,
      deleteOn: kept.deleteOn,
      suspendedOn: null,
    })
  }
  return made
}
