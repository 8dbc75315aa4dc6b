/** Referring from a phone: a start, one question a page with the draft kept at each, and the way out for danger. */
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { londonDay } from '../../../platform/calendar.ts'
import { NotThere } from '../../../platform/errors.ts'
import { type Faults, type Typed, typedText } from '../../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { errorsOf } from '../../../web/form-errors.ts'
import { AnyForm, Uuid } from '../../../web/route-schemas.ts'
import { findCarefulWords } from '../../language/careful-words.ts'
import {
  type Answers,
  careWords,
  disabilityWords,
  ethnicityWords,
  genderWords,
  kindWords,
} from './answers.ts'
import { bases } from './bases.ts'
import { type Draft, discardDraft, readDraft, saveAnswers, startDraft } from './draft-store.ts'
import { asked, isQuestion, type Question, questions } from './questions.ts'
import { MOST_OTHERS } from './read-people.ts'
import { retyped } from './ready-to-send.ts'
import { signGroups } from './signs.ts'
import { urgencies } from './urgency.ts'

export const DraftAddress = Type.Object({ draft: Uuid })
const QuestionAddress = Type.Object({
  draft: Uuid,
  question: Type.String({ maxLength: 20 }),
})

const QuestionState = Type.Object({
  /** Come from the page where answers are checked, and go back there. */
  from: Type.Optional(Type.Literal('check')),
  /** Careful words were found in what was kept: say so. */
  words: Type.Optional(Type.Literal('check')),
  rows: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_OTHERS })),
})

export function referPages(app: WebServer, context: PageContext): void {
  const { casework, pack } = context

  app.get('/refer', { config: { may: 'refer', records: 'nothing' } }, (_request, reply) =>
    reply.header('cache-control', 'no-store').page('casework/intake/referrals/views/start.njk', {
      title: 'Refer a person, group or place',
      csrf: reply.generateCsrf(),
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
      const id = await casework.as(request, startDraft)
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
      return questionPage(reply, draft, questions[name], { typed: retyped(draft.answers), ...request.query })
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
      const typed: Typed = request.body
      const faults: Faults = {}
      const draft = await casework.as(request, async tx => {
        const before = await readDraft(tx, id)
        const read = question.read(typed, faults, { answers: before.answers, today: londonDay(tx.now) })
        return Object.keys(faults).length > 0 ? before : saveAnswers(tx, id, read)
      })
      if (Object.keys(faults).length > 0) {
        return questionPage(reply.code(400), draft, question, { typed, faults, ...request.query })
      }
      return reply.redirect(afterQuestion(draft, question, typed, request.query.from), 303)
    },
  )

  app.get(
    '/refer/:draft/danger',
    { schema: { params: DraftAddress }, config: { may: 'refer', records: 'nothing' } },
    async (request, reply) => {
      const draft = await casework.as(request, tx => readDraft(tx, request.params.draft))
      return reply.header('cache-control', 'no-store').page('casework/intake/referrals/views/danger.njk', {
        title: 'Ring 999 now',
        csrf: reply.generateCsrf(),
        dutyDesks: pack.intake.dutyDesks,
        draft: draft.id,
        back: { text: 'Back', href: `/refer/${draft.id}/urgency` },
      })
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
      return reply.redirect(answers.kind ? `/refer/${draft}/check` : `/refer/${draft}/kind`, 303)
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

/** Where to go after an answer was kept. */
function afterQuestion(
  { id, answers }: Draft,
  question: Question,
  typed: Typed,
  from: 'check' | undefined,
): string {
  const here = `/refer/${id}/${question.id}`
  const suffix = from ? `from=${from}` : ''
  if (question.id === 'urgency' && answers.urgency === 'immediate' && !answers.rang) {
    return `/refer/${id}/danger`
  }
  if (typedText(typed, 'more') !== '') {
    const rows = Math.min(MOST_OTHERS, (answers.others?.length ?? 0) + 1)
    return `${here}?rows=${rows}${suffix && `&${suffix}`}#other-${rows}-name`
  }
  if (carefulIn(question, answers).length > 0) return `${here}?words=check${suffix && `&${suffix}`}`
  return nextAddress(id, answers, question, from)
}

/** The next question, or the page where answers are checked. A changed kind brings questions of its own. */
function nextAddress(id: string, answers: Answers, question: Question, from: 'check' | undefined): string {
  const list = asked(answers)
  const next = list[list.findIndex(q => q.id === question.id) + 1]
  return next && (!from || question.id === 'kind') ? `/refer/${id}/${next.id}` : `/refer/${id}/check`
}

const carefulIn = ({ free = [] }: Question, answers: Answers) =>
  free.flatMap(name => findCarefulWords(String(answers[name] ?? '')))

export interface QuestionView {
  typed: Typed
  faults?: Faults
  from?: 'check'
  words?: 'check'
  rows?: number
}

function questionPage(
  reply: FastifyReply,
  { id, answers }: Draft,
  question: Question,
  { from, words, ...view }: QuestionView,
) {
  const list = asked(answers)
  const before = list[list.findIndex(q => q.id === question.id) - 1]
  return reply.header('cache-control', 'no-store').page('casework/intake/referrals/views/question.njk', {
    ...questionData(question, answers, view),
    csrf: reply.generateCsrf(),
    action: `/refer/${id}/${question.id}${from ? `?from=${from}` : ''}`,
    button: from ? 'Save and check answers' : 'Save and continue',
    later: true,
    careful: words ? carefulIn(question, answers) : [],
    goOn: nextAddress(id, answers, question, from),
    back: {
      text: 'Back',
      href: from ? `/refer/${id}/check` : before ? `/refer/${id}/${before.id}` : '/refer',
    },
  })
}

/** What a question's template needs, on whichever page it stands. */
export const questionData = (
  question: Question,
  answers: Answers,
  { typed, faults = {}, rows }: Pick<QuestionView, 'typed' | 'faults' | 'rows'>,
) => ({
  title: question.title(answers),
  question: question.id,
  answers,
  typed,
  faults,
  errors: errorsOf(faults, firstInput).errors,
  rows: Math.min(MOST_OTHERS, Math.max(rows ?? 0, lastRowTyped(typed), (answers.others?.length ?? 0) + 1)),
  choices: {
    urgencies,
    kinds: kindWords,
    genders: genderWords,
    ethnicities: ethnicityWords,
    disabilities: disabilityWords,
    cares: careWords,
    bases,
    signGroups,
  },
})

/** Rows that hold something must stand on the page again, also where the one before is empty. */
const lastRowTyped = (typed: Typed): number =>
  Math.max(
    0,
    ...Object.entries(typed).map(([name, value]) =>
      value ? Number(/^other-(\d+)-/.exec(name)?.[1] ?? 0) : 0,
    ),
  )

/** A date is three inputs; the first takes the focus. */
const firstInput: Record<string, string> = { birthDate: 'birthDate-day' }
