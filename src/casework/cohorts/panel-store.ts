/** The panel of a cohort: named people of its parties, each for a time. Who may name them is for the policies. */
import { randomUUID } from 'node:crypto'
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import type { Day } from '../../platform/calendar.ts'

export const panelParts = {
  chair: { title: 'Chair', hint: 'Records what the panel decides; never on what they proposed themselves' },
  member: { title: 'Member', hint: 'Decides with the panel, and can be a second approver' },
  adviser: { title: 'Adviser', hint: 'Reads and advises; has no part in decisions' },
} as const

export type PanelPart = keyof typeof panelParts

export const isPanelPart = (text: string): text is PanelPart => Object.hasOwn(panelParts, text)

export interface PanelMember {
  id: string
  user: string
  name: string
  post: string
  role: string
  agency: string
  agencyName: string
  part: PanelPart
  since: Day
}

/** Who sits today: chairs first, then by agency and name. */
export const panelOf = (tx: MemberTransaction, cohort: string): Promise<PanelMember[]> =>
  tx.query<PanelMember>(
    `select m.id, m.user_id as user, u.name, u.post, u.role, u.agency, a.name as "agencyName", m.part, m.since
     from panel_members m join users u on u.id = m.user_id join agencies a on a.id = u.agency
     where m.cohort = $1 and u.state = 'active' and m.since <= present_day() and (m.until is null or m.until > present_day())
     order by m.part = 'chair' desc, m.part = 'adviser', a.name, u.name, u.id`,
    [cohort],
  )

export interface Candidate {
  user: string
  name: string
  post: string
  agency: string
  agencyName: string
}

/** People of the parties who could be named and are not yet. */
export const candidatesFor = (tx: MemberTransaction, cohort: string): Promise<Candidate[]> =>
  tx.query<Candidate>(
    `select u.id as user, u.name, u.post, u.agency, a.name as "agencyName"
     from cohort_parties p join users u on u.agency = p.agency join agencies a on a.id = u.agency
     where p.cohort = $1 and u.state = 'active' and u.role in ('practitioner', 'coordinator', 'commander')
       and not a.kind = any (kinds_without_lists())
       and u.id not in (select m.user_id from panel_members m where m.cohort = $1 and m.until is null)
     order by a.name, u.name, u.id`,
    [cohort],
  )

/** Who can look after somebody placed: people of parties whom an agreement in force lets see what the lead agency holds. */
export const possibleLeads = (tx: MemberTransaction, cohort: string): Promise<Candidate[]> =>
  tx.query<Candidate>(
    // Agreements are asked once for an agency, and not for each of its people.
    `with that_lead as materialized (
       select a.id, a.name from cohorts c join cohort_parties p on p.cohort = c.id join agencies a on a.id = p.agency
       where c.id = $1 and not a.kind = any (kinds_without_lists())
         and (a.id = c.lead_agency or exists (
           select from unnest(array['safeguarding', 'violence-prevention', 'support']) purpose
           where agreement_covers(c.lead_agency, a.id, purpose, array['cohort'])))
     )
     select u.id as user, u.name, u.post, u.agency, a.name as "agencyName"
     from that_lead a join users u on u.agency = a.id
     where u.state = 'active' and u.role in ('practitioner', 'coordinator')
     order by a.name, u.name, u.id`,
    [cohort],
  )

/** Named from today. Who sits already stays as they are. */
export async function nameMember(
  tx: MemberTransaction,
  cohort: string,
  user: string,
  part: PanelPart,
): Promise<void> {
  const sits = await tx.query(
    'select from panel_members where cohort = $1 and user_id = $2 and until is null',
    [cohort, user],
  )
  if (sits.length > 0) return
  await tx.query(
    `insert into panel_members (id, cohort, user_id, part, since, added_by, added_at)
     values ($1, $2, $3, $4, present_day(), $5, present())`,
    [randomUUID(), cohort, user, part, tx.member.user],
  )
  await tx.record('panel-member-named', { kind: 'cohort', id: cohort, detail: { user, part } })
}

/** Their part ends today; that they sat until now stays. */
export async function endMember(tx: MemberTransaction, cohort: string, id: string): Promise<void> {
  const ended = await tx.query<{ user_id: string }>(
    `update panel_members set until = present_day() where id = $1 and cohort = $2 and until is null returning user_id`,
    [id, cohort],
  )
  if (ended.length === 0) return
  await tx.record('panel-member-ended', { kind: 'cohort', id: cohort, detail: { user: ended[0]!.user_id } })
}
