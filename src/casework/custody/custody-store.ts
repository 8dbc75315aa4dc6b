/** Spells in custody in the database: written down, moved, read, listed. The policies say who finds which. */
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { retentionDates } from '../../governance/retention/retention-dates.ts'
import { calendarWords, type Day, londonDay } from '../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../platform/errors.ts'
import { type CustodyMove, type CustodyState, insist, type Mover, moves } from './custody.ts'
import { type TurnedPlan, turnPlans } from './release-turns.ts'

export interface NewSpell {
  person: string
  /** As whoever keeps it calls them. */
  called: string
  /** Whether they are under 18, or of an age that nobody knows. */
  child: boolean
  establishment: string
  wing: string
  since: Day
  /** Null while nobody knows. */
  releaseOn: Day | null
  legalBasis: string
}

/** Of the form: the same form twice is one act; the number of a new spell as well. */
interface Marks {
  key: string
}

/** Whether the viewer's agency may know what there is to mind inside, and so keep a spell at all. */
export async function knowsInside(tx: MemberTransaction): Promise<boolean> {
  const [row] = await tx.query<{ knows: boolean }>('select viewer_knows_inside() as knows')
  return row!.knows
}

/**
 * Writes a spell down and gives its reference; written down already with this key, the one that there is. Throws WrongMove
 * where somebody whom the viewer may read has written it down.
 */
export async function enterCustody(tx: MemberTransaction, spell: NewSpell, { key }: Marks): Promise<string> {
  const reference = async () =>
    (await tx.query<{ reference: string }>('select reference from custody_spells where id = $1', [key]))[0]
      ?.reference
  const known = await reference()
  if (known) return known
  if (!(await knowsInside(tx))) throw new NotThere()
  const [there] = await tx.query<{ reference: string; name: string }>(
    `select s.reference, a.name from custody_spells s join agencies a on a.id = s.agency
     where s.person_id = $1 and s.state = 'in' order by s.since limit 1`,
    [spell.person],
  )
  if (there) {
    throw new WrongMove(
      `${there.name} has written down that they are in custody: ${there.reference}. Open that one.`,
    )
  }
  const { reviewOn, deleteOn } = retentionDates('custody', londonDay(tx.now), spell)
  const [made] = await tx.query<{ reference: string }>(
    `insert into custody_spells (id, reference, person_id, called, child, agency, since, made_by, made_at, purpose, legal_basis,
       establishment, wing, release_on, owner, changed_at, review_on, delete_on)
     values ($1, next_reference('CU'), $2, $3, $4, $5, $6, $7, present(), viewer_purpose(), $8, $9, $10, $11, $7, present(),
       $12, $13)
     on conflict do nothing returning reference`,
    [
      key,
      spell.person,
      spell.called,
      spell.child,
      tx.member.agency,
      spell.since,
      tx.member.user,
      spell.legalBasis,
      spell.establishment,
      spell.wing,
      spell.releaseOn,
      reviewOn,
      deleteOn,
    ],
  )
  if (!made) {
    const first = await reference()
    if (first) return first
    throw new WrongMove(
      'Your agency has written down already that they are in custody. Where you cannot see it, nobody reviewed it: ask a coordinator.',
    )
  }
  await tx.query(
    `insert into custody_moves (spell, seq, move, state_after, by_user, by_agency, at, request_key, on_day, detail)
     values ($1, 1, 'enter', 'in', $2, $3, present(), $1, $4, $5)`,
    [
      key,
      tx.member.user,
      tx.member.agency,
      spell.releaseOn,
      JSON.stringify({ establishment: spell.establishment, wing: spell.wing }),
    ],
  )
  await tx.record('custody-entered', { person: spell.person, kind: 'custody', id: made.reference })
  return made.reference
}

export interface CustodyDetail {
  establishment?: string
  wing?: string
  because?: string
  note?: string
}

export interface MadeCustodyMove {
  seq: number
  move: CustodyMove
  byName: string
  at: Date
  onDay: Day | null
  toName: string | null
  reviewOn: Day | null
  detail: CustodyDetail
}

export interface Spell {
  id: string
  reference: string
  person: string
  called: string
  child: boolean
  agency: string
  agencyName: string
  since: Day
  state: CustodyState
  establishment: string
  wing: string
  releaseOn: Day | null
  releasedOn: Day | null
  owner: { id: string; name: string; post: string }
  legalBasis: string
  reviewOn: Day
  deleteOn: Day
  suspendedOn: Day | null
  made: MadeCustodyMove[]
  mover: Mover
  /** Whether the viewer may write down what there is to mind. */
  writes: boolean
}

/** Throws NotThere for what is not theirs as for what does not exist. Records nothing. */
export async function readSpell(tx: MemberTransaction, reference: string): Promise<Spell> {
  const [row] = await tx.query<Omit<Spell, 'made' | 'mover' | 'writes'>>(
    `select s.id, s.reference, s.person_id as person, s.called, s.child, s.agency, a.name as "agencyName", s.since, s.state,
       s.establishment, s.wing, s.release_on as "releaseOn", s.released_on as "releasedOn",
       jsonb_build_object('id', u.id, 'name', u.name, 'post', u.post) as owner, s.legal_basis as "legalBasis",
       s.review_on as "reviewOn", s.delete_on as "deleteOn", s.suspended_on as "suspendedOn"
     from custody_spells s join agencies a on a.id = s.agency join users u on u.id = s.owner
     where s.reference = $1`,
    [reference],
  )
  if (!row) throw new NotThere()
  const made = await tx.query<MadeCustodyMove>(
    `select m.seq, m.move, u.name || ', ' || g.name as "byName", m.at, m.on_day as "onDay", t.name as "toName",
       m.review_on as "reviewOn", m.detail
     from custody_moves m join users u on u.id = m.by_user join agencies g on g.id = m.by_agency
     left join users t on t.id = m.to_user where m.spell = $1 order by m.seq`,
    [row.id],
  )
  const { user, agency, role } = tx.member
  const keeps = role === 'practitioner' || role === 'coordinator'
  const keeper = keeps && row.agency === agency
  return {
    ...row,
    made,
    mover: { keeper, holder: keeper && (row.owner.id === user || role === 'coordinator') },
    writes: keeps && row.state === 'in',
  }
}

