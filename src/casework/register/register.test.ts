import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { caseworkForTests, morning, type TestCasework } from '../../../test/casework-for-tests.ts'
import { asMember, type Member } from '../../governance/access/as-member.ts'
import type { Faults, Typed } from '../../platform/typed-form.ts'
import type { BirthDate } from './birth-date.ts'
import { readEntry } from './entry-form.ts'
import { addEntry, entriesOf } from './entry-store.ts'
import { findPeople } from './find-people.ts'
import { otherNames, usualName } from './names.ts'
import { readPerson, typedOf } from './person-form.ts'
import {
  addRecord,
  changeRecord,
  ownRecord,
  type RecordDetails,
  recordsOf,
  reviewRecord,
} from './record-store.ts'

const today = '2026-11-20'
const nobody = {
  reference: '',
  gender: '',
  ethnicity: '',
  address: '',
  postcode: '',
  phone: '',
  school: '',
  sensitive: false,
}
const named = (given: string, family = '', more: Partial<RecordDetails> = {}): RecordDetails => ({
  ...nobody,
  names: [{ given, family, kind: 'usual' }],
  birth: null,
  ...more,
})

describe('the register', () => {
  let casework: TestCasework
  let school: Member
  let police: Member
  before(async () => {
    casework = await caseworkForTests()
    school = await casework.member('school')
    police = await casework.member('police')
  })
  after(() => casework.close())

  const as = <T>(member: Member, act: Parameters<typeof asMember<T>>[3]) =>
    asMember(casework.database, member, { now: morning }, act)
  const add = async (member: Member, details: RecordDetails, id = randomUUID(), person = randomUUID()) => ({
    id,
    person: await as(member, tx => addRecord(tx, id, person, details, 'Children Act 2004, section 10')),
  })
  const found = async (member: Member, text: string) =>
    (await as(member, tx => findPeople(tx, text))).people.map(p => usualName(p.names))

  test('somebody is found however the name is spelt, by any part, any alphabet, and their number', async () => {
    await add(school, named('Mohammed', 'Al-Synthetic', { reference: 'S-0042' }))
    await add(school, named('Zoë', 'O’Synthetic'))
    await add(school, named('Синтетик'))
    assert.deepEqual(await found(school, 'muhammad'), ['Mohammed Al-Synthetic'])
    assert.deepEqual(await found(school, 'al synthetic mohamed'), ['Mohammed Al-Synthetic'])
    assert.deepEqual(await found(school, 'Zoe OSynthetic'), ['Zoë O’Synthetic'])
    assert.deepEqual(await found(school, 'Синтет'), ['Синтетик'])
    assert.deepEqual(await found(school, 'S-0042'), ['Mohammed Al-Synthetic'])
    assert.deepEqual(await found(school, 'Kwame'), [])
    assert.deepEqual(await found(school, '   '), [])
  })

  test('R18 another agency’s people are not found by name', async () => {
    await add(police, named('Onlypolice', 'Synthetic'))
    assert.deepEqual(await found(school, 'Onlypolice'), [])
    assert.deepEqual(await found(police, 'Onlypolice'), ['Onlypolice Synthetic'])
  })

  test('R6 people are found in the order of their names’ closeness, however much is written about them', async () => {
    const { person: often } = await add(school, named('Ashleigh', 'Synthetic'))
    await add(school, named('Ashley', 'Synthetic'))
    const record = (await as(school, tx => recordsOf(tx, often)))[0]!
    for (let i = 0; i < 5; i++) {
      await as(school, tx =>
        addEntry(tx, randomUUID(), record, {
          nature: 'fact',
          kind: 'concern',
          roleInEvent: null,
          occurredOn: '2026-11-01',
          text: 'Late again.',
          source: 'register',
          sourceGrade: null,
          informationGrade: null,
          handling: 'P',
          handlingConditions: null,
          circle: null,
        }),
      )
    }
    assert.deepEqual(await found(school, 'Ashley Synthetic'), ['Ashley Synthetic', 'Ashleigh Synthetic'])
  })

  test('R6 there is nothing in the register that could hold a score, a rank or a colour of a person', async () => {
    const columns = await casework.database.query<{ name: string; type: string; of: string }>(
      `select column_name as name, data_type as type, table_name as of from information_schema.columns
       where table_name in ('persons', 'agency_records', 'entries') and table_schema = 'public'`,
    )
    // What is a number here: editions, and the two grades of the source, never of the person.
    const numbers = columns.filter(c => /int|numeric|double|real/.test(c.type)).map(c => `${c.of}.${c.name}`)
    assert.deepEqual(numbers.sort(), ['agency_records.edition', 'entries.edition', 'entries.source_grade'])
    assert.deepEqual(
      columns.filter(c => /score|risk|rank|rag|colou?r|level|tier|gang/.test(c.name)),
      [],
    )
  })

  test('a form that is sent twice adds one person, and one entry', async () => {
    const [id, person] = [randomUUID(), randomUUID()]
    await add(school, named('Double', 'Synthetic'), id, person)
    await add(school, named('Double', 'Synthetic'), id, person)
    assert.deepEqual(await found(school, 'Double Synthetic'), ['Double Synthetic'])
    const record = (await as(school, tx => ownRecord(tx, id)))!
    const key = randomUUID()
    const { details } = readEntry(
      {
        nature: 'fact',
        kind: 'contact',
        'occurredOn-day': '19',
        'occurredOn-month': '11',
        'occurredOn-year': '2026',
        text: 'Came.',
        source: 'Seen',
      },
      today,
      [],
      {},
    )
    for (let i = 0; i < 2; i++) await as(school, tx => addEntry(tx, key, record, details!))
    assert.equal((await as(school, tx => entriesOf(tx, person))).length, 1)
  })

  test('two who change a record at once: the second is told, and nothing is lost', async () => {
    const { id } = await add(school, named('Twice', 'Synthetic'))
    const record = (await as(school, tx => ownRecord(tx, id)))!
    assert.equal(
      await as(school, tx => changeRecord(tx, record, named('First', 'Synthetic'), record.edition)),
      true,
    )
    assert.equal(
      await as(school, tx => changeRecord(tx, record, named('Second', 'Synthetic'), record.edition)),
      false,
    )
    assert.deepEqual(await found(school, 'First Synthetic'), ['First Synthetic'])
    assert.deepEqual(await found(school, 'Twice'), [])
  })

  test('R10 R12 a record has its review and its end from the first moment, sooner for a child', async () => {
    const { id: child } = await add(
      school,
      named('Young', 'Synthetic', { birth: { date: '2011-05-03', known: 'day' } }),
    )
    const { id: adult } = await add(
      school,
      named('Grown', 'Synthetic', { birth: { date: '1990-05-03', known: 'day' } }),
    )
    const of = async (id: string) => (await as(school, tx => ownRecord(tx, id)))!
    assert.equal((await of(child)).reviewOn, '2027-01-01')
    assert.equal((await of(adult)).reviewOn, '2027-02-18')
    await as(school, async tx => reviewRecord(tx, (await ownRecord(tx, child))!, 'Still coming to the club'))
    assert.equal((await of(child)).reviewOn, '2027-01-01')
  })

  test('R10 whoever reviews a record reviews what stands in it', async () => {
    const coordinator = await casework.member('school', 'coordinator')
    const { id, person } = await add(school, named('Lapsed', 'Synthetic'))
    const record = (await as(school, tx => ownRecord(tx, id)))!
    const { details } = readEntry(
      {
        nature: 'fact',
        kind: 'contact',
        'occurredOn-day': '19',
        'occurredOn-month': '11',
        'occurredOn-year': '2026',
        text: 'Came.',
        source: 'Seen',
      },
      today,
      [],
      {},
    )
    await as(school, tx => addEntry(tx, randomUUID(), record, details!))
    await casework.database.query(
      `update agency_records set review_on = '2026-11-01', suspended_on = '2026-11-02' where id = $1`,
      [id],
    )
    await casework.database.query(
      `update entries set review_on = '2026-11-01', suspended_on = '2026-11-02' where record_id = $1`,
      [id],
    )
    assert.deepEqual(await as(school, tx => entriesOf(tx, person)), [], 'hidden from who wrote it')
    await as(coordinator, async tx =>
      reviewRecord(tx, (await ownRecord(tx, id))!, 'Still coming to the club'),
    )
    const [entry] = await as(school, tx => entriesOf(tx, person))
    assert.ok(entry!.reviewOn > today, entry!.reviewOn)
  })

  test('R19 what is done to a record stands in the audit, without a name in it', async () => {
    const { person } = await add(school, named('Auditable', 'Synthetic'))
    const entries = await casework.database.query<{ event: string; detail: unknown }>(
      'select event, detail from audit where person_id = $1',
      [person],
    )
    assert.deepEqual(
      entries.map(e => e.event),
      ['person-added'],
    )
    assert.doesNotMatch(JSON.stringify(entries), /Auditable/)
  })
})

