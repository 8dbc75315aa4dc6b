/** `docs/governance/permissions.md`: who may do what, from the table that the program itself asks. */
import { may, type Permission, permissions, type Role } from '../../governance/permissions.ts'
import { memberRoles, roleTitles } from '../../governance/roles.ts'
import { sessionRules } from '../../governance/sessions/session-rules.ts'
import { code, generatedBy, table } from './markdown.ts'

const roles: readonly Role[] = [...memberRoles, 'visitor']

const titleOf = (role: Role): string => (role === 'visitor' ? 'Not signed in' : roleTitles[role])

const yes = (role: Role, permission: Permission) => (may(role, permission) ? 'yes' : '')

const wordsOf = (permission: Permission) => permission.replaceAll('-', ' ')

const all = Object.keys(permissions) as Permission[]

export const permissionsPage = (): string =>
  [
    generatedBy('src/cli/docs/permissions-page.ts'),
    '# Who may do what\n',
    'A role that is not marked may not, and what it may not is not there for it: the answer is the same as for an address that does not exist. Which people and records somebody reaches with a permission is decided by their agency, their purpose and the agreements in force, in the database.\n',
    table(
      ['', ...roles.map(titleOf)],
      all.map(permission => [wordsOf(permission), ...roles.map(role => yes(role, permission))]),
    ),
    '## By role\n',
    table(
      ['Role', 'May'],
      roles.map(role => [
        titleOf(role),
        all
          .filter(p => may(role, p))
          .map(code)
          .join(', '),
      ]),
    ),
    '## How long somebody stays signed in\n',
    table(
      ['Signed in by', 'Ends without use after', 'Ends in any case after', 'Source'],
      Object.entries(sessionRules).map(([way, rule]) => [
        code(way),
        rule.idleMinutes === null ? '–' : `${rule.idleMinutes} minutes`,
        `${rule.hours} hours`,
        rule.source,
      ]),
    ),
  ].join('\n')
