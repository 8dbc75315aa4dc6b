/** The action log: yours, your agency's, somebody's; open, overdue, escalated; filters in the address. */
import { Type } from 'typebox'
import { londonDay } from '../../../platform/calendar.ts'
import { withQuery } from '../../../web/addresses.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { PAGE_SIZE, pagination } from '../../../web/pagination.ts'
import { Uuid } from '../../../web/route-schemas.ts'
import { usualName } from '../../register/names.ts'
import { recordsOf } from '../../register/record-store.ts'
import { fourPs, stateWords } from './action.ts'
import {
  dueWords,
  type ListFilter,
  readListFilter,
  type Status,
  statusWords,
  storeFilter,
  type Whose,
  whoseWords,
} from './action-list.ts'
import { type ActionLine, actionsOf, COUNTED_TO } from './action-store.ts'

const text = Type.Optional(Type.String({ maxLength: 100 }))

export function actionLogPages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/actions',
    {
      schema: {
        querystring: Type.Object({
          whose: text,
          status: text,
          p: text,
          by: text,
          about: Type.Optional(Uuid),
          meetings: text,
          page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
        }),
      },
      config: { may: 'work-actions', records: 'actions-listed' },
    },
    async (request, reply) => {
      const today = londonDay(clock())
      const first: Whose = request.viewer.member?.role === 'coordinator' ? 'agency' : 'mine'
      const filter = readListFilter(request.query, first)
      const page = request.query.page ?? 1
      const { total, lines, agencies, about, meetingTypes } = await casework.as(request, async tx => {
        const found = await actionsOf(tx, storeFilter(filter, tx.member, today), {
          limit: PAGE_SIZE,
          offset: (page - 1) * PAGE_SIZE,
        })
        const [record] = filter.about ? await recordsOf(tx, filter.about) : []
        await tx.record('actions-listed', {
          person: record?.person ?? null,
          kind: 'action',
          detail: { whose: filter.whose, status: filter.status, shown: found.lines.length },
        })
        const agencies = await tx.query<{ id: string; name: string }>(
          'select id, name from agencies where closed_on is null order by name',
        )
        const meetingTypes = await tx.query<{ id: string; name: string }>(
          'select id, name from meeting_types order by in_pack desc, name, id',
        )
        return { ...found, agencies, meetingTypes, about: record ? usualName(record.names) : null }
      })
      const pages = pagination(Math.min(total, COUNTED_TO), page, request.url)
      return reply.header('cache-control', 'no-store').page('casework/tasking/actions/views/log.njk', {
        title: 'Actions',
        filter,
        about,
        parts: parts.map(({ text, whose, status }) => ({
          text,
          href: `/actions?${new URLSearchParams({ whose, status })}`,
          current: !filter.about && !filter.meetings && filter.whose === whose && filter.status === status,
        })),
        chosen: chosen(filter, request.url, { agencies, meetingTypes, about, first }),
        clear: withQuery(request.url, {
          whose: null,
          status: null,
          p: null,
          by: null,
          about: null,
          meetings: null,
          page: null,
        }),
        choices: { whose: whoseWords, status: statusWords, fourPs },
        agencies,
        meetingTypes,
        pages,
        more: total > COUNTED_TO,
        lines: lines.map(line => shownLine(line, today, request.viewer.member?.user ?? '')),
      })
    },
  )
}

/** What is looked at most, one click away. */
const parts: { text: string; whose: Whose; status: Status }[] = [
  { text: 'Yours', whose: 'mine', status: 'open' },
  { text: 'Your agency’s', whose: 'agency', status: 'open' },
  { text: 'Overdue at your agency', whose: 'agency', status: 'overdue' },
  { text: 'What your agency asked for', whose: 'asked', status: 'open' },
  { text: 'Overdue of what it asked for', whose: 'asked', status: 'overdue' },
  { text: 'Escalated', whose: 'all', status: 'escalated' },
]

/** A line of a list, in words. */
export const shownLine = (line: ActionLine, today: string, viewer: string) => ({
  ...line,
  fourPWords: line.fourP ? fourPs[line.fourP] : null,
  stateWords: line.state === 'open' && line.startedAt ? 'Started' : stateWords[line.state],
  due: line.state === 'open' ? dueWords(line.dueOn, today) : null,
  overdue: line.state === 'open' && line.dueOn < today,
  mine: line.owner === viewer,
})

/** The filters in force as tags; what a page begins with cannot be taken off. */
function chosen(
  { whose, status, fourP, by, about, meetings }: ListFilter,
  url: string,
  names: {
    agencies: readonly { id: string; name: string }[]
    meetingTypes: readonly { id: string; name: string }[]
    about: string | null
    first: Whose
  },
): { text: string; href?: string }[] {
  const without = (field: string) => withQuery(url, { [field]: null, page: null })
  return [
    {
      text: whoseWords[whose],
      ...(whose === names.first || about || meetings ? {} : { href: without('whose') }),
    },
    { text: statusWords[status], ...(status === 'open' ? {} : { href: without('status') }) },
    ...(fourP ? [{ text: fourPs[fourP], href: without('p') }] : []),
    ...(by ? [{ text: names.agencies.find(a => a.id === by)?.name ?? by, href: without('by') }] : []),
    ...(about
      ? [{ text: names.about ? `About ${names.about}` : 'About one of them', href: without('about') }]
      : []),
    ...(meetings
      ? [
          {
            text: names.meetingTypes.find(t => t.id === meetings)?.name ?? meetings,
            href: without('meetings'),
          },
        ]
      : []),
  ]
}
