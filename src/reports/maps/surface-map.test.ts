import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JSDOM } from 'jsdom'
import { labelRoom } from './label-room.ts'
import { drawSurface, type SurfaceMap, surfaceLegend } from './surface-map.ts'

const square = (west: number, south: number, side: number) => [
  [
    [
      [west, south],
      [west, south + side],
      [west + side, south + side],
      [west + side, south],
      [west, south],
    ],
  ],
]

/** Thirty hotspots, most of them at one place: numbers are drawn wherever there is room, and are never left out. */
const map: SurfaceMap = {
  kind: 'surface',
  id: 'map',
  title: 'Knife crime: 30 hotspots',
  subtitle: 'Offences, May 2021',
  description: 'The list has the same numbers.',
  notes: [],
  frame: [square(-2, 52, 0.5)],
  outlines: [{ label: 'Northborough (synthetic)', polygons: square(-2, 52, 0.5) }],
  bands: [20, 40, 80].map(from => ({ from, polygons: square(-1.8, 52.2, 4 / from) })),
  highest: 119.6,
  hotspots: Array.from({ length: 30 }, (_, i) => ({
    number: i + 1,
    label: `Place "${i + 1}" & more: 5 offences`,
    polygons: square(-1.8, 52.2, 0.01),
    longitude: i < 25 ? -1.795 : -1.99,
    latitude: 52.205,
    href: '/figures/knife-crime?where=ward%3DA&by=month',
  })),
  smaller: [{ polygons: square(-1.6, 52.4, 0.01) }],
  places: [{ name: 'Market <Square>', longitude: -1.7, latitude: 52.3 }],
  unit: 'offences',
  inputs: ['Knife crime, from recorded offences'],
  source: 'Source: invented.',
}

const page = new JSDOM(drawSurface(map)).window.document

test('every hotspot of the list has its number on the map, at each of the sizes of letters', () => {
  for (const layout of ['wide', 'middle', 'narrow']) {
    const numbers = [...page.querySelectorAll(`.chart-${layout} [data-mark="numbers"] text`)]
    assert.deepEqual(
      numbers.map(text => Number(text.textContent)),
      map.hotspots.map(h => h.number),
      layout,
    )
  }
  assert.equal(page.querySelectorAll('[data-mark="hotspots"] path').length, 2 * 31)
})

test('a number names its place and leads to its figure; names from files cannot break out', () => {
  const [link] = page.querySelectorAll('[data-mark="numbers"] a')
  assert.equal(link!.getAttribute('aria-label'), '1. Place "1" & more: 5 offences')
  assert.equal(link!.getAttribute('href'), '/figures/knife-crime?where=ward%3DA&by=month')
  assert.match(page.querySelector('.chart-wide [data-mark="names"]')!.textContent!, /Market <Square>/)
  assert.equal(page.querySelectorAll('square, [style], style').length, 0)
})

test('the ranges of the shades meet, the last says the highest, and few bands take the darkest shades', () => {
  assert.deepEqual(
    surfaceLegend(map).map(entry => entry.label),
    ['under 20', '20 to 40', '40 to 80', '80 and over, at most 120'],
  )
  const drawn = [...page.querySelectorAll('[data-mark="bands"] path')].map(path => path.getAttribute('fill'))
  assert.deepEqual(drawn, ['#6BACE6', '#2073BC', '#12436D'])
  assert.deepEqual(surfaceLegend({ ...map, bands: [] }), [])
  assert.deepEqual(
    surfaceLegend({ ...map, bands: [{ from: 1.2, polygons: [] }], highest: 2.34 }).map(e => e.label),
    ['under 1.2', '1.2 and over, at most 2.3'],
  )
})

test('a label takes the first free box on the map; without one only those that must stand do', () => {
  const room = labelRoom(100, 100)
  const box = (x: number, y: number) => ({ x, y, wide: 20, tall: 10 })
  assert.deepEqual(room.take([box(5, 50), box(50, 50)]), box(50, 50))
  assert.equal(room.take([box(55, 55), box(45, 45)]), null)
  assert.deepEqual(room.take([box(5, 50), box(55, 55)], true), box(55, 55))
  room.block(box(20, 20))
  assert.equal(room.take([box(20, 20)]), null)
})
