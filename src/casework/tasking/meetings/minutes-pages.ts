/** The minutes, as soon as a meeting is closed: read here and printed, by each member as far as they may hear it. */

import { purposes } from '../../../governance/purposes.ts'
import { calendarWords, londonDay } from '../../../platform/calendar.ts'
import { WrongMove } from '../../../platform/errors.ts'
import { clockWords } from '../../../platform/london-time.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { partWords, possibleMoves, quorate } from './meeting.ts'
import { readMeeting, readMoves } from './meeting-store.ts'
import { attendanceByAgency, heldWords, minutesOf } from './minutes.ts'
import { namesHidden } from './names-cookie.ts'
import { ByMeeting } from './room-pages.ts'
import { readRoom } from './room-store.ts'
import { inSections, shownItems } from './shown-room.ts'

export function minutesPages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/meetings/:reference/minutes',
    { schema: { params: ByMeeting }, config: { may: 'attend-meetings', records: 'meeting-minutes-read' } },
    async (request, reply) => {
      const { reference } = request.params
      const { meeting, room, done } = await casework.as(
        request,
        async tx => {
          const meeting = await readMeeting(tx, reference)
          if (meeting.state !== 'closed')
            throw new WrongMove(`${reference} is not over: minutes are there when it is.`)
          await tx.record('meeting-minutes-read', { kind: 'meeting', id: reference })
          return { meeting, room: await readRoom(tx, reference), done: await readMoves(tx, meeting.id) }
        },
        { caseReference: reference },
      )
      const member = request.viewer.member!
      const hidden = namesHidden(request.cookies)
      const { items, general } = shownItems(room, { member, hidden })
      const minutes = minutesOf(items, general ?? [])
      return reply.header('cache-control', 'no-store').page('casework/tasking/meetings/views/minutes.njk', {
        title: `Minutes: ${meeting.typeName}`,
        meeting,
        held: heldWords(meeting, { day: at => calendarWords(londonDay(at)), clock: clockWords }),
        purposeHeld: purposes.find(p => p.id === meeting.purpose) ?? null,
        fits: meeting.purpose === null || meeting.purpose === member.purpose,
        quorum: quorate(meeting.quorum, meeting.members),
        attendance: attendanceByAgency(meeting.members, room.agencyNames),
        partWords,
        minutes,
        sections: inSections(minutes.discussed, []).filter(s => s.items.length > 0),
        general: (general ?? []).filter(e => e.kind !== 'decision' && e.kind !== 'action'),
        reopened: done.filter(m => m.action === 'reopen'),
        can: possibleMoves(meeting, meeting.mover, clock()),
        hidden,
        csrf: reply.generateCsrf(),
        back: { text: 'Meetings', href: '/meetings?show=held' },
      })
    },
  )
}
