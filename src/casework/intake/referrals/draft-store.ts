/** Drafts of referrals: kept at each question, seen by their author alone, deleted when they are sent or run out. */
import { randomUUID } from 'node:crypto'
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import { retentionDates } from '../../../governance/retention/retention-dates.ts'
import { type Day, londonDay } from '../../../platform/calendar.ts'
import { NotThere } from '../../../platform/errors.ts'
import { type Answers, changeOf } from './answers.ts'

export interface Draft {
  id: string
  answers: Answers
  changedAt: Date
  deleteOn: Day
}

/** Whoever writes: somebody at work, or an invited partner. The policies of each find their own drafts alone. */
type Author = Pick<MemberTransaction, 'query' | 'record'>

const columns = 'id, answers, changed_at, delete_on'

interface DraftRow {
  id: string
  answers: Answers
  changed_at: Date
  delete_on: Day
}

const fromRow = (row: DraftRow): Draft => ({
  id: row.id,
  answers: row.answers,
  changedAt: row.changed_at,
  deleteOn: row.delete_on,
})

/** Gives the number of the draft. `id` is the form's: sent twice, one draft is started. */
export async function startDraft(
  tx: MemberTransaction,
  id: string = randomUUID(),
  answers: Answers = {},
): Promise<string> {
  const { deleteOn } = retentionDates('referral-draft', londonDay(tx.now), { child: true })
  const started = await tx.query(
    `insert into referral_drafts (id, agency, author, answers, started_at, changed_at, delete_on)
     values ($1, $2, $3, $4, present(), present(), $5) on conflict (id) do nothing returning id`,
    [id, tx.member.agency, tx.member.user, JSON.stringify(answers), deleteOn],
  )
  if (started.length > 0) await tx.record('referral-draft-started', { kind: 'referral-draft', id })
  return id
}

/** The author's own drafts, the newest first. */
export const listDrafts = async (tx: MemberTransaction): Promise<Draft[]> =>
  (await tx.query<DraftRow>(`select ${columns} from referral_drafts order by changed_at desc`)).map(fromRow)

/** Null for a draft of somebody else as for none. */
export async function findDraft(tx: Pick<Author, 'query'>, id: string): Promise<Draft | null> {
  const [row] = await tx.query<DraftRow>(`select ${columns} from referral_drafts where id = $1`, [id])
  return row ? fromRow(row) : null
}

/** Throws NotThere for a draft of somebody else as for none. */
export async function readDraft(tx: Pick<Author, 'query'>, id: string): Promise<Draft> {
  const draft = await findDraft(tx, id)
  if (!draft) throw new NotThere()
  return draft
}

/** Lays answers over the draft's. Two windows that answer different questions do not undo each other. */
export async function saveAnswers(tx: Author, id: string, answers: Answers): Promise<Draft> {
  const [row] = await tx.query<DraftRow>(
    `update referral_drafts set answers = jsonb_strip_nulls(answers || $2::jsonb), changed_at = present()
     where id = $1 returning ${columns}`,
    [id, JSON.stringify(changeOf(answers))],
  )
  if (!row) throw new NotThere()
  await tx.record('referral-draft-saved', { kind: 'referral-draft', id })
  return fromRow(row)
}

/** Deleting what is gone already is no fault: the button was pressed twice. */
export async function discardDraft(tx: Author, id: string): Promise<void> {
  const gone = await tx.query('delete from referral_drafts where id = $1 returning id', [id])
  if (gone.length === 0) return
  await tx.query('select note_discarded_draft($1)', [id])
  await tx.record('referral-draft-discarded', { kind: 'referral-draft', id })
}
