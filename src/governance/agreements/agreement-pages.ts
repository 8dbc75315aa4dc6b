/** Agreements: open to everybody at work, made and ended by information governance. */
import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import { type Faults, readText, type Typed, typedList } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { dateItems, dateParts } from '../../web/date-field.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { ById, csrfField, TypedText, Uuid } from '../../web/route-schemas.ts'
import { type Agency, listAgencies } from '../agencies/agency-store.ts'
import { fieldsOn, fieldTitle } from '../disclosure/disclosable-fields.ts'
import { may } from '../permissions.ts'
import { purposes } from '../purposes.ts'
import { agreementState } from './agreement.ts'
import { readAgreement } from './agreement-form.ts'
import {
  endAgreement,
  findKeptAgreement,
  type KeptAgreement,
  listAgreements,
  makeAgreement,
} from './agreement-store.ts'

const ids = Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 500 }))

const NewForm = Type.Object({
  ...csrfField,
  key: Uuid,
  title: TypedText,
  purpose: TypedText,
  legalBasis: TypedText,
  owner: TypedText,
  parties: ids,
  fields: ids,
  ...dateParts('startsOn'),
  ...dateParts('endsOn'),
})

const stateTags = {
  'in force': 'govuk-tag--green',
  'not yet in force': 'govuk-tag--blue',
  'run out': 'govuk-tag--grey',
  ended: 'govuk-tag--grey',
} as const

export function agreementPages(app: WebServer, context: PageContext): void {
  const today = () => londonDay(context.clock())
  const shown = (agreement: KeptAgreement) => {
    const state = agreementState(agreement, today())
    return {
      ...agreement,
      state: { text: state, classes: stateTags[state] },
      purposeTitle: purposes.find(p => p.id === agreement.purpose)?.title ?? agreement.purpose,
      fieldTitles: agreement.fields.map(fieldTitle),
    }
  }
  const breadcrumbs = [{ text: 'Agreements', href: '/agreements' }]

  app.get(
    '/agreements',
    { config: { may: 'see-agreements', records: 'agreements-listed' } },
    async (request, reply) => {
      const agreements = await context.casework.as(request, async tx => {
        const listed = await listAgreements(tx)
        await tx.record('agreements-listed')
        return listed
      })
      const mine = request.viewer.member?.agency ?? ''
      const all = agreements.map(shown)
      return reply.page('governance/agreements/views/agreements.njk', {
        title: 'Agreements on sharing',
        mine: all.filter(a => a.parties.includes(mine)),
        others: all.filter(a => !a.parties.includes(mine)),
        mayKeep: may(request.viewer.role, 'keep-agreements'),
      })
    },
  )

  const formPage = (
    agencies: readonly Agency[],
    body: Typed,
    faults: Faults,
  ): Record<string, unknown> & { title: string } => {
    return {
      title: 'New agreement',
      breadcrumbs,
      ...errorsOf(faults, { startsOn: 'startsOn-day', endsOn: 'endsOn-day' }),
      key: body.key ?? randomUUID(),
      typed: body,
      purposes: purposes.map(p => ({
        value: p.id,
        text: p.title,
        hint: { text: p.legalBases.join('; ') },
        checked: body.purpose === p.id,
      })),
      parties: agencies
        .filter(a => a.closedOn === null)
        .map(a => ({ value: a.id, text: a.name, checked: typedList(body, 'parties').includes(a.id) })),
      fields: fieldsOn(today()).map(f => ({
        value: f.id,
        text: f.title,
        hint: { text: f.says },
        checked: typedList(body, 'fields').includes(f.id),
      })),
      startsOn: dateItems('startsOn', body.key ? body : today()),
      endsOn: dateItems('endsOn', body),
    }
  }

  app.get(
    '/agreements/new',
    { config: { may: 'keep-agreements', records: 'nothing' } },
    async (request, reply) => {
      const agencies = await context.casework.as(request, listAgencies)
      return reply.page('governance/agreements/views/new-agreement.njk', {
        ...formPage(agencies, {}, {}),
        csrf: reply.generateCsrf(),
      })
    },
  )

  app.post(
    '/agreements/new',
    {
      schema: { body: NewForm },
      config: { may: 'keep-agreements', records: 'agreement-made', proof: 'form' },
    },
    async (request, reply) => {
      const { body } = request
      const agencies = await context.casework.as(request, listAgencies)
      const open = new Set(agencies.filter(a => a.closedOn === null).map(a => a.id))
      const faults: Faults = {}
      const made = readAgreement(body, today(), open, faults)
      if (!made) {
        return reply.code(422).page('governance/agreements/views/new-agreement.njk', {
          ...formPage(agencies, body, faults),
          csrf: reply.generateCsrf(),
        })
      }
      await context.casework.as(request, tx => makeAgreement(tx, body.key, made))
      return reply.redirect(`/agreements/${body.key}`, 303)
    },
  )

  app.get(
    '/agreements/:id',
    { schema: { params: ById }, config: { may: 'see-agreements', records: 'nothing' } },
    async (request, reply) => {
      const agreement = await context.casework.as(request, tx => findKeptAgreement(tx, request.params.id))
      if (!agreement) throw new NotThere()
      return reply.page('governance/agreements/views/agreement.njk', {
        title: agreement.title,
        breadcrumbs,
        agreement: shown(agreement),
        mayEnd: may(request.viewer.role, 'keep-agreements') && agreement.endedOn === null,
      })
    },
  )

  const endPage = (agreement: KeptAgreement, typed: string, faults: Faults) => ({
    title: 'End this agreement',
    breadcrumbs: [...breadcrumbs, { text: agreement.title, href: `/agreements/${agreement.id}` }],
    agreement: shown(agreement),
    ...errorsOf(faults),
    because: typed,
  })

  app.get(
    '/agreements/:id/end',
    { schema: { params: ById }, config: { may: 'keep-agreements', records: 'nothing' } },
    async (request, reply) => {
      const agreement = await context.casework.as(request, tx => findKeptAgreement(tx, request.params.id))
      if (!agreement || agreement.endedOn !== null) throw new NotThere()
      return reply.page('governance/agreements/views/end-agreement.njk', {
        ...endPage(agreement, '', {}),
        csrf: reply.generateCsrf(),
      })
    },
  )

  app.post(
    '/agreements/:id/end',
    {
      schema: { params: ById, body: Type.Object({ ...csrfField, because: TypedText }) },
      config: { may: 'keep-agreements', records: 'agreement-ended', proof: 'form' },
    },
    async (request, reply) => {
      const { id } = request.params
      const faults: Faults = {}
      const rule = { label: 'The reason', most: 2000, needed: 'Enter why it ends' }
      const because = readText(request.body, 'because', rule, faults)
      const agreement = await context.casework.as(request, tx => findKeptAgreement(tx, id))
      if (!agreement) throw new NotThere()
      if (faults.because) {
        return reply.code(422).page('governance/agreements/views/end-agreement.njk', {
          ...endPage(agreement, because, faults),
          csrf: reply.generateCsrf(),
        })
      }
      await context.casework.as(request, tx => endAgreement(tx, id, because))
      return reply.redirect(`/agreements/${id}`, 303)
    },
  )
}
