/** Every minute: an end to notices of what is done, reminders of deadlines, and e-mail to whom it is due. */
import { asProgram } from '../governance/access/as-member.ts'
import { readDeadlines, remind, settleDone } from '../governance/notices/deadlines.ts'
import { sendMails } from '../governance/notices/send-mails.ts'
import type { Clock } from '../platform/clock.ts'
import type { Job } from '../platform/jobs.ts'
import type { Mailer } from '../platform/mail.ts'
import type { Database } from '../platform/postgres.ts'
import { sendInvitationMails } from './intake/invitations/send-invitation-mails.ts'
import { challengeDue } from './intake/triage/queue.ts'

/** `send` is null where no mail server is set. `address` of the installation, for the links. */
export const noticeJob = (
  database: Database,
  clock: Clock,
  { send, address }: { send: Mailer | null; address: string },
): Job => ({
  name: 'notices',
  when: '* * * * *',
  run: async () => {
    try {
      await asProgram(database, clock(), async tx => {
        const open = await readDeadlines(tx, { challengeDue }, clock())
        await settleDone(tx, open)
        await remind(tx, open, clock())
      })
    } finally {
      // A fault in one deadline must not keep what cannot wait from being told.
      if (send) {
        await sendMails(database, { send, address, clock })
        await sendInvitationMails(database, { send, address, clock })
      }
    }
  },
})
