/** Raising a matter to the board above, answering it there, and reading what came back. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { NotThere } from '../../../platform/errors.ts'
import { type Faults, readText, type Typed, typedText } from '../../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { errorsOf } from '../../../web/form-errors.ts'
import { AnyForm } from '../../../web/route-schemas.ts'
import { formMarks, orKeepText } from '../../intake/referrals/form-marks.ts'
import type { FoundWord } from '../../language/careful-words.ts'
import { stateWords } from './escalation.ts'
import { answerEscalation, raise, readEscalation, withdrawEscalation } from './escalation-store.ts'
import { findLooseWords } from './loose-words.ts'
import { readMeeting } from './meeting-store.ts'
import { readMeetingType } from './meeting-type-store.ts'
import { ByMeeting } from './room-pages.ts'

const ESCALATION = '^E-\\d{4}-\\d{4,9}$'
const ByEscalation = Type.Object({ escalation: Type.String({ pattern: ESCALATION }) })
const ByAnswer = Type.Object({ ...ByMeeting.properties, ...ByEscalation.properties })

export function escalationPages(app: WebServer, { casework }: PageContext): void {
  app.get(
    '/meetings/escalations/:escalation',
    { schema: { params: ByEscalation }, config: { may: 'attend-meetings', records: 'meetings-listed' } },
    (request, reply) => escalationPage(request, reply, request.params.escalation),
  )

  app.post(
    '/meetings/escalations/:escalation/withdraw',
    {
      schema: { params: ByEscalation, body: AnyForm },
      config: { may: 'attend-meetings', records: 'escalation-moved', proof: 'form' },
    },
    async (request, reply) => {
      const { escalation } = request.params
      const faults: Faults = {}
      const because = readText(
        request.body,
        'because',
        { label: 'The reason', most: 500, needed: 'Write why' },
        faults,
      )
      if (Object.keys(faults).length > 0) {
        return escalationPage(request, reply.code(400), escalation, request.body, faults)
      }
      return orKeepText(
        async () => {
          await casework.as(request, tx =>
            withdrawEscalation(tx, escalation, because, formMarks(request.body).key),
          )
          return reply.redirect(`/meetings/escalations/${escalation}`, 303)
        },
        sentence => escalationPage(request, reply.code(409), escalation, request.body, { because: sentence }),
      )
    },
  )

  app.get(
    '/meetings/:reference/escalate',
    { schema: { params: ByMeeting }, config: { may: 'attend-meetings', records: 'nothing' } },
    (request, reply) => raisePage(request, reply, request.params.reference),
  )

  app.post(
    '/meetings/:reference/escalate',
    {
      schema: { params: ByMeeting, body: AnyForm },
      config: { may: 'attend-meetings', records: 'escalation-moved', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const typed: Typed = request.body
      const faults: Faults = {}
      const what = readText(
        typed,
        'what',
        { label: 'The matter', most: 300, needed: 'Write what the board is asked' },
        faults,
      )
      const because = readText(
        typed,
        'because',
        { label: 'The reason', most: 2000, needed: 'Write why this meeting cannot decide it' },
        faults,
      )
      if (Object.keys(faults).length > 0) return raisePage(request, reply.code(400), reference, typed, faults)
      return orKeepText(
        async () => {
          const raised = await casework.as(request, async tx => {
            const meeting = await readMeeting(tx, reference)
            if (typedText(typed, 'keep') === '') {
              const careful = findLooseWords(
                `${what}\n${because}`,
                await tx.query<{ name: string }>('select name from agencies'),
              )
              if (careful.length > 0) return { careful }
            }
            return { reference: await raise(tx, meeting, { what, because }, formMarks(typed).key) }
          })
          if (raised.careful) return raisePage(request, reply, reference, typed, {}, raised.careful)
          return reply.redirect(`/meetings/escalations/${raised.reference}`, 303)
        },
        sentence => raisePage(request, reply.code(409), reference, typed, { what: sentence }),
      )
    },
  )

  app.get(
    '/meetings/:reference/escalations/:escalation/answer',
    { schema: { params: ByAnswer }, config: { may: 'attend-meetings', records: 'nothing' } },
    (request, reply) => answerPage(request, reply, request.params),
  )

  app.post(
    '/meetings/:reference/escalations/:escalation/answer',
    {
      schema: { params: ByAnswer, body: AnyForm },
      config: { may: 'attend-meetings', records: 'escalation-moved', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, escalation } = request.params
      const typed: Typed = request.body
      const faults: Faults = {}
      const text = readText(
        typed,
        'text',
        { label: 'The answer', most: 4900, needed: 'Write what the board decides, and why' },
        faults,
      )
      if (Object.keys(faults).length > 0)
        return answerPage(request, reply.code(400), request.params, typed, faults)
      return orKeepText(
        async () => {
          await casework.as(request, async tx => {
            const board = await readMeeting(tx, reference)
            const [item] = await tx.query<{ id: string }>(
              `select id from agenda_items where meeting = $1 and source_kind = 'escalation' and source_id = $2`,
              [board.id, escalation],
            )
            await answerEscalation(
              tx,
              board,
              escalation,
              { text, item: item?.id ?? null },
              formMarks(typed).key,
            )
          })
          return reply.redirect(`/meetings/${reference}`, 303)
        },
        sentence => answerPage(request, reply.code(409), request.params, typed, { text: sentence }),
      )
    },
  )

  async function escalationPage(
    request: FastifyRequest,
    reply: FastifyReply,
    reference: string,
    typed: Typed = {},
    faults: Faults = {},
  ) {
    const escalation = await casework.as(request, async tx => {
      const found = await readEscalation(tx, reference)
      await tx.record('meetings-listed', { kind: 'escalation', id: reference })
      return found
    })
    return reply.header('cache-control', 'no-store').page('casework/tasking/meetings/views/escalation.njk', {
      title: escalation.what,
      escalation,
      stateWords: stateWords[escalation.state],
      ...formParts(reply, typed, faults),
      back: { text: escalation.fromName, href: `/meetings/types/${escalation.fromType}` },
    })
  }

  async function raisePage(
    request: FastifyRequest,
    reply: FastifyReply,
    reference: string,
    typed: Typed = {},
    faults: Faults = {},
    careful: FoundWord[] = [],
  ) {
    const { meeting, board } = await casework.as(request, async tx => {
      const meeting = await readMeeting(tx, reference)
      const { escalatesTo } = await readMeetingType(tx, meeting.type)
      if (!escalatesTo || !meeting.mover.runs) throw new NotThere()
      return { meeting, board: await readMeetingType(tx, escalatesTo) }
    })
    return reply.header('cache-control', 'no-store').page('casework/tasking/meetings/views/raise.njk', {
      title: `Raise a matter to: ${board.name}`,
      meeting,
      board,
      careful,
      ...formParts(reply, typed, faults),
    })
  }

  async function answerPage(
    request: FastifyRequest,
    reply: FastifyReply,
    { reference, escalation: number }: { reference: string; escalation: string },
    typed: Typed = {},
    faults: Faults = {},
  ) {
    const { meeting, escalation } = await casework.as(request, async tx => {
      const meeting = await readMeeting(tx, reference)
      const escalation = await readEscalation(tx, number)
      if (escalation.toType !== meeting.type || !meeting.mover.runs) throw new NotThere()
      return { meeting, escalation }
    })
    return reply.header('cache-control', 'no-store').page('casework/tasking/meetings/views/answer.njk', {
      title: `Answer ${number}`,
      meeting,
      escalation,
      ...formParts(reply, typed, faults),
    })
  }
}

const formParts = (reply: FastifyReply, typed: Typed, faults: Faults) => ({
  typed,
  ...errorsOf(faults),
  csrf: reply.generateCsrf(),
  key: typedText(typed, 'key') || randomUUID(),
})
