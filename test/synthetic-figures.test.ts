/**
 * The whole way: the synthetic partnership goes through intake into an empty data folder, and the measures give
 * the board papers' figures back. Expected values are copied from the papers of June 2019 (S0) and December 2021
 * (S1).
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { inventedEvidence } from '../src/evidence/invented.ts'
import { computeFigure } from '../src/measures/compute-figure.ts'
import type { FigureRequest } from '../src/measures/figure.ts'
import { seasonOfMonths } from '../src/measures/methods/season.ts'
import { morning } from './casework-for-tests.ts'
import { copySyntheticPartnership } from './synthetic-stores.ts'
import { folderWith, type TemporaryStore, temporaryStore } from './temporary-store.ts'

let store: TemporaryStore

before(async () => {
  store = await temporaryStore(() => morning, await folderWith(copySyntheticPartnership))
})
after(() => store.remove())

const figure = (request: FigureRequest) => computeFigure(store, request, 'record')

/** Counts by the code of the one dimension asked for. */
async function counts(request: FigureRequest): Promise<Record<string, number | null>> {
  const { rows, by } = await figure(request)
  return Object.fromEntries(rows.map(row => [row.codes[by[0]!] ?? 'unknown', row.count]))
}

const total = async (request: FigureRequest) => (await figure(request)).total

const window = { from: '2018-11', to: '2019-05' }
const april2021 = { from: '2021-04', to: '2021-11', compare: '2019-04..2019-11' }

test('the evidence says that it is synthetic', async () => {
  assert.deepEqual(await inventedEvidence(store), { any: true, only: true })
})

test('S0 table 1 comes out of the measures: knife crime and victims under 25 by policing unit', async () => {
  const units = { BW: 731, BE: 449, CV: 238, SW: 203, WV: 172, DY: 149, WS: 135, SH: 106 }
  const young = { BW: 357, BE: 219, CV: 114, SW: 83, WV: 69, DY: 67, WS: 61, SH: 48 }
  assert.deepEqual(await counts({ measure: 'knife-crime', by: ['npu'], ...window }), units)
  assert.equal((await total({ measure: 'knife-crime', ...window })).count, 2183)
  const victims = { measure: 'knife-crime-victims', variant: { age: 'under-25' }, ...window }
  assert.deepEqual(await counts({ ...victims, by: ['npu'] }), young)
  assert.equal((await total(victims)).count, 1018)
})

test('S0 paragraph 12: the months around the spike of March 2019', async () => {
  const months = await counts({ measure: 'knife-crime', by: ['month'], ...window })
  assert.equal(months['2019-03'], 414)
  assert.equal(months['2019-04'], 316)
  assert.equal(months['2019-05'], 319)
  const sum = Object.values(months).reduce<number>((a, b) => a + (b ?? 0), 0)
  assert.equal(Math.round(sum / 7), 312)
})

test('S0 table 2: the searches and weapons of Operation Forecast', async () => {
  const spell = { from: '2019-02-21', to: '2019-06-07', where: { operation: ['Operation Forecast'] } }
  assert.equal((await total({ measure: 'stop-and-search', ...spell })).count, 5387)
  const powers = await counts({ measure: 'stop-and-search', by: ['legislation'], ...spell })
  assert.equal(powers['Criminal Justice and Public Order Act 1994 (section 60)'], 1949)
  const ends = await counts({ measure: 'stop-and-search', by: ['outcome'], ...spell })
  assert.equal(ends.Arrest, 319)
  assert.equal(ends['Khat or Cannabis warning'], 106)
  assert.equal((await total({ measure: 'weapons-recovered', ...spell })).count, 147)
})

test('S1 paragraphs 36 and 37: April to November 2021 against the same months of 2019', async () => {
  for (const [measure, latest, earlier] of [
    ['u25-vwi-knife', 361, 333],
    ['u25-vwi', 6941, 6010],
    ['sharp-object-admissions-u25', 80, 90],
    ['homicide-u25', 4, 9],
    ['homicide-u25-knife', 3, 4],
  ] as const) {
    const found = await total({ measure, ...april2021 })
    assert.equal(found.count, latest, measure)
    assert.equal(found.comparatorCount, earlier, measure)
  }
})

test('S0 figure 4: the seasonal index of violence over the five years to May 2019', async () => {
  const published = {
    'violence-with-injury': [-5.5, -14.1, -3.8, -2.7, 6.6, 8.6, 13.8, -0.2, -0.6, 1.5, -5.5, 1.9],
    'public-place-violence': [-12.6, -17.5, -4.0, -0.2, 9.8, 12.2, 17.3, 0.2, 2.3, 3.1, -5.3, -5.4],
    'domestic-violence': [6.7, -12.3, -4.3, -3.4, 2.6, 3.2, 7.4, 2.1, -0.9, 1.4, -7.0, 4.5],
  }
  const years = { from: '2014-06', to: '2019-05' }
  for (const [measure, percents] of Object.entries(published)) {
    const months = await counts({ measure, by: ['month'], ...years })
    const known = new Map(Object.entries(months).map(([month, n]) => [month, n!]))
    const season = seasonOfMonths(known, years.from, years.to)
    assert.equal(season.years.length, 5)
    percents.forEach((percent, i) => {
      const found = season.pooled[i]!
      assert.ok(Math.abs(found - percent) <= 0.1, `${measure}, month ${i + 1}: ${found} and not ${percent}`)
      // Each year counts alike in the index: it may differ from the published one by what the years differ in size.
      assert.ok(Math.abs(season.index[i]! - percent) <= 0.5, `${measure}, month ${i + 1}: ${season.index[i]}`)
    })
  }
})

test('S1 paragraph 44: the positive outcome rate', async () => {
  for (const [from, to, published] of [
    ['2019-04', '2020-03', 9.77],
    ['2021-04', '2021-11', 6.14],
    ['2021-11', '2021-11', 9.4],
  ] as const) {
    const { value } = await total({ measure: 'positive-outcome-rate', from, to })
    assert.ok(value !== null && Math.abs(value - published) <= 0.1, `${from} to ${to}: ${value}`)
  }
})
