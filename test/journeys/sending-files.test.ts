import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { FileChooser, Page } from 'playwright-core'
import { openTab, overflow, phone, shown, type Tab } from './browser.ts'
import { type JourneyWeb, journeyWeb } from './journey-web.ts'
import { tabTo, unfold } from './keyboard.ts'
import { weaponsRecovered, withFaults } from './sample-files.ts'

describe('an analyst sends files', () => {
  let web: JourneyWeb
  before(async () => {
    web = await journeyWeb()
  })
  after(() => web.close())

  const sound = async (tab: Tab) => {
    assert.deepEqual(await tab.accessibilityFaults(), [], tab.page.url())
    assert.ok((await overflow(tab.page)) <= 0, `${tab.page.url()} scrolls sideways`)
  }
  const heading = (page: Page) => shown(page, 'h1')

  test('with the keyboard alone: from the first page of Data to the figure that counts the file', async () => {
    const tab = await openTab(web.browser)
    const { page } = tab
    // Listened for from the start: the browser needs a moment before it hands a chooser over.
    const choosing = new Promise<FileChooser>(resolve => page.once('filechooser', resolve))
    await page.goto(`${web.address}/data`)
    assert.match(await shown(page), /No file has been sent yet/)
    await sound(tab)

    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Skip to main content')
    await tabTo(page, page.locator('main').getByRole('link', { name: 'Send a file' }).last())
    await page.keyboard.press('Enter')
    await page.waitForURL('**/data/upload')
    await sound(tab)

    await tabTo(page, page.getByLabel('Files'))
    await page.keyboard.press('Enter')
    await (await choosing).setFiles(await web.store.file('weapons 2018-19.csv', weaponsRecovered()))
    await tabTo(page, page.getByRole('button', { name: 'Send' }))
    await page.keyboard.press('Enter')
    await page.waitForURL('**/data/loads/*')
    assert.match(await heading(page), /weapons 2018-19\.csv/)
    assert.match(await shown(page, '[role=alert]'), /108 rows loaded/)
    await sound(tab)

    await page.goto(`${web.address}/figures/weapons-recovered?by=month&from=2018-01&to=2018-12`)
    assert.match(await shown(page), /Jan 2018\s+6\s/)
    await sound(tab)
    await unfold(page, 'Change what is shown')
    await tabTo(page, page.getByLabel('Split by'))
    await page.keyboard.type('How')
    await tabTo(page, page.getByRole('button', { name: 'Show' }))
    await page.keyboard.press('Enter')
    await page.waitForURL('**by=method**')
    assert.match(await shown(page), /How recovered/)
    await sound(tab)
    assert.deepEqual(tab.troubles, [])
    await tab.close()
  })

  test('on a phone: a file with faults waits, its rows are loaded by decision, and it is withdrawn', async () => {
    const tab = await openTab(web.browser, { viewport: phone })
    const { page } = tab
    await page.goto(`${web.address}/data/upload`)
    await sound(tab)
    await page.getByLabel('Files').setInputFiles(await web.store.file('july.csv', withFaults))
    await page.getByRole('button', { name: 'Send' }).click()
    await page.waitForURL('**/data/sent/*')
    await page.getByText('Waiting for you').waitFor()
    assert.match(await shown(page), /2 of 5 rows/)
    await sound(tab)

    await page.getByRole('button', { name: 'Load the rows that passed' }).click()
    await page.waitForURL('**/data/loads/*')
    await sound(tab)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download rejected rows (CSV)' }).click(),
    ])
    assert.match(download.suggestedFilename(), /^load-\d+-rejected\.csv$/)

    await page.getByRole('link', { name: 'Withdraw this load' }).click()
    await page.waitForURL('**/withdraw')
    await sound(tab)
    await page.getByRole('button', { name: /^Withdraw load/ }).click()
    await page.waitForURL(/\/data\/loads\/\d+$/)
    assert.match(await shown(page), /Withdrawn/)
    await sound(tab)
    assert.deepEqual(tab.troubles, [])
    await tab.close()
  })

  test('without JavaScript: a trial run, then the load', async () => {
    const tab = await openTab(web.browser, { javaScriptEnabled: false })
    const { page } = tab
    await page.goto(`${web.address}/data/upload`)
    await page
      .getByLabel('Files')
      .setInputFiles(await web.store.file('trial.csv', weaponsRecovered(2).replaceAll('SYN-W', 'SYN-T')))
    await page.getByLabel(/Only try it/).check()
    await page.getByRole('button', { name: 'Send' }).click()
    assert.match(await heading(page), /What would happen with trial\.csv/)
    assert.match(await shown(page), /36 rows would be loaded/)
    await page.getByRole('button', { name: 'Load it now' }).click()
    assert.match(await heading(page), /trial\.csv/)
    assert.match(await shown(page), /36 rows loaded/)
    assert.deepEqual(tab.troubles, [])
    await tab.close()
  })

  test('forgetting the file says so at the top and at the field', async () => {
    const tab = await openTab(web.browser)
    const { page } = tab
    await page.goto(`${web.address}/data/upload`)
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByRole('alert').waitFor()
    assert.match(await page.title(), /^Error: /)
    assert.equal(await page.getByText('Choose a file to send').count(), 2)
    await sound(tab)
    await page.getByRole('alert').getByRole('link').click()
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'files')
    assert.deepEqual(tab.troubles, [])
    await tab.close()
  })
})

test('where the data are real, a visitor signs in with the printed link', async () => {
  const web = await journeyWeb({ synthetic: false })
  const tab = await openTab(web.browser)
  const { page } = tab
  await page.goto(`${web.address}/measures`)
  assert.equal(await page.getByRole('link', { name: 'Data' }).count(), 0)
  await page.goto(web.links[0]!)
  assert.deepEqual(await tab.accessibilityFaults(), [])
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.goto(`${web.address}/data`)
  assert.match(await shown(page), /No file has been sent yet/)
  assert.equal(web.links.length, 2)
  assert.deepEqual(tab.troubles, [])
  await tab.close()
  await web.close()
})
