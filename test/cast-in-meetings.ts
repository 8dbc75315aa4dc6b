/** The cast with seats in the daily meeting of the area pack, under an agreement. Everything is invented. */
import { asProgram } from '../src/governance/access/as-member.ts'
import type { Database } from '../src/platform/postgres.ts'
import { castUser } from '../src/synthetic/casework/cast.ts'

export const DAILY = 'daily-threat-risk-birmingham'

/** Places in the cast, and the part of each: the chief inspector chairs, the triage coordinator is the secretary. */
const seats: [number, string][] = [
  [8, 'chair'],
  [2, 'secretary'],
  [3, 'member'],
  [1, 'member'],
  [6, 'member'],
]

/** Seats and an agreement; called once. */
export const seatCast = (database: Database, now: Date): Promise<void> =>
  asProgram(database, now, async tx => {
    const [agreement] = await tx.query<{ id: string }>(
      `insert into agreements (title, purpose, legal_basis, owner, starts_on, ends_on, created_at)
       values ('Daily meetings (synthetic)', 'violence-prevention', 'Crime and Disorder Act 1998, section 115', 'partnership',
         '2018-01-01', '2099-12-31', present()) returning id`,
    )
    await tx.query(
      `insert into agreement_parties select $1, unnest('{west-midlands-police,violence-reduction-partnership,schools}'::text[])`,
      [agreement!.id],
    )
    await tx.query(`insert into agreement_fields values ($1, 'meeting')`, [agreement!.id])
    for (const [place, part] of seats) {
      await tx.query(
        `insert into meeting_seats (type, user_id, agency, part, since)
         select $1, u.id, u.agency, $3, '2020-01-01' from users u where u.id = $2`,
        [DAILY, castUser(place), part],
      )
    }
  })

/** A meeting of theirs that waits, and a referral that came in three hours before; gives the meeting's reference. */
export const waitingMeeting = (database: Database, now: Date): Promise<string> =>
  asProgram(database, now, async tx => {
    await tx.query(
      `insert into referrals (id, reference, from_agency, to_agency, author, kind, urgency, answers, purpose, legal_basis,
         shared_under, sent_at, due_at, state, state_by, state_at, review_on, delete_on)
       select gen_random_uuid(), next_reference('R'), 'schools', 'violence-reduction-partnership', $1, 'child', 'today',
         '{"given":"Quincy","family":"Invented"}', 'safeguarding', 'for tests', 'agreement', present() - interval '3 hours',
         present() + interval '3 hours', 'sent', $1, present(), present_day() + 90, present_day() + 700`,
      [castUser(1)],
    )
    const [meeting] = await tx.query<{ reference: string }>(
      `with planned as (
         insert into meetings (id, reference, type, starts_at, purpose, agencies, quorum, sees, chair, planned_at)
         select gen_random_uuid(), next_reference('M'), t.id, present(), t.definition ->> 'purpose',
           array(select jsonb_array_elements_text(t.definition -> 'members')), t.definition -> 'quorum',
           array(select jsonb_array_elements_text(t.definition -> 'sees')), $2, present()
         from meeting_types t where t.id = $1 returning id, reference
       ), members as (
         insert into meeting_members (meeting, user_id, agency, part)
         select p.id, s.user_id, s.agency, s.part from planned p, meeting_seats s where s.type = $1
       ), moves as (
         insert into meeting_moves (meeting, seq, action, state_after, at, request_key)
         select id, 1, 'plan', 'planned', present(), gen_random_uuid() from planned
       )
       select reference from planned`,
      [DAILY, castUser(8)],
    )
    return meeting!.reference
  })
