import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { stepAt, totpCode } from '../../src/governance/sign-in/totp.ts'
import { addAccount } from '../../src/governance/users/program-accounts.ts'
import { theProgram } from '../../src/platform/record-of-acts.ts'
import { startProvider, type TestProvider } from '../oidc-provider-for-tests.ts'
import { desktop, openTab, overflow, phone, type Tab } from './browser.ts'
import { type JourneyWeb, journeyWeb } from './journey-web.ts'

/** Goes from where the focus is to the control of that name with the Tab key alone, and no further than a page is long. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null
      return [element?.labels?.[0]?.textContent ?? '', element?.textContent ?? ''].map(t => t.trim())
    })
    if (focused.includes(name)) return
  }
  assert.fail(`The Tab key does not lead to "${name}" on ${page.url()}`)
}

async function sound({ page, accessibilityFaults, troubles }: Tab): Promise<void> {
  const path = new URL(page.url()).pathname.replace(/\/join\/.*/, '/join/…')
  assert.deepEqual(await accessibilityFaults(), [], path)
  assert.equal(await overflow(page), 0, `${path} scrolls sideways`)
  assert.deepEqual(troubles, [], path)
}

describe('with an account of Concord, by the keyboard alone, on a phone', () => {
  let web: JourneyWeb
  let join = ''
  before(async () => {
    web = await journeyWeb()
    const token = await addAccount(
      web.store.installation.database,
      {
        name: 'Zoë Example (synthetic)',
        post: 'Officer',
        email: 'zoe@probation.example',
        agency: 'probation',
        role: 'practitioner',
      },
      new Date(),
      theProgram,
    )
    join = `${web.address}/join/${token}`
  })
  after(() => web.close())

  test('accept the invitation, set up the app, sign out, sign in again with password and code, end another session', async () => {
    const tab = await openTab(web.browser, { viewport: phone })
    const { page } = tab
    const type = async (field: string, text: string) => {
      await tabTo(page, field)
      await page.keyboard.type(text)
    }
    const press = async (button: string) => {
      await tabTo(page, button)
      await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
    }

    await page.goto(join)
    await sound(tab)
    await type('Choose a password', 'short')
    await press('Set the password')
    assert.match((await page.locator('.govuk-error-summary').textContent())!, /at least 12 characters/)
    await sound(tab)
    await type('Choose a password', 'coffee tin fish')
    await press('Set the password')

    await sound(tab)
    const address = await page.getByRole('link', { name: 'open the app' }).getAttribute('href')
    const secret = fromBase32(new URL(address!).searchParams.get('secret')!)
    const firstStep = stepAt(new Date())
    await type('Code', totpCode(secret, firstStep))
    await press('Set up and sign in')
    await sound(tab)
    const codes = await page.locator('.concord-codes code').allTextContents()
    assert.equal(codes.length, 10)
    assert.match((await page.locator('.concord-header__viewer').textContent())!, /Zoë Example/)
    await press('I have kept them')
    assert.match(
      (await page.locator('.concord-header__viewer').textContent())!,
      /Zoë Example.*for preventing violence/s,
    )

    await page.goto(`${web.address}/account`)
    await sound(tab)
    await press('Sign out')
    await page.goto(`${web.address}/account`)
    assert.equal(await page.getByRole('heading', { name: 'Page not found' }).isVisible(), true)

    await page.goto(`${web.address}/sign-in`)
    await sound(tab)
    await type('E-mail address', 'zoe@probation.example')
    await type('Password', 'not the password')
    await press('Sign in')
    assert.match((await page.locator('.govuk-error-summary').textContent())!, /do not fit together/)
    assert.equal(await page.getByLabel('E-mail address').inputValue(), 'zoe@probation.example')
    assert.equal(await page.getByLabel('Password').inputValue(), '')
    await sound(tab)
    await type('Password', 'coffee tin fish')
    await press('Sign in')
    await sound(tab)
    await type('Your code', totpCode(secret, firstStep))
    await press('Sign in')
    assert.match((await page.locator('.govuk-error-summary').textContent())!, /was used already/)
    await type('Your code', codes[0]!)
    await press('Sign in')
    assert.match((await page.locator('.concord-header__viewer').textContent())!, /Zoë Example/)

    // A second device, signed in with the code of the next half minute, is ended from here.
    const other = await openTab(web.browser)
    await other.page.goto(`${web.address}/sign-in`)
    await other.page.getByLabel('E-mail address').fill('zoe@probation.example')
    await other.page.getByLabel('Password').fill('coffee tin fish')
    await other.page.getByRole('button', { name: 'Sign in' }).click()
    await other.page.getByLabel('Your code').fill(codes[1]!)
    await other.page.getByRole('button', { name: 'Sign in' }).click()
    await other.page.goto(`${web.address}/account`)
    assert.equal(await other.page.getByRole('heading', { name: 'Your account' }).isVisible(), true)
    await page.goto(`${web.address}/account`)
    await sound(tab)
    await page.getByRole('button', { name: /^End/ }).focus()
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
    await other.page.reload()
    assert.equal(await other.page.getByRole('heading', { name: 'Page not found' }).isVisible(), true)
    await other.close()
    await tab.close()
  })
})

