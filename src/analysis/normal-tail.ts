/**
 * Tail of the standard normal distribution, by W. J. Cody, "Rational Chebyshev approximations for the error function",
 * Mathematics of Computation 23 (1969); the same coefficients as `pnorm` of R. Right to about 1e-15 of the value even
 * far out, where 1 − Φ(z) would have lost every digit; below 1e-308 the answer is 0.
 */

const middle = [
  0.06568233791820745, 2.2352520354606837, 161.02823106855587, 1067.6894854603709, 18154.98125334356,
] as const
const middleBelow = [47.202581904688245, 976.0985517377767, 10260.932208618979, 45507.78933502673] as const
const flank = [
  1.0765576773720192e-8, 0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002,
  2494.5375852903726, 6848.190450536283, 11602.65143764735, 9842.714838383978,
] as const
const flankBelow = [
  22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097,
  34900.95272114598, 38912.00328609327, 19685.429676859992,
] as const
const far = [
  0.023073441764940174, 0.215898534057957, 0.12740116116024736, 0.022235277870649807, 0.0014216191932278934,
  2.9112874951168793e-5,
] as const
const farBelow = [
  1.284260096144911, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824, 7.297515550839662e-5,
] as const

const HALF_LINE = 0.67448975
const FAR_LINE = Math.sqrt(32)
const ONE_OVER_ROOT_TWO_PI = 0.3989422804014327

/** Probability that a standard normal number lies above `z`. NaN of NaN. */
export function normalUpperTail(z: number): number {
  const size = Math.abs(z)
  if (size <= HALF_LINE) return 0.5 - z * middlePart(z * z)
  const tail = tailBeyond(size)
  return z > 0 ? tail : 1 - tail
}

/** Probability that a standard normal number lies as far from 0 as `z`, on either side. NaN of NaN. */
export function normalTwoSided(z: number): number {
  const size = Math.abs(z)
  return size <= HALF_LINE ? 1 - 2 * size * middlePart(size * size) : 2 * tailBeyond(size)
}

/** `normalTwoSided` of each. */
export function normalTwoSidedEach(z: Float64Array): Float64Array {
  const p = new Float64Array(z.length)
  for (let i = 0; i < z.length; i++) p[i] = normalTwoSided(z[i]!)
  return p
}

function middlePart(square: number): number {
  let above = middle[0] * square
  let below = square
  for (let i = 0; i < 3; i++) {
    above = (above + middle[i + 1]!) * square
    below = (below + middleBelow[i]!) * square
  }
  return (above + middle[4]) / (below + middleBelow[3])
}

function tailBeyond(size: number): number {
  if (!(size < 39)) return Number.isNaN(size) ? Number.NaN : 0
  const ratio = size <= FAR_LINE ? flankRatio(size) : farRatio(size)
  // exp(−z²/2) in two steps, the square of z rounded to sixteenths first: this keeps the digits of a large exponent.
  const rounded = Math.trunc(size * 16) / 16
  const rest = (size - rounded) * (size + rounded)
  return Math.exp(-rounded * rounded * 0.5) * Math.exp(-rest * 0.5) * ratio
}

function flankRatio(size: number): number {
  let above = flank[0] * size
  let below = size
  for (let i = 0; i < 7; i++) {
    above = (above + flank[i + 1]!) * size
    below = (below + flankBelow[i]!) * size
  }
  return (above + flank[8]) / (below + flankBelow[7])
}

function farRatio(size: number): number {
  const inverse = 1 / (size * size)
  let above = far[0] * inverse
  let below = inverse
  for (let i = 0; i < 4; i++) {
    above = (above + far[i + 1]!) * inverse
    below = (below + farBelow[i]!) * inverse
  }
  const correction = (inverse * (above + far[5])) / (below + farBelow[4])
  return (ONE_OVER_ROOT_TWO_PI - correction) / size
}
