/**
 * Joins cells of one Voronoi diagram into an outline. Neighbours share edges corner for corner, so an edge that
 * runs both ways is inside and cancels; what is left is the outline. No general clipping is needed.
 */
import type { Position } from 'geojson'

/** Polygons (outer ring first, then its holes) of the union of cells. Rings are closed and share a winding. */
export function dissolve(cells: readonly Position[][]): Position[][][] {
  const edges = new Map<string, { from: Position; to: Position }>()
  for (const ring of cells) {
    for (let i = 1; i < ring.length; i++) {
      const from = ring[i - 1]!
      const to = ring[i]!
      if (!edges.delete(`${to}>${from}`)) edges.set(`${from}>${to}`, { from, to })
    }
  }
  const rings = chain([...edges.values()])
  const outers = rings.filter(ring => signedArea(ring) > 0).map(ring => [ring])
  for (const hole of rings.filter(ring => signedArea(ring) < 0)) {
    const around = outers.find(([outer]) =>
      hole.every(corner => isInside(corner, outer!) || isCorner(corner, outer!)),
    )
    if (!around) throw new Error('A hole of an outline lies in no ring')
    around.push(hole)
  }
  return outers
}

function chain(edges: { from: Position; to: Position }[]): Position[][] {
  const leaving = new Map<string, Position[]>()
  for (const { from, to } of edges) {
    const known = leaving.get(`${from}`)
    if (known) known.push(to)
    else leaving.set(`${from}`, [to])
  }
  const rings: Position[][] = []
  for (const { from } of edges) {
    const ring = [from]
    for (let next = leaving.get(`${from}`)?.pop(); next; next = leaving.get(`${next}`)?.pop()) {
      ring.push(next)
      if (`${next}` === `${from}`) break
    }
    if (ring.length > 1) rings.push(ring)
  }
  return rings
}

/** Positive when the ring runs against the clock. */
export function signedArea(ring: readonly Position[]): number {
  let twice = 0
  for (let i = 1; i < ring.length; i++) {
    twice += ring[i - 1]![0]! * ring[i]![1]! - ring[i]![0]! * ring[i - 1]![1]!
  }
  return twice / 2
}

const isCorner = (point: Position, ring: Position[]) => ring.some(p => p[0] === point[0] && p[1] === point[1])

function isInside([x, y]: Position, ring: Position[]): boolean {
  let inside = false
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1]!
    const [bx, by] = ring[i]!
    if (ay! > y! !== by! > y! && x! < ((bx! - ax!) * (y! - ay!)) / (by! - ay!) + ax!) inside = !inside
  }
  return inside
}
