import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { evidenceInMemory } from '../../test/evidence-in-memory.ts'
import { packForTests } from '../../test/pack-for-tests.ts'
import { offence, publishedSearch, search, times } from '../../test/worked-evidence.ts'
import { april2019, figureOf, sentencesOf, valuesOf } from '../../test/worked-figure.ts'
import { computeFigure } from './compute-figure.ts'
import type { DisclosureLevel, FigureRequest } from './figure.ts'

describe('rows', () => {
  test('rows add up to the total, with what is unknown as a row of its own', async () => {
    const figure = await figureOf(
      {
        offences: [
          ...times(3, () => offence('2019-04-01')),
          ...times(2, () => offence('2019-04-01', { policing_area: 'SE' })),
          offence('2019-04-01', { policing_area: null }),
        ],
      },
      { measure: 'knife-crime', ...april2019, by: ['npu'] },
    )
    assert.deepEqual(valuesOf(figure), { 'North West': 3, 'South East': 2, Unknown: 1 })
    assert.equal(figure.total.value, 6)
    assert.deepEqual(figure.rows.at(-1)!.codes, { npu: null })
    assert.deepEqual(figure.unknown.npu, { count: 1, of: 6, share: 1 / 6 })
  })

  test('an area where nothing happened is a row of zero, and a month that nobody sent is no zero', async () => {
    const figure = await figureOf(
      { offences: [offence('2019-04-01'), offence('2019-06-01')] },
      { measure: 'knife-crime', by: ['npu', 'month'] },
    )
    assert.deepEqual(valuesOf(figure), {
      'North West / 2019-04': 1,
      'North West / 2019-05': null,
      'North West / 2019-06': 1,
      'South East / 2019-04': 0,
      'South East / 2019-05': null,
      'South East / 2019-06': 0,
    })
    assert.deepEqual(
      figure.rows.map(row => row.missing),
      [false, true, false, false, true, false],
    )
    assert.deepEqual(sentencesOf(figure, 'missing-data'), [
      'Nothing is held for May 2019: missing, not zero.',
    ])
  })

  test('a month counts as missing for a figure about people when only their offences were sent', async () => {
    const figure = await figureOf({ offences: [offence('2019-04-01')] }, { measure: 'u25-vwi', ...april2019 })
    assert.deepEqual([figure.total.value, figure.total.missing], [null, true])
  })

  test('an empty store answers with a figure that says so', async () => {
    const figure = await figureOf({}, { measure: 'homicide' })
    assert.equal(figure.total.missing, true)
    assert.match(sentencesOf(figure, 'missing-data')[0]!, /Nothing is held for April 2019 to March 2020/)
  })

  test('a period left open is what the force asked for has sent', async () => {
    const searches = [search('2019-04-01'), search('2021-04-01', { force: 'merseyside' })]
    const figure = await figureOf(
      { 'stop-and-search': searches },
      { measure: 'stop-and-search', where: { force: ['West Midlands Police'] } },
    )
    assert.deepEqual(figure.period, { from: '2019-04', to: '2019-04' })
  })

  test('published words that no list knows are shown as published', async () => {
    const figure = await figureOf(
      { 'police-uk-stop-and-search': [publishedSearch('2019-04-01', { object: 'Spray cans' })] },
      { measure: 'stop-and-search', by: ['object'] },
    )
    assert.deepEqual(valuesOf(figure), { 'Spray cans': 1 })
  })

  test('days cut a month, both ends included', async () => {
    const offences = ['2019-02-20', '2019-02-21', '2019-03-10', '2019-03-11'].map(day => offence(day))
    const figure = await figureOf({ offences }, { measure: 'robbery', from: '2019-02-21', to: '2019-03-10' })
    assert.equal(figure.total.value, 2)
  })

  test('the last day of a period of days counts to midnight', async () => {
    const late = { ...search('2019-03-10'), searched_at: '2019-03-10 23:59:00' }
    const next = { ...search('2019-03-11'), searched_at: '2019-03-11 00:00:00' }
    const figure = await figureOf(
      { 'stop-and-search': [late, next] },
      { measure: 'stop-and-search', from: '2019-03-10', to: '2019-03-10' },
    )
    assert.equal(figure.total.value, 1)
  })

  test('intervals are exact Poisson for counts', async () => {
    const figure = await figureOf(
      { offences: times(10, () => offence('2019-04-30')) },
      { measure: 'robbery', ...april2019 },
    )
    // Armitage and Berry, table VIII.
    assert.ok(Math.abs(figure.total.low! - 4.795) < 1e-3)
    assert.ok(Math.abs(figure.total.high! - 18.39) < 1e-3)
  })
})

