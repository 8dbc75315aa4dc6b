/**
 * How much of everything the leading places hold, from the fullest to the emptiest: what was counted, what chance alone
 * would give, and an even share. Both axes are per cent from 0 to 100.
 */
import * as Plot from '@observablehq/plot'
import { type ChartWords, escapeXml, type Layout, layoutWidth, type Panel, TEXT } from './frame.ts'
import { barColour, comparatorColour, gridColour, markerColour } from './palette.ts'
import { plotMarks } from './plot-on-server.ts'
import { lineSign } from './signs.ts'

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

const CHANCE_DASH = '8,3'
const EVEN_DASH = '2,3'
const ticks = [0, 20, 40, 60, 80, 100]
const percentTick = (value: number): string => `${value}%`

export function drawConcentrationCurve(chart: ConcentrationCurve, layout: Layout): Panel {
  const width = layoutWidth[layout]
  const height = layout === 'wide' ? 380 : 300
  const line = { x: 'places', y: 'held' } as const
  const body = plotMarks({
    width,
    height,
    marginLeft: 54,
    marginRight: 24,
    marginTop: 30,
    marginBottom: 50,
    x: { domain: [0, 100] },
    y: { domain: [0, 100] },
    marks: [
      Plot.gridY(ticks, { stroke: gridColour, strokeOpacity: 1 }),
      Plot.axisY({ ticks, tickFormat: percentTick, tickSize: 0, label: null, fontSize: TEXT }),
      Plot.axisX({ ticks, tickFormat: percentTick, tickSize: 0, label: null, fontSize: TEXT }),
      Plot.line(
        [
          { places: 0, held: 0 },
          { places: 100, held: 100 },
        ],
        { ...line, stroke: comparatorColour, strokeWidth: 1.5, strokeDasharray: EVEN_DASH },
      ),
      Plot.line(chart.chance, {
        ...line,
        stroke: markerColour,
        strokeWidth: 2.5,
        strokeDasharray: CHANCE_DASH,
      }),
      Plot.line(chart.counted, { ...line, stroke: barColour, strokeWidth: 3 }),
    ],
  })
  return {
    height,
    body: `${body}<text x="2" y="16" text-anchor="start" data-mark="unit">${escapeXml(chart.heldLabel)}</text><text x="2" y="${height - 8}" text-anchor="start" data-mark="unit">${escapeXml(chart.placesLabel)}</text>`,
    key: [
      { label: 'counted', sign: lineSign(barColour, 3) },
      { label: 'chance alone', sign: lineSign(markerColour, 2.5, CHANCE_DASH) },
      { label: 'the same in every place', sign: lineSign(comparatorColour, 1.5, EVEN_DASH) },
    ],
  }
}