describe('at the organisation’s own provider', () => {
  let web: JourneyWeb
  let provider: TestProvider
  before(async () => {
    // The provider has to know where Concord is, and Concord where the provider is: a port is chosen first.
    const port = await freePort()
    provider = await startProvider(`http://localhost:${port}`)
    web = await journeyWeb({
      synthetic: false,
      port,
      singleSignOn: {
        name: 'The police',
        issuer: provider.issuer,
        client: provider.client,
        secret: provider.secret,
      },
      signInGroups: [{ group: 'concord-officers', agency: 'west-midlands-police', role: 'practitioner' }],
    })
    provider.people.alex = {
      name: 'Alex Example (synthetic)',
      email: 'alex@police.example',
      email_verified: true,
      groups: ['concord-officers'],
    }
  })
  after(async () => {
    await web.close()
    await provider.close()
  })

  test('sign in there, come back to the page that one wanted, sign out here and there', async () => {
    const tab = await openTab(web.browser)
    const { page } = tab
    await page.goto(`${web.address}/measures`)
    await page.getByRole('link', { name: 'Sign in' }).click()
    await sound(tab)
    await page.getByRole('button', { name: 'Sign in with The police' }).click()
    await page.getByPlaceholder('Enter any login').fill('alex')
    await page.getByPlaceholder('and password').fill('anything')
    await page.getByRole('button', { name: 'Sign-in' }).click()
    await page.waitForURL(`${web.address}/measures`)
    // The provider's own page asks for a font from the network; it is not ours.
    tab.troubles.length = 0
    assert.match(
      (await page.locator('.concord-header__viewer').textContent())!,
      /Alex Example.*West Midlands Police.*Practitioner · for preventing violence/s,
    )
    await page.getByRole('link', { name: 'Your account' }).click()
    await sound(tab)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(`${web.address}/signed-out`)
    await sound(tab)
    await page.getByRole('link', { name: 'sign out of The police as well' }).click()
    assert.ok(page.url().startsWith(provider.issuer))
    await tab.close()
  })
})

describe('as the administrator of the synthetic partnership', () => {
  let web: JourneyWeb
  before(async () => {
    web = await journeyWeb()
  })
  after(() => web.close())

  test('five minutes before the session ends one is told, and stays by pressing a button', async () => {
    const tab = await openTab(web.browser, { viewport: phone })
    const { page } = tab
    await page.goto(`${web.address}/sign-in-as`)
    await page.getByRole('button', { name: 'Sign in as school link officer' }).click()
    await page.getByText('Sam Example (synthetic)').first().waitFor()
    await page.clock.install()
    await page.goto(`${web.address}/account`)
    const notice = page.getByRole('alert')
    await page.clock.fastForward('23:00')
    assert.equal(await notice.isVisible(), false)
    await page.clock.fastForward('02:00')
    await notice.getByText('You will be signed out at').waitFor()
    await sound(tab)
    await notice.getByRole('button', { name: 'Stay signed in' }).click()
    await notice.waitFor({ state: 'hidden' })
    await page.clock.fastForward('30:00')
    await notice.getByText('Your session has ended').waitFor()
    assert.equal(await notice.getByRole('button').isVisible(), false)
    await tab.close()
  })

  for (const [name, viewport] of [
    ['a desk', desktop],
    ['a phone', phone],
  ] as const) {
    test(`every page of accounts is sound on ${name}, and somebody is added and suspended`, async () => {
      const tab = await openTab(web.browser, { viewport })
      const { page } = tab
      await page.goto(`${web.address}/sign-in-as`)
      await sound(tab)
      await page.getByRole('button', { name: 'Sign in as administrator of accounts' }).click()
      await page.waitForURL(`${web.address}/users`)
      await sound(tab)
      await page.getByRole('button', { name: 'Add somebody' }).click()
      await page.getByRole('button', { name: 'Add and make an invitation' }).click()
      await page.getByRole('link', { name: 'Choose their role' }).click()
      await sound(tab)
      await page.getByLabel('Name').fill(`Someone Example, ${name} (synthetic)`)
      await page.getByLabel('Post').fill('Officer')
      await page.getByLabel('E-mail address').fill(`someone-${viewport.width}@probation.example`)
      await page.getByLabel('Agency').selectOption({ label: 'Probation' })
      await page.getByLabel('Coordinator').check()
      await page.getByRole('button', { name: 'Add and make an invitation' }).click()
      assert.match((await page.locator('.concord-link-once').textContent())!, /\/join\/[\w-]{43}/)
      await sound(tab)
      await page.getByRole('link', { name: 'The account' }).click()
      await sound(tab)
      await page.getByRole('button', { name: 'Suspend' }).click()
      assert.equal(await page.getByText('Suspended', { exact: true }).isVisible(), true)
      await page.goto(`${web.address}/agencies`)
      await sound(tab)
      await page.goto(`${web.address}/sign-in-as`)
      await page.getByRole('button', { name: 'Sign in as school link officer' }).click()
      await page.getByText('Sam Example (synthetic)').first().waitFor()
      await page.goto(`${web.address}/account/purpose`)
      await sound(tab)
      await page.getByLabel('Offering and giving support').check()
      await page.getByRole('button', { name: 'Work for this purpose' }).click()
      assert.match((await page.locator('.concord-header__viewer').textContent())!, /for support/)
      await tab.close()
    })
  }
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}

function fromBase32(text: string): Buffer {
  const bits = [...text]
    .map(c => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)))
}
