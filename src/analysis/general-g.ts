/**
 * Getis and Ord's General G over the whole map: the share of all products of two values that falls on neighbours. Above
 * what is expected, high values lie together; below, low ones. "The analysis of spatial association by use of distance
 * statistics", Geographical Analysis 24 (1992), with the corrected B1 (6 S0², not the 3 S0² printed); as
 * `spdep::globalG.test`. Meant for binary weights and for values that are not negative.
 */
import { type GlobalStatistic, judged } from './global-moran.ts'
import { checkValues, type SpatialWeights } from './spatial-weights.ts'
import { weightSums } from './weight-sums.ts'

/**
 * Throws RangeError on a negative value and on fewer than 4 linked places. All NaN where fewer than two values are above
 * 0, for then there is no product to share.
 */
export function generalG(values: Float64Array, given: SpatialWeights): GlobalStatistic {
  const { starts, neighbours, weights } = given
  checkValues(values, starts.length - 1)
  const { n, s0, s1, s2 } = weightSums(given)
  if (n < 4) throw new RangeError(`General G needs at least 4 places with neighbours, not ${n}`)
  let [one, two, three, four] = [0, 0, 0, 0]
  let near = 0
  let positive = 0
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!
    if (x < 0) throw new RangeError(`General G needs values that are not negative; value ${i} is ${x}`)
    if (x > 0) positive++
    one += x
    two += x ** 2
    three += x ** 3
    four += x ** 4
    for (let k = starts[i]!; k < starts[i + 1]!; k++) near += weights[k]! * x * values[neighbours[k]!]!
  }
  if (positive < 2) return judged(Number.NaN, Number.NaN, Number.NaN)
  const pairs = one * one - two
  const expected = s0 / (n * (n - 1))
  const b0 = (n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0
  const b1 = -((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0)
  const b2 = -(2 * n * s1 - (n + 3) * s2 + 6 * s0 * s0)
  const b3 = 4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * s0 * s0
  const b4 = s1 - s2 + s0 * s0
  const square =
    (b0 * two * two + b1 * four + b2 * one * one * two + b3 * one * three + b4 * one ** 4) /
    (pairs * pairs * n * (n - 1) * (n - 2) * (n - 3))
  return judged(near / pairs, expected, square - expected * expected)
}
