/** The list of groups, the page of one, and its assessment on paper. There is no list of people of a group to take away (R14). */
import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { worksOnGroups } from '../../governance/access/explain-group.ts'
import { addDays, londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { PAGE_SIZE, pagination } from '../../web/pagination.ts'
import { PageNumber } from '../../web/route-schemas.ts'
import { listPlans } from '../plans/plan-store.ts'
import { actionsOf } from '../tasking/actions/action-store.ts'
import { isApproved, moves, possibleMoves, stateWords, type WrittenAssessment } from './group.ts'
import { groupSteps, isGroupStep } from './group-steps.ts'
import {
  type Group,
  type GroupShow,
  groupShows,
  insistOnExport,
  listGroups,
  readGroup,
} from './group-store.ts'
import { findings, levels, levelWords, testOf } from './group-tests.ts'
import { linksOf } from './link-store.ts'
import { relationKinds, relationsOf } from './relation-store.ts'
import { shownLink } from './shown-link.ts'

export const GroupAddress = Type.Object({ reference: Type.String({ pattern: '^G-\\d{4}-\\d{4,9}$' }) })

const Level = Type.Union([Type.Literal('peer'), Type.Literal('gang'), Type.Literal('ocg')])

const REVIEW_SOON_DAYS = 14
const PLANS = 20

export function groupPages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/groups',
    {
      schema: {
        querystring: Type.Object({
          show: Type.Optional(Type.String({ maxLength: 20 })),
          page: Type.Optional(PageNumber),
        }),
      },
      config: { may: 'work-on-groups', records: 'groups-listed' },
    },
    async (request, reply) => {
      const { show: asked = '', page = 1 } = request.query
      const show = Object.hasOwn(groupShows, asked) ? (asked as GroupShow) : 'approved'
      const seen = await casework.as(request, async tx => {
        if (!worksOnGroups(tx.member)) return null
        const found = await listGroups(tx, show, { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE })
        await tx.record('groups-listed', { kind: 'group', detail: { show, shown: found.lines.length } })
        return found
      })
      if (!seen) {
        await casework.refused(request, 'groups-listed', { kind: 'group' })
        throw new NotThere()
      }
      return reply.header('cache-control', 'no-store').page('casework/groups/views/groups.njk', {
        title: 'Groups',
        show,
        shows: Object.entries(groupShows).map(([value, text]) => ({
          text,
          href: `/groups?show=${value}`,
          current: value === show,
        })),
        lines: seen.lines.map(line => ({
          ...line,
          levelWords: levelWords(line.level),
          stateWords: stateWords[line.state],
          approved: isApproved(line.state),
        })),
        pages: pagination(seen.total, page, request.url),
      })
    },
  )

  app.get(
    '/groups/:reference',
    { schema: { params: GroupAddress }, config: { may: 'work-on-groups', records: 'group-opened' } },
    async (request, reply) => {
      const { reference } = request.params
      const today = londonDay(clock())
      const { group, links, relations, plans, actions } = await casework.as(
        request,
        async tx => {
          const found = await readGroup(tx, reference)
          await tx.record('group-opened', { kind: 'group', id: reference })
          return {
            group: found,
            links: await linksOf(tx, { group: found.id }),
            relations: await relationsOf(tx, found.id),
            plans: await listPlans(
              tx,
              { show: 'open', kind: 'group', about: found.id },
              { limit: PLANS, offset: 0 },
            ),
            actions: await actionsOf(tx, { about: found.id, states: ['open'] }, { limit: 1, offset: 0 }),
          }
        },
        { caseReference: reference },
      )
      const can = possibleMoves(group.stands, group.mover, group.expired)
      return reply.header('cache-control', 'no-store').page('casework/groups/views/group.njk', {
        ...shownGroup(group),
        can,
        steps: can.filter(isGroupStep).map(step => ({ step, text: groupSteps[step].title })),
        links: links.map(shownLink),
        relations: relations.map(r => ({ ...r, kindWords: relationKinds[r.kind] })),
        plans: plans.lines,
        openActions: actions.total,
        reviewNear: group.reviewOn <= addDays(today, REVIEW_SOON_DAYS),
        history: group.made
          .map(m => ({
            by: m.byName,
            at: m.at,
            says: moves[m.action].says,
            text: m.detail.because ?? null,
          }))
          .toReversed(),
        csrf: reply.generateCsrf(),
        key: randomUUID(),
        back: { text: 'Groups', href: '/groups' },
      })
    },
  )

  app.get(
    '/groups/:reference/export/:level',
    {
      schema: { params: Type.Object({ ...GroupAddress.properties, level: Level }) },
      config: { may: 'work-on-groups', records: 'group-exported' },
    },
    async (request, reply) => {
      const { reference, level } = request.params
      const group = await exported(request, reference, level)
      return reply.header('cache-control', 'no-store').page('casework/groups/views/export.njk', {
        ...shownGroup(group),
        title: `${levels[level].title}: ${group.called}`,
        back: { text: reference, href: `/groups/${reference}` },
      })
    },
  )

  const exported = (request: FastifyRequest, reference: string, level: keyof typeof levels): Promise<Group> =>
    casework.as(
      request,
      async tx => {
        const group = await readGroup(tx, reference)
        insistOnExport(group, level)
        await tx.record('group-exported', { kind: 'group', id: reference, detail: { as: level } })
        return group
      },
      { caseReference: reference },
    )
}

const shownGroup = (group: Group) => ({
  title: group.called,
  group,
  stateWords: stateWords[group.state],
  approved: isApproved(group.state),
  assessment: shownAssessment(group.stands.approved),
  waiting: shownAssessment(group.stands.waiting),
})

const shownAssessment = <A extends WrittenAssessment>(assessment: A | null) => {
  if (!assessment) return null
  const test = testOf(assessment.test)
  return {
    ...assessment,
    title: test.title,
    levelWords: levelWords(test.level),
    source: test.source,
    since: test.since,
    criteria: test.criteria.map(criterion => {
      const finding = assessment.findings.find(f => f.criterion === criterion.id)
      return { ...criterion, finding, foundWords: findings[finding?.found ?? 'not-known'] }
    }),
  }
}
