/**
 * The model of Fellegi and Sunter (1969): how much each agreement speaks for two records being of one person.
 *
 * Pairs are compared field by field; each comparison has levels, from "differs" (0) upwards, or is missing (-1)
 * and says nothing. m is the chance of a level among pairs of one person, u among pairs of two. They are
 * estimated without labels by expectation and maximisation (Winkler 1988), over patterns with their counts.
 *
 * Trap: fastLink sorts m and u within each step, so that it is no maximum-likelihood estimate where levels are
 * not monotone. Nothing is sorted here. A missing comparison is left out of its field alone.
 *
 * What comes out is a statement about records, for a person to judge. It is no score of anybody.
 */

export interface Comparison {
  name: string
  /** Number of levels; levels are 0 to levels - 1. */
  levels: number
}

/** Patterns as columns: level of each comparison (-1 missing), and how many pairs show the pattern. */
export interface Patterns {
  levels: Int8Array[]
  counts: Float64Array
}

export interface LinkageModel {
  /** Share of pairs that are of one person. */
  prior: number
  m: Float64Array[]
  u: Float64Array[]
}

export interface FittedModel extends LinkageModel {
  iterations: number
  logLikelihood: number
  converged: boolean
}

export interface FitOptions {
  start?: LinkageModel
  /** Leaves u as the start gives it, for pairs that were chosen because they agree on something else. */
  keepU?: boolean
  mostIterations?: number
  /** Ends when no parameter moves by more than this. */
  tolerance?: number
}

function refuseMisfit(comparisons: readonly Comparison[], { levels, counts }: Patterns): void {
  if (levels.length !== comparisons.length) {
    throw new RangeError(`${levels.length} columns of levels for ${comparisons.length} comparisons`)
  }
  for (const [c, column] of levels.entries()) {
    const { name, levels: most } = comparisons[c]!
    if (column.length !== counts.length) {
      throw new RangeError(`${column.length} levels of ${name} for ${counts.length} patterns`)
    }
    const bad = column.find(level => level < -1 || level >= most)
    if (bad !== undefined) throw new RangeError(`level ${bad} of ${name}, which has levels -1 to ${most - 1}`)
  }
}

/** log2(m / u) added up over the comparisons that are not missing: the weight of each pattern, in bits. */
export function matchWeights(model: LinkageModel, { levels, counts }: Patterns): Float64Array {
  const weights = new Float64Array(counts.length)
  for (const [c, column] of levels.entries()) {
    const bits = model.m[c]!.map((m, level) => Math.log2(m / model.u[c]![level]!))
    for (let p = 0; p < weights.length; p++) if (column[p]! >= 0) weights[p]! += bits[column[p]!]!
  }
  return weights
}

/** Probability that two records are of one person, from the weight in bits and the prior. */
export function matchProbability(weight: number, prior: number): number {
  const odds = 2 ** weight * (prior / (1 - prior))
  return odds === Number.POSITIVE_INFINITY ? 1 : odds / (1 + odds)
}

/** Agreement is likelier among pairs of one person, the more so the higher the level: where EM begins. */
function usualStart(comparisons: readonly Comparison[]): LinkageModel {
  const rising = (levels: number) => {
    const weights = Float64Array.from({ length: levels }, (_, level) => 4 ** level)
    const sum = weights.reduce((a, b) => a + b, 0)
    return weights.map(w => w / sum)
  }
  return {
    prior: 0.05,
    m: comparisons.map(c => rising(c.levels)),
    u: comparisons.map(c => rising(c.levels).reverse()),
  }
}

/** Maximum-likelihood estimates of prior, m and u. Deterministic: the same patterns give the same model. */
export function fitLinkageModel(
  comparisons: readonly Comparison[],
  patterns: Patterns,
  { start, keepU = false, mostIterations = 2000, tolerance = 1e-10 }: FitOptions = {},
): FittedModel {
  refuseMisfit(comparisons, patterns)
  const { levels, counts } = patterns
  const pairs = counts.reduce((a, b) => a + b, 0)
  if (!(pairs > 0)) throw new RangeError(`${pairs} pairs to learn from`)
  let model: LinkageModel = start ?? usualStart(comparisons)
  const posterior = new Float64Array(counts.length)
  for (let iteration = 1; ; iteration++) {
    const logLikelihood = expect(model, patterns, posterior)
    const found = maximise(comparisons, levels, counts, posterior, pairs)
    const next = keepU ? { ...found, u: model.u } : found
    const converged = largestMove(model, next) <= tolerance
    model = next
    if (converged || iteration >= mostIterations) {
      return { ...model, iterations: iteration, logLikelihood, converged }
    }
  }
}

/** Fills in the probability of each pattern under the model; gives the log likelihood of the patterns. */
function expect(model: LinkageModel, { levels, counts }: Patterns, posterior: Float64Array): number {
  let logLikelihood = 0
  for (let p = 0; p < counts.length; p++) {
    let same = model.prior
    let different = 1 - model.prior
    for (let c = 0; c < levels.length; c++) {
      const level = levels[c]![p]!
      if (level < 0) continue
      same *= model.m[c]![level]!
      different *= model.u[c]![level]!
    }
    const total = same + different
    posterior[p] = total > 0 ? same / total : 0
    if (counts[p]! > 0) logLikelihood += counts[p]! * Math.log(total)
  }
  return logLikelihood
}

function maximise(
  comparisons: readonly Comparison[],
  levels: readonly Int8Array[],
  counts: Float64Array,
  posterior: Float64Array,
  pairs: number,
): LinkageModel {
  const matched = counts.reduce((sum, n, p) => sum + n * posterior[p]!, 0)
  const shares = (weight: (p: number) => number) =>
    comparisons.map((comparison, c) => {
      const sums = new Float64Array(comparison.levels)
      for (let p = 0; p < counts.length; p++) {
        const level = levels[c]![p]!
        if (level >= 0) sums[level]! += counts[p]! * weight(p)
      }
      const total = sums.reduce((a, b) => a + b, 0)
      return total > 0 ? sums.map(n => n / total) : sums.fill(1 / comparison.levels)
    })
  return {
    prior: matched / pairs,
    m: shares(p => posterior[p]!),
    u: shares(p => 1 - posterior[p]!),
  }
}

function largestMove(a: LinkageModel, b: LinkageModel): number {
  let largest = Math.abs(a.prior - b.prior)
  for (const [c, m] of a.m.entries()) {
    for (const [level, value] of m.entries()) {
      largest = Math.max(
        largest,
        Math.abs(value - b.m[c]![level]!),
        Math.abs(a.u[c]![level]! - b.u[c]![level]!),
      )
    }
  }
  return largest
}
