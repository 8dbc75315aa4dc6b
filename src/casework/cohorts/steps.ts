/** Forms of the single steps of a placement: what each asks, in its words, and what is wrong with what was typed. Pure. */
import { addDays, calendarWords, type Day } from '../../platform/calendar.ts'
import {
  type Faults,
  readChoice,
  readText,
  type Typed,
  typedDay,
  typedList,
  typedText,
} from '../../platform/typed-form.ts'
import type { MoveDetail, PlacementMove } from './placement.ts'

/** What became better, for the counts of what was achieved. */
export const achievements = {
  'no-harm': 'No harm done or suffered since the last review',
  learning: 'In school, college or training',
  work: 'In work',
  home: 'A settled home',
  health: 'Gets the help that they need with health or drugs',
  people: 'Has somebody to turn to',
  'own-goal': 'Reached what they wanted themselves',
} as const

export const removalReasons = {
  'challenge-upheld': 'A challenge to it was right',
  'grounds-gone': 'The grounds did not hold, or hold no more',
  'other-help': 'Other help fits better',
  'moved-away': 'They live elsewhere now',
  'wrong-person': 'It was the wrong person',
  died: 'They have died',
} as const

/** R21: a notice that is held back is looked at again within so many days, sooner for an under-18. */
export const LONGEST_WITHHELD_DAYS = { adult: 90, child: 42 }

export type StepName = Exclude<
  PlacementMove,
  | 'propose'
  | 'propose-with-approver'
  | 'propose-move-with-approver'
  | 'place'
  | 'refuse'
  | 'move'
  | 'refuse-move'
  | 'overtake'
  | 'lapse'
>

export interface StepField {
  name: string
  kind: 'text' | 'line' | 'day' | 'one' | 'several' | 'confirm'
  label: string
  hint?: string
  /** Sentence where it must not be empty; else it may be. */
  needed?: string
}

export interface Step {
  title: string
  lead: string
  button: string
  fields: readonly StepField[]
}

/** R4: whoever judges grounds says that they have. */
export const groundsField: StepField = {
  name: 'grounds',
  kind: 'confirm',
  label:
    'I have looked at each ground. None of them is music, dress, emoji, whom they follow, family, a postcode, or having been hurt.',
  needed: 'Confirm that you have looked at the grounds, or turn it down.',
}

const because = (label: string, needed: string, hint?: string): StepField => ({
  name: 'because',
  kind: 'text',
  label,
  needed,
  ...(hint && { hint }),
})

const review: readonly StepField[] = [
  {
    name: 'strengths',
    kind: 'text',
    label: 'What goes well now',
    needed: 'Say what goes well, also where it is little.',
  },
  {
    name: 'changed',
    kind: 'text',
    label: 'What has changed since the last look',
    needed: 'Say what has changed, or that nothing has.',
  },
  {
    name: 'view',
    kind: 'text',
    label: 'What they say themselves',
    hint: 'Leave it empty where nobody could ask',
  },
  because(
    'Why they should stay in this tier',
    'Say why this tier is still right.',
    'If it is not, propose a move or archive it',
  ),
  { name: 'reviewOn', kind: 'day', label: 'Look again by', needed: 'Enter the day of the next review.' },
]

