/** The list of hotspots as CSV: one row each, with what defines the list repeated on every row, as for figures. */
import { csv } from '../../reports/exports/csv.ts'
import type { AskedHotspots } from './hotspots-asked.ts'
import { hotspotRows } from './hotspots-table.ts'

/** `found` is there: the page has asked why not before. */
export function hotspotsCsv({ found, figure, request, scope }: AskedHotspots, synthetic: boolean): string {
  if (!found) throw new RangeError('there is nothing to write')
  const constants = {
    measure: figure.measure,
    unit: figure.unit,
    'all-counted': figure.total.count,
    from: figure.period.from,
    to: figure.period.to,
    'comparator-from': figure.comparator?.from ?? null,
    'comparator-to': figure.comparator?.to ?? null,
    'cell-metres': scope.cell,
    neighbours: scope.neighbours,
    'bandwidth-metres': found.surface?.bandwidth.metres ?? null,
    figure: figure.id,
    'evidence-version': found.evidenceVersion,
    synthetic,
  }
  return csv(
    [
      'number',
      'where',
      'count',
      'km2',
      'comparator-count',
      'change',
      'half-from-hour',
      'half-to-hour',
      ...Object.keys(constants),
    ],
    hotspotRows(found, figure, request).map(row => [
      row.number,
      row.name,
      row.count,
      row.km2,
      row.before,
      row.change?.words ?? null,
      row.hours?.from ?? null,
      row.hours?.to ?? null,
      ...Object.values(constants),
    ]),
  )
}
