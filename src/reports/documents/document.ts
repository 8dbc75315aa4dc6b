/**
 * A document as what it says: headings, paragraphs, lists and tables. How it looks in Word and as PDF is for `write-word.ts`
 * and `write-pdf.ts` to say, the same for every document. Pure.
 */

export interface TextRun {
  text: string
  strong?: boolean
}

export type DocumentText = string | readonly TextRun[]

export interface TableColumn {
  title: string
  /** Stands at the right, as numbers do. */
  numeric?: boolean
  /** Share of the width, beside the others'; 1 where left out. */
  share?: number
}

export interface DocumentTable {
  kind: 'table'
  /** Said above it, and to whoever cannot see it. */
  caption: string
  columns: readonly TableColumn[]
  /** As many cells as columns; the first names the row. */
  rows: readonly (readonly DocumentText[])[]
}

export type DocumentBlock =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | { kind: 'paragraph'; text: DocumentText; quiet?: boolean }
  | { kind: 'list'; items: readonly DocumentText[]; numbered?: boolean }
  | { kind: 'page-break' }
  | DocumentTable

export interface PrintedDocument {
  title: string
  /** What it belongs to, above the title. */
  caption?: string
  /** At the head of every page: OFFICIAL – SENSITIVE. */
  marking: string
  /** Beside the marking on every page. */
  headNote: string
  /** At the foot of every page, beside "page n of m". */
  footNote: string
  /** Lines across every page, behind the text. */
  watermark?: readonly string[]
  author: string
  madeAt: Date
  blocks: readonly DocumentBlock[]
}

// Neither XML 1.0 nor a page can hold these: control characters but tab and line ends, halves of letters, non-characters.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const UNPRINTABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]|\p{Surrogate}/gu

/** Text as a document can hold it. */
export const printable = (text: string): string => text.replaceAll(UNPRINTABLE, '')

export const runsOf = (text: DocumentText): TextRun[] =>
  (typeof text === 'string' ? [{ text }] : text)
    .map(run => ({ ...run, text: printable(run.text) }))
    .filter(run => run.text !== '')

export const plainOf = (text: DocumentText): string =>
  runsOf(text)
    .map(run => run.text)
    .join('')

/** Every text of a document, to be looked through. */
export function* textsOf({
  title,
  caption,
  headNote,
  footNote,
  watermark,
  blocks,
}: PrintedDocument): Generator<string> {
  yield* [title, caption ?? '', headNote, footNote, ...(watermark ?? [])]
  for (const block of blocks) {
    if (block.kind === 'heading' || block.kind === 'paragraph') yield plainOf(block.text)
    else if (block.kind === 'list') yield* block.items.map(plainOf)
    else if (block.kind === 'table') {
      yield block.caption
      yield* block.columns.map(column => column.title)
      for (const row of block.rows) yield* row.map(plainOf)
    }
  }
}
