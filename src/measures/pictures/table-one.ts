/** Table 1 of the June 2019 board paper: knife crime and victims under 25, by policing area. */
import { type DataTable, dataTable, type TableCell } from '../../web/data-table.ts'
import { figureAddress } from '../../web/figure-address.ts'
import { countWords, periodWords } from '../../web/words.ts'
import { SMALLEST_BASE } from '../disclosure.ts'
import type { Figure, FigureRequest, FigureRow } from '../figure.ts'

export interface TableOne {
  table: DataTable
  counted: { text: string; href: string }[]
}

/**
 * The paper divides victims by offences. An offence can have two victims and a business has none, so the column
 * says what is divided by what.
 */
export function tableOne(
  offences: { figure: Figure; request: FigureRequest },
  victims: { figure: Figure; request: FigureRequest },
  areaTitle: string,
): TableOne {
  const { figure } = offences
  const byArea = new Map(victims.figure.rows.map(row => [row.codes.npu ?? null, row]))
  const cells = (label: string, row: FigureRow, under25: FigureRow | undefined): TableCell[] => [
    { text: label },
    cell(row),
    under25 ? cell(under25) : { text: '–', withheld: true },
    percentCell(under25?.count ?? null, row.count),
  ]
  return {
    table: dataTable({
      caption: `Knife crime and victims under 25 by ${areaTitle.toLowerCase()}, ${periodWords(figure.period.from, figure.period.to)}`,
      captionHidden: true,
      columns: [
        { key: 'npu', title: areaTitle },
        { key: 'offences', title: 'Knife crime, offences', numeric: true },
        { key: 'victims', title: 'Victims under 25', numeric: true },
        { key: 'percent', title: 'Victims under 25 for each 100 offences', numeric: true },
      ],
      rows: figure.rows
        // What could not be placed is shown where there is any.
        .filter(row => row.codes.npu !== null || row.count !== 0)
        .toSorted(
          (a, b) =>
            Number(a.codes.npu === null) - Number(b.codes.npu === null) || (b.count ?? -1) - (a.count ?? -1),
        )
        .map(row => cells(row.labels.npu ?? 'Unknown', row, byArea.get(row.codes.npu ?? null))),
      total: cells('All', figure.total, victims.figure.total),
    }),
    counted: [
      { text: 'How were the offences counted?', href: figureAddress(offences.request) },
      { text: 'How were the victims counted?', href: figureAddress(victims.request) },
    ],
  }
}

const cell = (row: FigureRow): TableCell =>
  row.count === null
    ? { text: row.suppressed ? 'withheld' : 'not sent', withheld: true }
    : { text: countWords(row.count) }

const percentCell = (count: number | null, of: number | null): TableCell =>
  count === null || of === null || of < SMALLEST_BASE
    ? { text: of !== null && of < SMALLEST_BASE ? 'too few' : '–', withheld: true }
    : { text: String(Math.round((100 * count) / of)) }
