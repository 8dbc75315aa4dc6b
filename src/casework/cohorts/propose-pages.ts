/** Proposing somebody for a tier: a start, one question a page with the draft kept at each, checking, and sending. */
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { NotThere } from '../../platform/errors.ts'
import { type Faults, type Typed, typedText } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { AnyForm, ByPerson, Uuid } from '../../web/route-schemas.ts'
import { orKeepText } from '../intake/referrals/form-marks.ts'
import { findCarefulWords } from '../language/careful-words.ts'
import { usualName } from '../register/names.ts'
import { grounds } from './grounds.ts'
import {
  isProposalQuestion,
  leansOn,
  MOST_GROUNDS,
  missing,
  type ProposalAnswers,
  type ProposalContext,
  type ProposalQuestionId,
  proposalQuestions,
  questionIds,
  retyped,
} from './proposal.ts'
import {
  discardProposal,
  listProposals,
  type ProposalDraft,
  proposalContext,
  readProposal,
  saveProposal,
  sendProposal,
  startProposal,
} from './proposal-store.ts'

const DraftAddress = Type.Object({ draft: Uuid })
const QuestionAddress = Type.Object({ draft: Uuid, question: Type.String({ maxLength: 20 }) })
const QuestionState = Type.Object({
  /** Come from the page where answers are checked, and go back there. */
  from: Type.Optional(Type.Literal('check')),
  /** Words to read again were found in what was kept. */
  words: Type.Optional(Type.Literal('check')),
  rows: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_GROUNDS })),
})

interface Opened {
  draft: ProposalDraft
  context: ProposalContext
  name: string
}

