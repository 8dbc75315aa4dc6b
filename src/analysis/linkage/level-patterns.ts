/** Counts pairs by their pattern of levels: millions of pairs show a few hundred patterns. */
import type { Pairs } from './candidate-pairs.ts'
import { type ComparedField, levelsOf } from './compared-field.ts'
import type { Patterns } from './fellegi-sunter.ts'

export function countPatterns(fields: readonly ComparedField[], { left, right }: Pairs): Patterns {
  // A pattern as one number, each field a digit: level + 1, so that missing is 0.
  const places: number[] = []
  let size = 1
  for (const field of fields) {
    places.push(size)
    size *= levelsOf[field.kind].length + 1
  }
  const counts = new Float64Array(size)
  for (let p = 0; p < left.length; p++) {
    let pattern = 0
    for (let f = 0; f < fields.length; f++) {
      pattern += (fields[f]!.level(left[p]!, right[p]!) + 1) * places[f]!
    }
    counts[pattern]!++
  }
  const patterns = [...counts.keys()].filter(pattern => counts[pattern]! > 0)
  return {
    levels: fields.map((field, f) =>
      Int8Array.from(
        patterns,
        pattern => (Math.floor(pattern / places[f]!) % (levelsOf[field.kind].length + 1)) - 1,
      ),
    ),
    counts: Float64Array.from(patterns, pattern => counts[pattern]!),
  }
}
