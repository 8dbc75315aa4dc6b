import { diggleBandwidth, isInside, scottBandwidth, type Window } from '../../analysis/bandwidth.ts'
import {
  columnCentre,
  type DensityGrid,
  gridOver,
  rowCentre,
  type WeightedPoints,
} from '../../analysis/density-grid.ts'
import { gaussianInside, quarticInside } from '../../analysis/edge-correction.ts'
import { gaussianDensity } from '../../analysis/gaussian-density.ts'
import { quarticDensity } from '../../analysis/quartic-density.ts'
import { UsageFault } from '../../platform/errors.ts'
import { oneOf } from '../arguments.ts'
import { type AnalyseResult, analyseMethod, type InputTable } from './analyse-method.ts'
import { numberOption, numbersOption } from './option-values.ts'

const PER_KM2 = 1e6
/** A quartic kernel of radius √8 σ spreads as far as a Gaussian of σ. */
const QUARTIC_RADIUS = Math.sqrt(8)

interface Asked {
  kernel: 'gaussian' | 'quartic'
  edge: 'none' | 'uniform'
  bandwidth: number | 'auto' | 'diggle' | 'scott'
  cell: number
  bounds: number[] | null
  weight: string | undefined
}

export const densityMethod = analyseMethod({
  name: 'density',
  summary: 'Events per square kilometre as a smooth surface, exact',
  usage:
    '--cell M [--kernel gaussian|quartic] [--bandwidth M|auto|diggle|scott] [--bounds x0,y0,x1,y1] [--weight COL] [--edge none|uniform]',
  details: [
    '  --cell M                  side of a cell in metres',
    '  --kernel gaussian|quartic gaussian when absent',
    '  --bandwidth M             sigma of the Gaussian or radius of the quartic kernel, in metres. diggle and scott',
    "                            tell it from the points; auto (the default) takes Diggle's, and Scott's where events",
    "                            at the very same places pull Diggle's to nothing",
    '  --bounds x0,y0,x1,y1      the window (--bounds=-5,0,… where it begins with a minus); around the points, in whole',
    '                            cells, when absent',
    '  --weight COL              a column of weights from 0; one each when absent',
    '  --edge none|uniform       uniform divides by the share of the kernel inside the window, leaves points outside',
    '                            out, and needs --bounds to be those of the area; none when absent',
    '',
    'Reads: x, y in metres, and the column of weights.',
    'Writes: col, row, x, y, per_km2, at the centre of each cell: the southern row first, each from the west.',
    '--json adds the bandwidth, both ways of telling it, and the volume under the surface.',
  ].join('\n'),
  options: {
    kernel: { type: 'string' },
    bandwidth: { type: 'string' },
    cell: { type: 'string' },
    bounds: { type: 'string' },
    weight: { type: 'string' },
    edge: { type: 'string' },
  },
  prepare: values => {
    const rule = (['auto', 'diggle', 'scott'] as const).find(name => name === (values.bandwidth ?? 'auto'))
    if (values.cell === undefined) throw new UsageFault('--cell is missing: how wide shall a cell be?')
    const asked: Asked = {
      kernel: oneOf('--kernel', values.kernel ?? 'gaussian', ['gaussian', 'quartic']),
      edge: oneOf('--edge', values.edge ?? 'none', ['none', 'uniform']),
      bandwidth: rule ?? numberOption('--bandwidth', values.bandwidth!, { above: 0 }),
      cell: numberOption('--cell', values.cell, { above: 0 }),
      bounds: values.bounds === undefined ? null : boundsOption(values.bounds),
      weight: values.weight,
    }
    return {
      columns: [
        { name: 'x', kind: 'number' },
        { name: 'y', kind: 'number' },
        ...(asked.weight === undefined ? [] : [{ name: asked.weight, kind: 'number' as const }]),
      ],
      run: table => surface(table, asked),
    }
  },
})

function boundsOption(text: string): number[] {
  const bounds = numbersOption('--bounds', text)
  const [x0, y0, x1, y1] = bounds
  if (bounds.length !== 4 || !(x1! > x0! && y1! > y0!)) {
    throw new UsageFault(`--bounds is "${text}" but must be WEST,SOUTH,EAST,NORTH.`)
  }
  return bounds
}

