/** A figure as an Excel workbook: a sheet of real numbers and dates, and a sheet of notes. */
import writeExcelFile, { type Cell, type SheetData } from 'write-excel-file/node'
import type { Figure } from '../../measures/figure.ts'
import { InputFault } from '../../platform/errors.ts'
import type { CsvValue } from './csv.ts'
import type { ExportContext } from './export-context.ts'
import { figureColumns } from './figure-columns.ts'
import { figureNotes } from './figure-notes.ts'
import { neutralise } from './neutralise.ts'

/** Rows that a sheet of Excel holds, less the heading. */
const SHEET_ROWS = 1_048_575
/** Characters that a cell of Excel holds. */
const CELL_CHARACTERS = 32_767

const heading = (text: string): Cell => ({ value: neutralise(text), fontWeight: 'bold', wrap: true })

/**
 * The writer keeps its texts in a plain object, where names such as `valueOf` are there already and would be taken
 * for texts written before. A space at the end tells them apart.
 */
const keptApart = (value: string): string => (value in Object.prototype ? `${value} ` : value)

const text = (value: string): Cell => ({
  value: keptApart(neutralise(value).slice(0, CELL_CHARACTERS)),
  type: String,
})

// Excel has no time zone: the writer takes the UTC clock of a Date, so a day is its UTC midnight.
const day = (value: string, format: string): Cell => ({
  value: new Date(`${value}T00:00:00Z`),
  type: Date,
  format,
})

function cell(column: string, value: CsvValue): Cell {
  if (value === null) return null
  if (typeof value === 'boolean') return { value, type: Boolean }
  if (typeof value === 'number')
    return { value, type: Number, format: Number.isInteger(value) ? '#,##0' : '#,##0.0' }
  return column === 'month-code' ? day(`${value}-01`, 'mmm yyyy') : text(value)
}

/** Bytes of the workbook. Throws `file-too-large` where a sheet cannot hold the rows. */
export async function figureXlsx(figure: Figure, context: ExportContext): Promise<Uint8Array> {
  if (figure.rows.length > SHEET_ROWS) {
    throw new InputFault(
      'file-too-large',
      `The figure has ${figure.rows.length.toLocaleString('en-GB')} rows and a sheet of Excel holds ${SHEET_ROWS.toLocaleString('en-GB')}. Export it as csv or json.`,
    )
  }
  const columns = figureColumns(figure)
  const labels = new Set<string>(figure.by)
  const numbers: SheetData = [
    columns.map(column => heading(column.title)),
    ...figure.rows.map(row => columns.map(column => cell(column.name, column.of(row)))),
  ]
  const notes: SheetData = figureNotes(figure, context).map(({ about, value }) => [
    heading(about),
    typeof value === 'string' ? text(value) : day(value.day, 'd mmmm yyyy'),
  ])
  return writeExcelFile([
    {
      data: numbers,
      sheet: context.synthetic ? 'Figure (synthetic)' : 'Figure',
      stickyRowsCount: 1,
      columns: columns.map(column => ({ width: labels.has(column.name) ? 32 : 16 })),
    },
    { data: notes, sheet: 'Notes', columns: [{ width: 24 }, { width: 100 }] },
  ]).toBuffer()
}
