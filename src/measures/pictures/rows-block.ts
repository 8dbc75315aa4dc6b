/** Rows of a dataset by month as a control chart, with the odd months in words: is the file complete, was it sent twice? */
import type { AreaPack } from '../../areas/area-pack.ts'
import { comesMonthly, type DatasetCoverage, type Held } from '../../evidence/catalogue/coverage.ts'
import { labelOf } from '../../evidence/codes/code-list.ts'
import { forces as forceNames } from '../../evidence/codes/forces.ts'
import { calendarWords, type Day, monthsBetween, periodWords } from '../../platform/calendar.ts'
import { chartForPage } from '../../reports/charts/draw-chart.ts'
import { type DataTable, dataTable } from '../../web/data-table.ts'
import { countOf, countWords, monthShort } from '../../web/words.ts'
import { type MethodEntry, methodState } from '../methods/register.ts'
import {
  FEWEST_AROUND,
  FEWEST_MONTHS,
  LEAST_SHARE,
  MONTHS_AROUND,
  outOfLine,
  type RowsOfMonth,
  rowsByMonth,
} from '../methods/rows-by-month.ts'
import type { Workings } from '../methods/workings.ts'

export interface RowsBlock {
  /** Null where the method does not run, or there are too few months. */
  chart: {
    id: string
    title: string
    subtitle: string
    svg: string
    table: DataTable
    workings: Workings
  } | null
  /** Why there is no chart. */
  because: string | null
  /** Odd months, the latest first, of whichever force. */
  odd: string[]
}

export interface RowsContext {
  pack: AreaPack
  today: Day
  evidenceVersion: string
}

/** Rows as the viewer may know them: already rounded where they must be. */
export function rowsBlock(
  covered: DatasetCoverage,
  { pack, today, evidenceVersion }: RowsContext,
): RowsBlock {
  const state = methodState(pack, 'control-chart', today)
  if (!state.runs) return { chart: null, because: state.because, odd: [] }
  const drawn = seriesDrawn(covered, pack)
  if (!comesMonthly(covered.dataset) || !drawn) return { chart: null, because: null, odd: [] }
  const months = rowsByMonth(drawn.held.months)
  const odd = oddMonths(covered)
  if (months.every(m => m.expected === null)) {
    return {
      chart: null,
      because: `Whether a month has too few or too many rows can be said from ${FEWEST_MONTHS} months on; ${countOf(months.length, 'month is', 'months are')} held.`,
      odd,
    }
  }
  const title = findingOf(months)
  const subtitle = `${[covered.dataset.title, ...(drawn.of ? [drawn.of] : [])].join(', ')}, rows a month, ${periodWords(drawn.held.from, drawn.held.to)}`
  return { chart: chartOf(months, drawn, title, subtitle, state.entry, evidenceVersion), because: null, odd }
}

/** Odd months of every force, or of the whole where there are no forces: the latest first. */
export function oddMonths({ dataset, held, forces }: DatasetCoverage): string[] {
  if (!held || !comesMonthly(dataset)) return []
  const parts =
    forces.length > 1
      ? forces.map(f => ({ of: labelOf(forceNames, f.force), held: f.held }))
      : [{ of: null, held }]
  return parts
    .flatMap(part => rowsByMonth(part.held.months).map(m => ({ ...m, of: part.of })))
    .filter(m => outOfLine(m) !== 0)
    .sort((a, b) => (a.month < b.month ? 1 : a.month > b.month ? -1 : 0))
    .map(m => `${m.of ? `${m.of}: ` : ''}${oddSentence(m)}`)
}

function oddSentence(found: RowsOfMonth): string {
  const expected = found.expected!.rows
  const more = found.rows > expected
  const percent = Math.round((100 * Math.abs(found.rows - expected)) / expected)
  return `${calendarWords(found.month)} has ${countOf(found.rows, 'row')}, ${percent}% ${more ? 'more' : 'fewer'} than the months around it (about ${countWords(Math.round(expected))}): ${more ? 'was something sent twice, or was more done?' : 'is the file complete?'}`
}