describe('filters', () => {
  const rows = {
    offences: [
      offence('2019-04-01', { domestic: true }),
      offence('2019-04-01', { policing_area: 'SE' }),
      offence('2019-04-01', { policing_area: null }),
      offence('2019-04-01', { location_type: 'park' }),
    ],
  }
  const count = async (where: FigureRequest['where']) =>
    (await figureOf(rows, { measure: 'knife-crime', ...april2019, where })).total.value

  test('codes and labels filter alike, in any case, and several are alternatives', async () => {
    assert.equal(await count({ npu: ['NW'] }), 2)
    assert.equal(await count({ npu: ['north west'] }), 2)
    assert.equal(await count({ npu: ['NW', 'South East'] }), 3)
    assert.equal(await count({ npu: ['Unknown'] }), 1)
    assert.equal(await count({ npu: ['NW'], 'location-type': ['Park or open space'] }), 1)
    assert.equal(await count({ domestic: ['Domestic'] }), 1)
    assert.equal(await count({ force: ['West Midlands Police'] }), 4)
  })

  test('what a filter passes over because nobody knows is reported', async () => {
    const figure = await figureOf(rows, { measure: 'knife-crime', ...april2019, where: { npu: ['NW'] } })
    assert.deepEqual(figure.unknown.npu, { count: 1, of: 4, share: 0.25 })
  })

  test('a slip of the keyboard is answered with what was meant', async () => {
    const fault = (request: Partial<FigureRequest>) =>
      figureOf(rows, { measure: 'knife-crime', ...april2019, ...request } as FigureRequest)
    await assert.rejects(fault({ measure: 'knife-crimes' }), {
      code: 'measure-unknown',
      message: 'There is no measure "knife-crimes"; did you mean knife-crime?',
    })
    await assert.rejects(fault({ by: ['weapons' as 'weapon'] }), {
      code: 'dimension-unknown',
      message: /did you mean weapon/,
    })
    await assert.rejects(fault({ by: ['gender'] }), { code: 'dimension-unknown', message: /cannot be split/ })
    await assert.rejects(fault({ where: { npu: ['North Wst'] } }), {
      code: 'dimension-unknown',
      message: /did you mean North West/,
    })
    await assert.rejects(fault({ from: '2019-13' }), { code: 'period-invalid' })
    await assert.rejects(fault({ to: 'soon' }), { code: 'period-invalid', message: /^"soon" \(to\)/ })
    await assert.rejects(fault({ to: '2019-02-29' }), { code: 'period-invalid', message: /2019-02-29/ })
    for (const month of ['9999-12', '0000-01']) {
      await assert.rejects(fault({ from: month, to: month, compare: 'previous' }), { code: 'period-invalid' })
    }
    await assert.rejects(fault({ compare: 'last-year' }), { code: 'period-invalid' })
    await assert.rejects(fault({ variant: { whose: 'victim' } }), { name: 'UsageFault' })
    await assert.rejects(fault({ measure: 'street-crime', from: '2019-04-01', to: '2019-04-02' }), {
      code: 'period-invalid',
      message: /published by the month/,
    })
  })

  test('quotation marks in a filter are text, not SQL', async () => {
    const figure = await figureOf(
      { 'police-uk-stop-and-search': [publishedSearch('2019-04-01', { object: "a friend's knife" })] },
      { measure: 'stop-and-search', where: { object: ["a friend's knife"] } },
    )
    assert.equal(figure.total.value, 1)
  })
})

describe('identity and cost', () => {
  const rows = { offences: times(40, i => offence(`2019-04-${String((i % 30) + 1).padStart(2, '0')}`)) }
  const request: FigureRequest = { measure: 'knife-crime', by: ['npu', 'month'], compare: 'year-before' }

  test('asking twice gives the same id and the same bytes', async () => {
    const evidence = await evidenceInMemory(rows)
    const ask = (disclosure: DisclosureLevel) =>
      computeFigure({ evidence, pack: packForTests }, request, disclosure)
    const first = await ask('record')
    assert.equal(JSON.stringify(await ask('record')), JSON.stringify(first))
    const whole = await computeFigure(
      { evidence, pack: packForTests },
      { ...request, from: '2019-04', to: '2019-04', variant: {}, where: {} },
      'record',
    )
    assert.equal(whole.id, first.id, 'what was left open is the same as what it was settled to')
    assert.notEqual((await ask('protected')).id, first.id)
    await evidence.add('offences', [offence('2019-04-30')])
    assert.notEqual((await ask('record')).id, first.id)
    evidence.close()
  })

  test('a figure is one statement, once what holds for the evidence is known', async () => {
    const evidence = await evidenceInMemory(rows)
    const ask = () => computeFigure({ evidence, pack: packForTests }, request, 'record')
    await ask()
    const before = evidence.asked.length
    await ask()
    assert.equal(evidence.asked.length - before, 1)
    evidence.close()
  })

  test('the lineage names every file read and the query that runs', async () => {
    const figure = await figureOf(rows, request)
    assert.deepEqual(figure.lineage.files, [
      { dataset: 'offences', month: '2019-04', file: 'offences/2019-04.parquet', rows: 40 },
    ])
    assert.equal(figure.lineage.rowsRead, 40)
    assert.match(figure.lineage.sql, /^with\nin_period as \(/)
    assert.match(figure.id, /^[0-9a-f]{64}$/)
  })

  test('evidence that changes while a figure is counted makes it start again', async () => {
    const evidence = await evidenceInMemory(rows)
    let landed = false
    const moving = {
      ...evidence,
      query: async <Row>(sql: string) => {
        if (!landed) {
          landed = true
          await evidence.add('offences', [offence('2019-04-30')])
        }
        return evidence.query<Row>(sql)
      },
    }
    const figure = await computeFigure({ evidence: moving, pack: packForTests }, request, 'record')
    assert.equal(figure.total.value, 41)
    assert.equal(figure.lineage.evidenceVersion, await evidence.version())
    evidence.close()
  })
})
