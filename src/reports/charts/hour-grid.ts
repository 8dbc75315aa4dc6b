/** Hours of the day by days of the week, shaded in five classes, every number written in its cell. */
import * as Plot from '@observablehq/plot'
import { equalClasses } from './classes.ts'
import { type ChartWords, type Layout, layoutWidth, type Panel, SMALL_TEXT, TEXT } from './frame.ts'
import { countText, tenthText } from './numbers.ts'
import { frameColour, sequentialColours, textOnSequential } from './palette.ts'
import { plotMarks } from './plot-on-server.ts'
import { boxSign } from './signs.ts'

export const weekdays = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const

export interface HourGrid extends ChartWords {
  kind: 'hour-grid'
  /** `counts[weekday][hour]`, Monday first, or weights; null where withheld or unknown. 7 × 24. */
  counts: (number | null)[][]
  /** Highest number of another grid beside this one, so that a shade means the same in both. */
  shadedTo?: number
}

interface Cell {
  weekday: number
  hour: number
  count: number | null
}

/** A number that fits a cell of 29 px: thousands are shortened, weights of a hundred or more have no tenth. */
const cellText = (count: number | null, weights: boolean): string =>
  count === null
    ? '×'
    : count >= 1000
      ? `${(count / 1000).toFixed(1)}k`
      : weights && count < 100
        ? tenthText(count)
        : countText(count)

const hourText = (hour: number): string => String(hour).padStart(2, '0')

export function drawHourGrid(chart: HourGrid, layout: Layout): Panel {
  if (chart.counts.length !== 7 || chart.counts.some(day => day.length !== 24)) {
    throw new RangeError(`the hour grid "${chart.id}" is not 7 days of 24 hours`)
  }
  const wide = layout === 'wide'
  const width = layoutWidth[layout]
  const cells: Cell[] = chart.counts.flatMap((day, weekday) =>
    day.map((count, hour) => ({ weekday, hour, count })),
  )
  const weights = cells.some(c => c.count !== null && !Number.isInteger(c.count))
  const classes = equalClasses([
    ...cells.flatMap(c => (c.count === null ? [] : [c.count])),
    Math.ceil(chart.shadedTo ?? 0),
  ])
  const fill = (c: Cell) => (c.count === null ? '#ffffff' : sequentialColours[classes.classOf(c.count)]!)
  const textFill = (c: Cell) => (c.count === null ? '#0b0c0c' : textOnSequential[classes.classOf(c.count)]!)
  const days = { domain: weekdays.map((_, i) => i), label: null, tickSize: 0 }
  const hours = { domain: Array.from({ length: 24 }, (_, i) => i), label: null, tickSize: 0 }
  const height = wide ? 7 * 30 + 44 : 24 * 24 + 30
  const x = wide ? 'hour' : 'weekday'
  const y = wide ? 'weekday' : 'hour'
  const body = plotMarks({
    width,
    height,
    marginLeft: wide ? 40 : 30,
    marginRight: 2,
    marginTop: 26,
    marginBottom: wide ? 18 : 4,
    padding: 0.04,
    x: { ...(wide ? hours : days), axis: null },
    y: { ...(wide ? days : hours), axis: null },
    marks: [
      Plot.axisX({
        anchor: 'top',
        tickSize: 0,
        fontSize: SMALL_TEXT,
        label: null,
        tickFormat: wide ? hourText : (d: number) => weekdays[d]!.slice(0, 3),
      }),
      Plot.axisY({
        tickSize: 0,
        fontSize: TEXT,
        label: null,
        tickFormat: wide ? (d: number) => weekdays[d]!.slice(0, 3) : hourText,
      }),
      Plot.cell(cells, { x, y, fill, stroke: frameColour, strokeOpacity: 0.25 }),
      Plot.text(cells, { x, y, text: c => cellText(c.count, weights), fill: textFill, fontSize: SMALL_TEXT }),
    ],
  })
  return {
    height,
    body,
    key: [
      ...classes.labels.map((label, i) => ({ label, sign: boxSign(sequentialColours[i]!, frameColour) })),
      ...(cells.some(c => c.count === null)
        ? [{ label: '× withheld', sign: boxSign('#ffffff', frameColour) }]
        : []),
    ],
  }
}
