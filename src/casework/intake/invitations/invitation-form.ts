/** Reading the form with which somebody invites a partner: a post at an organisation, what for, and for how long. Pure. */
import { isMailAddress } from '../../../platform/mail.ts'
import { type Faults, readText, type Typed, typedText } from '../../../platform/typed-form.ts'
import { NAME_LENGTH } from '../referrals/read-answers.ts'

export const WHAT_FOR_LENGTH = 300
const EMAIL_LENGTH = 254

export interface NewInvitation {
  organisation: string
  post: string
  guestName: string | null
  email: string
  whatFor: string
  /** Days after today on which it is open still. */
  days: number
}

/** The invitation, or a sentence for each field. `choices`: days that may be chosen here. */
export function readInvitation(
  typed: Typed,
  choices: readonly number[],
): { invitation: NewInvitation } | { faults: Faults } {
  const faults: Faults = {}
  const text = (name: string, label: string, most: number, needed?: string) =>
    readText(typed, name, { label, most, ...(needed ? { needed } : {}) }, faults) ?? ''
  const organisation = text(
    'organisation',
    'The organisation',
    NAME_LENGTH,
    'Enter the name of the organisation.',
  )
  const post = text('post', 'The post', NAME_LENGTH, 'Enter the post, such as youth club leader.')
  const guestName = text('guestName', 'The name', NAME_LENGTH)
  const email = text('email', 'The e-mail address', EMAIL_LENGTH, 'Enter the organisation’s e-mail address.')
  if (email !== '' && !faults.email && !isMailAddress(email)) {
    faults.email = 'Enter one e-mail address, such as leader@club.example.'
  }
  const whatFor = text(
    'whatFor',
    'What it is for',
    WHAT_FOR_LENGTH,
    'Say in a few words what you ask them for, without naming anybody.',
  )
  const days = Number(typedText(typed, 'days'))
  if (!choices.includes(days)) faults.days = 'Choose for how long the link is open.'
  if (Object.keys(faults).length > 0) return { faults }
  return { invitation: { organisation, post, guestName: guestName || null, email, whatFor, days } }
}
