/**
 * Excel workbooks. The first sheet is rewritten as CSV and read like any other file, so that rows keep the
 * numbers that the clerk sees. A workbook is a zip archive: what it holds is measured by inflating it before
 * anything is parsed, because the sizes that an archive states about itself can lie.
 */
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import readWorkbook, { type CellValue } from 'read-excel-file/node'
import yauzl from 'yauzl'
import { InputFault } from '../../../platform/errors.ts'
import { csvLine } from './csv-text.ts'
import { inWords, WORKBOOK_LIMIT } from './limits.ts'

/** Writes the first sheet to `csvPath`; gives the names of the sheets that were not read. */
export async function workbookToCsv(path: string, name: string, csvPath: string): Promise<string[]> {
  await refuseBomb(path, name)
  const sheets = await readWorkbook(path).catch((error: unknown) => {
    throw new InputFault(
      'file-unreadable',
      `${name} is not a workbook that can be read (${error instanceof Error ? error.message : 'unknown fault'}). Save it again as .xlsx or as CSV.`,
    )
  })
  const [first, ...others] = sheets
  if (!first || first.data.length === 0) {
    throw new InputFault('file-empty', `The first sheet of ${name} is empty.`)
  }
  const width = Math.max(...first.data.slice(0, 1).map(row => row.length))
  await pipeline(function* lines() {
    for (const row of first.data) {
      yield csvLine(Array.from({ length: Math.max(width, row.length) }, (_, i) => cellText(row[i] ?? null)))
    }
  }, createWriteStream(csvPath))
  return others.map(s => s.sheet)
}

function cellText(value: CellValue | null): string | null {
  if (value === null) return null
  if ((value as unknown) instanceof Date) {
    // Workbook times have no zone; the reader gives them as if they were UTC.
    const iso = (value as unknown as Date).toISOString()
    return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ')
  }
  return String(value)
}

/** Inflates every part, counting, and stops at the limit. */
function refuseBomb(path: string, name: string): Promise<void> {
  const tooLarge = new InputFault(
    'file-too-large',
    `${name} unpacks to more than ${inWords(WORKBOOK_LIMIT)}. Save the sheet as CSV and send that.`,
  )
  return new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, validateEntrySizes: true }, (error, zip) => {
      if (error) {
        reject(
          new InputFault('file-damaged', `${name} begins like a workbook but is damaged: ${error.message}.`),
        )
        return
      }
      let inflated = 0
      const stop = (fault: Error) => {
        zip.close()
        reject(fault)
      }
      zip.on('entry', entry => {
        zip.openReadStream(entry, (fault, stream) => {
          if (fault) {
            stop(new InputFault('file-damaged', `${name} is damaged: ${fault.message}.`))
            return
          }
          stream.on('data', (chunk: Buffer) => {
            inflated += chunk.length
            if (inflated > WORKBOOK_LIMIT) {
              stream.destroy()
              stop(tooLarge)
            }
          })
          stream.on('error', cause =>
            stop(
              inflated > WORKBOOK_LIMIT
                ? tooLarge
                : new InputFault('file-damaged', `${name} is damaged: ${cause.message}.`),
            ),
          )
          stream.on('end', () => zip.readEntry())
        })
      })
      zip.on('end', () => resolve())
      zip.on('error', cause =>
        stop(new InputFault('file-damaged', `${name} is damaged: ${(cause as Error).message}.`)),
      )
      zip.readEntry()
    })
  })
}
