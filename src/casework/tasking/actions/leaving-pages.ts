/** When somebody leaves their agency: their open actions, handed on in one go. For its coordinators. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { londonDay } from '../../../platform/calendar.ts'
import { NotThere } from '../../../platform/errors.ts'
import { type Faults, type Typed, typedList, typedText } from '../../../platform/typed-form.ts'
import { isUuid } from '../../../platform/uuid.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { errorsOf } from '../../../web/form-errors.ts'
import { AnyForm, Uuid } from '../../../web/route-schemas.ts'
import { formMarks } from '../../intake/referrals/form-marks.ts'
import { actionsOf, colleagues } from './action-store.ts'
import { handOn, holders } from './leaving-store.ts'
import { shownLine } from './log-pages.ts'
import { BACK } from './move-form.ts'

/** More than anybody has. */
const MOST = 500

export function leavingPages(app: WebServer, { casework, clock }: PageContext): void {
  app.get('/leaving', { config: { may: 'hand-on-actions', records: 'nothing' } }, async (request, reply) => {
    const people = await casework.as(request, tx => holders(tx))
    return reply.header('cache-control', 'no-store').page('casework/tasking/actions/views/leaving.njk', {
      title: 'When somebody leaves',
      people,
      back: { text: 'Actions', href: '/actions' },
    })
  })

  app.get(
    '/leaving/:user',
    {
      schema: { params: Type.Object({ user: Uuid }) },
      config: { may: 'hand-on-actions', records: 'actions-listed' },
    },
    (request, reply) => holderPage(request, reply, request.params.user, {}, {}),
  )

  app.post(
    '/leaving/:user',
    {
      schema: { params: Type.Object({ user: Uuid }), body: AnyForm },
      config: { may: 'hand-on-actions', records: 'actions-handed-on', proof: 'form' },
    },
    async (request, reply) => {
      const { user } = request.params
      const typed: Typed = request.body
      const actions = typedList(typed, 'action').filter(isUuid)
      const to = typedText(typed, 'to')
      const faults: Faults = {
        ...(actions.length === 0 ? { action: 'Choose at least one action.' } : {}),
        ...(to === '' ? { to: 'Choose who takes them, or hand them back to the agency.' } : {}),
      }
      if (Object.keys(faults).length > 0) return holderPage(request, reply.code(400), user, typed, faults)
      await casework.as(request, async tx => {
        if (to !== BACK && !(await colleagues(tx)).some(c => c.id === to)) throw new NotThere()
        return handOn(tx, { from: user, to: to === BACK ? null : to, actions, key: formMarks(typed).key })
      })
      return reply.redirect('/leaving', 303)
    },
  )

  async function holderPage(
    request: FastifyRequest,
    reply: FastifyReply,
    user: string,
    typed: Typed,
    faults: Faults,
  ) {
    const today = londonDay(clock())
    const { holder, lines, others } = await casework.as(request, async tx => {
      const found = (await holders(tx)).find(h => h.id === user)
      if (!found) throw new NotThere()
      const { lines } = await actionsOf(
        tx,
        { owner: user, agency: tx.member.agency, states: ['open'] },
        { limit: MOST, offset: 0 },
      )
      await tx.record('actions-listed', { kind: 'account', id: user, detail: { shown: lines.length } })
      return { holder: found, lines, others: (await colleagues(tx)).filter(c => c.id !== user) }
    })
    const chosen = typed.to === undefined ? null : typedList(typed, 'action')
    return reply.header('cache-control', 'no-store').page('casework/tasking/actions/views/holder.njk', {
      title: `Open actions of ${holder.name}`,
      holder,
      lines: lines.map(line => ({
        ...shownLine(line, today, user),
        checked: chosen?.includes(line.id) ?? true,
      })),
      others: [
        { value: '', text: 'Choose' },
        ...others.map(c => ({ value: c.id, text: `${c.name}, ${c.post}`, selected: c.id === typed.to })),
        { value: BACK, text: 'Nobody yet: back to the agency', selected: typed.to === BACK },
      ],
      ...errorsOf(faults),
      csrf: reply.generateCsrf(),
      key: typed.key ?? randomUUID(),
      back: { text: 'When somebody leaves', href: '/leaving' },
    })
  }
}
