import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JSDOM } from 'jsdom'
import {
  barsSample,
  chartSamples,
  gridSample,
  multiplesSample,
  seasonSample,
  trendSample,
} from './chart-samples.ts'
import { type Chart, chartForPage, drawChart } from './draw-chart.ts'
import type { Layout } from './frame.ts'

const layouts: Layout[] = ['wide', 'narrow']

/** Parsed as XML, which fails on anything that a strict reader would refuse. */
function parsed(svg: string): Element {
  const { documentElement } = new JSDOM(svg, { contentType: 'image/svg+xml' }).window.document
  return documentElement
}

const drawn = (chart: Chart, layout: Layout = 'wide') => parsed(drawChart(chart, layout))
const texts = (svg: Element) =>
  [...svg.querySelectorAll('text')].map(t => t.textContent!.replace(/\s+/g, ' '))
const marks = (svg: Element, name: string, child: string) =>
  [...svg.querySelectorAll(`[data-mark="${name}"]`)].flatMap(g => [...g.querySelectorAll(child)])

for (const chart of chartSamples) {
  for (const layout of layouts) {
    test(`the ${chart.kind} chart (${layout}) is an image with a name and carries no inline style`, () => {
      const svg = drawn(chart, layout)
      assert.equal(svg.getAttribute('role'), 'img')
      const named = svg
        .getAttribute('aria-labelledby')!
        .split(' ')
        .map(id => svg.querySelector(`[id="${id}"]`))
      assert.deepEqual(
        named.map(n => n?.localName),
        ['title', 'desc'],
      )
      assert.equal(named[0]!.textContent, chart.title)
      assert.match(named[1]!.textContent!, /Highest 414/)
      assert.equal(svg.querySelectorAll('style, [style], script, [onload], [aria-label]').length, 0)
      const ids = [...svg.querySelectorAll('[id]')].map(e => e.id)
      assert.equal(new Set(ids).size, ids.length)
      assert.ok(ids.every(id => id.startsWith(`${chart.id}-${layout}`)))
    })

    test(`no text of the ${chart.kind} chart (${layout}) is smaller than 13 px`, () => {
      const svg = drawn(chart, layout)
      const sizes = [...svg.querySelectorAll('[font-size]'), svg].map(e =>
        Number(e.getAttribute('font-size')),
      )
      assert.ok(Math.min(...sizes) >= 13)
    })
  }

  test(`the ${chart.kind} chart is drawn to the same bytes each time`, () => {
    for (const layout of layouts) assert.equal(drawChart(chart, layout), drawChart(chart, layout))
  })

  test(`a downloaded ${chart.kind} chart says its title, subtitle and source in the picture`, () => {
    const svg = parsed(drawChart(chart, 'wide', { source: 'Synthetic data. Figure 0a1b2c.' }))
    const all = texts(svg).join(' ')
    for (const part of [chart.title, chart.subtitle, 'Synthetic data. Figure 0a1b2c.']) {
      assert.ok(all.includes(part), part)
    }
    assert.equal(svg.querySelector('rect')!.getAttribute('fill'), '#ffffff')
  })
}

test('a page holds both layouts with no id twice', () => {
  const page = new JSDOM(chartSamples.map(chartForPage).join('')).window.document
  assert.equal(page.querySelectorAll('svg.chart-wide').length, chartSamples.length)
  assert.equal(page.querySelectorAll('svg.chart-narrow').length, chartSamples.length)
  const ids = [...page.querySelectorAll('[id]')].map(e => e.id)
  assert.equal(new Set(ids).size, ids.length)
})

test('a trend has a point for every month that has a value, hollow where the month is not complete', () => {
  const points = marks(drawn(trendSample), 'dot', 'circle')
  assert.equal(points.length, 48 - 4)
  const filled = points.filter(p => p.getAttribute('fill') === '#12436D')
  assert.equal(filled.length, 43)
})

