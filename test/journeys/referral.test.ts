import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { agreementForReferrals } from '../agreement-for-referrals.ts'
import { openTab, overflow, phone, shown, type Tab, tabTo } from './browser.ts'
import { type JourneyWeb, journeyWeb } from './journey-web.ts'

let web: JourneyWeb
before(async () => {
  web = await journeyWeb()
  await agreementForReferrals(web.store.installation.database)
})
after(() => web.close())

async function signIn({ page }: Tab, post: string): Promise<void> {
  await page.goto(`${web.address}/sign-in-as`)
  await page.getByRole('button', { name: `Sign in as ${post}` }).click()
  // Leaving while a script is on its way would count as a failed request.
  await page.waitForLoadState('networkidle')
}

/** No fault that axe finds, no trouble, no sideways scroll on the page as it stands. */
async function sound(tab: Tab, where: string): Promise<void> {
  assert.deepEqual(await tab.accessibilityFaults(), [], where)
  assert.deepEqual(tab.troubles, [], where)
  assert.equal(await overflow(tab.page), 0, `${where} scrolls sideways`)
  const doubled = await tab.page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map(e => e.id)
    return ids.filter((id, i) => ids.indexOf(id) < i)
  })
  assert.deepEqual(doubled, [], `${where} has an id twice`)
}

const type = async (page: Page, label: string, words: string) => {
  await tabTo(page, page.getByLabel(label).first())
  await page.keyboard.type(words)
}

/** Chooses with the space bar; the group of radios is reached with Tab, and the choice with the arrows. */
async function choose(page: Page, choice: Locator): Promise<void> {
  const name = await choice.getAttribute('name')
  const kind = await choice.getAttribute('type')
  if (kind === 'checkbox') {
    await tabTo(page, choice)
    await page.keyboard.press('Space')
    return
  }
  await tabTo(page, page.locator(`input[name="${name}"]`).first())
  await page.keyboard.press('Space')
  for (let i = 0; i < 20 && !(await choice.isChecked()); i++) await page.keyboard.press('ArrowDown')
  assert.ok(await choice.isChecked(), `${name} was not chosen`)
}

async function press(page: Page, name: string, role: 'button' | 'link' = 'button'): Promise<void> {
  await tabTo(page, page.getByRole(role, { name }))
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
}

test('a school link officer refers by keyboard on a phone, a coordinator decides, the officer reads the outcome', async () => {
  const officer = await openTab(web.browser, { viewport: phone })
  const { page } = officer
  await signIn(officer, 'school link officer')
  await sound(officer, 'the morning')
  await press(page, 'Refer a person, group or place')
  await sound(officer, 'the start')
  await press(page, 'Start')

  await press(page, 'Save and continue')
  assert.match(await shown(page), /There is a problem/)
  await sound(officer, 'an error')
  await choose(page, page.getByLabel('It should be looked at by tomorrow'))
  const go = async () => {
    await sound(officer, await page.title())
    await press(page, 'Save and continue')
  }
  await go()
  await choose(page, page.getByLabel('A child or young person under 18'))
  await go()
  await type(page, 'Given name', 'Synthetic')
  await type(page, 'Family name', 'Child')
  await go()
  await type(page, 'Day', '4')
  await type(page, 'Month', 'may')
  await type(page, 'Year', '2012')
  await go()
  await choose(page, page.getByLabel('Female'))
  await choose(page, page.locator('input[name="ethnicity"][value="not-known"]'))
  await go()
  await choose(page, page.locator('input[name="disability"][value="not-known"]'))
  await choose(page, page.getByLabel('Not looked after'))
  await go()
  await type(page, 'School or college', 'Oak School (synthetic)')
  await go()
  await type(page, 'Name', 'Synthetic Sibling')
  await press(page, 'Save and add another')
  assert.equal(await page.getByLabel('Name').count(), 2)
  await go()
  await choose(page, page.getByLabel('Injuries without an explanation'))
  await go()
  await type(page, 'What have you seen or heard?', 'She came with two new phones and a cut hand.')
  await go()
  await go()
  await type(page, 'What is going well', 'She trusts her art teacher.')
  await go()
  await choose(page, page.getByLabel('To keep a child or an adult at risk safe'))
  await go()
  await choose(page, page.getByLabel('Yes, they know'))
  await go()

  assert.match(await shown(page), /Injuries without an explanation/)
  assert.match(await shown(page), /Synthetic Sibling/)
  await sound(officer, 'the answers')
  await press(page, 'Send the referral')
  const confirmation = await shown(page)
  const reference = /R-\d{4}-\d{4}/.exec(confirmation)![0]
  assert.doesNotMatch(confirmation, /Synthetic Child/)
  await sound(officer, 'the confirmation')

  const coordinator = await openTab(web.browser, { viewport: phone })
  await signIn(coordinator, 'triage coordinator')
  assert.match(coordinator.page.url(), /\/triage$/, 'the morning of a coordinator is the queue')
  await sound(coordinator, 'the queue')
  await press(coordinator.page, reference, 'link')
  assert.match(await shown(coordinator.page), /two new phones/)
  await sound(coordinator, 'the opened referral')
  await press(coordinator.page, 'Take it on')
  await press(coordinator.page, 'Accept')
  await sound(coordinator, 'the decision')
  await choose(coordinator.page, coordinator.page.getByLabel('Additional Needs'))
  await choose(coordinator.page, coordinator.page.getByLabel('A programme of the partnership'))
  await type(coordinator.page, 'Your reason', 'Exploitation is likely')
  await type(coordinator.page, 'What the referrer reads', 'A youth worker comes to school on Tuesday.')
  await press(coordinator.page, 'Accept the referral')
  assert.match(await shown(coordinator.page), /It was accepted/)
  await sound(coordinator, 'the decided referral')

  await page.goto(`${web.address}/work`)
  assert.match(await shown(page), new RegExp(`${reference}\\s+Accepted`))
  await sound(officer, 'the list')
  await press(page, reference, 'link')
  assert.match(await shown(page), /A youth worker comes to school on Tuesday/)
  assert.doesNotMatch(await shown(page), /Exploitation is likely/)
  await sound(officer, 'the outcome')
  await officer.close()
  await coordinator.close()
})

