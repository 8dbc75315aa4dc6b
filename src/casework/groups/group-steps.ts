/** Steps of a group and of a link, each one form: what it asks, and what is wrong with what was typed. Pure. */
import { calendarWords, type Day } from '../../platform/calendar.ts'
import {
  type Faults,
  readChoice,
  readText,
  type Typed,
  typedDay,
  typedText,
} from '../../platform/typed-form.ts'
import type { GroupMove } from './group.ts'
import type { LinkMove } from './group-link.ts'

export interface StepField {
  name: 'because' | 'sure' | 'notice' | 'words' | 'reachAt' | 'askedBy' | 'reviewOn' | 'againOn'
  kind: 'text' | 'line' | 'confirm' | 'one' | 'day'
  label: string
  hint?: string
  needed?: string
}

export interface Step {
  title: string
  lead: string
  button: string
  fields: readonly StepField[]
}

const because = (label: string, needed: string): StepField => ({
  name: 'because',
  kind: 'text',
  label,
  needed,
})

/** R4: whoever approves looks at the grounds. */
const sure: StepField = {
  name: 'sure',
  kind: 'confirm',
  label:
    'I have looked at each ground. None of them is music, dress, emoji, following, family, postcode or having been hurt',
  needed: 'Look at the grounds, and confirm it. Where one is among those, turn it down.',
}

const reviewOn: StepField = {
  name: 'reviewOn',
  kind: 'day',
  label: 'By when is it looked at next?',
  needed: 'Enter the day of the next review.',
}

const approve = (title: string): Step => ({
  title,
  lead: 'You did not write it, and you answer for it: what is written has to show every criterion that is needed.',
  button: 'Approve it',
  fields: [because('Why does the evidence carry it?', 'Say in a sentence why.'), sure],
})

const turnDown: Step = {
  title: 'Turn it down',
  lead: 'Whoever wrote it reads why.',
  button: 'Turn it down',
  fields: [because('Why does the evidence not carry it?', 'Say in a sentence why.')],
}

export const groupSteps = {
  withdraw: {
    title: 'Withdraw it',
    lead: 'Nobody will be asked to approve it, and it is deleted within 28 days.',
    button: 'Withdraw it',
    fields: [because('Why?', 'Say in a sentence why.')],
  },
  approve: approve('Approve the assessment'),
  'turn-down': turnDown,
  'approve-again': approve('Approve the new assessment'),
  'turn-down-again': turnDown,
  review: {
    title: 'Review the group',
    lead: 'A group that nobody looks at in time is hidden, and then deleted.',
    button: 'Keep it until the next review',
    fields: [
      because('What has changed since the last review?', 'Say in a sentence what has changed.'),
      reviewOn,
    ],
  },
  renew: {
    title: 'Review it late',
    lead: 'Nobody looked at it in time, and it is hidden from everybody but coordinators. A review shows it again.',
    button: 'Show it again',
    fields: [because('What has changed, and why is it still needed?', 'Say in a sentence why.'), reviewOn],
  },
  end: {
    title: 'End the group',
    lead: 'It leaves every list with all links to it, and is deleted within 28 days. Nothing is kept of who was linked.',
    button: 'End it',
    fields: [because('Why?', 'Say in a sentence why.')],
  },
} as const satisfies Partial<Record<GroupMove, Step>>

export type GroupStep = keyof typeof groupSteps

export const isGroupStep = (text: string): text is GroupStep => Object.hasOwn(groupSteps, text)

const notice: readonly StepField[] = [
  {
    name: 'notice',
    kind: 'one',
    label: 'Have they been told that this is written down, and how to challenge it?',
    needed: 'Choose whether they were told.',
  },
  {
    name: 'againOn',
    kind: 'day',
    label: 'If not: when is that looked at again?',
    hint: 'Not later than the next review',
  },
]

export const linkSteps = {
  withdraw: {
    title: 'Withdraw it',
    lead: 'Nobody will be asked to confirm it, and it is deleted within 28 days.',
    button: 'Withdraw it',
    fields: [because('Why?', 'Say in a sentence why.')],
  },
  confirm: {
    title: 'Confirm it',
    lead: 'You did not write it. Ask of the words what they did, and not who they are. Somebody whom the group hurt or uses is referred, and not linked.',
    button: 'Confirm it',
    fields: [
      because('Why does the statement carry it? If they were not told: why not?', 'Say in a sentence why.'),
      sure,
      ...notice,
    ],
  },
  'turn-down': turnDown,
  review: {
    title: 'Review it',
    lead: 'What nobody looks at in time is hidden, and then deleted.',
    button: 'Keep it until the next review',
    fields: [because('Why is it still needed?', 'Say in a sentence why.'), reviewOn],
  },
  tell: {
    title: 'Note whether they were told',
    lead: 'They are told that it is written down, what it means and how to challenge it, unless somebody named says why not yet.',
    button: 'Note it',
    fields: [because('How were they told, or why not?', 'Say in a sentence how, or why not.'), ...notice],
  },
  challenge: {
    title: 'They challenge it',
    lead: 'A case is opened. Somebody looks at it who had no part.',
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
  remove: {
    title: 'Remove it',
    lead: 'It leaves every page at once and is deleted within 28 days. There is no list of what was.',
    button: 'Remove it',
    fields: [because('Why?', 'Say in a sentence why.')],
  },
} as const satisfies Partial<Record<LinkMove, Step>>

export type LinkStep = keyof typeof linkSteps

export const isLinkStep = (text: string): text is LinkStep => Object.hasOwn(linkSteps, text)

export const noticeWords = {
  told: 'Yes, they were told',
  'not-told': 'No, not yet',
} as const

export interface StepDetail {
  because?: string
  notice?: keyof typeof noticeWords
  reviewOn?: Day
  againOn?: Day
  words?: string
  reachAt?: string
  askedBy?: string
}

/** What was typed; `faults` gets a sentence for each field that cannot be kept. `latest`: the last day that a review may lie. */
export function readStep(
  { fields }: Step,
  typed: Typed,
  { today, latest }: { today: Day; latest: Day },
  faults: Faults,
): StepDetail {
  const detail: Record<string, string> = {}
  for (const { name, kind, label, needed } of fields) {
    if (kind === 'text' || kind === 'line') {
      const most = kind === 'line' ? 200 : 5000
      const text = readText(typed, name, { label, most, ...(needed && { needed }) }, faults)
      if (text) detail[name] = text
    } else if (kind === 'confirm') {
      if (typedText(typed, name) === '' && needed) faults[name] = needed
    } else if (kind === 'one') {
      const chosen = readChoice(typed, name, noticeWords, needed ?? null, faults)
      if (chosen) detail[name] = chosen
    } else {
      const day = typedDay(typed, name)
      const asked = needed !== undefined || typedText(typed, 'notice') === 'not-told'
      if (day === undefined && !asked) continue
      if (!day || day <= today || day > latest) {
        faults[name] = `Enter a day after today, up to ${calendarWords(latest)}.`
      } else if (name !== 'againOn' || detail.notice === 'not-told') detail[name] = day
    }
  }
  return detail as StepDetail
}
