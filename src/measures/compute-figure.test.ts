import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type EvidenceRows, evidenceInMemory } from '../../test/evidence-in-memory.ts'
import { packForTests } from '../../test/pack-for-tests.ts'
import { offence, person, publishedSearch, residents, search, times } from '../../test/worked-evidence.ts'
import { computeFigure } from './compute-figure.ts'
import type { DisclosureLevel, Figure, FigureRequest } from './figure.ts'

async function figureOf(
  rows: EvidenceRows,
  request: FigureRequest,
  disclosure: DisclosureLevel = 'record',
): Promise<Figure> {
  const evidence = await evidenceInMemory(rows)
  try {
    return await computeFigure({ evidence, pack: packForTests }, request, disclosure)
  } finally {
    evidence.close()
  }
}

/** `{ 'North West': 2, Unknown: 1 }`. */
const values = (figure: Figure): Record<string, number | null> =>
  Object.fromEntries(figure.rows.map(row => [Object.values(row.labels).join(' / '), row.value]))

const sentences = (figure: Figure, kind: string): string[] =>
  figure.warnings.filter(w => w.kind === kind).map(w => w.sentence)

const april = { from: '2019-04', to: '2019-04' }

describe('what counts', () => {
  test('knife crime needs a selected class and a knife that was used or threatened', async () => {
    const figure = await figureOf(
      {
        offences: [
          offence('2019-04-01'),
          offence('2019-04-02', { ho_code: '8N', knife_use: 'used_injury' }),
          offence('2019-04-03', { knife_use: 'threat_unseen_believed' }),
          offence('2019-04-04', { knife_use: 'possessed_only' }),
          offence('2019-04-05', { knife_use: null }),
          // Damage done with a knife, and possession found on a search.
          offence('2019-04-06', { ho_code: '58', knife_use: 'used_no_injury' }),
          offence('2019-04-07', { ho_code: '10D', knife_use: 'threat_seen' }),
        ],
      },
      { measure: 'knife-crime', ...april },
    )
    assert.equal(figure.total.value, 3)
  })

  test('a code counts only while it was in force: 8T exists since 13 November 2018', async () => {
    const assault = { ho_code: '8T', knife_use: 'used_injury' }
    const figure = await figureOf(
      { offences: [offence('2018-11-12', assault), offence('2018-11-13', assault)] },
      { measure: 'knife-crime' },
    )
    assert.equal(figure.total.value, 1)
  })

  test('an offence with three victims under 25 counts once, and victims count three times', async () => {
    const assault = offence('2019-04-01', { ho_code: '8N' })
    const rows = {
      offences: [assault],
      'offence-people': [17, 18, 24].map(age => person(assault, 'victim', age)),
    }
    assert.equal((await figureOf(rows, { measure: 'u25-vwi', ...april })).total.value, 1)
    assert.equal((await figureOf(rows, { measure: 'u25-vwi-victims', ...april })).total.value, 3)
  })

  test('whose age it is makes a difference, and 25 is not under 25', async () => {
    const young = offence('2019-04-01', { ho_code: '8N' })
    const old = offence('2019-04-02', { ho_code: '8N' })
    const rows = {
      offences: [young, old],
      'offence-people': [
        person(young, 'victim', 24),
        person(young, 'suspect', 25),
        person(old, 'victim', 25),
        person(old, 'suspect', 0),
      ],
    }
    const count = async (whose: string) =>
      (await figureOf(rows, { measure: 'u25-vwi', ...april, variant: { whose } })).total.value
    assert.deepEqual([await count('victim'), await count('suspect'), await count('either')], [1, 1, 2])
  })

  test('domestic offences are left out of under-25 violence, and an empty flag is not a flag', async () => {
    const flags = [true, false, null].map(domestic => offence('2019-04-01', { ho_code: '8N', domestic }))
    const rows = { offences: flags, 'offence-people': flags.map(o => person(o, 'victim', 20)) }
    assert.equal((await figureOf(rows, { measure: 'u25-vwi', ...april })).total.value, 2)
    assert.equal((await figureOf(rows, { measure: 'domestic-violence', ...april })).total.value, 1)
  })

  test('an offence whose victim has no age is left out of under-25 violence, and the share is reported', async () => {
    const offences = times(4, () => offence('2019-04-30', { ho_code: '8N' }))
    const [known, ageless, both, adult] = offences
    const figure = await figureOf(
      {
        offences,
        'offence-people': [
          person(known!, 'victim', 20),
          person(ageless!, 'victim', null),
          person(both!, 'victim', null),
          person(both!, 'victim', 19),
          person(adult!, 'victim', 44),
        ],
      },
      { measure: 'u25-vwi', ...april },
    )
    assert.equal(figure.total.value, 2)
    assert.deepEqual(sentences(figure, 'unknown-share'), [
      'Age was not recorded for 1 more offences (33.3% of those that could count): left out.',
    ])
  })

  test('neighbourhood crime is the sum of its four parts', async () => {
    const rows = {
      offences: ['28E', '34B', '39', '45', '48', '34A', '30C', '46'].map(ho_code =>
        offence('2019-04-01', { ho_code }),
      ),
    }
    const count = async (measure: string) => (await figureOf(rows, { measure, ...april })).total.value
    assert.deepEqual(
      [
        await count('neighbourhood-crime'),
        await count('residential-burglary'),
        await count('robbery-personal'),
        await count('theft-from-person'),
        await count('vehicle-crime'),
      ],
      [5, 1, 1, 1, 2],
    )
  })

  test('published searches stand in only where the force’s own extract holds nothing', async () => {
    const figure = await figureOf(
      {
        'stop-and-search': [search('2019-04-01'), search('2019-04-02')],
        'police-uk-stop-and-search': [
          publishedSearch('2019-04-01'),
          ...times(3, () => publishedSearch('2019-05-01')),
          ...times(5, () => publishedSearch('2019-04-01', { force: 'merseyside' })),
        ],
      },
      { measure: 'stop-and-search', by: ['force', 'month'] },
    )
    assert.deepEqual(values(figure), {
      'merseyside / 2019-04': 5,
      'merseyside / 2019-05': null,
      'west-midlands / 2019-04': 2,
      'west-midlands / 2019-05': 3,
    })
    assert.equal(figure.total.value, 10)
  })

  test('an empty outcome of a search is no find but stays in the base', async () => {
    const outcomes = ['Arrest', 'A no further action disposal', null, 'Community resolution']
    const figure = await figureOf(
      { 'stop-and-search': outcomes.map(outcome => search('2019-04-01', { outcome })) },
      { measure: 'stop-and-search-find-rate', ...april },
    )
    assert.deepEqual([figure.total.value, figure.total.count, figure.total.denominator], [50, 2, 4])
  })

  test('positive outcomes count by the day of recording, or by the day on which the investigation closed', async () => {
    const assault = (recordedOn: string, outcome: string | null, outcomeOn: string | null) =>
      offence(recordedOn, { ho_code: '8N', outcome_type: outcome, outcome_on: outcomeOn })
    const offences = [
      assault('2019-01-10', '1', '2019-04-10'),
      assault('2019-04-01', '8', '2019-05-01'),
      assault('2019-04-02', '14', '2019-04-20'),
      assault('2019-04-03', null, null),
      assault('2019-04-04', '22', '2019-04-30'),
    ]
    const rows = { offences, 'offence-people': offences.map(o => person(o, 'victim', 16)) }
    const rate = async (variant: Record<string, string>) => {
      const { total } = await figureOf(rows, { measure: 'positive-outcome-rate', ...april, variant })
      return [total.count, total.denominator]
    }
    assert.deepEqual(await rate({}), [1, 4])
    assert.deepEqual(await rate({ set: 'with-diversion' }), [2, 4])
    assert.deepEqual(await rate({ set: 'charges-only' }), [0, 4])
    assert.deepEqual(await rate({ basis: 'closed' }), [1, 3])
    assert.deepEqual(await rate({ basis: 'closed', offences: 'violence-with-injury' }), [1, 3])
  })

  test('weapons recovered are added up, not their rows', async () => {
    const figure = await figureOf(
      {
        'weapons-recovered': [
          {
            recovery_id: '1',
            force: 'west-midlands',
            recovered_on: '2019-04-01',
            weapon: 'knife',
            quantity: 12,
            method: 'sweep',
          },
          {
            recovery_id: '2',
            force: 'west-midlands',
            recovered_on: '2019-04-02',
            weapon: 'knife',
            quantity: 3,
            method: 'arrest',
          },
        ],
      },
      { measure: 'weapons-recovered', ...april, by: ['method'] },
    )
    assert.equal(figure.total.value, 15)
    assert.equal(values(figure)['Weapon sweep'], 12)
    assert.equal(values(figure).Surrendered, 0)
  })
})

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
      { measure: 'knife-crime', ...april, by: ['npu'] },
    )
    assert.deepEqual(values(figure), { 'North West': 3, 'South East': 2, Unknown: 1 })
    assert.equal(figure.total.value, 6)
    assert.deepEqual(figure.rows.at(-1)!.codes, { npu: null })
    assert.deepEqual(figure.unknown.npu, { count: 1, of: 6, share: 1 / 6 })
  })

  test('an area where nothing happened is a row of zero, and a month that nobody sent is no zero', async () => {
    const figure = await figureOf(
      { offences: [offence('2019-04-01'), offence('2019-06-01')] },
      { measure: 'knife-crime', by: ['npu', 'month'] },
    )
    assert.deepEqual(values(figure), {
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
    assert.deepEqual(sentences(figure, 'missing-data'), ['Nothing is held for May 2019: missing, not zero.'])
  })

  test('a month counts as missing for a figure about people when only their offences were sent', async () => {
    const figure = await figureOf({ offences: [offence('2019-04-01')] }, { measure: 'u25-vwi', ...april })
    assert.deepEqual([figure.total.value, figure.total.missing], [null, true])
  })

  test('an empty store answers with a figure that says so', async () => {
    const figure = await figureOf({}, { measure: 'homicide' })
    assert.equal(figure.total.missing, true)
    assert.match(sentences(figure, 'missing-data')[0]!, /Nothing is held for April 2019 to March 2020/)
  })

  test('published words that no list knows are shown as published', async () => {
    const figure = await figureOf(
      { 'police-uk-stop-and-search': [publishedSearch('2019-04-01', { object: 'Spray cans' })] },
      { measure: 'stop-and-search', by: ['object'] },
    )
    assert.deepEqual(values(figure), { 'Spray cans': 1 })
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
      { measure: 'robbery', ...april },
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
    (await figureOf(rows, { measure: 'knife-crime', ...april, where })).total.value

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
    const figure = await figureOf(rows, { measure: 'knife-crime', ...april, where: { npu: ['NW'] } })
    assert.deepEqual(figure.unknown.npu, { count: 1, of: 4, share: 0.25 })
  })

  test('a slip of the keyboard is answered with what was meant', async () => {
    const fault = (request: Partial<FigureRequest>) =>
      figureOf(rows, { measure: 'knife-crime', ...april, ...request } as FigureRequest)
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

describe('comparators', () => {
  const rows = {
    offences: [
      ...times(5, () => offence('2019-04-30')),
      ...times(7, () => offence('2019-05-31')),
      ...times(4, () => offence('2021-04-30')),
      ...times(9, () => offence('2021-05-31')),
    ],
  }

  test('the baseline is the same months of the pack’s comparator year, with dates on both sides', async () => {
    const figure = await figureOf(rows, {
      measure: 'robbery',
      from: '2021-04',
      to: '2021-05',
      compare: 'baseline',
      by: ['month'],
    })
    assert.deepEqual(figure.period, { from: '2021-04', to: '2021-05' })
    assert.deepEqual(figure.comparator, { from: '2019-04', to: '2019-05' })
    assert.deepEqual(
      figure.rows.map(r => [r.labels.month, r.value, r.comparatorValue]),
      [
        ['2021-04', 4, 5],
        ['2021-05', 9, 7],
      ],
    )
    assert.deepEqual([figure.total.value, figure.total.comparatorValue], [13, 12])
  })

  test('previous, the year before and dates of one’s own', async () => {
    const comparator = async (compare: string, from: string, to: string) =>
      (await figureOf(rows, { measure: 'robbery', from, to, compare })).comparator
    assert.deepEqual(await comparator('previous', '2019-03', '2019-05'), { from: '2018-12', to: '2019-02' })
    assert.deepEqual(await comparator('previous', '2019-03-11', '2019-03-17'), {
      from: '2019-03-04',
      to: '2019-03-10',
    })
    assert.deepEqual(await comparator('year-before', '2020-02-29', '2020-02-29'), {
      from: '2019-02-28',
      to: '2019-02-28',
    })
    assert.deepEqual(await comparator('2018-01..2018-06', '2019-01', '2019-06'), {
      from: '2018-01',
      to: '2018-06',
    })
    assert.deepEqual(await comparator('baseline', '2022-01', '2022-03'), { from: '2020-01', to: '2020-03' })
    assert.deepEqual(await comparator('baseline', '2021-01', '2021-12'), { from: '2019-01', to: '2019-12' })
  })

  test('a comparator that was never sent is missing, not zero', async () => {
    const figure = await figureOf(rows, {
      measure: 'robbery',
      from: '2019-04',
      to: '2019-05',
      compare: 'previous',
    })
    assert.equal(figure.total.comparatorValue, null)
    assert.match(
      sentences(figure, 'missing-comparator')[0]!,
      /Nothing is held for February 2019 to March 2019/,
    )
  })

  test('a pandemic month left out on one side is left out on the other', async () => {
    const offences = [
      ...times(5, () => offence('2020-03-31')),
      ...times(50, () => offence('2020-04-30')),
      ...times(6, () => offence('2019-03-31')),
      ...times(60, () => offence('2019-04-30')),
    ]
    const figure = await figureOf(
      { offences },
      { measure: 'robbery', from: '2020-03', to: '2020-04', compare: 'year-before', leaveOutPandemic: true },
    )
    assert.deepEqual([figure.total.value, figure.total.comparatorValue], [5, 6])
    assert.deepEqual(sentences(figure, 'pandemic-left-out'), [
      'Left out because of the pandemic: April 2020; April 2019 of the comparator.',
    ])
  })
})

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
    assert.match(sentences(figure, 'denominator-year')[0]!, /^Residents are those of 2019\./)
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
    assert.deepEqual(sentences(figure, 'denominator-year'), ['No residents are held, so there is no rate.'])
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
    assert.match(sentences(figure, 'recording-change')[0]!, /New software, 1 May 2019 \(assessed at \+25%\)/)
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

describe('the last month', () => {
  const daily = (month: string, days: number, each: number) =>
    times(days * each, i => offence(`${month}-${String((i % days) + 1).padStart(2, '0')}`))

  test('a month that breaks off while the pace was steady is called incomplete', async () => {
    const figure = await figureOf(
      { offences: [...daily('2019-04', 30, 2), ...daily('2019-05', 20, 2)] },
      { measure: 'homicide', by: ['month'] },
    )
    assert.deepEqual(sentences(figure, 'incomplete-month'), [
      'May 2019 is not complete: the last row is of 20 May 2019, and 11 days are silent after it.',
    ])
  })

  test('a quiet end of a sparse month is not called incomplete', async () => {
    const offences = [...daily('2019-04', 30, 2), offence('2019-05-10'), offence('2019-05-29')]
    const figure = await figureOf({ offences }, { measure: 'robbery' })
    assert.deepEqual(sentences(figure, 'incomplete-month'), [])
  })

  test('a period that ends before the last month held has nothing to do with it', async () => {
    const offences = [...daily('2019-04', 30, 2), ...daily('2019-05', 20, 2)]
    const figure = await figureOf({ offences }, { measure: 'robbery', ...april })
    assert.deepEqual(sentences(figure, 'incomplete-month'), [])
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
