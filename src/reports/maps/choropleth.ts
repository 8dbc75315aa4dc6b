/**
 * A map of areas shaded in five classes, with everything that a reader needs to distrust it properly: the range
 * of every class, what was withheld or not sent, scale, north, source, and the list of what went in.
 */

import type { Standalone } from '../charts/frame.ts'
import { type ChartWords, dotPattern, escapeXml, hatchPattern, SMALL_TEXT } from '../charts/frame.ts'
import { fontFamily, frameColour, ink, sequentialColours } from '../charts/palette.ts'
import { textWidth, wrapText } from '../charts/text-width.ts'
import { type FlatMap, fitToWidth, type Polygons } from './flat-projection.ts'
import { type LegendEntry, mapClasses, mapLegend, mapNotes, stateFill } from './map-legend.ts'
import { scaleBar } from './scale-bar.ts'

export interface MapArea {
  code: string
  label: string
  polygons: Polygons
  value: number | null
  /** The value in words, for the area's name: "731 offences". */
  text: string
  state: 'known' | 'withheld' | 'not sent'
  /** Where a click leads; null for none. */
  href: string | null
}

export interface Choropleth extends ChartWords {
  kind: 'choropleth'
  areas: MapArea[]
  /** Larger areas drawn as outlines with names, so that one finds one's way; may be empty. */
  outlines: { label: string; polygons: Polygons }[]
  unit: string
  /** Datasets that were counted, in plain words: printed on the map. */
  inputs: string[]
  source: string
}

/** Drawn at this width; shown between 290 and 544 pixels wide. */
const WIDTH = 480
/** Letters of the picture where it is shown above and below 420 pixels: never under 12 on the screen. */
const LETTERS = { wide: 14, narrow: 21 } as const
/**
 * Up to this many areas, each link can be reached with the Tab key; up to the second, with the mouse only. The
 * table beside the map has the same links: nobody should have to press Tab 1,680 times, or load as many links.
 */
const TABBABLE_AREAS = 60
const LINKED_AREAS = 400

/**
 * The map as one SVG. Text inside is set for two widths (`chart-wide`, `chart-narrow`) because the picture
 * scales with its column and letters must not.
 */
export function drawChoropleth(map: Choropleth, standalone?: Standalone): string {
  const classes = mapClasses(map)
  const flat = fitToWidth(
    map.areas.map(a => a.polygons),
    WIDTH,
    6,
  )
  const fill = (a: MapArea) =>
    a.value === null ? stateFill(map, a.state) : sequentialColours[classes.classOf(a.value)]!
  const tabbable = map.areas.length <= TABBABLE_AREAS
  const areas = map.areas
    .map(a => {
      const name = `${a.label}: ${a.text}`
      const path = `<path d="${flat.path(a.polygons)}" fill="${fill(a)}"><title>${escapeXml(name)}</title></path>`
      if (a.href === null || standalone || map.areas.length > LINKED_AREAS) return path
      return `<a href="${escapeXml(a.href)}"${tabbable ? '' : ' tabindex="-1"'} aria-label="${escapeXml(name)}">${path}</a>`
    })
    .join('')
  const outlines = map.outlines.map(o => `<path d="${flat.path(o.polygons)}"></path>`).join('')
  const furniture = (name: 'wide' | 'narrow') =>
    `<g class="chart-${name}" font-size="${LETTERS[name]}">${placeNames(map, flat, LETTERS[name])}${scaleAndNorth(flat)}</g>`
  const legend = mapLegend(map)
  const below = standalone ? standaloneFoot(map, legend, flat.height, standalone) : null
  const head = standalone ? 56 : 0
  const height = flat.height + 34 + (below?.height ?? 0)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart-map" role="group" aria-labelledby="${map.id}-title ${map.id}-desc"`,
    ` viewBox="${standalone ? `-16 ${-head - 16} ${WIDTH + 32} ${height + head + 32}` : `0 0 ${WIDTH} ${height}`}"`,
    ` width="${WIDTH}" height="${height}" fill="${standalone ? ink : 'currentColor'}" font-family="${escapeXml(fontFamily)}">`,
    `<title id="${map.id}-title">${escapeXml(map.title)}</title>`,
    `<desc id="${map.id}-desc">${escapeXml(`${map.subtitle}. ${map.description}`)}</desc>`,
    `<defs>${hatchPattern(`${map.id}-hatch`)}${dotPattern(`${map.id}-dots`)}</defs>`,
    standalone ? standaloneHead(map, head, height) : '',
    // An inner picture cuts off what lies beyond the areas: outlines of neighbours end at the edge of the map.
    `<svg width="${WIDTH}" height="${flat.height}">`,
    `<g data-mark="areas" stroke="${frameColour}" stroke-width="${map.areas.length > 300 ? 0.4 : 0.8}" stroke-linejoin="round">${areas}</g>`,
    `<g data-mark="outlines" fill="none" stroke="${ink}" stroke-width="1.6" pointer-events="none">${outlines}</g></svg>`,
    furniture('wide'),
    standalone ? '' : furniture('narrow'),
    below?.markup ?? '',
    '</svg>',
  ].join('')
}

