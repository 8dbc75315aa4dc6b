/** Referring from a phone: a start, one question a page with the draft kept at each, and the way out for danger. */
import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { NotThere } from '../../../platform/errors.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { AnyForm, Uuid } from '../../../web/route-schemas.ts'
import { discardDraft, readDraft, saveAnswers, startDraft } from './draft-store.ts'
import { formMarks } from './form-marks.ts'
import {
  afterDanger,
  afterQuestion,
  answer,
  dangerPage,
  type Flow,
  QuestionState,
  questionPage,
} from './question-pages.ts'
import { isQuestion, questions } from './questions.ts'
import { retyped } from './ready-to-send.ts'

export const DraftAddress = Type.Object({ draft: Uuid })
const QuestionAddress = Type.Object({
  draft: Uuid,
  question: Type.String({ maxLength: 20 }),
})

/** A draft of somebody at work. */
export const draftFlow = (draft: string): Flow => ({
  base: `/refer/${draft}`,
  start: '/refer',
  later: '/work',
})

export function referPages(app: WebServer, context: PageContext): void {
  const { casework, pack } = context

  app.get('/refer', { config: { may: 'refer', records: 'nothing' } }, (_request, reply) =>
    reply.header('cache-control', 'no-store').page('casework/intake/referrals/views/start.njk', {
      title: 'Refer a person, group or place',
      csrf: reply.generateCsrf(),
      key: randomUUID(),
      dutyDesks: pack.intake.dutyDesks,
      back: { text: 'Your work', href: '/work' },
    }),
  )

  app.post(
    '/refer',
    {
      schema: { body: AnyForm },
      config: { may: 'refer', records: 'referral-draft-started', proof: 'form' },
    },
    async (request, reply) => {
      const { key } = formMarks(request.body)
      const id = await casework.as(request, tx => startDraft(tx, key))
      return reply.redirect(`/refer/${id}/urgency`, 303)
    },
  )

  // The author's own words, which nobody else can open: looking at them again is not recorded question by question.
  app.get(
    '/refer/:draft/:question',
    {
      schema: { params: QuestionAddress, querystring: QuestionState },
      config: { may: 'refer', records: 'nothing' },
    },
    async (request, reply) => {
      const { draft: id, question: name } = request.params
      if (!isQuestion(name)) throw new NotThere()
      const draft = await casework.as(request, tx => readDraft(tx, id))
      const view = { typed: retyped(draft.answers), ...request.query }
      return questionPage(reply, draftFlow(id), draft.answers, questions[name], view)
    },
  )

  app.post(
    '/refer/:draft/:question',
    {
      schema: { params: QuestionAddress, querystring: QuestionState, body: AnyForm },
      config: { may: 'refer', records: 'referral-draft-saved', proof: 'form' },
    },
    async (request, reply) => {
      const { draft: id, question: name } = request.params
      if (!isQuestion(name)) throw new NotThere()
      const question = questions[name]
      const typed = request.body
      const { draft, faults } = await casework.as(request, tx => answer(tx, id, question, typed))
      const flow = draftFlow(id)
      if (Object.keys(faults).length > 0) {
        const view = { typed, faults, ...request.query }
        return questionPage(reply.code(400), flow, draft.answers, question, view)
      }
      return reply.redirect(afterQuestion(flow, draft.answers, question, typed, request.query.from), 303)
    },
  )

  app.get(
    '/refer/:draft/danger',
    { schema: { params: DraftAddress }, config: { may: 'refer', records: 'nothing' } },
    async (request, reply) => {
      const draft = await casework.as(request, tx => readDraft(tx, request.params.draft))
      return dangerPage(reply, draftFlow(draft.id), pack.intake.dutyDesks)
    },
  )

  app.post(
    '/refer/:draft/danger',
    {
      schema: { params: DraftAddress, body: AnyForm },
      config: { may: 'refer', records: 'referral-draft-saved', proof: 'form' },
    },
    async (request, reply) => {
      const { draft } = request.params
      const { answers } = await casework.as(request, tx => saveAnswers(tx, draft, { rang: 'yes' }))
      return reply.redirect(afterDanger(draftFlow(draft), answers), 303)
    },
  )

  app.post(
    '/refer/:draft/discard',
    {
      schema: { params: DraftAddress, body: AnyForm },
      config: { may: 'refer', records: 'referral-draft-discarded', proof: 'form' },
    },
    async (request, reply) => {
      await casework.as(request, tx => discardDraft(tx, request.params.draft))
      return reply.redirect('/work', 303)
    },
  )
}
