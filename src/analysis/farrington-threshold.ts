/**
 * Farrington's limit: the count is made roughly symmetric by a power (2/3 for a Poisson count), a normal
 * prediction interval is laid around the expected value on that scale, and its upper end is taken back.
 */
import type { Prediction } from './farrington-fit.ts'

/** Powers by the name the literature gives the transformation. */
export const POWERS = { '2/3': 2 / 3, '1/2': 1 / 2, none: 1 } as const
export type PowerTransformation = keyof typeof POWERS

/** Standard deviation of the transformed count about its transformed expectation. */
export function transformedDeviation(prediction: Prediction, power: number, varianceScale: number): number {
  const { mean, relativeVariance, dispersion } = prediction
  // Variance of Y^power by the delta method: power² × mean^(2 power - 2) × variance of Y.
  return power * Math.sqrt(mean ** (2 * power - 1) * (dispersion + relativeVariance * varianceScale))
}

/** The count `z` standard deviations above the expected one. */
export const transformedLimit = (mean: number, power: number, deviation: number, z: number): number =>
  (mean ** power + z * deviation) ** (1 / power)
