/** Consequence management: the list, and opening it in one short form. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { londonDay } from '../../../platform/calendar.ts'
import type { Faults, Typed } from '../../../platform/typed-form.ts'
import { withQuery } from '../../../web/addresses.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { dateItems } from '../../../web/date-field.ts'
import { errorsOf } from '../../../web/form-errors.ts'
import { PAGE_SIZE, pagination } from '../../../web/pagination.ts'
import { AnyForm, PageNumber } from '../../../web/route-schemas.ts'
import { formMarks } from '../../intake/referrals/form-marks.ts'
import { findCarefulWords } from '../../language/careful-words.ts'
import { reviewDueOn, stateWords } from './consequence.ts'
import { readConsequence } from './consequence-form.ts'
import {
  type ConsequenceShow,
  consequenceShows,
  listConsequences,
  openConsequence,
} from './consequence-store.ts'

/** What a matter on an agenda says of an incident: nobody is named in it. */
const Incident = Type.Object({
  what: Type.Optional(Type.String({ maxLength: 500 })),
  incident: Type.Optional(Type.String({ maxLength: 100 })),
})

export function consequenceListPages(app: WebServer, { casework, clock, pack }: PageContext): void {
  app.get(
    '/consequences',
    {
      schema: {
        querystring: Type.Object({
          show: Type.Optional(Type.String({ maxLength: 100 })),
          page: Type.Optional(PageNumber),
        }),
      },
      config: { may: 'manage-consequences', records: 'consequences-listed' },
    },
    async (request, reply) => {
      const { show: asked = '', page = 1 } = request.query
      const show = Object.hasOwn(consequenceShows, asked) ? (asked as ConsequenceShow) : 'open'
      const today = londonDay(clock())
      const { total, lines } = await casework.as(request, async tx => {
        const found = await listConsequences(tx, show, { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE })
        await tx.record('consequences-listed', {
          kind: 'consequence',
          detail: { show, shown: found.lines.length },
        })
        return found
      })
      return reply
        .header('cache-control', 'no-store')
        .page('casework/tasking/consequences/views/consequences.njk', {
          title: 'Consequence management',
          show,
          shows: consequenceShows,
          chosen: [
            {
              text: consequenceShows[show],
              ...(show === 'open' ? {} : { href: withQuery(request.url, { show: null, page: null }) }),
            },
          ],
          lines: lines.map(line => ({
            ...line,
            stateWords: stateWords[line.state],
            overdue: line.state === 'open' && line.reviewDueOn < today,
          })),
          pages: pagination(total, page, request.url),
        })
    },
  )

  app.get(
    '/consequences/new',
    { schema: { querystring: Incident }, config: { may: 'manage-consequences', records: 'nothing' } },
    (request, reply) => newPage(reply, { typed: { ...request.query }, faults: {} }),
  )

  app.post(
    '/consequences/new',
    {
      schema: { body: AnyForm },
      config: { may: 'manage-consequences', records: 'consequence-made', proof: 'form' },
    },
    async (request, reply) => {
      const typed: Typed = request.body
      const today = londonDay(clock())
      const faults: Faults = {}
      const details = readConsequence(typed, today, faults)
      if (Object.keys(faults).length > 0) return newPage(reply.code(400), { typed, faults })
      const careful = findCarefulWords(details.what)
      if (careful.length > 0 && typed.keep !== 'yes') return newPage(reply, { typed, faults, careful })
      const reference = await casework.as(request, tx =>
        openConsequence(
          tx,
          { ...details, reviewDueOn: reviewDueOn(pack.consequenceReviews, today) },
          formMarks(typed),
        ),
      )
      return reply.redirect(`/consequences/${reference}`, 303)
    },
  )

  function newPage(
    reply: FastifyReply,
    {
      typed,
      faults,
      careful = [],
    }: { typed: Typed; faults: Faults; careful?: { word: string; because: string }[] },
  ) {
    const today = londonDay(clock())
    return reply.header('cache-control', 'no-store').page('casework/tasking/consequences/views/new.njk', {
      title: 'Open consequence management',
      typed,
      ...errorsOf(faults, { happenedOn: 'happenedOn-day' }),
      dayItems: dateItems('happenedOn', typed['happenedOn-day'] === undefined ? today : typed),
      reviewDueOn: reviewDueOn(pack.consequenceReviews, today),
      careful,
      csrf: reply.generateCsrf(),
      key: typed.key ?? randomUUID(),
      back: { text: 'Consequence management', href: '/consequences' },
    })
  }
}
