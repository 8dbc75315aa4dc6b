/** The daily meeting in real browsers: run by keyboard to minutes, heard in a second browser, without a line, without a script. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { seatCast, waitingMeeting } from '../cast-in-meetings.ts'
import { onEveryStore } from '../every-store.ts'
import { desktop, openTab, phone, shown, sound } from './browser.ts'
import { type JourneyWeb, journeyWeb } from './journey-web.ts'
import { press, tabTo } from './keyboard.ts'
import { signInAs } from './sign-in.ts'

onEveryStore('the daily meeting', store => {
  let web: JourneyWeb
  before(async () => {
    web = await journeyWeb({ databaseUrl: await store.databaseUrl() })
    await seatCast(web.store.installation.database, new Date())
  })
  after(() => web.close())

  const waiting = async () =>
    `${web.address}/meetings/${await waitingMeeting(web.store.installation.database, new Date())}`

  test('the coordinator runs it by keyboard to minutes, and others hear it within a second', async () => {
    const address = await waiting()
    const coordinator = await openTab(web.browser, { viewport: desktop })
    const { page } = coordinator
    await signInAs(web, coordinator.page, 'Triage coordinator')
    await page.goto(`${web.address}/triage`)
    assert.match(
      await shown(page),
      /Daily threat and risk meeting, Birmingham, \d\d:\d\d: it waits to be opened/,
    )
    await press(page, 'Daily threat and risk meeting, Birmingham', 'link')
    await sound(coordinator, 'the meeting that waits')
    await press(page, 'Open the meeting')
    await sound(coordinator, 'the open meeting')
    assert.match(await shown(page), /A child or young person under 18: new.*: Quincy Invented/s)

    const officer = await openTab(web.browser, { viewport: phone })
    await signInAs(web, officer.page, 'Neighbourhood police officer')
    await officer.page.goto(address)
    await sound(officer, 'the open meeting on a phone')
    assert.doesNotMatch(
      await shown(officer.page),
      /Quincy/,
      'the police may know that it is there, not who it is',
    )

    // The form of the matter in hand is open already.
    const form = page.locator('.concord-matter[data-item]:not([data-item="general"]) form[data-say]').first()
    await tabTo(page, form.getByLabel('What was said, decided or is to be done'))
    await page.keyboard.type('They wait at the bus station after school.')
    await tabTo(page, form.getByRole('button', { name: /^Add/ }))
    await page.keyboard.press('Enter')
    await officer.page.getByText('They wait at the bus station after school.').waitFor({ timeout: 1000 })
    assert.match((await officer.page.locator('#live').textContent()) ?? '', /New at: A child/)

    // A decision and an action where they fall: the arrow keys choose what it is.
    await form.getByLabel('Note').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    assert.ok(await form.getByLabel('Decision').isChecked())
    await tabTo(page, form.getByLabel('What was said, decided or is to be done'))
    await page.keyboard.type('A youth worker meets them on Monday.')
    await tabTo(page, form.getByRole('button', { name: /^Add/ }))
    await page.keyboard.press('Enter')
    await officer.page.getByText('A youth worker meets them on Monday.').waitFor({ timeout: 1000 })
    await form.getByLabel('Action', { exact: true }).check()
    await form.getByLabel('Who does it').selectOption('west-midlands-police')
    await form.getByLabel('What was said, decided or is to be done').fill('Ring the bus operator.')
    await sound(coordinator, 'an action that is typed')
    await form.getByRole('button', { name: /^Add/ }).click()
    await officer.page.getByText(/A-\d{4}-\d{4}/).waitFor({ timeout: 1000 })

    // The officer answers from the phone; somebody is brought up, and the matter is there for the coordinator to speak to.
    await officer.page.getByText('Bring something up').click()
    await officer.page.getByLabel('The matter, without a name').fill('The steps behind the library')
    await officer.page.getByLabel('What is it about?').selectOption('place')
    await officer.page.getByRole('button', { name: 'Bring it up' }).click()
    const matter = page.locator('.concord-matter', { hasText: 'The steps behind the library' })
    await matter.waitFor({ timeout: 1000 })
    await matter.getByText('Say or decide something').click()
    await matter.getByLabel('What was said, decided or is to be done').fill('The lights are broken there.')
    await matter.getByRole('button', { name: /^Add/ }).click()
    await officer.page.getByText('The lights are broken there.').waitFor({ timeout: 1000 })
    await sound(coordinator, 'with a matter that was brought up')
    await sound(officer, 'on the phone, with what was said')

    await page.getByRole('button', { name: /^Gone through: next\s*: A child/ }).focus()
    await page.keyboard.press('Enter')
    await officer.page.getByText('Gone through', { exact: true }).first().waitFor({ timeout: 1000 })
    await page.getByRole('button', { name: /Is here\s*: Alex Example/ }).click()
    await officer.page.getByText('agencies that count for a quorum: 1, needed: 3').waitFor({ timeout: 1000 })

    await page.goto(address)
    await press(page, 'Close the meeting')
    await sound(coordinator, 'closing it')
    await press(page, /close it/i)
    await officer.page.waitForURL(/\/minutes$/, { timeout: 2000 })
    for (const tab of [coordinator, officer]) {
      assert.match(await shown(tab.page), /A youth worker meets them on Monday/)
      assert.match(await shown(tab.page), /A-\d{4}-\d{4}: West Midlands Police/)
      await sound(tab, 'the minutes')
    }
    await page.emulateMedia({ media: 'print' })
    assert.equal(await page.locator('.govuk-service-navigation').isVisible(), false)
    assert.match(
      (await page.locator('.concord-print-head').textContent()) ?? '',
      /printed for: Robin Example/,
    )
    await coordinator.close()
    await officer.close()
  })

  test('one key hides names at once and on the next page; the button shows them again', async () => {
    const address = await waiting()
    const tab = await openTab(web.browser)
    const { page } = tab
    await signInAs(web, tab.page, 'Triage coordinator')
    await page.goto(address)
    await press(page, 'Open the meeting')
    const form = page.locator('#matter-general form')
    if (!(await form.isVisible())) await page.locator('#matter-general summary').first().click()
    await form.getByLabel('What was said, decided or is to be done').fill('Seen with Zebedee Invented.')
    await form.getByRole('button', { name: /^Add/ }).click()
    await page.locator('[data-part="said"]', { hasText: 'Zebedee' }).waitFor()
    await page.keyboard.press('Escape')
    assert.doesNotMatch(await shown(page), /Zebedee|Quincy/)
    assert.match(await shown(page), /Q\. I\./)
    await page.reload()
    assert.doesNotMatch(await page.content(), /Zebedee|Quincy/, 'they do not come to this device at all')
    await sound(tab, 'without names')
    await page.getByText('Show names').click()
    await page.getByText('Zebedee').first().waitFor({ timeout: 2000 })
    assert.match(await shown(page), /Quincy Invented/)
    await tab.close()
  })

  test('what the chair typed when the line was lost is kept in the page, and sent once when it is back', async () => {
    const address = await waiting()
    const chair = await openTab(web.browser)
    await signInAs(web, chair.page, 'Triage coordinator')
    await chair.page.goto(address)
    await press(chair.page, 'Open the meeting')
    const officer = await openTab(web.browser)
    await signInAs(web, officer.page, 'Neighbourhood police officer')
    await officer.page.goto(address)

    await chair.page.context().setOffline(true)
    const form = chair.page.locator('#matter-general form')
    if (!(await form.isVisible())) await chair.page.locator('#matter-general summary').first().click()
    const text = form.getByLabel('What was said, decided or is to be done')
    await text.fill('Said without a line.')
    await form.getByRole('button', { name: /^Add/ }).click()
    await chair.page.getByText('Not sent yet').waitFor()
    assert.match(await shown(chair.page), /Said without a line\./)
    const kept = await chair.page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
    assert.equal(kept, '{}', 'nothing is kept on the device')

    // The meeting goes on for the others.
    const other = officer.page.locator('#matter-general form')
    if (!(await other.isVisible())) await officer.page.locator('#matter-general summary').first().click()
    await other.getByLabel('What was said, decided or is to be done').fill('The others go on.')
    await other.getByRole('button', { name: /^Add/ }).click()
    await officer.page.locator('[data-part="said"]', { hasText: 'The others go on.' }).waitFor()

    await chair.page.context().setOffline(false)
    await officer.page.getByText('Said without a line.').waitFor({ timeout: 15_000 })
    await chair.page
      .locator('[data-part="said"]', { hasText: 'The others go on.' })
      .waitFor({ timeout: 15_000 })
    assert.equal(await officer.page.getByText('Said without a line.').count(), 1)
    const [count] = await web.store.installation.database.query<{ n: number }>(
      `select count(*) as n from meeting_entries where text = 'Said without a line.'`,
    )
    assert.equal(count!.n, 1)
    await chair.close()
    await officer.close()
  })

  test('what is not taken goes back to where it was typed, with why', async () => {
    const address = await waiting()
    const tab = await openTab(web.browser)
    const { page } = tab
    await signInAs(web, tab.page, 'Triage coordinator')
    await page.goto(address)
    await press(page, 'Open the meeting')
    const form = page.locator('#matter-general form')
    if (!(await form.isVisible())) await page.locator('#matter-general summary').first().click()
    const text = form.getByLabel('What was said, decided or is to be done')
    await text.fill('He is very streetwise.')
    await form.getByRole('button', { name: /^Add/ }).click()
    await form.getByText('“streetwise”').waitFor()
    assert.equal(await text.inputValue(), 'He is very streetwise.')
    await form.getByRole('button', { name: /^Add/ }).click()
    await page.locator('[data-part="said"]', { hasText: 'streetwise' }).waitFor()
    await sound(tab, 'after a word that was asked about')
    await tab.close()
  })

  test('without a script everything is a form: opened, said, gone through, hidden, closed', async () => {
    const address = await waiting()
    const tab = await openTab(web.browser, { viewport: phone, javaScriptEnabled: false })
    const { page } = tab
    await signInAs(web, tab.page, 'Triage coordinator')
    await page.goto(address)
    await page.getByRole('button', { name: 'Open the meeting' }).click()
    const form = page.locator('.concord-matter[data-item]:not([data-item="general"]) form[data-say]').first()
    await form
      .getByLabel('What was said, decided or is to be done')
      .fill(`Said ${randomUUID().slice(0, 4)} without a script.`)
    await form.getByRole('button', { name: /^Add/ }).click()
    assert.match((await page.locator('main').textContent()) ?? '', /without a script/)
    await page.getByText('Hide names').click()
    assert.equal(page.url(), address)
    assert.doesNotMatch(await page.content(), /Quincy/)
    await page.getByText('Show names').click()
    await page
      .getByRole('button', { name: /^Gone through: next/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Close the meeting' }).click()
    await page.getByRole('button', { name: 'Close it' }).click()
    assert.match(page.url(), /\/minutes$/)
    assert.match((await page.locator('main').textContent()) ?? '', /without a script/)
    await tab.close()
  })
})
