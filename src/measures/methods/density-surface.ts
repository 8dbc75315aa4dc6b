/**
 * A density surface over an area: quartic kernel, bandwidth by Diggle's rule within bounds, corrected for what the
 * boundary cuts off.
 *
 * The rule alone will not do for recorded crime. Many records lie at the very same point (a station, a snapped street
 * point), which pulls it to a few metres, where the surface draws single records. Between 200 and 1,000 metres it says
 * something that a patrol can use, so the rule is held between them, and wide enough for the number of records.
 */
import {
  columnCentre,
  type DensityGrid,
  rowCentre,
  type WeightedPoints,
} from '../../analysis/density-grid.ts'
import { cellsOver, centresInside, type StudyArea } from './hotspots-area.ts'
import type { MethodRunner } from './run-method.ts'

export const LEAST_RADIUS = 200
export const MOST_RADIUS = 1000
/** Metres: finer than a pixel of the map of a county, and a quarter of the smallest bandwidth's width. */
export const SURFACE_CELL = 125
/** Below this the surface draws single records. */
export const FEWEST_POINTS = 50

/**
 * Radius of the quartic kernel that spreads as far as a Gaussian of one standard deviation: along an axis the quartic of
 * radius h has the variance h²/8.
 */
const RADIUS_OF_SIGMA = Math.sqrt(8)
/** Diggle's rule compares all pairs: of more points, every k-th is taken. */
const MOST_COMPARED = 20_000
/** Records that a kernel covers where the density is that of the whole area: with fewer, each would be a dot. */
const UNDER_A_KERNEL = 2

export interface Bandwidth {
  /** Radius of the kernel. */
  metres: number
  /** What Diggle's rule gave before it was held within bounds; null where the radius was asked for. */
  rule: number | null
  /** Radius under which two records lie on average; 0 where it was asked for. */
  covering: number
  /** Points from which the rule told it; 0 where it was asked for. */
  compared: number
}

type Runner = Pick<MethodRunner, 'run'>

/**
 * The radius asked for, or that of Diggle's rule over the rectangle around the area. Points in metres, at least two.
 */
export async function bandwidthOf(
  methods: Runner,
  { x, y }: WeightedPoints,
  { bounds: [x0, y0, x1, y1], km2 }: StudyArea,
  asked: number | null,
): Promise<Bandwidth> {
  if (asked !== null) return { metres: asked, rule: null, covering: 0, compared: 0 }
  const every = Math.ceil(x.length / MOST_COMPARED)
  const thinned = (values: Float64Array) => values.filter((_, i) => i % every === 0)
  const points = { x: thinned(x), y: thinned(y) }
  const { sigma } = await methods.run('diggle-bandwidth', { points, window: { x0, y0, x1, y1 } })
  const rule = sigma * RADIUS_OF_SIGMA
  const covering = Math.sqrt((UNDER_A_KERNEL * km2 * 1e6) / (Math.PI * x.length))
  const held = Math.min(MOST_RADIUS, Math.max(LEAST_RADIUS, covering, rule))
  return { metres: Math.round(held / 10) * 10, rule, covering, compared: points.x.length }
}

export interface Surface {
  grid: DensityGrid
  /** Records per square kilometre, row by row from the south-west; 0 outside the area. */
  perKm2: Float64Array
}

/**
 * The surface on cells of 125 metres. Each cell is divided by the share of its kernel that lies inside the area (Diggle
 * 1985, "uniform" correction): nobody sends records from beyond the boundary, and without it the map would be pale all
 * along it.
 */
export async function densitySurface(
  methods: Runner,
  points: WeightedPoints,
  area: StudyArea,
  radius: number,
): Promise<Surface> {
  const grid = cellsOver(area, SURFACE_CELL)
  const inside = centresInside(area, grid)
  const settings = { grid, kernel: 'quartic', bandwidth: radius } as const
  const [density, ofArea] = await Promise.all([
    methods.run('density', { points, ...settings }),
    methods.run('density', { points: centresOf(grid, inside), ...settings }),
  ])
  const whole = sumOfKernel(radius, grid.cell)
  return {
    grid,
    perKm2: density.map((value, i) => (inside[i] === 0 ? 0 : (value * 1e6 * whole) / ofArea[i]!)),
  }
}

function centresOf(grid: DensityGrid, inside: Uint8Array): WeightedPoints {
  const cells = [...inside.keys()].filter(cell => inside[cell] === 1)
  return {
    x: Float64Array.from(cells, cell => columnCentre(grid, cell % grid.cols)),
    y: Float64Array.from(cells, cell => rowCentre(grid, Math.floor(cell / grid.cols))),
  }
}

/** What a cell's centre gets from centres on all sides without end: the whole against which a share is told. */
function sumOfKernel(radius: number, cell: number): number {
  const reach = Math.floor(radius / cell)
  let sum = 0
  for (let row = -reach; row <= reach; row++) {
    for (let col = -reach; col <= reach; col++) {
      sum += Math.max(0, 1 - ((row * row + col * col) * cell * cell) / (radius * radius)) ** 2
    }
  }
  return (3 / (Math.PI * radius * radius)) * sum
}
