/** What moves a meeting: its agenda gathered, opened, handed over, closed; who is there. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { londonDay } from '../../../platform/calendar.ts'
import { NotThere } from '../../../platform/errors.ts'
import { clockWords } from '../../../platform/london-time.ts'
import { type Faults, readText, type Typed, typedText } from '../../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { dateItems } from '../../../web/date-field.ts'
import { errorsOf } from '../../../web/form-errors.ts'
import { AnyForm, ButtonForm, csrfField, TypedText, Uuid } from '../../../web/route-schemas.ts'
import { formMarks } from '../../intake/referrals/form-marks.ts'
import { isAttendance, isPart, type MeetingMove, moves, quorate } from './meeting.ts'
import { type Meeting, moveMeeting, readMeeting } from './meeting-store.ts'
import { readStart } from './meetings-pages.ts'
import { addMember, noteAttendance } from './members-store.ts'
import { ByMeeting } from './room-pages.ts'

const ByMove = Type.Object({ ...ByMeeting.properties, move: Type.String({ maxLength: 30 }) })

const AttendanceForm = Type.Object({ ...csrfField, user: Type.Optional(Uuid), attendance: TypedText })
const MemberForm = Type.Object({ ...csrfField, member: Uuid, part: TypedText })

export function movePages(app: WebServer, { casework, meetings, clock }: PageContext): void {
  app.post(
    '/meetings/:reference/agenda',
    {
      schema: { params: ByMeeting, body: ButtonForm },
      config: { may: 'attend-meetings', records: 'meeting-agenda-gathered', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      await meetings.gatherAgenda(request, reference)
      return reply.redirect(`/meetings/${reference}`, 303)
    },
  )

  app.get(
    '/meetings/:reference/move/:move',
    {
      schema: { params: ByMove },
      config: { may: 'attend-meetings', records: 'nothing' },
    },
    async (request, reply) => {
      const meeting = await casework.as(request, tx => readMeeting(tx, request.params.reference))
      return movePage(reply, meeting, moveOf(request.params.move), {}, {})
    },
  )

  app.post(
    '/meetings/:reference/move/:move',
    {
      schema: { params: ByMove, body: AnyForm },
      config: { may: 'attend-meetings', records: 'meeting-moved', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const typed: Typed = request.body
      const move = moveOf(request.params.move)
      const meeting = await casework.as(request, tx => readMeeting(tx, reference))
      const faults: Faults = {}
      const because =
        'because' in moves[move]
          ? readText(typed, 'because', { label: 'The reason', most: 500, needed: 'Write why' }, faults)
          : undefined
      const startsAt = move === 'postpone' ? readStart(typed, clock(), faults) : null
      if (Object.keys(faults).length > 0) return movePage(reply.code(400), meeting, move, typed, faults)
      // What came in since the agenda was gathered belongs onto it.
      const marks = formMarks(typed)
      if (
        move === 'open' &&
        meeting.state === 'planned' &&
        meeting.mover.runs &&
        marks.seen === meeting.seq
      ) {
        await meetings.gatherAgenda(request, reference)
      }
      await casework.as(request, tx =>
        moveMeeting(tx, reference, move, marks, {
          ...(because && { because }),
          ...(startsAt && { startsAt: startsAt.toISOString() }),
        }),
      )
      return reply.redirect(`/meetings/${reference}`, 303)
    },
  )

  app.post(
    '/meetings/:reference/attendance',
    {
      schema: { params: ByMeeting, body: AttendanceForm },
      config: { may: 'attend-meetings', records: 'meeting-attendance-noted', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const { user, attendance = '' } = request.body
      await casework.as(request, async tx => {
        const meeting = await readMeeting(tx, reference)
        if (!isAttendance(attendance)) throw new NotThere()
        await noteAttendance(tx, meeting, user ?? tx.member.user, attendance)
      })
      // Asked by the page's script, which hears of it as everybody does.
      if (request.headers.accept === 'application/json') return reply.code(204).send()
      return reply.redirect(`/meetings/${reference}${user ? '#members' : ''}`, 303)
    },
  )

  app.post(
    '/meetings/:reference/members',
    {
      schema: { params: ByMeeting, body: MemberForm },
      config: { may: 'attend-meetings', records: 'meeting-member-added', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const { member, part = '' } = request.body
      await casework.as(request, async tx =>
        addMember(tx, await readMeeting(tx, reference), member, isPart(part) ? part : 'member'),
      )
      return reply.redirect(`/meetings/${reference}#members`, 303)
    },
  )

  function movePage(reply: FastifyReply, meeting: Meeting, move: MeetingMove, typed: Typed, faults: Faults) {
    return reply.header('cache-control', 'no-store').page('casework/tasking/meetings/views/move.njk', {
      title: capital(moves[move].words),
      meeting,
      move,
      because: 'because' in moves[move] ? moves[move].because : null,
      quorum: quorate(meeting.quorum, meeting.members),
      dates:
        move === 'postpone' &&
        dateItems('startsAt', typed['startsAt-day'] === undefined ? londonDay(meeting.startsAt) : typed),
      time: clockWords(meeting.startsAt),
      typed,
      ...errorsOf(faults, { startsAt: 'startsAt-day' }),
      csrf: reply.generateCsrf(),
      key: typedText(typed, 'key') || randomUUID(),
      seen: meeting.seq,
    })
  }
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

function moveOf(text: string): MeetingMove {
  if (!Object.hasOwn(moves, text) || text === 'plan') throw new NotThere()
  return text as MeetingMove
}