export type StepMove = Exclude<CustodyMove, 'enter'>

export interface CustodyForm extends Marks {
  /** Number of the last move that the form showed. */
  seen: number
  detail?: CustodyDetail
  /** Of `transfer`, `set-release` and `release`. */
  onDay?: Day | null
  /** Of `hand-over`. */
  toUser?: string
  /** Of `review`; left out, as far off as the retention rules let it be. */
  reviewOn?: Day
}

/**
 * Moves a spell. A release is a turning point in every open plan about the person that the viewer may write in and whose
 * members may all know of it: those that were and were not told of are given back. Throws WrongMove with what is possible
 * where the move does not fit, or where something happened to it while the form was open.
 */
export async function moveCustody(
  tx: MemberTransaction,
  reference: string,
  name: StepMove,
  form: CustodyForm,
): Promise<TurnedPlan[]> {
  const spell = await readSpell(tx, reference)
  if (await isMoved(tx, form.key)) return []
  insist(name, spell.state, spell.mover)
  const seq = spell.made.at(-1)!.seq
  if (form.seen !== seq) throw changedMeanwhile(reference)
  const today = londonDay(tx.now)
  const latest = retentionDates('custody', today, spell).reviewOn
  if (form.reviewOn && (form.reviewOn > latest || form.reviewOn <= today)) {
    throw new WrongMove(`The next review lies between tomorrow and ${calendarWords(latest)}.`)
  }
  if ((name === 'transfer' || name === 'release') && form.onDay && form.onDay < spell.since) {
    throw new WrongMove(
      `They have been in custody since ${calendarWords(spell.since)}: the day cannot lie before that.`,
    )
  }
  const [done] = await tx.query(
    `insert into custody_moves (spell, seq, move, state_after, by_user, by_agency, at, request_key, on_day, to_user, review_on,
       detail)
     values ($1, $2, $3, $4, $5, $6, present(), $7, $8, $9, $10, $11) on conflict do nothing returning seq`,
    [
      spell.id,
      seq + 1,
      name,
      moves[name].to ?? spell.state,
      tx.member.user,
      tx.member.agency,
      form.key,
      form.onDay ?? null,
      name === 'hand-over' ? form.toUser : null,
      name === 'review' ? (form.reviewOn ?? latest) : null,
      JSON.stringify(form.detail ?? {}),
    ],
  )
  if (!done) {
    if (await isMoved(tx, form.key)) return []
    throw changedMeanwhile(reference)
  }
  await tx.record('custody-moved', {
    person: spell.person,
    kind: 'custody',
    id: reference,
    detail: { move: name },
  })
  return name === 'release' ? turnPlans(tx, spell, form.onDay ?? today) : []
}

const isMoved = async (tx: MemberTransaction, key: string): Promise<boolean> =>
  (await tx.query('select from custody_moves where request_key = $1', [key])).length > 0

const changedMeanwhile = (reference: string): WrongMove =>
  new WrongMove(
    `Something happened to ${reference} while you had it open. Look at where it stands now, then decide.`,
  )

export interface SpellLine {
  reference: string
  called: string
  child: boolean
  ownerName: string
  mine: boolean
  establishment: string
  releaseOn: Day | null
  reviewOn: Day
  suspendedOn: Day | null
}

/** Of the viewer's own agency, who comes out next first: no list of another agency's is shown to anybody (R14). */
export const ownSpells = (
  tx: MemberTransaction,
  { limit, offset }: { limit: number; offset: number },
): Promise<(SpellLine & { total: number })[]> =>
  tx.query(
    `select s.reference, s.called, s.child, u.name as "ownerName", s.owner = viewer_user() as mine, s.establishment,
       s.release_on as "releaseOn", s.review_on as "reviewOn", s.suspended_on as "suspendedOn", count(*) over () as total
     from custody_spells s join users u on u.id = s.owner
     where s.agency = viewer_agency() and s.state = 'in'
     order by s.release_on nulls last, s.reference limit $1 offset $2`,
    [limit, offset],
  )

/** That somebody is in custody, until when, and whom to ask. */
export interface KnownCustody {
  reference: string
  state: Exclude<CustodyState, 'unmade'>
  releaseOn: Day | null
  releasedOn: Day | null
  agencyName: string
  contact: string
  /** Whether the viewer may read where, which wing, and what there is to mind. */
  opens: boolean
}

export const knownCustody = (tx: MemberTransaction, person: string): Promise<KnownCustody[]> =>
  tx.query(
    `select reference, state, release_on as "releaseOn", released_on as "releasedOn", agency_name as "agencyName", contact,
       opens from known_custody($1)`,
    [person],
  )
