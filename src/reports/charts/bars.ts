/**
 * Horizontal bars from zero with their counts written beside them, intervals as whiskers, and what they are
 * compared with (another period, or the share of residents) as a diamond.
 */
import * as Plot from '@observablehq/plot'
import {
  type ChartWords,
  escapeXml,
  hatchPattern,
  type Layout,
  layoutWidth,
  type Panel,
  patternId,
  TEXT,
} from './frame.ts'
import { axisFromZero, axisText } from './numbers.ts'
import { barColour, frameColour, gridColour, ink, markerColour } from './palette.ts'
import { plotMarks } from './plot-on-server.ts'
import { boxSign, diamondSign, whiskerSign } from './signs.ts'
import { textWidth, wrapText } from './text-width.ts'

export interface Bar {
  label: string
  value: number | null
  low: number | null
  high: number | null
  /** What is written at the bar: "731", or "49% (357 of 731)". A percentage never stands without its counts. */
  text: string
  compared: number | null
  /** Not recorded: hatched, so that it is not read as one more group. */
  unknown?: boolean
}

export interface BarChart extends ChartWords {
  kind: 'bars'
  bars: Bar[]
  /** "offences", "per cent of those recorded": printed at the axis. */
  unit: string
  /** What the bar and the diamond are, for the key; null where there is no diamond. */
  barLabel: string
  comparedLabel: string | null
}

const LABEL_LINE = 18
const WIDEST_LABEL = 210

/** "(789 of 3,478)" is not broken over two lines. */
const countsTogether = (text: string): string =>
  text.replace(/\([^)]*\)/g, counts => counts.replaceAll(' ', '\u00a0'))

/** Where things stand: beside the bars on a wide chart, above them on a phone, where beside has no room. */
function placeBars(chart: BarChart, layout: Layout) {
  const width = layoutWidth[layout]
  const ends = chart.bars.flatMap(b => [b.value, b.high, b.compared].filter(v => v !== null))
  const wholeNumbers = ends.every(Number.isInteger)
  const highest = Math.max(0, ...ends)
  if (layout === 'narrow') {
    const labels = chart.bars.map(b => wrapText(`${b.label}: ${countsTogether(b.text)}`, width, TEXT))
    const deepest = Math.max(1, ...labels.map(lines => lines.length))
    const ticks = axisFromZero(highest, 4, { wholeNumbers })
    const step = deepest * LABEL_LINE + 30
    // Half of the last number of the axis lies beyond the end of the axis.
    const margins = { left: 5, right: Math.ceil(textWidth(axisText(ticks.at(-1)!), TEXT) / 2) + 4 }
    return {
      width,
      labels,
      ticks,
      top: ticks.at(-1)!,
      step,
      margins,
      barAt: (deepest * LABEL_LINE) / 2 / step,
    }
  }
  const labels = chart.bars.map(b => wrapText(b.label, WIDEST_LABEL, TEXT))
  const ticks = axisFromZero(highest, 5, { wholeNumbers })
  const step = Math.max(30, Math.max(1, ...labels.map(lines => lines.length)) * LABEL_LINE + 8)
  const left = Math.ceil(Math.max(40, ...labels.flat().map(line => textWidth(line, TEXT)))) + 10
  const texts = Math.ceil(Math.max(0, ...chart.bars.map(b => textWidth(b.text, TEXT))))
  // With a diamond on the chart, text at the end of a bar would be read as the diamond's: it gets a column.
  const right = chart.comparedLabel === null ? 12 : texts + 22
  const room = width - left - right
  const top =
    chart.comparedLabel === null
      ? Math.max(ticks.at(-1)!, (highest * room) / (room - texts - 12))
      : ticks.at(-1)!
  return { width, labels, ticks, top, step, margins: { left, right }, barAt: 0 }
}

