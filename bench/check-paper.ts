/**
 * The paper checker on a PDF of sixty pages: reading and checking, warm. There is no other program that does the whole;
 * the peer is `extractText` of unpdf, which takes the text out of the same file and checks nothing.
 */
import { extractText } from 'unpdf'
import { checkPaper } from '../src/reports/check-paper/check-paper.ts'
import { heldBackPapers } from '../src/reports/check-paper/held-back-papers.ts'
import { readPaper } from '../src/reports/check-paper/read-paper.ts'
import { blocksOfLines } from '../src/reports/check-paper/reading/read-plain.ts'
import type { DocumentBlock } from '../src/reports/documents/document.ts'
import { openDocumentPrinter } from '../src/reports/documents/print-document.ts'
import { alternate, ms, type Result } from './medians.ts'

const PAGES = 60
const AIM_MS = 2000

/** Papers of the held-back set, one after the other, each on pages of its own. */
function longPaper(papers: number): DocumentBlock[] {
  return Array.from({ length: papers }, (_, i) => heldBackPapers(i + 1))
    .flat()
    .flatMap(({ text }): DocumentBlock[] => [
      { kind: 'page-break' },
      ...blocksOfLines(text.split('\n')).map((block): DocumentBlock => {
        if (block.kind === 'heading') return { kind: 'heading', level: 2, text: block.text }
        if (block.kind !== 'table') return { kind: 'paragraph', text: block.text }
        const [head, ...rows] = block.rows.filter(row => !row[0]!.startsWith('---'))
        return { kind: 'table', caption: 'Figures', columns: head!.map(title => ({ title })), rows }
      }),
    ])
}

export async function benchCheckPaper(rounds: number): Promise<Result[]> {
  const printer = openDocumentPrinter()
  const bytes = Buffer.from(
    await printer.print(
      {
        title: 'A long paper',
        marking: 'OFFICIAL',
        headNote: 'Bench',
        footNote: 'Invented',
        author: 'Concord',
        madeAt: new Date('2026-11-20T09:00:00Z'),
        blocks: longPaper(PAGES / 3),
      },
      'pdf',
    ),
  )
  await printer.close()
  const paper = await readPaper(bytes, 'long.pdf')
  const findings = checkPaper(paper).length
  const { checked, text } = await alternate(rounds, {
    checked: async () => {
      checkPaper(await readPaper(bytes, 'long.pdf'))
    },
    text: async () => {
      await extractText(new Uint8Array(bytes))
    },
  })
  return [
    {
      what: `Checking a PDF of ${paper.pages} pages, ${findings} findings`,
      headline: ms(checked!.median),
      aim: `under ${ms(AIM_MS)} for ${PAGES} pages`,
      met: checked!.median < AIM_MS && paper.pages! >= PAGES,
      detail: `${ms(text!.median)} to take the text out alone, with unpdf, in the same run`,
    },
  ]
}
