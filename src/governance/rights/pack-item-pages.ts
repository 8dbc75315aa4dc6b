/** One entry of an access pack: read with marks where others may be named, and what its agency decides. */
import { Type } from 'typebox'
import { NotThere } from '../../platform/errors.ts'
import { type Faults, readText, type Typed, typedText } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { csrfField } from '../../web/route-schemas.ts'
import { itemFacts, itemText, itemTitle, type PackDecision, type PackItem } from './access-pack.ts'
import { countMarks, withoutMarks } from './names-in-text.ts'
import { decideOnItem, type Pack } from './pack-store.ts'
import { caseText } from './rights-form.ts'
import { CaseAddress } from './rights-pages.ts'
import type { RightsCase } from './rights-store.ts'
import { caseTrail, decisions, isDecision, markedText, packOf } from './shown-pack.ts'

const text = Type.Optional(Type.String({ maxLength: 40_000 }))
const ItemAddress = Type.Object({
  ...CaseAddress.properties,
  item: Type.String({ pattern: '^[a-z]+-[0-9a-f-]{36}$' }),
})

export function packItemPages(app: WebServer, { casework }: PageContext): void {
  const itemPage = (
    rightsCase: RightsCase,
    pack: Pack,
    item: PackItem,
    typed: Typed | null,
    faults: Faults,
  ) => {
    const before = pack.decisions.find(d => d.item === item.item)
    const parts = markedText(item, pack, rightsCase)
    return {
      title: itemTitle(item),
      breadcrumbs: [
        ...caseTrail(rightsCase.reference),
        { text: 'Access pack', href: `/governance/rights/${rightsCase.reference}/pack` },
      ],
      ...errorsOf(faults),
      reference: rightsCase.reference,
      item,
      place: pack.items.indexOf(item) + 1,
      of: pack.items.length,
      facts: itemFacts(item),
      parts,
      marks: countMarks(parts),
      sealed: itemText(item) === null,
      choices: (Object.keys(decisions) as PackDecision[]).map(value => ({
        value,
        text: decisions[value].title,
        hint: { text: decisions[value].hint },
        checked: (typed?.decision ?? before?.decision) === value,
      })),
      redacted: typed?.redacted ?? before?.redacted ?? withoutMarks(parts),
      because: typed?.because ?? before?.because ?? '',
      decidedBy: typed?.decidedBy ?? before?.decidedBy ?? '',
    }
  }

  app.get(
    '/governance/rights/:reference/pack/:item',
    { schema: { params: ItemAddress }, config: { may: 'handle-rights', records: 'access-pack-read' } },
    async (request, reply) => {
      const { reference } = request.params
      const { rightsCase, pack } = await casework.as(
        request,
        async tx => {
          const both = await packOf(tx, reference)
          await tx.record('access-pack-read', {
            kind: 'pack',
            id: both.pack.id,
            detail: { item: request.params.item },
          })
          return both
        },
        { caseReference: reference },
      )
      const item = pack.items.find(i => i.item === request.params.item)
      if (!item) throw new NotThere()
      return reply.header('cache-control', 'no-store').page('governance/rights/views/pack-item.njk', {
        ...itemPage(rightsCase, pack, item, null, {}),
        csrf: reply.generateCsrf(),
      })
    },
  )

  app.post(
    '/governance/rights/:reference/pack/:item',
    {
      schema: {
        params: ItemAddress,
        body: Type.Object({
          ...csrfField,
          decision: text,
          redacted: text,
          because: text,
          decidedBy: text,
        }),
      },
      config: { may: 'handle-rights', records: 'access-pack-decided', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, item: id } = request.params
      const typed: Typed = request.body
      const outcome = await casework.as(
        request,
        async tx => {
          const { rightsCase, pack } = await packOf(tx, reference)
          const item = pack.items.find(i => i.item === id)
          const faults: Faults = {}
          const decision = typedText(typed, 'decision')
          const needed = decision === 'keep' ? undefined : 'Enter why, with the exemption where one is used'
          const because = readText(typed, 'because', caseText('The reason', needed), faults)
          const who = caseText('Who decided', 'Enter who of the agency decided, as a post', 300)
          const decidedBy = readText(typed, 'decidedBy', who, faults)
          const given = caseText('What is given', 'Enter what is given', 20_000)
          const redacted = decision === 'redact' ? readText(typed, 'redacted', given, faults) : null
          if (!isDecision(decision)) faults.decision = 'Choose what becomes of it'
          if (item && (Object.keys(faults).length > 0 || !isDecision(decision))) {
            return { faulty: itemPage(rightsCase, pack, item, typed, faults) }
          }
          if (!isDecision(decision)) throw new NotThere()
          await decideOnItem(tx, pack, { item: id, decision, redacted, because, decidedBy })
          const done = new Set([...pack.decisions.map(d => d.item), id])
          return { next: pack.items.find(i => !done.has(i.item))?.item ?? null }
        },
        { caseReference: reference },
      )
      if (outcome.faulty) {
        return reply
          .code(422)
          .header('cache-control', 'no-store')
          .page('governance/rights/views/pack-item.njk', {
            ...outcome.faulty,
            csrf: reply.generateCsrf(),
          })
      }
      const at = `/governance/rights/${reference}/pack`
      return reply.redirect(outcome.next ? `${at}/${outcome.next}` : at, 303)
    },
  )
}
