/** Kernel density against the exact sums that MASS, scikit-learn and SpatialKDE confirm, and bandwidths against spatstat. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { diggleBandwidth, scottBandwidth } from '../../src/analysis/bandwidth.ts'
import { gridOver } from '../../src/analysis/density-grid.ts'
import { gaussianInside } from '../../src/analysis/edge-correction.ts'
import { gaussianByBoxes } from '../../src/analysis/gaussian-boxes.ts'
import { gaussianAt, gaussianDensity } from '../../src/analysis/gaussian-density.ts'
import { quarticByCoefficients, quarticDensity } from '../../src/analysis/quartic-density.ts'
import { assertNear, referenceAbsent, referenceJson, referenceTable } from './reference-table.ts'

const SIGMA = 250
const RADIUS = 600
const grid = gridOver([406000, 286000, 412000, 290000], 100)
const window = { x0: 406000, y0: 286000, x1: 412000, y1: 290000 }

const points = () => {
  const rows = referenceTable('kde/points.csv')
  const column = (name: string) => Float64Array.from(rows, row => Number(row[name]))
  return { x: column('x'), y: column('y'), weight: column('weight') }
}
const unweighted = () => ({ ...points(), weight: undefined })
const expectedGrid = () => referenceTable('kde/expected_grid.csv')
const perKm2 = (density: Float64Array) => density.map(value => value * 1e6)

describe('density', { skip: referenceAbsent }, () => {
  test('both kernels agree in every cell, with and without weights', () => {
    const found = {
      gaussian_per_km2: perKm2(gaussianDensity(unweighted(), grid, SIGMA)),
      gaussian_weighted_per_km2: perKm2(gaussianDensity(points(), grid, SIGMA)),
      quartic_per_km2: perKm2(quarticDensity(unweighted(), grid, RADIUS)),
      quartic_weighted_per_km2: perKm2(quarticDensity(points(), grid, RADIUS)),
      mass_kde2d_times_n_per_km2: perKm2(gaussianDensity(unweighted(), grid, SIGMA)),
    }
    for (const [i, row] of expectedGrid().entries()) {
      assert.equal(Number(row.row) * grid.cols + Number(row.col), i)
      for (const [name, density] of Object.entries(found)) {
        assertNear(density[i]!, row[name]!, 1e-9, `${name}, col ${row.col}, row ${row.row}`)
      }
    }
    for (const row of referenceTable('kde/expected_grid_sklearn.csv')) {
      const i = Number(row.row) * grid.cols + Number(row.col)
      assertNear(found.gaussian_per_km2[i]!, row.sklearn_gaussian_per_km2!, 1e-9, `sklearn, cell ${i}`)
    }
  })

  test('the quick ways agree to 1e-9 of the peak', () => {
    const gaussian = perKm2(gaussianByBoxes(unweighted(), grid, SIGMA))
    const quartic = perKm2(quarticByCoefficients(unweighted(), grid, RADIUS))
    const rows = expectedGrid()
    for (const [name, density] of [
      ['gaussian_per_km2', gaussian],
      ['quartic_per_km2', quartic],
    ] as const) {
      const peak = Math.max(...rows.map(row => Number(row[name])))
      for (const [i, row] of rows.entries()) {
        assert.ok(Math.abs(density[i]! - Number(row[name])) <= 1e-9 * peak, `${name}, cell ${i}`)
      }
    }
  })

  test('the density at the events themselves agrees', () => {
    const found = perKm2(gaussianAt(unweighted(), points(), SIGMA))
    for (const [i, row] of referenceTable('kde/expected_at_points.csv').entries()) {
      assertNear(found[i]!, row.gaussian_at_point_per_km2!, 1e-9, `event ${row.id}`)
    }
  })

  // spatstat snaps events to pixels first, which moves it by 2.6 % of the peak: a band, not a value.
  test('uniform edge correction lies within the band of spatstat', () => {
    const inside = gaussianInside(grid, SIGMA)
    const found = perKm2(gaussianDensity(unweighted(), grid, SIGMA)).map((value, i) => value / inside[i]!)
    const rows = expectedGrid()
    const peak = Math.max(...rows.map(row => Number(row.spatstat_fft_edge_uniform)))
    for (const [i, row] of rows.entries()) {
      const apart = Math.abs(found[i]! - Number(row.spatstat_fft_edge_uniform))
      assert.ok(apart <= 0.05 * peak, `cell ${i}: ${found[i]}, spatstat has ${row.spatstat_fft_edge_uniform}`)
    }
  })

  test("Scott's and Diggle's bandwidths agree with spatstat", () => {
    const { bandwidths } = referenceJson('kde/expected_meta.json')
    const scott = scottBandwidth(points())
    assertNear(scott.x, bandwidths['spatstat_bw.scott'][0], 1e-9, 'Scott, x')
    assertNear(scott.y, bandwidths['spatstat_bw.scott'][1], 1e-9, 'Scott, y')
    const diggle = diggleBandwidth(points(), window)
    assertNear(diggle.sigma, bandwidths['spatstat_bw.diggle'], 1e-9, 'Diggle')
    assert.equal(diggle.collapsed, true)
  })
})
