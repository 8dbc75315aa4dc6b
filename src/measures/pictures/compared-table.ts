/** Groups beside residents as a table: every count, denominator, interval and unknown that the picture rests on. */
import { type DataTable, dataTable, type TableCell } from '../../web/data-table.ts'
import { countWords } from '../../web/words.ts'
import type { DimensionId, Figure } from '../figure.ts'
import type { Comparison, Side } from '../methods/disproportionality.ts'
import { boundsWords, type ComparedPart, pairWords, ratioWords, unknownWords } from './compared-words.ts'

interface RatedSplit {
  figure: Figure
  dimension: DimensionId
}

const NONE: TableCell = { text: '–', withheld: true }

/** `splits` and `parts` go together, one by one. */
export function comparedTable(
  title: string,
  splits: readonly RatedSplit[],
  parts: readonly ComparedPart[],
  people: string,
): DataTable {
  return dataTable({
    caption: title,
    captionHidden: true,
    columns: [
      { key: 'pair', title: 'Group' },
      {
        key: 'count',
        title: `${people.charAt(0).toUpperCase()}${people.slice(1)} and residents`,
        numeric: true,
      },
      {
        key: 'rate',
        title: `Per ${countWords(splits[0]!.figure.per ?? 1000)} (95% interval)`,
        numeric: true,
      },
      { key: 'other', title: 'The same of those compared with', numeric: true },
      { key: 'ratio', title: 'Times (95% interval)', numeric: true },
      { key: 'bounds', title: 'Wherever the unknown belong', numeric: true },
      { key: 'unknown', title: 'Not known', numeric: true },
    ],
    rows: parts.flatMap((part, i) =>
      part.comparisons.map(c => [
        { text: pairWords(c, part) },
        sideCell(c.group),
        rateCell(splits[i]!, c),
        sideCell(c.other),
        c.ratio === null
          ? { text: c.refused?.because ?? '–', withheld: true }
          : { text: ratioWords(c.ratio, 'short') },
        c.bounds === null ? NONE : { text: boundsWords(c.bounds, 'short') },
        { text: unknownWords(part, 'short') ?? 'withheld' },
      ]),
    ),
  })
}

/** "120 of 119,952"; the count alone where nobody counts its residents. */
const sideCell = ({ count, residents }: Side): TableCell =>
  count === null
    ? { text: 'withheld', withheld: true }
    : { text: residents ? `${countWords(count)} of ${countWords(residents)}` : countWords(count) }

function rateCell({ figure, dimension }: RatedSplit, { group }: Comparison): TableCell {
  const row = figure.rows.find(r => r.codes[dimension] === group.code)
  if (!row || row.value === null || row.low === null || row.high === null || row.denominator === null) {
    return NONE
  }
  const [rate, low, high] = [row.value, row.low, row.high].map(v => v.toFixed(row.value! < 1 ? 2 : 1))
  return { text: `${rate} (${low} to ${high})` }
}
