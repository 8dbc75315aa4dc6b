/** The meetings in which somebody sits: of today, ahead, held; and planning one. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Day, londonDay } from '../../../platform/calendar.ts'
import { londonInstant } from '../../../platform/london-time.ts'
import { type Faults, readText, type Typed, typedDay, typedText } from '../../../platform/typed-form.ts'
import { withQuery } from '../../../web/addresses.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { dateItems } from '../../../web/date-field.ts'
import { errorsOf } from '../../../web/form-errors.ts'
import { pagination } from '../../../web/pagination.ts'
import { AnyForm } from '../../../web/route-schemas.ts'
import { formMarks, orKeepText } from '../../intake/referrals/form-marks.ts'
import { cadenceWords } from './cadence.ts'
import { stateWords } from './meeting.ts'
import { listMeetings, meetingsOfDay, planMeeting } from './meeting-store.ts'
import { listMeetingTypes, type MeetingType } from './meeting-type-store.ts'

const optional = Type.Optional(Type.String({ maxLength: 100 }))

export function meetingsPages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/meetings',
    {
      schema: {
        querystring: Type.Object({
          show: optional,
          type: optional,
          page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
        }),
      },
      config: { may: 'attend-meetings', records: 'meetings-listed' },
    },
    async (request, reply) => {
      const show = request.query.show === 'held' ? 'held' : 'ahead'
      const page = request.query.page ?? 1
      const today = londonDay(clock())
      const { found, waiting, types } = await casework.as(request, async tx => {
        const types = await listMeetingTypes(tx)
        const type = types.find(t => t.id === request.query.type)?.id ?? null
        const found = await listMeetings(tx, { show, type }, page)
        await tx.record('meetings-listed', { kind: 'meeting', detail: { show, type, shown: found.total } })
        return { found, types, waiting: await meetingsOfDay(tx, today) }
      })
      return reply.header('cache-control', 'no-store').page('casework/tasking/meetings/views/meetings.njk', {
        title: 'Meetings',
        show,
        type: request.query.type ?? '',
        types: [{ value: '', text: 'Any kind' }, ...types.map(t => ({ value: t.id, text: t.name }))],
        chosen: [
          { text: show === 'held' ? 'Held, or called off' : 'Ahead' },
          ...types
            .filter(t => t.id === request.query.type)
            .map(t => ({ text: t.name, href: withQuery(request.url, { type: null, page: null }) })),
        ],
        waiting,
        meetings: found.meetings.map(m => ({ ...m, stateWords: stateWords[m.state] })),
        pages: pagination(found.total, page, request.url),
      })
    },
  )

  app.get(
    '/meetings/new',
    {
      schema: { querystring: Type.Object({ type: optional }) },
      config: { may: 'keep-meetings', records: 'nothing' },
    },
    (request, reply) => form(request, reply, { type: request.query.type ?? '' }, {}),
  )

  app.post(
    '/meetings/new',
    {
      schema: { body: AnyForm },
      config: { may: 'keep-meetings', records: 'meeting-planned', proof: 'form' },
    },
    async (request, reply) => {
      const typed: Typed = request.body
      const faults: Faults = {}
      const startsAt = readStart(typed, clock(), faults)
      const place = readText(typed, 'place', { label: 'Where', most: 200 }, faults)
      const type = typedText(typed, 'type')
      if (type === '') faults.type = 'Choose what kind of meeting it is'
      if (startsAt === null || Object.keys(faults).length > 0)
        return form(request, reply.code(400), typed, faults)
      return orKeepText(
        async () => {
          const { reference } = await casework.as(request, tx =>
            planMeeting(tx, { type, startsAt, place }, formMarks(typed)),
          )
          return reply.redirect(`/meetings/${reference}`, 303)
        },
        sentence => form(request, reply.code(409), typed, { 'startsAt-time': sentence }),
      )
    },
  )

  async function form(request: FastifyRequest, reply: FastifyReply, typed: Typed, faults: Faults) {
    const types = await casework.as(request, listMeetingTypes)
    const member = request.viewer.member!
    const mine = types.filter(t => mayPlan(t, member))
    return reply.header('cache-control', 'no-store').page('casework/tasking/meetings/views/plan.njk', {
      title: 'Plan a meeting',
      types: mine.map(t => ({
        value: t.id,
        text: t.name,
        hint: { text: `Held ${cadenceWords(t.cadence)}` },
        checked: typedText(typed, 'type') === t.id,
      })),
      dates: dateItems('startsAt', Object.keys(typed).length > 1 ? typed : londonDay(clock())),
      typed,
      ...errorsOf(faults, { startsAt: 'startsAt-day', type: 'type' }),
      csrf: reply.generateCsrf(),
      key: typedText(typed, 'key') || randomUUID(),
    })
  }
}

/** As the policies have it: for the agency in the chair, or for the partnership. */
const mayPlan = ({ inPack, members, chair }: MeetingType, member: { agency: string; agencyKind: string }) =>
  inPack &&
  members.includes(member.agency) &&
  (chair === member.agency || member.agencyKind === 'partnership')

/** Today or later, with an hour of the clock. A meeting that is held at once begins a little earlier. */
export function readStart(typed: Typed, now: Date, faults: Faults): Date | null {
  const day: Day | null | undefined = typedDay(typed, 'startsAt')
  const time = /^([01]?\d|2[0-3])[:.]?([0-5]\d)$/.exec(typedText(typed, 'startsAt-time'))
  if (!day) faults.startsAt = 'Enter the day, such as 27 11 2026'
  else if (day < londonDay(now)) faults.startsAt = 'The day lies in the past'
  if (!time) faults['startsAt-time'] = 'Enter the hour, such as 09:00'
  if (!day || !time || faults.startsAt) return null
  return londonInstant(day, Number(time[1]) + Number(time[2]) / 60)
}
