/** When somebody leaves: what they still have, and handing it on. What they wrote stays theirs. */
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import { notifyOfAll } from '../../../governance/notices/notify.ts'

export interface Holder {
  id: string
  name: string
  post: string
  /** False for who has left, or whose account is suspended. */
  works: boolean
  actions: number
}

/** Who of the viewer's agency has open actions: those who do not work there any more first, then by name. */
export const holders = (tx: MemberTransaction): Promise<Holder[]> =>
  tx.query<Holder>(
    `select u.id, u.name, u.post, u.state = 'active' and u.agency = viewer_agency() as works, count(*) as actions
     from actions a join users u on u.id = a.owner
     where a.agency = viewer_agency() and a.state = 'open'
     group by u.id, u.name, u.post, u.state, u.agency order by works, u.name, u.id`,
  )

/**
 * Hands open actions of `from` to somebody of the agency, or back to the agency where `to` is null. The same form twice is
 * one act. Gives how many were handed on: what was closed or handed on meanwhile stays as it is.
 */
export async function handOn(
  tx: MemberTransaction,
  { from, to, actions, key }: { from: string; to: string | null; actions: readonly string[]; key: string },
): Promise<number> {
  const handed = await tx.query<{ action: string }>(
    `insert into action_moves (action, seq, action_name, state_after, by_user, by_agency, at, request_key, to_user)
     select a.id, (select max(m.seq) + 1 from action_moves m where m.action = a.id), 'reassign', 'open', viewer_user(),
       viewer_agency(), present(), md5($4 || a.id)::uuid, $2::uuid
     from actions a
     where a.owner = $1 and a.agency = viewer_agency() and a.state = 'open' and a.id = any ($3)
     on conflict do nothing returning action`,
    [from, to, actions, key],
  )
  if (handed.length === 0) return 0
  const ids = handed.map(row => row.action)
  const references = await tx.query<{ reference: string }>(
    'select reference from actions where id = any ($1) order by reference',
    [ids],
  )
  await tx.record('actions-handed-on', {
    kind: 'account',
    id: from,
    detail: { to, actions: references.map(row => row.reference) },
  })
  if (to) await notifyOfAll(tx, 'action-given', ids)
  return handed.length
}
