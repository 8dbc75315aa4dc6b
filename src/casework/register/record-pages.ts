/** Changing one's own agency's record of a person, and reviewing it so that it is kept. */
import { Type } from 'typebox'
import { londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { ByPerson, csrfField, TypedText, Uuid } from '../../web/route-schemas.ts'
import { backTo, ownRecordOf } from './own-record.ts'
import { personFields, readPerson, type TypedPerson, typedOf } from './person-form.ts'
import { changeRecord, ownRecord, reviewRecord } from './record-store.ts'
import { type AgencyRecord, ethnicGroups, genders } from './register.ts'

export function recordPages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/register/:person/change',
    { schema: { params: ByPerson }, config: { may: 'keep-records', records: 'nothing' } },
    async (request, reply) => {
      const { record } = await casework.as(request, tx => ownRecordOf(tx, request.params.person))
      return reply.header('cache-control', 'no-store').page('casework/register/views/person-form.njk', {
        ...changePage(record),
        csrf: reply.generateCsrf(),
        typed: typedOf(record),
        keys: { record: record.id, edition: record.edition },
      })
    },
  )

  app.post(
    '/register/:person/change',
    {
      schema: {
        params: ByPerson,
        body: Type.Object({
          ...csrfField,
          record: Uuid,
          edition: Type.Integer({ minimum: 1 }),
          ...personFields,
        }),
      },
      config: { may: 'keep-records', records: 'record-changed', proof: 'form' },
    },
    async (request, reply) => {
      const { person } = request.params
      const { record: id, edition, ...typed } = request.body
      const read = readPerson(typed as TypedPerson, londonDay(clock()))
      const outcome = await casework.as(request, async tx => {
        const record = await ownRecord(tx, id)
        if (record?.person !== person) throw new NotThere()
        if (read.details === null) return { record, problems: read.problems }
        return (await changeRecord(tx, record, read.details, edition)) ? null : { record, problems: null }
      })
      if (outcome === null) return reply.redirect(`/register/${person}`, 303)
      const { record, problems } = outcome
      reply.header('cache-control', 'no-store').code(problems ? 422 : 409)
      return reply.page('casework/register/views/person-form.njk', {
        ...changePage(record),
        csrf: reply.generateCsrf(),
        typed,
        // Both texts stay: what stands there now beside what was typed, to be sent again on top of it.
        stands: problems ? null : typedOf(record),
        keys: { record: record.id, edition: problems ? edition : record.edition },
        problems: problems ?? [],
        errors: problems !== null,
      })
    },
  )

  app.get(
    '/register/:person/review',
    { schema: { params: ByPerson }, config: { may: 'keep-records', records: 'nothing' } },
    async (request, reply) => {
      const { record } = await casework.as(request, tx => ownRecordOf(tx, request.params.person))
      return reply.header('cache-control', 'no-store').page('casework/register/views/review.njk', {
        ...reviewPage(record),
        csrf: reply.generateCsrf(),
        because: '',
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
      const because = (request.body.because ?? '').trim()
      const problem = because.length < 10 ? 'Say in a sentence why it is still needed' : null
      const record = await casework.as(request, async tx => {
        const { record } = await ownRecordOf(tx, person)
        if (problem === null) await reviewRecord(tx, record, because)
        return record
      })
      if (problem === null) return reply.redirect(`/register/${person}`, 303)
      return reply
        .code(422)
        .header('cache-control', 'no-store')
        .page('casework/register/views/review.njk', {
          ...reviewPage(record),
          csrf: reply.generateCsrf(),
          because,
          problem,
          errors: true,
        })
    },
  )
}

const changePage = (record: AgencyRecord) => ({
  title: 'Change the record',
  back: backTo(record),
  action: `/register/${record.person}/change`,
  button: 'Save the record',
  problems: [],
  genders: Object.entries(genders).map(([value, text]) => ({ value, text })),
  ethnicGroups: Object.entries(ethnicGroups).map(([value, text]) => ({ value, text })),
})

const reviewPage = (record: AgencyRecord) => ({
  title: 'Review the record',
  back: backTo(record),
  action: `/register/${record.person}/review`,
  record,
})