export function proposePages(app: WebServer, { casework }: PageContext): void {
  app.get(
    '/cohorts/propose/:person',
    { schema: { params: ByPerson }, config: { may: 'propose-placements', records: 'nothing' } },
    async (request, reply) => {
      const { person } = request.params
      const seen = await casework.as(request, async tx => {
        const draft = (await listProposals(tx)).find(d => d.person === person) ?? null
        // Throws where nobody of the viewer's agency holds a record of them.
        const { record, cohorts } = await proposalContext(tx, { person, answers: {} } as ProposalDraft)
        const placed = await tx.query<{ reference: string; name: string }>(
          `select p.reference, c.name from placements p join cohorts c on c.id = p.cohort
           where p.person_id = $1 and p.state not in ('refused', 'withdrawn', 'archived', 'removed') order by p.created_at`,
          [person],
        )
        return { draft, name: usualName(record.names), placed, open: cohorts.length > 0 }
      })
      return reply.header('cache-control', 'no-store').page('casework/cohorts/views/propose.njk', {
        title: 'Propose somebody for a tier',
        ...seen,
        person,
        csrf: reply.generateCsrf(),
        back: { text: seen.name, href: `/register/${person}` },
      })
    },
  )

  app.post(
    '/cohorts/propose/:person',
    {
      schema: { params: ByPerson, body: AnyForm },
      config: { may: 'propose-placements', records: 'placement-draft-started', proof: 'form' },
    },
    async (request, reply) => {
      const id = await casework.as(request, tx => startProposal(tx, request.params.person))
      return reply.redirect(`/cohorts/proposals/${id}/${questionIds[0]}`, 303)
    },
  )

  // The author's own words, which nobody else can open: looking at them again is not recorded question by question.
  app.get(
    '/cohorts/proposals/:draft/:question',
    {
      schema: { params: QuestionAddress, querystring: QuestionState },
      config: { may: 'propose-placements', records: 'nothing' },
    },
    async (request, reply) => {
      const { draft: id, question } = request.params
      if (!isProposalQuestion(question)) throw new NotThere()
      const opened = await open(request, id)
      return questionPage(reply, opened, question, { typed: retyped(opened.draft.answers), ...request.query })
    },
  )

  app.post(
    '/cohorts/proposals/:draft/:question',
    {
      schema: { params: QuestionAddress, querystring: QuestionState, body: AnyForm },
      config: { may: 'propose-placements', records: 'placement-draft-saved', proof: 'form' },
    },
    async (request, reply) => {
      const { draft: id, question } = request.params
      if (!isProposalQuestion(question)) throw new NotThere()
      const typed: Typed = request.body
      const faults: Faults = {}
      const opened = await casework.as(request, async tx => {
        const before = await readProposal(tx, id)
        const context = await proposalContext(tx, before)
        const read = proposalQuestions[question].read(typed, faults, context)
        const draft = Object.keys(faults).length > 0 ? before : await saveProposal(tx, id, read)
        return {
          draft,
          context: { ...context, answers: draft.answers },
          name: usualName(context.record.names),
        }
      })
      if (Object.keys(faults).length > 0) {
        return questionPage(reply.code(400), opened, question, { typed, faults, ...request.query })
      }
      return reply.redirect(afterQuestion(opened.draft, question, typed, request.query.from), 303)
    },
  )

  app.get(
    '/cohorts/proposals/:draft/check',
    {
      schema: { params: DraftAddress },
      config: { may: 'propose-placements', records: 'placement-draft-opened' },
    },
    async (request, reply) => {
      const opened = await casework.as(request, async tx => {
        const draft = await readProposal(tx, request.params.draft)
        await tx.record('placement-draft-opened', {
          kind: 'placement-draft',
          id: draft.id,
          person: draft.person,
        })
        const context = await proposalContext(tx, draft)
        return { draft, context, name: usualName(context.record.names) }
      })
      return checkPage(reply, opened)
    },
  )

  app.post(
    '/cohorts/proposals/:draft/check',
    {
      schema: { params: DraftAddress, body: AnyForm },
      config: { may: 'propose-placements', records: 'placement-proposed', proof: 'form' },
    },
    async (request, reply) => {
      const { draft } = request.params
      return orKeepText(
        async () => {
          const sending = await casework.as(request, tx => sendProposal(tx, draft))
          return reply.redirect(
            sending.outcome === 'sent'
              ? `/cohorts/placements/${sending.reference}`
              : `/cohorts/proposals/${draft}/check`,
            303,
          )
        },
        async sentence => checkPage(reply.code(409), await open(request, draft), sentence),
      )
    },
  )

  app.post(
    '/cohorts/proposals/:draft/discard',
    {
      schema: { params: DraftAddress, body: AnyForm },
      config: { may: 'propose-placements', records: 'placement-draft-discarded', proof: 'form' },
    },
    async (request, reply) => {
      await casework.as(request, tx => discardProposal(tx, request.params.draft))
      return reply.redirect('/work', 303)
    },
  )

  const open = (request: Parameters<typeof casework.as>[0], id: string): Promise<Opened> =>
    casework.as(request, async tx => {
      const draft = await readProposal(tx, id)
      const context = await proposalContext(tx, draft)
      return { draft, context, name: usualName(context.record.names) }
    })
}

const address = (id: string, question: string) => `/cohorts/proposals/${id}/${question}`

/** Words to read once more: those that label (R26), and in grounds and reasons those that are no ground (R4). */
function wordsIn(question: ProposalQuestionId, answers: ProposalAnswers) {
  const careful = (...texts: (string | undefined)[]) => findCarefulWords(texts.filter(Boolean).join('\n'))
  switch (question) {
    case 'strengths':
      return careful(answers.strengths, answers.protective)
    case 'grounds': {
      const given = answers.grounds ?? []
      return [...leansOn({ grounds: given }), ...careful(...given.map(g => g.says))]
    }
    case 'tier':
      return [...leansOn({ because: answers.because }), ...careful(answers.because)]
    default:
      return []
  }
}

/** Where to go after an answer was kept. */
function afterQuestion(
  { id, answers }: ProposalDraft,
  question: ProposalQuestionId,
  typed: Typed,
  from: 'check' | undefined,
): string {
  const here = address(id, question)
  const suffix = from ? `&from=${from}` : ''
  if (typedText(typed, 'more') !== '') {
    const rows = Math.min(MOST_GROUNDS, (answers.grounds?.length ?? 0) + 1)
    return `${here}?rows=${rows}${suffix}#ground-${rows}`
  }
  if (wordsIn(question, answers).length > 0) return `${here}?words=check${suffix}`
  return nextAddress(id, question, from)
}

