/** Months down, areas across: a figure by area and month as people lay it out in a spreadsheet. */
import { type DataTable, dataTable, type TableCell } from '../../web/data-table.ts'
import { monthShort, numberWords } from '../../web/words.ts'
import type { Figure, FigureRow } from '../figure.ts'

/** Latest month first; what could not be placed is the last column. `figure` is split by npu and month. */
export function areasTable(figure: Figure, caption: string): DataTable {
  const areas = [...new Map(figure.rows.map(row => [row.codes.npu ?? null, row.labels.npu ?? 'Unknown']))]
  const rowAt = new Map(figure.rows.map(row => [`${row.codes.npu ?? ''} ${row.codes.month ?? ''}`, row]))
  const months = [...new Set(figure.rows.flatMap(row => row.codes.month ?? []))].sort().reverse()
  return dataTable({
    caption,
    captionHidden: true,
    columns: [
      { key: 'month', title: 'Month' },
      ...areas.map(([code, title]) => ({ key: code ?? 'unknown', title, numeric: true })),
    ],
    rows: months.map(month => [
      { text: monthShort(month) },
      ...areas.map(([code]) => cell(rowAt.get(`${code ?? ''} ${month}`))),
    ]),
    layout: 'scroll',
  })
}

function cell(row: FigureRow | undefined): TableCell {
  if (row && row.value !== null) return { text: numberWords(row.value) }
  return { text: row?.suppressed ? 'withheld' : row?.missing ? 'not sent' : '–', withheld: true }
}
