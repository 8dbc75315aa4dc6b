import assert from 'node:assert/strict'
import { test } from 'node:test'
import { disclosableFields, fieldsOn } from './disclosable-fields.ts'
import { compose, type OwnEntry, type OwnRecord } from './disclosure-content.ts'

const record: OwnRecord = {
  id: 'record',
  edition: 1,
  names: [
    { given: 'Synthetic', family: 'Person', kind: 'usual' },
    { given: 'Syn', family: '', kind: 'alias' },
  ],
  birthDate: '2010-05-01',
  birthDateKnown: 'month',
  address: '1 Example Street',
  postcode: 'B99 9ZZ',
  phone: null,
  school: null,
}

const entry = (id: string, more: Partial<OwnEntry> = {}): OwnEntry => ({
  id,
  edition: 3,
  kind: 'event',
  nature: 'reported',
  roleInEvent: 'injured',
  occurredOn: '2026-11-01',
  text: 'Was hurt on the way home.',
  source: 'his mother',
  sourceGrade: 1,
  informationGrade: 'B',
  handling: 'P',
  handlingConditions: null,
  ...more,
})

const chosen = (fields: string[], written: Record<string, string> = {}) => ({
  fields,
  written,
  entries: null,
})

test('R14 nothing goes but what was named', () => {
  const { content, entries } = compose(
    record,
    [entry('a'), entry('b', { kind: 'concern' })],
    chosen(['address']),
  )
  assert.deepEqual(content, { address: '1 Example Street. B99 9ZZ' })
  assert.deepEqual(entries, [])
})

test('a birth date is given no more exactly than it is known', () => {
  const born = (birthDateKnown: OwnRecord['birthDateKnown']) =>
    compose({ ...record, birthDateKnown }, [], chosen(['identity'])).content.identity
  const names = 'Synthetic Person, Syn (also known as). '
  assert.equal(born('day'), `${names}Born on 1 May 2010`)
  assert.equal(born('month'), `${names}Born in May 2010`)
  assert.equal(born('year'), `${names}Born in 2010`)
  assert.equal(born('estimated'), `${names}Born about 2010, by an estimated age`)
})

test('R2 a line keeps its nature, source, grade and conditions, and the role in the event', () => {
  const { content, entries } = compose(
    record,
    [entry('a', { handling: 'C', handlingConditions: 'Not to the school' })],
    chosen(['events']),
  )
  assert.deepEqual(content.events, [
    {
      entry: 'a:3',
      on: '2026-11-01',
      nature: 'reported',
      role: 'injured',
      text: 'Was hurt on the way home.',
      source: 'his mother',
      grade: '1B',
      conditions: 'Not to the school',
    },
  ])
  assert.deepEqual(entries, ['a'])
})

test('lines that were taken out, or have changed since, do not go', () => {
  const lines = [entry('a'), entry('b'), entry('c', { edition: 4 })]
  const { entries } = compose(record, lines, {
    fields: ['events'],
    written: {},
    entries: new Set(['a:3', 'c:3']),
  })
  assert.deepEqual(entries, ['a'])
})

test('a field without anything in it is not given, and said so', () => {
  const { content, empty } = compose(record, [], chosen(['phone', 'summary', 'events'], { summary: '  ' }))
  assert.deepEqual(content, {})
  assert.deepEqual(empty.sort(), ['events', 'phone', 'summary'])
})

test('R14 what queries show and other forms send never travels in a disclosure: held records, referrals, circles, meetings, cohorts, groups, custody, plans, actions', () => {
  const queried = disclosableFields.filter(f => f.source.from === 'query').map(f => f.id)
  assert.deepEqual(queried.sort(), [
    'action',
    'arrangement',
    'circle-notes',
    'cohort',
    'custody',
    'group',
    'known-to',
    'meeting',
    'plan',
    'referral',
  ])
  assert.deepEqual(compose(record, [entry('a')], chosen(queried)).content, {})
})

test('fields are dated: what was not yet one cannot be agreed', () => {
  assert.ok(!fieldsOn('2023-06-01').some(f => f.id === 'attendance'))
  assert.ok(fieldsOn('2024-01-01').some(f => f.id === 'attendance'))
})

test('R6 R8 no field that a disclosure carries is a score, a tier, or a proxy of poverty or care', () => {
  for (const { id, title, says, source } of disclosableFields) {
    // What a panel reads of those in its cohort is a query of theirs, and no list leaves it (R14).
    if (source.from === 'query') continue
    assert.doesNotMatch(`${id} ${title} ${says}`, /score|rank|tier|risk|meals|arrears|pregnan|care status/i)
  }
})
