/** What a coordinator of the partnership reads: the queue, the reasons of decisions, and who else knows somebody. */
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import { NotThere } from '../../../platform/errors.ts'
import type { ReferralKind } from '../referrals/answers.ts'
import type { ReferralState } from '../referrals/referral.ts'
import type { UrgencyId } from '../referrals/urgency.ts'
import { challengeDue, inOrder, type QueueFilter, type QueueItem, statesShown } from './queue.ts'

/** More is never shown at once: a queue of this length is a matter for the board, not for a longer list. */
export const MOST_IN_QUEUE = 1000

/** Throws NotThere for who is no coordinator of a partnership: the policies would show them an empty queue. */
export function insistOnTriage({ member }: MemberTransaction): void {
  if (member.role !== 'coordinator' || member.agencyKind !== 'partnership') throw new NotThere()
}

export async function readQueue(tx: MemberTransaction, filter: QueueFilter): Promise<QueueItem[]> {
  const rows = await tx.query<{
    reference: string
    kind: ReferralKind
    urgency: UrgencyId
    from_agency: string
    from_name: string
    sent_at: Date
    due_at: Date
    state: ReferralState
    challenged_at: Date | null
    state_by: string | null
    state_by_name: string | null
    guest_organisation: string | null
    guest_post: string | null
  }>(
    `select r.reference, r.kind, r.urgency, r.from_agency, f.name as from_name, r.sent_at, r.due_at,
       r.state, r.challenged_at, r.state_by, u.name as state_by_name, r.guest_organisation, r.guest_post
     from referrals r
     join agencies f on f.id = r.from_agency
     left join users u on u.id = r.state_by
     where r.to_agency = viewer_agency() and r.state = any($1)
       and ($2::text is null or r.urgency = $2) and ($3::text is null or r.kind = $3)
       and ($4::text is null or r.from_agency = $4)
       and ($5 <> 'mine' or r.state_by = viewer_user())
       and case $5
         when 'review' then r.review_on <= present_day() + 7
         when 'decided' then r.suspended_on is null and r.state_at > present() - interval '90 days'
         else true end
     order by r.due_at limit ${MOST_IN_QUEUE}`,
    [statesShown[filter.show], filter.urgency, filter.kind, filter.from, filter.show],
  )
  return inOrder(
    rows.map(row => ({
      reference: row.reference,
      kind: row.kind,
      urgency: row.urgency,
      state: row.state,
      from: { agency: row.from_agency, name: row.from_name },
      guest:
        row.guest_organisation === null || row.guest_post === null
          ? null
          : { organisation: row.guest_organisation, post: row.guest_post },
      sentAt: row.sent_at,
      dueAt: row.challenged_at ? challengeDue(row.challenged_at) : row.due_at,
      takenBy: row.state === 'in-triage' ? { user: row.state_by!, name: row.state_by_name! } : null,
    })),
    filter,
  )
}

/** Agencies that have sent something here, for the filter. */
export const referringAgencies = (tx: MemberTransaction): Promise<{ id: string; name: string }[]> =>
  tx.query('select id, name from referring_agencies()')

export interface Pointer {
  agency: string
  name: string
  contact: string
}

/**
 * Other agencies with a record of somebody of this name and date of birth: whom to ask, and nothing more. Null where the
 * viewer has looked up as many in this hour as anybody may (R18).
 */
export async function knownTo(
  tx: MemberTransaction,
  { id, reference }: { id: string; reference: string },
): Promise<Pointer[] | null> {
  const [row] = await tx.query<{ left: number }>('select referral_look_ups_left($1) as left', [reference])
  if (row!.left < 1) return null
  return tx.query<Pointer>('select * from referral_known_to($1)', [id])
}

/** Why coordinators decided as they did, by the number of the action. */
export const readReasons = (
  tx: MemberTransaction,
  referral: string,
): Promise<{ seq: number; because: string }[]> =>
  tx.query('select seq, because from referral_reasons where referral = $1 order by seq', [referral])
