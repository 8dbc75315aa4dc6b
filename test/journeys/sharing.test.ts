/** Sharing as people do it: asked from one browser, answered from another, on a desk and on a phone. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asMember, type Member } from '../../src/governance/access/as-member.ts'
import { startSession } from '../../src/governance/sessions/session-store.ts'
import { SESSION_COOKIE } from '../../src/web/session-cookie.ts'
import { caseworkForTests, type TestCasework } from '../casework-for-tests.ts'
import { desktop, openTab, overflow, phone, type Tab } from './browser.ts'
import { type JourneyWeb, journeyWeb } from './journey-web.ts'

let web: JourneyWeb
let casework: TestCasework
let school: Member
let council: Member
before(async () => {
  web = await journeyWeb()
  casework = await caseworkForTests(web.store.installation.database)
  school = await casework.member('school')
  council = await casework.member('council')
  await casework.agree(['school', 'council', 'charity'], ['known-to', 'summary', 'contacts', 'circle-notes'])
  // A journey has the clock of the day on which it is run.
  await casework.database.query(`update agreements set ends_on = '2199-12-31'`)
})
after(() => web.close())

async function tabOf(member: Member, viewport: typeof desktop): Promise<Tab> {
  const token = await asMember(casework.database, member, { now: new Date() }, tx =>
    startSession(tx, { way: 'account', device: 'A journey' }),
  )
  const tab = await openTab(web.browser, { viewport })
  await tab.page.context().addCookies([{ name: SESSION_COOKIE, value: token, url: web.address }])
  return tab
}

/** The page as it stands has no fault that axe finds, does not scroll sideways, and wrote no error. */
async function sound(tab: Tab): Promise<void> {
  const path = new URL(tab.page.url()).pathname
  assert.deepEqual(await tab.accessibilityFaults(), [], path)
  assert.equal(await overflow(tab.page), 0, path)
  assert.deepEqual(tab.troubles, [], path)
}

for (const [name, viewport] of [
  ['a desk', desktop],
  ['a phone 320 pixels wide', phone],
] as const) {
  test(`a pointer becomes a question, an answer and a disclosure on ${name}`, async () => {
    const mine = await casework.record(school)
    await casework.record(council, mine.person)
    await casework.entry(school, mine, { text: 'Met his mentor every week.' })
    const person = `${web.address}/sharing/people/${mine.person}`
    const asking = await tabOf(council, viewport)
    await asking.page.goto(person)
    await sound(asking)
    await asking.page.getByRole('link', { name: 'Ask Oak School' }).click()
    await asking.page.getByRole('button', { name: 'Ask' }).click()
    await sound(asking)
    assert.match(await asking.page.title(), /^Error: /)
    await asking.page.getByLabel('What do you need to know?').fill('Who knows him well?')
    await asking.page.getByLabel('Why do you need it').fill('For the assessment')
    await asking.page.getByRole('button', { name: 'Ask' }).click()
    await sound(asking)
    const request = asking.page.url()

    const answering = await tabOf(school, viewport)
    await answering.page.goto(`${web.address}/sharing`)
    await sound(answering)
    await answering.page.goto(request)
    await sound(answering)
    await answering.page.getByRole('button', { name: 'Choose what to give' }).click()
    await sound(answering)
    await answering.page.getByLabel('Contacts with them').check()
    await answering.page.getByRole('button', { name: 'See what would be given' }).click()
    await sound(answering)
    assert.ok(await answering.page.getByText('Met his mentor every week.').isVisible())
    await answering.page.getByLabel('Told', { exact: true }).check()
    await answering.page.getByLabel('When and how, or why not').fill('At home')
    await answering.page.getByRole('button', { name: 'Give exactly this' }).click()
    await sound(answering)

    await asking.page.reload()
    await asking.page.getByRole('link', { name: 'What was given' }).click()
    await sound(asking)
    assert.ok(await asking.page.getByText('Met his mentor every week.').isVisible())
    for (const tab of [asking, answering]) await tab.close()
  })

  test(`danger, circles, agreements and reviews read on ${name}`, async () => {
    const mine = await casework.record(school)
    const tab = await tabOf(school, viewport)
    const { page } = tab
    await page.goto(`${web.address}/sharing/people/${mine.person}/emergency`)
    await sound(tab)
    await page.getByLabel('Who needs it?').selectOption({ label: 'Police (synthetic)' })
    await page.getByLabel('What do they need to know?').fill('He is at the gate')
    await page.getByLabel('Why can it not wait?').fill('A knife was shown')
    await page.getByLabel('Not told').check()
    await page.getByLabel('How, or why not').fill('It could add to the danger')
    await page.getByRole('button', { name: 'Share now' }).click()
    await sound(tab)
    await page.goto(`${web.address}/sharing/people/${mine.person}/break-glass`)
    await sound(tab)
    await page.getByRole('button', { name: 'Open, and tell them' }).click()
    await sound(tab)
    await page.goto(`${web.address}/circles/new`)
    await page.getByLabel('Name').fill('Mediation 12')
    await page.getByLabel('Mediation').check()
    await page.getByRole('button', { name: 'Make the circle' }).click()
    await sound(tab)
    await page.goto(`${web.address}/circles`)
    await sound(tab)
    await tab.close()

    const governance = await tabOf(
      await casework.member('council', 'information-governance-officer', null),
      viewport,
    )
    await governance.page.goto(`${web.address}/sharing/reviews`)
    await sound(governance)
    await governance.page
      .getByRole('link', { name: /^Review / })
      .first()
      .click()
    await sound(governance)
    await governance.page.goto(`${web.address}/agreements`)
    await sound(governance)
    await governance.page.getByRole('link', { name: 'Agreement of the tests' }).first().click()
    await sound(governance)
    await governance.page.goto(`${web.address}/agreements/new`)
    await governance.page.getByRole('button', { name: 'Make the agreement' }).click()
    await sound(governance)
    await governance.close()
  })
}
