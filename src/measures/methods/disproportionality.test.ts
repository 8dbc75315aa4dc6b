import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { clearDirection, compareGroups, comparisonRule, holdsWhateverUnknown } from './disproportionality.ts'

const white = { code: 'White', label: 'White', count: 500, residents: 70_130 }
const asian = { code: 'Asian', label: 'Asian', count: 210, residents: 18_820 }
const against = { code: 'White', words: 'White' }
const nobodyUnknown = { count: 0, of: 710 }

test('S0 the shares of the June 2019 paper make Asian residents 1.57 times as often victims as White ones', () => {
  // 21% of victims against 18.82% of residents; 50% against 70.13%. Exact limits by
  // SciPy: odds of beta.ppf(0.025, 210, 501) and beta.ppf(0.975, 211, 500), times 70130/18820.
  const [compared, ...more] = compareGroups([asian, white], nobodyUnknown, against)
  assert.equal(more.length, 0)
  assert.equal(compared!.ratio!.ratio.toFixed(2), '1.57')
  assert.equal(compared!.ratio!.low.toFixed(2), '1.33')
  assert.equal(compared!.ratio!.high.toFixed(2), '1.84')
  assert.equal(clearDirection(compared!), 'more')
})

test('the bounds put all of the unknown in the other group, and then all in this one', () => {
  // 20 of 100 residents against 20 of 200: ratio 2. Ten unknown: 20/100 ÷ 30/200 = 4/3; 30/100 ÷ 20/200 = 3.
  const [compared] = compareGroups(
    [
      { code: 'a', label: 'A', count: 20, residents: 100 },
      { code: 'b', label: 'B', count: 20, residents: 200 },
    ],
    { count: 10, of: 50 },
    { code: 'b', words: 'B' },
  )
  assert.equal(compared!.ratio!.ratio, 2)
  assert.ok(Math.abs(compared!.bounds!.low - 4 / 3) < 1e-12)
  assert.ok(Math.abs(compared!.bounds!.high - 3) < 1e-12)
  assert.equal(holdsWhateverUnknown(compared!), true)
})

test('one group against all the others takes their counts and residents together', () => {
  const [first] = compareGroups(
    [
      { code: 'young', label: 'Young', count: 60, residents: 1000 },
      { code: 'middle', label: 'Middle', count: 30, residents: 1500 },
      { code: 'old', label: 'Old', count: 30, residents: 2500 },
      { code: 'other', label: 'No census counts these', count: 7, residents: null },
    ],
    { count: 0, of: 127 },
    { code: null, words: 'people of other ages' },
  )
  // 60/1000 against 60/4000.
  assert.equal(first!.ratio!.ratio, 4)
})

test('R24 a ratio is refused where more than a fifth are unknown, and the bounds say what they could be', () => {
  const at = (unknown: number) =>
    compareGroups([asian, white], { count: unknown, of: 710 + unknown }, against)[0]!
  // 177.5 of 887.5 would be a fifth.
  assert.notEqual(at(177).ratio, null)
  const refused = at(178)
  assert.equal(refused.ratio, null)
  assert.match(refused.refused!.because, /too many are not known/)
  assert.ok(refused.bounds!.low < 1.57 && refused.bounds!.high > 1.57)
  assert.equal(comparisonRule.mostUnknown, 0.2)
})

test('too many unknown is said before anything else that is lacking', () => {
  const without = [{ ...asian, residents: null }, white]
  const [compared] = compareGroups(without, { count: 400, of: 1110 }, against)
  assert.equal(compared!.refused!.kind, 'unknown')
  assert.equal(compared!.bounds, null)
})

test('a ratio is refused on fewer than five of either group, or fewer than twenty together', () => {
  const because = (count: number, other: number) =>
    compareGroups(
      [
        { ...asian, count },
        { ...white, count: other },
      ],
      nobodyUnknown,
      against,
    )[0]!.refused?.because
  assert.match(because(4, 500)!, /only 4 counted$/)
  assert.match(because(40, 3)!, /only 3 counted of those compared with/)
  assert.match(because(9, 10)!, /only 19 counted of both together/)
  assert.equal(because(10, 10), undefined)
})

test('R27 a withheld count gives no ratio, neither does a withheld number of unknown', () => {
  const withheld = [{ ...asian, count: null }, white]
  assert.match(compareGroups(withheld, nobodyUnknown, against)[0]!.refused!.because, /withheld/)
  assert.match(
    compareGroups([asian, white], { count: null, of: 710 }, against)[0]!.refused!.because,
    /withheld/,
  )
})

test('a group that no census counts has no ratio', () => {
  const [compared] = compareGroups([{ ...asian, residents: null }, white], nobodyUnknown, against)
  assert.match(compared!.refused!.because, /no residents counted/)
})

test('an interval that holds 1 cannot be told from no difference', () => {
  const even = { code: 'x', label: 'X', count: 52, residents: 7013 }
  assert.equal(clearDirection(compareGroups([even, white], nobodyUnknown, against)[0]!), null)
  const fewer = { code: 'x', label: 'X', count: 20, residents: 7013 }
  assert.equal(clearDirection(compareGroups([fewer, white], nobodyUnknown, against)[0]!), 'less')
})

test('however the unknown are shared out, the ratio lies within its bounds', () => {
  const count = fc.integer({ min: 20, max: 5000 })
  const residents = fc.integer({ min: 100, max: 1_000_000 })
  fc.assert(
    fc.property(
      count,
      count,
      residents,
      residents,
      fc.integer({ min: 0, max: 9000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (ours, theirs, our, their, unknown, some, ofThose) => {
        const inEither = Math.round(unknown * some)
        const inOurs = Math.round(inEither * ofThose)
        const { bounds, ratio } = compareGroups(
          [
            { code: 'a', label: 'A', count: ours, residents: our },
            { code: 'b', label: 'B', count: theirs, residents: their },
          ],
          { count: unknown, of: ours + theirs + unknown },
          { code: 'b', words: 'B' },
        )[0]!
        const truth = (ours + inOurs) / our / ((theirs + inEither - inOurs) / their)
        const hair = 1e-9 * bounds!.high
        assert.ok(bounds!.low <= truth + hair && truth <= bounds!.high + hair)
        if (ratio) {
          assert.ok(bounds!.low <= ratio.ratio + hair && ratio.ratio <= bounds!.high + hair)
          assert.ok(ratio.low < ratio.ratio && ratio.ratio < ratio.high)
        }
      },
    ),
  )
})
