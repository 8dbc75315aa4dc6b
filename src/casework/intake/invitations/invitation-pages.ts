/** Inviting a partner without an account to refer, once; what became of each invitation; and taking one back. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { purposes } from '../../../governance/purposes.ts'
import { calendarWords, londonDay } from '../../../platform/calendar.ts'
import { WrongMove } from '../../../platform/errors.ts'
import type { Faults, Typed } from '../../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { errorsOf } from '../../../web/form-errors.ts'
import { AnyForm, ButtonForm } from '../../../web/route-schemas.ts'
import { countOf } from '../../../web/words.ts'
import { formMarks } from '../referrals/form-marks.ts'
import { isPossible, stateWords } from './invitation.ts'
import { readInvitation, WHAT_FOR_LENGTH } from './invitation-form.ts'
import { daysToChoose, invitationEnd, lastDayOf } from './invitation-rules.ts'
import {
  groundFor,
  type Invitation,
  invite,
  listInvitations,
  readInvitationOf,
  takeBack,
} from './invitation-store.ts'

const InvitationAddress = Type.Object({ reference: Type.String({ pattern: '^INV-\\d{4}-\\d{4,8}$' }) })

const mailWords = {
  waiting: 'The e-mail is about to go.',
  sending: 'The e-mail is on its way.',
  sent: 'The e-mail was sent.',
  refused: 'The mail server refused the address. Take it back, and invite them at another.',
  'given-up': 'The mail server did not take the e-mail for a day. Ring them, and invite them again.',
  uncertain: 'The e-mail was perhaps sent. Ring them; if it has not come, invite them again.',
} as const

export function invitationPages(
  app: WebServer,
  { casework, pack, clock, notices, signIn }: PageContext,
): void {
  const back = { text: 'Invitations', href: '/invitations' }

  const shown = (invitation: Invitation) => ({
    ...invitation,
    stateWords: stateWords[invitation.state],
    lastDay: lastDayOf(invitation.endsAt),
    mailWords:
      invitation.mail === null || invitation.state === 'used' || invitation.state === 'taken-back'
        ? null
        : mailWords[invitation.mail],
  })

  app.get(
    '/invitations',
    { config: { may: 'invite-partners', records: 'invitations-listed' } },
    async (request, reply) => {
      const invitations = await casework.as(request, async tx => {
        const found = await listInvitations(tx)
        await tx.record('invitations-listed', { kind: 'invitation', detail: { shown: found.length } })
        return found
      })
      return reply
        .header('cache-control', 'no-store')
        .page('casework/intake/invitations/views/invitations.njk', {
          title: 'Invitations to refer',
          invitations: invitations.map(shown),
        })
    },
  )

  app.get('/invitations/new', { config: { may: 'invite-partners', records: 'nothing' } }, (request, reply) =>
    invitePage(request, reply, {}, {}),
  )

  app.post(
    '/invitations',
    {
      schema: { body: AnyForm },
      config: { may: 'invite-partners', records: 'partner-invited', proof: 'form' },
    },
    async (request, reply) => {
      const typed: Typed = request.body
      const today = londonDay(clock())
      const read = readInvitation(typed, daysToChoose(today, pack.intake.invitationDays))
      if ('faults' in read) return invitePage(request, reply.code(400), typed, read.faults)
      try {
        const made = await casework.as(request, tx =>
          invite(tx, formMarks(typed).key, read.invitation, { mails: notices.mails }),
        )
        if (made.token === null) return reply.redirect(`/invitations/${made.reference}`, 303)
        return reply.header('cache-control', 'no-store').page('casework/intake/invitations/views/link.njk', {
          title: `${made.reference} is open`,
          back,
          reference: made.reference,
          link: `${signIn.address}/invitation/${made.token}`,
          lastDay: lastDayOf(invitationEnd(clock(), read.invitation.days)),
        })
      } catch (error) {
        if (!(error instanceof WrongMove)) throw error
        return invitePage(request, reply.code(409), typed, { 'main-content': error.message })
      }
    },
  )

  app.get(
    '/invitations/:reference',
    {
      schema: { params: InvitationAddress },
      config: { may: 'invite-partners', records: 'invitation-opened' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const invitation = await casework.as(request, async tx => {
        const found = await readInvitationOf(tx, reference)
        await tx.record('invitation-opened', { kind: 'invitation', id: reference })
        return found
      })
      return reply
        .header('cache-control', 'no-store')
        .page('casework/intake/invitations/views/invitation.njk', {
          title: `Invitation ${reference}`,
          back,
          csrf: reply.generateCsrf(),
          invitation: shown(invitation),
          purposeWords: purposes.find(p => p.id === invitation.purpose)?.words ?? invitation.purpose,
          mayTakeBack: isPossible('take-back', invitation.state),
        })
    },
  )

  app.post(
    '/invitations/:reference/take-back',
    {
      schema: { params: InvitationAddress, body: ButtonForm },
      config: { may: 'invite-partners', records: 'invitation-taken-back', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      await casework.as(request, tx => takeBack(tx, reference))
      return reply.redirect(`/invitations/${reference}`, 303)
    },
  )

  async function invitePage(request: FastifyRequest, reply: FastifyReply, typed: Typed, faults: Faults) {
    const ground = await casework.as(request, groundFor)
    const now = clock()
    const choices = daysToChoose(londonDay(now), pack.intake.invitationDays)
    const chosen = choices.includes(Number(typed.days)) ? Number(typed.days) : choices.at(-1)
    return reply.header('cache-control', 'no-store').page('casework/intake/invitations/views/invite.njk', {
      title: 'Invite a partner to refer',
      back,
      csrf: reply.generateCsrf(),
      key: typed.key === undefined ? randomUUID() : formMarks(typed).key,
      ground,
      typed,
      ...errorsOf(faults),
      mostWords: WHAT_FOR_LENGTH,
      days: choices.map(value => ({
        value,
        text: `${countOf(value, 'day')}: until the end of ${calendarWords(lastDayOf(invitationEnd(now, value)))}`,
        checked: value === chosen,
      })),
    })
  }
}
