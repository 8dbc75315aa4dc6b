/** The edge of a set of square cells, as rings for drawing. */
import type { Position } from 'geojson'
import type { DensityGrid } from '../../analysis/density-grid.ts'
import { fromNationalGrid } from './national-grid.ts'

type Corner = readonly [col: number, row: number]

/**
 * Rings around the cells in longitude and latitude, closed, only where they turn; holes are rings as well. Cells that
 * touch by a corner may share a ring.
 */
export function outlineOf(cells: Iterable<number>, grid: DensityGrid): Position[][][] {
  const rings = cornersAround(cells, grid.cols).map(ring =>
    ring.map(([col, row]) => fromNationalGrid(grid.x0 + col * grid.cell, grid.y0 + row * grid.cell)),
  )
  return rings.map(ring => [ring])
}

/** Sides of cells with no cell beyond, each walked with its cell on the left, joined end to end. */
export function cornersAround(cells: Iterable<number>, cols: number): Corner[][] {
  const held = new Set(cells)
  const has = (col: number, row: number) => col >= 0 && col < cols && held.has(row * cols + col)
  const from = new Map<string, Corner[]>()
  const side = (start: Corner, end: Corner) => {
    const key = start.join()
    from.set(key, [...(from.get(key) ?? []), end])
  }
  for (const cell of held) {
    const col = cell % cols
    const row = Math.floor(cell / cols)
    if (!has(col, row - 1)) side([col, row], [col + 1, row])
    if (!has(col + 1, row)) side([col + 1, row], [col + 1, row + 1])
    if (!has(col, row + 1)) side([col + 1, row + 1], [col, row + 1])
    if (!has(col - 1, row)) side([col, row + 1], [col, row])
  }
  const rings: Corner[][] = []
  for (const key of from.keys()) {
    while (from.get(key)!.length > 0) {
      const start = key.split(',').map(Number) as unknown as Corner
      const ring: Corner[] = [start]
      for (let at = from.get(key)!.pop()!; ; at = from.get(at.join())!.pop()!) {
        ring.push(at)
        if (at[0] === start[0] && at[1] === start[1]) break
      }
      rings.push(onlyTurns(ring))
    }
  }
  return rings
}

/** Without the corners at which a ring goes straight on; where it begins and ends is kept. */
const onlyTurns = (ring: readonly Corner[]): Corner[] =>
  ring.filter((corner, i) => {
    const before = ring[i - 1]
    const after = ring[i + 1]
    const straight = (axis: 0 | 1) => before?.[axis] === corner[axis] && corner[axis] === after?.[axis]
    return !(straight(0) || straight(1))
  })
