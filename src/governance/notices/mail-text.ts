/**
 * The words of an e-mail: references, kinds and links, and that one has to sign in (R16). No picture, no tracking, nothing
 * to open beside Concord itself. The same as plain text and as HTML.
 */
import { type NoticeKindId, noticeKinds } from './notice-kinds.ts'

export interface MailedNotice {
  id: string
  kind: NoticeKindId
  reference: string
}

export interface MailText {
  subject: string
  text: string
  html: string
}

/** `address` of the installation, without a slash at its end. */
export function mailText(notices: readonly MailedNotice[], address: string): MailText {
  const lines = notices.map(({ id, kind, reference }) => ({
    heading: `${reference}: ${noticeKinds[kind].asks}`,
    says: noticeKinds[kind].says,
    link: `${address}/notices/${id}`,
  }))
  const one = lines.length === 1
  const subject = one ? lines[0]!.heading : `${lines.length} things in Concord need you`
  const lead = one ? `Something about ${notices[0]!.reference} needs you.` : `${subject}.`
  const signIn = 'You have to sign in to read it. Nothing about a person is ever in an e-mail of Concord.'
  const settings = `${address}/account/notices`
  return {
    subject,
    text: [
      lead,
      ...lines.map(line => `${line.heading}\n${line.says}\n${line.link}`),
      signIn,
      `When e-mail comes, and what about: ${settings}\nPlease do not answer: Concord reads no e-mail.`,
    ].join('\n\n'),
    html: `<!DOCTYPE html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>
<body>
<h1>${escaped(lead)}</h1>
<ul>
${lines
  .map(
    line =>
      `<li><p><strong>${escaped(line.heading)}</strong><br>${escaped(line.says)}<br><a href="${escaped(line.link)}">Open ${escaped(line.heading.split(':')[0]!)} in Concord</a></p></li>`,
  )
  .join('\n')}
</ul>
<p>${escaped(signIn)}</p>
<p><a href="${escaped(settings)}">When e-mail comes, and what about</a>. Please do not answer: Concord reads no e-mail.</p>
</body>
</html>
`,
  }
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
