/** The keyboard of the journeys has to stop at what stops people. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser, openTab, phone } from './browser.ts'
import { choose, tabTo } from './keyboard.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

async function onPage(
  body: string,
  act: (page: Parameters<typeof tabTo>[0]) => Promise<void>,
): Promise<void> {
  const tab = await openTab(browser, { viewport: phone })
  await tab.page.setContent(`<style>.plain:focus { outline: none }</style><a href="#x">First</a>${body}`)
  await act(tab.page)
  await tab.close()
}

const reaches = (body: string) =>
  onPage(body, page => tabTo(page, page.getByRole('button', { name: 'Send', includeHidden: true })))

test('a button that takes the focus is reached', () => reaches('<button>Send</button>'))

test('what Tab does not lead to is not reached', async () => {
  await assert.rejects(reaches('<button tabindex="-1">Send</button>'), /does not lead to/)
  await assert.rejects(reaches('<span role="button">Send</span>'), /does not lead to/)
})

test('a focus that looks like none is refused', () =>
  assert.rejects(reaches('<button class="plain">Send</button>'), /cannot be seen/))

test('a focus beneath a bar that sticks is refused', () =>
  assert.rejects(
    reaches('<button>Send</button><div style="position: fixed; inset: 0; background: white">A bar</div>'),
    /is covered or out of sight/,
  ))

test('a box that a script unticks again is not chosen', () =>
  onPage('<label><input type="checkbox" onclick="return false"> Agreed</label>', page =>
    assert.rejects(choose(page, 'Agreed'), /was not chosen/),
  ))

test('of radios the second is chosen with the arrows', () =>
  onPage(
    '<label><input type="radio" name="r"> One</label><label><input type="radio" name="r"> Two</label>',
    async page => {
      await choose(page, 'Two')
      assert.equal(await page.getByLabel('Two').isChecked(), true)
    },
  ))
