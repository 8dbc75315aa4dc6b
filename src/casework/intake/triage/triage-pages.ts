/** A referral as the coordinator opens it: taken on, accepted with level and route, or declined with a way on. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { addDays, londonDay } from '../../../platform/calendar.ts'
import type { Typed } from '../../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { errorsOf } from '../../../web/form-errors.ts'
import { AnyForm } from '../../../web/route-schemas.ts'
import { ageOf, kindWords } from '../referrals/answers.ts'
import { bases } from '../referrals/bases.ts'
import { formMarks, orKeepText } from '../referrals/form-marks.ts'
import { answerRows } from '../referrals/question-pages.ts'
import { move, type Referral, readReferral, reviewReferral } from '../referrals/referral-store.ts'
import { ReferralAddress } from '../referrals/send-pages.ts'
import { referralData } from '../referrals/sent-pages.ts'
import { urgencies } from '../referrals/urgency.ts'
import { type DecisionFaults, decisionFields, readDecision, schemeOn } from './decision-form.ts'
import { challengeDue, dueWords, statesShown } from './queue.ts'
import { insistOnTriage, knownTo, readReasons } from './triage-store.ts'

const DecisionAddress = Type.Object({
  ...ReferralAddress.properties,
  outcome: Type.Union([Type.Literal('accept'), Type.Literal('decline')]),
})

export function triagePages(app: WebServer, { casework, pack, clock }: PageContext): void {
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
      ...leading(referral),
      pointers,
      reasons,
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
      errors: errorsOf(faults).errors,
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

/** A child’s page opens on what is going well (R1), and does not say it twice. */
function leading(referral: Referral) {
  const { strengths } = referral.answers
  if (referral.kind !== 'child' || !strengths) return {}
  return {
    strengths,
    rows: answerRows({ ...referral.answers, strengths: '' }, () => null).filter(row => row.value !== ''),
  }
}

interface Opened {
  referral: Referral
  pointers: Awaited<ReturnType<typeof knownTo>>
  reasons: Awaited<ReturnType<typeof readReasons>>
}
