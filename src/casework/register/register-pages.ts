/** Finding somebody in one's own agency's register, and adding somebody new. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { londonDay } from '../../platform/calendar.ts'
import { type Faults, readText, type Typed } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { dateItems } from '../../web/date-field.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { andAnyFields, csrfField, TypedText, Uuid } from '../../web/route-schemas.ts'
import { ethnicGroups, genders, NOT_KNOWN } from '../self-description.ts'
import { birthWords, mayBeChild } from './birth-date.ts'
import { type FoundPerson, findPeople, MOST_FOUND } from './find-people.ts'
import { LONGEST_NAME, otherNames, usualName } from './names.ts'
import { readPerson } from './person-form.ts'
import { addRecord } from './record-store.ts'

const TITLE = 'People'

export function registerPages(app: WebServer, context: PageContext): void {
  // A name is looked for by a form that is sent, never by an address: addresses stay in histories and logs.
  const findPage = (reply: FastifyReply, asked: string, faults: Faults, more: Record<string, unknown>) =>
    reply
      .code(faults.name ? 422 : 200)
      .header('cache-control', 'no-store')
      .page('casework/register/views/find.njk', {
        title: TITLE,
        csrf: reply.generateCsrf(),
        asked,
        found: null,
        ...errorsOf(faults),
        ...more,
      })

  app.get('/register', { config: { may: 'see-people', records: 'nothing' } }, (_request, reply) =>
    findPage(reply, '', {}, {}),
  )

  app.post(
    '/register',
    {
      schema: { body: Type.Object({ ...csrfField, name: TypedText }) },
      config: { may: 'see-people', records: 'people-searched', proof: 'form', rateLimit: { max: 120 } },
    },
    async (request, reply) => {
      const faults: Faults = {}
      const asked = readText(request.body, 'name', { label: 'The name', most: LONGEST_NAME }, faults)
      if (faults.name) return findPage(reply, asked, faults, {})
      const today = londonDay(context.clock())
      const found = await context.casework.as(request, async tx => {
        const result = await findPeople(tx, asked)
        await tx.record('people-searched', { detail: { found: result.people.length } })
        return result
      })
      return findPage(reply, asked, faults, {
        empty: asked === '',
        most: MOST_FOUND,
        found: { more: found.more, people: found.people.map(person => shown(person, today)) },
      })
    },
  )

  app.get('/register/new', { config: { may: 'keep-records', records: 'nothing' } }, (_request, reply) =>
    reply.header('cache-control', 'no-store').page('casework/register/views/person-form.njk', {
      ...formPage({}, {}),
      csrf: reply.generateCsrf(),
      keys: { record: randomUUID(), person: randomUUID() },
    }),
  )

  app.post(
    '/register/new',
    {
      schema: {
        body: Type.Object({ ...csrfField, record: Uuid, person: Uuid }, andAnyFields),
      },
      config: { may: 'keep-records', records: 'person-added', proof: 'form' },
    },
    async (request, reply) => {
      const { record, person } = request.body
      const typed: Typed = request.body
      const faults: Faults = {}
      const today = londonDay(context.clock())
      reply.header('cache-control', 'no-store')
      const details = readPerson(typed, today, faults)
      const again = (more: Record<string, unknown>, status = 200) =>
        reply.code(status).page('casework/register/views/person-form.njk', {
          ...formPage(typed, faults),
          csrf: reply.generateCsrf(),
          keys: { record, person },
          ...more,
        })
      if (Object.keys(faults).length > 0) return again({}, 422)
      const outcome = await context.casework.as(request, async tx => {
        if (typed.different !== 'yes') {
          const name = usualName(details.names)
          const near = await findPeople(tx, name, details.birth?.known === 'day' ? details.birth.date : null)
          const others = near.people.filter(p => p.record !== record)
          if (others.length > 0 && !near.people.some(p => p.record === record))
            return { same: others, person: null }
        }
        const legalBasis = legalBasisOf(tx.member.purpose)
        return { same: null, person: await addRecord(tx, record, person, details, legalBasis) }
      })
      if (outcome.same) {
        return again({ same: outcome.same.slice(0, 5).map(p => shown(p, today)) })
      }
      return reply.redirect(`/register/${outcome.person}`, 303)
    },
  )
}

/** The usual basis of a purpose; where another holds, the record says so in an entry. */
export const legalBasisOf = (purpose: string | null): string =>
  purpose === 'violence-prevention'
    ? 'Police, Crime, Sentencing and Courts Act 2022, section 16'
    : purpose === 'support'
      ? 'UK GDPR, article 6(1)(e), public task'
      : 'Children Act 2004, sections 10 and 11; Care Act 2014, sections 42 to 45'

const formPage = (typed: Typed, faults: Faults) => ({
  title: 'Add a person',
  back: { text: TITLE, href: '/register' },
  action: '/register/new',
  button: 'Add this person',
  ...personForm(typed, faults),
})

/** What the form about a person shows, whether they are added or their record is changed. */
export const personForm = (typed: Typed, faults: Faults) => ({
  typed,
  birthDate: dateItems('birthDate', typed),
  genders: orNotKnown(genders),
  ethnicGroups: orNotKnown(ethnicGroups),
  ...errorsOf(faults, { birthDate: 'birthDate-day' }),
})

const orNotKnown = (choices: Record<string, string>) => [
  { value: '', text: NOT_KNOWN },
  ...Object.entries(choices).map(([value, text]) => ({ value, text })),
]

const shown = (found: FoundPerson, today: string) => ({
  ...found,
  name: usualName(found.names),
  others: otherNames(found.names),
  born: birthWords(found.birth, today),
  child: mayBeChild(found.birth, today),
})
