/** Links the records of one list, from texts to pairs: what goes in and comes out can be handed to another thread. */
import { comparedField, type FieldKind, keyNumbers } from './compared-field.ts'
import { linkRecords } from './link-records.ts'

export interface OneListTask {
  fields: readonly { name: string; kind: FieldKind; values: readonly string[] }[]
  /** Blocking keys by rule and record; empty is no key. */
  keys: readonly (readonly string[])[]
  /** Names of fields, as in `LinkageOptions`. */
  trainOn: readonly string[]
  adjustForFrequency: readonly string[]
  leastProbability: number
}

export interface OneListPairs {
  left: Uint32Array
  right: Uint32Array
  /** In bits. */
  weight: Float64Array
  probability: Float64Array
  /** Level of each field, by field; -1 where one of the two has no value. */
  levels: Int8Array[]
  compared: number
}

/** Throws RangeError on a field that is named and not given, and on keys that nearly everybody shares. */
export function linkOneList(
  { fields, keys, trainOn, adjustForFrequency, leastProbability }: OneListTask,
  random: () => number,
): OneListPairs {
  const place = (name: string) => {
    const at = fields.findIndex(field => field.name === name)
    if (at < 0) throw new RangeError(`no field is called ${name}`)
    return at
  }
  const records = fields[0]?.values.length ?? 0
  const { left, right, weight, probability, levels, compared } = linkRecords(
    fields.map(({ name, kind, values }) => comparedField(name, kind, values, null)),
    { left: records, right: records, oneList: true },
    {
      trainOn: trainOn.map(place),
      adjustForFrequency: adjustForFrequency.map(place),
      blocks: { left: keys.map(own => keyNumbers(own, null).left), right: null },
      leastProbability,
      random,
    },
  )
  return { left, right, weight, probability, levels, compared }
}
