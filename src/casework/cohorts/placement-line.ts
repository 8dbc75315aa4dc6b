/**
 * Placements as lists show them: a reference, initials and dates, no name and no photograph (R5). By date of review and
 * nothing else: never by anything counted about a person (R6).
 */
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { type Day, londonDay } from '../../platform/calendar.ts'
import { type BirthDateKnown, mayBeChild } from '../register/birth-date.ts'
import type { PlacementState } from './placement.ts'

export interface PlacementLine {
  reference: string
  cohort: string
  cohortName: string
  /** True where the viewer's agency leads the cohort. */
  leads: boolean
  initials: string
  child: boolean
  state: PlacementState
  /** Of the tier that they are in, or, not placed yet, that is asked for. */
  tierName: string
  tierRank: number
  ownerName: string | null
  reviewOn: Day
  /** When it came to where it stands. */
  stateAt: Date
  notice: 'due' | 'given' | 'withheld' | null
  noticeOn: Day | null
  /** A reviewer has found that a challenge to it is right, in part or as a whole. */
  upheld: boolean
  /** What the viewer is to it. */
  part: 'chair' | 'member' | 'adviser' | null
  owns: boolean
  /** Made the proposal that waits, or approved it; false where none waits. */
  proposedIt: boolean
  approvedIt: boolean
}

interface LineRow extends Omit<PlacementLine, 'initials' | 'child'> {
  called: string
  birth: Day | null
  known: BirthDateKnown | null
}

/** More is never shown at once: the rest is behind the cohorts' own pages. */
export const MOST_LINES = 500

/** What the viewer may open and has not ended, of one cohort or of all; the nearest review first. */
export async function placementLines(
  tx: MemberTransaction,
  cohort: string | null = null,
): Promise<PlacementLine[]> {
  const rows = await tx.query<LineRow>(
    `select p.reference, p.cohort, c.name as "cohortName", p.lead_agency = viewer_agency() as leads, p.called,
       p.birth_date as birth, p.birth_date_known as known, p.state, t.name as "tierName", t.rank as "tierRank",
       u.name as "ownerName", p.review_on as "reviewOn", p.state_at as "stateAt", p.notice, p.notice_on as "noticeOn",
       p.id in (select viewer_upheld_challenges()) as upheld,
       v.part, coalesce(p.owner = viewer_user(), false) as owns,
       coalesce(asked.proposer = viewer_user(), false) as "proposedIt",
       coalesce(asked.approver = viewer_user(), false) as "approvedIt"
     from placements p
     join cohorts c on c.id = p.cohort
     join tiers t on t.scheme = p.scheme and t.id = coalesce(p.tier, p.wanted)
     left join users u on u.id = p.owner
     left join viewer_panels() v on v.cohort = p.cohort
     left join lateral (
       select (array_agg(m.by_user order by m.seq desc) filter (where m.action like 'propose%'))[1] as proposer,
         case when max(m.seq) filter (where m.action like 'approve%') > max(m.seq) filter (where m.action like 'propose%')
           then (array_agg(m.by_user order by m.seq desc) filter (where m.action like 'approve%'))[1] end as approver
       from placement_moves m
       where m.placement = p.id and p.state in ('to-approve', 'to-decide', 'move-to-approve', 'move-to-decide')
         and (m.action like 'propose%' or m.action like 'approve%')
     ) asked on true
     where ($1::text is null or p.cohort = $1)
       and p.state not in ('refused', 'withdrawn', 'archived', 'removed')
     order by p.review_on, p.reference limit ${MOST_LINES}`,
    [cohort],
  )
  const today = londonDay(tx.now)
  return rows.map(({ called, birth, known, ...row }) => ({
    ...row,
    initials: initialsOf(called),
    child: mayBeChild(birth && known ? { date: birth, known } : null, today),
  }))
}

export const initialsOf = (called: string): string =>
  called
    .split(/[\s-]+/)
    .flatMap(word => [...word][0] ?? [])
    .join('')
    .toUpperCase()
