/** Groups in the database: written down, moved, read, listed. The policies say who finds which. */
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { worksOnGroups } from '../../governance/access/explain-group.ts'
import { retentionDates } from '../../governance/retention/retention-dates.ts'
import { addDays, calendarWords, type Day, earlierOf, londonDay } from '../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../platform/errors.ts'
import {
  type Assessment,
  type GroupMove,
  type GroupMoveDetail,
  type GroupState,
  insist,
  type MadeGroupMove,
  type Mover,
  moves,
  type Standing,
  standing,
} from './group.ts'
import { type Level, lacking, levelWords, saysGang, testOf, testsOn } from './group-tests.ts'

export interface NewGroup {
  called: string
  territory: string
  /** Whether it concerns anybody under 18, or of an age that nobody knows. */
  children: boolean
  assessment: Assessment
  legalBasis: string
}

/**
 * Writes a group down with its first assessment, and gives its reference; written down already with this key, the one that
 * there is. Throws WrongMove where the assessment does not pass its test.
 */
export async function proposeGroup(
  tx: MemberTransaction,
  { called, territory, children, assessment, legalBasis }: NewGroup,
  { key }: { key: string },
): Promise<{ id: string; reference: string }> {
  const known = await madeWith(tx, key)
  if (known) return known
  insistOnPass(assessment, called, londonDay(tx.now))
  const { reviewOn, deleteOn } = retentionDates('group', londonDay(tx.now), { child: children })
  const [made] = await tx.query<{ id: string; reference: string }>(
    `insert into groups (id, reference, called, territory, children, agency, owner, purpose, legal_basis, made_at, review_on,
       delete_on)
     values ($1, next_reference('G'), $2, $3, $4, $5, $6, viewer_purpose(), $7, present(), $8, $9)
     on conflict (id) do nothing returning id, reference`,
    [key, called, territory, children, tx.member.agency, tx.member.user, legalBasis, reviewOn, deleteOn],
  )
  if (!made) {
    const first = await madeWith(tx, key)
    if (first) return first
    throw new NotThere()
  }
  await insertMove(tx, made.id, 1, 'propose', 'to-approve', key, { ...assessment })
  await tx.record('group-proposed', { kind: 'group', id: made.reference, detail: { test: assessment.test } })
  return made
}

const madeWith = async (tx: MemberTransaction, key: string) =>
  (
    await tx.query<{ id: string; reference: string }>('select id, reference from groups where id = $1', [key])
  )[0]

/** R3: a record passes its test, criterion by criterion, and a peer group is not named as a gang. */
function insistOnPass(assessment: Assessment, called: string, today: Day): void {
  if (!testsOn(today).includes(assessment.test)) {
    throw new WrongMove('That test is not in use today. Choose another.')
  }
  const missing = lacking(assessment.test, assessment.findings)
  if (missing.length > 0) {
    throw new WrongMove(
      `By this test it is no ${levelWords(testOf(assessment.test).level).toLowerCase()}: “${missing[0]!.asks}” is not met, with what, a day and a source. Choose a test that fits what is known.`,
    )
  }
  insistOnName(testOf(assessment.test).level, called)
}

/** R3: a peer group is not shown as a gang, by its name no more than by its level. */
export function insistOnName(level: Level | null, called: string): void {
  if (level === 'peer' && saysGang(called)) {
    throw new WrongMove('A peer group is not a gang, and is not called one (R3). Give it another name.')
  }
}

export interface Group {
  id: string
  reference: string
  called: string
  territory: string
  children: boolean
  agency: string
  agencyName: string
  ownerName: string
  state: GroupState
  level: Level | null
  levelWords: string
  assessedOn: Day | null
  assessedUntil: Day | null
  purpose: string
  legalBasis: string
  reviewOn: Day
  deleteOn: Day
  suspendedOn: Day | null
  stands: Standing
  made: MadeGroupMove[]
  mover: Mover
  /** Whether its assessment holds no longer. */
  expired: boolean
}