export function drawBars(chart: BarChart, layout: Layout): Panel {
  const { width, labels, ticks, top, step, margins, barAt } = placeBars(chart, layout)
  const wide = layout === 'wide'
  const height = step * chart.bars.length + 52
  const hatch = patternId(chart, layout)
  const rows = chart.bars.map((bar, i) => ({
    ...bar,
    i,
    y: i + barAt,
    end: Math.max(bar.value ?? 0, bar.high ?? 0),
  }))
  const known = rows.filter(r => r.value !== null)
  const whiskers = known.filter(r => r.low !== null && r.high !== null && !r.unknown)
  const half = 8 / step
  const body = plotMarks({
    width,
    height,
    marginLeft: margins.left,
    marginRight: margins.right,
    marginTop: 4,
    marginBottom: 48,
    x: { domain: [0, top] },
    y: { domain: [-0.5, chart.bars.length - 0.5], reverse: true, axis: null },
    marks: [
      Plot.gridX(ticks, { stroke: gridColour, strokeOpacity: 1 }),
      Plot.axisX({ ticks, tickFormat: axisText, tickSize: 0, label: null, fontSize: TEXT }),
      Plot.rect(known, {
        x1: 0,
        x2: 'value',
        y1: r => r.y - half,
        y2: r => r.y + half,
        fill: r => (r.unknown ? `url(#${hatch})` : barColour),
        stroke: r => (r.unknown ? frameColour : barColour),
      }),
      // Ink on a white edge: seen on the bar as well as beside it.
      Plot.link(whiskers, { x1: 'low', x2: 'high', y1: 'y', y2: 'y', stroke: '#ffffff', strokeWidth: 3.5 }),
      Plot.link(whiskers, { x1: 'low', x2: 'high', y1: 'y', y2: 'y', stroke: ink, strokeWidth: 1.5 }),
      Plot.dot(
        rows.filter(r => r.compared !== null),
        {
          x: 'compared',
          y: 'y',
          symbol: 'diamond',
          r: 6,
          fill: markerColour,
          stroke: '#ffffff',
          strokeWidth: 1.5,
        },
      ),
      // On a phone the zero line stands at each bar only: it must not run through the words above the bars.
      wide
        ? Plot.ruleX([0], { stroke: 'currentColor' })
        : Plot.ruleX(rows, {
            x: 0,
            y1: r => r.y - 1.3 * half,
            y2: r => r.y + 1.3 * half,
            stroke: 'currentColor',
          }),
      wide
        ? Plot.text(rows, {
            x: chart.comparedLabel === null ? 'end' : () => top,
            y: 'y',
            text: 'text',
            textAnchor: 'start',
            dx: chart.comparedLabel === null ? 9 : 14,
            fontSize: TEXT,
            fontVariant: 'tabular-nums',
            stroke: '#ffffff',
            strokeWidth: 4,
            fill: 'currentColor',
          })
        : null,
      Plot.text(rows, {
        x: 0,
        // On a phone the last line of the label stands right above its bar, however many lines others need.
        y: r => (wide ? r.i : r.y - half - (labels[r.i]!.length * (LABEL_LINE / 2) + 3) / step),
        text: r => labels[r.i]!.join('\n'),
        textAnchor: wide ? 'end' : 'start',
        dx: wide ? -8 : 0,
        fontSize: TEXT,
        lineHeight: LABEL_LINE / TEXT,
        stroke: '#ffffff',
        strokeWidth: 4,
        fill: 'currentColor',
      }),
    ],
  })
  const unit = `<text x="${margins.left}" y="${height - 8}" text-anchor="start" data-mark="unit">${escapeXml(chart.unit)}</text>`
  return {
    height,
    body: body + unit,
    defs: chart.bars.some(b => b.unknown) ? hatchPattern(hatch) : '',
    key: barsKey(chart),
  }
}

function barsKey(chart: BarChart): Panel['key'] {
  const whiskers = chart.bars.some(b => b.low !== null)
  if (chart.comparedLabel === null && !whiskers) return []
  return [
    { label: chart.barLabel, sign: boxSign(barColour) },
    ...(chart.comparedLabel === null
      ? []
      : [{ label: chart.comparedLabel, sign: diamondSign(markerColour) }]),
    ...(whiskers ? [{ label: '95% interval', sign: whiskerSign('currentColor') }] : []),
  ]
}
