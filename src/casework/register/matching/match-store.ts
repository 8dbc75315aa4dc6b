/** Pairs for a coordinator to judge, and what was judged. Everything goes through functions that ask who is looking. */
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import { NotThere, WrongMove } from '../../../platform/errors.ts'
import type { PersonName } from '../names.ts'
import type { ComparedFieldName } from './compare-records.ts'

export interface MatchToJudge {
  id: string
  ownRecord: string
  ownNames: PersonName[]
  /** Set where both records are one's own agency's. */
  otherOwnRecord: string | null
  otherOwnNames: PersonName[] | null
  agencyName: string
  levels: Partial<Record<ComparedFieldName, number>>
  proposedAt: Date
}

/** Oldest first: never in the order of how likely they are, which nobody sees before they have judged. */
export const matchesToJudge = (
  tx: MemberTransaction,
  { limit, offset }: { limit: number; offset: number },
): Promise<MatchToJudge[]> =>
  tx.query(
    `select id, own_record as "ownRecord", own_names as "ownNames", other_own_record as "otherOwnRecord",
       other_own_names as "otherOwnNames", agency_name as "agencyName", levels, proposed_at as "proposedAt"
     from matches_to_judge() limit ${limit} offset ${offset}`,
  )

export async function countMatches(tx: MemberTransaction): Promise<number> {
  const [row] = await tx.query<{ n: number }>('select count(*) as n from matches_to_judge()')
  return row!.n
}

/** Throws NotThere where there is nothing of that number to judge. Gives the number of the decision. */
export async function decideMatch(
  tx: MemberTransaction,
  proposal: string,
  same: boolean,
  because: string,
): Promise<string> {
  const [row] = await tx.query<{ decision: string | null }>('select decide_match($1, $2, $3) as decision', [
    proposal,
    same,
    because,
  ])
  if (!row?.decision) throw new NotThere()
  if (same)
    await recordMove(tx, 'records-joined', { kind: 'match', id: proposal }, await moveOf(tx, row.decision))
  else await tx.record('records-kept-apart', { kind: 'match', id: proposal })
  return row.decision
}

interface Move {
  before: string
  person: string
}

const moveOf = async (tx: MemberTransaction, decision: string): Promise<Move> =>
  (
    await tx.query<Move>(
      'select moved_from as before, moved_to as person from match_decisions where id = $1',
      [decision],
    )
  )[0]!

/** Under the number that the record has now, with the one before: who reads what was done to a person reads on there. */
const recordMove = (
  tx: MemberTransaction,
  event: 'records-joined' | 'records-parted',
  about: { kind: string; id: string },
  { before, person }: Move,
): Promise<void> => tx.record(event, { ...about, person, detail: { before } })

/** Throws WrongMove where the record has moved on since. */
export async function undoMatch(tx: MemberTransaction, decision: string, because: string): Promise<void> {
  const [row] = await tx.query<{ undone: boolean }>('select undo_match($1, $2) as undone', [
    decision,
    because,
  ])
  if (!row?.undone) {
    throw new WrongMove('The record was moved again or deleted since: what can be undone stands in the list.')
  }
  const { before, person } = await moveOf(tx, decision)
  await recordMove(
    tx,
    'records-parted',
    { kind: 'match-decision', id: decision },
    { before: person, person: before },
  )
}

export interface MatchDecision {
  id: string
  decision: 'same' | 'not-the-same' | 'undone'
  because: string
  decidedBy: string
  decidedAt: Date
  names: PersonName[]
  agencyName: string
  levels: Partial<Record<ComparedFieldName, number>> | null
  /** In bits: how much more likely than not, told after the judgement. */
  weight: number | null
  mayUndo: boolean
}

export const ownMatchDecisions = (tx: MemberTransaction): Promise<MatchDecision[]> =>
  tx.query(
    `select id, decision, because, decided_by as "decidedBy", decided_at as "decidedAt", names,
       agency_name as "agencyName", levels, weight, may_undo as "mayUndo" from own_match_decisions()`,
  )
