/**
 * Moran's I over the whole map: do like values lie beside like? Expectation and variance under randomisation (the values
 * as they are, dealt to the places in any order), Cliff and Ord, Spatial Processes (1981); as `spdep::moran.test`.
 * Trap: one number for a whole city says that there is clustering, not where; ask the local statistics.
 */
import { deviationsFromMean } from './local-moran.ts'
import { normalUpperTail } from './normal-tail.ts'
import { checkValues, type SpatialWeights } from './spatial-weights.ts'
import { weightSums } from './weight-sums.ts'

/** A statistic of the whole map beside what chance alone would give. */
export interface GlobalStatistic {
  value: number
  expected: number
  variance: number
  z: number
  /** Chance of a value as high or higher, by the normal distribution. */
  pGreater: number
}

/**
 * Places without neighbours take part in the mean but not in the number of places, as in `spdep` (adjust.n). All NaN
 * where all values are equal; throws RangeError on fewer than 4 linked places, for which there is no variance.
 */
export function globalMoran(values: Float64Array, given: SpatialWeights): GlobalStatistic {
  const { starts, neighbours, weights } = given
  checkValues(values, starts.length - 1)
  const { n, s0, s1, s2 } = weightSums(given)
  if (n < 4) throw new RangeError(`Moran's I needs at least 4 places with neighbours, not ${n}`)
  const z = deviationsFromMean(values)
  let second = 0
  let fourth = 0
  let products = 0
  for (let i = 0; i < values.length; i++) {
    second += z[i]! ** 2
    fourth += z[i]! ** 4
    for (let k = starts[i]!; k < starts[i + 1]!; k++) products += weights[k]! * z[i]! * z[neighbours[k]!]!
  }
  const peaked = (n * fourth) / (second * second)
  const value = ((n / s0) * products) / second
  const expected = -1 / (n - 1)
  const squared = 3 * s0 * s0
  const square =
    (n * (s1 * (n * n - 3 * n + 3) - n * s2 + squared) -
      peaked * (s1 * (n * n - n) - 2 * n * s2 + 2 * squared)) /
    ((n - 1) * (n - 2) * (n - 3) * s0 * s0)
  return judged(value, expected, square - expected * expected)
}

/** The normal deviate and the upper tail of a statistic; not defined where chance leaves it no room to vary. */
export function judged(value: number, expected: number, variance: number): GlobalStatistic {
  const z = variance > 0 ? (value - expected) / Math.sqrt(variance) : Number.NaN
  return { value, expected, variance, z, pGreater: normalUpperTail(z) }
}
