import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type EvidenceInMemory, evidenceInMemory } from '../../test/evidence-in-memory.ts'
import { generatedEvidence } from '../../test/generated-evidence.ts'
import { packForTests } from '../../test/pack-for-tests.ts'
import { offence, person, residents, search, times } from '../../test/worked-evidence.ts'
import { figureOf } from '../../test/worked-figure.ts'
import { measures } from './catalogue/index.ts'
import { computeFigure } from './compute-figure.ts'
import { dimensionsOf } from './dimensions.ts'
import type { DimensionId, DisclosureLevel, Figure, FigureRequest, FigureRow } from './figure.ts'

let evidence: EvidenceInMemory

before(async () => {
  evidence = await evidenceInMemory(generatedEvidence(18062019, { rows: 900 }))
})

after(() => evidence.close())

const ask = (request: FigureRequest, disclosure: DisclosureLevel = 'protected', from = evidence) =>
  computeFigure({ evidence: from, pack: packForTests }, request, disclosure)

async function over(rows: Parameters<typeof evidenceInMemory>[0], request: FigureRequest): Promise<Figure> {
  const own = await evidenceInMemory(rows)
  try {
    return await ask(request, 'protected', own)
  } finally {
    own.close()
  }
}

/** Counts of people and events that a figure lets out; residents are public. */
function counts(figure: Figure): number[] {
  const isShare = figure.kind === 'proportion'
  const isCount = !isShare && figure.kind !== 'median' && figure.per === null
  const ofRow = (row: FigureRow) => [
    row.count,
    row.comparatorCount,
    ...(isShare ? [row.denominator, row.comparatorDenominator] : []),
    ...(isCount ? [row.value, row.comparatorValue, row.adjustedValue] : []),
  ]
  return [
    ...[...figure.rows, figure.total].flatMap(ofRow),
    ...Object.values(figure.unknown).flatMap(u => [u.count, u.of]),
    ...figure.lineage.files.map(f => f.rows),
    figure.lineage.rowsRead,
  ].filter(n => n !== null)
}

const period = { from: '2019-04', to: '2020-03', compare: 'year-before' }

