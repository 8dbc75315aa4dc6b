/** Placements: read, moved. The policies of the database say who finds which; the rules of placement.ts what may follow what. */
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import type { NoticeKindId } from '../../governance/notices/notice-kinds.ts'
import { notify } from '../../governance/notices/notify.ts'
import { addDays, type Day, londonDay } from '../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../platform/errors.ts'
import { type BirthDate, type BirthDateKnown, mayBeChild } from '../register/birth-date.ts'
import { type Cohort, readCohort, type Tier } from './pack-cohorts.ts'
import { panelOf, possibleLeads } from './panel-store.ts'
import {
  insist,
  type MoveDetail,
  type Mover,
  moves,
  needsSecond,
  type PlacementAction,
  type PlacementMove,
  type PlacementState,
  type Standing,
  standing,
  whyNoPanel,
} from './placement.ts'

export interface Placement {
  id: string
  reference: string
  cohort: Cohort
  person: string
  called: string
  birth: BirthDate | null
  /** Under 18, or of an age that nobody knows. */
  child: boolean
  from: { agency: string; name: string; by: string; byName: string }
  purpose: string
  legalBasis: string
  createdAt: Date
  state: PlacementState
  tier: string | null
  owner: { user: string; name: string; post: string; agency: string; agencyName: string } | null
  placedOn: Day | null
  noticeOn: Day | null
  reviewOn: Day
  deleteOn: Day
  suspendedOn: Day | null
  /** Grounds, history and decisions are theirs to read; else no more than who they are and who looks after them. */
  weighed: boolean
  actions: PlacementAction[]
  stands: Standing
  mover: Mover
}

interface PlacementRow {
  id: string
  reference: string
  cohort: string
  person_id: string
  called: string
  birth_date: Day | null
  birth_date_known: BirthDateKnown | null
  from_agency: string
  from_name: string
  proposed_by: string
  proposer_name: string
  purpose: string
  legal_basis: string
  created_at: Date
  state: PlacementState
  tier: string | null
  owner: string | null
  owner_name: string | null
  owner_post: string | null
  owner_agency: string | null
  owner_agency_name: string | null
  placed_on: Day | null
  notice_on: Day | null
  review_on: Day
  delete_on: Day
  suspended_on: Day | null
  weighed: boolean
  part: Mover['part']
}

/** Throws NotThere for what is not theirs as for what does not exist. Records nothing. */
export async function readPlacement(tx: MemberTransaction, reference: string): Promise<Placement> {
  const [row] = await tx.query<PlacementRow>(
    `select p.*, f.name as from_name, u.name as proposer_name, o.name as owner_name, o.post as owner_post,
       o.agency as owner_agency, oa.name as owner_agency_name, p.id in (select viewer_weighed_placements()) as weighed,
       viewer_part(p.cohort) as part
     from placements p join agencies f on f.id = p.from_agency join users u on u.id = p.proposed_by
     left join users o on o.id = p.owner left join agencies oa on oa.id = o.agency
     where p.reference = $1`,
    [reference],
  )
  if (!row) throw new NotThere()
  const cohort = (await readCohort(tx, row.cohort))!
  const actions = await readMoves(tx, row.id)
  const birth =
    row.birth_date && row.birth_date_known ? { date: row.birth_date, known: row.birth_date_known } : null
  return {
    id: row.id,
    reference: row.reference,
    cohort,
    person: row.person_id,
    called: row.called,
    birth,
    child: mayBeChild(birth, londonDay(tx.now)),
    from: {
      agency: row.from_agency,
      name: row.from_name,
      by: row.proposed_by,
      byName: row.proposer_name,
    },
    purpose: row.purpose,
    legalBasis: row.legal_basis,
    createdAt: row.created_at,
    state: row.state,
    tier: row.tier,
    owner:
      row.owner === null
        ? null
        : {
            user: row.owner,
            name: row.owner_name!,
            post: row.owner_post!,
            agency: row.owner_agency!,
            agencyName: row.owner_agency_name!,
          },
    placedOn: row.placed_on,
    noticeOn: row.notice_on,
    reviewOn: row.review_on,
    deleteOn: row.delete_on,
    suspendedOn: row.suspended_on,
    weighed: row.weighed,
    actions,
    stands: standing(actions),
    mover: {
      user: tx.member.user,
      role: tx.member.role,
      part: row.part,
      proposed: row.proposed_by === tx.member.user,
      owns: row.owner === tx.member.user,
    },
  }
}

