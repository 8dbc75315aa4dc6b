/**
 * Widths of text without a browser. Charts are drawn on the server, where nothing can measure text, so margins
 * and wrapping rest on the advance widths of Inter (Arial's are slightly narrower). Estimates err on the wide
 * side: a margin a little too large is better than a label cut off.
 */

const NARROW = new Set("iljtfrI.,:;'|!()[] -/·")
const WIDE = new Set('mwMW@%—–')

/** Width in pixels of one line of text at a size in pixels. */
export function textWidth(text: string, size: number): number {
  let em = 0
  for (const c of text) em += NARROW.has(c) ? 0.34 : WIDE.has(c) ? 0.9 : c >= 'A' && c <= 'Z' ? 0.69 : 0.59
  return em * size
}

/** Lines no wider than `width` pixels, broken at spaces; a word longer than the width keeps a line of its own. */
export function wrapText(text: string, width: number, size: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && textWidth(longer, size) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  if (line !== '') lines.push(line)
  return lines
}
