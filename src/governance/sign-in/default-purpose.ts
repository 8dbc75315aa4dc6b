/**
 * For what somebody works when they sign in, by the kind of their agency, until they choose another purpose. Roles that
 * never see people have none.
 */
import { may } from '../permissions.ts'
import type { PurposeId } from '../purposes.ts'
import type { MemberRole } from '../roles.ts'

const byKind: Readonly<Record<string, PurposeId>> = {
  police: 'violence-prevention',
  'youth-justice': 'violence-prevention',
  probation: 'violence-prevention',
  partnership: 'violence-prevention',
  commissioner: 'violence-prevention',
  education: 'safeguarding',
  school: 'safeguarding',
  children: 'safeguarding',
  council: 'safeguarding',
  health: 'safeguarding',
  charity: 'support',
  housing: 'support',
}

export const defaultPurpose = (role: MemberRole, agencyKind: string): PurposeId | null =>
  may(role, 'see-people') ? (byKind[agencyKind] ?? 'safeguarding') : null
