import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { diggleBandwidth, scottBandwidth } from './bandwidth.ts'
import { type DensityGrid, gridOver, type WeightedPoints } from './density-grid.ts'
import { gaussianInside, quarticInside, quarticMass } from './edge-correction.ts'
import { gaussianByBoxes } from './gaussian-boxes.ts'
import { gaussianAt, gaussianByPoints, gaussianDensity } from './gaussian-density.ts'
import { quarticByCells, quarticByCoefficients, quarticDensity } from './quartic-density.ts'

const near = (found: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(found - expected) <= tolerance, `${found}, expected ${expected}`)

const grid = gridOver([0, 0, 1000, 800], 10)
const at = (x: number, y: number, weight = 1): WeightedPoints => ({
  x: Float64Array.of(x),
  y: Float64Array.of(y),
  weight: Float64Array.of(weight),
})
const volume = (density: Float64Array, { cell }: DensityGrid): number =>
  density.reduce((sum, value) => sum + value, 0) * cell ** 2
const highest = (density: Float64Array): number => density.reduce((a, b) => Math.max(a, b), 0)
const furthestApart = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0)

test('an event in the middle of a cell stands there with the height of the kernel', () => {
  const cell = 40 * grid.cols + 50
  near(gaussianDensity(at(505, 405), grid, 50)[cell]!, 1 / (2 * Math.PI * 2500), 1e-18)
  near(quarticDensity(at(505, 405), grid, 60)[cell]!, 3 / (Math.PI * 3600), 1e-18)
  near(quarticDensity(at(505, 405), grid, 60)[cell + 3]!, ((3 / (Math.PI * 3600)) * 9) / 16, 1e-18)
})

test('nothing is felt at the radius of a quartic kernel and beyond', () => {
  const density = quarticDensity(at(505, 405), grid, 60)
  assert.equal(density[40 * grid.cols + 56], 0)
  assert.equal(density.filter(value => value > 0).length, 109, 'lattice points strictly within 6 steps')
})

test('the volume under the surface is the weight of the events', () => {
  near(volume(gaussianDensity(at(505, 405, 3), grid, 40), grid), 3, 1e-9)
  near(volume(quarticDensity(at(505, 405, 3), grid, 300), grid), 3, 1e-3)
})

test('events beyond the bounds are felt inside', () => {
  assert.ok(gaussianDensity(at(-30, 400), grid, 50)[40 * grid.cols]! > 0)
  assert.ok(quarticDensity(at(-30, 400), grid, 60)[40 * grid.cols]! > 0)
  assert.equal(highest(quarticDensity(at(-300, 400), grid, 60)), 0)
})

test('the density at a place is that of the cell around it', () => {
  const point = at(333, 444)
  const places = { x: Float64Array.of(405), y: Float64Array.of(505) }
  near(gaussianAt(point, places, 70)[0]!, gaussianDensity(point, grid, 70)[50 * grid.cols + 40]!, 1e-18)
})

test('sixty cells are sixty, though the division comes out a hair above', () => {
  assert.equal(gridOver([0, 0, 0.3, 0.1], 0.1).cols, 3)
  assert.equal(gridOver([0, 0, 31, 10], 10).cols, 4)
})

test('what cannot be computed is refused with its value', () => {
  assert.throws(() => gaussianDensity(at(0, 0), grid, 0), /bandwidth is 0/)
  assert.throws(() => quarticDensity(at(Number.NaN, 0), grid, 5), /Point 0 lies at NaN, 0/)
  assert.throws(() => gaussianDensity(at(0, 0, -1), grid, 5), /weight of point 0 is -1/)
  assert.throws(() => gridOver([0, 0, 1e6, 1e6], 1), /1000000 × 1000000 cells/)
  assert.throws(() => gridOver([0, 0, 0, 10], 1), /enclose nothing/)
})

