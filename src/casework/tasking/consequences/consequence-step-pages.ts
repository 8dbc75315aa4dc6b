/** Steps in consequence management: its review, closing and handing it over; its agencies; bringing it to a meeting. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { londonDay } from '../../../platform/calendar.ts'
import { NotThere } from '../../../platform/errors.ts'
import { type Faults, type Typed, typedNumber, typedText } from '../../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { errorsOf } from '../../../web/form-errors.ts'
import { AnyForm } from '../../../web/route-schemas.ts'
import { formMarks, orKeepText } from '../../intake/referrals/form-marks.ts'
import { findCarefulWords } from '../../language/careful-words.ts'
import { actionsOf, colleagues } from '../actions/action-store.ts'
import { insist, reviewDueOn } from './consequence.ts'
import { tensionGrades } from './consequence-entry.ts'
import { isStep, readStep, type Step, stepWords } from './consequence-form.ts'
import { bringToMeeting } from './consequence-meeting-store.ts'
import { ConsequenceAddress, showConsequence } from './consequence-pages.ts'
import { moveConsequence, possibleAgencies, readConsequence } from './consequence-store.ts'

const StepAddress = Type.Object({ ...ConsequenceAddress.properties, step: Type.String({ maxLength: 20 }) })
const AgencyAddress = Type.Object({
  ...ConsequenceAddress.properties,
  agency: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 100 }),
})

export function consequenceStepPages(app: WebServer, context: PageContext): void {
  const { casework, clock, pack } = context

  app.get(
    '/consequences/:reference/agencies',
    { schema: { params: ConsequenceAddress }, config: { may: 'manage-consequences', records: 'nothing' } },
    (request, reply) => agenciesPage(request, reply, {}),
  )

  app.post(
    '/consequences/:reference/agencies',
    {
      schema: { params: ConsequenceAddress, body: AnyForm },
      config: { may: 'manage-consequences', records: 'consequence-moved', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const agency = typedText(request.body, 'agency')
      if (agency === '') return agenciesPage(request, reply.code(400), { agency: 'Choose an agency.' })
      return orKeepText(
        async () => {
          await casework.as(
            request,
            tx =>
              moveConsequence(tx, reference, 'add-agency', { ...formMarks(request.body), toAgency: agency }),
            { caseReference: reference },
          )
          return reply.redirect(`/consequences/${reference}/agencies`, 303)
        },
        sentence => agenciesPage(request, reply.code(409), { 'main-content': sentence }),
      )
    },
  )

  app.post(
    '/consequences/:reference/agencies/:agency/remove',
    {
      schema: { params: AgencyAddress, body: AnyForm },
      config: { may: 'manage-consequences', records: 'consequence-moved', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, agency } = request.params
      return orKeepText(
        async () => {
          await casework.as(
            request,
            async tx => {
              const { agencies } = await readConsequence(tx, reference)
              if (!agencies.some(a => a.agency === agency)) throw new NotThere()
              await moveConsequence(tx, reference, 'remove-agency', {
                ...formMarks(request.body),
                toAgency: agency,
              })
            },
            { caseReference: reference },
          )
          const left = agency === request.viewer.member?.agency
          return reply.redirect(left ? '/consequences' : `/consequences/${reference}/agencies`, 303)
        },
        sentence => agenciesPage(request, reply.code(409), { 'main-content': sentence }),
      )
    },
  )

  app.post(
    '/consequences/:reference/meeting',
    {
      schema: { params: ConsequenceAddress, body: AnyForm },
      config: { may: 'manage-consequences', records: 'meeting-item-added', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      return orKeepText(
        async () => {
          await casework.as(
            request,
            async tx =>
              bringToMeeting(
                tx,
                await readConsequence(tx, reference),
                typedText(request.body, 'meeting'),
                formMarks(request.body),
              ),
            { caseReference: reference },
          )
          return reply.redirect(`/consequences/${reference}#meetings`, 303)
        },
        sentence => showConsequence(context, request, reply.code(409), reference, sentence),
      )
    },
  )

  app.get(
    '/consequences/:reference/:step',
    { schema: { params: StepAddress }, config: { may: 'manage-consequences', records: 'nothing' } },
    (request, reply) => {
      const { step } = request.params
      if (!isStep(step)) throw new NotThere()
      return stepPage(request, reply, step, { typed: {}, faults: {} })
    },
  )

  app.post(
    '/consequences/:reference/:step',
    {
      schema: { params: StepAddress, body: AnyForm },
      config: { may: 'manage-consequences', records: 'consequence-moved', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, step } = request.params
      if (!isStep(step)) throw new NotThere()
      const typed: Typed = request.body
      const faults: Faults = {}
      const people = await casework.as(request, async tx => {
        await readConsequence(tx, reference)
        return step === 'hand-over' ? colleagues(tx) : []
      })
      const { detail, toUser } = readStep(step, typed, people, faults)
      if (Object.keys(faults).length > 0) return stepPage(request, reply.code(400), step, { typed, faults })
      const careful = findCarefulWords(Object.values(detail).join('\n'))
      if (careful.length > 0 && typed.keep !== 'yes') {
        return stepPage(request, reply, step, { typed, faults, careful })
      }
      return orKeepText(
        async () => {
          await casework.as(
            request,
            tx =>
              moveConsequence(tx, reference, step, {
                ...formMarks(typed),
                detail,
                ...(toUser && { toUser }),
                ...(step === 'reopen' && { dueOn: reviewDueOn(pack.consequenceReviews, londonDay(clock())) }),
              }),
            { caseReference: reference },
          )
          return reply.redirect(`/consequences/${reference}`, 303)
        },
        sentence => stepPage(request, reply.code(409), step, { typed, faults: { 'main-content': sentence } }),
      )
    },
  )

  async function stepPage(
    request: FastifyRequest<{ Params: { reference: string } }>,
    reply: FastifyReply,
    step: Step,
    {
      typed,
      faults,
      careful = [],
    }: { typed: Typed; faults: Faults; careful?: { word: string; because: string }[] },
  ) {
    const { reference } = request.params
    const { consequence, people, left } = await casework.as(request, async tx => {
      const found = await readConsequence(tx, reference)
      // A move that does not fit any more keeps what was typed; the page itself is for a move that does.
      if (!faults['main-content']) insist(step, found.stands, found.mover, londonDay(clock()))
      const open = step === 'review' || step === 'close'
      return {
        consequence: found,
        people: step === 'hand-over' ? await colleagues(tx) : [],
        left: open
          ? (await actionsOf(tx, { consequence: found.id, states: ['open'] }, { limit: 1, offset: 0 })).total
          : 0,
      }
    })
    return reply.header('cache-control', 'no-store').page('casework/tasking/consequences/views/step.njk', {
      ...stepWords[step],
      step,
      consequence,
      typed,
      ...errorsOf(faults),
      left,
      grades: Object.entries(tensionGrades).map(([value, { title, hint }]) => ({
        value,
        text: title,
        hint: { text: hint },
        checked: typed.grade === value,
      })),
      people: people
        .filter(c => c.id !== consequence.owner.id)
        .map(c => ({ value: c.id, text: `${c.name}, ${c.post}`, selected: c.id === typed.to })),
      careful,
      csrf: reply.generateCsrf(),
      key: typed.key ?? randomUUID(),
      seen: typedNumber(typed, 'seen') && !faults['main-content'] ? typed.seen : consequence.made.at(-1)!.seq,
      back: { text: consequence.reference, href: `/consequences/${reference}` },
    })
  }

  async function agenciesPage(
    request: FastifyRequest<{ Params: { reference: string } }>,
    reply: FastifyReply,
    faults: Faults,
  ) {
    const { reference } = request.params
    const { consequence, possible } = await casework.as(request, async tx => {
      const found = await readConsequence(tx, reference)
      return {
        consequence: found,
        possible:
          found.mover.lead && found.stands.state !== 'closed' ? await possibleAgencies(tx, found) : [],
      }
    })
    return reply
      .header('cache-control', 'no-store')
      .page('casework/tasking/consequences/views/agencies.njk', {
        title: 'Who takes part',
        consequence,
        own: request.viewer.member?.agency,
        possible: possible.map(a => ({ value: a.id, text: a.name })),
        ...errorsOf(faults),
        csrf: reply.generateCsrf(),
        key: randomUUID(),
        seen: consequence.made.at(-1)!.seq,
        back: { text: consequence.reference, href: `/consequences/${reference}` },
      })
  }
}
