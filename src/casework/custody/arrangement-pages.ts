/** Noting who else works with somebody, looking at it again, and that it is over. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { purposes } from '../../governance/purposes.ts'
import { londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import { type Faults, type Typed, typedNumber, typedText } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { dateItems } from '../../web/date-field.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { AnyForm, ButtonForm, ById, Uuid } from '../../web/route-schemas.ts'
import { formMarks, orKeepText } from '../intake/referrals/form-marks.ts'
import { mayBeChild } from '../register/birth-date.ts'
import { backTo, ownRecordOf } from '../register/own-record.ts'
import {
  type Arrangement,
  endArrangement,
  noteArrangement,
  openKinds,
  ownArrangement,
  reviewArrangement,
} from './arrangement-store.ts'
import { readArrangement, readArrangementSince } from './custody-form.ts'

const OfPerson = Type.Object({ person: Uuid })

export function arrangementPages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/arrangements/new',
    { schema: { querystring: OfPerson }, config: { may: 'keep-custody', records: 'nothing' } },
    (request, reply) => newPage(request, reply, {}, {}),
  )

  app.post(
    '/arrangements/new',
    {
      schema: { querystring: OfPerson, body: AnyForm },
      config: { may: 'keep-custody', records: 'arrangement-noted', proof: 'form' },
    },
    async (request, reply) => {
      const { person } = request.query
      const typed: Typed = request.body
      const faults: Faults = {}
      const today = londonDay(clock())
      const details = readArrangement(typed, faults)
      const since = readArrangementSince(typed, today, faults)
      const kind = typedText(typed, 'kind')
      return orKeepText(
        async () => {
          const noted = await casework.as(request, async tx => {
            const { record } = await ownRecordOf(tx, person)
            if (!(await openKinds(tx)).some(k => k.id === kind)) faults.kind = 'Choose which it is.'
            if (Object.keys(faults).length > 0) return false
            const legalBasis = purposes.find(p => p.id === tx.member.purpose)?.legalBases[0]
            if (!legalBasis) throw new NotThere()
            const child = mayBeChild(record.birth, today)
            await noteArrangement(
              tx,
              { ...details, person, child, kind, since, legalBasis },
              formMarks(typed),
            )
            return true
          })
          if (!noted) return newPage(request, reply.code(400), typed, faults)
          return reply.redirect(`/register/${person}#custody`, 303)
        },
        sentence => newPage(request, reply.code(409), typed, { 'main-content': sentence }),
      )
    },
  )

  app.get(
    '/arrangements/:id/review',
    { schema: { params: ById }, config: { may: 'keep-custody', records: 'nothing' } },
    (request, reply) => reviewPage(request, reply, { typed: null, faults: {} }),
  )

  app.post(
    '/arrangements/:id/review',
    {
      schema: { params: ById, body: AnyForm },
      config: { may: 'keep-custody', records: 'arrangement-reviewed', proof: 'form' },
    },
    async (request, reply) => {
      const { id } = request.params
      const typed: Typed = request.body
      const faults: Faults = {}
      const details = readArrangement(typed, faults)
      if (Object.keys(faults).length > 0) return reviewPage(request, reply.code(400), { typed, faults })
      const { kept, person } = await casework.as(request, async tx => {
        const arrangement = await ownArrangement(tx, id)
        return {
          kept: await reviewArrangement(tx, arrangement, details, typedNumber(typed, 'edition')),
          person: arrangement.person,
        }
      })
      if (!kept) return reviewPage(request, reply.code(409), { typed, faults, behind: true })
      return reply.redirect(`/register/${person}#custody`, 303)
    },
  )

  app.post(
    '/arrangements/:id/end',
    {
      schema: { params: ById, body: ButtonForm },
      config: { may: 'keep-custody', records: 'arrangement-ended', proof: 'form' },
    },
    async (request, reply) => {
      const person = await casework.as(request, async tx => {
        const arrangement = await ownArrangement(tx, request.params.id)
        await endArrangement(tx, arrangement)
        return arrangement.person
      })
      return reply.redirect(`/register/${person}#custody`, 303)
    },
  )

  async function newPage(
    request: FastifyRequest<{ Querystring: { person: string } }>,
    reply: FastifyReply,
    typed: Typed,
    faults: Faults,
  ) {
    const { person } = request.query
    const { record, kinds } = await casework.as(request, async tx => ({
      record: (await ownRecordOf(tx, person)).record,
      kinds: await openKinds(tx),
    }))
    return reply.header('cache-control', 'no-store').page('casework/custody/views/arrangement.njk', {
      title: 'Who else works with them',
      action: `/arrangements/new?person=${person}`,
      called: backTo(record).text,
      kinds: kinds.map(({ id, name }) => ({ value: id, text: name, checked: typed.kind === id })),
      typed,
      sinceItems: dateItems('since', typed),
      ...errorsOf(faults, { since: 'since-day' }),
      csrf: reply.generateCsrf(),
      hidden: { key: typedText(typed, 'key') || randomUUID() },
      button: 'Save',
      back: backTo(record),
    })
  }

  async function reviewPage(
    request: FastifyRequest<{ Params: { id: string } }>,
    reply: FastifyReply,
    { typed, faults, behind = false }: { typed: Typed | null; faults: Faults; behind?: boolean },
  ) {
    const { arrangement, back } = await casework.as(request, async tx => {
      const found = await ownArrangement(tx, request.params.id)
      const { record } = await ownRecordOf(tx, found.person)
      return { arrangement: found, back: backTo(record) }
    })
    return reply.header('cache-control', 'no-store').page('casework/custody/views/arrangement.njk', {
      title: `Review: ${arrangement.kindName}`,
      action: `/arrangements/${arrangement.id}/review`,
      called: back.text,
      kinds: null,
      arrangement,
      typed: typed ?? standing(arrangement),
      // Both stay: what stands there now beside what was typed, to be sent again on top of it.
      stands: behind ? arrangement : null,
      ...errorsOf(faults),
      csrf: reply.generateCsrf(),
      hidden: { edition: typed && !behind ? typedText(typed, 'edition') : arrangement.edition },
      button: 'It is still so',
      back,
    })
  }
}

const standing = ({ leadWorker, contact, toldBy }: Arrangement): Typed => ({ leadWorker, contact, toldBy })
