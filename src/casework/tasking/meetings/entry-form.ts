/** What was typed into the forms of a meeting, with a sentence for each field that cannot be kept. Pure. */
import { addDays, type Day } from '../../../platform/calendar.ts'
import {
  type Faults,
  readChoice,
  readText,
  type Typed,
  typedList,
  typedText,
} from '../../../platform/typed-form.ts'
import { isUuid } from '../../../platform/uuid.ts'
import { addWorkingDays, isWorkingDay } from '../../../platform/working-days.ts'
import type { BroughtUp, NewEntry } from './entry-store.ts'
import { entryKinds } from './meeting.ts'
import type { Meeting } from './meeting-store.ts'
import { kindChoices } from './shown-room.ts'

const ENTRY_LENGTH = 5000
const ACTION_LENGTH = 2000
const TITLE_LENGTH = 200
const CALLED_LENGTH = 200

/** When an action can be due, from a list: in a meeting nobody types dates. Never on a day on which nobody works. */
export function dueChoices(today: Day): { value: Day; text: string }[] {
  const later = (days: number) => {
    const day = addDays(today, days)
    return isWorkingDay(day) ? day : addWorkingDays(day, 1)
  }
  const choices: [Day, string][] = [
    [today, 'Today'],
    [addWorkingDays(today, 1), 'Next working day'],
    [later(7), 'In a week'],
    [later(14), 'In two weeks'],
    [later(28), 'In four weeks'],
    [later(84), 'In twelve weeks'],
  ]
  return choices.map(([value, text]) => ({ value, text }))
}

/** Undefined with faults. */
export function readEntry(
  typed: Typed,
  { meeting, agency, today }: { meeting: Meeting; agency: string; today: Day },
  faults: Faults,
): NewEntry | undefined {
  const kind = readChoice(typed, 'kind', entryKinds, 'Choose what it is', faults)
  const text = readText(
    typed,
    'text',
    {
      label: 'What was said',
      most: kind === 'action' ? ACTION_LENGTH : ENTRY_LENGTH,
      needed: kind ? sentences[kind] : 'Write what was said',
    },
    faults,
  )
  const item = typedText(typed, 'item')
  const from = typedText(typed, 'agency') || agency
  const given = typedText(typed, 'action-agency')
  const dueOn = typedText(typed, 'action-due')
  if (kind === 'action') {
    if (!meeting.agencies.includes(given)) faults['action-agency'] = 'Choose the agency that does it'
    if (!dueChoices(today).some(c => c.value === dueOn)) faults['action-due'] = 'Choose by when it is done'
  }
  const seenBy = readSeenBy(typed, meeting)
  const corrects = typedText(typed, 'corrects')
  if (kind === undefined || Object.keys(faults).length > 0) return undefined
  return {
    kind,
    text,
    item: isUuid(item) ? item : null,
    agency: meeting.agencies.includes(from) ? from : agency,
    seenBy,
    ...(kind === 'action' && { action: { agency: given, dueOn } }),
    ...(isUuid(corrects) && { corrects }),
  }
}

const sentences = {
  note: 'Write what was said',
  shared: 'Write what the agency shares',
  decision: 'Write what was decided, and why',
  action: 'Write what is to be done',
  question: 'Write what is to be found out',
} as const

/** Agencies that were ticked; null where it is for all. */
function readSeenBy(typed: Typed, { agencies }: Meeting): string[] | null {
  const ticked = typedList(typed, 'seenBy').filter(id => agencies.includes(id))
  return ticked.length > 0 ? [...new Set(ticked)] : null
}

export function readMatter(typed: Typed, meeting: Meeting, faults: Faults): BroughtUp | undefined {
  const kinds = Object.fromEntries(kindChoices(meeting.sees).map(({ value }) => [value, true]))
  const kind = readChoice(typed, 'matter-kind', kinds, 'Choose what it is about', faults)
  const title = readText(
    typed,
    'matter-title',
    { label: 'The matter', most: TITLE_LENGTH, needed: 'Write what it is about, without a name' },
    faults,
  )
  const called = readText(typed, 'matter-called', { label: 'The name', most: CALLED_LENGTH }, faults)
  if (called !== '' && kind !== 'person') {
    faults['matter-called'] = 'A name belongs to somebody: choose that it is about somebody, or leave it out'
  }
  if (kind === undefined || Object.keys(faults).length > 0) return undefined
  return { kind, title, called: called === '' ? null : called, seenBy: readSeenBy(typed, meeting) }
}
