/** A spell, a step of it, what there is to mind, and another arrangement, as they are typed. Pure. */
import type { Day } from '../../platform/calendar.ts'
import { type Faults, readChoice, readText, type Typed, typedDay } from '../../platform/typed-form.ts'
import { type Nature, natures } from '../register/register.ts'
import type { ArrangementDetails } from './arrangement-store.ts'
import type { CustodyForm, NewSpell, StepMove } from './custody-store.ts'
import type { InsideDetails } from './inside-store.ts'

const LINE = 200
const TEXT = 2000

const readEstablishment = (typed: Typed, faults: Faults): string =>
  readText(
    typed,
    'establishment',
    { label: 'The establishment', most: LINE, needed: 'Say in which prison, institution or home they are.' },
    faults,
  )

const readWing = (typed: Typed, faults: Faults): string =>
  readText(typed, 'wing', { label: 'The wing', most: LINE }, faults)

/** A day that has been; left empty, today. */
function readPast(typed: Typed, name: string, today: Day, faults: Faults): Day {
  const day = typedDay(typed, name)
  if (day === null) faults[name] = 'That is no day of the calendar. Enter one such as 19 11 2026.'
  else if (day && day > today) faults[name] = 'That day lies ahead. Enter a day that has been, or today.'
  return day ?? today
}

/** A day to come, or today; null where the boxes are empty. */
function readAhead(typed: Typed, name: string, today: Day, faults: Faults): Day | null {
  const day = typedDay(typed, name)
  if (day === null)
    faults[name] = 'That is no day of the calendar. Enter one such as 19 11 2027, or leave it empty.'
  else if (day && day < today) faults[name] = 'That day is over. Enter a day to come, or leave it empty.'
  return day ?? null
}

export const readSpellForm = (
  typed: Typed,
  today: Day,
  faults: Faults,
): Pick<NewSpell, 'establishment' | 'wing' | 'since' | 'releaseOn'> => ({
  establishment: readEstablishment(typed, faults),
  wing: readWing(typed, faults),
  since: readPast(typed, 'since', today, faults),
  releaseOn: readAhead(typed, 'releaseOn', today, faults),
})

interface StepWords {
  title: string
  button: string
  /** Beside what is asked of every step of the kind. */
  text: { label: string; hint?: string; needed?: string; detail: 'because' | 'note' }
  asks: 'where' | 'release-day' | 'released-day' | 'next-review' | 'colleague' | null
}

export const steps: Record<StepMove, StepWords> = {
  transfer: {
    title: 'They were moved',
    button: 'Save',
    asks: 'where',
    text: {
      label: 'A note (optional)',
      hint: 'Whether conflicts inside were looked at before.',
      detail: 'note',
    },
  },
  'set-release': {
    title: 'The day of release',
    button: 'Set the day',
    asks: 'release-day',
    text: {
      label: 'Why is it this day, or not known any more?',
      needed: 'Say in a sentence where the day comes from, or why it is not known any more.',
      detail: 'because',
    },
  },
  release: {
    title: 'They were released',
    button: 'They were released',
    asks: 'released-day',
    text: { label: 'A note (optional)', hint: 'Who was at the gate, where they slept.', detail: 'note' },
  },
  review: {
    title: 'Review it',
    button: 'Keep it until the next review',
    asks: 'next-review',
    text: {
      label: 'What has changed since the last review?',
      hint: 'For them: what goes better inside, what is missing for the day of release.',
      needed: 'Say in a sentence what has changed.',
      detail: 'note',
    },
  },
  'hand-over': {
    title: 'Hand it over',
    button: 'Hand it over',
    asks: 'colleague',
    text: { label: 'A note (optional)', detail: 'note' },
  },
  withdraw: {
    title: 'Take it back',
    button: 'Take it back',
    asks: null,
    text: {
      label: 'What was wrong?',
      hint: 'It is there for your agency alone then, and deleted within a month.',
      needed: 'Say in a sentence what was wrong.',
      detail: 'because',
    },
  },
}

export const isStep = (text: string): text is StepMove => Object.hasOwn(steps, text)

export function readStep(
  step: StepMove,
  typed: Typed,
  today: Day,
  faults: Faults,
): Omit<CustodyForm, 'key' | 'seen'> {
  const { asks, text } = steps[step]
  const said = readText(
    typed,
    'text',
    { label: 'The text', most: TEXT, ...(text.needed ? { needed: text.needed } : {}) },
    faults,
  )
  const detail = said === '' ? {} : { [text.detail]: said }
  switch (asks) {
    case 'where':
      return {
        detail: { ...detail, establishment: readEstablishment(typed, faults), wing: readWing(typed, faults) },
        onDay: readPast(typed, 'onDay', today, faults),
      }
    case 'release-day':
      return { detail, onDay: readAhead(typed, 'onDay', today, faults) }
    case 'released-day':
      return { detail, onDay: readPast(typed, 'onDay', today, faults) }
    case 'next-review': {
      const reviewOn = readAhead(typed, 'onDay', today, faults)
      return { detail, ...(reviewOn ? { reviewOn } : {}) }
    }
    default:
      return { detail }
  }
}

export function readInside(typed: Typed, today: Day, faults: Faults): InsideDetails {
  const text = readText(
    typed,
    'text',
    { label: 'The text', most: TEXT, needed: 'Write what there is to mind.' },
    faults,
  )
  const nature = readChoice<Nature>(
    typed,
    'nature',
    natures,
    'Say whether it is a fact, reported or an assessment.',
    faults,
  )
  const source = readText(
    typed,
    'source',
    {
      label: 'How you know',
      most: 300,
      needed: 'Say how you know: seen yourself, told by whom, read where.',
    },
    faults,
  )
  return { nature: nature ?? 'reported', text, source, onDay: readPast(typed, 'onDay', today, faults) }
}

export const readArrangement = (typed: Typed, faults: Faults): ArrangementDetails => ({
  leadWorker: readText(
    typed,
    'leadWorker',
    { label: 'The lead worker', most: LINE, needed: 'Say who leads it there: a name, or a post.' },
    faults,
  ),
  contact: readText(
    typed,
    'contact',
    {
      label: 'The contact',
      most: LINE,
      needed: 'Say how they are reached: a telephone number or an address.',
    },
    faults,
  ),
  toldBy: readText(
    typed,
    'toldBy',
    { label: 'Who told you', most: LINE, needed: 'Say who told you, and when.' },
    faults,
  ),
})

export const readArrangementSince = (typed: Typed, today: Day, faults: Faults): Day =>
  readPast(typed, 'since', today, faults)
