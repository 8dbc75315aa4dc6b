/** Places and who is near whom, as the methods on maps take them: squares, hexagons or points. */
import { type Lattice, latticeOf } from '../../analysis/lattice.ts'
import {
  distanceWindow,
  hexWindow,
  type LatticeWindow,
  queenWindow,
  rookWindow,
} from '../../analysis/lattice-window.ts'
import { latticeLocalG, localG } from '../../analysis/local-g.ts'
import { bandNeighbours, nearestNeighbours, type Weighing } from '../../analysis/point-neighbours.ts'
import { latticeNeighbours, type SpatialWeights } from '../../analysis/spatial-weights.ts'
import { UsageFault } from '../../platform/errors.ts'
import { oneOf } from '../arguments.ts'
import type { InputColumn, InputTable } from './analyse-method.ts'
import { numberOption } from './option-values.ts'

export const placeOptions = {
  shape: { type: 'string' },
  neighbours: { type: 'string' },
  rings: { type: 'string' },
  band: { type: 'string' },
  knn: { type: 'string' },
  weights: { type: 'string' },
  standardise: { type: 'string' },
} as const

export const placeUsage =
  '[--shape grid [--neighbours queen|rook|distance:D] | --shape hex [--rings 1|2] | --shape points --band M|--knn K [--weights binary|inverse-distance]] [--standardise B|W]'

export const placeDetails: readonly string[] = [
  '  --shape grid           squares by column and row (the default)',
  '  --neighbours queen     squares that touch by side or corner (the default), by side (rook), or whose centres lie',
  '                         within D cells (distance:D)',
  '  --shape hex            hexagons with a point on top, odd rows half a cell to the right (odd-r)',
  '  --rings 1|2            steps between neighbours (1, the default)',
  '  --shape points         areas by a point in metres; one of:',
  '  --band M               all within M metres are neighbours',
  '  --knn K                the K nearest are; of equally far ones those that come first in the file',
  '  --weights binary       neighbours weigh 1 (the default), or 1 / distance (inverse-distance)',
]

export const placeReads =
  'Reads: cell, col, row, count; with hex cell, q, r, count; with points area, x, y, count.'

type PlaceValues = { [K in keyof typeof placeOptions]?: string | undefined }

export interface PlaceChoice {
  columns: readonly InputColumn[]
  /** The column that names a place. */
  name: 'cell' | 'area'
  standardise: 'B' | 'W' | undefined
  read(table: InputTable): Places
}

export interface Places {
  names: readonly string[]
  counts: Float64Array
  weights(): SpatialWeights
  localG(self: boolean): Float64Array
}

/** Throws `UsageFault` on an option that does not go with the shape. */
export function choosePlaces(values: PlaceValues): PlaceChoice {
  const shape = oneOf('--shape', values.shape ?? 'grid', ['grid', 'hex', 'points'])
  const standardise = values.standardise && oneOf('--standardise', values.standardise, ['B', 'W'])
  const fitting = { grid: ['neighbours'], hex: ['rings'], points: ['band', 'knn', 'weights'] }[shape]
  for (const option of ['neighbours', 'rings', 'band', 'knn', 'weights'] as const) {
    if (values[option] !== undefined && !fitting.includes(option)) {
      throw new UsageFault(`--${option} does not go with --shape ${shape}.`)
    }
  }
  const chosen = { standardise: standardise || undefined }
  if (shape === 'points') return { ...chosen, ...pointPlaces(values) }
  const [across, up] = shape === 'grid' ? ['col', 'row'] : ['q', 'r']
  const window = shape === 'grid' ? gridWindow(values.neighbours) : hexWindow(ringsOf(values.rings))
  return {
    ...chosen,
    name: 'cell',
    columns: [
      { name: 'cell', kind: 'text' },
      { name: across!, kind: 'integer' },
      { name: up!, kind: 'integer' },
      { name: 'count', kind: 'number' },
    ],
    read: table => latticePlaces(table, across!, up!, window),
  }
}

const ringsOf = (text = '1'): number => Number(oneOf('--rings', text, ['1', '2']))

function gridWindow(text = 'queen'): LatticeWindow {
  if (text === 'queen') return queenWindow()
  if (text === 'rook') return rookWindow()
  const [, distance] = /^distance:(.*)$/.exec(text) ?? []
  if (distance === undefined) {
    throw new UsageFault(`--neighbours is "${text}" but must be queen, rook or distance:D.`)
  }
  return distanceWindow(numberOption('D of --neighbours distance:D', distance, { above: 0, most: 10_000 }))
}

function latticePlaces(table: InputTable, across: string, up: string, window: LatticeWindow): Places {
  refuseSharedPlace(table, across, up)
  const lattice: Lattice = latticeOf(table.numbers(across), table.numbers(up))
  const counts = table.numbers('count')
  return {
    names: table.texts('cell'),
    counts,
    weights: () => latticeNeighbours(lattice, window),
    localG: self => latticeLocalG(counts, lattice, window, { self }),
  }
}

/** The kernel refuses it too, but knows no rows. */
function refuseSharedPlace(table: InputTable, across: string, up: string): void {
  const [column, row] = [table.numbers(across), table.numbers(up)]
  const seen = new Map<number, Set<number>>()
  for (let i = 0; i < table.rows; i++) {
    const there = seen.get(row[i]!) ?? new Set()
    if (there.has(column[i]!)) {
      throw table.fault(i, across, `another cell lies at ${across} ${column[i]}, ${up} ${row[i]} already`)
    }
    seen.set(row[i]!, there.add(column[i]!))
  }
}

function pointPlaces(values: PlaceValues): Pick<PlaceChoice, 'name' | 'columns' | 'read'> {
  const { band, knn } = values
  if ((band === undefined) === (knn === undefined)) {
    throw new UsageFault('--shape points needs one of --band and --knn.')
  }
  const weighing: Weighing = oneOf('--weights', values.weights ?? 'binary', ['binary', 'inverse-distance'])
  const metres = band === undefined ? 0 : numberOption('--band', band, { above: 0 })
  const nearest = knn === undefined ? 0 : numberOption('--knn', knn, { least: 1, whole: true })
  return {
    name: 'area',
    columns: [
      { name: 'area', kind: 'text' },
      { name: 'x', kind: 'number' },
      { name: 'y', kind: 'number' },
      { name: 'count', kind: 'number' },
    ],
    read: table => {
      const [x, y, counts] = [table.numbers('x'), table.numbers('y'), table.numbers('count')]
      const weights = () =>
        nearest > 0 ? nearestNeighbours(x, y, nearest, weighing) : bandNeighbours(x, y, metres, weighing)
      return {
        names: table.texts('area'),
        counts,
        weights,
        localG: self => localG(counts, weights(), { self }),
      }
    },
  }
}
