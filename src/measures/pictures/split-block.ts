/** A measure split by one dimension: bars with counts, the unknown hatched, and the table beside them. */
import { figureBars, figureWords } from '../../reports/charts/figure-parts.ts'
import { unitWords } from '../../reports/charts/figure-words.ts'
import { figureTable } from '../../web/figure-table.ts'
import { periodWords } from '../../web/words.ts'
import type { DimensionId, Figure, FigureRequest } from '../figure.ts'
import { lacksMonths } from '../warnings.ts'
import { type ChartBlock, chartBlock } from './chart-block.ts'
import { isUnknown, largestFinding, lowerFirst, shareWords } from './finding.ts'

export interface SplitOptions {
  id: string
  dimension: DimensionId
  /** What the chart is about: "Weapon in knife crime". The finding is added where there is one. */
  subject: string
  /** What one unit is called at the axis; the figure's own unit where absent. */
  unit?: string
}

/** More than these are a list, and the list is the table. */
const MOST_BARS = 12

/** Counts with each row's share of the whole; largest first, the unknown last. Never for lists of people. */
export function splitBlock(figure: Figure, request: FigureRequest, options: SplitOptions): ChartBlock {
  const { id, dimension, subject } = options
  const of = figure.total.count
  // Beside a comparator of which months were not sent every bar would look longer.
  const comparator = lacksMonths(figure) ? null : figure.comparator
  const bars = figureBars(figure, dimension)
    .map((bar, i) => {
      const row = figure.rows[i]!
      const text =
        row.count !== null && of && figure.total.denominator === null ? shareWords(row.count, of) : bar.text
      return { ...bar, text, compared: comparator ? bar.compared : null, unknown: isUnknown(row, dimension) }
    })
    .filter(bar => bar.value !== 0 || (bar.compared ?? 0) !== 0)
    .sort((a, b) => Number(a.unknown) - Number(b.unknown) || (b.value ?? -1) - (a.value ?? -1))
  const left = bars.filter((bar, i) => i >= MOST_BARS && !bar.unknown).length
  const none = figure.rows
    .filter(row => row.value === 0 && (row.comparatorValue ?? 0) === 0)
    .map(row => lowerFirst(row.labels[dimension] ?? 'Unknown'))
  return chartBlock(
    {
      kind: 'bars',
      ...figureWords(figure, id),
      // The filters stand above on the page, in words; the figure knows only their codes.
      subtitle: `${unitWords(figure)}, ${periodWords(figure.period.from, figure.period.to)}`,
      notes: [
        ...(left > 0 ? [`${left} more are in the table.`] : []),
        ...(none.length > 0 ? [`None counted: ${none.join(', ')}.`] : []),
      ],
      title: largestFinding(figure, dimension, subject),
      bars: bars.filter((bar, i) => i < MOST_BARS || bar.unknown),
      unit: options.unit ?? unitWords(figure),
      barLabel: periodWords(figure.period.from, figure.period.to),
      comparedLabel: comparator ? periodWords(comparator.from, comparator.to) : null,
    },
    figureTable(figure, {
      captionHidden: true,
      caption: `${subject}, ${periodWords(figure.period.from, figure.period.to)}`,
    }),
    request,
  )
}
