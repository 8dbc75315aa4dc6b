import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { after, before, beforeEach, describe, test } from 'node:test'
import { tester } from '../../../test/temporary-store.ts'
import { findAreas, storePackAreas } from './find-areas.ts'
import { layerGeoJson } from './layer-geojson.ts'
import { loadBoundaryFile } from './load-boundary-file.ts'
import { loadLookupFile } from './load-lookup-file.ts'
import { collection, feature, openWorkplace, square, type Workplace } from './squares.ts'

let place: Workplace
before(async () => {
  place = await openWorkplace()
})
after(() => place.close())
beforeEach(async () => {
  await place.installation.database.query('delete from boundary_sets')
  await place.installation.database.query('delete from areas')
  await place.installation.database.query('delete from area_parents')
})

const load = async (text: string, options: Omit<Parameters<typeof loadBoundaryFile>[1], 'path'> = {}) =>
  loadBoundaryFile(place.installation, { path: await place.write('map.geojson', text), ...options }, tester)

const counts = async () => {
  const [row] = await place.installation.database.query(
    `select (select count(*) from boundary_sets) as sets, (select count(*) from areas) as areas,
       (select count(*) from area_parents) as parents`,
  )
  return row
}

const twoWards = collection(
  feature({ ward25_code: 'W1', ward25_name: 'West', lad_code: 'L1' }, square(0, 0)),
  feature({ ward25_code: 'W2', ward25_name: 'East', lad_code: 'L1' }, square(1, 0)),
)

describe('loading a boundary file', () => {
  test('keeps the file, its areas and their parents', async () => {
    const loaded = await load(twoWards)
    assert.equal(loaded.status, 'loaded')
    assert.equal(loaded.sentence, 'map.geojson: 2 wards (2025) loaded.')
    assert.deepEqual(await counts(), { sets: 1, areas: 2, parents: 2 })
    const [set] = await place.installation.database.query<{ file: string }>('select file from boundary_sets')
    assert.ok((await readdir(place.installation.folder.boundaries)).includes(set!.file))
    assert.deepEqual(await readdir(place.installation.folder.incoming), [])
  })

  test('the same file again changes nothing', async () => {
    await load(twoWards)
    const again = await load(twoWards)
    assert.equal(again.status, 'unchanged')
    assert.deepEqual(await counts(), { sets: 1, areas: 2, parents: 2 })
  })

  test('the same file with other dates takes the new dates', async () => {
    await load(twoWards)
    const dated = await load(twoWards, { validFrom: '2025-05-01' })
    assert.equal(dated.replaced, 2)
    const [ward] = await findAreas(place.installation.database, 'ward')
    assert.equal(ward!.from, '2025-05-01')
    assert.deepEqual(await counts(), { sets: 1, areas: 2, parents: 2 })
  })

  test('a file with a code of an earlier one replaces that one, and another place stands beside it', async () => {
    await load(twoWards)
    const elsewhere = await load(collection(feature({ ward25_code: 'W9' }, square(9, 9))))
    assert.equal(elsewhere.replaced, 0)
    const corrected = await load(
      collection(feature({ ward25_code: 'W1', ward25_name: 'All' }, square(0, 0, 2))),
    )
    assert.equal(corrected.replaced, 2)
    assert.match(corrected.sentence, /replace 2 areas of an earlier file/)
    const wards = await findAreas(place.installation.database, 'ward')
    assert.deepEqual(
      wards.map(w => [w.code, w.name]),
      [
        ['W1', 'All'],
        ['W9', 'W9'],
      ],
    )
  })

  test('a file with a fault leaves everything as it was', async () => {
    await load(twoWards)
    await assert.rejects(load(collection(feature({ ward25_code: 'W1' }, square(406_000, 286_000, 500)))), {
      code: 'boundaries-invalid',
    })
    assert.deepEqual(await counts(), { sets: 1, areas: 2, parents: 2 })
  })

  test('a path without a file and days that do not exist are refused', async () => {
    await assert.rejects(loadBoundaryFile(place.installation, { path: '/nowhere/map.geojson' }, tester), {
      code: 'file-unreadable',
    })
    await assert.rejects(load(twoWards, { validFrom: '2019-02-30' }), { code: 'period-invalid' })
    await assert.rejects(load(twoWards, { validFrom: '2020-01-01', validTo: '2019-01-01' }), {
      code: 'period-invalid',
    })
  })
})

