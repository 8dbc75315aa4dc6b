/**
 * Puts an agenda together, as the program: the sources are asked whatever the one who opens the meeting may read, and each
 * matter says whose it is, so that the policies show it to those who may hear of it.
 */
import type { AgendaRule, ItemKind, PackMeetingType } from '../../../../areas/meeting-type.ts'
import { asProgram, type Member } from '../../../../governance/access/as-member.ts'
import { retentionDates } from '../../../../governance/retention/retention-dates.ts'
import { londonDay } from '../../../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../../../platform/errors.ts'
import type { Database, Queryable } from '../../../../platform/postgres.ts'
import type { MeetingState } from '../meeting.ts'
import type { AgendaDraft, Gathering } from './agenda-source.ts'
import { agendaSources } from './agenda-sources.ts'
import { agendaWindow } from './agenda-window.ts'

/** Rows that others have asked for already, by the place of their rule: what stands in the evidence. */
export type Outside = ReadonlyMap<AgendaRule, AgendaDraft[]>

/** Answers the rules that no source of casework answers. Asked outside of a transaction. */
export type AskOutside = (gatherings: readonly Gathering[]) => Promise<Outside>

interface Planned {
  id: string
  reference: string
  state: MeetingState
  gatherings: Gathering[]
}

/**
 * Gathers the agenda of a meeting that is planned or open, for somebody who runs it, or for the program (null). What was
 * gathered before stays the same item; what is over by now leaves the agenda of a meeting that is not open yet.
 */
export async function gatherAgenda(
  database: Database,
  member: Member | null,
  reference: string,
  { now, askOutside }: { now: Date; askOutside: AskOutside },
): Promise<void> {
  const planned = await asProgram(database, now, tx => readPlanned(tx, member, reference, now), member)
  // The evidence is another engine: nothing but the database is awaited inside a transaction.
  const outside = await askOutside(planned.gatherings)
  await asProgram(
    database,
    now,
    async tx => {
      const { id, state, gatherings } = await readPlanned(tx, member, reference, now)
      const rows: object[] = []
      for (const [place, gathering] of gatherings.entries()) {
        const drafts = await draftsOf(tx, gathering, outside, planned.gatherings[place]?.rule)
        rows.push(...drafts.map((draft, n) => rowOf(id, place, n, gathering.rule, draft, now)))
      }
      await keep(tx, id, state, rows)
      await tx.query('update meetings set agenda_at = $2 where id = $1', [id, now.toISOString()])
      await tx.record('meeting-agenda-gathered', {
        kind: 'meeting',
        id: reference,
        detail: { items: rows.length },
      })
    },
    member,
  )
}

async function readPlanned(
  tx: Queryable,
  member: Member | null,
  reference: string,
  now: Date,
): Promise<Planned> {
  const [row] = await tx.query<{
    id: string
    type: string
    state: MeetingState
    starts_at: Date
    agencies: string[]
    purpose: string | null
    sees: ItemKind[]
    definition: PackMeetingType
    runs: boolean
  }>(
    `select m.id, m.type, m.state, m.starts_at, m.agencies, m.purpose, m.sees, t.definition, viewer_runs_meeting(m.id) as runs
     from meetings m join meeting_types t on t.id = m.type where m.reference = $1`,
    [reference],
  )
  if (!row || (member && !row.runs)) throw new NotThere()
  if (row.state !== 'planned' && row.state !== 'open') {
    throw new WrongMove(`${reference} is over: its agenda stays as it was.`)
  }
  const window = agendaWindow(row.starts_at, now)
  const meeting = {
    id: row.id,
    type: row.type,
    agencies: row.agencies,
    purpose: row.purpose,
    localAuthorities: row.definition.localAuthorities ?? null,
  }
  return {
    id: row.id,
    reference,
    state: row.state,
    gatherings: row.definition.agenda
      .filter(rule => row.sees.includes(rule.items))
      .map(rule => ({ meeting, window, rule, today: londonDay(now) })),
  }
}

async function draftsOf(
  tx: Queryable,
  gathering: Gathering,
  outside: Outside,
  asked: AgendaRule | undefined,
): Promise<AgendaDraft[]> {
  const drafts = [...((asked && outside.get(asked)) ?? [])]
  for (const source of agendaSources.filter(s => s.kind === gathering.rule.items)) {
    drafts.push(...(await source.gather(tx, gathering)))
  }
  return drafts
}

const rowOf = (
  meeting: string,
  place: number,
  n: number,
  { section, items }: AgendaRule,
  draft: AgendaDraft,
  now: Date,
) => ({
  meeting,
  seq: (place + 1) * IN_A_SECTION + n,
  section,
  kind: items,
  title: draft.title,
  agency: draft.agency,
  seen_by: draft.seenBy ?? null,
  person_id: draft.person ?? null,
  group_id: draft.group ?? null,
  place_id: draft.place ?? null,
  line_id: draft.line ?? null,
  source_kind: draft.sourceKind,
  source_id: draft.sourceId,
  due_on: draft.dueOn ?? null,
  delete_on: retentionDates('agenda-item', londonDay(now), { child: true }).deleteOn,
})

const IN_A_SECTION = 1000

async function keep(tx: Queryable, meeting: string, state: MeetingState, rows: object[]): Promise<void> {
  const columns = `meeting uuid, seq integer, section text, kind text, title text, agency text, seen_by text[], person_id uuid, group_id uuid,
    place_id uuid, line_id uuid, source_kind text, source_id text, due_on date, delete_on date`
  const names = columns.split(',').map(column => column.trim().split(' ')[0])
  const values = [JSON.stringify(rows)]
  await tx.query(
    `insert into agenda_items (${names.join(', ')}, added_at)
     select ${names.join(', ')}, present() from jsonb_to_recordset($1) as r (${columns})
     on conflict (meeting, section, source_kind, source_id) where source_id is not null
     do update set title = excluded.title, due_on = excluded.due_on, seq = excluded.seq, seen_by = excluded.seen_by
     where (agenda_items.title, agenda_items.due_on, agenda_items.seen_by)
       is distinct from (excluded.title, excluded.due_on, excluded.seen_by)`,
    values,
  )
  // While people talk, nothing vanishes under their hands.
  if (state !== 'planned') return
  await tx.query(
    `delete from agenda_items i
     where i.meeting = $2 and i.added_by is null and i.source_id is not null and not exists (
       select from jsonb_to_recordset($1) as r (section text, source_kind text, source_id text)
       where (r.section, r.source_kind, r.source_id) = (i.section, i.source_kind, i.source_id))`,
    [...values, meeting],
  )
}
