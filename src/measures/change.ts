/**
 * Change in words. The words come from the figure's own counts, so that prose cannot disagree with them: a
 * board paper once stated a 16% fall for 80 against 90. What chance explains is not called a change.
 */
import { differenceOfCounts, differenceOfShares } from '../analysis/chance.ts'
import { SMALLEST_BASE } from './disclosure.ts'
import type { Figure, FigureRow } from './figure.ts'
import { daysIn } from './periods.ts'
import { lacksMonths } from './warnings.ts'

export interface Change {
  direction: 'rise' | 'fall' | 'none'
  /** Change of the value in percent of the comparator; null where that may not or cannot be said. */
  percent: number | null
  /** True where the difference lies beyond what chance would give in 19 of 20 cases. */
  clear: boolean
  /** "an 11% fall, 80 against 90", whether or not it is clear: for checking what a paper states. */
  arithmetic: string
  /** The same when it is clear; "no clear change (361 against 333)" when it is not. */
  words: string
  /** For a table, where both sides stand beside it: "up 23%", "down 3.1 points", "no clear change". */
  short: string
}

/** In a cell: the sides are of unlike length, or months of one were not sent. */
const NOT_COMPARABLE = 'not comparable'
const NOT_CLEAR = 'no clear change'
const BEYOND_CHANCE = 0.05
/** Sides of unequal length are set beside each other, but no change is read into them. */
const SAME_LENGTH = 0.05

/** The change of a row, or of the total, against its comparator. Null where either side is missing or withheld. */
export function changeOf(figure: Figure, row: FigureRow = figure.total): Change | null {
  const { value, count, comparatorValue, comparatorCount } = row
  if (!figure.comparator || value === null || comparatorValue === null) return null
  if (count === null || comparatorCount === null) return null
  if (figure.kind === 'median') return besideMedian(row)
  if (figure.against === 'victims') return besideVictims(figure, row)
  const isShare = figure.per === null && row.denominator !== null
  const sides = isShare
    ? `${percentText(value)} against ${percentText(comparatorValue)} (${whole(count)} of ${whole(row.denominator!)} against ${whole(comparatorCount)} of ${whole(row.comparatorDenominator!)})`
    : figure.per === null
      ? `${whole(count)} against ${whole(comparatorCount)}`
      : `${decimal(value)} against ${decimal(comparatorValue)} ${perWords(figure)} (${whole(count)} against ${whole(comparatorCount)})`
  const direction = value === comparatorValue ? 'none' : value > comparatorValue ? 'rise' : 'fall'
  const days = daysIn(figure.period)
  const otherDays = daysIn(figure.comparator)
  if (!isShare && Math.abs(days / otherDays - 1) > SAME_LENGTH) {
    const words = `${sides}, over periods of ${days} and ${otherDays} days`
    return { direction, percent: null, clear: false, arithmetic: words, words, short: NOT_COMPARABLE }
  }
  // A single month or year has both sides or neither; whatever is summed over months may lack some on one side.
  const summed = !figure.by.includes('month') || row === figure.total
  if (!isShare && summed && lacksMonths(figure)) {
    const words = `${sides}, but not every month of both sides was sent`
    return { direction, percent: null, clear: false, arithmetic: words, words, short: NOT_COMPARABLE }
  }
  const clear = direction !== 'none' && chanceOf(figure, row, isShare, days, otherDays) < BEYOND_CHANCE
  const percent = percentOf(figure, row)
  const arithmetic = arithmeticOf(direction, percent, isShare, sides, value - comparatorValue)
  const unclear = isShare || figure.per !== null ? `no clear change: ${sides}` : `no clear change (${sides})`
  const short = clear ? shortOf(direction, percent, isShare ? value - comparatorValue : null) : NOT_CLEAR
  return { direction, percent, clear, arithmetic, words: clear ? arithmetic : unclear, short }
}

