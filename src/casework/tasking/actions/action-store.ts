/** Actions in the database: made, moved, read, listed. The policies say who finds which. */
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import type { NoticeKindId } from '../../../governance/notices/notice-kinds.ts'
import { notify, notifyOfAll } from '../../../governance/notices/notify.ts'
import { retentionDates, ruleFor } from '../../../governance/retention/retention-dates.ts'
import { LONGEST_REVIEW_DAYS } from '../../../governance/retention/retention-rules.ts'
import { addDays, type Day, laterOf, londonDay } from '../../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../../platform/errors.ts'
import {
  type ActionMove,
  type ActionState,
  type FourP,
  insist,
  type MadeMove,
  type MoveDetail,
  type Mover,
  moves,
  type Standing,
  standing,
} from './action.ts'
import { latestDue } from './due-day.ts'

/** Field of an agreement under which an action about somebody crosses (R13). */
export type ActionField = 'action' | 'plan' | 'meeting' | 'cohort'

/** Whom or what an action is about: at most one. */
export interface Subject {
  person?: string | null
  group?: string | null
  place?: string | null
  line?: string | null
}

export interface NewAction {
  /** What is to be done: one sentence. */
  what: string
  fourP?: FourP | null
  /** Number of the need of its plan that it meets. */
  need?: string | null
  /** The agency that does it. */
  agency: string
  /** Somebody of that agency; null for the agency to give out. */
  owner?: string | null
  startOn?: Day | null
  dueOn: Day
  /** The agency that it goes to where it does not move. */
  escalateTo?: string | null
  subject?: Subject
  /** Numbers of where it was decided. */
  plan?: string | null
  meeting?: string | null
  agendaItem?: string | null
  placement?: string | null
  consequence?: string | null
  /** Where it was decided, in the words of agreements: what lets other agencies read it. */
  field: ActionField
  /** Agencies that read it beside the maker's and the one that does it: the members of its plan or meeting. */
  audience?: readonly string[]
  legalBasis: string
  /** Whether it is about somebody under 18, or of an age that nobody knows. */
  child: boolean
}

/** Of the form: the same form twice is one act. */
export interface ActionMarks {
  /** A UUID; of a new action, its number as well. */
  key: string
}

export interface MadeAction {
  id: string
  reference: string
}

/**
 * Makes an action and gives its reference; made already with this key, the one that there is. Throws WrongMove where the
 * date does not fit, or where no agreement in force lets an agency read it (R13). Whoever is to do it is told.
 */
export const makeAction = async (
  tx: MemberTransaction,
  action: NewAction,
  { key }: ActionMarks,
): Promise<MadeAction> => (await makeActions(tx, [action], [key]))[0]!

/** Several at once, each with a key of its own, of one field. All are made or none. */
export async function makeActions(
  tx: MemberTransaction,
  actions: readonly NewAction[],
  keys: readonly string[],
): Promise<MadeAction[]> {
  const known = await madeWith(tx, keys)
  if (known.length > 0) return known
  const today = londonDay(tx.now)
  for (const { dueOn } of actions) insistOnDue(dueOn, today)
  const rows = actions.map((action, i) => rowOf(tx, action, keys[i]!, today))
  await insistOnAgreements(tx, rows)
  const made = await tx.query<MadeAction>(
    `insert into actions (id, reference, what, four_p, need, agency, owner, start_on, due_on, escalate_to, plan, meeting,
       agenda_item, placement, consequence, person_id, group_id, place_id, line_id, made_by, made_by_agency, made_at, purpose,
       legal_basis, under, review_days, review_on, delete_on)
     select r.id, next_reference('A'), r.what, r.four_p, r.need, r.agency, r.owner, r.start_on, r.due_on, r.escalate_to,
       r.plan, r.meeting, r.agenda_item, r.placement, r.consequence, r.person_id, r.group_id, r.place_id, r.line_id, $2, $3, present(),
       viewer_purpose(), r.legal_basis, r.under, r.review_days, r.review_on, r.delete_on
     from jsonb_to_recordset($1) as r (
       id uuid, what text, four_p text, need uuid, agency text, owner uuid, start_on date, due_on date, escalate_to text,
       plan uuid, meeting uuid, agenda_item uuid, placement uuid, consequence uuid, person_id uuid, group_id uuid, place_id uuid,
       line_id uuid, legal_basis text, under text, review_days integer, review_on date, delete_on date)
     on conflict (id) do nothing returning id, reference`,
    [JSON.stringify(rows), tx.member.user, tx.member.agency],
  )
  if (made.length < rows.length) {
    // Sent twice in the same moment: the other was first.
    const first = await madeWith(tx, keys)
    if (first.length === rows.length) return first
    throw new NotThere()
  }
  await tx.query(
    `insert into action_moves (action, seq, action_name, state_after, by_user, by_agency, at, request_key)
     select id, 1, 'make', 'open', $2, $3, present(), id from unnest($1::uuid[]) id`,
    [keys, tx.member.user, tx.member.agency],
  )
  await tx.query(
    `insert into action_audience
     select r.id, a.agency, r.field from jsonb_to_recordset($1) as r (id uuid, audience text[], field text),
       unnest(r.audience) as a (agency)`,
    [JSON.stringify(rows)],
  )
  await tx.record('action-made', {
    person: rows[0]!.person_id,
    kind: 'action',
    id: made.map(m => m.reference).join(', '),
    detail: { agencies: [...new Set(rows.flatMap(r => [r.agency, ...r.audience]))] },
  })
  await notifyOfAll(
    tx,
    'action-given',
    made.map(m => m.id),
  )
  return made
}

