/**
 * People linked by the events they share. Weights: shared events, or each event shared out among its pairs as
 * 1/(k − 1) (Newman, Physical Review E 2001), so that one large event does not outweigh many small ones.
 */
export interface Projection {
  /** Person numbers, the lower first; pairs ascending. */
  a: Int32Array
  b: Int32Array
  sharedEvents: Float64Array
  newman: Float64Array
}

/** One entry of `event` and `person` for each person at each event; a person named twice at an event counts once. */
export function project(
  events: number,
  people: number,
  event: ArrayLike<number>,
  person: ArrayLike<number>,
): Projection {
  const present: Set<number>[] = Array.from({ length: events }, () => new Set())
  for (let i = 0; i < event.length; i++) {
    const at = present[event[i]!]
    if (!at || !(person[i]! >= 0 && person[i]! < people)) {
      throw new RangeError(`Person ${person[i]} of ${people} at event ${event[i]} of ${events}`)
    }
    at.add(person[i]!)
  }
  const shared = new Map<number, { events: number; newman: number }>()
  for (const at of present) {
    const list = [...at].sort((a, b) => a - b)
    for (let i = 0; i < list.length; i++) {
      for (let j = i + 1; j < list.length; j++) {
        const key = list[i]! * people + list[j]!
        const sum = shared.get(key) ?? { events: 0, newman: 0 }
        sum.events++
        sum.newman += 1 / (list.length - 1)
        shared.set(key, sum)
      }
    }
  }
  const keys = Float64Array.from(shared.keys()).sort()
  return {
    a: Int32Array.from(keys, key => Math.floor(key / people)),
    b: Int32Array.from(keys, key => key % people),
    sharedEvents: keys.map(key => shared.get(key)!.events),
    newman: keys.map(key => shared.get(key)!.newman),
  }
}
