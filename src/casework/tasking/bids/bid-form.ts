/** A bid as it is typed, and the steps after it. Pure. */
import type { PackBidCriteria } from '../../../areas/area-pack.ts'
import { addDays, calendarWords, type Day } from '../../../platform/calendar.ts'
import { type Faults, readText, type Typed, typedDay, typedText } from '../../../platform/typed-form.ts'
import { readDayAhead } from '../actions/due-day.ts'
import type { BidMove, MoveDetail } from './bid.ts'
import type { NewBid } from './bid-store.ts'

export interface BidChoices {
  resources: readonly { id: string }[]
  cohorts: readonly { id: string }[]
  /** Local authorities, by their codes. */
  areas: readonly { code: string }[]
  /** Measures of the catalogue that may be shown by place (R7). */
  measures: readonly { id: string }[]
  criteria: PackBidCriteria['criteria']
}

/** Nothing is asked for longer: the next meeting decides anew. */
const LONGEST_DAYS = 92

export function readNewBid(typed: Typed, today: Day, choices: BidChoices, faults: Faults): NewBid {
  const one = (name: string, ids: readonly string[], needed: string | null): string | null => {
    const given = typedText(typed, name)
    if (ids.includes(given)) return given
    if (needed) faults[name] = needed
    else if (given !== '') faults[name] = 'Choose one of the list, or none.'
    return null
  }
  const resource = one(
    'resource',
    choices.resources.map(r => r.id),
    'Choose what is asked for.',
  )
  const about = one('about', ['place', 'cohort'], 'Choose whether it is for a place or for a cohort.')
  const place =
    about === 'place'
      ? readText(
          typed,
          'place',
          { label: 'The place', most: 200, needed: 'Say which place, in words that everybody there uses.' },
          faults,
        )
      : ''
  const cohort =
    about === 'cohort'
      ? one(
          'cohort',
          choices.cohorts.map(c => c.id),
          'Choose the cohort.',
        )
      : null
  const area = one(
    'area',
    choices.areas.map(a => a.code),
    null,
  )
  const measure = one(
    'measure',
    choices.measures.map(m => m.id),
    null,
  )
  if (measure && !area) faults.area ??= 'Choose the authority in which it is counted, or count nothing.'
  const { from: startsOn, to: endsOn } = readDays(typed, ['startsOn', 'endsOn'], today, faults)
  const aim = readText(
    typed,
    'aim',
    {
      label: 'What should be better',
      most: 2000,
      needed: 'Say what should be better, and what would be done.',
    },
    faults,
  )
  const answers = choices.criteria.map(({ id, name }) => ({
    name,
    says: readText(
      typed,
      `criterion-${id}`,
      { label: name, most: 2000, needed: `Say something to this: ${name.toLowerCase()}.` },
      faults,
    ),
  }))
  return { resource: resource ?? '', place, cohort, area, measure, startsOn, endsOn, aim, answers }
}

/** Two days from today on, the second not before the first. */
function readDays(
  typed: Typed,
  [first, last]: [string, string],
  today: Day,
  faults: Faults,
): { from: Day; to: Day } {
  const from = readDayAhead(typed, first, today, faults)
  const to = readDayAhead(typed, last, today, faults)
  if (!from) faults[first] ??= 'Say from which day on.'
  if (!to) faults[last] ??= 'Say until which day.'
  if (from && to && to < from) faults[last] = 'It ends before it begins.'
  else if (from && to && to > addDays(from, LONGEST_DAYS)) {
    faults[last] =
      `Ask for ${LONGEST_DAYS} days at most, until ${calendarWords(addDays(from, LONGEST_DAYS))}.`
  }
  return { from: from ?? today, to: to ?? today }
}

export const stepWords = {
  grant: {
    title: 'Grant it',
    text: {
      label: 'Why this one?',
      hint: 'Against the criteria, and beside the others for the same days',
      needed: 'Say why it is granted.',
    },
    button: 'Grant it',
  },
  refuse: {
    title: 'Refuse it',
    text: {
      label: 'Why not?',
      hint: 'Against the criteria, and what could help instead',
      needed: 'Say why it is refused.',
    },
    button: 'Refuse it',
  },
  withdraw: {
    title: 'Withdraw it',
    text: { label: 'Why is it not needed any more?', hint: '', needed: 'Say why.' },
    button: 'Withdraw it',
  },
  deploy: {
    title: 'Say what was deployed',
    text: {
      label: 'What was sent, where, and for what?',
      hint: 'Numbers and hours as they were, not as they were asked for',
      needed: 'Say what was sent.',
    },
    button: 'Save',
  },
  'not-deployed': {
    title: 'It was not deployed',
    text: { label: 'Why not?', hint: '', needed: 'Say why.' },
    button: 'Save',
  },
  end: {
    title: 'Say what came of it',
    text: {
      label: 'What came of it?',
      hint: 'What changed there, what did not, and what you would do otherwise',
      needed: 'Say what came of it.',
    },
    button: 'Save',
  },
} as const satisfies Record<Exclude<BidMove, 'ask'>, object>

export type Step = keyof typeof stepWords

export const isStep = (text: string): text is Step => Object.hasOwn(stepWords, text)

/** Where what was written with a step is kept. */
const keptAs = {
  grant: 'because',
  refuse: 'because',
  withdraw: 'because',
  'not-deployed': 'because',
  deploy: 'what',
  end: 'result',
} as const satisfies Record<Step, keyof MoveDetail>

export function readStep(
  step: Step,
  typed: Typed,
  { today, grantedFrom }: { today: Day; grantedFrom: Day | null },
  faults: Faults,
): { detail: MoveDetail; fromOn?: Day; toOn?: Day } {
  const { label, needed } = stepWords[step].text
  const text = readText(typed, 'text', { label, most: 5000, needed }, faults)
  const detail: MoveDetail = { [keptAs[step]]: text }
  if (step === 'grant') {
    const { from, to } = readDays(typed, ['fromOn', 'toOn'], today, faults)
    return { detail, fromOn: from, toOn: to }
  }
  if (step === 'deploy') return { detail, fromOn: readDeployed(typed, today, grantedFrom ?? today, faults) }
  const counted = step === 'end' ? readCounted(typed, faults) : null
  return { detail: counted ? { ...detail, counted } : detail }
}

/** The day on which it began: not ahead, and not before it was granted for. Empty is the first day granted. */
function readDeployed(typed: Typed, today: Day, granted: Day, faults: Faults): Day {
  const day = typedDay(typed, 'fromOn')
  if (day === null)
    faults.fromOn = 'This is not a date. Check the day, the month and the four figures of the year.'
  else if ((day ?? granted) > today) faults.fromOn = 'This day lies ahead. Come back when it has begun.'
  else if (day && day < addDays(granted, -LONGEST_DAYS))
    faults.fromOn = 'This day lies long before it was granted. Check the month.'
  else return day ?? granted
  return today
}

/** What is counted otherwise than in the catalogue: all three or none. */
function readCounted(typed: Typed, faults: Faults): MoveDetail['counted'] | null {
  const what = readText(typed, 'counted', { label: 'What was counted', most: 500 }, faults)
  const [before, after] = [typedText(typed, 'before'), typedText(typed, 'after')]
  if (what === '' && before === '' && after === '') return null
  if (what === '') faults.counted = 'Say what was counted and where it is from, or leave the counts empty.'
  for (const [name, value] of [
    ['before', before],
    ['after', after],
  ] as const) {
    if (!/^\d{1,7}$/.test(value)) faults[name] = 'Give a whole number, or leave all three empty.'
  }
  return { what, before: Number(before), after: Number(after) }
}
