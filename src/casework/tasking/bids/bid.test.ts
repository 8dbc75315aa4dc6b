import assert from 'node:assert/strict'
import { test } from 'node:test'
import { criteriaOn, moveNames, moves, possibleMoves, standing, whyNot } from './bid.ts'
import { monthsAround } from './bid-figures-pages.ts'
import { readNewBid, readStep } from './bid-form.ts'

const all = { asker: true, chair: true, holder: true, either: true }
const today = '2026-11-20'
const choices = {
  resources: [{ id: 'taskforce' }],
  cohorts: [{ id: 'east' }],
  areas: [{ code: 'E08000025' }],
  measures: [{ id: 'knife-crime' }],
  criteria: [{ id: 'harm', name: 'Harm', asks: 'What harm?' }],
}
const day = (name: string, iso: string) => {
  const [y, m, d] = iso.split('-')
  return { [`${name}-day`]: d!, [`${name}-month`]: m!, [`${name}-year`]: y! }
}
const typed = {
  resource: 'taskforce',
  about: 'place',
  place: 'Bus interchange',
  aim: 'Fewer robberies.',
  'criterion-harm': 'Eleven robberies.',
  ...day('startsOn', '2026-12-01'),
  ...day('endsOn', '2026-12-14'),
}

test('a bid is offered exactly the moves that the table allows, and is folded from them', () => {
  for (const state of ['asked', 'granted', 'deployed', 'ended', 'refused'] as const) {
    assert.deepEqual(
      possibleMoves(state, all),
      moveNames.filter(m => (moves[m].from as readonly string[]).includes(state)),
    )
  }
  assert.match(
    whyNot('grant', 'asked', { ...all, chair: false })!,
    /chairs the meeting .* and did not ask for it/,
  )
  assert.equal(standing([{ move: 'ask' }, { move: 'grant' }, { move: 'deploy' }]), 'deployed')
})

test('a bid is for a place or a cohort, and there is no field for anybody', () => {
  const faults: Record<string, string> = {}
  const bid = readNewBid(typed, today, choices, faults)
  assert.deepEqual(faults, {})
  assert.ok(Object.keys(bid).every(field => !/person|group|name/.test(field)))
  const both = readNewBid({ ...typed, about: 'cohort', cohort: 'east' }, today, choices, {})
  assert.deepEqual([both.place, both.cohort], ['', 'east'])
  readNewBid({ ...typed, about: 'person' }, today, choices, faults)
  assert.match(faults.about!, /for a place or for a cohort/)
})

test('a bid says something to every criterion that holds on the day', () => {
  const faults: Record<string, string> = {}
  readNewBid({ ...typed, 'criterion-harm': '' }, today, choices, faults)
  assert.equal(faults['criterion-harm'], 'Say something to this: harm.')
  const sets = [
    { from: '2027-01-01', source: 'x', criteria: [] },
    { from: '2021-12-21', source: 'x', criteria: choices.criteria },
  ]
  assert.equal(criteriaOn(sets, today), choices.criteria)
  assert.deepEqual(criteriaOn(sets, '2027-01-01'), [])
  assert.deepEqual(criteriaOn(sets, '2020-01-01'), [])
})

test('days lie ahead, in order, and not for ever; a measure needs an authority', () => {
  const fault = (more: Record<string, string>) => {
    const faults: Record<string, string> = {}
    readNewBid({ ...typed, ...more }, today, choices, faults)
    return faults
  }
  assert.match(fault(day('endsOn', '2026-11-30')).endsOn!, /ends before it begins/)
  assert.match(fault(day('startsOn', '2026-11-19')).startsOn!, /in the past/)
  assert.match(fault(day('endsOn', '2027-04-01')).endsOn!, /92 days at most/)
  assert.match(fault({ measure: 'knife-crime' }).area!, /Choose the authority/)
  assert.deepEqual(fault({ measure: 'knife-crime', area: 'E08000025' }), {})
  assert.match(fault({ measure: 'stop-and-search' }).measure!, /of the list/)
})

test('what was counted otherwise comes whole or not at all', () => {
  const read = (more: Record<string, string>) => {
    const faults: Record<string, string> = {}
    const { detail } = readStep('end', { text: 'Quiet.', ...more }, { today, grantedFrom: null }, faults)
    return { detail, faults }
  }
  assert.equal(read({}).detail.counted, undefined)
  assert.deepEqual(read({ counted: 'Calls', before: '12', after: '7' }).detail.counted, {
    what: 'Calls',
    before: 12,
    after: 7,
  })
  assert.deepEqual(Object.keys(read({ before: '12' }).faults).sort(), ['after', 'counted'])
})

test('before and after are whole months of equal number, without those of the deployment', () => {
  assert.deepEqual(monthsAround('2026-05-10', '2026-05-20'), {
    before: ['2026-02', '2026-04'],
    after: ['2026-06', '2026-08'],
  })
  assert.deepEqual(monthsAround('2025-11-28', '2026-02-03').before, ['2025-07', '2025-10'])
})
