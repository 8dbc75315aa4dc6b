/** Who may do what, in one table. A role that is not named may not; what a role may not is not there for it. */

/**
 * - `analyst`: sees record level and looks after the evidence.
 * - `board member`: sees figures under disclosure control, and which files they rest on.
 * - `visitor`: anybody who reaches an installation with real data and has not signed in.
 */
export type Role = 'analyst' | 'board-member' | 'visitor'

export const permissions = {
  /** Files of the program, health, the accessibility statement, signing in. */
  'open-anything-public': ['analyst', 'board-member', 'visitor'],
  /** Figures, at the viewer's level of disclosure, and the measures behind them. */
  'see-figures': ['analyst', 'board-member', 'visitor'],
  /** Which files were loaded, what was found in them, and how far each dataset reaches; rows as `shown-rows.ts` says. */
  'see-loads': ['analyst', 'board-member'],
  /** Rows as they were sent. */
  'see-rejected-rows': ['analyst'],
  'send-files': ['analyst'],
  'withdraw-loads': ['analyst'],
  /** Look at the pages as another role would see them. */
  'view-as': ['analyst', 'board-member'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

export const may = (role: Role, permission: Permission): boolean =>
  (permissions[permission] as readonly Role[]).includes(role)