const madeWith = (tx: MemberTransaction, keys: readonly string[]): Promise<MadeAction[]> =>
  tx.query<MadeAction>(
    'select id, reference from actions where id = any ($1) order by array_position($1, id)',
    [keys],
  )

function rowOf(tx: MemberTransaction, action: NewAction, id: string, today: Day) {
  const { subject = {}, child } = action
  const personal = [
    subject.person,
    subject.group,
    subject.line,
    action.plan,
    action.placement,
    action.consequence,
  ].some(Boolean)
  const days = ruleFor('action', today).reviewDays[child ? 'child' : 'adult']
  const field = personal ? action.field : null
  return {
    id,
    what: action.what,
    four_p: action.fourP ?? null,
    need: action.need ?? null,
    agency: action.agency,
    owner: action.owner ?? null,
    start_on: action.startOn ?? null,
    due_on: action.dueOn,
    escalate_to: action.escalateTo ?? null,
    plan: action.plan ?? null,
    meeting: action.meeting ?? null,
    agenda_item: action.agendaItem ?? null,
    placement: action.placement ?? null,
    consequence: action.consequence ?? null,
    person_id: subject.person ?? null,
    group_id: subject.group ?? null,
    place_id: subject.place ?? null,
    line_id: subject.line ?? null,
    legal_basis: action.legalBasis,
    under: action.agency === tx.member.agency ? null : field,
    field,
    audience: [...new Set(action.audience ?? [])].filter(a => a !== tx.member.agency && a !== action.agency),
    review_days: days,
    review_on: laterOf(addDays(today, days), action.dueOn),
    delete_on: retentionDates('action', today, { child }).deleteOn,
  }
}

function insistOnDue(dueOn: Day, today: Day): void {
  if (dueOn < today) throw new WrongMove('The day by which it is due lies in the past.')
  if (dueOn > latestDue(today)) {
    throw new WrongMove(
      `An action is due within ${LONGEST_REVIEW_DAYS} days. Set a nearer day; its date can be moved later, with a reason.`,
    )
  }
}

/** R13: names the agencies that no agreement in force lets read it. */
async function insistOnAgreements(
  tx: MemberTransaction,
  rows: readonly { agency: string; audience: string[]; field: ActionField | null }[],
): Promise<void> {
  const without = await tx.query<{ name: string }>(
    `select distinct a.name
     from jsonb_to_recordset($1) as r (agency text, audience text[], field text)
     cross join unnest(r.agency || r.audience) as reader (id) join agencies a on a.id = reader.id
     where r.field is not null and a.id <> viewer_agency()
       and not agreement_covers(viewer_agency(), a.id, viewer_purpose(), array[r.field]) order by a.name`,
    [JSON.stringify(rows)],
  )
  if (without.length === 0) return
  throw new WrongMove(
    `No agreement in force for your purpose lets ${without.map(a => a.name).join(' and ')} read this. Ask whoever keeps the agreements, or leave them out.`,
  )
}