async function readMoves(tx: MemberTransaction, id: string): Promise<PlacementAction[]> {
  return tx.query<PlacementAction>(
    `select m.seq, m.action, m.by_user as "byUser", coalesce(u.name, 'Concord') as "byName",
       coalesce(a.name, '') as "byAgencyName", m.at, m.detail
     from placement_moves m left join users u on u.id = m.by_user left join agencies a on a.id = m.by_agency
     where m.placement = $1 order by m.seq`,
    [id],
  )
}

export interface Strengths {
  strengths: string | null
  protective: string | null
  view: string | null
  viewNotAsked: string | null
}

/** What goes well, as last laid before the panel: for everybody who may open it. */
export async function strengthsOf(tx: MemberTransaction, placement: string): Promise<Strengths | null> {
  const [row] = await tx.query<{ said: Strengths | null }>('select placement_strengths($1) as said', [
    placement,
  ])
  return row?.said ?? null
}

/** The rules of a tier of the cohort, by its id. */
export const tierRules =
  ({ tiers }: Cohort) =>
  (id: string): Tier | undefined =>
    tiers.find(t => t.id === id)

export interface MoveForm {
  /** Of the form: the same form twice is one move. */
  key: string
  /** Number of the last move that the form showed. */
  seen: number
  detail?: MoveDetail
}

/**
 * Moves a placement. Throws WrongMove with what is possible where the move does not fit, where something happened to it while
 * the form was open, or where another panel has placed the same person meanwhile.
 */
export async function movePlacement(
  tx: MemberTransaction,
  reference: string,
  name: PlacementMove,
  { key, seen, detail = {} }: MoveForm,
): Promise<void> {
  const before = await readPlacement(tx, reference)
  // Whoever decides about the same person in another panel at this moment is waited for.
  if (name === 'place') await tx.query('select hold_person($1)', [before.person])
  const placement = name === 'place' ? await readPlacement(tx, reference) : before
  if (await isDone(tx, key)) return
  insist(name, placement.stands, placement.mover, tierRules(placement.cohort))
  if (seen !== placement.stands.seq) throw changedMeanwhile(placement, seen)
  if (name === 'place') await insistOnFirst(tx, placement)
  await insistOnDetail(tx, placement, name, detail)
  const [done] = await tx.query(
    `insert into placement_moves (placement, seq, action, state_after, by_user, by_agency, at, request_key, detail)
     values ($1, $2, $3, $4, $5, $6, present(), $7, $8) on conflict do nothing returning seq`,
    [
      placement.id,
      placement.stands.seq + 1,
      name,
      moves[name].to ?? placement.stands.state,
      tx.member.user,
      tx.member.agency,
      key,
      JSON.stringify(detail),
    ],
  )
  if (!done) {
    if (await isDone(tx, key)) return
    const now = await readPlacement(tx, reference)
    insist(name, now.stands, now.mover, tierRules(now.cohort))
    throw changedMeanwhile(now, seen)
  }
  await tx.record(moveEvents[name], {
    person: placement.person,
    kind: 'placement',
    id: reference,
    detail: { cohort: placement.cohort.id, ...(detail.tier && { tier: detail.tier }) },
  })
  for (const kind of moveNotices[name] ?? []) await notify(tx, kind, placement.id)
}

const isDone = async (tx: MemberTransaction, key: string): Promise<boolean> =>
  (await tx.query('select 1 from placement_moves where request_key = $1', [key])).length > 0

const changedMeanwhile = ({ reference, actions }: Placement, seen: number): WrongMove => {
  const since = actions.filter(a => a.seq > seen).map(a => `${a.byName} did this: ${moves[a.action].words}`)
  return new WrongMove(
    `Something happened to ${reference} while you had it open (${since.join('; ')}). Read it again, then decide.`,
  )
}

/** One panel of a scheme places somebody; the one that comes second is told whom to ask, and nothing of what they hold. */
async function insistOnFirst(tx: MemberTransaction, { id }: Placement): Promise<void> {
  const [other] = await tx.query<{ agency: string; contact: string }>('select * from placed_elsewhere($1)', [
    id,
  ])
  if (!other) return
  throw new WrongMove(
    `Another panel has placed this person already, so yours cannot. Ask ${other.agency}${other.contact ? ` (${other.contact})` : ''}. You can record that the panel does not place them.`,
  )
}