test('everything works without JavaScript', async () => {
  const tab = await openTab(web.browser, { viewport: phone, javaScriptEnabled: false })
  const { page } = tab
  await signIn(tab, 'school link officer')
  await page.goto(`${web.address}/refer`)
  await page.getByRole('button', { name: 'Start' }).click()
  await page.getByLabel('Somebody is in danger now').check()
  await page.getByRole('button', { name: 'Save and continue' }).click()
  assert.match((await page.locator('main').textContent()) ?? '', /Ring 999/)
  await page.getByRole('button', { name: 'I have rung, go on' }).click()
  await page.getByLabel('A place').check()
  await page.getByRole('button', { name: 'Save and continue' }).click()
  await page.getByLabel('In a few words').fill('The steps behind the library (synthetic)')
  await page.getByRole('button', { name: 'Save and continue' }).click()
  await page.getByLabel('What have you seen or heard?').fill('Children are made to wait there for a car.')
  await page.getByRole('button', { name: 'Save and continue' }).click()
  await page.getByRole('button', { name: 'Save and continue' }).click()
  await page.getByLabel('To keep a child').check()
  await page.getByRole('button', { name: 'Save and continue' }).click()
  await page.getByLabel('No, not yet').check()
  await page.getByLabel('If not: why not?').fill('Nobody is named.')
  await page.getByRole('button', { name: 'Save and continue' }).click()
  await page.getByRole('button', { name: 'Send the referral' }).click()
  assert.match((await page.locator('main').textContent()) ?? '', /R-\d{4}-\d{4}/)
  await tab.close()
})

test('a concern is noted by keyboard in one page, and can become a referral', async () => {
  const tab = await openTab(web.browser, { viewport: phone })
  const { page } = tab
  await signIn(tab, 'school link officer')
  await page.goto(`${web.address}/concerns`)
  await sound(tab, 'no concerns yet')
  await press(page, 'Note a concern')
  await press(page, 'Note it')
  assert.match(await shown(page), /There is a problem/)
  await sound(tab, 'an error')
  await type(page, 'Given name', 'Synthetic')
  await type(page, 'What did you notice?', 'Asleep in class, for the third time.')
  await press(page, 'Note it')
  await sound(tab, 'the concern')
  await press(page, 'Refer them')
  assert.match(await shown(page), /How soon must somebody look at this/)
  await page.goto(`${web.address}/concerns`)
  await sound(tab, 'the log')
  await tab.close()
})
