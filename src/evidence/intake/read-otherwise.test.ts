/** The same bytes, read in another way after the first load was taken back: what is counted is the second reading. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TemporaryStore, temporaryStore, tester } from '../../../test/temporary-store.ts'
import { saveMapping } from '../catalogue/column-mappings.ts'
import { withdrawLoad } from '../catalogue/loads.ts'
import { getDataset } from '../datasets/index.ts'
import { importFile } from './import-file.ts'

const SEARCHES = `Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,Outcome linked to object of search,Removal of more than just outer clothing
Person search,2019-01-05T10:00:00+00:00,False,,52.4836,-1.8972,Male,18-24,,White,Misuse of Drugs Act 1971 (section 23),Controlled drugs,Arrest,,False
`
const RECOVERED = `recovery_id,force,day one,day two,weapon,quantity,method
SYN-W-1,west-midlands,2019-03-12,2019-03-20,knife,1,sweep
`

let store: TemporaryStore
before(async () => {
  store = await temporaryStore()
})
after(() => store.remove())

const load = async (name: string, content: string, more = {}) => {
  const report = await importFile(store, { path: await store.file(name, content), actor: tester, ...more })
  assert.equal(report.refusal, null)
  assert.equal(report.status, 'active')
  return report.loadId!
}
const only = async (sql: string) => (await store.evidence.query<Record<string, unknown>>(sql))[0]

test('a file that was sent under the wrong force’s name counts for the right one once it is sent again', async () => {
  const wrong = await load('2019-01-warwickshire-stop-and-search.csv', SEARCHES)
  const versionOfWrong = await store.evidence.version()
  await withdrawLoad(store, wrong, tester)
  await load('2019-01-west-midlands-stop-and-search.csv', SEARCHES)
  assert.deepEqual(await only('select distinct force from police_uk_stop_and_search'), {
    force: 'west-midlands',
  })
  assert.notEqual(await store.evidence.version(), versionOfWrong)
})

test('a file that was read by a wrong mapping is read anew by the right one', async () => {
  const dataset = getDataset('weapons-recovered')
  const { database, clock } = store.installation
  const options = { supplier: 'Sweep team', dataset: dataset.id }
  await saveMapping(database, 'Sweep team', dataset, { 'day one': 'recovered_on' }, clock())
  const wrong = await load('recovered.csv', RECOVERED, options)
  await withdrawLoad(store, wrong, tester)
  await saveMapping(database, 'Sweep team', dataset, { 'day two': 'recovered_on' }, clock())
  await load('recovered.csv', RECOVERED, options)
  assert.deepEqual(await only('select cast(recovered_on as varchar) as day from weapons_recovered'), {
    day: '2019-03-20',
  })
})