/** The area's own force where several are held: all together, a force that begins to send would look like a rise. */
function seriesDrawn(
  { held, forces }: DatasetCoverage,
  pack: AreaPack,
): { held: Held; of: string | null } | null {
  if (forces.length < 2) return held ? { held, of: null } : null
  const own = forces.find(f => f.force === pack.force) ?? forces[0]!
  return { held: own.held, of: labelOf(forceNames, own.force) }
}

function findingOf(months: readonly RowsOfMonth[]): string {
  const odd = months.filter(m => outOfLine(m) !== 0)
  const judged = months.filter(m => m.expected !== null).length
  if (odd.length === 0) return 'No month has far fewer or far more rows than the months around it'
  if (odd.length === 1) return `${calendarWords(odd[0]!.month)} is out of line with the months around it`
  return `${countWords(odd.length)} of ${countWords(judged)} months are out of line with the months around them`
}

function chartOf(
  months: readonly RowsOfMonth[],
  { held }: { held: Held },
  title: string,
  subtitle: string,
  method: MethodEntry,
  evidenceVersion: string,
): RowsBlock['chart'] {
  const byMonth = new Map(months.map(m => [m.month, m]))
  const odd = months.filter(m => outOfLine(m) !== 0)
  const judged = months.filter(m => m.expected !== null)
  const highest = months.reduce((a, b) => (b.rows > a.rows ? b : a))
  return {
    id: 'rows',
    title,
    subtitle,
    svg: chartForPage({
      kind: 'trend',
      id: 'rows',
      title,
      subtitle,
      description: `Highest ${countWords(highest.rows)} in ${calendarWords(highest.month)}. ${odd.map(oddSentence).join(' ')}`,
      notes: [],
      series: [
        {
          label: 'Rows',
          points: monthsBetween(held.from, held.to).map(month => ({
            month,
            value: byMonth.get(month)?.rows ?? null,
            missing: !byMonth.has(month),
            suppressed: false,
            incomplete: false,
          })),
        },
      ],
      average: null,
      comparator: null,
      changes: [],
      limits: {
        months: judged.map(({ month, expected }) => ({
          month,
          // A gap divides what is joined by a line.
          stretch: held.gaps.filter(gap => gap.to < month).length,
          average: expected!.rows,
          lower: expected!.lower,
          upper: expected!.upper,
        })),
        averageLabel: 'expected from the months around',
        marks: odd.map(m => ({ month: m.month, value: m.rows, up: outOfLine(m) > 0 })),
        direction: 'activity',
        restsOn: [],
        pandemic: null,
      },
    }),
    table: rowsTable(months, subtitle),
    workings: {
      method,
      parameters: [
        {
          name: 'Expected',
          value: `median a day of the months held within ${MONTHS_AROUND} months before and after`,
        },
        {
          name: 'Limits',
          value: `XmR chart of each month over what is expected of it; no closer than three times the square root, nor than ${100 * LEAST_SHARE}%`,
        },
        { name: 'Rule', value: 'a month outside the limits; runs and trends are growth here, not faults' },
      ],
      used: `${countWords(judged.length)} of ${countOf(months.length, 'month')} held.`,
      leftOut:
        judged.length < months.length
          ? [`Months with fewer than ${FEWEST_AROUND} held around them are not judged.`]
          : [],
      figures: [],
      evidenceVersion,
      sql: null,
    },
  }
}

const rowsTable = (months: readonly RowsOfMonth[], caption: string): DataTable =>
  dataTable({
    caption,
    columns: [
      { key: 'month', title: 'Month' },
      { key: 'rows', title: 'Rows', numeric: true },
      { key: 'expected', title: 'Expected', numeric: true },
      { key: 'limits', title: 'Limits', numeric: true },
      { key: 'odd', title: 'Out of line' },
    ],
    rows: months.toReversed().map(m => [
      { text: monthShort(m.month) },
      { text: countWords(m.rows) },
      ...(m.expected
        ? [
            { text: countWords(Math.round(m.expected.rows)) },
            {
              text: `${countWords(Math.round(m.expected.lower))} to ${countWords(Math.round(m.expected.upper))}`,
            },
            { text: ['fewer', 'no', 'more'][outOfLine(m) + 1]! },
          ]
        : [
            { text: 'not judged', withheld: true },
            { text: 'not judged', withheld: true },
            { text: 'not judged', withheld: true },
          ]),
    ]),
  })
