/** Writing an entry about a person into one's own agency's record. */
import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { type Day, londonDay } from '../../platform/calendar.ts'
import type { Faults, Typed } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { dateItems } from '../../web/date-field.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { andAnyFields, ByPerson, csrfField, Uuid } from '../../web/route-schemas.ts'
import { readEntry } from './entry-form.ts'
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
      return reply.header('cache-control', 'no-store').page('casework/register/views/entry-form.njk', {
        ...entryPage(record, circles, { kind: request.query.kind }, londonDay(clock()), {}),
        csrf: reply.generateCsrf(),
        key: randomUUID(),
      })
    },
  )

  app.post(
    '/register/:person/entry',
    {
      schema: { params: ByPerson, body: Type.Object({ ...csrfField, key: Uuid }, andAnyFields) },
      config: { may: 'keep-records', records: 'entry-added', proof: 'form' },
    },
    async (request, reply) => {
      const { person } = request.params
      const typed = request.body
      const faults: Faults = {}
      const outcome = await casework.as(request, async tx => {
        const { record, circles } = await ownRecordOf(tx, person)
        const mine = circles.map(c => c.id)
        const { details, careful } = readEntry(typed, londonDay(tx.now), mine, faults)
        if (details === null) return { record, circles, careful }
        await addEntry(tx, typed.key, record, details)
        return null
      })
      if (outcome === null) return reply.redirect(`/register/${person}#timeline`, 303)
      return reply
        .code(422)
        .header('cache-control', 'no-store')
        .page('casework/register/views/entry-form.njk', {
          ...entryPage(outcome.record, outcome.circles, typed, typed, faults),
          csrf: reply.generateCsrf(),
          key: typed.key,
          careful: outcome.careful,
        })
    },
  )
}

const entryPage = (
  record: AgencyRecord,
  circles: { id: string; name: string }[],
  typed: Typed,
  occurredOn: Typed | Day,
  faults: Faults,
) => ({
  title: 'Add an entry',
  back: backTo(record),
  action: `/register/${record.person}/entry`,
  typed,
  circles:
    circles.length > 0
      ? [{ value: '', text: 'No: my agency' }, ...circles.map(c => ({ value: c.id, text: c.name }))]
      : [],
  occurredOn: dateItems('occurredOn', occurredOn),
  ...errorsOf(faults, { occurredOn: 'occurredOn-day' }),
  natures: Object.entries(natures).map(radio),
  kinds: Object.entries(entryKinds).map(radio),
  roles: [
    { value: '', text: 'None' },
    ...Object.entries(eventRoles).map(([value, text]) => ({ value, text })),
  ],
  sourceGrades: [notGraded, ...Object.entries(sourceGrades).map(graded)],
  informationGrades: [notGraded, ...Object.entries(informationGrades).map(graded)],
})

const radio = ([value, { title, hint }]: [string, { title: string; hint: string }]) => ({
  value,
  text: title,
  hint: { text: hint },
})
const notGraded = { value: '', text: 'Not graded' }
const graded = ([value, text]: [string, string]) => ({ value, text: `${value}: ${text}` })
