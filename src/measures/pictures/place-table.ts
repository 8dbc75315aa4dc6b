/** Places as a table: the equal of the map, in any order the reader likes. Places may be ranked; people never are. */

import { isMonth } from '../../platform/calendar.ts'
import { tenthText } from '../../reports/charts/numbers.ts'
import { type DataTable, dataTable, type Sorting, type TableCell } from '../../web/data-table.ts'
import { figureAddress } from '../../web/figure-address.ts'
import { calendarWords, countWords, monthShort, numberWords, periodWords } from '../../web/words.ts'
import { changeOf } from '../change.ts'
import type { Figure, FigureRequest, FigureRow } from '../figure.ts'
import type { PlaceLevel } from './place-inputs.ts'

export interface PlaceRow {
  code: string | null
  label: string
  row: FigureRow
  /** The same place with its residents; null where no rate can be given. */
  rate: FigureRow | null
}

/** Rows of both figures, place by place; places without any on either side are left out where `onlySeen`. */
export function placeRows(
  counts: Figure,
  rates: Figure | null,
  level: PlaceLevel,
  onlySeen: boolean,
): PlaceRow[] {
  const rateOf = new Map(rates?.rows.map(row => [row.codes[level] ?? null, row]))
  return counts.rows
    .map(row => ({
      code: row.codes[level] ?? null,
      label: row.labels[level] ?? 'Unknown',
      row,
      // Nobody lives nowhere: residents whose area is not known are no base for what could not be placed.
      rate: row.codes[level] ? (rateOf.get(row.codes[level]) ?? null) : null,
    }))
    .filter(
      ({ row }) => !onlySeen || row.suppressed || (row.count ?? 0) > 0 || (row.comparatorCount ?? 0) > 0,
    )
}

const withheld = (row: FigureRow): TableCell => ({
  text: row.suppressed ? 'withheld' : row.missing ? 'not sent' : '–',
  sort: null,
  withheld: true,
})

interface Options {
  counts: Figure
  request: FigureRequest
  level: PlaceLevel
  levelTitle: string
  rows: PlaceRow[]
  rates: Figure | null
  sorting: Sorting
}

export function placeTable(options: Options): { table: DataTable; unknown: TableCell[][] } {
  const { counts, level, rates, rows } = options
  const cells = (place: PlaceRow) => placeCells(place, options)
  const known = rows.filter(r => r.code !== null)
  const compared = comparatorOf(counts)
  const table = dataTable({
    captionHidden: true,
    caption: `${counts.title} by ${options.levelTitle.toLowerCase()}, ${periodWords(counts.period.from, counts.period.to)}`,
    columns: [
      { key: level, title: options.levelTitle, sortable: true },
      { key: 'count', title: 'Count (95% interval)', numeric: true, sortable: true },
      ...(compared
        ? [
            {
              key: 'before',
              title: shortPeriod(compared.from, compared.to),
              numeric: true,
              sortable: true,
            },
            { key: 'change', title: 'Change', numeric: true, sortable: true },
          ]
        : []),
      ...(rates
        ? [
            {
              key: 'rate',
              title: `Per ${countWords(rates.per!)} (residents)`,
              numeric: true,
              sortable: true,
            },
          ]
        : []),
    ],
    rows: known.map(cells),
    total: cells({ code: null, label: 'All', row: counts.total, rate: rates?.total ?? null }),
    sorting: options.sorting,
  })
  return { table, unknown: rows.filter(r => r.code === null).map(cells) }
}

function placeCells(
  { code, label, row, rate }: PlaceRow,
  { counts, request, level, rates }: Options,
): TableCell[] {
  const change = changeOf(counts, row)
  const compared = comparatorOf(counts)
  const monthly =
    code === null
      ? null
      : { ...request, by: ['month' as const], where: { ...request.where, [level]: [code] } }
  return [
    { text: label, sort: label, ...(monthly ? { href: figureAddress(monthly) } : {}) },
    row.count === null || row.low === null || row.high === null
      ? withheld(row)
      : {
          text: `${numberWords(row.count)} (${numberWords(Math.round(row.low))} to ${numberWords(Math.round(row.high))})`,
          sort: row.count,
        },
    ...(compared
      ? [
          row.comparatorCount === null
            ? { text: '–', sort: null, withheld: true }
            : { text: countWords(row.comparatorCount), sort: row.comparatorCount },
          change === null
            ? { text: '–', sort: null, withheld: true }
            : {
                text: change.short,
                sort: row.count! - row.comparatorCount!,
                withheld: !change.clear,
              },
        ]
      : []),
    ...(rates
      ? [
          rate && rate.value !== null && rate.denominator !== null
            ? {
                text: `${tenthText(rate.value)} (${countWords(rate.denominator)})`,
                sort: rate.value,
              }
            : { text: '–', sort: null, withheld: true },
        ]
      : []),
  ]
}

/** The comparator, unless nothing of it was sent: a column of dashes says less than the warning does. */
const comparatorOf = (counts: Figure): Figure['comparator'] =>
  counts.total.comparatorCount === null && counts.rows.every(r => r.comparatorCount === null)
    ? null
    : counts.comparator

/** "Apr 2019": the heading of a narrow column. */
const shortWords = (monthOrDay: string): string =>
  isMonth(monthOrDay) ? monthShort(monthOrDay) : calendarWords(monthOrDay)

const shortPeriod = (from: string, to: string): string =>
  from === to ? shortWords(from) : `${shortWords(from)} to ${shortWords(to)}`
