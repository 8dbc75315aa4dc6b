/**
 * What an invited partner is written: fixed words, a reference, one link where there is one, and whom to call as a post
 * (R16). Nothing that anybody typed about a person can come into it. The same as plain text and as HTML. Pure.
 */
import type { MailText } from '../../../governance/notices/mail-text.ts'

export type InvitationMailKind = 'link' | 'received' | 'decided'

export interface InvitationMailFacts {
  /** Of the invitation, or, once it was used, of the referral. */
  reference: string
  /** Of the agency that invited: a post and a number. */
  contact: string
}

const danger = 'Is somebody in danger now? Do not write: ring 999.'
const noAnswer = 'Please do not answer: Concord reads no e-mail.'

/** `link` is the whole address, and there where the kind is `link` alone. */
export function invitationMail(
  kind: InvitationMailKind,
  { reference, contact }: InvitationMailFacts,
  link: string | null,
): MailText {
  const call = contact || 'whoever invited you'
  switch (kind) {
    case 'link':
      return written(`${reference}: you are asked for a referral`, [
        'Somebody who works with the partnership has asked you to tell it what worries you, and said that this e-mail would come.',
        { link: link! },
        'The link works for one referral and for a few days. You need no account. If nobody told you of it, do not open it and delete this e-mail.',
        danger,
        noAnswer,
      ])
    case 'received':
      return written(`${reference}: received`, [
        'What you sent has arrived. Keep this reference.',
        `To correct it or add to it, call ${call} and give the reference.`,
        danger,
        noAnswer,
      ])
    case 'decided':
      return written(`${reference}: it was looked at`, [
        `Your referral ${reference} was looked at. To hear what was decided, call ${call} and give the reference.`,
        danger,
        noAnswer,
      ])
  }
}

function written(subject: string, paragraphs: readonly (string | { link: string })[]): MailText {
  return {
    subject,
    text: paragraphs.map(p => (typeof p === 'string' ? p : p.link)).join('\n\n'),
    html: `<!DOCTYPE html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>
<body>
<h1>${escaped(subject)}</h1>
${paragraphs.map(p => `<p>${typeof p === 'string' ? escaped(p) : `<a href="${escaped(p.link)}">Write to the partnership</a>`}</p>`).join('\n')}
</body>
</html>
`,
  }
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
