/**
 * Observable Plot without a browser, and without inline styles.
 *
 * Plot writes a `<style>` element and a `style` attribute, which our content security policy refuses (a page
 * that allows inline styles also allows an injected one). What they say is carried by presentation attributes
 * and by the frame instead. Numbers are rounded to a hundredth of a pixel: the same picture in half the bytes.
 */
import * as Plot from '@observablehq/plot'
import { JSDOM } from 'jsdom'

let page: Document | undefined

/** One empty document serves every chart: plots are never attached to it. */
function plotDocument(): Document {
  page ??= new JSDOM('').window.document as unknown as Document
  return page
}

const roundNumbers = (markup: string): string =>
  markup.replace(/="[^"]*"/g, attribute =>
    attribute.replace(/-?\d+\.\d{3,}(e-?\d+)?/g, n => String(Number(Number(n).toFixed(2)))),
  )

/**
 * The marks of a plot as SVG markup without the outer element. Groups keep Plot's name of the mark as
 * `data-mark`: as `aria-label` it would be read aloud ("rule, dot, dot …") where it says nothing.
 */
export function plotMarks(options: Plot.PlotOptions & { width: number; height: number }): string {
  const svg = Plot.plot({ ...options, document: plotDocument(), className: 'plot' })
  if (svg.localName !== 'svg')
    throw new TypeError(`Plot drew a <${svg.localName}>; charts have no legends of Plot's`)
  svg.querySelector('style')?.remove()
  for (const group of svg.querySelectorAll('[aria-label]')) {
    group.setAttribute('data-mark', group.getAttribute('aria-label')!)
    group.removeAttribute('aria-label')
    group.removeAttribute('aria-hidden')
  }
  return roundNumbers(svg.innerHTML).replaceAll('&nbsp;', ' ')
}
