/**
 * Meetings of the synthetic partnership, in the tables of the pages. The triggers that number each change of a meeting and
 * keep its state would write every meeting anew with each of its rows: they rest meanwhile, and what they would have kept
 * is written with the rows. A test compares it with what the moves say.
 */
import { retentionDates } from '../../governance/retention/retention-dates.ts'
import { londonDay } from '../../platform/calendar.ts'
import type { Queryable } from '../../platform/postgres.ts'
import type { Casework } from './casework.ts'
import { insertRows } from './insert-rows.ts'
import type { SyntheticMeeting, SyntheticTask } from './meetings.ts'
import { invented } from './setting.ts'

const resting = {
  meeting_members: 'meeting_member_number',
  meeting_moves: 'meeting_state',
  agenda_items: 'agenda_item_number',
  meeting_entries: 'meeting_entry_number',
}

export async function writeMeetings(tx: Queryable, { seats, meetings }: Casework): Promise<void> {
  const rest = async (state: 'disable' | 'enable') => {
    for (const [table, trigger] of Object.entries(resting)) {
      await tx.query(`alter table ${table} ${state} trigger ${trigger}`)
    }
  }
  await rest('disable')
  await insertRows(
    tx,
    'meeting_seats',
    'id uuid, type text, user_id uuid, agency text, part text, since date',
    seats.map(({ id, type, worker, part, since }) => ({
      id,
      type,
      user_id: worker.id,
      agency: worker.agency,
      part,
      since,
    })),
  )
  await insertRows(
    tx,
    'meetings',
    `id uuid, reference text, type text, starts_at timestamptz, purpose text, agencies text[], quorum jsonb, sees text[],
     chair uuid, planned_at timestamptz, agenda_at timestamptz, place text, state text, opened_at timestamptz,
     closed_at timestamptz, moves integer, changes integer`,
    meetings.map(m => ({
      id: m.id,
      reference: m.reference,
      type: m.type.id,
      starts_at: m.startsAt,
      purpose: m.type.purpose ?? null,
      agencies: m.type.members,
      quorum: m.type.quorum,
      sees: m.type.sees,
      chair: m.chair?.id ?? null,
      planned_at: m.moves[0]!.at,
      agenda_at: m.state === 'closed' ? m.moves[1]!.at : null,
      place: '',
      state: m.state,
      opened_at: m.moves.find(v => v.action === 'open')?.at ?? null,
      closed_at: m.moves.find(v => v.action === 'close')?.at ?? null,
      moves: m.moves.length,
      changes: changesOf(m),
    })),
  )
  await insertRows(
    tx,
    'meeting_members',
    'meeting uuid, user_id uuid, agency text, part text, attendance text, present_from timestamptz, changed integer',
    meetings.flatMap(m =>
      m.members.map(({ worker, part, attendance, presentFrom }) => ({
        meeting: m.id,
        user_id: worker.id,
        agency: worker.agency,
        part,
        attendance,
        present_from: presentFrom,
        changed: 0,
      })),
    ),
  )
  await insertRows(
    tx,
    'meeting_moves',
    'meeting uuid, seq integer, action text, state_after text, by_user uuid, by_agency text, at timestamptz, request_key uuid, detail jsonb',
    meetings
      .flatMap(m => m.moves.map((move, i) => ({ ...move, meeting: m.id, seq: i + 1 })))
      .map((move, n) => ({
        meeting: move.meeting,
        seq: move.seq,
        action: move.action,
        state_after: move.stateAfter,
        by_user: move.by?.id ?? null,
        by_agency: move.by?.agency ?? null,
        at: move.at,
        request_key: invented('meeting-move', n + 1),
        detail: move.detail,
      })),
  )
  await writeItems(tx, meetings)
  await writeTasks(tx, meetings)
  await writeSaid(tx, meetings)
  await rest('enable')
  // Whoever writes next goes on from here.
  await tx.query(
    `insert into reference_numbers (kind, year, last)
     select 'M', split_part(reference, '-', 2)::integer, max(split_part(reference, '-', 3)::integer) from meetings group by 2
     on conflict (kind, year) do update set last = greatest(reference_numbers.last, excluded.last)`,
  )
}

/** One for each matter, each entry, and each member and move, whichever order they came in. */
const changesOf = ({ items, entries, members, moves }: SyntheticMeeting): number =>
  items.length + entries.length + members.length + moves.length

const keptUntil = (at: Date) => retentionDates('meeting-entry', londonDay(at), { child: true }).deleteOn

