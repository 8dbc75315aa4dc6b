/** What is due in somebody's cohorts, and in which order: by day, and never by anything about a person (R6). Pure. */
import type { Day } from '../../platform/calendar.ts'
import { isPlaced } from './placement.ts'
import type { PlacementLine } from './placement-line.ts'

/** Days before a review in which it is shown as coming. */
export const SHOWN_AHEAD = 28

const DAY = 86_400_000

/** Whole days from one to the other; negative where it is over. */
export const daysLeft = (until: Day, today: Day): number =>
  Math.round((Date.parse(until) - Date.parse(today)) / DAY)

/** "3 days left", "due today", "2 days overdue": in words, so that it reads without colour. */
export function daysLeftWords(until: Day, today: Day): string {
  const days = daysLeft(until, today)
  if (days === 0) return 'due today'
  const n = Math.abs(days)
  return `${n} ${n === 1 ? 'day' : 'days'} ${days < 0 ? 'overdue' : 'left'}`
}

export interface DueList {
  /** As second approver. */
  toApprove: PlacementLine[]
  /** By the panel that they chair. */
  toDecide: PlacementLine[]
  /** By tier, in the order of its scheme, the nearest first. */
  reviews: { cohortName: string; tierName: string; lines: PlacementLine[] }[]
  /** Hidden, because nobody reviewed them: a chair can still put that right. */
  lapsed: PlacementLine[]
  /** To be told, or looked at again. */
  notices: PlacementLine[]
  /** A challenge was right: they are to be taken out or moved. */
  upheld: PlacementLine[]
}

export function dueOf(lines: readonly PlacementLine[], today: Day): DueList {
  const onPanel = (l: PlacementLine) => l.part === 'chair' || l.part === 'member'
  const works = (l: PlacementLine) => l.owns || onPanel(l)
  const placed = lines.filter(l => isPlaced(l.state))
  const reviews = placed.filter(l => works(l) && daysLeft(l.reviewOn, today) <= SHOWN_AHEAD)
  return {
    toApprove: lines.filter(
      l => (l.state === 'to-approve' || l.state === 'move-to-approve') && onPanel(l) && !l.proposedIt,
    ),
    toDecide: lines.filter(
      l =>
        (l.state === 'to-decide' || l.state === 'move-to-decide') &&
        l.part === 'chair' &&
        !l.proposedIt &&
        !l.approvedIt,
    ),
    reviews: byTier(reviews),
    lapsed: lines.filter(l => l.state === 'lapsed' && l.part === 'chair'),
    notices: placed.filter(
      l =>
        l.noticeOn !== null &&
        ((l.notice === 'due' && (l.owns || l.part === 'chair')) ||
          (l.notice === 'withheld' && l.part === 'chair' && daysLeft(l.noticeOn, today) <= 7)),
    ),
    upheld: placed.filter(l => l.upheld && onPanel(l)),
  }
}

function byTier(lines: readonly PlacementLine[]): DueList['reviews'] {
  const groups = Map.groupBy(lines, l => `${l.cohortName}\n${String(l.tierRank).padStart(3, '0')}`)
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, of]) => ({ cohortName: of[0]!.cohortName, tierName: of[0]!.tierName, lines: of }))
}

/** How much of it there is, for the morning's page; empty where nothing is due. */
export function dueSummary(due: DueList, today: Day): string[] {
  const reviews = due.reviews.flatMap(g => g.lines)
  const overdue = reviews.filter(l => daysLeft(l.reviewOn, today) < 0).length + due.lapsed.length
  const week = reviews.filter(l => {
    const days = daysLeft(l.reviewOn, today)
    return days >= 0 && days <= 7
  }).length
  return [
    phrase(due.toApprove.length, 'proposal to approve as the second', 'proposals to approve as the second'),
    phrase(due.toDecide.length, 'proposal before your panel', 'proposals before your panel'),
    phrase(overdue, 'review overdue', 'reviews overdue'),
    phrase(week, 'review due within a week', 'reviews due within a week'),
    phrase(due.notices.length, 'person to be told', 'people to be told'),
    phrase(due.upheld.length, 'challenge that was right', 'challenges that were right'),
  ].flatMap(words => words ?? [])
}

const phrase = (n: number, one: string, many: string): string | null =>
  n === 0 ? null : `${n} ${n === 1 ? one : many}`
