import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JSDOM } from 'jsdom'
import { type Choropleth, drawChoropleth, type MapArea } from './choropleth.ts'
import { fitToWidth, type Polygons } from './flat-projection.ts'
import { mapLegend, mapNotes } from './map-legend.ts'
import { scaleBar } from './scale-bar.ts'

/** A square of a tenth of a degree with its south-west corner at the place. */
const square = (x: number, y: number): Polygons => [
  [
    [
      [x, y],
      [x + 0.1, y],
      [x + 0.1, y + 0.1],
      [x, y + 0.1],
      [x, y],
    ],
  ],
]

const area = (i: number, value: number | null, state: MapArea['state'] = 'known'): MapArea => ({
  code: `A${i}`,
  label: `Area ${i} & co`,
  polygons: square(-2 + i / 10, 52.4),
  value,
  text: value === null ? state : `${value} offences`,
  state,
  href: `/places?area=A${i}&level=ward`,
})

const sample: Choropleth = {
  kind: 'choropleth',
  id: 'map',
  title: 'Knife crime by ward',
  subtitle: 'West Midlands, 2018/19, offences',
  description: 'Eight areas.',
  notes: ['12 offences could not be placed.'],
  unit: 'Offences',
  inputs: ['Recorded offences'],
  source: 'Source: synthetic partnership.',
  outlines: [{ label: 'Birmingham', polygons: square(-2, 52.4) }],
  areas: [
    area(0, 1),
    area(1, 20),
    area(2, 30),
    area(3, 40),
    area(4, 55),
    area(5, null, 'withheld'),
    area(6, null, 'not sent'),
    area(7, 0),
  ],
}

const parsed = (svg: string) =>
  new JSDOM(svg, { contentType: 'image/svg+xml' }).window.document.documentElement

test('a flat map is true to scale: a tenth of a degree of latitude is 11.12 km', () => {
  const flat = fitToWidth([square(-2, 52.4)], 200, 0)
  assert.ok(Math.abs((flat.height * flat.metresPerPixel) / 11_120 - 1) < 0.01)
  // A tenth of a degree of longitude is shorter there by the cosine of the latitude.
  assert.ok(Math.abs((200 * flat.metresPerPixel) / (11_120 * Math.cos((52.45 * Math.PI) / 180)) - 1) < 0.001)
})

test('a polygon wound the other way round is drawn the same, not as the rest of the world', () => {
  const [[ring]] = square(-2, 52.4) as [[[number, number][]]]
  const flat = fitToWidth([square(-2, 52.4)], 200, 0)
  const box = (d: string) => d.match(/-?[\d.]+,-?[\d.]+/g)!.sort()
  assert.deepEqual(
    [...new Set(box(flat.path([[ring.toReversed()]])))],
    [...new Set(box(flat.path([[ring]])))],
  )
})

test('a map without any extent is refused', () => {
  assert.throws(() => fitToWidth([], 100, 0), /at least one polygon/)
})

test('the scale bar is a round length and as long as it says', () => {
  assert.deepEqual(scaleBar(100, 640), { pixels: 100, label: '10 km' })
  assert.deepEqual(scaleBar(1, 640), { pixels: 100, label: '100 m' })
})

test('every area is named with its value and leads to its own page', () => {
  const svg = parsed(drawChoropleth(sample))
  const links = [...svg.querySelectorAll('[data-mark="areas"] a')]
  assert.equal(links.length, 8)
  assert.equal(links[1]!.getAttribute('aria-label'), 'Area 1 & co: 20 offences')
  assert.equal(links[1]!.getAttribute('href'), '/places?area=A1&level=ward')
  assert.equal(svg.getAttribute('role'), 'group')
  assert.equal(svg.querySelectorAll('style, [style], script').length, 0)
})

test('many areas are not many stops of the Tab key', () => {
  const areas = Array.from({ length: 80 }, (_, i) => area(i, i))
  const svg = parsed(drawChoropleth({ ...sample, areas }))
  assert.equal(svg.querySelectorAll('a:not([tabindex="-1"])').length, 0)
})

test('withheld and not sent are patterns, zero is the lowest shade', () => {
  const svg = parsed(drawChoropleth(sample))
  const fills = [...svg.querySelectorAll('[data-mark="areas"] path')].map(p => p.getAttribute('fill'))
  assert.equal(fills[5], 'url(#map-hatch)')
  assert.equal(fills[6], 'url(#map-dots)')
  assert.equal(fills[7], '#DCE9F5')
  assert.equal(new Set(fills.slice(0, 4)).size, 4)
  assert.ok(svg.querySelector('[id="map-hatch"]') && svg.querySelector('[id="map-dots"]'))
})

test('the legend gives the range of every shade and the meaning of every pattern', () => {
  assert.deepEqual(
    mapLegend(sample).map(e => e.label),
    ['0', '1 to 19', '20 to 29', '30 to 39', '40 to 55', 'withheld', 'not sent or not known'],
  )
})

test('R7 the list of what was counted is shown on the map, with what never is', () => {
  const notes = mapNotes(sample).join(' ')
  assert.match(notes, /Counted on this map: Recorded offences\./)
  assert.match(notes, /Stops, searches and weapons found by the police are never counted/)
  assert.match(notes, /approximate/)
  const alone = parsed(drawChoropleth(sample, { source: 'Figure 0a1b.' })).textContent!.replace(/\s+/g, ' ')
  for (const part of ['Knife crime by ward', 'North', 'km', 'withheld', 'approximate', 'Figure 0a1b.']) {
    assert.ok(alone.includes(part), part)
  }
})

test('names of areas close together do not lie on each other; one without room is left out', () => {
  const outlines = Array.from({ length: 12 }, (_, i) => ({
    label: `Area ${i}`,
    polygons: square(-1.6 + i / 500, 52.4),
  }))
  const names = [
    ...parsed(drawChoropleth({ ...sample, outlines })).querySelectorAll(
      '.chart-narrow [data-mark="names"] text',
    ),
  ]
  const heights = names.map(n => Number(n.getAttribute('y'))).sort((a, b) => a - b)
  assert.ok(names.length > 1 && names.length < 12, `${names.length} names`)
  heights.slice(1).forEach((y, i) => {
    assert.ok(y - heights[i]! >= 21, `${y} lies on ${heights[i]}`)
  })
})

test('the same map gives the same bytes', () => {
  assert.equal(drawChoropleth(sample), drawChoropleth(sample))
})
