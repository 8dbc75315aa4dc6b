/** A paper as it is checked: blocks in reading order, each with the place at which a reader finds it. */

export interface Place {
  /** From 1; null where the format has no pages. */
  page: number | null
  /** The number that the paper itself gives the paragraph. */
  paragraph: string | null
  heading: string | null
  /** From 1, counted over all blocks of the paper. */
  block: number
}

export type RawBlock =
  | { kind: 'heading' | 'text'; text: string; page?: number }
  | { kind: 'table'; rows: string[][]; page?: number }

export interface TextBlock {
  kind: 'heading' | 'text'
  text: string
  /** What introduces the list in which it is an entry. */
  lead: string
  place: Place
}

export interface TableBlock {
  kind: 'table'
  rows: string[][]
  place: Place
}

export type Block = TextBlock | TableBlock

export interface Paper {
  blocks: Block[]
  pages: number | null
}

const NUMBERED = /^\s*(?:para(?:graph)?\s+)?(\d{1,3}(?:\.\d{1,3}){0,3})(?:[.)]\s*|\s+)(?=[A-Z“"'‘])/
const ENTRY = /^\s*(?:[-–•*❖▪o]\s|\(?[a-z]\)|\(?[ivx]+[.)]\s|[a-z]\.\s)/

/** Gives blocks their places. A table that is cut in two, as a page cuts it, is put together again. */
export function placedPaper(raw: readonly RawBlock[], pages: number | null): Paper {
  const blocks: Block[] = []
  let heading: string | null = null
  let paragraph: string | null = null
  let lead = ''
  for (const block of raw) {
    const page = block.page ?? null
    const before = blocks.at(-1)
    if (block.kind === 'table') {
      const width = widthOf(block.rows)
      if (before?.kind === 'table' && widthOf(before.rows) === width) before.rows.push(...block.rows)
      else {
        blocks.push({
          kind: 'table',
          rows: block.rows.map(row => [...row]),
          place: { page, paragraph, heading, block: blocks.length + 1 },
        })
      }
      continue
    }
    const text = block.text.replaceAll(/\s+/g, ' ').trim()
    if (text === '') continue
    if (block.kind === 'heading') {
      heading = text
      paragraph = null
      lead = ''
    } else {
      paragraph = NUMBERED.exec(text)?.[1] ?? paragraph
      if (!ENTRY.test(text)) lead = /[:;]\s*-?$/.test(text) ? text : ''
    }
    blocks.push({
      kind: block.kind,
      text,
      lead: lead === text ? '' : lead,
      place: { page, paragraph, heading, block: blocks.length + 1 },
    })
  }
  return { blocks, pages }
}

const widthOf = (rows: readonly (readonly string[])[]) => Math.max(0, ...rows.map(row => row.length))

/** "page 3, paragraph 36, under “Performance”". */
export function placeWords({ page, paragraph, heading, block }: Place): string {
  const parts = [
    page !== null && `page ${page}`,
    paragraph !== null && `paragraph ${paragraph}`,
    heading !== null && `under “${heading.length > 70 ? `${heading.slice(0, 69)}…` : heading}”`,
  ].filter(part => part !== false)
  return parts.length > 0 ? parts.join(', ') : `block ${block}`
}
