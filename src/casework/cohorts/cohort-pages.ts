/** Cohorts and their panels: what each is for, who sits, and what waits. No list of everybody leaves the lead agency (R14). */
import { Type } from 'typebox'
import { kindsWithoutLists } from '../../areas/kinds-without-lists.ts'
import type { Member } from '../../governance/access/as-member.ts'
import { may } from '../../governance/permissions.ts'
import { londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { pagination } from '../../web/pagination.ts'
import { ButtonForm, csrfField, TypedText, Uuid } from '../../web/route-schemas.ts'
import { progressOfCohort } from '../progress/figures/progress-panel.ts'
import { daysLeft } from './due.ts'
import { readCohort, readCohorts } from './pack-cohorts.ts'
import { candidatesFor, endMember, isPanelPart, nameMember, panelOf, panelParts } from './panel-store.ts'
import { type PlacementLine, placementLines } from './placement-line.ts'
import { shownLine } from './shown-line.ts'

const CohortAddress = Type.Object({
  cohort: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 100 }),
})

const breadcrumbs = [{ text: 'Cohorts', href: '/cohorts' }]

export function cohortPages(app: WebServer, context: PageContext): void {
  const { casework, clock } = context
  const today = () => londonDay(clock())
  app.get(
    '/cohorts',
    { config: { may: 'work-in-cohorts', records: 'cohorts-listed' } },
    async (request, reply) => {
      const { cohorts, seats } = await casework.as(request, async tx => {
        const found = await readCohorts(tx)
        const mine = await tx.query<{ cohort: string; part: keyof typeof panelParts }>(
          'select cohort, part from viewer_panels()',
        )
        await tx.record('cohorts-listed')
        return { cohorts: found, seats: new Map(mine.map(s => [s.cohort, s.part])) }
      })
      const { member } = request.viewer
      const rows = cohorts
        .filter(c => c.inPack || seats.has(c.id))
        .map(c => ({
          ...c,
          part: seats.has(c.id) ? panelParts[seats.get(c.id)!].title : null,
          opens: member !== null && !withoutLists(member) && (seats.has(c.id) || keepsPanel(member, c)),
        }))
      return reply.header('cache-control', 'no-store').page('casework/cohorts/views/cohorts.njk', {
        title: 'Cohorts',
        mine: rows.filter(c => c.opens),
        others: rows.filter(c => !c.opens),
      })
    },
  )

  app.get(
    '/cohorts/panels/:cohort',
    {
      schema: {
        params: CohortAddress,
        querystring: Type.Object({
          show: Type.Optional(Type.String({ maxLength: 10 })),
          page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
        }),
      },
      config: { may: 'work-in-cohorts', records: 'cohort-opened' },
    },
    async (request, reply) => {
      const { cohort: id } = request.params
      const { member } = request.viewer
      const seen = await casework.as(request, async tx => {
        const cohort = await readCohort(tx, id)
        if (!cohort || withoutLists(tx.member)) return null
        const keeps = keepsPanel(tx.member, cohort)
        const [seat] = await tx.query<{ part: string | null }>('select viewer_part($1) as part', [id])
        if (!keeps && !seat!.part) return null
        const lines = seat!.part ? await placementLines(tx, id) : []
        await tx.record('cohort-opened', { kind: 'cohort', id, detail: { shown: lines.length } })
        return {
          cohort,
          lines,
          keeps,
          panel: await panelOf(tx, id),
          candidates: keeps ? await candidatesFor(tx, id) : [],
          sits: seat!.part !== null,
        }
      })
      if (!seen) {
        await casework.refused(request, 'cohort-opened', { kind: 'cohort', id })
        throw new NotThere()
      }
      // R14: whoever does not lead it sees what waits for somebody, never everybody.
      const leads = seen.cohort.leadAgency === member?.agency
      const whole = leads && request.query.show === 'all'
      const lines = seen.lines.filter(l => whole || waits(l, today()))
      const pages = pagination(lines.length, request.query.page ?? 1, request.url)
      return reply.header('cache-control', 'no-store').page('casework/cohorts/views/cohort.njk', {
        title: seen.cohort.name,
        breadcrumbs,
        cohort: seen.cohort,
        leads,
        whole,
        pages,
        sits: seen.sits,
        progress: await progressOfCohort(context, request.viewer.disclosure, seen.cohort),
        lines: lines.slice(pages.offset, pages.last).map(line => shownLine(line, today())),
        panel: seen.panel.map(p => ({ ...p, partTitle: panelParts[p.part].title })),
        keeps: seen.keeps,
        candidates: seen.candidates.map(c => ({
          value: c.user,
          text: `${c.name}, ${c.post}, ${c.agencyName}`,
        })),
        parts: Object.entries(panelParts).map(([value, { title, hint }]) => ({
          value,
          text: title,
          hint: { text: hint },
        })),
        ...errorsOf({}),
        csrf: reply.generateCsrf(),
      })
    },
  )

  app.post(
    '/cohorts/panels/:cohort/members',
    {
      schema: {
        params: CohortAddress,
        body: Type.Object({ ...csrfField, user: TypedText, part: TypedText }),
      },
      config: { may: 'keep-panels', records: 'panel-member-named', proof: 'form' },
    },
    async (request, reply) => {
      const { cohort } = request.params
      const { user = '', part = '' } = request.body
      await casework.as(request, async tx => {
        const found = await readCohort(tx, cohort)
        if (found?.leadAgency !== tx.member.agency) throw new NotThere()
        const candidate = (await candidatesFor(tx, cohort)).find(c => c.user === user)
        if (candidate && isPanelPart(part)) await nameMember(tx, cohort, user, part)
      })
      return reply.redirect(`/cohorts/panels/${cohort}#panel`, 303)
    },
  )

  app.post(
    '/cohorts/panels/:cohort/members/:id/end',
    {
      schema: { params: Type.Object({ ...CohortAddress.properties, id: Uuid }), body: ButtonForm },
      config: { may: 'keep-panels', records: 'panel-member-ended', proof: 'form' },
    },
    async (request, reply) => {
      const { cohort, id } = request.params
      await casework.as(request, async tx => {
        const found = await readCohort(tx, cohort)
        if (found?.leadAgency !== tx.member.agency) throw new NotThere()
        await endMember(tx, cohort, id)
      })
      return reply.redirect(`/cohorts/panels/${cohort}#panel`, 303)
    },
  )
}

const withoutLists = ({ agencyKind }: Member): boolean => kindsWithoutLists.includes(agencyKind)

const keepsPanel = ({ agency, role }: Member, { leadAgency }: { leadAgency: string }): boolean =>
  leadAgency === agency && may(role, 'keep-panels')

/** Waits for the panel, or for a review within a fortnight, or the viewer looks after them. */
const waits = (line: PlacementLine, today: string): boolean =>
  line.owns || line.state !== 'placed' || daysLeft(line.reviewOn, today) <= 14