describe('what is typed about a person', () => {
  const read = (typed: Typed, stands: BirthDate | null = null) => {
    const faults: Faults = {}
    return { details: readPerson(typed, today, faults, stands), faults }
  }

  test('one name is a name, many are kept as they were typed', () => {
    const { details } = read({ given: 'Pelé', others: 'Edson Arantes\n  do Nascimento  \n\n' })
    assert.equal(usualName(details.names), 'Pelé')
    assert.deepEqual(otherNames(details.names), ['Edson Arantes', 'do Nascimento'])
    assert.equal(usualName(read({ family: 'Madonna' }).details.names), 'Madonna')
  })

  test('right to left, emoji, markup and templates are text like any other', () => {
    for (const given of [
      'محمد',
      '👩‍👩‍👧',
      '<b>Sam</b>',
      "Robert'); drop table persons;--",
      '{{7*7}}',
      '=cmd|calc',
    ]) {
      assert.equal(usualName(read({ given }).details.names), given)
    }
  })

  test('what cannot be used gets a sentence at its field, all at once', () => {
    const { faults } = read({
      given: 'x'.repeat(201),
      'birthDate-day': '31',
      'birthDate-month': '2',
      'birthDate-year': '2011',
      postcode: 'B1 1AA, Birmingham, England',
      phone: 'a\uFFFDb',
    })
    assert.deepEqual(faults, {
      given: 'Given name is 201 characters long. Shorten it to 200 or fewer.',
      birthDate: '31/2/2011 is not a day that existed',
      postcode: 'Postcode is 27 characters long. Shorten it to 12 or fewer.',
      phone:
        'Telephone number holds a character that could not be read, shown as \uFFFD. Take it out, or type it again.',
    })
    assert.deepEqual(Object.keys(read({}).faults), ['given'])
    assert.match(read({ given: 'Sam', 'birthDate-year': '2027' }).faults.birthDate!, /future/)
    assert.match(read({ given: 'Sam', 'birthDate-year': '2011', age: '15' }).faults.age!, /not both/)
  })

  test('an estimated age that is left as it was does not become a year that somebody knew', () => {
    const stands = read({ given: 'Sam', age: '15' }).details
    assert.equal(stands.birth!.known, 'estimated')
    const later = '2027-04-01'
    const again = readPerson(typedOf(stands, later), later, {}, stands.birth)
    assert.deepEqual(again.birth, stands.birth)
    assert.equal(read({ given: 'Sam', age: '17' }, stands.birth).details.birth!.date.slice(0, 4), '2009')
  })
})

