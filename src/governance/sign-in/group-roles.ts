/**
 * Which groups of the organisation's directory stand for which agency and role here. The area pack says so; where it names
 * groups, they alone decide: who is in none of them does not get in, whatever their account was.
 */
import type { AreaPack } from '../../areas/area-pack.ts'
import { InputFault } from '../../platform/errors.ts'
import { isMemberRole, type MemberRole } from '../roles.ts'

export interface GroupRole {
  group: string
  agency: string
  role: MemberRole
}

/** Throws `area-pack-invalid` where a group stands for a role or an agency that there is not. */
export function groupRoles({ signInGroups = [], agencies }: AreaPack): GroupRole[] {
  return signInGroups.map(({ group, agency, role }, i) => {
    if (!isMemberRole(role) || !agencies.some(a => a.id === agency)) {
      throw new InputFault(
        'area-pack-invalid',
        `signInGroups[${i}] (${group}) names the role "${role}" in the agency "${agency}"; one of them there is not.`,
      )
    }
    return { group, agency, role }
  })
}

/** The first of the pack's groups that somebody is in. */
export const placeOf = (roles: readonly GroupRole[], groups: readonly string[]): GroupRole | null =>
  roles.find(r => groups.includes(r.group)) ?? null
