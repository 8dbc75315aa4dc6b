/** What is wrong with a new case, or with a step in one: a sentence for each field. */
import { calendarWords, type Day, londonDay } from '../../platform/calendar.ts'
import { type Faults, readText, type TextRule, type Typed, typedText } from '../../platform/typed-form.ts'
import type { ActionDetail, RightsMove } from './rights-case.ts'
import { isRegime, isRightsKind, kinds } from './rights-kinds.ts'
import type { NewCase, RightsCase } from './rights-store.ts'
import { clockFor } from './statutory-clocks.ts'

/** The rule for a text of a case: of a step, or of a decision. */
export const caseText = (label: string, needed?: string, most = 5000): TextRule => ({
  label,
  most,
  ...(needed && { needed }),
})
const SHORT = 300

/** `birthDate`, `receivedOn`: the day typed; null where it is none, undefined where nothing was typed. */
export function readCase(
  typed: Typed,
  days: { birthDate: Day | null | undefined; receivedOn: Day | null | undefined },
  today: Day,
): { asked: NewCase } | { faults: Faults } {
  const faults: Faults = {}
  const kind = typedText(typed, 'kind')
  const regime = typedText(typed, 'regime')
  if (!isRightsKind(kind)) faults.kind = 'Choose what they ask for'
  if (!isRegime(regime)) faults.regime = 'Choose which law applies'
  const text = (name: string, ...rule: Parameters<typeof caseText>) =>
    readText(typed, name, caseText(...rule), faults)
  const given = text('given', 'The name', 'Enter their name', SHORT)
  const family = text('family', 'The family name', undefined, SHORT)
  const askedBy = text('askedBy', 'Who asks for them', undefined, SHORT)
  const reachAt = text('reachAt', 'How to answer', 'Enter how they want to be answered', SHORT)
  const about = text('about', 'What they ask', 'Enter what they ask, in their words')
  const aboutReferral = typedText(typed, 'aboutReferral') || null
  if (aboutReferral !== null && !/^R-\d{4}-\d{4,9}$/.test(aboutReferral)) {
    faults.aboutReferral = 'A reference looks like R-2026-0001'
  }
  const { birthDate, receivedOn } = days
  if (birthDate === null || (birthDate && birthDate > today)) {
    faults.birthDate = 'Enter their date of birth, such as 3 5 2011, or leave it empty'
  }
  if (!receivedOn) faults.receivedOn = 'Enter the day on which it came, such as 20 11 2026'
  else if (receivedOn > today) faults.receivedOn = 'It cannot have come after today'
  else if (isRightsKind(kind) && isRegime(regime) && !clockFor(kind, regime, receivedOn)) {
    faults.kind =
      kind === 'objection'
        ? 'There is no right to object where Part 3 applies: record what they say as a complaint or a restriction'
        : `On that day the law gave no such right: ${kinds[kind].title.toLowerCase()}`
  }
  if (Object.keys(faults).length > 0 || !isRightsKind(kind) || !isRegime(regime) || !receivedOn) {
    return { faults }
  }
  return {
    asked: {
      kind,
      regime,
      given,
      family,
      birthDate: birthDate ?? null,
      askedBy,
      reachAt,
      about,
      aboutReferral,
      receivedOn,
    },
  }
}

interface MoveFields {
  title: string
  lead: string
  because: string
  /** Asks on which day it happened. */
  day?: string
  told?: string
}

/** What the form of each move asks, in its words. */
export const moveFields: Record<RightsMove, MoveFields> = {
  'ask-identity': {
    title: 'Ask who they are',
    lead: 'Only where there is reasonable doubt, and for no more than is needed. The clock stops until they answer.',
    because: 'What did you ask for, and why was there doubt?',
    day: 'Asked on',
  },
  'confirm-identity': {
    title: 'They have shown who they are',
    lead: 'The clock runs again from the day on which the answer came. Only now can you look for what is held.',
    because: 'How was it checked? Do not copy numbers of documents.',
    day: 'Shown on',
  },
  acknowledge: {
    title: 'Its arrival was acknowledged',
    lead: 'Within 30 days. The answer itself follows without undue delay.',
    because: 'How, and what were they told about what happens next?',
    day: 'Acknowledged on',
  },
  'ask-clarification': {
    title: 'Ask what they mean',
    lead: 'Only where you hold much about them and cannot tell what they want. The clock stops until they answer.',
    because: 'What did you ask?',
    day: 'Asked on',
  },
  clarified: {
    title: 'They have answered',
    lead: 'The clock runs again from the day on which the answer came.',
    because: 'What did they answer?',
    day: 'Answered on',
  },
  extend: {
    title: 'Take longer',
    lead: 'Two further months, once, where the request is complex or one of many. They are told inside the first period.',
    because: 'Why is it needed?',
    told: 'What were they told?',
  },
  'assign-reviewer': {
    title: 'Give it to a reviewer',
    lead: 'Only people are listed who wrote nothing about the person, look after no record of theirs, and did not take part in the decision.',
    because: 'What is the reviewer to look at?',
  },
  decide: {
    title: 'Decide on the challenge',
    lead: 'You had no part in the decision. Say what you looked at and what follows from it.',
    because: 'Your reasons',
  },
  answer: {
    title: 'Answer and close',
    lead: 'A refusal says why, and that they can complain to you, to the Information Commissioner and to a court.',
    because: 'Reasons, for the record: exemptions as Act, schedule and paragraph',
    told: 'What were they told?',
  },
  withdraw: {
    title: 'They have withdrawn it',
    lead: 'The case is closed. What was found for it ends with it.',
    because: 'How and when did they say so?',
  },
}

/** `day`: as typed, null where it is none. The day of a step lies between the last one and today. */
export function readMove(
  typed: Typed,
  name: RightsMove,
  found: RightsCase,
  { day, today }: { day: Day | null | undefined; today: Day },
): { detail: ActionDetail } | { faults: Faults } {
  const faults: Faults = {}
  const fields = moveFields[name]
  const detail: ActionDetail = {
    because: readText(typed, 'because', caseText('What you wrote', 'Enter this'), faults),
  }
  if (fields.told)
    detail.told = readText(
      typed,
      'told',
      caseText('What they were told', 'Enter what they were told'),
      faults,
    )
  if (fields.day) {
    const earliest = dayOfLast(found)
    if (!day) faults.on = 'Enter the day, such as 20 11 2026'
    else if (day > today) faults.on = 'It cannot lie after today'
    else if (day < earliest)
      faults.on = `It cannot lie before ${calendarWords(earliest)}, the day of the step before`
    else if (day !== today) detail.on = day
  }
  if (needsOutcome(name, found)) {
    const outcome = typedText(typed, 'outcome')
    if (!Object.hasOwn(kinds[found.kind].outcomes, outcome)) faults.outcome = 'Choose what came of it'
    else detail.outcome = outcome
  }
  return Object.keys(faults).length > 0 ? { faults } : { detail }
}

/** A challenge has its outcome from the reviewer. */
export const needsOutcome = (name: RightsMove, { kind }: Pick<RightsCase, 'kind'>): boolean =>
  name === 'decide' || (name === 'answer' && kind !== 'challenge')

function dayOfLast({ actions, receivedOn }: RightsCase): Day {
  const last = actions.at(-1)
  return !last || last.action === 'open' ? receivedOn : (last.detail.on ?? londonDay(last.at))
}
