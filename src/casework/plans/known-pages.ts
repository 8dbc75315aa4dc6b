/** Places and lines that plans can be about: the agency's own, named, looked at again. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { purposes } from '../../governance/purposes.ts'
import { addDays, londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import { type Faults, readChoice, readText, type Typed, typedText } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { AnyForm, ButtonForm, Uuid } from '../../web/route-schemas.ts'
import { formMarks } from '../intake/referrals/form-marks.ts'
import {
  addLine,
  addPlace,
  type KnownKind,
  knownLines,
  knownPlaces,
  type LineStatus,
  lineStatuses,
  type PlaceKind,
  placeKinds,
  reviewKnown,
} from './known-store.ts'

const KindAddress = Type.Object({ kind: Type.Union([Type.Literal('place'), Type.Literal('line')]) })
const OneAddress = Type.Object({ ...KindAddress.properties, id: Uuid })

const REVIEW_SOON_DAYS = 14

export function knownPlacePages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/known-places',
    { config: { may: 'use-plans', records: 'known-places-listed' } },
    async (request, reply) => {
      const { places, lines } = await casework.as(request, async tx => {
        const found = { places: await knownPlaces(tx), lines: await knownLines(tx) }
        await tx.record('known-places-listed', {
          kind: 'place',
          detail: { places: found.places.length, lines: found.lines.length },
        })
        return found
      })
      const soon = addDays(londonDay(clock()), REVIEW_SOON_DAYS)
      return reply.header('cache-control', 'no-store').page('casework/plans/views/known.njk', {
        title: 'Places and lines',
        places: places.map(p => ({ ...p, kindWords: placeKinds[p.kind], near: p.reviewOn <= soon })),
        lines: lines.map(l => ({ ...l, statusWords: lineStatuses[l.status], near: l.reviewOn <= soon })),
        csrf: reply.generateCsrf(),
      })
    },
  )

  app.get(
    '/known-places/new/:kind',
    { schema: { params: KindAddress }, config: { may: 'keep-plans', records: 'nothing' } },
    (request, reply) => newPage(reply, request.params.kind, {}, {}),
  )

  app.post(
    '/known-places/new/:kind',
    {
      schema: { params: KindAddress, body: AnyForm },
      config: { may: 'keep-plans', records: 'place-added', proof: 'form' },
    },
    async (request, reply) => {
      const { kind } = request.params
      const typed: Typed = request.body
      const faults: Faults = {}
      const add = kind === 'place' ? readPlace(typed, faults) : readLine(typed, faults)
      if (Object.keys(faults).length > 0) return newPage(reply.code(400), kind, typed, faults)
      await casework.as(request, tx => {
        const legalBasis = purposes.find(p => p.id === tx.member.purpose)?.legalBases[0]
        if (!legalBasis) throw new NotThere()
        return add(tx, { key: formMarks(typed).key, legalBasis })
      })
      return reply.redirect('/known-places', 303)
    },
  )

  app.post(
    '/known-places/:kind/:id/review',
    {
      schema: { params: OneAddress, body: ButtonForm },
      config: { may: 'keep-plans', records: 'known-place-reviewed', proof: 'form' },
    },
    async (request, reply) => {
      const { kind, id } = request.params
      const there = await casework.as(request, tx => reviewKnown(tx, kind, id))
      if (!there) throw new NotThere()
      return reply.redirect('/known-places', 303)
    },
  )

  const newPage = (reply: FastifyReply, kind: KnownKind, typed: Typed, faults: Faults) =>
    reply.header('cache-control', 'no-store').page('casework/plans/views/new-known.njk', {
      title: kind === 'place' ? 'Add a place' : 'Add a line',
      kind,
      typed,
      ...errorsOf(faults),
      placeKinds,
      lineStatuses,
      csrf: reply.generateCsrf(),
      key: typedText(typed, 'key') || randomUUID(),
      back: { text: 'Places and lines', href: '/known-places' },
    })
}

type Add = (tx: MemberTransaction, marks: { key: string; legalBasis: string }) => Promise<void>

const readName = (typed: Typed, faults: Faults): string =>
  readText(typed, 'name', { label: 'The name', most: 200, needed: 'Give it a name.' }, faults)

function readPlace(typed: Typed, faults: Faults): Add {
  const name = readName(typed, faults)
  const kind = readChoice<PlaceKind>(typed, 'kind', placeKinds, 'Choose what kind of place it is.', faults)
  const address = readText(typed, 'address', { label: 'The address', most: 300 }, faults)
  return (tx, marks) => addPlace(tx, { name, kind: kind ?? 'other', address }, marks)
}

const MOST_DESTINATIONS = 50

function readLine(typed: Typed, faults: Faults): Add {
  const name = readName(typed, faults)
  const origin = readText(typed, 'origin', { label: 'Where it comes from', most: 200 }, faults)
  const destinations = readText(typed, 'destinations', { label: 'Where it goes', most: 5000 }, faults)
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
  if (destinations.length > MOST_DESTINATIONS)
    faults.destinations = `Give at most ${MOST_DESTINATIONS} towns.`
  const status = readChoice<LineStatus>(typed, 'status', lineStatuses, 'Choose how it stands.', faults)
  return (tx, marks) => addLine(tx, { name, origin, destinations, status: status ?? 'active' }, marks)
}
