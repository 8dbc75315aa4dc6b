/** Consequence management in the database: opened, moved, read, listed. The policies say who finds which. */
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import type { NoticeKindId } from '../../../governance/notices/notice-kinds.ts'
import { notify } from '../../../governance/notices/notify.ts'
import { purposes } from '../../../governance/purposes.ts'
import { retentionDates, ruleFor } from '../../../governance/retention/retention-dates.ts'
import { addDays, type Day, londonDay } from '../../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../../platform/errors.ts'
import {
  type ConsequenceMove,
  insist,
  type MadeMove,
  type Mover,
  moves,
  type Standing,
  standing,
} from './consequence.ts'

/** Another agency reads and writes here as in a meeting, under the same field of an agreement. */
const FIELD = 'meeting'

export interface NewConsequence {
  what: string
  happenedOn: Day
  /** "21:40", Europe/London; null where the hour is not known. */
  happenedAt: string | null
  place: string
  /** Number under which the incident is recorded; may be empty. */
  incident: string
  /** When its review is due. */
  reviewDueOn: Day
}

interface Marks {
  /** Of the form: the same form twice is one act. */
  key: string
}

/** Opens it and gives its reference; opened already with this key, the one that there is. */
export async function openConsequence(
  tx: MemberTransaction,
  { what, happenedOn, happenedAt, place, incident, reviewDueOn }: NewConsequence,
  { key }: Marks,
): Promise<string> {
  const known = await openedWith(tx, key)
  if (known) return known
  const today = londonDay(tx.now)
  // Children are affected more often than not, and of whom is not known yet: the shorter period is the safe one.
  const { reviewOn, deleteOn } = retentionDates('consequence', today, { child: true })
  const [made] = await tx.query<{ reference: string }>(
    `insert into consequences (id, reference, what, happened_on, happened_at, place, incident, lead_agency, owner,
       review_due_on, opened_by, opened_at, purpose, legal_basis, review_days, review_on, delete_on)
     values ($1, next_reference('CM'), $2, $3, $4, $5, $6, $7, $8, $9, $8, present(), viewer_purpose(), $10, $11, $12, $13)
     on conflict (id) do nothing returning reference`,
    [
      key,
      what,
      happenedOn,
      happenedAt,
      place,
      incident,
      tx.member.agency,
      tx.member.user,
      reviewDueOn,
      legalBasisOf(tx),
      ruleFor('consequence', today).reviewDays.child,
      reviewOn,
      deleteOn,
    ],
  )
  if (!made) {
    const first = await openedWith(tx, key)
    if (first) return first
    throw new NotThere()
  }
  await tx.query(
    `insert into consequence_moves (consequence, seq, move, state_after, by_user, by_agency, at, request_key, due_on)
     values ($1, 1, 'open', 'open', $2, $3, present(), $1, $4)`,
    [key, tx.member.user, tx.member.agency, reviewDueOn],
  )
  await tx.record('consequence-made', { kind: 'consequence', id: made.reference })
  return made.reference
}

const openedWith = async (tx: MemberTransaction, key: string): Promise<string | undefined> =>
  (await tx.query<{ reference: string }>('select reference from consequences where id = $1', [key]))[0]
    ?.reference

export const legalBasisOf = (tx: MemberTransaction): string => {
  const basis = purposes.find(p => p.id === tx.member.purpose)?.legalBases[0]
  if (!basis) throw new NotThere()
  return basis
}

export interface Consequence {
  id: string
  reference: string
  what: string
  happenedOn: Day
  happenedAt: string | null
  place: string
  incident: string
  lead: { agency: string; name: string }
  owner: { id: string; name: string; post: string }
  closedAt: Date | null
  openedAt: Date
  purpose: string
  legalBasis: string
  reviewOn: Day
  deleteOn: Day
  suspendedOn: Day | null
  agencies: { agency: string; name: string; since: Date }[]
  made: MadeMove[]
  stands: Standing
  /** What the viewer is to it. */
  mover: Mover
  /** Whether the viewer may write in it: it is not closed, and they work for its purpose. */
  writes: boolean
}

interface Row
  extends Omit<Consequence, 'lead' | 'owner' | 'agencies' | 'made' | 'stands' | 'mover' | 'writes'> {
  lead_agency: string
  lead_name: string
  owner: string
  owner_name: string
  owner_post: string
}