describe('the areas in force', () => {
  const small = (year: string, code: string, x: number) =>
    collection(
      feature({ [`lsoa${year}_code`]: code, [`lsoa${year}_name`]: `${code} of ${year}` }, square(x, 0)),
    )

  const codes = async (from?: string, to?: string) =>
    (await findAreas(place.installation.database, 'lsoa', from, to)).map(a => a.code)

  test('2011 small areas answer until May 2023 and 2021 ones from June 2023', async () => {
    await load(small('11', 'E01000001', 0))
    await load(small('21', 'E01000002', 0))
    assert.deepEqual(await codes('2019-01', '2023-05'), ['E01000001'])
    assert.deepEqual(await codes('2023-06', '2024-01'), ['E01000002'])
    assert.deepEqual(await codes('2023-01', '2023-12'), ['E01000001', 'E01000002'])
    assert.deepEqual(await codes(), ['E01000001', 'E01000002'])
  })

  test('the only vintage answers for every month', async () => {
    await load(small('21', 'E01000002', 0))
    assert.deepEqual(await codes('2019-01', '2019-02'), ['E01000002'])
    assert.deepEqual(await codes('2024-01'), ['E01000002'])
  })

  test('of undated vintages the latest not after the month answers', async () => {
    await load(collection(feature({ ward18_code: 'OLD' }, square(0, 0))))
    await load(collection(feature({ ward25_code: 'NEW' }, square(0, 0))))
    const wards = async (month: string) =>
      (await findAreas(place.installation.database, 'ward', month, month)).map(a => a.code)
    assert.deepEqual(await wards('2016-01'), ['OLD'])
    assert.deepEqual(await wards('2024-12'), ['OLD'])
    assert.deepEqual(await wards('2025-01'), ['NEW'])
  })

  test('the pack names and dates policing areas, with and without polygons', async () => {
    const unit = { kind: 'unit', localAuthority: 'L1', anchor: { longitude: 0, latitude: 0 }, source: 's' }
    const pack = {
      localAuthorities: [{ code: 'L1', name: 'Town', source: 's' }],
      policingAreas: [
        { ...unit, code: 'P1', name: 'Town West', from: '2016-01-01', to: '2023-04-02' },
        { ...unit, code: 'P2', name: 'Town East', from: '2016-01-01', to: '2023-04-02' },
        { ...unit, code: 'P3', name: 'Town', from: '2023-04-03' },
      ],
      impactAreas: [],
    }
    await storePackAreas(place.installation.database, pack)
    await storePackAreas(place.installation.database, pack)
    await load(collection(feature({ policing_area_code: 'P1' }, square(0, 0))))
    const areas = (from: string, to: string) =>
      findAreas(place.installation.database, 'policing-area', from, to)
    assert.deepEqual(
      (await areas('2019-01', '2019-12')).map(a => [a.code, a.name, a.vintage, a.from, a.to]),
      [
        ['P1', 'Town West', 'undated', '2016-01-01', '2023-04-02'],
        ['P2', 'Town East', 'pack', '2016-01-01', '2023-04-02'],
      ],
    )
    // Most of April 2023 belonged to the new area.
    assert.deepEqual(
      (await areas('2023-04', '2024-01')).map(a => a.code),
      ['P3'],
    )
    assert.deepEqual(
      (await areas('2023-03', '2023-04')).map(a => a.code),
      ['P1', 'P2', 'P3'],
    )
    const map = await layerGeoJson(place.installation, 'policing-area', '2019-01')
    assert.deepEqual(
      map?.features.map(f => f.properties),
      [{ code: 'P1', name: 'Town West' }],
    )
    assert.equal(await layerGeoJson(place.installation, 'policing-area', '2024-01'), null)
    assert.equal(await layerGeoJson(place.installation, 'impact-area', '2019-01'), null)
  })
})

describe('loading a lookup', () => {
  const csv = (...rows: string[]) => place.write('lookup.csv', `${rows.join('\n')}\n`)
  const parents = () =>
    place.installation.database.query(
      `select code, vintage, parent_code, parent_vintage, share from area_parents
       where kind = 'lsoa' and parent_kind = 'lsoa' order by code, parent_code`,
    )

  test('a split small area has even shares, a merged one whole ones', async () => {
    const path = await csv(
      '"lsoa11_code","change_code","lsoa21_code","ltla22_code"',
      'U1,U,U1,L1',
      'S1,S,N1,L1',
      'S1,S,N2,L1',
      'M1,M,N3,L1',
      'M2,M,N3,L1',
    )
    const loaded = await loadLookupFile(place.installation, path, tester)
    assert.deepEqual(
      loaded.parts.map(p => [p.kind, p.vintage, p.parentKind, p.parentVintage, p.areas, p.split]),
      [
        ['lsoa', '2011', 'lsoa', '2021', 4, 1],
        ['lsoa', '2011', 'local-authority', '2022', 4, 0],
        ['lsoa', '2021', 'local-authority', '2022', 4, 0],
      ],
    )
    const row = (code: string, parent_code: string, share: number) => ({
      code,
      vintage: '2011',
      parent_code,
      parent_vintage: '2021',
      share,
    })
    const expected = [
      row('M1', 'N3', 1),
      row('M2', 'N3', 1),
      row('S1', 'N1', 0.5),
      row('S1', 'N2', 0.5),
      row('U1', 'U1', 1),
    ]
    assert.deepEqual(await parents(), expected)
    await loadLookupFile(place.installation, path, tester)
    assert.deepEqual(await parents(), expected)
  })

  test('a newer lookup replaces the parents of the areas that it holds', async () => {
    await loadLookupFile(place.installation, await csv('lsoa11_code,lsoa21_code', 'A,B', 'C,D'), tester)
    await loadLookupFile(place.installation, await csv('lsoa11_code,lsoa21_code', 'A,E'), tester)
    assert.deepEqual(
      (await parents()).map(p => [p.code, p.parent_code]),
      [
        ['A', 'E'],
        ['C', 'D'],
      ],
    )
  })

  test('a lookup that says nothing of use is refused', async () => {
    const path = await csv('ltla24_code,csp24_code', 'L1,C1')
    await assert.rejects(loadLookupFile(place.installation, path, tester), { code: 'boundaries-invalid' })
    const empty = await csv('lsoa11_code,lsoa21_code')
    await assert.rejects(loadLookupFile(place.installation, empty, tester), { code: 'file-empty' })
    await assert.rejects(loadLookupFile(place.installation, '/nowhere.csv', tester), {
      code: 'file-unreadable',
    })
  })
})
