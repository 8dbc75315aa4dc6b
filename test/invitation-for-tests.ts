/** An invitation with its link, and answers that a partner sends. Everything is invented. */
import { randomUUID } from 'node:crypto'
import {
  type GuestSending,
  guestDetails,
  sendAsGuest,
  startGuestDraft,
} from '../src/casework/intake/invitations/guest-store.ts'
import type { NewInvitation } from '../src/casework/intake/invitations/invitation-form.ts'
import { invite } from '../src/casework/intake/invitations/invitation-store.ts'
import type { Answers } from '../src/casework/intake/referrals/answers.ts'
import { saveAnswers } from '../src/casework/intake/referrals/draft-store.ts'
import { asGuest } from '../src/governance/access/as-guest.ts'
import { asMember, type Member } from '../src/governance/access/as-member.ts'
import { newSecretToken } from '../src/governance/sessions/secret-token.ts'
import type { Database } from '../src/platform/postgres.ts'
import { morning } from './casework-for-tests.ts'

export const clubLeader: NewInvitation = {
  organisation: 'Canal Street Boxing Club (synthetic)',
  post: 'Youth club leader',
  guestName: 'Synthetic Leader',
  email: 'leader@club.example',
  whatFor: 'What you told me on the phone on Tuesday',
  days: 7,
}

export interface OpenInvitation {
  /** Of the invitation, of the draft behind it and of the referral that comes of it. */
  id: string
  reference: string
  /** Of its link. */
  link: string
}

/** Handed over, without e-mail. */
export async function invited(
  database: Database,
  member: Member,
  change: Partial<NewInvitation> = {},
  now = morning,
): Promise<OpenInvitation> {
  const id = randomUUID()
  const made = await asMember(database, member, { now }, tx =>
    invite(tx, id, { ...clubLeader, ...change }, { mails: false }),
  )
  return { id, reference: made.reference, link: made.token! }
}

export const partnersAnswers: Answers = {
  urgency: 'one-working-day',
  kind: 'child',
  given: 'Synthetic',
  family: 'Child',
  birthDate: '2012-05-04',
  gender: 'male',
  ethnicity: 'not-known',
  disability: 'not-known',
  care: 'not-known',
  signs: ['TTS05'],
  seen: 'Waits outside for a car that nobody here knows.',
  strengths: 'Comes to training twice a week.',
  basis: 'safeguarding',
  told: 'yes',
}

/** Writes the answers behind the link, in the place of what stands there. */
export const writeAsGuest = (
  database: Database,
  { id, link }: Pick<OpenInvitation, 'id' | 'link'>,
  answers = partnersAnswers,
  now = morning,
): Promise<void> =>
  asGuest(database, { link, receipt: null }, now, async tx => {
    await startGuestDraft(tx, (await guestDetails(tx))!)
    await saveAnswers(tx, id, answers)
  })

/** Sends what stands behind the link; `key` is that of the form. */
export const sendBehind = (
  database: Database,
  { link }: Pick<OpenInvitation, 'link'>,
  key = newSecretToken().token,
  now = morning,
): Promise<GuestSending> => asGuest(database, { link, receipt: null }, now, tx => sendAsGuest(tx, key))
