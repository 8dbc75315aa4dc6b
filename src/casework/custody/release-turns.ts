/** A release is a turning point: written into the plans about the person, where everybody on the plan may know of it. */
import { randomUUID } from 'node:crypto'
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import type { Day } from '../../platform/calendar.ts'

export interface TurnedPlan {
  plan: string
  /**
   * Names of the agencies on the plan that may not know, all of them where the agency withholds that it knows the person;
   * where there are any, nothing was written.
   */
  untold: string[]
}

interface OpenPlan {
  id: string
  reference: string
  untold: string[] | null
}

/** What a release would be written into, before it is. */
export const plansToTurn = (
  tx: MemberTransaction,
  { person, agency }: { person: string; agency: string },
): Promise<OpenPlan[]> =>
  tx.query(
    `select p.id, p.reference, (
       select array_agg(a.name order by a.name)
       from (select p.lead_agency as agency union select m.agency from plan_members m where m.plan = p.id) x
       join agencies a on a.id = x.agency
       where x.agency <> $2 and (not agreement_covers($2, x.agency, p.purpose, array['custody']) or exists (
         select from agency_records r where r.person_id = p.person_id and r.agency = $2 and r.sensitive))) as untold
     from plans p where p.person_id = $1 and p.state = 'open' order by p.reference`,
    [person, agency],
  )

export async function turnPlans(
  tx: MemberTransaction,
  spell: { person: string; agency: string },
  releasedOn: Day,
): Promise<TurnedPlan[]> {
  const plans = await plansToTurn(tx, spell)
  const told = plans.filter(p => p.untold === null)
  await tx.query(
    `insert into plan_statements (id, plan, kind, text, on_day, turning, agency, author, made_at, changed_at)
     select t.id, t.plan, 'turning-point', 'Came out of custody.', $2, 'release', $3, $4, present(), present()
     from jsonb_to_recordset($1) as t (id uuid, plan uuid)`,
    [
      JSON.stringify(told.map(({ id }) => ({ id: randomUUID(), plan: id }))),
      releasedOn,
      tx.member.agency,
      tx.member.user,
    ],
  )
  for (const { reference } of told) {
    await tx.record('plan-statement-added', {
      person: spell.person,
      kind: 'plan',
      id: reference,
      detail: { kind: 'turning-point' },
    })
  }
  return plans.map(({ reference, untold }) => ({ plan: reference, untold: untold ?? [] }))
}