describe('R27 whoever may not see records', () => {
  test('sees counts in fives, of every measure by every dimension, and never one from 1 to 4', async () => {
    let withheld = 0
    for (const measure of measures) {
      const dimensions = dimensionsOf(measure)
      for (let i = 0; i < dimensions.length; i += 2) {
        const request = { measure: measure.id, ...period, by: dimensions.slice(i, i + 2) }
        const [figure, exact] = [await ask(request), await ask(request, 'record')]
        assert.deepEqual(
          counts(figure).filter(n => n % 5 !== 0),
          [],
          JSON.stringify(request),
        )
        const pairs = exact.rows.map((row, r) => [row, figure.rows[r]!] as const)
        for (const [truth, seen] of [...pairs, [exact.total, figure.total] as const]) {
          if (truth.count !== null && truth.count > 0 && truth.count < 5) assert.equal(seen.count, null)
          if (truth.comparatorCount !== null && truth.comparatorCount > 0 && truth.comparatorCount < 5) {
            assert.equal(seen.comparatorCount, null)
          }
          if (figure.kind === 'median' && (truth.count ?? 0) < 20) assert.equal(seen.value, null)
          if (seen.suppressed) {
            withheld++
            assert.deepEqual([seen.value, seen.low, seen.high, seen.adjustedValue], [null, null, null, null])
          }
        }
      }
    }
    assert.ok(withheld > 500, `only ${withheld} cells were withheld: the evidence tries nothing`)
  })

  test('cannot play a split by two dimensions off against a split by one: the same margins are withheld', async () => {
    const pairs: [string, DimensionId, DimensionId][] = [
      ['violence-with-injury', 'npu', 'weapon'],
      ['knife-crime-victims', 'age-band', 'gender'],
      ['stop-and-search', 'ethnic-group', 'kind'],
    ]
    for (const [measure, first, second] of pairs) {
      const request = { measure, from: '2019-04', to: '2019-06' }
      const exact = await ask({ ...request, by: [first, second] }, 'record')
      const line = await ask({ ...request, by: [first] })
      const table = await ask({ ...request, by: [first, second] })
      // A margin withheld alone leaves at least two of its cells, or one and the margin, unknown.
      for (const row of line.rows.filter(r => r.suppressed)) {
        const cells = table.rows.filter(r => r.codes[first] === row.codes[first])
        const truths = exact.rows.filter(r => r.codes[first] === row.codes[first] && r.count! > 0)
        assert.ok(truths.length === 0 || cells.some(c => c.suppressed), `${measure} ${row.labels[first]}`)
      }
    }
  })

  test('sees no percentage on a base under 20', async () => {
    const figure = await over(
      {
        'stop-and-search': [
          ...times(10, () => search('2019-04-01', { outcome: 'Arrest', policing_area: 'NW' })),
          ...times(8, () => search('2019-04-01', { policing_area: 'NW' })),
          ...times(30, () => search('2019-04-01', { outcome: 'Arrest', policing_area: 'SE' })),
          ...times(30, () => search('2019-04-01', { policing_area: 'SE' })),
        ],
      },
      { measure: 'stop-and-search-find-rate', by: ['npu'] },
    )
    assert.deepEqual(
      figure.rows.map(r => [r.labels.npu, r.value, r.suppressed, r.count, r.denominator]),
      [
        ['North West', null, true, 10, 20],
        ['South East', 50, false, 30, 60],
      ],
    )
  })

  test('cannot learn a small number from the rest of a proportion: 2 without a find of 50', async () => {
    const figure = await over(
      {
        'stop-and-search': [
          ...times(48, () => search('2019-04-01', { outcome: 'Arrest' })),
          ...times(2, () => search('2019-04-01')),
        ],
      },
      { measure: 'stop-and-search-find-rate' },
    )
    assert.deepEqual([figure.total.suppressed, figure.total.value, figure.total.count], [true, null, null])
  })

  test('gets rates and intervals from rounded counts, so that residents do not give the count back', async () => {
    const figure = await over(
      { offences: times(23, () => offence('2019-06-30')), population: [residents(2019, 10000)] },
      { measure: 'robbery', per: 1000 },
    )
    assert.deepEqual([figure.total.value, figure.total.count, figure.total.denominator], [2.5, 25, 10000])
  })

  test('sees an unknown row withheld in the unknown share too', async () => {
    const figure = await over(
      {
        offences: [
          ...times(40, () => offence('2019-04-01')),
          ...times(30, () => offence('2019-04-01', { policing_area: 'SE' })),
          ...times(3, () => offence('2019-04-01', { policing_area: null })),
        ],
      },
      { measure: 'robbery', by: ['npu'] },
    )
    assert.deepEqual(
      figure.rows.map(r => [r.labels.npu, r.value, r.suppressed]),
      [
        ['North West', 40, false],
        ['South East', null, true],
        ['Unknown', null, true],
      ],
    )
    assert.deepEqual(figure.unknown.npu, { count: null, of: 75, share: null })
    assert.equal(figure.total.value, 75)
  })

  test('reads in the warnings what was done, and no exact count', async () => {
    const assaults = times(31, () => offence('2019-04-30', { ho_code: '8N' }))
    const figure = await over(
      {
        offences: assaults,
        'offence-people': assaults.map((o, i) => person(o, 'victim', i < 20 ? 20 : i < 28 ? null : 50)),
      },
      { measure: 'u25-vwi', by: ['npu'] },
    )
    const kinds = figure.warnings.map(w => w.kind)
    assert.ok(kinds.includes('rounded'))
    assert.match(
      figure.warnings.find(w => w.kind === 'unknown-share')!.sentence,
      /^Age was not recorded for 10 more offences \(33\.3%/,
    )
  })

  test('may not split small areas by months of many years', async () => {
    const spread = times(150, i =>
      offence(new Date(Date.UTC(2007, i, 1)).toISOString().slice(0, 10), { lsoa: `L${i}` }),
    )
    await assert.rejects(over({ offences: spread }, { measure: 'robbery', by: ['lsoa', 'month'] }), {
      name: 'UsageFault',
      message: /150 by 150 is too fine/,
    })
  })

  test('may not split by three dimensions', async () => {
    await assert.rejects(ask({ measure: 'knife-crime-victims', by: ['npu', 'gender', 'age-band'] }), {
      name: 'UsageFault',
      message: /at most 2 dimensions/,
    })
  })
})

test('R27 a month that nobody sent stays missing and is not mistaken for a withheld one', async () => {
  const figure = await over(
    { offences: [...times(30, () => offence('2019-04-30')), ...times(2, () => offence('2019-06-01'))] },
    { measure: 'robbery', by: ['month'] },
  )
  assert.deepEqual(
    figure.rows.map(r => [r.value, r.suppressed, r.missing]),
    [
      [null, true, false],
      [null, false, true],
      [null, true, false],
    ],
  )
})

test('R27 several values together, and days, are not counted for those who may not see records', async () => {
  const rows = { offences: times(9, () => offence('2019-04-30')) }
  const asked = (more: Partial<FigureRequest>) =>
    figureOf(rows, { measure: 'robbery', from: '2019-04', to: '2019-04', ...more }, 'protected')
  await assert.rejects(asked({ where: { weekday: ['1', '2'] } }), /Choose one value of day of the week/)
  await assert.rejects(asked({ from: '2019-04-01', to: '2019-04-30' }), /Periods are of whole months here/)
  await assert.rejects(asked({ compare: '2018-04-01..2018-04-30' }), /Periods are of whole months here/)
  assert.equal((await asked({})).total.value, 10)
})
