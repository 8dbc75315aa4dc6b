import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { before, test } from 'node:test'
import type { AreaPack } from '../areas/area-pack.ts'
import { readAreaPack } from '../areas/read-area-pack.ts'
import { buildLayer, placePoints } from '../evidence/geography/layer.ts'
import { dissolve, signedArea } from './dissolve.ts'
import { drawSmallAreas, type SmallArea } from './geography.ts'

let pack: AreaPack
let areas: SmallArea[]

before(async () => {
  pack = await readAreaPack(resolve(import.meta.dirname, '../../areas/west-midlands'))
  areas = drawSmallAreas(pack, 2019)
})

const areaOf = (polygons: number[][][][]) => polygons.flat().reduce((sum, ring) => sum + signedArea(ring), 0)

test('a square of four cells has one ring of eight edges', () => {
  const cell = (x: number, y: number) => [
    [x, y],
    [x + 1, y],
    [x + 1, y + 1],
    [x, y + 1],
    [x, y],
  ]
  const joined = dissolve([cell(0, 0), cell(1, 0), cell(0, 1), cell(1, 1)])
  assert.equal(joined.length, 1)
  assert.equal(joined[0]!.length, 1)
  assert.equal(joined[0]![0]!.length, 9)
  assert.equal(areaOf(joined), 4)
})

test('cells around a gap have a hole, and cells apart are two polygons', () => {
  const cell = (x: number, y: number) => [
    [x, y],
    [x + 1, y],
    [x + 1, y + 1],
    [x, y + 1],
    [x, y],
  ]
  const around = [0, 1, 2].flatMap(x => [0, 1, 2].filter(y => x !== 1 || y !== 1).map(y => cell(x, y)))
  const ring = dissolve(around)
  assert.deepEqual(
    ring.map(polygon => polygon.length),
    [2],
  )
  assert.equal(areaOf(ring), 8)
  assert.equal(dissolve([cell(0, 0), cell(5, 5)]).length, 2)
})

test('every unit is one piece whose size is that of its small areas', () => {
  for (const { code } of pack.policingAreas.filter(a => a.to)) {
    const members = areas.filter(a => a.unit === code)
    const joined = dissolve(members.map(a => a.ring))
    assert.equal(joined.length, 1, code)
    const whole = members.reduce((sum, a) => sum + signedArea(a.ring), 0)
    assert.ok(Math.abs(areaOf(joined) - whole) < 1e-9, code)
  }
})

test('anchors and named places of the pack lie in their own units', () => {
  const units = [...new Set(areas.map(a => a.unit))].map(code => ({
    code,
    polygons: dissolve(areas.filter(a => a.unit === code).map(a => a.ring)),
  }))
  const layer = buildLayer(units)
  const points = [
    ...pack.policingAreas.filter(a => a.to).map(a => ({ unit: a.code, ...a.anchor })),
    ...pack.namedPlaces.map(place => ({
      unit: place.policingArea,
      longitude: place.longitude,
      latitude: place.latitude,
    })),
  ]
  const placed = placePoints(
    layer,
    Float64Array.from(points, p => p.longitude),
    Float64Array.from(points, p => p.latitude),
  )
  assert.deepEqual(
    [...placed].map(i => layer.codes[i]),
    points.map(p => p.unit),
  )
})

test('a map of its own: codes and names that nobody could take for real ones', () => {
  assert.ok(areas.length >= 300 && areas.length <= 400)
  assert.equal(new Set(areas.map(a => a.code)).size, areas.length)
  for (const area of areas) {
    assert.match(area.code, /^X01\d{6}$/)
    assert.match(area.ward, /^X05\d{6}$/)
    assert.match(area.name, /\(synthetic\)$/)
    assert.match(area.wardName, /\(synthetic\)$/)
  }
  const wards = Map.groupBy(areas, a => a.ward)
  for (const [code, members] of wards) {
    assert.equal(new Set(members.map(a => a.unit)).size, 1, code)
    assert.ok(members.length <= 6, `${code} has ${members.length}`)
  }
})

test('every impact area of the pack has small areas of its unit', () => {
  for (const { code } of pack.impactAreas) {
    const members = areas.filter(a => a.impactArea === code)
    assert.ok(members.length > 0, code)
    assert.deepEqual([...new Set(members.map(a => a.unit))], [code.slice(3)])
  }
})

test('the same seed draws the same map, another seed another', () => {
  assert.deepEqual(drawSmallAreas(pack, 2019), areas)
  assert.notDeepEqual(drawSmallAreas(pack, 7)[20]!.ring, areas[20]!.ring)
})
