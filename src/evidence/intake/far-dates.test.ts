/** Dates that nobody meant: spreadsheets write an empty date as 1900, and a slip of a digit makes 2091 of 2019. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TemporaryStore, temporaryStore, tester } from '../../../test/temporary-store.ts'
import { importFile } from './import-file.ts'

let store: TemporaryStore
before(async () => {
  store = await temporaryStore()
})
after(() => store.remove())

const reasons = async (name: string, content: string) => {
  const report = await importFile(store, {
    path: await store.file(name, content),
    actor: tester,
    dryRun: true,
  })
  assert.equal(report.refusal, null)
  return { rejected: report.rowsRejected, reasons: report.reasons.map(r => r.reason) }
}

test('a day before 1950 is no day of an event: one such row would stretch every figure back to it', async () => {
  for (const day of ['1899-12-30', '01/01/1900', '1904-01-01', '0001-01-01', '-infinity']) {
    assert.deepEqual(
      await reasons('a.csv', `offence_id,force,recorded_on,ho_code\nSYN-1,west-midlands,${day},8N\n`),
      { rejected: 1, reasons: ['“recorded_on” is before 1950; an empty date may have become one'] },
      day,
    )
  }
  assert.deepEqual(
    await reasons('a.csv', 'offence_id,force,recorded_on,ho_code\nSYN-1,west-midlands,1950-01-01,8N\n'),
    { rejected: 0, reasons: [] },
  )
})

const street = (month: string) =>
  reasons(
    '2022-05-west-midlands-street.csv',
    `Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context
abc,${month},West Midlands Police,West Midlands Police,-1.9,52.48,On or near,E01000001,X,Drugs,,
`,
  )

test('published months are judged like days', async () => {
  assert.deepEqual(await street('2091-05'), { rejected: 1, reasons: ['“Month” is in the future'] })
  assert.deepEqual(await street('2022-07'), { rejected: 1, reasons: ['“Month” is in the future'] })
  assert.deepEqual(await street('2022-06'), { rejected: 0, reasons: [] }, 'the month that today lies in')
  assert.deepEqual(await street('1900-01'), {
    rejected: 1,
    reasons: ['“Month” is before 1950; an empty date may have become one'],
  })
})
