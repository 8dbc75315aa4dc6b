/** Cases before a panel, in the database: referred, decided, completed, listed. The policies say who finds which. */
import type { PackMeetingType } from '../../../areas/meeting-type.ts'
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import { notify } from '../../../governance/notices/notify.ts'
import { retentionDates, ruleFor } from '../../../governance/retention/retention-dates.ts'
import { addDays, type Day, londonDay } from '../../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../../platform/errors.ts'
import { addWorkingDays } from '../../../platform/working-days.ts'
import { legalBasisOf } from '../consequences/consequence-store.ts'
import { quorate } from '../meetings/meeting.ts'
import { type OutcomeId, panelDeadlines } from './outcomes.ts'
import {
  type Admission,
  insist,
  type MadeMove,
  type MoveDetail,
  type Mover,
  moves,
  type PanelCaseMove,
  type PanelCaseState,
  type PaperKind,
} from './panel-case.ts'

/** A kind of meeting that decides such cases. */
export interface Panel {
  id: string
  name: string
  members: string[]
}

/** Panels to which the viewer's agency refers for their purpose. */
export async function panelsOf(tx: MemberTransaction): Promise<Panel[]> {
  const rows = await tx.query<{ definition: PackMeetingType }>(
    `select definition from meeting_types
     where in_pack and definition -> 'sees' ? 'panel-case' and definition -> 'members' ? viewer_agency()
       and definition ->> 'purpose' = viewer_purpose() order by name`,
  )
  return rows.map(({ definition: { id, name, members } }) => ({ id, name, members }))
}

export interface NewPanelCase {
  panel: string
  person: string
  called: string
  /** Under 18 at the offence, or of an age that nobody knows. */
  child: boolean
  crime: string
  offence: string
  offenceOn: Day
  admitted: Admission
}

interface Marks {
  key: string
}

/**
 * Refers it and gives the reference; referred already with this key, that of the one that there is. Throws WrongMove where
 * the same crime of the same person stands before a panel already, or was decided.
 */
export async function referToPanel(
  tx: MemberTransaction,
  given: NewPanelCase,
  { key }: Marks,
): Promise<string> {
  const [known] = await tx.query<{ reference: string }>('select reference from panel_cases where id = $1', [
    key,
  ])
  if (known) return known.reference
  const today = londonDay(tx.now)
  const { reviewOn, deleteOn } = retentionDates('panel-case', today, given)
  const { assessDays, decideDays } = panelDeadlines[0]
  const decideBy = addWorkingDays(today, decideDays)
  const [made] = await tx.query<{ reference: string }>(
    `insert into panel_cases (id, reference, panel, person_id, called, child, crime, offence, offence_on, admitted,
       from_agency, referred_by, referred_at, assess_by, decide_by, purpose, legal_basis, review_days, review_on, delete_on)
     values ($1, next_reference('JP'), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, present(), $12, $13, viewer_purpose(), $14,
       $15, $16, $17)
     on conflict do nothing returning reference`,
    [
      key,
      given.panel,
      given.person,
      given.called,
      given.child,
      given.crime,
      given.offence,
      given.offenceOn,
      given.admitted,
      tx.member.agency,
      tx.member.user,
      addWorkingDays(today, assessDays),
      decideBy,
      legalBasisOf(tx),
      ruleFor('panel-case', today).reviewDays[given.child ? 'child' : 'adult'],
      reviewOn > decideBy ? reviewOn : addDays(decideBy, 1),
      deleteOn,
    ],
  )
  if (!made) throw await alreadyBefore(tx, given)
  await tx.query(
    `insert into panel_case_moves (panel_case, seq, move, state_after, by_user, by_agency, at, request_key)
     values ($1, 1, 'refer', 'waiting', $2, $3, present(), $1)`,
    [key, tx.member.user, tx.member.agency],
  )
  await tx.record('panel-case-referred', { person: given.person, kind: 'panel-case', id: made.reference })
  return made.reference
}

async function alreadyBefore(tx: MemberTransaction, { person, crime }: NewPanelCase): Promise<Error> {
  const [there] = await tx.query<{ reference: string; state: PanelCaseState; name: string }>(
    `select c.reference, c.state, t.name from panel_cases c join meeting_types t on t.id = c.panel
     where c.from_agency = viewer_agency() and c.person_id = $1 and lower(c.crime) = lower($2) and c.state <> 'withdrawn'`,
    [person, crime],
  )
  if (!there) return new NotThere()
  return new WrongMove(
    there.state === 'waiting'
      ? `${there.reference} is this case, and waits for: ${there.name}. You can add to that one, or withdraw it first.`
      : `${there.reference} is this case, and was decided by: ${there.name}. It is not decided twice; you can read the decision there.`,
  )
}

