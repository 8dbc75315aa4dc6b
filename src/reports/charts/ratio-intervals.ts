/**
 * Ratios with their intervals on a scale of equal steps up and down (half as far from 1 as double), a line at 1, and
 * what the unknown could make of each as a dashed line. The words of each row stand above its marks in both layouts:
 * they carry the counts, and are too long for a margin.
 */
import * as Plot from '@observablehq/plot'
import { type ChartWords, escapeXml, type Layout, layoutWidth, type Panel, TEXT } from './frame.ts'
import { axisText } from './numbers.ts'
import { barColour, frameColour, gridColour, ink } from './palette.ts'
import { plotMarks } from './plot-on-server.ts'
import { lineSign } from './signs.ts'
import { textWidth, wrapText } from './text-width.ts'

export interface RatioRow {
  label: string
  /** Null where no ratio is given; the text says why. */
  ratio: number | null
  low: number | null
  high: number | null
  /** The ratio at both ends of what the unknown could make of it. */
  bounds: { low: number; high: number } | null
  /** "2.1 times (95% interval 1.8 to 2.4), 143 of 1,203 …". */
  text: string
}

export interface RatioChart extends ChartWords {
  kind: 'ratio-intervals'
  rows: RatioRow[]
  /** "Times the rate of the group compared with": printed at the axis. */
  unit: string
  /** "if all of the unknown were, or none were, of the group". */
  boundsLabel: string
}

const LABEL_LINE = 18
/** From the middle of a row's marks to the words below them. */
const BELOW_MARKS = 22
const ABOVE_MARKS = 10
const FOOT = 48
/** A ratio beyond 16 or 1/16 stands at the edge, and the axis says so; its words give the number. */
const FARTHEST = 16

/** Powers of two around 1, as far as the ratios reach, at least from a half to double. */
function ticksAround(rows: readonly RatioRow[]): number[] {
  const ends = rows.flatMap(r => [r.ratio, r.low, r.high, r.bounds?.low, r.bounds?.high])
  const known = ends.filter(v => v !== null && v !== undefined && v > 0 && Number.isFinite(v)) as number[]
  const reach = (values: number[]) =>
    Math.min(Math.log2(FARTHEST), Math.max(1, Math.ceil(Math.log2(Math.max(1, ...values)) - 1e-9)))
  const down = reach(known.map(v => 1 / v))
  const up = reach(known)
  return Array.from({ length: down + up + 1 }, (_, i) => 2 ** (i - down))
}

/** "¼", so that five ticks fit a phone. */
const fractions: Record<number, string> = { 0.5: '½', 0.25: '¼', 0.125: '⅛', 0.0625: '1/16' }
const tickText = (value: number): string => fractions[value] ?? axisText(value)

export function drawRatioIntervals(chart: RatioChart, layout: Layout): Panel {
  const width = layoutWidth[layout]
  const ticks = ticksAround(chart.rows)
  const [lowest, highest] = [ticks[0]!, ticks.at(-1)!]
  const outside = chart.rows.some(r => r.ratio !== null && (r.ratio < lowest || r.ratio > highest))
  const within = (value: number) => Math.min(highest, Math.max(lowest, value))
  const margin = Math.ceil(textWidth(tickText(highest), TEXT) / 2) + 8
  let bottom = 0
  const rows = chart.rows.map(row => {
    const lines = wrapText(`${row.label}: ${row.text}`, width - 4, TEXT)
    const top = bottom
    const drawn = row.ratio !== null || row.bounds !== null
    const y = top + lines.length * LABEL_LINE + ABOVE_MARKS
    bottom = drawn ? y + BELOW_MARKS : top + lines.length * LABEL_LINE + ABOVE_MARKS
    return { ...row, lines, top, y }
  })
  const unitLines = wrapText(
    `${chart.unit}${outside ? '; beyond the scale: at its edge' : ''}`,
    width - 4,
    TEXT,
  )
  const foot = FOOT + (unitLines.length - 1) * LABEL_LINE
  const height = bottom + foot
  const known = rows.filter(r => r.ratio !== null && r.low !== null && r.high !== null)
  const bounded = rows.filter(r => r.bounds !== null)
  const interval = {
    x1: (r: RatioRow) => within(r.low!),
    x2: (r: RatioRow) => within(r.high!),
    y1: 'y',
    y2: 'y',
  }
  const drawnRows = rows.filter(r => r.ratio !== null || r.bounds !== null)
  const body = plotMarks({
    width,
    height,
    marginLeft: margin,
    marginRight: margin,
    marginTop: 4,
    marginBottom: foot,
    x: { type: 'log', base: 2, domain: [lowest, highest] },
    y: { domain: [0, bottom], range: [4, bottom + 4], axis: null },
    marks: [
      Plot.axisX({ ticks, tickFormat: tickText, tickSize: 0, label: null, fontSize: TEXT }),
      // Ticks and the line at 1 stand at the marks only: they must not run through the words.
      Plot.link(
        drawnRows.flatMap(r => ticks.map(x => ({ x, y: r.y }))),
        {
          x1: 'x',
          x2: 'x',
          y1: d => d.y - 8,
          y2: d => d.y + 8,
          stroke: d => (d.x === 1 ? ink : gridColour),
          strokeWidth: 1,
        },
      ),
      Plot.link(bounded, {
        x1: r => within(r.bounds!.low),
        x2: r => within(r.bounds!.high),
        y1: 'y',
        y2: 'y',
        stroke: frameColour,
        strokeWidth: 1.5,
        strokeDasharray: '2,3',
      }),
      Plot.link(known, { ...interval, stroke: barColour, strokeWidth: 4 }),
      Plot.dot(known, {
        x: r => within(r.ratio!),
        y: 'y',
        symbol: 'square',
        r: 5.5,
        fill: barColour,
        stroke: '#ffffff',
        strokeWidth: 1.5,
      }),
    ],
  })
  const words = rows
    .flatMap(({ lines, top }) =>
      lines.map(
        (line, i) =>
          `<text x="2" y="${top + 4 + i * LABEL_LINE + 13}" text-anchor="start">${escapeXml(line)}</text>`,
      ),
    )
    .join('')
  const unit = unitLines
    .map(
      (line, i) =>
        `<text x="2" y="${height - 8 - (unitLines.length - 1 - i) * LABEL_LINE}" text-anchor="start" data-mark="unit">${escapeXml(line)}</text>`,
    )
    .join('')
  return {
    height,
    body: body + words + unit,
    key: [
      ...(known.length > 0
        ? [
            {
              label: 'ratio, with its 95% interval',
              sign: `${lineSign(barColour, 4)}<rect x="8" y="2" width="10" height="10" fill="${barColour}" stroke="#ffffff"></rect>`,
            },
            {
              label: 'no difference',
              sign: `<path d="M13,0V14" stroke="${ink}"></path>`,
            },
          ]
        : []),
      ...(bounded.length > 0 ? [{ label: chart.boundsLabel, sign: lineSign(frameColour, 1.5, '2,3') }] : []),
    ],
  }
}
