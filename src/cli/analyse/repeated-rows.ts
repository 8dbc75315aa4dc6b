/** Rows that name the same thing twice: an event counted double, two counts for one month. */
import { InputFault } from '../../platform/errors.ts'
import type { InputTable } from './analyse-method.ts'

/** Between two cells of a key: no CSV cell of a sane file holds it. */
const SEPARATOR = '\u001f'

/** Throws `input-invalid` that names both rows. Columns that the file comes without are left out of the key. */
export function refuseRepeatedRows(
  table: InputTable,
  unique: readonly string[],
  sheetRow: (row: number) => number,
  name: string,
): void {
  const keys = unique.filter(column => table.has(column))
  if (keys.length === 0) return
  const columns = keys.map(column => {
    const texts = table.texts(column)
    return texts.length > 0 ? texts : table.numbers(column)
  })
  const seen = new Map<string | number, number>()
  for (let row = 0; row < table.rows; row++) {
    const key = columns.length === 1 ? columns[0]![row]! : columns.map(c => c[row]).join(SEPARATOR)
    const earlier = seen.get(key)
    if (earlier !== undefined) {
      const what = keys.map((column, i) => `${column} "${columns[i]![row]}"`).join(' and ')
      throw new InputFault(
        'input-invalid',
        `Row ${sheetRow(row)} of ${name} repeats ${what} of row ${sheetRow(earlier)}; each may stand once.`,
      )
    }
    seen.set(key, row)
  }
}
