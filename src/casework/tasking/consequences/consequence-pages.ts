/** Consequence management after one incident: everything that the reader's agency may read of it, on one page. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { purposes } from '../../../governance/purposes.ts'
import { addDays, londonDay } from '../../../platform/calendar.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { errorsOf } from '../../../web/form-errors.ts'
import { actionsOf } from '../actions/action-store.ts'
import { shownLine } from '../actions/log-pages.ts'
import { possibleMoves, stateWords } from './consequence.ts'
import { entriesOf } from './consequence-entry-store.ts'
import { callableTypes, meetingsFor } from './consequence-meeting-store.ts'
import { readConsequence } from './consequence-store.ts'
import { lastReview, sections, shownMoves, whenWords } from './shown-consequence.ts'

export const ConsequenceAddress = Type.Object({ reference: Type.String({ pattern: '^CM-\\d{4}-\\d{4,9}$' }) })

/** More than any has. */
const ACTIONS = 500

const REVIEW_SOON_DAYS = 2

export function consequencePages(app: WebServer, context: PageContext): void {
  app.get(
    '/consequences/:reference',
    {
      schema: { params: ConsequenceAddress },
      config: { may: 'manage-consequences', records: 'consequence-opened' },
    },
    (request, reply) => showConsequence(context, request, reply, request.params.reference),
  )
}

/** `sentence` says why something could not be done. */
export async function showConsequence(
  { casework, clock }: PageContext,
  request: FastifyRequest,
  reply: FastifyReply,
  reference: string,
  sentence?: string,
): Promise<FastifyReply> {
  const today = londonDay(clock())
  const viewer = request.viewer.member?.user ?? ''
  const { consequence, entries, lines, meetings, callable, agencyNames } = await casework.as(
    request,
    async tx => {
      const found = await readConsequence(tx, reference)
      await tx.record('consequence-opened', { kind: 'consequence', id: reference })
      const names = await tx.query<{ id: string; name: string }>('select id, name from agencies')
      return {
        consequence: found,
        entries: await entriesOf(tx, found.id),
        lines: (await actionsOf(tx, { consequence: found.id }, { limit: ACTIONS, offset: 0 })).lines,
        meetings: await meetingsFor(tx, found),
        callable: await callableTypes(tx),
        agencyNames: new Map(names.map(a => [a.id, a.name])),
      }
    },
    { caseReference: reference },
  )
  const { stands, mover, made } = consequence
  const worded = lines.map(line => shownLine(line, today, viewer))
  return reply
    .header('cache-control', 'no-store')
    .page('casework/tasking/consequences/views/consequence.njk', {
      title: consequence.what,
      consequence,
      when: whenWords(consequence.happenedOn, consequence.happenedAt),
      stateWords: stateWords[stands.state],
      fits: request.viewer.member?.purpose === consequence.purpose,
      purposeHeld: purposes.find(p => p.id === consequence.purpose),
      can: possibleMoves(stands, mover, today),
      overdue: stands.state === 'open' && stands.reviewDueOn < today,
      reviewNear: stands.state === 'open' && stands.reviewDueOn <= addDays(today, REVIEW_SOON_DAYS),
      sections: sections(entries, { viewer, agencyNames }),
      review: lastReview(made),
      open: worded.filter(line => line.state === 'open'),
      closed: worded.filter(line => line.state !== 'open'),
      meetings,
      callable,
      history: shownMoves(made),
      ...errorsOf(sentence ? { 'main-content': sentence } : {}),
      csrf: reply.generateCsrf(),
      key: randomUUID(),
      seen: made.at(-1)!.seq,
      back: { text: 'Consequence management', href: '/consequences' },
    })
}
