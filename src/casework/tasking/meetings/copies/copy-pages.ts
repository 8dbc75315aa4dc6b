/** Giving copies of minutes and agendas, each to one recipient; and taking the one that one was given, as Word or PDF. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { purposes } from '../../../../governance/purposes.ts'
import { calendarWords, londonDay } from '../../../../platform/calendar.ts'
import { WrongMove } from '../../../../platform/errors.ts'
import { type Faults, type Typed, typedList, typedText } from '../../../../platform/typed-form.ts'
import { documentFormats } from '../../../../reports/documents/print-document.ts'
import type { PageContext, WebServer } from '../../../../web/context.ts'
import { errorsOf } from '../../../../web/form-errors.ts'
import { markingOf } from '../../../../web/marking.ts'
import { AnyForm, ButtonForm } from '../../../../web/route-schemas.ts'
import { formMarks, orKeepText } from '../../../intake/referrals/form-marks.ts'
import { readMeeting } from '../meeting-store.ts'
import { minutesDocument } from '../printed/minutes-document.ts'
import { ByMeeting } from '../room-pages.ts'
import { readRoom } from '../room-store.ts'
import { copyOf, copyStanding, copyWords, DEFAULT_DAYS, endChoices, standingWords } from './copy.ts'
import { readCopyForm } from './copy-form.ts'
import {
  agenciesWithoutNames,
  type Copy,
  copiesOf,
  giveCopies,
  readCopy,
  takeCopy,
  withdrawCopy,
} from './copy-store.ts'

const ByCopy = Type.Object({ copy: Type.String({ pattern: '^MC-\\d{4}-\\d{4,9}$' }) })
const ByFormat = Type.Object({
  ...ByCopy.properties,
  format: Type.Union([Type.Literal('pdf'), Type.Literal('docx')]),
})

export function meetingCopyPages(app: WebServer, context: PageContext): void {
  const { casework, clock, printer } = context

  app.get(
    '/meetings/:reference/copies',
    { schema: { params: ByMeeting }, config: { may: 'attend-meetings', records: 'meeting-copies-listed' } },
    (request, reply) => copiesPage(request, reply, request.params.reference),
  )

  app.post(
    '/meetings/:reference/copies',
    {
      schema: { params: ByMeeting, body: AnyForm },
      config: { may: 'attend-meetings', records: 'meeting-copy-given', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const typed: Typed = request.body
      const faults: Faults = {}
      return orKeepText(
        async () => {
          await casework.as(request, async tx => {
            const meeting = await readMeeting(tx, reference)
            const today = londonDay(clock())
            const copies = readCopyForm(typed, { meeting, user: tx.member.user, today }, faults)
            if (!copies) return
            const without = copies.namesBecause
              ? await agenciesWithoutNames(tx, meeting, copies.recipients)
              : []
            if (without.length > 0) {
              faults.names = `No agreement lets ${without.join(', ')} hear other agencies in this meeting: give them copies without names`
              return
            }
            await giveCopies(tx, meeting, copies, formMarks(typed).key)
          })
          if (Object.keys(faults).length > 0)
            return copiesPage(request, reply.code(400), reference, typed, faults)
          return reply.redirect(`/meetings/${reference}/copies`, 303)
        },
        sentence => copiesPage(request, reply.code(409), reference, typed, { recipients: sentence }),
      )
    },
  )

  app.get(
    '/meetings/copies/:copy',
    { schema: { params: ByCopy }, config: { may: 'attend-meetings', records: 'meeting-copies-listed' } },
    async (request, reply) => {
      const { copy, meeting } = await casework.as(request, async tx => {
        const copy = await readCopy(tx, request.params.copy)
        await tx.record('meeting-copies-listed', { kind: 'meeting-copy', id: copy.reference })
        return { copy, meeting: copy.meeting ? await readMeeting(tx, copy.meeting) : null }
      })
      const member = request.viewer.member!
      return reply.header('cache-control', 'no-store').page('casework/tasking/meetings/views/copy.njk', {
        title: `${copyWords[copy.what]}${meeting ? `: ${meeting.typeName}` : ''}`,
        copy: shownCopy(copy),
        meeting,
        formats: Object.entries(documentFormats).map(([id, { title }]) => ({ id, title })),
        purposeHeld: purposes.find(p => p.id === meeting?.purpose) ?? null,
        fits: !meeting || meeting.purpose === null || meeting.purpose === member.purpose,
        // There is something that the recipient can take only while the meeting is as it was.
        ready: meeting !== null && copyOf(meeting.state) === copy.what,
        csrf: reply.generateCsrf(),
        back: meeting
          ? { text: 'Copies of this meeting', href: `/meetings/${meeting.reference}/copies` }
          : { text: 'Meetings', href: '/meetings' },
      })
    },
  )

  app.get(
    '/meetings/copies/:copy/:format',
    { schema: { params: ByFormat }, config: { may: 'attend-meetings', records: 'meeting-copy-taken' } },
    async (request, reply) => {
      const { format } = request.params
      const { copy, meeting, room } = await casework.as(request, async tx => {
        const copy = await takeCopy(tx, request.params.copy, format)
        const meeting = await readMeeting(tx, copy.meeting ?? '')
        if (copyOf(meeting.state) !== copy.what) {
          throw new WrongMove(
            copy.what === 'minutes'
              ? `${meeting.reference} was opened again: take the copy when it is closed.`
              : `${meeting.reference} was held or called off. Ask whoever runs it for its minutes.`,
          )
        }
        if (meeting.purpose !== null && meeting.purpose !== tx.member.purpose) {
          const { words } = purposes.find(p => p.id === meeting.purpose)!
          throw new WrongMove(
            `This meeting is held for ${words}. Change your purpose to that, then take the copy.`,
          )
        }
        return { copy, meeting, room: await readRoom(tx, meeting.reference) }
      })
      const document = minutesDocument(
        copy,
        { meeting, room },
        {
          member: request.viewer.member!,
          now: clock(),
          marking: markingOf(context.synthetic, meeting.purpose !== null),
          area: context.pack.name,
        },
      )
      const file = await printer.print(document, format)
      return reply
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="${copy.reference}.${format}"`)
        .type(documentFormats[format].type)
        .send(Buffer.from(file))
    },
  )

  app.post(
    '/meetings/copies/:copy/withdraw',
    {
      schema: { params: ByCopy, body: ButtonForm },
      config: { may: 'attend-meetings', records: 'meeting-copy-withdrawn', proof: 'form' },
    },
    async (request, reply) => {
      await casework.as(request, tx => withdrawCopy(tx, request.params.copy))
      return reply.redirect(`/meetings/copies/${request.params.copy}`, 303)
    },
  )

  async function copiesPage(
    request: FastifyRequest,
    reply: FastifyReply,
    reference: string,
    typed: Typed = {},
    faults: Faults = {},
  ) {
    const { meeting, copies } = await casework.as(request, async tx => {
      const meeting = await readMeeting(tx, reference)
      await tx.record('meeting-copies-listed', { kind: 'meeting', id: reference })
      return { meeting, copies: await copiesOf(tx, meeting.id) }
    })
    const what = copyOf(meeting.state)
    const chosen = typedList(typed, 'recipients')
    const days = typedText(typed, 'days') || String(DEFAULT_DAYS)
    return reply.header('cache-control', 'no-store').page('casework/tasking/meetings/views/copies.njk', {
      title: what === 'agenda' ? 'Copies of the agenda' : 'Copies of the minutes',
      meeting,
      what,
      copies: copies.map(shownCopy),
      recipients: meeting.members.map(m => ({
        value: m.user,
        text: `${m.name}, ${m.post}, ${m.agencyName}`,
        checked: chosen.includes(m.user),
      })),
      ends: endChoices(londonDay(clock())).map(({ value, day }) => ({
        value,
        text: `${value} days, to ${calendarWords(day)}`,
        selected: value === days,
      })),
      typed,
      ...errorsOf(faults),
      csrf: reply.generateCsrf(),
      key: typedText(typed, 'key') || randomUUID(),
      back: { text: meeting.typeName, href: `/meetings/${reference}` },
    })
  }

  const shownCopy = (copy: Copy) => {
    const standing = copyStanding(copy, londonDay(clock()))
    return {
      ...copy,
      whatWords: copyWords[copy.what],
      standing,
      standingWords: standingWords[standing],
      takings: copy.takings.map(({ at, format }) => ({
        at: new Date(at),
        format: documentFormats[format as keyof typeof documentFormats].title,
      })),
    }
  }
}
