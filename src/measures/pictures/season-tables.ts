/** Tables of season and trend. */
import { signedTenth, tenthText } from '../../reports/charts/numbers.ts'
import { monthNames } from '../../reports/charts/season.ts'
import { type DataTable, dataTable, type TableCell } from '../../web/data-table.ts'
import { countWords, monthShort } from '../../web/words.ts'
import type { Season, TrendMonth } from '../methods/season.ts'

const EMPTY: TableCell = { text: '–', withheld: true, sort: null }

const percentCell = (percent: number): TableCell =>
  Number.isFinite(percent) ? { text: `${signedTenth(percent)}%`, sort: percent } : EMPTY

/** As S0 figure 4, with what the years differ by, day for day, and the counts that the per cents come from. */
export const seasonTable = (season: Season, caption: string): DataTable =>
  dataTable({
    caption,
    captionHidden: true,
    columns: [
      { key: 'month', title: 'Month' },
      { key: 'index', title: 'From the annual monthly mean', numeric: true },
      { key: 'sd', title: 'Standard deviation between years, points', numeric: true },
      { key: 'per-day', title: 'Day for day', numeric: true },
      { key: 'pooled', title: 'All years together', numeric: true },
      { key: 'count', title: 'Count in those years', numeric: true },
    ],
    rows: monthNames.map((name, i) => [
      { text: name },
      percentCell(season.index[i]!),
      Number.isFinite(season.sd[i]) ? { text: tenthText(season.sd[i]!), sort: season.sd[i]! } : EMPTY,
      percentCell(season.perDay[i]!),
      percentCell(season.pooled[i]!),
      { text: countWords(season.counts[i]!) },
    ]),
  })

/** Latest month first. */
export const trendTable = (months: readonly TrendMonth[], caption: string, unit: string): DataTable =>
  dataTable({
    caption,
    captionHidden: true,
    columns: [
      { key: 'month', title: 'Month' },
      { key: 'count', title: unit, numeric: true },
      { key: 'trend', title: 'Trend without season', numeric: true },
      { key: 'season', title: 'Season', numeric: true },
      { key: 'remainder', title: 'What is left', numeric: true },
      { key: 'twelve', title: 'Twelve months to here', numeric: true },
    ],
    rows: months
      .toReversed()
      .map(m => [
        { text: monthShort(m.month) },
        { text: countWords(m.count) },
        { text: tenthText(m.trend) },
        { text: signedTenth(m.season) },
        { text: signedTenth(m.remainder) },
        m.twelveMonths === null ? EMPTY : { text: countWords(m.twelveMonths) },
      ]),
  })
