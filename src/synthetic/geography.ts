/**
 * A schematic West Midlands. Policing units are rough discs around the anchor points of the area pack, filled
 * with small areas that are Voronoi cells around seeded centres. No boundary is borrowed: nothing here follows
 * a real street, ward or border, and every name says so.
 */
import { Delaunay } from 'd3-delaunay'
import type { Position } from 'geojson'
import type { AreaPack, PackPolicingArea } from '../areas/area-pack.ts'
import { census2021, impactAreaPlaces, unitSizes } from './calibration.ts'
import { signedArea } from './dissolve.ts'
import { apportion, type Random, randomFrom } from './random.ts'

export interface SmallArea {
  code: string
  name: string
  centre: Position
  /** Closed and convex, against the clock, longitude and latitude to five decimals (about a metre). */
  ring: Position[]
  unit: string
  localAuthority: string
  ward: string
  wardName: string
  /** The place of the area pack around which the ward lies, if any. */
  place: string | null
  impactArea: string | null
}

const SMALL_AREAS = 360
const AREAS_IN_WARD = 4
const KM_PER_DEGREE = { longitude: 67.8, latitude: 111.3 }
/** Beyond the outlines, centres that are thrown away: they bound the outer cells, about this far apart. */
const BEYOND_KM = 2
const round = (n: number) => Math.round(n * 1e5) / 1e5

interface Centre {
  x: number
  y: number
  unit: PackPolicingArea
  /** A named place or an anchor stays where the pack says. */
  place: string | null
  fixed: boolean
}

const toPlane = (longitude: number, latitude: number) => ({
  x: longitude * KM_PER_DEGREE.longitude,
  y: latitude * KM_PER_DEGREE.latitude,
})
const toPosition = ([x, y]: Position): Position => [
  round(x! / KM_PER_DEGREE.longitude),
  round(y! / KM_PER_DEGREE.latitude),
]

export function drawSmallAreas(pack: AreaPack, seed: number): SmallArea[] {
  const random = randomFrom(seed, 'geography')
  const units = pack.policingAreas.filter(a => unitSizes[a.code])
  const discs = discsOf(pack, units)
  const centres = seedCentres(random, pack, units, discs)
  const outside = centresBeyond(random, discs)
  const cells = relax(centres, outside)
  return nameAreas(pack, units, centres, cells)
}

interface Disc {
  unit: PackPolicingArea
  x: number
  y: number
  radius: number
}

/** One disc at the anchor, and a small one at each named place, which may lie nearer to another anchor. */
const discsOf = (pack: AreaPack, units: PackPolicingArea[]): Disc[] =>
  units.flatMap(unit => [
    { unit, ...toPlane(unit.anchor.longitude, unit.anchor.latitude), radius: unitSizes[unit.code]!.radiusKm },
    ...pack.namedPlaces
      .filter(p => p.policingArea === unit.code)
      .map(p => ({ unit, ...toPlane(p.longitude, p.latitude), radius: 1.5 })),
  ])

/** The disc that a point belongs to, by distance in radii; null beyond all of them. */
function discAt(discs: Disc[], x: number, y: number): Disc | null {
  let best: Disc | null = null
  let least = 1
  for (const disc of discs) {
    const distance = Math.hypot(x - disc.x, y - disc.y) / disc.radius
    if (distance < least) {
      least = distance
      best = disc
    }
  }
  return best
}

function seedCentres(random: Random, pack: AreaPack, units: PackPolicingArea[], discs: Disc[]): Centre[] {
  const residents = units.map(
    u => census2021[u.localAuthority]!.residents * unitSizes[u.code]!.shareOfAuthority,
  )
  const wanted = apportion(residents, SMALL_AREAS)
  return units.flatMap((unit, u) => {
    const fixed: Centre[] = pack.namedPlaces
      .filter(p => p.policingArea === unit.code)
      .map(p => ({ ...toPlane(p.longitude, p.latitude), unit, place: p.name, fixed: true }))
    const main = discs.find(d => d.unit === unit)!
    if (!fixed.some(f => Math.hypot(f.x - main.x, f.y - main.y) < 1)) {
      fixed.push({ x: main.x, y: main.y, unit, place: null, fixed: true })
    }
    const others: Centre[] = []
    while (fixed.length + others.length < wanted[u]!) {
      // Denser towards the middle, as people are.
      const distance = main.radius * random.unit() ** 0.6
      const angle = random.unit() * 2 * Math.PI
      const x = main.x + distance * Math.cos(angle)
      const y = main.y + distance * Math.sin(angle)
      if (discAt(discs, x, y)?.unit === unit) others.push({ x, y, unit, place: null, fixed: false })
    }
    return [...fixed, ...others]
  })
}

function centresBeyond(random: Random, discs: Disc[]): [number, number][] {
  const reach = Math.max(...discs.map(d => d.radius)) + 3 * BEYOND_KM
  const xs = discs.map(d => d.x)
  const ys = discs.map(d => d.y)
  const beyond: [number, number][] = []
  for (let y = Math.min(...ys) - reach; y <= Math.max(...ys) + reach; y += BEYOND_KM) {
    for (let x = Math.min(...xs) - reach; x <= Math.max(...xs) + reach; x += BEYOND_KM) {
      const nudged = { x: x + random.unit() * 0.8, y: y + random.unit() * 0.8 }
      if (!discAt(discs, nudged.x, nudged.y)) beyond.push([nudged.x, nudged.y])
    }
  }
  return beyond
}