/** Two medians are set beside each other; no test is made of them. */
function besideMedian({ value, count, comparatorValue, comparatorCount }: FigureRow): Change {
  const words = `${decimal(value!)} against ${decimal(comparatorValue!)} (the middle of ${whole(count!)} and of ${whole(comparatorCount!)})`
  const direction = value === comparatorValue ? 'none' : value! > comparatorValue! ? 'rise' : 'fall'
  return { direction, percent: null, clear: false, arithmetic: words, words, short: '–' }
}

/** Both sides of both rates are counts: four of them are set beside each other, and no test is made. */
function besideVictims(
  figure: Figure,
  { value, count, comparatorValue, comparatorCount }: FigureRow,
): Change {
  const words = `${decimal(value!)} against ${decimal(comparatorValue!)} per ${whole(figure.per!)} victims (${whole(count!)} against ${whole(comparatorCount!)})`
  const direction = value === comparatorValue ? 'none' : value! > comparatorValue! ? 'rise' : 'fall'
  return { direction, percent: null, clear: false, arithmetic: words, words, short: '–' }
}

/** A sentence part for the total or a row; says so where there is nothing to compare. */
export const changeInWords = (figure: Figure, row?: FigureRow): string =>
  changeOf(figure, row)?.words ?? 'no comparison: a side is missing or withheld'

function chanceOf(figure: Figure, row: FigureRow, isShare: boolean, days: number, otherDays: number): number {
  if (isShare) {
    return differenceOfShares(row.count!, row.denominator!, row.comparatorCount!, row.comparatorDenominator!)
  }
  const residents = figure.per === null ? 1 : row.denominator!
  const otherResidents = figure.per === null ? 1 : row.comparatorDenominator!
  return differenceOfCounts(row.count!, days * residents, row.comparatorCount!, otherDays * otherResidents)
}

/** R27: no percentage on a base under 20 for those who may not see records; nobody can divide by nothing. */
function percentOf(figure: Figure, row: FigureRow): number | null {
  const { value, comparatorValue, comparatorCount } = row
  if (comparatorValue === 0) return null
  if (figure.disclosure === 'protected' && comparatorCount! < SMALLEST_BASE) return null
  return Math.round((1000 * (value! - comparatorValue!)) / comparatorValue!) / 10
}

function arithmeticOf(
  direction: Change['direction'],
  percent: number | null,
  isShare: boolean,
  sides: string,
  difference: number,
): string {
  if (direction === 'none') return `no change, ${sides}`
  // Percent of a percentage confuses everybody, so shares change by points.
  if (isShare) return `a ${direction} of ${decimal(Math.abs(difference))} percentage points, ${sides}`
  if (percent === null) return `a ${direction}, ${sides}`
  const shown = sizeOf(percent)
  return `${articleFor(shown)} ${shown}% ${direction}, ${sides}`
}

/** "up 23%", "down", "up 3.1 points": `points` is the difference of two percentages, null for anything else. */
function shortOf(direction: Change['direction'], percent: number | null, points: number | null): string {
  const way = direction === 'rise' ? 'up' : 'down'
  if (points !== null) return `${way} ${decimal(Math.abs(points))} points`
  return percent === null ? way : `${way} ${sizeOf(percent)}%`
}

/** One decimal below ten per cent, none above. */
const sizeOf = (percent: number): string => {
  const size = Math.abs(percent)
  return size < 10 ? decimal(size) : whole(Math.round(size))
}

/** An eight, an eleven, an eighteen, an eighty; a hundred. */
const articleFor = (number: string): string => (/^(8|11(\.|$)|18(\.|$))/.test(number) ? 'an' : 'a')

const perWords = (figure: Figure): string => `per ${whole(figure.per!)} residents`
const whole = (n: number): string => n.toLocaleString('en-GB')
const decimal = (n: number): string => n.toLocaleString('en-GB', { maximumFractionDigits: 1 })
const percentText = (n: number): string => `${decimal(n)}%`
