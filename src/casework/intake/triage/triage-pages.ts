/** The coordinator's queue and the referral in it: taken on, accepted with level and route, or declined with a way on. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { addDays, londonDay } from '../../../platform/calendar.ts'
import { withQuery } from '../../../web/addresses.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { pagination } from '../../../web/pagination.ts'
import { ageOf, kindWords } from '../referrals/answers.ts'
import { bases } from '../referrals/bases.ts'
import type { Typed } from '../referrals/read-answers.ts'
import { AnyForm } from '../referrals/refer-pages.ts'
import { stateWords } from '../referrals/referral.ts'
import { move, type Referral, readReferral, reviewReferral } from '../referrals/referral-store.ts'
import { ReferralAddress } from '../referrals/send-pages.ts'
import { formMarks, orKeepText, referralData } from '../referrals/sent-pages.ts'
import { urgencies } from '../referrals/urgency.ts'
import { type DecisionFaults, decisionFields, readDecision, schemeOn } from './decision-form.ts'
import {
  ageWords,
  challengeDue,
  dueWords,
  type QueueFilter,
  readFilter,
  shownWords,
  statesShown,
} from './queue.ts'
import { insistOnTriage, knownTo, readQueue, readReasons, referringAgencies } from './triage-store.ts'

const DecisionAddress = Type.Object({
  ...ReferralAddress.properties,
  outcome: Type.Union([Type.Literal('accept'), Type.Literal('decline')]),
})

const optional = Type.Optional(Type.String({ maxLength: 100 }))

export function triagePages(app: WebServer, { casework, pack, clock }: PageContext): void {
  app.get(
    '/triage',
    {
      schema: {
        querystring: Type.Object({
          show: optional,
          urgency: optional,
          kind: optional,
          from: optional,
          page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
        }),
      },
      config: { may: 'triage', records: 'triage-listed' },
    },
    async (request, reply) => {
      // A coordinator of another agency has no queue; their morning begins with what their agency sent.
      if (request.viewer.member && request.viewer.member.agencyKind !== 'partnership') {
        return reply.redirect('/work', 303)
      }
      const filter = readFilter(request.query)
      const { items, agencies } = await casework.as(request, async tx => {
        insistOnTriage(tx)
        const found = await readQueue(tx, filter)
        await tx.record('triage-listed', { kind: 'referral', detail: { ...filter, shown: found.length } })
        return { items: found, agencies: await referringAgencies(tx) }
      })
      const now = clock()
      const pages = pagination(items.length, request.query.page ?? 1, request.url)
      return reply.header('cache-control', 'no-store').page('casework/intake/triage/views/queue.njk', {
        title: 'Referrals to triage',
        filter,
        chosen: chosen(filter, request.url, agencies),
        agencies,
        pages,
        choices: { shown: shownWords, urgencies, kinds: kindWords },
        items: items.slice(pages.offset, pages.last).map(item => ({
          ...item,
          stateWords: stateWords[item.state],
          kindWords: kindWords[item.kind].title,
          age: ageWords(item.sentAt, now),
          due: filter.show === 'decided' || filter.show === 'review' ? null : dueWords(item.dueAt, now),
          overdue: item.dueAt < now,
          mine: item.takenBy?.user === request.viewer.member?.user,
        })),
      })
    },
  )

  app.get(
    '/triage/:reference',
    { schema: { params: ReferralAddress }, config: { may: 'triage', records: 'referral-opened' } },
    async (request, reply) => {
      const { reference } = request.params
      const opened = await casework.as(
        request,
        async tx => {
          insistOnTriage(tx)
          const referral = await readReferral(tx, reference)
          const pointers = await knownTo(tx, referral)
          await tx.record('referral-opened', {
            kind: 'referral',
            id: reference,
            detail: { pointers: pointers?.map(p => p.agency) ?? [] },
          })
          return { referral, pointers, reasons: await readReasons(tx, referral.id) }
        },
        { caseReference: reference },
      )
      return openedPage(reply, opened)
    },
  )

  app.post(
    '/triage/:reference/take',
    {
      schema: { params: ReferralAddress, body: AnyForm },
      config: { may: 'triage', records: 'referral-taken', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      await casework.as(request, tx => move(tx, reference, 'take', formMarks(request.body)), {
        caseReference: reference,
      })
      return reply.redirect(`/triage/${reference}`, 303)
    },
  )

  app.post(
    '/triage/:reference/review',
    {
      schema: { params: ReferralAddress, body: AnyForm },
      config: { may: 'triage', records: 'referral-reviewed', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      await casework.as(request, tx => reviewReferral(tx, reference, formMarks(request.body)), {
        caseReference: reference,
      })
      return reply.redirect(`/triage/${reference}`, 303)
    },
  )

  app.get(
    '/triage/:reference/:outcome',
    { schema: { params: DecisionAddress }, config: { may: 'triage', records: 'nothing' } },
    async (request, reply) => {
      const { reference, outcome } = request.params
      const referral = await casework.as(request, async tx => {
        insistOnTriage(tx)
        return readReferral(tx, reference)
      })
      return decisionPage(reply, referral, outcome, {}, {})
    },
  )

  app.post(
    '/triage/:reference/:outcome',
    {
      schema: { params: DecisionAddress, body: AnyForm },
      config: { may: 'triage', records: 'referral-accepted', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, outcome } = request.params
      const typed: Typed = request.body
      const read = readDecision(typed, outcome, pack.intake, londonDay(clock()))
      const again = async (status: number, faults: DecisionFaults) => {
        const referral = await casework.as(request, async tx => {
          insistOnTriage(tx)
          return readReferral(tx, reference)
        })
        return decisionPage(reply.code(status), referral, outcome, typed, faults)
      }
      if ('faults' in read) return again(400, read.faults)
      return orKeepText(
        async () => {
          await casework.as(
            request,
            tx =>
              move(tx, reference, outcome, {
                ...formMarks(typed),
                detail: { decision: read.decision },
                because: read.because,
              }),
            { caseReference: reference },
          )
          return reply.redirect(`/triage/${reference}`, 303)
        },
        sentence => again(409, { 'main-content': sentence }),
      )
    },
  )

  function openedPage(reply: FastifyReply, { referral, pointers, reasons }: Opened) {
    const now = clock()
    const age = ageOf(referral.answers, londonDay(now))
    return reply.header('cache-control', 'no-store').page('casework/intake/triage/views/opened.njk', {
      title: `Referral ${referral.reference}`,
      ...referralData(referral, pack.intake.routes),
      pointers,
      reasons,
      child: referral.kind === 'child',
      age,
      kindWords: kindWords[referral.kind].title,
      urgencyWords: urgencies[referral.urgency].title,
      basisWords: referral.answers.basis ? bases[referral.answers.basis].title : '',
      ...deadline(referral, now),
      level: levelName(referral),
      reviewSoon: referral.reviewOn <= addDays(londonDay(now), 7),
      csrf: reply.generateCsrf(),
      key: randomUUID(),
      back: { text: 'Referrals to triage', href: '/triage' },
    })
  }

  const levelName = ({ stands }: Referral): string | null =>
    pack.intake.thresholds.flatMap(t => t.levels).find(l => l.id === stands.decision?.level)?.name ?? null

  function decisionPage(
    reply: FastifyReply,
    referral: Referral,
    outcome: 'accept' | 'decline',
    typed: Typed,
    faults: DecisionFaults,
  ) {
    const scheme = schemeOn(pack.intake, londonDay(clock()))
    return reply.header('cache-control', 'no-store').page('casework/intake/triage/views/decision.njk', {
      title: outcome === 'accept' ? 'Accept the referral' : 'Decline the referral',
      outcome,
      reference: referral.reference,
      scheme,
      choices: decisionFields(scheme, pack.intake),
      typed,
      faults,
      errors:
        Object.keys(faults).length > 0
          ? Object.entries(faults).map(([field, text]) => ({ text, href: `#${field}` }))
          : undefined,
      csrf: reply.generateCsrf(),
      key: randomUUID(),
      seen: referral.stands.seq,
      back: { text: `Referral ${referral.reference}`, href: `/triage/${referral.reference}` },
    })
  }
}

/** By when somebody must look: nothing once it is decided or withdrawn. */
function deadline({ stands, actions, dueAt }: Referral, now: Date): { due: string; dueAt: Date } | undefined {
  if (!statesShown.open.includes(stands.state)) return undefined
  const challenge = actions.findLast(a => a.action === 'challenge')
  const due = challenge ? challengeDue(challenge.at) : dueAt
  return { due: dueWords(due, now), dueAt: due }
}

interface Opened {
  referral: Referral
  pointers: Awaited<ReturnType<typeof knownTo>>
  reasons: Awaited<ReturnType<typeof readReasons>>
}

/** The filters in force as tags; each but the first can be taken off. */
function chosen(
  { show, urgency, kind, from }: QueueFilter,
  url: string,
  agencies: readonly { id: string; name: string }[],
): { text: string; href?: string }[] {
  const without = (name: string) => withQuery(url, { [name]: null, page: null })
  return [
    { text: shownWords[show] },
    ...(urgency ? [{ text: urgencies[urgency].title, href: without('urgency') }] : []),
    ...(kind ? [{ text: kindWords[kind].title, href: without('kind') }] : []),
    ...(from ? [{ text: agencies.find(a => a.id === from)?.name ?? from, href: without('from') }] : []),
  ]
}
