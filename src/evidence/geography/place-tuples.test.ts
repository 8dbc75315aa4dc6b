import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { tester } from '../../../test/temporary-store.ts'
import { type Geography, loadGeography } from './geography.ts'
import { loadBoundaryFile } from './load-boundary-file.ts'
import { loadLookupFile } from './load-lookup-file.ts'
import { placeTuples } from './place-tuples.ts'
import { collection, feature, openWorkplace, square, type Workplace } from './squares.ts'

/**
 * Two towns, L1 and L2, side by side, each a square of two by two, in wards of one square:
 *
 *     W3 W4 | W7 W8        2011 small areas are the wards' squares, S1 to S8, but S1 was split in 2021
 *     W1 W2 | W5 W6        into N1 (west half) and N2 (east half), and S5 and S6 were merged into N3.
 *
 * L1 had two policing units, P1 (W1, W3) and P2 (W2, W4), until April 2023, then one area A1. L2 always had Q1.
 */
const unit = { kind: 'unit', anchor: { longitude: 0, latitude: 0 }, source: 's' }
const pack = {
  localAuthorities: [
    { code: 'L1', name: 'Town one', source: 's' },
    { code: 'L2', name: 'Town two', source: 's' },
  ],
  policingAreas: [
    { ...unit, code: 'P1', name: 'One west', localAuthority: 'L1', from: '2016-01-01', to: '2023-04-02' },
    { ...unit, code: 'P2', name: 'One east', localAuthority: 'L1', from: '2016-01-01', to: '2023-04-02' },
    { ...unit, code: 'A1', name: 'One', localAuthority: 'L1', from: '2023-04-03' },
    { ...unit, code: 'Q1', name: 'Two', localAuthority: 'L2' },
  ],
  impactAreas: [{ code: 'I1', name: 'Impact', from: '2020-01-01', source: 's' }],
}

const corners: [number, number][] = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
  [2, 0],
  [3, 0],
  [2, 1],
  [3, 1],
]
const authority = (i: number) => (i < 4 ? 'L1' : 'L2')
const wards = collection(
  ...corners.map(([x, y], i) => feature({ ward25_code: `W${i + 1}`, lad_code: authority(i) }, square(x, y))),
)
const smallAreas2011 = collection(
  ...corners.map(([x, y], i) => feature({ lsoa11_code: `S${i + 1}`, lad_code: authority(i) }, square(x, y))),
)
const half = (x: number) => [
  [x, 0],
  [x + 0.5, 0],
  [x + 0.5, 1],
  [x, 1],
  [x, 0],
]
const smallAreas2021 = collection(
  feature({ lsoa21_code: 'N1' }, half(0)),
  feature({ lsoa21_code: 'N2' }, half(0.5)),
  feature({ lsoa21_code: 'N3' }, square(2, 0), square(3, 0)),
  ...[1, 2, 3, 6, 7].map(i => feature({ lsoa21_code: `S${i + 1}` }, square(...corners[i]!))),
)
const vintages = `lsoa11_code,lsoa21_code
S1,N1
S1,N2
S2,S2
S3,S3
S4,S4
S5,N3
S6,N3
S7,S7
S8,S8
`
const bestFit = `lsoa11_code,ward25_code
${corners.map((_, i) => `S${i + 1},W${i + 1}`).join('\n')}
`

interface Tuple {
  month?: string
  at?: [number, number]
  lsoa?: string
  authority?: string
}

function placeAll(geography: Geography, tuples: Tuple[]) {
  const placed = placeTuples(geography, {
    month: tuples.map(t => t.month ?? '2019-01'),
    longitude: Float64Array.from(tuples, t => t.at?.[0] ?? Number.NaN),
    latitude: Float64Array.from(tuples, t => t.at?.[1] ?? Number.NaN),
    lsoaCode: tuples.map(t => t.lsoa ?? null),
    authorityCode: tuples.map(t => t.authority ?? null),
  })
  return tuples.map((_, i) => [
    placed.lsoa[i],
    placed.ward[i],
    placed.localAuthority[i],
    placed.policingArea[i],
    placed.impactArea[i],
    placed.outside[i],
  ])
}

