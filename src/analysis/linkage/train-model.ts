/**
 * Learns the model without labels, in the way of Splink (Linacre and others, 2022).
 *
 * u, the chance of agreeing by chance, comes from pairs drawn at random: nearly all are of two people. m comes
 * from pairs that agree on one field, where people of one and of two are mixed evenly enough for EM to tell them
 * apart; that field's own m is learnt from pairs that agree on another. The prior follows: the matches found
 * among pairs that agree on a field, divided by how often matches agree on it.
 */

import { candidatePairs, type Pairs } from './candidate-pairs.ts'
import type { ComparedField } from './compared-field.ts'
import { levelsOf } from './compared-field.ts'
import { fitLinkageModel, type LinkageModel } from './fellegi-sunter.ts'
import { countPatterns } from './level-patterns.ts'

export interface TrainingOptions {
  /** Fields whose equality chooses the pairs of a session; at least two, each learnt from the others. */
  trainOn: readonly number[]
  random: () => number
  randomPairs?: number
  /** Pairs of a session; where more agree on its field, records are left out at random until as few do. */
  mostPairs?: number
}

const RANDOM_PAIRS = 1_000_000
const MOST_PAIRS = 20_000_000
/** A level never seen at random is rare, not impossible. */
const RAREST = 1e-6

export function trainModel(
  fields: readonly ComparedField[],
  sizes: { left: number; right: number; oneList: boolean },
  { trainOn, random, randomPairs = RANDOM_PAIRS, mostPairs = MOST_PAIRS }: TrainingOptions,
): LinkageModel {
  if (trainOn.length < 2) throw new RangeError(`${trainOn.length} fields to train on; two are the least`)
  const u = chanceOfAgreeing(fields, drawnPairs(sizes, random, randomPairs))
  const sessions = trainOn.map(on => session(fields, sizes, on, u, { random, mostPairs }))
  const m = fields.map((field, f) => {
    const told = sessions.flatMap(s => (s.m[f] ? [s.m[f]] : []))
    const mean = new Float64Array(levelsOf[field.kind].length)
    for (const own of told)
      for (let level = 0; level < mean.length; level++) mean[level]! += own[level]! / told.length
    return floored(mean)
  })
  const estimates = sessions.map(s => s.matches / m[s.on]!.at(-1)!).sort((a, b) => a - b)
  const matches = estimates[Math.floor(estimates.length / 2)]!
  const all = sizes.oneList ? (sizes.left * (sizes.left - 1)) / 2 : sizes.left * sizes.right
  return { prior: Math.min(0.5, Math.max(1 / all, matches / all)), m, u }
}

interface Session {
  on: number
  /** Of every field but its own. */
  m: (Float64Array | null)[]
  /** Pairs of one person among those that agree on the field. */
  matches: number
}

function session(
  fields: readonly ComparedField[],
  sizes: { oneList: boolean },
  on: number,
  u: Float64Array[],
  limits: { random: () => number; mostPairs: number },
): Session {
  const { pairs, share } = pairsAgreeing(fields[on]!, sizes.oneList, limits)
  const others = fields.map((_, f) => f).filter(f => f !== on)
  const comparisons = others.map(f => ({ name: fields[f]!.name, levels: levelsOf[fields[f]!.kind].length }))
  const patterns = countPatterns(
    others.map(f => fields[f]!),
    pairs,
  )
  if (pairs.left.length === 0) return { on, m: fields.map(() => null), matches: 0 }
  const fitted = fitLinkageModel(comparisons, patterns, {
    start: { prior: 0.2, m: comparisons.map(c => rising(c.levels)), u: others.map(f => u[f]!) },
    keepU: true,
    tolerance: 1e-6,
  })
  const m: (Float64Array | null)[] = fields.map(() => null)
  for (const [i, f] of others.entries()) m[f] = fitted.m[i]!
  return { on, m, matches: (fitted.prior * pairs.left.length) / share }
}

/**
 * Pairs that agree on a field. A name that many have brings more pairs than anybody needs to learn from: then only some
 * of the records are taken, and `share` says which part of all such pairs is left.
 */
function pairsAgreeing(
  { left, right, frequency }: ComparedField,
  oneList: boolean,
  { random, mostPairs }: { random: () => number; mostPairs: number },
): { pairs: Pairs; share: number } {
  const countsOf = (values: Int32Array) => {
    const counts = new Float64Array(frequency.length)
    for (const value of values) if (value >= 0) counts[value]!++
    return counts
  }
  const ofLeft = countsOf(left)
  const ofRight = oneList ? ofLeft : countsOf(right)
  const all = ofLeft.reduce((sum, n, value) => sum + (oneList ? (n * (n - 1)) / 2 : n * ofRight[value]!), 0)
  if (all <= mostPairs) return { pairs: candidatePairs([left], oneList ? null : [right]), share: 1 }
  const kept = oneList ? Math.sqrt(mostPairs / all) : mostPairs / all
  const some = left.map(value => (random() < kept ? value : -1))
  return {
    pairs: candidatePairs([some], oneList ? null : [right]),
    share: oneList ? kept * kept : kept,
  }
}

function rising(levels: number): Float64Array {
  const weights = Float64Array.from({ length: levels }, (_, level) => 4 ** level)
  const sum = weights.reduce((a, b) => a + b, 0)
  return weights.map(w => w / sum)
}

function chanceOfAgreeing(fields: readonly ComparedField[], pairs: Pairs): Float64Array[] {
  return fields.map(field => {
    const counts = new Float64Array(levelsOf[field.kind].length)
    for (let p = 0; p < pairs.left.length; p++) {
      const level = field.level(pairs.left[p]!, pairs.right[p]!)
      if (level >= 0) counts[level]!++
    }
    const all = counts.reduce((a, b) => a + b, 0)
    return floored(all > 0 ? counts.map(n => n / all) : counts.fill(1 / counts.length))
  })
}

function floored(shares: Float64Array): Float64Array {
  const raised = shares.map(s => Math.max(s, RAREST))
  const sum = raised.reduce((a, b) => a + b, 0)
  return raised.map(s => s / sum)
}

/** Every pair where there are few enough, else pairs drawn at random. */
function drawnPairs(
  { left, right, oneList }: { left: number; right: number; oneList: boolean },
  random: () => number,
  most: number,
): Pairs {
  const all = oneList ? (left * (left - 1)) / 2 : left * right
  const count = Math.min(all, most)
  const pairs: Pairs = { left: new Uint32Array(count), right: new Uint32Array(count) }
  if (all <= most) {
    let p = 0
    for (let l = 0; l < left; l++) {
      for (let r = oneList ? l + 1 : 0; r < right; r++) {
        pairs.left[p] = l
        pairs.right[p++] = r
      }
    }
    return pairs
  }
  for (let p = 0; p < count; p++) {
    const l = Math.floor(random() * left)
    let r = Math.floor(random() * right)
    while (oneList && r === l) r = Math.floor(random() * right)
    pairs.left[p] = l
    pairs.right[p] = r
  }
  return pairs
}