export interface Action {
  id: string
  reference: string
  what: string
  fourP: FourP | null
  agency: { id: string; name: string }
  owner: { id: string; name: string; works: boolean } | null
  startOn: Day | null
  dueOn: Day
  startedAt: Date | null
  closedAt: Date | null
  result: string | null
  escalateTo: { id: string; name: string } | null
  escalatedAt: Date | null
  plan: string | null
  meeting: string | null
  agendaItem: string | null
  placement: string | null
  consequence: string | null
  subject: Required<Subject>
  maker: { id: string; name: string; agency: string; agencyName: string }
  madeAt: Date
  purpose: string
  legalBasis: string
  /** Crosses only under an agreement. */
  personal: boolean
  reviewOn: Day
  deleteOn: Day
  suspendedOn: Day | null
  moved: MadeMove[]
  stands: Standing
  /** Agencies that read it beside its maker's and its own, as far as the viewer is told. */
  audience: { id: string; name: string }[]
  /** What the viewer is to it. */
  mover: Mover
}

/** Throws NotThere for what is not theirs as for what does not exist. Records nothing. */
export async function readAction(tx: MemberTransaction, reference: string): Promise<Action> {
  const [row] = await tx.query<ActionRow>(
    `select a.*, g.name as agency_name, o.name as owner_name, o.state = 'active' and o.agency = a.agency as owner_works,
       e.name as escalate_name, u.name as maker_name, f.name as maker_agency_name
     from actions a join agencies g on g.id = a.agency join users u on u.id = a.made_by
     join agencies f on f.id = a.made_by_agency
     left join users o on o.id = a.owner left join agencies e on e.id = a.escalate_to
     where a.reference = $1`,
    [reference],
  )
  if (!row) throw new NotThere()
  const moved = await readMoves(tx, row.id)
  const audience = await tx.query<{ id: string; name: string }>(
    'select g.id, g.name from action_audience x join agencies g on g.id = x.agency where x.action = $1 order by g.name',
    [row.id],
  )
  return {
    id: row.id,
    reference: row.reference,
    what: row.what,
    fourP: row.four_p,
    agency: { id: row.agency, name: row.agency_name },
    owner: row.owner ? { id: row.owner, name: row.owner_name!, works: row.owner_works } : null,
    startOn: row.start_on,
    dueOn: row.due_on,
    startedAt: row.started_at,
    closedAt: row.closed_at,
    result: row.result,
    escalateTo: row.escalate_to ? { id: row.escalate_to, name: row.escalate_name! } : null,
    escalatedAt: row.escalated_at,
    plan: row.plan,
    meeting: row.meeting,
    agendaItem: row.agenda_item,
    placement: row.placement,
    consequence: row.consequence,
    subject: { person: row.person_id, group: row.group_id, place: row.place_id, line: row.line_id },
    maker: {
      id: row.made_by,
      name: row.maker_name,
      agency: row.made_by_agency,
      agencyName: row.maker_agency_name,
    },
    madeAt: row.made_at,
    purpose: row.purpose,
    legalBasis: row.legal_basis,
    personal: row.personal,
    reviewOn: row.review_on,
    deleteOn: row.delete_on,
    suspendedOn: row.suspended_on,
    moved,
    stands: standing(moved, row.owner),
    audience,
    mover: moverOf(tx, row),
  }
}

const moverOf = (tx: MemberTransaction, row: ActionRow): Mover => {
  const { user, agency, role } = tx.member
  const doer = row.agency === agency
  return {
    maker: row.made_by_agency === agency && (row.made_by === user || role === 'coordinator'),
    doer,
    holder: doer && (row.owner === user || role === 'coordinator'),
    answersFor: role === 'coordinator' || role === 'commander' ? agency : null,
  }
}

