/**
 * A real browser for journeys: Chromium as npm brings it. Whatever a page writes to the console, whatever the
 * content security policy stops and every failed request is collected, and `findings()` has to be empty.
 */
import assert from 'node:assert/strict'
import sparticuz from '@sparticuz/chromium'
import axe from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { inTurn } from '../made-once.ts'

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
    // Unpacked at its first use; a second test must not start what the first has unpacked half.
    executablePath: await inTurn('browser', () => sparticuz.executablePath()),
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
  page.on('requestfailed', request => {
    const why = request.failure()?.errorText
    // A page that turns out to be a file goes on as a download; leaving a page ends its stream.
    const ended = request.isNavigationRequest() || request.resourceType() === 'eventsource'
    if (!ended || why !== 'net::ERR_ABORTED') troubles.push(`${request.method()} ${request.url()}: ${why}`)
  })
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
  // Run as the tester, outside the page's content security policy; once for a page that is looked at in several widths.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source)
  const options = {
    runOnly: {
      type: 'tag',
      values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    },
    // What passes is not listed, and no style sheet is fetched a second time.
    resultTypes: ['violations'],
    preload: false,
  }
  const results = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`)
  return results.violations.map(
    v => `${v.id}: ${v.help} (${v.nodes.length}×), such as ${v.nodes[0]?.html.slice(0, 200)}`,
  )
}

/** How far the page is wider than the window: no page may scroll sideways. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

/**
 * What is wrong with the page as it stands, a sentence each: faults that axe finds, sideways scrolling, an id that stands
 * twice, and what the browser complained of since it was asked last. In the window as it is, and as wide as others have it.
 */
export async function faultsOf(
  tab: Tab,
  what = new URL(tab.page.url()).pathname,
  others: readonly (typeof desktop)[] = [],
): Promise<string[]> {
  const { page, troubles } = tab
  const faults: string[] = []
  const own = page.viewportSize()!
  for (const viewport of [own, ...others]) {
    if (others.length > 0) await page.setViewportSize(viewport)
    const where = `${what}, ${viewport.width} wide`
    for (const fault of await tab.accessibilityFaults()) faults.push(`${where}: ${fault}`)
    const wider = await overflow(page)
    if (wider > 0) faults.push(`${where}: ${wider} pixels wider than the window`)
  }
  if (others.length > 0) await page.setViewportSize(own)
  for (const id of await doubledIds(page)) faults.push(`${what}: the id ${id} stands twice`)
  for (const trouble of troubles.splice(0)) faults.push(`${what}: ${trouble}`)
  return faults
}

/** Throws unless the page is without faults. */
export async function sound(...page: Parameters<typeof faultsOf>): Promise<void> {
  assert.deepEqual(await faultsOf(...page), [])
}

/** Visits the addresses one after the other, and gives the faults of all of them. */
export async function faultsOn(
  tab: Tab,
  address: string,
  paths: readonly string[],
  { others = [], status = {} }: { others?: (typeof desktop)[]; status?: Record<string, number> } = {},
): Promise<string[]> {
  const faults: string[] = []
  for (const path of paths) {
    const answered = (await tab.page.goto(`${address}${path}`))?.status()
    if (answered !== (status[path] ?? 200)) faults.push(`${path}: status ${answered}`)
    faults.push(...(await faultsOf(tab, path, others)))
  }
  return faults
}

const doubledIds = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map(e => e.id)
    return ids.filter((id, i) => ids.indexOf(id) < i)
  })

/** What can be read in the main part of the page: what is hidden does not count. */
export const shown = (page: Page, selector = 'main'): Promise<string> =>
  // biome-ignore lint/performance/useDomNodeTextContent: text that styles hide must not be found
  page.locator(selector).innerText()
