/** Asking another agency, opening what was asked, and refusing with a reason. */
import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { NotThere } from '../../platform/errors.ts'
import { type Faults, readText, type TextRule } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { ById, csrfField, TypedText, Uuid } from '../../web/route-schemas.ts'
import { may } from '../permissions.ts'
import { pointersOf } from './pointer-store.ts'
import { askAgency, closeRequest, findRequest, type SharingRequest } from './request-store.ts'
import { breadcrumbs } from './sharing-pages.ts'
import { shownRequest } from './shown-sharing.ts'

const byPersonAndAgency = Type.Object({ person: Uuid, agency: Type.String({ maxLength: 100 }) })

/** The rule for a text that another agency, or a reviewer, reads. */
export const textRule = (label: string, needed: string): TextRule => ({ label, most: 2000, needed })

export function requestPages(app: WebServer, context: PageContext): void {
  const { casework } = context

  app.get(
    '/sharing/people/:person/ask/:agency',
    {
      schema: { params: byPersonAndAgency },
      config: { may: 'share-information', records: 'known-to-looked-up' },
    },
    async (request, reply) => {
      const { person, agency } = request.params
      const asked = await casework.as(request, async tx => {
        const found = await pointersOf(tx, person)
        return found.limited ? null : (found.pointers.find(p => p.agency === agency) ?? null)
      })
      if (!asked) {
        await casework.refused(request, 'information-asked-for', { kind: 'person', id: person })
        throw new NotThere()
      }
      reply.header('cache-control', 'no-store')
      return reply.page('governance/disclosure/views/ask.njk', {
        title: `Ask ${asked.name}`,
        back: { text: 'Back', href: `/sharing/people/${person}` },
        person,
        agency: asked,
        key: randomUUID(),
        typed: {},
        ...errorsOf({}),
        csrf: reply.generateCsrf(),
      })
    },
  )

  app.post(
    '/sharing/people/:person/ask/:agency',
    {
      schema: {
        params: byPersonAndAgency,
        body: Type.Object({ ...csrfField, key: Uuid, question: TypedText, because: TypedText }),
      },
      config: { may: 'share-information', records: 'information-asked-for', proof: 'form' },
    },
    async (request, reply) => {
      const { person, agency } = request.params
      const { key } = request.body
      const faults: Faults = {}
      const question = readText(
        request.body,
        'question',
        textRule('What you ask', 'Enter what you ask'),
        faults,
      )
      const because = readText(
        request.body,
        'because',
        textRule('Why you need it', 'Enter why you need it, and why less would not do'),
        faults,
      )
      if (faults.question || faults.because) {
        const [asked] = await casework.as(request, tx =>
          tx.query<{ agency: string; name: string }>(
            'select id as agency, name from agencies where id = $1',
            [agency],
          ),
        )
        if (!asked) throw new NotThere()
        return reply.code(422).page('governance/disclosure/views/ask.njk', {
          title: `Ask ${asked.name}`,
          back: { text: 'Back', href: `/sharing/people/${person}` },
          person,
          agency: asked,
          key,
          typed: { question, because },
          ...errorsOf(faults),
          csrf: reply.generateCsrf(),
        })
      }
      await casework.as(request, tx => askAgency(tx, { id: key, person, to: agency, question, because }))
      return reply.redirect(`/sharing/requests/${key}`, 303)
    },
  )

  app.get(
    '/sharing/requests/:id',
    { schema: { params: ById }, config: { may: 'see-people', records: 'request-opened' } },
    async (request, reply) => {
      const { id } = request.params
      const seen = await casework.as(request, async tx => {
        const asked = await findRequest(tx, id)
        if (!asked) return null
        const [given] = await tx.query<{ id: string }>('select id from disclosures where request = $1', [id])
        const [known] = await tx.query<{ known: boolean }>('select viewer_holds($1) as known', [asked.person])
        await tx.record('request-opened', { person: asked.person, kind: 'request', id })
        return { asked, given: given?.id ?? null, ours: asked.to === tx.member.agency, known: known!.known }
      })
      if (!seen) {
        await casework.refused(request, 'request-opened', { kind: 'request', id })
        throw new NotThere()
      }
      reply.header('cache-control', 'no-store')
      return reply.page('governance/disclosure/views/request.njk', {
        title: `Request ${shownRequest(seen.asked).reference}`,
        breadcrumbs,
        request: shownRequest(seen.asked),
        given: seen.given,
        known: seen.known,
        mayAnswer: seen.ours && seen.asked.answer === null && may(request.viewer.role, 'share-information'),
      })
    },
  )

  const refusePage = (asked: SharingRequest, typed: string, faults: Faults) => ({
    title: 'Refuse this request',
    back: { text: 'Back to the request', href: `/sharing/requests/${asked.id}` },
    request: shownRequest(asked),
    because: typed,
    ...errorsOf(faults),
  })

  app.get(
    '/sharing/requests/:id/refuse',
    { schema: { params: ById }, config: { may: 'share-information', records: 'nothing' } },
    async (request, reply) => {
      const { id } = request.params
      const asked = await casework.as(request, tx => openRequest(tx, tx.member.agency, id))
      if (!asked) {
        await casework.refused(request, 'request-refused', { kind: 'request', id })
        throw new NotThere()
      }
      reply.header('cache-control', 'no-store')
      return reply.page('governance/disclosure/views/refuse.njk', {
        ...refusePage(asked, '', {}),
        csrf: reply.generateCsrf(),
      })
    },
  )

  app.post(
    '/sharing/requests/:id/refuse',
    {
      schema: { params: ById, body: Type.Object({ ...csrfField, because: TypedText }) },
      config: { may: 'share-information', records: 'request-refused', proof: 'form' },
    },
    async (request, reply) => {
      const { id } = request.params
      const faults: Faults = {}
      const rule = textRule('The reason', 'Enter why nothing is given')
      const because = readText(request.body, 'because', rule, faults)
      const asked = await casework.as(request, async tx => {
        const found = await findRequest(tx, id)
        const ours = found?.to === tx.member.agency ? found : null
        if (ours && !faults.because) await closeRequest(tx, ours, 'refused', because)
        return ours
      })
      if (!asked) {
        await casework.refused(request, 'request-refused', { kind: 'request', id })
        throw new NotThere()
      }
      if (faults.because) {
        return reply.code(422).page('governance/disclosure/views/refuse.njk', {
          ...refusePage(asked, because, faults),
          csrf: reply.generateCsrf(),
        })
      }
      return reply.redirect(`/sharing/requests/${id}`, 303)
    },
  )
}

/** A request that the agency was asked and has not answered; null for any other. */
async function openRequest(
  tx: Parameters<typeof findRequest>[0],
  agency: string,
  id: string,
): Promise<SharingRequest | null> {
  const found = await findRequest(tx, id)
  return found?.to === agency && found.answer === null ? found : null
}
