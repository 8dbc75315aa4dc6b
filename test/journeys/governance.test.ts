/** What keeps people safe beside casework, by keyboard on a phone: notices, danger, circles, agreements, breaches, reviews. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Member } from '../../src/governance/access/as-member.ts'
import { cast, castUser } from '../../src/synthetic/casework/cast.ts'
import { caseworkForTests } from '../casework-for-tests.ts'
import { onEveryStore } from '../every-store.ts'
import { desktop, faultsOn, openTab, phone, sound, type Tab } from './browser.ts'
import { type JourneyWeb, journeyWeb } from './journey-web.ts'
import { choose, follow, pick, press, tabTo, typeIn } from './keyboard.ts'
import { enterAs, signInAs } from './sign-in.ts'

onEveryStore('governance', store => {
  let web: JourneyWeb
  before(async () => {
    web = await journeyWeb({ databaseUrl: await store.databaseUrl() })
  })
  after(() => web.close())

  const others = store.server ? [] : [desktop]
  const look = (tab: Tab) => sound(tab, undefined, others)

  async function tabOf(member: Member): Promise<Tab> {
    const tab = await openTab(web.browser, { viewport: phone })
    await enterAs(web, tab.page, member)
    return tab
  }

  test('notices are read one by one and together, and set up', async () => {
    const { database } = web.store.installation
    const { place } = cast.find(c => c.post === 'Triage coordinator')!
    for (const [kind, reference] of [
      ['urgent-referral-arrived', 'R-2026-0041'],
      ['referral-arrived', 'R-2026-0042'],
      ['referral-challenged', 'R-2026-0040'],
    ]) {
      await database.query(
        `insert into notices (recipient, kind, subject_kind, reference, link, created_at, delete_on)
         values ($1, $2, 'referral', $3, '/work', now(), '2099-01-01')`,
        [castUser(place), kind, reference],
      )
    }
    const tab = await openTab(web.browser, { viewport: phone })
    const { page } = tab
    await signInAs(web, page, 'Triage coordinator')
    await press(page, 'Notices 3 not read', 'link')
    await page.getByRole('heading', { name: '3 notices not read' }).waitFor()
    await look(tab)
    await press(page, 'R-2026-0041: look at it today', 'link')
    assert.match(page.url(), /\/work$/)
    await press(page, 'Notices 2 not read', 'link')
    await press(page, 'Mark these as read')
    await page.getByRole('heading', { name: 'You have read everything' }).waitFor()
    await look(tab)
    await page.goto(`${web.address}/account/notices`)
    await look(tab)
    await choose(page, 'As things happen, outside quiet hours')
    const referrals = page.getByLabel('Referrals to look at')
    await tabTo(page, referrals)
    await page.keyboard.press('Space')
    await press(page, /^Keep$/)
    await page.getByText('Your choice is kept.').waitFor()
    assert.equal(await referrals.isChecked(), false)
    await press(page, /Make an? (new )?address/)
    await page.getByText('It is shown this once.').waitFor()
    await look(tab)
    await tab.close()
  })

  test('a breach is reported from any screen, and information governance judges its risk', async () => {
    const tab = await openTab(web.browser, { viewport: phone })
    const { page } = tab
    await signInAs(web, page, 'School link officer')
    await press(page, 'Report a breach', 'link')
    await look(tab)
    await typeIn(page, page.locator('[name=what]'), 'A list of pupils was left on a bus.')
    await press(page, 'Report it')
    await page.getByText('Information governance has it').waitFor()
    await look(tab)

    await signInAs(web, page, 'Information governance officer')
    await look(tab)
    await press(page, /^B-/, 'link')
    await look(tab)
    await press(page, 'Judge the risk')
    await look(tab)
    const rest = ['/rights', '/breaches', '/retention', '/retention/hold'].map(path => `/governance${path}`)
    assert.deepEqual(await faultsOn(tab, web.address, rest, { others }), [])
    await tab.close()
  })

  test('danger, circles, agreements and reviews read', async () => {
    // From here on somebody real has an account, and nobody can choose one of the cast.
    const casework = await caseworkForTests(web.store.installation.database)
    const school = await casework.member('school')
    await casework.agree(['school', 'council', 'charity'], ['known-to', 'summary'])
    // A journey has the clock of the day on which it is run.
    await casework.database.query(`update agreements set ends_on = '2199-12-31'`)
    const mine = await casework.record(school)
    const tab = await tabOf(school)
    const { page } = tab
    await page.goto(`${web.address}/sharing/people/${mine.person}/emergency`)
    await look(tab)
    await pick(page, 'Who needs it?', 'Police (synthetic)')
    await typeIn(page, 'What do they need to know?', 'He is at the gate')
    await typeIn(page, 'Why can it not wait?', 'A knife was shown')
    await choose(page, 'Not told')
    await typeIn(page, 'How, or why not', 'It could add to the danger')
    await press(page, 'Share now')
    await look(tab)
    await page.goto(`${web.address}/sharing/people/${mine.person}/break-glass`)
    await look(tab)
    await press(page, 'Open, and tell them')
    await look(tab)
    await page.goto(`${web.address}/circles/new`)
    await typeIn(page, 'Name', 'Mediation 12')
    await choose(page, 'Mediation')
    await press(page, 'Make the circle')
    await look(tab)
    await page.goto(`${web.address}/circles`)
    await look(tab)
    await tab.close()

    const governance = await tabOf(await casework.member('council', 'information-governance-officer', null))
    await governance.page.goto(`${web.address}/sharing/reviews`)
    await look(governance)
    await follow(governance.page, governance.page.getByRole('link', { name: /^Review / }).first())
    await look(governance)
    await governance.page.goto(`${web.address}/agreements`)
    await look(governance)
    await follow(
      governance.page,
      governance.page.getByRole('link', { name: 'Agreement of the tests' }).first(),
    )
    await look(governance)
    await governance.page.goto(`${web.address}/agreements/new`)
    await press(governance.page, 'Make the agreement')
    await look(governance)
    await governance.close()
  })
})
