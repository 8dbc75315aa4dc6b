/** CSV as Concord writes it: quoted where needed, line feeds, UTF-8. */

export const csvLine = (values: readonly (string | null)[]): string =>
  `${values.map(v => (v === null ? '' : /[",\r\n]|^\s|\s$/.test(v) ? `"${v.replaceAll('"', '""')}"` : v)).join(',')}\n`

/** A cell that a spreadsheet would run as a formula. Numbers, also negative ones, are none. */
const FORMULA = /^[=+\-@\t\r]/
const PLAIN_NUMBER = /^[+-]?\d+([.,]\d+)?$/

/** Puts an apostrophe before a formula, as spreadsheets do; `withoutGuard` takes it off again. */
export const guardFormula = (text: string): string =>
  FORMULA.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text
