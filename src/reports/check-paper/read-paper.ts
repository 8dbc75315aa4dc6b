/** Reads a paper of any of the kinds that are checked. What it is, its first bytes say; its name only where they cannot. */
import { InputFault } from '../../platform/errors.ts'
import { type Paper, placedPaper } from './paper.ts'
import { readDocx } from './reading/read-docx.ts'
import { readHtml } from './reading/read-html.ts'
import { blocksOfLines, decodedText } from './reading/read-plain.ts'

export const PAPER_LIMIT_BYTES = 50_000_000
/** Of plain text and pages: the longest inquiry report has four million. */
const MOST_LETTERS = 10_000_000

const KINDS = '.docx, .pdf, .txt, .md or .html'

/** Throws `InputFault` with a sentence for what cannot be read. `name` is how the sentence calls it. */
export async function readPaper(bytes: Buffer, name: string): Promise<Paper> {
  if (bytes.length === 0) throw new InputFault('file-empty', `${name} is empty. Send a paper as ${KINDS}.`)
  if (bytes.length > PAPER_LIMIT_BYTES) {
    throw new InputFault(
      'file-too-large',
      `${name} is larger than ${PAPER_LIMIT_BYTES / 1e6} MB. Send it without its pictures, or in parts.`,
    )
  }
  const begins = (...start: number[]) => start.every((byte, i) => bytes[i] === byte)
  if (begins(0x50, 0x4b)) return nonEmpty(placedPaper(await readDocx(bytes, name), null), name)
  if (bytes.subarray(0, 1024).includes('%PDF-')) {
    // Half a second to start: only where a PDF comes.
    const { readPdf } = await import('./reading/read-pdf.ts')
    const { blocks, pages } = await readPdf(bytes, name)
    return nonEmpty(placedPaper(blocks, pages), name)
  }
  if (begins(0xd0, 0xcf, 0x11, 0xe0)) {
    throw new InputFault(
      'file-unreadable',
      `${name} is an old Word file (.doc), or one with a password. Save it as .docx without a password and send that.`,
    )
  }
  if (begins(0x7b, 0x5c, 0x72, 0x74, 0x66)) {
    throw new InputFault('file-unreadable', `${name} is rich text (.rtf). Save it as .docx and send that.`)
  }
  const wide = begins(0xff, 0xfe) || begins(0xfe, 0xff)
  if (!wide && bytes.subarray(0, 8192).includes(0)) {
    throw new InputFault(
      'file-unreadable',
      `${name} is neither text nor a kind of paper that is read here. Send ${KINDS}.`,
    )
  }
  const text = decodedText(bytes)
  if (text.length > MOST_LETTERS) {
    throw new InputFault(
      'file-too-large',
      `${name} has more than ${MOST_LETTERS / 1e6} million letters. Send the part that matters.`,
    )
  }
  const isPage =
    /^\s*(?:<!doctype html|<html|<\?xml[^>]*>\s*<(?:!doctype )?html|<body|<head|<!--)/i.test(
      text.slice(0, 2000),
    ) || /\.html?$/i.test(name)
  return nonEmpty(placedPaper(isPage ? readHtml(text) : blocksOfLines(text.split(/\r\n?|\n/)), null), name)
}

function nonEmpty(paper: Paper, name: string): Paper {
  if (paper.blocks.length > 0) return paper
  throw new InputFault(
    'file-empty',
    `${name} holds no text. If it is made of pictures, have the text recognised first.`,
  )
}
