import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packForTests as pack } from '../../../test/pack-for-tests.ts'
import { monthsBetween } from '../../platform/calendar.ts'
import type { HeldMonths } from './held.ts'
import { hotspotsAddress, readHotspotsScope, usualPeriods } from './hotspots-scope.ts'

const held: HeldMonths = {
  first: '2020-04',
  last: '2022-03',
  months: monthsBetween('2020-04', '2022-04'),
  gaps: [],
  force: null,
}
const LAST_DAY = '2022-04-10'
const read = (query: Parameters<typeof readHotspotsScope>[0], lastDay: string | null = LAST_DAY) =>
  readHotspotsScope(query, held, pack, lastDay)

test('the last four weeks are 28 days up to the last day held, beside the 28 before', () => {
  const [weeks] = usualPeriods(held, LAST_DAY)
  assert.deepEqual(weeks!.changes, { from: '2022-03-14', to: '2022-04-10', compare: 'previous' })
  const scope = read({ from: '2022-03-14', to: '2022-04-10', compare: 'previous' })
  assert.deepEqual(
    [scope.from, scope.to, scope.compare, scope.problems],
    ['2022-03-14', '2022-04-10', 'previous', []],
  )
})

test('what is published by the month is offered by the month, and days are named as what cannot be had', () => {
  assert.deepEqual(usualPeriods(held, null)[0]!.changes, {
    from: '2022-03',
    to: '2022-03',
    compare: 'previous',
  })
  const scope = read({ from: '2022-03-14', to: '2022-04-10' }, null)
  assert.equal(scope.from, '2021-04')
  assert.match(scope.problems[0]!, /published by the month.*14 March 2022 to 10 April 2022/)
})

test('a month with a day, days that end before they begin, and days that do not exist are named', () => {
  assert.match(
    read({ from: '2022-03', to: '2022-04-10' }).problems[0]!,
    /both ends as months or both as days/,
  )
  assert.match(read({ from: '2022-04-10', to: '2022-04-01' }).problems[0]!, /before it begins/)
  assert.match(read({ from: '2022-02-31', to: '2022-04-01' }).problems[0]!, /"2022-02-31"/)
  assert.equal(read({ from: '2022-02-31', to: '2022-04-01' }).to.length, 7)
})

test('days within the baseline year are not set beside the baseline', () => {
  assert.equal(read({ from: '2020-03-02', to: '2020-03-29' }).compare, 'year-before')
})

test('settings of the methods have defaults, and what cannot be used is named', () => {
  const { bandwidth, cell, neighbours } = read({})
  assert.deepEqual([bandwidth, cell, neighbours], [null, 250, 'rook'])
  const chosen = read({ bandwidth: '450', cell: '500', neighbours: 'queen' })
  assert.deepEqual([chosen.bandwidth, chosen.cell, chosen.neighbours], [450, 500, 'queen'])
  const wrong = read({ bandwidth: '50', cell: '100', neighbours: 'bishop' })
  assert.deepEqual([wrong.bandwidth, wrong.cell, wrong.neighbours], [null, 250, 'rook'])
  assert.equal(wrong.problems.length, 3)
  assert.equal(read({ bandwidth: 'wide' }).bandwidth, null)
})

test('another page leads to the hotspots of the same measure, period and area, where its records have points', () => {
  const scope = read({ from: '2021-04', to: '2021-06', npu: 'NW', compare: 'none' })
  assert.equal(
    hotspotsAddress('robbery', scope),
    '/places/hotspots?measure=robbery&from=2021-04&to=2021-06&npu=NW&compare=none',
  )
  assert.equal(hotspotsAddress('sharp-object-admissions', scope), null)
})
