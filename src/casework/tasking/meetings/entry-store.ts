/** Saying something in a meeting: a note, information that an agency shares, a decision, an action, a question. */
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import { purposes } from '../../../governance/purposes.ts'
import { retentionDates } from '../../../governance/retention/retention-dates.ts'
import { type Day, londonDay } from '../../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../../platform/errors.ts'
import { makeAction } from '../actions/action-store.ts'
import type { EntryKind } from './meeting.ts'
import type { Meeting } from './meeting-store.ts'

export interface NewEntry {
  kind: EntryKind
  text: string
  /** Matter of the agenda; null where it belongs to none. */
  item: string | null
  /** Whose information it is. */
  agency: string
  /** Agencies that may read it beside that one; null: every one that an agreement lets. */
  seenBy: string[] | null
  /** Who does it by when, of an action. */
  action?: { agency: string; dueOn: Day }
  /** An entry of the writer's whose place this takes. */
  corrects?: string
}

/**
 * Adds what was said; said already with this key, nothing more happens. Throws WrongMove where the meeting is not open, or
 * where the viewer works for another purpose than it is held for.
 */
export async function say(
  tx: MemberTransaction,
  meeting: Meeting,
  { kind, text, item, agency, seenBy, action, corrects }: NewEntry,
  key: string,
): Promise<void> {
  const known = await tx.query('select from meeting_entries where id = $1', [key])
  if (known.length > 0) return
  insistOnSpeaking(tx, meeting)
  const made = action && (await giveOut(tx, meeting, { text, item, seenBy, ...action }, key))
  const added = await tx.query(
    `insert into meeting_entries (id, meeting, agenda_item, kind, text, agency, seen_by, by_user, by_agency, action, corrects, at, delete_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, present(), $12) on conflict do nothing returning id`,
    [
      key,
      meeting.id,
      item,
      kind,
      text,
      agency,
      seenBy,
      tx.member.user,
      tx.member.agency,
      made ?? null,
      corrects ?? null,
      // Of an age that is not looked up here: the shorter period is the safe one.
      retentionDates('meeting-entry', londonDay(tx.now), { child: true }).deleteOn,
    ],
  )
  if (added.length === 0) return
  await tx.record('meeting-entry-added', {
    kind: 'meeting',
    id: meeting.reference,
    detail: { kind, agency, ...(seenBy && { seenBy }) },
  })
}

/** Throws WrongMove with what to do. */
export function insistOnSpeaking(tx: MemberTransaction, { reference, state, purpose }: Meeting): void {
  if (state !== 'open') {
    throw new WrongMove(
      state === 'closed'
        ? `${reference} is closed. What is new belongs into the next meeting, or whoever runs it opens it again.`
        : `${reference} is not open. Whoever runs it opens it.`,
    )
  }
  if (purpose !== null && purpose !== tx.member.purpose) {
    const words = purposes.find(p => p.id === purpose)?.words ?? purpose
    throw new WrongMove(`This meeting is held for ${words}. Change your purpose to that, then say it.`)
  }
}

/** The action is the entry's own number, so that the form sent twice makes one of each. */
async function giveOut(
  tx: MemberTransaction,
  meeting: Meeting,
  {
    text,
    item,
    seenBy,
    agency,
    dueOn,
  }: Pick<NewEntry, 'text' | 'item' | 'seenBy'> & { agency: string; dueOn: Day },
  key: string,
): Promise<string> {
  const [of] = item
    ? await tx.query<{
        person: string | null
        group: string | null
        place: string | null
        line: string | null
      }>(
        'select person_id as person, group_id as "group", place_id as place, line_id as line from agenda_items where id = $1 and meeting = $2',
        [item, meeting.id],
      )
    : []
  if (item && !of) throw new NotThere()
  const [reach] = await tx.query<{ agencies: string[] }>('select viewer_meeting_reach() as agencies')
  const audience = meeting.agencies.filter(
    a =>
      reach!.agencies.includes(a) && a !== agency && a !== tx.member.agency && (seenBy?.includes(a) ?? true),
  )
  const { id } = await makeAction(
    tx,
    {
      what: text,
      agency,
      dueOn,
      ...(of && { subject: of }),
      meeting: meeting.id,
      agendaItem: item,
      field: 'meeting',
      audience,
      legalBasis: purposes.find(p => p.id === tx.member.purpose)?.legalBases[0] ?? '',
      child: true,
    },
    { key },
  )
  return id
}

export interface BroughtUp {
  kind: string
  /** Names nobody. */
  title: string
  /** As whoever brings them up calls them. */
  called: string | null
  seenBy: string[] | null
}

/** Brings a matter up, of the viewer's own agency. Brought up already with this key, nothing more happens. */
export async function bringUp(
  tx: MemberTransaction,
  meeting: Meeting,
  { kind, title, called, seenBy }: BroughtUp,
  key: string,
): Promise<void> {
  if (meeting.state !== 'planned' && meeting.state !== 'open') {
    throw new WrongMove(`${meeting.reference} is over. Bring it up in the next meeting.`)
  }
  const added = await tx.query(
    `insert into agenda_items (meeting, seq, section, kind, title, agency, seen_by, called, added_by, added_at, request_key, delete_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, present(), $10, $11)
     on conflict (request_key) do nothing returning id`,
    [
      meeting.id,
      BROUGHT_UP,
      'Brought up by members',
      kind,
      title,
      tx.member.agency,
      seenBy,
      called,
      tx.member.user,
      key,
      retentionDates('agenda-item', londonDay(tx.now), { child: true }).deleteOn,
    ],
  )
  if (added.length === 0) return
  await tx.record('meeting-item-added', { kind: 'meeting', id: meeting.reference, detail: { kind } })
}

/** After everything that was gathered. */
export const BROUGHT_UP = 1_000_000

/** Marks what is left of a section as gone through: nothing was to be said to it. */
export async function passSection(tx: MemberTransaction, meeting: Meeting, section: string): Promise<void> {
  insistOnSpeaking(tx, meeting)
  if (!meeting.mover.runs) throw new WrongMove('Only whoever runs the meeting can do that.')
  const passed = await tx.query(
    `update agenda_items set passed_at = present(), passed_by = viewer_user()
     where meeting = $1 and section = $2 and passed_at is null returning id`,
    [meeting.id, section],
  )
  if (passed.length === 0) return
  await tx.record('meeting-item-passed', {
    kind: 'meeting',
    id: meeting.reference,
    detail: { passed: true, matters: passed.length },
  })
}

/** Marks a matter as gone through, or takes the mark back. Throws NotThere. */
export async function passItem(
  tx: MemberTransaction,
  meeting: Meeting,
  item: string,
  passed: boolean,
): Promise<void> {
  insistOnSpeaking(tx, meeting)
  if (!meeting.mover.runs) throw new WrongMove('Only whoever runs the meeting can do that.')
  const changed = await tx.query(
    `update agenda_items set passed_at = case when $3 then present() end, passed_by = case when $3 then viewer_user() end
     where id = $1 and meeting = $2 and (passed_at is null) = $3 returning id`,
    [item, meeting.id, passed],
  )
  if (changed.length > 0) {
    await tx.record('meeting-item-passed', { kind: 'meeting', id: meeting.reference, detail: { passed } })
    return
  }
  const there = await tx.query('select from agenda_items where id = $1 and meeting = $2', [item, meeting.id])
  if (there.length === 0) throw new NotThere()
}
