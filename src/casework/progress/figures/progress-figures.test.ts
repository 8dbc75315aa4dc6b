import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { tester } from '../../../../test/temporary-store.ts'
import { type TestWeb, testWeb } from '../../../../test/web-for-tests.ts'
import { countCasework } from '../count-casework.ts'

type Kept = { dataset: string; rows: number; counted: Record<string, string> }

const girl = { age_group: '14-15', gender: 'Female', ethnic_group: 'White' }
const boy = { age_group: '16-17', gender: 'Male', ethnic_group: 'Black' }
const coventry = { month: '2022-04', scheme: 'five-tier', cohort: 'coventry', tier: 'five-tier:tier-3' }
const birmingham = {
  month: '2022-04',
  scheme: 'six-tier',
  cohort: 'birmingham-west',
  tier: 'six-tier:tier-3',
}

/** April 2022, as if it were deleted: 40 reviews in Coventry of which 30 came in time, 25 in Birmingham that all did. */
const kept: Kept[] = [
  { dataset: 'cohort-steps', rows: 41, counted: { ...coventry, step: 'placed', prison: 'no', ...girl } },
  { dataset: 'cohort-steps', rows: 3, counted: { ...coventry, step: 'archived', days: '30', ...boy } },
  { dataset: 'cohort-steps', rows: 22, counted: { ...birmingham, step: 'placed', prison: 'no', ...boy } },
  { dataset: 'agreed-checks', rows: 30, counted: { ...coventry, asked: 'review', kept: 'in-time', ...girl } },
  { dataset: 'agreed-checks', rows: 10, counted: { ...coventry, asked: 'review', kept: 'late', ...boy } },
  {
    dataset: 'agreed-checks',
    rows: 25,
    counted: { ...birmingham, asked: 'review', kept: 'in-time', ...boy },
  },
  {
    dataset: 'actions',
    rows: 24,
    counted: {
      month: '2022-04',
      agency: 'police',
      subject: 'person',
      origin: 'plan',
      outcome: 'in-time',
      date_moved: 'no',
      ...girl,
    },
  },
  {
    dataset: 'actions',
    rows: 6,
    counted: {
      month: '2022-04',
      agency: 'police',
      subject: 'none',
      origin: 'meeting',
      outcome: 'overdue',
      date_moved: 'no',
    },
  },
  {
    dataset: 'meeting-attendance',
    rows: 20,
    counted: {
      month: '2022-04',
      meeting_type: 'joint-decision-panel',
      agency: 'police',
      attendance: 'present',
    },
  },
]

const april = 'from=2022-04&to=2022-04'

describe('cohorts, actions and meetings in figures', () => {
  let web: TestWeb
  before(async () => {
    web = await testWeb()
  })
  after(() => web.close())

  const page = async (post: Parameters<TestWeb['signInAs']>[0], path: string) => {
    const answer = await (await web.signInAs(post)).get(path)
    assert.equal(answer.statusCode, 200, path)
    return answer.body
  }
  const words = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
  const cells = (html: string): string[] =>
    [...html.matchAll(/<(?:td|th)[^>]*role="(?:cell|rowheader)"[^>]*>([\s\S]*?)<\/t[dh]>/g)].map(([, cell]) =>
      words(cell!).trim(),
    )

  test('they say what is needed while nothing is counted', async () => {
    for (const path of ['/cohorts/figures', '/actions/figures']) {
      assert.match(await page('Analyst', path), /Concord counts .* every night, up to the day before/, path)
    }
  })

  test('service levels stand by tier of one scheme with counts and intervals, and lead to their figures', async () => {
    await web.store.installation.database.query(
      `insert into kept_counts select dataset, counted, true, rows
       from jsonb_to_recordset($1) as r (dataset text, counted jsonb, rows integer)`,
      [JSON.stringify(kept)],
    )
    await countCasework(web.store, tester)
    const five = await page('Analyst', `/cohorts/figures?of=five-tier&${april}`)
    const all = cells(five)
    const row = all.slice(all.indexOf('Tier 3: neighbourhood'))
    // Wilson's interval of 30 in 40.
    assert.ok(row.includes('75.0% (30 of 40), 59.8 to 85.8'), row.slice(0, 6).join(' | '))
    assert.match(five, /href="\/figures\/cohort-reviews-in-time\?[^"]*by=tier/)
    assert.match(five, /offences held of all months since/, 'nothing can be told of what came after')
  })

  test('labels of two schemes never stand in one table, and an unknown one is the first of the pack', async () => {
    for (const [of, there, not] of [
      ['five-tier', 'Tier 3: neighbourhood', 'Tier 3: targeted offender management'],
      ['six-tier', 'Tier 3: targeted offender management', 'Tier 3: neighbourhood'],
      ['no-such', 'Tier 3: targeted offender management', 'Tier 3: neighbourhood'],
      ['coventry', 'Tier 3: neighbourhood', 'Tier 3: targeted offender management'],
    ] as const) {
      const shown = cells(await page('Analyst', `/cohorts/figures?of=${of}&${april}`))
      assert.ok(shown.includes(there), of)
      assert.ok(!shown.includes(not), of)
    }
  })

  test('actions and attendance stand by agency', async () => {
    const all = cells(await page('Analyst', `/actions/figures?${april}`))
    const police = all.findIndex(cell => /police/i.test(cell))
    assert.deepEqual(all.slice(police + 1, police + 5), [
      '30',
      '80.0% (24 of 30), 62.7 to 90.5',
      '6',
      '100.0% (20 of 20), 83.9 to 100.0',
    ])
  })

  test('R27 who may not see records reads no count below 5, and others in fives', async () => {
    for (const path of [`/cohorts/figures?of=five-tier&${april}`, `/actions/figures?${april}`]) {
      const all = cells(await page('Board member', path))
      const counts = all.flatMap(cell =>
        [...cell.matchAll(/\((\d+) of (\d+)\)|^(\d+)$/g)].flatMap(([, ...numbers]) =>
          numbers.filter(Boolean),
        ),
      )
      assert.ok(counts.length > 5, path)
      assert.ok(
        counts.every(n => Number(n) % 5 === 0),
        `${path}: ${counts.join(' ')}`,
      )
      if (path.startsWith('/cohorts')) assert.ok(all.includes('withheld'), path)
    }
  })
})
