/** Referrals after they were sent: read, listed, moved. The policies of the database say who finds which. */
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import type { NoticeKindId } from '../../../governance/notices/notice-kinds.ts'
import { notify } from '../../../governance/notices/notify.ts'
import { retentionDates } from '../../../governance/retention/retention-dates.ts'
import { type Day, earlierOf, londonDay } from '../../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../../platform/errors.ts'
import { type Answers, isChild, type ReferralKind } from './answers.ts'
import {
  type ActionDetail,
  answersNow,
  insist,
  type Mover,
  moves,
  type ReferralAction,
  type ReferralMove,
  type ReferralState,
  type Standing,
  standing,
} from './referral.ts'
import type { UrgencyId } from './urgency.ts'

export interface Referral {
  id: string
  reference: string
  kind: ReferralKind
  urgency: UrgencyId
  /** `author` answers for it: whoever sent it, or invited the partner who did. */
  from: { agency: string; name: string; contact: string; author: string; authorName: string; post: string }
  /** The partner without an account who sent it; null where somebody at work did. */
  guest: { organisation: string; post: string } | null
  to: { agency: string; contact: string }
  purpose: string
  legalBasis: string
  emergencyBecause: string | null
  sentAt: Date
  dueAt: Date
  reviewOn: Day
  deleteOn: Day
  /** As it was sent. */
  sent: Answers
  /** With corrections laid over. */
  answers: Answers
  actions: ReferralAction[]
  stands: Standing
  /** What the viewer is to it. */
  mover: Mover
}

/** Throws NotThere for what is not theirs as for what does not exist. Records nothing. */
export async function readReferral(tx: MemberTransaction, reference: string): Promise<Referral> {
  const [row] = await tx.query<ReferralRow>(
    `select r.*, f.name as from_name, f.contact as from_contact, t.contact as to_contact, u.name as author_name, u.post,
       e.because as emergency_because
     from referrals r join agencies f on f.id = r.from_agency join agencies t on t.id = r.to_agency
     join users u on u.id = r.author left join referral_emergencies e on e.referral = r.id
     where r.reference = $1`,
    [reference],
  )
  if (!row) throw new NotThere()
  const actions = await readActions(tx, row.id)
  return {
    id: row.id,
    reference: row.reference,
    kind: row.kind,
    urgency: row.urgency,
    from: {
      agency: row.from_agency,
      name: row.from_name,
      contact: row.from_contact,
      author: row.author,
      authorName: row.author_name,
      post: row.post,
    },
    guest:
      row.guest_organisation === null || row.guest_post === null
        ? null
        : { organisation: row.guest_organisation, post: row.guest_post },
    to: { agency: row.to_agency, contact: row.to_contact },
    purpose: row.purpose,
    legalBasis: row.legal_basis,
    emergencyBecause: row.emergency_because,
    sentAt: row.sent_at,
    dueAt: row.due_at,
    reviewOn: row.review_on,
    deleteOn: row.delete_on,
    sent: row.answers,
    answers: answersNow(row.answers, actions),
    actions,
    stands: standing(actions),
    mover: {
      user: tx.member.user,
      author: row.author === tx.member.user,
      ofReferrer: row.from_agency === tx.member.agency,
      coordinator: tx.member.role === 'coordinator' && row.to_agency === tx.member.agency,
    },
  }
}

interface ReferralRow {
  id: string
  reference: string
  kind: ReferralKind
  urgency: UrgencyId
  from_agency: string
  from_name: string
  from_contact: string
  to_agency: string
  to_contact: string
  author: string
  author_name: string
  post: string
  guest_organisation: string | null
  guest_post: string | null
  answers: Answers
  purpose: string
  legal_basis: string
  emergency_because: string | null
  sent_at: Date
  due_at: Date
  review_on: Day
  delete_on: Day
}

function readActions(tx: MemberTransaction, id: string): Promise<ReferralAction[]> {
  return tx.query<ReferralAction>(
    `select a.seq, a.action, a.by_user as "byUser", coalesce(u.name, r.guest_post || ', ' || r.guest_organisation) as "byName",
       a.at, a.detail
     from referral_actions a join referrals r on r.id = a.referral left join users u on u.id = a.by_user
     where a.referral = $1 order by a.seq`,
    [id],
  )
}

export interface ReferralLine {
  reference: string
  kind: ReferralKind
  urgency: UrgencyId
  state: ReferralState
  sentAt: Date
  dueAt: Date
  deleteOn: Day
  authorName: string
  /** "Youth club leader, Club": the invited partner who sent it. */
  guest: string | null
  mine: boolean
}

