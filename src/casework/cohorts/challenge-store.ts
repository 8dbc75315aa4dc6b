/** A challenge to being in a cohort (R21): written down by whoever hears it, and looked at by somebody who had no part. */
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { notify } from '../../governance/notices/notify.ts'
import type { RightsState } from '../../governance/rights/rights-case.ts'
import type { Day } from '../../platform/calendar.ts'
import { WrongMove } from '../../platform/errors.ts'
import { moves } from './placement.ts'
import type { Placement } from './placement-store.ts'

export interface Challenge {
  reference: string
  state: RightsState
  /** What the reviewer found; null before. */
  outcome: string | null
  openedOn: Day
}

export const challengesOf = (tx: MemberTransaction, placement: string): Promise<Challenge[]> =>
  tx.query<Challenge>(
    'select reference, state, outcome, opened_on as "openedOn" from placement_challenges($1)',
    [placement],
  )

/** Opens the case and gives its reference. `key` is the form's: sent twice, it is one case. */
export async function challengePlacement(
  tx: MemberTransaction,
  placement: Placement,
  { key, words, reachAt, askedBy }: { key: string; words: string; reachAt: string; askedBy: string },
): Promise<string> {
  const [known] = await tx.query('select from placement_moves where request_key = $1', [key])
  const [opened] = await tx.query<{ reference: string | null }>(
    'select challenge_placement($1, $2, $3, $4, $5) as reference',
    [placement.id, key, words, reachAt, askedBy],
  )
  const reference = opened?.reference
  if (!reference)
    throw new WrongMove(`There is nothing to challenge any more. You cannot ${moves.challenge.words}.`)
  if (known) return reference
  await tx.record('placement-challenged', {
    person: placement.person,
    kind: 'placement',
    id: placement.reference,
    detail: { rightsCase: reference },
  })
  await notify(tx, 'placement-challenged', placement.id)
  return reference
}
