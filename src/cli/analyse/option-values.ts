/** Numbers given as options. Wrong ones are wrong usage. */
import { UsageFault } from '../../platform/errors.ts'

export interface Range {
  /** Smallest allowed. */
  least?: number
  /** Must be greater than this. */
  above?: number
  most?: number
  whole?: boolean
}

const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** Throws `UsageFault` that says the option, what it is and what it must be. */
export function numberOption(option: string, text: string, range: Range = {}): number {
  const value = PLAIN.test(text) ? Number(text) : Number.NaN
  const {
    least = Number.NEGATIVE_INFINITY,
    above = Number.NEGATIVE_INFINITY,
    most = Number.MAX_VALUE,
  } = range
  const fits =
    value >= least && value > above && value <= most && (range.whole !== true || Number.isSafeInteger(value))
  if (fits) return value
  throw new UsageFault(`${option} is "${text}" but must be ${rangeWords(range)}.`)
}

/** Numbers with commas between. */
export const numbersOption = (option: string, text: string, range: Range = {}): number[] =>
  text.split(',').map(part => numberOption(option, part.trim(), range))

function rangeWords({ least, above, most, whole }: Range): string {
  const limits = [
    ...(least === undefined ? [] : [`of at least ${least}`]),
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(most === undefined ? [] : [`of at most ${most}`]),
  ]
  return [whole ? 'a whole number' : 'a number', limits.join(' and ')].filter(Boolean).join(' ')
}
