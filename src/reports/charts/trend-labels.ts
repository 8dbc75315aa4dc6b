/** Names of the lines of a trend: at their right ends on a wide chart, in a key above on a phone. */
import { escapeXml, type KeyEntry, type Layout, TEXT } from './frame.ts'
import { valueText } from './numbers.ts'
import {
  averageColour,
  comparatorColour,
  frameColour,
  quietFill,
  seriesColours,
  seriesMarkers,
} from './palette.ts'
import { boxSign, crossSign, lineSign, pointSign, seriesSign } from './signs.ts'
import { wrapText } from './text-width.ts'
import type { TrendChart } from './trend.ts'
import { limitsKey } from './trend-limits.ts'

/** Room right of the plot for names and last values. */
export const END_LABEL_WIDTH = 178
const SIGN_WIDTH = 34
const LINE = TEXT * 1.25

interface NamedLine {
  /** The name, with the last value where the line reaches the last month. */
  label: string
  sign: string
  /** Where the line ends. */
  last: number
}

/** Every line of the chart with its sign and last value; lines without any value are left out. */
function namedLines(chart: TrendChart): NamedLine[] {
  const lines: NamedLine[] = []
  const add = (label: string, sign: string, points: { value: number | null }[]) => {
    const last = points.findLast(p => p.value !== null)?.value
    if (last === undefined || last === null) return
    // A line that breaks off earlier has no value now: its last one would be read as today's.
    const reaches = points.at(-1)!.value !== null
    lines.push({ label: reaches ? `${label}: ${valueText(last)}` : label, sign, last })
  }
  chart.series.forEach(({ label, points }, i) => {
    add(label, seriesSign(seriesColours[i]!, i, seriesMarkers[i]!), points)
  })
  if (chart.average) add(chart.average.label, lineSign(averageColour, 3), chart.average.points)
  if (chart.comparator)
    add(chart.comparator.label, lineSign(comparatorColour, 1.5, '6,4'), [chart.comparator])
  return lines
}

/** Moves labels apart so that none covers another, keeping their order from top to bottom. Pixels. */
export function spreadLabels(labels: { y: number; height: number }[], bottom: number): number[] {
  const order = labels.map((_, i) => i).sort((a, b) => labels[a]!.y - labels[b]!.y || a - b)
  const tops: number[] = []
  let free = 0
  for (const i of order) {
    tops[i] = Math.max(labels[i]!.y - labels[i]!.height / 2, free)
    free = tops[i]! + labels[i]!.height
  }
  let limit = bottom
  for (const i of order.toReversed()) {
    tops[i] = Math.min(tops[i]!, limit - labels[i]!.height)
    limit = tops[i]!
  }
  return tops
}

/** Names with last values beside the ends of the lines, as markup. */
export function endLabels(
  chart: TrendChart,
  place: { x: number; bottom: number; toPixels(value: number): number },
): string {
  const lines = namedLines(chart)
  const wrapped = lines.map(line => wrapText(line.label, END_LABEL_WIDTH - SIGN_WIDTH - 6, TEXT))
  const tops = spreadLabels(
    lines.map((line, i) => ({ y: place.toPixels(line.last), height: wrapped[i]!.length * LINE + 5 })),
    place.bottom + 24,
  )
  const labels = lines.map((line, i) => {
    const text = wrapped[i]!.map(
      (words, n) => `<text x="${SIGN_WIDTH}" y="${12 + n * LINE}">${escapeXml(words)}</text>`,
    )
    return `<g transform="translate(${place.x + 6},${Math.round(tops[i]!)})">${line.sign}${text.join('')}</g>`
  })
  return `<g data-mark="end labels" text-anchor="start">${labels.join('')}</g>`
}

/** Signs that need explaining; on a phone the names of the lines too. */
export function trendKey(chart: TrendChart, layout: Layout, hatch: string): KeyEntry[] {
  const points = chart.series.flatMap(s => s.points)
  const names = layout === 'wide' ? [] : namedLines(chart)
  const comparedShown =
    chart.comparator !== null &&
    chart.comparator.to >= points[0]!.month &&
    chart.comparator.from <= points.at(-1)!.month
  const conditional: [boolean, string, string][] = [
    [comparedShown, 'months compared with', boxSign(quietFill, frameColour)],
    [points.some(p => p.incomplete), 'month not complete', pointSign(seriesColours[0], false)],
    [points.some(p => p.missing), 'nothing was sent', boxSign(`url(#${hatch})`, frameColour)],
    [points.some(p => p.suppressed), 'withheld', crossSign('currentColor')],
  ]
  return [
    ...names.map(({ label, sign }) => ({ label, sign })),
    ...conditional.filter(([shown]) => shown).map(([, label, sign]) => ({ label, sign })),
    ...(chart.limits ? limitsKey(chart.limits) : []),
  ]
}
