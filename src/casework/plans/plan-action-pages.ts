/** Actions of a plan: one by one, from a playbook of the area or a template of the agency; and saving a template. */
import { createHash, randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import { type Faults, type Typed, typedText } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { dateItems } from '../../web/date-field.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { AnyForm, Uuid } from '../../web/route-schemas.ts'
import { formMarks, orKeepText } from '../intake/referrals/form-marks.ts'
import { findCarefulWords } from '../language/careful-words.ts'
import { fourPs } from '../tasking/actions/action.ts'
import { readNewAction, type TypedAction } from '../tasking/actions/action-form.ts'
import {
  actionsOf,
  colleagues,
  doingAgencies,
  insistOnMoreThanPursue,
  makeActions,
  type NewAction,
} from '../tasking/actions/action-store.ts'
import { type DayOff, INSTEAD } from '../tasking/actions/due-day.ts'
import { PlanAddress } from './plan-pages.ts'
import { type Plan, readPlan } from './plan-store.ts'
import { statementsOf } from './statement-store.ts'
import { dueOf, nameParts, readTaken, readTemplate } from './template-form.ts'
import { dropTemplate, type PlanTemplate, saveTemplate, templatesFor } from './template-store.ts'

const Need = Type.Object({ need: Type.Optional(Uuid) })
const TemplateAddress = Type.Object({
  ...PlanAddress.properties,
  template: Type.String({ pattern: '^(playbook|template)-[a-z0-9-]+$', maxLength: 100 }),
})

/** As many as a template holds. */
const MOST = 30

export function planActionPages(app: WebServer, { casework, clock, pack }: PageContext): void {
  app.get(
    '/plans/:reference/actions/new',
    { schema: { params: PlanAddress, querystring: Need }, config: { may: 'use-plans', records: 'nothing' } },
    (request, reply) => actionPage(request, reply, { typed: { need: request.query.need ?? '' }, faults: {} }),
  )

  app.post(
    '/plans/:reference/actions/new',
    {
      schema: { params: PlanAddress, body: AnyForm },
      config: { may: 'use-plans', records: 'action-made', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const typed: Typed = request.body
      const { choices, needs } = await casework.as(request, tx => choicesFor(tx, reference))
      const { action, faults, dayOff } = readNewAction(typed, londonDay(clock()), choices, {
        needsFourP: true,
      })
      const need = typedText(typed, 'need')
      if (need !== '' && !needs.some(n => n.id === need)) faults.need = 'Choose a need of this plan, or none.'
      const again = (status: number, more: Partial<Shown> = {}) =>
        actionPage(request, reply.code(status), { typed, faults, ...more })
      if (!action || Object.keys(faults).length > 0) return again(400)
      if (dayOff) return again(200, { dayOff })
      const careful = findCarefulWords(action.what)
      if (careful.length > 0 && typed.keep !== 'yes') return again(200, { careful })
      return orKeepText(
        async () => {
          await casework.as(
            request,
            async tx =>
              give(tx, await readPlan(tx, reference), [action], [formMarks(typed).key], need || null),
            { caseReference: reference },
          )
          return reply.redirect(`/plans/${reference}`, 303)
        },
        sentence => again(409, { faults: { 'main-content': sentence } }),
      )
    },
  )

  app.get(
    '/plans/:reference/templates',
    { schema: { params: PlanAddress }, config: { may: 'use-plans', records: 'nothing' } },
    async (request, reply) => {
      const { reference } = request.params
      const { plan, templates } = await casework.as(request, async tx => {
        const found = await readPlan(tx, reference)
        if (!found.writes) throw new NotThere()
        return { plan: found, templates: await templatesFor(tx, pack, found.kind) }
      })
      return reply.header('cache-control', 'no-store').page('casework/plans/views/templates.njk', {
        title: 'Playbooks and templates',
        plan,
        templates,
        csrf: reply.generateCsrf(),
        back: { text: `Plan ${reference}`, href: `/plans/${reference}` },
      })
    },
  )

  app.get(
    '/plans/:reference/templates/:template',
    { schema: { params: TemplateAddress }, config: { may: 'use-plans', records: 'nothing' } },
    (request, reply) => takePage(request, reply, null, {}),
  )

  app.post(
    '/plans/:reference/templates/:template',
    {
      schema: { params: TemplateAddress, body: AnyForm },
      config: { may: 'use-plans', records: 'action-made', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, template } = request.params
      const typed: Typed = request.body
      const { found, agencies } = await casework.as(request, async tx => ({
        found: await templateOf(tx, reference, template),
        agencies: await doingAgencies(tx, 'plan'),
      }))
      const { taken, faults } = readTaken(typed, found.actions, agencies, londonDay(clock()))
      if (Object.keys(faults).length > 0) return takePage(request, reply.code(400), typed, faults)
      const { key } = formMarks(typed)
      return orKeepText(
        async () => {
          await casework.as(
            request,
            async tx =>
              give(
                tx,
                await readPlan(tx, reference),
                taken,
                taken.map((_, i) => keyOf(key, i)),
                null,
              ),
            { caseReference: reference },
          )
          return reply.redirect(`/plans/${reference}`, 303)
        },
        sentence => takePage(request, reply.code(409), typed, { 'main-content': sentence }),
      )
    },
  )

  app.post(
    '/plans/:reference/templates/:template/drop',
    {
      schema: { params: TemplateAddress, body: AnyForm },
      config: { may: 'keep-plans', records: 'plan-template-dropped', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, template } = request.params
      const id = /^template-([0-9a-f-]{36})$/.exec(template)?.[1]
      if (!id) throw new NotThere()
      await casework.as(request, tx => dropTemplate(tx, id))
      return reply.redirect(`/plans/${reference}/templates`, 303)
    },
  )

  app.get(
    '/plans/:reference/save-template',
    { schema: { params: PlanAddress }, config: { may: 'keep-plans', records: 'nothing' } },
    (request, reply) => savePage(request, reply, null, {}),
  )

  app.post(
    '/plans/:reference/save-template',
    {
      schema: { params: PlanAddress, body: AnyForm },
      config: { may: 'keep-plans', records: 'plan-template-saved', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const typed: Typed = request.body
      const plan = await casework.as(request, tx => readPlan(tx, reference))
      const { template, faults } = readTemplate(typed, plan.kind === 'person' ? nameParts(plan.called) : [])
      if (!template) return savePage(request, reply.code(400), typed, faults)
      return orKeepText(
        async () => {
          await casework.as(request, tx =>
            saveTemplate(tx, { ...template, kind: plan.kind }, formMarks(typed)),
          )
          return reply.redirect(`/plans/${reference}/templates`, 303)
        },
        sentence => savePage(request, reply.code(409), typed, { 'main-content': sentence }),
      )
    },
  )

  const give = async (
    tx: MemberTransaction,
    plan: Plan,
    actions: readonly TypedAction[],
    keys: readonly string[],
    need: string | null,
  ) => {
    const rows: NewAction[] = actions.map(action => ({
      ...action,
      need,
      field: 'plan',
      plan: plan.id,
      placement: plan.placement,
      subject: plan.subject,
      legalBasis: plan.legalBasis,
      child: plan.child,
    }))
    await makeActions(tx, rows, keys)
    await insistOnMoreThanPursue(tx, plan.id)
  }

  const choicesFor = async (tx: MemberTransaction, reference: string) => {
    const plan = await readPlan(tx, reference)
    if (!plan.writes) throw new NotThere()
    return {
      plan,
      needs: (await statementsOf(tx, plan.id)).filter(s => s.kind === 'need' && !s.ended),
      choices: {
        own: tx.member.agency,
        agencies: await doingAgencies(tx, 'plan'),
        colleagues: await colleagues(tx),
      },
    }
  }

  async function templateOf(tx: MemberTransaction, reference: string, id: string): Promise<PlanTemplate> {
    const plan = await readPlan(tx, reference)
    const found = (await templatesFor(tx, pack, plan.kind)).find(t => t.id === id)
    if (!found || !plan.writes) throw new NotThere()
    return found
  }

  interface Shown {
    typed: Typed
    faults: Faults
    dayOff?: DayOff
    careful?: { word: string; because: string }[]
  }

  async function actionPage(
    request: FastifyRequest<{ Params: { reference: string } }>,
    reply: FastifyReply,
    { typed, faults, dayOff, careful = [] }: Shown,
  ) {
    const { reference } = request.params
    const { plan, choices, needs } = await casework.as(request, tx => choicesFor(tx, reference))
    return reply.header('cache-control', 'no-store').page('casework/plans/views/action.njk', {
      title: 'Give an action',
      plan,
      typed,
      ...errorsOf(faults, { dueOn: 'dueOn-day', startOn: 'startOn-day' }),
      choices,
      fourPs,
      needs: [
        { value: '', text: 'None of them' },
        ...needs.map(n => ({ value: n.id, text: n.text.slice(0, 90), selected: n.id === typed.need })),
      ],
      startItems: dateItems('startOn', typed),
      dueItems: dateItems('dueOn', typed),
      dayOff,
      INSTEAD,
      careful,
      csrf: reply.generateCsrf(),
      key: typedText(typed, 'key') || randomUUID(),
      back: { text: `Plan ${reference}`, href: `/plans/${reference}` },
    })
  }

  async function takePage(
    request: FastifyRequest<{ Params: { reference: string; template: string } }>,
    reply: FastifyReply,
    typed: Typed | null,
    faults: Faults,
  ) {
    const { reference, template } = request.params
    const { found, agencies, kinds } = await casework.as(request, async tx => ({
      found: await templateOf(tx, reference, template),
      agencies: await doingAgencies(tx, 'plan'),
      kinds: await tx.query<{ id: string; kind: string }>('select id, kind from agencies'),
    }))
    const today = londonDay(clock())
    const own = request.viewer.member?.agency
    const usual = (kind: string | null) => {
      if (kind === null) return own
      const fitting = agencies.filter(a => kinds.some(k => k.id === a.id && k.kind === kind))
      return (fitting.find(a => a.id === own) ?? fitting[0])?.id ?? own
    }
    return reply.header('cache-control', 'no-store').page('casework/plans/views/take-template.njk', {
      title: found.name,
      when: found.when,
      action: `/plans/${reference}/templates/${template}`,
      reference,
      rows: found.actions.map((a, i) => ({
        i,
        fourP: fourPs[a.fourP],
        take: typed === null || typed[`take-${i}`] === 'yes',
        what: typed === null ? a.what : typedText(typed, `what-${i}`),
        agencies: agencies.map(g => ({
          value: g.id,
          text: g.name,
          selected: g.id === (typed === null ? usual(a.agencyKind) : typed[`agency-${i}`]),
        })),
        dueItems: dateItems(`due-${i}`, typed === null ? dueOf(a, today) : typed),
      })),
      ...errorsOf(
        faults,
        Object.fromEntries(found.actions.map((_, i): [string, string] => [`due-${i}`, `due-${i}-day`])),
      ),
      csrf: reply.generateCsrf(),
      key: (typed && typedText(typed, 'key')) || randomUUID(),
      back: { text: 'Playbooks and templates', href: `/plans/${reference}/templates` },
    })
  }

  async function savePage(
    request: FastifyRequest<{ Params: { reference: string } }>,
    reply: FastifyReply,
    typed: Typed | null,
    faults: Faults,
  ) {
    const { reference } = request.params
    const { plan, lines } = await casework.as(request, async tx => {
      const found = await readPlan(tx, reference)
      return { plan: found, ...(await actionsOf(tx, { plan: found.id }, { limit: MOST, offset: 0 })) }
    })
    return reply.header('cache-control', 'no-store').page('casework/plans/views/save-template.njk', {
      title: 'Save as a template',
      plan,
      name: typed ? typedText(typed, 'name') : '',
      rows: lines
        .filter(line => line.fourP !== null)
        .map((line, i) => ({
          i,
          fourP: line.fourP,
          fourPWords: fourPs[line.fourP!],
          take: typed === null || typed[`take-${i}`] === 'yes',
          what: typed === null ? line.what : typedText(typed, `what-${i}`),
          days: typed === null ? 10 : typedText(typed, `days-${i}`),
        })),
      ...errorsOf(faults),
      csrf: reply.generateCsrf(),
      key: (typed && typedText(typed, 'key')) || randomUUID(),
      back: { text: `Plan ${reference}`, href: `/plans/${reference}` },
    })
  }
}

/** A number for each action of a form, the same whenever the form is sent. */
function keyOf(key: string, i: number): string {
  const hex = createHash('sha256').update(`${key}/${i}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}