export interface PanelCaseLine {
  id: string
  reference: string
  called: string
  child: boolean
  offence: string
  state: Exclude<PanelCaseState, 'unmade'>
  panelName: string
  fromAgencyName: string
  assessBy: Day
  decideBy: Day
  outcome: OutcomeId | null
  ownerAgencyName: string | null
  completeBy: Day | null
  suspendedOn: Day | null
  papers: PaperKind[]
}

export interface PanelPaper {
  id: string
  kind: PaperKind
  text: string
  agencyName: string
  authorName: string
  madeAt: Date
}

export interface PanelCase extends Omit<PanelCaseLine, 'papers'> {
  panel: string
  panelMembers: { id: string; name: string }[]
  quorum: PackMeetingType['quorum']
  person: string
  crime: string
  offenceOn: Day
  admitted: Admission
  referredByName: string
  fromAgency: string
  brought: { id: string; name: string }[]
  purpose: string
  legalBasis: string
  reviewOn: Day
  deleteOn: Day
  papers: PanelPaper[]
  made: MadeMove[]
  mover: Mover
  /** Whether the viewer may write for the panel. */
  writes: boolean
}

const columns = `c.id, c.reference, c.called, c.child, c.offence, c.state, t.name as "panelName", f.name as "fromAgencyName",
  c.assess_by as "assessBy", c.decide_by as "decideBy", c.outcome, o.name as "ownerAgencyName", c.complete_by as "completeBy",
  c.suspended_on as "suspendedOn"`

const from = `panel_cases c join meeting_types t on t.id = c.panel join agencies f on f.id = c.from_agency
  left join agencies o on o.id = c.owner_agency`

/** Throws NotThere for what is not theirs as for what does not exist. Records nothing. */
export async function readPanelCase(tx: MemberTransaction, reference: string): Promise<PanelCase> {
  type Row = Omit<PanelCase, 'papers' | 'made' | 'mover' | 'writes' | 'quorum' | 'panelMembers'> & {
    definition: PackMeetingType
    members: { id: string; name: string }[]
    chairs: boolean
    refers: boolean
    owner_agency: string | null
  }
  const [row] = await tx.query<Row>(
    `select ${columns}, c.panel, c.person_id as person, c.crime, c.offence_on as "offenceOn", c.admitted,
       u.name || ', ' || u.post as "referredByName", c.from_agency as "fromAgency", c.purpose, c.legal_basis as "legalBasis",
       c.review_on as "reviewOn", c.delete_on as "deleteOn", t.definition, viewer_chairs(c.panel) as chairs,
       c.referred_by = viewer_user() as refers, c.owner_agency,
       (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) order by g.name), '[]')
        from agencies g where g.id = any (c.brought)) as brought,
       (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) order by g.name), '[]')
        from agencies g where t.definition -> 'members' ? g.id) as members
     from ${from} join users u on u.id = c.referred_by where c.reference = $1`,
    [reference],
  )
  if (!row) throw new NotThere()
  const papers = await tx.query<PanelPaper>(
    `select p.id, p.kind, p.text, g.name as "agencyName", u.name as "authorName", p.made_at as "madeAt"
     from panel_papers p join agencies g on g.id = p.agency join users u on u.id = p.author
     where p.panel_case = $1 order by p.made_at, p.id`,
    [row.id],
  )
  const made = await tx.query<MadeMove>(
    `select m.seq, m.move, u.name || ', ' || g.name as "byName", m.at, m.outcome, a.name as "toAgency", m.due_on as "dueOn",
       m.detail
     from panel_case_moves m join users u on u.id = m.by_user join agencies g on g.id = m.by_agency
     left join agencies a on a.id = m.to_agency where m.panel_case = $1 order by m.seq`,
    [row.id],
  )
  const { definition, members, chairs, refers, owner_agency, ...found } = row
  const { agency, role, purpose } = tx.member
  return {
    ...found,
    panelMembers: members,
    quorum: definition.quorum,
    papers,
    made,
    mover: {
      referrer: found.fromAgency === agency && (refers || role === 'coordinator'),
      chair: chairs,
      decider: chairs && !refers,
      keeper: agency === owner_agency || agency === found.fromAgency,
    },
    writes: found.state === 'waiting' && found.purpose === purpose,
  }
}

export const caseShows = {
  waiting: 'To be decided',
  decided: 'Decided, and not completed yet',
  own: 'Referred by your agency',
  over: 'Over',
} as const

export type CaseShow = keyof typeof caseShows

/** By the day by which each is due, and nothing of anybody else (R6). Records nothing. */
export async function listPanelCases(
  tx: MemberTransaction,
  show: CaseShow,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ total: number; lines: PanelCaseLine[] }> {
  const wheres: Record<CaseShow, string> = {
    waiting: `c.state = 'waiting'`,
    decided: `c.state = 'decided'`,
    own: 'c.from_agency = viewer_agency()',
    over: `c.state in ('completed', 'returned', 'withdrawn')`,
  }
  const where = wheres[show]
  const [count] = await tx.query<{ n: number }>(`select count(*) as n from panel_cases c where ${where}`)
  const lines = await tx.query<PanelCaseLine>(
    `select ${columns}, array(select distinct p.kind from panel_papers p where p.panel_case = c.id order by 1) as papers
     from ${from} where ${where}
     order by coalesce(c.complete_by, c.decide_by) ${show === 'over' ? 'desc' : ''}, c.reference limit $1 offset $2`,
    [limit, offset],
  )
  return { total: count!.n, lines }
}

