/** An account of somebody at work: what it holds, and what may become of it. */

import { type Faults, readChoice, readText, type Typed, typedText } from '../../platform/typed-form.ts'
import { type MemberRole, roleTitles } from '../roles.ts'

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

export const isUserMove = (text: string): text is UserMove => Object.hasOwn(userMoves, text)

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

const rules = {
  name: { label: 'The name', most: 200, needed: 'Enter the name' },
  post: { label: 'The post', most: 200, needed: 'Enter the post' },
  email: { label: 'The e-mail address', most: 254, needed: 'Enter the e-mail address' },
} as const

/** The account where it can be made; else null, with a sentence in `faults` for each field. Names are taken as people have them. */
export function readNewUser(
  typed: Typed,
  agencies: readonly { id: string }[],
  faults: Faults,
): NewUser | null {
  const text = (field: keyof typeof rules) =>
    readText(typed, field, rules[field], faults).replaceAll(/\s+/g, ' ')
  const [name, post, email] = [text('name'), text('post'), text('email')]
  if (!faults.email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    faults.email = 'Enter an e-mail address, such as name@agency.example'
  }
  const agency = typedText(typed, 'agency')
  if (!agencies.some(a => a.id === agency)) faults.agency = 'Choose their agency'
  const role = readChoice(typed, 'role', roleTitles, 'Choose their role', faults)
  return role && Object.keys(faults).length === 0 ? { name, post, email, agency, role } : null
}

/** What may be changed of an account. Somebody's address is how they are known: a new one is a new account. */
export type UserChange = Omit<NewUser, 'email'>
