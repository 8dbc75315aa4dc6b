/** The officer's list of referrals that went without an agreement, and the review of each. */
import type { FastifyReply } from 'fastify'
import { londonDay } from '../../../platform/calendar.ts'
import { type Faults, readText } from '../../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { AnyForm, ById } from '../../../web/route-schemas.ts'
import { type EmergencyReferral, listEmergencies, reviewEmergency } from './emergency-store.ts'

export function emergencyReferralPages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/referrals/emergencies',
    { config: { may: 'review-sharing', records: 'emergency-referrals-listed' } },
    async (request, reply) => listPage(reply, await casework.as(request, listEmergencies)),
  )

  app.post(
    '/referrals/emergencies/:id',
    {
      schema: { params: ById, body: AnyForm },
      config: { may: 'review-sharing', records: 'emergency-referral-reviewed', proof: 'form' },
    },
    async (request, reply) => {
      const { id } = request.params
      const faults: Faults = {}
      const rule = { label: 'What you found', most: 2000, needed: 'Say what you found, in a sentence.' }
      const outcome = readText(request.body, 'outcome', rule, faults)
      if (faults.outcome) {
        const list = await casework.as(request, listEmergencies)
        return listPage(reply.code(400), list, { id, typed: outcome, sentence: faults.outcome })
      }
      await casework.as(request, tx => reviewEmergency(tx, id, outcome))
      return reply.redirect('/referrals/emergencies', 303)
    },
  )

  function listPage(
    reply: FastifyReply,
    list: EmergencyReferral[],
    fault?: { id: string; typed: string; sentence: string },
  ) {
    const today = londonDay(clock())
    return reply.header('cache-control', 'no-store').page('casework/intake/referrals/views/emergencies.njk', {
      title: 'Referrals without an agreement',
      list: list.map(e => ({ ...e, late: e.reviewedAt === null && e.reviewOn < today })),
      fault,
      errors: fault ? [{ text: fault.sentence, href: `#outcome-${fault.id}` }] : undefined,
      csrf: reply.generateCsrf(),
    })
  }
}
