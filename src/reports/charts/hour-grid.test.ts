import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JSDOM } from 'jsdom'
import { gridSample } from './chart-samples.ts'
import { equalClasses } from './classes.ts'
import { drawChart } from './draw-chart.ts'
import type { HourGrid } from './hour-grid.ts'

const texts = (chart: HourGrid): string[] => {
  const { document } = new JSDOM(drawChart(chart, 'wide')).window
  return [...document.querySelectorAll('text')].map(t => t.textContent!)
}
const filledWith = (value: number): number[][] => Array.from({ length: 7 }, () => Array(24).fill(value))

test('weights are written to a tenth, and from a hundred on whole so that they fit their cell', () => {
  const weights = filledWith(3)
  weights[2]![5] = 12.3
  weights[2]![6] = 123.4
  const written = texts({ ...gridSample, counts: weights })
  for (const text of ['3.0', '12.3', '123']) assert.ok(written.includes(text), text)
})

test('counts and weights beside each other share their shades', () => {
  // A fifth of 63 is 12.6, so both go up in steps of 13.
  assert.deepEqual(equalClasses([0, 30, 62]).starts, [0, 13, 26, 39, 52])
  assert.deepEqual(equalClasses([0.2, 30.5, 62]).starts, [0, 13, 26, 39, 52])
  const [start, spread] = [filledWith(62), filledWith(40.5)]
  assert.ok(texts({ ...gridSample, counts: start, shadedTo: 40.5 }).includes('52 to 62'))
  assert.ok(texts({ ...gridSample, counts: spread, shadedTo: 62 }).includes('52.0 to 62.0'))
})
