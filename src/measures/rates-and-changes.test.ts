import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { offence, person, residents, times } from '../../test/worked-evidence.ts'
import { figureOf, sentencesOf } from '../../test/worked-figure.ts'
import type { FigureRequest } from './figure.ts'

describe('rates', () => {
  const rows = {
    offences: [
      ...times(30, () => offence('2019-06-30')),
      offence('2019-06-30', { policing_area: null, local_authority: null }),
    ],
    population: [
      residents(2018, 9000),
      residents(2019, 6000),
      residents(2019, 4000),
      residents(2019, 5000, { policing_area: 'SE', local_authority: 'X002' }),
      residents(2021, 99999),
    ],
  }

  test('rates are out of residents of the nearest year that is not after the period, which is named', async () => {
    const figure = await figureOf(rows, {
      measure: 'knife-crime',
      from: '2019-06',
      to: '2019-06',
      per: 100000,
      by: ['npu'],
    })
    assert.deepEqual(
      figure.rows.map(r => [r.labels.npu, r.count, r.denominator, r.value]),
      [
        ['North West', 30, 10000, 300],
        ['South East', 0, 5000, 0],
        ['Unknown', 1, null, null],
      ],
    )
    assert.equal(figure.total.denominator, 15000)
    assert.equal(figure.unit, 'offences per 100,000 residents')
    assert.match(sentencesOf(figure, 'denominator-year')[0]!, /^Residents are those of 2019\./)
  })

  test('under-25 violence is out of residents under 25', async () => {
    const assault = offence('2019-06-30', { ho_code: '8N' })
    const figure = await figureOf(
      {
        offences: [assault],
        'offence-people': [person(assault, 'victim', 20)],
        population: [
          residents(2019, 800, { age_from: 0, age_to: 24 }),
          residents(2019, 5000, { age_from: 25, age_to: 120 }),
        ],
      },
      { measure: 'u25-vwi', from: '2019-06', to: '2019-06', per: 1000 },
    )
    assert.deepEqual([figure.total.value, figure.total.denominator], [1.25, 800])
    assert.equal(figure.unit, 'offences per 1,000 residents under 25')
  })

  test('there is no rate by something that residents are not counted by', async () => {
    await assert.rejects(
      figureOf(rows, { measure: 'knife-crime-victims', per: 1000, by: ['ethnicity-officer'] }),
      { name: 'UsageFault', message: /Residents are not counted by ethnicity, officer-defined/ },
    )
    await assert.rejects(figureOf(rows, { measure: 'exclusions', per: 1000 }), { name: 'UsageFault' })
  })

  test('without residents there is a count and no rate', async () => {
    const figure = await figureOf({ offences: rows.offences }, { measure: 'knife-crime', per: 100000 })
    assert.deepEqual([figure.total.count, figure.total.value], [31, null])
    assert.deepEqual(sentencesOf(figure, 'denominator-year'), ['No residents are held, so there is no rate.'])
  })
})

describe('recording changes', () => {
  const change = (more: Record<string, string | number | null>) => ({
    change_id: 'software',
    force: 'west-midlands',
    starts_on: '2019-05-01',
    title: 'New software',
    explains: 'More is recorded',
    effect_percent: 25,
    source: 'Board paper',
    ...more,
  })
  const offences = [...times(10, () => offence('2019-04-30')), ...times(10, () => offence('2019-05-31'))]

  test('a change in the window is carried, and what was counted after it is also given without its effect', async () => {
    const figure = await figureOf(
      { offences, 'recording-changes': [change({})] },
      { measure: 'robbery', from: '2019-04', to: '2019-05', by: ['month'] },
    )
    assert.deepEqual(
      figure.rows.map(r => [r.value, r.adjustedValue]),
      [
        [10, 10],
        [10, 8],
      ],
    )
    assert.deepEqual([figure.total.value, figure.total.adjustedValue], [20, 18])
    assert.deepEqual(
      figure.recordingChanges.map(c => [c.id, c.effectPercent]),
      [['software', 25]],
    )
    assert.match(
      sentencesOf(figure, 'recording-change')[0]!,
      /New software, 1 May 2019 \(assessed at \+25%\)/,
    )
  })

  test('a later change works on what an earlier one left', async () => {
    const figure = await figureOf(
      {
        offences,
        'recording-changes': [
          change({}),
          change({ change_id: 'audit', starts_on: '2019-05-20', effect_percent: 60 }),
        ],
      },
      { measure: 'robbery', from: '2019-04', to: '2019-05' },
    )
    // 10 before both; 10 after both, divided by 1.25 and by 1.6.
    assert.equal(figure.total.adjustedValue, 15)
  })

  test('a change that nobody assessed is shown without an adjusted value', async () => {
    const figure = await figureOf(
      { offences, 'recording-changes': [change({ effect_percent: null })] },
      { measure: 'robbery' },
    )
    assert.equal(figure.recordingChanges.length, 1)
    assert.equal(figure.total.adjustedValue, null)
  })

  test('changes of other measures, other forces and other times are not carried', async () => {
    const carried = async (
      more: Record<string, string | number | null>,
      request: Partial<FigureRequest> = {},
    ) =>
      (
        await figureOf(
          { offences, 'recording-changes': [change(more)] },
          { measure: 'robbery', from: '2019-04', to: '2019-05', ...request },
        )
      ).recordingChanges.length
    assert.equal(await carried({ measures: 'knife-crime knife-injury' }), 0)
    assert.equal(await carried({ measures: 'knife-crime robbery' }), 1)
    assert.equal(await carried({ starts_on: '2019-04-01' }), 0)
    assert.equal(await carried({ starts_on: '2019-06-01' }), 0)
    assert.equal(await carried({ force: 'merseyside' }, { where: { force: ['west-midlands'] } }), 0)
    assert.equal(await carried({ starts_on: '2018-08-01' }, { compare: 'year-before' }), 1)
  })
})
