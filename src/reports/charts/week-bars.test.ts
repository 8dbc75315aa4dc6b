import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JSDOM } from 'jsdom'
import { weeksSample } from './chart-samples.ts'
import { drawChart } from './draw-chart.ts'

const drawn = (layout: 'wide' | 'narrow', chart = weeksSample) =>
  new JSDOM(drawChart(chart, layout), { contentType: 'image/svg+xml' }).window.document

test('the last week alone is set apart, and a week that is not held is hatched and no bar of zero', () => {
  for (const layout of ['wide', 'narrow'] as const) {
    const filled = (fill: string) => drawn(layout).querySelectorAll(`[fill="${fill}"]`).length
    // One of each stands in the key.
    assert.equal(filled('#12436D'), 1 + 1)
    assert.equal(filled('#8a9296'), 50 + 1)
    assert.equal(filled(`url(#weeks-${layout}-hatch)`), 1 + 1)
  }
})

test('the key says what the bars and the two lines are', () => {
  const text = drawn('wide').documentElement.textContent!
  for (const words of ['the week', 'weeks before', 'expected', 'listed from', 'not held']) {
    assert.ok(text.includes(words), words)
  }
})

test('the axis reaches the threshold where no week does, and names months with their year', () => {
  const quiet = { ...weeksSample, risesFrom: 90 }
  const text = [...drawn('wide', quiet).querySelectorAll('text')].map(t => t.textContent)
  assert.ok(text.includes('100'))
  assert.ok(text.some(t => /^Jan\s*2019$/.test(t ?? '')))
})

test('a chart without weeks is refused', () => {
  assert.throws(() => drawn('wide', { ...weeksSample, weeks: [] }), /has no weeks/)
})
