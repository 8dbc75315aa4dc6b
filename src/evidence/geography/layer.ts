/**
 * Points in polygons, for millions of points: the placement kernel.
 *
 * A layer is flattened once into typed arrays: a flatbush index over the bounding boxes of its polygons, and
 * for each polygon its edges cut into horizontal strips, so that a point is tested against the few edges at
 * its own height and not against a whole outline.
 *
 * Rules, so that every point is counted exactly once:
 * - A point on an edge or a corner belongs to the area. Of several areas, that with the lowest code has it.
 * - Areas that overlap (impact areas may) follow the same rule.
 * - Rings of one polygon count even-odd: holes are outside, a hairline self-touch does no harm and the
 *   winding order does not matter. Several polygons of one area are a union.
 *
 * Every edge is stored lower end first. Two neighbours therefore compute the very same cross product for the
 * edge they share, and rounding cannot drop a point between them.
 */
import Flatbush from 'flatbush'
import type { Position } from 'geojson'

export interface LayerFeature {
  code: string
  /** Coordinates of a MultiPolygon: polygons, rings, positions (longitude, latitude). */
  polygons: Position[][][]
}

export interface Layer {
  /** Codes of the areas, sorted. `placePoints` answers with positions in this list. */
  codes: string[]
  index: Flatbush | null
  /** Area of each polygon. */
  areaOf: Int32Array
  /** Latitude at which a polygon's strips begin, and strips per degree. */
  base: Float64Array
  scale: Float64Array
  /** Strips of polygon p are `firstStrip[p]` up to `firstStrip[p + 1]`. */
  firstStrip: Int32Array
  /** Edges of strip s are `stripStart[s]` up to `stripStart[s + 1]`, four numbers each: x0, y0, x1, y1. */
  stripStart: Int32Array
  edges: Float64Array
}

/** Edges in a strip, about. Fewer cost memory (edges that cross strips are repeated), more cost time. */
const EDGES_IN_STRIP = 6

/** Prepares areas for `placePoints`. Each code may occur once. */
export function buildLayer(features: readonly LayerFeature[]): Layer {
  const sorted = features.toSorted((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
  const polygons = sorted.flatMap((feature, area) => feature.polygons.map(rings => ({ area, rings })))
  const layer = {
    codes: sorted.map(f => f.code),
    index: polygons.length > 0 ? new Flatbush(polygons.length) : null,
    areaOf: Int32Array.from(polygons, p => p.area),
    base: new Float64Array(polygons.length),
    scale: new Float64Array(polygons.length),
    firstStrip: new Int32Array(polygons.length + 1),
  }
  const stripStart = [0]
  const edges: number[] = []
  polygons.forEach(({ rings }, p) => {
    const outline = edgesOf(rings)
    const box = boxOf(outline)
    layer.index?.add(box.minX, box.minY, box.maxX, box.maxY)
    const strips = cutIntoStrips(outline, box)
    layer.base[p] = box.minY
    layer.scale[p] = strips.scale
    for (const strip of strips.edges) {
      for (const edge of strip) edges.push(...edge)
      stripStart.push(edges.length)
    }
    layer.firstStrip[p + 1] = stripStart.length - 1
  })
  layer.index?.finish()
  return { ...layer, stripStart: Int32Array.from(stripStart), edges: Float64Array.from(edges) }
}

type Edge = [x0: number, y0: number, x1: number, y1: number]

function edgesOf(rings: Position[][]): Edge[] {
  const edges: Edge[] = []
  for (const ring of rings) {
    let [ax, ay] = ring.at(-1) as [number, number]
    for (const [bx, by] of ring as [number, number][]) {
      if (ax !== bx || ay !== by) {
        edges.push(ay < by || (ay === by && ax < bx) ? [ax, ay, bx, by] : [bx, by, ax, ay])
      }
      ax = bx
      ay = by
    }
  }
  return edges
}

function boxOf(edges: Edge[]) {
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }
  for (const [x0, y0, x1, y1] of edges) {
    box.minX = Math.min(box.minX, x0, x1)
    box.maxX = Math.max(box.maxX, x0, x1)
    box.minY = Math.min(box.minY, y0)
    box.maxY = Math.max(box.maxY, y1)
  }
  return box
}

function cutIntoStrips(edges: Edge[], box: { minY: number; maxY: number }) {
  const count = Math.max(1, Math.ceil(edges.length / EDGES_IN_STRIP))
  const height = box.maxY - box.minY
  const scale = height > 0 ? count / height : 0
  const strips: Edge[][] = Array.from({ length: count }, () => [])
  // The kernel finds a point's strip with the same expression. It never falls as latitude rises, so an edge
  // is in every strip in which a point of its height can be.
  const stripAt = (y: number) => Math.min(count - 1, Math.floor((y - box.minY) * scale))
  for (const edge of edges) {
    for (let s = stripAt(edge[1]); s <= stripAt(edge[3]); s++) strips[s]!.push(edge)
  }
  return { edges: strips, scale }
}

/** For each point the position of its area in `layer.codes`, or −1. A point that is not a number has none. */
export function placePoints(layer: Layer, lon: Float64Array, lat: Float64Array): Int32Array {
  const placed = new Int32Array(lon.length).fill(-1)
  if (!layer.index) return placed
  const { index, areaOf } = layer
  let best = -1
  let x = 0
  let y = 0
  const test = (polygon: number): boolean => {
    const area = areaOf[polygon]!
    if ((best === -1 || area < best) && covers(layer, polygon, x, y)) best = area
    return false
  }
  for (let i = 0; i < lon.length; i++) {
    x = lon[i]!
    y = lat[i]!
    if (Number.isNaN(x) || Number.isNaN(y)) continue
    best = -1
    index.search(x, y, x, y, test)
    placed[i] = best
  }
  return placed
}

/** True when the point is inside the polygon or on its edge. The point lies within the bounding box. */
function covers(layer: Layer, polygon: number, x: number, y: number): boolean {
  const { edges, firstStrip, stripStart } = layer
  const first = firstStrip[polygon]!
  const last = firstStrip[polygon + 1]! - 1
  const strip = Math.min(last, first + Math.floor((y - layer.base[polygon]!) * layer.scale[polygon]!))
  const end = stripStart[strip + 1]!
  let inside = false
  for (let e = stripStart[strip]!; e < end; e += 4) {
    const y0 = edges[e + 1]!
    const y1 = edges[e + 3]!
    if (y < y0 || y > y1) continue
    const x0 = edges[e]!
    const x1 = edges[e + 2]!
    if (y0 === y1) {
      if (x >= x0 && x <= x1) return true
      continue
    }
    const side = (x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)
    if (side === 0) return true
    // Half-open in height, so that a corner between two edges is crossed once.
    if (side > 0 && y < y1) inside = !inside
  }
  return inside
}
