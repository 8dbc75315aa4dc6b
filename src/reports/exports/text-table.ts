/**
 * A table for a terminal: words to the left, numbers to the right. What would move the cursor or colour the
 * screen is taken out, because labels come from other people's files.
 */
export interface TextColumn {
  title: string
  align?: 'left' | 'right'
}

const CONTROL = /\p{Cc}/gu

export const plainText = (text: string): string => text.replaceAll(CONTROL, ' ')

/** The width that text takes on a terminal; close enough for the Latin and Punjabi names of this field. */
const width = (text: string): number => [...text].length

const pad = (text: string, to: number, align: 'left' | 'right'): string => {
  const space = ' '.repeat(Math.max(0, to - width(text)))
  return align === 'right' ? space + text : text + space
}

export function textTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string {
  const clean = rows.map(row => row.map(plainText))
  const widths = columns.map((column, i) =>
    clean.reduce((most, row) => Math.max(most, width(row[i] ?? '')), width(column.title)),
  )
  const line = (cells: readonly string[]) =>
    columns
      .map((column, i) => pad(cells[i] ?? '', widths[i]!, column.align ?? 'left'))
      .join('  ')
      .trimEnd()
  return [line(columns.map(c => c.title)), widths.map(w => '─'.repeat(w)).join('  '), ...clean.map(line)]
    .map(text => `${text}\n`)
    .join('')
}