/** Names of the larger areas in their middles, with a white edge so that they read on dark shades. */
function placeNames(map: Choropleth, flat: FlatMap, size: number): string {
  const named = map.outlines.length > 0 ? map.outlines : map.areas.length <= 12 ? map.areas : []
  const taken: { x: number; y: number; half: number; tall: number }[] = []
  const names = named.map(({ label, polygons }) => {
    const [x, y] = flat.centre(polygons)
    if (x < 0 || x > WIDTH || y < size || y > flat.height) return ''
    // What is added in brackets is in the area's own name; on the map there is no room for it.
    const lines = wrapText(label.replace(/ \([^)]*\)$/, ''), size * 8, size)
    // A long name at the edge is moved in rather than cut off.
    const half = Math.max(...lines.map(line => textWidth(line, size))) / 2
    const inside = Math.min(Math.max(x, half), WIDTH - half)
    const tall = (lines.length * size * 1.1) / 2
    // A name that would lie on another is moved up or down; where there is no room it is left to the table.
    const at = [0, -1, 1, -2, 2]
      .map(step => y + step * size * 0.6)
      .find(
        to =>
          !taken.some(
            box => Math.abs(box.x - inside) < box.half + half && Math.abs(box.y - to) < box.tall + tall,
          ),
      )
    if (at === undefined) return ''
    taken.push({ x: inside, y: at, half, tall })
    const rows = lines.map(
      (line, i) =>
        `<text x="${inside.toFixed(1)}" y="${(at + (i - (lines.length - 1) / 2) * size * 1.1).toFixed(1)}">${escapeXml(line)}</text>`,
    )
    return rows.join('')
  })
  return `<g data-mark="names" text-anchor="middle" stroke="#ffffff" stroke-width="${size / 4}" paint-order="stroke" stroke-linejoin="round" pointer-events="none">${names.join('')}</g>`
}

/** Scale bar at the lower left, north at the lower right. */
function scaleAndNorth(flat: FlatMap): string {
  const { pixels, label } = scaleBar(flat.metresPerPixel, WIDTH)
  const y = flat.height + 22
  return (
    `<g data-mark="scale"><path d="M8,${y - 6}V${y}H${(8 + pixels).toFixed(1)}V${y - 6}" fill="none" stroke="currentColor" stroke-width="2"></path>` +
    `<text x="${(16 + pixels).toFixed(1)}" y="${y}">${label}</text></g>` +
    `<g data-mark="north"><text x="${WIDTH - 8}" y="${y}" text-anchor="end">North ↑</text></g>`
  )
}

function standaloneHead(map: Choropleth, head: number, height: number): string {
  return (
    `<rect x="-16" y="${-head - 16}" width="${WIDTH + 32}" height="${height + head + 32}" fill="#ffffff"></rect>` +
    `<text x="0" y="${-head + 8}" font-size="18" font-weight="600">${escapeXml(map.title)}</text>` +
    `<text x="0" y="${-head + 32}" font-size="14">${escapeXml(map.subtitle)}</text>`
  )
}

/** Legend and notes of a file that stands alone; a page sets them as text of its own. */
function standaloneFoot(map: Choropleth, legend: LegendEntry[], top: number, { source }: Standalone) {
  let x = 0
  let y = top + 56
  let markup = ''
  for (const { label, fill } of legend) {
    const needed = 34 + textWidth(label, SMALL_TEXT)
    if (x + needed > WIDTH) {
      x = 0
      y += 22
    }
    markup += `<g transform="translate(${Math.round(x)},${y - 12})"><rect width="26" height="14" fill="${fill}" stroke="${frameColour}"></rect><text x="32" y="12">${escapeXml(label)}</text></g>`
    x += needed + 18
  }
  y += 12
  for (const line of [`${map.unit}. ${mapNotes(map).join(' ')} ${source}`].flatMap(n =>
    wrapText(n, WIDTH, SMALL_TEXT),
  )) {
    y += 18
    markup += `<text x="0" y="${y}" fill="${frameColour}">${escapeXml(line)}</text>`
  }
  return { markup: `<g font-size="${SMALL_TEXT}">${markup}</g>`, height: y - top - 20 }
}
