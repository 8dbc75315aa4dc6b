/** Saying something in a meeting, bringing a matter up, and going on to the next. With and without a script. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import { londonDay } from '../../../platform/calendar.ts'
import { WrongMove } from '../../../platform/errors.ts'
import { type Faults, type Typed, typedText } from '../../../platform/typed-form.ts'
import { isUuid } from '../../../platform/uuid.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { AnyForm, Uuid } from '../../../web/route-schemas.ts'
import { formMarks } from '../../intake/referrals/form-marks.ts'
import { findCarefulWords } from '../../language/careful-words.ts'
import { readEntry, readMatter } from './entry-form.ts'
import { bringUp, passItem, passSection, say } from './entry-store.ts'
import { type Meeting, readMeeting } from './meeting-store.ts'
import { type Again, ByMeeting, showRoom } from './room-pages.ts'

const ByItem = Type.Object({ ...ByMeeting.properties, item: Uuid })

export function meetingEntryPages(app: WebServer, context: PageContext): void {
  const { casework, clock } = context

  app.post(
    '/meetings/:reference/entries',
    {
      schema: { params: ByMeeting, body: AnyForm },
      config: { may: 'attend-meetings', records: 'meeting-entry-added', proof: 'form' },
    },
    async (request, reply) => {
      const typed: Typed = request.body
      const item = typedText(typed, 'item')
      const at = isUuid(item) ? item : 'general'
      return answered(request, reply, at, async (tx, meeting, faults) => {
        const entry = readEntry(
          typed,
          { meeting, agency: tx.member.agency, today: londonDay(clock()) },
          faults,
        )
        if (!entry) return []
        const careful = findCarefulWords(entry.text)
        if (careful.length > 0 && typedText(typed, 'keep') === '') return careful
        await say(tx, meeting, entry, formMarks(typed).key)
        return []
      })
    },
  )

  app.post(
    '/meetings/:reference/items',
    {
      schema: { params: ByMeeting, body: AnyForm },
      config: { may: 'attend-meetings', records: 'meeting-item-added', proof: 'form' },
    },
    (request, reply) =>
      answered(request, reply, 'matter', async (tx, meeting, faults) => {
        const matter = readMatter(request.body, meeting, faults)
        if (matter) await bringUp(tx, meeting, matter, formMarks(request.body).key)
        return []
      }),
  )

  app.post(
    '/meetings/:reference/items/:item/pass',
    {
      schema: { params: ByItem, body: AnyForm },
      config: { may: 'attend-meetings', records: 'meeting-item-passed', proof: 'form' },
    },
    (request, reply) => {
      const { item } = request.params
      return answered(request, reply, item, async (tx, meeting) => {
        await passItem(tx, meeting, item, typedText(request.body, 'passed') !== 'no')
        return []
      })
    },
  )

  app.post(
    '/meetings/:reference/sections/pass',
    {
      schema: { params: ByMeeting, body: AnyForm },
      config: { may: 'attend-meetings', records: 'meeting-item-passed', proof: 'form' },
    },
    (request, reply) =>
      answered(request, reply, 'general', async (tx, meeting) => {
        await passSection(tx, meeting, typedText(request.body, 'section'))
        return []
      }),
  )

  /**
   * Does it and goes back to the page; or, asked by the page's script, says in JSON that it is done, or why not. What was
   * typed is shown again where it was typed.
   */
  async function answered(
    request: FastifyRequest<{ Params: { reference: string }; Body: Typed }>,
    reply: FastifyReply,
    at: string,
    act: (tx: MemberTransaction, meeting: Meeting, faults: Faults) => Promise<Again['careful'] & object>,
  ): Promise<FastifyReply> {
    const { reference } = request.params
    const faults: Faults = {}
    const script = request.headers.accept === 'application/json'
    let careful: Again['careful'] = []
    let status = 200
    try {
      careful = await casework.as(request, async tx => act(tx, await readMeeting(tx, reference), faults), {
        caseReference: reference,
      })
      if (Object.keys(faults).length > 0) status = 400
    } catch (error) {
      if (!(error instanceof WrongMove)) throw error
      faults.text = error.message
      status = 409
    }
    if (script) return reply.code(status).header('cache-control', 'no-store').send({ faults, careful })
    if (status !== 200 || careful.length > 0) {
      return showRoom(context, request, reply.code(status), reference, {
        at,
        typed: request.body,
        faults,
        careful,
      })
    }
    return reply.redirect(`/meetings/${reference}#matter-${at}`, 303)
  }
}
