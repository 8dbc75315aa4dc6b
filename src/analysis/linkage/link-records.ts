/**
 * Links records of one list or of two: candidate pairs, their levels, the weight that each field adds.
 *
 * A value that many share says less than a rare one (term-frequency adjustment, as Splink makes it): where two
 * records are the same in such a field, u is replaced by how frequent the value is.
 */
import { type BlockingKeys, candidatePairs, type Pairs } from './candidate-pairs.ts'
import { type ComparedField, levelsOf } from './compared-field.ts'
import { type LinkageModel, matchProbability } from './fellegi-sunter.ts'
import { type TrainingOptions, trainModel } from './train-model.ts'

export interface LinkageOptions extends TrainingOptions {
  /** Positions of fields whose rare values say more. */
  adjustForFrequency: readonly number[]
  blocks: { left: BlockingKeys; right: BlockingKeys | null }
  mostPairs?: number
}

export interface LinkedPairs extends Pairs {
  model: LinkageModel
  /** Weight in bits: prior, then what each field adds. */
  weight: Float64Array
  probability: Float64Array
  /** Level and bits of each field, by field. */
  levels: Int8Array[]
  contributions: Float64Array[]
}

export function linkRecords(
  fields: readonly ComparedField[],
  sizes: { left: number; right: number; oneList: boolean },
  options: LinkageOptions,
): LinkedPairs {
  const model = trainModel(fields, sizes, options)
  const pairs = candidatePairs(options.blocks.left, options.blocks.right, options.mostPairs)
  const count = pairs.left.length
  const prior = Math.log2(model.prior / (1 - model.prior))
  const weight = new Float64Array(count).fill(prior)
  const levels = fields.map(() => new Int8Array(count))
  const contributions = fields.map(() => new Float64Array(count))
  for (const [f, field] of fields.entries()) {
    const highest = levelsOf[field.kind].length - 1
    const bits = model.m[f]!.map((m, level) => Math.log2(m / model.u[f]![level]!))
    const rare = options.adjustForFrequency.includes(f)
      ? field.frequency.map(share => Math.log2(model.m[f]![highest]! / share))
      : null
    for (let p = 0; p < count; p++) {
      const level = field.level(pairs.left[p]!, pairs.right[p]!)
      levels[f]![p] = level
      if (level < 0) continue
      const added = rare && level === highest ? rare[field.left[pairs.left[p]!]!]! : bits[level]!
      contributions[f]![p] = added
      weight[p]! += added
    }
  }
  return {
    ...pairs,
    model,
    weight,
    probability: weight.map(w => matchProbability(w - prior, model.prior)),
    levels,
    contributions,
  }
}

/**
 * Groups of records that are joined by pairs at or above a weight, directly or through others. Gives for each
 * record the number of its group: the lowest record in it. Records of the right list follow those of the left.
 */
export function clusters(
  { left, right, weight }: Pick<LinkedPairs, 'left' | 'right' | 'weight'>,
  sizes: { left: number; right: number; oneList: boolean },
  threshold: number,
): Uint32Array {
  const offset = sizes.oneList ? 0 : sizes.left
  const parent = Uint32Array.from({ length: sizes.left + (sizes.oneList ? 0 : sizes.right) }, (_, i) => i)
  const root = (i: number): number => {
    let at = i
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!
      at = parent[at]!
    }
    return at
  }
  for (let p = 0; p < left.length; p++) {
    if (weight[p]! < threshold) continue
    const a = root(left[p]!)
    const b = root(right[p]! + offset)
    if (a !== b) parent[Math.max(a, b)] = Math.min(a, b)
  }
  return parent.map((_, i) => root(i))
}
