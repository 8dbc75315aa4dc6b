import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { checkPaper } from './check-paper.ts'
import type { ClaimKind, Finding } from './finding.ts'
import { placedPaper } from './paper.ts'
import { blocksOfLines } from './reading/read-plain.ts'

const check = (text: string): Finding[] => checkPaper(placedPaper(blocksOfLines(text.split('\n')), null))
const said = (text: string, kind: ClaimKind) =>
  check(text)
    .filter(f => f.kind === kind)
    .map(f => f.verdict)
const computed = (text: string) => check(text).map(f => f.computation)

describe('a percentage change against its two counts', () => {
  test('agrees where the change rounds to what is stated, and disagrees where it does not', () => {
    // (80 − 90) ÷ 90 = −11.1%; (361 − 333) ÷ 333 = 8.41%.
    assert.deepEqual(said('There was a 16% reduction in admissions (80 vs 90 cases).', 'change'), [
      'disagrees',
    ])
    assert.deepEqual(said('There was an 11% reduction in admissions (80 vs 90 cases).', 'change'), ['agrees'])
    assert.deepEqual(said('There was an 8.4% rise (361 against 333).', 'change'), ['agrees'])
    assert.deepEqual(said('Robbery fell from 200 to 150, a drop of 25 per cent.', 'change'), ['agrees'])
    assert.deepEqual(said('Robbery fell from 200 to 150, a drop of 33 per cent.', 'change'), ['disagrees'])
  })
  test('a rise between counts that fall disagrees', () => {
    assert.deepEqual(said('Burglary rose by 25% from 200 to 150.', 'change'), ['disagrees'])
  })
  test('reads the words that stand far apart', () => {
    const text =
      'There were 65,450 records, an increase of 18.5% from the year prior, when there were 55,219.'
    assert.deepEqual(said(text, 'change'), ['agrees'])
    assert.deepEqual(said(text.replace('18.5', '15.8'), 'change'), ['disagrees'])
  })
  test('of counts that are only near nobody can tell', () => {
    assert.deepEqual(said('Calls rose by 60% from about 200 to 280.', 'change'), ['cannot-tell'])
  })
})

describe('a share against part and whole', () => {
  test('in the forms in which papers put it', () => {
    for (const text of [
      'In all 30 of the 120 pupils (25%) replied.',
      'There were 120 pupils, of whom 30 (25%) replied.',
      'Spiking made up 120 offences. Only 25% (30) of them were proven.',
    ]) {
      assert.deepEqual(said(text, 'share'), ['agrees'], text)
      assert.deepEqual(said(text.replace('25%', '35%'), 'share'), ['disagrees'], text)
    }
  })
  test('an amount that is a share of an amount said before', () => {
    const text = 'The grant is £2,940,000, with 20% match funding to the sum of £588,000.'
    assert.deepEqual(said(text, 'share'), ['agrees'])
    assert.deepEqual(said(text.replace('588', '528'), 'share'), ['disagrees'])
  })
})

describe('tables', () => {
  const table = (total: number, share: string) =>
    [
      '| Area | Offences | Under 25 | % under 25 |',
      '|---|---|---|---|',
      '| North | 200 | 50 | 25% |',
      '| East | 100 | 40 | 40% |',
      `| West | 300 | 99 | ${share} |`,
      `| Total | ${total} | 189 | 32% |`,
    ].join('\n')
  test('a total is the sum of its rows', () => {
    assert.ok(said(table(600, '33%'), 'total').every(v => v === 'agrees'))
    assert.ok(computed(table(660, '33%')).some(c => c === '3 rows add up to 600, 60 less'))
  })
  test('a percentage of a row is of its counts', () => {
    assert.deepEqual(said(table(600, '33%'), 'share'), ['agrees', 'agrees', 'agrees', 'agrees'])
    assert.deepEqual(said(table(600, '39%'), 'share'), ['agrees', 'agrees', 'disagrees', 'agrees'])
  })
  test('subtotals count once in the total below them, over a page that cuts the table', () => {
    const rows = [
      '| Line | Plan |',
      '|---|---|',
      '| A | 10 |',
      '| B | 20 |',
      '| Total grant | 30 |',
      '',
      '| Match | |',
      '|---|---|',
      '| C | 5 |',
      '| Total | 35 |',
    ]
    assert.deepEqual(said(rows.join('\n'), 'total'), ['agrees', 'agrees'])
    assert.deepEqual(said(rows.join('\n').replace('35', '65'), 'total'), ['agrees', 'disagrees'])
  })
  test('spending beyond its plan is named with what is too much', () => {
    const text =
      '| Line | Budget | Actual spend |\n|---|---|---|\n| Nurses | 40,000 | 38,000 |\n| Mentors | 20,000 | 25,000 |'
    assert.deepEqual(said(text, 'budget'), ['agrees', 'disagrees'])
    assert.ok(computed(text).some(c => c.includes('5,000 more than planned (25.0%)')))
  })
  test('what the text says of a row is held against the row', () => {
    const text = `${table(600, '33%')}\n\nEast had 100 offences.\n\nNorth has the highest number of offences.`
    assert.deepEqual(said(text, 'in-table'), ['agrees'])
    assert.deepEqual(said(text, 'rank'), ['disagrees'])
    assert.deepEqual(said(text.replace('had 100', 'had 110'), 'in-table'), ['disagrees'])
  })
})

