import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { desktop, openTab, overflow, phone } from './browser.ts'
import { type JourneyWeb, journeyWeb } from './journey-web.ts'

let web: JourneyWeb
before(async () => {
  web = await journeyWeb()
})
after(() => web.close())

test('an officer takes a request from the first form to the copy that is given, on a desk and on a phone', async () => {
  const tab = await openTab(web.browser, { viewport: desktop })
  const { page } = tab
  const faults: string[] = []
  const look = async (what: string) => {
    for (const viewport of [phone, desktop]) {
      await page.setViewportSize(viewport)
      for (const fault of await tab.accessibilityFaults()) faults.push(`${what}: ${fault}`)
      const wider = await overflow(page)
      if (wider > 0) faults.push(`${what}: ${wider} pixels wider than the window`)
    }
    for (const trouble of tab.troubles.splice(0)) faults.push(`${what}: ${trouble}`)
  }
  const signIn = async (post: string) => {
    await page.goto(`${web.address}/sign-in-as`)
    await page.getByRole('button', { name: new RegExp(post, 'i') }).click()
    await page.waitForURL(url => !url.pathname.startsWith('/sign-in-as'))
  }
  const fill = async (fields: Record<string, string>) => {
    for (const [name, value] of Object.entries(fields)) await page.fill(`[name="${name}"]`, value)
  }
  const press = (name: string | RegExp) => page.getByRole('button', { name }).click()

  await signIn('school link officer')
  await page.goto(`${web.address}/register/new`)
  await fill({
    given: 'Zoe',
    family: 'Invented (synthetic)',
    'birthDate-day': '3',
    'birthDate-month': '5',
    'birthDate-year': '2011',
  })
  await page.locator('main form button').last().click()
  await page.getByRole('heading', { name: /Zoe Invented/ }).waitFor()
  await page.getByRole('link', { name: 'Report a breach' }).click()
  await look('reporting a breach')
  await fill({ what: 'A list of pupils was left on a bus.' })
  await press('Report it')
  await page.getByText('Information governance has it').waitFor()
  await look('the reporter’s breach')

  await signIn('information governance officer')
  await page.getByRole('heading', { name: 'This morning' }).waitFor()
  await look('the morning')
  await page.getByRole('link', { name: 'B-', exact: false }).click()
  await look('a breach')
  await page.getByRole('button', { name: 'Judge the risk' }).click()
  await look('judging a risk')

  await page.goto(`${web.address}/governance/rights/new`)
  await look('a new request')
  await page.check('[name=kind][value=access]')
  await page.check('[name=regime][value=general]')
  await fill({
    given: 'Zoe',
    family: 'Invented (synthetic)',
    reachAt: 'At the school office',
    about: 'Everything',
  })
  await fill({ 'birthDate-day': '3', 'birthDate-month': '5', 'birthDate-year': '2011' })
  await press('Open the case')
  await look('a case')
  await page.getByRole('button', { name: 'They have shown who they are' }).click()
  await look('a step')
  await fill({ because: 'The school knows her.' })
  await press('They have shown who they are')
  await page.getByRole('link', { name: 'Find who holds something about them' }).click()
  await look('finding the person')
  await press('Save')
  await press('Gather everything that is held')
  await look('a pack')
  await page.getByRole('link', { name: 'What is kept about who you are' }).click()
  await look('an entry of a pack')
  await page.check('[name=decision][value=keep]')
  await fill({ decidedBy: 'Designated safeguarding lead' })
  await press('Save and go on')
  await press('Finish the pack')
  await look('a finished pack')
  await page.getByRole('button', { name: 'Page to print and give' }).click()
  await page.getByRole('heading', { name: 'What is held about you' }).waitFor()
  await look('the copy')
  for (const path of [
    '/governance/rights',
    '/governance/breaches',
    '/governance/retention',
    '/governance/retention/hold',
  ]) {
    await page.goto(`${web.address}${path}`)
    await look(path)
  }
  assert.deepEqual(faults, [])
  await tab.close()
})
