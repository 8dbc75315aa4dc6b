import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { JSDOM } from 'jsdom'
import { tester } from '../../../test/temporary-store.ts'
import { type TestWeb, testWeb } from '../../../test/web-for-tests.ts'
import { importFile } from '../../evidence/intake/import-file.ts'
import { compareGroups } from '../methods/disproportionality.ts'
import { type ComparedPart, comparedFinding, comparisonWords } from './compared-words.ts'

const wordsOf = (element: Element | null | undefined): string =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim()

/** Lines of the picture as they are read, one after the other. */
const pictureWords = (figure: Element): string =>
  [...figure.querySelectorAll('svg.chart-narrow text')].map(wordsOf).join(' ')

const part = (black: number, white: number, unknown: number): ComparedPart => {
  const groups = [
    { code: 'Black', label: 'Black or Black British', count: black, residents: 10_000 },
    { code: 'White', label: 'White', count: white, residents: 80_000 },
  ]
  const counted = { count: unknown, of: black + white + unknown }
  return {
    word: 'ethnic group',
    against: 'White',
    comparisons: compareGroups(groups, counted, { code: 'White', words: 'White' }),
    known: black + white,
    residents: 90_000,
    unknown: counted,
  }
}
const rowWords = (p: ComparedPart) => comparisonWords(p.comparisons[0]!, p)

test('R29 a ratio is said with its interval, both counts and the share of residents', () => {
  // 50/10,000 against 200/80,000; exact limits by SciPy: 1.4366 to 2.7386.
  const compared = part(50, 200, 25)
  assert.equal(
    rowWords(compared),
    '2.0 times (95% interval 1.4 to 2.7), 50 of 250 where 11.1% (10,000 of 90,000) of residents',
  )
  assert.equal(
    comparedFinding('victims', compared),
    'Victims beside residents, against White: Black or Black British 2.0 times (95% interval 1.4 to 2.7)',
  )
})

test('an interval that holds 1 is said to be no difference, and is no finding', () => {
  const compared = part(26, 200, 0)
  assert.match(rowWords(compared), /^1\.04 times .*Cannot be told from no difference$/)
  assert.equal(
    comparedFinding('victims', compared),
    'Victims beside residents: no clear difference by ethnic group',
  )
})

test('R24 a difference that the unknown could turn round is told, with that', () => {
  // 1.40 times; 175 unknown, all of them White: 70/10,000 ÷ 575/80,000 = 0.97.
  const compared = part(70, 400, 175)
  const [comparison] = compared.comparisons
  assert.equal(comparison!.refused?.kind, 'unknown')
  const fewer = part(56, 400, 100)
  // 1.12 … its interval holds 1; 1.4 with 117 unknown (19.9%) all White: 70/10,000 ÷ 517/80,000 = 1.08.
  assert.match(rowWords(fewer), /Cannot be told/)
  const turned = part(660, 4000, 1100)
  // 1.32 times; all 1,100 White: 660/10,000 ÷ 5,100/80,000 = 1.04. With 1,165 (20%): 1.02.
  assert.doesNotMatch(rowWords(turned), /turn it round/)
  const slight = part(600, 4000, 1100)
  // 1.2 times; all White: 600/10,000 ÷ 5,100/80,000 = 0.94.
  assert.match(rowWords(slight), /^1\.2 times .*The unknown could turn it round$/)
  // Exact limits by the beta distribution: 1.099 to 1.308.
  assert.equal(
    comparedFinding('victims', slight),
    'Victims beside residents, against White: Black or Black British 1.2 times (95% interval 1.1 to 1.3; the unknown could turn it round)',
  )
})

