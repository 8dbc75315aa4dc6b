import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { JSDOM } from 'jsdom'
import { tester } from '../../../test/temporary-store.ts'
import { type TestBrowser, type TestWeb, testWeb } from '../../../test/web-for-tests.ts'
import { importFile } from '../../evidence/intake/import-file.ts'
import { addMonths, lastDay } from '../../platform/calendar.ts'

const wordsOf = (element: Element | null | undefined): string =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim()

const cellsOf = (row: Element | undefined): string[] =>
  [...(row?.querySelectorAll('th, td') ?? [])].map(wordsOf)

/**
 * Knife robberies of April 2018 to March 2020: 18 and 22 a month in turn, and 40 in the last. Every third was at 00:30
 * with no end, the others between 22:00 and 02:00.
 */
function offences(): string {
  const rows = Array.from({ length: 24 }, (_, i) => addMonths('2018-04', i)).flatMap((month, i) =>
    Array.from({ length: i === 23 ? 40 : i % 2 === 0 ? 18 : 22 }, (_, n) => {
      const day = Number(lastDay(month).slice(8)) - (n % 26)
      const [before, on] = [day - 1, day].map(d => `${month}-${String(d).padStart(2, '0')}`)
      const span = n % 3 === 0 ? `${before} 00:30,` : `${before} 22:00,${on} 02:00`
      return `${month}-${n},west-midlands,${on},${span},34B,threat_seen,kitchen_knife,no,personal,street`
    }),
  )
  return `offence_id,force,recorded_on,committed_from,committed_to,ho_code,knife_use,weapon,domestic,robbery_type,location_type\n${rows.join('\n')}\n`
}

describe('the Time page over months and hours that were counted by hand', () => {
  let web: TestWeb
  let analyst: TestBrowser
  let board: TestBrowser
  const open = async (url: string, browser = analyst) => {
    const answer = await browser.get(url)
    assert.equal(answer.statusCode, 200, url)
    return new JSDOM(answer.body).window.document as unknown as Document
  }
  const lead = (page: Document) => wordsOf(page.querySelector('.concord-chart__lead'))

  before(async () => {
    web = await testWeb()
    analyst = web.browser()
    board = web.browser()
    await board.submit('/view-as', '/view-as', { role: 'board-member' })
    const report = await importFile(web.store, {
      path: await web.store.file('offences.csv', offences()),
      dataset: 'offences',
      actor: tester,
    })
    assert.equal(report.status, 'active', JSON.stringify(report))
  })
  after(() => web.close())

  // The year to March 2020 has 258 in all, 21.5 a month; chance puts the limit 3 × √21.5 = 13.9 above it.
  test('the month that stands out is said first, with the limit and what it rests on', async () => {
    const page = await open('/time')
    assert.equal(lead(page), 'Out of the ordinary: March 2020, with 40, is above the upper limit of 35.')
    assert.match(
      wordsOf(page.querySelector('.concord-chart__signals')),
      /Limits rest on the baseline year 2019\/20, April 2019 to March 2020\..*something changed, in the world or in its recording, and not what/,
    )
    const [latest, before] = page.querySelectorAll('figure')[0]!.querySelectorAll('tbody tr')
    assert.deepEqual(cellsOf(latest).slice(-4), ['21.5', '7.6', '35.4', 'Above the upper limit'])
    assert.deepEqual(
      [cellsOf(latest)[0], cellsOf(latest)[1], cellsOf(before)[1], cellsOf(before).at(-1)],
      ['Mar 2020', '40', '18', 'None'],
    )
    assert.equal(page.querySelectorAll('figure')[0]!.querySelectorAll('.concord-workings').length, 1)
  })

  // The year before: 20 a month, and 3 × √20 = 13.4.
  test('the months that limits rest on are chosen in the address and stay chosen in the form', async () => {
    const page = await open('/time?limits=2018-04..2019-03')
    assert.equal(lead(page), 'Out of the ordinary: March 2020, with 40, is above the upper limit of 33.')
    assert.match(
      wordsOf(page.querySelector('.concord-chart__signals')),
      /Limits rest on the months chosen, April 2018 to March 2019\./,
    )
    assert.match(wordsOf(page.querySelector('main')), /Limits rest on April 2018 to March 2019/)
    const chosen = page.querySelector('select[name="limits"] option[selected]')
    assert.deepEqual([chosen?.getAttribute('value'), wordsOf(chosen)], ['2018-04..2019-03', '2018/19'])
  })

  test('months that cannot carry limits are refused in a sentence, and the usual ones used', async () => {
    const page = await open('/time?limits=2019-04..2019-09')
    assert.match(
      wordsOf(page.querySelector('.govuk-error-summary')),
      /Limits cannot rest on April 2019 to September 2019: it takes at least twelve months\. The usual months are used instead\./,
    )
    assert.match(lead(page), /upper limit of 35/)
  })

  // Of 258, 90 at 00:30 and 168 from 22:00 to 02:00, a quarter of which lies after midnight and before 01:00: 90 + 42.
  test('hours spread over the span of each stand beside the hours of the start, and the difference is said', async () => {
    const page = await open('/time')
    const section = page.querySelector('section[aria-labelledby="week-title"]')
    assert.deepEqual([...section!.querySelectorAll('h2 ~ p')].map(wordsOf), [
      'At the start time 22:00 to 23:00 looks busiest, with 168; spread over the span of each it is 00:00 to 01:00, with 132.0.',
      '65.1% (168 of 258) have a span of more than an hour. 90 have a start and no end, and stay in the hour of the start.',
    ])
    const figures = [...section!.querySelectorAll('figure')]
    assert.equal(figures.length, 2)
    const total = [...figures[1]!.querySelectorAll('tfoot td')].at(-1)
    assert.equal(wordsOf(total), '258.0')
    assert.match(
      wordsOf(figures[1]!.querySelector('.concord-workings')),
      /258 of 258 offences: those with a time/,
    )
    assert.match(wordsOf(figures[1]!.querySelector('pre')), /from_minute/)
  })

  test('R27 a board member sees limits of rounded counts, and no hours that were read from single records', async () => {
    const page = await open('/time', board)
    const note = wordsOf(page.querySelector('.concord-chart__signals'))
    assert.match(note, /computed from counts rounded to the nearest 5/)
    const section = page.querySelector('section[aria-labelledby="week-title"]')
    assert.match(wordsOf(section), /shown only to those who may see them/)
    assert.equal(section!.querySelectorAll('figure').length, 1)
    assert.doesNotMatch(page.querySelector('main')!.innerHTML, /from_minute/)
  })

  test('two years are not called a season, and the trend without one says what it needs', async () => {
    const main = wordsOf((await open('/time')).querySelector('main'))
    assert.match(main, /Two years are not a season: each month may be high or low by chance/)
    assert.match(main, /needs 36 months in a row; 24 are held up to March 2020/)
  })
})
