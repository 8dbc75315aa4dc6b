/** Referrals in figures: who is reached, who is turned away and who waits, with small numbers withheld (R24, R27). */
import { Type } from 'typebox'
import { wilsonInterval } from '../../../analysis/intervals.ts'
import { ROUND_TO, roundedCount, SMALLEST_BASE } from '../../../measures/disclosure.ts'
import type { DisclosureLevel } from '../../../measures/figure.ts'
import { withholdTable } from '../../../measures/suppression.ts'
import { addDays, calendarWords, isDay, londonDay } from '../../../platform/calendar.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { type DataTable, dataTable, type TableCell } from '../../../web/data-table.ts'
import { countWords } from '../../../web/words.ts'
import {
  type CountDimension,
  type CountRow,
  type CountTable,
  countReferrals,
  dimensions,
  outcomes,
  tabulate,
  timeliness,
} from './referral-counts.ts'

const columnWords: Record<string, string> = {
  accepted: 'Accepted',
  declined: 'Not accepted',
  withdrawn: 'Withdrawn',
  open: 'Open',
  'in-time': 'Looked at in time',
  late: 'Late',
  'not-due': 'Not due yet',
}

const optional = Type.Optional(Type.String({ maxLength: 40 }))

export function referralCountsPages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/referrals/figures',
    {
      schema: { querystring: Type.Object({ from: optional, to: optional }) },
      config: { may: 'see-figures', records: 'referrals-counted' },
    },
    async (request, reply) => {
      const today = londonDay(clock())
      const { from = '', to = '' } = request.query
      const until = isDay(to) ? to : today
      const since = isDay(from) && from <= until ? from : addDays(until, -364)
      const rows = await casework.as(request, tx => countReferrals(tx, since, until))
      const level = request.viewer.disclosure
      return reply
        .header('cache-control', 'no-store')
        .page('casework/intake/figures/views/referral-counts.njk', {
          title: 'Referrals in figures',
          from: since,
          to: until,
          period: `${calendarWords(since)} to ${calendarWords(until)}`,
          isEmpty: rows.length === 0,
          isProtected: level === 'protected',
          roundTo: ROUND_TO,
          outcomes: (Object.keys(dimensions) as CountDimension[])
            .filter(d => d !== 'reason')
            .map(d => outcomeTable(rows, d, level)),
          reasons: plainTable(
            tabulate(rows, 'reason', ['declined'], () => 'declined'),
            level,
          ),
          waits: [
            waitTable(rows, 'urgency', level),
            waitTable(rows, 'ethnicity', level),
            waitTable(rows, 'gender', level),
          ],
        })
    },
  )
}

const outcomeTable = (rows: readonly CountRow[], dimension: CountDimension, level: DisclosureLevel) =>
  plainTable(
    tabulate(rows, dimension, outcomes, row => row.outcome),
    level,
    counts => shareWords(counts[1]!, counts[0]! + counts[1]!),
  )

const waitTable = (rows: readonly CountRow[], dimension: CountDimension, level: DisclosureLevel) =>
  plainTable(
    tabulate(rows, dimension, timeliness, row => row.timely),
    level,
    counts => shareWords(counts[1]!, counts[0]! + counts[1]!),
  )

/**
 * Counts as they may be shown: whole for who may see records; else small ones withheld, with others so that no
 * difference gives them back, and the rest rounded. A share is of the counts that are shown, never of others.
 */
function plainTable(
  { dimension, columns, rows }: CountTable,
  level: DisclosureLevel,
  share?: (counts: number[]) => string,
): DataTable {
  const withheld =
    level === 'record'
      ? null
      : withholdTable(
          rows.flatMap(r => r.counts),
          columns.length,
        ).cells
  const { title, values } = dimensions[dimension]
  const words: Record<string, string> = values
  return dataTable({
    caption: title,
    columns: [
      { key: 'value', title },
      ...columns.map(key => ({ key, title: columnWords[key] ?? key, numeric: true })),
      ...(share ? [{ key: 'share', title: shareTitle[columns[1]!] ?? '', numeric: true }] : []),
    ],
    rows: rows.map(({ value, counts }, i) => {
      const hidden = counts.map((_, j) => withheld?.[i * columns.length + j] ?? false)
      const shown = counts.map(n => (withheld ? roundedCount(n) : n))
      const cells: TableCell[] = shown.map((n, j) =>
        hidden[j] ? { text: 'withheld', withheld: true } : { text: countWords(n) },
      )
      const text = hidden[0] || hidden[1] ? '' : (share?.(shown) ?? '')
      return [{ text: words[value] ?? value }, ...cells, ...(share ? [{ text: text || '–' }] : [])]
    }),
  })
}

const shareTitle: Record<string, string> = {
  declined: 'Not accepted, of decided (95% interval)',
  late: 'Late, of due (95% interval)',
}

/** "24% (15% to 36%)"; empty on a base on which a share says more about chance (R27). */
function shareWords(part: number, of: number): string {
  const interval = of < SMALLEST_BASE ? null : wilsonInterval(part, of)
  if (!interval) return ''
  const percent = (x: number) => `${Math.round(x * 100)}%`
  return `${percent(part / of)} (${percent(interval.low)} to ${percent(interval.high)})`
}
