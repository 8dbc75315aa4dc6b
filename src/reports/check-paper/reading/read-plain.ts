/** Plain text and Markdown as blocks: paragraphs, entries of lists, headings, tables by tabs or by bars. */
import { isUtf8 } from 'node:buffer'
import type { RawBlock } from '../paper.ts'

/** UTF-8, UTF-16 with its mark, or Windows-1252: what offices write. */
export function decodedText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1252').decode(bytes)
}

const ENTRY = /^\s*(?:[-–•*❖▪]\s|\d{1,3}(?:\.\d{1,3})*[.)]\s?(?=\D)|\(?[a-z]\)\s|[ivx]+\.\s|[A-Z]\.\s)/
const MARKED_HEADING = /^\s*#{1,6}\s+(.*?)\s*#*$/

/** Lines as blocks; readers of pages use it too. */
export function blocksOfLines(lines: readonly string[], page?: number): RawBlock[] {
  const blocks: RawBlock[] = []
  let text: string[] = []
  const at = page === undefined ? {} : { page }
  const end = () => {
    const joined = text.join(' ').trim()
    if (joined !== '')
      blocks.push({
        kind: isHeading(joined, text.length) ? 'heading' : 'text',
        text: unmarked(joined),
        ...at,
      })
    text = []
  }
  for (const line of lines) {
    const cells = cellsOf(line)
    const heading = MARKED_HEADING.exec(line)
    if (cells) {
      end()
      const before = blocks.at(-1)
      if (before?.kind === 'table') before.rows.push(cells)
      else blocks.push({ kind: 'table', rows: [cells], ...at })
    } else if (line.trim() === '') end()
    else if (heading) {
      end()
      blocks.push({ kind: 'heading', text: unmarked(heading[1]!), ...at })
    } else {
      if (ENTRY.test(line)) end()
      text.push(line.trim())
    }
  }
  end()
  return blocks
}

function cellsOf(line: string): string[] | null {
  const trimmed = line.trim()
  if (trimmed.startsWith('|') && trimmed.indexOf('|', 1) > 0) {
    return trimmed
      .replace(/^\|/, '')
      .replace(/\|$/, '')
      .split('|')
      .map(cell => unmarked(cell.trim()))
  }
  if (/^\d{1,3}[.)]\t|^[-–•*❖]\t/.test(trimmed)) return null
  return /\S\s*\t+\s*\S/.test(line) ? line.split('\t').map(cell => unmarked(cell.trim())) : null
}

const unmarked = (text: string) =>
  text.replaceAll(/\*{1,3}|(?<![\w])_{1,2}(?=\S)|(?<=\S)_{1,2}(?!\w)|`|<\/?[a-z][^<>]{0,80}>/g, '').trim()

/** A short line of its own that does not end as a sentence does. */
const isHeading = (text: string, lines: number) =>
  lines === 1 &&
  text.length <= 90 &&
  !/[.:;,%)\d]$/.test(text) &&
  !ENTRY.test(text) &&
  /^[“"‘'(]?[A-Z]/.test(text)
