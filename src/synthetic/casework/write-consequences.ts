/** Consequence management, with what agencies wrote in it, and the meeting of this morning about the newest. */
import type { ProgramTransaction } from '../../governance/access/as-member.ts'
import { retentionDates } from '../../governance/retention/retention-dates.ts'
import { londonDay } from '../../platform/calendar.ts'
import type { Consequences, SyntheticConsequence } from './consequences.ts'
import { insertRows } from './insert-rows.ts'
import { invented, type Setting } from './setting.ts'

export async function writeConsequences(
  tx: ProgramTransaction,
  { now, today }: Setting,
  { consequences }: Consequences,
): Promise<void> {
  await insertRows(
    tx,
    'consequences',
    `id uuid, reference text, what text, happened_on date, happened_at text, place text, incident text, lead_agency text,
     owner uuid, state text, review_due_on date, closed_at timestamptz, opened_by uuid, opened_at timestamptz, purpose text,
     legal_basis text, review_days integer, review_on date, delete_on date`,
    consequences.map(c => ({
      id: c.id,
      reference: c.reference,
      what: c.what,
      happened_on: c.happenedOn,
      happened_at: c.happenedAt,
      place: c.place,
      incident: c.incident,
      lead_agency: c.owner.agency,
      owner: c.owner.id,
      state: 'open',
      review_due_on: c.reviewDueOn,
      closed_at: null,
      opened_by: c.owner.id,
      opened_at: c.openedAt,
      purpose: c.purpose,
      legal_basis: c.legalBasis,
      review_days: c.reviewDays,
      review_on: c.reviewOn,
      delete_on: c.deleteOn,
    })),
  )
  await insertRows(
    tx,
    'consequence_agencies',
    'consequence uuid, agency text, since timestamptz, added_by uuid',
    consequences.flatMap(c =>
      c.agencies.map(agency => ({ consequence: c.id, agency, since: c.openedAt, added_by: c.owner.id })),
    ),
  )
  await insertRows(
    tx,
    'consequence_entries',
    `id uuid, consequence uuid, kind text, nature text, text text, on_day date, called text, role text, authority text,
     grade text, agency text, author uuid, made_at timestamptz, purpose text, delete_on date`,
    consequences.flatMap(c =>
      c.entries.map(e => ({
        id: e.id,
        consequence: c.id,
        kind: e.kind,
        nature: e.nature,
        text: e.text,
        on_day: londonDay(e.at),
        called: e.called,
        role: e.role,
        authority: e.authority,
        grade: e.grade,
        agency: e.by.agency,
        author: e.by.id,
        made_at: e.at,
        purpose: c.purpose,
        delete_on: retentionDates('consequence-entry', londonDay(e.at), { child: true }).deleteOn,
      })),
    ),
  )
  // The trigger brings each to the state to which its moves lead.
  const moves = consequences.flatMap(c => c.moves.map((move, i) => ({ c, move, seq: i + 1 })))
  await insertRows(
    tx,
    'consequence_moves',
    `consequence uuid, seq integer, move text, state_after text, by_user uuid, by_agency text, at timestamptz,
     request_key uuid, to_agency text, due_on date, detail jsonb`,
    moves.map(({ c, move, seq }, n) => ({
      consequence: c.id,
      seq,
      move: move.move,
      state_after: move.after,
      by_user: move.by.id,
      by_agency: move.by.agency,
      at: move.at,
      request_key: invented('consequence-move', n + 1),
      to_agency: move.toAgency,
      due_on: move.dueOn,
      detail: move.detail,
    })),
  )
  await tx.query(
    `insert into reference_numbers (kind, year, last)
     select 'CM', split_part(reference, '-', 2)::integer, max(split_part(reference, '-', 3)::integer) from consequences group by 2
     on conflict (kind, year) do update set last = greatest(reference_numbers.last, excluded.last)`,
  )
  const newest = consequences.at(-1)
  if (newest) await meetAbout(tx, newest, { now, today })
}

const MINUTES_AGO = 20

/** Opened twenty minutes ago, with those who have a seat in such meetings: whoever signs in walks in on it. */
async function meetAbout(
  tx: ProgramTransaction,
  { reference, what, owner, reviewDueOn }: SyntheticConsequence,
  { now, today }: Pick<Setting, 'now' | 'today'>,
): Promise<void> {
  const startsAt = new Date(now.getTime() - MINUTES_AGO * 60_000).toISOString()
  const [meeting] = await tx.query<{ id: string }>(
    `insert into meetings (id, reference, type, starts_at, purpose, agencies, quorum, sees, chair, planned_at, agenda_at)
     select $1, next_reference('M'), t.id, $2, t.definition ->> 'purpose',
       array(select jsonb_array_elements_text(t.definition -> 'members')), t.definition -> 'quorum',
       array(select jsonb_array_elements_text(t.definition -> 'sees')),
       (select s.user_id from meeting_seats s where s.type = t.id and s.part = 'chair' order by s.since limit 1), $2, $2
     from meeting_types t
     where t.definition -> 'cadence' ->> 'kind' = 'called' and t.definition -> 'sees' ? 'consequence'
       and exists (select from meeting_seats s where s.type = t.id)
     order by t.id limit 1 returning id`,
    [invented('consequence-meeting', 1), startsAt],
  )
  if (!meeting) return
  await tx.query(
    `insert into meeting_members (meeting, user_id, agency, part, attendance, present_from)
     select m.id, s.user_id, s.agency, s.part, 'present', m.starts_at
     from meetings m join meeting_seats s on s.type = m.type where m.id = $1`,
    [meeting.id],
  )
  for (const [seq, [action, after]] of [['plan', 'planned'] as const, ['open', 'open'] as const].entries()) {
    await tx.query(
      `insert into meeting_moves (meeting, seq, action, state_after, by_user, by_agency, at, request_key)
       select m.id, $2, $3, $4, u.id, u.agency, m.starts_at, $5 from meetings m join users u on u.id = $6 where m.id = $1`,
      [meeting.id, seq + 1, action, after, invented('consequence-meeting', seq + 2), owner.id],
    )
  }
  const keptUntil = retentionDates('agenda-item', today, { child: true }).deleteOn
  const item = invented('consequence-meeting', 10)
  await tx.query(
    `insert into agenda_items (id, meeting, seq, section, kind, title, agency, source_kind, source_id, due_on, added_by,
       added_at, delete_on)
     values ($1, $2, 1000, 'Brought up by members', 'consequence', 'Consequence management', $3, 'consequence', $4, $5, $6,
       $7, $8)`,
    [item, meeting.id, owner.agency, reference, reviewDueOn, owner.id, startsAt, keptUntil],
  )
  const said = [
    ['note', `${what}. What is known and what is not stands under ${reference}.`],
    ['shared', 'Extra visits of people whom the young know are agreed for this afternoon.'],
  ]
  for (const [n, [kind, text]] of said.entries()) {
    await tx.query(
      `insert into meeting_entries (id, meeting, agenda_item, kind, text, agency, by_user, by_agency, at, delete_on)
       values ($1, $2, $3, $4, $5, $6, $7, $6, $8, $9)`,
      [
        invented('consequence-meeting', 20 + n),
        meeting.id,
        item,
        kind,
        text,
        owner.agency,
        owner.id,
        new Date(now.getTime() - (MINUTES_AGO - 5 - n * 3) * 60_000).toISOString(),
        keptUntil,
      ],
    )
  }
}
