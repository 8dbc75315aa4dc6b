/** A case for a panel as it is typed, and the steps after it. Pure. */
import { addDays, type Day } from '../../../platform/calendar.ts'
import {
  type Faults,
  readChoice,
  readText,
  type Typed,
  typedDay,
  typedList,
  typedText,
} from '../../../platform/typed-form.ts'
import { readDayAhead } from '../actions/due-day.ts'
import { isOutcome, type OutcomeId, outcomes, outcomesFor } from './outcomes.ts'
import { type Admission, admissions, type MoveDetail, type PanelCaseMove } from './panel-case.ts'
import type { MoveForm, NewPanelCase, PanelCase } from './panel-case-store.ts'

/** An offence that lies further back is no matter for a quick decision. */
const LONGEST_AGO_DAYS = 730

export function readNewCase(
  typed: Typed,
  { today, panels }: { today: Day; panels: readonly { id: string }[] },
  faults: Faults,
): Pick<NewPanelCase, 'panel' | 'crime' | 'offence' | 'offenceOn' | 'admitted'> {
  const panel = panels.length === 1 ? panels[0]!.id : typedText(typed, 'panel')
  if (!panels.some(p => p.id === panel)) faults.panel = 'Choose the panel.'
  const crime = readText(
    typed,
    'crime',
    {
      label: 'The number of the crime',
      most: 100,
      needed: 'Give the number of the crime: no case is decided twice.',
    },
    faults,
  )
  const offence = readText(
    typed,
    'offence',
    { label: 'The offence', most: 500, needed: 'Say what the offence is, as it is recorded.' },
    faults,
  )
  const offenceOn = typedDay(typed, 'offenceOn')
  if (!offenceOn) faults.offenceOn = 'Give the day of the offence, such as 14 11 2026.'
  else if (offenceOn > today) faults.offenceOn = 'This day lies ahead. Give the day of the offence.'
  else if (offenceOn < addDays(today, -LONGEST_AGO_DAYS)) {
    faults.offenceOn = 'This day is more than two years ago. Check the year.'
  }
  const admitted = readChoice<Admission>(typed, 'admitted', admissions, 'Say whether they admit it.', faults)
  return { panel, crime, offence, offenceOn: offenceOn ?? today, admitted: admitted ?? 'not-asked' }
}

export const stepWords = {
  decide: {
    title: 'Write down the decision',
    text: {
      label: 'Why this outcome?',
      hint: 'The reasons of the panel, in words that they could read themselves',
      needed: 'Say why.',
    },
    button: 'Save the decision',
  },
  defer: {
    title: 'Defer it',
    text: { label: 'What is missing?', hint: 'Who brings it', needed: 'Say what is missing.' },
    button: 'Defer it',
  },
  bring: {
    title: 'Bring an agency to it',
    text: { label: 'What should they bring? (optional)', hint: '', needed: null },
    button: 'Bring them to it',
  },
  withdraw: {
    title: 'Withdraw it',
    text: { label: 'Why?', hint: '', needed: 'Say why it is withdrawn.' },
    button: 'Withdraw it',
  },
  complete: {
    title: 'It was completed',
    text: {
      label: 'What came of it?',
      hint: 'For whom it is about, and for whoever was harmed',
      needed: 'Say what came of it.',
    },
    button: 'Save',
  },
  return: {
    title: 'Return it to the police',
    text: {
      label: 'What was not done, and what was tried?',
      hint: 'The police then decide anew',
      needed: 'Say why it goes back.',
    },
    button: 'Return it',
  },
} as const satisfies Record<Exclude<PanelCaseMove, 'refer'>, object>

export type Step = keyof typeof stepWords

export const isStep = (text: string): text is Step => Object.hasOwn(stepWords, text)

/** What a step asks; the days lie within what anything about a person may wait (R10). */
export function readStep(
  step: Step,
  typed: Typed,
  found: PanelCase,
  { today, bringable }: { today: Day; bringable: readonly { id: string }[] },
  faults: Faults,
): Omit<MoveForm, 'key' | 'seen'> {
  const { label, needed } = stepWords[step].text
  const text = readText(typed, 'text', { label, most: 5000, ...(needed ? { needed } : {}) }, faults)
  const detail: MoveDetail = step === 'complete' ? { result: text } : text ? { because: text } : {}
  const dueOn =
    step === 'decide' || step === 'defer' ? readDayAhead(typed, 'dueOn', today, faults) : undefined
  if ((step === 'decide' || step === 'defer') && !dueOn) faults.dueOn ??= 'Say by which day.'
  const day = dueOn ? { dueOn } : {}
  if (step === 'bring') {
    const agency = typedText(typed, 'agency')
    if (!bringable.some(a => a.id === agency)) faults.agency = 'Choose an agency.'
    return { detail, toAgency: agency }
  }
  if (step !== 'decide') return { detail, ...day }
  const outcome = readOutcome(typed, found, faults)
  const plan = readText(
    typed,
    'plan',
    {
      label: 'What they are asked to do',
      most: 5000,
      needed: 'Say what they are asked to do, or that it is nothing.',
    },
    faults,
  )
  const dissent = readText(typed, 'dissent', { label: 'Dissent', most: 5000 }, faults)
  const ids = found.panelMembers.map(m => m.id)
  const toAgency = typedText(typed, 'agency')
  if (!ids.includes(toAgency)) faults.agency = 'Choose the agency that sees to it.'
  const there = typedList(typed, 'there').filter(id => ids.includes(id))
  if (there.length === 0) faults.there = 'Mark which agencies were there.'
  return {
    detail: { ...detail, plan, ...(dissent ? { dissent } : {}) },
    ...day,
    ...(outcome && { outcome }),
    toAgency,
    there,
  }
}

function readOutcome(typed: Typed, found: PanelCase, faults: Faults): OutcomeId | null {
  const given = typedText(typed, 'outcome')
  if (isOutcome(given) && outcomesFor(found).includes(given)) return given
  faults.outcome = isOutcome(given)
    ? `${outcomes[given].title} does not fit: ${outcomes[given].needs.toLowerCase()}. Choose another.`
    : 'Choose what the panel decided.'
  return null
}
