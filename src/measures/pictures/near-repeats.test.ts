import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { JSDOM } from 'jsdom'
import { tester } from '../../../test/temporary-store.ts'
import { type TestWeb, testWeb } from '../../../test/web-for-tests.ts'
import { importFile } from '../../evidence/intake/import-file.ts'
import type { NearBand, NearEvents } from '../methods/near-repeats.ts'
import { nearFinding, partSentences, reachSentences } from './near-repeats-words.ts'

const band = (observed: number, expected: number, p: number, marked = false): NearBand => ({
  observed,
  expected,
  ratio: observed / expected,
  p,
  marked,
})

test('the window is said in one sentence, with pairs, what was expected and p', () => {
  assert.equal(
    nearFinding('Robbery of personal property', band(64, 36, 0.001)),
    'After one (robbery of personal property), another within 200 metres in the next 14 days was 1.8 times as frequent as chance would have it (p = 0.001): 64 pairs against 36 expected',
  )
  assert.match(
    nearFinding('Knife crime', band(40, 36, 0.21)),
    /was not clearly more frequent than chance would have it \(1\.1 times, p = 0\.21\): 40 pairs against 36 expected$/,
  )
})

test('how long it lasts is the last marked band within 200 metres; the same day stands apart', () => {
  const row = (...marked: boolean[]) => marked.map(m => band(10, 5, 0.001, m))
  const none = row(false, false, false, false, false)
  const lasting = reachSentences([row(true, true, false, true, false), none, none, none, none])
  assert.match(lasting[0]!, /it lasts to 28 days; beyond that no band has more pairs .* 25 bands looked at/)
  assert.match(lasting[1]!, /On the same day .* one incident/)
  const far = reachSentences([none, none, none, row(false, true, true, true, true), none])
  assert.match(far[0]!, /no band of later days has more pairs than chance explains/)
  const sameDayOnly = reachSentences([row(true, false, false, false, false), none, none, none, none])
  assert.match(sameDayOnly[0]!, /no band of later days/)
})

test('where only the most recent records are used, from which day on is said', () => {
  // Day 18,993 since 1970 is 1 January 2022.
  const events: NearEvents = {
    x: Float64Array.of(0, 0),
    y: Float64Array.of(0, 0),
    day: Float64Array.of(18_995, 18_993),
    withoutPoint: 0,
    withoutDay: 0,
    older: 5,
  }
  assert.deepEqual(partSentences(events), [
    'Only the most recent 2 of 7 records are used: from 1 January 2022 on. Choose a shorter period or a smaller area for a picture of all of it.',
  ])
  assert.deepEqual(partSentences({ ...events, older: 0 }), [])
})

describe('near repeats of invented robberies', () => {
  let web: TestWeb
  before(async () => {
    web = await testWeb()
    // 60 pairs over half a year: the second of each lies 50 metres from the first and comes five days later. Pairs are
    // 700 metres or more from each other, so that every near pair is one of these.
    const rows = Array.from({ length: 120 }, (_, i) => {
      const pair = i >> 1
      const day = new Date(Date.UTC(2021, 3, 1 + ((pair * 37) % 170) + (i % 2) * 5))
        .toISOString()
        .slice(0, 10)
      const longitude = -2 + (pair % 10) * 0.012 + (i % 2) * 0.0007
      const latitude = 52.4 + Math.floor(pair / 10) * 0.008
      return `N-${i},west-midlands,${day},${day} 12:00,${day} 13:00,34B,threat_seen,kitchen_knife,no,personal,street,${longitude},${latitude}`
    })
    const header =
      'offence_id,force,recorded_on,committed_from,committed_to,ho_code,knife_use,weapon,domestic,robbery_type,location_type,longitude,latitude'
    const path = await web.store.file('offences.csv', [header, ...rows].join('\n'))
    const report = await importFile(web.store, { path, dataset: 'offences', actor: tester })
    assert.equal(report.status, 'active', JSON.stringify(report))
  })
  after(() => web.close())

  const open = async (url: string, browser = web.browser()) => {
    const answer = await browser.get(url)
    assert.equal(answer.statusCode, 200, url)
    return new JSDOM(answer.body).window.document
  }
  const wordsOf = (element: Element | null | undefined): string =>
    (element?.textContent ?? '').replace(/\s+/g, ' ').trim()

  test('sixty pairs that were made are found, the sentence is their number, and the band is framed', async () => {
    const page = await open('/places/near-repeats?from=2021-04&to=2021-09')
    assert.match(
      wordsOf(page.querySelector('figure h2')),
      /^After one \(robbery of personal property\), another within 200 metres in the next 14 days was .* times as frequent as chance would have it \(p = 0\.001\): 60 pairs against \d+ expected$/,
    )
    const row = [...page.querySelectorAll('figure tbody tr')]
      .map(r => [...r.querySelectorAll('th, td')].map(wordsOf))
      .find(cells => cells[0] === 'Under 100 m' && cells[1] === '1 to 7 days')!
    assert.equal(row[2], '60')
    assert.equal(row.at(-1), 'yes')
    assert.match(wordsOf(page.querySelector('main')), /names no place and no person, and it is no forecast/)
  })

  test('R9 how it was done says the window, the permutations, the seed and what was used', async () => {
    const page = await open('/places/near-repeats?from=2021-04&to=2021-09')
    const words = wordsOf(page.querySelector('.concord-workings'))
    assert.match(words, /set before the records were looked at/)
    assert.match(words, /999 times \(seed 1964\)/)
    assert.match(words, /120 records with a point and a day, of 120/)
  })

  test('R27 those who may not see records are told why there is nothing here', async () => {
    const board = web.browser()
    await board.submit('/view-as', '/view-as', { role: 'board-member' })
    const page = await open('/places/near-repeats?from=2021-04&to=2021-09', board)
    assert.match(wordsOf(page.querySelector('.govuk-inset-text')), /only to those who may see them/)
    assert.equal(page.querySelectorAll('figure').length, 0)
  })

  test('R7 what police activity produces is refused, and too short a period says so', async () => {
    const answer = await web.browser().get('/places/near-repeats?measure=stop-and-search')
    assert.equal(answer.statusCode, 400)
    const page = await open('/places/near-repeats?from=2021-04&to=2021-05')
    assert.match(wordsOf(page.querySelector('.govuk-inset-text')), /at least 4 months/)
  })
})

test('harm that is published by the month only is not shown, and the page says why', async () => {
  const web = await testWeb()
  const crimes = Array.from(
    { length: 60 },
    (_, i) =>
      `${String(i).padStart(64, '0')},2019-0${1 + (i % 6)},West Midlands Police,West Midlands Police,-1.9,52.48,On or near High Street,E01008881,Birmingham 001A,Robbery,Under investigation,`,
  )
  const header =
    'Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context'
  for (const month of ['01', '02', '03', '04', '05', '06']) {
    const lines = [header, ...crimes.filter(c => c.includes(`,2019-${month},`))]
    const path = await web.store.file(`2019-${month}-west-midlands-street.csv`, lines.join('\n'))
    const report = await importFile(web.store, { path, actor: tester })
    assert.equal(report.status, 'active', JSON.stringify(report))
  }
  const answer = await web.browser().get('/places/near-repeats?measure=street-robbery')
  assert.equal(answer.statusCode, 200)
  assert.match(answer.body, /is published by the month only: without days nobody can say what followed/)
  await web.close()
})
