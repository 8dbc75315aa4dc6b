import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JSDOM } from 'jsdom'
import { bandSample, curveSample, ratioSample } from './chart-samples.ts'
import { type Chart, drawChart } from './draw-chart.ts'
import { type Layout, layoutWidth, TEXT } from './frame.ts'
import { textWidth } from './text-width.ts'

const layouts: Layout[] = ['wide', 'narrow']
const drawn = (chart: Chart, layout: Layout) =>
  new JSDOM(drawChart(chart, layout), { contentType: 'image/svg+xml' }).window.document.documentElement
const texts = (svg: Element) => [...svg.querySelectorAll('text')].map(t => t.textContent!).join(' ')
const number = (element: Element, name: string) => Number(element.getAttribute(name))

test('half lies as far from no difference as double', () => {
  const row = (ratio: number) => ({ label: 'A', ratio, low: ratio, high: ratio, bounds: null, text: '' })
  for (const layout of layouts) {
    const svg = drawn({ ...ratioSample, rows: [row(0.5), row(1), row(2)] }, layout)
    const [half, one, double] = [...svg.querySelectorAll('[data-mark="dot"] path')].map(dot =>
      Number(/translate\(([\d.]+)/.exec(dot.getAttribute('transform')!)![1]),
    )
    assert.ok(Math.abs(one! - half! - (double! - one!)) < 0.05, `${half} ${one} ${double}`)
  }
})

test('a ratio without an interval has its words and what it could be, and no mark', () => {
  for (const layout of layouts) {
    const svg = drawn(ratioSample, layout)
    assert.equal(svg.querySelectorAll('[data-mark="dot"] path').length, 2)
    assert.match(texts(svg), /no ratio, too many are not known/)
    assert.equal(svg.querySelectorAll('[stroke-dasharray="2,3"] path').length, 2)
    assert.match(texts(svg), /beyond the scale: at its edge/)
  }
})

test('no line of a chart of ratios runs out of it, that below the axis neither', () => {
  for (const layout of layouts) {
    const svg = drawn(ratioSample, layout)
    for (const line of svg.querySelectorAll('text[text-anchor="start"]')) {
      const words = line.textContent!
      assert.ok(textWidth(words, TEXT) <= layoutWidth[layout], `${layout}: ${words}`)
    }
  }
})

test('every band has its number, a frame where chance hardly explains it, and its shade in the key', () => {
  for (const layout of layouts) {
    const svg = drawn(bandSample, layout)
    for (const { text } of bandSample.cells.flat()) assert.ok(texts(svg).includes(text), text)
    const frames = [...svg.querySelectorAll('rect[fill="none"]')].filter(r => number(r, 'height') > 20)
    assert.equal(frames.length, 2)
    const shade = (text: string) => {
      const line = [...svg.querySelectorAll('text')].find(t => t.textContent === text)!
      const [x, y] = [number(line, 'x'), number(line, 'y')]
      return [...svg.querySelectorAll('rect[stroke-opacity]')]
        .find(
          r =>
            number(r, 'x') < x &&
            x < number(r, 'x') + number(r, 'width') &&
            number(r, 'y') < y &&
            y < number(r, 'y') + number(r, 'height'),
        )!
        .getAttribute('fill')
    }
    assert.equal(shade('24 against 10'), '#12436D')
    assert.equal(shade('64 against 36'), '#2073BC')
    assert.equal(shade('30 of 30'), '#A9CBEA')
    assert.equal(shade('0 of 0'), '#ffffff')
  }
})

test('a grid whose cells do not fit its bands is refused', () => {
  assert.throws(() => drawChart({ ...bandSample, rows: ['Only one'] }, 'wide'), /is not 1 rows of 3 columns/)
})

test('the curve of concentration, that of chance and the even share are three lines of different dash', () => {
  for (const layout of layouts) {
    const svg = drawn(curveSample, layout)
    const dashes = [...svg.querySelectorAll('[data-mark="line"]')].map(g =>
      g.getAttribute('stroke-dasharray'),
    )
    assert.deepEqual(dashes.sort(), ['2,3', '8,3', null].sort())
    assert.match(texts(svg), /counted .*chance alone .*the same in every place/)
  }
})

test('where everything lies in few places the scale of places ends soon after them', () => {
  const sparse = [
    { places: 0, held: 0 },
    { places: 4, held: 90 },
    { places: 5, held: 100 },
    { places: 100, held: 100 },
  ]
  for (const layout of layouts) {
    const all = texts(drawn({ ...curveSample, counted: sparse, chance: sparse }, layout))
    assert.match(all, /0% 1% 2% 3% 4% 5%/)
    // The scale of what is held stays whole.
    assert.match(all, /100%/)
  }
})
