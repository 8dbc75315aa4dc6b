/** Small charts with every feature, for tests. Numbers are made up. */
import { monthsBetween } from '../../platform/calendar.ts'
import type { BandGrid } from './band-grid.ts'
import type { BarChart } from './bars.ts'
import type { ConcentrationCurve } from './concentration-curve.ts'
import type { HourGrid } from './hour-grid.ts'
import type { RatioChart } from './ratio-intervals.ts'
import { rollingMean } from './rolling-mean.ts'
import type { SeasonChart } from './season.ts'
import type { SmallMultiples } from './small-multiples.ts'
import type { MonthPoint, TrendChart } from './trend.ts'
import type { WeekBars } from './week-bars.ts'

const words = (id: string) => ({
  id,
  title: 'Knife crime: no clear change & "noise" <3',
  subtitle: 'Knife crime, West Midlands, June 2015 to May 2019, offences a month',
  description: 'Highest 414 in March 2019.',
  notes: ['Counts as recorded.'],
})

/** 48 months: three not sent, one withheld, the last not complete. */
export const samplePoints: MonthPoint[] = monthsBetween('2015-06', '2019-05').map((month, i) => ({
  month,
  value: i >= 10 && i <= 13 ? null : 200 + 3 * i,
  missing: i >= 10 && i <= 12,
  suppressed: i === 13,
  incomplete: i === 47,
}))

export const trendSample: TrendChart = {
  kind: 'trend',
  ...words('trend'),
  series: [{ label: 'Knife crime', points: samplePoints }],
  average: { label: '12-month average', points: rollingMean(samplePoints, 12) },
  comparator: { label: '2017/18 average', value: 299.5, from: '2017-04', to: '2018-03' },
  changes: [
    { startsOn: '2018-11-01', title: 'A new crime recording system.' },
    { startsOn: '2014-01-01', title: 'Before the months drawn' },
  ],
  limits: null,
}

/** The same with limits that begin anew in November 2018, one month above and one below them. */
export const controlSample: TrendChart = {
  ...trendSample,
  ...words('control'),
  limits: {
    months: samplePoints.map(({ month }) => ({
      month,
      stretch: month < '2018-11' ? 0 : 1,
      average: 260,
      lower: month < '2018-11' ? 210 : null,
      upper: 400,
    })),
    marks: [
      { month: '2019-03', value: 335, up: true },
      { month: '2015-06', value: 200, up: false },
    ],
    direction: 'harm',
    restsOn: [{ from: '2017-04', to: '2018-03' }],
    pandemic: { from: '2019-04', to: '2019-05' },
  },
}

export const barsSample: BarChart = {
  kind: 'bars',
  ...words('bars'),
  unit: 'per cent of victims',
  barLabel: 'victims',
  comparedLabel: 'residents, 2011 census',
  bars: [
    { label: 'White', value: 50, low: 47, high: 53, text: '50% (1,020 of 2,040)', compared: 70.1 },
    {
      label: 'Asian or Asian British',
      value: 21,
      low: 19,
      high: 23,
      text: '21% (428 of 2,040)',
      compared: 18.8,
    },
    { label: 'Other', value: null, low: null, high: null, text: 'withheld', compared: 1.7 },
    { label: 'Unknown', value: 8, low: null, high: null, text: '8% (163)', compared: null, unknown: true },
  ],
}

export const gridSample: HourGrid = {
  kind: 'hour-grid',
  ...words('grid'),
  counts: Array.from({ length: 7 }, (_, day) =>
    Array.from({ length: 24 }, (_, hour) => (day === 2 && hour === 3 ? null : day * hour)),
  ),
}

export const seasonSample: SeasonChart = {
  kind: 'season',
  ...words('season'),
  percents: [-5.5, -14.1, -3.8, -2.7, 6.6, 8.6, 13.8, -0.2, -0.6, 1.5, -5.5, null],
  perDay: [-7.2, -6.1, -5.4, -2.5, 4.8, 8.8, 12.1, -1.9, -0.4, -0.1, -5.3, null],
}

export const multiplesSample: SmallMultiples = {
  kind: 'small-multiples',
  ...words('areas'),
  panels: ['Birmingham West', 'Coventry', 'Dudley'].map((label, i) => ({
    label,
    points: samplePoints.map(p => ({ ...p, value: p.value === null ? null : p.value / (i + 1) })),
  })),
}

export const ratioSample: RatioChart = {
  kind: 'ratio-intervals',
  ...words('ratios'),
  unit: 'Times the rate of those compared with',
  boundsLabel: 'wherever the unknown belong',
  rows: [
    {
      label: 'Asian or Asian British against White',
      ratio: 1.57,
      low: 1.33,
      high: 1.84,
      bounds: { low: 1.2, high: 2.6 },
      text: '1.6 times (95% interval 1.3 to 1.8), 210 of 710 where 21.2% (18,820 of 88,950) of residents',
    },
    {
      label: 'Under 10 against other ages',
      ratio: 0.01,
      low: 0.005,
      high: 0.02,
      bounds: null,
      text: '0.01 times (95% interval 0.01 to 0.02)',
    },
    {
      label: 'Male against female',
      ratio: null,
      low: null,
      high: null,
      bounds: { low: 0.4, high: 9 },
      text: 'no ratio, too many are not known',
    },
  ],
}

export const curveSample: ConcentrationCurve = {
  kind: 'concentration-curve',
  ...words('curve'),
  counted: [0, 5, 20, 100].map(places => ({ places, held: 100 * (1 - (1 - places / 100) ** 4) })),
  chance: [0, 5, 20, 100].map(places => ({ places, held: 100 * (1 - (1 - places / 100) ** 2) })),
  placesLabel: 'Per cent of small areas, those with most first',
  heldLabel: 'Per cent of offences',
}

export const bandSample: BandGrid = {
  kind: 'band-grid',
  ...words('bands'),
  rows: ['Under 100 m', '100 to 200 m'],
  columns: ['Same day', '1 to 7 days', '8 to 14 days'],
  cells: [
    [
      { ratio: 2.4, text: '24 against 10', marked: true },
      { ratio: 1.8, text: '64 against 36', marked: true },
      { ratio: null, text: '0 of 0', marked: false },
    ],
    [
      { ratio: 0.8, text: '8 of 10', marked: false },
      { ratio: 1, text: '30 of 30', marked: false },
      { ratio: 1.2, text: '36 of 30', marked: false },
    ],
  ],
  rowsLabel: 'Apart',
  columnsLabel: 'Days between the two',
  markedLabel: 'more than chance explains',
}

/** A year of weeks, one of them not held, the last above its threshold. */
export const weeksSample: WeekBars = {
  kind: 'week-bars',
  ...words('weeks'),
  weeks: Array.from({ length: 52 }, (_, i) => ({
    monday: new Date(Date.UTC(2018, 3, 2 + 7 * i)).toISOString().slice(0, 10),
    value: i === 20 ? null : i === 51 ? 31 : 10 + (i % 5),
  })),
  expected: 12.4,
  risesFrom: 26,
}

export const chartSamples = [
  trendSample,
  controlSample,
  barsSample,
  gridSample,
  seasonSample,
  multiplesSample,
  ratioSample,
  curveSample,
  bandSample,
  weeksSample,
]
