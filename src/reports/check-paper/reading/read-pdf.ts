/** The text of a PDF as blocks. Lines are put together from where their pieces stand; wide gaps are columns of a table. */
import { getDocumentProxy } from 'unpdf'
import { InputFault } from '../../../platform/errors.ts'
import type { RawBlock } from '../paper.ts'
import { blocksOfLines } from './read-plain.ts'

const MOST_PAGES = 1500
const MOST_ITEMS_OF_PAGE = 50_000

interface Piece {
  text: string
  x: number
  y: number
  width: number
  size: number
}

export async function readPdf(
  bytes: Uint8Array,
  name: string,
): Promise<{ blocks: RawBlock[]; pages: number }> {
  const document = await getDocumentProxy(new Uint8Array(bytes), {
    verbosity: 0,
    isEvalSupported: false,
  } as object).catch((error: unknown) => {
    throw faultOf(error, name)
  })
  try {
    if (document.numPages > MOST_PAGES) {
      throw new InputFault(
        'file-too-large',
        `${name} has ${document.numPages} pages, and at most ${MOST_PAGES} are checked. Send the part that matters.`,
      )
    }
    const pages: string[][] = []
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number)
      const { items } = await page.getTextContent()
      pages.push(linesOf(items.slice(0, MOST_ITEMS_OF_PAGE).flatMap(item => pieceOf(item))))
      page.cleanup()
    }
    if (pages.every(lines => lines.every(line => line.trim().length < 2))) {
      throw new InputFault(
        'file-unreadable',
        `${name} has no text: its pages are pictures, as a scanner makes them. Send the file that was printed, or have the text recognised first.`,
      )
    }
    const furniture = repeatedLines(pages)
    const blocks = pages.flatMap((lines, i) =>
      blocksOfLines(
        lines.filter(line => !furniture.has(withoutDigits(line))),
        i + 1,
      ),
    )
    return { blocks: joinedOverPages(blocks), pages: pages.length }
  } catch (error) {
    throw faultOf(error, name)
  } finally {
    await document.destroy()
  }
}

function faultOf(error: unknown, name: string): Error {
  if (error instanceof InputFault) return error
  const { name: kind, message } = error as Error
  if (kind === 'PasswordException') {
    return new InputFault(
      'file-unreadable',
      `${name} is protected by a password. Save a copy without it and send that.`,
    )
  }
  return new InputFault(
    'file-damaged',
    `${name} begins like a PDF and cannot be read (${message || 'unknown fault'}). Save or print it as PDF again and send that.`,
  )
}

function pieceOf(item: object): Piece[] {
  if (!('str' in item) || !('transform' in item) || !('width' in item)) return []
  const { str, transform, width } = item as { str: string; transform: number[]; width: number }
  const size = Math.hypot(transform[2] ?? 0, transform[3] ?? 0) || 10
  return str.trim() === '' ? [] : [{ text: str, x: transform[4] ?? 0, y: transform[5] ?? 0, width, size }]
}

/** Pieces of about one height are a line; an empty line stands where the distance to the next is wider than usual. */
function linesOf(pieces: Piece[]): string[] {
  const rows: Piece[][] = []
  for (const piece of pieces.toSorted((a, b) => b.y - a.y || a.x - b.x)) {
    const row = rows.at(-1)
    if (row && Math.abs(row[0]!.y - piece.y) < Math.max(row[0]!.size, piece.size) * 0.4) row.push(piece)
    else rows.push([piece])
  }
  const steps = rows.slice(1).map((row, i) => rows[i]![0]!.y - row[0]!.y)
  const usual = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0
  return rows.flatMap((row, i) => {
    const size = row[0]!.size
    const apart =
      i > 0 &&
      (steps[i - 1]! > Math.max(usual, size) * 1.35 || Math.abs(size - rows[i - 1]![0]!.size) > size * 0.15)
    return apart ? ['', lineOf(row)] : [lineOf(row)]
  })
}

function lineOf(row: Piece[]): string {
  let line = ''
  let end = Number.NEGATIVE_INFINITY
  for (const piece of row.toSorted((a, b) => a.x - b.x)) {
    const gap = piece.x - end
    if (line !== '')
      line += gap > piece.size * 1.2 ? '\t' : gap > piece.size * 0.15 && !line.endsWith(' ') ? ' ' : ''
    line += piece.text
    end = piece.x + piece.width
  }
  // A bullet or the number of a paragraph stands apart from its text, and is no cell.
  return line.replace(/^(\s*(?:[-–•*❖▪]|\(?\w{1,3}[.)]|\d+(?:\.\d+)*))\t(?=[^\t]{15,}$)/, '$1 ')
}

const withoutDigits = (line: string) => line.replaceAll(/\d+/g, '0').trim()

/** Heads and feet: the first and last two lines of pages that stand on more than half of them. */
function repeatedLines(pages: readonly string[][]): Set<string> {
  const seen = new Map<string, number>()
  for (const lines of pages) {
    const full = lines.filter(line => line !== '')
    for (const line of new Set([...full.slice(0, 2), ...full.slice(-2)].map(withoutDigits))) {
      seen.set(line, (seen.get(line) ?? 0) + 1)
    }
  }
  return new Set(
    [...seen].filter(([, count]) => pages.length > 2 && count > pages.length / 2).map(([line]) => line),
  )
}

/** A sentence that a page cut in two goes on with a small letter. */
function joinedOverPages(blocks: readonly RawBlock[]): RawBlock[] {
  const joined: RawBlock[] = []
  for (const block of blocks) {
    const before = joined.at(-1)
    const goesOn =
      before?.kind === 'text' &&
      block.kind === 'text' &&
      before.page !== block.page &&
      !/[.:;!?]$/.test(before.text) &&
      /^[a-z(]/.test(block.text)
    if (goesOn) joined[joined.length - 1] = { ...before, text: `${before.text} ${block.text}` }
    else joined.push(block)
  }
  return joined
}
