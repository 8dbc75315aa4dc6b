/**
 * Changes of measures in places that lie beyond what chance gives, with how many comparisons were made: of a
 * hundred comparisons of nothing, about five look clear.
 */
import { type DataTable, dataTable, type Sorting } from '../../web/data-table.ts'
import { figureAddress } from '../../web/figure-address.ts'
import { countOf, countWords } from '../../web/words.ts'
import { changeOf } from '../change.ts'
import type { Figure, FigureRequest, FigureRow } from '../figure.ts'

interface AreaChange {
  measure: string
  area: string
  row: FigureRow
  words: string
  difference: number
  href: string
}

export interface ClearChanges {
  table: DataTable | null
  /** How many comparisons were made, and how many would look clear by chance. */
  sentence: string
}

/** Each figure is split by policing area, with its request. Places are sorted by name unless asked otherwise. */
export function clearChanges(
  figures: readonly { figure: Figure; request: FigureRequest }[],
  areaTitle: string,
  sorting: Sorting,
): ClearChanges {
  let compared = 0
  const found: AreaChange[] = []
  for (const { figure, request } of figures) {
    for (const row of figure.rows) {
      const code = row.codes.npu
      const change = code ? changeOf(figure, row) : null
      if (!code || !change) continue
      compared++
      if (!change.clear) continue
      found.push({
        measure: figure.title,
        area: row.labels.npu ?? code,
        row,
        words: change.short,
        difference: row.count! - row.comparatorCount!,
        href: figureAddress({ ...request, by: ['month'], where: { ...request.where, npu: [code] } }),
      })
    }
  }
  const sentence =
    compared === 0
      ? 'Nothing could be compared: a side was not sent, is withheld, or the periods differ in length.'
      : `Each measure was compared in each area: ${countOf(compared, 'comparison')}. ${found.length === 0 ? 'None shows' : `${countWords(found.length)} ${found.length === 1 ? 'shows' : 'show'}`} a clear change, larger than chance gives 19 times in 20. By chance alone about ${countWords(Math.max(1, Math.round(compared / 20)))} would.`
  if (found.length === 0) return { table: null, sentence }
  const table = dataTable({
    caption: 'Changes beyond chance, by area and measure',
    captionHidden: true,
    columns: [
      { key: 'area', title: areaTitle, sortable: true },
      { key: 'measure', title: 'Measure', sortable: true },
      { key: 'change', title: 'Change', numeric: true, sortable: true },
      { key: 'count', title: 'Count', numeric: true, sortable: true },
      { key: 'before', title: 'Compared with', numeric: true, sortable: true },
    ],
    rows: found.map(f => [
      { text: f.area, href: f.href },
      { text: f.measure },
      { text: f.words, sort: f.difference },
      { text: countWords(f.row.count!), sort: f.row.count! },
      { text: countWords(f.row.comparatorCount!), sort: f.row.comparatorCount! },
    ]),
    sorting: { ...sorting, sort: sorting.sort || 'area', order: sorting.order || 'ascending' },
  })
  return { table, sentence }
}
