/**
 * The area that density and significant cells look at: the inside of its boundaries, on square cells of the British
 * National Grid.
 *
 * Cells begin at whole multiples of their side, so that they are the same cells in every period and at every choice of
 * area. A rectangle around the area would do for neither method: fields beyond the boundary, from which nobody sends
 * records, would count as quiet.
 */
import type { Position } from 'geojson'
import { type DensityGrid, gridOver } from '../../analysis/density-grid.ts'
import { buildLayer, type Layer } from '../../evidence/geography/layer.ts'
import { centresWithin } from './centres-inside.ts'
import { toNationalGrid } from './national-grid.ts'

export interface Outline {
  code: string
  name: string
  /** Longitude and latitude. */
  polygons: Position[][][]
}

export interface StudyArea {
  outlines: readonly Outline[]
  layer: Layer
  /** West, south, east and north in metres. */
  bounds: readonly [number, number, number, number]
  km2: number
}

/** Throws RangeError without any outline. */
export function studyArea(outlines: readonly Outline[]): StudyArea {
  const corners = outlines.flatMap(o => o.polygons.flat(2))
  if (corners.length === 0) throw new RangeError('an area needs at least one outline')
  const { x, y } = toNationalGrid(
    Float64Array.from(corners, c => c[0]!),
    Float64Array.from(corners, c => c[1]!),
  )
  const least = (values: Float64Array) => values.reduce((a, b) => Math.min(a, b))
  const most = (values: Float64Array) => values.reduce((a, b) => Math.max(a, b))
  return {
    outlines,
    layer: buildLayer(outlines.map(({ code, polygons }) => ({ code, polygons }))),
    bounds: [least(x), least(y), most(x), most(y)],
    km2: outlines.reduce((sum, { polygons }) => sum + squareKilometres(polygons), 0),
  }
}

/** Outer rings less their holes, by the shoelace formula on the grid. */
const squareKilometres = (polygons: Position[][][]): number =>
  polygons.reduce(
    (sum, [outer = [], ...holes]) => sum + ringArea(outer) - holes.reduce((a, hole) => a + ringArea(hole), 0),
    0,
  ) / 1e6

function ringArea(ring: Position[]): number {
  const { x, y } = toNationalGrid(
    Float64Array.from(ring, c => c[0]!),
    Float64Array.from(ring, c => c[1]!),
  )
  const next = (i: number) => (i + 1) % x.length
  return Math.abs(x.reduce((twice, east, i) => twice + east * y[next(i)]! - x[next(i)]! * y[i]!, 0)) / 2
}

/** Square cells of `cell` metres that cover the area and begin at multiples of it. */
export function cellsOver({ bounds: [west, south, east, north] }: StudyArea, cell: number): DensityGrid {
  const down = (metres: number) => Math.floor(metres / cell) * cell
  const up = (metres: number) => Math.ceil(metres / cell) * cell
  return gridOver([down(west), down(south), up(east), up(north)], cell)
}

const kept = new WeakMap<StudyArea, Map<number, Uint8Array>>()

/** For each cell of a grid of `cellsOver`, row by row from the south-west, 1 where its centre lies inside the area. Told once for an area. */
export function centresInside(area: StudyArea, grid: DensityGrid): Uint8Array {
  const ofArea = kept.get(area) ?? new Map<number, Uint8Array>()
  kept.set(area, ofArea)
  const inside =
    ofArea.get(grid.cell) ??
    centresWithin(
      area.outlines.flatMap(o => o.polygons),
      grid,
    )
  ofArea.set(grid.cell, inside)
  return inside
}

/** The cell of each point, or −1 beyond the grid. A point on an edge belongs to the cell north and east of it. */
export function cellOfPoints(x: Float64Array, y: Float64Array, grid: DensityGrid): Int32Array {
  return Int32Array.from(x, (east, i) => {
    const col = Math.floor((east - grid.x0) / grid.cell)
    const row = Math.floor((y[i]! - grid.y0) / grid.cell)
    return col >= 0 && col < grid.cols && row >= 0 && row < grid.rows ? row * grid.cols + col : -1
  })
}
