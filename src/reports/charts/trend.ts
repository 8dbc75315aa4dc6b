/** A measure month by month: counts, their rolling average, a comparator, recording changes and gaps. */
import * as Plot from '@observablehq/plot'
import { calendarWords, type Day, type Month, monthNumber, monthOf } from '../../platform/calendar.ts'
import {
  type ChartWords,
  hatchPattern,
  type Layout,
  layoutWidth,
  type Panel,
  patternId,
  SMALL_TEXT,
  TEXT,
} from './frame.ts'
import { type MonthTick, monthTicks } from './month-axis.ts'
import { axisFromZero, axisText } from './numbers.ts'
import {
  averageColour,
  comparatorColour,
  frameColour,
  gridColour,
  MAX_SERIES,
  quietFill,
  seriesColours,
  seriesDashes,
  seriesMarkers,
} from './palette.ts'
import { plotMarks } from './plot-on-server.ts'
import { textWidth } from './text-width.ts'
import { END_LABEL_WIDTH, endLabels, trendKey } from './trend-labels.ts'
import { highestLimit, limitMarks, signalMarks, stripMarks, type TrendLimits } from './trend-limits.ts'

export interface MonthPoint {
  month: Month
  /** Null where nothing was sent or the value is withheld: a gap, never zero. */
  value: number | null
  missing: boolean
  suppressed: boolean
  /** The month had not ended, or was not all sent, when the data were cut: drawn hollow. */
  incomplete: boolean
}

export interface TrendChart extends ChartWords {
  kind: 'trend'
  /** At most four; in order of months, none left out. */
  series: { label: string; points: MonthPoint[] }[]
  /** A smooth line over the first series, such as its twelve-month average. */
  average: { label: string; points: { month: Month; value: number | null }[] } | null
  /** The monthly mean of the comparator period, and which months it rests on. */
  comparator: { label: string; value: number; from: Month; to: Month } | null
  changes: { startsOn: Day; title: string }[]
  /** Of the first series; null where months are not judged. */
  limits: TrendLimits | null
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** Runs of months that satisfy a condition, as first and last month numbers. */
function runs(points: MonthPoint[], is: (p: MonthPoint) => boolean): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = []
  for (const point of points.filter(is)) {
    const at = monthNumber(point.month)
    const last = found.at(-1)
    if (last && last.to === at - 1) last.to = at
    else found.push({ from: at, to: at })
  }
  return found
}

/** Recording changes within the months drawn, each with the letter it is marked by. */
function letteredChanges(chart: TrendChart): { letter: string; at: number; note: string }[] {
  const months = chart.series[0]?.points ?? []
  const first = months[0]?.month ?? ''
  const last = months.at(-1)?.month ?? ''
  return chart.changes
    .filter(c => monthOf(c.startsOn) >= first && monthOf(c.startsOn) <= last)
    .sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1))
    .map((c, i) => {
      const letter = LETTERS[i % LETTERS.length]!
      return {
        letter,
        // A month's point stands for the whole month; its first day is half a step to the left.
        at: monthNumber(monthOf(c.startsOn)) - 0.5,
        note: `${letter}: recording changed on ${calendarWords(c.startsOn)}. ${c.title.replace(/\.$/, '')}.`,
      }
    })
}

/** The trend's words with a note for every recording change. */
export const trendWords = (chart: TrendChart): ChartWords => ({
  ...chart,
  notes: [...letteredChanges(chart).map(c => c.note), ...chart.notes],
})