/** Writes for the panel, once however often the form is sent. */
export async function addPaper(
  tx: MemberTransaction,
  found: PanelCase,
  kind: PaperKind,
  text: string,
  { key }: Marks,
): Promise<void> {
  const [known] = await tx.query('select from panel_papers where id = $1', [key])
  if (known) return
  if (!found.writes) {
    throw new WrongMove(
      found.state === 'waiting'
        ? 'It is kept for another purpose than the one for which you work. Change your purpose, then write.'
        : 'The panel has decided, or it is over: nothing is added any more.',
    )
  }
  await tx.query(
    `insert into panel_papers (id, panel_case, kind, text, agency, author, made_at, purpose)
     values ($1, $2, $3, $4, $5, $6, present(), viewer_purpose()) on conflict (id) do nothing`,
    [key, found.id, kind, text, tx.member.agency, tx.member.user],
  )
  await tx.record('panel-paper-added', {
    person: found.person,
    kind: 'panel-case',
    id: found.reference,
    detail: { kind },
  })
}

export interface MoveForm extends Marks {
  seen: number
  detail?: MoveDetail
  outcome?: OutcomeId
  toAgency?: string
  dueOn?: Day
  /** Of `decide`: agencies that were there. */
  there?: readonly string[]
}

/** Moves it. Throws WrongMove with what is possible where the move does not fit: no case is decided twice. */
export async function movePanelCase(
  tx: MemberTransaction,
  reference: string,
  name: Exclude<PanelCaseMove, 'refer'>,
  form: MoveForm,
): Promise<void> {
  const found = await readPanelCase(tx, reference)
  if (await isMoved(tx, form.key)) return
  insist(name, found.state, found.mover)
  const seq = found.made.at(-1)!.seq
  if (form.seen !== seq) throw changedMeanwhile(found, form.seen)
  if (name === 'decide') insistOnQuorum(found, form.there ?? [])
  const [done] = await tx.query(
    `insert into panel_case_moves (panel_case, seq, move, state_after, by_user, by_agency, at, request_key, outcome,
       to_agency, due_on, detail)
     values ($1, $2, $3, $4, $5, $6, present(), $7, $8, $9, $10, $11) on conflict do nothing returning seq`,
    [
      found.id,
      seq + 1,
      name,
      moves[name].to ?? found.state,
      tx.member.user,
      tx.member.agency,
      form.key,
      name === 'decide' ? form.outcome : null,
      name === 'decide' || name === 'bring' ? form.toAgency : null,
      name === 'decide' || name === 'defer' ? form.dueOn : null,
      JSON.stringify({
        ...form.detail,
        ...(name === 'decide' && {
          agencies: found.panelMembers.filter(m => form.there?.includes(m.id)).map(m => m.name),
        }),
      }),
    ],
  )
  if (!done) {
    if (await isMoved(tx, form.key)) return
    const now = await readPanelCase(tx, reference)
    insist(name, now.state, now.mover)
    throw changedMeanwhile(now, form.seen)
  }
  await tx.record('panel-case-moved', {
    person: found.person,
    kind: 'panel-case',
    id: reference,
    detail: { move: name, ...(form.outcome ? { outcome: form.outcome } : {}) },
  })
  if (name === 'decide' || name === 'defer' || name === 'complete' || name === 'return') {
    await notify(tx, 'panel-case-decided', found.id)
  }
}

/** Nothing is decided by fewer agencies than the area pack asks for. */
function insistOnQuorum({ quorum, panelMembers }: PanelCase, there: readonly string[]): void {
  const { enough, needed } = quorate(
    quorum,
    there.map(agency => ({ agency, attendance: 'present' as const })),
  )
  if (enough) return
  const of = quorum.of?.map(id => panelMembers.find(m => m.id === id)?.name ?? id).join(', ')
  throw new WrongMove(
    `Too few agencies were there: the panel decides with ${needed}${of ? ` of ${of}` : ''}. You can defer it, or mark who else was there.`,
  )
}

const isMoved = async (tx: MemberTransaction, key: string): Promise<boolean> =>
  (await tx.query('select 1 from panel_case_moves where request_key = $1', [key])).length > 0

const changedMeanwhile = ({ reference, made }: PanelCase, seen: number): WrongMove => {
  const since = made.filter(m => m.seq > seen).map(m => `${m.byName} ${moves[m.move].says}`)
  return new WrongMove(
    `Something happened to ${reference} while you had it open (${since.join('; ')}). Read it again, then decide.`,
  )
}
