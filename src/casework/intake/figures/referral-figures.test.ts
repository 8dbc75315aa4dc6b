import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type TestWeb, testWeb } from '../../../../test/web-for-tests.ts'
import { theProgram } from '../../../platform/record-of-acts.ts'
import { countCasework } from '../../progress/count-casework.ts'

/** As many referrals of April 2022 as `rows`, of a White girl of 15 in nobody's care, accepted in time. */
const counted = (rows: number, more: Record<string, string | null> = {}) => ({
  rows,
  counted: Object.fromEntries(
    Object.entries({
      month: '2022-04',
      about: 'child',
      urgency: 'one-working-day',
      referrer: 'education',
      outcome: 'accepted',
      timeliness: 'in-time',
      wait_hours: '1',
      age_group: '14-15',
      gender: 'Female',
      ethnic_group: 'White',
      disability: 'no',
      care: 'no',
      ...more,
    }).filter(([, value]) => value !== null),
  ),
})

const declined = { outcome: 'declined', reason: 'already-helped' }

describe('referrals in figures', () => {
  let web: TestWeb
  before(async () => {
    web = await testWeb()
  })
  after(() => web.close())

  const count = async (rows: ReturnType<typeof counted>[]) => {
    await web.store.installation.database.query(
      `insert into kept_counts select 'referrals', counted, true, rows
       from jsonb_to_recordset($1) as r (counted jsonb, rows integer)`,
      [JSON.stringify(rows)],
    )
    await countCasework(web.store, { ...theProgram, name: 'test' })
  }
  const cells = (page: string): string[] =>
    [...page.matchAll(/<(?:td role="cell"|th role="rowheader")[^>]*>([\s\S]*?)<\/t[dh]>/g)].map(([, cell]) =>
      cell!.replaceAll(/<[^>]+>/g, '').trim(),
    )

  test('says what is needed while nothing is counted', async () => {
    const page = await (await web.signInAs('Analyst')).get('/referrals/figures')
    assert.equal(page.statusCode, 200)
    assert.match(page.body, /Concord counts referrals every night, up to the day before/)
  })

  test('R24 every stage is shown by every description, the unknown too, and each column opens its figure', async () => {
    await count([
      counted(41),
      counted(23, { ...declined, gender: 'Male', ethnic_group: 'Black' }),
      counted(2, { ...declined, gender: 'Male', ethnic_group: 'Black', timeliness: 'late' }),
      counted(7, { ethnic_group: null, disability: null, gender: 'Male' }),
      counted(3, { about: 'place', age_group: null, gender: null, ethnic_group: null, care: null }),
      counted(30, { month: '2021-06' }),
    ])
    const page = await (await web.signInAs('Analyst')).get('/referrals/figures?from=2022-04&to=2022-04')
    assert.equal(page.statusCode, 200)
    const all = cells(page.body)
    const row = (label: string) => {
      const at = all.lastIndexOf(label)
      return all.slice(at, at + 5)
    }
    // The last table by ethnic group: 66 of 73 people are of known group; 25 of 25 of the Black were not accepted, 23 in time.
    const black = row('Black or Black British')
    assert.equal(black[1], '37.9% (25 of 66)')
    assert.match(black[2]!, /^100\.0% \(25 of 25\), 86\.7 to 100\.0$/)
    assert.match(black[3]!, /^92\.0% \(23 of 25\), /)
    assert.equal(black[4], '1 (1 to 1), of 25')
    assert.match(page.body, /No residents are held, so there is no rate/)
    assert.match(page.body, /No victims are held over as many months, so there is no rate/)
    for (const title of ['Age', 'Gender', 'Ethnic group', 'Disability', 'Care']) {
      assert.match(
        page.body,
        new RegExp(`>${title}<span class="govuk-visually-hidden">: every stage</span></h3>`),
      )
    }
    assert.match(
      page.body,
      /href="\/figures\/referrals-declined-share\?from=2022-04&amp;to=2022-04&amp;by=ethnic-group/,
    )
    assert.match(page.body, /Unknown/)
  })

  test('R27 who may not see records reads no count below 5, and others in fives', async () => {
    for (const post of ['Board member', 'Triage coordinator', 'Chief inspector'] as const) {
      const browser = await web.signInAs(post)
      const page = await browser.get('/referrals/figures?from=2022-04&to=2022-04')
      assert.equal(page.statusCode, 200, post)
      const all = cells(page.body)
      assert.ok(all.includes('withheld'), post)
      const counts = all.flatMap(cell =>
        [...cell.matchAll(/\((\d+) of (\d+)\)|^(\d+)$/g)].flatMap(([, ...numbers]) =>
          numbers.filter(Boolean),
        ),
      )
      assert.ok(counts.length > 10, `${post}: ${counts.length}`)
      assert.ok(
        counts.every(n => Number(n) % 5 === 0),
        counts.join(' '),
      )
    }
  })

  test('R29 a percentage never stands without its counts', async () => {
    const page = await (await web.signInAs('Analyst')).get('/referrals/figures?from=2022-04&to=2022-04')
    const rows = page.body.split('<tr role="row"').map(cells)
    const bare = rows.filter(
      row => row.some(cell => /\d%/.test(cell)) && !row.some(cell => /^\d+$|\d+ of \d+/.test(cell)),
    )
    assert.deepEqual(bare, [])
  })

  test('an odd period is the last year, and says so', async () => {
    const analyst = await web.signInAs('Analyst')
    for (const query of ['from=2022-02-31&to=x', 'from=2022-05&to=2021-05', "from='"]) {
      const page = await analyst.get(`/referrals/figures?${query}`)
      assert.equal(page.statusCode, 200, query)
      assert.match(page.body, /Part of the address could not be used/, query)
    }
  })
})