/** Three rounds of Lloyd's method even out the cells; then the cells. Moves the centres. */
function relax(centres: Centre[], outside: [number, number][]): Position[][] {
  for (let round = 0; round < 3; round++) {
    voronoi(centres, outside).forEach((cell, i) => {
      const centre = centres[i]!
      if (!centre.fixed) [centre.x, centre.y] = centroid(cell)
    })
  }
  return voronoi(centres, outside)
}

function voronoi(centres: Centre[], outside: [number, number][]): Position[][] {
  const points = [...centres.map((c): [number, number] => [c.x, c.y]), ...outside]
  const xs = points.map(p => p[0])
  const ys = points.map(p => p[1])
  const diagram = Delaunay.from(points).voronoi([
    Math.min(...xs) - 1,
    Math.min(...ys) - 1,
    Math.max(...xs) + 1,
    Math.max(...ys) + 1,
  ])
  return centres.map((_, i) => diagram.cellPolygon(i) as Position[])
}

function centroid(ring: Position[]): [number, number] {
  let x = 0
  let y = 0
  for (let i = 1; i < ring.length; i++) {
    const cross = ring[i - 1]![0]! * ring[i]![1]! - ring[i]![0]! * ring[i - 1]![1]!
    x += (ring[i - 1]![0]! + ring[i]![0]!) * cross
    y += (ring[i - 1]![1]! + ring[i]![1]!) * cross
  }
  const sixAreas = 6 * signedArea(ring)
  return [x / sixAreas, y / sixAreas]
}

/** Corners to five decimals; corners that fall together become one, in every cell alike. */
function ringOf(cell: Position[]): Position[] {
  const corners = cell.map(toPosition)
  const ring = corners.filter((p, i) => i === 0 || `${p}` !== `${corners[i - 1]}`)
  return signedArea(ring) < 0 ? ring.reverse() : ring
}

function nameAreas(
  pack: AreaPack,
  units: PackPolicingArea[],
  centres: Centre[],
  cells: Position[][],
): SmallArea[] {
  const areas: SmallArea[] = []
  let wards = 0
  for (const unit of units) {
    const members = centres.flatMap((c, i) => (c.unit === unit ? [i] : []))
    const heads = wardHeads(centres, members)
    const sizes = new Map<number, number>()
    const first = wards
    wards += heads.length
    const wardOf = gather(centres, members, heads)
    for (const i of members) {
      const centre = centres[i]!
      const nearest = wardOf.get(i)!
      const place = centres[heads[nearest]!]!.place
      const number = (sizes.get(nearest) ?? 0) + 1
      sizes.set(nearest, number)
      const base = place ?? `${unit.name} ${String(nearest + 1).padStart(2, '0')}`
      areas.push({
        code: `X01${String(areas.length + 1).padStart(6, '0')}`,
        name: `${base} ${String.fromCharCode(64 + number)} (synthetic)`,
        centre: toPosition([centre.x, centre.y]),
        ring: ringOf(cells[i]!),
        unit: unit.code,
        localAuthority: unit.localAuthority,
        ward: `X05${String(first + nearest + 1).padStart(6, '0')}`,
        wardName: `${base} (synthetic)`,
        place,
        impactArea: null,
      })
    }
  }
  markImpactAreas(pack, areas)
  return areas
}

const distance = (a: { x: number; y: number }, b: { x: number; y: number }) =>
  Math.hypot(a.x - b.x, a.y - b.y)

/** Centres around which wards gather: the named places, then each time the centre farthest from all of them. */
function wardHeads(centres: Centre[], members: number[]): number[] {
  const heads = members.filter(i => centres[i]!.place !== null)
  if (heads.length === 0) heads.push(members[0]!)
  while (heads.length < members.length / AREAS_IN_WARD) {
    const gap = (i: number) => Math.min(...heads.map(h => distance(centres[h]!, centres[i]!)))
    heads.push(members.reduce((best, i) => (gap(i) > gap(best) ? i : best)))
  }
  return heads
}

/** Each member goes to a near head, nearest pairs first, until a ward is full: wards are of like size. */
function gather(centres: Centre[], members: number[], heads: number[]): Map<number, number> {
  const most = Math.ceil(members.length / heads.length) + 2
  const pairs = members
    .flatMap(member =>
      heads.map((head, h) => ({ member, h, away: distance(centres[head]!, centres[member]!) })),
    )
    .sort((a, b) => a.away - b.away || a.member - b.member || a.h - b.h)
  const sizes = heads.map(() => 0)
  const wardOf = new Map<number, number>()
  for (const { member, h } of pairs) {
    if (wardOf.has(member) || sizes[h]! >= most) continue
    wardOf.set(member, h)
    sizes[h]! += 1
  }
  return wardOf
}

/** An impact area is the wards of the places that the calibration gives it. The partnership would draw its own. */
function markImpactAreas(pack: AreaPack, areas: SmallArea[]): void {
  for (const { code } of pack.impactAreas) {
    const { unit, places } = impactAreaPlaces[code] ?? { unit: '', places: [] }
    const inUnit = areas.filter(a => a.unit === unit)
    const wards =
      places.length > 0
        ? inUnit.filter(a => a.place && places.includes(a.place)).map(a => a.ward)
        : inUnit.slice(0, 1).map(a => a.ward)
    for (const area of inUnit) if (wards.includes(area.ward)) area.impactArea = code
  }
}
