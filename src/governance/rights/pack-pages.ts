/** The access pack: gathered, finished when every entry is decided on, and taken out to be given. */
import { Type } from 'typebox'
import { NotThere } from '../../platform/errors.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { ButtonForm, csrfField, Uuid } from '../../web/route-schemas.ts'
import { itemText, itemTitle } from './access-pack.ts'
import { countMarks } from './names-in-text.ts'
import { finishPack, gatherPack } from './pack-store.ts'
import { CaseAddress } from './rights-pages.ts'
import { readCase } from './rights-store.ts'
import { caseTrail, decisions, markedText, packOf } from './shown-pack.ts'

export function packPages(app: WebServer, { casework }: PageContext): void {
  app.post(
    '/governance/rights/:reference/pack',
    {
      schema: {
        params: CaseAddress,
        body: Type.Object({ ...csrfField, key: Uuid }),
      },
      config: { may: 'handle-rights', records: 'access-pack-gathered', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      await casework.as(
        request,
        async tx => gatherPack(tx, request.body.key, await readCase(tx, reference)),
        { caseReference: reference },
      )
      return reply.redirect(`/governance/rights/${reference}/pack`, 303)
    },
  )

  app.get(
    '/governance/rights/:reference/pack',
    { schema: { params: CaseAddress }, config: { may: 'handle-rights', records: 'access-pack-read' } },
    async (request, reply) => {
      const { reference } = request.params
      const { rightsCase, pack } = await casework.as(
        request,
        async tx => {
          const both = await packOf(tx, reference)
          await tx.record('access-pack-read', { kind: 'pack', id: both.pack.id })
          return both
        },
        { caseReference: reference },
      )
      const decided = new Map(pack.decisions.map(d => [d.item, d]))
      return reply.header('cache-control', 'no-store').page('governance/rights/views/pack.njk', {
        title: 'Access pack',
        breadcrumbs: caseTrail(reference),
        reference,
        pack,
        items: pack.items.map(item => {
          const decision = decided.get(item.item)
          return {
            ...item,
            title: itemTitle(item),
            sealed: itemText(item) === null,
            marks: countMarks(markedText(item, pack, rightsCase)),
            tag: decision ? decisions[decision.decision].tag : null,
          }
        }),
        undecided: pack.items.filter(item => !decided.has(item.item)).length,
        csrf: reply.generateCsrf(),
      })
    },
  )

  app.post(
    '/governance/rights/:reference/pack/finish',
    {
      schema: { params: CaseAddress, body: ButtonForm },
      config: { may: 'handle-rights', records: 'access-pack-finished', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      await casework.as(request, async tx => finishPack(tx, (await packOf(tx, reference)).pack), {
        caseReference: reference,
      })
      return reply.redirect(`/governance/rights/${reference}/pack`, 303)
    },
  )

  app.get(
    '/governance/rights/:reference/copy.:format',
    {
      schema: {
        params: Type.Object({
          ...CaseAddress.properties,
          format: Type.Union([Type.Literal('html'), Type.Literal('json')]),
        }),
      },
      config: { may: 'handle-rights', records: 'access-pack-exported' },
    },
    async (request, reply) => {
      const { reference, format } = request.params
      const { rightsCase, pack } = await casework.as(
        request,
        async tx => {
          const both = await packOf(tx, reference)
          if (!both.pack.released) throw new NotThere()
          await tx.record('access-pack-exported', { kind: 'pack', id: both.pack.id, detail: { format } })
          return both
        },
        { caseReference: reference },
      )
      reply.header('cache-control', 'no-store')
      if (format === 'json') {
        return reply
          .header('content-disposition', `attachment; filename="${reference}.json"`)
          .type('application/json; charset=utf-8')
          .send(JSON.stringify({ reference, gatheredAt: pack.madeAt, ...pack.released }, null, 2))
      }
      return reply.page('governance/rights/views/copy.njk', {
        title: `What is held about you: ${reference}`,
        breadcrumbs: caseTrail(reference),
        case: rightsCase,
        pack,
        released: pack.released,
        agencies: [...Map.groupBy(pack.released!.items, item => item.agency)].map(([agency, items]) => ({
          agency,
          items,
        })),
      })
    },
  )
}