/** Throws NotThere for what is not theirs as for what does not exist. Records nothing. */
export async function readConsequence(tx: MemberTransaction, reference: string): Promise<Consequence> {
  const [row] = await tx.query<Row>(
    `select c.id, c.reference, c.what, c.happened_on as "happenedOn", c.happened_at as "happenedAt", c.place, c.incident,
       c.closed_at as "closedAt", c.opened_at as "openedAt", c.purpose, c.legal_basis as "legalBasis",
       c.review_on as "reviewOn", c.delete_on as "deleteOn", c.suspended_on as "suspendedOn", c.lead_agency, c.owner,
       g.name as lead_name, u.name as owner_name, u.post as owner_post
     from consequences c join agencies g on g.id = c.lead_agency join users u on u.id = c.owner where c.reference = $1`,
    [reference],
  )
  if (!row) throw new NotThere()
  const agencies = await tx.query<Consequence['agencies'][number]>(
    `select x.agency, g.name, x.since from consequence_agencies x join agencies g on g.id = x.agency
     where x.consequence = $1 order by g.name, g.id`,
    [row.id],
  )
  const made = await tx.query<MadeMove>(
    `select m.seq, m.move, u.name || ', ' || g.name as "byName", m.at, t.name as "toName", a.name as "toAgency",
       m.due_on as "dueOn", m.detail
     from consequence_moves m join users u on u.id = m.by_user join agencies g on g.id = m.by_agency
     left join users t on t.id = m.to_user left join agencies a on a.id = m.to_agency
     where m.consequence = $1 order by m.seq`,
    [row.id],
  )
  const { user, agency, role, purpose } = tx.member
  const { lead_agency, lead_name, owner, owner_name, owner_post, ...rest } = row
  const lead = lead_agency === agency
  const commands = role === 'coordinator' || role === 'commander'
  const stands = standing(made)
  return {
    ...rest,
    lead: { agency: lead_agency, name: lead_name },
    owner: { id: owner, name: owner_name, post: owner_post },
    agencies,
    made,
    stands,
    mover: {
      lead,
      holder: lead && (owner === user || commands),
      commander: lead && commands,
      party: lead || agencies.some(a => a.agency === agency),
    },
    writes: stands.state !== 'closed' && rest.purpose === purpose,
  }
}

export interface MoveForm extends Marks {
  /** Number of the last move that the form showed. */
  seen: number
  detail?: MadeMove['detail']
  /** Of `hand-over`. */
  toUser?: string
  /** Of `add-agency` and `remove-agency`. */
  toAgency?: string
  /** Of `reopen`: when it is reviewed anew. */
  dueOn?: Day
}

/**
 * Moves it. Throws WrongMove with what is possible where the move does not fit, or where something happened to it while
 * the form was open. Whom it concerns is told.
 */
export async function moveConsequence(
  tx: MemberTransaction,
  reference: string,
  name: Exclude<ConsequenceMove, 'open'>,
  form: MoveForm,
): Promise<void> {
  const found = await readConsequence(tx, reference)
  if (await isMoved(tx, form.key)) return
  insist(name, found.stands, found.mover, londonDay(tx.now))
  const seq = found.made.at(-1)!.seq
  if (form.seen !== seq) throw changedMeanwhile(found, form.seen)
  if (name === 'add-agency') await addAgency(tx, found, form.toAgency!)
  const [done] = await tx.query(
    `insert into consequence_moves (consequence, seq, move, state_after, by_user, by_agency, at, request_key, to_user,
       to_agency, due_on, detail)
     values ($1, $2, $3, $4, $5, $6, present(), $7, $8, $9, $10, $11) on conflict do nothing returning seq`,
    [
      found.id,
      seq + 1,
      name,
      moves[name].to ?? found.stands.state,
      tx.member.user,
      tx.member.agency,
      form.key,
      name === 'hand-over' ? form.toUser : null,
      name === 'add-agency' || name === 'remove-agency' ? form.toAgency : null,
      name === 'reopen' ? form.dueOn : null,
      JSON.stringify(form.detail ?? {}),
    ],
  )
  if (!done) {
    if (await isMoved(tx, form.key)) return
    throw changedMeanwhile(await readConsequence(tx, reference), form.seen)
  }
  await tx.record('consequence-moved', {
    kind: 'consequence',
    id: reference,
    detail: { move: name, ...(form.toAgency ? { agency: form.toAgency } : {}) },
  })
  const notice = notices[name]
  if (notice) await notify(tx, notice, found.id)
  // After its move, because whoever leaves does not find it afterwards.
  if (name === 'remove-agency') {
    await tx.query('delete from consequence_agencies where consequence = $1 and agency = $2', [
      found.id,
      form.toAgency,
    ])
  }
}

