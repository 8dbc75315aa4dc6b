/** Writing in a plan: strengths, their own words, needs, turning points, what they were told; changing it, ending a need. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import {
  type Faults,
  readText,
  type Typed,
  typedList,
  typedNumber,
  typedText,
} from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { dateItems } from '../../web/date-field.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { AnyForm, Uuid } from '../../web/route-schemas.ts'
import { formMarks } from '../intake/referrals/form-marks.ts'
import { findCarefulWords } from '../language/careful-words.ts'
import { exitPathways, turningPoints } from './pathways.ts'
import { isStatementKind, type StatementKind, type SubjectKind, statementKinds } from './plan.ts'
import { readStatement } from './plan-form.ts'
import { PlanAddress } from './plan-pages.ts'
import { type Plan, readPlan } from './plan-store.ts'
import {
  addStatement,
  changeStatement,
  endNeed,
  possibleGrounds,
  readStatement as readOne,
  type Statement,
} from './statement-store.ts'

const KindAddress = Type.Object({ ...PlanAddress.properties, kind: Type.String({ maxLength: 20 }) })
const OneAddress = Type.Object({ ...PlanAddress.properties, id: Uuid })

export function statementPages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/plans/:reference/say/:kind',
    { schema: { params: KindAddress }, config: { may: 'use-plans', records: 'nothing' } },
    (request, reply) => addPage(request, reply, { typed: {}, faults: {} }),
  )

  app.post(
    '/plans/:reference/say/:kind',
    {
      schema: { params: KindAddress, body: AnyForm },
      config: { may: 'use-plans', records: 'plan-statement-added', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const typed: Typed = request.body
      const faults: Faults = {}
      const kind = kindOf(request.params.kind)
      const details = readStatement(kind, typed, londonDay(clock()), faults)
      if (Object.keys(faults).length > 0) return addPage(request, reply.code(400), { typed, faults })
      const careful = carefulIn(kind, details.text)
      if (careful.length > 0 && typed.keep !== 'yes')
        return addPage(request, reply, { typed, faults, careful })
      await casework.as(
        request,
        async tx => {
          const plan = await readPlan(tx, reference)
          insistOnKind(kind, plan)
          const entries = kind === 'need' ? typedList(typed, 'entries') : []
          await addStatement(tx, plan, kind, { ...details, entries }, formMarks(typed))
        },
        { caseReference: reference },
      )
      return reply.redirect(`/plans/${reference}`, 303)
    },
  )

  app.get(
    '/plans/:reference/statements/:id',
    { schema: { params: OneAddress }, config: { may: 'use-plans', records: 'nothing' } },
    (request, reply) => changePage(request, reply, { typed: null, faults: {} }),
  )

  app.post(
    '/plans/:reference/statements/:id',
    {
      schema: { params: OneAddress, body: AnyForm },
      config: { may: 'use-plans', records: 'plan-statement-changed', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, id } = request.params
      const typed: Typed = request.body
      const faults: Faults = {}
      const outcome = await casework.as(
        request,
        async tx => {
          const plan = await readPlan(tx, reference)
          const statement = await readOne(tx, plan, id)
          const details = readStatement(statement.kind, typed, londonDay(clock()), faults)
          const careful = carefulIn(statement.kind, details.text)
          if (Object.keys(faults).length > 0) return 'faults'
          if (careful.length > 0 && typed.keep !== 'yes') return careful
          const kept = await changeStatement(tx, plan, statement, details, typedNumber(typed, 'edition'))
          return kept ? 'kept' : 'behind'
        },
        { caseReference: reference },
      )
      if (outcome === 'kept') return reply.redirect(`/plans/${reference}`, 303)
      if (outcome === 'faults') return changePage(request, reply.code(400), { typed, faults })
      if (outcome === 'behind') return changePage(request, reply.code(409), { typed, faults, behind: true })
      return changePage(request, reply, { typed, faults, careful: outcome })
    },
  )

  app.get(
    '/plans/:reference/statements/:id/end',
    { schema: { params: OneAddress }, config: { may: 'use-plans', records: 'nothing' } },
    (request, reply) => endPage(request, reply, {}, {}),
  )

  app.post(
    '/plans/:reference/statements/:id/end',
    {
      schema: { params: OneAddress, body: AnyForm },
      config: { may: 'use-plans', records: 'plan-need-ended', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, id } = request.params
      const typed: Typed = request.body
      const faults: Faults = {}
      const because = readText(
        typed,
        'because',
        {
          label: 'The answer',
          most: 2000,
          needed: 'Say in a sentence how it was met, or why it is none any more.',
        },
        faults,
      )
      if (Object.keys(faults).length > 0) return endPage(request, reply.code(400), typed, faults)
      await casework.as(
        request,
        async tx => {
          const plan = await readPlan(tx, reference)
          const need = await readOne(tx, plan, id)
          if (need.kind !== 'need') throw new NotThere()
          await endNeed(tx, plan, need, because)
        },
        { caseReference: reference },
      )
      return reply.redirect(`/plans/${reference}`, 303)
    },
  )

  interface Shown {
    typed: Typed
    faults: Faults
    careful?: { word: string; because: string }[]
  }

  async function addPage(
    request: FastifyRequest<{ Params: { reference: string; kind: string } }>,
    reply: FastifyReply,
    { typed, faults, careful = [] }: Shown,
  ) {
    const { reference } = request.params
    const kind = kindOf(request.params.kind)
    const { plan, grounds } = await casework.as(request, async tx => {
      const found = await readPlan(tx, reference)
      insistOnKind(kind, found)
      return { plan: found, grounds: kind === 'need' ? await possibleGrounds(tx, found) : [] }
    })
    const chosen = typedList(typed, 'entries')
    return reply.header('cache-control', 'no-store').page('casework/plans/views/statement.njk', {
      ...formOf(plan, kind, typed),
      title: statementKinds[kind].add,
      action: `/plans/${reference}/say/${kind}`,
      ...errorsOf(faults, { onDay: 'onDay-day' }),
      grounds: grounds.map(g => ({ ...g, checked: chosen.includes(g.id) })),
      careful,
      csrf: reply.generateCsrf(),
      hidden: { key: typedText(typed, 'key') || randomUUID() },
    })
  }

  async function changePage(
    request: FastifyRequest<{ Params: { reference: string; id: string } }>,
    reply: FastifyReply,
    {
      typed,
      faults,
      careful = [],
      behind = false,
    }: Omit<Shown, 'typed'> & { typed: Typed | null; behind?: boolean },
  ) {
    const { reference, id } = request.params
    const { plan, statement } = await casework.as(request, async tx => {
      const found = await readPlan(tx, reference)
      return { plan: found, statement: await readOne(tx, found, id) }
    })
    const shownTyped: Typed = typed ?? {
      text: statement.text,
      pathway: statement.pathway ?? '',
      turning: statement.turning ?? '',
      ...dayParts(statement),
    }
    return reply.header('cache-control', 'no-store').page('casework/plans/views/statement.njk', {
      ...formOf(plan, statement.kind, shownTyped),
      title: 'Change what you wrote',
      action: `/plans/${reference}/statements/${id}`,
      ...errorsOf(faults, { onDay: 'onDay-day' }),
      grounds: [],
      careful,
      // Both texts stay: what stands there now beside what was typed, to be sent again on top of it.
      stands: behind ? statement : null,
      csrf: reply.generateCsrf(),
      hidden: { edition: typed && !behind ? typedText(typed, 'edition') : statement.edition },
    })
  }

  async function endPage(
    request: FastifyRequest<{ Params: { reference: string; id: string } }>,
    reply: FastifyReply,
    typed: Typed,
    faults: Faults,
  ) {
    const { reference, id } = request.params
    const need = await casework.as(request, async tx => readOne(tx, await readPlan(tx, reference), id))
    if (need.kind !== 'need') throw new NotThere()
    return reply.header('cache-control', 'no-store').page('casework/plans/views/end-need.njk', {
      title: 'This need is met, or is none any more',
      reference,
      need,
      typed,
      ...errorsOf(faults),
      csrf: reply.generateCsrf(),
      back: { text: `Plan ${reference}`, href: `/plans/${reference}` },
    })
  }
}

const kindOf = (text: string): StatementKind => {
  if (!isStatementKind(text)) throw new NotThere()
  return text
}

function insistOnKind(kind: StatementKind, plan: Plan): void {
  if (!(statementKinds[kind].of as readonly SubjectKind[]).includes(plan.kind) || !plan.writes)
    throw new NotThere()
}

/** People’s own words are theirs: nobody is asked to change them. */
const carefulIn = (kind: StatementKind, text: string) => (kind === 'words' ? [] : findCarefulWords(text))

const formOf = (plan: Plan, kind: StatementKind, typed: Typed) => ({
  plan,
  kind,
  words: {
    ...statementKinds[kind],
    ...(kind === 'words' && plan.kind !== 'person' ? { label: 'What do people there say, and want?' } : {}),
  },
  typed,
  pathways: exitPathways,
  turningPoints,
  dayItems: dateItems('onDay', typed),
  back: { text: `Plan ${plan.reference}`, href: `/plans/${plan.reference}` },
})

const dayParts = ({ onDay }: Statement) =>
  Object.fromEntries(dateItems('onDay', onDay).map(({ name, value }) => [name, String(value)]))
