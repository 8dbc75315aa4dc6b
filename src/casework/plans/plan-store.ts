/** Plans in the database: made, moved, read, listed. The policies say who finds which. */
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import type { NoticeKindId } from '../../governance/notices/notice-kinds.ts'
import { notify } from '../../governance/notices/notify.ts'
import { retentionDates } from '../../governance/retention/retention-dates.ts'
import { addDays, calendarWords, type Day, londonDay } from '../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../platform/errors.ts'
import { groupForWork, insistOnName } from '../groups/group-store.ts'
import type { Level } from '../groups/group-tests.ts'
import type { Subject } from '../tasking/actions/action-store.ts'
import { insist, type Mover, moves, type PlanMove, type PlanState, type SubjectKind } from './plan.ts'

export interface NewPlan {
  subject: Subject
  /** As its members read whom or what it is about. */
  called: string
  /** Whether it is about somebody under 18, or of an age that nobody knows. */
  child: boolean
  /** What it is for, in a sentence. */
  aim: string
  /** Who leads it: somebody of the viewer's agency. */
  owner: string
  placement?: string | null
  legalBasis: string
}

export interface MadePlan {
  id: string
  reference: string
}

/** Of the form: the same form twice is one act; the number of a new plan as well. */
export interface PlanMarks {
  key: string
}

/**
 * Makes a plan and gives its reference; made already with this key, the one that there is. Throws WrongMove where the
 * viewer's agency leads an open plan about the same already.
 */
export async function makePlan(tx: MemberTransaction, plan: NewPlan, { key }: PlanMarks): Promise<MadePlan> {
  const known = await madeWith(tx, key)
  if (known) return known
  const { person = null, group = null, place = null, line = null } = plan.subject
  if (group) insistOnName((await groupForWork(tx, group)).level, plan.called)
  const [there] = await tx.query<{ reference: string }>(
    `select reference from plans
     where lead_agency = viewer_agency() and state = 'open' and coalesce(person_id, group_id, place_id, line_id) = $1`,
    [person ?? group ?? place ?? line],
  )
  if (there) {
    throw new WrongMove(
      `Your agency leads ${there.reference}, an open plan about the same. You can add to that one, or close it first.`,
    )
  }
  const { reviewOn, deleteOn } = retentionDates('plan', londonDay(tx.now), plan)
  const [made] = await tx.query<MadePlan>(
    `insert into plans (id, reference, person_id, group_id, place_id, line_id, placement, called, child, aim, lead_agency,
       owner, made_by, made_at, changed_at, purpose, legal_basis, review_on, delete_on)
     values ($1, next_reference('P'), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, present(), present(), viewer_purpose(),
       $13, $14, $15)
     on conflict (id) do nothing returning id, reference`,
    [
      key,
      person,
      group,
      place,
      line,
      plan.placement ?? null,
      plan.called,
      plan.child,
      plan.aim,
      tx.member.agency,
      plan.owner,
      tx.member.user,
      plan.legalBasis,
      reviewOn,
      deleteOn,
    ],
  )
  if (!made) {
    const first = await madeWith(tx, key)
    if (first) return first
    throw new NotThere()
  }
  await tx.query(
    `insert into plan_moves (plan, seq, move, state_after, by_user, by_agency, at, request_key)
     values ($1, 1, 'make', 'open', $2, $3, present(), $1)`,
    [key, tx.member.user, tx.member.agency],
  )
  await tx.record('plan-made', { person, kind: 'plan', id: made.reference })
  return made
}

const madeWith = async (tx: MemberTransaction, key: string): Promise<MadePlan | undefined> =>
  (await tx.query<MadePlan>('select id, reference from plans where id = $1', [key]))[0]

export interface PlanMember {
  agency: string
  name: string
  /** Who of the agency; where nobody is named, all of it who work with people. */
  users: { id: string; name: string; post: string }[]
  since: Date
}

export interface MadePlanMove {
  seq: number
  move: PlanMove
  byName: string
  at: Date
  toName: string | null
  toAgency: string | null
  reviewOn: Day | null
  detail: { because?: string; outcome?: string; note?: string }
}

export interface Plan {
  id: string
  reference: string
  kind: SubjectKind
  subject: Required<Subject>
  placement: string | null
  called: string
  child: boolean
  aim: string
  pursueAloneBecause: string | null
  lead: { agency: string; name: string }
  owner: { id: string; name: string; post: string; works: boolean }
  state: PlanState
  closedAt: Date | null
  outcome: string | null
  madeAt: Date
  edition: number
  purpose: string
  legalBasis: string
  reviewOn: Day
  deleteOn: Day
  suspendedOn: Day | null
  members: PlanMember[]
  made: MadePlanMove[]
  mover: Mover
  /** Whether the viewer may write in it. */
  writes: boolean
}

