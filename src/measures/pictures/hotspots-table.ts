/** Hotspots as a list: the equal of the map, number by number. Everything that was counted is in one of its rows. */
import { tenthText } from '../../reports/charts/numbers.ts'
import { type DataTable, dataTable, type TableCell } from '../../web/data-table.ts'
import { figureAddress } from '../../web/figure-address.ts'
import { countWords, numberWords, periodWords } from '../../web/words.ts'
import { type Change, changeOf } from '../change.ts'
import type { Figure, FigureRequest } from '../figure.ts'
import { type BusyHours, hoursWords } from './busy-hours.ts'
import type { Found, FoundHotspot } from './hotspots-found.ts'

export interface HotspotRow {
  /** Null for what is no hotspot, and for those too small for a number. */
  number: number | null
  name: string
  count: number
  before: number | null
  /** Null where there is nothing to compare. */
  change: Change | null
  km2: number | null
  hours: BusyHours | null
  href: string | null
}

/** Hotspots, then where everything else is: the counts sum to the figure's. */
export function hotspotRows(found: Found, figure: Figure, request: FigureRequest): HotspotRow[] {
  const { hotspots, smaller, now, before } = found
  const rest = (name: string, count: number, then: number | null, km2: number | null = null): HotspotRow => ({
    number: null,
    name,
    count,
    before: then,
    change: changeBetween(figure, count, then),
    km2,
    hours: null,
    href: null,
  })
  const sum = (of: readonly FoundHotspot[]) => of.reduce((all, h) => all + h.count, 0)
  const sumBefore = (of: readonly FoundHotspot[]) => of.reduce((all, h) => all + (h.before ?? 0), 0)
  const every = [...hotspots, ...smaller]
  return [
    ...hotspots.map(hotspot => ({
      number: hotspot.number,
      name: hotspot.name,
      count: hotspot.count,
      before: hotspot.before,
      change: changeBetween(figure, hotspot.count, hotspot.before),
      km2: hotspot.km2,
      hours: hotspot.hours,
      href: wardsAddress(hotspot, request),
    })),
    ...(smaller.length > 0
      ? [
          rest(
            `${smaller.length} smaller, without a number`,
            sum(smaller),
            before && sumBefore(smaller),
            smaller.reduce((all, h) => all + h.km2, 0),
          ),
        ]
      : []),
    rest('Elsewhere in the area', now.inside - sum(every), before && before.inside - sumBefore(every)),
    ...(now.outside > 0 || (before?.outside ?? 0) > 0
      ? [rest('With a point beyond the boundary', now.outside, before?.outside ?? null)]
      : []),
    rest('Without a point: not on the map', now.withoutPoint, before?.withoutPoint ?? null),
  ]
}

/** The figure of the wards that a hotspot lies in, month by month; of the whole where no wards are loaded. */
export const wardsAddress = ({ wards }: FoundHotspot, request: FigureRequest): string =>
  figureAddress({
    ...request,
    by: ['month'],
    ...(wards.length > 0 ? { where: { ...request.where, ward: wards.map(w => w.code) } } : {}),
  })

/**
 * By the same rules as every change: what chance explains is not called one. As for those who see protected figures,
 * there is no percentage on a base under 20: "up 700%" shouts what 16 against 2 knows.
 */
function changeBetween(figure: Figure, count: number, before: number | null): Change | null {
  if (before === null) return null
  return changeOf(
    { ...figure, per: null, disclosure: 'protected' },
    {
      ...figure.total,
      value: count,
      count,
      denominator: null,
      comparatorValue: before,
      comparatorCount: before,
      comparatorDenominator: null,
    },
  )
}

export function hotspotTable(rows: readonly HotspotRow[], figure: Figure, hours: boolean): DataTable {
  const compared = rows.some(row => row.before !== null) ? figure.comparator : null
  const all = figure.total.count ?? 0
  const cells = (row: HotspotRow): TableCell[] => [
    {
      text: row.number === null ? row.name : `${row.number}. ${row.name}`,
      ...(row.href ? { href: row.href } : {}),
    },
    { text: `${countWords(row.count)}${all > 0 ? ` (${tenthText((100 * row.count) / all)}%)` : ''}` },
    ...(row.km2 === null
      ? [NONE, NONE]
      : [{ text: numberWords(row.km2) }, { text: countWords(row.count / row.km2) }]),
    ...(compared
      ? [
          row.before === null ? NONE : { text: countWords(row.before) },
          row.change ? { text: row.change.short, withheld: !row.change.clear } : NONE,
        ]
      : []),
    ...(hours ? [row.hours ? { text: hoursText(row.hours) } : NONE] : []),
  ]
  return dataTable({
    captionHidden: true,
    caption: `${figure.title}: hotspots in their order, ${periodWords(figure.period.from, figure.period.to)}`,
    columns: [
      { key: 'where', title: 'Where' },
      { key: 'count', title: `Count (share of ${countWords(all)})`, numeric: true },
      { key: 'km2', title: 'km²', numeric: true },
      { key: 'density', title: 'Per km²', numeric: true },
      ...(compared
        ? [
            { key: 'before', title: periodWords(compared.from, compared.to), numeric: true },
            { key: 'change', title: 'Change', numeric: true },
          ]
        : []),
      ...(hours ? [{ key: 'hours', title: 'Half of them between' }] : []),
    ],
    rows: rows.map(cells),
    total: cells({
      number: null,
      name: 'All',
      count: all,
      before: compared && figure.total.comparatorCount,
      change: compared && changeOf(figure),
      km2: null,
      hours: null,
      href: null,
    }),
  })
}

const NONE: TableCell = { text: '–', withheld: true }

/** "16:00 and 21:00 (52 of 98)". */
const hoursText = (hours: BusyHours): string =>
  `${hoursWords(hours)} (${countWords(Math.round(hours.count))} of ${countWords(Math.round(hours.of))})`
