import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { onEveryStore } from '../every-store.ts'
import { openTab, phone, shown, sound, type Tab } from './browser.ts'
import { type JourneyWeb, journeyWeb } from './journey-web.ts'
import { choose, press, typeIn } from './keyboard.ts'
import { signInAs } from './sign-in.ts'

onEveryStore('an invited partner', store => {
  let web: JourneyWeb
  before(async () => {
    web = await journeyWeb({ databaseUrl: await store.databaseUrl() })
  })
  after(() => web.close())

  /** The link, as it is handed over where no e-mail goes, at the address under which the test reaches the server. */
  const linkOn = async (page: Page): Promise<string> => {
    const link = new URL((await page.locator('code.concord-key').textContent())!.trim())
    return `${web.address}${link.pathname}`
  }

  async function invite(tab: Tab, organisation: string): Promise<string> {
    const { page } = tab
    await page.goto(`${web.address}/invitations/new`)
    await typeIn(page, 'Organisation', organisation)
    await typeIn(page, 'Post', 'Youth club leader')
    await typeIn(page, 'E-mail address of the organisation', 'leader@club.example')
    await typeIn(page, 'What do you ask them for?', 'What you told me on the phone')
    await sound(tab, 'the invitation')
    await press(page, 'Invite them')
    return linkOn(page)
  }

  test('a coordinator invites, a club leader refers by keyboard on a phone, and it waits in the queue', async () => {
    const coordinator = await openTab(web.browser, { viewport: phone })
    await signInAs(web, coordinator.page, 'Triage coordinator')
    await coordinator.page.goto(`${web.address}/invitations`)
    await sound(coordinator, 'no invitations yet')
    await press(coordinator.page, 'Invite a partner')
    await press(coordinator.page, 'Invite them')
    assert.match(await shown(coordinator.page), /There is a problem/)
    await sound(coordinator, 'an error')
    const link = await invite(coordinator, 'Canal Street Boxing Club (synthetic)')
    await sound(coordinator, 'the link')

    const leader = await openTab(web.browser, { viewport: phone })
    const { page } = leader
    await page.goto(link)
    assert.equal(page.url(), `${web.address}/invited`, 'the link is in no address any more')
    assert.match(await shown(page), /Canal Street Boxing Club/)
    await sound(leader, 'the start')
    await press(page, 'Start')
    const go = async () => {
      await sound(leader, await page.title())
      await press(page, 'Save and continue')
    }
    await press(page, 'Save and continue')
    assert.match(await shown(page), /There is a problem/)
    await choose(page, 'It should be looked at by tomorrow')
    await go()
    await choose(page, 'A child or young person under 18')
    await go()
    await typeIn(page, 'Given name', 'Synthetic')
    await go()
    await typeIn(page, 'Age', '14')
    await go()
    await choose(page, 'Female')
    await choose(page, page.locator('input[name="ethnicity"][value="not-known"]'))
    await go()
    await choose(page, page.locator('input[name="disability"][value="not-known"]'))
    await choose(page, page.locator('input[name="care"][value="not-known"]'))
    await go()
    await go()
    await press(page, 'Stop here and finish later', 'link')
    assert.match(await shown(page), /You have begun/)
    await sound(leader, 'begun')
    await press(page, 'Go on')
    await page.goto(`${web.address}/invited/others`)
    await typeIn(page, 'Name', 'Synthetic Sibling')
    await press(page, 'Save and add another')
    assert.equal(await page.getByLabel('Name').count(), 2)
    await go()
    await choose(page, 'Injuries without an explanation')
    await go()
    await typeIn(page, 'What have you seen or heard?', 'She waits outside for a car that nobody here knows.')
    await go()
    await go()
    await typeIn(page, 'What is going well', 'Comes to training twice a week.')
    await go()
    await choose(page, 'To keep a child or an adult at risk safe')
    await go()
    await choose(page, 'Yes, they know')
    await go()
    assert.match(await shown(page), /nobody here knows/)
    await sound(leader, 'the answers')
    await press(page, 'Send the referral')
    const received = await shown(page)
    const reference = /R-\d{4}-\d{4}/.exec(received)![0]
    assert.match(received, /Received on/)
    assert.doesNotMatch(received, /nobody here knows|Synthetic/)
    await sound(leader, 'the receipt')
    await page.goBack()
    await page.goto(link)
    assert.match(await shown(page), new RegExp(`Received.*${reference}`, 's'), 'in the browser that sent it')

    const other = await openTab(web.browser, { viewport: phone })
    await other.page.goto(link)
    assert.match(await shown(other.page), /This link cannot be used/)
    await sound(other, 'a link that opens nothing')
    await other.close()

    await coordinator.page.goto(`${web.address}/triage`)
    assert.match(
      await shown(coordinator.page),
      new RegExp(
        `${reference}[\\s\\S]*Youth club leader, Canal Street Boxing Club \\(synthetic\\), invited by`,
      ),
    )
    await sound(coordinator, 'the queue')
    await press(coordinator.page, reference, 'link')
    assert.match(await shown(coordinator.page), /From an invited partner/)
    await sound(coordinator, 'the opened referral')
    await coordinator.page.goto(`${web.address}/invitations`)
    assert.match(await shown(coordinator.page), new RegExp(`Used: ${reference}`))
    await sound(coordinator, 'the list of invitations')
    await coordinator.close()
    await leader.close()
  })

  test('everything works without JavaScript, and a link that is taken back opens nothing', async () => {
    const coordinator = await openTab(web.browser, { viewport: phone, javaScriptEnabled: false })
    await signInAs(web, coordinator.page, 'Triage coordinator')
    const invited = coordinator.page
    const fill = async (organisation: string) => {
      await invited.goto(`${web.address}/invitations/new`)
      await invited.getByLabel('Organisation', { exact: true }).fill(organisation)
      await invited.getByLabel('Post', { exact: true }).fill('Football coach')
      await invited.getByLabel('E-mail address of the organisation').fill('coach@club.example')
      await invited.getByLabel('What do you ask them for?').fill('What you saw on two evenings')
      await invited.getByLabel(/1 day:/).check()
      await invited.getByRole('button', { name: 'Invite them' }).click()
      return linkOn(invited)
    }
    const text = async (page: Page) => (await page.locator('main').textContent()) ?? ''
    const link = await fill('Northfield Rovers Juniors (synthetic)')
    const coach = await openTab(web.browser, { viewport: phone, javaScriptEnabled: false })
    const { page } = coach
    await page.goto(link)
    await page.getByRole('button', { name: 'Start' }).click()
    await page.getByLabel('Somebody is in danger now').check()
    await page.getByRole('button', { name: 'Save and continue' }).click()
    assert.match(await text(page), /Ring 999/)
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
    assert.match(await text(page), /Your referenceR-\d{4}-\d{4}/)

    const second = await fill('St Mark’s Youth Choir (synthetic)')
    await page.goto(second)
    await page.getByRole('button', { name: 'Start' }).click()
    await invited.getByRole('link', { name: /^INV-/ }).click()
    await invited.getByRole('button', { name: 'Take it back' }).click()
    assert.match(await text(invited), /Taken back on/)
    await page.reload()
    assert.match(await text(page), /This link cannot be used/)
    await coordinator.close()
    await coach.close()
  })
})