interface PlanRow {
  id: string
  reference: string
  person_id: string | null
  group_id: string | null
  place_id: string | null
  line_id: string | null
  placement: string | null
  called: string
  child: boolean
  aim: string
  pursue_alone_because: string | null
  lead_agency: string
  lead_name: string
  owner: string
  owner_name: string
  owner_post: string
  owner_works: boolean
  state: Exclude<PlanState, 'unmade'>
  closed_at: Date | null
  outcome: string | null
  made_at: Date
  edition: number
  purpose: string
  legal_basis: string
  review_on: Day
  delete_on: Day
  suspended_on: Day | null
}

/** Throws NotThere for what is not theirs as for what does not exist. Records nothing. */
export async function readPlan(tx: MemberTransaction, reference: string): Promise<Plan> {
  const [row] = await tx.query<PlanRow>(
    `select p.*, g.name as lead_name, u.name as owner_name, u.post as owner_post,
       u.state = 'active' and u.agency = p.lead_agency as owner_works
     from plans p join agencies g on g.id = p.lead_agency join users u on u.id = p.owner
     where p.reference = $1`,
    [reference],
  )
  if (!row) throw new NotThere()
  const members = await tx.query<PlanMember>(
    `select m.agency, g.name, m.since, coalesce((
         select jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name, 'post', u.post) order by u.name)
         from users u where u.id = any (m.users)), '[]') as users
     from plan_members m join agencies g on g.id = m.agency where m.plan = $1 order by g.name, g.id`,
    [row.id],
  )
  const made = await tx.query<MadePlanMove>(
    `select m.seq, m.move, u.name || ', ' || g.name as "byName", m.at, t.name as "toName", a.name as "toAgency",
       m.review_on as "reviewOn", m.detail
     from plan_moves m join users u on u.id = m.by_user join agencies g on g.id = m.by_agency
     left join users t on t.id = m.to_user left join agencies a on a.id = m.to_agency
     where m.plan = $1 order by m.seq`,
    [row.id],
  )
  return planOf(tx, row, members, made)
}

function planOf(tx: MemberTransaction, row: PlanRow, members: PlanMember[], made: MadePlanMove[]): Plan {
  const subject = { person: row.person_id, group: row.group_id, place: row.place_id, line: row.line_id }
  const { user, agency, role } = tx.member
  const keeps = role === 'practitioner' || role === 'coordinator'
  const lead = keeps && row.lead_agency === agency
  return {
    id: row.id,
    reference: row.reference,
    kind: kindOf(subject),
    subject,
    placement: row.placement,
    called: row.called,
    child: row.child,
    aim: row.aim,
    pursueAloneBecause: row.pursue_alone_because,
    lead: { agency: row.lead_agency, name: row.lead_name },
    owner: { id: row.owner, name: row.owner_name, post: row.owner_post, works: row.owner_works },
    state: row.state,
    closedAt: row.closed_at,
    outcome: row.outcome,
    madeAt: row.made_at,
    edition: row.edition,
    purpose: row.purpose,
    legalBasis: row.legal_basis,
    reviewOn: row.review_on,
    deleteOn: row.delete_on,
    suspendedOn: row.suspended_on,
    members,
    made,
    mover: {
      lead,
      holder: lead && (row.owner === user || role === 'coordinator'),
      coordinator: lead && role === 'coordinator',
      member: lead || (keeps && members.some(m => m.agency === agency)),
    },
    writes: row.state === 'open',
  }
}

const kindOf = ({ person, group, place }: Required<Subject>): SubjectKind => {
  if (person) return 'person'
  if (group) return 'group'
  return place ? 'place' : 'line'
}

export interface PlanMoveForm extends PlanMarks {
  /** Number of the last move that the form showed. */
  seen: number
  detail?: MadePlanMove['detail']
  /** Of `hand-over`. */
  toUser?: string
  /** Of `add-member` and `remove-member`. */
  toAgency?: string
  /** Of `add-member`: who of the agency; nobody named is all of it. */
  users?: readonly string[]
  /** Of `review` and `reopen`; left out, as far off as the retention rules let it be. */
  reviewOn?: Day
}

type FormMove = Exclude<PlanMove, 'make' | 'change'>

/**
 * Moves a plan. Throws WrongMove with what is possible where the move does not fit, or where something happened to it
 * while the form was open. Whom it concerns is told.
 */
