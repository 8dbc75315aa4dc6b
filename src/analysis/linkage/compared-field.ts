/**
 * How two values of a field compare, as levels: 0 differs, higher is nearer, -1 when either is missing.
 *
 * Values are numbered once, so that equality is a comparison of numbers and two values that meet often are
 * measured once.
 */
import { editsOfEqualLength, levenshtein } from './edit-distance.ts'
import { jaroWinkler } from './jaro-winkler.ts'

/**
 * - `name`: differs, alike from 0.7, alike from 0.9 (Jaro–Winkler), equal.
 * - `date`: differs, two edits away, one edit away, equal: digits are mistyped and swapped.
 * - `exact`: differs, equal.
 */
export type FieldKind = 'name' | 'date' | 'exact'

export const levelsOf: Record<FieldKind, readonly string[]> = {
  name: ['differs', 'alike (0.7 or more)', 'nearly the same (0.9 or more)', 'the same'],
  date: ['differs', 'two edits away', 'one edit away', 'the same'],
  exact: ['differs', 'the same'],
}

export interface ComparedField {
  name: string
  kind: FieldKind
  /** Numbers of the values of each list; -1 for missing. */
  left: Int32Array
  right: Int32Array
  /** Share of all records with a value that have this one. */
  frequency: Float64Array
  level(left: number, right: number): number
}

/** `right` is null where one list is compared with itself. Empty text is missing. */
export function comparedField(
  name: string,
  kind: FieldKind,
  left: readonly string[],
  right: readonly string[] | null,
): ComparedField {
  const numbers = new Map<string, number>()
  const values: string[] = []
  const seen: number[] = []
  const numbered = (texts: readonly string[]) =>
    Int32Array.from(texts, text => {
      if (text === '') return -1
      let number = numbers.get(text)
      if (number === undefined) {
        number = values.length
        numbers.set(text, number)
        values.push(text)
        seen.push(0)
      }
      seen[number]!++
      return number
    })
  const ofLeft = numbered(left)
  const ofRight = right ? numbered(right) : ofLeft
  const all = seen.reduce((a, b) => a + b, 0)
  const levels = rememberedLevels(values, kind === 'name' ? nameLevel : dateLevel)
  const highest = levelsOf[kind].length - 1
  return {
    name,
    kind,
    left: ofLeft,
    right: ofRight,
    frequency: Float64Array.from(seen, n => n / all),
    level(l, r) {
      const a = ofLeft[l]!
      const b = ofRight[r]!
      if (a < 0 || b < 0) return -1
      if (a === b) return highest
      if (kind === 'exact') return 0
      return levels(a, b)
    },
  }
}

/** A power of two; 2 MB of keys and 256 kB of levels for a field. */
const REMEMBERED = 1 << 18

/**
 * Levels of pairs of values, measured once while they are remembered: each pair has one place, and the last that came
 * there has it. A map of all pairs would take longer to ask than most take to measure.
 */
function rememberedLevels(
  values: readonly string[],
  measure: (a: string, b: string) => number,
): (a: number, b: number) => number {
  const keys = new Float64Array(REMEMBERED).fill(-1)
  const known = new Int8Array(REMEMBERED)
  return (one, other) => {
    const a = Math.min(one, other)
    const b = Math.max(one, other)
    const key = a * values.length + b
    const place = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> (32 - 18)
    if (keys[place] === key) return known[place]!
    const level = measure(values[a]!, values[b]!)
    keys[place] = key
    known[place] = level
    return level
  }
}

function nameLevel(a: string, b: string): number {
  const similarity = jaroWinkler(a, b)
  return similarity >= 0.9 ? 2 : similarity >= 0.7 ? 1 : 0
}

function dateLevel(a: string, b: string): number {
  const distance = a.length === b.length ? editsOfEqualLength(a, b) : levenshtein(a, b)
  return distance <= 1 ? 2 : distance <= 2 ? 1 : 0
}

/** Numbers for blocking keys over both lists: records agree where their keys do. Empty is no key. */
export function keyNumbers(
  left: readonly string[],
  right: readonly string[] | null,
): { left: Int32Array; right: Int32Array | null } {
  const numbers = new Map<string, number>()
  const numbered = (keys: readonly string[]) =>
    Int32Array.from(keys, key => {
      if (key === '') return -1
      const number = numbers.get(key) ?? numbers.size
      numbers.set(key, number)
      return number
    })
  return { left: numbered(left), right: right ? numbered(right) : null }
}
