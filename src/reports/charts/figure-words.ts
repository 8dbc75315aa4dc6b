/** Values of a figure as they are written on charts: never a percentage or a rate without its counts. */
import type { Figure, FigureRow } from '../../measures/figure.ts'
import { countText, valueText } from './numbers.ts'

export const isPercent = (figure: Pick<Figure, 'unit'>): boolean => figure.unit.startsWith('%')

/** Why there is no value. */
export const withheldWords = (row: FigureRow): string =>
  row.suppressed ? 'withheld' : row.missing ? 'not sent' : 'none to divide by'

/** "731"; "49% (357 of 731)"; "98.3 (1,120 of 1,139,400 residents)". */
export function rowText(figure: Figure, row: FigureRow): string {
  if (row.value === null) return withheldWords(row)
  const value = isPercent(figure) ? `${valueText(row.value)}%` : valueText(row.value)
  if (figure.kind === 'median' && row.count !== null)
    return `${value} (the middle of ${countText(row.count)})`
  if (row.denominator === null || row.count === null) return value
  const base = figure.against === null ? '' : ` ${figure.against}`
  return `${value} (${countText(row.count)} of ${countText(row.denominator)}${base})`
}

/** "Offences per 100,000 residents, by ward": what an axis or a subtitle says. */
export const unitWords = (figure: Figure): string =>
  isPercent(figure)
    ? figure.unit.replace(/^%/, 'Per cent')
    : figure.unit.charAt(0).toUpperCase() + figure.unit.slice(1)
