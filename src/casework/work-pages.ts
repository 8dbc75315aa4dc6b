/** Where the day of whoever works with people begins: what is due from them, and what became of what they sent. */
import type { MemberTransaction } from '../governance/access/as-member.ts'
import { addDays, type Day, londonDay } from '../platform/calendar.ts'
import type { PageContext, WebServer } from '../web/context.ts'
import { dueInCohorts } from './cohorts/due-summary.ts'
import { listProposals } from './cohorts/proposal-store.ts'
import { listDrafts } from './intake/referrals/draft-store.ts'
import { stateWords } from './intake/referrals/referral.ts'
import { listSent } from './intake/referrals/referral-store.ts'
import { listPlans } from './plans/plan-store.ts'
import { actionsOf } from './tasking/actions/action-store.ts'
import { shownLine } from './tasking/actions/log-pages.ts'
import { listConsequences } from './tasking/consequences/consequence-store.ts'
import { meetingsOfDay } from './tasking/meetings/meeting-store.ts'

/** What fits beside everything else; the action log has them all. */
const SHOWN = 5
const AHEAD_DAYS = 7

export function workPages(app: WebServer, { casework, clock }: PageContext): void {
  app.get('/work', { config: { may: 'refer', records: 'referrals-listed' } }, async (request, reply) => {
    const today = londonDay(clock())
    const { due, reviews, consequences, drafts, proposals, lines, waiting, cohorts } = await casework.as(
      request,
      async tx => {
        const sent = await listSent(tx)
        const soon = await dueSoon(tx, today)
        const inCohorts = await dueInCohorts(tx)
        const reviews = await listPlans(tx, { show: 'review', kind: null }, { limit: SHOWN, offset: 0 })
        await tx.record('referrals-listed', { kind: 'referral', detail: { shown: sent.length } })
        await tx.record('actions-listed', {
          kind: 'action',
          detail: { whose: 'mine', shown: soon.lines.length },
        })
        return {
          due: soon,
          reviews,
          consequences: await listConsequences(tx, 'due', { limit: SHOWN, offset: 0 }),
          drafts: await listDrafts(tx),
          proposals: await listProposals(tx),
          cohorts: inCohorts,
          lines: sent,
          waiting: await meetingsOfDay(tx, today),
        }
      },
    )
    return reply.header('cache-control', 'no-store').page('casework/views/work.njk', {
      title: 'Your work',
      due: {
        total: due.total,
        lines: due.lines.map(line => shownLine(line, today, request.viewer.member?.user ?? '')),
      },
      reviews,
      consequences,
      today,
      drafts,
      proposals,
      cohorts,
      lines,
      waiting,
      stateWords,
    })
  })
}

/** Of the viewer: overdue, and due within a week; the nearest first. */
const dueSoon = (tx: MemberTransaction, today: Day) =>
  actionsOf(
    tx,
    { owner: tx.member.user, states: ['open'], dueTo: addDays(today, AHEAD_DAYS) },
    { limit: SHOWN, offset: 0 },
  )
