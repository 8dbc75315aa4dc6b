/**
 * Going from question to question, whoever refers and wherever their draft lies: where an answer leads, and what the pages
 * of questions, of danger and of the answers to be checked show.
 */
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { type Day, londonDay } from '../../../platform/calendar.ts'
import { type Faults, type Typed, typedText } from '../../../platform/typed-form.ts'
import { errorsOf } from '../../../web/form-errors.ts'
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
import { type Draft, readDraft, saveAnswers } from './draft-store.ts'
import { asked, type Question } from './questions.ts'
import { MOST_OTHERS } from './read-people.ts'
import { missing } from './ready-to-send.ts'
import { signGroups } from './signs.ts'
import { urgencies } from './urgency.ts'

/** Where a draft lies, and what stands around its questions. */
export interface Flow {
  /** Address of its pages, without a slash at its end: `/refer/<number>`. */
  base: string
  /** The page before the first question. */
  start: string
  /** Where somebody goes who finishes later. */
  later: string
  /** Above the heading of each question. */
  about?: string
  /** Whoever writes is an invited partner: nothing of Concord is around their pages. */
  guest?: true
}

export const QuestionState = Type.Object({
  /** Come from the page where answers are checked, and go back there. */
  from: Type.Optional(Type.Literal('check')),
  /** Careful words were found in what was kept: say so. */
  words: Type.Optional(Type.Literal('check')),
  rows: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_OTHERS })),
})

/** Reads what was typed and keeps it, where nothing is wrong with it. Throws NotThere for a draft that is not theirs. */
export async function answer(
  tx: Parameters<typeof saveAnswers>[0] & { now: Date },
  id: string,
  question: Question,
  typed: Typed,
): Promise<{ draft: Draft; faults: Faults }> {
  const faults: Faults = {}
  const before = await readDraft(tx, id)
  const read = question.read(typed, faults, { answers: before.answers, today: londonDay(tx.now) })
  const draft = Object.keys(faults).length > 0 ? before : await saveAnswers(tx, id, read)
  return { draft, faults }
}

/** Where to go after an answer was kept. */
export function afterQuestion(
  { base }: Flow,
  answers: Answers,
  question: Question,
  typed: Typed,
  from: 'check' | undefined,
): string {
  const here = `${base}/${question.id}`
  const suffix = from ? `from=${from}` : ''
  if (question.id === 'urgency' && answers.urgency === 'immediate' && !answers.rang) {
    return `${base}/danger`
  }
  if (typedText(typed, 'more') !== '') {
    const rows = Math.min(MOST_OTHERS, (answers.others?.length ?? 0) + 1)
    return `${here}?rows=${rows}${suffix && `&${suffix}`}#other-${rows}-name`
  }
  if (carefulIn(question, answers).length > 0) return `${here}?words=check${suffix && `&${suffix}`}`
  return nextAddress(base, answers, question, from)
}

/** The next question, or the page where answers are checked. A changed kind brings questions of its own. */
function nextAddress(base: string, answers: Answers, question: Question, from: 'check' | undefined): string {
  const list = asked(answers)
  const next = list[list.findIndex(q => q.id === question.id) + 1]
  return next && (!from || question.id === 'kind') ? `${base}/${next.id}` : `${base}/check`
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

/** After danger was telephoned. */
export const afterDanger = ({ base }: Flow, { kind }: Answers): string =>
  kind ? `${base}/check` : `${base}/kind`

export function questionPage(
  reply: FastifyReply,
  { base, start, later, about, guest }: Flow,
  answers: Answers,
  question: Question,
  { from, words, ...view }: QuestionView,
) {
  const list = asked(answers)
  const before = list[list.findIndex(q => q.id === question.id) - 1]
  return reply.header('cache-control', 'no-store').page('casework/intake/referrals/views/question.njk', {
    ...questionData(question, answers, view),
    csrf: reply.generateCsrf(),
    about,
    guest,
    action: `${base}/${question.id}${from ? `?from=${from}` : ''}`,
    button: from ? 'Save and check answers' : 'Save and continue',
    later,
    careful: words ? carefulIn(question, answers) : [],
    goOn: nextAddress(base, answers, question, from),
    back: {
      text: 'Back',
      href: from ? `${base}/check` : before ? `${base}/${before.id}` : start,
    },
  })
}

export const dangerPage = (
  reply: FastifyReply,
  { base, guest }: Flow,
  dutyDesks: readonly { name: string; contact: string }[],
) =>
  reply.header('cache-control', 'no-store').page('casework/intake/referrals/views/danger.njk', {
    title: 'Ring 999 now',
    csrf: reply.generateCsrf(),
    dutyDesks,
    guest,
    action: `${base}/danger`,
    back: { text: 'Back', href: `${base}/urgency` },
  })

/** `key` of the form, where the sending has no draft to be known by when it is sent twice. */
export function checkPage(
  reply: FastifyReply,
  { base, later, guest }: Flow,
  { answers, deleteOn }: Draft,
  { today, key }: { today: Day; key?: string },
) {
  const change = (question: string) => `${base}/${question}?from=check`
  const last = asked(answers).at(-1)!
  return reply.header('cache-control', 'no-store').page('casework/intake/referrals/views/check.njk', {
    title: 'Check your answers before you send them',
    csrf: reply.generateCsrf(),
    key,
    base,
    later,
    guest,
    rows: answerRows(answers, change),
    lacking: missing(answers, today).map(({ question, sentence }) => ({
      text: sentence,
      href: change(question),
    })),
    deleteOn,
    back: { text: 'Back', href: `${base}/${last.id}` },
  })
}

/** Answers as rows of a summary list, with one row for a question that has none; `change` gives the address that changes a question's answers, or null. */
export const answerRows = (answers: Answers, change: (question: string) => string | null) =>
  asked(answers).flatMap(question => {
    const shown = question.shown(answers)
    const given = shown.filter(({ value }) => value !== '')
    return (given.length > 0 ? given : shown.slice(0, 1)).map(({ label, value }) => ({
      label,
      value,
      change: change(question.id),
    }))
  })

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
