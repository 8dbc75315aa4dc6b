/** Steps in a plan: its aim, reviewing it, handing it over, saying why it only pursues, closing it; and its members. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { retentionDates } from '../../governance/retention/retention-dates.ts'
import { type Day, londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import {
  type Faults,
  readText,
  type Typed,
  typedDay,
  typedList,
  typedNumber,
  typedText,
} from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { dateItems } from '../../web/date-field.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { AnyForm } from '../../web/route-schemas.ts'
import { formMarks, orKeepText } from '../intake/referrals/form-marks.ts'
import { findCarefulWords } from '../language/careful-words.ts'
import { colleagues } from '../tasking/actions/action-store.ts'
import { insist, type PlanMove } from './plan.ts'
import { readPlanWords } from './plan-form.ts'
import { PlanAddress } from './plan-pages.ts'
import {
  changeWords,
  movePlan,
  nameMembers,
  type Plan,
  type PlanMoveForm,
  peopleOf,
  possibleMembers,
  readPlan,
} from './plan-store.ts'

type Step = 'review' | 'close' | 'hand-over' | 'pursue-alone' | 'reopen'

interface StepWords {
  title: string
  /** What is asked, and the sentence where it is empty; null where nothing needs saying. */
  text: { label: string; hint?: string; needed: string; detail: 'because' | 'outcome' | 'note' }
  asks?: 'review' | 'colleague'
  button: string
}

const steps: Record<Step, StepWords> = {
  review: {
    title: 'Review the plan',
    text: {
      label: 'What has changed since the last review?',
      hint: 'For whom it is about: what goes better, what does not, and what follows from that for the plan.',
      needed: 'Say in a sentence what has changed.',
      detail: 'note',
    },
    asks: 'review',
    button: 'Keep it until the next review',
  },
  close: {
    title: 'Close the plan',
    text: {
      label: 'What came of it?',
      hint: 'Nobody writes in it any more, and it is deleted within a year. Open actions stay in the log.',
      needed: 'Say what came of it.',
      detail: 'outcome',
    },
    button: 'Close the plan',
  },
  'hand-over': {
    title: 'Hand the plan over',
    text: { label: 'A note (optional)', needed: '', detail: 'note' },
    asks: 'colleague',
    button: 'Hand it over',
  },
  'pursue-alone': {
    title: 'Why it holds nothing but Pursue',
    text: {
      label: 'Why is there nothing under Prevent, Protect or Prepare?',
      hint: 'It stands in the plan, for every member to read.',
      needed: 'Say why.',
      detail: 'because',
    },
    button: 'Record the reason',
  },
  reopen: {
    title: 'Open the plan again',
    text: { label: 'Why?', needed: 'Say in a sentence why it is needed again.', detail: 'because' },
    asks: 'review',
    button: 'Open it again',
  },
}

const isStep = (text: string): text is Step => Object.hasOwn(steps, text)

const StepAddress = Type.Object({ ...PlanAddress.properties, step: Type.String({ maxLength: 20 }) })
const MemberAddress = Type.Object({
  ...PlanAddress.properties,
  agency: Type.String({ maxLength: 100 }),
})

