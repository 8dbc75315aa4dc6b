import assert from 'node:assert/strict'
import { appendFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { type TemporaryStore, temporaryStore, tester } from '../../../test/temporary-store.ts'
import { listLoads } from '../catalogue/loads.ts'
import { importFile } from './import-file.ts'

const HEADINGS = 'offence_id,force,recorded_on,ho_code'
const ROW = 'SYN-1,west-midlands,2019-03-14,8N'

let store: TemporaryStore
before(async () => {
  store = await temporaryStore()
})
after(() => store.remove())

/** Nothing half written: no load, no evidence, and nothing left where files are being read. */
afterEach(async () => {
  assert.deepEqual(await listLoads(store.installation.database), [])
  assert.equal(await store.evidence.version(), 'empty')
  assert.deepEqual(await readdir(store.installation.folder.incoming), [])
})

const refusal = async (name: string, content: string | Uint8Array, more = {}): Promise<string> => {
  const report = await importFile(store, { path: await store.file(name, content), actor: tester, ...more })
  assert.equal(report.status, 'refused')
  return report.refusal!
}

/** A zip archive of one stored or deflated part, whose header may lie about its size. */
function zip(part: string, content: Buffer, statedSize = content.length): Buffer {
  const name = Buffer.from(part)
  const packed = deflateRawSync(content)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(20, 4)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(packed.length, 18)
  local.writeUInt32LE(statedSize, 22)
  local.writeUInt16LE(name.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(20, 4)
  central.writeUInt16LE(20, 6)
  central.writeUInt16LE(8, 10)
  central.writeUInt32LE(packed.length, 20)
  central.writeUInt32LE(statedSize, 24)
  central.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length + name.length, 12)
  end.writeUInt32LE(local.length + name.length + packed.length, 16)
  return Buffer.concat([local, name, packed, central, name, end])
}

describe('a file that cannot be read is refused in one sentence', () => {
  test('an empty file', async () => {
    assert.match(await refusal('a.csv', ''), /a\.csv is empty/)
  })

  test('a header and no rows', async () => {
    assert.match(await refusal('a.csv', `${HEADINGS}\n`), /has headings and no rows/)
  })

  test('a file that is not there', async () => {
    const report = await importFile(store, { path: '/nowhere/a.csv', actor: tester })
    assert.match(report.refusal!, /a\.csv cannot be opened/)
  })

  test('a folder', async () => {
    const report = await importFile(store, { path: store.root, actor: tester })
    assert.match(report.refusal!, /is not a file/)
  })

  test('the wrong delimiter', async () => {
    assert.match(await refusal('a.csv', `${HEADINGS}\n${ROW}\n`.replaceAll(',', ':')), /fit no dataset/)
  })

  test('three hundred columns that fit nothing', async () => {
    const headings = Array.from({ length: 300 }, (_, i) => `column ${i}`).join(',')
    assert.match(await refusal('a.csv', `${headings}\n${headings}\n`), /and 292 more\) fit no dataset/)
  })

  test('a title above the headings', async () => {
    assert.match(
      await refusal('a.csv', `Offences of March\n${HEADINGS}\n${ROW}\n`),
      /If the first row is a title, delete it/,
    )
  })

  test('a column that the dataset needs is missing: the sentence names it', async () => {
    const sentence = await refusal('a.csv', 'offence_id,recorded_on\n1,2019-03-01\n', { dataset: 'offences' })
    assert.match(sentence, /lacks "ho_code" \(home office code\)/)
  })

  test('two columns for one', async () => {
    assert.match(
      await refusal('a.csv', `${HEADINGS},HO Code\n${ROW},8N\n`),
      /more than one column for "HO Code"/,
    )
  })

  test('a dataset that does not exist', async () => {
    assert.match(
      await refusal('a.csv', `${HEADINGS}\n${ROW}\n`, { dataset: 'ofences' }),
      /no dataset "ofences"/,
    )
  })

  test('NUL bytes: the sentence names the line', async () => {
    assert.match(await refusal('a.csv', `${HEADINGS}\n${ROW}\nSYN-2,\0west\n`), /NUL bytes, first in line 3/)
  })

  test('a line of 200 MB', async () => {
    const line = Buffer.alloc(200 * 1024 * 1024, 'x')
    assert.match(
      await refusal('a.csv', Buffer.concat([Buffer.from(`${HEADINGS}\n`), line])),
      /a\.csv has a line of more than 1 MB/,
    )
  })

  test('a quotation mark that is never closed', async () => {
    const rows = Array.from({ length: 80_000 }, (_, i) => `SYN-${i},west-midlands,2019-03-14,8N`).join('\n')
    const broken = `${HEADINGS}\n"${rows}\n`
    assert.match(await refusal('a.csv', broken), /a quotation mark is opened there and never closed/)
  })

  test('a compressed file that breaks off', async () => {
    const whole = gzipSync(`${HEADINGS}\n${`${ROW}\n`.repeat(1000)}`)
    assert.match(await refusal('a.csv.gz', whole.subarray(0, whole.length - 20)), /breaks off or is damaged/)
  })

  test('a compressed file that unpacks without end', async () => {
    const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024, `${ROW}\n`))
    assert.match(await refusal('a.csv.gz', bomb), /unpacks to more than \d+ MB/)
  })

  test('a workbook that unpacks to more than memory holds, whatever its header says', async () => {
    const huge = Buffer.alloc(300 * 1024 * 1024)
    assert.match(
      await refusal('a.xlsx', zip('xl/worksheets/sheet1.xml', huge)),
      /unpacks to more than 256 MB/,
    )
    assert.match(
      await refusal('b.xlsx', zip('xl/worksheets/sheet1.xml', huge, 1000)),
      /damaged|more than 256 MB/,
    )
  })

  test('an archive that is no workbook', async () => {
    assert.match(
      await refusal('a.xlsx', zip('hello.txt', Buffer.from('hello'))),
      /not a workbook that can be read/,
    )
  })

  test('an old Excel file, a picture', async () => {
    assert.match(await refusal('a.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3])), /old Excel file/)
    assert.match(await refusal('a.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3])), /picture or a PDF/)
  })

  test('Parquet that breaks off', async () => {
    assert.match(await refusal('a.parquet', Buffer.from('PAR1 and nothing more')), /breaks off or is damaged/)
  })

  test('published searches whose name does not say whose they are', async () => {
    const published =
      'Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,Outcome linked to object of search,Removal of more than just outer clothing\nPerson search,2019-01-01T00:07:00+00:00,,,,,,,,,,,,,\n'
    assert.match(await refusal('export.csv', published), /Name it as published, such as/)
  })

  test('a file that grows while it is read', async () => {
    const path = await store.file('a.csv', `${HEADINGS}\n${ROW}\n`)
    const report = await importFile(store, {
      path,
      actor: tester,
      // The supplier's program is still writing when intake has come to placing.
      onProgress: ({ step }) => void (step === 'placing' && appendFile(path, `${ROW}\n`.repeat(100_000))),
    })
    assert.match(report.refusal!, /was written to while it was being read/)
  })
})

describe('names', () => {
  test('a name that climbs out of the folder is only a name', async () => {
    const path = await store.file('a.csv', '')
    const report = await importFile(store, { path, name: '../../../etc/passwd.csv', actor: tester })
    assert.equal(report.fileName, 'passwd.csv')
  })

  test('nothing is written outside the data folder', async () => {
    const before = await readdir(join(store.root, '..'))
    await refusal('a.csv', '')
    const added = (await readdir(join(store.root, '..'))).filter(name => !before.includes(name))
    assert.deepEqual(
      added.filter(name => name.startsWith('concord-')),
      [],
    )
  })
})
