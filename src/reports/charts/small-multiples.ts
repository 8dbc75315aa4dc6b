/** One small trend for each policing area, all to the same scale, so that sizes can be compared by eye. */
import * as Plot from '@observablehq/plot'
import { monthNumber, monthShort } from '../../platform/calendar.ts'
import { type ChartWords, type Layout, layoutWidth, type Panel, SMALL_TEXT, TEXT } from './frame.ts'
import { axisFromZero, axisText, valueText } from './numbers.ts'
import { barColour, gridColour } from './palette.ts'
import { plotMarks } from './plot-on-server.ts'
import { crossSign, pointSign } from './signs.ts'
import { textWidth } from './text-width.ts'
import type { MonthPoint } from './trend.ts'

export interface SmallMultiples extends ChartWords {
  kind: 'small-multiples'
  panels: { label: string; points: MonthPoint[] }[]
}

type Placed = MonthPoint & { column: number; row: number; label: string }

export function drawSmallMultiples(chart: SmallMultiples, layout: Layout): Panel {
  const wide = layout === 'wide'
  const width = layoutWidth[layout]
  // Names are bold, a tenth wider than the estimate; a name must not run into its neighbour's.
  const widest = 1.1 * Math.max(0, ...chart.panels.map(p => textWidth(p.label, TEXT)))
  const columns = wide ? (widest > 160 ? 3 : 4) : widest > 115 ? 1 : 2
  const rows = Math.max(1, Math.ceil(chart.panels.length / columns))
  const placed: Placed[] = chart.panels.flatMap(({ label, points }, i) =>
    points.map(p => ({ ...p, label, column: i % columns, row: Math.floor(i / columns) })),
  )
  const values = placed.flatMap(p => (p.value === null ? [] : [p.value]))
  const ticks = axisFromZero(Math.max(0, ...values), 2, { wholeNumbers: values.every(Number.isInteger) })
  const top = ticks.at(-1)!
  const first = chart.panels[0]?.points[0]?.month
  const last = chart.panels[0]?.points.at(-1)?.month
  if (!first || !last) throw new RangeError(`the small charts "${chart.id}" have no months`)
  const ends = chart.panels.map((_, i) => placed.findLast(p => p.label === chart.panels[i]!.label)!)
  const x = (p: MonthPoint) => monthNumber(p.month)
  const facet = { fx: 'column', fy: 'row' } as const
  const leftmost = Math.ceil(Math.max(...ticks.map(t => textWidth(axisText(t), SMALL_TEXT)))) + 8
  const height = rows * 118 + 34
  const body = plotMarks({
    width,
    height,
    marginLeft: leftmost,
    marginRight: 6,
    marginTop: 4,
    marginBottom: 30,
    fx: { domain: Array.from({ length: columns }, (_, i) => i), axis: null, paddingInner: 0.12 },
    fy: { domain: Array.from({ length: rows }, (_, i) => i), axis: null, paddingInner: 0.16 },
    x: { domain: [monthNumber(first) - 0.5, monthNumber(last) + 0.5], axis: null },
    // Head room for the name of the area above its highest point.
    y: { domain: [0, top * 1.35], axis: null },
    marks: [
      Plot.gridY(ticks, { stroke: gridColour, strokeOpacity: 1 }),
      Plot.axisY({ ticks, tickFormat: axisText, tickSize: 0, label: null, fontSize: SMALL_TEXT }),
      Plot.ruleY([0], { stroke: 'currentColor' }),
      Plot.line(placed, { ...facet, x, y: 'value', z: 'label', stroke: barColour, strokeWidth: 1.5 }),
      Plot.dot(
        ends.filter(p => p.value !== null),
        {
          ...facet,
          x,
          y: 'value',
          r: 3.5,
          stroke: barColour,
          fill: p => (p.incomplete ? '#ffffff' : barColour),
        },
      ),
      Plot.text(
        placed.filter(p => p.suppressed),
        { ...facet, x, y: 0, dy: -6, text: () => '×', fontSize: SMALL_TEXT },
      ),
      Plot.text(ends, {
        ...facet,
        frameAnchor: 'top-left',
        text: 'label',
        fontSize: TEXT,
        fontWeight: 600,
        dy: 2,
      }),
      Plot.text(
        ends.filter(p => p.value !== null),
        {
          ...facet,
          x,
          y: 'value',
          text: p => valueText(p.value!),
          textAnchor: 'end',
          dy: -11,
          dx: 4,
          fontSize: SMALL_TEXT,
          stroke: '#ffffff',
          strokeWidth: 4,
          fill: 'currentColor',
        },
      ),
    ],
  })
  const points = chart.panels.flatMap(p => p.points)
  const span = `<text x="${leftmost}" y="${height - 8}" text-anchor="start" font-size="${SMALL_TEXT}">Each from ${monthShort(first)} to ${monthShort(last)}</text>`
  return {
    height,
    body: body + span,
    key: [
      ...(points.some(p => p.incomplete)
        ? [{ label: 'month not complete', sign: pointSign(barColour, false) }]
        : []),
      ...(points.some(p => p.suppressed) ? [{ label: 'withheld', sign: crossSign('currentColor') }] : []),
    ],
  }
}
