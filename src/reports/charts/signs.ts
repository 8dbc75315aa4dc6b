/** Small signs for the key of a chart, drawn as the marks they stand for, in a box of 26 × 14 px. */
import { seriesDashes } from './palette.ts'

export const lineSign = (colour: string, width: number, dash = ''): string =>
  `<line x1="0" x2="26" y1="7" y2="7" stroke="${colour}" stroke-width="${width}"${dash ? ` stroke-dasharray="${dash}"` : ''}></line>`

export const pointSign = (colour: string, filled = true): string =>
  `<circle cx="13" cy="7" r="4" fill="${filled ? colour : '#ffffff'}" stroke="${colour}" stroke-width="2"></circle>`

export const boxSign = (fill: string, stroke = 'none'): string =>
  `<rect x="0" y="0" width="26" height="14" fill="${fill}" stroke="${stroke}"></rect>`

export const diamondSign = (colour: string): string =>
  `<path d="M13,0L19,7L13,14L7,7Z" fill="${colour}" stroke="#ffffff"></path>`

export const whiskerSign = (colour: string): string =>
  `<path d="M3,7H23M3,3V11M23,3V11" fill="none" stroke="${colour}" stroke-width="1.5"></path>`

export const crossSign = (colour: string): string =>
  `<path d="M9,3L17,11M17,3L9,11" fill="none" stroke="${colour}" stroke-width="2"></path>`

const MARKER_SHAPES: Record<string, string> = {
  circle: '<circle cx="13" cy="7" r="4"></circle>',
  square: '<rect x="9.5" y="3.5" width="7" height="7"></rect>',
  triangle: '<path d="M13,2L18,11H8Z"></path>',
  diamond: '<path d="M13,1L19,7L13,13L7,7Z"></path>',
}

/** A line with its marker: told apart by shape and dash as well as by colour. */
export const seriesSign = (colour: string, index: number, marker: string): string =>
  `${lineSign(colour, 2, seriesDashes[index])}<g fill="${colour}">${MARKER_SHAPES[marker]}</g>`
