/** Local G, Moran's I and General G against spdep, esda and sfhotspot. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { generalG } from '../../src/analysis/general-g.ts'
import { globalMoran } from '../../src/analysis/global-moran.ts'
import { type Lattice, latticeOf } from '../../src/analysis/lattice.ts'
import {
  distanceWindow,
  hexWindow,
  type LatticeWindow,
  queenWindow,
  rookWindow,
} from '../../src/analysis/lattice-window.ts'
import { latticeLocalG, localG } from '../../src/analysis/local-g.ts'
import { localMoran } from '../../src/analysis/local-moran.ts'
import { normalTwoSidedEach } from '../../src/analysis/normal-tail.ts'
import { benjaminiHochberg, bonferroni } from '../../src/analysis/p-value-adjustment.ts'
import { bandNeighbours, nearestNeighbours } from '../../src/analysis/point-neighbours.ts'
import { latticeNeighbours, rowStandardised } from '../../src/analysis/spatial-weights.ts'
import { referenceAbsent, referenceJson, referenceTable } from './reference-table.ts'

const column = (rows: Record<string, string>[], name: string): Float64Array =>
  Float64Array.from(rows, row => (row[name] === '' ? Number.NaN : Number(row[name])))

/** Within 1e-9 of each expected number; missing where the expected one is. */
function agree(found: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  assert.equal(found.length, expected.length, what)
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [found[i]!, expected[i]!]
    const near = Number.isNaN(b) ? Number.isNaN(a) : Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b))
    assert.ok(near, `${what}, row ${i + 1}: ${a}, expected ${b}`)
  }
}

/** Both ways to the same number: by running totals of rows, and by lists of neighbours. */
function localGBothWays(values: Float64Array, lattice: Lattice, window: LatticeWindow, self: boolean) {
  const fast = latticeLocalG(values, lattice, window, { self })
  agree(localG(values, latticeNeighbours(lattice, window), { self }), fast, 'by lists')
  return fast
}

