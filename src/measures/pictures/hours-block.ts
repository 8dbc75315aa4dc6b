/** Hours of the week: by the earliest time of each record, and beside it spread over the time it can have happened in. */
import type { AreaPack } from '../../areas/area-pack.ts'
import { type Day, periodWords } from '../../platform/calendar.ts'
import { figureWords, hourGrid } from '../../reports/charts/figure-parts.ts'
import { unitWords } from '../../reports/charts/figure-words.ts'
import { weekdays } from '../../reports/charts/hour-grid.ts'
import { countText, tenthText } from '../../reports/charts/numbers.ts'
import { type DataTable, dataTable } from '../../web/data-table.ts'
import { figureAddress } from '../../web/figure-address.ts'
import { figureTable } from '../../web/figure-table.ts'
import { countOf } from '../../web/words.ts'
import type { Figure, FigureRequest } from '../figure.ts'
import type { FigureContext } from '../figure-request.ts'
import { aoristicHours, type SpreadAnswer, type SpreadHours } from '../methods/aoristic-hours.ts'
import { canSay, FOR_RECORDS_ONLY } from '../methods/records-behind.ts'
import { type MethodEntry, methodState } from '../methods/register.ts'
import type { Workings } from '../methods/workings.ts'
import { busyHours, clockHour, hoursWords } from './busy-hours.ts'
import { type ChartBlock, chartBlock } from './chart-block.ts'
import { shareWords } from './finding.ts'

export interface HoursBlock {
  /** What differs between the two, or why there is only one. */
  sentences: string[]
  start: GridBlock
  spread: (GridBlock & { workings: Workings }) | null
}

/** Both stand under one heading. */
type GridBlock = ChartBlock & { headingLevel: 3 }

export async function hoursBlock(
  context: FigureContext & { pack: AreaPack },
  { figure, request, today }: { figure: Figure; request: FigureRequest; today: Day },
): Promise<HoursBlock> {
  const state = methodState(context.pack, 'aoristic', today)
  const because = !state.runs
    ? state.because
    : !canSay(request, 'from_minute') || !canSay(request, 'to_minute')
      ? `${figure.title} is recorded with one time and no span, so nothing is spread.`
      : figure.disclosure !== 'record'
        ? `Spreading over the span in which each can have happened is left out. ${FOR_RECORDS_ONLY}`
        : null
  if (because !== null || figure.total.missing) {
    return { sentences: because === null ? [] : [because], start: startBlock(figure, request), spread: null }
  }
  const spread = await aoristicHours(context, request, figure.disclosure)
  if (spread.counted === 0) {
    return { sentences: ['None has a time.'], start: startBlock(figure, request), spread: null }
  }
  return {
    sentences: [differenceWords(spread), spanWords(spread)],
    start: startBlock(figure, request, Math.max(...spread.week.flat())),
    spread: spreadBlock(figure, request, spread, state.entry),
  }
}

function startBlock(figure: Figure, request: FigureRequest, shadedTo = 0): GridBlock {
  const counts = hourGrid(figure)
  const byHour = Array.from({ length: 24 }, (_, h) => counts.reduce((sum, day) => sum + (day[h] ?? 0), 0))
  const busy = counts.some(day => day.includes(null)) ? null : busyHours(byHour)
  const unknown = figure.unknown.hour
  const block = chartBlock(
    {
      kind: 'hour-grid',
      ...figureWords(figure, 'hours'),
      title: busy
        ? `At least half begins between ${hoursWords(busy)}: ${shareWords(busy.count, busy.of)}`
        : `${figure.title} by day and hour`,
      subtitle: `${unitWords(figure)} by the day of the week and hour at which they began, ${periodWords(figure.period.from, figure.period.to)}`,
      notes: [
        ...(unknown?.count && unknown.of
          ? [`Time not known for ${shareWords(unknown.count, unknown.of)}; they are not in the grid.`]
          : []),
        'Where only a span of time is known, its beginning is counted.',
      ],
      counts,
      shadedTo,
    },
    figureTable(figure, {
      captionHidden: true,
      caption: `${figure.title} by day and hour`,
      layout: 'scroll',
    }),
    request,
  )
  return { ...block, headingLevel: 3 }
}

