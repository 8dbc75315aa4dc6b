/**
 * The page about a person: what keeps them safe before what they did, each agency's record its own, the end of keeping
 * always in sight. Opening it is recorded with who, for what, and whom.
 */
import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { sharingOfPerson } from '../../governance/disclosure/sharing-of-person.ts'
import { shownSharingOfPerson } from '../../governance/disclosure/shown-sharing.ts'
import { londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { birthWords, mayBeChild } from './birth-date.ts'
import { entryFields, readEntry, type TypedEntry } from './entry-form.ts'
import { addEntry, entriesOf } from './entry-store.ts'
import { otherNames, usualName } from './names.ts'
import { personFields, readPerson, type TypedPerson, typedOf } from './person-form.ts'
import { changeRecord, ownRecord, recordsOf, reviewRecord } from './record-store.ts'
import {
  type AgencyRecord,
  type EntryKind,
  entryKinds,
  ethnicGroups,
  eventRoles,
  genders,
  informationGrades,
  natures,
  safetyKinds,
  sourceGrades,
} from './register.ts'
import { shownEntry } from './shown-entry.ts'

const NUMBER = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })
const params = Type.Object({ person: NUMBER })

export function personPages(app: WebServer, context: PageContext): void {
  const { casework, clock } = context

  app.get(
    '/register/:person',
    {
      schema: {
        params,
        querystring: Type.Object({
          kind: Type.Optional(Type.String({ maxLength: 20 })),
          compact: Type.Optional(Type.String({ maxLength: 5 })),
        }),
      },
      config: { may: 'see-people', records: 'person-opened' },
    },
    async (request, reply) => {
      const { person } = request.params
      const today = londonDay(clock())
      const kind = Object.hasOwn(entryKinds, request.query.kind ?? '')
        ? (request.query.kind as EntryKind)
        : undefined
      const seen = await casework.as(request, async tx => {
        const records = await recordsOf(tx, person)
        const [first] = records
        if (!first) return null
        const entries = await entriesOf(tx, person)
        await tx.record('person-opened', { person, kind: 'person', id: person })
        const looked = await tx.query<{ name: string; post: string; times: number; last: Date }>(
          'select * from own_agency_looked($1)',
          [person],
        )
        return {
          records,
          sharing: await sharingOfPerson(tx, person),
          first,
          entries,
          looked,
          own: records.find(r => r.agency === tx.member.agency) ?? null,
        }
      })
      if (!seen) {
        await casework.refused(request, 'person-opened', { kind: 'person', id: person })
        throw new NotThere()
      }
      const { first, entries, own } = seen
      const shown = entries.map(entry => shownEntry(entry))
      return reply.header('cache-control', 'no-store').page('casework/register/views/person.njk', {
        title: usualName(first.names),
        back: { text: 'People', href: '/register' },
        person,
        sharing: seen.sharing && shownSharingOfPerson(seen.sharing, today),
        child: mayBeChild(first.birth, today),
        bar: identityBar(first, today),
        own,
        records: seen.records.map(record => ({ ...record, name: usualName(record.names) })),
        safety: shown.filter(e => safetyKinds.includes(e.kind)),
        inEvents: shown.filter(e => e.roleInEvent !== null),
        timeline: kind ? shown.filter(e => e.kind === kind) : shown,
        total: shown.length,
        kind: kind ?? '',
        kinds: Object.entries(entryKinds).map(([value, { title }]) => ({ value, text: title })),
        compact: request.query.compact === 'yes',
        looked: seen.looked,
        brokeGlass: own === null,
      })
    },
  )

  app.get(
    '/register/:person/entry',
    {
      schema: { params, querystring: Type.Object({ kind: Type.Optional(Type.String({ maxLength: 20 })) }) },
      config: { may: 'keep-records', records: 'nothing' },
    },
    async (request, reply) => {
      const { person } = request.params
      const { record, circles } = await casework.as(request, tx => withRecord(tx, person))
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
      schema: { params, body: Type.Object({ _csrf: Type.String(), key: NUMBER, ...entryFields }) },
      config: { may: 'keep-records', records: 'entry-added', proof: 'form' },
    },
    async (request, reply) => {
      const { person } = request.params
      const { key, ...typed } = request.body
      const outcome = await casework.as(request, async tx => {
        const { record, circles } = await withRecord(tx, person)
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

  app.get(
    '/register/:person/change',
    { schema: { params }, config: { may: 'keep-records', records: 'nothing' } },
    async (request, reply) => {
      const { record } = await casework.as(request, tx => withRecord(tx, request.params.person))
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
        params,
        body: Type.Object({
          _csrf: Type.String(),
          record: NUMBER,
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

  app.post(
    '/register/:person/review',
    {
      schema: {
        params,
        body: Type.Object({
          _csrf: Type.String(),
          because: Type.Optional(Type.String({ maxLength: 20_000 })),
        }),
      },
      config: { may: 'keep-records', records: 'record-reviewed', proof: 'form' },
    },
    async (request, reply) => {
      const { person } = request.params
      const because = (request.body.because ?? '').trim()
      const problem = because.length < 10 ? 'Say in a sentence why it is still needed' : null
      const record = await casework.as(request, async tx => {
        const { record } = await withRecord(tx, person)
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

  app.get(
    '/register/:person/review',
    { schema: { params }, config: { may: 'keep-records', records: 'nothing' } },
    async (request, reply) => {
      const { record } = await casework.as(request, tx => withRecord(tx, request.params.person))
      return reply.header('cache-control', 'no-store').page('casework/register/views/review.njk', {
        ...reviewPage(record),
        csrf: reply.generateCsrf(),
        because: '',
      })
    },
  )
}

/** One's own agency's record of the person; what is not there or not theirs is not there. */
async function withRecord(
  tx: MemberTransaction,
  person: string,
): Promise<{ record: AgencyRecord; circles: { id: string; name: string }[] }> {
  const record = (await recordsOf(tx, person)).find(r => r.agency === tx.member.agency)
  if (!record) throw new NotThere()
  const circles = await tx.query<{ id: string; name: string }>(
    'select id, name from circles where id in (select viewer_circles()) order by name',
  )
  return { record, circles }
}

const identityBar = (record: AgencyRecord, today: string) => ({
  name: usualName(record.names),
  others: otherNames(record.names),
  born: birthWords(record.birth, today),
  gender: genders[record.gender as keyof typeof genders] ?? record.gender,
  reference: record.reference,
  school: record.school,
  address: [record.address, record.postcode].filter(Boolean).join(', '),
  phone: record.phone,
  sensitive: record.sensitive,
  reviewOn: record.reviewOn,
  deleteOn: record.deleteOn,
  suspendedOn: record.suspendedOn,
  owner: `${record.ownerName}, ${record.ownerPost}`,
  legalBasis: record.legalBasis,
})

const backTo = (record: AgencyRecord) => ({
  text: usualName(record.names),
  href: `/register/${record.person}`,
})

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
