/** The form of an entry: one statement, with its source, its kind and its date. */
import type { Day } from '../../platform/calendar.ts'
import {
  type Faults,
  readChoice,
  readText,
  type Typed,
  typedDay,
  typedText,
} from '../../platform/typed-form.ts'
import { findCarefulWords } from '../language/careful-words.ts'
import type { EntryDetails } from './entry-store.ts'
import { entryKinds, eventRoles, informationGrades, natures, sourceGrades } from './register.ts'

const LONGEST_TEXT = 10_000
const LONGEST_LINE = 300

export interface ReadEntry {
  /** Null where there is a fault, or a word to think about. */
  details: EntryDetails | null
  /** Words to think about (R26); asked once, and kept if they are meant. */
  careful: { word: string; because: string }[]
}

/** `circles` are those in which the author may write; `faults` gets a sentence for each field that cannot be used. */
export function readEntry(typed: Typed, today: Day, circles: readonly string[], faults: Faults): ReadEntry {
  const kind = readChoice(typed, 'kind', entryKinds, 'Choose what it is about', faults)
  const nature = readChoice(
    typed,
    'nature',
    natures,
    'Say whether it is a fact, reported or an assessment',
    faults,
  )
  const role = ifTyped(typed, 'roleInEvent', eventRoles, 'Choose a role from the list, or none', faults)
  if (role !== null && kind !== undefined && kind !== 'event' && kind !== 'concern') {
    faults.roleInEvent = 'A role belongs to an event or a concern: people have no roles by themselves'
  }
  const occurredOn = typedDay(typed, 'occurredOn')
  if (!occurredOn) faults.occurredOn = 'Enter the day on which it was, such as 19 11 2026'
  else if (occurredOn > today) faults.occurredOn = 'The day lies in the future'
  const text = readText(
    typed,
    'text',
    { label: 'The text', most: LONGEST_TEXT, needed: 'Write what happened, was said or is concluded' },
    faults,
  )
  const source = readText(
    typed,
    'source',
    {
      label: 'How you know',
      most: LONGEST_LINE,
      needed: 'Say how you know: seen yourself, told by whom, read where',
    },
    faults,
  )
  const sourceGrade = ifTyped<'1' | '2' | '3'>(
    typed,
    'sourceGrade',
    sourceGrades,
    'Choose a grade from the list',
    faults,
  )
  const informationGrade = ifTyped(
    typed,
    'informationGrade',
    informationGrades,
    'Choose a grade from the list',
    faults,
  )
  if ((sourceGrade === null) !== (informationGrade === null)) {
    faults.sourceGrade = 'Grade both the source and the information, or neither'
  }
  const conditions = readText(typed, 'conditions', { label: 'The conditions', most: LONGEST_LINE }, faults)
  const circle = typedText(typed, 'circle')
  if (circle !== '' && !circles.includes(circle)) {
    faults.circle = 'Choose a circle that you belong to, or none'
  }
  const careful = typed.meant === 'yes' ? [] : findCarefulWords(text)
  if (!kind || !nature || !occurredOn || Object.keys(faults).length > 0 || careful.length > 0) {
    return { details: null, careful }
  }
  return {
    careful: [],
    details: {
      nature,
      kind,
      roleInEvent: role,
      occurredOn,
      text,
      source,
      sourceGrade: sourceGrade === null ? null : Number(sourceGrade),
      informationGrade,
      handling: conditions === '' ? 'P' : 'C',
      handlingConditions: conditions === '' ? null : conditions,
      circle: circle === '' ? null : circle,
    },
  }
}

/** A choice that may be left empty. */
const ifTyped = <Key extends string>(
  typed: Typed,
  name: string,
  choices: Readonly<Record<Key, unknown>>,
  wrong: string,
  faults: Faults,
): Key | null =>
  typedText(typed, name) === '' ? null : (readChoice(typed, name, choices, wrong, faults) ?? null)
