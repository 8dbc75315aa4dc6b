/** Season of a measure, and its trend with the season taken out. */
import type { AreaPack } from '../../areas/area-pack.ts'
import { addMonths, calendarWords, type Day, type Month, periodWords } from '../../platform/calendar.ts'
import { figureWords, monthPoints } from '../../reports/charts/figure-parts.ts'
import { isPercent, unitWords } from '../../reports/charts/figure-words.ts'
import { countText, tenthText } from '../../reports/charts/numbers.ts'
import { figureAddress } from '../../web/figure-address.ts'
import { countOf, numberWords } from '../../web/words.ts'
import type { Figure, FigureRequest } from '../figure.ts'
import { type MethodEntry, methodState } from '../methods/register.ts'
import {
  FEWEST_TREND_MONTHS,
  FEWEST_YEARS,
  monthsInARow,
  type Season,
  seasonHigh,
  seasonOfMonths,
  type TrendMonth,
  trendWithoutSeason,
} from '../methods/season.ts'
import type { Workings } from '../methods/workings.ts'
import { type ChartBlock, chartBlock } from './chart-block.ts'
import { seasonTable, trendTable } from './season-tables.ts'
import type { Signals } from './trend-control.ts'

/** A chart, or the sentence that stands in its place. */
export type SeasonPicture =
  | { block: ChartBlock & { signals: Signals; workings: Workings } }
  | { because: string }

export interface SeasonBlocks {
  season: SeasonPicture
  withoutSeason: SeasonPicture
}

export interface SeasonOptions {
  /** By month, from the first month held to the end of the scope. */
  figure: Figure
  request: FigureRequest
  first: Month
  last: Month
  pack: AreaPack
  today: Day
}

export function seasonBlocks(options: SeasonOptions): SeasonBlocks {
  const { figure, first, last, pack, today } = options
  const state = methodState(pack, 'season', today)
  if (!state.runs) return { season: { because: state.because }, withoutSeason: { because: state.because } }
  if (isPercent(figure)) {
    const because = 'A season is made of counts: the months of a share are each of another whole.'
    return { season: { because }, withoutSeason: { because } }
  }
  const known = new Map(
    monthPoints(figure).flatMap(p => (p.value === null || p.incomplete ? [] : [[p.month, p.value] as const])),
  )
  const season = seasonOfMonths(known, first, last)
  const trend = trendWithoutSeason(known, last)
  return {
    season:
      season.years.length > 0
        ? { block: seasonPicture(season, options, state.entry) }
        : {
            because:
              'A seasonal index needs at least one whole year of months. No twelve months in a row up to this period can be shown whole.',
          },
    withoutSeason: trend
      ? { block: trendPicture(trend, options, state.entry) }
      : {
          because: `A trend with the season taken out needs ${FEWEST_TREND_MONTHS} months in a row; ${countOf(monthsInARow(known, last).length, 'is', 'are')} held up to ${calendarWords(last)}.`,
        },
  }
}

function seasonPicture(season: Season, { figure, request }: SeasonOptions, method: MethodEntry) {
  const years = season.years.length
  const span = yearsWords(season)
  const block = chartBlock(
    {
      kind: 'season',
      ...figureWords(figure, 'season'),
      title: seasonTitle(season, figure.title),
      subtitle: `Per cent from the annual monthly mean, ${years} whole ${years === 1 ? 'year' : 'years'}: ${span}`,
      notes: ['“Day for day” takes out that months are of unequal length: February is short.'],
      percents: season.index.map(finite),
      perDay: season.perDay.map(finite),
    },
    seasonTable(season, `${figure.title}: seasonal index`),
    request,
  )
  return {
    ...block,
    signals: said(chanceWords(season), figure),
    workings: workings(figure, request, method, {
      parameters: [
        { name: 'Index', value: 'Each month over its own year’s monthly mean, averaged over the years.' },
        {
          name: 'Years',
          value: `Twelve months each, up to ${calendarWords(season.years.at(-1)!.to)}: ${span}.`,
        },
        {
          name: 'Day for day',
          value: 'Counts per day, all years together; February has 28.25 days.',
        },
        {
          name: 'Test',
          value:
            'Chi-squared of the twelve totals against as many a day in every month, 11 degrees of freedom.',
        },
      ],
      used: `${years * 12} months, ${countText(season.counts.reduce((a, b) => a + b, 0))} ${figure.unit}.`,
      leftOut: ['Years of which a month was not sent, is withheld or is not complete.'],
    }),
  }
}

