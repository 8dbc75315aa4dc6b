/** The seasonal index: how far each month of the year lies from the annual monthly mean, in per cent. */
import * as Plot from '@observablehq/plot'
import { type ChartWords, type Layout, layoutWidth, type Panel, TEXT } from './frame.ts'
import { axisText, roundUp, signedTenth } from './numbers.ts'
import { barColour, gridColour, markerColour } from './palette.ts'
import { plotMarks } from './plot-on-server.ts'
import { boxSign, diamondSign } from './signs.ts'

export const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export interface SeasonChart extends ChartWords {
  kind: 'season'
  /** Twelve values, January first, per cent from the mean; null where a month was never complete. */
  percents: (number | null)[]
  /** The same of counts per day: what is left when months of unequal length are set right. */
  perDay: (number | null)[]
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
  const days = chart.perDay.flatMap((percent, month) => (percent === null ? [] : [{ month, percent }]))
  const known = chart.percents.flatMap((percent, month) => (percent === null ? [] : [{ month, percent }]))
  const ticks = ticksAround([...known, ...days].map(k => k.percent))
  const reach = Math.max(1, ...ticks.map(Math.abs), ...[...known, ...days].map(k => Math.abs(k.percent)))
  const size =
    layout === 'wide' ? { width: layoutWidth.wide, height: 280 } : { width: layoutWidth.narrow, height: 390 }
  const text = (k: { percent: number }) => signedTenth(k.percent)
  const name = (k: { month: number }) => monthNames[k.month]!
  // Room beyond the longest bar for its number: beside it on a phone, above it on a wide chart.
  const room = reach * (layout === 'wide' ? 0.15 : 0.45)
  const ends = [0, ...ticks, ...[...known, ...days].map(k => k.percent)]
  const percentScale = { domain: [Math.min(...ends) - room, Math.max(...ends) + room], axis: null } as const
  const monthScale = { domain: monthNames, padding: 0.25, axis: null } as const
  const key = [
    { label: 'as counted', sign: boxSign(barColour) },
    ...(days.length > 0 ? [{ label: 'day for day', sign: diamondSign(markerColour) }] : []),
  ]
  const perDay = { symbol: 'diamond', r: 4.5, fill: markerColour, stroke: '#ffffff', strokeWidth: 1 } as const
  // A number stands beyond bar and diamond, whichever reaches further.
  const labelled = known.map(k => ({ ...k, ends: [k.percent, chart.perDay[k.month] ?? k.percent] }))
  const above = labelled.filter(k => k.percent >= 0).map(k => ({ ...k, at: Math.max(...k.ends) }))
  const below = labelled.filter(k => k.percent < 0).map(k => ({ ...k, at: Math.min(...k.ends) }))
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
        Plot.dot(days, { x: name, y: 'percent', ...perDay }),
        Plot.text(above, { x: name, y: 'at', text, dy: -13, fontSize: TEXT }),
        Plot.text(below, { x: name, y: 'at', text, dy: 14, fontSize: TEXT }),
      ],
    })
    return { height: size.height, body, key }
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
      Plot.dot(days, { y: name, x: 'percent', ...perDay }),
      Plot.text(above, { y: name, x: 'at', text, dx: 9, textAnchor: 'start', fontSize: TEXT }),
      Plot.text(below, { y: name, x: 'at', text, dx: -9, textAnchor: 'end', fontSize: TEXT }),
    ],
  })
  return { height: size.height, body, key }
}
