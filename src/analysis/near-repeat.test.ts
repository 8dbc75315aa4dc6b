import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Metric } from './close-pairs.ts'
import { type NearRepeatOptions, nearRepeatSteps, nearRepeats } from './near-repeat.ts'

/** Mulberry32: enough for a test. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000
  }
}

const options = (more: Partial<NearRepeatOptions> = {}): NearRepeatOptions => ({
  distances: [0, 0.001, 5, 10],
  days: [0, 7, 14],
  metric: 'euclidean',
  permutations: 19,
  random: randomOf(1),
  ...more,
})

describe('near repeats', () => {
  test('five events worked by hand: edges belong to the band above', () => {
    // Pairs nearer than 10: 0-1 on one spot, 6 days; 0-2 and 1-2 at exactly 5 (3, 4), 7 and 1 days; the others are too
    // far or, like 0-3 at exactly 10, on the upper edge.
    const found = nearRepeats(
      Float64Array.of(0, 0, 3, 10, 500),
      Float64Array.of(0, 0, 4, 0, 0),
      Float64Array.of(100, 106, 107, 100, 100),
      options(),
    )
    // 2-3 are √65 apart, 7 days.
    assert.deepEqual([...found.observed], [1, 0, 1, 0, 0, 2])
    assert.equal(found.spaceBands, 3)
    assert.equal(found.timeBands, 2)
  })

  const events = fc.array(
    fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 0, max: 60 }), fc.nat(90)),
    {
      minLength: 1,
      maxLength: 80,
    },
  )
  const columns = (list: readonly (readonly [number, number, number])[]) =>
    [0, 1, 2].map(k => Float64Array.from(list, event => event[k as 0 | 1 | 2])) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ]
  // More time bands than are counted in one pass.
  const manyDays = [0, 1, 2, 4, 8, 9, 15, 16, 30, 64, 70]

  test('pairs are those that comparing every two events finds', () => {
    fc.assert(
      fc.property(events, fc.constantFrom<Metric>('euclidean', 'manhattan'), (list, metric) => {
        const distances = [1, 3, 5, 13]
        const found = nearRepeats(
          ...columns(list),
          options({ distances, days: manyDays, metric, permutations: 1 }),
        )
        const expected = Array(3 * (manyDays.length - 1)).fill(0)
        const bandOf = (edges: readonly number[], value: number) =>
          edges.findIndex((edge, i) => value >= edge && value < (edges[i + 1] ?? -1))
        for (const [i, a] of list.entries()) {
          for (const b of list.slice(i + 1)) {
            const [dx, dy] = [Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1])]
            const space = bandOf(distances, metric === 'euclidean' ? Math.hypot(dx, dy) : dx + dy)
            const time = bandOf(manyDays, Math.abs(a[2] - b[2]))
            if (space >= 0 && time >= 0) expected[time * 3 + space]++
          }
        }
        assert.deepEqual([...found.observed], expected)
      }),
    )
  })

  test('dealing the days moves pairs between bands of days, and loses none', () => {
    fc.assert(
      fc.property(events, list => {
        const found = nearRepeats(...columns(list), options({ days: [0, 91] }))
        for (const [cell, count] of found.observed.entries()) {
          assert.equal(found.p[cell], 1)
          if (count > 0) assert.equal(found.ratioToMean[cell], 1)
          else assert.ok(Number.isNaN(found.ratioToMedian[cell]))
        }
      }),
    )
  })

  test('the order of the events, another first day and another unit change nothing that is observed', () => {
    fc.assert(
      fc.property(events, list => {
        const observed = nearRepeats(...columns(list), options({ permutations: 1 })).observed
        const turned = nearRepeats(...columns(list.toReversed()), options({ permutations: 1 })).observed
        assert.deepEqual(turned, observed)
        const [x, y, day] = columns(list)
        const doubled = nearRepeats(
          x.map(v => 2 * v),
          y.map(v => 2 * v),
          day.map(d => d - 700_000),
          options({ permutations: 1, distances: [0, 0.002, 10, 20] }),
        )
        assert.deepEqual(doubled.observed, observed)
      }),
    )
  })

  test('the mean over permutations is near pairs × share of all pairs so few days apart', () => {
    const random = randomOf(7)
    const draw = (most: number) => Float64Array.from({ length: 60 }, () => Math.floor(random() * most))
    const [x, y, day] = [draw(30), draw(30), draw(60)]
    let soon = 0
    for (let i = 0; i < 60; i++) for (let j = 0; j < i; j++) if (Math.abs(day[i]! - day[j]!) < 7) soon++
    const near = nearRepeats(x, y, day, options({ distances: [0, 10], days: [0, 60], permutations: 1 }))
      .observed[0]!
    const found = nearRepeats(
      x,
      y,
      day,
      options({ distances: [0, 10], days: [0, 7], permutations: 4999, random }),
    )
    const mean = found.observed[0]! / found.ratioToMean[0]!
    const expected = (near * soon) / (30 * 59)
    assert.ok(Math.abs(mean / expected - 1) < 0.01, `${mean}, expected ${expected}`)
  })

  test('a burst at one spot in one week stands out; the same seed gives the same answer', () => {
    const random = randomOf(3)
    const n = 200
    const x = Float64Array.from({ length: n }, (_, i) => (i < 6 ? 50 : random() * 1000))
    const y = Float64Array.from({ length: n }, (_, i) => (i < 6 ? 50 : random() * 1000))
    const day = Float64Array.from({ length: n }, (_, i) => (i < 6 ? 100 + i : Math.floor(random() * 365)))
    const run = () => nearRepeats(x, y, day, options({ permutations: 99, random: randomOf(5) }))
    const found = run()
    assert.equal(found.observed[0], 15)
    assert.equal(found.p[0], 0.01)
    assert.deepEqual(run(), found)
  })

  test('the longest period that can be compared is counted right', () => {
    const found = nearRepeats(
      Float64Array.of(0, 0, 1),
      Float64Array.of(0, 0, 0),
      Float64Array.of(0, 16_383, 16_380),
      options({ distances: [0, 2], days: [0, 4, 16_381, 20_000], permutations: 3 }),
    )
    assert.deepEqual([...found.observed], [1, 1, 1])
    assert.deepEqual([...found.ratioToMean], [1, 1, 1])
  })

  test('steps say how many permutations are done', () => {
    const one = Float64Array.of(1)
    assert.deepEqual([...nearRepeatSteps(one, one, one, options({ permutations: 20 }))], [8, 16, 20])
  })

  test('what cannot be meant is refused with the value', () => {
    const two = Float64Array.of(1, 2)
    const run = (more: Partial<NearRepeatOptions>, day = two) => nearRepeats(two, two, day, options(more))
    assert.throws(() => run({ distances: [0, 5, 5] }), /edges of distances must rise .*: 0, 5, 5/)
    assert.throws(() => run({ days: [7] }), /edges of days/)
    assert.throws(() => run({ permutations: 0 }), /not 0/)
    assert.throws(() => run({}, Float64Array.of(1, 1.5)), /day of event 1 is 1.5/)
    assert.throws(() => run({}, Float64Array.of(1)), /1 days for 2 events/)
    assert.throws(() => run({}, Float64Array.of(0, 16_384)), /16384 days apart/)
    const none = new Float64Array(0)
    assert.throws(() => nearRepeats(none, none, none, options()), /no points/)
  })
})
