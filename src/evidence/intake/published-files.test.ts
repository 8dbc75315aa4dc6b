/** Files in the shapes of data.police.uk, small enough to check by hand. The rows are invented. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { type TemporaryStore, temporaryStore, tester } from '../../../test/temporary-store.ts'
import { findLoad, listLoads, withdrawLoad } from '../catalogue/loads.ts'
import { placeAgain } from '../catalogue/place-again.ts'
import { loadBoundaryFile } from '../geography/load-boundary-file.ts'
import { importFile } from './import-file.ts'

let store: TemporaryStore
before(async () => {
  store = await temporaryStore()
})
after(() => store.remove())
beforeEach(async () => {
  for (const load of await listLoads(store.installation.database)) {
    if (load.status !== 'withdrawn') await withdrawLoad(store, load.id, tester)
  }
})

const load = async (name: string, content: string) => {
  const report = await importFile(store, { path: await store.file(name, content), actor: tester })
  assert.equal(report.refusal, null)
  return report
}
const sentences = (report: { findings: { sentence: string }[] }) =>
  report.findings.map(f => f.sentence).join('\n')

const STREET =
  'Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context'
const crime = (month: string, type: string, id = '', place = '-1.9,52.5') =>
  `${id},${month},West Midlands Police,West Midlands Police,${place},On or near Invented Street,,,${type},,`
const SEARCH =
  'Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,Outcome linked to object of search,Removal of more than just outer clothing'
const search = (date: string, gender = 'Male') =>
  `Person search,${date},,,52.5,-1.9,${gender},18-24,Asian/Asian British - Indian,Asian,Misuse of Drugs Act 1971 (section 23),Controlled drugs,Arrest,True,False`

describe('street-level crime', () => {
  test('identical incidents without an id are separate and all counted', async () => {
    const incident = crime('2019-03', 'Anti-social behaviour')
    const report = await load(
      '2019-03-west-midlands-street.csv',
      [STREET, incident, incident, incident, ''].join('\r\n'),
    )
    assert.equal(report.rowsAccepted, 3)
    assert.deepEqual(
      await store.evidence.query('select force, count(*) as n from police_uk_street group by force'),
      [{ force: 'west-midlands', n: 3 }],
    )
  })

  test('a newer file replaces the whole month of its force, also when it is shorter', async () => {
    const rows = [crime('2019-03', 'Robbery', 'a'), crime('2019-03', 'Drugs', 'b')]
    await load('2019-03-west-midlands-street.csv', [STREET, ...rows].join('\n'))
    await load(
      '2019-03-merseyside-street.csv',
      [STREET, rows[0]!.replaceAll('West Midlands', 'Merseyside')].join('\n'),
    )
    await load('2019-03-west-midlands-street (1).csv', [STREET, crime('2019-03', 'Burglary', 'c')].join('\n'))
    assert.deepEqual(
      await store.evidence.query('select force, crime_type as kind from police_uk_street order by force'),
      [
        { force: 'merseyside', kind: 'Robbery' },
        { force: 'west-midlands', kind: 'Burglary' },
      ],
    )
  })

  test('a month that was doubled row by row is kept as sent and named', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => crime('2019-05', 'Drugs', `id${i}`))
    const report = await load(
      '2019-05-west-midlands-street.csv',
      [STREET, ...rows.flatMap(r => [r, r])].join('\n'),
    )
    assert.equal(report.rowsAccepted, 60)
    assert.match(sentences(report), /May 2019 looks doubled: 30 of its 60 rows repeat another row exactly/)
  })

  test('a large month that was doubled is found among large months that were not', async () => {
    const month = (name: string, times: number) =>
      Array.from({ length: 6000 }, (_, i) => crime(name, 'Drugs', `${name}-${i}`)).flatMap(r =>
        Array<string>(times).fill(r),
      )
    const report = await load(
      '2019-05-west-midlands-street.csv',
      [STREET, ...month('2019-04', 1), ...month('2019-05', 2), ...month('2019-06', 1)].join('\n'),
    )
    const doubled = report.findings.filter(f => f.kind === 'doubled-month')
    assert.equal(doubled.length, 1)
    assert.match(doubled[0]!.sentence, /May 2019 looks doubled: 6,000 of its 12,000 rows/)
  })

  test('a crime type that is not on the list is kept and named', async () => {
    const report = await load(
      '2019-03-west-midlands-street.csv',
      [STREET, crime('2019-03', 'Space crime', 'x')].join('\n'),
    )
    assert.match(sentences(report), /a name that is not on the list.*"Space crime"/)
  })

  test('the API’s records load the same, and a crime returned for two wards counts once', async () => {
    const record = {
      ward_code: 'W1',
      category: 'violent-crime',
      location_type: 'Force',
      location: {
        latitude: '52.5',
        longitude: '-1.9',
        street: { id: 1, name: 'On or near Invented Street' },
      },
      context: '',
      outcome_status: null,
      persistent_id: '',
      id: 7,
      month: '2019-04',
    }
    const lines = [
      record,
      { ...record, ward_code: 'W2' },
      { ...record, id: 8, category: 'burglary', location: null },
    ]
    const report = await load(
      '2019-04-west-midlands-wards.ndjson',
      lines.map(l => JSON.stringify(l)).join('\n'),
    )
    assert.deepEqual([report.rowsRead, report.rowsAccepted, report.rowsRepeated], [3, 2, 1])
    assert.deepEqual(
      await store.evidence.query(
        'select force, crime_type as kind, latitude from police_uk_street order by kind',
      ),
      [
        { force: 'west-midlands', kind: 'Burglary', latitude: null },
        { force: 'west-midlands', kind: 'Violence and sexual offences', latitude: 52.5 },
      ],
    )
  })
})

describe('stop and search', () => {
  test('a search just after midnight in summer belongs to the local day, month and hour', async () => {
    const report = await load(
      '2019-09-west-midlands-stop-and-search.csv',
      [SEARCH, search('2019-08-31T23:05:00+00:00'), search('2019-09-10T12:00:00+00:00')].join('\n'),
    )
    assert.deepEqual(report.months, [{ month: '2019-09', rows: 2 }])
    assert.deepEqual(
      await store.evidence.query('select month, hour, weekday from police_uk_stop_and_search order by hour'),
      [
        { month: '2019-09', hour: 0, weekday: 7 },
        { month: '2019-09', hour: 13, weekday: 2 },
      ],
    )
  })

  test('the two hours that the clocks repeat in October are both kept', async () => {
    await load(
      '2019-10-west-midlands-stop-and-search.csv',
      [SEARCH, search('2019-10-27T00:30:00+00:00'), search('2019-10-27T01:30:00+00:00')].join('\n'),
    )
    assert.deepEqual(await store.evidence.query('select hour from police_uk_stop_and_search'), [
      { hour: 1 },
      { hour: 1 },
    ])
  })

  test('identical rows are separate searches; a gender that is blank throughout is named', async () => {
    const row = search('2019-03-02T10:00:00+00:00', '')
    const report = await load('2019-03-west-midlands-stop-and-search.csv', [SEARCH, row, row].join('\n'))
    assert.equal(report.rowsAccepted, 2)
    assert.match(sentences(report), /“Gender” is blank on every row/)
    assert.deepEqual(
      await store.evidence.query(
        'select gender, ethnicity_self as ethnicity, ethnic_group as grp from police_uk_stop_and_search limit 1',
      ),
      [{ gender: null, ethnicity: 'A1', grp: 'Asian' }],
    )
  })
})

describe('counts by small area', () => {
  const columns =
    'month,lsoa_code,lsoa_name,lad_code,lsoa_vintage,anti_social_behaviour,bicycle_theft,burglary,criminal_damage_and_arson,drugs,other_crime,other_theft,possession_of_weapons,public_order,robbery,shoplifting,theft_from_the_person,vehicle_crime,violence_and_sexual_offences,total'

  test('become one row per crime type, and a total that does not add up is rejected', async () => {
    const good = '2022-01,X01000001,Invented 001A,E08000025,both,1,0,0,0,0,0,0,2,0,3,0,0,0,4,10'
    const bad = good.replace('X01000001', 'X01000002').replace(/10$/, '11')
    const report = await importFile(store, {
      path: await store.file('counts.csv', [columns, good, bad].join('\n')),
      actor: tester,
      acceptRejected: true,
    })
    assert.deepEqual(report.reasons, [{ reason: 'total is not the sum of the crime types', rows: 1 }])
    assert.deepEqual(
      await store.evidence.query(
        'select crime_type as kind, crimes from police_uk_area_counts where crimes > 0 order by crimes',
      ),
      [
        { kind: 'Anti-social behaviour', crimes: 1 },
        { kind: 'Possession of weapons', crimes: 2 },
        { kind: 'Robbery', crimes: 3 },
        { kind: 'Violence and sexual offences', crimes: 4 },
      ],
    )
  })
})

describe('boundaries loaded after the rows', () => {
  const square = (code: string, west: number) => ({
    type: 'Feature',
    properties: { lad_code: code, lad_name: `Invented ${code}` },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [west, 52],
          [west + 1, 52],
          [west + 1, 53],
          [west, 53],
          [west, 52],
        ],
      ],
    },
  })

  test('place them, and rows outside stay counted as unknown', async () => {
    const rows = [
      crime('2019-03', 'Drugs', 'a'),
      crime('2019-03', 'Drugs', 'b', '1.5,51.5'),
      crime('2019-03', 'Drugs', 'c', ','),
    ]
    const report = await load('2019-03-west-midlands-street.csv', [STREET, ...rows].join('\n'))
    assert.match(sentences(report), /no boundaries are loaded/)
    const before = await store.evidence.version()
    const path = await store.file(
      'districts.geojson',
      JSON.stringify({ type: 'FeatureCollection', features: [square('E08000025', -2)] }),
    )
    await loadBoundaryFile(store.installation, { path, layer: 'local-authority', vintage: '2019' }, tester)
    assert.deepEqual(await placeAgain(store, tester), { loads: 1, rows: 3 })
    assert.notEqual(await store.evidence.version(), before)
    const noticed = (await findLoad(store.installation.database, report.loadId!))!
    assert.doesNotMatch(sentences(noticed), /no boundaries are loaded/)
    assert.match(sentences(noticed), /Points outside every area that Concord holds: 1 of 3 rows/)
    assert.deepEqual(
      await store.evidence.query(
        'select crime_id as id, local_authority as area from police_uk_street order by id',
      ),
      [
        { id: 'a', area: 'E08000025' },
        { id: 'b', area: null },
        { id: 'c', area: null },
      ],
    )
    assert.deepEqual(
      await placeAgain(store, tester),
      { loads: 0, rows: 0 },
      'a second time there is nothing to do',
    )
    const again = await load(
      '2019-04-west-midlands-street.csv',
      [STREET, ...rows.map(r => r.replace('2019-03', '2019-04'))].join('\n'),
    )
    assert.match(sentences(again), /Points outside every area that Concord holds: 1 of 3 rows/)
  })
})
