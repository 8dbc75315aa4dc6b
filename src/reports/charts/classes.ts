/**
 * Five classes for shading. The range of each class is written out in the legend, so that a shade can always be
 * read back as numbers.
 */
import { countText, roundUp, tenthText } from './numbers.ts'

export interface ShadeClasses {
  /** Lowest value of each class, rising; the first is the lowest of all. At most five. */
  starts: number[]
  /** "0 to 4", "5 to 9" … "80 to 127"; as many as there are starts. */
  labels: string[]
  /** Class of a value, 0 to 4. */
  classOf(value: number): number
}

function classesFrom(starts: number[], highest: number, wholeNumbers: boolean): ShadeClasses {
  const write = wholeNumbers ? countText : tenthText
  const gap = wholeNumbers ? 1 : 0.1
  return {
    starts,
    labels: starts.map((start, i) => {
      const end = i + 1 < starts.length ? starts[i + 1]! - gap : Math.max(highest, start)
      return write(start) === write(end) ? write(start) : `${write(start)} to ${write(end)}`
    }),
    classOf: value =>
      Math.max(
        0,
        starts.findLastIndex(start => value >= start),
      ),
  }
}

/** Equal steps from zero, in round numbers: for grids of counts, where twice as dark should mean about twice as many. */
export function equalClasses(values: number[]): ShadeClasses {
  const highest = Math.max(0, ...values)
  const wholeNumbers = values.every(Number.isInteger)
  if (highest === 0) return classesFrom([0], 0, wholeNumbers)
  // Whole steps also for weights of five or more, so that counts and weights beside each other share their shades.
  const width = highest >= 5 || wholeNumbers ? (Math.floor(highest) + 1) / 5 : highest / 5
  const step = highest >= 5 || wholeNumbers ? Math.max(1, Math.ceil(width)) : roundUp(width)
  const starts = [0, 1, 2, 3, 4].map(i => Number((i * step).toFixed(10))).filter(start => start <= highest)
  return classesFrom(starts, highest, wholeNumbers)
}

/**
 * About as many areas in each class: for maps, where a few city-centre areas would leave every other one in the
 * lowest of equal steps. Areas with the same value are always in the same class.
 */
export function quantileClasses(values: number[]): ShadeClasses {
  const wholeNumbers = values.every(Number.isInteger)
  const places = wholeNumbers ? 1 : 10
  // Rounded down, so that a class begins at a number that can be written and no area falls below the first.
  const sorted = values.map(v => Math.floor(v * places + 1e-9) / places).sort((a, b) => a - b)
  if (sorted.length === 0) return classesFrom([0], 0, true)
  const starts = [...new Set([0, 1, 2, 3, 4].map(i => sorted[Math.floor((i * sorted.length) / 5)]!))]
  return classesFrom(starts, sorted.at(-1)!, wholeNumbers)
}