/** Throws NotThere for what is not theirs as for what does not exist. Records nothing. */
export async function readGroup(tx: MemberTransaction, reference: string): Promise<Group> {
  const [row] = await tx.query<Omit<Group, 'levelWords' | 'stands' | 'made' | 'mover' | 'expired'>>(
    `select g.id, g.reference, g.called, g.territory, g.children, g.agency, a.name as "agencyName", u.name as "ownerName",
       g.state, g.level, g.assessed_on as "assessedOn", g.assessed_until as "assessedUntil", g.purpose,
       g.legal_basis as "legalBasis", g.review_on as "reviewOn", g.delete_on as "deleteOn", g.suspended_on as "suspendedOn"
     from groups g join agencies a on a.id = g.agency join users u on u.id = g.owner where g.reference = $1`,
    [reference],
  )
  if (!row) throw new NotThere()
  const made = await tx.query<MadeGroupMove>(
    `select m.seq, m.action, m.by_user as "byUser", coalesce(u.name || ', ' || a.name, 'Concord') as "byName", m.at, m.detail
     from group_moves m left join users u on u.id = m.by_user left join agencies a on a.id = m.by_agency
     where m.group_id = $1 order by m.seq`,
    [row.id],
  )
  const today = londonDay(tx.now)
  return {
    ...row,
    levelWords: levelWords(row.level),
    stands: standing(made),
    made,
    mover: {
      user: tx.member.user,
      role: tx.member.role,
      own: row.agency === tx.member.agency && worksOnGroups(tx.member),
    },
    expired: row.assessedUntil === null || row.assessedUntil <= today,
  }
}

export interface GroupMoveForm {
  key: string
  /** Number of the last move that the form showed. */
  seen: number
  detail?: GroupMoveDetail
}

/**
 * Moves a group. Throws WrongMove with what is possible where the move does not fit, or where something happened to it while
 * the form was open.
 */
export async function moveGroup(
  tx: MemberTransaction,
  reference: string,
  name: Exclude<GroupMove, 'propose' | 'lapse'>,
  { key, seen, detail = {} }: GroupMoveForm,
): Promise<void> {
  const group = await readGroup(tx, reference)
  if (group.made.length > 0 && (await isMoved(tx, key))) return
  insist(name, group.stands, group.mover, group.expired)
  if (seen !== group.stands.seq) throw changedMeanwhile(group, seen)
  const kept = checkedDetail(name, group, detail, londonDay(tx.now))
  const done = await insertMove(
    tx,
    group.id,
    group.stands.seq + 1,
    name,
    moves[name].to ?? group.state,
    key,
    kept,
  )
  if (!done) {
    if (await isMoved(tx, key)) return
    throw changedMeanwhile(await readGroup(tx, reference), seen)
  }
  await tx.record('group-moved', { kind: 'group', id: reference, detail: { move: name } })
}

/** What the move may say; a review that is asked for without a day is as far off as the rules let it be. */
function checkedDetail(name: GroupMove, group: Group, detail: GroupMoveDetail, today: Day): GroupMoveDetail {
  switch (name) {
    case 'reassess':
    case 'propose-anew':
      insistOnPass(detail as Assessment, group.called, today)
      return detail
    case 'approve':
    case 'approve-again':
      insistOnName(testOf(group.stands.waiting!.test).level, group.called)
      return { ...detail, reviewOn: latestReview({ ...group, assessedUntil: null }, today) }
    case 'review':
    case 'renew': {
      const latest = latestReview(group, today)
      if (latest <= today) {
        throw new WrongMove('Its assessment ends before another review. Assess it anew instead.')
      }
      if (detail.reviewOn && (detail.reviewOn <= today || detail.reviewOn > latest)) {
        throw new WrongMove(`The next review lies between tomorrow and ${calendarWords(latest)}.`)
      }
      return { ...detail, reviewOn: detail.reviewOn ?? latest }
    }
    case 'change':
      insistOnName(group.level, detail.called ?? group.called)
      return { called: group.called, territory: group.territory, ...detail }
    default:
      return detail
  }
}

/** R10: 42 days where it concerns anybody under 18, 90 otherwise, and never beyond the end of its assessment. */
export function latestReview(
  { children, assessedUntil, deleteOn }: Pick<Group, 'children' | 'assessedUntil' | 'deleteOn'>,
  today: Day,
): Day {
  const { reviewOn } = retentionDates('group', today, { child: children })
  return earlierOf(earlierOf(reviewOn, assessedUntil ?? addDays(today, 180)), deleteOn)
}

