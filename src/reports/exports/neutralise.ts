/**
 * Text that a spreadsheet would run as a formula when a file is opened: `=cmd|…`, `@SUM(…)`, `+1+cmd|…`. A
 * partner's file can carry it into a label, and an export would hand it to the next partner. Following the
 * OWASP advice on CSV injection, such text gets an apostrophe in front; numbers are left as numbers.
 *
 * The full-width signs count because Excel folds them to the plain ones in some locales.
 */
const RUNS_AS_FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/

export const neutralise = (text: string): string => (RUNS_AS_FORMULA.test(text) ? `'${text}` : text)