const writeItems = (tx: Queryable, meetings: readonly SyntheticMeeting[]) =>
  insertRows(
    tx,
    'agenda_items',
    `id uuid, meeting uuid, seq integer, section text, kind text, title text, agency text, called text, person_id uuid,
     added_by uuid, added_at timestamptz, passed_at timestamptz, passed_by uuid, purpose text, changed integer, delete_on date,
     source_kind text, source_id text`,
    meetings.flatMap(m =>
      m.items.map((item, n) => ({
        id: item.id,
        meeting: m.id,
        seq: (n + 1) * 1000,
        section: item.section,
        kind: item.kind,
        title: item.title,
        agency: item.agency,
        called: item.called,
        person_id: item.person,
        added_by: item.addedBy?.id ?? null,
        added_at: m.startsAt,
        passed_at: item.passedAt,
        passed_by: item.passedBy?.id ?? null,
        purpose: m.type.purpose ?? null,
        changed: n + 1,
        delete_on: keptUntil(m.startsAt),
        source_kind: item.source?.kind ?? null,
        source_id: item.source?.id ?? null,
      })),
    ),
  )

const writeSaid = (tx: Queryable, meetings: readonly SyntheticMeeting[]) =>
  insertRows(
    tx,
    'meeting_entries',
    `id uuid, meeting uuid, agenda_item uuid, seq integer, kind text, text text, agency text, purpose text, person_id uuid,
     by_user uuid, by_agency text, action uuid, at timestamptz, delete_on date`,
    meetings.flatMap(m =>
      m.entries.map(({ id, item, kind, text, worker, action, at }, n) => ({
        id,
        meeting: m.id,
        agenda_item: item?.id ?? null,
        seq: m.items.length + n + 1,
        purpose: m.type.purpose ?? null,
        person_id: item?.person ?? null,
        kind,
        text,
        agency: worker.agency,
        by_user: worker.id,
        by_agency: worker.agency,
        action: action?.id ?? null,
        at,
        delete_on: keptUntil(m.startsAt),
      })),
    ),
  )

/** Given out in meetings: in the one log, numbered after what is there already. */
async function writeTasks(tx: Queryable, meetings: readonly SyntheticMeeting[]): Promise<void> {
  const tasks = meetings.flatMap(m => m.entries.flatMap(e => (e.action ? [e.action] : [])))
  const years = [...new Set(tasks.map(yearOf))]
  const rows = await tx.query<{ year: number; last: number }>(
    `select year, last from reference_numbers where kind = 'A' and year = any ($1)`,
    [years],
  )
  const last = new Map(rows.map(row => [row.year, row.last]))
  const numbered = tasks.map(task => {
    const year = yearOf(task)
    const n = (last.get(year) ?? 0) + 1
    last.set(year, n)
    return { task, reference: `A-${year}-${String(n).padStart(4, '0')}` }
  })
  await insertRows(
    tx,
    'actions',
    `id uuid, reference text, what text, agency text, due_on date, state text, meeting uuid, agenda_item uuid, made_by uuid,
     made_by_agency text, made_at timestamptz, purpose text, legal_basis text, review_days integer, review_on date,
     delete_on date, suspended_on date`,
    numbered.map(({ task, reference }) => ({
      id: task.id,
      reference,
      what: task.what,
      agency: task.agency,
      due_on: task.dueOn,
      state: 'open',
      meeting: task.meeting,
      agenda_item: task.item,
      made_by: task.madeBy.id,
      made_by_agency: task.madeBy.agency,
      made_at: task.madeAt,
      purpose: task.purpose,
      legal_basis: task.legalBasis,
      review_days: 42,
      review_on: task.reviewOn,
      delete_on: task.deleteOn,
      suspended_on: task.suspendedOn,
    })),
  )
  await insertRows(
    tx,
    'action_audience',
    'action uuid, agency text',
    tasks.flatMap(t => t.audience.map(agency => ({ action: t.id, agency }))),
  )
  const moves = tasks.flatMap(t => [
    { task: t, name: 'make', after: 'open', by: t.madeBy, at: t.madeAt, detail: {} },
    ...(t.finished
      ? [{ task: t, name: 'finish', after: 'done', ...t.finished, detail: { result: t.finished.result } }]
      : []),
  ])
  await insertRows(
    tx,
    'action_moves',
    `action uuid, seq integer, action_name text, state_after text, by_user uuid, by_agency text, at timestamptz,
     request_key uuid, detail jsonb`,
    moves.map(({ task, name, after, by, at, detail }, n) => ({
      action: task.id,
      seq: name === 'make' ? 1 : 2,
      action_name: name,
      state_after: after,
      by_user: by.id,
      by_agency: by.agency,
      at,
      request_key: invented('task-move', n + 1),
      detail,
    })),
  )
  await tx.query(
    `insert into reference_numbers (kind, year, last) select 'A', * from unnest($1::integer[], $2::integer[])
     on conflict (kind, year) do update set last = excluded.last`,
    [[...last.keys()], [...last.values()]],
  )
}

const yearOf = ({ madeAt }: SyntheticTask): number => Number(londonDay(madeAt).slice(0, 4))