async function insertMove(
  tx: MemberTransaction,
  group: string,
  seq: number,
  name: GroupMove,
  stateAfter: GroupState,
  key: string,
  detail: GroupMoveDetail,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into group_moves (group_id, seq, action, state_after, by_user, by_agency, at, request_key, detail)
     values ($1, $2, $3, $4, $5, $6, present(), $7, $8) on conflict do nothing returning seq`,
    [group, seq, name, stateAfter, tx.member.user, tx.member.agency, key, JSON.stringify(detail)],
  )
  return rows.length > 0
}

const isMoved = async (tx: MemberTransaction, key: string): Promise<boolean> =>
  (await tx.query('select 1 from group_moves where request_key = $1', [key])).length > 0

const changedMeanwhile = ({ reference, made }: Group, seen: number): WrongMove => {
  const since = made.filter(m => m.seq > seen).map(m => `${m.byName} ${moves[m.action].says}`)
  return new WrongMove(
    `Something happened to ${reference} while you had it open (${since.join('; ')}). Read it again, then decide.`,
  )
}

export const groupShows = {
  approved: 'Approved',
  waiting: 'Waiting for a second approver',
  review: 'To be reviewed within two weeks, or hidden because nobody did',
  own: 'Everything of your agency',
} as const

export type GroupShow = keyof typeof groupShows

export interface GroupLine {
  id: string
  reference: string
  called: string
  level: Level | null
  agencyName: string
  mine: boolean
  state: GroupState
  reviewOn: Day
  suspendedOn: Day | null
}

const AHEAD_DAYS = 14

/** The nearest review first; nothing counts or ranks groups or people (R6). Records nothing. */
export async function listGroups(
  tx: MemberTransaction,
  show: GroupShow,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ total: number; lines: GroupLine[] }> {
  const wheres: Record<GroupShow, string> = {
    approved: `g.state in ('stands', 'to-approve-again') and g.suspended_on is null`,
    waiting: `g.state in ('to-approve', 'to-approve-again') and g.agency = viewer_agency() and g.suspended_on is null`,
    review: `g.state in ('stands', 'to-approve-again', 'lapsed') and g.agency = viewer_agency() and g.review_on <= $1`,
    own: `g.agency = viewer_agency()`,
  }
  const where = `${wheres[show]} and $1::date is not null`
  const soon = addDays(londonDay(tx.now), AHEAD_DAYS)
  const [count] = await tx.query<{ n: number }>(`select count(*) as n from groups g where ${where}`, [soon])
  const lines = await tx.query<GroupLine>(
    `select g.id, g.reference, g.called, g.level, a.name as "agencyName", g.agency = viewer_agency() as mine, g.state,
       g.review_on as "reviewOn", g.suspended_on as "suspendedOn"
     from groups g join agencies a on a.id = g.agency where ${where} order by g.review_on, g.id limit $2 offset $3`,
    [soon, limit, offset],
  )
  return { total: count!.n, lines }
}

/** What a plan or an action about it needs to know. Throws NotThere for what is not approved, or not theirs. */
export async function groupForWork(
  tx: MemberTransaction,
  id: string,
): Promise<Pick<Group, 'id' | 'reference' | 'called' | 'level'>> {
  const [group] = await tx.query<Pick<Group, 'id' | 'reference' | 'called' | 'level'>>(
    `select id, reference, called, level from groups
     where id = $1 and state in ('stands', 'to-approve-again') and suspended_on is null`,
    [id],
  )
  if (!group) throw new NotThere()
  return group
}

/**
 * The assessment for the paper of an application or a file, as what it was approved to be. Throws WrongMove for anything else:
 * a peer group is not a gang and cannot be exported as one (R3).
 */
export function insistOnExport(group: Pick<Group, 'level' | 'state' | 'expired'>, as: Level): void {
  if (
    group.level === as &&
    !group.expired &&
    (group.state === 'stands' || group.state === 'to-approve-again')
  )
    return
  throw new WrongMove(
    group.level === null || group.expired
      ? 'No assessment of it is approved and holds, so nothing can be exported.'
      : `It was approved as: ${levelWords(group.level).toLowerCase()}. It cannot be exported as anything else (R3).`,
  )
}
