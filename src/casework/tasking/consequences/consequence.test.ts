import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { findInadmissibleGrounds } from '../../language/inadmissible-grounds.ts'
import { eventRoles } from '../../register/register.ts'
import { moveNames, moves, possibleMoves, reviewDueOn, standing, whyNot } from './consequence.ts'
import { affectedRoles, entryKinds } from './consequence-entry.ts'
import type { ConsequenceEntry } from './consequence-entry-store.ts'
import { readConsequence, readEntry, readStep } from './consequence-form.ts'
import { sections } from './shown-consequence.ts'

const all = { lead: true, holder: true, commander: true, party: true }
const none = { lead: false, holder: false, commander: false, party: false }
const open = { state: 'open', reviewDueOn: '2026-11-27' } as const

describe('consequence management', () => {
  test('is not closed before its review, and is not reviewed before its day', () => {
    assert.match(
      whyNot('close', open, all, '2026-11-24')!,
      /after its review, which is written from 27 November 2026 on/,
    )
    assert.match(whyNot('review', open, all, '2026-11-26')!, /written from 27 November 2026 on/)
    assert.equal(whyNot('review', open, all, '2026-11-27'), null)
    assert.match(whyNot('close', open, all, '2026-12-24')!, /after its review, which is due now/)
    assert.equal(whyNot('close', { ...open, state: 'reviewed' }, all, '2026-11-27'), null)
  })

  test('is folded from its moves, and is reviewed anew when it is opened again', () => {
    const made = [
      { move: 'open', dueOn: '2026-11-27' },
      { move: 'add-agency', dueOn: null },
      { move: 'review', dueOn: null },
      { move: 'close', dueOn: null },
    ] as const
    assert.deepEqual(standing(made), { state: 'closed', reviewDueOn: '2026-11-27' })
    assert.deepEqual(standing([...made, { move: 'reopen', dueOn: '2026-12-20' }]), {
      state: 'open',
      reviewDueOn: '2026-12-20',
    })
  })

  test('offers exactly the moves that the table allows', () => {
    assert.deepEqual(possibleMoves(open, none, '2026-11-27'), [])
    for (const state of ['open', 'reviewed', 'closed'] as const) {
      const expected = moveNames.filter(move => (moves[move].from as readonly string[]).includes(state))
      assert.deepEqual(possibleMoves({ ...open, state }, all, '2026-12-01'), expected)
    }
  })

  test('is reviewed after the days of the rule that holds', () => {
    const rules = [
      { from: '2026-12-01', days: 3, source: 'x' },
      { from: '2021-01-01', days: 7, source: 'x' },
    ]
    assert.equal(reviewDueOn(rules, '2026-11-20'), '2026-11-27')
    assert.equal(reviewDueOn(rules, '2026-12-01'), '2026-12-04')
    assert.throws(() => reviewDueOn(rules, '2020-01-01'), RangeError)
  })
})

describe('what is written', () => {
  const choices = { today: '2026-11-20', happenedOn: '2026-11-18', known: [], agencies: ['council'] }

  test('R1 whoever is affected has a part in this event, and no part is that of a suspect', () => {
    assert.ok(!Object.keys(affectedRoles).some(role => ['suspected', 'convicted'].includes(role)))
    assert.ok('suspected' in eventRoles, 'the register has the word, and it is not taken over')
    const faults = {}
    const entry = readEntry(
      'affected',
      { text: 'At home.', called: 'A', role: 'suspected', nature: 'fact' },
      choices,
      faults,
    )
    assert.deepEqual(faults, { role: 'Choose their part in this event.' })
    assert.equal(entry.role, null)
  })

  test('R2 every statement is fact, reported or assessment; a rumour never is a fact', () => {
    const faults = {}
    assert.equal(readEntry('rumour', { text: 'x', nature: 'fact' }, choices, faults).nature, 'reported')
    assert.equal(
      readEntry('retaliation', { text: 'x', nature: 'fact' }, choices, faults).nature,
      'assessment',
    )
    assert.deepEqual(faults, {})
    readEntry('school', { text: 'x' }, choices, faults)
    assert.match(JSON.stringify(faults), /fact, reported, or an assessment/)
  })

  test('R4 what was looked at online needs the reference of its authority', () => {
    const faults: Record<string, string> = {}
    readEntry('online', { text: 'Nothing was found.' }, choices, faults)
    assert.match(faults.authority!, /Without one it cannot be written down/)
    const good = {}
    const entry = readEntry('online', { text: 'x', authority: 'OSD-2026-17' }, choices, good)
    assert.deepEqual(good, {})
    assert.equal(entry.authority, 'OSD-2026-17')
    assert.ok(findInadmissibleGrounds('They made a drill video').length > 0)
  })

  test('R6 tension is a word with a reason, about a place: no kind asks for a number', () => {
    const faults: Record<string, string> = {}
    const entry = readEntry('tension', { text: 'Shouting at the bus stop.', grade: '4' }, choices, faults)
    assert.equal(entry.grade, null)
    assert.match(faults.grade!, /Choose the word/)
    assert.ok(Object.values(entryKinds).every(({ label }) => !/score|rank|how many/i.test(label)))
  })

  test('a day lies between what happened and today; who reads it is one of those who take part', () => {
    const on = (iso: string) => {
      const faults: Record<string, string> = {}
      const [y, m, d] = iso.split('-')
      readEntry('offer', { text: 'x', 'onDay-day': d, 'onDay-month': m, 'onDay-year': y }, choices, faults)
      return faults.onDay
    }
    assert.equal(on('2026-11-18'), undefined)
    assert.match(on('2026-11-17')!, /before what happened/)
    assert.match(on('2026-11-21')!, /lies ahead/)
    assert.match(on('2026-02-31')!, /not a date/)
    const { seenBy } = readEntry('offer', { text: 'x', only: ['council', 'elsewhere'] }, choices, {})
    assert.deepEqual(seenBy, ['council'])
  })

  test('opening asks for what and where; an hour may be typed in several ways', () => {
    const faults: Record<string, string> = {}
    readConsequence({ happenedAt: '25:00' }, '2026-11-20', faults)
    assert.deepEqual(Object.keys(faults).sort(), ['happenedAt', 'place', 'what'])
    for (const happenedAt of ['21:40', '21.40', '2140']) {
      const read = readConsequence({ what: 'A', place: 'B', happenedAt }, '2026-11-20', {})
      assert.equal(read.happenedAt, '21:40')
      assert.equal(read.happenedOn, '2026-11-20')
    }
  })

  test('the review says how people are, how tense it is, and what came of it', () => {
    const faults: Record<string, string> = {}
    readStep('review', {}, [], faults)
    assert.deepEqual(Object.keys(faults).sort(), ['affected', 'grade', 'text'])
  })

  test('a correction takes the place of what it corrects, which stays readable', () => {
    const entry = (id: string, corrects: string | null): ConsequenceEntry => ({
      id,
      kind: 'rumour',
      nature: 'reported',
      text: id,
      onDay: '2026-11-20',
      called: null,
      person: null,
      role: null,
      authority: null,
      grade: null,
      seenBy: null,
      agency: 'police',
      agencyName: 'Police',
      author: 'a',
      authorName: 'A',
      madeAt: new Date(0),
      corrects,
    })
    const shown = sections([entry('first', null), entry('second', 'first')], {
      viewer: 'a',
      agencyNames: new Map(),
    }).find(s => s.id === 'rumour')!
    assert.deepEqual(
      shown.entries.map(e => e.id),
      ['second'],
    )
    assert.deepEqual(
      shown.corrected.map(e => e.id),
      ['first'],
    )
  })
})
