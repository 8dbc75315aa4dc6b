/**
 * What a control chart adds to a trend, drawn lightly: average and limits as thin lines, months that stand out as
 * triangles that point the way they stand out, and along the axis which months the limits rest on.
 */
import * as Plot from '@observablehq/plot'
import { type Month, monthNumber } from '../../platform/calendar.ts'
import type { KeyEntry } from './frame.ts'
import { comparatorColour, frameColour, ink } from './palette.ts'
import { boxSign, lineSign } from './signs.ts'

export interface TrendLimits {
  /** Months with limits; those of one stretch are joined. */
  months: { month: Month; stretch: number; average: number; lower: number | null; upper: number }[]
  /** What the middle line is, where it is not the average of ordinary months. */
  averageLabel?: string
  marks: { month: Month; value: number; up: boolean }[]
  /** Whether a rise is more harm, or neither good nor bad. */
  direction: 'harm' | 'activity'
  /** Runs of months. */
  restsOn: { from: Month; to: Month }[]
  pandemic: { from: Month; to: Month } | null
}

const MORE_HARM = '#F46A25'
const LESS_HARM = '#28A197'
const NEUTRAL = '#ffffff'
const LIMIT_DASH = '2,3'
/** Apart from the dark strip of the baseline and from the hatch of months that were not sent. */
const PANDEMIC = '#ffffff'

const fillOf = (up: boolean, direction: TrendLimits['direction']): string =>
  direction === 'activity' ? NEUTRAL : up ? MORE_HARM : LESS_HARM

/** The highest value that has to fit. */
export const highestLimit = (limits: TrendLimits | null): number =>
  Math.max(0, ...(limits?.months.map(m => m.upper) ?? []))

/** Lines behind the series. A limit holds for the whole of its month, so it is drawn in steps. */
export function limitMarks({ months }: TrendLimits): Plot.Markish[] {
  const lines = (['average', 'lower', 'upper'] as const).map(line => ({
    line,
    ends: months.flatMap(m =>
      m[line] === null
        ? []
        : [-0.5, 0.5].map(side => ({ at: monthNumber(m.month) + side, value: m[line], stretch: m.stretch })),
    ),
  }))
  return lines.map(({ line, ends }) =>
    Plot.line(ends, {
      x: 'at',
      y: 'value',
      z: 'stretch',
      stroke: frameColour,
      strokeWidth: 1,
      strokeDasharray: line === 'average' ? '' : LIMIT_DASH,
    }),
  )
}

/** Strips along the axis, so that they cover neither line nor number. */
export function stripMarks({ restsOn, pandemic }: TrendLimits, top: number): Plot.Markish[] {
  const strip = (ranges: { from: Month; to: Month }[], fill: string) =>
    Plot.rect(ranges, {
      x1: r => monthNumber(r.from) - 0.5,
      x2: r => monthNumber(r.to) + 0.5,
      y1: 0,
      y2: top * 0.022,
      fill,
      stroke: frameColour,
      strokeWidth: 0.75,
    })
  return [strip(restsOn, frameColour), strip(pandemic ? [pandemic] : [], PANDEMIC)]
}

/** Triangles over the points of the series. */
export function signalMarks({ marks, direction }: TrendLimits, radius: number): Plot.Markish[] {
  const triangles = (up: boolean) =>
    Plot.dot(
      marks.filter(m => m.up === up),
      {
        x: m => monthNumber(m.month),
        y: 'value',
        symbol: 'triangle',
        rotate: up ? 0 : 180,
        r: radius * 1.7,
        fill: fillOf(up, direction),
        stroke: ink,
        strokeWidth: 1,
      },
    )
  return [triangles(true), triangles(false)]
}

const triangleSign = (up: boolean, fill: string): string =>
  `<path d="${up ? 'M13,1L19,12H7Z' : 'M13,13L7,2H19Z'}" fill="${fill}" stroke="${ink}"></path>`

/** Only what is drawn is explained. */
export function limitsKey(limits: TrendLimits): KeyEntry[] {
  const { months, marks, direction, restsOn, pandemic, averageLabel = 'average of ordinary months' } = limits
  const harm = (words: string) => (direction === 'harm' ? ` (${words} harm recorded)` : '')
  const entries: [boolean, string, string][] = [
    [
      marks.some(m => m.up),
      `higher than ordinary, or rising${harm('more')}`,
      triangleSign(true, fillOf(true, direction)),
    ],
    [
      marks.some(m => !m.up),
      `lower than ordinary, or falling${harm('less')}`,
      triangleSign(false, fillOf(false, direction)),
    ],
    [months.length > 0, 'limits', lineSign(frameColour, 1, LIMIT_DASH)],
    [months.length > 0, averageLabel, lineSign(frameColour, 1)],
    [restsOn.length > 0, 'months that the limits rest on', boxSign(frameColour, comparatorColour)],
    [pandemic !== null, 'pandemic', boxSign(PANDEMIC, frameColour)],
  ]
  return entries.filter(([shown]) => shown).map(([, label, sign]) => ({ label, sign }))
}