const notices: Partial<Record<ConsequenceMove, NoticeKindId>> = {
  'add-agency': 'consequence-joined',
  'hand-over': 'consequence-handed-over',
}

/** R13: an agency is brought to it under an agreement in force alone. */
async function addAgency(
  tx: MemberTransaction,
  { id, agencies, lead, purpose }: Consequence,
  agency: string,
) {
  if (agency === lead.agency || agencies.some(a => a.agency === agency)) {
    throw new WrongMove('That agency takes part already.')
  }
  const [agreed] = await tx.query<{ covers: boolean; name: string }>(
    'select agreement_covers($1, g.id, $3, array[$4]) as covers, g.name from agencies g where g.id = $2',
    [lead.agency, agency, purpose, FIELD],
  )
  if (!agreed?.covers) {
    throw new WrongMove(
      `No agreement in force for this purpose lets ${agreed?.name ?? 'that agency'} hear what yours says in meetings. Ask whoever keeps the agreements; where somebody is in danger, share in an emergency.`,
    )
  }
  await tx.query(
    'insert into consequence_agencies (consequence, agency, since, added_by) values ($1, $2, present(), viewer_user())',
    [id, agency],
  )
}

const isMoved = async (tx: MemberTransaction, key: string): Promise<boolean> =>
  (await tx.query('select 1 from consequence_moves where request_key = $1', [key])).length > 0

const changedMeanwhile = ({ reference, made }: Consequence, seen: number): WrongMove => {
  const since = made.filter(m => m.seq > seen).map(m => `${m.byName} ${moves[m.move].says}`)
  return new WrongMove(
    `Something happened to ${reference} while you had it open (${since.join('; ')}). Read it again, then decide.`,
  )
}

/** Agencies that could be brought to it: an agreement in force lets them hear the viewer's agency for its purpose. */
export const possibleAgencies = (
  tx: MemberTransaction,
  { id, purpose }: Consequence,
): Promise<{ id: string; name: string }[]> =>
  tx.query(
    `select g.id, g.name from agencies g
     where g.closed_on is null and (g.id, $2, $3) in (select v.agency, v.field, v.purpose from viewer_agreed() v)
       and not exists (select from consequence_agencies x where x.consequence = $1 and x.agency = g.id)
     order by g.name`,
    [id, FIELD, purpose],
  )

export const consequenceShows = {
  open: 'In hand',
  due: 'Review due within three days, or overdue',
  closed: 'Closed',
} as const

export type ConsequenceShow = keyof typeof consequenceShows

export interface ConsequenceLine {
  reference: string
  what: string
  place: string
  happenedOn: Day
  leadName: string
  ownerName: string
  state: Standing['state']
  reviewDueOn: Day
  suspendedOn: Day | null
}

const SOON_DAYS = 3

/** The review that is due first comes first; of closed ones, the latest. Records nothing. */
export async function listConsequences(
  tx: MemberTransaction,
  show: ConsequenceShow,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ total: number; lines: ConsequenceLine[] }> {
  const wheres: Record<ConsequenceShow, string> = {
    open: `c.state <> 'closed'`,
    due: `c.state = 'open' and c.review_due_on <= $1`,
    closed: `c.state = 'closed'`,
  }
  const where = `${wheres[show]} and $1::date is not null`
  const soon = addDays(londonDay(tx.now), SOON_DAYS)
  const [count] = await tx.query<{ n: number }>(`select count(*) as n from consequences c where ${where}`, [
    soon,
  ])
  const order = show === 'closed' ? 'c.closed_at desc' : `c.state = 'reviewed', c.review_due_on`
  const lines = await tx.query<ConsequenceLine>(
    `select c.reference, c.what, c.place, c.happened_on as "happenedOn", g.name as "leadName", u.name as "ownerName",
       c.state, c.review_due_on as "reviewDueOn", c.suspended_on as "suspendedOn"
     from consequences c join agencies g on g.id = c.lead_agency join users u on u.id = c.owner
     where ${where} order by ${order}, c.reference limit $2 offset $3`,
    [soon, limit, offset],
  )
  return { total: count!.n, lines }
}
