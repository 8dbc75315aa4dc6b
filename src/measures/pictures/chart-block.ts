/** A chart as a page shows it: the picture in both layouts, its table, and the ways to its figure. */
import { type Chart, chartForPage } from '../../reports/charts/draw-chart.ts'
import type { DataTable } from '../../web/data-table.ts'
import { figureAddress } from '../../web/figure-address.ts'
import type { Figure, FigureRequest, FigureWarning } from '../figure.ts'
import { saidOnce } from '../warnings.ts'

export interface ChartBlock {
  id: string
  title: string
  subtitle: string
  svg: string
  table: DataTable
  counted: string
  downloads: { text: string; href: string }[]
}

/** `request` is that of the figure whose numbers the chart shows: its page answers "how was this counted?". */
export const chartBlock = (chart: Chart, table: DataTable, request: FigureRequest): ChartBlock => ({
  id: chart.id,
  title: chart.title,
  subtitle: chart.subtitle,
  svg: chartForPage(chart),
  table,
  counted: figureAddress(request),
  downloads: [
    { text: 'Excel', href: figureAddress(request, 'xlsx') },
    { text: 'CSV', href: figureAddress(request, 'csv') },
    { text: 'Chart', href: figureAddress(request, 'svg') },
  ],
})

const SUPPRESSED =
  'Counts from 1 to 4 are withheld so that nobody can be identified, and others so that they cannot be worked out.'

/** The warning as a page of several figures says it: how many cells each of them withholds would be noise. */
export const onPage = (warning: FigureWarning): FigureWarning =>
  warning.kind === 'suppressed' ? { ...warning, sentence: SUPPRESSED } : warning

/** Warnings of several figures of one page, each said once. Unknown shares and small numbers stand at their charts. */
export function pageWarnings(figures: readonly Figure[]): FigureWarning[] {
  const bySentence = new Map(figures.flatMap(f => f.warnings.map(onPage)).map(w => [w.sentence, w]))
  return saidOnce(
    [...bySentence.values()].filter(w => w.kind !== 'small-numbers' && w.kind !== 'unknown-share'),
  )
}
