/** A proportion split by one dimension: percentages with intervals and both counts. Rows on too few cases are left to the table. */
import { figureBars, figureWords } from '../../reports/charts/figure-parts.ts'
import { unitWords } from '../../reports/charts/figure-words.ts'
import { figureTable } from '../../web/figure-table.ts'
import { periodWords } from '../../web/words.ts'
import { SMALLEST_BASE } from '../disclosure.ts'
import type { DimensionId, Figure, FigureRequest } from '../figure.ts'
import { type ChartBlock, chartBlock } from './chart-block.ts'

export interface ProportionOptions {
  id: string
  dimension: DimensionId
  title: string
  /** "searches". */
  cases: string
  /** What those counted did: "found something or ended in action". */
  met: string
}

export function proportionBlock(
  figure: Figure,
  request: FigureRequest,
  { id, dimension, title, cases, met }: ProportionOptions,
): ChartBlock {
  const bars = figureBars(figure, dimension)
  const drawn = bars.filter((_, i) => (figure.rows[i]!.denominator ?? 0) >= SMALLEST_BASE)
  const left = bars.filter((b, i) => !drawn.includes(b) && (figure.rows[i]!.denominator ?? 0) > 0).length
  return chartBlock(
    {
      kind: 'bars',
      ...figureWords(figure, id),
      title,
      subtitle: `${unitWords(figure)}, ${periodWords(figure.period.from, figure.period.to)}`,
      notes: [
        ...(left > 0 ? [`${left} with fewer than ${SMALLEST_BASE} ${cases} are in the table only.`] : []),
        'Where intervals overlap widely, the difference may be chance.',
      ],
      bars: drawn,
      unit: unitWords(figure),
      barLabel: met,
      comparedLabel: null,
    },
    figureTable(figure, { captionHidden: true, caption: title }),
    request,
  )
}
