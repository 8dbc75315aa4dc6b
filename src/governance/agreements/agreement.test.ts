import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Faults, Typed } from '../../platform/typed-form.ts'
import { type Agreement, agreementState, findAgreement } from './agreement.ts'
import { readAgreement } from './agreement-form.ts'

const agreement = (more: Partial<Agreement> = {}): Agreement => ({
  id: 'a',
  purpose: 'safeguarding',
  parties: ['council', 'oak-school'],
  fields: ['known-to', 'summary'],
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
  endedOn: null,
  ...more,
})

test('an agreement is in force from its first day to its last, and not on the day on which it was ended', () => {
  assert.equal(agreementState(agreement(), '2025-12-31'), 'not yet in force')
  assert.equal(agreementState(agreement(), '2026-01-01'), 'in force')
  assert.equal(agreementState(agreement(), '2026-12-31'), 'in force')
  assert.equal(agreementState(agreement(), '2027-01-01'), 'run out')
  assert.equal(agreementState(agreement({ endedOn: '2026-06-01' }), '2026-05-31'), 'in force')
  assert.equal(agreementState(agreement({ endedOn: '2026-06-01' }), '2026-06-01'), 'ended')
})

test('R13 what is lacking is named from the outside in', () => {
  const lacking = (fields: string[], more: Partial<Agreement> = {}, purpose = 'safeguarding') => {
    const found = findAgreement(
      [agreement(more)],
      { one: 'council', other: 'oak-school', purpose, fields },
      '2026-06-01',
    )
    return 'because' in found ? found.because : found.agreement.id
  }
  assert.equal(lacking(['summary']), 'a')
  assert.equal(lacking([]), 'nothing named')
  assert.equal(lacking(['summary'], { parties: ['council', 'police'] }), 'no agreement')
  assert.equal(lacking(['summary'], { startsOn: '2026-07-01' }), 'agreement not in force')
  assert.equal(lacking(['summary'], {}, 'support'), 'other purpose')
  assert.equal(lacking(['summary', 'address']), 'field not agreed')
})

test('two agreements that cover a half each do not cover the whole', () => {
  const halves = [agreement({ fields: ['summary'] }), agreement({ id: 'b', fields: ['address'] })]
  assert.deepEqual(
    findAgreement(
      halves,
      { one: 'council', other: 'oak-school', purpose: 'safeguarding', fields: ['summary', 'address'] },
      '2026-06-01',
    ),
    { because: 'field not agreed' },
  )
})

const day = (name: string, [year, month, day]: string[]) => ({
  [`${name}-day`]: day,
  [`${name}-month`]: month,
  [`${name}-year`]: year,
})
const startsOn = (text: string) => day('startsOn', text.split('-'))
const endsOn = (text: string) => day('endsOn', text.split('-'))

const form: Typed = {
  title: ' Protocol ',
  purpose: 'safeguarding',
  legalBasis: 'Children Act 2004, section 10',
  owner: 'Head of safeguarding',
  parties: ['council', 'oak-school', 'council'],
  fields: ['summary'],
  ...startsOn('2026-11-20'),
  ...endsOn('2027-11-20'),
}
const open = new Set(['council', 'oak-school'])
const faults = (more: Typed) => {
  const found: Faults = {}
  readAgreement({ ...form, ...more }, '2026-11-20', open, found)
  return Object.keys(found)
}

test('an agreement is read as it is meant, each agency once', () => {
  const agreement = readAgreement(form, '2026-11-20', open, {})
  assert.equal(agreement?.title, 'Protocol')
  assert.deepEqual(agreement?.parties, ['council', 'oak-school'])
})

test('R13 each thing that an agreement has to state is asked for', () => {
  assert.deepEqual(faults({}), [])
  assert.deepEqual(faults({ purpose: 'curiosity' }), ['purpose'])
  assert.deepEqual(faults({ legalBasis: '  ' }), ['legalBasis'])
  assert.deepEqual(faults({ parties: ['council', 'closed-agency'] }), ['parties'])
  assert.deepEqual(faults({ fields: ['everything'] }), ['fields'])
  assert.deepEqual(faults(startsOn('2026-02-31')), ['startsOn'])
  assert.deepEqual(faults(endsOn('--')), ['endsOn'])
  assert.deepEqual(faults(endsOn('2026-11-20')), ['endsOn'])
  assert.deepEqual(faults(endsOn('2029-11-21')), ['endsOn'])
  assert.deepEqual(faults({ ...startsOn('2025-01-01'), ...endsOn('2026-11-19') }), ['endsOn'])
  assert.deepEqual(faults({ title: 'x'.repeat(501) }), ['title'])
})