describe('searches beside residents, on the page', () => {
  let web: TestWeb
  before(async () => {
    web = await testWeb()
    const search = (i: number, ethnicity: string) =>
      `Person search,2019-03-${String((i % 28) + 1).padStart(2, '0')}T10:00:00+00:00,,,,,,18-24,${ethnicity},,Misuse of Drugs Act 1971 (section 23),Controlled drugs,Arrest,True,False`
    const many = (n: number, ethnicity: string) => Array.from({ length: n }, (_, i) => search(i, ethnicity))
    const residents = [
      ['White', 'Male', 40_000],
      ['White', 'Female', 40_000],
      ['Black', 'Male', 5000],
      ['Black', 'Female', 5000],
    ].flatMap(([group, gender, n]) => [
      `E01008881,2018,18,24,${gender},${group},${Number(n) / 2}`,
      `E01008881,2018,25,120,${gender},${group},${Number(n) / 2}`,
    ])
    for (const [name, lines] of [
      [
        '2019-03-west-midlands-stop-and-search.csv',
        [
          'Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,Outcome linked to object of search,Removal of more than just outer clothing',
          ...many(50, 'Black/African/Caribbean/Black British - African'),
          ...many(200, 'White - English/Welsh/Scottish/Northern Irish/British'),
          ...many(25, ''),
        ],
      ],
      ['population.csv', ['lsoa_code,year,age_from,age_to,gender,ethnic_group,residents', ...residents]],
    ] as const) {
      const path = await web.store.file(name, lines.join('\n'))
      const report = await importFile(web.store, { path, actor: tester })
      assert.equal(report.status, 'active', report.refusal ?? '')
    }
  })
  after(() => web.close())

  const compared = async (browser = web.browser()) => {
    const answer = await browser.get('/stop-and-search')
    assert.equal(answer.statusCode, 200)
    const page = new JSDOM(answer.body).window.document
    return page.querySelector('figure[aria-labelledby="compared-title"]')!
  }

  test('the ratio stands with its denominators and the unknown, in the picture and in the table', async () => {
    const figure = await compared()
    assert.equal(
      wordsOf(figure.querySelector('h3')),
      'Searches beside residents, against White: Black or Black British 2.0 times (95% interval 1.4 to 2.7)',
    )
    const row = [...figure.querySelectorAll('tbody tr')]
      .map(r => [...r.querySelectorAll('td, th')].map(wordsOf))
      .find(r => r[0]!.startsWith('Black'))
    assert.deepEqual(row, [
      'Black or Black British against White',
      '50 of 10,000',
      '5.0 (3.7 to 6.6)',
      '200 of 80,000',
      '2.0 (1.4 to 2.7)',
      '1.8 to 3.0',
      '9.1% (25 of 275)',
    ])
    const picture = pictureWords(figure)
    assert.match(picture, /2\.0 times \(95% interval 1\.4 to 2\.7\), 50 of 250 where 11\.1%/)
    assert.deepEqual(
      [...picture.matchAll(/[\d.]+%(?! interval)(?! \()/g)].map(m => m[0]),
      [],
    )
  })

  test('R24 where gender was left blank no ratio is given, and how many are blank is said', async () => {
    const figure = await compared()
    assert.match(
      pictureWords(figure),
      /Gender: 100\.0% \(275 of 275\) not known\. That is more than 20 in 100, so no ratio is given/,
    )
    const male = [...figure.querySelectorAll('tbody tr')].find(r => wordsOf(r).startsWith('Male'))
    assert.match(wordsOf(male), /too many are not known/)
  })

  test('R9 the picture says how it was done, with the rule, its date and its source', async () => {
    const words = wordsOf((await compared()).querySelector('.concord-workings'))
    assert.match(words, /more than 20 in 100 .* \(since 2026-11-20\)/)
    assert.match(words, /Proposed here for the partnership to confirm/)
    assert.match(words, /250 searches of known ethnic group/)
  })

  test('R27 a board member sees ratios of rounded counts, and is told so', async () => {
    const board = web.browser()
    await board.submit('/view-as', '/view-as', { role: 'board-member' })
    assert.match(
      wordsOf((await compared(board)).querySelector('.concord-workings')),
      /rounded to the nearest 5/,
    )
  })
})
