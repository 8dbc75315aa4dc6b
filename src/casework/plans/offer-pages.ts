/** Offers of a plan: what is offered on which way out, and each step from there to what came of it. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import { type Faults, type Typed, typedText } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { dateItems } from '../../web/date-field.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { AnyForm, Uuid } from '../../web/route-schemas.ts'
import { formMarks, orKeepText } from '../intake/referrals/form-marks.ts'
import { findCarefulWords } from '../language/careful-words.ts'
import { isOfferMove, offerMoves } from './offer.ts'
import { makeOffer, moveOffer, readOffer as readOne } from './offer-store.ts'
import { exitPathways } from './pathways.ts'
import { readOffer, readOfferMove } from './plan-form.ts'
import { PlanAddress } from './plan-pages.ts'
import { readPlan } from './plan-store.ts'
import { statementsOf } from './statement-store.ts'

const Need = Type.Object({ need: Type.Optional(Uuid) })
const MoveAddress = Type.Object({
  ...PlanAddress.properties,
  id: Uuid,
  move: Type.String({ maxLength: 20 }),
})

export function offerPages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/plans/:reference/offers/new',
    { schema: { params: PlanAddress, querystring: Need }, config: { may: 'use-plans', records: 'nothing' } },
    (request, reply) => offerPage(request, reply, { typed: { need: request.query.need ?? '' }, faults: {} }),
  )

  app.post(
    '/plans/:reference/offers/new',
    {
      schema: { params: PlanAddress, body: AnyForm },
      config: { may: 'use-plans', records: 'plan-offer-made', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const typed: Typed = request.body
      const faults: Faults = {}
      const outcome = await casework.as(
        request,
        async tx => {
          const plan = await readPlan(tx, reference)
          const needs = (await statementsOf(tx, plan.id)).filter(s => s.kind === 'need')
          const offer = readOffer(typed, needs, faults)
          if (Object.keys(faults).length > 0) return 'faults'
          const careful = findCarefulWords(offer.what)
          if (careful.length > 0 && typed.keep !== 'yes') return careful
          await makeOffer(tx, plan, offer, formMarks(typed))
          return 'made'
        },
        { caseReference: reference },
      )
      if (outcome === 'made') return reply.redirect(`/plans/${reference}`, 303)
      if (outcome === 'faults') return offerPage(request, reply.code(400), { typed, faults })
      return offerPage(request, reply, { typed, faults, careful: outcome })
    },
  )

  app.get(
    '/plans/:reference/offers/:id/:move',
    { schema: { params: MoveAddress }, config: { may: 'use-plans', records: 'nothing' } },
    (request, reply) => movePage(request, reply, {}, {}),
  )

  app.post(
    '/plans/:reference/offers/:id/:move',
    {
      schema: { params: MoveAddress, body: AnyForm },
      config: { may: 'use-plans', records: 'plan-offer-moved', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, id, move } = request.params
      if (!isOfferMove(move)) throw new NotThere()
      const typed: Typed = request.body
      const faults: Faults = {}
      const step = readOfferMove(typed, offerMoves[move].asks, londonDay(clock()), faults)
      if (Object.keys(faults).length > 0) return movePage(request, reply.code(400), typed, faults)
      return orKeepText(
        async () => {
          await casework.as(
            request,
            async tx =>
              moveOffer(tx, await readPlan(tx, reference), id, move, { ...step, key: formMarks(typed).key }),
            { caseReference: reference },
          )
          return reply.redirect(`/plans/${reference}`, 303)
        },
        sentence => movePage(request, reply.code(409), typed, { 'main-content': sentence }),
      )
    },
  )

  interface Shown {
    typed: Typed
    faults: Faults
    careful?: { word: string; because: string }[]
  }

  async function offerPage(
    request: FastifyRequest<{ Params: { reference: string } }>,
    reply: FastifyReply,
    { typed, faults, careful = [] }: Shown,
  ) {
    const { reference } = request.params
    const { plan, needs } = await casework.as(request, async tx => {
      const found = await readPlan(tx, reference)
      if (!found.writes) throw new NotThere()
      return {
        plan: found,
        needs: (await statementsOf(tx, found.id)).filter(s => s.kind === 'need' && !s.ended),
      }
    })
    const need = needs.find(n => n.id === typed.need)
    return reply.header('cache-control', 'no-store').page('casework/plans/views/offer.njk', {
      title: 'Write down an offer',
      plan,
      typed: { pathway: need?.pathway ?? '', ...typed },
      ...errorsOf(faults),
      pathways: exitPathways,
      needs: [
        { value: '', text: 'None of them' },
        ...needs.map(n => ({ value: n.id, text: short(n.text), selected: n.id === typed.need })),
      ],
      careful,
      csrf: reply.generateCsrf(),
      key: typedText(typed, 'key') || randomUUID(),
      back: { text: `Plan ${reference}`, href: `/plans/${reference}` },
    })
  }

  async function movePage(
    request: FastifyRequest<{ Params: { reference: string; id: string; move: string } }>,
    reply: FastifyReply,
    typed: Typed,
    faults: Faults,
  ) {
    const { reference, id, move } = request.params
    if (!isOfferMove(move)) throw new NotThere()
    const offer = await casework.as(request, async tx => readOne(tx, await readPlan(tx, reference), id))
    return reply.header('cache-control', 'no-store').page('casework/plans/views/offer-move.njk', {
      title: offerMoves[move].button,
      reference,
      offer,
      pathwayWords: exitPathways[offer.pathway].title,
      move,
      asks: offerMoves[move].asks,
      typed,
      ...errorsOf(faults, { onDay: 'onDay-day' }),
      dayItems: dateItems('onDay', typed),
      csrf: reply.generateCsrf(),
      key: typedText(typed, 'key') || randomUUID(),
      back: { text: `Plan ${reference}`, href: `/plans/${reference}` },
    })
  }
}

/** So much of a need as a list of choices can hold. */
const short = (text: string): string => (text.length > 90 ? `${text.slice(0, 89)}…` : text)
