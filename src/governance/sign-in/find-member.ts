import type { Queryable } from '../../platform/postgres.ts'
import type { Member } from '../access/as-member.ts'
import { defaultPurpose } from './default-purpose.ts'

/** Who an account belongs to, with the purpose that they start with; null where it is not there or not active. */
export async function findMember(tx: Queryable, user: string): Promise<Member | null> {
  const [row] = await tx.query<Omit<Member, 'purpose'>>(
    `select u.id as "user", u.name, u.post, u.agency, a.name as "agencyName", a.kind as "agencyKind", u.role
     from users u join agencies a on a.id = u.agency where u.id = $1 and u.state = 'active'`,
    [user],
  )
  return row ? { ...row, purpose: defaultPurpose(row.role, row.agencyKind) } : null
}