describe('placing records', () => {
  let place: Workplace
  let geography: Geography
  const loadMap = async (text: string) =>
    loadBoundaryFile(place.installation, { path: await place.write('map.geojson', text) }, tester)
  const loadLookup = async (text: string) =>
    loadLookupFile(place.installation, await place.write('lookup.csv', text), tester)

  before(async () => {
    place = await openWorkplace()
    await loadMap(wards)
    await loadMap(smallAreas2011)
    await loadMap(smallAreas2021)
    await loadMap(collection(feature({ impact_area_code: 'I1' }, square(0, 0))))
    await loadLookup(vintages)
    await loadLookup(bestFit)
    geography = await loadGeography(place.installation, pack)
  })
  after(() => place.close())

  test('a point is in the areas of its month', () => {
    assert.deepEqual(
      placeAll(geography, [
        { at: [0.7, 0.5], month: '2019-01' },
        { at: [0.7, 0.5], month: '2020-01' },
        { at: [0.7, 0.5], month: '2023-05' },
        { at: [0.7, 0.5], month: '2023-06' },
        { at: [2.5, 0.5], month: '2024-01' },
      ]),
      [
        // Two units were in force, so the authority does not say which; the impact area did not exist yet.
        ['S1', 'W1', 'L1', null, null, 0],
        ['S1', 'W1', 'L1', null, 'I1', 0],
        ['S1', 'W1', 'L1', 'A1', 'I1', 0],
        ['N2', 'W1', 'L1', 'A1', 'I1', 0],
        ['N3', 'W5', 'L2', 'Q1', null, 0],
      ],
    )
  })

  test('a small-area code that comes with a point wins over it, for the areas above too', () => {
    assert.deepEqual(placeAll(geography, [{ at: [0.5, 0.5], lsoa: 'S8' }]), [
      ['S8', 'W8', 'L2', 'Q1', null, 0],
    ])
  })

  test('a point wins over an authority that comes with it, and over a code that nobody knows', () => {
    assert.deepEqual(placeAll(geography, [{ at: [0.5, 0.5], lsoa: 'no such code', authority: 'L2' }]), [
      ['S1', 'W1', 'L1', null, null, 0],
    ])
  })

  test('a point outside every layer is told, and its codes still place it', () => {
    assert.deepEqual(
      placeAll(geography, [
        { at: [50, 50] },
        { at: [50, 50], lsoa: 'S8' },
        { at: [50, 50], authority: 'L2' },
      ]),
      [
        [null, null, null, null, null, 1],
        ['S8', 'W8', 'L2', 'Q1', null, 1],
        [null, null, 'L2', 'Q1', null, 1],
      ],
    )
  })

  test('a small-area code leads to its ward, authority and policing area', () => {
    assert.deepEqual(placeAll(geography, [{ lsoa: 'S5' }, { lsoa: 'S2', month: '2024-01' }]), [
      ['S5', 'W5', 'L2', 'Q1', null, 0],
      ['S2', 'W2', 'L1', 'A1', null, 0],
    ])
  })

  test('a code of the other vintage is translated where it can only be one', () => {
    assert.deepEqual(
      placeAll(geography, [
        { lsoa: 'N2', month: '2019-01' },
        { lsoa: 'S5', month: '2024-01' },
      ]),
      [
        ['S1', 'W1', 'L1', null, null, 0],
        ['N3', 'W5', 'L2', 'Q1', null, 0],
      ],
    )
  })

  test('a split or merged code is not guessed, but what all its parts share is known', () => {
    assert.deepEqual(
      placeAll(geography, [
        // Split in 2021: the half is unknown, and both halves lie in ward W1.
        { lsoa: 'S1', month: '2024-01' },
        // Merged from S5 in W5 and S6 in W6: the ward is unknown, the authority is not.
        { lsoa: 'N3', month: '2019-01' },
      ]),
      [
        [null, 'W1', 'L1', 'A1', null, 0],
        [null, null, 'L2', 'Q1', null, 0],
      ],
    )
  })

  test('an authority places in itself and in its one policing area', () => {
    assert.deepEqual(
      placeAll(geography, [
        { authority: 'L1', month: '2023-03' },
        { authority: 'L1', month: '2023-04' },
        { authority: 'E08000025' },
        { authority: 'Birmingham' },
        {},
      ]),
      [
        [null, null, 'L1', null, null, 0],
        [null, null, 'L1', 'A1', null, 0],
        [null, null, 'E08000025', null, null, 0],
        [null, null, null, null, null, 0],
        [null, null, null, null, null, 0],
      ],
    )
  })

  test('a code that no boundary knows is kept when it has the form of one', () => {
    assert.deepEqual(placeAll(geography, [{ lsoa: 'E01006412' }, { lsoa: 'somewhere' }]), [
      ['E01006412', null, null, null, null, 0],
      [null, null, null, null, null, 0],
    ])
  })

  test('polygons and named parents of policing areas count only while they are in force', async () => {
    await loadMap(
      collection(
        feature({ policing_area_code: 'P1', lad_code: 'L1' }, square(0, 0), square(0, 1)),
        feature({ policing_area_code: 'P2', lad_code: 'L1' }, square(1, 0), square(1, 1)),
      ),
    )
    await loadLookup(
      `lsoa11_code,policing_area\n${[1, 2, 3, 4].map(i => `S${i},P${2 - (i % 2)}`).join('\n')}\n`,
    )
    const withUnits = await loadGeography(place.installation, pack)
    assert.notEqual(withUnits.placementVersion, geography.placementVersion)
    assert.deepEqual(
      placeAll(withUnits, [
        { at: [0.5, 1.5] },
        { at: [1.5, 1.5] },
        { lsoa: 'S4' },
        { at: [0.5, 1.5], month: '2023-04' },
        { lsoa: 'S4', month: '2023-04' },
      ]).map(row => row[3]),
      ['P1', 'P2', 'P2', 'A1', 'A1'],
    )
  })
})

describe('placing records before any boundaries are loaded', () => {
  let place: Workplace
  before(async () => {
    place = await openWorkplace()
  })
  after(() => place.close())

  test('codes still count, and no point is called outside', async () => {
    const geography = await loadGeography(place.installation, pack)
    assert.deepEqual(
      placeAll(geography, [
        { at: [0.5, 0.5] },
        { lsoa: 'E01006412', authority: 'L2' },
        { at: [0.5, 0.5], authority: 'L1' },
      ]),
      [
        [null, null, null, null, null, 0],
        ['E01006412', null, 'L2', 'Q1', null, 0],
        [null, null, 'L1', null, null, 0],
      ],
    )
  })

  test('the placement version depends on boundaries, lookups and pack, and on nothing else', async () => {
    const version = async (areaPack = pack) =>
      (await loadGeography(place.installation, areaPack)).placementVersion
    const empty = await version()
    assert.equal(await version(), empty)
    assert.notEqual(await version({ ...pack, policingAreas: [] }), empty)
    const path = await place.write('map.geojson', wards)
    await loadBoundaryFile(place.installation, { path }, tester)
    const withWards = await version()
    assert.notEqual(withWards, empty)
    await loadBoundaryFile(place.installation, { path }, tester)
    assert.equal(await version(), withWards)
    await loadLookupFile(place.installation, await place.write('lookup.csv', bestFit), tester)
    assert.notEqual(await version(), withWards)
  })
})
