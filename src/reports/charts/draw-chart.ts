/** Any chart, as SVG: for a page in both layouts, for a download standing alone. */
import { type BandGrid, drawBandGrid } from './band-grid.ts'
import { type BarChart, drawBars } from './bars.ts'
import { type ConcentrationCurve, drawConcentrationCurve } from './concentration-curve.ts'
import { type ChartWords, frame, type Layout, type Panel, type Standalone } from './frame.ts'
import { drawHourGrid, type HourGrid } from './hour-grid.ts'
import { drawRatioIntervals, type RatioChart } from './ratio-intervals.ts'
import { drawSeason, type SeasonChart } from './season.ts'
import { drawSmallMultiples, type SmallMultiples } from './small-multiples.ts'
import { drawTrend, type TrendChart, trendWords } from './trend.ts'
import { drawWeekBars, type WeekBars } from './week-bars.ts'

export type Chart =
  | TrendChart
  | BarChart
  | HourGrid
  | SeasonChart
  | SmallMultiples
  | RatioChart
  | ConcentrationCurve
  | BandGrid
  | WeekBars

function drawPanel(chart: Chart, layout: Layout): { panel: Panel; words: ChartWords } {
  switch (chart.kind) {
    case 'ratio-intervals':
      return { panel: drawRatioIntervals(chart, layout), words: chart }
    case 'concentration-curve':
      return { panel: drawConcentrationCurve(chart, layout), words: chart }
    case 'band-grid':
      return { panel: drawBandGrid(chart, layout), words: chart }
    case 'trend':
      return { panel: drawTrend(chart, layout), words: trendWords(chart) }
    case 'bars':
      return { panel: drawBars(chart, layout), words: chart }
    case 'hour-grid':
      return { panel: drawHourGrid(chart, layout), words: chart }
    case 'season':
      return { panel: drawSeason(chart, layout), words: chart }
    case 'week-bars':
      return { panel: drawWeekBars(chart, layout), words: chart }
    case 'small-multiples':
      return { panel: drawSmallMultiples(chart, layout), words: chart }
  }
}

/** One SVG document, UTF-8 text. The same chart gives the same bytes. */
export function drawChart(chart: Chart, layout: Layout, standalone?: Standalone): string {
  const { panel, words } = drawPanel(chart, layout)
  return frame(panel, words, layout, standalone)
}

/**
 * How many drawn charts are kept. A chart costs about 5 ms to draw and 15 kB to keep; the front page has a
 * handful and most requests ask for the same ones.
 */
const KEPT = 400
const drawn = new Map<string, string>()

/**
 * The chart in both layouts for a page: style sheets show the one that fits. Drawing is a pure function, so the
 * result of an equal chart is reused.
 */
export function chartForPage(chart: Chart): string {
  const key = JSON.stringify(chart)
  const known = drawn.get(key)
  drawn.delete(key)
  const markup = known ?? drawChart(chart, 'wide') + drawChart(chart, 'narrow')
  drawn.set(key, markup)
  if (drawn.size > KEPT) drawn.delete(drawn.keys().next().value!)
  return markup
}