/** A month is named where it was high in every year and the months differ by more than chance: either alone can be luck. */
export function seasonTitle(season: Season, measure: string): string {
  const years = season.years.length
  const by = `${measure} by month of the year`
  if (years < FEWEST_YEARS) return by
  if (season.p >= CLEAR) return `${by}: no sign of a season`
  const high = seasonHigh(season)
  return high === null
    ? `${by}: no month is above the mean in every year`
    : `${measure} is highest in ${monthName(high)}, day for day above the mean in each of ${years} years`
}

const CLEAR = 0.05

const pWords = (p: number): string =>
  p < 0.001 ? 'p below 0.001' : p > 0.999 ? 'p above 0.999' : `p ${p.toFixed(3)}`

/** What chi-squared says, and what it does not. */
export function chanceWords({ years, chiSquared, p }: Season): string {
  if (years.length < FEWEST_YEARS) {
    return `${years.length === 1 ? 'One year is' : 'Two years are'} not a season: each month may be high or low by chance.`
  }
  if (Number.isNaN(chiSquared)) return 'Nothing was counted, so there is no season.'
  const test = `chi-squared ${tenthText(chiSquared)}, ${pWords(p)}`
  return p < CLEAR
    ? `The months differ by more than their days and chance explain (${test}). What comes in bursts makes this test find too much.`
    : `The months differ by no more than their days and chance explain (${test}): this is no sign of a season.`
}

function trendPicture(months: TrendMonth[], { figure, request }: SeasonOptions, method: MethodEntry) {
  const first = months[0]!
  const last = months.at(-1)!
  const span = periodWords(first.month, last.month)
  const points = new Map(monthPoints(figure).map(p => [p.month, p]))
  const block = chartBlock(
    {
      kind: 'trend',
      ...figureWords(figure, 'without-season'),
      title: `With the season taken out: from ${numberWords(Math.round(first.trend))} a month in ${calendarWords(first.month)} to ${numberWords(Math.round(last.trend))} in ${calendarWords(last.month)}`,
      subtitle: `${figure.title}: ${unitWords(figure).toLowerCase()} a month, ${span}`,
      notes: [],
      series: [{ label: figure.title, points: months.map(m => points.get(m.month)!) }],
      average: {
        label: 'Trend without season',
        points: months.map(m => ({ month: m.month, value: Math.round(m.trend * 10) / 10 })),
      },
      comparator: null,
      changes: figure.recordingChanges.map(({ startsOn, title }) => ({ startsOn, title })),
      limits: null,
    },
    trendTable(months, `${figure.title}: trend, season and what is left`, unitWords(figure)),
    request,
  )
  return {
    ...block,
    signals: said(twelveMonthsWords(months), figure),
    workings: workings(figure, request, method, {
      parameters: [
        {
          name: 'Trend',
          value:
            'STL: loess over a year and a half around each month, after the same season was taken from every year. The ends move when months are added.',
        },
        { name: 'Changes in recording', value: 'Marked, and not taken out: the trend runs over them.' },
      ],
      used: `${months.length} months in a row, ${span}.`,
      leftOut: [],
    }),
  }
}

/** "The twelve months to May 2019 counted 3,522, against 2,816 in the twelve before." */
export function twelveMonthsWords(months: readonly TrendMonth[]): string {
  const last = months.at(-1)!
  const before = months.at(-13)!
  return `The twelve months to ${calendarWords(last.month)} counted ${countText(last.twelveMonths!)}, the twelve before them ${countText(before.twelveMonths!)}.`
}

const said = (lead: string, figure: Figure): Signals => ({
  lead,
  isNow: false,
  others: [],
  more: 0,
  notes: figure.disclosure === 'protected' ? ['Computed from counts rounded to the nearest 5.'] : [],
})

const workings = (
  figure: Figure,
  request: FigureRequest,
  method: MethodEntry,
  how: Pick<Workings, 'parameters' | 'used' | 'leftOut'>,
): Workings => ({
  method,
  ...how,
  figures: [{ text: `${figure.title} by month`, href: figureAddress(request) }],
  evidenceVersion: figure.lineage.evidenceVersion,
  sql: null,
})

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** Whole years as periods; years that follow each other are one period. */
function yearsWords({ years }: Season): string {
  const spans: { from: Month; to: Month }[] = []
  for (const { from, to } of years) {
    const last = spans.at(-1)
    if (last && addMonths(last.to, 1) === from) last.to = to
    else spans.push({ from, to })
  }
  return spans.map(s => periodWords(s.from, s.to)).join('; ')
}

const monthName = (month: number): string =>
  calendarWords(`2019-${String(month + 1).padStart(2, '0')}`).split(' ')[0]!
