/**
 * Which cells of a grid have their centre inside outlines: row by row, between the places where an outline crosses the
 * middle of the row. Time goes with the corners of the outlines and not with the cells, so that 100,000 cells keep nobody
 * waiting.
 *
 * Sides are straight on the National Grid; those of a file are straight in degrees. On a side of a kilometre the two are
 * centimetres apart.
 */
import type { Position } from 'geojson'
import type { DensityGrid } from '../../analysis/density-grid.ts'
import { toNationalGrid } from './national-grid.ts'

/**
 * For each cell, row by row from the south-west, 1 where its centre lies inside. `polygons` in longitude and latitude; rings
 * of one count even-odd, so holes are outside, and several are a union. A centre on the western or southern side is inside.
 */
export function centresWithin(polygons: readonly Position[][][], grid: DensityGrid): Uint8Array {
  const inside = new Uint8Array(grid.cols * grid.rows)
  for (const rings of polygons) {
    crossingsOf(rings, grid).forEach((crossings, row) => {
      crossings.sort((a, b) => a - b)
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        const first = Math.max(0, firstCentre(crossings[i]! - grid.x0, grid.cell))
        const end = Math.min(grid.cols, firstCentre(crossings[i + 1]! - grid.x0, grid.cell))
        if (end > first) inside.fill(1, row * grid.cols + first, row * grid.cols + end)
      }
    })
  }
  return inside
}

/** The first row or column whose centre lies at or beyond so many metres from the grid's edge. */
const firstCentre = (metres: number, cell: number): number => Math.ceil(metres / cell - 0.5)

/** For each row the eastings at which the rings cross its middle. */
function crossingsOf(rings: readonly Position[][], { y0, rows, cell }: DensityGrid): number[][] {
  const crossings: number[][] = Array.from({ length: rows }, () => [])
  for (const ring of rings) {
    const { x, y } = toNationalGrid(
      Float64Array.from(ring, corner => corner[0]!),
      Float64Array.from(ring, corner => corner[1]!),
    )
    for (let i = 1; i < x.length; i++) {
      const [low, high] = y[i - 1]! < y[i]! ? [i - 1, i] : [i, i - 1]
      const slope = (x[high]! - x[low]!) / (y[high]! - y[low]!)
      const end = Math.min(rows, firstCentre(y[high]! - y0, cell))
      for (let row = Math.max(0, firstCentre(y[low]! - y0, cell)); row < end; row++) {
        crossings[row]!.push(x[low]! + (y0 + (row + 0.5) * cell - y[low]!) * slope)
      }
    }
  }
  return crossings
}
