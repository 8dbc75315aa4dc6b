import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { cast, castUser } from '../../src/synthetic/casework/cast.ts'
import { desktop, openTab, overflow, phone, type Tab } from './browser.ts'
import { type JourneyWeb, journeyWeb } from './journey-web.ts'

async function sound({ page, accessibilityFaults, troubles }: Tab): Promise<void> {
  const path = new URL(page.url()).pathname
  assert.deepEqual(await accessibilityFaults(), [], path)
  assert.equal(await overflow(page), 0, `${path} scrolls sideways`)
  assert.deepEqual(troubles, [], path)
}

describe('notices', () => {
  let web: JourneyWeb
  before(async () => {
    web = await journeyWeb()
  })
  after(() => web.close())

  for (const [name, viewport] of [
    ['a desk', desktop],
    ['a phone 320 pixels wide', phone],
  ] as const) {
    test(`are read one by one and together, and set up, on ${name}`, async () => {
      const { database } = web.store.installation
      const { place } = cast.find(c => c.post === 'Triage coordinator')!
      await database.query('delete from notices')
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
      const tab = await openTab(web.browser, { viewport })
      const { page } = tab
      await page.goto(`${web.address}/sign-in-as`)
      await page.getByRole('button', { name: 'Sign in as triage coordinator' }).click()
      await page.getByRole('link', { name: 'Notices 3 not read' }).click()
      await page.getByRole('heading', { name: '3 notices not read' }).waitFor()
      await sound(tab)
      await page.getByRole('link', { name: 'R-2026-0041: look at it today' }).click()
      await page.waitForURL('**/work')
      await page.getByRole('link', { name: 'Notices 2 not read' }).click()
      await page.getByRole('button', { name: 'Mark these as read' }).click()
      await page.getByRole('heading', { name: 'You have read everything' }).waitFor()
      await sound(tab)
      await page.goto(`${web.address}/account/notices`)
      await sound(tab)
      await page.getByLabel('As things happen, outside quiet hours').check()
      await page.getByLabel('Referrals to look at').uncheck()
      await page.getByRole('button', { name: 'Keep', exact: true }).click()
      await page.getByText('Your choice is kept.').waitFor()
      assert.equal(await page.getByLabel('Referrals to look at').isChecked(), false)
      await page.getByRole('button', { name: /Make an? (new )?address/ }).click()
      await page.getByText('It is shown this once.').waitFor()
      await sound(tab)
      await tab.close()
    })
  }
})
