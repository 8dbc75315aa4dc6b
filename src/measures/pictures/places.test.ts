import assert from 'node:assert/strict'
import { test } from 'node:test'
import { measures } from '../catalogue/index.ts'
import { countingOf, tablesOf } from '../measure.ts'
import { concentration } from './concentration.ts'
import {
  noMapBecause,
  placeInputs,
  placeMeasureIds,
  placeMeasures,
  requirePlaceMeasure,
} from './place-inputs.ts'

const policeMade = ['stop_and_search', 'police_uk_stop_and_search', 'weapons_recovered']

test('R7 nothing that police activity produces can be shown by place', () => {
  for (const measure of placeMeasures()) {
    const tables = tablesOf(countingOf(measure))
    assert.deepEqual(
      tables.filter(t => policeMade.includes(t)),
      [],
      measure.id,
    )
  }
  for (const id of [
    'stop-and-search',
    'stop-and-search-section-60',
    'weapons-recovered',
    'street-weapons',
    'street-crime',
  ]) {
    assert.throws(() => requirePlaceMeasure(id), /is not shown by place/)
  }
})

test('R7 a measure is not on the map until somebody has put it on the list', () => {
  const listed = new Set<string>(placeMeasureIds)
  for (const measure of measures) {
    if (!listed.has(measure.id)) assert.throws(() => requirePlaceMeasure(measure.id))
  }
  assert.throws(() => requirePlaceMeasure('no-such-measure'), /no measure/)
})

test('R7 what goes into the map is named in the words of the datasets', () => {
  assert.deepEqual(placeInputs(requirePlaceMeasure('knife-crime')), ['Knife crime, from recorded offences'])
  assert.match(placeInputs(requirePlaceMeasure('u25-vwi'))[0]!, /recorded offences and people in offences/)
})

test('R28 homicide is not broken down by place', () => {
  assert.throws(() => requirePlaceMeasure('homicide'))
})

test('R27 those who may not see records see no map of small areas, nor of wards for a short period', () => {
  assert.equal(noMapBecause('lsoa', 12, 'record'), null)
  assert.match(noMapBecause('lsoa', 60, 'protected')!, /Small areas are not mapped/)
  assert.match(noMapBecause('ward', 6, 'protected')!, /at least 12 months/)
  assert.equal(noMapBecause('ward', 12, 'protected'), null)
  assert.equal(noMapBecause('npu', 1, 'protected'), null)
})

test('concentration says in how few areas half lies', () => {
  // 100 in all: the two largest hold 30 + 20 = 50.
  assert.deepEqual(concentration([30, 20, 10, 10, 10, 5, 5, 5, 4, 1]), { areas: 2, of: 10 })
  assert.equal(concentration([5, 5]), null)
  assert.equal(concentration(Array(20).fill(0)), null)
})