interface ActionRow {
  id: string
  reference: string
  what: string
  four_p: FourP | null
  agency: string
  agency_name: string
  owner: string | null
  owner_name: string | null
  owner_works: boolean
  start_on: Day | null
  due_on: Day
  started_at: Date | null
  closed_at: Date | null
  result: string | null
  escalate_to: string | null
  escalate_name: string | null
  escalated_at: Date | null
  plan: string | null
  meeting: string | null
  agenda_item: string | null
  placement: string | null
  consequence: string | null
  person_id: string | null
  group_id: string | null
  place_id: string | null
  line_id: string | null
  made_by: string
  maker_name: string
  made_by_agency: string
  maker_agency_name: string
  made_at: Date
  purpose: string
  legal_basis: string
  personal: boolean
  review_on: Day
  delete_on: Day
  suspended_on: Day | null
}

async function readMoves(tx: MemberTransaction, id: string): Promise<MadeMove[]> {
  return tx.query<MadeMove>(
    `select m.seq, m.action_name as "move", m.by_user as "byUser", u.name || ', ' || g.name as "byName",
       m.by_agency as "byAgency", m.at, m.to_user as "toUser", t.name as "toName", m.to_agency as "toAgency",
       ta.name as "toAgencyName", m.due_on as "dueOn", m.detail
     from action_moves m join users u on u.id = m.by_user join agencies g on g.id = m.by_agency
     left join users t on t.id = m.to_user left join agencies ta on ta.id = m.to_agency
     where m.action = $1 order by m.seq`,
    [id],
  )
}

export interface MoveForm extends ActionMarks {
  /** Number of the last move that the form showed. */
  seen: number
  detail?: MoveDetail
  /** Of `give` and `reassign`; null hands it back to the agency. */
  toUser?: string | null
  /** Of `escalate`: the agency that answers. */
  toAgency?: string
  /** Of `move-date`. */
  dueOn?: Day
}

/**
 * Moves an action. Throws WrongMove with what is possible where the move does not fit, or where something happened to it
 * while the form was open, or a date or an agency does not fit. Whom it concerns is told.
 */
export async function moveAction(
  tx: MemberTransaction,
  reference: string,
  name: Exclude<ActionMove, 'make'>,
  form: MoveForm,
): Promise<void> {
  const action = await readAction(tx, reference)
  if (await isMoved(tx, form.key)) return
  insist(name, action.stands, action.mover)
  if (form.seen !== action.stands.seq) throw changedMeanwhile(action, form.seen)
  if (name === 'move-date') insistOnDue(form.dueOn ?? action.dueOn, londonDay(tx.now))
  if (name === 'escalate') await showTo(tx, action, form.toAgency!)
  if (name === 'withdraw' && action.plan) await insistOnMoreThanPursue(tx, action.plan, action.id)
  const [done] = await tx.query(
    `insert into action_moves (action, seq, action_name, state_after, by_user, by_agency, at, request_key, to_user,
       to_agency, due_on, detail)
     values ($1, $2, $3, $4, $5, $6, present(), $7, $8, $9, $10, $11)
     on conflict do nothing returning seq`,
    [
      action.id,
      action.stands.seq + 1,
      name,
      moves[name].to ?? action.stands.state,
      tx.member.user,
      tx.member.agency,
      form.key,
      name === 'give' || name === 'reassign' ? (form.toUser ?? null) : null,
      name === 'escalate' ? form.toAgency : null,
      name === 'move-date' ? form.dueOn : null,
      JSON.stringify(form.detail ?? {}),
    ],
  )
  if (!done) {
    if (await isMoved(tx, form.key)) return
    const now = await readAction(tx, reference)
    insist(name, now.stands, now.mover)
    throw changedMeanwhile(now, form.seen)
  }
  await tx.record('action-moved', {
    person: action.subject.person,
    kind: 'action',
    id: reference,
    detail: { move: name },
  })
  const notice = moveNotices[name]
  if (notice) await notify(tx, notice, action.id)
}

/** A child's plan never holds only Pursue without a recorded reason (E2); `without` is an action that is to go. */
export async function insistOnMoreThanPursue(
  tx: MemberTransaction,
  plan: string,
  without: string | null = null,
): Promise<void> {
  const [answer] = await tx.query<{ alone: boolean }>('select plan_would_only_pursue($1, $2) as alone', [
    plan,
    without,
  ])
  if (!answer!.alone) return
  throw new WrongMove(
    'This child’s plan would hold nothing but Pursue. Put something under Prevent, Protect or Prepare first, or say in the plan why there is nothing.',
  )
}

