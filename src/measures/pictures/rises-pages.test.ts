import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { JSDOM } from 'jsdom'
import { tester } from '../../../test/temporary-store.ts'
import { type TestWeb, testWeb } from '../../../test/web-for-tests.ts'
import { importFile } from '../../evidence/intake/import-file.ts'
import { addDays } from '../../platform/calendar.ts'
import { readWeek } from './rises-pages.ts'
import { howUnusual } from './rises-words.ts'
import { isoWeek, parseIsoWeek } from './unusual-rises-weeks.ts'

/** Four knife robberies a week over 2018, and thirty in its last whole week. */
function offences(): string {
  const days = Array.from({ length: 52 }, (_, week) =>
    [0, 2, 4, 6].map(i => addDays('2018-01-01', 7 * week + i)),
  )
  const rows = [...days.flat(), ...Array.from({ length: 26 }, () => '2018-12-27'), '2018-12-31'].map(
    (day, i) => `SYN-${i},west-midlands,${day},34B,threat_seen,kitchen_knife,no`,
  )
  return `offence_id,force,recorded_on,ho_code,knife_use,weapon,domestic\n${rows.join('\n')}\n`
}

const load = async (web: TestWeb) => {
  const report = await importFile(web.store, {
    path: await web.store.file('offences.csv', offences()),
    actor: tester,
  })
  assert.equal(report.status, 'active', report.refusal ?? '')
}

const wordsOf = (element: Element | null | undefined): string =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim()

const pageOf = (body: string): Document => new JSDOM(body).window.document as unknown as Document

describe('unusual rises for who may see records', () => {
  let web: TestWeb
  before(async () => {
    web = await testWeb()
    await load(web)
  })
  after(() => web.close())

  const open = async (address: string) => {
    const answer = await web.browser().get(address)
    assert.equal(answer.statusCode, 200)
    return pageOf(answer.body)
  }

  test('the last whole week is shown, each rise with a figure of its days, a chart and how it was done', async () => {
    const page = await open('/rises')
    assert.equal(wordsOf(page.querySelector('h1')), 'Unusual rises, 24 to 30 December 2018')
    const rows = [...page.querySelectorAll('[aria-label="Rises of the week"] tbody tr')]
    const knife = rows.find(row => wordsOf(row).includes('Knife crime'))!
    const cells = [...knife.querySelectorAll('th, td')].map(wordsOf)
    assert.deepEqual(cells.slice(0, 4), ['All of West Midlands', 'Knife crime', '30', '4'])
    assert.equal(cells[5], 'less than 1 week in 10,000')
    const figure = knife.querySelector('a')!.getAttribute('href')!
    assert.equal(figure, '/figures/knife-crime?from=2018-12-24&to=2018-12-30')
    assert.match(wordsOf(pageOf((await web.browser().get(figure)).body).querySelector('main')), /\b30\b/)
    assert.equal(page.querySelectorAll('figure.concord-chart').length, rows.length)
    assert.match(wordsOf(page.querySelector('.concord-workings')), /Benjamini and Hochberg/)
    assert.match(wordsOf(page.querySelector('main')), /\d+ series were tested: .* by chance alone/)
  })

  test('a week in which nothing rose says so, and what was tested', async () => {
    const page = await open('/rises?week=2018-W48')
    assert.equal(wordsOf(page.querySelector('.concord-empty h2')), 'Nothing stands out this week')
    assert.match(wordsOf(page.querySelector('.concord-empty')), /\d+ series were tested/)
  })

  test('a week that is not whole is refused by name, and the last whole one shown', async () => {
    const page = await open('/rises?week=2019-W01')
    assert.match(
      wordsOf(page.querySelector('.govuk-error-summary')),
      /31 December 2018 to 6 January 2019 \(2019-W01\) is not held whole.* 24 to 30 December 2018/,
    )
    assert.equal(wordsOf(page.querySelector('h1')), 'Unusual rises, 24 to 30 December 2018')
  })

  test('a week without enough history before it is an empty page with the reason', async () => {
    const page = await open('/rises?week=2018-W05')
    assert.match(
      wordsOf(page.querySelector('.concord-empty')),
      /No series could be tested .* 28 weeks in a row/,
    )
  })
})

test('R27 who may not see records is told why there is no list, and nothing of it', async () => {
  const web = await testWeb({ synthetic: false })
  await load(web)
  const page = pageOf((await web.browser().get('/rises')).body)
  assert.match(wordsOf(page.querySelector('.concord-empty')), /only to those who may see them/)
  assert.equal(page.querySelectorAll('main table, main figure').length, 0)
  await web.close()
})

test('without records of a day, the page says which dataset it needs', async () => {
  const web = await testWeb()
  const page = pageOf((await web.browser().get('/rises')).body)
  assert.match(wordsOf(page.querySelector('.concord-empty')), /Recorded offences/)
  await web.close()
})

test('what was typed for a week is named where it is none', () => {
  const held = { first: parseIsoWeek('2018-W01')!, last: parseIsoWeek('2019-W20')! }
  const asked = (text: string | undefined) => {
    const { week, problem } = readWeek(text, held)
    return [isoWeek(week), problem?.split('. ')[0] ?? null]
  }
  assert.deepEqual(asked(undefined), ['2019-W20', null])
  assert.deepEqual(asked('2018-W33'), ['2018-W33', null])
  assert.deepEqual(asked('last week'), ['2019-W20', '"last week" is not a week such as 2019-W20'])
  assert.deepEqual(asked('2017-W52'), [
    '2019-W20',
    '25 to 31 December 2017 (2017-W52) is not held whole: it is earlier than the weeks of which every day was sent',
  ])
})

test('how unusual is said in whole weeks, and not finer than the method can tell', () => {
  assert.equal(howUnusual(0.0031), 'about 1 week in 300')
  assert.equal(howUnusual(0.00062), 'about 1 week in 2,000')
  assert.equal(howUnusual(1e-9), 'less than 1 week in 10,000')
})
