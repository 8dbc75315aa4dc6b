/** Kinds of meeting: what each is for, who sits in it, who came over the last year, what it decided. */
import { Type } from 'typebox'
import { itemKinds } from '../../../areas/meeting-type.ts'
import { may } from '../../../governance/permissions.ts'
import { purposes } from '../../../governance/purposes.ts'
import { addDays, londonDay } from '../../../platform/calendar.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { ButtonForm, csrfField, TypedText, Uuid } from '../../../web/route-schemas.ts'
import { progressOfCohorts } from '../../progress/figures/progress-panel.ts'
import { actionsOf } from '../actions/action-store.ts'
import { shownLine } from '../actions/log-pages.ts'
import { attendanceOverTime, shareWords } from './attendance.ts'
import { type AgencyActions, latestDecisions, readActionCounts, readAttendance } from './board-store.ts'
import { cadenceWords } from './cadence.ts'
import { stateWords } from './escalation.ts'
import { escalationsOf } from './escalation-store.ts'
import { isPart, partWords } from './meeting.ts'
import { listMeetingTypes, type MeetingType, readMeetingType } from './meeting-type-store.ts'
import { endSeat, listSeats, partChoices, seatCandidates, takeSeat } from './members-store.ts'
import { namesHidden } from './names-cookie.ts'
import { shownText } from './shown-names.ts'

const ByType = Type.Object({ type: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 100 }) })
const SeatForm = Type.Object({ ...csrfField, member: Uuid, part: TypedText })
const YEAR = 365
/** Actions that the page shows; the log has them all. */
const OPEN_SHOWN = 10

export function meetingTypePages(app: WebServer, context: PageContext): void {
  const { casework, clock } = context
  app.get(
    '/meetings/types',
    { config: { may: 'attend-meetings', records: 'nothing' } },
    async (request, reply) => {
      const { types, names } = await casework.as(request, async tx => ({
        types: await listMeetingTypes(tx),
        names: await tx.query<{ id: string; name: string }>('select id, name from agencies'),
      }))
      const nameOf = new Map(names.map(a => [a.id, a.name]))
      return reply.header('cache-control', 'no-store').page('casework/tasking/meetings/views/types.njk', {
        title: 'Kinds of meeting',
        types: types.map(t => ({
          ...t,
          cadenceWords: cadenceWords(t.cadence),
          chairName: nameOf.get(t.chair),
        })),
      })
    },
  )

  app.get(
    '/meetings/types/:type',
    { schema: { params: ByType }, config: { may: 'attend-meetings', records: 'meetings-listed' } },
    async (request, reply) => {
      const today = londonDay(clock())
      const member = request.viewer.member
      const found = await casework.as(request, async tx => {
        const type = await readMeetingType(tx, request.params.type)
        const keeps = member !== null && mayKeep(type, member)
        await tx.record('meetings-listed', { kind: 'meeting-type', id: type.id })
        return {
          type,
          keeps,
          types: await listMeetingTypes(tx),
          seats: await listSeats(tx, type.id),
          attended: await readAttendance(tx, type.id, addDays(today, -YEAR), today),
          counted: await readActionCounts(tx, type.id, addDays(today, -YEAR), today),
          waiting: may(tx.member.role, 'work-actions')
            ? await actionsOf(
                tx,
                { meetingType: type.id, states: ['open'] },
                { limit: OPEN_SHOWN, offset: 0 },
              )
            : null,
          decisions: await latestDecisions(tx, type.id),
          escalations: await escalationsOf(tx, type.id),
          candidates: keeps ? await seatCandidates(tx, type) : [],
          names: await tx.query<{ id: string; name: string }>('select id, name from agencies order by name'),
        }
      })
      const { type, seats, attended, names } = found
      const nameOf = (id: string) => names.find(a => a.id === id)?.name ?? id
      const { waiting } = found
      return reply.header('cache-control', 'no-store').page('casework/tasking/meetings/views/type.njk', {
        ...found,
        title: type.name,
        cadenceWords: cadenceWords(type.cadence),
        // Figures stand on the page of whoever has them on its agenda: boards.
        progress: type.sees.includes('figure')
          ? { panel: await progressOfCohorts(context, request.viewer.disclosure) }
          : null,
        purposeHeld: purposes.find(p => p.id === type.purpose) ?? null,
        chairName: nameOf(type.chair),
        escalates: found.types.find(t => t.id === type.escalatesTo) ?? null,
        sees: type.sees.map(kind => itemKinds[kind].title),
        quorumOf: type.quorum.of?.map(nameOf) ?? null,
        seated: seats.filter(s => s.until === null),
        left: seats.filter(s => s.until !== null),
        decisions: found.decisions.map(({ text, ...d }) => ({
          ...d,
          parts: shownText(text, {
            agencies: names.map(a => a.name),
            called: [],
            hidden: namesHidden(request.cookies),
          }),
        })),
        escalationWords: stateWords,
        partWords,
        partChoices,
        overTime: attendanceOverTime(attended, type.members).map(a => ({
          agency: nameOf(a.agency),
          quarters: a.quarters.map(q => ({ quarter: q.quarter, words: shareWords(q.there, q.held) })),
          altogether: shareWords(a.there, a.held),
        })),
        actionCounts: found.counted.map(shownCounts(nameOf)).sort((a, b) => a.agency.localeCompare(b.agency)),
        waiting: waiting && {
          total: waiting.total,
          lines: waiting.lines.map(line => shownLine(line, today, member?.user ?? '')),
        },
        held: new Set(attended.map(a => a.reference)).size,
        candidates: found.candidates.map(c => ({
          value: c.user,
          text: `${c.name}, ${c.post}, ${c.agencyName}`,
        })),
        csrf: reply.generateCsrf(),
        back: { text: 'Kinds of meeting', href: '/meetings/types' },
      })
    },
  )

  app.post(
    '/meetings/types/:type/seats',
    {
      schema: { params: ByType, body: SeatForm },
      config: { may: 'keep-meetings', records: 'meeting-seat-given', proof: 'form' },
    },
    async (request, reply) => {
      const { member, part = '' } = request.body
      await casework.as(request, tx =>
        takeSeat(tx, request.params.type, member, isPart(part) ? part : 'member'),
      )
      return reply.redirect(`/meetings/types/${request.params.type}#seats`, 303)
    },
  )

  app.post(
    '/meetings/types/:type/seats/:id/end',
    {
      schema: { params: Type.Object({ ...ByType.properties, id: Uuid }), body: ButtonForm },
      config: { may: 'keep-meetings', records: 'meeting-seat-ended', proof: 'form' },
    },
    async (request, reply) => {
      await casework.as(request, tx => endSeat(tx, request.params.type, request.params.id))
      return reply.redirect(`/meetings/types/${request.params.type}#seats`, 303)
    },
  )
}

const shownCounts =
  (nameOf: (id: string) => string) =>
  ({ agency, given, done, onTime, open, overdue }: AgencyActions) => ({
    agency: nameOf(agency),
    given,
    done: shareWords(done, given),
    onTime: shareWords(onTime, done),
    open,
    overdue,
  })

/** As the policies have it: coordinators and commanders, for the agency in the chair or for the partnership. */
const mayKeep = (
  { inPack, members, chair }: MeetingType,
  { agency, agencyKind, role }: { agency: string; agencyKind: string; role: string },
) =>
  inPack &&
  (role === 'coordinator' || role === 'commander') &&
  members.includes(agency) &&
  (chair === agency || agencyKind === 'partnership')
