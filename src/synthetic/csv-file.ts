/** Writes a dataset's CSV piece by piece, so that the longest of them never stands in memory whole. */
import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Dataset } from '../evidence/dataset.ts'

/** A file that the synthetic partnership has written for intake. */
export interface SyntheticFile {
  dataset: string
  path: string
  rows: number
}

export type Cell = string | number | null

export interface CsvFile {
  /** One row, by the names of the dataset's columns; every column must be named, and no other. */
  row(cells: Readonly<Record<string, Cell>>): void
  close(): SyntheticFile
}

const PIECE = 1 << 20

/** `synthetic-<dataset>[-<part>].csv` in the folder, with the headings of our template. */
export function createCsvFile(folder: string, dataset: Dataset, part?: string): CsvFile {
  const columns = dataset.columns.map(c => c.name)
  const path = join(folder, `synthetic-${dataset.id}${part ? `-${part}` : ''}.csv`)
  const file = openSync(path, 'w')
  let piece = `${columns.join(',')}\n`
  let rows = 0
  return {
    row: cells => {
      if (rows === 0) checkColumns(columns, cells, dataset.id)
      for (let i = 0; i < columns.length; i++)
        piece += i === 0 ? text(cells[columns[i]!]!) : `,${text(cells[columns[i]!]!)}`
      piece += '\n'
      rows++
      if (piece.length > PIECE) {
        writeSync(file, piece)
        piece = ''
      }
    },
    close: () => {
      writeSync(file, piece)
      closeSync(file)
      return { dataset: dataset.id, path, rows }
    },
  }
}

function checkColumns(columns: string[], cells: Readonly<Record<string, Cell>>, dataset: string): void {
  const given = Object.keys(cells)
  if (given.length !== columns.length || !columns.every(c => given.includes(c))) {
    throw new Error(`The rows for ${dataset} have ${given.join(', ')}, its descriptor ${columns.join(', ')}`)
  }
}

const text = (cell: Cell): string | number =>
  cell === null
    ? ''
    : typeof cell === 'string' && /[",\r\n]/.test(cell)
      ? `"${cell.replaceAll('"', '""')}"`
      : cell

/** Writes a whole dataset from rows that are made one by one. */
export function writeCsvFile(
  folder: string,
  dataset: Dataset,
  rows: Iterable<Readonly<Record<string, Cell>>>,
): SyntheticFile {
  const file = createCsvFile(folder, dataset)
  for (const row of rows) file.row(row)
  return file.close()
}
