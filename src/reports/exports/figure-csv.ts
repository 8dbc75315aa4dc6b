/** A figure as CSV: one row a slice; what defines the figure is repeated on each row, so that rows can be stacked. */
import type { Figure } from '../../measures/figure.ts'
import { csv } from './csv.ts'
import { figureColumns } from './figure-columns.ts'

export function figureCsv(figure: Figure, synthetic: boolean): string {
  const columns = figureColumns(figure)
  const constants = {
    measure: figure.measure,
    unit: figure.unit,
    from: figure.period.from,
    to: figure.period.to,
    'comparator-from': figure.comparator?.from ?? null,
    'comparator-to': figure.comparator?.to ?? null,
    disclosure: figure.disclosure,
    figure: figure.id,
    'evidence-version': figure.lineage.evidenceVersion,
    synthetic,
  }
  return csv(
    [...columns.map(c => c.name), ...Object.keys(constants)],
    figure.rows.map(row => [...columns.map(c => c.of(row)), ...Object.values(constants)]),
  )
}
