/** The coordinator's queue: what waits, the nearest deadline first, with filters in the address. No names. */
import { Type } from 'typebox'
import { londonDay } from '../../../platform/calendar.ts'
import { withQuery } from '../../../web/addresses.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { pagination } from '../../../web/pagination.ts'
import { PageNumber } from '../../../web/route-schemas.ts'
import { dueInCohorts } from '../../cohorts/due-summary.ts'
import { meetingsOfDay } from '../../tasking/meetings/meeting-store.ts'
import { kindWords } from '../referrals/answers.ts'
import { stateWords } from '../referrals/referral.ts'
import { urgencies } from '../referrals/urgency.ts'
import { ageWords, dueWords, type QueueFilter, readFilter, shownWords } from './queue.ts'
import { insistOnTriage, readQueue, referringAgencies } from './triage-store.ts'

const optional = Type.Optional(Type.String({ maxLength: 100 }))

export function queuePages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/triage',
    {
      schema: {
        querystring: Type.Object({
          show: optional,
          urgency: optional,
          kind: optional,
          from: optional,
          page: Type.Optional(PageNumber),
        }),
      },
      config: { may: 'triage', records: 'triage-listed' },
    },
    async (request, reply) => {
      // A coordinator of another agency has no queue; their morning begins with what their agency sent.
      if (request.viewer.member && request.viewer.member.agencyKind !== 'partnership') {
        return reply.redirect('/work', 303)
      }
      const filter = readFilter(request.query)
      const { items, agencies, waiting, cohorts } = await casework.as(request, async tx => {
        insistOnTriage(tx)
        const found = await readQueue(tx, filter)
        const senders = await referringAgencies(tx)
        const due = await dueInCohorts(tx)
        await tx.record('triage-listed', { kind: 'referral', detail: { ...filter, shown: found.length } })
        return {
          items: found,
          agencies: senders,
          cohorts: due,
          waiting: await meetingsOfDay(tx, londonDay(tx.now)),
        }
      })
      const now = clock()
      const pages = pagination(items.length, request.query.page ?? 1, request.url)
      return reply.header('cache-control', 'no-store').page('casework/intake/triage/views/queue.njk', {
        title: 'Referrals to triage',
        waiting,
        filter,
        chosen: chosen(filter, request.url, agencies),
        agencies,
        cohorts,
        pages,
        choices: { shown: shownWords, urgencies, kinds: kindWords },
        items: items.slice(pages.offset, pages.last).map(item => ({
          ...item,
          stateWords: stateWords[item.state],
          kindWords: kindWords[item.kind].title,
          age: ageWords(item.sentAt, now),
          due: filter.show === 'decided' || filter.show === 'review' ? null : dueWords(item.dueAt, now),
          overdue: item.dueAt < now,
          mine: item.takenBy?.user === request.viewer.member?.user,
        })),
      })
    },
  )
}

/** The filters in force as tags; each but the first can be taken off. */
function chosen(
  { show, urgency, kind, from }: QueueFilter,
  url: string,
  agencies: readonly { id: string; name: string }[],
): { text: string; href?: string }[] {
  const without = (name: string) => withQuery(url, { [name]: null, page: null })
  return [
    { text: shownWords[show] },
    ...(urgency ? [{ text: urgencies[urgency].title, href: without('urgency') }] : []),
    ...(kind ? [{ text: kindWords[kind].title, href: without('kind') }] : []),
    ...(from ? [{ text: agencies.find(a => a.id === from)?.name ?? from, href: without('from') }] : []),
  ]
}
