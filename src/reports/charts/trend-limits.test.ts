import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JSDOM } from 'jsdom'
import { controlSample } from './chart-samples.ts'
import { drawChart } from './draw-chart.ts'
import type { TrendChart } from './trend.ts'

const drawn = (chart: TrendChart) =>
  new JSDOM(drawChart(chart, 'wide')).window.document as unknown as Document
const words = (page: Document) => [...page.querySelectorAll('text')].map(t => t.textContent)
const limits = controlSample.limits!

test('months that stand out are told apart by the way their triangle points, not by colour alone', () => {
  const triangles = [...drawn(controlSample).querySelectorAll('[data-mark="dot"] path')]
  assert.equal(triangles.length, 2)
  assert.equal(triangles.filter(t => /rotate\(180\)/.test(t.getAttribute('transform') ?? '')).length, 1)
  assert.equal(
    new Set(triangles.map(t => t.getAttribute('fill') ?? t.parentElement!.getAttribute('fill'))).size,
    2,
  )
})

test('limits are not joined across a change in recording', () => {
  const dashed = [...drawn(controlSample).querySelectorAll('[data-mark="line"]')].filter(
    g => (g.getAttribute('stroke-dasharray') ?? '') === '2,3',
  )
  // Two stretches have an upper limit, one a lower.
  assert.deepEqual(dashed.map(g => g.querySelectorAll('path').length).sort(), [1, 2])
})

test('R7 a rise of police activity is drawn without a colour of good or bad, and the key does not judge it', () => {
  const activity = drawn({ ...controlSample, limits: { ...limits, direction: 'activity' } })
  assert.ok(words(activity).includes('higher than ordinary, or rising'))
  assert.ok(words(drawn(controlSample)).includes('higher than ordinary, or rising (more harm recorded)'))
  const fills = [...activity.querySelectorAll('[data-mark="dot"] path')].map(
    t => t.getAttribute('fill') ?? t.parentElement!.getAttribute('fill'),
  )
  assert.deepEqual([...new Set(fills)], ['#ffffff'])
})

test('the key explains what is drawn and nothing else', () => {
  const all = words(drawn(controlSample))
  for (const entry of [
    'limits',
    'average of ordinary months',
    'months that the limits rest on',
    'pandemic',
  ]) {
    assert.ok(all.includes(entry), entry)
  }
  const bare = words(
    drawn({ ...controlSample, limits: { ...limits, marks: [], months: [], restsOn: [], pandemic: null } }),
  )
  for (const entry of ['limits', 'pandemic', 'higher than ordinary, or rising (more harm recorded)']) {
    assert.ok(!bare.includes(entry), entry)
  }
})

test('an upper limit above every month still lies on the chart', () => {
  const high = limits.months.map(m => ({ ...m, upper: 900 }))
  const ticks = words(drawn({ ...controlSample, limits: { ...limits, months: high } }))
  assert.ok(ticks.includes('1,000'))
})
