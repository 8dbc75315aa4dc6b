/** Pieces of Markdown. */

/** First line of every page that a program writes. */
export const generatedBy = (file: string): string =>
  `<!-- Written by ${file}. Change what it is written from, then run "npm run docs". -->\n`

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ')

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |\n`
  return line(header) + line(header.map(() => '---')) + rows.map(line).join('')
}

export const code = (text: string): string => `\`${text}\``