describe('what is typed as an entry', () => {
  const whole = {
    nature: 'reported',
    kind: 'event',
    'occurredOn-day': '19',
    'occurredOn-month': '11',
    'occurredOn-year': '2026',
    text: 'Was hurt.',
    source: 'Aunt',
  }
  const read = (typed: Typed) => {
    const faults: Faults = {}
    return { ...readEntry(typed, today, [], faults), faults }
  }

  test('R1 a role belongs to an event and never to a person', () => {
    assert.equal(read({ ...whole, roleInEvent: 'injured' }).details!.roleInEvent, 'injured')
    const { faults } = read({ ...whole, kind: 'view', roleInEvent: 'suspected' })
    assert.match(faults.roleInEvent!, /people have no roles by themselves/)
  })

  test('R2 nothing is kept that does not say whether it is fact, report or assessment, and how it is known', () => {
    assert.deepEqual(Object.keys(read({ ...whole, nature: '', source: '' }).faults), ['nature', 'source'])
  })

  test('R26 words that label are asked about once, and kept where they are meant', () => {
    const typed = { ...whole, text: 'He is streetwise and it is a lifestyle choice.' }
    const first = read(typed)
    assert.equal(first.details, null)
    assert.deepEqual(
      first.careful.map(c => c.word),
      ['streetwise', 'lifestyle choice'],
    )
    assert.equal(read({ ...typed, meant: 'yes' }).details!.text, typed.text)
  })

  test('a grade is of source and information both, and a circle is one’s own', () => {
    assert.match(read({ ...whole, sourceGrade: '2' }).faults.sourceGrade!, /both/)
    assert.match(read({ ...whole, circle: randomUUID() }).faults.circle!, /circle/)
  })

  test('names of the language are no choice', () => {
    const { faults } = read({
      ...whole,
      kind: 'constructor',
      roleInEvent: '__proto__',
      informationGrade: 'toString',
    })
    assert.deepEqual(Object.keys(faults).sort(), ['informationGrade', 'kind', 'roleInEvent'])
  })
})