export function planStepPages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/plans/:reference/change',
    { schema: { params: PlanAddress }, config: { may: 'keep-plans', records: 'nothing' } },
    (request, reply) => changePage(request, reply, { typed: null, faults: {} }),
  )

  app.post(
    '/plans/:reference/change',
    {
      schema: { params: PlanAddress, body: AnyForm },
      config: { may: 'keep-plans', records: 'plan-moved', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const typed: Typed = request.body
      const faults: Faults = {}
      const words = readPlanWords(typed, faults)
      if (Object.keys(faults).length > 0) return changePage(request, reply.code(400), { typed, faults })
      const careful = findCarefulWords(words.aim)
      if (careful.length > 0 && typed.keep !== 'yes')
        return changePage(request, reply, { typed, faults, careful })
      return orKeepText(
        async () => {
          const kept = await casework.as(
            request,
            async tx =>
              changeWords(tx, await readPlan(tx, reference), words, {
                edition: typedNumber(typed, 'edition'),
                key: formMarks(typed).key,
              }),
            { caseReference: reference },
          )
          if (!kept) return changePage(request, reply.code(409), { typed, faults, behind: true })
          return reply.redirect(`/plans/${reference}`, 303)
        },
        sentence => changePage(request, reply.code(409), { typed, faults: { 'main-content': sentence } }),
      )
    },
  )

  app.get(
    '/plans/:reference/members',
    {
      schema: {
        params: PlanAddress,
        querystring: Type.Object({ agency: Type.Optional(Type.String({ maxLength: 100 })) }),
      },
      config: { may: 'keep-plans', records: 'nothing' },
    },
    (request, reply) => membersPage(request, reply, request.query.agency ?? '', {}),
  )

  app.post(
    '/plans/:reference/members',
    {
      schema: { params: PlanAddress, body: AnyForm },
      config: { may: 'keep-plans', records: 'plan-moved', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const typed: Typed = request.body
      const toAgency = typedText(typed, 'agency')
      return orKeepText(
        async () => {
          await move(request, reference, 'add-member', {
            ...formMarks(typed),
            toAgency,
            users: typedList(typed, 'user'),
          })
          return reply.redirect(`/plans/${reference}/members`, 303)
        },
        sentence => membersPage(request, reply.code(409), toAgency, { 'main-content': sentence }),
      )
    },
  )

  app.post(
    '/plans/:reference/members/:agency/remove',
    {
      schema: { params: MemberAddress, body: AnyForm },
      config: { may: 'keep-plans', records: 'plan-moved', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, agency } = request.params
      await move(request, reference, 'remove-member', { ...formMarks(request.body), toAgency: agency })
      const left = agency === request.viewer.member?.agency
      return reply.redirect(left ? '/plans' : `/plans/${reference}/members`, 303)
    },
  )

  app.post(
    '/plans/:reference/members/:agency/people',
    {
      schema: { params: MemberAddress, body: AnyForm },
      config: { may: 'keep-plans', records: 'plan-moved', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, agency } = request.params
      await casework.as(
        request,
        async tx => nameMembers(tx, await readPlan(tx, reference), agency, typedList(request.body, 'user')),
        { caseReference: reference },
      )
      return reply.redirect(`/plans/${reference}/members`, 303)
    },
  )

  app.get(
    '/plans/:reference/:step',
    { schema: { params: StepAddress }, config: { may: 'keep-plans', records: 'nothing' } },
    async (request, reply) => stepPage(request, reply, {}, {}),
  )

  app.post(
    '/plans/:reference/:step',
    {
      schema: { params: StepAddress, body: AnyForm },
      config: { may: 'keep-plans', records: 'plan-moved', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, step } = request.params
      if (!isStep(step)) throw new NotThere()
      const typed: Typed = request.body
      const faults: Faults = {}
      const form = readStep(step, typed, londonDay(clock()), faults)
      if (Object.keys(faults).length > 0) return stepPage(request, reply.code(400), typed, faults)
      return orKeepText(
        async () => {
          await move(request, reference, step, { ...formMarks(typed), ...form })
          return reply.redirect(`/plans/${reference}`, 303)
        },
        sentence => stepPage(request, reply.code(409), typed, { 'main-content': sentence }),
      )
    },
  )

  const move = (
    request: FastifyRequest,
    reference: string,
    name: Exclude<PlanMove, 'make' | 'change'>,
    form: PlanMoveForm,
  ) => casework.as(request, tx => movePlan(tx, reference, name, form), { caseReference: reference })

  async function changePage(
    request: FastifyRequest<{ Params: { reference: string } }>,
    reply: FastifyReply,
    {
      typed,
      faults,
      careful = [],
      behind = false,
    }: {
      typed: Typed | null
      faults: Faults
      careful?: { word: string; because: string }[]
      behind?: boolean
    },
  ) {
    const { reference } = request.params
    const plan = await casework.as(request, async tx => {
      const found = await readPlan(tx, reference)
      insist('change', found.state, found.mover)
      return found
    })
    return reply.header('cache-control', 'no-store').page('casework/plans/views/change.njk', {
      title: 'Change the aim',
      plan,
      typed: typed ?? { called: plan.called, aim: plan.aim },
      ...errorsOf(faults),
      stands: behind ? plan : null,
      careful,
      csrf: reply.generateCsrf(),
      key: (typed && typedText(typed, 'key')) || randomUUID(),
      edition: typed && !behind ? typedText(typed, 'edition') : plan.edition,
      back: { text: `Plan ${reference}`, href: `/plans/${reference}` },
    })
  }

  async function membersPage(
    request: FastifyRequest<{ Params: { reference: string } }>,
    reply: FastifyReply,
    chosen: string,
    faults: Faults,
  ) {
    const { reference } = request.params
    const { plan, possible, people, own } = await casework.as(request, async tx => {
      const found = await readPlan(tx, reference)
      if (!found.mover.member) throw new NotThere()
      const agencies = found.mover.lead && found.state === 'open' ? await possibleMembers(tx) : []
      const others = agencies.filter(a => !found.members.some(m => m.agency === a.id))
      const mine = found.members.find(m => m.agency === tx.member.agency) ?? null
      return {
        plan: found,
        possible: others,
        people: others.some(a => a.id === chosen) ? await peopleOf(tx, chosen) : null,
        own: mine && { ...mine, people: await peopleOf(tx, mine.agency) },
      }
    })
    return reply.header('cache-control', 'no-store').page('casework/plans/views/members.njk', {
      title: 'Who works on this plan',
      plan,
      possible: [
        { value: '', text: 'Choose' },
        ...possible.map(a => ({ value: a.id, text: a.name, selected: a.id === chosen })),
      ],
      mayAdd: possible.length > 0,
      chosen: possible.find(a => a.id === chosen) ?? null,
      people: people?.map(p => ({ value: p.id, text: `${p.name}, ${p.post}` })) ?? null,
      own: own && {
        ...own,
        items: own.people.map(p => ({
          value: p.id,
          text: `${p.name}, ${p.post}`,
          checked: own.users.some(u => u.id === p.id),
        })),
      },
      ...errorsOf(faults),
      csrf: reply.generateCsrf(),
      key: randomUUID(),
      seen: plan.made.at(-1)!.seq,
      back: { text: `Plan ${reference}`, href: `/plans/${reference}` },
    })
  }

  async function stepPage(
    request: FastifyRequest<{ Params: { reference: string; step: string } }>,
    reply: FastifyReply,
    typed: Typed,
    faults: Faults,
  ) {
    const { reference, step } = request.params
    if (!isStep(step)) throw new NotThere()
    const { asks } = steps[step]
    const { plan, people } = await casework.as(request, async tx => {
      const found = await readPlan(tx, reference)
      insist(step, found.state, found.mover)
      return { plan: found, people: asks === 'colleague' ? await colleagues(tx) : [] }
    })
    const latest = latestReview(plan, londonDay(clock()))
    return reply.header('cache-control', 'no-store').page('casework/plans/views/step.njk', {
      ...steps[step],
      step,
      plan,
      typed,
      ...errorsOf(faults, { reviewOn: 'reviewOn-day' }),
      latest,
      reviewItems: dateItems('reviewOn', typed['reviewOn-day'] === undefined ? latest : typed),
      people: [
        { value: '', text: 'Choose' },
        ...people
          .filter(p => p.id !== plan.owner.id)
          .map(p => ({ value: p.id, text: `${p.name}, ${p.post}`, selected: p.id === typed.to })),
      ],
      csrf: reply.generateCsrf(),
      key: typedText(typed, 'key') || randomUUID(),
      seen: typed.seen && !faults['main-content'] ? typed.seen : plan.made.at(-1)!.seq,
      back: { text: `Plan ${reference}`, href: `/plans/${reference}` },
    })
  }
}

/** R10: 42 days for a child, 90 for anybody and anything else. */
const latestReview = (plan: Pick<Plan, 'child'>, today: Day): Day =>
  retentionDates('plan', today, plan).reviewOn

function readStep(step: Step, typed: Typed, today: Day, faults: Faults): Omit<PlanMoveForm, 'key' | 'seen'> {
  const { text, asks } = steps[step]
  const words = readText(
    typed,
    'text',
    { label: text.label, most: 5000, ...(text.needed ? { needed: text.needed } : {}) },
    faults,
  )
  const form: Omit<PlanMoveForm, 'key' | 'seen'> = { detail: words ? { [text.detail]: words } : {} }
  if (asks === 'review') {
    const day = typedDay(typed, 'reviewOn')
    if (day === null) {
      faults.reviewOn = 'This is not a date. Check the day, the month and the four figures of the year.'
    } else if (day !== undefined && day <= today) {
      faults.reviewOn = 'The next review lies ahead. Choose a later day.'
    } else if (day !== undefined) {
      form.reviewOn = day
    }
  }
  if (asks === 'colleague') {
    const to = typedText(typed, 'to')
    if (to === '') faults.to = 'Choose who leads it from now on.'
    form.toUser = to
  }
  return form
}
