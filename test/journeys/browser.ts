/**
 * A real browser for journeys: Chromium as npm brings it. Whatever a page writes to the console, whatever the
 * content security policy stops and every failed request is collected, and `findings()` has to be empty.
 */
import sparticuz from '@sparticuz/chromium'
import axe from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core'

export const desktop = { width: 1280, height: 900 }
export const phone = { width: 320, height: 700 }

export interface Tab {
  page: Page
  /** Console errors, uncaught errors, refused content and failed requests so far. */
  troubles: string[]
  /** Faults that axe finds on the page as it stands, one sentence each. */
  accessibilityFaults(): Promise<string[]>
  close(): Promise<void>
}

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await sparticuz.executablePath(),
    // The sandbox cannot be set up by root, nor in most containers. The package's own arguments are for serverless
    // machines: a single process that falls over, and web security switched off, which is what we test.
    args: [
      '--no-sandbox',
      '--no-zygote',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--font-render-hinting=none',
    ],
    headless: true,
  })
}

export async function openTab(
  browser: Browser,
  { viewport = desktop, ...options }: BrowserContextOptions = {},
): Promise<Tab> {
  const context = await browser.newContext({
    viewport,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    ...options,
  })
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('console', message => {
    // The browser reports the status of an error page that a journey asked for on purpose; the journey checks it.
    const expected = /Failed to load resource: the server responded with a status of 4/.test(message.text())
    if (['error', 'warning'].includes(message.type()) && !expected) troubles.push(message.text())
  })
  page.on('pageerror', error => troubles.push(error.message))
  page.on('requestfailed', request =>
    troubles.push(`${request.method()} ${request.url()}: ${request.failure()?.errorText}`),
  )
  return {
    page,
    troubles,
    accessibilityFaults: () => axeFaults(page),
    close: () => context.close(),
  }
}

interface AxeResults {
  violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[]
}

async function axeFaults(page: Page): Promise<string[]> {
  // Run as the tester, outside the page's content security policy.
  await page.evaluate(axe.source)
  const results = await page.evaluate<AxeResults>(
    `axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } })`,
  )
  return results.violations.map(
    v => `${v.id}: ${v.help} (${v.nodes.length}×), such as ${v.nodes[0]?.html.slice(0, 200)}`,
  )
}

/** How far the page is wider than the window: no page may scroll sideways. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

/** Presses Tab until the element has the focus, as somebody without a mouse does. Throws when it cannot be reached. */
export async function tabTo(page: Page, target: Locator, most = 80): Promise<void> {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab')
    if (await target.evaluate(element => element === document.activeElement)) {
      const seen = await target.evaluate(element => {
        const box = element.getBoundingClientRect()
        const style = getComputedStyle(element)
        const marked = style.outlineStyle !== 'none' || style.boxShadow !== 'none'
        return marked && box.bottom > 0 && box.top < innerHeight
      })
      if (!seen)
        throw new Error(
          `The focus on ${await target.evaluate(e => e.outerHTML.slice(0, 100))} cannot be seen`,
        )
      return
    }
  }
  throw new Error(`${target} cannot be reached with the Tab key`)
}

/** What can be read in the main part of the page: what is hidden does not count. */
export const shown = (page: Page, selector = 'main'): Promise<string> =>
  // biome-ignore lint/performance/useDomNodeTextContent: text that styles hide must not be found
  page.locator(selector).innerText()