/** By its reference alone (R16). */
const moveNotices: Partial<Record<ActionMove, NoticeKindId>> = {
  give: 'action-given',
  reassign: 'action-given',
  finish: 'action-closed',
  'not-done': 'action-closed',
  withdraw: 'action-withdrawn',
  escalate: 'action-escalated',
  'answer-escalation': 'action-escalation-answered',
}

/** Under which field of an agreement an action about somebody crosses: by where it was decided. */
export function fieldOf({
  plan,
  meeting,
  placement,
  consequence,
}: Pick<Action, 'plan' | 'meeting' | 'placement' | 'consequence'>): ActionField {
  if (plan) return 'plan'
  if (meeting ?? consequence) return 'meeting'
  return placement ? 'cohort' : 'action'
}

/** Whoever answers an escalation has to read what was escalated. */
async function showTo(tx: MemberTransaction, action: Action, agency: string): Promise<void> {
  if ([action.agency.id, action.maker.agency, ...action.audience.map(a => a.id)].includes(agency)) return
  const field = action.personal ? fieldOf(action) : null
  const [agreed] = await tx.query<{ covers: boolean; name: string }>(
    `select $2::text is null or agreement_covers($3, $1, $4, array[$2]) as covers, g.name from agencies g where g.id = $1`,
    [agency, field, action.maker.agency, action.purpose],
  )
  if (!agreed?.covers) {
    throw new WrongMove(
      `No agreement in force lets ${agreed?.name ?? 'that agency'} read this action. Escalate it to an agency that may, or ask whoever keeps the agreements.`,
    )
  }
  await tx.query('insert into action_audience values ($1, $2, $3) on conflict do nothing', [
    action.id,
    agency,
    field,
  ])
}

const isMoved = async (tx: MemberTransaction, key: string): Promise<boolean> =>
  (await tx.query('select 1 from action_moves where request_key = $1', [key])).length > 0

const changedMeanwhile = ({ reference, moved }: Action, seen: number): WrongMove => {
  const since = moved.filter(m => m.seq > seen).map(m => `${m.byName} ${moves[m.move].says}`)
  return new WrongMove(
    `Something happened to ${reference} while you had it open (${since.join('; ')}). Read it again, then decide.`,
  )
}

/** Which actions a list shows. What is left out does not narrow it. */
export interface ActionFilter {
  /** Those that somebody has. */
  owner?: string
  /** Those that an agency does. */
  agency?: string
  /** Those that an agency asked for. */
  madeByAgency?: string
  /** Those that nobody has who works for the agency: not given out yet, or with somebody who has left. */
  unheld?: boolean
  /** Those about the person, group, place or line of this number. */
  about?: string
  plan?: string
  meeting?: string
  /** Given out in meetings of a kind, as far as the viewer sits in them. */
  meetingType?: string
  placement?: string
  consequence?: string
  fourP?: FourP
  states?: readonly Exclude<ActionState, 'unmade'>[]
  /** Open, and due before the day. */
  overdueOn?: Day
  dueFrom?: Day
  dueTo?: Day
  /** To be looked at again by the day, or hidden already (R10). */
  reviewTo?: Day
  /** Waiting for the answer of an agency that they were escalated to. */
  escalated?: boolean
  escalatedTo?: string
}

/** As lists show an action. */
export interface ActionLine {
  id: string
  reference: string
  what: string
  fourP: FourP | null
  agency: string
  agencyName: string
  owner: string | null
  ownerName: string | null
  startOn: Day | null
  dueOn: Day
  state: Exclude<ActionState, 'unmade'>
  startedAt: Date | null
  closedAt: Date | null
  result: string | null
  escalateTo: string | null
  escalatedAt: Date | null
  plan: string | null
  /** Of its plan. */
  need: string | null
  meeting: string | null
  placement: string | null
  suspendedOn: Day | null
}

export interface ActionPage {
  limit: number
  offset: number
}

/** Lists count no further: beyond, a page says "more than". */
export const COUNTED_TO = 10_000

