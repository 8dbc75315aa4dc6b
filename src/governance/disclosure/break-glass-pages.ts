/**
 * Breaking the glass: a page that stops whoever comes to it, says what will happen, and asks for a reason (R20). It looks
 * the same whether the person is there or not.
 */
import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { londonDay } from '../../platform/calendar.ts'
import { type Faults, readText } from '../../platform/typed-form.ts'
import { addWorkingDays } from '../../platform/working-days.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { ByPerson, csrfField, TypedText, Uuid } from '../../web/route-schemas.ts'
import { instantWords } from '../../web/words.ts'
import { breakGlass, glassHours } from './break-glass-store.ts'

/** R20: reviewed within five working days. */
const REVIEW_WORKING_DAYS = 5
const reasonRule = { label: 'The reason', least: 10, most: 2000, needed: 'Enter the reason in a sentence' }

export function breakGlassPages(app: WebServer, context: PageContext): void {
  const page = (person: string, typed: { key?: string; reason?: string; hours?: string }, faults: Faults) => {
    const now = context.clock()
    return {
      title: 'Open records without a right',
      back: { text: 'Back', href: `/sharing/people/${person}` },
      person,
      key: typed.key ?? randomUUID(),
      reason: typed.reason ?? '',
      hours: glassHours.map(hours => ({
        value: String(hours),
        text: `Until ${instantWords(new Date(now.getTime() + hours * 3_600_000))}`,
        hint: { text: hours === 1 ? '1 hour' : `${hours} hours` },
        checked: typed.hours === String(hours),
      })),
      reviewOn: addWorkingDays(londonDay(now), REVIEW_WORKING_DAYS),
      ...errorsOf(faults),
    }
  }

  app.get(
    '/sharing/people/:person/break-glass',
    { schema: { params: ByPerson }, config: { may: 'break-glass', records: 'nothing' } },
    (request, reply) => {
      reply.header('cache-control', 'no-store')
      return reply.page('governance/disclosure/views/break-glass.njk', {
        ...page(request.params.person, {}, {}),
        csrf: reply.generateCsrf(),
      })
    },
  )

  app.post(
    '/sharing/people/:person/break-glass',
    {
      schema: {
        params: ByPerson,
        body: Type.Object({
          ...csrfField,
          key: Uuid,
          reason: TypedText,
          hours: Type.Optional(Type.String({ maxLength: 20 })),
        }),
      },
      config: { may: 'break-glass', records: 'glass-broken', proof: 'form' },
    },
    async (request, reply) => {
      const { person } = request.params
      const { key } = request.body
      const faults: Faults = {}
      const reason = readText(request.body, 'reason', reasonRule, faults)
      const hours = glassHours.find(h => String(h) === request.body.hours)
      if (hours === undefined) faults.hours = 'Choose until when'
      if (hours === undefined || faults.reason) {
        return reply.code(422).page('governance/disclosure/views/break-glass.njk', {
          ...page(person, request.body, faults),
          csrf: reply.generateCsrf(),
        })
      }
      const reviewOn = addWorkingDays(londonDay(context.clock()), REVIEW_WORKING_DAYS)
      await context.casework.as(request, tx => breakGlass(tx, { id: key, person, reason, hours, reviewOn }))
      return reply.redirect(`/sharing/people/${person}`, 303)
    },
  )
}
