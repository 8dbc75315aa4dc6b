/**
 * The cast of the synthetic partnership: people whom anybody may sign in as, to see the morning of each. The door is
 * shut for good by the first account that is not synthetic, because real people might have written something by then.
 */
import type { Queryable } from '../../platform/postgres.ts'
import type { Member } from '../access/as-member.ts'
import { findMember } from './find-member.ts'

export interface CastPlace {
  user: string
  name: string
  post: string
  agency: string
  morning: string
}

export async function castIsOpen(tx: Queryable): Promise<boolean> {
  const real = await tx.query('select from users where not synthetic limit 1')
  return real.length === 0
}

export const listCast = (tx: Queryable): Promise<CastPlace[]> =>
  tx.query<CastPlace>(
    `select u.id as "user", u.name, u.post, a.name as agency, c.morning
     from demo_cast c join users u on u.id = c.user_id join agencies a on a.id = u.agency
     where u.state = 'active' and u.synthetic order by c.place`,
  )

export async function castMember(tx: Queryable, user: string): Promise<Member | null> {
  const [place] = await tx.query('select from demo_cast where user_id = $1', [user])
  return place ? findMember(tx, user) : null
}
