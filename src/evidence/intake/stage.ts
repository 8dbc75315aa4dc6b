/**
 * Brings a prepared file into a staging table of text cells, `staged (c0, c1, …)`, each row with the number
 * that the clerk sees in the spreadsheet: headings are row 1.
 *
 * The engine's own reader is tried first. Where it stumbles (a row with too many cells, a stray quotation
 * mark) the file is read again with care, record by record, and each such row carries its fault.
 */
import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parse } from 'csv-parse'
import type { EngineConnection } from '../../platform/duckdb.ts'
import { InputFault } from '../../platform/errors.ts'
import { quote } from '../dataset.ts'
import type { Header } from './header.ts'
import { csvLine } from './reading/csv-text.ts'
import { LONGEST_RECORD } from './reading/limits.ts'

export interface Stage {
  /** SQL that gives a row's number in the file. */
  rowNumber: string
  /** SQL that gives what is wrong with the row as a record, or null. */
  recordFault: string
  rows: number
}

const cells = (count: number): string[] => Array.from({ length: count }, (_, i) => `c${i}`)

const readCsv = (path: string, columns: readonly string[], delimiter: string, skip: number): string =>
  `read_csv(${quote(path)}, auto_detect = false, header = true, skip = ${skip}, delim = ${quote(delimiter)}, quote = '"', escape = '"',
     max_line_size = ${LONGEST_RECORD}, columns = {${columns.map(c => `${c}: 'VARCHAR'`).join(', ')}})`

export async function stageCsv(
  connection: EngineConnection,
  path: string,
  name: string,
  header: Header,
  scratch: string,
): Promise<Stage> {
  const columns = cells(header.headings.length)
  try {
    await connection.run(
      `create table staged as select * from ${readCsv(path, columns, header.delimiter, header.skip)}`,
    )
    return { rowNumber: 'rowid + 2', recordFault: 'null', rows: await stagedRows(connection) }
  } catch (error) {
    if (!isCsvFault(error)) throw error
  }
  const careful = join(scratch, 'careful.csv')
  await rewriteCarefully(path, name, header, careful)
  const all = ['sheet_row', 'record_fault', ...columns]
  await connection.run('drop table if exists staged')
  await connection.run(`create table staged as select cast(sheet_row as bigint) as sheet_row, * exclude (sheet_row)
     from ${readCsv(careful, all, ',', 0)}`)
  return { rowNumber: 'sheet_row', recordFault: 'record_fault', rows: await stagedRows(connection) }
}

export async function stageParquet(
  connection: EngineConnection,
  path: string,
  name: string,
): Promise<{ stage: Stage; headings: string[] }> {
  const described = await connection
    .rows<{ column_name: string }>(`describe select * from read_parquet(${quote(path)})`)
    .catch(() => {
      throw new InputFault(
        'file-damaged',
        `${name} is a Parquet file that breaks off or is damaged. Send it again.`,
      )
    })
  const headings = described.map(row => row.column_name)
  const list = headings.map((h, i) => `cast("${h.replaceAll('"', '""')}" as varchar) as c${i}`)
  await connection.run(`create table staged as select ${list.join(', ')} from read_parquet(${quote(path)})`)
  return {
    stage: { rowNumber: 'rowid + 1', recordFault: 'null', rows: await stagedRows(connection) },
    headings,
  }
}

async function stagedRows(connection: EngineConnection): Promise<number> {
  const [row] = await connection.rows<{ n: number }>('select count(*) as n from staged')
  return row!.n
}

/** Faults of the file, as opposed to the disk or the memory. */
const isCsvFault = (error: unknown): boolean =>
  error instanceof Error && /CSV Error|Invalid Input Error|Invalid unicode/i.test(error.message)

async function rewriteCarefully(path: string, name: string, header: Header, to: string): Promise<void> {
  const width = header.headings.length
  let rowNumber = 0
  const parser = parse({
    delimiter: header.delimiter,
    bom: true,
    from_line: header.skip + 1,
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: LONGEST_RECORD,
  })
  try {
    await pipeline(
      createReadStream(path),
      parser,
      async function* rows(records: AsyncIterable<string[]>) {
        yield csvLine(['sheet_row', 'record_fault', ...cells(width)])
        for await (const record of records) {
          rowNumber++
          if (rowNumber === 1 || (record.length === 1 && record[0] === '')) continue
          const fault =
            record.length === width
              ? null
              : `the row has ${record.length} cells where the heading row has ${width}`
          yield csvLine([
            String(rowNumber),
            fault,
            ...Array.from({ length: width }, (_, i) => record[i] ?? null),
          ])
        }
      },
      createWriteStream(to),
    )
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw error
    throw new InputFault(
      'file-damaged',
      `${name} cannot be read beyond row ${rowNumber + 1}: a quotation mark is opened there and never closed, or the row is too long.`,
    )
  }
}
