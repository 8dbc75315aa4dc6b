/**
 * What exactly would be given: a copy of the chosen fields as they stand now, with the provenance of each line. The
 * preview shows it, and the same is kept; nothing is looked up again by whoever receives it.
 */
import { calendarWords, type Day } from '../../platform/calendar.ts'
import { type DisclosableField, disclosableFields } from './disclosable-fields.ts'

export interface OwnRecord {
  id: string
  edition: number
  names: readonly { given: string; family: string; kind: string }[]
  birthDate: Day | null
  birthDateKnown: 'day' | 'month' | 'year' | 'estimated' | null
  address: string | null
  postcode: string | null
  phone: string | null
  school: string | null
}

export interface OwnEntry {
  id: string
  edition: number
  kind: string
  nature: 'fact' | 'reported' | 'assessment'
  roleInEvent: string | null
  occurredOn: Day
  text: string
  source: string
  sourceGrade: number | null
  informationGrade: string | null
  handling: 'P' | 'C'
  handlingConditions: string | null
}

/** One entry, as it is given. */
export interface GivenLine {
  /** Number and edition of the entry: what the preview's box stands for. */
  entry: string
  on: Day
  nature: OwnEntry['nature']
  role: string | null
  text: string
  source: string
  /** 3x5x2, such as "1B"; null where it was not graded. */
  grade: string | null
  /** What the receiver may do with it; null where it may be used for the purpose freely. */
  conditions: string | null
}

/** By field: a sentence or two, or lines. */
export type Content = Record<string, string | GivenLine[]>

export interface Composed {
  content: Content
  /** Entries that it was copied from. */
  entries: string[]
  /** Chosen fields of which there is nothing to give. */
  empty: string[]
}

export interface Chosen {
  fields: readonly string[]
  /** What was written for fields that are written. */
  written: Readonly<Record<string, string>>
  /** Entries that may go, by number and edition; null before anybody chose. */
  entries: ReadonlySet<string> | null
}

export function compose(record: OwnRecord, entries: readonly OwnEntry[], chosen: Chosen): Composed {
  const content: Content = {}
  const empty: string[] = []
  for (const field of disclosableFields.filter(f => chosen.fields.includes(f.id))) {
    const value = given(field, record, entries, chosen)
    if (value.length === 0) empty.push(field.id)
    else content[field.id] = value
  }
  const lines = Object.values(content)
    .filter(v => typeof v !== 'string')
    .flat()
  return { content, entries: lines.map(line => line.entry.split(':')[0]!), empty }
}

export const boxOf = ({ id, edition }: OwnEntry) => `${id}:${edition}`

function given(
  { id, source }: DisclosableField,
  record: OwnRecord,
  entries: readonly OwnEntry[],
  chosen: Chosen,
): string | GivenLine[] {
  switch (source.from) {
    case 'query':
      return ''
    case 'written':
      return (chosen.written[id] ?? '').trim()
    case 'record':
      return source.columns
        .map(column => columnWords(column, record))
        .filter(words => words !== '')
        .join('. ')
    case 'entries':
      return entries
        .filter(e => e.kind === source.entryKind && (chosen.entries === null || chosen.entries.has(boxOf(e))))
        .map(lineOf)
  }
}

export const lineOf = (entry: OwnEntry): GivenLine => ({
  entry: boxOf(entry),
  on: entry.occurredOn,
  nature: entry.nature,
  role: entry.roleInEvent,
  text: entry.text,
  source: entry.source,
  grade:
    entry.sourceGrade === null && entry.informationGrade === null
      ? null
      : `${entry.sourceGrade ?? '–'}${entry.informationGrade ?? '–'}`,
  conditions: entry.handling === 'C' ? entry.handlingConditions : null,
})

function columnWords(
  column: 'names' | 'birth_date' | 'address' | 'postcode' | 'phone' | 'school',
  record: OwnRecord,
): string {
  switch (column) {
    case 'names':
      return record.names
        .map(
          n =>
            [n.given, n.family].filter(Boolean).join(' ') +
            (n.kind === 'usual' ? '' : ` (${kindWords[n.kind] ?? n.kind})`),
        )
        .join(', ')
    case 'birth_date':
      return record.birthDate === null ? '' : `Born ${birthWords(record.birthDate, record.birthDateKnown)}`
    case 'address':
      return record.address ?? ''
    case 'postcode':
      return record.postcode ?? ''
    case 'phone':
      return record.phone ?? ''
    case 'school':
      return record.school ?? ''
  }
}

const kindWords: Readonly<Record<string, string>> = { former: 'former name', alias: 'also known as' }

/** No more exact than it is known. */
function birthWords(day: Day, known: OwnRecord['birthDateKnown']): string {
  if (known === 'year') return `in ${day.slice(0, 4)}`
  if (known === 'estimated') return `about ${day.slice(0, 4)}, by an estimated age`
  return known === 'month' ? `in ${calendarWords(day.slice(0, 7))}` : `on ${calendarWords(day)}`
}
