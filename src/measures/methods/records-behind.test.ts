import assert from 'node:assert/strict'
import { test } from 'node:test'
import { evidenceInMemory } from '../../../test/evidence-in-memory.ts'
import { packForTests } from '../../../test/pack-for-tests.ts'
import { offence, person, search } from '../../../test/worked-evidence.ts'
import { fromNationalGrid, toNationalGrid } from './national-grid.ts'
import { canSay, recordsBehind } from './records-behind.ts'

const april = { from: '2019-04', to: '2019-04' }
const MINUTES_TO_2019_04_01 = Date.UTC(2019, 3, 1) / 60_000

test('the records are those that the measure counts, with the span of each in local minutes', async () => {
  const evidence = await evidenceInMemory({
    offences: [
      offence('2019-04-02', {
        committed_from: '2019-04-01 22:30:00',
        committed_to: '2019-04-02 07:00:00',
        longitude: -1.9,
        latitude: 52.48,
      }),
      offence('2019-04-03', { knife_use: 'none', longitude: -1.9, latitude: 52.48 }),
      offence('2019-05-03', { longitude: -1.9, latitude: 52.48 }),
      offence('2019-04-04'),
    ],
  })
  const { columns, count } = await recordsBehind(
    { evidence, pack: packForTests },
    { measure: 'knife-crime', ...april, by: ['npu'] },
    'record',
    ['from_minute', 'to_minute', 'day', 'longitude'],
  )
  assert.equal(count, 2)
  const known = columns.from_minute.findIndex(minute => !Number.isNaN(minute))
  assert.equal(columns.from_minute[known], MINUTES_TO_2019_04_01 + 22.5 * 60)
  assert.equal(columns.to_minute[known], MINUTES_TO_2019_04_01 + 31 * 60)
  assert.equal(columns.day[known], MINUTES_TO_2019_04_01 / 1440)
  assert.deepEqual([...columns.longitude].filter(Number.isNaN).length, 1)
  evidence.close()
})

test('with an age limit, records of unknown age are not among them', async () => {
  const young = offence('2019-04-02', { ho_code: '8N' })
  const unknown = offence('2019-04-02', { ho_code: '8N' })
  const evidence = await evidenceInMemory({
    offences: [young, unknown],
    'offence-people': [person(young, 'victim', 17), person(unknown, 'victim', null)],
  })
  const { count } = await recordsBehind(
    { evidence, pack: packForTests },
    { measure: 'u25-vwi', ...april },
    'record',
    ['day'],
  )
  assert.equal(count, 1)
  evidence.close()
})

test('R27 nobody reads records who may not see them', async () => {
  const evidence = await evidenceInMemory({ offences: [offence('2019-04-02')] })
  await assert.rejects(
    recordsBehind({ evidence, pack: packForTests }, { measure: 'knife-crime', ...april }, 'protected', [
      'day',
    ]),
    /only to those who may see them/,
  )
  assert.deepEqual(evidence.asked, [])
  evidence.close()
})

test('a measure whose records cannot say it is refused in words', async () => {
  const evidence = await evidenceInMemory({ 'stop-and-search': [search('2019-04-02')] })
  assert.equal(canSay({ measure: 'stop-and-search' }, 'longitude'), false)
  assert.equal(canSay({ measure: 'street-violence' }, 'longitude'), true)
  assert.equal(canSay({ measure: 'street-violence' }, 'from_minute'), false)
  await assert.rejects(
    recordsBehind({ evidence, pack: packForTests }, { measure: 'stop-and-search', ...april }, 'record', [
      'longitude',
    ]),
    /is not recorded with a point on the map/,
  )
  evidence.close()
})

test('degrees become metres of the National Grid, as in the worked example of Ordnance Survey’s guide', () => {
  // Caister water tower: 52°39'28.8282"N 1°42'57.8663"E is 651409.804 E 313177.450 N.
  const latitude = 52 + 39 / 60 + 28.8282 / 3600
  const longitude = 1 + 42 / 60 + 57.8663 / 3600
  const { x, y, from } = toNationalGrid(Float64Array.of(Number.NaN, longitude), Float64Array.of(52, latitude))
  assert.deepEqual([...from], [1])
  assert.ok(Math.hypot(x[0]! - 651409.804, y[0]! - 313177.45) < 5, `${x[0]} ${y[0]}`)
  const [backLongitude, backLatitude] = fromNationalGrid(x[0]!, y[0]!)
  assert.ok(Math.abs(backLongitude - longitude) < 1e-7 && Math.abs(backLatitude - latitude) < 1e-7)
})
