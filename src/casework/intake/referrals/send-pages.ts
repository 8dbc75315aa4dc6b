/** Checking the answers, sending them, and what happens next. */
import { Type } from 'typebox'
import { londonDay } from '../../../platform/calendar.ts'
import { type Faults, readText } from '../../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { AnyForm } from '../../../web/route-schemas.ts'
import { readDraft, saveAnswers } from './draft-store.ts'
import { checkPage } from './question-pages.ts'
import { DraftAddress, draftFlow } from './refer-pages.ts'
import { readReferral } from './referral-store.ts'
import { sendDraft } from './send-referral.ts'
import { urgencies } from './urgency.ts'

export const ReferralAddress = Type.Object({ reference: Type.String({ pattern: '^R-\\d{4}-\\d{4,9}$' }) })

export function sendPages(app: WebServer, { casework, pack, clock }: PageContext): void {
  app.get(
    '/refer/:draft/check',
    { schema: { params: DraftAddress }, config: { may: 'refer', records: 'referral-draft-opened' } },
    async (request, reply) => {
      const draft = await casework.as(request, async tx => {
        const found = await readDraft(tx, request.params.draft)
        await tx.record('referral-draft-opened', { kind: 'referral-draft', id: found.id })
        return found
      })
      return checkPage(reply, draftFlow(draft.id), draft, { today: londonDay(clock()) })
    },
  )

  app.post(
    '/refer/:draft/check',
    {
      schema: { params: DraftAddress, body: AnyForm },
      config: { may: 'refer', records: 'referral-sent', proof: 'form' },
    },
    async (request, reply) => {
      const { draft } = request.params
      const sending = await casework.as(request, tx => sendDraft(tx, draft))
      if (sending.outcome === 'sent') return reply.redirect(`/referrals/${sending.reference}/sent`, 303)
      return reply.redirect(
        `/refer/${draft}/${sending.outcome === 'no-agreement' ? 'no-agreement' : 'check'}`,
        303,
      )
    },
  )

  app.get(
    '/refer/:draft/no-agreement',
    { schema: { params: DraftAddress }, config: { may: 'refer', records: 'nothing' } },
    async (request, reply) => {
      const { id, answers } = await casework.as(request, tx => readDraft(tx, request.params.draft))
      return reply
        .header('cache-control', 'no-store')
        .page('casework/intake/referrals/views/no-agreement.njk', {
          ...noAgreement(id),
          csrf: reply.generateCsrf(),
          because: answers.emergencyBecause ?? '',
          dutyDesks: pack.intake.dutyDesks,
        })
    },
  )

  app.post(
    '/refer/:draft/no-agreement',
    {
      schema: { params: DraftAddress, body: AnyForm },
      config: { may: 'refer', records: 'referral-sent', proof: 'form' },
    },
    async (request, reply) => {
      const { draft } = request.params
      const faults: Faults = {}
      const rule = { label: 'The reason', most: 1000, needed: 'Say in one sentence why it cannot wait.' }
      const because = readText(request.body, 'because', rule, faults)
      if (faults.because) {
        return reply
          .code(400)
          .header('cache-control', 'no-store')
          .page('casework/intake/referrals/views/no-agreement.njk', {
            ...noAgreement(draft),
            csrf: reply.generateCsrf(),
            because,
            dutyDesks: pack.intake.dutyDesks,
            fault: faults.because,
            errors: [{ text: faults.because, href: '#because' }],
          })
      }
      // Two transactions: saving writes the audit, and sending takes the next reference before it does. One that held
      // both in the other order would wait for one that sends, which waits for it.
      await casework.as(request, tx => saveAnswers(tx, draft, { emergencyBecause: because }))
      const sending = await casework.as(request, tx => sendDraft(tx, draft))
      return reply.redirect(
        sending.outcome === 'sent' ? `/referrals/${sending.reference}/sent` : `/refer/${draft}/check`,
        303,
      )
    },
  )

  app.get(
    '/referrals/:reference/sent',
    { schema: { params: ReferralAddress }, config: { may: 'refer', records: 'nothing' } },
    async (request, reply) => {
      const referral = await casework.as(request, tx => readReferral(tx, request.params.reference))
      return reply.header('cache-control', 'no-store').page('casework/intake/referrals/views/sent.njk', {
        title: 'Referral sent',
        reference: referral.reference,
        dueAt: referral.dueAt,
        promise: urgencies[referral.urgency].promise,
        rang: referral.urgency === 'immediate',
        dutyDesks: pack.intake.dutyDesks,
      })
    },
  )
}

const noAgreement = (draft: string) => ({
  title: 'There is no agreement for this yet',
  action: `/refer/${draft}/no-agreement`,
  back: { text: 'Back', href: `/refer/${draft}/check` },
})