/** What the viewer sent or invited, or, for a coordinator, what their agency sent; the newest first. No names. */
export async function listSent(tx: MemberTransaction): Promise<ReferralLine[]> {
  const rows = await tx.query<
    Pick<ReferralRow, 'reference' | 'kind' | 'urgency' | 'sent_at' | 'due_at' | 'delete_on' | 'author'> & {
      state: ReferralState
      author_name: string
      guest: string | null
    }
  >(
    `select r.reference, r.kind, r.urgency, r.sent_at, r.due_at, r.delete_on, r.author, u.name as author_name, r.state,
       r.guest_post || ', ' || r.guest_organisation as guest
     from referrals r join users u on u.id = r.author
     where r.suspended_on is null and r.from_agency = viewer_agency()
       ${tx.member.role === 'coordinator' ? '' : 'and r.author = viewer_user()'}
     order by r.sent_at desc limit 200`,
  )
  return rows.map(row => ({
    reference: row.reference,
    kind: row.kind,
    urgency: row.urgency,
    state: row.state,
    sentAt: row.sent_at,
    dueAt: row.due_at,
    deleteOn: row.delete_on,
    authorName: row.author_name,
    guest: row.guest,
    mine: row.author === tx.member.user,
  }))
}

export interface MoveForm {
  /** Of the form: the same form twice is one move. */
  key: string
  /** Number of the last action that the form showed. */
  seen: number
  detail?: ActionDetail
  /** For coordinators only. */
  because?: string
}

/**
 * Moves a referral. Throws WrongMove with what is possible where the move does not fit, or where something happened to
 * it while the form was open.
 */
export async function move(
  tx: MemberTransaction,
  reference: string,
  name: ReferralMove,
  { key, seen, detail = {}, because }: MoveForm,
): Promise<void> {
  const referral = await readReferral(tx, reference)
  if (await isDone(tx, key)) return
  insist(name, referral.stands, referral.mover)
  if (seen !== referral.stands.seq) throw changedMeanwhile(referral, seen)
  const seq = referral.stands.seq + 1
  const [done] = await tx.query(
    `insert into referral_actions (referral, seq, action, state_after, by_user, by_agency, at, request_key, detail)
     values ($1, $2, $3, $4, $5, $6, present(), $7, $8)
     on conflict do nothing returning seq`,
    [
      referral.id,
      seq,
      name,
      moves[name].to ?? referral.stands.state,
      tx.member.user,
      tx.member.agency,
      key,
      JSON.stringify(detail),
    ],
  )
  if (!done) {
    if (await isDone(tx, key)) return
    const now = await readReferral(tx, reference)
    insist(name, now.stands, now.mover)
    throw changedMeanwhile(now, seen)
  }
  if (because !== undefined) {
    await tx.query('insert into referral_reasons values ($1, $2, $3)', [referral.id, seq, because])
  }
  await tx.record(moveEvents[name], {
    kind: 'referral',
    id: reference,
    detail: detail.decision ? { route: detail.decision.route, reason: detail.decision.reason } : {},
  })
  const notice = moveNotices[name]
  if (notice) await notify(tx, notice, referral.id)
}

/** R10: it is still needed, and will be looked at again; suspended, it comes back. Throws WrongMove as `move` does. */
export async function reviewReferral(
  tx: MemberTransaction,
  reference: string,
  form: MoveForm,
): Promise<void> {
  const { answers, deleteOn } = await readReferral(tx, reference)
  await move(tx, reference, 'review', form)
  const today = londonDay(tx.now)
  const { reviewOn } = retentionDates('referral', today, { child: isChild(answers, today) })
  await tx.query('update referrals set review_on = $2, suspended_on = null where reference = $1', [
    reference,
    earlierOf(reviewOn, deleteOn),
  ])
}

const isDone = async (tx: MemberTransaction, key: string): Promise<boolean> =>
  (await tx.query('select 1 from referral_actions where request_key = $1', [key])).length > 0

const changedMeanwhile = ({ reference, actions }: Referral, seen: number): WrongMove => {
  const since = actions.filter(a => a.seq > seen).map(a => `${a.byName} did this: ${moves[a.action].words}`)
  return new WrongMove(
    `Something happened to ${reference} while you had it open (${since.join('; ')}). Read it again, then decide.`,
  )
}

const moveEvents = {
  send: 'referral-sent',
  take: 'referral-taken',
  accept: 'referral-accepted',
  decline: 'referral-declined',
  challenge: 'referral-challenged',
  withdraw: 'referral-withdrawn',
  correct: 'referral-corrected',
  review: 'referral-reviewed',
} as const satisfies Record<ReferralMove, string>

/** What the other side is told of a move. Sending has notices of its own. */
const moveNotices: Partial<Record<ReferralMove, NoticeKindId>> = {
  take: 'referral-taken',
  accept: 'referral-decided',
  decline: 'referral-decided',
  challenge: 'referral-challenged',
  withdraw: 'referral-withdrawn',
  correct: 'referral-corrected',
}
