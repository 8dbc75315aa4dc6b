import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { evidenceInMemory } from '../../../test/evidence-in-memory.ts'
import { packForTests } from '../../../test/pack-for-tests.ts'
import { offence } from '../../../test/worked-evidence.ts'
import { aoristicHours, spreadHours } from './aoristic-hours.ts'

/** 1 April 2019 was a Monday. */
const MONDAY = Date.UTC(2019, 3, 1) / 60_000
const at = (day: number, hour: number, minute = 0) => MONDAY + day * 1440 + hour * 60 + minute
const spread = (...spans: [number, number][]) =>
  spreadHours(
    Float64Array.from(spans, s => s[0]),
    Float64Array.from(spans, s => s[1]),
  )
const sum = (week: number[][]) => week.flat().reduce((a, b) => a + b, 0)

test('a night away is spread over its hours, and counts at its start where only that is read', () => {
  const found = spread([at(0, 22), at(1, 2)])
  assert.deepEqual(found.week[0]!.slice(22), [0.3, 0.3])
  assert.deepEqual(found.week[1]!.slice(0, 3), [0.2, 0.2, 0])
  assert.equal(found.byStart[22], 1)
  assert.deepEqual([found.counted, found.long, found.capped], [1, 1, 0])
})

test('Sunday night runs on into Monday of the same week', () => {
  const { week } = spread([at(6, 23), at(7, 1)])
  assert.deepEqual([week[6]![23], week[0]![0]], [0.5, 0.5])
})

test('without a latest time, or with one before the earliest, a record stays whole in the hour of the earliest', () => {
  const found = spread([at(2, 8), Number.NaN], [at(2, 8), at(2, 7)], [at(2, 8), at(2, 8)])
  assert.equal(found.week[2]![8], 3)
  assert.deepEqual([found.noSpan, found.long], [2, 0])
})

test('a span of a week or more is capped, and a record without a time is left out and counted as such', () => {
  const found = spread([at(0, 12), at(7, 12)], [at(0, 12), at(60, 0)], [Number.NaN, at(1, 1)])
  assert.deepEqual([found.counted, found.noTime, found.capped, found.long], [2, 1, 2, 2])
  // 2 / 168 is 0.012: below a tenth everywhere, and still two in all.
  assert.equal(Math.round(sum(found.week) * 10) / 10, 2)
})

test('weights in tenths add up to the records whatever their spans, and each is within a tenth of its weight', () => {
  const span = fc.tuple(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: -10, max: 20_000 }))
  fc.assert(
    fc.property(fc.array(span, { maxLength: 60 }), spans => {
      const found = spread(...spans.map(([from, length]): [number, number] => [from, from + length]))
      assert.equal(Math.round(sum(found.week) * 10), spans.length * 10)
      assert.ok(found.week.flat().every(w => w >= 0 && Math.abs(w * 10 - Math.round(w * 10)) < 1e-9))
      assert.equal(
        found.byStart.reduce((a, b) => a + b, 0),
        spans.length,
      )
    }),
  )
})

test('the records of the request are spread, once for the evidence, and for nobody who may not see them', async () => {
  const evidence = await evidenceInMemory({
    offences: [
      offence('2019-04-02', { committed_from: '2019-04-01 22:00:00', committed_to: '2019-04-02 02:00:00' }),
      offence('2019-04-03'),
    ],
  })
  const context = { evidence, pack: packForTests }
  const request = { measure: 'knife-crime', from: '2019-04', to: '2019-04' }
  const found = await aoristicHours(context, request, 'record')
  assert.deepEqual([found.counted, found.noTime, found.byStart[22]], [1, 1, 1])
  const asked = evidence.asked.length
  await aoristicHours(context, request, 'record')
  assert.equal(evidence.asked.length, asked)
  await assert.rejects(aoristicHours(context, request, 'protected'), /only to those who may see them/)
  evidence.close()
})
