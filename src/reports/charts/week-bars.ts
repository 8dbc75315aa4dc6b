/**
 * A year of weekly counts with the last week set apart, and beside it what was expected of it and from where on
 * it would have stood out.
 */
import * as Plot from '@observablehq/plot'
import { type Day, type Month, monthNumber, monthOf, monthShort } from '../../platform/calendar.ts'
import {
  type ChartWords,
  hatchPattern,
  type Layout,
  layoutWidth,
  type Panel,
  patternId,
  TEXT,
} from './frame.ts'
import { axisFromZero, axisText } from './numbers.ts'
import { barColour, comparatorColour, frameColour, gridColour, markerColour } from './palette.ts'
import { plotMarks } from './plot-on-server.ts'
import { boxSign, lineSign } from './signs.ts'
import { textWidth } from './text-width.ts'

export interface WeekBars extends ChartWords {
  kind: 'week-bars'
  /** In order of weeks, none left out, each by its Monday; null where nothing is held. */
  weeks: { monday: Day; value: number | null }[]
  /** Of the last week. */
  expected: number
  /** The least count at which the last week stands out. */
  risesFrom: number
}

/** Weeks behind the last: grey, with three times the paper's contrast. */
const PAST = '#8a9296'

export function drawWeekBars(chart: WeekBars, layout: Layout): Panel {
  const last = chart.weeks.length - 1
  if (last < 0) throw new RangeError(`the chart "${chart.id}" has no weeks`)
  const wide = layout === 'wide'
  const width = layoutWidth[layout]
  const height = wide ? 210 : 200
  const bars = chart.weeks.map(({ value }, at) => ({ at, value }))
  const ticks = axisFromZero(Math.max(chart.risesFrom, ...bars.map(b => b.value ?? 0)), 4)
  const top = ticks.at(-1)!
  const hatch = patternId(chart, layout)
  const gaps = bars.filter(b => b.value === null)
  // Lines reach a little over the last bar: they say nothing about the weeks before, which had limits of their own.
  const reach = wide ? 3 : 5
  const lines = [
    { at: chart.expected, stroke: comparatorColour, dash: '5,3' },
    { at: chart.risesFrom, stroke: markerColour, dash: '' },
  ]
  const body = plotMarks({
    width,
    height,
    marginLeft: Math.ceil(Math.max(...ticks.map(t => textWidth(axisText(t), TEXT)))) + 10,
    marginRight: 12,
    marginTop: 8,
    marginBottom: 44,
    x: { domain: [-0.5, last + 1] },
    y: { domain: [0, top] },
    marks: [
      Plot.gridY(ticks, { stroke: gridColour, strokeOpacity: 1 }),
      Plot.axisY({ ticks, tickFormat: axisText, tickSize: 0, label: null, fontSize: TEXT }),
      Plot.axisX(monthStarts(chart.weeks, wide ? 2 : 4), {
        x: 'at',
        text: (t: WeekTick) => t.label,
        tickSize: 5,
        fontSize: TEXT,
        lineHeight: 1.25,
        label: null,
      } as Plot.AxisXOptions),
      Plot.rect(gaps, {
        x1: b => b.at - 0.5,
        x2: b => b.at + 0.5,
        y1: 0,
        y2: top,
        fill: `url(#${hatch})`,
      }),
      Plot.rect(bars, {
        x1: b => b.at - 0.36,
        x2: b => b.at + 0.36,
        y1: 0,
        y2: b => b.value ?? 0,
        fill: b => (b.at === last ? barColour : PAST),
        filter: b => b.value !== null,
      }),
      Plot.ruleY([0], { stroke: 'currentColor' }),
      ...lines.map(line =>
        Plot.link([line], {
          x1: last - reach,
          x2: last + 0.9,
          y1: 'at',
          y2: 'at',
          stroke: line.stroke,
          strokeWidth: 2.5,
          strokeDasharray: line.dash,
        }),
      ),
    ],
  })
  return {
    height,
    defs: gaps.length > 0 ? hatchPattern(hatch) : '',
    key: [
      { label: 'the week', sign: boxSign(barColour) },
      { label: 'weeks before', sign: boxSign(PAST) },
      { label: 'expected', sign: lineSign(comparatorColour, 2.5, '5,3') },
      { label: 'listed from', sign: lineSign(markerColour, 2.5) },
      ...(gaps.length > 0 ? [{ label: 'not held', sign: boxSign(`url(#${hatch})`, frameColour) }] : []),
    ],
    body,
  }
}

interface WeekTick {
  at: number
  label: string
}

/** The first week that begins in a month, for every so many months, always the same ones of the year. */
function monthStarts(weeks: WeekBars['weeks'], every: number): WeekTick[] {
  const ticks: (WeekTick & { month: Month })[] = []
  for (const [at, { monday }] of weeks.entries()) {
    const month = monthOf(monday)
    const begins = at === 0 ? Number(monday.slice(8)) <= 7 : month !== monthOf(weeks[at - 1]!.monday)
    if (begins && monthNumber(month) % every === 0) ticks.push({ at, month, label: '' })
  }
  return ticks.map(({ at, month }, i) => {
    const [name, year] = monthShort(month).split(' ') as [string, string]
    const newYear = i === 0 || year !== ticks[i - 1]!.month.slice(0, 4)
    return { at, label: newYear ? `${name}\n${year}` : name }
  })
}
