/** Titles that say what the reader should see, made from the figure so that they cannot disagree with it. */

import { countWords, numberWords, periodWords } from '../../web/words.ts'
import { changeOf } from '../change.ts'
import { unknownCodes } from '../dimensions.ts'
import { SMALLEST_BASE } from '../disclosure.ts'
import type { DimensionId, Figure, FigureRow } from '../figure.ts'

export const isUnknown = (row: FigureRow, dimension: DimensionId): boolean => {
  const code = row.codes[dimension] ?? null
  return code === null || (unknownCodes[dimension] ?? []).includes(code)
}

/** "18.9% (412 of 2,183)", or the counts alone where the base is too small for a percentage. */
export function shareWords(count: number, of: number): string {
  const counts = `${countWords(count)} of ${countWords(of)}`
  if (of < SMALLEST_BASE) return counts
  const percent = (100 * count) / of
  return `${count > 0 && percent < 0.05 ? 'under 0.1' : percent.toFixed(1)}% (${counts})`
}

/**
 * "Threatened with: 61% (1,333 of 2,183), the most". Groups that were not recorded are not findings. Where two
 * groups are equally large, or what was not recorded could make the second the larger, no one is "the most".
 */
export function largestFinding(figure: Figure, dimension: DimensionId, subject: string): string {
  const known = figure.rows.flatMap(row =>
    row.count === null || isUnknown(row, dimension)
      ? []
      : [{ label: row.labels[dimension] ?? '', count: row.count }],
  )
  const of = figure.total.count
  const [first, second] = known.toSorted((a, b) => b.count - a.count)
  if (!first || !of || first.count === 0) return subject
  const unknown = figure.rows.reduce(
    (sum, row) => sum + (isUnknown(row, dimension) ? (row.count ?? 0) : 0),
    0,
  )
  const leads = first.count - (second?.count ?? 0) > unknown
  return leads ? `${subject}: most often ${lowerFirst(first.label)}, ${shareWords(first.count, of)}` : subject
}

/** Lower case for the first letter of plain words; names of Acts and codes stay as they are. */
export const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]/.test(text) && !/ [A-Z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text

/** "Knife crime, April 2021 to March 2022: an 11% fall, 3,812 against 4,290". */
export function totalFinding(figure: Figure): string {
  const { value } = figure.total
  const period = periodWords(figure.period.from, figure.period.to)
  const subject = `${figure.title}, ${period}`
  if (value === null) return subject
  return `${subject}: ${changeOf(figure)?.words ?? valueWords(figure)}`
}

/** A proportion with the counts that it rests on; any other value as it is. */
const valueWords = ({ per, total: { value, count, denominator } }: Figure): string =>
  per === null && count !== null && denominator !== null
    ? shareWords(count, denominator)
    : numberWords(value!)

/** "Knife crime by ward"; a comma follows a title that has one, as in "Robbery, as published, by ward". */
export const splitTitle = (title: string, by: string): string =>
  `${title}${title.includes(',') ? ',' : ''} by ${by}`
