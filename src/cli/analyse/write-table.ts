/**
 * What a method gives back, as text in pieces: a table of a million rows is never one string. Numbers are written
 * in full precision (the shortest text that reads back as the same number), NaN as an empty field or null.
 * An infinite limit, such as the upper one of a ratio to a group without events, is the word Infinity.
 */
import { csvLine, guardFormula } from '../../evidence/intake/reading/csv-text.ts'
import type { AnalyseResult, OutputColumn } from './analyse-method.ts'

const PIECE = 1 << 16

const rowsOf = (columns: readonly OutputColumn[]): number => {
  const rows = columns[0]?.values.length ?? 0
  for (const { name, values } of columns) {
    if (values.length !== rows) {
      throw new Error(`The column ${name} has ${values.length} rows where the first has ${rows}.`)
    }
  }
  return rows
}

const csvCell = (value: number | string): string => {
  if (typeof value === 'string') return guardFormula(value)
  return Number.isNaN(value) ? '' : String(value)
}

export function* csvPieces({ columns }: AnalyseResult): Generator<string> {
  const rows = rowsOf(columns)
  let piece = csvLine(columns.map(c => c.name))
  for (let row = 0; row < rows; row++) {
    piece += csvLine(columns.map(c => csvCell(c.values[row]!)))
    if (piece.length > PIECE) {
      yield piece
      piece = ''
    }
  }
  yield piece
}

/** Typed arrays as lists, and what JSON has no number for. */
const jsonValue = (_key: string, value: unknown): unknown => {
  if (typeof value === 'number' && !Number.isFinite(value)) return Number.isNaN(value) ? null : String(value)
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return Array.from(value as unknown as ArrayLike<number>)
  }
  return value instanceof Map ? Object.fromEntries(value) : value
}

/** `{"method": …, "rows": [{…}, …], …more}`, a row a line. */
export function* jsonPieces(method: string, { columns, more = {} }: AnalyseResult): Generator<string> {
  const rows = rowsOf(columns)
  let piece = `{\n"method": ${JSON.stringify(method)},\n"rows": [`
  for (let row = 0; row < rows; row++) {
    const entry = Object.fromEntries(columns.map(c => [c.name, c.values[row]!]))
    piece += `${row === 0 ? '' : ','}\n${JSON.stringify(entry, jsonValue)}`
    if (piece.length > PIECE) {
      yield piece
      piece = ''
    }
  }
  piece += '\n]'
  for (const [name, value] of Object.entries(more)) {
    piece += `,\n${JSON.stringify(name)}: ${JSON.stringify(value, jsonValue)}`
  }
  yield `${piece}\n}\n`
}
