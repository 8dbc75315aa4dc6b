/** The access pack: gathered, decided on entry by entry, finished, and taken out to be given. */
import { Type } from 'typebox'
import { NotThere } from '../../platform/errors.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import type { MemberTransaction } from '../access/as-member.ts'
import { itemFacts, itemText, itemTitle, type PackDecision, type PackItem } from './access-pack.ts'
import { countMarks, markOthers, withoutMarks } from './names-in-text.ts'
import { decideOnItem, finishPack, gatherPack, type Pack, readPack } from './pack-store.ts'
import { type Faults, readText, type Typed } from './rights-form.ts'
import { CaseAddress } from './rights-pages.ts'
import { type RightsCase, readCase } from './rights-store.ts'

const text = Type.Optional(Type.String({ maxLength: 40_000 }))
const ItemAddress = Type.Object({
  ...CaseAddress.properties,
  item: Type.String({ pattern: '^[a-z]+-[0-9a-f-]{36}$' }),
})

const decisions: Record<PackDecision, { title: string; hint: string; tag: string }> = {
  keep: { title: 'Give it', hint: 'Nothing in it belongs to somebody else', tag: 'Given' },
  redact: {
    title: 'Give it with parts taken out',
    hint: 'What names or means others is taken out',
    tag: 'Parts taken out',
  },
  withhold: {
    title: 'Withhold it',
    hint: 'An exemption applies; the person is told that something was withheld, not what',
    tag: 'Withheld',
  },
}

export function packPages(app: WebServer, { casework }: PageContext): void {
  const trail = (reference: string) => [
    { text: 'Rights', href: '/governance/rights' },
    { text: reference, href: `/governance/rights/${reference}` },
  ]

  /** Throws NotThere where the case has no pack. */
  async function found(tx: MemberTransaction, reference: string): Promise<{ case: RightsCase; pack: Pack }> {
    const rightsCase = await readCase(tx, reference)
    const pack = await readPack(tx, rightsCase.id)
    if (!pack) throw new NotThere()
    return { case: rightsCase, pack }
  }

  const marked = (item: PackItem, pack: Pack, { given, family }: RightsCase) =>
    markOthers(
      itemText(item) ?? '',
      [
        given,
        family,
        ...pack.items.flatMap(i => (i.names ?? []).map(n => `${n.given ?? ''} ${n.family ?? ''}`)),
      ],
      pack.items.flatMap(i => [i.agency, i.to ?? '']),
    )

  app.post(
    '/governance/rights/:reference/pack',
    {
      schema: {
        params: CaseAddress,
        body: Type.Object({ _csrf: Type.String(), key: Type.String({ format: 'uuid' }) }),
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
      const { case: rightsCase, pack } = await casework.as(
        request,
        async tx => {
          const both = await found(tx, reference)
          await tx.record('access-pack-read', { kind: 'pack', id: both.pack.id })
          return both
        },
        { caseReference: reference },
      )
      const decided = new Map(pack.decisions.map(d => [d.item, d]))
      return reply.header('cache-control', 'no-store').page('governance/rights/views/pack.njk', {
        title: 'Access pack',
        breadcrumbs: trail(reference),
        reference,
        pack,
        items: pack.items.map(item => {
          const decision = decided.get(item.item)
          return {
            ...item,
            title: itemTitle(item),
            sealed: itemText(item) === null,
            marks: countMarks(marked(item, pack, rightsCase)),
            tag: decision ? decisions[decision.decision].tag : null,
          }
        }),
        undecided: pack.items.filter(item => !decided.has(item.item)).length,
        csrf: reply.generateCsrf(),
      })
    },
  )

  const itemPage = (
    rightsCase: RightsCase,
    pack: Pack,
    item: PackItem,
    typed: Typed | null,
    faults: Faults,
  ) => {
    const before = pack.decisions.find(d => d.item === item.item)
    const parts = marked(item, pack, rightsCase)
    return {
      title: itemTitle(item),
      breadcrumbs: [
        ...trail(rightsCase.reference),
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
      const { case: rightsCase, pack } = await casework.as(
        request,
        async tx => {
          const both = await found(tx, reference)
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
          _csrf: Type.String(),
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
      const typed = request.body as Typed
      const outcome = await casework.as(
        request,
        async tx => {
          const { case: rightsCase, pack } = await found(tx, reference)
          const item = pack.items.find(i => i.item === id)
          const faults: Faults = {}
          const decision = typed.decision ?? ''
          const because = readText(typed, 'because', faults, {
            missing: decision === 'keep' ? null : 'Enter why, with the exemption where one is used',
          })
          const decidedBy = readText(typed, 'decidedBy', faults, {
            missing: 'Enter who of the agency decided, as a post',
            longest: 300,
          })
          const redacted =
            decision === 'redact'
              ? readText(typed, 'redacted', faults, { missing: 'Enter what is given', longest: 20_000 })
              : null
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

  app.post(
    '/governance/rights/:reference/pack/finish',
    {
      schema: { params: CaseAddress, body: Type.Object({ _csrf: Type.String() }) },
      config: { may: 'handle-rights', records: 'access-pack-finished', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      await casework.as(request, async tx => finishPack(tx, (await found(tx, reference)).pack), {
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
      const { case: rightsCase, pack } = await casework.as(
        request,
        async tx => {
          const both = await found(tx, reference)
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
        breadcrumbs: trail(reference),
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

const isDecision = (text: string): text is PackDecision => Object.hasOwn(decisions, text)
