/**
 * A density surface with outlined hotspots: shades for how dense, dark outlines and numbers for where it stands out, so
 * that the two are told apart without any colour. The numbers are those of the list beside the map.
 */
import { type ChartWords, escapeXml } from '../charts/frame.ts'
import { tenthText } from '../charts/numbers.ts'
import { fontFamily, frameColour, ink, sequentialColours } from '../charts/palette.ts'
import { type FlatMap, fitToWidth, type Polygons } from './flat-projection.ts'
import type { LegendEntry } from './map-legend.ts'
import { scaleBar } from './scale-bar.ts'
import { type MapNumber, surfaceLabels } from './surface-labels.ts'

export interface SurfaceMap extends ChartWords {
  kind: 'surface'
  /** What the map shows and is as large as. */
  frame: Polygons[]
  /** Larger areas as outlines with names. */
  outlines: { label: string; polygons: Polygons }[]
  /** From the lowest: where the density is at least `from`, denser bands included. */
  bands: { from: number; polygons: Polygons }[]
  /** Highest density of all. */
  highest: number
  hotspots: MapNumber[]
  /** Outlined without a number. */
  smaller: { polygons: Polygons }[]
  places: { name: string; longitude: number; latitude: number }[]
  /** What a density is of: "offences". */
  unit: string
  /** Datasets that were counted, in plain words: printed on the map. */
  inputs: string[]
  source: string
}

/** Drawn at this width; shown between 290 and 800 pixels wide. */
const WIDTH = 800
const TALLEST = 760
/** Letters of the picture up to 420 and 640 pixels wide and above: never under 12 on the screen. */
const LETTERS = { narrow: 34, middle: 23, wide: 16 } as const

export function drawSurface(map: SurfaceMap): string {
  const flat = fitToWidth(map.frame, WIDTH, 6, TALLEST)
  const height = flat.height + LETTERS.narrow + 16
  const shades = shadesOf(map)
  const bands = map.bands
    .map(({ polygons }, i) => `<path d="${flat.path(polygons)}" fill="${shades[i]!}"></path>`)
    .join('')
  const outlines = map.outlines.map(o => `<path d="${flat.path(o.polygons)}"></path>`).join('')
  const layout = (name: keyof typeof LETTERS) =>
    `<g class="chart-${name}" font-size="${LETTERS[name]}">${surfaceLabels(map, flat, WIDTH, LETTERS[name])}${scaleAndNorth(flat, LETTERS[name])}</g>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart-map" role="group" aria-labelledby="${map.id}-title ${map.id}-desc"`,
    ` viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" fill="currentColor" font-family="${escapeXml(fontFamily)}">`,
    `<title id="${map.id}-title">${escapeXml(map.title)}</title>`,
    `<desc id="${map.id}-desc">${escapeXml(`${map.subtitle}. ${map.description}`)}</desc>`,
    `<svg width="${WIDTH}" height="${flat.height}">`,
    `<g data-mark="bands">${bands}</g>`,
    `<g data-mark="outlines" fill="none" stroke="${frameColour}" stroke-width="1" pointer-events="none">${outlines}</g>`,
    `<g data-mark="hotspots">${[...map.smaller, ...map.hotspots].map(h => edge(flat.path(h.polygons))).join('')}</g></svg>`,
    ...(['wide', 'middle', 'narrow'] as const).map(layout),
    '</svg>',
  ].join('')
}

/** Dark within white: seen on every shade. */
const edge = (path: string): string =>
  `<path d="${path}" fill="none" stroke="#ffffff" stroke-width="3.6"></path><path d="${path}" fill="none" stroke="${ink}" stroke-width="1.6"></path>`

function scaleAndNorth(flat: FlatMap, size: number): string {
  const { pixels, label } = scaleBar(flat.metresPerPixel, WIDTH)
  const y = flat.height + LETTERS.narrow
  return (
    `<g data-mark="scale"><path d="M8,${y - 6}V${y}H${(8 + pixels).toFixed(1)}V${y - 6}" fill="none" stroke="currentColor" stroke-width="2"></path>` +
    `<text x="${(8 + pixels + size / 2).toFixed(1)}" y="${y}">${label}</text></g>` +
    `<g data-mark="north"><text x="${WIDTH - 8}" y="${y}" text-anchor="end">North ↑</text></g>`
  )
}

/** The darkest, so that a map of few bands is not a pale one. */
const shadesOf = ({ bands }: SurfaceMap): string[] => sequentialColours.slice(-bands.length || undefined)

/** Every shade with its range. What is white is below the first. */
export function surfaceLegend(map: SurfaceMap): LegendEntry[] {
  const { bands, highest } = map
  const shades = shadesOf(map)
  const write = (value: number) =>
    value >= 10 || Number.isInteger(value) ? String(Math.round(value)) : tenthText(value)
  return bands.length === 0
    ? []
    : [
        { label: `under ${write(bands[0]!.from)}`, fill: '#ffffff' },
        ...bands.map(({ from }, i) => ({
          label:
            i + 1 < bands.length
              ? `${write(from)} to ${write(bands[i + 1]!.from)}`
              : `${write(from)} and over, at most ${write(highest)}`,
          fill: shades[i]!,
        })),
      ]
}
