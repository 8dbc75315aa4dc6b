/**
 * A CSV file as columns, read as a stream: numbers go straight into typed arrays, so that a million rows cost a
 * few megabytes a column. The separator is told from the heading row.
 */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { parse } from 'csv-parse'
import { readHeader } from '../../evidence/intake/header.ts'
import { LONGEST_RECORD } from '../../evidence/intake/reading/limits.ts'
import { InputFault } from '../../platform/errors.ts'
import type { Analysis, InputColumn, InputTable } from './analyse-method.ts'
import { cellNumber, kindWords } from './cell-values.ts'
import { refuseRepeatedRows } from './repeated-rows.ts'

interface Filling {
  column: InputColumn
  /** Place of the column in the file. */
  at: number
  numbers: Float64Array
  texts: string[]
}

/** Row of the spreadsheet on which the first row of data stands. */
const FIRST_ROW = 2
const ROWS_AT_FIRST = 1024
/** A cell in a sentence. */
const LONGEST_SHOWN = 40

/** `path` is what is opened, `name` what sentences call it. Throws `InputFault` that names row and column. */
export async function readTable(
  path: string,
  name: string,
  wanted: Pick<Analysis, 'columns' | 'others' | 'unique'>,
  signal?: AbortSignal,
): Promise<InputTable> {
  await refuseWhatIsNoFile(path, name)
  const header = await readHeader(path, name)
  const fillings = placeColumns(header.headings, wanted, name)
  const sheetRows: number[] = []
  let rows = 0
  let sheetRow = 0

  const take = (record: readonly string[]): void => {
    sheetRow++
    if (sheetRow === 1 || (record.length === 1 && record[0] === '')) return
    if (record.length !== header.headings.length) {
      throw new InputFault(
        'input-invalid',
        `Row ${sheetRow} of ${name} has ${record.length} cells where the heading row has ${header.headings.length}.`,
      )
    }
    for (const filling of fillings) fill(filling, rows, record[filling.at]!, sheetRow, name)
    // Kept only from the first empty line on: until then the row of the sheet follows from the row.
    if (sheetRows.length > 0 || sheetRow !== rows + FIRST_ROW) sheetRows[rows] = sheetRow
    rows++
  }

  try {
    await pipeline(
      createReadStream(path),
      parse({
        delimiter: header.delimiter,
        bom: true,
        from_line: header.skip + 1,
        relax_column_count: true,
        max_record_size: LONGEST_RECORD,
      }),
      async (records: AsyncIterable<string[]>) => {
        for await (const record of records) take(record)
      },
      { signal },
    )
  } catch (error) {
    throw isCsvError(error)
      ? new InputFault(
          'file-damaged',
          `${name} cannot be read beyond row ${sheetRow + 1}: a quotation mark is opened there and never closed, or stands inside a cell.`,
        )
      : error
  }
  if (rows === 0) throw new InputFault('file-empty', `${name} has a heading row and no rows.`)
  const table = tableOf(rows, header.headings, fillings, row => sheetRows[row] ?? row + FIRST_ROW, name)
  refuseRepeatedRows(table, wanted.unique ?? [], row => sheetRows[row] ?? row + FIRST_ROW, name)
  return table
}

async function refuseWhatIsNoFile(path: string, name: string): Promise<void> {
  const there = await stat(path).catch(() => {
    throw new InputFault(
      'file-unreadable',
      `${name} cannot be opened. Check the path and that you may read it.`,
    )
  })
  if (there.isDirectory()) throw new InputFault('file-unreadable', `${name} is a folder; name a file.`)
  if (there.isFile() && there.size === 0) throw new InputFault('file-empty', `${name} is empty.`)
}

const isCsvError = (error: unknown): boolean =>
  error instanceof Error && /^CSV_/.test((error as NodeJS.ErrnoException).code ?? '')

function placeColumns(
  headings: readonly string[],
  { columns, others }: Pick<Analysis, 'columns' | 'others'>,
  name: string,
): Filling[] {
  const repeated = headings.find((heading, i) => headings.indexOf(heading) !== i)
  if (repeated !== undefined)
    throw new InputFault('input-invalid', `${name} has two columns named "${repeated}".`)
  const missing = columns.filter(c => !c.optional && !headings.includes(c.name)).map(c => c.name)
  if (missing.length > 0) {
    throw new InputFault(
      'input-invalid',
      `${name} lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}; it has ${headings.join(', ')}.`,
    )
  }
  const named = new Set(columns.map(c => c.name))
  const rest: InputColumn[] = others
    ? headings.filter(h => !named.has(h)).map(h => ({ name: h, kind: 'text', mayBeEmpty: true }))
    : []
  return [...columns.filter(c => headings.includes(c.name)), ...rest].map(column => ({
    column,
    at: headings.indexOf(column.name),
    numbers: new Float64Array(column.kind === 'text' ? 0 : ROWS_AT_FIRST),
    texts: [],
  }))
}

function fill(filling: Filling, row: number, raw: string, sheetRow: number, name: string): void {
  const { kind, mayBeEmpty, name: heading } = filling.column
  const cell = raw.trim()
  if (cell === '' && !mayBeEmpty) {
    throw new InputFault('input-invalid', `Row ${sheetRow}, column ${heading} of ${name}: the cell is empty.`)
  }
  if (kind === 'text') {
    filling.texts.push(cell)
    return
  }
  const value = cell === '' ? Number.NaN : cellNumber(kind, cell)
  if (cell !== '' && Number.isNaN(value)) {
    const shown = cell.length > LONGEST_SHOWN ? `${cell.slice(0, LONGEST_SHOWN)}…` : cell
    throw new InputFault(
      'input-invalid',
      `Row ${sheetRow}, column ${heading} of ${name}: "${shown}" is not ${kindWords[kind]}.`,
    )
  }
  if (row === filling.numbers.length) {
    const wider = new Float64Array(row * 2)
    wider.set(filling.numbers)
    filling.numbers = wider
  }
  filling.numbers[row] = value
}

function tableOf(
  rows: number,
  headings: readonly string[],
  fillings: readonly Filling[],
  sheetRow: (row: number) => number,
  name: string,
): InputTable {
  const byName = new Map(fillings.map(filling => [filling.column.name, filling]))
  const found = (column: string): Filling => {
    const filling = byName.get(column)
    if (!filling) throw new Error(`The column ${column} was not asked for.`)
    return filling
  }
  return {
    rows,
    headings,
    has: column => byName.has(column),
    numbers: column => found(column).numbers.subarray(0, rows),
    texts: column => found(column).texts,
    fault: (row, column, reason) =>
      new InputFault('input-invalid', `Row ${sheetRow(row)}, column ${column} of ${name}: ${reason}.`),
  }
}
