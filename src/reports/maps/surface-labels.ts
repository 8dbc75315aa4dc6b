/** Numbers of hotspots and names of places on a map: numbers always, names where there is room. */
import { escapeXml } from '../charts/frame.ts'
import { frameColour, ink } from '../charts/palette.ts'
import { textWidth } from '../charts/text-width.ts'
import type { FlatMap, Polygons } from './flat-projection.ts'
import { type Box, type LabelRoom, labelRoom } from './label-room.ts'

export interface MapNumber {
  number: number
  /** Its name and count: "Aston: 45 offences". */
  label: string
  polygons: Polygons
  longitude: number
  latitude: number
  href: string
}

interface Labelled {
  hotspots: readonly MapNumber[]
  smaller: readonly { polygons: Polygons }[]
  places: readonly { name: string; longitude: number; latitude: number }[]
  outlines: readonly { label: string; polygons: Polygons }[]
}

/** Where a number may stand: around its place, near ones first. */
const AROUND = [1.7, 2.7, 3.8, 5].flatMap(far =>
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map(step => {
    const angle = (Math.PI * (2 * step - 3)) / 12
    return { dx: far * Math.cos(angle), dy: far * Math.sin(angle) }
  }),
)

/** `size` is that of the letters, in pixels of the drawing. */
export function surfaceLabels(map: Labelled, flat: FlatMap, width: number, size: number): string {
  const room = labelRoom(width, flat.height)
  const spots = map.hotspots.map(hotspot => ({
    hotspot,
    at: flat.point(hotspot.longitude, hotspot.latitude),
  }))
  // A number hides no hotspot, its own or another's.
  for (const { at } of spots) room.block({ x: at[0], y: at[1], wide: size / 2, tall: size / 2 })
  const numbers = spots.map(({ hotspot, at }) => number(hotspot, at, room, size)).join('')
  // Names would hide what they lie on.
  for (const { polygons } of [...map.hotspots, ...map.smaller]) room.block(boxAround(polygons, flat))
  const places = map.places.map(p => place(p.name, flat.point(p.longitude, p.latitude), room, size)).join('')
  const areas = map.outlines.map(o => areaName(o.label, flat.centre(o.polygons), room, size)).join('')
  return (
    `<g data-mark="names" pointer-events="none" stroke="#ffffff" stroke-width="${size / 4}" paint-order="stroke" stroke-linejoin="round">${areas}${places}</g>` +
    `<g data-mark="numbers">${numbers}</g>`
  )
}

function boxAround(polygons: Polygons, flat: FlatMap): Box {
  const corners = polygons.flat(2).map(([longitude, latitude]) => flat.point(longitude!, latitude!))
  const along = (axis: 0 | 1) => {
    const values = corners.map(corner => corner[axis])
    return [Math.min(...values), Math.max(...values)] as const
  }
  const [[west, east], [north, south]] = [along(0), along(1)]
  return { x: (west + east) / 2, y: (north + south) / 2, wide: east - west, tall: south - north }
}

function number(hotspot: MapNumber, [x, y]: [number, number], room: LabelRoom, size: number): string {
  const text = String(hotspot.number)
  const wide = Math.max(textWidth(text, size), size) + size * 0.4
  const tall = size * 1.25
  const box = room.take(
    AROUND.map(({ dx, dy }) => ({ x: x + dx * size, y: y + dy * size, wide, tall })),
    true,
  )
  return (
    `<a href="${escapeXml(hotspot.href)}" aria-label="${escapeXml(`${text}. ${hotspot.label}`)}"><title>${escapeXml(`${text}. ${hotspot.label}`)}</title>` +
    `<path d="M${x.toFixed(1)},${y.toFixed(1)}L${box.x.toFixed(1)},${box.y.toFixed(1)}" stroke="${ink}" stroke-width="1.2"></path>` +
    `<rect x="${(box.x - wide / 2).toFixed(1)}" y="${(box.y - tall / 2).toFixed(1)}" width="${wide.toFixed(1)}" height="${tall.toFixed(1)}" rx="3" fill="#ffffff" stroke="${ink}" stroke-width="1.2"></rect>` +
    `<text x="${box.x.toFixed(1)}" y="${(box.y + size * 0.36).toFixed(1)}" text-anchor="middle" font-weight="600" fill="${ink}">${text}</text></a>`
  )
}

/** A dot with its name to the right or the left. */
function place(name: string, [x, y]: [number, number], room: LabelRoom, size: number): string {
  const wide = textWidth(name, size)
  const beside = size * 0.5
  const sides: Box[] = [1, -1].flatMap(side =>
    [0, 0.7, -0.7].map(up => ({
      x: x + side * (beside + wide / 2),
      y: y + up * size,
      wide,
      tall: size * 1.2,
    })),
  )
  const box = room.take(sides)
  if (!box) return ''
  return (
    `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${(size / 6).toFixed(1)}" fill="${ink}"></circle>` +
    `<text x="${box.x.toFixed(1)}" y="${(box.y + size * 0.35).toFixed(1)}" text-anchor="middle">${escapeXml(name)}</text>`
  )
}

/** The name of a larger area in its middle; what is added in brackets has no room here. */
function areaName(label: string, [x, y]: [number, number], room: LabelRoom, size: number): string {
  const name = label.replace(/ \([^)]*\)$/, '')
  const wide = textWidth(name, size) * 1.1
  const steps = [0, -1.3, 1.3, -2.6, 2.6, -3.9, 3.9]
  const box = room.take(steps.map(step => ({ x, y: y + step * size, wide, tall: size * 1.2 })))
  return box
    ? `<text x="${box.x.toFixed(1)}" y="${(box.y + size * 0.35).toFixed(1)}" text-anchor="middle" font-weight="600" fill="${frameColour}">${escapeXml(name)}</text>`
    : ''
}
