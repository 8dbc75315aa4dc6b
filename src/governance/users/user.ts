/** An account of somebody at work: what it holds, and what may become of it. */
import { isMemberRole, type MemberRole } from '../roles.ts'

export const userStates = {
  invited: 'Invited',
  active: 'Active',
  suspended: 'Suspended',
  left: 'Left',
} as const

export type UserState = keyof typeof userStates

/** What the administrator may do, from which states, and what comes of it. Nobody comes back from `left`: they are invited anew. */
export const userMoves = {
  suspend: { from: ['invited', 'active'], to: 'suspended', button: 'Suspend' },
  resume: { from: ['suspended'], to: 'active', button: 'Let them sign in again' },
  leave: { from: ['invited', 'active', 'suspended'], to: 'left', button: 'They have left' },
} as const satisfies Record<string, { from: readonly UserState[]; to: UserState; button: string }>

export type UserMove = keyof typeof userMoves

export const isUserMove = (text: string): text is UserMove => text in userMoves

export const movesFrom = (state: UserState): UserMove[] =>
  (Object.keys(userMoves) as UserMove[]).filter(move =>
    (userMoves[move].from as readonly UserState[]).includes(state),
  )

export interface NewUser {
  name: string
  post: string
  email: string
  agency: string
  role: MemberRole
}

export type TypedUser = Record<keyof NewUser, string>

const MOST = { name: 200, post: 200, email: 254 } as const

const whats = { name: 'the name', post: 'the post', email: 'the e-mail address' } as const

/** The account where it can be made, else a sentence for each field. Names are taken as people have them. */
export function readNewUser(
  typed: TypedUser,
  agencies: readonly { id: string }[],
): { user: NewUser } | { faults: Partial<Record<keyof NewUser, string>> } {
  const faults: Partial<Record<keyof NewUser, string>> = {}
  const text = (field: keyof typeof MOST): string => {
    const value = typed[field].trim().replaceAll(/\s+/g, ' ')
    if (value === '') faults[field] = `Enter ${whats[field]}`
    else if ([...value].length > MOST[field]) faults[field] = `Use at most ${MOST[field]} characters`
    else if (/\p{Cc}/u.test(value)) faults[field] = 'Take out the characters that cannot be seen'
    return value
  }
  const [name, post, email] = [text('name'), text('post'), text('email')]
  if (!faults.email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    faults.email = 'Enter an e-mail address, such as name@agency.example'
  }
  if (!agencies.some(a => a.id === typed.agency)) faults.agency = 'Choose their agency'
  if (!isMemberRole(typed.role)) {
    faults.role = 'Choose their role'
    return { faults }
  }
  if (Object.keys(faults).length > 0) return { faults }
  return { user: { name, post, email, agency: typed.agency, role: typed.role } }
}

/** What may be changed of an account. Somebody's address is how they are known: a new one is a new account. */
export type UserChange = Omit<NewUser, 'email'>
