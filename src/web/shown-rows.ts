/**
 * How many rows a load or a month has, as a viewer may know it. A file of one row an event is a count of events:
 * whoever sees figures protected would read from it exactly what the figure withholds (R27).
 */
import type { Held } from '../evidence/catalogue/coverage.ts'
import type { LoadDetail } from '../evidence/catalogue/loads.ts'
import type { Finding } from '../evidence/intake/load-report.ts'
import { roundedRows } from '../measures/disclosure.ts'
import type { DisclosureLevel } from '../measures/figure.ts'

export const shownRows = (rows: number, disclosure: DisclosureLevel): number =>
  disclosure === 'record' ? rows : roundedRows(rows)

const ROWS_OF_LOAD = ['rowsRead', 'rowsAccepted', 'rowsRejected', 'rowsRepeated'] as const
type RowsOfLoad = Record<(typeof ROWS_OF_LOAD)[number], number>

export function shownLoad<L extends RowsOfLoad>(load: L, disclosure: DisclosureLevel): L {
  const shown = { ...load }
  for (const name of ROWS_OF_LOAD) shown[name] = shownRows(load[name], disclosure)
  return shown
}

export const shownDetail = (load: LoadDetail, disclosure: DisclosureLevel): LoadDetail => ({
  ...shownLoad(load, disclosure),
  findings: shownFindings(load.findings, disclosure),
  reasons: load.reasons.map(reason => ({ ...reason, rows: shownRows(reason.rows, disclosure) })),
  months: load.months.map(({ month, rows, standing }) => ({
    month,
    rows: shownRows(rows, disclosure),
    standing: shownRows(standing, disclosure),
  })),
})

/** A finding about rows holds their exact number, and one about names quotes cells: only those about the file remain. */
export const shownFindings = <F extends Finding>(findings: readonly F[], disclosure: DisclosureLevel): F[] =>
  disclosure === 'record'
    ? [...findings]
    : findings.filter(finding => finding.rows === null && finding.kind !== 'name-not-on-list')

export const shownHeld = (held: Held, disclosure: DisclosureLevel): Held => ({
  ...held,
  rows: shownRows(held.rows, disclosure),
  months: held.months.map(({ month, rows }) => ({ month, rows: shownRows(rows, disclosure) })),
})

/** Said beside the numbers where they are not the exact ones. */
export const rowsNotice = (disclosure: DisclosureLevel): string | null =>
  disclosure === 'record'
    ? null
    : 'Numbers of rows are rounded to the nearest 5, and 1 to 4 are shown as 5. What was noticed about single rows is shown to analysts.'
