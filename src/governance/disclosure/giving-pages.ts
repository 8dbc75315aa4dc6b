/** Giving, in three steps: choose the fields; see exactly what would go, and take lines out; give it. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { addDays, londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import { type Faults, readText, typedDay } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { dateItems, dateParts } from '../../web/date-field.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { csrfField, TypedText, Uuid } from '../../web/route-schemas.ts'
import type { MemberTransaction } from '../access/as-member.ts'
import { give } from './disclosure-store.ts'
import {
  answering,
  confirmFaults,
  fieldsToChoose,
  type GivingForm,
  LONGEST_DAYS,
  type Occasion,
  offering,
  type Prepared,
  prepare,
  recordBox,
  toldWords,
  USUAL_DAYS,
} from './giving.ts'
import { closeRequest } from './request-store.ts'
import { purposeTitle, shownContent, shownRequest } from './shown-sharing.ts'

const boxes = Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 2000 }))

const Body = Type.Object({
  ...csrfField,
  key: Uuid,
  fields: boxes,
  'written-summary': TypedText,
  'written-attendance': TypedText,
  entries: boxes,
  recordSeen: Type.Optional(Type.String({ maxLength: 100 })),
  because: TypedText,
  told: TypedText,
  toldDetail: TypedText,
  ...dateParts('endsOn'),
})

/** `id` of a request; or a person and the agency to which is offered. */
const Params = Type.Object({
  id: Type.Optional(Uuid),
  person: Type.Optional(Uuid),
  agency: Type.Optional(Type.String({ maxLength: 100 })),
})

type Body = Static<typeof Body>
type Params = Static<typeof Params>

/** The addresses are two, the steps the same. */
const places = ['/sharing/requests/:id/give', '/sharing/people/:person/offer/:agency'] as const