export const steps: Record<StepName, Step> = {
  approve: {
    title: 'Approve as the second approver',
    lead: 'They may be under 18, and the tier is more than support. You are the second pair of eyes; the panel decides after you, without you in the chair.',
    button: 'Approve',
    fields: [groundsField, because('What you looked at', 'Say what you looked at.')],
  },
  'turn-down': {
    title: 'Turn it down as the second approver',
    lead: 'It does not go to the panel. Whoever proposed it reads your reasons.',
    button: 'Turn it down',
    fields: [because('Your reasons', 'Say why.')],
  },
  'approve-move': {
    title: 'Approve the move as the second approver',
    lead: 'They may be under 18, and the tier is more than support. The panel decides after you.',
    button: 'Approve the move',
    fields: [groundsField, because('What you looked at', 'Say what you looked at.')],
  },
  'turn-down-move': {
    title: 'Turn the move down as the second approver',
    lead: 'They stay where they are.',
    button: 'Turn the move down',
    fields: [because('Your reasons', 'Say why.')],
  },
  withdraw: {
    title: 'Withdraw the proposal',
    lead: 'It is deleted within four weeks.',
    button: 'Withdraw it',
    fields: [because('Why', 'Say why in a sentence.')],
  },
  'propose-move': {
    title: 'Propose a move to another tier',
    lead: 'The panel decides. Until then they stay where they are.',
    button: 'Propose the move',
    fields: [
      { name: 'tier', kind: 'one', label: 'To which tier', needed: 'Choose the tier.' },
      because('Why', 'Say what has happened that speaks for it, with days and sources.'),
    ],
  },
  review: {
    title: 'Record a review',
    lead: 'Somebody looks again before the day that is set, or it is hidden from everybody and then removed.',
    button: 'Record the review',
    fields: review,
  },
  renew: {
    title: 'Review it late, and show it again',
    lead: 'Nobody looked in time, so it was hidden. A review shows it again; if it is not needed, remove it.',
    button: 'Record the review',
    fields: review,
  },
  'give-notice': {
    title: 'They were told',
    lead: 'That they are in a cohort, why, what it means, how long it lasts, and how to challenge it. A printed notice is on the page before this one.',
    button: 'Note that they were told',
    fields: [
      { name: 'on', kind: 'day', label: 'On which day', needed: 'Enter the day on which they were told.' },
      {
        name: 'told',
        kind: 'text',
        label: 'Who told them, how, and who was with them',
        hint: 'For a child: with a parent, carer or another trusted adult',
        needed: 'Say who told them and how.',
      },
    ],
  },
  'withhold-notice': {
    title: 'They are not told yet',
    lead: 'Your name stands beside the reason. It is looked at again on the day that you set.',
    button: 'Keep the notice back',
    fields: [
      because('Why not yet', 'Say whom or what telling them would put at risk.'),
      {
        name: 'againOn',
        kind: 'day',
        label: 'Look at it again on',
        needed: 'Enter when it is looked at again.',
      },
    ],
  },
  'give-to': {
    title: 'Another lead worker',
    lead: 'Whoever it was keeps what they wrote.',
    button: 'Name the lead worker',
    fields: [{ name: 'owner', kind: 'one', label: 'Lead worker', needed: 'Choose who looks after them.' }],
  },
  challenge: {
    title: 'They challenge being in the cohort',
    lead: 'Write down what they say; you need not agree. A case is opened, and somebody looks at it who had no part in any of this. They do not have to prove anything.',
    button: 'Open the challenge',
    fields: [
      { name: 'words', kind: 'text', label: 'What they say', needed: 'Write down what they say.' },
      {
        name: 'reachAt',
        kind: 'line',
        label: 'How they want to be answered',
        needed: 'Say how they can be reached safely.',
      },
      {
        name: 'askedBy',
        kind: 'line',
        label: 'Who asks for them, if it is not they themselves',
        hint: 'A parent, an advocate, a solicitor',
      },
    ],
  },
  archive: {
    title: 'Archive it, because it went well',
    lead: 'They leave the cohort and every list. Every agency that was told of them is told so, and confirms that nothing is kept. What stays is a count.',
    button: 'Archive it',
    fields: [
      {
        name: 'achieved',
        kind: 'several',
        label: 'What was achieved',
        needed: 'Choose at least one.',
      },
      {
        name: 'changed',
        kind: 'text',
        label: 'In words',
        needed: 'Say in a sentence or two what became better. They may read it.',
      },
      {
        name: 'checked',
        kind: 'text',
        label: 'What was looked at for harm and re-offending, and by whom',
        hint: 'Records of the police, hospitals and courts since the last review',
        needed: 'Say what was looked at.',
      },
      {
        name: 'pseudonym',
        kind: 'line',
        label: 'Pseudonym under which the evidence knows them',
        hint: 'If you have it. It is kept apart, and used for nothing but counting harm after 3, 6 and 12 months',
      },
    ],
  },
  remove: {
    title: 'Remove them',
    lead: 'They leave the cohort and every list. Every agency that was told of them is told so, and confirms that nothing is kept.',
    button: 'Remove them',
    fields: [
      { name: 'reason', kind: 'one', label: 'Why', needed: 'Choose why.' },
      because('In words', 'Say in a sentence what led to it.'),
    ],
  },
}

export interface StepContext {
  today: Day
  child: boolean
  /** The last day on which the next review may lie. */
  latestReview: Day
  placedOn: Day | null
  /** Choices of the fields `tier` and `owner`. */
  tiers: Readonly<Record<string, string>>
  leads: Readonly<Record<string, string>>
}

/** Choices of a field, by its name. */
export const choicesOf = (field: string, { tiers, leads }: StepContext): Readonly<Record<string, string>> =>
  ({ tier: tiers, owner: leads, achieved: achievements, reason: removalReasons })[field] ?? {}

/** What was typed as the detail of the move; `faults` gets a sentence for each field that cannot be kept. */
export function readStep(typed: Typed, name: StepName, context: StepContext, faults: Faults): MoveDetail {
  const detail: Record<string, unknown> = {}
  for (const field of steps[name].fields) {
    const value = readField(typed, field, context, faults)
    if (value !== undefined && value !== '') detail[field.name] = value
  }
  delete detail.grounds
  return detail as MoveDetail
}

function readField(typed: Typed, field: StepField, context: StepContext, faults: Faults): unknown {
  const { name, kind, label, needed } = field
  switch (kind) {
    case 'text':
    case 'line':
      return readText(
        typed,
        name,
        { label, most: kind === 'line' ? 200 : 5000, ...(needed && { needed }) },
        faults,
      )
    case 'one':
      return readChoice(typed, name, choicesOf(name, context), needed ?? null, faults)
    case 'several': {
      const known = choicesOf(name, context)
      const chosen = typedList(typed, name).filter(value => Object.hasOwn(known, value))
      if (chosen.length === 0 && needed) faults[name] = needed
      return [...new Set(chosen)]
    }
    case 'confirm':
      if (typedText(typed, name) === '' && needed) faults[name] = needed
      return undefined
    case 'day':
      return readStepDay(typed, field, context, faults)
  }
}

function readStepDay(
  typed: Typed,
  { name, needed }: StepField,
  context: StepContext,
  faults: Faults,
): Day | undefined {
  const day = typedDay(typed, name)
  if (!day) {
    faults[name] =
      day === null
        ? 'That is not a day. Check the day, the month and the four figures of the year.'
        : (needed ?? '')
    return undefined
  }
  const [first, last] = boundsOf(name, context)
  if (day < first || day > last) {
    faults[name] = `It must lie between ${calendarWords(first)} and ${calendarWords(last)}.`
  }
  return day
}

/** The first and the last day that a field takes. */
function boundsOf(name: string, { today, child, latestReview, placedOn }: StepContext): [Day, Day] {
  const tomorrow = addDays(today, 1)
  switch (name) {
    case 'reviewOn':
      return [tomorrow, latestReview]
    case 'againOn':
      return [tomorrow, addDays(today, child ? LONGEST_WITHHELD_DAYS.child : LONGEST_WITHHELD_DAYS.adult)]
    default:
      return [placedOn ?? today, today]
  }
}
