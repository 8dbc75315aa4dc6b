/** The heading row of a CSV file, and what separates its cells. */
import { open } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { InputFault } from '../../platform/errors.ts'

export interface Header {
  headings: string[]
  delimiter: string
  /** Lines before the heading row: Excel's `sep=;` hint. */
  skip: number
}

const DELIMITERS = [',', ';', '\t', '|']
const ENOUGH_FOR_A_HEADER = 1 << 20

export async function readHeader(path: string, name: string): Promise<Header> {
  const handle = await open(path, 'r')
  let start: string
  try {
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(ENOUGH_FOR_A_HEADER),
      0,
      ENOUGH_FOR_A_HEADER,
      0,
    )
    start = new TextDecoder().decode(buffer.subarray(0, bytesRead))
  } finally {
    await handle.close()
  }
  const hint = /^sep=(.)\r?\n/i.exec(start)
  if (hint) start = start.slice(hint[0].length)
  const delimiter = hint?.[1] ?? likelyDelimiter(start)
  const [headings] = firstRecord(start, delimiter, name)
  if (!headings || headings.every(h => h.trim() === '')) {
    throw new InputFault('file-empty', `${name} has no heading row.`)
  }
  return { headings: headings.map(h => h.trim()), delimiter, skip: hint ? 1 : 0 }
}

function firstRecord(text: string, delimiter: string, name: string): string[][] {
  try {
    return parse(text, { delimiter, to: 1, relax_quotes: true, relax_column_count: true })
  } catch {
    throw new InputFault(
      'file-damaged',
      `The heading row of ${name} cannot be read: a quotation mark is opened and never closed.`,
    )
  }
}

/** The separator that stands most often in the first line, outside quotation marks. */
function likelyDelimiter(text: string): string {
  const line = text.slice(0, text.search(/[\r\n]/) === -1 ? undefined : text.search(/[\r\n]/))
  const bare = line.replaceAll(/"[^"]*"/g, '')
  const counts = DELIMITERS.map(d => bare.split(d).length - 1)
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!
}
