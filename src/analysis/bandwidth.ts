/**
 * How wide a Gaussian kernel should be, told from the points.
 *
 * Scott's rule (Scott 1992, "Multivariate Density Estimation"): standard deviation times n^(−1/6), for each axis. It
 * supposes one normal cloud, so it is far too wide for crime along streets and in centres.
 *
 * Diggle's (Berman and Diggle 1989, Journal of the Royal Statistical Society B 51(1)): the width of least mean squared
 * error of the intensity, by Ripley's K with the translation correction, as `bw.diggle` of spatstat. The trap: events
 * at the very same place (addresses snapped to a street) pull it to next to nothing, and it then says so.
 */
import { refusePoints, type WeightedPoints } from './density-grid.ts'

export interface Window {
  x0: number
  y0: number
  x1: number
  y1: number
}

export interface DiggleBandwidth {
  sigma: number
  /** It is the smallest that was tried: there is no width of least error, or it is nothing. */
  collapsed: boolean
}

/** One sigma for each axis. Throws RangeError below two points. */
export function scottBandwidth({ x, y }: WeightedPoints): { x: number; y: number } {
  refusePoints({ x, y })
  if (x.length < 2) throw new RangeError(`Of ${x.length} points no bandwidth can be told.`)
  const factor = x.length ** (-1 / 6)
  return { x: deviation(x) * factor, y: deviation(y) * factor }
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}

/** Distances at which K is told, from 0. */
const STEPS = 512

/** Points outside the window are left out. Throws RangeError below two points inside. */
export function diggleBandwidth({ x, y }: WeightedPoints, window: Window): DiggleBandwidth {
  refusePoints({ x, y })
  const inside = Uint32Array.from(x.keys()).filter(i => isInside(window, x[i]!, y[i]!))
  if (inside.length < 2) throw new RangeError(`Of ${inside.length} points no bandwidth can be told.`)
  inside.sort((a, b) => x[a]! - x[b]!)
  const width = window.x1 - window.x0
  const height = window.y1 - window.y0
  const intensity = inside.length / (width * height)
  const furthest = Math.min(Math.sqrt(1000 / (Math.PI * intensity)), Math.min(width, height) / 4)
  const step = furthest / (STEPS - 1)
  const k = ripleyK(
    Float64Array.from(inside, i => x[i]!),
    Float64Array.from(inside, i => y[i]!),
    { width, height, furthest, step },
  )
  let least = Number.POSITIVE_INFINITY
  let best = 1
  for (let i = 1; i * step <= furthest / 2; i++) {
    const disc = Math.PI * (i * step) ** 2
    const error = (1 / intensity - 2 * k[i]!) / disc + overlapOfPairs(k, i, step) / disc ** 2
    if (error < least) {
      least = error
      best = i
    }
  }
  // The estimator's disc of radius h has the spread of a Gaussian of h / 2.
  return { sigma: (best * step) / 2, collapsed: best === 1 }
}

export const isInside = ({ x0, y0, x1, y1 }: Window, x: number, y: number): boolean =>
  x >= x0 && x <= x1 && y >= y0 && y <= y1

/** K at each distance; `x` rises. */
function ripleyK(
  x: Float64Array,
  y: Float64Array,
  { width, height, furthest, step }: { width: number; height: number; furthest: number; step: number },
): Float64Array {
  const n = x.length
  const k = new Float64Array(STEPS)
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const dx = x[j]! - x[i]!
      if (dx > furthest) break
      const dy = Math.abs(y[j]! - y[i]!)
      const distance = Math.sqrt(dx * dx + dy * dy)
      // Each pair stands for two, and for those that the window's edge hides.
      if (distance <= furthest) k[Math.ceil(distance / step)]! += 2 / ((width - dx) * (height - dy))
    }
  }
  const scale = (width * height) ** 2 / (n * (n - 1))
  let sum = 0
  for (let i = 0; i < STEPS; i++) {
    sum += k[i]! * scale
    k[i] = sum
  }
  return k
}

/** Area that two discs of radius h share, over all pairs closer than 2h. */
function overlapOfPairs(k: Float64Array, i: number, step: number): number {
  const h = i * step
  let sum = 0
  for (let j = 0; j < Math.min(2 * i, STEPS - 1); j++) {
    const apart = (j * step) / (2 * h)
    sum += (Math.acos(apart) - apart * Math.sqrt(1 - apart * apart)) * (k[j + 1]! - k[j]!)
  }
  return 2 * h * h * sum
}
