import assert from 'node:assert/strict'
import { test } from 'node:test'
import { outcomes, outcomesFor } from './outcomes.ts'
import { moveNames, moves, possibleMoves, standing, whyNot } from './panel-case.ts'
import { readNewCase, readStep } from './panel-case-form.ts'
import type { PanelCase } from './panel-case-store.ts'

const all = { referrer: true, chair: true, decider: true, keeper: true }
const today = '2026-11-20'
const found = {
  offenceOn: '2026-11-01',
  admitted: 'yes',
  child: true,
  panelMembers: [
    { id: 'yos', name: 'Youth offending' },
    { id: 'police', name: 'Police' },
  ],
} as PanelCase

test('a case is offered exactly the moves that the table allows; what is decided is not decided again', () => {
  for (const state of ['waiting', 'decided', 'completed', 'returned', 'withdrawn'] as const) {
    assert.deepEqual(
      possibleMoves(state, all),
      moveNames.filter(m => (moves[m].from as readonly string[]).includes(state)),
    )
  }
  assert.equal(whyNot('decide', 'decided', all), 'It is now: decided.')
  assert.match(whyNot('decide', 'waiting', { ...all, decider: false })!, /and did not refer it/)
  assert.equal(standing([{ move: 'refer' }, { move: 'defer' }, { move: 'decide' }]), 'decided')
})

test('outcomes are those of the day of the offence, of the age, and of what was admitted', () => {
  assert.ok(outcomesFor(found).includes('checkpoint'))
  assert.ok(!outcomesFor({ ...found, offenceOn: '2021-10-31' }).includes('checkpoint'), 'before the pilot')
  assert.ok(!outcomesFor({ ...found, child: false }).includes('youth-caution'))
  assert.deepEqual(outcomesFor({ ...found, admitted: 'no' }), ['no-further-action', 'outcome-22', 'charge'])
  for (const { source, since } of Object.values(outcomes))
    assert.ok(source && /^\d{4}-\d\d-\d\d$/.test(since))
})

test('a case needs its number, its offence, a day and whether it is admitted', () => {
  const faults: Record<string, string> = {}
  readNewCase({}, { today, panels: [{ id: 'one' }] }, faults)
  assert.deepEqual(Object.keys(faults).sort(), ['admitted', 'crime', 'offence', 'offenceOn'])
})

test('a decision needs an outcome that fits, reasons, a plan, who sees to it by when, and who was there; dissent may stand', () => {
  const read = (typed: Record<string, string>) => {
    const faults: Record<string, string> = {}
    return { form: readStep('decide', typed, found, { today, bringable: [] }, faults), faults }
  }
  assert.deepEqual(Object.keys(read({}).faults).sort(), [
    'agency',
    'dueOn',
    'outcome',
    'plan',
    'text',
    'there',
  ])
  const { form, faults } = read({
    outcome: 'outcome-22',
    text: 'It fits.',
    plan: 'Six sessions.',
    agency: 'yos',
    there: 'yos',
    dissent: 'The police would have cautioned.',
    'dueOn-day': '1',
    'dueOn-month': '2',
    'dueOn-year': '2027',
  })
  assert.deepEqual(faults, {})
  assert.equal(form.detail!.dissent, 'The police would have cautioned.')
  const adult = { ...found, child: false }
  const misfit: Record<string, string> = {}
  readStep('decide', { outcome: 'youth-caution' }, adult, { today, bringable: [] }, misfit)
  assert.match(misfit.outcome!, /Youth caution does not fit/)
})