function surface(table: InputTable, asked: Asked): AnalyseResult {
  const all = pointsOf(table, asked)
  const grid = gridOver(asked.bounds ?? boundsAround(all, asked.cell), asked.cell)
  const window = windowOf(grid)
  const points = asked.edge === 'uniform' ? pointsInside(all, window) : all
  const width = bandwidthOf(points, window, asked)
  const density =
    asked.kernel === 'gaussian'
      ? gaussianDensity(points, grid, width.bandwidth)
      : quarticDensity(points, grid, width.bandwidth)
  if (asked.edge === 'uniform') {
    const inside =
      asked.kernel === 'gaussian'
        ? gaussianInside(grid, width.bandwidth)
        : quarticInside(grid, width.bandwidth)
    for (let i = 0; i < density.length; i++) density[i]! /= inside[i]!
  }
  return {
    columns: gridColumns(grid, density),
    more: {
      kernel: asked.kernel,
      ...width,
      edge: asked.edge,
      grid,
      events: points.x.length,
      eventsLeftOut: all.x.length - points.x.length,
      volume: density.reduce((sum, value) => sum + value, 0) * grid.cell ** 2,
    },
  }
}

function pointsOf(table: InputTable, { weight }: Asked): WeightedPoints {
  const points = { x: table.numbers('x'), y: table.numbers('y') }
  if (weight === undefined) return points
  const weights = table.numbers(weight)
  const below = weights.findIndex(value => value < 0)
  if (below >= 0) throw table.fault(below, weight, `a weight of ${weights[below]} is below 0`)
  return { ...points, weight: weights }
}

/** Whole cells; a single point has one cell around it. */
function boundsAround({ x, y }: WeightedPoints, cell: number): number[] {
  const down = (values: Float64Array) => Math.floor(values.reduce((a, b) => Math.min(a, b)) / cell) * cell
  const up = (values: Float64Array) => (Math.floor(values.reduce((a, b) => Math.max(a, b)) / cell) + 1) * cell
  return [down(x), down(y), up(x), up(y)]
}

const windowOf = ({ x0, y0, cell, cols, rows }: DensityGrid): Window => ({
  x0,
  y0,
  x1: x0 + cols * cell,
  y1: y0 + rows * cell,
})

function pointsInside({ x, y, weight }: WeightedPoints, window: Window): WeightedPoints {
  const kept = Uint32Array.from(x.keys()).filter(i => isInside(window, x[i]!, y[i]!))
  const of = (values: Float64Array) => Float64Array.from(kept, i => values[i]!)
  return { x: of(x), y: of(y), ...(weight ? { weight: of(weight) } : {}) }
}

/** Scott's two widths as one, by their geometric mean, because both kernels are round. */
function bandwidthOf(points: WeightedPoints, window: Window, { bandwidth, kernel }: Asked) {
  if (typeof bandwidth === 'number') return { bandwidth }
  const scott = scottBandwidth(points)
  const diggle = diggleBandwidth(points, window)
  const rule = bandwidth === 'auto' ? (diggle.collapsed ? 'scott' : 'diggle') : bandwidth
  const sigma = rule === 'diggle' ? diggle.sigma : Math.sqrt(scott.x * scott.y)
  return { bandwidth: kernel === 'gaussian' ? sigma : sigma * QUARTIC_RADIUS, rule, scott, diggle }
}

function gridColumns(grid: DensityGrid, density: Float64Array) {
  const { cols } = grid
  return [
    { name: 'col', values: density.map((_, i) => i % cols) },
    { name: 'row', values: density.map((_, i) => Math.floor(i / cols)) },
    { name: 'x', values: density.map((_, i) => columnCentre(grid, i % cols)) },
    { name: 'y', values: density.map((_, i) => rowCentre(grid, Math.floor(i / cols))) },
    { name: 'per_km2', values: density.map(value => value * PER_KM2) },
  ]
}
