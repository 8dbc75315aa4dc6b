/**
 * p-values of many tests at once. A missing one (NaN) stays missing and does not count among the tests, as in `p.adjust`
 * of R.
 */

/** Bonferroni: every p-value times the number of tests, at most 1. Holds whatever the tests have to do with each other. */
export function bonferroni(p: Float64Array): Float64Array {
  checkProbabilities(p)
  let tests = 0
  for (let i = 0; i < p.length; i++) if (!Number.isNaN(p[i])) tests++
  return p.map(value => Math.min(1, value * tests))
}

/**
 * Benjamini and Hochberg, "Controlling the false discovery rate" (1995): the smallest share of false findings at which
 * this one would still be among the findings. Right for tests that are independent or rise and fall together, as
 * overlapping windows do.
 */
export function benjaminiHochberg(p: Float64Array): Float64Array {
  checkProbabilities(p)
  const sorted = p.filter(value => !Number.isNaN(value)).sort()
  const tests = sorted.length
  const adjusted = new Float64Array(tests)
  let least = 1
  for (let k = tests - 1; k >= 0; k--) {
    least = Math.min(least, (sorted[k]! * tests) / (k + 1))
    adjusted[k] = least
  }
  // Equal p-values have equal answers, so any place of the value among the sorted will do.
  return p.map(value => {
    if (Number.isNaN(value)) return Number.NaN
    let low = 0
    let high = tests - 1
    while (low < high) {
      const half = (low + high) >> 1
      if (sorted[half]! < value) low = half + 1
      else high = half
    }
    return adjusted[low]!
  })
}

function checkProbabilities(p: Float64Array): void {
  for (let i = 0; i < p.length; i++) {
    if (p[i]! < 0 || p[i]! > 1) throw new RangeError(`p-value ${i} is ${p[i]}`)
  }
}
