import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { FigureRequest } from '../measures/figure.ts'
import { type FigureQuery, figureAddress, figureRequest } from './figure-address.ts'

/** Reads an address as the server does: repeated parameters become lists. */
function parsed(address: string): FigureQuery {
  const parameters = new URL(address, 'http://localhost').searchParams
  const lists = ['by', 'where', 'variant']
  return Object.fromEntries(
    [...new Set(parameters.keys())].map(name => [
      name,
      lists.includes(name) ? parameters.getAll(name) : parameters.get(name)!,
    ]),
  )
}

test('an address is spelt as on the command line', () => {
  assert.deepEqual(
    figureRequest('knife-crime', {
      from: '2018-04',
      to: '2019-03',
      by: ['npu,month'],
      where: ['npu=BW', 'npu=BE', 'weapon=kitchen_knife'],
      compare: 'baseline',
      per: '1000',
      variant: ['whose=victim'],
      pandemic: 'left-out',
    }),
    {
      measure: 'knife-crime',
      from: '2018-04',
      to: '2019-03',
      by: ['npu', 'month'],
      where: { npu: ['BW', 'BE'], weapon: ['kitchen_knife'] },
      compare: 'baseline',
      per: 1000,
      variant: { whose: 'victim' },
      leaveOutPandemic: true,
    },
  )
})

test('fields of a form that were left empty ask for nothing', () => {
  assert.deepEqual(
    figureRequest('robbery', { from: '', to: ' ', by: ['', ''], where: [''], compare: '', per: '' }),
    { measure: 'robbery', from: undefined, to: undefined, compare: undefined, per: undefined },
  )
})

test('months and days may be typed in words, as people write them', () => {
  const ends = (from: string, to: string) => {
    const request = figureRequest('robbery', { from, to })
    return [request.from, request.to]
  }
  assert.deepEqual(ends('April 2018', ' mar 2019 '), ['2018-04', '2019-03'])
  assert.deepEqual(ends('1 Sept 2018', '30 April 2019'), ['2018-09-01', '2019-04-30'])
  assert.deepEqual(ends('2018-04', 'Smarch 2019'), ['2018-04', 'Smarch 2019'], 'for the measure to refuse')
})

test('a filter without a name is refused in words', () => {
  assert.throws(() => figureRequest('robbery', { where: ['BW'] }), /Write where as name=value, not "BW"/)
  assert.throws(
    () => figureRequest('robbery', { per: '7' }),
    /1000000 residents, or per 100 victims, not "7"/,
  )
})

test('every request comes back from its own address', () => {
  const words = fc
    .string({ minLength: 1, maxLength: 20 })
    .filter(s => s.trim() === s && s !== '' && !s.includes(','))
  const requests: fc.Arbitrary<FigureRequest> = fc.record(
    {
      measure: fc.constant('knife-crime'),
      from: fc.constant('2018-04'),
      to: fc.constant('2019-03'),
      by: fc.subarray(['npu', 'month', 'gender'] as const, { minLength: 1 }).map(by => [...by]),
      where: fc.record({
        npu: fc.array(words, { minLength: 1, maxLength: 3 }),
        gender: fc.array(words, { minLength: 1, maxLength: 2 }),
      }),
      compare: fc.constantFrom('baseline', '2016-04..2017-03'),
      per: fc.constantFrom(1000, 100000, 1000000),
      variant: fc.record({ whose: words }),
      leaveOutPandemic: fc.constant(true),
    },
    { requiredKeys: ['measure'] },
  )
  const given = (request: FigureRequest) => JSON.parse(JSON.stringify(request)) as FigureRequest
  fc.assert(
    fc.property(requests, request => {
      assert.deepEqual(given(figureRequest(request.measure, parsed(figureAddress(request)))), given(request))
    }),
  )
})

test('a filter by what every object has is no dimension, and no defect', () => {
  const { where } = figureRequest('knife-crime', { where: ['constructor=a', '__proto__=b', '__proto__=c'] })
  assert.deepEqual(Object.entries(where ?? {}), [
    ['constructor', ['a']],
    ['__proto__', ['b', 'c']],
  ])
})
