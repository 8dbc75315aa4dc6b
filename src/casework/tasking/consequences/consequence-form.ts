/** Consequence management as it is typed: opening it, an entry, the steps. Pure. */
import { addDays, calendarWords, type Day } from '../../../platform/calendar.ts'
import {
  type Faults,
  readChoice,
  readText,
  type Typed,
  typedDay,
  typedList,
  typedText,
} from '../../../platform/typed-form.ts'
import { type Nature, natures } from '../../register/register.ts'
import {
  type AffectedRole,
  affectedRoles,
  type EntryDetails,
  type EntryKind,
  entryKinds,
  type Tension,
  tensionGrades,
} from './consequence-entry.ts'
import type { KnownPerson } from './consequence-entry-store.ts'
import type { NewConsequence } from './consequence-store.ts'

/** What reaches further back is no matter of hours and days. */
const LONGEST_AGO_DAYS = 31

export function readConsequence(
  typed: Typed,
  today: Day,
  faults: Faults,
): Omit<NewConsequence, 'reviewDueOn'> {
  const what = readText(
    typed,
    'what',
    { label: 'What happened', most: 500, needed: 'Say what happened, in a sentence.' },
    faults,
  )
  const happenedOn = readDayPast(typed, 'happenedOn', today, faults)
  const happenedAt = readHour(typed, faults)
  const place = readText(
    typed,
    'place',
    { label: 'Where', most: 300, needed: 'Say where it happened.' },
    faults,
  )
  const incident = readText(typed, 'incident', { label: 'The number of the incident', most: 100 }, faults)
  return { what, happenedOn, happenedAt, place, incident }
}

/** Empty is today. */
function readDayPast(typed: Typed, name: string, today: Day, faults: Faults): Day {
  const day = typedDay(typed, name)
  if (day === undefined) return today
  if (day === null)
    faults[name] = 'This is not a date. Check the day, the month and the four figures of the year.'
  else if (day > today) faults[name] = 'This day lies ahead. Give the day on which it happened.'
  else if (day < monthBefore(today)) {
    faults[name] = `This day is more than ${LONGEST_AGO_DAYS} days ago. Check the month and the year.`
  } else return day
  return today
}

const monthBefore = (today: Day): Day => addDays(today, -LONGEST_AGO_DAYS)

