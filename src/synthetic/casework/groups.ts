/**
 * A dozen groups at every level: approved, waiting, forgotten; a rivalry and an alliance; with whom a few people were seen.
 * Links rest on events in which somebody was suspected, and never on one in which they were hurt (R4).
 */

import type { LinkGround } from '../../casework/groups/group-link.ts'
import { type groupTests, testOf } from '../../casework/groups/group-tests.ts'
import type { RelationKind } from '../../casework/groups/relation-store.ts'
import { usualName } from '../../casework/register/names.ts'
import { purposes } from '../../governance/purposes.ts'
import { retentionDates } from '../../governance/retention/retention-dates.ts'
import { addDays, type Day, londonDay } from '../../platform/calendar.ts'
import type { Random } from '../random.ts'
import type { SyntheticEntry } from './entries.ts'
import {
  evidence,
  groupsToInvent,
  linkTexts,
  peerEvidence,
  relationsToInvent,
  sources,
} from './group-texts.ts'
import { childOn } from './kept-until.ts'
import { earlier, inOfficeHours, invented, pick, type Setting } from './setting.ts'
import type { Staff, Worker } from './staff.ts'

interface SyntheticStep {
  action: string
  after: string
  by: Worker
  at: Date
  detail: Record<string, unknown>
}

export interface SyntheticGroup {
  id: string
  reference: string
  called: string
  territory: string
  children: boolean
  owner: Worker
  legalBasis: string
  madeAt: Date
  reviewOn: Day
  deleteOn: Day
  approved: boolean
  steps: SyntheticStep[]
}

export interface SyntheticLink {
  id: string
  group: string
  entry: SyntheticEntry
  called: string
  child: boolean
  ground: LinkGround
  says: string
  madeAt: Date
  reviewOn: Day
  deleteOn: Day
  steps: SyntheticStep[]
}

export interface SyntheticRelation {
  id: string
  group: string
  other: string
  kind: RelationKind
  says: string
  source: string
  on: Day
  by: Worker
  madeAt: Date
  endsOn: Day
}

export interface Groups {
  groups: SyntheticGroup[]
  groupLinks: SyntheticLink[]
  groupRelations: SyntheticRelation[]
}

/** Days ago on which it was written down: long enough for a review since, and for the forgotten to be hidden. */
const WRITTEN_DAYS = {
  stands: 64,
  'to-approve-again': 64,
  lapsed: 50,
  'to-approve': 2,
  'turned-down': 9,
} as const

/** R10: of a group that concerns children. */
const REVIEW_DAYS = 42
const LINKS_OF_A_GROUP = 3

export function inventGroups(setting: Setting, staff: Staff, entries: readonly SyntheticEntry[]): Groups {
  const random = setting.chance('groups')
  const { today, now } = setting
  const police = staff.castOf('Neighbourhood police officer')
  const inspector = staff.castOf('Chief inspector')
  if (!police || !inspector) return { groups: [], groupLinks: [], groupRelations: [] }
  const youth = setting.pack.agencies.find(a => a.kind === 'youth-justice')?.id
  const at = (day: Day, minutes = 0) =>
    earlier(new Date(inOfficeHours(random, day).getTime() + minutes * 60_000), now)

  const groups = groupsToInvent.flatMap((wanted, n): SyntheticGroup[] => {
    const keepers = wanted.youth && youth ? staff.keepers(youth) : []
    const coordinator = keepers.find(w => w.role === 'coordinator')
    const author = keepers.find(w => w !== coordinator) ?? police
    const approver = author === police ? inspector : coordinator
    if (!approver) return []
    const sooner = wanted.standing === 'stands' ? random.below(12) : 0
    const writtenOn = addDays(today, sooner - WRITTEN_DAYS[wanted.standing])
    const steps: SyntheticStep[] = []
    const step = (action: string, after: string, by: Worker, day: Day, detail: Record<string, unknown>) =>
      steps.push({
        action,
        after,
        by,
        at: new Date(Math.max(at(day).getTime(), (steps.at(-1)?.at.getTime() ?? 0) + 60_000)),
        detail,
      })
    const assess = (day: Day) => assessmentOf(random, wanted.test, day)
    step('propose', 'to-approve', author, writtenOn, assess(writtenOn))
    if (wanted.standing === 'turned-down') {
      step('turn-down', 'turned-down', approver, addDays(writtenOn, 2), {
        because: 'What is written shows friends who were seen once. It is no gang by this test.',
      })
    } else if (wanted.standing !== 'to-approve') {
      const approvedOn = addDays(writtenOn, 3)
      step('approve', 'stands', approver, approvedOn, {
        because: 'Every criterion is shown by more than one source.',
        reviewOn: addDays(approvedOn, REVIEW_DAYS),
      })
      if (wanted.standing !== 'lapsed') {
        const reviewedOn = addDays(approvedOn, REVIEW_DAYS - 4)
        step('review', 'stands', author, reviewedOn, {
          because: 'Looked at again with the neighbourhood team; still needed.',
          reviewOn: addDays(reviewedOn, REVIEW_DAYS),
        })
      }
      if (wanted.standing === 'to-approve-again') {
        step('reassess', 'to-approve-again', author, addDays(today, -1), assess(addDays(today, -1)))
      }
    }
    const { reviewOn, deleteOn } = retentionDates('group', writtenOn, { child: true })
    return [
      {
        id: invented('group', n + 1),
        reference: '',
        called: wanted.name,
        territory: wanted.territory,
        children: true,
        owner: author,
        legalBasis: purposes.find(p => p.id === author.purpose)!.legalBases[0]!,
        madeAt: steps[0]!.at,
        reviewOn,
        deleteOn,
        approved: wanted.standing === 'stands' || wanted.standing === 'to-approve-again',
        steps,
      },
    ]
  })
  const numbers = new Map<string, number>()
  for (const group of groups.toSorted((a, b) => a.madeAt.getTime() - b.madeAt.getTime())) {
    const year = londonDay(group.madeAt).slice(0, 4)
    numbers.set(year, (numbers.get(year) ?? 0) + 1)
    group.reference = `G-${year}-${String(numbers.get(year)).padStart(4, '0')}`
  }
  return {
    groups,
    groupLinks: linksOf(random, setting, groups, { entries, author: police, approver: inspector }),
    groupRelations: relationsToInvent.flatMap(({ one, other, kind, says }, n) => {
      const [group, with_] = [one, other].map(name => groups.find(g => g.called === name))
      if (!group || !with_) return []
      return [
        {
          id: invented('group-relation', n + 1),
          group: group.id,
          other: with_.id,
          kind,
          says,
          source: pick(random, sources),
          on: addDays(today, -random.between(12, 30)),
          by: group.owner,
          madeAt: at(addDays(today, -10)),
          endsOn: addDays(today, 110),
        },
      ]
    }),
  }
}