export function drawTrend(chart: TrendChart, layout: Layout): Panel {
  const lead = chart.series[0]?.points ?? []
  if (chart.series.length > MAX_SERIES) {
    throw new RangeError(
      `${chart.series.length} series on one chart; at most ${MAX_SERIES} can be told apart`,
    )
  }
  if (lead.length === 0) throw new RangeError(`the trend "${chart.id}" has no months`)
  const wide = layout === 'wide'
  const width = layoutWidth[layout]
  const height = wide ? 320 : 270
  const drawn = chart.series.flatMap(s => s.points).flatMap(p => (p.value === null ? [] : [p.value]))
  const ticks = axisFromZero(
    Math.max(highestLimit(chart.limits), ...drawn, chart.comparator?.value ?? 0),
    5,
    {
      wholeNumbers: drawn.every(Number.isInteger),
    },
  )
  const top = ticks.at(-1)!
  const plot = {
    left: Math.ceil(Math.max(...ticks.map(t => textWidth(axisText(t), TEXT)))) + 10,
    right: wide ? END_LABEL_WIDTH : 10,
    top: 22,
    bottom: 46,
  }
  const hatch = patternId(chart, layout)
  const missing = runs(lead, p => p.missing)
  const from = monthNumber(lead[0]!.month)
  const to = monthNumber(lead.at(-1)!.month)
  const body = plotMarks({
    width,
    height,
    marginLeft: plot.left,
    marginRight: plot.right,
    marginTop: plot.top,
    marginBottom: plot.bottom,
    x: { domain: [from - 0.5, to + 0.5] },
    y: { domain: [0, top] },
    marks: [
      ...groundMarks(chart, missing, top, hatch),
      Plot.gridY(ticks, { stroke: gridColour, strokeOpacity: 1 }),
      Plot.axisY({ ticks, tickFormat: axisText, tickSize: 0, label: null, fontSize: TEXT }),
      Plot.axisX(monthTicks(lead[0]!.month, lead.at(-1)!.month, wide ? 10 : 5), {
        x: 'at',
        text: (t: MonthTick) => t.label,
        tickSize: 5,
        fontSize: TEXT,
        lineHeight: 1.25,
        label: null,
      } as Plot.AxisXOptions),
      Plot.ruleY([0], { stroke: 'currentColor' }),
      ...(chart.limits ? [...stripMarks(chart.limits, top), ...limitMarks(chart.limits)] : []),
      ...changeMarks(chart, top),
      ...seriesMarks(chart, wide ? 3 : 2.2),
      ...(chart.limits ? signalMarks(chart.limits, wide ? 3 : 2.2) : []),
    ],
  })
  const labels = wide
    ? endLabels(chart, {
        x: width - plot.right,
        bottom: height - plot.bottom,
        toPixels: value => plot.top + (1 - value / top) * (height - plot.top - plot.bottom),
      })
    : ''
  return {
    height,
    defs: missing.length > 0 ? hatchPattern(hatch) : '',
    key: trendKey(chart, layout, hatch),
    body: body + labels,
  }
}

/** What lies behind the lines: the months compared with, and months of which nothing was sent. */
function groundMarks(chart: TrendChart, missing: { from: number; to: number }[], top: number, hatch: string) {
  const months = chart.series[0]!.points.map(p => monthNumber(p.month))
  const first = months[0]!
  const last = months.at(-1)!
  const compared = chart.comparator ? [chart.comparator] : []
  return [
    Plot.rect(compared, {
      x1: c => Math.max(first, monthNumber(c.from)) - 0.5,
      x2: c => Math.min(last, monthNumber(c.to)) + 0.5,
      y1: 0,
      y2: top,
      fill: quietFill,
      filter: c => monthNumber(c.from) <= last && monthNumber(c.to) >= first,
    }),
    Plot.rect(missing, {
      x1: r => r.from - 0.5,
      x2: r => r.to + 0.5,
      y1: 0,
      y2: top,
      fill: `url(#${hatch})`,
    }),
    Plot.text(missing, {
      x: r => (r.from + r.to) / 2,
      y: top * 0.5,
      text: () => 'not sent',
      rotate: -90,
      fontSize: SMALL_TEXT,
      stroke: '#ffffff',
      strokeWidth: 5,
      fill: 'currentColor',
    }),
    Plot.ruleY(compared, {
      y: 'value',
      stroke: comparatorColour,
      strokeWidth: 1.5,
      strokeDasharray: '6,4',
    }),
  ]
}

function changeMarks(chart: TrendChart, top: number) {
  const changes = letteredChanges(chart)
  return [
    Plot.ruleX(changes, { x: 'at', y1: 0, y2: top, stroke: frameColour, strokeDasharray: '3,3' }),
    Plot.text(changes, { x: 'at', y: top, text: 'letter', dy: -10, fontSize: TEXT, fontWeight: 600 }),
  ]
}

function seriesMarks(chart: TrendChart, radius: number): Plot.Markish[] {
  const single = chart.series.length === 1
  const x = (p: { month: Month }) => monthNumber(p.month)
  const marks: Plot.Markish[] = chart.series.flatMap(({ points }, i): Plot.Markish[] => [
    Plot.line(points, {
      x,
      y: 'value',
      stroke: seriesColours[i]!,
      strokeWidth: single ? 1.25 : 2,
      strokeDasharray: seriesDashes[i]!,
    }),
    // Beyond five years points would merge into a thick line and hide the average.
    Plot.dot(points.length <= 60 ? points : points.filter(p => p.incomplete), {
      x,
      y: 'value',
      symbol: seriesMarkers[i]!,
      r: radius,
      stroke: seriesColours[i]!,
      fill: p => (p.incomplete ? '#ffffff' : seriesColours[i]!),
    }),
    Plot.text(
      points.filter(p => p.suppressed),
      { x, y: () => 0, dy: -7, text: () => '×', fontSize: TEXT },
    ),
  ])
  if (chart.average) {
    marks.push(
      Plot.line(chart.average.points, {
        x,
        y: 'value',
        stroke: averageColour,
        strokeWidth: 3,
      }),
    )
  }
  return marks
}
