/** One meeting on the screen: its agenda, one pass through it, and what was said, as the viewer may hear it. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { itemKinds } from '../../../areas/meeting-type.ts'
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import { purposes } from '../../../governance/purposes.ts'
import { londonDay } from '../../../platform/calendar.ts'
import type { Faults, Typed } from '../../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { errorsOf } from '../../../web/form-errors.ts'
import type { FoundWord } from '../../language/careful-words.ts'
import { dueChoices } from './entry-form.ts'
import { attendanceWords, entryKinds, partWords, possibleMoves, quorate, stateWords } from './meeting.ts'
import { type Meeting, readMeeting } from './meeting-store.ts'
import { readMeetingType } from './meeting-type-store.ts'
import { candidates } from './members-store.ts'
import { NAMES_COOKIE, namesHidden } from './names-cookie.ts'
import { readRoom } from './room-store.ts'
import { inSections, kindChoices, shownItems } from './shown-room.ts'

export const ByMeeting = Type.Object({ reference: Type.String({ pattern: '^M-\\d{4}-\\d{4,9}$' }) })

/** What a form brought that was not kept, for the page to show again where it was typed. */
export interface Again {
  /** The matter; "matter" for a new one, "general" for what belongs to none. */
  at: string
  typed: Typed
  faults: Faults
  careful?: FoundWord[]
}

export function roomPages(app: WebServer, context: PageContext): void {
  app.get(
    '/meetings/:reference',
    { schema: { params: ByMeeting }, config: { may: 'attend-meetings', records: 'meeting-opened' } },
    (request, reply) => showRoom(context, request, reply, request.params.reference),
  )

  /** Names are hidden or shown on this device; without a script this is the whole of it. */
  app.get(
    '/meetings/names/:shown',
    {
      schema: { params: Type.Object({ shown: Type.Union([Type.Literal('hidden'), Type.Literal('shown')]) }) },
      config: { may: 'attend-meetings', records: 'nothing' },
    },
    async (request, reply) => {
      reply.setCookie(NAMES_COOKIE, request.params.shown, {
        path: '/meetings',
        sameSite: 'strict',
        secure: 'auto',
      })
      const from = URL.parse(request.headers.referer ?? '')?.pathname ?? ''
      return reply.redirect(from.startsWith('/meetings/') ? from : '/meetings', 303)
    },
  )
}

/** `again` is what could not be kept. Throws NotThere for a meeting in which the viewer does not sit. */
export async function showRoom(
  { casework, clock }: PageContext,
  request: FastifyRequest,
  reply: FastifyReply,
  reference: string,
  again: Again | null = null,
): Promise<FastifyReply> {
  const opened = await casework.as(request, tx => openRoom(tx, reference), { caseReference: reference })
  const { meeting, room, sections, others, reach, escalates } = opened
  if (meeting.state === 'closed') return reply.redirect(`/meetings/${reference}/minutes`, 303)
  const member = request.viewer.member!
  const hidden = namesHidden(request.cookies)
  const { items, general } = shownItems(room, { member, hidden })
  const now = clock()
  const fits = meeting.purpose === null || meeting.purpose === member.purpose
  const agencies = meeting.agencies.map(id => ({ value: id, text: room.agencyNames[id] ?? id }))
  const heard = agencies.filter(a => reach.includes(a.value))
  return reply.header('cache-control', 'no-store').page('casework/tasking/meetings/views/room.njk', {
    title: meeting.typeName,
    meeting,
    stateWords: stateWords[meeting.state],
    purposeHeld: purposes.find(p => p.id === meeting.purpose) ?? null,
    fits,
    speaks: meeting.state === 'open' && fits,
    bringsUp: meeting.state !== 'called-off' && (meeting.purpose === null || member.purpose !== null),
    sections: inSections(items, sections),
    general,
    current: items.find(i => i.passedAt === null)?.id ?? null,
    passed: items.filter(i => i.passedAt !== null).length,
    matters: items.length,
    hidden,
    can: possibleMoves(meeting, meeting.mover, now),
    quorum: quorate(meeting.quorum, meeting.members),
    me: meeting.members.find(m => m.user === member.user && m.agency === member.agency) ?? null,
    words: { attendance: attendanceWords, parts: partWords, kinds: itemKinds },
    // An action is somebody's to read about people, also where it was given out by a board.
    entryKinds: Object.entries(entryKinds)
      .filter(([kind]) => kind !== 'action' || member.purpose !== null)
      .map(([value, { title }]) => ({ value, text: title })),
    agency: member.agency,
    speaksFor: meeting.mover.runs ? heard : heard.filter(a => a.value === member.agency),
    gives: heard,
    otherAgencies: heard.filter(a => a.value !== member.agency),
    due: dueChoices(londonDay(now)),
    matterKinds: kindChoices(meeting.sees),
    escalates,
    others: others.map(o => ({ value: o.user, text: `${o.name}, ${o.post}, ${o.agencyName}` })),
    again,
    // Fields of a form stand once at every matter: their ids end in its place.
    ...errorsOf(
      again?.faults ?? {},
      Object.fromEntries(Object.keys(again?.faults ?? {}).map(field => [field, `${field}-${again!.at}`])),
    ),
    csrf: reply.generateCsrf(),
    key: randomUUID,
  })
}

async function openRoom(tx: MemberTransaction, reference: string) {
  const meeting = await readMeeting(tx, reference)
  const room = await readRoom(tx, reference)
  const { agenda, escalatesTo } = await readMeetingType(tx, meeting.type)
  await tx.record('meeting-opened', { kind: 'meeting', id: reference, detail: { state: meeting.state } })
  return {
    meeting,
    room,
    sections: agenda.map(rule => rule.section),
    escalates: escalatesTo !== undefined,
    others: meeting.mover.runs ? await candidates(tx, meeting) : [],
    reach: await reachOf(tx, meeting),
  }
}

/** Agencies whose words the viewer may hear in this meeting; all, where nobody is spoken of. */
async function reachOf(tx: MemberTransaction, { purpose, agencies }: Meeting): Promise<string[]> {
  if (purpose === null) return agencies
  const [reach] = await tx.query<{ agencies: string[] }>('select viewer_meeting_reach() as agencies')
  return reach!.agencies
}