describe('gistar', { skip: referenceAbsent }, () => {
  test('Gi* and Gi on the grid agree with spdep and esda', () => {
    const grid = referenceTable('gistar/grid.csv')
    const expected = referenceTable('gistar/expected_grid.csv')
    const lattice = latticeOf(column(grid, 'col'), column(grid, 'row'))
    const counts = column(grid, 'count')
    const queen = localGBothWays(counts, lattice, queenWindow(), true)
    agree(queen, column(expected, 'gi_star_queen_B'), 'queen')
    agree(queen, column(expected, 'gi_star_queen_W'), 'queen, row-standardised')
    agree(queen, column(referenceTable('gistar/expected_grid_esda.csv'), 'gi_star_queen_B'), 'esda')
    agree(localGBothWays(counts, lattice, rookWindow(), true), column(expected, 'gi_star_rook_B'), 'rook')
    agree(
      localGBothWays(counts, lattice, distanceWindow(2), true),
      column(expected, 'gi_star_dist2_B'),
      'within 2 cells',
    )
    const without = column(expected, 'gi_queen_B_noself')
    agree(localGBothWays(counts, lattice, queenWindow(), false), without, 'without self')
    const standardised = rowStandardised(latticeNeighbours(lattice, queenWindow()))
    agree(localG(counts, standardised, { self: false }), without, 'without self, row-standardised')
  })

  test('p-values, plain and adjusted, agree to nine digits', () => {
    const expected = referenceTable('gistar/expected_grid.csv')
    const p = normalTwoSidedEach(column(expected, 'gi_star_queen_B'))
    const adjusted: [string, Float64Array][] = [
      ['p_two_sided', p],
      ['p_bonferroni', bonferroni(p)],
      ['p_fdr_bh', benjaminiHochberg(p)],
    ]
    for (const [name, found] of adjusted) {
      column(expected, name).forEach((value, i) => {
        assert.ok(Math.abs(found[i]! - value) <= 1e-9 * value, `${name}, row ${i + 1}: ${found[i]}, ${value}`)
      })
    }
  })

  test('Gi* on hexagons agrees with one ring and with two', () => {
    const hex = referenceTable('gistar/hex.csv')
    const expected = referenceTable('gistar/expected_hex.csv')
    const lattice = latticeOf(column(hex, 'q'), column(hex, 'r'))
    const counts = column(hex, 'count')
    const { starts } = latticeNeighbours(lattice, hexWindow(1))
    const neighbours = Array.from({ length: hex.length }, (_, i) => starts[i + 1]! - starts[i]!)
    assert.deepEqual(neighbours, [...column(expected, 'n_neighbours')])
    const ring = localGBothWays(counts, lattice, hexWindow(1), true)
    agree(ring, column(expected, 'gi_star_ring1_B'), 'ring 1')
    agree(normalTwoSidedEach(ring), column(expected, 'p_two_sided'), 'p of ring 1')
    agree(localGBothWays(counts, lattice, hexWindow(2), true), column(expected, 'gi_star_ring2_B'), 'ring 2')
  })

  test('Gi* of areas agrees by distance band, nearest neighbours and inverse distance', () => {
    const areas = referenceTable('gistar/areas.csv')
    const expected = referenceTable('gistar/expected_areas.csv')
    const [x, y, counts] = ['x', 'y', 'count'].map(name => column(areas, name)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ]
    const band = bandNeighbours(x, y, 600)
    const neighbours = Array.from(areas, (_, i) => band.starts[i + 1]! - band.starts[i]!)
    assert.deepEqual(neighbours, [...column(expected, 'n_band')])
    agree(localG(counts, band, { self: true }), column(expected, 'gi_star_band600_B'), 'band')
    const nearest = nearestNeighbours(x, y, 8)
    agree(localG(counts, nearest, { self: true }), column(expected, 'gi_star_knn8_B'), 'nearest 8')
    const inverse = bandNeighbours(x, y, 600, 'inverse-distance')
    agree(localG(counts, inverse, { self: false }), column(expected, 'gi_idw600_noself'), 'inverse distance')
  })

  test('points counted on a grid of 200 m agree with sfhotspot, whose grid starts at the points’ box', () => {
    const expected = referenceTable('gistar/expected_sfhotspot_points200.csv')
    const [x, y] = [column(expected, 'x'), column(expected, 'y')]
    const [west, south] = [Math.min(...x) - 100, Math.min(...y) - 100]
    const cell = (value: number, origin: number) => Math.floor((value - origin) / 200)
    const columns = x.map(value => cell(value, west))
    const rows = y.map(value => cell(value, south))
    const at = new Map([...columns].map((c, i) => [`${c} ${rows[i]}`, i]))
    const counts = new Float64Array(expected.length)
    for (const point of referenceTable('kde/points.csv')) {
      counts[at.get(`${cell(Number(point.x), west)} ${cell(Number(point.y), south)}`)!]!++
    }
    assert.deepEqual([...counts], [...column(expected, 'n')])
    const z = localGBothWays(counts, latticeOf(columns, rows), queenWindow(), true)
    agree(z, column(expected, 'gistar'), 'z')
    agree(normalTwoSidedEach(z), column(expected, 'pvalue'), 'p')
  })

  test('local Moran, global Moran and General G agree with spdep', () => {
    const grid = referenceTable('gistar/grid.csv')
    const counts = column(grid, 'count')
    const queen = latticeNeighbours(latticeOf(column(grid, 'col'), column(grid, 'row')), queenWindow())
    const standardised = rowStandardised(queen)
    agree(
      localMoran(counts, standardised),
      column(referenceTable('gistar/expected_grid.csv'), 'local_moran_queen_W'),
      'local Moran',
    )
    const meta = referenceJson('gistar/expected_meta.json')
    const moran = globalMoran(counts, standardised)
    const g = generalG(counts, queen)
    agree(
      [moran.value, moran.expected, moran.variance, g.value, g.z],
      [meta.moran_I, meta.moran_expect, meta.moran_var_rand, meta.global_G, meta.global_G_z[0][0]],
      'I, its expectation and variance, G and its z',
    )
    assert.ok(Math.abs(moran.pGreater / meta.moran_p_greater - 1) < 1e-9, `${moran.pGreater}`)
  })
})
