/**
 * A Word file as blocks: paragraphs, headings and tables of its main text. The text as it would stand with every change
 * accepted: what was deleted while changes were tracked is left out. Numbers that Word itself gives paragraphs are
 * counted for lists of one level only, for they are not in the text.
 */
import { SaxesParser } from 'saxes'
import yauzl from 'yauzl'
import { InputFault } from '../../../platform/errors.ts'
import type { RawBlock } from '../paper.ts'

/** The text of a long report is a few megabytes; a bomb is more. */
const MOST_BYTES = 60_000_000

export async function readDocx(bytes: Buffer, name: string): Promise<RawBlock[]> {
  const xml = await partOf(bytes, name, 'word/document.xml')
  return blocksOf(xml, name)
}

function partOf(bytes: Buffer, name: string, part: string): Promise<string> {
  const damaged = (why: string) =>
    new InputFault(
      'file-damaged',
      `${name} begins like a Word file and is damaged: ${why}. Open it in Word, save it again and send that.`,
    )
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, zip) => {
      if (error) return reject(damaged(error.message))
      let inside: string[] = []
      zip.on('error', (fault: Error) => reject(damaged(fault.message)))
      zip.on('end', () => {
        const other = inside.includes('EncryptedPackage')
          ? 'is protected by a password'
          : 'is an archive and no Word file'
        reject(
          new InputFault(
            'file-unreadable',
            `${name} ${other}. Save the paper as .docx, .pdf, .txt, .md or .html and send that.`,
          ),
        )
      })
      zip.on('entry', (entry: yauzl.Entry) => {
        inside = [...inside.slice(-20), entry.fileName]
        if (entry.fileName !== part) {
          zip.readEntry()
          return
        }
        zip.openReadStream(entry, (fault, stream) => {
          if (fault) return reject(damaged(fault.message))
          const chunks: Buffer[] = []
          let read = 0
          stream.on('data', (chunk: Buffer) => {
            read += chunk.length
            if (read <= MOST_BYTES) return void chunks.push(chunk)
            stream.destroy()
            zip.close()
            reject(
              new InputFault(
                'file-too-large',
                `${name} unpacks to more than ${MOST_BYTES / 1e6} MB of text. No paper is that long: look at what it holds.`,
              ),
            )
          })
          stream.on('error', (cause: Error) => reject(damaged(cause.message)))
          stream.on('end', () => {
            zip.close()
            resolve(Buffer.concat(chunks).toString('utf8'))
          })
        })
      })
      zip.readEntry()
    })
  })
}

interface OpenTable {
  rows: string[][]
  row: string[]
  cell: string[]
}

function blocksOf(xml: string, name: string): RawBlock[] {
  const blocks: RawBlock[] = []
  const tables: OpenTable[] = []
  const parser = new SaxesParser()
  let words = ''
  let style = ''
  let deleted = 0
  let inText = false
  let span = 1
  parser.on('opentag', ({ name: tag, attributes }) => {
    const value = String(attributes['w:val'] ?? '')
    if (tag === 'w:p') [words, style] = ['', '']
    else if (tag === 'w:pStyle') style = value
    else if (tag === 'w:outlineLvl' && Number(value) < 9) style ||= 'heading'
    else if (tag === 'w:t') inText = true
    else if (tag === 'w:tab' || tag === 'w:br') words += ' '
    else if (tag === 'w:noBreakHyphen') words += '-'
    else if (tag === 'w:del' || tag === 'w:moveFrom') deleted++
    else if (tag === 'w:tbl') tables.push({ rows: [], row: [], cell: [] })
    else if (tag === 'w:tr') tables.at(-1)!.row = []
    else if (tag === 'w:tc') {
      tables.at(-1)!.cell = []
      span = 1
    } else if (tag === 'w:gridSpan') span = Math.min(Math.max(Number(value) || 1, 1), 100)
  })
  parser.on('text', text => {
    if (inText && deleted === 0) words += text
  })
  parser.on('closetag', ({ name: tag }) => {
    const table = tables.at(-1)
    if (tag === 'w:t') inText = false
    else if (tag === 'w:del' || tag === 'w:moveFrom') deleted--
    else if (tag === 'w:p') {
      if (table) table.cell.push(words)
      else if (words.trim() !== '')
        blocks.push({ kind: /^(?:heading|title)/i.test(style) ? 'heading' : 'text', text: words })
    } else if (tag === 'w:tc')
      table!.row.push(table!.cell.join(' ').trim(), ...Array.from({ length: span - 1 }, () => ''))
    else if (tag === 'w:tr') table!.rows.push(table!.row)
    else if (tag === 'w:tbl') {
      tables.pop()
      // A table within a cell: its cells are words of that cell.
      if (tables.length > 0) tables.at(-1)!.cell.push(table!.rows.flat().join(' '))
      else blocks.push({ kind: 'table', rows: table!.rows })
    }
  })
  try {
    parser.write(xml).close()
  } catch (error) {
    throw new InputFault(
      'file-damaged',
      `The text of ${name} cannot be read (${error instanceof Error ? error.message.split('\n')[0] : 'unknown fault'}). Open it in Word, save it again and send that.`,
    )
  }
  return blocks
}
