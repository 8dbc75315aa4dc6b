/**
 * Local Moran's I (Anselin, "Local indicators of spatial association", Geographical Analysis 27, 1995):
 *   I = (x − x̄) Σ w (x_j − x̄) / m, with m = Σ (x − x̄)² / n.
 * High where a place is like its neighbours (high among high, or low among low), below 0 where it stands out from them. As
 * `spdep::localmoran`; with row-standardised weights the mean of all I is the global I. Unlike Gi* it does not say whether
 * a place is hot or cold.
 */
import { checkValues, type SpatialWeights } from './spatial-weights.ts'

/** I for each place; NaN for a place without neighbours and where all values are equal. */
export function localMoran(values: Float64Array, given: SpatialWeights): Float64Array {
  const { starts, neighbours, weights } = given
  const n = values.length
  checkValues(values, starts.length - 1)
  const deviations = deviationsFromMean(values)
  let squares = 0
  for (let i = 0; i < n; i++) squares += deviations[i]! ** 2
  const result = new Float64Array(n).fill(Number.NaN)
  if (squares === 0) return result
  for (let i = 0; i < n; i++) {
    if (starts[i] === starts[i + 1]) continue
    let around = 0
    for (let k = starts[i]!; k < starts[i + 1]!; k++) around += weights[k]! * deviations[neighbours[k]!]!
    result[i] = (deviations[i]! * around * n) / squares
  }
  return result
}

/** Each value less the mean; all 0 where all are equal, whatever rounding says. */
export function deviationsFromMean(values: Float64Array): Float64Array {
  let sum = 0
  let equal = true
  for (let i = 0; i < values.length; i++) {
    sum += values[i]!
    if (values[i] !== values[0]) equal = false
  }
  const mean = sum / values.length
  return values.map(value => (equal ? 0 : value - mean))
}
