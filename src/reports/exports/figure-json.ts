/** A figure as JSON: the shape that the API, the command line and stored papers share. */
import type { Figure, FigureRow } from '../../measures/figure.ts'

type Flat = Record<string, unknown>

const flatten = ({ labels, codes, ...values }: FigureRow): Flat => ({ ...labels, codes, ...values })

/**
 * The figure with each row flattened to `{ "<dimension>": label, codes, value, count, denominator, low, high,
 * comparatorValue, …, suppressed, missing }`. Nothing about the moment of asking is in it, so that the same
 * figure has the same bytes.
 */
export function figureObject(figure: Figure, synthetic: boolean): Flat {
  const { rows, total, unknown, warnings, recordingChanges, disclosure, lineage, ...defining } = figure
  return {
    ...defining,
    disclosure,
    synthetic,
    rows: rows.map(flatten),
    total: flatten(total),
    unknown,
    warnings,
    recordingChanges,
    lineage,
  }
}

export const figureJson = (figure: Figure, synthetic: boolean): string =>
  `${JSON.stringify(figureObject(figure, synthetic), null, 2)}\n`
