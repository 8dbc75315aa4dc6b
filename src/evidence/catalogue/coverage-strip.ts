/**
 * Months held, drawn as a strip: filled where rows are held, hatched where months between are missing. All
 * strips of a page share one scale, so that datasets can be compared by eye. The same is said in words beside.
 */
import { type Month, monthNumber } from '../../platform/calendar.ts'
import type { Held } from './coverage.ts'

export interface Scale {
  from: Month
  to: Month
}

const WIDTH = 480
const HEIGHT = 16
const HELD = '#0f4c4a'
const MISSING = '#801650'

export function scaleOf(held: readonly Held[]): Scale | null {
  if (held.length === 0) return null
  const firsts = held.map(h => h.from).sort()
  const lasts = held.map(h => h.to).sort()
  return { from: `${firsts[0]!.slice(0, 4)}-01`, to: `${lasts.at(-1)!.slice(0, 4)}-12` }
}

const position = (scale: Scale) => {
  const first = monthNumber(scale.from)
  const wide = WIDTH / (monthNumber(scale.to) - first + 1)
  return { wide, at: (month: Month) => (monthNumber(month) - first) * wide }
}

const number = (n: number): string => n.toFixed(2)

/** SVG markup, hidden from assistive technology. `id` names the hatching: unique on the page. */
export function coverageStrip(held: Held, scale: Scale, id: string): string {
  const { wide, at } = position(scale)
  const runs: { from: Month; months: number }[] = []
  for (const { month } of held.months) {
    const open = runs.at(-1)
    if (open && monthNumber(month) === monthNumber(open.from) + open.months) open.months++
    else runs.push({ from: month, months: 1 })
  }
  const block = (from: Month, months: number, fill: string) =>
    `<rect x="${number(at(from))}" y="2" width="${number(Math.max(1.5, months * wide))}" height="${HEIGHT - 4}" fill="${fill}"/>`
  return [
    `<svg class="concord-strip" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" aria-hidden="true" focusable="false">`,
    `<defs><pattern id="${id}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="#fff"/><rect width="2" height="5" fill="${MISSING}"/></pattern></defs>`,
    `<rect x="0" y="${HEIGHT / 2}" width="${WIDTH}" height="1" fill="#cfd6d6"/>`,
    ...held.gaps.map(gap => block(gap.from, monthNumber(gap.to) - monthNumber(gap.from) + 1, `url(#${id})`)),
    ...runs.map(run => block(run.from, run.months, HELD)),
    '</svg>',
  ].join('')
}

/** The years over the strips. Every second or fifth where they are too many to read. */
export function coverageAxis(scale: Scale): string {
  const { at } = position(scale)
  const [first, last] = [Number(scale.from.slice(0, 4)), Number(scale.to.slice(0, 4))]
  const years = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  const every = years.length > 14 ? 5 : years.length > 6 ? 2 : 1
  const shown = years.filter(y => y % every === 0)
  return [
    `<svg class="concord-strip" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" aria-hidden="true" focusable="false">`,
    ...shown.map(
      year => `<text x="${number(at(`${year}-01`))}" y="13" font-size="15" fill="#505a5f">${year}</text>`,
    ),
    '</svg>',
  ].join('')
}
