/** The form of an entry: one statement, with its source, its kind and its date. */
import { Type } from 'typebox'
import { type Day, isDay } from '../../platform/calendar.ts'
import { findCarefulWords } from '../language/careful-words.ts'
import type { EntryDetails } from './entry-store.ts'
import type { FieldProblem, ReadForm } from './person-form.ts'
import {
  type EntryKind,
  type EventRole,
  entryKinds,
  eventRoles,
  informationGrades,
  type Nature,
  natures,
} from './register.ts'

const field = Type.Optional(Type.String({ maxLength: 20_000 }))

export const entryFields = {
  nature: field,
  kind: field,
  roleInEvent: field,
  day: field,
  month: field,
  year: field,
  text: field,
  source: field,
  sourceGrade: field,
  informationGrade: field,
  conditions: field,
  circle: field,
  /** Ticked where somebody means a word that they were asked about. */
  meant: field,
}

export type TypedEntry = { [Name in keyof typeof entryFields]?: string }

const LONGEST_TEXT = 10_000
const LONGEST_LINE = 300

export interface ReadEntry {
  read: ReadForm<EntryDetails>
  /** Words to think about (R26); asked once, and kept if they are meant. */
  careful: { word: string; because: string }[]
}

export function readEntry(typed: TypedEntry, today: Day, circles: readonly string[]): ReadEntry {
  const problems: FieldProblem[] = []
  const line = (name: keyof TypedEntry): string => (typed[name] ?? '').replaceAll('\0', '').trim()
  const kind = line('kind')
  if (!Object.hasOwn(entryKinds, kind)) problems.push({ field: 'kind', sentence: 'Choose what it is about' })
  const nature = line('nature')
  if (!Object.hasOwn(natures, nature)) {
    problems.push({ field: 'nature', sentence: 'Say whether it is a fact, reported or an assessment' })
  }
  const role = line('roleInEvent')
  if (role !== '' && !Object.hasOwn(eventRoles, role)) {
    problems.push({ field: 'roleInEvent', sentence: 'Choose a role from the list, or none' })
  }
  if (role !== '' && kind !== 'event' && kind !== 'concern') {
    problems.push({
      field: 'roleInEvent',
      sentence: 'A role belongs to an event or a concern: people have no roles by themselves',
    })
  }
  const occurredOn = dayOf(line('year'), line('month'), line('day'))
  if (occurredOn === null)
    problems.push({ field: 'day', sentence: 'Enter the day on which it was, such as 19 11 2026' })
  else if (occurredOn > today) problems.push({ field: 'day', sentence: 'The day lies in the future' })
  const text = line('text')
  if (text === '') problems.push({ field: 'text', sentence: 'Write what happened, was said or is concluded' })
  if (text.length > LONGEST_TEXT) {
    problems.push({
      field: 'text',
      sentence: `The text has ${text.length.toLocaleString('en-GB')} characters; at most ${LONGEST_TEXT.toLocaleString('en-GB')} are kept`,
    })
  }
  const source = line('source')
  if (source === '' || source.length > LONGEST_LINE) {
    problems.push({
      field: 'source',
      sentence: `Say how you know, in up to ${LONGEST_LINE} characters: seen yourself, told by whom, read where`,
    })
  }
  const sourceGrade = line('sourceGrade')
  const informationGrade = line('informationGrade')
  if ((sourceGrade === '') !== (informationGrade === '')) {
    problems.push({ field: 'sourceGrade', sentence: 'Grade both the source and the information, or neither' })
  }
  const conditions = line('conditions')
  if (conditions.length > LONGEST_LINE) {
    problems.push({ field: 'conditions', sentence: `Conditions must be ${LONGEST_LINE} characters or fewer` })
  }
  const circle = line('circle')
  if (circle !== '' && !circles.includes(circle)) {
    problems.push({ field: 'circle', sentence: 'Choose a circle that you belong to, or none' })
  }
  const careful = typed.meant === 'yes' ? [] : findCarefulWords(text)
  if (problems.length > 0 || careful.length > 0) {
    return { read: { details: null, problems }, careful }
  }
  return {
    careful: [],
    read: {
      problems: [],
      details: {
        nature: nature as Nature,
        kind: kind as EntryKind,
        roleInEvent: role === '' ? null : (role as EventRole),
        occurredOn: occurredOn!,
        text,
        source,
        sourceGrade: /^[123]$/.test(sourceGrade) ? Number(sourceGrade) : null,
        informationGrade: informationGrade in informationGrades ? informationGrade : null,
        handling: conditions === '' ? 'P' : 'C',
        handlingConditions: conditions === '' ? null : conditions,
        circle: circle === '' ? null : circle,
      },
    },
  }
}

function dayOf(year: string, month: string, day: string): Day | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(text) ? text : null
}