/** "21:40", also typed as 21.40 or 2140; null where it is left empty. */
function readHour(typed: Typed, faults: Faults): string | null {
  const text = typedText(typed, 'happenedAt')
  if (text === '') return null
  const found = /^(\d{1,2})[:. h]?(\d{2})$/.exec(text)
  const [hour, minute] = [Number(found?.[1]), Number(found?.[2])]
  if (!found || hour > 23 || minute > 59) {
    faults.happenedAt = 'This is no hour. Type it as 21:40, or leave it empty.'
    return null
  }
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** Chosen in place of somebody whom one's own agency knows. */
export const ANOTHER = 'another'

export interface EntryChoices {
  today: Day
  /** When it happened: nothing that is written is older. */
  happenedOn: Day
  /** Whom the writer's agency recorded as hurt, at risk or a witness in those days. */
  known: readonly KnownPerson[]
  /** Agencies to which alone it may be said. */
  agencies: readonly string[]
}

export function readEntry(
  kind: EntryKind,
  typed: Typed,
  { today, happenedOn, known, agencies }: EntryChoices,
  faults: Faults,
): EntryDetails {
  const words = entryKinds[kind]
  const text = readText(typed, 'text', { label: 'The text', most: 5000, needed: 'Write it down.' }, faults)
  const onDay = readOnDay(typed, today, happenedOn, faults)
  const nature =
    'nature' in words
      ? words.nature
      : readChoice<Nature>(
          typed,
          'nature',
          natures,
          'Say whether it is a fact, reported, or an assessment.',
          faults,
        )
  const person = kind === 'affected' ? (known.find(k => k.person === typed.person) ?? null) : null
  const called = person
    ? person.name
    : kind === 'affected'
      ? readText(
          typed,
          'called',
          { label: 'The name', most: 200, needed: 'Say who it is, as your agency calls them.' },
          faults,
        )
      : null
  const role =
    kind === 'affected'
      ? readChoice<AffectedRole>(typed, 'role', affectedRoles, 'Choose their part in this event.', faults)
      : undefined
  const authority =
    kind === 'online'
      ? readText(
          typed,
          'authority',
          {
            label: 'The reference',
            most: 100,
            least: 3,
            needed:
              'Give the reference of the authority under which it was looked at. Without one it cannot be written down.',
          },
          faults,
        )
      : null
  const grade =
    kind === 'tension'
      ? readChoice<Tension>(typed, 'grade', tensionGrades, 'Choose the word that fits.', faults)
      : undefined
  const only = typedList(typed, 'only').filter(a => agencies.includes(a))
  return {
    nature: nature ?? 'reported',
    text,
    onDay,
    called,
    person: person?.person ?? null,
    role: role ?? null,
    authority,
    grade: grade ?? null,
    seenBy: only.length > 0 ? only : null,
  }
}

/** Empty is today. */
function readOnDay(typed: Typed, today: Day, happenedOn: Day, faults: Faults): Day {
  const day = typedDay(typed, 'onDay')
  if (day === undefined) return today
  if (day === null)
    faults.onDay = 'This is not a date. Check the day, the month and the four figures of the year.'
  else if (day > today) faults.onDay = 'This day lies ahead. Give the day on which it was seen or said.'
  else if (day < happenedOn) {
    faults.onDay = `This day lies before what happened on ${calendarWords(happenedOn)}. Give a later one.`
  } else return day
  return today
}

export const stepWords = {
  review: {
    title: 'Write the review',
    text: {
      label: 'What came of what was promised and done?',
      hint: 'What helped, what was not done and why, and what you would do otherwise',
      needed: 'Say what came of it.',
    },
    button: 'Save the review',
  },
  close: {
    title: 'Close it',
    text: {
      label: 'Why is nothing more needed?',
      hint: 'Nobody writes in it any more, and it is deleted within a year. Open actions stay in the log',
      needed: 'Say why nothing more is needed.',
    },
    button: 'Close it',
  },
  'hand-over': {
    title: 'Hand it over',
    text: { label: 'What should they know? (optional)', hint: '', needed: null },
    button: 'Hand it over',
  },
  reopen: {
    title: 'Open it again',
    text: { label: 'What happened?', hint: 'It is reviewed anew', needed: 'Say what happened.' },
    button: 'Open it again',
  },
} as const

export type Step = keyof typeof stepWords

export const isStep = (text: string): text is Step => Object.hasOwn(stepWords, text)

export interface StepDetails {
  detail: { because?: string; affected?: string; grade?: string; result?: string }
  toUser?: string
}

export function readStep(
  step: Step,
  typed: Typed,
  colleagues: readonly { id: string }[],
  faults: Faults,
): StepDetails {
  const { label, needed } = stepWords[step].text
  const text = readText(typed, 'text', { label, most: 5000, ...(needed ? { needed } : {}) }, faults)
  if (step === 'review') {
    const affected = readText(
      typed,
      'affected',
      { label: 'How they are', most: 5000, needed: 'Say how those who were affected are today.' },
      faults,
    )
    const grade = readChoice<Tension>(typed, 'grade', tensionGrades, 'Choose the word that fits.', faults)
    return { detail: { result: text, affected, ...(grade ? { grade } : {}) } }
  }
  if (step !== 'hand-over') return { detail: { because: text } }
  const to = typedText(typed, 'to')
  if (!colleagues.some(c => c.id === to)) faults.to = 'Choose who leads it from now on.'
  return { detail: text ? { because: text } : {}, toUser: to }
}
