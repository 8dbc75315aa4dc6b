/** Whether a draft can be sent: every question that is asked again, together with what no single page can see. Pure. */
import type { Day } from '../../../platform/calendar.ts'
import type { Faults, Typed } from '../../../platform/typed-form.ts'
import type { Answers } from './answers.ts'
import { asked, type QuestionId } from './questions.ts'
import { onlyOrdinary } from './signs.ts'

export interface Missing {
  question: QuestionId
  sentence: string
}

/** What stands in the way, with the question to go to; empty where it can be sent. */
export function missing(answers: Answers, today: Day): Missing[] {
  const found: Missing[] = asked(answers).flatMap(question => {
    const faults: Faults = {}
    question.read(retyped(answers), faults, { answers, today })
    return Object.values(faults)
      .slice(0, 1)
      .map(sentence => ({ question: question.id, sentence }))
  })
  if (answers.urgency === 'immediate' && !answers.rang) {
    found.unshift({ question: 'urgency', sentence: 'Ring 999 first, and say that you have.' })
  }
  const grounds = noGrounds(answers)
  return grounds ? [...found, grounds] : found
}

/** R4: signs of ordinary youth culture are no ground alone, and a referral of a person needs one. */
function noGrounds({ kind, signs = [], seen }: Answers): Missing | null {
  if (kind === undefined || kind === 'place' || kind === 'school' || kind === 'group' || seen) return null
  if (signs.length === 0) {
    return {
      question: 'seen',
      sentence: 'Say what you have seen or heard, or choose a sign that you noticed.',
    }
  }
  return onlyOrdinary(signs)
    ? {
        question: 'seen',
        sentence:
          'The signs that you chose are ordinary for young people and are no ground by themselves. Say what worries you, or choose a sign of harm.',
      }
    : null
}

/** Answers as a form would send them, so that they are judged by the rules of their own page. */
export function retyped(answers: Answers): Typed {
  const { others = [], signs = [], birthDate = '', ...plain } = answers
  const [year, month, day] = birthDate.split('-')
  return {
    ...(plain as Record<string, string>),
    signs,
    'birthDate-day': day,
    'birthDate-month': month,
    'birthDate-year': year,
    ...Object.fromEntries(
      others.flatMap(({ name, age, relation }, i) => [
        [`other-${i + 1}-name`, name],
        [`other-${i + 1}-age`, age],
        [`other-${i + 1}-relation`, relation],
      ]),
    ),
  }
}
