/**
 * Upper tail of the chi-squared distribution with a whole number of degrees of freedom, by its closed form: a sum of
 * positive terms, so that tails of 1e-300 keep their digits where one minus the distribution would lose them.
 */
import { normalTwoSided } from './normal-tail.ts'

export function chiSquaredUpper(x: number, degrees: number): number {
  if (!Number.isInteger(degrees) || degrees < 1)
    throw new RangeError(`The degrees of freedom are ${degrees}.`)
  if (!(x >= 0)) throw new RangeError(`Chi-squared is ${x}.`)
  const half = x / 2
  const odd = degrees % 2 === 1
  let tail = odd ? normalTwoSided(Math.sqrt(x)) : Math.exp(-half)
  // exp(-half) half^a / Γ(a + 1), from a = 1/2 or 1 in steps of one.
  let term = odd ? Math.exp(-half) * Math.sqrt((4 * half) / Math.PI) : Math.exp(-half) * half
  for (let a = odd ? 0.5 : 1; a < degrees / 2; a++) {
    tail += term
    term *= half / (a + 1)
  }
  return tail
}