export function givingPages(app: WebServer, context: PageContext): void {
  const { casework } = context
  const today = () => londonDay(context.clock())

  const find = (tx: MemberTransaction, { id, person, agency }: Params): Promise<Occasion | null> =>
    id === undefined
      ? offering(tx, { person: person ?? '', to: agency ?? '' }, today())
      : answering(tx, id, today())

  const refuse = async (request: FastifyRequest, { id, person }: Params): Promise<never> => {
    await casework.refused(request, 'information-given', {
      kind: id ? 'request' : 'person',
      id: id ?? person ?? '',
    })
    throw new NotThere()
  }

  const page = (
    reply: FastifyReply,
    step: 'choose' | 'confirm',
    occasion: Occasion,
    path: string,
    more: {
      form: GivingForm
      prepared: Prepared | null
      key: string
      faults: Faults
      typed: Partial<Body>
    },
  ) => {
    const { form, prepared, key, faults, typed } = more
    reply.header('cache-control', 'no-store')
    return reply
      .code(Object.keys(faults).length > 0 ? 422 : 200)
      .page(`governance/disclosure/views/give-${step}.njk`, {
        title: step === 'choose' ? `What to give to ${occasion.toName}` : 'Exactly this would be given',
        back: occasion.request
          ? { text: 'Back to the request', href: `/sharing/requests/${occasion.request.id}` }
          : { text: 'Back', href: `/sharing/people/${occasion.person}` },
        csrf: reply.generateCsrf(),
        key,
        path,
        toName: occasion.toName,
        purposeTitle: purposeTitle(occasion.purpose),
        request: occasion.request && shownRequest(occasion.request),
        hasAgreement: occasion.agreements.length > 0,
        ...errorsOf(faults, { endsOn: 'endsOn-day', preview: 'preview' }),
        fields: fieldsToChoose(occasion).map(f => ({
          value: f.id,
          text: f.title,
          hint: { text: f.says },
          checked: form.fields.includes(f.id),
          written:
            f.source.from === 'written' ? { name: `written-${f.id}`, value: form.written[f.id] ?? '' } : null,
        })),
        chosen: form.fields,
        written: Object.entries(form.written).map(([name, value]) => ({ name: `written-${name}`, value })),
        parts: prepared ? shownContent(prepared.composed.content) : [],
        recordSeen: recordBox(occasion.record),
        longestDays: LONGEST_DAYS,
        typed,
        endsOn: dateItems('endsOn', typed['endsOn-day'] === undefined ? addDays(today(), USUAL_DAYS) : typed),
      })
  }

  for (const place of places) {
    app.get(
      place,
      { schema: { params: Params }, config: { may: 'share-information', records: 'nothing' } },
      async (request, reply) => {
        const occasion = await casework.as(request, tx => find(tx, request.params))
        if (!occasion) return refuse(request, request.params)
        const form = readForm({}, {})
        return page(reply, 'choose', occasion, request.url, {
          form,
          prepared: null,
          key: randomUUID(),
          faults: {},
          typed: {},
        })
      },
    )

    app.post(
      `${place}/preview`,
      {
        schema: { params: Params, body: Body },
        config: { may: 'share-information', records: 'disclosure-previewed', proof: 'form' },
      },
      async (request, reply) => {
        const { body, params } = request
        const wrong: Faults = {}
        const form = { ...readForm(body, wrong), entries: null }
        const seen = await casework.as(request, async tx => {
          const occasion = await find(tx, params)
          if (!occasion) return null
          const prepared = prepare(occasion, form, tx.member.agency, today())
          await tx.record('disclosure-previewed', {
            person: occasion.person,
            detail: { fields: Object.keys(prepared.composed.content) },
          })
          return { occasion, prepared }
        })
        if (!seen) return refuse(request, params)
        const faults = { ...seen.prepared.faults, ...wrong }
        const step = Object.keys(faults).length > 0 ? 'choose' : 'confirm'
        return page(reply, step, seen.occasion, withoutStep(request.url), {
          form,
          prepared: seen.prepared,
          key: body.key,
          faults,
          typed: {},
        })
      },
    )

    app.post(
      place,
      {
        schema: { params: Params, body: Body },
        config: { may: 'share-information', records: 'information-given', proof: 'form' },
      },
      async (request, reply) => {
        const { body, params } = request
        const wrong: Faults = {}
        const form = readForm(body, wrong)
        const done = await casework.as(request, tx => giveOrSay(tx, params, body.key, form, wrong))
        if (done === null) return refuse(request, params)
        if (done === 'given') return reply.redirect(`/sharing/disclosures/${body.key}`, 303)
        // What was written is mended where it was written.
        const step =
          done.faults['written-summary'] || done.faults['written-attendance'] ? 'choose' : 'confirm'
        return page(reply, step, done.occasion, request.url, {
          form,
          prepared: done.prepared,
          key: body.key,
          faults: done.faults,
          typed: body,
        })
      },
    )
  }

  async function giveOrSay(
    tx: MemberTransaction,
    params: Params,
    key: string,
    form: GivingForm,
    wrong: Faults,
  ) {
    // Sent twice: the first is what was given, and the request is closed by now.
    const [already] = await tx.query('select id from disclosures where id = $1', [key])
    if (already) return 'given' as const
    const occasion = await find(tx, params)
    if (!occasion) return null
    const prepared = prepare(occasion, form, tx.member.agency, today())
    const faults: Faults = { ...prepared.faults, ...confirmFaults(occasion, form, today()), ...wrong }
    if (Object.keys(faults).length > 0 || !prepared.agreement || form.endsOn === null) {
      const again = faults.preview
        ? prepare(occasion, { ...form, entries: null }, tx.member.agency, today())
        : prepared
      return { occasion, prepared: again, faults }
    }
    await give(tx, {
      id: key,
      person: occasion.person,
      request: occasion.request?.id ?? null,
      agreement: prepared.agreement.id,
      to: occasion.to,
      way: occasion.request ? 'answer' : 'offered',
      purpose: occasion.purpose,
      legalBasis: prepared.agreement.legalBasis,
      content: prepared.composed.content,
      entries: prepared.composed.entries,
      because: occasion.request
        ? `Answer to request ${shownRequest(occasion.request).reference}`
        : form.because,
      personTold: toldWords(form.told, form.toldDetail),
      endsOn: form.endsOn,
      reviewOn: null,
    })
    if (occasion.request) await closeRequest(tx, occasion.request, 'disclosed', null)
    return 'given' as const
  }
}

const withoutStep = (url: string) => url.replace(/\/preview$/, '')

/** `faults` gets a sentence for each text that cannot be used; what is missing depends on the occasion. */
function readForm(body: Partial<Body>, faults: Faults): GivingForm {
  const text = (name: string, label: string, most = 2000) => readText(body, name, { label, most }, faults)
  return {
    fields: body.fields ?? [],
    written: {
      summary: text('written-summary', 'The summary', 5000),
      attendance: text('written-attendance', 'What you wrote on attendance', 5000),
    },
    entries: body.entries ?? [],
    recordSeen: body.recordSeen ?? null,
    because: text('because', 'The reason'),
    told: body.told ?? '',
    toldDetail: text('toldDetail', 'What you wrote'),
    endsOn: typedDay(body, 'endsOn') ?? null,
  }
}
