/** Rights cases as the policies show them: to officers of information governance, and a challenge to its reviewer. */
import { type Day, londonDay } from '../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../platform/errors.ts'
import type { MemberTransaction } from '../access/as-member.ts'
import { notify } from '../notices/notify.ts'
import {
  type ActionDetail,
  insist,
  type Mover,
  moves,
  type RightsAction,
  type RightsMove,
  type Standing,
  standing,
} from './rights-case.ts'
import type { Regime, RightsKind } from './statutory-clocks.ts'

export interface NewCase {
  kind: RightsKind
  regime: Regime
  given: string
  family: string
  birthDate: Day | null
  askedBy: string
  reachAt: string
  about: string
  aboutReferral: string | null
  receivedOn: Day
}

export interface RightsCase extends NewCase {
  id: string
  reference: string
  /** Reference of the placement that is challenged; null where it is about none. */
  aboutPlacement: string | null
  subjects: string[]
  actions: RightsAction[]
  stands: Standing
  mover: Mover
}

type CaseRow = Omit<RightsCase, 'actions' | 'stands' | 'mover'>

const columns = `c.id, c.reference, c.kind, c.regime, c.given, c.family, c.birth_date as "birthDate",
  c.asked_by as "askedBy", c.reach_at as "reachAt", c.about, c.about_referral as "aboutReferral",
  c.about_placement as "aboutPlacement", c.received_on as "receivedOn", c.subjects`

const moverOf = ({ member }: MemberTransaction): Mover => ({
  user: member.user,
  officer: member.role === 'information-governance-officer',
})

/** Opens a case and gives its reference. `id` comes from the form: sent twice, it is opened once. */
export async function openCase(tx: MemberTransaction, id: string, asked: NewCase): Promise<string> {
  const [known] = await tx.query<{ reference: string }>('select reference from rights_cases where id = $1', [
    id,
  ])
  if (known) return known.reference
  const [next] = await tx.query<{ reference: string }>(`select next_reference('RR') as reference`)
  const { reference } = next!
  await tx.query(
    `insert into rights_cases (id, reference, kind, regime, given, family, birth_date, asked_by, reach_at, about,
       about_referral, received_on, agency, opened_by, opened_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, present())`,
    [
      id,
      reference,
      asked.kind,
      asked.regime,
      asked.given,
      asked.family,
      asked.birthDate,
      asked.askedBy,
      asked.reachAt,
      asked.about,
      asked.aboutReferral,
      asked.receivedOn,
      tx.member.agency,
      tx.member.user,
    ],
  )
  await tx.query(
    `insert into rights_actions (rights_case, seq, action, state_after, by_user, at, request_key)
     values ($1, 1, 'open', 'received', $2, present(), $1)`,
    [id, tx.member.user],
  )
  await tx.record('rights-case-opened', { kind: 'rights-case', id: reference, detail: { kind: asked.kind } })
  return reference
}

/** Throws NotThere for what is not theirs as for what does not exist. Records nothing. */
export async function readCase(tx: MemberTransaction, reference: string): Promise<RightsCase> {
  const [row] = await tx.query<CaseRow>(`select ${columns} from rights_cases c where c.reference = $1`, [
    reference,
  ])
  if (!row) throw new NotThere()
  const actions = await actionsOf(tx, [row.id])
  return {
    ...row,
    actions: actions.get(row.id) ?? [],
    stands: standing(actions.get(row.id) ?? []),
    mover: moverOf(tx),
  }
}

/** The newest five hundred. */
export async function listCases(tx: MemberTransaction): Promise<RightsCase[]> {
  const rows = await tx.query<CaseRow>(
    `select ${columns} from rights_cases c order by c.opened_at desc, c.id limit 500`,
  )
  const actions = await actionsOf(
    tx,
    rows.map(r => r.id),
  )
  return rows.map(row => ({
    ...row,
    actions: actions.get(row.id) ?? [],
    stands: standing(actions.get(row.id) ?? []),
    mover: moverOf(tx),
  }))
}

async function actionsOf(tx: MemberTransaction, cases: string[]): Promise<Map<string, RightsAction[]>> {
  const rows = await tx.query<RightsAction & { case: string }>(
    `select a.rights_case as "case", a.seq, a.action, a.by_user as "byUser", u.name as "byName", a.at, a.reviewer,
       r.name || ', ' || r.post as "reviewerName", a.detail
     from rights_actions a join users u on u.id = a.by_user left join users r on r.id = a.reviewer
     where a.rights_case = any($1) order by a.rights_case, a.seq`,
    [cases],
  )
  return Map.groupBy(rows, row => row.case)
}

export interface MoveForm {
  /** Of the form: the same form twice is one move. */
  key: string
  /** Number of the last action that the form showed. */
  seen: number
  detail: ActionDetail
  reviewer?: string
}

/** Throws WrongMove where the move does not fit, or where something happened to the case while the form was open. */
export async function moveCase(
  tx: MemberTransaction,
  reference: string,
  name: RightsMove,
  { key, seen, detail, reviewer }: MoveForm,
): Promise<void> {
  const found = await readCase(tx, reference)
  if (await isDone(tx, key)) return
  insist(name, found, found.stands, found.mover, londonDay(tx.now))
  if (name === 'answer' && found.kind === 'access' && detail.outcome === 'given') {
    await insistOnPack(tx, found.id)
  }
  const seq = found.stands.seq + 1
  const [done] =
    seen === found.stands.seq
      ? await tx.query(
          `insert into rights_actions (rights_case, seq, action, state_after, by_user, at, request_key, reviewer, detail)
           values ($1, $2, $3, $4, $5, present(), $6, $7, $8) on conflict do nothing returning seq`,
          [
            found.id,
            seq,
            name,
            moves[name].to ?? found.stands.state,
            tx.member.user,
            key,
            reviewer ?? null,
            JSON.stringify(detail),
          ],
        )
      : []
  if (!done) {
    if (await isDone(tx, key)) return
    throw new WrongMove(
      `Something happened to ${reference} while you had it open. Read it again, then decide.`,
    )
  }
  await tx.record('rights-case-moved', {
    kind: 'rights-case',
    id: reference,
    detail: { move: name, ...(detail.outcome && { outcome: detail.outcome }) },
  })
  if (reviewer) await notify(tx, 'challenge-to-review', found.id)
}

const isDone = async (tx: MemberTransaction, key: string): Promise<boolean> =>
  (await tx.query('select from rights_actions where request_key = $1', [key])).length > 0

async function insistOnPack(tx: MemberTransaction, id: string): Promise<void> {
  const finished = await tx.query(
    'select from rights_packs where rights_case = $1 and finished_at is not null',
    [id],
  )
  if (finished.length === 0) {
    throw new WrongMove(
      'There is no finished pack to give yet. You can gather it, have each agency decide on its entries, and finish it; or answer in another way.',
    )
  }
}

export interface Reviewer {
  id: string
  name: string
  post: string
  agency: string
}

/** Who had no part in what is challenged (R21). */
export const possibleReviewers = (tx: MemberTransaction, rightsCase: string): Promise<Reviewer[]> =>
  tx.query<Reviewer>('select * from rights_reviewers($1)', [rightsCase])