function nextAddress(id: string, question: ProposalQuestionId, from: 'check' | undefined): string {
  const next = questionIds[questionIds.indexOf(question) + 1]
  return address(id, next && !from ? next : 'check')
}

function questionPage(
  reply: FastifyReply,
  { draft, context, name }: Opened,
  question: ProposalQuestionId,
  {
    typed,
    faults = {},
    from,
    words,
    rows,
  }: { typed: Typed; faults?: Faults; from?: 'check'; words?: 'check'; rows?: number },
) {
  const before = questionIds[questionIds.indexOf(question) - 1]
  const cohort = context.cohorts.find(c => c.id === draft.answers.cohort)
  const shownErrors = errorsOf(faults, anchors)
  return reply.header('cache-control', 'no-store').page('casework/cohorts/views/question.njk', {
    title: proposalQuestions[question].title,
    question,
    about: name,
    typed,
    faults,
    errors: shownErrors.errors,
    careful: words ? wordsIn(question, draft.answers) : [],
    goOn: nextAddress(draft.id, question, from),
    action: `${address(draft.id, question)}${from ? `?from=${from}` : ''}`,
    button: from ? 'Save and check answers' : 'Save and continue',
    csrf: reply.generateCsrf(),
    choices: {
      cohorts: Object.fromEntries(context.cohorts.map(c => [c.id, { title: c.name, hint: c.purpose }])),
      tiers: Object.fromEntries(
        (cohort?.tiers ?? [])
          .filter(t => t.inPack)
          .map(t => [
            t.id,
            {
              title: t.name,
              hint: `${t.purpose}. ${t.expectedActivity}.${t.aboveSupport ? '' : ' Support: what somebody needs is ground enough.'}`,
            },
          ]),
      ),
      grounds,
    },
    rows: Math.min(MOST_GROUNDS, Math.max(rows ?? 0, lastRowTyped(typed), 1)),
    most: MOST_GROUNDS,
    entries: context.entries.map(e => ({
      ...e,
      checked: [typed.evidence ?? []].flat().map(String).includes(e.id),
    })),
    back: {
      text: 'Back',
      href: from
        ? address(draft.id, 'check')
        : before
          ? address(draft.id, before)
          : `/cohorts/propose/${draft.person}`,
    },
  })
}

/** A date is three boxes; the first takes the focus. */
const anchors: Record<string, string> = Object.fromEntries(
  Array.from({ length: MOST_GROUNDS }, (_, i) => [`ground-${i + 1}-on`, `ground-${i + 1}-on-day`]),
)

/** Rows that hold something must stand on the page again, also where the one before is empty. */
const lastRowTyped = (typed: Typed): number =>
  Math.max(
    0,
    ...Object.entries(typed).map(([name, value]) =>
      value ? Number(/^ground-(\d+)/.exec(name)?.[1] ?? 0) : 0,
    ),
  )

function checkPage(reply: FastifyReply, { draft, context, name }: Opened, refused?: string) {
  const lacking = missing(context).map(({ question, sentence }) => ({
    text: sentence,
    href: `${address(draft.id, question)}?from=check`,
  }))
  const asked = leansOn(draft.answers)
  return reply.header('cache-control', 'no-store').page('casework/cohorts/views/check.njk', {
    title: 'Check the proposal before you send it',
    name,
    lacking: refused ? [{ text: refused, href: '#main-content' }] : lacking,
    refused: refused !== undefined,
    rows: questionIds.flatMap(question => {
      const shown = proposalQuestions[question].shown(context)
      return (shown.length > 0 ? shown : [{ label: proposalQuestions[question].title, value: '' }]).map(
        (row, i) => ({
          ...row,
          ...(i === 0 ? { change: `${address(draft.id, question)}?from=check` } : {}),
        }),
      )
    }),
    asked,
    draft: draft.id,
    deleteOn: draft.deleteOn,
    csrf: reply.generateCsrf(),
    back: { text: 'Back', href: address(draft.id, questionIds.at(-1)!) },
  })
}
