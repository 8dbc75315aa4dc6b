/**
 * Pairs worth comparing: those that agree on at least one blocking key. Each pair comes once, under the first
 * rule on which it agrees.
 */

/** For each rule, the key of each record as a number; -1 where the record has none. */
export type BlockingKeys = readonly Int32Array[]

export interface Pairs {
  left: Uint32Array
  right: Uint32Array
}

/**
 * Pairs between two lists, or within one when `right` is null (the earlier record is then left). In order of
 * rule, key and record. `mostPairs` guards against a key that nearly everybody shares.
 */
export function candidatePairs(
  left: BlockingKeys,
  right: BlockingKeys | null,
  mostPairs = 100_000_000,
): Pairs {
  const other = right ?? left
  let lefts = new Uint32Array(1024)
  let rights = new Uint32Array(1024)
  let count = 0
  for (let rule = 0; rule < left.length; rule++) {
    const index = indexByKey(other[rule]!)
    const keys = left[rule]!
    for (let l = 0; l < keys.length; l++) {
      const key = keys[l]!
      if (key < 0 || key + 1 >= index.start.length) continue
      for (let at = index.start[key]!; at < index.start[key + 1]!; at++) {
        const r = index.records[at]!
        if ((right === null && r <= l) || agreesEarlier(left, other, l, r, rule)) continue
        if (count === mostPairs) {
          throw new RangeError(
            `more than ${mostPairs} pairs to compare; choose blocking keys that fewer records share`,
          )
        }
        if (count === lefts.length) {
          lefts = grown(lefts)
          rights = grown(rights)
        }
        lefts[count] = l
        rights[count] = r
        count++
      }
    }
  }
  return { left: lefts.slice(0, count), right: rights.slice(0, count) }
}

const grown = (array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> => {
  const larger = new Uint32Array(array.length * 2)
  larger.set(array)
  return larger
}

function agreesEarlier(left: BlockingKeys, right: BlockingKeys, l: number, r: number, rule: number): boolean {
  for (let earlier = 0; earlier < rule; earlier++) {
    const key = left[earlier]![l]!
    if (key >= 0 && key === right[earlier]![r]!) return true
  }
  return false
}

/** Records by key: those of key k stand from `start[k]` up to `start[k + 1]`. */
function indexByKey(keys: Int32Array): { start: Uint32Array; records: Uint32Array } {
  let most = -1
  for (const key of keys) if (key > most) most = key
  const start = new Uint32Array(most + 2)
  for (const key of keys) if (key >= 0) start[key + 1]!++
  for (let k = 1; k < start.length; k++) start[k]! += start[k - 1]!
  const next = start.slice()
  const records = new Uint32Array(start[most + 1] ?? 0)
  for (let i = 0; i < keys.length; i++) if (keys[i]! >= 0) records[next[keys[i]!]!++] = i
  return { start, records }
}
