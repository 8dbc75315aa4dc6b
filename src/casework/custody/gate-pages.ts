/** Which needs and actions of a plan go through the gate with somebody who leaves custody. */
import { londonDay } from '../../platform/calendar.ts'
import { typedList } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { AnyForm } from '../../web/route-schemas.ts'
import { PlanAddress } from '../plans/plan-pages.ts'
import { knownCustody } from './custody-store.ts'
import { markForGate, readGatePlan } from './gate-store.ts'
import { releaseWords } from './known-custody.ts'

export function gatePages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/plans/:reference/gate',
    { schema: { params: PlanAddress }, config: { may: 'use-plans', records: 'plan-opened' } },
    async (request, reply) => {
      const { reference } = request.params
      const today = londonDay(clock())
      const { plan, known } = await casework.as(
        request,
        async tx => {
          const found = await readGatePlan(tx, reference)
          await tx.record('plan-opened', { person: found.person, kind: 'plan', id: reference })
          return { plan: found, known: await knownCustody(tx, found.person) }
        },
        { caseReference: reference },
      )
      const inside = known.find(k => k.state === 'in')
      return reply.header('cache-control', 'no-store').page('casework/custody/views/gate.njk', {
        title: 'Through the gate',
        plan,
        release: inside ? releaseWords(inside.releaseOn, today) : null,
        csrf: reply.generateCsrf(),
        back: { text: `Plan ${reference}`, href: `/plans/${reference}` },
      })
    },
  )

  app.post(
    '/plans/:reference/gate',
    {
      schema: { params: PlanAddress, body: AnyForm },
      config: { may: 'keep-custody', records: 'gate-plan-marked', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      await casework.as(
        request,
        async tx =>
          markForGate(tx, await readGatePlan(tx, reference), {
            shown: typedList(request.body, 'shown'),
            ticked: typedList(request.body, 'line'),
          }),
        { caseReference: reference },
      )
      return reply.redirect(`/plans/${reference}/gate`, 303)
    },
  )
}
