/** What is due in one's cohorts, and what has ended and is to be confirmed (R11). */
import { londonDay } from '../../platform/calendar.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { ButtonForm, ById } from '../../web/route-schemas.ts'
import { daysLeft, daysLeftWords, dueOf, SHOWN_AHEAD } from './due.ts'
import { type PlacementLine, placementLines } from './placement-line.ts'
import { confirmRemoval, openRemovals, removalWays } from './removal-store.ts'
import { shownLine } from './shown-line.ts'

const breadcrumbs = [{ text: 'Cohorts', href: '/cohorts' }]

export function duePages(app: WebServer, { casework, clock }: PageContext): void {
  const today = () => londonDay(clock())
  const shown = (line: PlacementLine) => shownLine(line, today())

  app.get(
    '/cohorts/due',
    { config: { may: 'work-in-cohorts', records: 'cohort-due-listed' } },
    async (request, reply) => {
      const { lines, removals } = await casework.as(request, async tx => {
        const found = await placementLines(tx)
        await tx.record('cohort-due-listed', { detail: { shown: found.length } })
        return { lines: found, removals: await openRemovals(tx) }
      })
      const due = dueOf(lines, today())
      return reply.header('cache-control', 'no-store').page('casework/cohorts/views/due.njk', {
        title: 'Due in your cohorts',
        due: {
          toApprove: due.toApprove.map(shown),
          toDecide: due.toDecide.map(shown),
          reviews: due.reviews.map(g => ({ ...g, lines: g.lines.map(shown) })),
          lapsed: due.lapsed.map(shown),
          notices: due.notices.map(l => ({ ...shown(l), noticeLeft: daysLeftWords(l.noticeOn!, today()) })),
          upheld: due.upheld.map(shown),
        },
        ahead: SHOWN_AHEAD,
        removals: removals.filter(r => r.mine).length,
        unconfirmed: removals.filter(r => !r.mine).length,
        nothing: Object.values(due).every(list => list.length === 0),
      })
    },
  )

  app.get(
    '/cohorts/removals',
    { config: { may: 'work-in-cohorts', records: 'removals-listed' } },
    async (request, reply) => {
      const removals = await casework.as(request, async tx => {
        const found = await openRemovals(tx)
        await tx.record('removals-listed', { detail: { shown: found.length } })
        return found
      })
      const rows = removals.map(r => ({
        ...r,
        howWords: removalWays[r.how],
        left: daysLeftWords(r.dueOn, today()),
        overdue: daysLeft(r.dueOn, today()) < 0,
      }))
      return reply.header('cache-control', 'no-store').page('casework/cohorts/views/removals.njk', {
        title: 'What has ended',
        breadcrumbs,
        mine: rows.filter(r => r.mine),
        others: rows.filter(r => !r.mine),
        csrf: reply.generateCsrf(),
      })
    },
  )

  app.post(
    '/cohorts/removals/:id/confirm',
    {
      schema: { params: ById, body: ButtonForm },
      config: { may: 'work-in-cohorts', records: 'removal-confirmed', proof: 'form' },
    },
    async (request, reply) => {
      await casework.as(request, tx => confirmRemoval(tx, request.params.id))
      return reply.redirect('/cohorts/removals', 303)
    },
  )
}
