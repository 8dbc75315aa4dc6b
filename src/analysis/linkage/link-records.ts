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
  /** Pairs below this probability are counted and let go: of millions compared, a few thousand are kept. */
  leastProbability?: number
}

export interface LinkedPairs extends Pairs {
  model: LinkageModel
  /** Pairs that were compared; those kept stand in `left` and `right`, in the order of the candidates. */
  compared: number
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
  const candidates = candidatePairs(options.blocks.left, options.blocks.right, options.mostPairs)
  const added = fields.map((field, f) => bitsAdded(field, f, model, options.adjustForFrequency.includes(f)))
  const prior = Math.log2(model.prior / (1 - model.prior))
  const least = options.leastProbability ?? 0
  const kept: number[] = []
  const weights: number[] = []
  for (let p = 0; p < candidates.left.length; p++) {
    const l = candidates.left[p]!
    const r = candidates.right[p]!
    let weight = prior
    for (const bits of added) weight += bits(l, r)
    if (matchProbability(weight - prior, model.prior) < least) continue
    kept.push(p)
    weights.push(weight)
  }
  const left = Uint32Array.from(kept, p => candidates.left[p]!)
  const right = Uint32Array.from(kept, p => candidates.right[p]!)
  const each = <T>(of: (l: number, r: number) => T) => Array.from(left, (l, i) => of(l, right[i]!))
  return {
    left,
    right,
    model,
    compared: candidates.left.length,
    weight: Float64Array.from(weights),
    probability: Float64Array.from(weights, w => matchProbability(w - prior, model.prior)),
    levels: fields.map(field => Int8Array.from(each((l, r) => field.level(l, r)))),
    contributions: added.map(bits => Float64Array.from(each(bits))),
  }
}

/** What a field adds to the weight of a pair, in bits; nothing where a value is missing. */
function bitsAdded(
  field: ComparedField,
  f: number,
  model: LinkageModel,
  adjust: boolean,
): (l: number, r: number) => number {
  const highest = levelsOf[field.kind].length - 1
  const bits = model.m[f]!.map((m, level) => Math.log2(m / model.u[f]![level]!))
  const rare = adjust ? field.frequency.map(share => Math.log2(model.m[f]![highest]! / share)) : null
  return (l, r) => {
    const level = field.level(l, r)
    if (level < 0) return 0
    return rare && level === highest ? rare[field.left[l]!]! : bits[level]!
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
