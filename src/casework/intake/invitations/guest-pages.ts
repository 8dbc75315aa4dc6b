/**
 * Referring by a link, without an account: the same questions, one a page, sent once. A link that is unknown, used, ended
 * or taken back is answered alike, by one page that says what to do instead.
 *
 * Opening the link changes nothing, so that a program that looks at links in messages uses none up. Its token goes into a
 * cookie at once: no later address, and no address that another site is told of, has it.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { GuestTransaction } from '../../../governance/access/as-guest.ts'
import { looksLikeToken, newSecretToken } from '../../../governance/sessions/secret-token.ts'
import { londonDay } from '../../../platform/calendar.ts'
import { NotThere } from '../../../platform/errors.ts'
import { type Faults, readText, typedText } from '../../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { GUEST_PATH } from '../../../web/guest-door.ts'
import { AnyForm, ButtonForm } from '../../../web/route-schemas.ts'
import { discardDraft, findDraft, readDraft, saveAnswers } from '../referrals/draft-store.ts'
import {
  afterDanger,
  afterQuestion,
  answer,
  checkPage,
  dangerPage,
  type Flow,
  QuestionState,
  questionPage,
} from '../referrals/question-pages.ts'
import { isQuestion, questions } from '../referrals/questions.ts'
import { retyped } from '../referrals/ready-to-send.ts'
import { type GuestDetails, guestDetails, guestReceipt, sendAsGuest, startGuestDraft } from './guest-store.ts'
import { lastDayOf } from './invitation-rules.ts'

const LinkAddress = Type.Object({ token: Type.String({ maxLength: 200 }) })
const QuestionAddress = Type.Object({ question: Type.String({ maxLength: 20 }) })

/** Requests of one address in a minute, for each page: several people may write behind one, and nobody guesses a link. */
const OPENING = 60
const WRITING = 300

const flowOf = ({ organisation }: GuestDetails): Flow => ({
  base: GUEST_PATH,
  start: GUEST_PATH,
  later: GUEST_PATH,
  about: `For ${organisation}`,
  guest: true,
})

/** Before anything else, so that refusals carry it too: no other site learns from where somebody came, and nothing is kept. */
const unseen = {
  onRequest: async (_request: FastifyRequest, reply: FastifyReply) => {
    reply.header('referrer-policy', 'no-referrer').header('cache-control', 'no-store')
  },
}

