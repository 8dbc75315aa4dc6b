import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import writeWorkbook from 'write-excel-file/node'
import { type TemporaryStore, temporaryStore, tester } from '../../../test/temporary-store.ts'
import { listLoads, withdrawLoad } from '../catalogue/loads.ts'
import { inventedEvidence } from '../invented.ts'
import { importFile } from './import-file.ts'

const HEADINGS =
  'offence_id,force,recorded_on,committed_from,committed_to,ho_code,knife_use,weapon,domestic,longitude,latitude,outcome_type,outcome_on'
const ROBBERY =
  'SYN-1,west-midlands,2019-03-14,2019-03-13 21:15,2019-03-13 21:30,34B,threat_seen,kitchen_knife,no,-1.8972,52.4836,,'
const ASSAULT =
  'SYN-2,west-midlands,2019-03-15,2019-03-15 01:10,,8N,used_injury,machete,no,-1.9012,52.4801,1,2019-04-02'
const LATER = 'SYN-3,west-midlands,2019-04-02,2019-04-01 18:00,,8N,none,none,yes,,,18,2019-04-20'
const csv = (...rows: string[]) => `${[HEADINGS, ...rows].join('\n')}\n`

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

const load = async (name: string, content: string | Uint8Array, more = {}) =>
  importFile(store, { path: await store.file(name, content), actor: tester, ...more })
const offences = () =>
  store.evidence.query<Record<string, unknown>>(
    'select offence_id, month, hour, weekday, ho_code, domestic, longitude from offences order by offence_id',
  )

describe('a good file', () => {
  const expected = [
    {
      offence_id: 'SYN-1',
      month: '2019-03',
      hour: 21,
      weekday: 3,
      ho_code: '34B',
      domestic: false,
      longitude: -1.8972,
    },
    {
      offence_id: 'SYN-2',
      month: '2019-03',
      hour: 1,
      weekday: 5,
      ho_code: '8N',
      domestic: false,
      longitude: -1.9012,
    },
    {
      offence_id: 'SYN-3',
      month: '2019-04',
      hour: 18,
      weekday: 1,
      ho_code: '8N',
      domestic: true,
      longitude: null,
    },
  ]
  const whole = csv(ROBBERY, ASSAULT, LATER)
  const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
  const forms: [string, string, string | Uint8Array][] = [
    ['UTF-8', 'a.csv', whole],
    ['UTF-8 with a byte-order mark', 'a.csv', `\uFEFF${whole}`],
    ['CRLF line ends', 'a.csv', whole.replaceAll('\n', '\r\n')],
    ['no line end at the end', 'a.csv', whole.trimEnd()],
    ['semicolons', 'a.csv', whole.replaceAll(',', ';')],
    ['tabs', 'a.tsv', whole.replaceAll(',', '\t')],
    ['the hint that Excel writes', 'a.csv', `sep=;\n${whole.replaceAll(',', ';')}`],
    ['UTF-16', 'a.csv', utf16(whole)],
    ['gzip', 'a.csv.gz', gzipSync(whole)],
    [
      'headings in capitals with spaces',
      'a.csv',
      whole.replace(HEADINGS, HEADINGS.toUpperCase().replaceAll('_', ' ')),
    ],
    ['British dates', 'a.csv', whole.replaceAll(/(\d{4})-(\d\d)-(\d\d)/g, '$3/$2/$1')],
    ['an empty line in the middle', 'a.csv', whole.replace(ASSAULT, `\n${ASSAULT}`)],
    ['padded cells', 'a.csv', whole.replaceAll(',34B,', ', 34B ,')],
  ]
  for (const [form, name, content] of forms) {
    test(`loads the same from ${form}`, async () => {
      const report = await load(name, content)
      assert.equal(report.refusal, null)
      assert.deepEqual([report.status, report.rowsRead, report.rowsAccepted], ['active', 3, 3])
      assert.deepEqual(await offences(), expected)
    })
  }

  test('loads the same from an Excel workbook', async () => {
    const rows = whole
      .trim()
      .split('\n')
      .map(line => line.split(',').map(value => (value === '' ? null : { value })))
    const report = await load('a.xlsx', await writeWorkbook(rows as never).toBuffer())
    assert.equal(report.refusal, null)
    assert.deepEqual(await offences(), expected)
  })

  test('loads the same from Parquet', async () => {
    const path = await store.file('a.csv', whole)
    const parquet = path.replace('a.csv', 'a.parquet')
    const engine = await store.installation.engine.connect()
    await engine.run(`copy (select * from read_csv('${path}')) to '${parquet}' (format parquet)`)
    engine.close()
    const report = await importFile(store, { path: parquet, actor: tester })
    assert.equal(report.refusal, null)
    assert.deepEqual(await offences(), expected)
  })

  test('keeps names with accents from Windows-1252, and says when encodings are mixed', async () => {
    const street =
      'Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context'
    const row = (place: string) =>
      `,2019-03,West Midlands Police,West Midlands Police,-1.9,52.5,${place},,,Robbery,,`
    const mixed = Buffer.concat([
      Buffer.from(`${street}\n${row('On or near Café Row – north')}\n`),
      Buffer.from(`${row('On or near Caf\u00e9 Row')}\n`, 'latin1'),
    ])
    const report = await load('2019-03-west-midlands-street.csv', mixed)
    assert.equal(report.encoding, 'windows-1252')
    assert.match(
      report.findings.map(f => f.sentence).join(),
      /mixes encodings\. Lines read as Windows-1252: 1; as UTF-8: 1/,
    )
    assert.deepEqual(await store.evidence.query('select location from police_uk_street order by 1'), [
      { location: 'On or near Café Row' },
      { location: 'On or near Café Row – north' },
    ])
  })
})

