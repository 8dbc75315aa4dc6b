/** Noting a small concern, the agency's own log, and, for coordinators, where several agencies noted one. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { londonDay } from '../../../platform/calendar.ts'
import { type Faults, type Typed, typedText } from '../../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { errorsOf } from '../../../web/form-errors.ts'
import { AnyForm } from '../../../web/route-schemas.ts'
import { findCarefulWords } from '../../language/careful-words.ts'
import { formMarks } from '../referrals/form-marks.ts'
import { readConcern } from './concern.ts'
import { concernPatterns, listConcerns, noteConcern, openConcern, referConcern } from './concern-store.ts'

const ConcernAddress = Type.Object({ reference: Type.String({ pattern: '^C-\\d{4}-\\d{4,9}$' }) })

export function concernPages(app: WebServer, { casework, clock, pack }: PageContext): void {
  app.get('/concerns', { config: { may: 'refer', records: 'concerns-listed' } }, async (request, reply) => {
    const coordinates =
      request.viewer.member?.role === 'coordinator' && request.viewer.member.agencyKind === 'partnership'
    const { concerns, patterns } = await casework.as(request, async tx => ({
      concerns: await listConcerns(tx),
      patterns: coordinates ? await concernPatterns(tx) : null,
    }))
    return reply.header('cache-control', 'no-store').page('casework/intake/concerns/views/concerns.njk', {
      title: 'Concerns',
      concerns,
      patterns,
    })
  })

  app.get('/concerns/new', { config: { may: 'refer', records: 'nothing' } }, (_request, reply) =>
    form(reply, {}, {}),
  )

  app.post(
    '/concerns/new',
    {
      schema: { body: AnyForm },
      config: { may: 'refer', records: 'concern-noted', proof: 'form' },
    },
    async (request, reply) => {
      const typed: Typed = request.body
      const faults: Faults = {}
      const concern = readConcern(typed, londonDay(clock()), faults)
      if (!concern) return form(reply.code(400), typed, faults)
      const careful = findCarefulWords(concern.text)
      if (careful.length > 0 && typedText(typed, 'keep') === '') return form(reply, typed, {}, careful)
      const reference = await casework.as(request, tx => noteConcern(tx, formMarks(typed).key, concern))
      return reply.redirect(`/concerns/${reference}`, 303)
    },
  )

  app.get(
    '/concerns/:reference',
    { schema: { params: ConcernAddress }, config: { may: 'refer', records: 'concern-opened' } },
    async (request, reply) => {
      const { reference } = request.params
      const concern = await casework.as(request, tx => openConcern(tx, reference), {
        caseReference: reference,
      })
      return reply.header('cache-control', 'no-store').page('casework/intake/concerns/views/concern.njk', {
        title: `Concern ${reference}`,
        concern,
        csrf: reply.generateCsrf(),
        key: randomUUID(),
        back: { text: 'Concerns', href: '/concerns' },
      })
    },
  )

  app.post(
    '/concerns/:reference/refer',
    {
      schema: { params: ConcernAddress, body: AnyForm },
      config: { may: 'refer', records: 'referral-draft-started', proof: 'form' },
    },
    async (request, reply) => {
      const { key } = formMarks(request.body)
      const draft = await casework.as(request, tx => referConcern(tx, request.params.reference, key))
      return reply.redirect(`/refer/${draft}/urgency`, 303)
    },
  )

  function form(
    reply: FastifyReply,
    typed: Typed,
    faults: Faults,
    careful: { word: string; because: string }[] = [],
  ) {
    return reply.header('cache-control', 'no-store').page('casework/intake/concerns/views/note.njk', {
      title: 'Note a concern',
      typed,
      faults,
      careful,
      errors: errorsOf(faults, firstInput).errors,
      csrf: reply.generateCsrf(),
      // The same key while the form is mended, so that pressing twice notes one concern.
      key: typedText(typed, 'key') || randomUUID(),
      dutyDesks: pack.intake.dutyDesks,
      back: { text: 'Concerns', href: '/concerns' },
    })
  }
}

/** A date is three inputs; the first takes the focus. */
const firstInput: Record<string, string> = { birthDate: 'birthDate-day', noticedOn: 'noticedOn-day' }
