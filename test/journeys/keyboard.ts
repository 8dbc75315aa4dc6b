/**
 * A page as somebody works who has no mouse: Tab, Enter, Space, arrows and typing. What Tab does not lead to cannot be
 * used, and what has the focus has to look so and be in sight (WCAG 2.4.7, 2.4.11); otherwise these functions throw.
 */
import assert from 'node:assert/strict'
import type { ElementHandle, Locator, Page } from 'playwright-core'

const MOST_PRESSES = 200

/** Presses Tab until the element has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  const element = await target.elementHandle()
  assert.ok(element)
  const focused = () => element.evaluate(e => e === document.activeElement)
  if (await focused()) await page.keyboard.press('Shift+Tab')
  const before = await looks(element)
  for (let presses = 0; presses < MOST_PRESSES; presses++) {
    await page.keyboard.press('Tab')
    if (!(await focused())) continue
    const name = `${target} on ${new URL(page.url()).pathname}`
    assert.notDeepEqual(await looks(element), before, `The focus on ${name} cannot be seen`)
    assert.ok(await inSight(element), `${name} has the focus, and is covered or out of sight`)
    return
  }
  assert.fail(`The Tab key does not lead to ${target} on ${new URL(page.url()).pathname}`)
}

/** How the element, and the label that is painted for it, look: what a focus can change. */
const looks = (element: ElementHandle<HTMLElement | SVGElement>): Promise<string[]> =>
  element.evaluate(e => {
    const parts = [e, ...((e as Partial<HTMLInputElement>).labels ?? [])]
    return parts.flatMap(part =>
      [undefined, '::before', '::after'].map(pseudo => {
        const style = getComputedStyle(part, pseudo)
        // GOV.UK's radios and checkboxes are transparent; their label is what one sees.
        if (style.opacity === '0' || style.visibility === 'hidden') return ''
        const { outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor, color } = style
        const outline = outlineStyle === 'none' ? '' : `${outlineStyle} ${outlineWidth} ${outlineColor}`
        return [outline, boxShadow, backgroundColor, color, style.borderColor, style.borderWidth].join()
      }),
    )
  })

/** Somewhere in its box the element itself is on top, and not a bar that sticks to the edge of the window. */
const inSight = (element: ElementHandle<HTMLElement | SVGElement>): Promise<boolean> =>
  element.evaluate(e => {
    const labels: Element[] = [...((e as Partial<HTMLInputElement>).labels ?? [])]
    return [...e.getClientRects()].some(({ left, top, width, height }) =>
      [0.1, 0.5, 0.9].some(across =>
        [0.1, 0.5, 0.9].some(down => {
          const there = document.elementFromPoint(left + width * across, top + height * down)
          return there !== null && [e, ...labels].some(part => part.contains(there))
        }),
      ),
    )
  })

/** Goes to the field of that label and types. */
export async function typeIn(page: Page, field: string | Locator, words: string): Promise<void> {
  await tabTo(page, typeof field === 'string' ? page.getByLabel(field).first() : field)
  await page.keyboard.type(words)
}

/** Goes to the list of that label and types the beginning of a choice. */
export async function pick(page: Page, label: string, choice: string): Promise<void> {
  const list = page.getByLabel(label, { exact: true })
  await tabTo(page, list)
  await page.keyboard.type(choice)
  const picked = await list.evaluate(e => (e as HTMLSelectElement).selectedOptions[0]?.label)
  assert.equal(picked, choice)
}

/** Ticks a checkbox; of radios the group is reached with Tab, and the choice with the arrows. */
export async function choose(page: Page, choice: string | Locator): Promise<void> {
  const box = typeof choice === 'string' ? page.getByLabel(choice).first() : choice
  if ((await box.getAttribute('type')) === 'checkbox') {
    await tabTo(page, box)
    await page.keyboard.press('Space')
  } else {
    const group = page.locator(`input[type=radio][name="${await box.getAttribute('name')}"]`)
    const chosen = group.and(page.locator(':checked'))
    await tabTo(page, (await chosen.count()) > 0 ? chosen : group.first())
    await page.keyboard.press('Space')
    const all = await group.count()
    for (let i = 0; i < all && !(await box.isChecked()); i++) await page.keyboard.press('ArrowDown')
  }
  assert.ok(await box.isChecked(), `${box} was not chosen`)
}

/** Goes to the button or link of that name, presses Enter and waits for the page that it opens. */
export async function press(
  page: Page,
  name: string | RegExp,
  role: 'button' | 'link' = 'button',
): Promise<void> {
  await follow(page, page.getByRole(role, { name }))
}

/** As `press`, for something found otherwise. */
export async function follow(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  // Leaving while a script is on its way would count as a failed request: all of it has to have come.
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
}

/** Opens what is folded away under a heading of those words. */
export async function unfold(page: Page, words: string): Promise<void> {
  await tabTo(page, page.locator('summary', { hasText: words }))
  await page.keyboard.press('Enter')
}
