/** What somebody referred: each referral with its outcome, and correcting, withdrawing and challenging it. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { londonDay } from '../../../platform/calendar.ts'
import { NotThere } from '../../../platform/errors.ts'
import { type Faults, readText, type Typed } from '../../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { AnyForm } from '../../../web/route-schemas.ts'
import { changeOf } from './answers.ts'
import { formMarks, orKeepText } from './form-marks.ts'
import { answerRows, questionData } from './question-pages.ts'
import { isQuestion, type Question, type QuestionId, questions } from './questions.ts'
import { retyped } from './ready-to-send.ts'
import { possibleMoves, stateWords } from './referral.ts'
import { move, type Referral, readReferral } from './referral-store.ts'
import { history } from './referral-words.ts'
import { ReferralAddress } from './send-pages.ts'

/** Questions whose answers may be corrected: not what it is about, nor how urgent it was when it was sent. */
const corrigible = (question: Question): boolean => question.id !== 'kind' && question.id !== 'urgency'

const CorrectionAddress = Type.Object({
  ...ReferralAddress.properties,
  question: Type.String({ maxLength: 20 }),
})

const MoveAddress = Type.Object({
  ...ReferralAddress.properties,
  move: Type.Union([Type.Literal('withdraw'), Type.Literal('challenge')]),
})

export function sentPages(app: WebServer, { casework, pack }: PageContext): void {
  app.get(
    '/referrals/:reference',
    { schema: { params: ReferralAddress }, config: { may: 'refer', records: 'referral-opened' } },
    async (request, reply) => {
      const { reference } = request.params
      const referral = await casework.as(
        request,
        async tx => {
          const found = await readReferral(tx, reference)
          await tx.record('referral-opened', { kind: 'referral', id: reference })
          return found
        },
        { caseReference: reference },
      )
      if (!referral.mover.ofReferrer) return reply.redirect(`/triage/${reference}`, 303)
      return reply.header('cache-control', 'no-store').page('casework/intake/referrals/views/referral.njk', {
        title: `Referral ${reference}`,
        ...referralData(referral, pack.intake.routes),
        back: { text: 'Your work', href: '/work' },
      })
    },
  )

  app.get(
    '/referrals/:reference/correct/:question',
    { schema: { params: CorrectionAddress }, config: { may: 'refer', records: 'nothing' } },
    async (request, reply) => {
      const question = corrigibleQuestion(request.params.question)
      const referral = await casework.as(request, tx => readReferral(tx, request.params.reference))
      return correctionPage(reply, referral, question, retyped(referral.answers), {})
    },
  )

  app.post(
    '/referrals/:reference/correct/:question',
    {
      schema: { params: CorrectionAddress, body: AnyForm },
      config: { may: 'refer', records: 'referral-corrected', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const question = corrigibleQuestion(request.params.question)
      const typed: Typed = request.body
      const faults: Faults = {}
      const correct = () =>
        casework.as(
          request,
          async tx => {
            const found = await readReferral(tx, reference)
            const read = question.read(typed, faults, { answers: found.answers, today: londonDay(tx.now) })
            const because = readBecause(typed, faults, 'Say in a sentence why you are correcting it.')
            if (Object.keys(faults).length > 0) return
            const detail = { question: question.id, because, answers: changeOf(read) }
            await move(tx, reference, 'correct', { ...formMarks(typed), detail })
          },
          { caseReference: reference },
        )
      const again = async (status: number, said: Faults) => {
        const referral = await casework.as(request, tx => readReferral(tx, reference))
        return correctionPage(reply.code(status), referral, question, typed, said)
      }
      return orKeepText(
        async () => {
          await correct()
          if (Object.keys(faults).length > 0) return again(400, faults)
          return reply.redirect(`/referrals/${reference}`, 303)
        },
        sentence => again(409, { 'main-content': sentence }),
      )
    },
  )

  app.get(
    '/referrals/:reference/:move',
    { schema: { params: MoveAddress }, config: { may: 'refer', records: 'nothing' } },
    async (request, reply) => {
      const referral = await casework.as(request, tx => readReferral(tx, request.params.reference))
      return movePage(reply, referral, request.params.move)
    },
  )

  app.post(
    '/referrals/:reference/:move',
    {
      schema: { params: MoveAddress, body: AnyForm },
      config: { may: 'refer', records: 'referral-challenged', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, move: name } = request.params
      const faults: Faults = {}
      const because = readBecause(request.body, faults, needed[name])
      if (faults.because) {
        const referral = await casework.as(request, tx => readReferral(tx, reference))
        return movePage(reply.code(400), referral, name, because, faults.because)
      }
      return orKeepText(
        async () => {
          await casework.as(
            request,
            tx => move(tx, reference, name, { ...formMarks(request.body), detail: { because } }),
            { caseReference: reference },
          )
          return reply.redirect(`/referrals/${reference}`, 303)
        },
        async sentence => {
          const referral = await casework.as(request, tx => readReferral(tx, reference))
          return movePage(reply.code(409), referral, name, because, sentence)
        },
      )
    },
  )

  function correctionPage(
    reply: FastifyReply,
    referral: Referral,
    question: Question,
    typed: Typed,
    faults: Faults,
  ) {
    return reply.header('cache-control', 'no-store').page('casework/intake/referrals/views/question.njk', {
      ...questionData(question, referral.answers, { typed, faults }),
      csrf: reply.generateCsrf(),
      about: `Correct referral ${referral.reference}`,
      action: `/referrals/${referral.reference}/correct/${question.id}`,
      button: 'Save the correction',
      careful: [],
      key: randomUUID(),
      seen: referral.stands.seq,
      back: { text: 'Back', href: `/referrals/${referral.reference}` },
    })
  }
}

const needed = {
  withdraw: 'Say in a sentence why you withdraw it.',
  challenge: 'Say what the decision overlooks.',
}

function corrigibleQuestion(name: string): Question {
  if (!isQuestion(name) || !corrigible(questions[name])) throw new NotThere()
  return questions[name]
}

const readBecause = (typed: Typed, faults: Faults, sentence: string): string =>
  readText(typed, 'because', { label: 'The reason', most: 2000, needed: sentence }, faults)

function movePage(
  reply: FastifyReply,
  referral: Referral,
  name: 'withdraw' | 'challenge',
  because = '',
  fault?: string,
) {
  return reply.header('cache-control', 'no-store').page('casework/intake/referrals/views/move.njk', {
    title: name === 'withdraw' ? 'Withdraw the referral' : 'Challenge the decision',
    move: name,
    reference: referral.reference,
    because,
    fault,
    errors: fault ? [{ text: fault, href: '#because' }] : undefined,
    csrf: reply.generateCsrf(),
    key: randomUUID(),
    seen: referral.stands.seq,
    back: { text: 'Back', href: `/referrals/${referral.reference}` },
  })
}

/** What both the referrer's and the coordinator's page show of a referral. */
export function referralData(
  referral: Referral,
  routes: readonly { id: string; name: string; words: string }[],
) {
  const { stands, mover, reference } = referral
  const can = possibleMoves(stands, mover)
  const change = (question: string) =>
    can.includes('correct') && corrigible(questions[question as QuestionId])
      ? `/referrals/${reference}/correct/${question}`
      : null
  return {
    referral,
    can,
    stateWords: stateWords[stands.state],
    rows: answerRows(referral.answers, change),
    route: routes.find(r => r.id === stands.decision?.route) ?? null,
    history: history(referral, routes),
  }
}
