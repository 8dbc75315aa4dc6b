import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packForTests as pack } from '../../../test/pack-for-tests.ts'
import { monthsBetween } from '../../platform/calendar.ts'
import { type HeldMonths, latestMonths } from './held.ts'
import { readScope, scoped, usualComparator } from './scope.ts'
import { scopePanel } from './scope-fields.ts'

/** April 2018 to March 2020 and April 2021 to March 2022 are held. */
const held: HeldMonths = {
  first: '2018-04',
  last: '2022-03',
  months: monthsBetween('2018-04', '2022-03'),
  gaps: monthsBetween('2020-04', '2021-03'),
  force: null,
}

test('without a query the latest twelve months stand beside the baseline year', () => {
  const scope = readScope({}, held, pack)
  assert.deepEqual([scope.from, scope.to, scope.compare], ['2021-04', '2022-03', 'baseline'])
  assert.deepEqual(scope.problems, [])
})

test('the latest year does not reach back over months that were not sent', () => {
  assert.deepEqual(latestMonths({ ...held, last: '2021-08' }, 12), { from: '2021-04', to: '2021-08' })
  assert.deepEqual(latestMonths({ ...held, first: '2021-11', gaps: [] }, 12), {
    from: '2021-11',
    to: '2022-03',
  })
})

test('a period that does not lie after the baseline is compared with the year before, and says so if asked otherwise', () => {
  assert.equal(usualComparator('2018-11', pack), 'year-before')
  const scope = readScope({ from: '2018-11', to: '2019-05', compare: 'baseline' }, held, pack)
  assert.equal(scope.compare, 'year-before')
  assert.match(scope.problems[0]!, /does not lie after the baseline \(2019\/20\)/)
})

test('what cannot be used is named, and the latest year shown', () => {
  const scope = readScope({ from: '2019-13', to: '2019-05', npu: 'ZZ', compare: 'last week' }, held, pack)
  assert.equal(scope.from, '2021-04')
  assert.equal(scope.npu, null)
  assert.equal(scope.problems.length, 4)
  assert.match(
    scope.problems.join(' '),
    /"2019-13".*ends \(2019-05\) before it begins.*no policing area "ZZ".*"last week" is no comparator/,
  )
})

test('the scope goes into a request with its area and comparator, and without one on demand', () => {
  const scope = readScope({ from: '2021-04', to: '2021-06', npu: 'NW', pandemic: 'left-out' }, held, pack)
  assert.deepEqual(scoped(scope, { measure: 'knife-crime', where: { weapon: ['machete'] } }), {
    measure: 'knife-crime',
    from: '2021-04',
    to: '2021-06',
    compare: 'baseline',
    leaveOutPandemic: true,
    where: { weapon: ['machete'], npu: ['NW'] },
  })
  assert.equal(scoped(scope, { measure: 'knife-crime' }, { compare: false }).compare, undefined)
  assert.equal(scoped({ ...scope, compare: null }, { measure: 'knife-crime' }).compare, undefined)
})

test('the filter panel shows what is chosen, and each choice can be taken off', () => {
  const url = '/picture?npu=NW&compare=previous'
  const scope = readScope({ npu: 'NW', compare: 'previous' }, held, pack)
  const panel = scopePanel({ scope, held, pack, url })
  assert.deepEqual(panel.chosen, [
    { text: 'April 2021 to March 2022' },
    { text: 'North West', href: '/picture?compare=previous' },
    { text: 'Compared with the period before', href: '/picture?npu=NW' },
  ])
  assert.equal(panel.clear, '/picture')
  const months = panel.fields.find(f => f.name === 'to')!.options
  assert.equal(months[0]!.text, 'March 2022')
  assert.deepEqual(
    months.filter(o => o.selected).map(o => o.value),
    ['2022-03'],
  )
})

test('where other forces are held as well, only the area’s own counts', () => {
  const scope = readScope({}, { ...held, force: 'west-midlands' }, pack)
  assert.deepEqual(scoped(scope, { measure: 'stop-and-search' }).where, { force: ['west-midlands'] })
  // Hospital admissions have no force; they are of the area's residents already.
  assert.equal(scoped(scope, { measure: 'sharp-object-admissions' }).where, undefined)
})

test('months chosen for limits are used, and what cannot be used is named', () => {
  const limits = (asked: string) => readScope({ limits: asked }, held, pack)
  assert.deepEqual(limits('2018-04..2019-03').limits, { from: '2018-04', to: '2019-03' })
  for (const [asked, because] of [
    ['2018-04', /"2018-04" \(limits\) is not a run of months/],
    ['2019-03..2018-04', /is not a run of months/],
    ['2018-04..2018-13', /is not a run of months/],
    ['2017-04..2018-03', /they need months from April 2018 to March 2022/],
    ['2021-04..2022-06', /they need months from April 2018 to March 2022/],
    ['2018-04..2019-02', /it takes at least twelve months/],
  ] as const) {
    const { limits: none, problems } = limits(asked)
    assert.equal(none, null, asked)
    assert.match(problems.join(' '), because)
  }
})
