/** Breaches as the policies show them: to officers of information governance, and to whoever reported one. */
import { NotThere, WrongMove } from '../../platform/errors.ts'
import type { MemberTransaction } from '../access/as-member.ts'
import { notify } from '../notices/notify.ts'
import { type BreachAction, type BreachMove, insist, moves, type Standing, standing } from './breach.ts'

export interface Breach {
  id: string
  reference: string
  what: string
  page: string
  agencyName: string
  reporterName: string
  reportedAt: Date
  awareAt: Date
  actions: BreachAction[]
  stands: Standing
  officer: boolean
}

type BreachRow = Omit<Breach, 'actions' | 'stands' | 'officer'>

const rowsSql = `select b.id, b.reference, b.what, b.page, a.name as "agencyName", u.name || ', ' || u.post as "reporterName",
    b.reported_at as "reportedAt", b.aware_at as "awareAt"
  from breaches b join agencies a on a.id = b.agency join users u on u.id = b.reported_by`

/** Keeps the report and gives its reference. `id` comes from the form: sent twice, it is one. */
export async function reportBreach(
  tx: MemberTransaction,
  id: string,
  { what, page, awareAt }: { what: string; page: string; awareAt: Date },
): Promise<string> {
  const [known] = await tx.query<{ reference: string }>('select reference from breaches where id = $1', [id])
  if (known) return known.reference
  const [next] = await tx.query<{ reference: string }>(`select next_reference('B') as reference`)
  const { reference } = next!
  await tx.query(
    `insert into breaches (id, reference, what, page, agency, reported_by, reported_at, aware_at)
     values ($1, $2, $3, $4, $5, $6, present(), $7)`,
    [id, reference, what, page, tx.member.agency, tx.member.user, awareAt.toISOString()],
  )
  await tx.query(
    `insert into breach_actions (breach, seq, action, state_after, by_user, at, request_key)
     values ($1, 1, 'report', 'reported', $2, present(), $1)`,
    [id, tx.member.user],
  )
  await tx.record('breach-reported', { kind: 'breach', id: reference })
  await notify(tx, 'breach-reported', id)
  return reference
}

/** Throws NotThere for what is not theirs as for what does not exist. */
export async function readBreach(tx: MemberTransaction, reference: string): Promise<Breach> {
  const [row] = await tx.query<BreachRow>(`${rowsSql} where b.reference = $1`, [reference])
  if (!row) throw new NotThere()
  return (await withActions(tx, [row]))[0]!
}

/** The newest two hundred. */
export const listBreaches = async (tx: MemberTransaction): Promise<Breach[]> =>
  withActions(
    tx,
    await tx.query<BreachRow>(`${rowsSql} order by b.reported_at desc, b.reference desc limit 200`),
  )

async function withActions(tx: MemberTransaction, rows: BreachRow[]): Promise<Breach[]> {
  const actions = await tx.query<BreachAction & { breach: string }>(
    `select a.breach, a.seq, a.action, u.name as "byName", a.at, a.detail
     from breach_actions a join users u on u.id = a.by_user where a.breach = any($1) order by a.breach, a.seq`,
    [rows.map(r => r.id)],
  )
  const byBreach = Map.groupBy(actions, a => a.breach)
  return rows.map(row => ({
    ...row,
    actions: byBreach.get(row.id) ?? [],
    stands: standing(byBreach.get(row.id) ?? []),
    officer: tx.member.role === 'information-governance-officer',
  }))
}

export interface BreachMoveForm {
  key: string
  seen: number
  detail: BreachAction['detail']
}

/** Throws WrongMove where the move does not fit, or where something happened while the form was open. */
export async function moveBreach(
  tx: MemberTransaction,
  reference: string,
  name: BreachMove | 'add',
  { key, seen, detail }: BreachMoveForm,
): Promise<void> {
  const { id, stands } = await readBreach(tx, reference)
  if (await isDone(tx, key)) return
  if (name !== 'add') insist(name, stands)
  const [done] =
    seen === stands.seq
      ? await tx.query(
          `insert into breach_actions (breach, seq, action, state_after, by_user, at, request_key, detail)
           values ($1, $2, $3, $4, $5, present(), $6, $7) on conflict do nothing returning seq`,
          [
            id,
            stands.seq + 1,
            name,
            (name === 'add' ? null : moves[name].to) ?? stands.state,
            tx.member.user,
            key,
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
  await tx.record('breach-moved', { kind: 'breach', id: reference, detail: { move: name } })
}

const isDone = async (tx: MemberTransaction, key: string): Promise<boolean> =>
  (await tx.query('select from breach_actions where request_key = $1', [key])).length > 0
