/** What officers of information governance have to do by when: cases of people's rights, and breaches in their 72 hours. */
import { londonDay } from '../../platform/calendar.ts'
import { londonInstant } from '../../platform/london-time.ts'
import type { Queryable } from '../../platform/postgres.ts'
import { type BreachAction, breachClock, standing as breachStanding } from '../breaches/breach.ts'
import { type CaseFacts, type RightsAction, standing } from '../rights/rights-case.ts'
import { dueOf } from '../rights/shown-case.ts'
import { type Deadline, LAST_HOUR } from './deadline.ts'

/** Of cases that are open and whose clock runs, and of breaches that the Commissioner may still have to be told of. */
export async function officerDeadlines(tx: Queryable, now: Date): Promise<Deadline[]> {
  const officers = (await tx.query<{ id: string }>('select id from active_officers() as id')).map(o => o.id)
  return [...(await rightsDeadlines(tx, officers, now)), ...(await breachDeadlines(tx, officers, now))]
}

/** For the officers, and for the reviewer of a challenge until they have decided. */
async function rightsDeadlines(tx: Queryable, officers: readonly string[], now: Date): Promise<Deadline[]> {
  const cases = await tx.query<CaseFacts & { id: string; reference: string }>(
    `select id, reference, kind, regime, received_on as "receivedOn" from rights_cases
     where rights_state(id) <> 'closed'`,
  )
  const actions = Map.groupBy(
    await tx.query<RightsAction & { rights_case: string }>(
      `select rights_case, seq, action, by_user as "byUser", '' as "byName", at, reviewer, null as "reviewerName", detail
       from rights_actions where rights_case = any ($1) order by rights_case, seq`,
      [cases.map(c => c.id)],
    ),
    action => action.rights_case,
  )
  return cases.flatMap(found => {
    const stands = standing(actions.get(found.id) ?? [])
    const due = dueOf({ ...found, stands }, londonDay(now))
    if (!due || due.paused) return []
    const reviewer = stands.outcome === null ? stands.reviewer : null
    return [...new Set([...officers, ...(reviewer ? [reviewer] : [])])].map(recipient => ({
      recipient,
      what: 'rights-case' as const,
      subjectKind: 'rights-case',
      reference: found.reference,
      link: `/governance/rights/${found.reference}`,
      dueAt: londonInstant(due.on, LAST_HOUR),
      dueOn: due.on,
    }))
  })
}

async function breachDeadlines(tx: Queryable, officers: readonly string[], now: Date): Promise<Deadline[]> {
  const breaches = await tx.query<{ id: string; reference: string; aware_at: Date }>(
    `select b.id, b.reference, b.aware_at from breaches b
     where not exists (select from breach_actions a where a.breach = b.id and a.state_after = 'closed')`,
  )
  const actions = Map.groupBy(
    await tx.query<BreachAction & { breach: string }>(
      `select breach, seq, action, '' as "byName", at, detail from breach_actions
       where breach = any ($1) order by breach, seq`,
      [breaches.map(b => b.id)],
    ),
    action => action.breach,
  )
  return breaches.flatMap(({ id, reference, aware_at }) => {
    const clock = breachClock(aware_at, breachStanding(actions.get(id) ?? []), now)
    if (!clock) return []
    return officers.map(recipient => ({
      recipient,
      what: 'breach' as const,
      subjectKind: 'breach',
      reference,
      link: `/governance/breaches/${reference}`,
      dueAt: clock.endsAt,
      dueOn: null,
    }))
  })
}
