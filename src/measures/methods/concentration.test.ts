import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { seededRandom } from '../../analysis/seeded-random.ts'
import { concentrationCurve, evenSpread, placeConcentration } from './concentration.ts'
import { thenAndNow } from './then-and-now.ts'

const near = (actual: number, expected: number, within: number) =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not within ${within} of ${expected}`)

test('what the leading places hold, and how few hold a quarter and half, by hand', () => {
  // 100 places: one of 40, four of 10, twenty of 1, the others empty: 100 events.
  const counts = new Float64Array(100)
  counts.set([40, 10, 10, 10, 10, ...Array(20).fill(1)], 30)
  const found = placeConcentration(counts)!
  assert.equal(found.events, 100)
  assert.deepEqual(
    found.leading.map(l => [l.places, l.held]),
    [
      [1, 40],
      [5, 80],
      [10, 85],
      [20, 95],
    ],
  )
  assert.deepEqual(
    found.holding.map(h => [h.share, h.places]),
    [
      [0.25, 1],
      [0.5, 2],
      [0.8, 5],
    ],
  )
})

test('one event for each place on average: chance alone fills places as the Poisson table says', () => {
  // Poisson of mean 1: P(0) 0.3679, P(1) 0.3679, P(2) 0.1839, P(3) 0.0613, P(4) 0.0153, P(5) 0.0031, P(6) 0.0005.
  const even = evenSpread(10_000, 10_000)
  // Places with two or more: 26.42%; they hold all but the 36.79% that stand alone.
  near(even.heldBy(2642.4), 0.6321, 0.0002)
  near(even.placesHolding(0.6321), 2642.4, 3)
  // Places with any: 63.21%.
  near(even.placesHolding(1), 6321.2, 0.1)
  // Ramasubban (1958): mean difference 2·m·e^(−2m)·(I0(2m) + I1(2m)); at 1, I0(2) = 2.27959 and I1(2) = 1.59064.
  near(even.gini, Math.exp(-2) * (2.27959 + 1.59064), 1e-5)
})

test('what chance alone gives is what throwing the events at random gives', () => {
  const random = seededRandom(2019)
  const [places, events, throws] = [1500, 900, 60]
  let top = 0
  let half = 0
  let gini = 0
  for (let i = 0; i < throws; i++) {
    const counts = new Float64Array(places)
    for (let event = 0; event < events; event++) counts[Math.floor(random() * places)]!++
    const found = placeConcentration(counts)!
    top += found.leading[1]!.held / events / throws
    half += found.holding[1]!.places / throws
    gini += found.gini / throws
  }
  const even = evenSpread(places, events)
  near(even.heldBy(75), top, 0.004)
  near(even.placesHolding(0.5), half, 3)
  near(even.gini, gini, 0.003)
})

test('the more places lead, the more they hold, counted and by chance, and all of them hold all', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 20, maxLength: 400 }), list => {
      const counts = Float64Array.from(list)
      const found = placeConcentration(counts)
      if (list.every(n => n === 0)) return assert.equal(found, null)
      const { counted, chance } = concentrationCurve(counts)
      for (const curve of [counted, chance]) {
        assert.deepEqual(curve[0], { places: 0, held: 0 })
        assert.deepEqual(curve.at(-1), { places: 100, held: 100 })
        for (let i = 1; i < curve.length; i++) assert.ok(curve[i]!.held >= curve[i - 1]!.held - 1e-9)
      }
      const shuffled = placeConcentration(counts.slice().sort())
      assert.deepEqual(shuffled, found)
    }),
  )
})

test('a mean at which the chance of an empty place underflows is still counted', () => {
  const even = evenSpread(100, 100_000)
  near(even.heldBy(50), 0.5, 0.03)
  near(even.placesHolding(0.5), 50, 2)
})

test('too few places say nothing about concentration', () => {
  assert.equal(placeConcentration(new Float64Array(19).fill(1)), null)
  assert.equal(placeConcentration(new Float64Array(50)), null)
})

test('earlier leaders are set beside those that lead now', () => {
  // 100 places. Then: place 0 had 50, places 1 to 4 had 10 each, the others 0. Now: place 0 has 20, 1 to 4 have 5
  // each, place 99 has 40, and twenty others have 1 each.
  const then = new Float64Array(100)
  then.set([50, 10, 10, 10, 10])
  const now = new Float64Array(100)
  now.set([20, 5, 5, 5, 5])
  now.fill(1, 50, 70)
  now[99] = 40
  const found = thenAndNow(then, now)!
  assert.equal(found.thenAll, 90)
  assert.equal(found.nowAll, 100)
  // Only five places had any: ten or twenty cannot have led.
  assert.equal(found.leaders.length, 2)
  const [one, five] = found.leaders
  // 20 of 100 in 1 of 100 places: PAI 20; the best single place has 40: PEI 0.5; 50 then, 20 now: RRI 2.5.
  assert.deepEqual(one, {
    share: 0.01,
    places: 1,
    before: 50,
    now: 20,
    leadersNow: 40,
    pai: 20,
    pei: 0.5,
    rri: 2.5,
  })
  // 40 of 100 in 5 of 100 places: PAI 8; the best five hold 40 + 20 + 5 + 5 + 5 = 75.
  assert.equal(five!.now, 40)
  assert.equal(five!.pai, 8)
  near(five!.pei, 40 / 75, 1e-12)
  near(five!.rri!, 90 / 40, 1e-12)
})

test('nothing counted in either period gives no comparison', () => {
  assert.equal(thenAndNow(new Float64Array(50), new Float64Array(50).fill(1)), null)
  assert.equal(thenAndNow(new Float64Array(50).fill(1), new Float64Array(50)), null)
})
