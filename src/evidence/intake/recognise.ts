/**
 * Tells which dataset a file is, by its headings, and which heading is which column.
 *
 * Headings are compared without case, spaces and punctuation. A supplier's saved mapping goes first; then our
 * own names and titles, then the headings under which others publish the same column.
 */
import { InputFault } from '../../platform/errors.ts'
import type { Column, Dataset } from '../dataset.ts'

/** Their heading → our column. */
export type ColumnMapping = Record<string, string>

export interface RecognisedColumn {
  column: Column
  /** Position in the file; null where the file does not have the column. */
  index: number | null
  heading: string
}

export interface Recognised {
  dataset: Dataset
  columns: RecognisedColumn[]
  /** Headings that the dataset has no place for. */
  leftOut: string[]
}

const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9+]/g, '')

export function recognise(
  headings: readonly string[],
  name: string,
  datasets: readonly Dataset[],
  mappings: (dataset: Dataset) => ColumnMapping,
  chosen?: Dataset,
): Recognised {
  const fits = (chosen ? [chosen] : datasets).map(dataset => fit(headings, dataset, mappings(dataset)))
  if (chosen) return complete(fits[0]!, name)
  const whole = fits.filter(f => f.missing.length === 0).sort((a, b) => b.matched - a.matched)
  const [best, next] = whole
  if (!best || best.matched < 2) throw unknownDataset(headings, name, fits)
  if (next && next.matched === best.matched) {
    throw new InputFault(
      'dataset-unknown',
      `The headings of ${name} fit "${best.dataset.id}" and "${next.dataset.id}" equally well. Say which it is with the dataset option.`,
    )
  }
  return complete(best, name)
}

interface Fit {
  dataset: Dataset
  columns: RecognisedColumn[]
  leftOut: string[]
  matched: number
  missing: Column[]
  repeated: string[]
}

function fit(headings: readonly string[], dataset: Dataset, mapping: ColumnMapping): Fit {
  const byHeading = new Map<string, Column>()
  for (const column of dataset.columns) {
    for (const heading of [column.name, column.title, ...(column.headings ?? [])]) {
      if (!byHeading.has(plain(heading))) byHeading.set(plain(heading), column)
    }
  }
  // Our own names win over another column's alternative heading.
  for (const column of dataset.columns) byHeading.set(plain(column.name), column)
  for (const [heading, name] of Object.entries(mapping)) {
    const column = dataset.columns.find(c => c.name === name)
    if (column) byHeading.set(plain(heading), column)
  }
  const found = new Map<string, number>()
  const repeated: string[] = []
  const leftOut: string[] = []
  for (const [index, heading] of headings.entries()) {
    const column = byHeading.get(plain(heading))
    if (!column) leftOut.push(heading)
    else if (found.has(column.name)) repeated.push(heading)
    else found.set(column.name, index)
  }
  const columns = dataset.columns.map(column => {
    const index = found.get(column.name) ?? null
    return { column, index, heading: index === null ? column.title : headings[index]! }
  })
  return {
    dataset,
    columns,
    leftOut: leftOut.filter(h => h !== ''),
    matched: found.size,
    missing: columns
      .filter(c => c.column.required && c.index === null && c.column.name !== 'force')
      .map(c => c.column),
    repeated,
  }
}

function complete(found: Fit, name: string): Recognised {
  if (found.missing.length > 0) {
    throw new InputFault(
      'columns-missing',
      `${name} lacks ${found.missing.map(c => `"${c.name}" (${c.title.toLowerCase()})`).join(', ')}, which ${found.dataset.title.toLowerCase()} needs. The template of "${found.dataset.id}" shows every column.`,
    )
  }
  if (found.repeated.length > 0) {
    throw new InputFault(
      'columns-repeated',
      `${name} has more than one column for ${found.repeated.map(h => `"${h}"`).join(', ')}. Keep one and send it again.`,
    )
  }
  return found
}

function unknownDataset(headings: readonly string[], name: string, fits: Fit[]): InputFault {
  const nearest = fits.filter(f => f.matched > 1).sort((a, b) => b.matched - a.matched)[0]
  const shown = headings
    .slice(0, 8)
    .map(h => `"${h.slice(0, 40)}"`)
    .join(', ')
  const more = headings.length > 8 ? ` and ${headings.length - 8} more` : ''
  const hint = nearest
    ? ` The nearest is "${nearest.dataset.id}", but ${nearest.missing.map(c => `"${c.name}"`).join(', ')} ${nearest.missing.length === 1 ? 'is' : 'are'} not there.`
    : ' If the first row is a title, delete it so that the headings come first.'
  return new InputFault('dataset-unknown', `The headings of ${name} (${shown}${more}) fit no dataset.${hint}`)
}