function spreadBlock(
  figure: Figure,
  request: FigureRequest,
  spread: SpreadAnswer,
  method: MethodEntry,
): GridBlock & { workings: Workings } {
  const byHour = hoursOf(spread)
  const busy = busyHours(byHour)!
  const block = chartBlock(
    {
      kind: 'hour-grid',
      ...figureWords(figure, 'hours-spread'),
      title: `Spread over its span, at least half lies between ${hoursWords(busy)}: ${shareWords(busy.count, busy.of)}`,
      subtitle: `${unitWords(figure)} by the days and hours in which they can have happened, ${periodWords(figure.period.from, figure.period.to)}`,
      description: `${differenceWords(spread)} Every weight is in the table.`,
      notes: [
        'A record that can have happened in any of ten hours counts a tenth in each. The table has every weight to a tenth.',
      ],
      counts: spread.week,
      shadedTo: Math.max(
        ...hourGrid(figure)
          .flat()
          .map(n => n ?? 0),
      ),
    },
    spreadTable(spread, `${figure.title} by hour and day, spread over the span of each`),
    request,
  )
  const all = spread.counted + spread.noTime
  return {
    ...block,
    headingLevel: 3,
    workings: {
      method,
      parameters: [
        {
          name: 'Longest span',
          value: 'A week: from there on a record counts a 168th in every hour of the week.',
        },
        { name: 'Rounding', value: 'To a tenth of a record, so that the table adds up to the count.' },
      ],
      used: `${countText(spread.counted)} of ${countText(all)} ${figure.unit}: those with a time.`,
      leftOut: spread.noTime > 0 ? [`${countOf(spread.noTime, 'has', 'have')} no time.`] : [],
      figures: [{ text: `${figure.title} by day and hour, at the start time`, href: figureAddress(request) }],
      evidenceVersion: spread.evidenceVersion,
      sql: spread.sql,
    },
  }
}

/** Weights by hour of the day, as the table has them. */
const hoursOf = ({ week }: SpreadHours): number[] =>
  Array.from({ length: 24 }, (_, h) => tidy(week.reduce((sum, day) => sum + day[h]!, 0)))

/** Sums of tenths without what binary fractions leave behind. */
const tidy = (sum: number): number => Math.round(sum * 10) / 10

const highest = (values: readonly number[]): number => values.indexOf(Math.max(...values))

/** "At the start time 22:00 to 23:00 looks busiest, with 310; spread over the span of each it is 02:00 to 03:00, with 201.4." */
export function differenceWords(spread: SpreadHours): string {
  const byHour = hoursOf(spread)
  const [started, lies] = [highest(spread.byStart), highest(byHour)]
  const [before, after] = [countText(spread.byStart[started]!), tenthText(byHour[lies]!)]
  const hour = (from: number) => `${clockHour(from)} to ${clockHour(from + 1)}`
  return started === lies
    ? `Both ways ${hour(started)} is the busiest hour: ${before} at the start time, ${after} spread over the span of each.`
    : `At the start time ${hour(started)} looks busiest, with ${before}; spread over the span of each it is ${hour(lies)}, with ${after}.`
}

/** How much there is to spread. */
export function spanWords({ counted, noTime, noSpan, long, capped }: SpreadHours): string {
  return [
    long === 0
      ? 'None has a span of more than an hour, so the two hardly differ.'
      : `${shareWords(long, counted)} ${long === 1 ? 'has' : 'have'} a span of more than an hour.`,
    ...(capped > 0
      ? [
          `${countOf(capped, 'span is', 'spans are')} of a week or more and ${capped === 1 ? 'was' : 'were'} capped at a week.`,
        ]
      : []),
    ...(noSpan > 0
      ? [
          `${countOf(noSpan, 'has', 'have')} a start and no end, and ${noSpan === 1 ? 'stays' : 'stay'} in the hour of the start.`,
        ]
      : []),
    ...(noTime > 0
      ? [`${countOf(noTime, 'has', 'have')} no time and ${noTime === 1 ? 'is' : 'are'} in neither.`]
      : []),
  ].join(' ')
}

function spreadTable(spread: SpreadHours, caption: string): DataTable {
  const sum = (values: number[]) => tidy(values.reduce((a, b) => a + b, 0))
  const row = (label: string, values: number[]) => [
    { text: label },
    ...values.map(value => ({ text: tenthText(value) })),
    { text: tenthText(sum(values)) },
  ]
  return dataTable({
    caption,
    captionHidden: true,
    layout: 'scroll',
    columns: [
      { key: 'hour', title: 'Hour' },
      ...weekdays.map(day => ({ key: day, title: day, numeric: true })),
      { key: 'all', title: 'All days', numeric: true },
    ],
    rows: Array.from({ length: 24 }, (_, h) =>
      row(
        `${clockHour(h)} to ${clockHour(h + 1)}`,
        spread.week.map(day => day[h]!),
      ),
    ),
    total: row('All', spread.week.map(sum)),
  })
}
