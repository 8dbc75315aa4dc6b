import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ItemDecision, itemFacts, itemText, type PackItem, release } from './access-pack.ts'

const entry: PackItem = {
  item: 'entry-1',
  kind: 'entry',
  agency: 'Oak School',
  on: '2026-11-02',
  text: 'Was at the gate with Kai.',
  source: 'Told by a pupil',
  nature: 'reported',
  purpose: 'safeguarding',
  deleteOn: '2028-11-02',
  restricted: true,
}
const referral: PackItem = {
  item: 'referral-1',
  kind: 'referral',
  agency: 'Oak School',
  on: '2026-11-02',
  content: {
    birthDate: '2011-05-03',
    others: [{ name: 'Kai', age: '', relation: 'friend' }],
    whatWasDone: [
      ['send', {}, null],
      ['decline', { decision: { outcome: 'declined', told: 'Ask the school' } }, 'No threshold met'],
    ],
    said: null,
  },
}
const decided = (
  item: string,
  decision: ItemDecision['decision'],
  redacted: string | null = null,
): ItemDecision => ({
  item,
  decision,
  redacted,
  because: 'As agreed',
  decidedBy: 'Head of year',
})

test('where something is known from is read and decided on with what it says', () => {
  assert.equal(itemText(entry), 'Was at the gate with Kai.\nKnown from: Told by a pupil')
})

test('a referral reads as lines of words: corrections, reasons and decisions included, nothing left as code', () => {
  assert.equal(
    itemText(referral),
    [
      'Birth date: 2011-05-03',
      'Others: Kai, friend',
      'What was done: send; decline, declined, Ask the school, No threshold met',
    ].join('\n'),
  )
})

test('beside a text stands what it is, for what, in which state and until when', () => {
  assert.deepEqual(itemFacts(entry), [
    ['What it is', 'What somebody reported, not known to be so'],
    ['Kept for', 'Safeguarding a child or adult at risk'],
    ['State', 'restricted while in dispute'],
    ['Deleted on', '2 November 2028'],
  ])
})

test('nothing is released while an entry is undecided, or given though nobody could read it', () => {
  assert.equal(release([entry, referral], [], [decided('entry-1', 'keep')]), null)
  const sealed: PackItem = { ...entry, text: null, source: null }
  assert.equal(release([sealed], [], [decided('entry-1', 'keep')]), null)
  assert.deepEqual(release([sealed], [], [decided('entry-1', 'withhold')]), {
    items: [],
    looked: [],
    withheld: 1,
  })
})

test('what was taken out or withheld is in no part of what is released', () => {
  const released = release(
    [entry, referral],
    [],
    [decided('entry-1', 'redact', 'Was at the gate.'), decided('referral-1', 'withhold')],
  )
  assert.equal(released!.withheld, 1)
  assert.equal(released!.items[0]!.text, 'Was at the gate.')
  assert.doesNotMatch(JSON.stringify(released), /Kai|pupil|threshold/)
})