test('months that were not sent are a gap with a note, never zero', () => {
  const svg = drawn(trendSample)
  const [line] = marks(svg, 'line', 'path')
  assert.equal(line!.getAttribute('d')!.match(/M/g)!.length, 2)
  assert.ok(texts(svg).includes('not sent'))
  assert.ok(texts(svg).includes('withheld'))
})

test('the key names months compared with only where some of them are drawn', () => {
  const later = { ...trendSample, comparator: { label: 'Later', value: 10, from: '2031-04', to: '2032-03' } }
  assert.ok(texts(drawn(trendSample)).includes('months compared with'))
  assert.ok(!texts(drawn(later)).includes('months compared with'))
})

test('on a phone no line runs through the words above the bars', () => {
  const [zero] = marks(drawn(barsSample, 'narrow'), 'rule', 'line')
  assert.ok(Math.abs(Number(zero!.getAttribute('y2')) - Number(zero!.getAttribute('y1'))) < 24)
})

test('a recording change inside the period is a rule with a letter that a note explains', () => {
  for (const layout of layouts) {
    const all = texts(drawn(trendSample, layout))
    assert.ok(all.includes('A'))
    assert.match(all.join(' '), /A: recording changed on 1 November 2018. A new crime recording system\./)
    assert.ok(!all.join(' ').includes('Before the months drawn'))
  }
})

test('the lines of a wide trend are named at their ends, of a narrow one in its key', () => {
  for (const layout of layouts) {
    const all = texts(drawn(trendSample, layout)).join(' ')
    assert.match(all, /Knife crime: 341/)
    // The average has no value for the last month, which is not complete: an older one would be read as today's.
    assert.match(all, /12-month average(?!:)/)
    assert.match(all, /2017\/18 average: 299.5/)
  }
})

test('more than four series on one chart are refused', () => {
  const series = Array.from({ length: 5 }, () => trendSample.series[0]!)
  assert.throws(() => drawChart({ ...trendSample, series }, 'wide'), /at most 4/)
})

test('bars start at zero and their lengths are in proportion', () => {
  const svg = drawn(barsSample)
  const bars = marks(svg, 'rect', 'rect')
  assert.equal(bars.length, 3)
  const [white, asian] = bars.map(b => ({
    x: Number(b.getAttribute('x')),
    width: Number(b.getAttribute('width')),
  }))
  assert.equal(white!.x, asian!.x)
  assert.ok(Math.abs(white!.width / asian!.width - 50 / 21) < 0.01)
  assert.ok(texts(svg).includes('0'))
})

test('every bar has its counts written out, withheld ones their reason, the unknown a hatch', () => {
  for (const layout of layouts) {
    const svg = drawn(barsSample, layout)
    const all = texts(svg).join(' ')
    for (const { text } of barsSample.bars) assert.ok(all.includes(text), text)
    assert.equal(
      marks(svg, 'rect', 'rect').filter(r => r.getAttribute('fill')!.startsWith('url(#bars')).length,
      1,
    )
    assert.equal(marks(svg, 'dot', 'path').length, 3)
  }
})

test('the hour grid writes 168 numbers, a cross where one is withheld, and the range of each shade', () => {
  for (const layout of layouts) {
    const svg = drawn(gridSample, layout)
    assert.equal(marks(svg, 'cell', 'rect').length, 168)
    const all = texts(svg)
    assert.equal(all.filter(t => t === '×').length, 1)
    assert.ok(all.includes('112 to 138'))
  }
})

test('months above the mean stand above the line, months never complete are left out', () => {
  const svg = drawn(seasonSample)
  assert.equal(marks(svg, 'bar', 'rect').length, 11)
  assert.ok(texts(svg).includes('+13.8'))
  assert.ok(texts(svg).includes('−14.1'))
})

test('small charts name every area and share one scale', () => {
  const svg = drawn(multiplesSample)
  const all = texts(svg)
  for (const { label } of multiplesSample.panels) assert.ok(all.includes(label))
  assert.equal(all.filter(t => t === '0').length, 1)
})
