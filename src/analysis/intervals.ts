/**
 * 95% intervals: exact Poisson for counts (Garwood, Fiducial limits for the Poisson distribution, Biometrika
 * 1936) and Wilson's score interval for proportions (Wilson, JASA 1927). Exact limits are quantiles of the
 * gamma distribution.
 */
import { gammaQuantile } from './gamma.ts'

const Z = 1.959963984540054

/** Limits of the expected count behind `count` events; the lower limit of nothing is 0. */
export function poissonInterval(count: number): { low: number; high: number } {
  if (!(count >= 0)) throw new RangeError(`${count} is not a count`)
  const known = remembered.get(count)
  if (known) return known
  const interval = {
    low: count === 0 ? 0 : gammaQuantile(TAIL, count),
    high: gammaQuantile(1 - TAIL, count + 1),
  }
  if (count <= REMEMBERED_UP_TO) remembered.set(count, interval)
  return interval
}

const TAIL = 0.025
/** A split into thousands of cells holds the same few small counts again and again. */
const REMEMBERED_UP_TO = 2000
const remembered = new Map<number, { low: number; high: number }>()

/** Limits of the share behind `met` of `of`, between 0 and 1; null when there is nothing to divide. */
export function wilsonInterval(met: number, of: number): { low: number; high: number } | null {
  if (met < 0 || met > of) throw new RangeError(`${met} of ${of} is no share`)
  if (of === 0) return null
  const p = met / of
  const z2 = Z * Z
  const centre = (p + z2 / (2 * of)) / (1 + z2 / of)
  const half = (Z / (1 + z2 / of)) * Math.sqrt((p * (1 - p)) / of + z2 / (4 * of * of))
  return { low: met === 0 ? 0 : centre - half, high: met === of ? 1 : centre + half }
}

/** Below this, public health practice leaves Byar's approximation for the exact limits. */
const BYAR_FROM = 10

/**
 * Byar's approximation to the Poisson limits (Breslow and Day, Statistical methods in cancer research II, 1987),
 * exact below ten events, as Public Health England's indicator methods have it.
 */
export function byarInterval(count: number): { low: number; high: number } {
  if (!(count >= BYAR_FROM)) return poissonInterval(count)
  const limit = (x: number, z: number) => x * (1 - 1 / (9 * x) + z / (3 * Math.sqrt(x))) ** 3
  return { low: limit(count, -Z), high: limit(count + 1, Z) }
}
