/** What must travel with a figure's numbers, in words: definition, filter, dates, suppression, evidence. */
import type { Figure } from '../../measures/figure.ts'
import { type Day, isMonth, lastDay, type Month, periodWords } from '../../platform/calendar.ts'
import { type ExportContext, SYNTHETIC_SENTENCE } from './export-context.ts'

export interface FigureNote {
  about: string
  /** A calendar day where the note is a date, so that a sheet can hold a real one. */
  value: string | { day: Day }
}

const firstDay = (text: Month | Day): Day => (isMonth(text) ? `${text}-01` : text)
const finalDay = (text: Month | Day): Day => (isMonth(text) ? lastDay(text) : text)

const disclosureWords = {
  record: 'Whole counts, for people who may see record-level data. Not for publication as they stand.',
  protected:
    'Counts under 5 are withheld, with others from which they could be worked out, and the rest are rounded to the nearest 5.',
} as const

const moment = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  dateStyle: 'long',
  timeStyle: 'short',
})

/** Filters in one line: "npu: BW, BE; weapon: kitchen_knife"; "none" where nothing is filtered. */
export const filterWords = (where: Figure['where']): string =>
  Object.entries(where)
    .map(([dimension, values]) => `${dimension}: ${values.join(', ')}`)
    .join('; ') || 'none'

export function figureNotes(figure: Figure, context: ExportContext): FigureNote[] {
  const suppressed = [...figure.rows, figure.total].filter(row => row.suppressed).length
  const variant = Object.entries(figure.variant).map(([name, value]) => `${name}: ${value}`)
  const note = (about: string, value: FigureNote['value']): FigureNote => ({ about, value })
  return [
    ...(context.synthetic ? [note('Synthetic', SYNTHETIC_SENTENCE)] : []),
    note('Title', figure.title),
    note('Measure', figure.measure),
    note('Definition', figure.definition),
    ...(variant.length > 0 ? [note('Variant', variant.join('; '))] : []),
    note('Unit', figure.unit),
    note('Period', periodWords(figure.period.from, figure.period.to)),
    note('First day', { day: firstDay(figure.period.from) }),
    note('Last day', { day: finalDay(figure.period.to) }),
    ...(figure.comparator
      ? [
          note('Compared with', periodWords(figure.comparator.from, figure.comparator.to)),
          note('Comparator first day', { day: firstDay(figure.comparator.from) }),
          note('Comparator last day', { day: finalDay(figure.comparator.to) }),
        ]
      : []),
    note('Split by', figure.by.join(', ') || 'nothing'),
    note('Filter', filterWords(figure.where)),
    note('Disclosure', disclosureWords[figure.disclosure]),
    note('Rows withheld', String(suppressed)),
    ...figure.warnings.map(warning => note('Warning', warning.sentence)),
    ...figure.recordingChanges.map(change =>
      note(
        'Recording change',
        `${change.title} (${periodWords(change.startsOn, change.startsOn)}). ${change.explains}`,
      ),
    ),
    note('Figure', figure.id),
    note('Evidence version', figure.lineage.evidenceVersion),
    note('Files read', String(figure.lineage.files.length)),
    note('Rows read', figure.lineage.rowsRead.toLocaleString('en-GB')),
    note('Exported by', context.exportedBy),
    note('Exported at', moment.format(context.exportedAt)),
    ...figure.lineage.sql.split('\n').map((line, i) => note(i === 0 ? 'Query' : '', line)),
  ]
}
