/** What of a plan goes through the gate with somebody: needs and actions that are marked, and nothing beside the plan. */
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import type { Day } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'

/** A need or an action of a plan, with whether it goes through the gate. */
export interface GateLine {
  id: string
  what: 'need' | 'action'
  text: string
  /** Of an action: who does it, by when, and how it stands. */
  agencyName: string | null
  dueOn: Day | null
  state: string | null
  marked: boolean
}

export interface GatePlan {
  id: string
  reference: string
  called: string
  person: string
  open: boolean
  lines: GateLine[]
}

/** Open needs and actions, and whatever is marked. */
const linesOf = `(
  select coalesce(jsonb_agg(to_jsonb(l) - 'place' order by l.place, l."dueOn" nulls first, l.id), '[]') from (
    select s.id, 'need' as what, s.text, null as "agencyName", null::date as "dueOn", null as state, g.need is not null as marked,
      1 as place
    from plan_statements s left join gate_marks g on g.need = s.id
    where s.plan = p.id and s.kind = 'need' and (s.ended_at is null or g.need is not null)
    union all
    select a.id, 'action', a.what, o.name, a.due_on, a.state, g.action is not null, 2
    from actions a join agencies o on o.id = a.agency left join gate_marks g on g.action = a.id
    where a.plan = p.id and (a.state = 'open' or g.action is not null)
  ) l)`

const planSql = `select p.id, p.reference, p.called, p.person_id as person, p.state = 'open' as open, ${linesOf} as lines from plans p`

/** Plans about the person of which the viewer may know that they go through the gate. */
export const gatePlansOf = (tx: MemberTransaction, person: string): Promise<GatePlan[]> =>
  tx.query(
    `${planSql} where p.person_id = $1 and p.id in (select viewer_gate_plans()) and p.suspended_on is null
     order by p.state = 'open' desc, p.reference`,
    [person],
  )

/** Throws NotThere where the viewer may not know of custody, as where there is no such plan. */
export async function readGatePlan(tx: MemberTransaction, reference: string): Promise<GatePlan> {
  const [plan] = await tx.query<GatePlan>(
    `${planSql} where p.reference = $1 and p.id in (select viewer_gate_plans())`,
    [reference],
  )
  if (!plan) throw new NotThere()
  return plan
}

/**
 * Marks what was ticked, and takes the mark from what was unticked: against what the form showed, so that what somebody
 * else marked meanwhile stays.
 */
export async function markForGate(
  tx: MemberTransaction,
  plan: GatePlan,
  { shown, ticked }: { shown: readonly string[]; ticked: readonly string[] },
): Promise<void> {
  if (!plan.open) throw new NotThere()
  const ofPlan = (ids: readonly string[]) => plan.lines.filter(l => ids.includes(l.id))
  const on = ofPlan(ticked).filter(l => !l.marked)
  const off = ofPlan(shown).filter(l => l.marked && !ticked.includes(l.id))
  if (on.length === 0 && off.length === 0) return
  await tx.query(
    `insert into gate_marks (plan, need, action, marked_by, marked_at)
     select $1, l.need, l.action, viewer_user(), present() from jsonb_to_recordset($2) as l (need uuid, action uuid)
     on conflict do nothing`,
    [plan.id, JSON.stringify(on.map(l => ({ [l.what]: l.id })))],
  )
  await tx.query('delete from gate_marks where plan = $1 and coalesce(need, action) = any ($2)', [
    plan.id,
    off.map(l => l.id),
  ])
  await tx.record('gate-plan-marked', {
    person: plan.person,
    kind: 'plan',
    id: plan.reference,
    detail: { marked: on.length, unmarked: off.length },
  })
}