export async function movePlan(
  tx: MemberTransaction,
  reference: string,
  name: FormMove,
  form: PlanMoveForm,
): Promise<void> {
  const plan = await readPlan(tx, reference)
  if (await isMoved(tx, form.key)) return
  insist(name, plan.state, plan.mover)
  const seq = plan.made.at(-1)!.seq
  if (form.seen !== seq) throw changedMeanwhile(plan, form.seen)
  const today = londonDay(tx.now)
  const latest = retentionDates('plan', today, plan).reviewOn
  if (form.reviewOn && (form.reviewOn > latest || form.reviewOn <= today)) {
    throw new WrongMove(`The next review lies between tomorrow and ${calendarWords(latest)}.`)
  }
  // The rows of members follow what the move says, in the same act: the move first, because whoever parts with a plan
  // does not find it afterwards.
  if (name === 'add-member') await addMember(tx, plan, form)
  const [done] = await tx.query(
    `insert into plan_moves (plan, seq, move, state_after, by_user, by_agency, at, request_key, to_user, to_agency,
       review_on, detail)
     values ($1, $2, $3, $4, $5, $6, present(), $7, $8, $9, $10, $11)
     on conflict do nothing returning seq`,
    [
      plan.id,
      seq + 1,
      name,
      moves[name].to ?? plan.state,
      tx.member.user,
      tx.member.agency,
      form.key,
      name === 'hand-over' ? form.toUser : null,
      name === 'add-member' || name === 'remove-member' ? form.toAgency : null,
      name === 'review' || name === 'reopen' ? (form.reviewOn ?? latest) : null,
      JSON.stringify(form.detail ?? {}),
    ],
  )
  if (!done) {
    if (await isMoved(tx, form.key)) return
    throw changedMeanwhile(await readPlan(tx, reference), form.seen)
  }
  await tx.record('plan-moved', {
    person: plan.subject.person,
    kind: 'plan',
    id: reference,
    detail: { move: name, ...(form.toAgency ? { agency: form.toAgency } : {}) },
  })
  const notice = notices[name]
  if (notice) await notify(tx, notice, plan.id)
  if (name === 'remove-member') {
    await tx.query('delete from plan_members where plan = $1 and agency = $2', [plan.id, form.toAgency])
  }
}

const notices: Partial<Record<PlanMove, NoticeKindId>> = {
  'add-member': 'plan-joined',
  'hand-over': 'plan-handed-over',
  close: 'plan-closed',
}

/** R13: an agency comes to a plan under an agreement in force alone. */
async function addMember(tx: MemberTransaction, plan: Plan, { toAgency, users = [] }: PlanMoveForm) {
  if (plan.members.some(m => m.agency === toAgency) || plan.lead.agency === toAgency) {
    throw new WrongMove('That agency works on this plan already.')
  }
  const [agreed] = await tx.query<{ covers: boolean; name: string }>(
    `select agreement_covers($1, g.id, $3, array['plan']) as covers, g.name from agencies g where g.id = $2`,
    [plan.lead.agency, toAgency, plan.purpose],
  )
  if (!agreed?.covers) {
    throw new WrongMove(
      `No agreement in force for this purpose lets ${agreed?.name ?? 'that agency'} read plans of your agency. Ask whoever keeps the agreements.`,
    )
  }
  await tx.query(
    'insert into plan_members (plan, agency, users, since, added_by) values ($1, $2, $3, present(), viewer_user())',
    [plan.id, toAgency, users],
  )
}

const isMoved = async (tx: MemberTransaction, key: string): Promise<boolean> =>
  (await tx.query('select 1 from plan_moves where request_key = $1', [key])).length > 0

const changedMeanwhile = ({ reference, made }: Plan, seen: number): WrongMove => {
  const since = made.filter(m => m.seq > seen).map(m => `${m.byName} ${moves[m.move].says}`)
  return new WrongMove(
    `Something happened to ${reference} while you had it open (${since.join('; ')}). Read it again, then decide.`,
  )
}

export interface PlanWords {
  called: string
  aim: string
}

/** False where somebody else changed it since that edition: the page then shows both texts. */
export async function changeWords(
  tx: MemberTransaction,
  plan: Plan,
  { called, aim }: PlanWords,
  { edition, key }: { edition: number; key: string },
): Promise<boolean> {
  if (await isMoved(tx, key)) return true
  insist('change', plan.state, plan.mover)
  await insistOnGroupName(tx, plan, called)
  const [changed] = await tx.query(
    `update plans set called = $3, aim = $4, edition = edition + 1, changed_at = present()
     where id = $1 and edition = $2 returning id`,
    [plan.id, edition, called, aim],
  )
  if (!changed) return false
  await tx.query(
    `insert into plan_moves (plan, seq, move, state_after, by_user, by_agency, at, request_key)
     select $1, max(seq) + 1, 'change', 'open', $2, $3, present(), $4 from plan_moves where plan = $1`,
    [plan.id, tx.member.user, tx.member.agency, key],
  )
  await tx.record('plan-moved', {
    person: plan.subject.person,
    kind: 'plan',
    id: plan.reference,
    detail: { move: 'change' },
  })
  return true
}

