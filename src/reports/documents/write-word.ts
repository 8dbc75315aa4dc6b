/** A document as Word (Office Open XML): real headings, lists and tables, so that it can be read aloud and worked on. */
import {
  AlignmentType,
  Document,
  Footer,
  Header,
  HeadingLevel,
  LevelFormat,
  Packer,
  PageBreak,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
} from 'docx'
import { TextWatermark } from 'docx/watermarks'
import {
  type DocumentBlock,
  type DocumentTable,
  type DocumentText,
  type PrintedDocument,
  printable,
  runsOf,
} from './document.ts'

// Of A4, in twentieths of a point: 210 mm less two edges of 20 mm.
const PAGE = { width: 11_906, height: 16_838, edge: 1134 }
const TEXT_WIDTH = PAGE.width - 2 * PAGE.edge

const levels = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 } as const
const NUMBERED = 'numbered'
const QUIET = '505A5F'

/** Bytes of the file. */
export async function writeWord(document: PrintedDocument): Promise<Uint8Array> {
  const { title, caption, marking, headNote, footNote, watermark, author, blocks } = document
  let lists = 0
  const word = new Document({
    title: printable(title),
    creator: printable(author),
    lastModifiedBy: printable(author),
    styles: {
      default: {
        document: {
          run: { font: 'Arial', size: 21, language: { value: 'en-GB' } },
          paragraph: { spacing: { after: 120, line: 276 } },
        },
        title: { run: { size: 40, bold: true }, paragraph: { spacing: { after: 160 } } },
        heading1: headingStyle(30, 320),
        heading2: headingStyle(25, 260),
        heading3: headingStyle(22, 200),
      },
    },
    numbering: {
      config: [
        {
          reference: NUMBERED,
          levels: [
            {
              level: 0,
              format: LevelFormat.DECIMAL,
              text: '%1.',
              alignment: AlignmentType.START,
              style: { paragraph: { indent: { left: 420, hanging: 420 } } },
            },
          ],
        },
      ],
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: PAGE.width, height: PAGE.height },
            margin: { top: PAGE.edge + 300, bottom: PAGE.edge, left: PAGE.edge, right: PAGE.edge },
          },
        },
        headers: {
          default: new Header({
            children: [
              edge([
                new TextRun({ text: printable(marking), bold: true }),
                new TextRun(`\t${printable(headNote)}`),
                ...(watermark
                  ? [
                      new TextWatermark({
                        text: printable(watermark.join(' · ')),
                        font: 'Arial',
                        color: '8A8A8A',
                        opacity: 0.25,
                        // Points: as long as the diagonal lets it be.
                        width: 740,
                      }),
                    ]
                  : []),
              ]),
            ],
          }),
        },
        footers: {
          default: new Footer({
            children: [
              edge([
                new TextRun(printable(footNote)),
                new TextRun({ children: ['\tPage ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES] }),
              ]),
            ],
          }),
        },
        children: [
          ...(caption ? [new Paragraph({ children: textRuns(caption, { color: QUIET }) })] : []),
          new Paragraph({ heading: HeadingLevel.TITLE, children: textRuns(title) }),
          ...blocks.flatMap(block => written(block, () => ++lists)),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(word))
}

const headingStyle = (size: number, before: number) => ({
  run: { size, bold: true, color: '0B0C0C' },
  paragraph: { spacing: { before, after: 100 }, keepNext: true },
})

/** Head and foot: one part at the left edge, one at the right. */
const edge = (children: ParagraphChild[]): Paragraph =>
  new Paragraph({ children, tabStops: [{ type: TabStopType.RIGHT, position: TEXT_WIDTH }] })

function written(block: DocumentBlock, nextList: () => number): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading':
      return [new Paragraph({ heading: levels[block.level], children: textRuns(block.text) })]
    case 'paragraph':
      return [new Paragraph({ children: textRuns(block.text, block.quiet ? { color: QUIET } : {}) })]
    case 'list': {
      // Each list counts from one.
      const list = block.numbered
        ? { numbering: { reference: NUMBERED, level: 0, instance: nextList() } }
        : { bullet: { level: 0 } }
      return block.items.map(item => new Paragraph({ ...list, children: textRuns(item) }))
    }
    case 'page-break':
      return [new Paragraph({ children: [new PageBreak()] })]
    case 'table':
      return tableOf(block)
  }
}

function tableOf({ caption, columns, rows }: DocumentTable): (Paragraph | Table)[] {
  const shares = columns.map(column => column.share ?? 1)
  const all = shares.reduce((sum, share) => sum + share, 0)
  const widths = shares.map(share => Math.round((TEXT_WIDTH * share) / all))
  const cell = (text: DocumentText, place: number, bold: boolean) =>
    new TableCell({
      width: { size: widths[place]!, type: WidthType.DXA },
      margins: { top: 50, bottom: 50, left: 80, right: 80 },
      children: [
        new Paragraph({
          alignment: columns[place]!.numeric ? AlignmentType.END : AlignmentType.START,
          spacing: { after: 0 },
          children: textRuns(text, bold ? { bold } : {}),
        }),
      ],
    })
  return [
    new Paragraph({ keepNext: true, children: textRuns([{ text: caption, strong: true }]) }),
    new Table({
      layout: TableLayoutType.FIXED,
      width: { size: TEXT_WIDTH, type: WidthType.DXA },
      columnWidths: widths,
      rows: [
        // The head stands again on every page that the table reaches.
        new TableRow({
          tableHeader: true,
          cantSplit: true,
          children: columns.map((column, n) => cell(column.title, n, true)),
        }),
        ...rows.map(
          row => new TableRow({ cantSplit: true, children: row.map((text, n) => cell(text, n, n === 0)) }),
        ),
      ],
    }),
    new Paragraph({ children: [] }),
  ]
}

const LINE_ENDS = /\r\n|[\r\n\u2028\u2029]/

/** A line end that was typed is one in Word as well. */
function textRuns(text: DocumentText, style: { bold?: boolean; color?: string } = {}): TextRun[] {
  return runsOf(text).flatMap(run =>
    run.text.split(LINE_ENDS).map(
      (line, n) =>
        new TextRun({
          ...style,
          text: line,
          ...(run.strong && { bold: true }),
          ...(n > 0 && { break: 1 }),
        }),
    ),
  )
}