describe('a bad row', () => {
  const faults: [string, string, RegExp][] = [
    [
      'ends before it begins',
      ROBBERY.replace('2019-03-13 21:30', '2019-03-13 20:00'),
      /committed_to is before committed_from/,
    ],
    [
      'has a day that does not exist',
      ROBBERY.replace('2019-03-14', '31/02/2019'),
      /“recorded_on” is not a date that exists/,
    ],
    [
      'has a thirteenth month',
      ROBBERY.replace('2019-03-14', '2019-13-01'),
      /“recorded_on” is not a date that exists/,
    ],
    ['lies in the future', ROBBERY.replace('2019-03-14', '2023-01-01'), /“recorded_on” is in the future/],
    [
      'has a time that the clocks skipped',
      ROBBERY.replace('2019-03-13 21:15', '2019-03-31 01:30')
        .replace('2019-03-13 21:30', '2019-03-31 02:30')
        .replace('2019-03-14', '2019-03-31'),
      /the hour that the clocks skip/,
    ],
    [
      'has an easting for a latitude',
      ROBBERY.replace('52.4836', '286000'),
      /“latitude” is not between 49 and 61 degrees; it may be an easting/,
    ],
    ['has half a point', ROBBERY.replace('52.4836', ''), /only one of longitude and latitude/],
    ['has an unknown code', ROBBERY.replace('threat_seen', 'waved'), /“knife_use” is not on the list/],
    [
      'has an outcome before it existed',
      ASSAULT.replace(',1,2019-04-02', ',22,2019-04-02'),
      /22, which did not exist before 2019-04-01/,
    ],
    ['is neither yes nor no', ROBBERY.replace(',no,', ',perhaps,'), /“domestic” is neither yes nor no/],
    ['lacks its number', ROBBERY.replace('SYN-1', ''), /“offence_id” is empty/],
    ['has a cell too many', `${ROBBERY},extra`, /the row has 14 cells where the heading row has 13/],
    ['has a stray quotation mark', ROBBERY.replace('34B', '3"4B'), /./],
  ]
  for (const [what, row, reason] of faults) {
    test(`that ${what} comes back with its number and the reason`, async () => {
      const report = await load('a.csv', csv(ASSAULT.replace('SYN-2', 'SYN-8'), row, LATER), {
        acceptRejected: true,
      })
      if (what === 'has a stray quotation mark') {
        assert.equal(report.rowsAccepted, 3)
        return
      }
      assert.deepEqual([report.rowsRead, report.rowsAccepted, report.rowsRejected], [3, 2, 1])
      const rejected = await readFile(
        join(store.installation.folder.rejected, `${report.loadId}.csv`),
        'utf8',
      )
      const [heading, line, ...rest] = rejected.trim().split('\n')
      assert.equal(heading, `${HEADINGS},row,reason`)
      assert.match(line!, /,3,/, 'the row number that a spreadsheet shows')
      assert.match(line!, reason)
      assert.deepEqual(rest, [])
    })
  }

  test('gives every reason at once', async () => {
    const report = await load(
      'a.csv',
      csv(ROBBERY.replace('52.4836', '99').replace(',no,', ',?,'), ASSAULT),
      { acceptRejected: true },
    )
    assert.equal(report.reasons.length, 2)
  })

  test('a dataset’s own reason is kept, whether the file was mended or not', async () => {
    const heading = 'exclusion_id,starts_on,kind,reason,authority_code'
    const reasons = () =>
      store.evidence.query('select exclusion_id, reason from exclusions order by exclusion_id')
    await load('pupils.csv', `${heading}\nE-1,2019-01-14,permanent,weapon,E08000025\n`)
    await load('mended.csv', `${heading},row,reason\nE-2,2019-01-15,permanent,drugs,E08000025,7,mended\n`)
    assert.deepEqual(await reasons(), [
      { exclusion_id: 'E-1', reason: 'weapon' },
      { exclusion_id: 'E-2', reason: 'drugs' },
    ])
  })

  test('loads when it is mended and sent back as it was downloaded', async () => {
    const first = await load('a.csv', csv(ASSAULT, ROBBERY.replace('2019-03-14', '2019-02-31')), {
      acceptRejected: true,
    })
    const rejected = await readFile(join(store.installation.folder.rejected, `${first.loadId}.csv`), 'utf8')
    const again = await load('mended.csv', rejected.replace('2019-02-31', '2019-03-14'))
    assert.deepEqual([again.status, again.rowsAccepted], ['active', 1])
    assert.deepEqual(
      (await offences()).map(o => o.offence_id),
      ['SYN-1', 'SYN-2'],
    )
  })

  test('with a formula comes back so that no spreadsheet runs it, and is read as it was', async () => {
    const report = await load(
      'a.csv',
      csv(ASSAULT, ROBBERY.replace('SYN-1', `=cmd|'/c calc'!A1`).replace('52.4836', '')),
      { acceptRejected: true },
    )
    const rejected = await readFile(join(store.installation.folder.rejected, `${report.loadId}.csv`), 'utf8')
    assert.match(rejected, /^'=cmd\|/m)
    await load('again.csv', rejected.replace('-1.8972', ''), { acceptRejected: true })
    assert.equal((await offences())[0]!.offence_id, `=cmd|'/c calc'!A1`)
  })
})

describe('keys', () => {
  test('a row that repeats another counts once', async () => {
    const report = await load('a.csv', csv(ROBBERY, ASSAULT, ROBBERY))
    assert.deepEqual([report.rowsAccepted, report.rowsRepeated, report.rowsRejected], [2, 1, 0])
  })

  test('rows of one key that differ are all rejected, because nobody here can tell which is right', async () => {
    const report = await load(
      'a.csv',
      csv(ROBBERY, ASSAULT, ROBBERY.replace('machete', 'x').replace('kitchen_knife', 'machete')),
      { acceptRejected: true },
    )
    assert.deepEqual([report.rowsAccepted, report.rowsRejected], [1, 2])
    assert.match(report.reasons[0]!.reason, /the same force and offence_id stands on another row/)
  })

  test('a newer extract replaces rows by key, and withdrawing it gives the earlier truth back', async () => {
    await load('march.csv', csv(ROBBERY, ASSAULT, LATER))
    const earlier = await store.evidence.version()
    const moved = ROBBERY.replace('2019-03-14', '2019-04-01').replace('34B', '34A').replace(',no,', ',yes,')
    const newer = await load('newer.csv', csv(moved))
    assert.deepEqual(
      (await offences()).map(o => [o.offence_id, o.month, o.ho_code]),
      [
        ['SYN-1', '2019-04', '34A'],
        ['SYN-2', '2019-03', '8N'],
        ['SYN-3', '2019-04', '8N'],
      ],
    )
    assert.notEqual(await store.evidence.version(), earlier)
    await withdrawLoad(store, newer.loadId!, tester)
    assert.equal(await store.evidence.version(), earlier)
    assert.deepEqual(
      (await offences()).map(o => [o.offence_id, o.ho_code]),
      [
        ['SYN-1', '34B'],
        ['SYN-2', '8N'],
        ['SYN-3', '8N'],
      ],
    )
  })

  test('withdrawing an earlier load leaves what later loads brought', async () => {
    const first = await load('one.csv', csv(ROBBERY, ASSAULT))
    await load('two.csv', csv(ROBBERY.replace('34B', '34A'), LATER))
    await withdrawLoad(store, first.loadId!, tester)
    assert.deepEqual(
      (await offences()).map(o => [o.offence_id, o.ho_code]),
      [
        ['SYN-1', '34A'],
        ['SYN-3', '8N'],
      ],
    )
  })

  test('the same file again changes nothing, zipped or not', async () => {
    const first = await load('a.csv', csv(ROBBERY))
    const version = await store.evidence.version()
    const again = await load('b.csv.gz', gzipSync(csv(ROBBERY)))
    assert.deepEqual([again.status, again.loadId], ['unchanged', first.loadId])
    assert.equal(await store.evidence.version(), version)
  })

  test('the order in which loads arrive does not matter when they share no rows', async () => {
    await load('a.csv', csv(ROBBERY))
    await load('b.csv', csv(LATER))
    const version = await store.evidence.version()
    for (const one of await listLoads(store.installation.database)) {
      if (one.status === 'active') await withdrawLoad(store, one.id, tester)
    }
    await load('b.csv', csv(LATER))
    await load('a.csv', csv(ROBBERY))
    assert.equal(await store.evidence.version(), version)
  })
})

describe('deciding', () => {
  test('no file that somebody sends can pass for invented, because invented evidence is open to everybody', async () => {
    const report = await load('a.csv', csv(ROBBERY), { supplier: 'Synthetic ' })
    assert.match(report.refusal!, /is the name under which invented data is loaded/)
    await load('b.csv', csv(ROBBERY), { invented: true })
    assert.deepEqual(await inventedEvidence(store), { any: true, only: true })
    await load('c.csv', csv(LATER))
    assert.deepEqual(await inventedEvidence(store), { any: true, only: false })
  })

  test('a load with too many bad rows waits, and loads once somebody accepts', async () => {
    const content = csv(ROBBERY, ASSAULT.replace('8N', ''))
    const waiting = await load('a.csv', content)
    assert.deepEqual([waiting.status, waiting.rowsRejected], ['waiting', 1])
    assert.deepEqual(await offences(), [])
    const accepted = await load('a.csv', content, { acceptRejected: true })
    assert.equal(accepted.status, 'active')
    assert.equal((await offences()).length, 1)
  })

  test('a month without rows between others is named, because nobody here knows whether it was quiet', async () => {
    const report = await load('a.csv', csv(ROBBERY, LATER.replaceAll('2019-04', '2019-06')))
    assert.match(
      report.findings.map(f => f.sentence).join(),
      /no rows for 2 months between March 2019 and June 2019, the first of them April 2019/,
    )
  })

  test('ages that nobody has are rejected, and a missing one is kept as missing', async () => {
    const people = (age: string, no: number) => `SYN-1,${no},west-midlands,2019-03-14,victim,${age}`
    const report = await load(
      'people.csv',
      [
        'offence_id,person_no,force,recorded_on,role,age',
        people('-1', 1),
        people('140', 2),
        people('', 3),
        people('17.5', 4),
        people('17', 5),
      ].join('\n'),
      { acceptRejected: true },
    )
    assert.deepEqual(
      report.reasons.map(r => [r.reason, r.rows]),
      [
        ['“age” is not between 0 and 120 years', 2],
        ['“age” is not a whole number', 1],
      ],
    )
    assert.deepEqual(
      await store.evidence.query('select person_no as no, age from offence_people order by 1'),
      [
        { no: 3, age: null },
        { no: 5, age: 17 },
      ],
    )
  })

  test('a dry run says what would happen and writes nothing', async () => {
    const version = await store.evidence.version()
    const count = (await listLoads(store.installation.database)).length
    const report = await load('a.csv', csv(ROBBERY, LATER), { dryRun: true })
    assert.deepEqual([report.status, report.loadId, report.rowsAccepted], ['dry-run', null, 2])
    assert.deepEqual(report.months, [
      { month: '2019-03', rows: 1 },
      { month: '2019-04', rows: 1 },
    ])
    assert.equal(await store.evidence.version(), version)
    assert.equal((await listLoads(store.installation.database)).length, count)
  })

  test('two imports at once both arrive', async () => {
    const [one, two] = await Promise.all([load('a.csv', csv(ROBBERY)), load('b.csv', csv(LATER))])
    assert.deepEqual([one.status, two.status], ['active', 'active'])
    assert.equal((await offences()).length, 2)
  })

  test('the truth is there after a restart', async () => {
    await load('a.csv', csv(ROBBERY, LATER))
    const version = await store.evidence.version()
    await store.reopen()
    assert.equal(await store.evidence.version(), version)
    assert.equal((await offences()).length, 2)
  })

  test('a supplier’s saved mapping reads their headings', async () => {
    const theirs = csv(ROBBERY).replace('offence_id', 'Ref.').replace('ho_code', 'Klasse')
    assert.equal((await load('a.csv', theirs, { supplier: 'other' })).status, 'refused')
    await store.installation.database.query(
      `insert into column_mappings (supplier, dataset, mapping, saved_at) values ('other', 'offences', $1, now())`,
      [JSON.stringify({ 'Ref.': 'offence_id', Klasse: 'ho_code' })],
    )
    assert.equal((await load('a.csv', theirs, { supplier: 'other' })).status, 'active')
  })

  test('a file without a force column is taken as the area’s own, and says so', async () => {
    const report = await load('a.csv', csv(ROBBERY).replace('force,', '').replace('west-midlands,', ''))
    assert.equal(report.status, 'active')
    assert.match(report.findings.map(f => f.sentence).join(), /taken as west-midlands/)
  })
})
