/** What is said in a plan. Restricted statements are not there, nor those that rest on a restricted entry (R22). */
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import type { Day } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import type { PathwayId, TurningPoint } from './pathways.ts'
import type { StatementKind } from './plan.ts'
import type { Plan } from './plan-store.ts'

export interface StatementDetails {
  text: string
  onDay: Day
  /** Of a need: on which exit pathway it is met. */
  pathway: PathwayId | null
  /** Of a turning point. */
  turning: TurningPoint | null
}

export interface Statement extends StatementDetails {
  id: string
  kind: StatementKind
  agency: string
  agencyName: string
  author: string
  authorName: string
  madeAt: Date
  changedAt: Date
  edition: number
  /** Entries of the author's agency that it rests on, as far as the viewer may read them. */
  entries: { id: string; occurredOn: Day; nature: string; text: string }[]
  ended: { at: Date; byName: string; because: string } | null
}

/** Strengths first, then what they say, needs in the order in which they were written. Records nothing. */
export async function statementsOf(tx: MemberTransaction, plan: string): Promise<Statement[]> {
  const rows = await tx.query<
    Omit<Statement, 'ended'> & { endedAt: Date | null; endedName: string; because: string }
  >(
    `select s.id, s.kind, s.text, s.on_day as "onDay", s.pathway, s.turning, s.agency, g.name as "agencyName", s.author,
       u.name as "authorName", s.made_at as "madeAt", s.changed_at as "changedAt", s.edition, s.ended_at as "endedAt",
       e.name as "endedName", s.ended_because as because,
       coalesce((select jsonb_agg(jsonb_build_object('id', n.id, 'occurredOn', n.occurred_on, 'nature', n.nature,
           'text', n.text) order by n.occurred_on)
         from entries n where n.id = any (s.entries)), '[]') as entries
     from plan_statements s join agencies g on g.id = s.agency join users u on u.id = s.author
     left join users e on e.id = s.ended_by
     where s.plan = $1 order by s.on_day, s.made_at, s.id`,
    [plan],
  )
  return rows.map(({ endedAt, endedName, because, ...row }) => ({
    ...row,
    ended: endedAt ? { at: endedAt, byName: endedName, because } : null,
  }))
}

export async function readStatement(tx: MemberTransaction, plan: Plan, id: string): Promise<Statement> {
  const found = (await statementsOf(tx, plan.id)).find(s => s.id === id)
  if (!found) throw new NotThere()
  return found
}

/** Writes it once, however often the form is sent. */
export async function addStatement(
  tx: MemberTransaction,
  plan: Plan,
  kind: StatementKind,
  { text, onDay, pathway, turning, entries = [] }: StatementDetails & { entries?: readonly string[] },
  { key }: { key: string },
): Promise<void> {
  const [added] = await tx.query(
    `insert into plan_statements (id, plan, kind, text, on_day, pathway, turning, entries, agency, author, made_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, present(), present()) on conflict (id) do nothing returning plan`,
    [key, plan.id, kind, text, onDay, pathway, turning, entries, tx.member.agency, tx.member.user],
  )
  if (added) await recordOn(tx, plan, 'plan-statement-added', { kind })
}

/** False where somebody else changed it since that edition: the page then shows both texts. */
export async function changeStatement(
  tx: MemberTransaction,
  plan: Plan,
  statement: Statement,
  { text, onDay, pathway, turning }: StatementDetails,
  edition: number,
): Promise<boolean> {
  const [changed] = await tx.query(
    `update plan_statements set text = $3, on_day = $4, pathway = $5, turning = $6, edition = edition + 1,
       changed_at = present()
     where id = $1 and edition = $2 returning id`,
    [statement.id, edition, text, onDay, pathway, turning],
  )
  if (changed) await recordOn(tx, plan, 'plan-statement-changed', { kind: statement.kind })
  return changed !== undefined
}

/** A need is met, or is none any more. Said twice, it is said once. */
export async function endNeed(
  tx: MemberTransaction,
  plan: Plan,
  { id }: Statement,
  because: string,
): Promise<void> {
  const [ended] = await tx.query(
    `update plan_statements set ended_at = present(), ended_by = viewer_user(), ended_because = $2, edition = edition + 1
     where id = $1 and kind = 'need' and ended_at is null returning id`,
    [id, because],
  )
  if (ended) await recordOn(tx, plan, 'plan-need-ended', {})
}

const recordOn = (
  tx: MemberTransaction,
  { reference, subject }: Plan,
  event: 'plan-statement-added' | 'plan-statement-changed' | 'plan-need-ended',
  detail: Record<string, unknown>,
) => tx.record(event, { person: subject.person, kind: 'plan', id: reference, detail })

export interface Ground {
  id: string
  occurredOn: Day
  nature: string
  text: string
}

/** Entries of the viewer's own agency that a need can rest on; the latest first. Notes of circles are none (R17). */
export const possibleGrounds = (tx: MemberTransaction, { subject }: Plan): Promise<Ground[]> =>
  subject.person === null
    ? Promise.resolve([])
    : tx.query<Ground>(
        `select id, occurred_on as "occurredOn", nature, text from entries
         where person_id = $1 and agency = viewer_agency() and circle is null and suspended_on is null
         order by occurred_on desc, created_at desc limit 20`,
        [subject.person],
      )
