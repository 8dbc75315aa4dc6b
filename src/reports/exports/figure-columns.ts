/** A figure as flat columns, one row a slice: what CSV, Excel and terminal tables have in common. */
import { dimensionTitle } from '../../measures/dimensions.ts'
import type { Figure, FigureRow } from '../../measures/figure.ts'
import { unitWords } from '../charts/figure-words.ts'
import type { CsvValue } from './csv.ts'

export interface FigureColumn {
  name: string
  /** A heading for people. */
  title: string
  of(row: FigureRow): CsvValue
}

/** Columns that this figure fills: codes beside labels, comparator and adjustment only where there are any. */
export function figureColumns(figure: Figure): FigureColumn[] {
  const rows = [...figure.rows, figure.total]
  const given = (of: (row: FigureRow) => unknown) => rows.some(row => of(row) !== null)
  const column = (name: string, title: string, of: FigureColumn['of']): FigureColumn => ({ name, title, of })
  return [
    ...figure.by.flatMap(dimension => [
      column(dimension, dimensionTitle(dimension), row => row.labels[dimension] ?? 'Unknown'),
      column(`${dimension}-code`, `${dimensionTitle(dimension)} code`, row => row.codes[dimension] ?? null),
    ]),
    column('value', unitWords(figure), row => row.value),
    column('count', 'Count', row => row.count),
    ...(given(row => row.denominator) ? [column('denominator', 'Out of', row => row.denominator)] : []),
    column('low', '95% from', row => row.low),
    column('high', '95% to', row => row.high),
    ...(figure.comparator
      ? [
          column('comparator-value', 'Comparator', row => row.comparatorValue),
          column('comparator-count', 'Comparator count', row => row.comparatorCount),
          ...(given(row => row.comparatorDenominator)
            ? [column('comparator-denominator', 'Comparator out of', row => row.comparatorDenominator)]
            : []),
        ]
      : []),
    ...(given(row => row.adjustedValue)
      ? [column('adjusted-value', 'Adjusted for recording changes', row => row.adjustedValue)]
      : []),
    column('suppressed', 'Suppressed', row => row.suppressed),
    column('missing', 'Missing', row => row.missing),
  ]
}
