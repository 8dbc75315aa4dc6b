/** Writing down what there is to mind inside, and that it is over. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import { type Faults, readText, type Typed, typedText } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { dateItems } from '../../web/date-field.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { AnyForm, Uuid } from '../../web/route-schemas.ts'
import { formMarks } from '../intake/referrals/form-marks.ts'
import { type FoundWord, findCarefulWords } from '../language/careful-words.ts'
import { findInadmissibleGrounds } from '../language/inadmissible-grounds.ts'
import { natures } from '../register/register.ts'
import { type InsideKind, insideKinds, isInsideKind } from './custody.ts'
import { readInside } from './custody-form.ts'
import { CustodyAddress } from './custody-pages.ts'
import { readSpell } from './custody-store.ts'
import { addInside, endInside, insideToEnd } from './inside-store.ts'

const KindAddress = Type.Object({ ...CustodyAddress.properties, kind: Type.String({ maxLength: 20 }) })
const OneAddress = Type.Object({ ...CustodyAddress.properties, id: Uuid })

export function insidePages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/custody/:reference/mind/:kind',
    { schema: { params: KindAddress }, config: { may: 'keep-custody', records: 'nothing' } },
    (request, reply) => addPage(request, reply, { typed: {}, faults: {} }),
  )

  app.post(
    '/custody/:reference/mind/:kind',
    {
      schema: { params: KindAddress, body: AnyForm },
      config: { may: 'keep-custody', records: 'custody-concern-added', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const kind = kindOf(request.params.kind)
      const typed: Typed = request.body
      const faults: Faults = {}
      const details = readInside(typed, londonDay(clock()), faults)
      if (Object.keys(faults).length > 0) return addPage(request, reply.code(400), { typed, faults })
      // R4 and R26: asked once, and kept if it is meant.
      const careful = [...findCarefulWords(details.text), ...findInadmissibleGrounds(details.text)]
      if (careful.length > 0 && typed.keep !== 'yes')
        return addPage(request, reply, { typed, faults, careful })
      await casework.as(
        request,
        async tx => addInside(tx, await readSpell(tx, reference), kind, details, formMarks(typed)),
        { caseReference: reference },
      )
      return reply.redirect(`/custody/${reference}#${kind}`, 303)
    },
  )

  app.get(
    '/custody/:reference/inside/:id/end',
    { schema: { params: OneAddress }, config: { may: 'keep-custody', records: 'nothing' } },
    (request, reply) => endPage(request, reply, {}, {}),
  )

  app.post(
    '/custody/:reference/inside/:id/end',
    {
      schema: { params: OneAddress, body: AnyForm },
      config: { may: 'keep-custody', records: 'custody-concern-ended', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, id } = request.params
      const typed: Typed = request.body
      const faults: Faults = {}
      const because = readText(
        typed,
        'because',
        { label: 'The answer', most: 2000, needed: 'Say in a sentence why it is over.' },
        faults,
      )
      if (Object.keys(faults).length > 0) return endPage(request, reply.code(400), typed, faults)
      await casework.as(
        request,
        async tx => {
          const spell = await readSpell(tx, reference)
          await endInside(tx, spell, await insideToEnd(tx, spell, id), because)
        },
        { caseReference: reference },
      )
      return reply.redirect(`/custody/${reference}`, 303)
    },
  )

  async function addPage(
    request: FastifyRequest<{ Params: { reference: string; kind: string } }>,
    reply: FastifyReply,
    { typed, faults, careful = [] }: { typed: Typed; faults: Faults; careful?: FoundWord[] },
  ) {
    const { reference } = request.params
    const kind = kindOf(request.params.kind)
    const spell = await casework.as(request, tx => readSpell(tx, reference))
    if (!spell.writes) throw new NotThere()
    return reply.header('cache-control', 'no-store').page('casework/custody/views/inside.njk', {
      title: insideKinds[kind].add,
      spell,
      kind,
      words: insideKinds[kind],
      typed,
      natures: Object.entries(natures).map(([value, { title, hint }]) => ({
        value,
        text: title,
        hint: { text: hint },
        checked: typed.nature === value,
      })),
      dayItems: dateItems('onDay', typed),
      careful,
      ...errorsOf(faults, { onDay: 'onDay-day' }),
      csrf: reply.generateCsrf(),
      key: typedText(typed, 'key') || randomUUID(),
      back: { text: reference, href: `/custody/${reference}` },
    })
  }

  async function endPage(
    request: FastifyRequest<{ Params: { reference: string; id: string } }>,
    reply: FastifyReply,
    typed: Typed,
    faults: Faults,
  ) {
    const { reference, id } = request.params
    const one = await casework.as(request, async tx => insideToEnd(tx, await readSpell(tx, reference), id))
    return reply.header('cache-control', 'no-store').page('casework/custody/views/end-inside.njk', {
      title: 'It is over',
      reference,
      one,
      typed,
      ...errorsOf(faults),
      csrf: reply.generateCsrf(),
      back: { text: reference, href: `/custody/${reference}` },
    })
  }
}

const kindOf = (text: string): InsideKind => {
  if (!isInsideKind(text)) throw new NotThere()
  return text
}
