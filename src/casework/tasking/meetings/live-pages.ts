/**
 * The meeting while it is held: the page is told that something changed, by number, and asks for what the viewer may hear
 * of it. Nothing but numbers goes over the stream; what was said is read under the policies, by each for themselves.
 */
import { PassThrough } from 'node:stream'
import { Type } from 'typebox'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { attendanceWords, partWords, quorate } from './meeting.ts'
import { readMeeting } from './meeting-store.ts'
import { namesHidden } from './names-cookie.ts'
import { ByMeeting } from './room-pages.ts'
import { readRoom } from './room-store.ts'
import { shownItems } from './shown-room.ts'

/** A proxy ends what is silent for a minute. */
const STILL_THERE_MS = 25_000
/** Then the browser opens it again, and it is asked anew whether they sit in the meeting. */
const STREAM_MS = 15 * 60_000
const AGAIN_MS = 2000

export function livePages(app: WebServer, { casework, meetings }: PageContext): void {
  const streams = new Set<PassThrough>()
  // Streams are requests that never end by themselves: closing waits for those that are under way.
  app.addHook('preClose', async () => {
    for (const stream of streams) stream.end()
  })

  app.get(
    '/meetings/:reference/changes',
    { schema: { params: ByMeeting }, config: { may: 'attend-meetings', records: 'nothing' } },
    async (request, reply) => {
      const meeting = await casework.as(request, tx => readMeeting(tx, request.params.reference))
      const stream = new PassThrough()
      streams.add(stream)
      const tell = (change: number | null) => stream.write(`data: ${change ?? 'look'}\n\n`)
      const unwatch = meetings.watch(meeting.id, tell)
      const still = setInterval(() => stream.write(': still there\n\n'), STILL_THERE_MS)
      const end = setTimeout(() => stream.end(), STREAM_MS)
      const stop = () => {
        unwatch()
        clearInterval(still)
        clearTimeout(end)
        streams.delete(stream)
      }
      stream.once('close', stop)
      request.raw.once('close', () => stream.destroy())
      stream.write(`retry: ${AGAIN_MS}\n\n`)
      // Whoever comes back is told where the meeting stands, and asks for what they missed.
      tell(meeting.changes)
      return reply
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .type('text/event-stream')
        .send(stream)
    },
  )

  /**
   * What changed since. Whoever hears it is in the record already: as having opened the meeting, and among those present. An
   * entry for each of sixty people with each sentence would bury what an officer looks for.
   */
  app.get(
    '/meetings/:reference/since/:change',
    {
      schema: {
        params: Type.Object({
          ...ByMeeting.properties,
          change: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
        }),
      },
      config: { may: 'attend-meetings', records: 'nothing' },
    },
    async (request, reply) => {
      const { reference, change } = request.params
      const room = await casework.as(request, tx => readRoom(tx, reference, change))
      const member = request.viewer.member!
      const hidden = namesHidden(request.cookies)
      const { items, general } = shownItems(room, { member, hidden })
      return reply.header('cache-control', 'no-store').page('casework/tasking/meetings/views/since.njk', {
        title: 'What changed',
        room,
        items,
        general,
        words: { attendance: attendanceWords, parts: partWords },
        quorum: room.members && quorate(room.quorum, room.members),
        csrf: reply.generateCsrf(),
      })
    },
  )
}
