/**
 * Ratios by two bands, such as distance and days, shaded in five classes with the number in every cell. Cells that chance
 * hardly explains have a frame and bold type, so that the finding survives a black-and-white printer.
 */
import {
  type ChartWords,
  escapeXml,
  type Layout,
  layoutWidth,
  type Panel,
  SMALL_TEXT,
  TEXT,
} from './frame.ts'
import { tenthText } from './numbers.ts'
import { frameColour, ink, sequentialColours, textOnSequential } from './palette.ts'
import { boxSign } from './signs.ts'
import { textWidth, wrapText } from './text-width.ts'

export interface BandCell {
  /** Null where there is nothing to divide by. */
  ratio: number | null
  /** Second line of the cell: "64 of 36". */
  text: string
  marked: boolean
}

export interface BandGrid extends ChartWords {
  kind: 'band-grid'
  rows: string[]
  columns: string[]
  /** `cells[row][column]`. */
  cells: BandCell[][]
  rowsLabel: string
  columnsLabel: string
  /** "more pairs than chance explains": what the frame means. */
  markedLabel: string
}

/** Fixed, so that two periods are shaded alike: 1 is chance. */
const classStarts = [0, 0.9, 1.1, 1.5, 2] as const
const classLabels = ['under 0.9 times', '0.9 to 1.1', '1.1 to 1.5', '1.5 to 2', '2 or more'] as const
const classOf = (ratio: number): number => classStarts.findLastIndex(start => ratio >= start)

const LINE = 18

export function drawBandGrid(chart: BandGrid, layout: Layout): Panel {
  const { rows, columns } = chart
  if (chart.cells.length !== rows.length || chart.cells.some(row => row.length !== columns.length)) {
    throw new RangeError(`the grid "${chart.id}" is not ${rows.length} rows of ${columns.length} columns`)
  }
  return layout === 'wide' ? drawWide(chart) : drawNarrow(chart)
}

function drawWide({ rows, columns, cells, rowsLabel, columnsLabel, markedLabel }: BandGrid): Panel {
  const width = layoutWidth.wide
  const left = Math.ceil(Math.max(...[...rows, rowsLabel].map(r => textWidth(r, TEXT)))) + 12
  const step = (width - left - 4) / columns.length
  const heads = columns.map(column => wrapText(column, step - 6, SMALL_TEXT))
  const top = LINE + Math.max(...heads.map(lines => lines.length)) * LINE + 6
  const depth = 34 + 16 * Math.max(...cells.flat().map(cell => linesOf(cell, step).length))
  const headings = heads.flatMap((lines, c) =>
    lines.map((line, i) => text(line, left + (c + 0.5) * step, LINE + 16 + i * LINE, SMALL_TEXT)),
  )
  const labels = rows.map((row, r) => text(row, left - 8, top + (r + 0.5) * depth + 5, TEXT, 'end')).join('')
  const drawn = cells.flatMap((row, r) =>
    row.map((cell, c) => drawCell(cell, left + c * step, top + r * depth, step, depth)),
  )
  return {
    height: top + rows.length * depth + 8,
    body: `${text(columnsLabel, left, 14, SMALL_TEXT, 'start')}${text(rowsLabel, left - 8, 14 + LINE, SMALL_TEXT, 'end')}${headings.join('')}${labels}${drawn.join('')}`,
    key: key(markedLabel),
  }
}

/** On a phone each row of the grid is a block: its name above, its cells below, one to a line. */
function drawNarrow({ rows, columns, cells, markedLabel }: BandGrid): Panel {
  const width = layoutWidth.narrow
  const left = 112
  const depth = 44
  const block = LINE + 8 + columns.length * (depth + 2) + 10
  const body = rows.map((row, r) => {
    const y = r * block
    const lines = columns.map((column, c) => {
      const at = y + LINE + 8 + c * (depth + 2)
      const words = wrapText(column, left - 8, SMALL_TEXT)
      const label = words
        .map((line, i) =>
          text(line, left - 8, at + depth / 2 + 5 + (i - (words.length - 1) / 2) * 16, SMALL_TEXT, 'end'),
        )
        .join('')
      return label + drawCell(cells[r]![c]!, left, at, width - left - 4, depth)
    })
    return text(row, 0, y + 16, TEXT, 'start', true) + lines.join('')
  })
  return { height: rows.length * block, body: body.join(''), key: key(markedLabel) }
}

/** "13,896 against 13,766" takes two lines where one has no room. */
const linesOf = (cell: BandCell, width: number): string[] => wrapText(cell.text, width - 10, SMALL_TEXT)

function drawCell(cell: BandCell, x: number, y: number, width: number, height: number): string {
  const shade = cell.ratio === null ? null : classOf(cell.ratio)
  const fill = shade === null ? '#ffffff' : sequentialColours[shade]!
  const colour = shade === null ? ink : textOnSequential[shade]!
  const middle = x + width / 2
  const frame = cell.marked
    ? `<rect x="${round(x + 4)}" y="${round(y + 4)}" width="${round(width - 8)}" height="${round(height - 8)}" fill="none" stroke="${colour}" stroke-width="2"></rect>`
    : ''
  const ratio = cell.ratio === null ? '–' : `${tenthText(cell.ratio)} times`
  const lines = linesOf(cell, width)
  const first = y + height / 2 + 5 - 8 * lines.length
  return [
    `<rect x="${round(x + 1)}" y="${round(y + 1)}" width="${round(width - 2)}" height="${round(height - 2)}" fill="${fill}" stroke="${frameColour}" stroke-opacity="0.4"></rect>`,
    frame,
    ...[ratio, ...lines].map((line, i) =>
      text(line, middle, first + i * 16, SMALL_TEXT, 'middle', cell.marked && i === 0, colour),
    ),
  ].join('')
}

const round = (n: number): number => Math.round(n * 100) / 100

const text = (
  words: string,
  x: number,
  y: number,
  size: number,
  anchor = 'middle',
  bold = false,
  fill?: string,
): string =>
  `<text x="${round(x)}" y="${round(y)}" font-size="${size}" text-anchor="${anchor}"${bold ? ' font-weight="700"' : ''}${fill ? ` fill="${fill}"` : ''}>${escapeXml(words)}</text>`

const key = (markedLabel: string): Panel['key'] => [
  ...classLabels.map((label, i) => ({ label, sign: boxSign(sequentialColours[i]!, frameColour) })),
  {
    label: markedLabel,
    sign: `${boxSign('#ffffff', frameColour)}<rect x="3" y="3" width="20" height="8" fill="none" stroke="${ink}" stroke-width="2"></rect>`,
  },
]