/** What a decision has to hold, whatever form it came from. */
async function insistOnDetail(
  tx: MemberTransaction,
  placement: Placement,
  name: PlacementMove,
  detail: MoveDetail,
): Promise<void> {
  if (['place', 'refuse', 'move', 'refuse-move'].includes(name)) {
    const panel = await panelOf(tx, placement.cohort.id)
    const why = whyNoPanel(detail.panel ?? [], panel, tx.member.user)
    if (why) throw new WrongMove(why)
    if (!detail.because) throw new WrongMove('Give the panel’s reasons.')
  }
  if (name === 'propose-move' || name === 'propose-move-with-approver') {
    const tier = tierRules(placement.cohort)(detail.tier ?? '')
    if (!tier?.inPack || tier.id === placement.tier)
      throw new WrongMove('Choose another tier, which is in use.')
    if (!detail.because) throw new WrongMove('Say why they should move.')
    if (name !== moveProposal(placement, tier)) {
      throw new WrongMove(
        `${tier.name} ${name === 'propose-move' ? 'needs a second approver for an under-18 (R5)' : 'needs no second approver here'}.`,
      )
    }
  }
  if ((name === 'place' || name === 'move') && detail.tier !== placement.stands.proposal?.tier) {
    throw new WrongMove('The panel decides on the tier that was proposed. For another one, propose it anew.')
  }
  if (detail.owner && !(await possibleLeads(tx, placement.cohort.id)).some(o => o.user === detail.owner)) {
    throw new WrongMove('The lead worker has to work for an agency of the cohort. Choose somebody else.')
  }
  if (name === 'place' && !detail.owner)
    throw new WrongMove('Name a lead worker: nobody is placed without one.')
  if (detail.reviewOn && detail.reviewOn > latestReview(placement, detail.tier ?? placement.tier, tx.now)) {
    throw new WrongMove('The review lies further off than the tier’s agreement allows.')
  }
}

/** The last day on which the next review may lie: of the tier, and sooner for an under-18 (R5, R10). */
export function latestReview(
  { cohort, child }: Pick<Placement, 'cohort' | 'child'>,
  tier: string | null,
  now: Date,
): Day {
  const rules = tier ? tierRules(cohort)(tier) : undefined
  return addDays(londonDay(now), (child ? rules?.reviewDaysChild : rules?.reviewDays) ?? SHORTEST_REVIEW_DAYS)
}

/** Of a tier that is no longer known. */
const SHORTEST_REVIEW_DAYS = 28

/** A proposal of a move takes a second approver where the person is under 18 and the tier above support. */
export const moveProposal = (placement: Placement, tier: Tier): PlacementMove =>
  needsSecond(placement.child, tier) ? 'propose-move-with-approver' : 'propose-move'

const moveEvents = {
  propose: 'placement-proposed',
  'propose-with-approver': 'placement-proposed',
  withdraw: 'placement-withdrawn',
  approve: 'placement-approved',
  'turn-down': 'placement-turned-down',
  place: 'placement-placed',
  refuse: 'placement-refused',
  overtake: 'placement-refused',
  'propose-move': 'placement-move-proposed',
  'propose-move-with-approver': 'placement-move-proposed',
  'approve-move': 'placement-approved',
  'turn-down-move': 'placement-turned-down',
  move: 'placement-moved',
  'refuse-move': 'placement-refused',
  review: 'placement-reviewed',
  'give-notice': 'placement-told',
  'withhold-notice': 'placement-not-told',
  'give-to': 'placement-given-to',
  challenge: 'placement-challenged',
  archive: 'placement-archived',
  remove: 'placement-removed',
  lapse: 'placement-lapsed',
  renew: 'placement-reviewed',
} as const satisfies Record<PlacementMove, string>

/** Whom each move tells, found by the database. */
const moveNotices: Partial<Record<PlacementMove, readonly NoticeKindId[]>> = {
  approve: ['placement-to-decide'],
  'turn-down': ['placement-decided'],
  place: ['placement-decided', 'lead-worker-named', 'placement-overtaken'],
  refuse: ['placement-decided'],
  'propose-move': ['placement-to-decide'],
  'propose-move-with-approver': ['placement-to-approve'],
  'approve-move': ['placement-to-decide'],
  'turn-down-move': ['placement-decided'],
  move: ['placement-decided', 'lead-worker-named'],
  'refuse-move': ['placement-decided'],
  'give-to': ['lead-worker-named'],
  archive: ['placement-ended'],
  remove: ['placement-ended'],
}
