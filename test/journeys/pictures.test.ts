import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { loadKnifeRobberies } from '../knife-robberies.ts'
import { desktop, openTab, overflow, phone, shown } from './browser.ts'
import { type JourneyWeb, journeyWeb } from './journey-web.ts'
import { tabTo, unfold } from './keyboard.ts'

/** Which of the two layouts of each chart can be seen. */
const layouts = (page: Page): Promise<string[]> =>
  page.locator('.concord-chart__picture').evaluateAll(pictures =>
    pictures.map(picture =>
      [...picture.querySelectorAll('svg')]
        .filter(svg => svg.getBoundingClientRect().width > 0)
        .map(svg => svg.getAttribute('class'))
        .join(' and '),
    ),
  )

/** Sizes of letters in charts and maps as they come out on the screen. */
const letterSizes = (page: Page): Promise<number[]> =>
  page.locator('svg[class^="chart-"] text').evaluateAll(texts =>
    texts.flatMap(text => {
      const svg = text.closest<SVGSVGElement>('svg[viewBox]')
      if (!svg || text.getBoundingClientRect().width === 0) return []
      const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width
      return [Number.parseFloat(getComputedStyle(text).fontSize) * scale]
    }),
  )

describe('reading the picture', () => {
  let web: JourneyWeb
  before(async () => {
    web = await journeyWeb()
    await loadKnifeRobberies(web.store)
  })
  after(() => web.close())

  test('an analyst without a mouse narrows the picture to Coventry and opens a number', async () => {
    const tab = await openTab(web.browser)
    const { page } = tab
    await page.goto(`${web.address}/picture`)
    assert.match(await shown(page), /Knife crime\s+300 offences\s+A 67% rise, 300 against 180/)

    await unfold(page, 'Change what is shown')
    await tabTo(page, page.getByLabel('Neighbourhood policing unit', { exact: true }))
    await page.keyboard.type('Coventry')
    await tabTo(page, page.getByRole('button', { name: 'Show' }))
    await page.keyboard.press('Enter')
    await page.waitForURL(/npu=CV/)
    assert.match(await shown(page), /Knife crime\s+90 offences\s+no change, 90 against 90|no clear change/)
    assert.deepEqual(await tab.accessibilityFaults(), [])

    await page.getByRole('link', { name: 'How was this counted? Knife crime', exact: true }).click()
    assert.match(await shown(page), /How this was counted/)
    assert.deepEqual(tab.troubles, [])
    await tab.close()
  })

  test('a filter is taken off where it is named', async () => {
    const tab = await openTab(web.browser)
    await tab.page.goto(`${web.address}/picture?npu=CV`)
    await tab.page.getByRole('link', { name: /Remove this filter:\s*Coventry/ }).click()
    assert.match(await shown(tab.page), /Knife crime\s+300 offences/)
    await tab.close()
  })

  test('an address that asks for limits on too few months says what it takes, and offers others', async () => {
    const tab = await openTab(web.browser)
    const { page } = tab
    await page.goto(`${web.address}/time?limits=2021-04..2021-06`)
    assert.match(await shown(page, '.govuk-error-summary'), /it takes at least twelve months/)
    assert.match(await shown(page), /Fewer than twelve months can be set beside each other/)
    await page.getByLabel('Limits rest on').selectOption({ index: 0 })
    await page.getByRole('button', { name: 'Show' }).click()
    await page.waitForURL(/limits=(&|$)/)
    assert.equal(await page.locator('.govuk-error-summary').count(), 0)
    assert.deepEqual(await tab.accessibilityFaults(), [])
    assert.deepEqual(tab.troubles, [])
    await tab.close()
  })

  test('places are sorted by the reader, and the map leads where the table leads', async () => {
    const tab = await openTab(web.browser)
    const { page } = tab
    await page.goto(`${web.address}/places`)
    await page.getByRole('link', { name: 'Neighbourhood policing unit', exact: true }).click()
    await page.waitForURL(/sort=npu/)
    assert.equal(await page.locator('[aria-sort="ascending"]').count(), 1)
    const names = await page.locator('.concord-places__list tbody th').allTextContents()
    // What could not be placed stands last, whatever the order.
    const places = names.map(name => name.trim()).filter(name => name !== 'Unknown')
    assert.deepEqual(places, places.toSorted())
    assert.ok(places.length > 1, places.join(', '))
    const fromTable = await page
      .getByRole('row', { name: /Birmingham West/ })
      .getByRole('link')
      .getAttribute('href')
    const fromMap = await page.getByLabel('Birmingham West: 180').getAttribute('href')
    assert.equal(fromMap, fromTable)
    assert.deepEqual(tab.troubles, [])
    await tab.close()
  })

  test('each chart shows the layout that fits, with letters of 12 pixels or more, also without scripts', async () => {
    for (const [viewport, expected] of [
      [desktop, 'chart-wide'],
      [phone, 'chart-narrow'],
    ] as const) {
      const tab = await openTab(web.browser, { viewport, javaScriptEnabled: true })
      for (const path of ['/picture', '/time', '/places', '/people', '/weapons']) {
        await tab.page.goto(`${web.address}${path}`)
        const seen = await layouts(tab.page)
        assert.ok(
          seen.every(s => s === 'chart-wide' || s === 'chart-narrow' || s === ''),
          `${path}: ${seen}`,
        )
        if (path === '/picture') assert.equal(seen[0], expected)
        const smallest = Math.min(...(await letterSizes(tab.page)), 100)
        assert.ok(smallest >= 12, `${path} at ${viewport.width}: letters of ${smallest} px`)
        assert.ok((await overflow(tab.page)) <= 0, path)
      }
      await tab.close()
    }
    const plain = await openTab(web.browser, { javaScriptEnabled: false })
    await plain.page.goto(`${web.address}/picture`)
    assert.equal(await plain.page.locator('.concord-chart svg.chart-wide').first().isVisible(), true)
    await plain.close()
  })

  test('every chart opens its table', async () => {
    const tab = await openTab(web.browser, { viewport: phone })
    const { page } = tab
    await page.goto(`${web.address}/time`)
    for (const summary of await page.getByText('View as table').all()) await summary.click()
    const tables = page.locator('.concord-chart__table table')
    for (let i = 0; i < (await tables.count()); i++) assert.equal(await tables.nth(i).isVisible(), true)
    assert.deepEqual(await tab.accessibilityFaults(), [])
    assert.ok((await overflow(page)) <= 0)
    await tab.close()
  })

  test('an address that cannot be used in part says so, and passes axe as well', async () => {
    const tab = await openTab(web.browser)
    await tab.page.goto(`${web.address}/places?from=2021-13&to=2018-01`)
    assert.match(await shown(tab.page, '.govuk-error-summary'), /is not a month/)
    assert.deepEqual(await tab.accessibilityFaults(), [])
    await tab.close()
  })

  test('on paper the wide chart and the whole table are there, the form is not', async () => {
    const tab = await openTab(web.browser, { viewport: { width: 700, height: 900 } })
    const { page } = tab
    await page.goto(`${web.address}/places`)
    await page.emulateMedia({ media: 'print' })
    assert.equal(await page.getByText('Change what is shown').isVisible(), false)
    assert.equal(await page.locator('.chart-map').isVisible(), true)
    assert.ok((await overflow(page)) <= 0)
    await tab.close()
  })
})
