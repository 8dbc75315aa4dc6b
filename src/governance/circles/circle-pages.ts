/** Circles: one's own and those that one was named in. The owner names members, removes them, and reviews the circle. */
import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { addDays, londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import { type Faults, readText } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { ButtonForm, ById, csrfField, TypedText, Uuid } from '../../web/route-schemas.ts'
import type { MemberTransaction } from '../access/as-member.ts'
import type { NoAgreement } from '../agreements/agreement.ts'
import { may } from '../permissions.ts'
import {
  addMember,
  CIRCLE_REVIEW_DAYS,
  type Circle,
  candidatesFor,
  circleKinds,
  findCircle,
  isCircleKind,
  listCircles,
  makeCircle,
  membersOf,
  removeMember,
  reviewCircle,
  unreadable,
} from './circle-store.ts'

const breadcrumbs = [{ text: 'Circles', href: '/circles' }]

const lackingWords: Record<NoAgreement, string> = {
  'nothing named': 'Nothing was named.',
  'no agreement': 'No agreement joins your agencies.',
  'agreement not in force': 'The agreement between your agencies is not in force.',
  'other purpose': 'The agreement between your agencies is for another purpose.',
  'field not agreed': 'The agreement between your agencies does not name notes of circles.',
}

export function circlePages(app: WebServer, context: PageContext): void {
  const { casework } = context
  const today = () => londonDay(context.clock())
  const nextReview = () => addDays(today(), CIRCLE_REVIEW_DAYS)

  app.get(
    '/circles',
    { config: { may: 'use-circles', records: 'circles-listed' } },
    async (request, reply) => {
      const circles = await casework.as(request, async tx => {
        const listed = await listCircles(tx)
        await tx.record('circles-listed')
        return listed
      })
      reply.header('cache-control', 'no-store')
      return reply.page('governance/circles/views/circles.njk', {
        title: 'Circles',
        circles: circles.map(shown),
        mayKeep: may(request.viewer.role, 'keep-circles'),
      })
    },
  )

  const shown = (circle: Circle) => ({
    ...circle,
    kindTitle: circleKinds[circle.kind],
    shut: circle.reviewOn < today(),
  })

  const newPage = (
    request: FastifyRequest,
    typed: { key?: string; name?: string; kind?: string },
    faults = {},
  ) => {
    const police = request.viewer.member?.agencyKind === 'police'
    return {
      title: 'New circle',
      breadcrumbs,
      key: typed.key ?? randomUUID(),
      name: typed.name ?? '',
      kinds: Object.entries(circleKinds)
        .filter(([kind]) => !police || kind === 'restricted-case')
        .map(([value, text]) => ({ value, text, checked: typed.kind === value })),
      police,
      reviewOn: nextReview(),
      ...errorsOf(faults),
    }
  }

  app.get('/circles/new', { config: { may: 'keep-circles', records: 'nothing' } }, (request, reply) =>
    reply.page('governance/circles/views/new-circle.njk', {
      ...newPage(request, {}),
      csrf: reply.generateCsrf(),
    }),
  )

  app.post(
    '/circles/new',
    {
      schema: { body: Type.Object({ ...csrfField, key: Uuid, name: TypedText, kind: TypedText }) },
      config: { may: 'keep-circles', records: 'circle-made', proof: 'form' },
    },
    async (request, reply) => {
      const { key, kind = '' } = request.body
      const faults: Faults = {}
      const rule = { label: 'The name', most: 100, needed: 'Enter a name that says nothing about a person' }
      const name = readText(request.body, 'name', rule, faults)
      if (!isCircleKind(kind)) faults.kind = 'Choose what it is for'
      if (!isCircleKind(kind) || faults.name) {
        return reply.code(422).page('governance/circles/views/new-circle.njk', {
          ...newPage(request, { key, name, kind }, faults),
          csrf: reply.generateCsrf(),
        })
      }
      await casework.as(request, tx => makeCircle(tx, { id: key, name, kind, reviewOn: nextReview() }))
      return reply.redirect(`/circles/${key}`, 303)
    },
  )

  app.get(
    '/circles/:id',
    { schema: { params: ById }, config: { may: 'use-circles', records: 'circle-opened' } },
    async (request, reply) => {
      const { id } = request.params
      const seen = await casework.as(request, async tx => {
        const circle = await findCircle(tx, id)
        if (!circle) return null
        const lacking = new Map<string, string>()
        const candidates = circle.owned ? await candidatesFor(tx, circle) : []
        for (const agency of new Set(candidates.map(c => c.agency))) {
          const because = await unreadable(tx, circle, agency)
          if (because) lacking.set(agency, lackingWords[because])
        }
        const members = await membersOf(tx, id)
        await tx.record('circle-opened', { kind: 'circle', id })
        return { circle, members, candidates, lacking }
      })
      if (!seen) {
        await casework.refused(request, 'circle-opened', { kind: 'circle', id })
        throw new NotThere()
      }
      reply.header('cache-control', 'no-store')
      return reply.page('governance/circles/views/circle.njk', {
        title: 'A circle',
        breadcrumbs,
        circle: shown(seen.circle),
        members: seen.members,
        owned: seen.circle.owned && may(request.viewer.role, 'keep-circles'),
        candidates: seen.candidates
          .filter(c => !seen.lacking.has(c.agency))
          .map(c => ({ value: c.user, text: `${c.name}, ${c.post}, ${c.agencyName}` })),
        lacking: [...new Set(seen.candidates.map(c => c.agency))].flatMap(agency => {
          const words = seen.lacking.get(agency)
          const name = seen.candidates.find(c => c.agency === agency)?.agencyName
          return words ? [{ name, words }] : []
        }),
        reviewDays: CIRCLE_REVIEW_DAYS,
        csrf: reply.generateCsrf(),
      })
    },
  )

  /** What the owner does to a circle: found first, so that who does not own it learns nothing. */
  const asOwner = async (
    request: FastifyRequest,
    id: string,
    event: string,
    act: (tx: MemberTransaction, circle: Circle) => Promise<void>,
  ): Promise<void> => {
    const done = await casework.as(request, async tx => {
      const circle = await findCircle(tx, id)
      if (!circle?.owned) return false
      await act(tx, circle)
      return true
    })
    if (done) return
    await casework.refused(request, event, { kind: 'circle', id })
    throw new NotThere()
  }

  app.post(
    '/circles/:id/members',
    {
      schema: {
        params: ById,
        body: Type.Object({ ...csrfField, user: Type.Optional(Type.String({ maxLength: 100 })) }),
      },
      config: { may: 'keep-circles', records: 'circle-member-added', proof: 'form' },
    },
    async (request, reply) => {
      const { id } = request.params
      await asOwner(request, id, 'circle-member-added', async (tx, circle) => {
        const candidate = (await candidatesFor(tx, circle)).find(c => c.user === request.body.user)
        if (candidate && (await unreadable(tx, circle, candidate.agency)) === null) {
          await addMember(tx, circle, candidate.user)
        }
      })
      return reply.redirect(`/circles/${id}`, 303)
    },
  )

  app.post(
    '/circles/:id/members/:user/remove',
    {
      schema: { params: Type.Object({ id: Uuid, user: Uuid }), body: ButtonForm },
      config: { may: 'keep-circles', records: 'circle-member-removed', proof: 'form' },
    },
    async (request, reply) => {
      const { id, user } = request.params
      await asOwner(request, id, 'circle-member-removed', (tx, circle) => removeMember(tx, circle, user))
      return reply.redirect(`/circles/${id}`, 303)
    },
  )

  app.post(
    '/circles/:id/review',
    {
      schema: { params: ById, body: ButtonForm },
      config: { may: 'keep-circles', records: 'circle-reviewed', proof: 'form' },
    },
    async (request, reply) => {
      const { id } = request.params
      await asOwner(request, id, 'circle-reviewed', (tx, circle) => reviewCircle(tx, circle, nextReview()))
      return reply.redirect(`/circles/${id}`, 303)
    },
  )
}
