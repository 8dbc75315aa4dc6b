/** One step of a group: approve, turn down, review, end; and what is between two groups. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import { type Faults, type Typed, typedText } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { dateItems } from '../../web/date-field.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { AnyForm, ButtonForm, Uuid } from '../../web/route-schemas.ts'
import { formMarks, orKeepText } from '../intake/referrals/form-marks.ts'
import { type FoundWord, findCarefulWords } from '../language/careful-words.ts'
import { readRelation } from './assessment-form.ts'
import { insist, isApproved } from './group.ts'
import { GroupAddress } from './group-pages.ts'
import { groupSteps, isGroupStep, readStep } from './group-steps.ts'
import { type Group, latestReview, listGroups, moveGroup, readGroup } from './group-store.ts'
import { levelWords } from './group-tests.ts'
import { relateGroups, relationKinds, strikeRelation } from './relation-store.ts'
import { stepPage } from './step-form-pages.ts'

const StepAddress = Type.Object({ ...GroupAddress.properties, step: Type.String({ maxLength: 40 }) })
const RelationAddress = Type.Object({ ...GroupAddress.properties, id: Uuid })

/** More than one screen's choice; a partnership knows far fewer. */
const MOST_GROUPS = 500

export function groupStepPages(app: WebServer, { casework, clock }: PageContext): void {
  const today = () => londonDay(clock())

  app.get(
    '/groups/:reference/step/:step',
    { schema: { params: StepAddress }, config: { may: 'work-on-groups', records: 'nothing' } },
    async (request, reply) => {
      const { reference, step } = request.params
      if (!isGroupStep(step)) throw new NotThere()
      const group = await casework.as(request, async tx => {
        const found = await readGroup(tx, reference)
        insist(step, found.stands, found.mover, found.expired)
        return found
      })
      return shown(reply, group, step, {}, {})
    },
  )

  app.post(
    '/groups/:reference/step/:step',
    {
      schema: { params: StepAddress, body: AnyForm },
      config: { may: 'work-on-groups', records: 'group-moved', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, step } = request.params
      if (!isGroupStep(step)) throw new NotThere()
      const typed: Typed = request.body
      const group = await casework.as(request, tx => readGroup(tx, reference))
      const faults: Faults = {}
      const detail = readStep(
        groupSteps[step],
        typed,
        { today: today(), latest: latestReview(group, today()) },
        faults,
      )
      if (Object.keys(faults).length > 0) return shown(reply.code(400), group, step, typed, faults)
      return orKeepText(
        async () => {
          await casework.as(request, tx => moveGroup(tx, reference, step, { ...formMarks(typed), detail }), {
            caseReference: reference,
          })
          return reply.redirect(`/groups/${reference}`, 303)
        },
        async sentence =>
          shown(reply.code(409), await casework.as(request, tx => readGroup(tx, reference)), step, typed, {
            'main-content': sentence,
          }),
      )
    },
  )

  const shown = (
    reply: FastifyReply,
    group: Group,
    step: keyof typeof groupSteps,
    typed: Typed,
    faults: Faults,
  ) =>
    stepPage(reply, {
      step: groupSteps[step],
      caption: `${group.reference} · ${group.called}`,
      action: `/groups/${group.reference}/step/${step}`,
      typed,
      faults,
      seen: group.stands.seq,
      latest: latestReview(group, today()),
      back: { text: group.reference, href: `/groups/${group.reference}` },
    })

  app.get(
    '/groups/:reference/relate',
    { schema: { params: GroupAddress }, config: { may: 'keep-groups', records: 'nothing' } },
    (request, reply) => relatePage(request, reply, {}, {}),
  )

  app.post(
    '/groups/:reference/relate',
    {
      schema: { params: GroupAddress, body: AnyForm },
      config: { may: 'keep-groups', records: 'group-relation-made', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const typed: Typed = request.body
      const faults: Faults = {}
      const relation = readRelation(typed, today(), faults)
      const { others } = await relating(request)
      if (!faults.other && !others.some(o => o.id === relation.other))
        faults.other = 'Choose one of these groups.'
      if (Object.keys(faults).length > 0) return relatePage(request, reply.code(400), typed, faults)
      const careful = findCarefulWords(relation.says)
      if (careful.length > 0 && typedText(typed, 'meant') === '')
        return relatePage(request, reply, typed, faults, careful)
      await casework.as(
        request,
        async tx => relateGroups(tx, await readGroup(tx, reference), relation, formMarks(typed).key),
        { caseReference: reference },
      )
      return reply.redirect(`/groups/${reference}#relations`, 303)
    },
  )

  app.post(
    '/groups/:reference/relations/:id/strike',
    {
      schema: { params: RelationAddress, body: ButtonForm },
      config: { may: 'keep-groups', records: 'group-relation-struck', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, id } = request.params
      await casework.as(request, async tx => strikeRelation(tx, await readGroup(tx, reference), id), {
        caseReference: reference,
      })
      return reply.redirect(`/groups/${reference}#relations`, 303)
    },
  )

  /** The group, where one's own agency leads it and it is approved, and every other that could be named. */
  const relating = (request: FastifyRequest<{ Params: { reference: string } }>) =>
    casework.as(request, async tx => {
      const group = await readGroup(tx, request.params.reference)
      if (!group.mover.own || !isApproved(group.state)) throw new NotThere()
      const { lines } = await listGroups(tx, 'approved', { limit: MOST_GROUPS, offset: 0 })
      return { group, others: lines.filter(line => line.id !== group.id) }
    })

  async function relatePage(
    request: FastifyRequest<{ Params: { reference: string } }>,
    reply: FastifyReply,
    typed: Typed,
    faults: Faults,
    careful: FoundWord[] = [],
  ) {
    const { group, others } = await relating(request)
    return reply.header('cache-control', 'no-store').page('casework/groups/views/relate.njk', {
      title: 'Rivalry or alliance',
      group,
      others: [
        { value: '', text: 'Choose' },
        ...others.map(o => ({
          value: o.id,
          text: `${o.called} (${levelWords(o.level).toLowerCase()}, ${o.agencyName})`,
          selected: o.id === typedText(typed, 'other'),
        })),
      ],
      kinds: relationKinds,
      typed,
      onDay: dateItems('onDay', typed),
      endsOn: dateItems('endsOn', typed),
      careful,
      ...errorsOf(faults, { onDay: 'onDay-day', endsOn: 'endsOn-day' }),
      key: typedText(typed, 'key') || randomUUID(),
      csrf: reply.generateCsrf(),
      back: { text: group.reference, href: `/groups/${group.reference}` },
    })
  }
}