test('a rate is held against its count and population, and cannot be told without them', () => {
  const text = 'There were 450 offences in a population of 300,000, or 150 per 100,000 people.'
  assert.deepEqual(said(text, 'rate'), ['agrees'])
  assert.deepEqual(said(text.replace('150 per', '15 per'), 'rate'), ['disagrees'])
  assert.deepEqual(said('The rate was 108 reports/1000 population.', 'rate'), ['cannot-tell'])
})

test('an average is held against its numbers', () => {
  assert.deepEqual(said('There were 240 calls over 12 months, an average of 20 per month.', 'average'), [
    'agrees',
  ])
  assert.deepEqual(said('There were 240 calls over 12 months, an average of 24 per month.', 'average'), [
    'disagrees',
  ])
  assert.deepEqual(said('Clinics saw 12, 15 and 18 people, an average of 15.', 'average'), ['agrees'])
})

test('a rank lies within its field', () => {
  assert.deepEqual(said('Deprivation is 3rd out of 42 forces.', 'rank'), ['agrees'])
  assert.deepEqual(said('Deprivation is 43rd out of 42 forces.', 'rank'), ['disagrees'])
})

test('a part is no larger than its whole', () => {
  assert.deepEqual(said('There were 9 arrests, of which 4 led to a charge.', 'part'), ['agrees'])
  assert.deepEqual(said('There were 9 arrests, of which 13 led to a charge.', 'part'), ['disagrees'])
  const text =
    'The Task Force is a team of 22 officers.\n\nThe Task Force comprises an inspector, three sergeants and twenty-two constables.'
  assert.deepEqual(said(text, 'part'), ['disagrees'])
})

test('the same quantity in two places is the same number, unless period or place differ', () => {
  const two = (first: string, second: string) => said(`${first}\n\n${second}`, 'restated')
  assert.deepEqual(two('In 2022 92% of victims were male.', 'In 2022 overall 83% of victims were male.'), [
    'disagrees',
  ])
  assert.deepEqual(two('In 2022 92% of victims were male.', 'In 2021 overall 83% of victims were male.'), [])
  assert.deepEqual(two('In Coventry 92% of victims were male.', 'In Walsall 83% of victims were male.'), [])
  assert.deepEqual(two('This year 92% of victims were male.', 'Last year 83% of victims were male.'), [])
})

test('dates: the day of the week, days that there are, and the order', () => {
  // 21 December 2021 was a Tuesday.
  assert.deepEqual(said('The board met on Tuesday 21st December 2021.', 'date'), ['agrees'])
  assert.deepEqual(said('The board met on Monday 21st December 2021.', 'date'), ['disagrees'])
  assert.deepEqual(said('It ends on 31 June 2023.', 'date'), ['disagrees'])
  assert.deepEqual(said('The pilot ran from May 2023 to March 2023.', 'date'), ['disagrees'])
  assert.deepEqual(said('In the 12 months between June 2018 and May 2019 it fell.', 'date'), [
    'agrees',
    'agrees',
  ])
  assert.deepEqual(said('In the 12 months between June 2018 and July 2019 it fell.', 'date'), [
    'agrees',
    'disagrees',
  ])
})

test('a percentage that no whole number of that size gives disagrees', () => {
  // 3 of 7 is 42.9%, 2 of 7 is 28.6%.
  assert.deepEqual(said('43% of the 7 schools replied.', 'whole-numbers'), ['agrees'])
  assert.deepEqual(said('35% of the 7 schools replied.', 'whole-numbers'), ['disagrees'])
  const years =
    'In 2022, there were 45 homicides, the same as the year prior.\n\nCombining 2021 and 2022, homicides linked to knife crime were 36.8%.'
  assert.deepEqual(said(years, 'whole-numbers'), ['disagrees'])
})

test('years, ages, times, paragraphs and names that hold numbers claim nothing', () => {
  assert.deepEqual(
    check(
      '3. Under section 60 of the 1994 Act, 14-25 year olds in tier 2 were seen between 15:00 and 21:00 hrs (figure 7, ADR160), see www.example.org/2308334/12.',
    ),
    [],
  )
})

test('a part and whole drawn by chance agree with their share, and not with another', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 40, max: 5000 }),
      fc.integer({ min: 1, max: 39 }),
      fc.integer({ min: 2, max: 40 }),
      (whole, part, off) => {
        const share = Math.round((100 * part) / whole)
        const text = (percent: number) =>
          `There were ${whole} cases, of which ${part} (${percent}%) were closed.`
        assert.deepEqual(said(text(share), 'share'), ['agrees'])
        assert.deepEqual(said(text(share + off), 'share'), ['disagrees'])
      },
    ),
  )
})

test('no text makes the checker fail', () => {
  fc.assert(fc.property(fc.string({ maxLength: 400 }), text => void check(text)))
  for (const unit of [
    '1 ',
    '% of 1 ',
    'of the ',
    '1% (1) of ',
    'A a ',
    'in Aa ',
    '(1, ',
    '1 to ',
    'a,',
    '#0# ',
  ]) {
    check(unit.repeat(4000))
  }
})
