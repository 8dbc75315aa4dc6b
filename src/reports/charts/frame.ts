/**
 * What every chart shares: the SVG element with its name and description for screen readers, the key, notes
 * below, and, in a file that stands alone, the title above and the source below.
 */
import { fontFamily, frameColour, ink } from './palette.ts'
import { textWidth, wrapText } from './text-width.ts'

export type Layout = 'wide' | 'narrow'

/** Width in pixels that a layout is drawn at. The narrow one is a phone's column at 320 px. */
export const layoutWidth: Record<Layout, number> = { wide: 760, narrow: 300 }

/** 14 px shrinks to no less than 12 px where a wide chart is shown at its smallest. */
export const TEXT = 14
export const SMALL_TEXT = 13
const LINE = 19

export interface ChartWords {
  /** Unique on its page; becomes the start of every id inside. Letters, digits and hyphens. */
  id: string
  /** The finding, as a sentence: what the reader should see. */
  title: string
  /** Measure, place, period, unit. */
  subtitle: string
  /** The same for somebody who cannot see it; without the title. */
  description: string
  notes: string[]
}

/** Printed on a downloaded file, which has no page around it. */
export interface Standalone {
  source: string
}

export interface KeyEntry {
  label: string
  /** Drawn in a box of 26 × 14 px whose top left corner is 0,0. */
  sign: string
}

/** One drawn chart, before the frame. */
export interface Panel {
  height: number
  body: string
  key: KeyEntry[]
  /** Definitions (patterns) that the body refers to by `id` prefix. */
  defs?: string
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
export const escapeXml = (text: string): string => text.replace(/[&<>"]/g, c => entities[c]!)

function textLines(lines: string[], x: number, y: number, attributes: string): string {
  return lines
    .map((line, i) => `<text x="${x}" y="${y + i * LINE}" ${attributes}>${escapeXml(line)}</text>`)
    .join('')
}

/** Signs with their words, set in rows as wide as the chart. */
function drawKey(entries: KeyEntry[], width: number): { markup: string; height: number } {
  let x = 0
  let row = 0
  let markup = ''
  for (const { label, sign } of entries) {
    const lines = wrapText(label, width - 32, SMALL_TEXT)
    const needed = 32 + Math.max(...lines.map(line => textWidth(line, SMALL_TEXT)))
    if (x > 0 && x + needed > width) {
      x = 0
      row++
    }
    markup += `<g transform="translate(${Math.round(x)},${row * LINE})">${sign}${textLines(lines, 32, 12, `font-size="${SMALL_TEXT}"`)}</g>`
    row += lines.length - 1
    x += needed + 18
  }
  return { markup, height: entries.length === 0 ? 0 : (row + 1) * LINE + 6 }
}

/** A diagonal hatch: what is unknown or withheld, readable in greyscale and never mistaken for a low value. */
export const hatchPattern = (id: string): string =>
  `<pattern id="${id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#ffffff"></rect><rect width="2" height="6" fill="#b1b4b6"></rect></pattern>`

/** Dots: nothing was sent, as apart from withheld. */
export const dotPattern = (id: string): string =>
  `<pattern id="${id}" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#ffffff"></rect><circle cx="3" cy="3" r="1" fill="#505a5f"></circle></pattern>`

/** The finished SVG of a panel. Same panel and words, same bytes. */
export function frame(panel: Panel, words: ChartWords, layout: Layout, standalone?: Standalone): string {
  const width = layoutWidth[layout]
  const prefix = `${words.id}-${layout}`
  const key = drawKey(panel.key, width)
  const pad = standalone ? 16 : 0
  let y = 0
  let above = ''
  if (standalone) {
    const title = wrapText(words.title, width, 18)
    const subtitle = wrapText(words.subtitle, width, TEXT)
    above += textLines(title, 0, 16, `font-size="18" font-weight="600"`)
    y = title.length * LINE + 8
    above += textLines(subtitle, 0, y + 8, `font-size="${TEXT}"`)
    y += subtitle.length * LINE + 10
  }
  const keyTop = y
  const panelTop = keyTop + key.height
  let bottom = panelTop + panel.height
  const below = [...words.notes, ...(standalone ? [standalone.source] : [])]
    .map(note => wrapText(note, width, SMALL_TEXT))
    .map(lines => {
      const markup = textLines(lines, 0, bottom + 16, `font-size="${SMALL_TEXT}" fill="${frameColour}"`)
      bottom += lines.length * LINE + 3
      return markup
    })
    .join('')
  const height = Math.ceil(bottom + (below === '' ? 0 : 4))
  const box = `${-pad} ${-pad} ${width + 2 * pad} ${height + 2 * pad}`
  const background = standalone
    ? `<rect x="${-pad}" y="${-pad}" width="${width + 2 * pad}" height="${height + 2 * pad}" fill="#ffffff"></rect>`
    : ''
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart-${layout}" role="img" aria-labelledby="${prefix}-title ${prefix}-desc"`,
    ` viewBox="${box}" width="${width + 2 * pad}" height="${height + 2 * pad}" fill="${standalone ? ink : 'currentColor'}"`,
    `${standalone ? ` color="${ink}"` : ''} font-family="${escapeXml(fontFamily)}" font-size="${TEXT}">`,
    `<title id="${prefix}-title">${escapeXml(words.title)}</title>`,
    `<desc id="${prefix}-desc">${escapeXml(`${words.subtitle}. ${words.description}`)}</desc>`,
    `${panel.defs ? `<defs>${panel.defs}</defs>` : ''}${background}${above}`,
    `<g transform="translate(0,${keyTop})">${key.markup}</g>`,
    `<g transform="translate(0,${panelTop})" text-anchor="middle">${panel.body}</g>${below}</svg>`,
  ].join('')
}

/** The id of a pattern inside a chart, apart for each layout because both stand on one page. */
export const patternId = (words: ChartWords, layout: Layout): string => `${words.id}-${layout}-hatch`
