/**
 * How much of everything the leading places hold, from the fullest to the emptiest: what was counted, what chance alone
 * would give, and an even share. Per cent of places runs as far as anything is held: where most places are empty, a scale
 * to 100 would show one upright line.
 */
import * as Plot from '@observablehq/plot'
import { type ChartWords, escapeXml, type Layout, layoutWidth, type Panel, TEXT } from './frame.ts'
import { axisFromZero } from './numbers.ts'
import { barColour, comparatorColour, gridColour, markerColour } from './palette.ts'
import { plotMarks } from './plot-on-server.ts'
import { lineSign } from './signs.ts'
import { wrapText } from './text-width.ts'

export interface CurvePoint {
  /** Per cent of places, and per cent of what was counted that they hold. */
  places: number
  held: number
}

export interface ConcentrationCurve extends ChartWords {
  kind: 'concentration-curve'
  counted: CurvePoint[]
  chance: CurvePoint[]
  /** "Per cent of small areas, those with most first". */
  placesLabel: string
  /** "Per cent of offences". */
  heldLabel: string
}

const LABEL_LINE = 18
const CHANCE_DASH = '8,3'
const EVEN_DASH = '2,3'
const ticks = [0, 20, 40, 60, 80, 100]
/** Ends of the scale of places. */
const ends = [5, 10, 20, 40, 60, 80, 100]

/** The first end by which both curves hold everything. */
const endOf = ({ counted, chance }: ConcentrationCurve): number =>
  ends.find(end => [counted, chance].every(curve => curve.every(p => p.places < end || p.held > 99.95))) ??
  100
const percentTick = (value: number): string => `${value}%`

export function drawConcentrationCurve(chart: ConcentrationCurve, layout: Layout): Panel {
  const width = layoutWidth[layout]
  const end = endOf(chart)
  const upTo = (curve: readonly CurvePoint[]) => curve.filter(p => p.places <= end)
  const label = wrapText(chart.placesLabel, width - 4, TEXT)
  const foot = 32 + label.length * LABEL_LINE
  const height = (layout === 'wide' ? 330 : 250) + foot
  const line = { x: 'places', y: 'held' } as const
  const body = plotMarks({
    width,
    height,
    marginLeft: 54,
    marginRight: 24,
    marginTop: 30,
    marginBottom: foot,
    x: { domain: [0, end] },
    y: { domain: [0, 100] },
    marks: [
      Plot.gridY(ticks, { stroke: gridColour, strokeOpacity: 1 }),
      Plot.axisY({ ticks, tickFormat: percentTick, tickSize: 0, label: null, fontSize: TEXT }),
      Plot.axisX({
        ticks: axisFromZero(end, 5),
        tickFormat: percentTick,
        tickSize: 0,
        label: null,
        fontSize: TEXT,
      }),
      Plot.line(
        [
          { places: 0, held: 0 },
          { places: end, held: end },
        ],
        { ...line, stroke: comparatorColour, strokeWidth: 1.5, strokeDasharray: EVEN_DASH },
      ),
      Plot.line(upTo(chart.chance), {
        ...line,
        stroke: markerColour,
        strokeWidth: 2.5,
        strokeDasharray: CHANCE_DASH,
      }),
      Plot.line(upTo(chart.counted), { ...line, stroke: barColour, strokeWidth: 3 }),
    ],
  })
  const below = label
    .map(
      (line, i) =>
        `<text x="2" y="${height - 8 - (label.length - 1 - i) * LABEL_LINE}" text-anchor="start" data-mark="unit">${escapeXml(line)}</text>`,
    )
    .join('')
  return {
    height,
    body: `${body}<text x="2" y="16" text-anchor="start" data-mark="unit">${escapeXml(chart.heldLabel)}</text>${below}`,
    key: [
      { label: 'counted', sign: lineSign(barColour, 3) },
      { label: 'chance alone', sign: lineSign(markerColour, 2.5, CHANCE_DASH) },
      { label: 'the same in every place', sign: lineSign(comparatorColour, 1.5, EVEN_DASH) },
    ],
  }
}
