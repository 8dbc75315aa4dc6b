/**
 * CSV as RFC 4180 has it: CRLF, quotation marks where needed, no byte order mark. Text is neutralised, numbers
 * are written as they are, true and false as words, null as an empty field.
 */
import { neutralise } from './neutralise.ts'

export type CsvValue = string | number | boolean | null

const field = (value: CsvValue): string => {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const text = neutralise(value)
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text
}

export const csv = (header: readonly string[], rows: readonly (readonly CsvValue[])[]): string =>
  [header, ...rows].map(row => `${row.map(field).join(',')}\r\n`).join('')
