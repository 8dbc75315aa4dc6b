import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { EvidenceRow, EvidenceRows } from '../../test/evidence-in-memory.ts'
import { offence, person, times } from '../../test/worked-evidence.ts'
import { april2019, figureOf, sentencesOf, valuesOf } from '../../test/worked-figure.ts'
import { changeInWords } from './change.ts'
import type { FigureRequest } from './figure.ts'

const referred = (n: number, gender: string | null, month = '2019-04'): EvidenceRow[] =>
  times(n, () => ({ month, about: 'child', urgency: 'today', referrer: 'police', outcome: 'open', gender }))

/** Victims of violence with injury, as many of each gender as said. */
function victims(day: string, of: readonly [number, string | null][]): EvidenceRows {
  const offences = of.flatMap(([n]) => times(n, () => offence(day, { ho_code: '8N' })))
  const genders = of.flatMap(([n, gender]) => new Array<string | null>(n).fill(gender))
  return {
    offences,
    'offence-people': offences.map((o, i) => person(o, 'victim', 20, { gender: genders[i]! })),
  }
}

const together = (...all: EvidenceRows[]): EvidenceRows => {
  const rows: EvidenceRows = {}
  for (const one of all) for (const [id, own] of Object.entries(one)) rows[id] = [...(rows[id] ?? []), ...own]
  return rows
}

const PER: FigureRequest = { measure: 'referrals', ...april2019, per: 100, by: ['gender'] }

describe('a rate against victims', () => {
  const rows = {
    ...victims('2019-04-10', [
      [12, 'Female'],
      [30, 'Male'],
      [2, null],
    ]),
    referrals: [...referred(6, 'Female'), ...referred(3, 'Male'), ...referred(1, null)],
  }

  test('R24 is the count per hundred victims of the same months and group, and the unknown have none', async () => {
    const figure = await figureOf(rows, PER)
    assert.deepEqual(valuesOf(figure), { Male: 10, Female: 50, Other: null, Unknown: null })
    assert.deepEqual([figure.total.count, figure.total.denominator], [10, 44])
    assert.equal(figure.unit, 'referrals per 100 victims')
    assert.equal(figure.against, 'victims')
    assert.deepEqual(sentencesOf(figure, 'denominator-year'), [
      'Out of victims of violence with injury recorded April 2019.',
    ])
    assert.match(figure.lineage.sql, /offence_people/)
  })

  // R: binom.test(6, 18)$conf.int is 0.1334 to 0.5901, and their odds are 0.1539 and 1.4399.
  test('takes victims for a count that chance moves too: the interval is that of a ratio of two counts', async () => {
    const female = (await figureOf(rows, PER)).rows.find(row => row.codes.gender === 'Female')!
    assert.ok(Math.abs(female.low! - 15.4) < 0.05, String(female.low))
    assert.ok(Math.abs(female.high! - 144) < 0.5, String(female.high))
  })

  test('takes the latest as many months that are held where the same are not, and says so', async () => {
    const later = together(victims('2019-05-10', [[20, 'Female']]), {
      referrals: referred(4, 'Female', '2019-07'),
    })
    const figure = await figureOf(later, { measure: 'referrals', from: '2019-07', to: '2019-07', per: 100 })
    assert.equal(figure.total.value, 20)
    assert.deepEqual(sentencesOf(figure, 'denominator-year'), [
      'Out of victims of violence with injury recorded May 2019, the latest as many months that are held.',
    ])
    const longer = await figureOf(later, { measure: 'referrals', from: '2019-06', to: '2019-07', per: 100 })
    assert.equal(longer.total.value, null)
    assert.match(sentencesOf(longer, 'denominator-year').join(), /No victims are held/)
  })

  test('is refused by a description that is not known of more than one victim in five', async () => {
    const unknown = {
      ...victims('2019-04-10', [
        [30, 'Female'],
        [8, null],
      ]),
      referrals: referred(6, 'Female'),
    }
    const figure = await figureOf(unknown, PER)
    assert.equal(valuesOf(figure).Female, null)
    assert.equal(figure.rows.find(r => r.codes.gender === 'Female')?.count, 6)
    assert.equal(figure.total.denominator, 38)
    assert.match(sentencesOf(figure, 'denominator-year').join(), /gender is not known of too many/)
  })

  test('stands beside another without a change being read into it', async () => {
    const figure = await figureOf(
      together(rows, victims('2018-04-10', [[50, 'Female']]), {
        referrals: referred(5, 'Female', '2018-04'),
      }),
      { ...PER, by: [], compare: 'year-before' },
    )
    assert.equal(changeInWords(figure), '22.7 against 10 per 100 victims (10 against 5)')
  })

  test('R27 victims are counted people: below five they are withheld, and others are shown in fives', async () => {
    const few = {
      ...victims('2019-04-10', [
        [61, 'Female'],
        [43, 'Male'],
        [3, 'Other'],
      ]),
      referrals: [...referred(31, 'Female'), ...referred(24, 'Male'), ...referred(20, 'Other')],
    }
    const figure = await figureOf(few, PER, 'protected')
    const other = figure.rows.find(row => row.codes.gender === 'Other')!
    assert.deepEqual([other.value, other.denominator, other.suppressed], [null, null, true])
    for (const row of [...figure.rows, figure.total]) {
      assert.ok((row.denominator ?? 0) % 5 === 0, JSON.stringify(row))
    }
    assert.ok(figure.rows.filter(row => row.suppressed).length > 1, 'or the one would be told from the total')
  })

  test('is not given of measures that have none, nor by what victims are not counted by', async () => {
    await assert.rejects(figureOf(rows, { ...PER, measure: 'knife-crime', by: [] }), /not given per victim/)
    await assert.rejects(figureOf(rows, { ...PER, by: ['care'] }), /Victims are not counted by care/)
  })
})