/** R3: a plan about a peer group does not call it a gang either. */
async function insistOnGroupName(tx: MemberTransaction, { subject }: Plan, called: string): Promise<void> {
  if (!subject.group) return
  const [group] = await tx.query<{ level: Level | null }>('select level from groups where id = $1', [
    subject.group,
  ])
  insistOnName(group?.level ?? null, called)
}

export const planShows = {
  open: 'Open',
  mine: 'Led by you',
  led: 'Led by your agency',
  member: 'Your agency takes part',
  review: 'To be reviewed within two weeks, or hidden because nobody did',
  closed: 'Closed',
} as const

export type PlanShow = keyof typeof planShows

export interface PlanLine {
  reference: string
  called: string
  child: boolean
  kind: SubjectKind
  leadName: string
  ownerName: string
  mine: boolean
  state: PlanState
  reviewOn: Day
  suspendedOn: Day | null
}

const AHEAD_DAYS = 14

/** The nearest review first, and nothing about anybody else decides the order (R6). Records nothing. */
export async function listPlans(
  tx: MemberTransaction,
  { show, kind, about }: { show: PlanShow; kind: SubjectKind | null; about?: string | null },
  { limit, offset }: { limit: number; offset: number },
): Promise<{ total: number; lines: PlanLine[] }> {
  const wheres: Record<PlanShow, string> = {
    open: `p.state = 'open' and p.suspended_on is null`,
    mine: `p.state = 'open' and p.suspended_on is null and p.owner = viewer_user()`,
    led: `p.state = 'open' and p.suspended_on is null and p.lead_agency = viewer_agency()`,
    member: `p.state = 'open' and p.lead_agency <> viewer_agency()`,
    review: `p.state = 'open' and p.lead_agency = viewer_agency() and p.review_on <= $2`,
    closed: `p.state = 'closed'`,
  }
  const where = `${wheres[show]} and ($1::uuid is null or coalesce(p.person_id, p.group_id, p.place_id, p.line_id) = $1)
    and $2::date is not null ${kind ? `and p.${kind}_id is not null` : ''}`
  const values = [about ?? null, addDays(londonDay(tx.now), AHEAD_DAYS)]
  const [count] = await tx.query<{ n: number }>(`select count(*) as n from plans p where ${where}`, values)
  const lines = await tx.query<PlanLine>(
    `select p.reference, p.called, p.child,
       case when p.person_id is not null then 'person' when p.group_id is not null then 'group'
         when p.place_id is not null then 'place' else 'line' end as kind,
       g.name as "leadName", u.name as "ownerName", p.owner = viewer_user() as mine, p.state, p.review_on as "reviewOn",
       p.suspended_on as "suspendedOn"
     from plans p join agencies g on g.id = p.lead_agency join users u on u.id = p.owner
     where ${where} order by p.review_on, p.id limit $3 offset $4`,
    [...values, limit, offset],
  )
  return { total: count!.n, lines }
}

/** Agencies that an agreement in force lets read the viewer's agency's plans. */
export const possibleMembers = (tx: MemberTransaction): Promise<{ id: string; name: string }[]> =>
  tx.query(
    `select a.id, a.name from agencies a
     where a.closed_on is null
       and (a.id, 'plan', viewer_purpose()) in (select g.agency, g.field, g.purpose from viewer_agreed() g)
     order by a.name`,
  )

/** Who of an agency works with people, by name. */
export const peopleOf = (
  tx: MemberTransaction,
  agency: string,
): Promise<{ id: string; name: string; post: string }[]> =>
  tx.query(
    `select id, name, post from users
     where agency = $1 and state = 'active' and role in ('practitioner', 'coordinator', 'commander') order by name, id`,
    [agency],
  )

/** Says who of an agency works on the plan; nobody named is all of it. Throws NotThere for an agency that does not. */
export async function nameMembers(
  tx: MemberTransaction,
  plan: Plan,
  agency: string,
  users: readonly string[],
): Promise<void> {
  const [named] = await tx.query(
    'update plan_members set users = $3 where plan = $1 and agency = $2 returning agency',
    [plan.id, agency, users],
  )
  if (!named) throw new NotThere()
  await tx.record('plan-moved', {
    person: plan.subject.person,
    kind: 'plan',
    id: plan.reference,
    detail: { move: 'name-people', agency, people: users.length },
  })
}
