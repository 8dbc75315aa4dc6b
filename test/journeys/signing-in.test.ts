import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { stepAt, totpCode } from '../../src/governance/sign-in/totp.ts'
import { addAccount } from '../../src/governance/users/program-accounts.ts'
import { theProgram } from '../../src/platform/record-of-acts.ts'
import { onEveryStore } from '../every-store.ts'
import { startProvider, type TestProvider } from '../oidc-provider-for-tests.ts'
import { desktop, openTab, phone, sound, type Tab } from './browser.ts'
import { type JourneyWeb, journeyWeb } from './journey-web.ts'
import { choose, pick, press, tabTo, typeIn } from './keyboard.ts'
import { signInAs } from './sign-in.ts'

onEveryStore('signing in', store => {
  describe('with accounts of Concord, by keyboard on a phone', () => {
    let web: JourneyWeb
    before(async () => {
      web = await journeyWeb({ databaseUrl: await store.databaseUrl() })
    })
    after(() => web.close())
    const look = (tab: Tab) => sound(tab, undefined, store.server ? [] : [desktop])

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

    test('somebody is added and suspended, and another works for another purpose', async () => {
      const tab = await openTab(web.browser, { viewport: phone })
      const { page } = tab
      await page.goto(`${web.address}/sign-in-as`)
      await look(tab)
      await signInAs(web, page, 'Administrator of accounts')
      assert.equal(page.url(), `${web.address}/users`)
      await look(tab)
      await press(page, 'Add somebody')
      await press(page, 'Add and make an invitation')
      await tabTo(page, page.getByRole('link', { name: 'Choose their role' }))
      await page.keyboard.press('Enter')
      assert.equal(await page.locator(':focus').getAttribute('name'), 'role')
      await look(tab)
      await typeIn(page, 'Name', 'Someone Example (synthetic)')
      await typeIn(page, 'Post', 'Officer')
      await typeIn(page, 'E-mail address', 'someone@probation.example')
      await pick(page, 'Agency', 'Probation')
      await choose(page, 'Coordinator')
      await press(page, 'Add and make an invitation')
      assert.match((await page.locator('.concord-link-once').textContent())!, /\/join\/[\w-]{43}/)
      await look(tab)
      await press(page, 'The account', 'link')
      await look(tab)
      await press(page, 'Suspend')
      assert.equal(await page.getByText('Suspended', { exact: true }).isVisible(), true)
      await page.goto(`${web.address}/agencies`)
      await look(tab)
      await signInAs(web, page, 'School link officer')
      await page.goto(`${web.address}/account/purpose`)
      await look(tab)
      await choose(page, 'Offering and giving support')
      await press(page, 'Work for this purpose')
      assert.match((await page.locator('.concord-header__viewer').textContent())!, /for support/)
      await tab.close()
    })

    test('accept the invitation, set up the app, sign out, sign in again with password and code, end another session', async () => {
      const tab = await openTab(web.browser, { viewport: phone })
      const { page } = tab
      // From here on somebody real has an account, and nobody can choose one of the cast.
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

      await page.goto(`${web.address}/join/${token}`)
      await sound(tab)
      await typeIn(page, 'Choose a password', 'short')
      await press(page, 'Set the password')
      assert.match((await page.locator('.govuk-error-summary').textContent())!, /at least 12 characters/)
      await sound(tab)
      await typeIn(page, 'Choose a password', 'coffee tin fish')
      await press(page, 'Set the password')

      await sound(tab)
      const address = await page.getByRole('link', { name: 'open the app' }).getAttribute('href')
      const secret = fromBase32(new URL(address!).searchParams.get('secret')!)
      const firstStep = stepAt(new Date())
      await typeIn(page, 'Code', totpCode(secret, firstStep))
      await press(page, 'Set up and sign in')
      await sound(tab)
      const codes = await page.locator('.concord-codes code').allTextContents()
      assert.equal(codes.length, 10)
      assert.match((await page.locator('.concord-header__viewer').textContent())!, /Zoë Example/)
      await press(page, 'I have kept them')
      assert.match(
        (await page.locator('.concord-header__viewer').textContent())!,
        /Zoë Example.*for preventing violence/s,
      )

      await page.goto(`${web.address}/account`)
      await sound(tab)
      await press(page, 'Sign out')
      await page.goto(`${web.address}/account`)
      assert.equal(await page.getByRole('heading', { name: 'Page not found' }).isVisible(), true)

      await page.goto(`${web.address}/sign-in`)
      await sound(tab)
      await typeIn(page, 'E-mail address', 'zoe@probation.example')
      await typeIn(page, 'Password', 'not the password')
      await press(page, 'Sign in')
      assert.match((await page.locator('.govuk-error-summary').textContent())!, /do not fit together/)
      assert.equal(await page.getByLabel('E-mail address').inputValue(), 'zoe@probation.example')
      assert.equal(await page.getByLabel('Password').inputValue(), '')
      await sound(tab)
      await typeIn(page, 'Password', 'coffee tin fish')
      await press(page, 'Sign in')
      await sound(tab)
      await typeIn(page, 'Your code', totpCode(secret, firstStep))
      await press(page, 'Sign in')
      assert.match((await page.locator('.govuk-error-summary').textContent())!, /was used already/)
      await typeIn(page, 'Your code', codes[0]!)
      await press(page, 'Sign in')
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
      await press(page, /^End/)
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
        databaseUrl: await store.databaseUrl(),
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
