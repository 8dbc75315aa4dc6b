/** The seasonal index: how far each month of the year lies from the annual monthly mean, in per cent. */
import * as Plot from '@observablehq/plot'
import { type ChartWords, type Layout, layoutWidth, type Panel, TEXT } from './frame.ts'
import { axisText, roundUp, signedTenth } from './numbers.ts'
import { barColour, gridColour } from './palette.ts'
import { plotMarks } from './plot-on-server.ts'

export const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export interface SeasonChart extends ChartWords {
  kind: 'season'
  /** Twelve values, January first, per cent from the mean; null where a month was never complete. */
  percents: (number | null)[]
}

/** "−10%", with a real minus sign. */
const percentTick = (value: number) => `${axisText(value).replace('-', '−')}%`

/** Ticks on both sides of the mean, in round numbers. */
function ticksAround(values: number[]): number[] {
  const step = roundUp(Math.max(1, ...values.map(Math.abs)) / 2)
  return [-2, -1, 0, 1, 2]
    .map(i => i * step)
    .filter(t => Math.min(0, ...values) < t + step && Math.max(0, ...values) > t - step)
}

export function drawSeason(chart: SeasonChart, layout: Layout): Panel {
  if (chart.percents.length !== 12)
    throw new RangeError(`${chart.percents.length} months in a seasonal index`)
  const known = chart.percents.flatMap((percent, month) => (percent === null ? [] : [{ month, percent }]))
  const ticks = ticksAround(known.map(k => k.percent))
  const reach = Math.max(1, ...ticks.map(Math.abs), ...known.map(k => Math.abs(k.percent)))
  const size =
    layout === 'wide' ? { width: layoutWidth.wide, height: 280 } : { width: layoutWidth.narrow, height: 390 }
  const text = (k: { percent: number }) => signedTenth(k.percent)
  const name = (k: { month: number }) => monthNames[k.month]!
  // Room beyond the longest bar for its number: beside it on a phone, above it on a wide chart.
  const room = reach * (layout === 'wide' ? 0.15 : 0.45)
  const ends = [0, ...ticks, ...known.map(k => k.percent)]
  const percentScale = { domain: [Math.min(...ends) - room, Math.max(...ends) + room], axis: null } as const
  const monthScale = { domain: monthNames, padding: 0.25, axis: null } as const
  const above = known.filter(k => k.percent >= 0)
  const below = known.filter(k => k.percent < 0)
  if (layout === 'wide') {
    const body = plotMarks({
      ...size,
      marginLeft: 62,
      marginRight: 4,
      marginTop: 8,
      marginBottom: 30,
      x: monthScale,
      y: percentScale,
      marks: [
        Plot.gridY(ticks, { stroke: gridColour, strokeOpacity: 1 }),
        Plot.axisY({
          ticks,
          tickFormat: percentTick,
          tickSize: 0,
          fontSize: TEXT,
          label: null,
        }),
        Plot.axisX({ tickSize: 0, fontSize: TEXT, label: null }),
        Plot.barY(known, { x: name, y: 'percent', fill: barColour }),
        Plot.ruleY([0], { stroke: 'currentColor' }),
        Plot.text(above, { x: name, y: 'percent', text, dy: -10, fontSize: TEXT }),
        Plot.text(below, { x: name, y: 'percent', text, dy: 11, fontSize: TEXT }),
      ],
    })
    return { height: size.height, body, key: [] }
  }
  const body = plotMarks({
    ...size,
    marginLeft: 40,
    marginRight: 4,
    marginTop: 4,
    marginBottom: 30,
    x: percentScale,
    y: monthScale,
    marks: [
      Plot.gridX(ticks, { stroke: gridColour, strokeOpacity: 1 }),
      Plot.axisX({ ticks, tickFormat: percentTick, tickSize: 0, fontSize: TEXT, label: null }),
      Plot.axisY({ tickSize: 0, fontSize: TEXT, label: null }),
      Plot.barX(known, { y: name, x: 'percent', fill: barColour }),
      Plot.ruleX([0], { stroke: 'currentColor' }),
      Plot.text(above, { y: name, x: 'percent', text, dx: 5, textAnchor: 'start', fontSize: TEXT }),
      Plot.text(below, { y: name, x: 'percent', text, dx: -5, textAnchor: 'end', fontSize: TEXT }),
    ],
  })
  return { height: size.height, body, key: [] }
}
