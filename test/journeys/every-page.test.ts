import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { morning } from '../casework-for-tests.ts'
import { copySyntheticPartnership } from '../synthetic-stores.ts'
import { desktop, faultsOn, openTab, phone } from './browser.ts'
import { type JourneyWeb, journeyWeb } from './journey-web.ts'

const pages = [
  '/picture',
  '/time',
  '/time?measure=violence-with-injury&from=2018-06&to=2019-05',
  '/time?measure=positive-outcome-rate&limits=2018-04..2019-03',
  '/time?measure=homicide&limits=2018-04',
  '/rises',
  '/rises?week=2019-W13',
  '/weapons',
  '/stop-and-search',
  '/places',
  '/places/hotspots',
  '/places/hotspots?measure=robbery&npu=BW&from=2018-04&to=2019-03&cell=500&neighbours=queen&bandwidth=500',
  '/places/concentration',
  '/places/concentration?measure=robbery&place=cell&npu=BW&from=2018-04&to=2019-03&compare=year-before',
  '/places/near-repeats',
  '/places/near-repeats?measure=knife-crime&from=2018-04&to=2018-05',
  '/people',
  '/referrals/figures',
  '/cohorts/figures',
  '/actions/figures',
  '/figures/referrals?by=ethnic-group&variant=about%3Dpeople&per=100000',
  '/figures/referrals?by=gender&variant=about%3Dpeople&per=100&compare=year-before',
  '/figures/referrals-wait?by=month&compare=year-before',
  '/measures',
  '/measures/u25-vwi',
  '/figures/knife-crime?by=month&from=2018-04&to=2019-03&compare=baseline',
  '/figures/u25-vwi-victims?by=npu&by=gender&from=2018-11&to=2019-05',
  '/figures/stop-and-search-find-rate?by=ethnic-group&from=2018-04&to=2019-03',
  '/figures/robbery?by=npu&from=2018-04&to=2019-03&per=1000&sort=value&order=descending',
  '/data',
  '/data/findings',
  '/data/coverage',
  '/data/datasets',
  '/data/datasets/offences',
  '/data/datasets/referrals',
  '/data/loads/1',
  '/data/loads/1/withdraw',
  '/data/upload',
  '/papers/check',
  '/view-as',
  '/sign-in',
  '/sign-in-as',
  '/accessibility',
  '/invited',
  '/no-such-page',
  '/figures/u25-vwi?by=gender',
]

const expectedStatus: Record<string, number> = {
  '/invited': 404,
  '/no-such-page': 404,
  '/figures/u25-vwi?by=gender': 400,
}

describe('every page of the synthetic partnership', () => {
  let web: JourneyWeb
  before(async () => {
    web = await journeyWeb({ data: copySyntheticPartnership, clock: () => morning })
  })
  after(() => web.close())

  test('has no fault that axe finds, no error and no sideways scroll, on a phone and on a desk', async () => {
    const tab = await openTab(web.browser, { viewport: phone })
    const faults = await faultsOn(tab, web.address, pages, { others: [desktop], status: expectedStatus })
    assert.deepEqual(faults, [])
    await tab.close()
  })

  test('leads nowhere that does not exist', async () => {
    const seen = new Map<string, number>()
    const waiting = ['/picture']
    while (waiting.length > 0 && seen.size < MOST_VISITED) {
      const path = waiting.shift()!
      if (seen.has(path)) continue
      const response = await fetch(`${web.address}${path}`)
      seen.set(path, response.status)
      if (!response.headers.get('content-type')?.startsWith('text/html')) continue
      for (const [, href] of (await response.text()).matchAll(/href="(\/[^"#]*)/g)) {
        const next = href!.replaceAll('&amp;', '&')
        // One of a kind is enough: the same page with other filters has the same links.
        const kind = next.split('?')[0]!
        if (![...seen.keys(), ...waiting].some(p => p.split('?')[0] === kind)) waiting.push(next)
      }
    }
    const broken = [...seen]
      .filter(([, status]) => status !== 200)
      .map(([path, status]) => `${path}: ${status}`)
    assert.deepEqual(broken, [])
    assert.ok(seen.size > 60, `only ${seen.size} pages were found`)
  })

  test('reads in forced colours and on paper', async () => {
    const tab = await openTab(web.browser, { forcedColors: 'active', reducedMotion: 'reduce' })
    for (const path of ['/picture', '/figures/knife-crime?by=npu&from=2018-04&to=2019-03']) {
      await tab.page.goto(`${web.address}${path}`)
      assert.deepEqual(tab.troubles, [])
      await tab.page.emulateMedia({ media: 'print', forcedColors: 'none' })
      assert.equal(await tab.page.locator('.govuk-service-navigation').isVisible(), false)
      assert.match((await tab.page.locator('.concord-print-head').textContent()) ?? '', /SYNTHETIC.*analyst/s)
      assert.equal(await tab.page.getByText('Synthetic data: a fictional').isVisible(), true)
    }
    await tab.close()
  })

  test('gives a board member protected figures, and nothing to do with rows', async () => {
    const tab = await openTab(web.browser)
    const { page } = tab
    await page.goto(`${web.address}/view-as`)
    await page.getByLabel('Board member').check()
    await page.getByRole('button', { name: 'Change view' }).click()
    await page.goto(`${web.address}/figures/homicide-u25?by=npu&from=2018-04&to=2019-03`)
    const cells = await page
      .locator('td[data-label="Offences"], td[data-label="Homicides"]')
      .allTextContents()
    assert.ok(cells.length > 0)
    assert.ok(
      cells.every(text => text.trim() === 'withheld' || Number(text.replaceAll(',', '')) % 5 === 0),
      cells.join(' | '),
    )
    await page.goto(`${web.address}/data`)
    assert.equal(await page.getByRole('link', { name: 'Send a file' }).count(), 0)
    assert.deepEqual(tab.troubles, [])
    await tab.close()
  })
})

const MOST_VISITED = 400
