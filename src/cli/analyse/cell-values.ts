/** Cells of a CSV file as numbers: NaN where a cell cannot be read as what its column holds. */
import type { ColumnKind } from './analyse-method.ts'

/** Not what `Number` takes: it reads '' as 0 and '0x1F' as 31. */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
/** A day alone is refused: read as midnight it would fill the first hour of the day with what has no hour. */
const TIME = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?$/
const MS_PER_MINUTE = 60_000

export function cellNumber(kind: Exclude<ColumnKind, 'text'>, text: string): number {
  if (kind === 'time') return minutesOf(text)
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN
  switch (kind) {
    case 'number':
      return Number.isFinite(value) ? value : Number.NaN
    case 'integer':
      return Number.isSafeInteger(value) ? value : Number.NaN
    case 'count':
      return Number.isSafeInteger(value) && value >= 0 ? value : Number.NaN
  }
}

export const kindWords: Record<ColumnKind, string> = {
  text: 'text',
  number: 'a finite number',
  integer: 'a whole number',
  count: 'a whole number from 0',
  time: 'a time such as 2019-04-30 23:59, without a time zone',
}

/** Minutes since 1970-01-01 00:00, both by the clock on the wall; NaN for a day or hour that there is not. */
function minutesOf(text: string): number {
  const parts = TIME.exec(text)
  if (!parts) return Number.NaN
  const [, year, month, day, hour, minute, second = '0'] = parts
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day))
  // Date.UTC reads 2019-02-30 as 2 March.
  if (new Date(midnight).getUTCDate() !== Number(day) || Number(month) > 12) return Number.NaN
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) >= 60) return Number.NaN
  return midnight / MS_PER_MINUTE + Number(hour) * 60 + Number(minute) + Number(second) / 60
}
