/** Changing one's own agency's record of a person, and reviewing it so that it is kept. */
import { Type } from 'typebox'
import { londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import { type Faults, readText, type Typed } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { andAnyFields, ByPerson, csrfField, Seen, TypedText, Uuid } from '../../web/route-schemas.ts'
import { backTo, ownRecordOf } from './own-record.ts'
import { readPerson, typedOf } from './person-form.ts'
import { changeRecord, ownRecord, reviewRecord } from './record-store.ts'
import type { AgencyRecord } from './register.ts'
import { personForm } from './register-pages.ts'

export function recordPages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/register/:person/change',
    { schema: { params: ByPerson }, config: { may: 'keep-records', records: 'nothing' } },
    async (request, reply) => {
      const { record } = await casework.as(request, tx => ownRecordOf(tx, request.params.person))
      return reply.header('cache-control', 'no-store').page('casework/register/views/person-form.njk', {
        ...changePage(record),
        ...personForm(typedOf(record, londonDay(clock())), {}),
        csrf: reply.generateCsrf(),
        keys: { record: record.id, edition: record.edition },
      })
    },
  )

  app.post(
    '/register/:person/change',
    {
      schema: {
        params: ByPerson,
        body: Type.Object({ ...csrfField, record: Uuid, edition: Seen }, andAnyFields),
      },
      config: { may: 'keep-records', records: 'record-changed', proof: 'form' },
    },
    async (request, reply) => {
      const { person } = request.params
      const { record: id, edition } = request.body
      const typed: Typed = request.body
      const today = londonDay(clock())
      const faults: Faults = {}
      const outcome = await casework.as(request, async tx => {
        const record = await ownRecord(tx, id)
        if (record?.person !== person) throw new NotThere()
        const details = readPerson(typed, today, faults, record.birth)
        if (Object.keys(faults).length > 0) return { record, overtaken: false }
        return (await changeRecord(tx, record, details, edition)) ? null : { record, overtaken: true }
      })
      if (outcome === null) return reply.redirect(`/register/${person}`, 303)
      const { record, overtaken } = outcome
      reply.header('cache-control', 'no-store').code(overtaken ? 409 : 422)
      return reply.page('casework/register/views/person-form.njk', {
        ...changePage(record),
        ...personForm(typed, faults),
        csrf: reply.generateCsrf(),
        // Both texts stay: what stands there now beside what was typed, to be sent again on top of it.
        stands: overtaken ? typedOf(record, today) : null,
        keys: { record: record.id, edition: overtaken ? record.edition : edition },
      })
    },
  )

  app.get(
    '/register/:person/review',
    { schema: { params: ByPerson }, config: { may: 'keep-records', records: 'nothing' } },
    async (request, reply) => {
      const { record } = await casework.as(request, tx => ownRecordOf(tx, request.params.person))
      return reply.header('cache-control', 'no-store').page('casework/register/views/review.njk', {
        ...reviewPage(record, '', {}),
        csrf: reply.generateCsrf(),
      })
    },
  )

  app.post(
    '/register/:person/review',
    {
      schema: {
        params: ByPerson,
        body: Type.Object({
          ...csrfField,
          because: TypedText,
        }),
      },
      config: { may: 'keep-records', records: 'record-reviewed', proof: 'form' },
    },
    async (request, reply) => {
      const { person } = request.params
      const faults: Faults = {}
      const rule = {
        label: 'The reason',
        most: 2000,
        least: 10,
        needed: 'Say in a sentence why it is still needed',
      }
      const because = readText(request.body, 'because', rule, faults)
      const record = await casework.as(request, async tx => {
        const { record } = await ownRecordOf(tx, person)
        if (!faults.because) await reviewRecord(tx, record, because)
        return record
      })
      if (!faults.because) return reply.redirect(`/register/${person}`, 303)
      return reply
        .code(422)
        .header('cache-control', 'no-store')
        .page('casework/register/views/review.njk', {
          ...reviewPage(record, because, faults),
          csrf: reply.generateCsrf(),
        })
    },
  )
}

const changePage = (record: AgencyRecord) => ({
  title: 'Change the record',
  back: backTo(record),
  action: `/register/${record.person}/change`,
  button: 'Save the record',
})

const reviewPage = (record: AgencyRecord, because: string, faults: Faults) => ({
  title: 'Review the record',
  back: backTo(record),
  action: `/register/${record.person}/review`,
  record,
  because,
  ...errorsOf(faults),
})