function assessmentOf(random: Random, test: keyof typeof groupTests, day: Day) {
  const { criteria, level } = testOf(test)
  return {
    test,
    because:
      level === 'peer'
        ? 'So that youth work can be planned for them together, and nobody takes them for anything else.'
        : 'Violence between groups is rising there, and a plan needs to know which group it is for.',
    findings: criteria.map(({ id, required }) =>
      required || random.chance(0.5)
        ? {
            criterion: id,
            found: 'met',
            says: pick(random, level === 'peer' ? peerEvidence : evidence),
            source: pick(random, sources),
            on: addDays(day, -random.between(3, 60)),
          }
        : { criterion: id, found: 'not-known', says: '', source: '', on: null },
    ),
  }
}

interface Among {
  entries: readonly SyntheticEntry[]
  author: Worker
  approver: Worker
}

/** Of the police's own approved groups, gangs and organised crime groups: peer groups have a plan, and no links. */
function linksOf(
  random: Random,
  { today, now }: Setting,
  groups: readonly SyntheticGroup[],
  { entries, author, approver }: Among,
): SyntheticLink[] {
  const fitting = entries.filter(
    e =>
      e.record.agency === author.agency &&
      e.kind === 'event' &&
      (e.role === 'suspected' || e.role === 'convicted') &&
      e.circle === null &&
      e.restrictedAt === null &&
      e.suspendedOn === null &&
      e.record.suspendedOn === null &&
      e.deleteOn > addDays(today, 60) &&
      londonDay(e.createdAt) < addDays(today, -20),
  )
  const linked = groups.filter(
    g => g.approved && g.owner === author && g.steps[0]!.detail.test !== 'peer-group',
  )
  return linked.flatMap((group, g) =>
    fitting.slice(g * LINKS_OF_A_GROUP, (g + 1) * LINKS_OF_A_GROUP).map((entry, n): SyntheticLink => {
      const madeOn = addDays(today, -random.between(4, 12))
      const madeAt = earlier(inOfficeHours(random, madeOn), now)
      const child = childOn(entry.record.birth, madeOn)
      const kept = retentionDates('group-link', madeOn, { child })
      const steps: SyntheticStep[] = [
        { action: 'see', after: 'to-confirm', by: author, at: madeAt, detail: {} },
      ]
      // The last of each group waits.
      if (n < LINKS_OF_A_GROUP - 1) {
        steps.push({
          action: 'confirm',
          after: 'stands',
          by: approver,
          at: earlier(inOfficeHours(random, addDays(madeOn, 2)), now),
          detail: {
            because: 'The crime report carries it. Told at home, with a parent.',
            notice: n === 0 ? 'told' : 'not-told',
            ...(n === 0 ? {} : { againOn: addDays(today, 20) }),
            reviewOn: kept.reviewOn,
          },
        })
      }
      return {
        id: invented('group-link', g * LINKS_OF_A_GROUP + n + 1),
        group: group.id,
        entry,
        called: usualName(entry.record.names),
        child,
        ground: 'acted-together',
        says: pick(random, linkTexts),
        madeAt,
        reviewOn: kept.reviewOn,
        deleteOn: kept.deleteOn,
        steps,
      }
    }),
  )
}
