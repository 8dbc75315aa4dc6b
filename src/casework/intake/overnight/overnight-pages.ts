/** Offering help from the list of the morning, in one pass. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import type { Faults, Typed } from '../../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { errorsOf } from '../../../web/form-errors.ts'
import { AnyForm } from '../../../web/route-schemas.ts'
import { formMarks } from '../referrals/form-marks.ts'
import { answerWords, isOpen, type OvernightPerson, readOffers, sections } from './overnight.ts'
import { readOvernight, saveOffers } from './overnight-store.ts'

export function overnightPages(app: WebServer, { casework }: PageContext): void {
  app.get(
    '/overnight',
    { config: { may: 'keep-records', records: 'overnight-listed' } },
    async (request, reply) => {
      const people = await casework.as(request, async tx => {
        const found = await readOvernight(tx)
        await tx.record('overnight-listed', { kind: 'entry', detail: { shown: found.length } })
        return found
      })
      return listPage(reply, people, {}, {})
    },
  )

  app.post(
    '/overnight',
    {
      schema: { body: AnyForm },
      config: { may: 'keep-records', records: 'help-offered', proof: 'form' },
    },
    async (request, reply) => {
      const typed: Typed = request.body
      const faults: Faults = {}
      const people = await casework.as(request, async tx => {
        const found = await readOvernight(tx)
        const offers = readOffers(typed, found, faults)
        if (Object.keys(faults).length === 0) await saveOffers(tx, formMarks(typed).key, offers)
        return found
      })
      if (Object.keys(faults).length > 0) return listPage(reply.code(400), people, typed, faults)
      return reply.redirect('/overnight', 303)
    },
  )

  function listPage(reply: FastifyReply, people: OvernightPerson[], typed: Typed, faults: Faults) {
    return reply.header('cache-control', 'no-store').page('casework/intake/overnight/views/overnight.njk', {
      title: 'Since the last working day',
      open: sections(people.filter(isOpen)),
      done: people.filter(p => !isOpen(p)),
      answerWords,
      typed,
      faults,
      errors: errorsOf(faults).errors,
      csrf: reply.generateCsrf(),
      key: randomUUID(),
    })
  }
}
