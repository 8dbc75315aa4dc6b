/** Drafts of proposals, and what becomes of one when it is sent to the panel. */
import { randomUUID } from 'node:crypto'
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { notify } from '../../governance/notices/notify.ts'
import { retentionDates } from '../../governance/retention/retention-dates.ts'
import { type Day, earlierOf, londonDay } from '../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../platform/errors.ts'
import { mayBeChild } from '../register/birth-date.ts'
import { entriesOf } from '../register/entry-store.ts'
import { usualName } from '../register/names.ts'
import { recordsOf } from '../register/record-store.ts'
import type { AgencyRecord } from '../register/register.ts'
import { shownEntry } from '../register/shown-entry.ts'
import { readCohorts } from './pack-cohorts.ts'
import { type MoveDetail, moves, needsSecond } from './placement.ts'
import {
  leansOn,
  type Missing,
  missing,
  type PossibleEvidence,
  type ProposalAnswers,
  type ProposalContext,
} from './proposal.ts'

export interface ProposalDraft {
  id: string
  person: string
  answers: ProposalAnswers
  changedAt: Date
  deleteOn: Day
}

const columns = `d.id, d.person_id as person, d.answers, d.changed_at as "changedAt", d.delete_on as "deleteOn"`

/** The record of one's own agency from which somebody is proposed. Throws NotThere where there is none. */
async function ownRecordOf(tx: MemberTransaction, person: string): Promise<AgencyRecord> {
  const record = (await recordsOf(tx, person)).find(
    r => r.agency === tx.member.agency && r.suspendedOn === null,
  )
  if (!record) throw new NotThere()
  return record
}

/** A new draft, or the one that this author has begun about the person. Throws NotThere for who is not theirs to propose. */
export async function startProposal(tx: MemberTransaction, person: string): Promise<string> {
  await ownRecordOf(tx, person)
  const [begun] = await tx.query<{ id: string }>('select id from placement_drafts where person_id = $1', [
    person,
  ])
  if (begun) return begun.id
  const id = randomUUID()
  const { deleteOn } = retentionDates('placement-draft', londonDay(tx.now), { child: true })
  await tx.query(
    `insert into placement_drafts (id, agency, author, person_id, started_at, changed_at, delete_on)
     values ($1, $2, $3, $4, present(), present(), $5)`,
    [id, tx.member.agency, tx.member.user, person, deleteOn],
  )
  await tx.record('placement-draft-started', { person, kind: 'placement-draft', id })
  return id
}

export const listProposals = (tx: MemberTransaction): Promise<ProposalDraft[]> =>
  tx.query<ProposalDraft>(`select ${columns} from placement_drafts d order by d.changed_at desc`)

/** Throws NotThere for a draft of somebody else as for none. */
export async function readProposal(tx: MemberTransaction, id: string): Promise<ProposalDraft> {
  const [draft] = await tx.query<ProposalDraft>(`select ${columns} from placement_drafts d where d.id = $1`, [
    id,
  ])
  if (!draft) throw new NotThere()
  return draft
}

/** Lays answers over the draft's. Two windows that answer different questions do not undo each other. */
export async function saveProposal(
  tx: MemberTransaction,
  id: string,
  answers: ProposalAnswers,
): Promise<ProposalDraft> {
  const change = Object.fromEntries(Object.entries(answers).map(([name, value]) => [name, value || null]))
  const [row] = await tx.query<{ id: string }>(
    `update placement_drafts set answers = jsonb_strip_nulls(answers || $2::jsonb), changed_at = present()
     where id = $1 returning id`,
    [id, JSON.stringify(change)],
  )
  if (!row) throw new NotThere()
  await tx.record('placement-draft-saved', { kind: 'placement-draft', id })
  return readProposal(tx, id)
}

/** Deleting what is gone already is no fault: the button was pressed twice. */
export async function discardProposal(tx: MemberTransaction, id: string): Promise<void> {
  const gone = await tx.query('delete from placement_drafts where id = $1 returning id', [id])
  if (gone.length > 0) await tx.record('placement-draft-discarded', { kind: 'placement-draft', id })
}

/** What the questions of a draft are asked with. */
export async function proposalContext(
  tx: MemberTransaction,
  { person, answers }: ProposalDraft,
): Promise<ProposalContext & { record: AgencyRecord }> {
  const record = await ownRecordOf(tx, person)
  return {
    answers,
    today: londonDay(tx.now),
    cohorts: await openCohorts(tx),
    entries: await possibleEvidence(tx, person),
    record,
  }
}

/** Cohorts that the pack names, to which an agreement in force lets the viewer's agency propose (R13). */
async function openCohorts(tx: MemberTransaction) {
  const rows = await tx.query<{ id: string }>(
    `select c.id from cohorts c
     where c.in_pack and (c.lead_agency = viewer_agency()
       or agreement_covers(viewer_agency(), c.lead_agency, viewer_purpose(), array['cohort']))`,
  )
  return (await readCohorts(tx)).filter(c => rows.some(r => r.id === c.id))
}