/** Open ones with the nearest due first, others with the latest first. `total` is counted to `COUNTED_TO` and one more. Records nothing. */
export async function actionsOf(
  tx: MemberTransaction,
  filter: ActionFilter,
  { limit, offset }: ActionPage,
): Promise<{ total: number; lines: ActionLine[] }> {
  const { where, values } = whereOf(filter)
  const order = filter.states?.includes('open') === false ? 'desc' : 'asc'
  const [count] = await tx.query<{ n: number }>(
    `select count(*) as n from (select 1 from actions a where ${where} limit ${COUNTED_TO + 1}) counted`,
    values,
  )
  const lines = await tx.query<ActionLine>(
    `select a.id, a.reference, a.what, a.four_p as "fourP", a.agency, g.name as "agencyName", a.owner, o.name as "ownerName",
       a.start_on as "startOn", a.due_on as "dueOn", a.state, a.started_at as "startedAt", a.closed_at as "closedAt",
       a.escalate_to as "escalateTo", a.escalated_at as "escalatedAt", a.plan, a.need, a.meeting, a.placement,
       a.result,
       a.suspended_on as "suspendedOn"
     from (select * from actions a where ${where} order by a.due_on ${order}, a.id ${order} limit $${values.length + 1} offset $${values.length + 2}) a
     join agencies g on g.id = a.agency left join users o on o.id = a.owner
     order by a.due_on ${order}, a.id ${order}`,
    [...values, limit, offset],
  )
  return { total: count!.n, lines }
}

function whereOf(filter: ActionFilter): { where: string; values: unknown[] } {
  const values: unknown[] = []
  const parts = ['true']
  const add = (value: unknown, part: (n: string) => string) => {
    if (value === undefined) return
    values.push(value)
    parts.push(part(`$${values.length}`))
  }
  add(filter.owner, n => `a.owner = ${n}`)
  add(filter.agency, n => `a.agency = ${n}`)
  add(filter.madeByAgency, n => `a.made_by_agency = ${n}`)
  if (filter.unheld) {
    parts.push(
      `not exists (select from users u where u.id = a.owner and u.agency = a.agency and u.state = 'active')`,
    )
  }
  add(filter.about, n => `(a.person_id = ${n} or a.group_id = ${n} or a.place_id = ${n} or a.line_id = ${n})`)
  add(filter.plan, n => `a.plan = ${n}`)
  add(filter.meeting, n => `a.meeting = ${n}`)
  add(filter.meetingType, n => `a.meeting in (select m.id from meetings m where m.type = ${n})`)
  add(filter.placement, n => `a.placement = ${n}`)
  add(filter.consequence, n => `a.consequence = ${n}`)
  add(filter.fourP, n => `a.four_p = ${n}`)
  add(filter.states, n => `a.state = any (${n})`)
  add(filter.overdueOn, n => `a.state = 'open' and a.due_on < ${n}`)
  add(filter.dueFrom, n => `a.due_on >= ${n}`)
  add(filter.dueTo, n => `a.due_on <= ${n}`)
  add(filter.reviewTo, n => `a.review_on <= ${n}`)
  if (filter.reviewTo === undefined) parts.push('a.suspended_on is null')
  if (filter.escalated) parts.push('a.escalated_at is not null')
  add(filter.escalatedTo, n => `a.escalated_at is not null and a.escalate_to = ${n}`)
  return { where: parts.join(' and '), values }
}

/** Agencies that an action about somebody may be given to: the viewer's own first, then those that an agreement lets read it. */
export const doingAgencies = (
  tx: MemberTransaction,
  field: ActionField,
): Promise<{ id: string; name: string }[]> =>
  tx.query(
    `select a.id, a.name from agencies a
     where a.closed_on is null and (a.id = viewer_agency()
       or (a.id, $1, viewer_purpose()) in (select g.agency, g.field, g.purpose from viewer_agreed() g))
     order by a.id <> viewer_agency(), a.name`,
    [field],
  )

export interface Colleague {
  id: string
  name: string
  post: string
}

/** Who works with people at the viewer's agency, by name. */
export const colleagues = (tx: MemberTransaction): Promise<Colleague[]> =>
  tx.query(
    `select id, name, post from users
     where agency = viewer_agency() and state = 'active' and role in ('practitioner', 'coordinator', 'commander')
     order by name, id`,
  )
