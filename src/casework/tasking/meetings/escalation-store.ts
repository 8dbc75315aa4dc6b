/** Escalations in the database. The policies say who finds which: those who sit in the meeting that raised it, or in the board. */
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import type { NoticeKindId } from '../../../governance/notices/notice-kinds.ts'
import { notify } from '../../../governance/notices/notify.ts'
import { retentionDates } from '../../../governance/retention/retention-dates.ts'
import { londonDay } from '../../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../../platform/errors.ts'
import type { Queryable } from '../../../platform/postgres.ts'
import { insistOnSpeaking, say } from './entry-store.ts'
import { type EscalationMove, type EscalationState, insist, moves } from './escalation.ts'
import type { Meeting } from './meeting-store.ts'
import { readMeetingType } from './meeting-type-store.ts'

export interface Escalation {
  id: string
  reference: string
  fromType: string
  fromName: string
  fromMeeting: string
  toType: string
  toName: string
  what: string
  because: string
  agencyName: string
  byName: string
  mine: boolean
  at: Date
  state: EscalationState
  answer: string | null
  /** Reference of the meeting in which it was answered; null where the reader does not sit in it. */
  answeredIn: string | null
  answeredAt: Date | null
  /** Why it was taken back. */
  withdrawnBecause: string | null
}

const rowsSql = `select e.id, e.reference, e.from_type as "fromType", f.name as "fromName", m.reference as "fromMeeting",
    e.to_type as "toType", t.name as "toName", e.what, e.because, a.name as "agencyName", u.name as "byName",
    e.by_user = viewer_user() as mine, e.at, e.state, e.answer, n.reference as "answeredIn", e.answered_at as "answeredAt",
    (select w.text from escalation_moves w where w.escalation = e.id and w.action = 'withdraw') as "withdrawnBecause"
  from escalations e join meeting_types f on f.id = e.from_type join meeting_types t on t.id = e.to_type
  join agencies a on a.id = e.agency join users u on u.id = e.by_user
  left join meetings m on m.id = e.from_meeting left join meetings n on n.id = e.answered_in`

/** Raised to a kind of meeting, or by it; what waits comes first, then the latest. */
export const escalationsOf = (tx: Queryable, type: string): Promise<Escalation[]> =>
  tx.query<Escalation>(
    `${rowsSql} where $1 in (e.from_type, e.to_type) order by e.state <> 'raised', e.at desc, e.reference limit 100`,
    [type],
  )

/** Throws NotThere. */
export async function readEscalation(tx: Queryable, reference: string): Promise<Escalation> {
  const [row] = await tx.query<Escalation>(`${rowsSql} where e.reference = $1`, [reference])
  if (!row) throw new NotThere()
  return row
}

/** Raises a matter to the board above; raised already with this key, the one that there is. Gives its reference. */
export async function raise(
  tx: MemberTransaction,
  meeting: Meeting,
  { what, because }: { what: string; because: string },
  key: string,
): Promise<string> {
  const [known] = await tx.query<{ reference: string }>('select reference from escalations where id = $1', [
    key,
  ])
  if (known) return known.reference
  insistOnSpeaking(tx, meeting)
  if (!meeting.mover.runs) throw new WrongMove('Only whoever runs the meeting can do that.')
  const { escalatesTo } = await readMeetingType(tx, meeting.type)
  if (!escalatesTo) throw new WrongMove('There is no board above this meeting in the area pack.')
  const [next] = await tx.query<{ reference: string }>(`select next_reference('E') as reference`)
  const { reference } = next!
  await tx.query(
    `insert into escalations (id, reference, from_type, from_meeting, to_type, what, because, agency, by_user, at, delete_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, present(), $10)`,
    [
      key,
      reference,
      meeting.type,
      meeting.id,
      escalatesTo,
      what,
      because,
      tx.member.agency,
      tx.member.user,
      retentionDates('escalation', londonDay(tx.now), { child: true }).deleteOn,
    ],
  )
  await move(tx, { id: key, reference, state: null }, 'raise', { meeting: meeting.id, text: null, key })
  return reference
}

/** Answers in an open meeting of the board: a decision of that meeting, which returns to the one that asked. */
export async function answerEscalation(
  tx: MemberTransaction,
  board: Meeting,
  reference: string,
  { text, item }: { text: string; item: string | null },
  key: string,
): Promise<void> {
  if (await isDone(tx, key)) return
  insistOnSpeaking(tx, board)
  if (!board.mover.runs) throw new WrongMove('Only whoever runs the meeting can do that.')
  const escalation = await readEscalation(tx, reference)
  if (escalation.toType !== board.type) throw new NotThere()
  await move(tx, escalation, 'answer', { meeting: board.id, text, key })
  await say(
    tx,
    board,
    { kind: 'decision', text: `${reference}: ${text}`, item, agency: tx.member.agency, seenBy: null },
    key,
  )
}

/** Takes it back, by whoever raised it. */
export async function withdrawEscalation(
  tx: MemberTransaction,
  reference: string,
  because: string,
  key: string,
): Promise<void> {
  if (await isDone(tx, key)) return
  const escalation = await readEscalation(tx, reference)
  if (!escalation.mine) throw new WrongMove('Only whoever raised it can take it back.')
  await move(tx, escalation, 'withdraw', { meeting: null, text: because, key })
}

const isDone = async (tx: MemberTransaction, key: string): Promise<boolean> =>
  (await tx.query('select from escalation_moves where request_key = $1', [key])).length > 0

async function move(
  tx: MemberTransaction,
  { id, reference, state }: { id: string; reference: string; state: EscalationState | null },
  name: EscalationMove,
  { meeting, text, key }: { meeting: string | null; text: string | null; key: string },
): Promise<void> {
  if (state !== null) insist(name, state)
  const [done] = await tx.query(
    `insert into escalation_moves (escalation, seq, action, state_after, meeting, by_user, by_agency, at, request_key, text)
     values ($1, $2, $3, $4, $5, $6, $7, present(), $8, $9) on conflict do nothing returning seq`,
    [id, state === null ? 1 : 2, name, moves[name].to, meeting, tx.member.user, tx.member.agency, key, text],
  )
  if (!done) throw new WrongMove('Somebody was first. Look at what stands there now.')
  const told = tellsOf[name]
  if (told) await notify(tx, told, id)
  await tx.record('escalation-moved', { kind: 'escalation', id: reference, detail: { move: name } })
}

const tellsOf: Partial<Record<EscalationMove, NoticeKindId>> = {
  raise: 'escalation-raised',
  answer: 'escalation-answered',
}
