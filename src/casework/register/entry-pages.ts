/** Writing an entry about a person into one's own agency's record. */
import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { londonDay } from '../../platform/calendar.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { ByPerson, csrfField, Uuid } from '../../web/route-schemas.ts'
import { entryFields, readEntry, type TypedEntry } from './entry-form.ts'
import { addEntry } from './entry-store.ts'
import { backTo, ownRecordOf } from './own-record.ts'
import {
  type AgencyRecord,
  entryKinds,
  eventRoles,
  informationGrades,
  natures,
  sourceGrades,
} from './register.ts'

export function entryPages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/register/:person/entry',
    {
      schema: {
        params: ByPerson,
        querystring: Type.Object({ kind: Type.Optional(Type.String({ maxLength: 20 })) }),
      },
      config: { may: 'keep-records', records: 'nothing' },
    },
    async (request, reply) => {
      const { person } = request.params
      const { record, circles } = await casework.as(request, tx => ownRecordOf(tx, person))
      const [year, month, day] = londonDay(clock()).split('-')
      return reply.header('cache-control', 'no-store').page('casework/register/views/entry-form.njk', {
        ...entryPage(record, circles, {
          kind: request.query.kind ?? '',
          day: String(Number(day)),
          month: String(Number(month)),
          year: year!,
        }),
        csrf: reply.generateCsrf(),
        key: randomUUID(),
      })
    },
  )

  app.post(
    '/register/:person/entry',
    {
      schema: { params: ByPerson, body: Type.Object({ ...csrfField, key: Uuid, ...entryFields }) },
      config: { may: 'keep-records', records: 'entry-added', proof: 'form' },
    },
    async (request, reply) => {
      const { person } = request.params
      const { key, ...typed } = request.body
      const outcome = await casework.as(request, async tx => {
        const { record, circles } = await ownRecordOf(tx, person)
        const { read, careful } = readEntry(
          typed as TypedEntry,
          londonDay(tx.now),
          circles.map(c => c.id),
        )
        if (read.details === null) return { record, circles, problems: read.problems, careful }
        await addEntry(tx, key, record, read.details)
        return null
      })
      if (outcome === null) return reply.redirect(`/register/${person}#timeline`, 303)
      return reply
        .code(422)
        .header('cache-control', 'no-store')
        .page('casework/register/views/entry-form.njk', {
          ...entryPage(outcome.record, outcome.circles, typed),
          csrf: reply.generateCsrf(),
          key,
          problems: outcome.problems,
          careful: outcome.careful,
          errors: true,
        })
    },
  )
}

const entryPage = (record: AgencyRecord, circles: { id: string; name: string }[], typed: TypedEntry) => ({
  title: 'Add an entry',
  back: backTo(record),
  action: `/register/${record.person}/entry`,
  typed,
  circles,
  problems: [],
  natures: Object.entries(natures).map(([value, words]) => ({ value, ...words })),
  kinds: Object.entries(entryKinds).map(([value, words]) => ({ value, ...words })),
  roles: Object.entries(eventRoles).map(([value, text]) => ({ value, text })),
  sourceGrades: Object.entries(sourceGrades).map(([value, text]) => ({ value, text: `${value}: ${text}` })),
  informationGrades: Object.entries(informationGrades).map(([value, text]) => ({
    value,
    text: `${value}: ${text}`,
  })),
})