test('all of a kernel is inside in the middle, half at an edge, a quarter in a corner', () => {
  near(quarticMass(1, 1, 1, 1), 1, 1e-13)
  near(quarticMass(0, 1, 1, 1), 0.5, 1e-13)
  near(quarticMass(0, 1, 0, 1), 0.25, 1e-13)
  // Cut by a line at x = t the rest is ½ + 16/(5π) ∫₀ᵗ (1 − s²)^{5/2} ds; at t = ½ the integral is 0.4074…
  const steps = 200_000
  let integral = 0
  for (let i = 0; i < steps; i++) integral += ((1 - ((i + 0.5) / steps / 2) ** 2) ** 2.5 * 0.5) / steps
  near(quarticMass(0.5, 1, 1, 1), 0.5 + (16 / (5 * Math.PI)) * integral, 1e-9)
})

test('the mass inside is what a fine grid sums to', () => {
  const window = gridOver([0, 0, 200, 100], 1)
  const cell = 20 * window.cols + 30
  near(quarticInside(window, 80)[cell]!, volume(quarticDensity(at(30.5, 20.5), window, 80), window), 1e-4)
  near(gaussianInside(window, 30)[cell]!, volume(gaussianDensity(at(30.5, 20.5), window, 30), window), 1e-4)
})

test("Scott's width of a lattice has its closed form", () => {
  const x = Float64Array.of(0, 0, 6, 6)
  const y = Float64Array.of(0, 2, 0, 2)
  const { x: along, y: up } = scottBandwidth({ x, y })
  near(along, Math.sqrt(12) * 4 ** (-1 / 6), 1e-12)
  near(up, Math.sqrt(4 / 3) * 4 ** (-1 / 6), 1e-12)
  assert.throws(() => scottBandwidth(at(1, 1)), /Of 1 points/)
})

test("Diggle's width says so where events at one place pull it to nothing", () => {
  const x = Float64Array.of(100, 100, 300, 300, 700, 700)
  const y = Float64Array.of(100, 100, 500, 500, 200, 200)
  assert.equal(diggleBandwidth({ x, y }, { x0: 0, y0: 0, x1: 1000, y1: 1000 }).collapsed, true)
})

const anyPoints = fc
  .array(
    fc.tuple(
      fc.double({ min: -100, max: 1100, noNaN: true }),
      fc.double({ min: -100, max: 900, noNaN: true }),
      fc.integer({ min: 0, max: 5 }),
    ),
    { minLength: 1, maxLength: 40 },
  )
  .map(rows => ({
    x: Float64Array.from(rows, row => row[0]),
    y: Float64Array.from(rows, row => row[1]),
    weight: Float64Array.from(rows, row => row[2]),
  }))

test('the quick ways agree with the plain sum to a billionth of the peak', () => {
  fc.assert(
    fc.property(anyPoints, fc.integer({ min: 7, max: 400 }), (points, width) => {
      const gaussian = gaussianByPoints(points, grid, width, 38.6 * width)
      const byBoxes = gaussianByBoxes(points, grid, width)
      const alone = points.weight.reduce((sum, w) => sum + w, 0) / (2 * Math.PI * width ** 2)
      assert.ok(furthestApart(gaussian, byBoxes) <= 1e-10 * alone)
      const quartic = quarticByCells(points, grid, width)
      assert.ok(furthestApart(quartic, quarticByCoefficients(points, grid, width)) <= 1e-11 * (alone + 1))
    }),
    { numRuns: 25 },
  )
})

test('doubling every weight doubles the surface, and the order of the events does not matter', () => {
  fc.assert(
    fc.property(anyPoints, points => {
      const once = quarticDensity(points, grid, 150)
      const twice = quarticDensity({ ...points, weight: points.weight.map(w => 2 * w) }, grid, 150)
      assert.ok(
        furthestApart(
          twice,
          once.map(value => 2 * value),
        ) <=
          1e-12 * highest(twice),
      )
      const backwards = {
        x: points.x.toReversed(),
        y: points.y.toReversed(),
        weight: points.weight.toReversed(),
      }
      assert.ok(furthestApart(quarticDensity(backwards, grid, 150), once) <= 1e-12 * highest(once))
      const gaussian = gaussianDensity(points, grid, 60)
      assert.ok(furthestApart(gaussianDensity(backwards, grid, 60), gaussian) <= 1e-12 * highest(gaussian))
    }),
    { numRuns: 25 },
  )
})
