/** R13 to R18 in sentences, beside the matrix that asks thousands. */
import { after, before, test } from 'node:test'
import { caseworkForTests, type TestCasework } from '../casework-for-tests.ts'
import {
  agreementOn,
  analyst,
  askedOf,
  councilCoordinator,
  noAgreement,
  policeOfficer,
  schoolWorker,
} from './in-sentences.ts'

let casework: TestCasework
let reading: ReturnType<typeof askedOf>
before(async () => {
  casework = await caseworkForTests()
  reading = askedOf(casework)
})
after(() => casework.close())

test('R13 without an agreement another agency’s record is not even pointed to', async () => {
  await reading(schoolWorker).anEntryOf('police').under(noAgreement).seesOnly('nothing')
  await reading(schoolWorker).anEntryOf('police').under(noAgreement).knowing.seesOnly('nothing')
})

test('R14 an agreement points first, and no agreement opens a record', async () => {
  await reading(schoolWorker).anEntryOf('police').under(agreementOn('known-to')).knowing.seesOnly('pointer')
  await reading(policeOfficer)
    .anEntryOf('school')
    .under(agreementOn('known-to', 'contacts', 'summary'))
    .knowing.seesOnly('pointer')
  await reading(schoolWorker).anEntryOf('police').under(agreementOn('contacts')).knowing.seesOnly('nothing')
})

test('R18 who does not know a person is pointed nowhere', async () => {
  await reading(schoolWorker).anEntryOf('police').under(agreementOn('known-to')).seesOnly('nothing')
})

test('an agreement for one purpose is none for another', async () => {
  const forSupport = { ...schoolWorker, purpose: 'support' } as const
  await reading(forSupport).anEntryOf('police').under(agreementOn('known-to')).knowing.seesOnly('nothing')
})

test('one’s own agency reads, its coordinators too, and roles without cases nothing', async () => {
  await reading(schoolWorker).anEntryOf('school').under(noAgreement).seesOnly('entry')
  await reading(councilCoordinator).anEntryOf('council').under(noAgreement).seesOnly('entry')
  await reading(analyst).anEntryOf('partnership').under(noAgreement).seesOnly('nothing')
  await reading({ ...schoolWorker, purpose: null })
    .anEntryOf('school')
    .under(noAgreement)
    .seesOnly('nothing')
})