/** One's own agency's statements about the person: none of a closed circle (R17). The newest forty. */
async function possibleEvidence(tx: MemberTransaction, person: string): Promise<PossibleEvidence[]> {
  const [own] = await tx.query<{ name: string }>('select name from agencies where id = $1', [
    tx.member.agency,
  ])
  const entries = await entriesOf(tx, person)
  return entries
    .filter(e => e.circleName === null && e.agencyName === own?.name)
    .slice(0, MOST_EVIDENCE)
    .map(e => ({ id: e.id, label: shownEntry(e).label, occurredOn: e.occurredOn, text: e.text }))
}

const MOST_EVIDENCE = 40

export type Sending =
  | { outcome: 'sent'; reference: string }
  /** Questions to go back to. */
  | { outcome: 'not-ready'; missing: Missing[] }

/** Sending what was sent already gives the same reference. Throws NotThere for a draft that is not theirs. */
export async function sendProposal(tx: MemberTransaction, id: string): Promise<Sending> {
  // Whoever sends the same draft in the same moment waits here, and then finds the placement.
  await tx.query('select from placement_drafts where id = $1 for update', [id])
  const [sent] = await tx.query<{ reference: string }>('select reference from placements where id = $1', [id])
  if (sent) return { outcome: 'sent', reference: sent.reference }
  const draft = await readProposal(tx, id)
  const context = await proposalContext(tx, draft)
  const lacking = missing(context)
  if (lacking.length > 0) return { outcome: 'not-ready', missing: lacking }
  await insistOnOne(tx, draft, context)
  return { outcome: 'sent', reference: await insert(tx, draft, context) }
}

/** Somebody is proposed to a cohort once at a time; who may not know of the other learns nothing of it. */
async function insistOnOne(
  tx: MemberTransaction,
  { person, answers }: ProposalDraft,
  { cohorts }: ProposalContext,
): Promise<void> {
  const scheme = cohorts.find(c => c.id === answers.cohort)!.scheme
  const [other] = await tx.query<{ reference: string }>(
    `select reference from placements
     where person_id = $1 and scheme = $2 and state in ('to-approve', 'to-decide', 'placed', 'move-to-approve', 'move-to-decide')`,
    [person, scheme],
  )
  if (other) {
    throw new WrongMove(
      `This person is before a panel or in a tier already, as ${other.reference}. Read that one: it may be moved, and is not doubled.`,
    )
  }
}

async function insert(
  tx: MemberTransaction,
  { id, person, answers }: ProposalDraft,
  { record, cohorts, today, entries }: ProposalContext & { record: AgencyRecord },
): Promise<string> {
  const cohort = cohorts.find(c => c.id === answers.cohort)!
  const tier = cohort.tiers.find(t => t.id === answers.tier)!
  const child = mayBeChild(record.birth, today)
  const { reviewOn, deleteOn } = retentionDates('placement', today, { child })
  const [next] = await tx.query<{ reference: string }>(`select next_reference('T') as reference`)
  const { reference } = next!
  await tx.query(
    `insert into placements (id, reference, cohort, scheme, person_id, called, birth_date, birth_date_known, from_agency,
       proposed_by, lead_agency, purpose, legal_basis, created_at, review_on, delete_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, viewer_purpose(), $12, present(), $13, $14)`,
    [
      id,
      reference,
      cohort.id,
      cohort.scheme,
      person,
      usualName(record.names),
      record.birth?.date ?? null,
      record.birth?.known ?? null,
      tx.member.agency,
      tx.member.user,
      cohort.leadAgency,
      record.legalBasis,
      earlierOf(reviewOn, deleteOn),
      deleteOn,
    ],
  )
  const name = needsSecond(child, tier) ? 'propose-with-approver' : 'propose'
  const asked = leansOn(answers).map(f => f.word)
  const { cohort: _cohort, evidence = [], ...said } = answers
  const detail: MoveDetail = { ...(said as MoveDetail), ...(asked.length > 0 && { asked }) }
  await tx.query(
    `insert into placement_moves (placement, seq, action, state_after, by_user, by_agency, at, request_key, detail)
     values ($1, 1, $2, $3, $4, $5, present(), $1, $6)`,
    [id, name, moves[name].to, tx.member.user, tx.member.agency, JSON.stringify(detail)],
  )
  // What was deleted since it was chosen is left out.
  const laid = evidence.filter(entry => entries.some(e => e.id === entry))
  if (laid.length > 0) {
    await tx.query(
      `insert into placement_evidence (placement, entry, added_by, added_at)
       select $1, entry, $2, present() from unnest($3::uuid[]) entry`,
      [id, tx.member.user, laid],
    )
  }
  await tx.query('delete from placement_drafts where id = $1', [id])
  await tx.record('placement-proposed', {
    person,
    kind: 'placement',
    id: reference,
    detail: { cohort: cohort.id, tier: tier.id },
  })
  await notify(tx, name === 'propose' ? 'placement-to-decide' : 'placement-to-approve', id)
  return reference
}