export function guestPages(app: WebServer, { guests, pack, clock }: PageContext): void {
  const { dutyDesks } = pack.intake
  const shown = { may: 'open-anything-public', records: 'nothing', rateLimit: { max: WRITING } } as const
  const sends = <Event extends string>(records: Event) =>
    ({ may: 'open-anything-public', records, proof: 'form', rateLimit: { max: WRITING } }) as const

  /** Runs `act` for an open invitation; null for every other, and where it has no draft any more. */
  const within = <T>(
    request: FastifyRequest,
    act: (tx: GuestTransaction, details: GuestDetails) => Promise<T>,
  ): Promise<{ details: GuestDetails; result: T } | null> =>
    guests.as(request, async tx => {
      const details = await guestDetails(tx)
      if (!details) return null
      try {
        return { details, result: await act(tx, details) }
      } catch (error) {
        if (error instanceof NotThere) return null
        throw error
      }
    })

  /** The start says what there is: an invitation, a receipt, or neither. */
  const toStart = (reply: FastifyReply) => reply.redirect(GUEST_PATH, 303)

  app.get(
    '/invitation/:token',
    {
      ...unseen,
      schema: { params: LinkAddress },
      config: { ...shown, rateLimit: { max: OPENING } },
    },
    (request, reply) => {
      guests.hold(reply, request.params.token)
      return toStart(reply)
    },
  )

  app.get(GUEST_PATH, { ...unseen, config: shown }, async (request, reply) => {
    const { details, draft, receipt } = await guests.as(request, async tx => {
      const found = await guestDetails(tx)
      return {
        details: found,
        draft: found && (await findDraft(tx, found.id)),
        receipt: found ? null : await guestReceipt(tx),
      }
    })
    if (receipt) {
      return reply.page('casework/intake/invitations/views/received.njk', {
        title: 'Received',
        guest: true,
        receipt,
        dutyDesks,
      })
    }
    if (!details) {
      return reply.code(404).page('casework/intake/invitations/views/not-open.njk', {
        title: 'This link cannot be used',
        guest: true,
        dutyDesks,
      })
    }
    return reply.page('casework/intake/invitations/views/invited.njk', {
      title: 'Tell the partnership what worries you',
      guest: true,
      details,
      lastDay: lastDayOf(details.endsAt),
      begun: draft,
      dutyDesks,
      csrf: reply.generateCsrf(),
    })
  })

  app.post(
    GUEST_PATH,
    { ...unseen, schema: { body: ButtonForm }, config: sends('referral-draft-started') },
    async (request, reply) => {
      const begun = await within(request, startGuestDraft)
      return begun ? reply.redirect(`${GUEST_PATH}/urgency`, 303) : toStart(reply)
    },
  )

  app.get(`${GUEST_PATH}/danger`, { ...unseen, config: shown }, async (request, reply) => {
    const found = await within(request, (tx, { id }) => readDraft(tx, id))
    return found ? dangerPage(reply, flowOf(found.details), dutyDesks) : toStart(reply)
  })

  app.post(
    `${GUEST_PATH}/danger`,
    { ...unseen, schema: { body: ButtonForm }, config: sends('referral-draft-saved') },
    async (request, reply) => {
      const found = await within(request, (tx, { id }) => saveAnswers(tx, id, { rang: 'yes' }))
      if (!found) return toStart(reply)
      return reply.redirect(afterDanger(flowOf(found.details), found.result.answers), 303)
    },
  )

  app.get(`${GUEST_PATH}/check`, { ...unseen, config: shown }, async (request, reply) => {
    const found = await within(request, (tx, { id }) => readDraft(tx, id))
    if (!found) return toStart(reply)
    return checkPage(reply, flowOf(found.details), found.result, {
      today: londonDay(clock()),
      key: newSecretToken().token,
    })
  })

  app.post(
    `${GUEST_PATH}/check`,
    { ...unseen, schema: { body: AnyForm }, config: sends('referral-sent') },
    async (request, reply) => send(request, reply, typedText(request.body, 'key')),
  )

  /** The same form again, from the same browser, is told the same. */
  async function send(request: FastifyRequest, reply: FastifyReply, key: string): Promise<FastifyReply> {
    // A form that is not ours has no key; what it sends is sent, and known by a key that nobody has.
    const receipt = looksLikeToken(key) ? key : newSecretToken().token
    const { outcome } = await guests.as(request, tx => sendAsGuest(tx, receipt))
    if (outcome === 'sent') guests.sent(reply, receipt)
    if (outcome === 'not-ready') return reply.redirect(`${GUEST_PATH}/check`, 303)
    if (outcome === 'no-agreement') return reply.redirect(`${GUEST_PATH}/no-agreement`, 303)
    return toStart(reply)
  }

  const noAgreement = 'casework/intake/referrals/views/no-agreement.njk'
  const noAgreementData = (reply: FastifyReply, because: string, key: string) => ({
    title: 'There is no agreement for this any more',
    guest: true,
    action: `${GUEST_PATH}/no-agreement`,
    back: { text: 'Back', href: `${GUEST_PATH}/check` },
    csrf: reply.generateCsrf(),
    key,
    because,
    dutyDesks,
  })

  app.get(`${GUEST_PATH}/no-agreement`, { ...unseen, config: shown }, async (request, reply) => {
    const found = await within(request, (tx, { id }) => readDraft(tx, id))
    if (!found) return toStart(reply)
    const { emergencyBecause = '' } = found.result.answers
    return reply.page(noAgreement, noAgreementData(reply, emergencyBecause, newSecretToken().token))
  })

  app.post(
    `${GUEST_PATH}/no-agreement`,
    { ...unseen, schema: { body: AnyForm }, config: sends('referral-sent') },
    async (request, reply) => {
      const key = typedText(request.body, 'key')
      const faults: Faults = {}
      const rule = { label: 'The reason', most: 1000, needed: 'Say in one sentence why it cannot wait.' }
      const because = readText(request.body, 'because', rule, faults)
      if (faults.because) {
        return reply.code(400).page(noAgreement, {
          ...noAgreementData(reply, because ?? '', key),
          fault: faults.because,
          errors: [{ text: faults.because, href: '#because' }],
        })
      }
      // Two transactions, for the order in which a sending and a saving wait for the audit.
      await within(request, (tx, { id }) => saveAnswers(tx, id, { emergencyBecause: because }))
      return send(request, reply, key)
    },
  )

  app.post(
    `${GUEST_PATH}/discard`,
    { ...unseen, schema: { body: ButtonForm }, config: sends('referral-draft-discarded') },
    async (request, reply) => {
      await within(request, (tx, { id }) => discardDraft(tx, id))
      return toStart(reply)
    },
  )

  app.get(
    `${GUEST_PATH}/:question`,
    { ...unseen, schema: { params: QuestionAddress, querystring: QuestionState }, config: shown },
    async (request, reply) => {
      const { question } = request.params
      if (!isQuestion(question)) return toStart(reply)
      const found = await within(request, (tx, { id }) => readDraft(tx, id))
      if (!found) return toStart(reply)
      const { answers } = found.result
      const view = { typed: retyped(answers), ...request.query }
      return questionPage(reply, flowOf(found.details), answers, questions[question], view)
    },
  )

  app.post(
    `${GUEST_PATH}/:question`,
    {
      ...unseen,
      schema: { params: QuestionAddress, querystring: QuestionState, body: AnyForm },
      config: sends('referral-draft-saved'),
    },
    async (request, reply) => {
      const { question: name } = request.params
      if (!isQuestion(name)) return toStart(reply)
      const question = questions[name]
      const typed = request.body
      const found = await within(request, (tx, { id }) => answer(tx, id, question, typed))
      if (!found) return toStart(reply)
      const flow = flowOf(found.details)
      const { draft, faults } = found.result
      if (Object.keys(faults).length > 0) {
        const view = { typed, faults, ...request.query }
        return questionPage(reply.code(400), flow, draft.answers, question, view)
      }
      return reply.redirect(afterQuestion(flow, draft.answers, question, typed, request.query.from), 303)
    },
  )
}
