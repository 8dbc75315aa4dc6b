import assert from 'node:assert/strict'
import { test } from 'node:test'
import { yearsBetween } from '../../../platform/calendar.ts'
import type { Faults, Typed } from '../../../platform/typed-form.ts'
import { carefulWords, findCarefulWords } from '../../language/careful-words.ts'
import { type Answers, ageOf, changeOf, isChild } from './answers.ts'
import { answersAsked, asked, type questionIds, questions } from './questions.ts'
import { TEXT_LENGTH } from './read-answers.ts'
import { missing, retyped } from './ready-to-send.ts'
import { onlyOrdinary, signGroups } from './signs.ts'
import { dueAt, type urgencies } from './urgency.ts'

const today = '2026-11-20'

export const child: Answers = {
  urgency: 'one-working-day',
  kind: 'child',
  given: 'Synthetic',
  family: 'Child',
  birthDate: '2012-05-04',
  gender: 'female',
  ethnicity: 'not-known',
  disability: 'not-known',
  care: 'no',
  signs: ['TTS05'],
  seen: 'Came with two new phones.',
  basis: 'safeguarding',
  told: 'yes',
}

function read(id: (typeof questionIds)[number], typed: Typed, answers: Answers = child) {
  const faults: Faults = {}
  return { answers: questions[id].read(typed, faults, { answers, today }), faults }
}

test('every kind has its own questions, in one order', () => {
  const ids = (answers: Answers) => asked(answers).map(q => q.id)
  assert.deepEqual(ids({}), ['urgency', 'kind'])
  assert.deepEqual(ids({ kind: 'child' }), [
    'urgency',
    'kind',
    'name',
    'born',
    'about',
    'needs',
    'lives',
    'others',
    'signs',
    'seen',
    'said',
    'strengths',
    'basis',
    'told',
  ])
  assert.deepEqual(ids({ kind: 'place' }), [
    'urgency',
    'kind',
    'called',
    'seen',
    'strengths',
    'basis',
    'told',
  ])
  assert.ok(ids({ kind: 'family' }).includes('others'))
  assert.ok(!ids({ kind: 'group' }).includes('signs'), 'signs are of persons')
})

test('a whole referral of a child can be sent; each gap is named with the question to go to', () => {
  assert.deepEqual(missing(child, today), [])
  const { given, family, basis, ...rest } = child
  assert.deepEqual(missing(rest, today), [
    { question: 'name', sentence: 'Enter at least one name that they are known by.' },
    { question: 'basis', sentence: 'Choose the basis on which you share this.' },
  ])
})

test('what was answered for another kind is left behind', () => {
  assert.deepEqual(answersAsked({ ...child, kind: 'place', called: 'A park' }), {
    urgency: 'one-working-day',
    kind: 'place',
    called: 'A park',
    seen: child.seen,
    basis: 'safeguarding',
    told: 'yes',
  })
})

test('answers typed again give the same answers', () => {
  const whole: Answers = { ...child, others: [{ name: 'Synthetic Sibling', age: '9', relation: 'brother' }] }
  for (const question of asked(whole)) {
    const faults: Faults = {}
    const again = question.read(retyped(whole), faults, { answers: whole, today })
    assert.deepEqual(faults, {}, question.id)
    for (const [name, value] of Object.entries(again)) {
      if (value !== undefined && !(Array.isArray(value) && value.length === 0)) {
        assert.deepEqual(value, whole[name as keyof Answers], name)
      }
    }
  }
})

test('R4 ordinary youth culture is no ground alone', () => {
  const ordinary = ['TTS04', 'TTS07', 'TTS09', 'TTS11', 'TTS14', 'TTS15']
  assert.ok(onlyOrdinary(ordinary))
  assert.ok(!onlyOrdinary([]))
  assert.ok(!onlyOrdinary([...ordinary, 'TTS10']))
  const { seen, ...wordless } = child
  assert.match(missing({ ...wordless, signs: ordinary }, today)[0]!.sentence, /no ground by themselves/)
  assert.deepEqual(missing({ ...wordless, signs: [...ordinary, 'TTS10'] }, today), [])
  assert.deepEqual(missing({ ...child, signs: ordinary }, today), [], 'with words of their own beside them')
  assert.match(missing({ ...wordless, signs: [] }, today)[0]!.sentence, /what you have seen or heard/)
})

test('R4 music, dress, family ties and postcode are not among the signs', () => {
  const texts = signGroups.flatMap(g => g.signs.map(s => s.text)).join('\n')
  assert.doesNotMatch(texts, /music|drill|cloth|dress|hood|brother|father|postcode|follow|emoji|victim/i)
})

test('the codes of signs are one each, with a source and a date', () => {
  const codes = signGroups.flatMap(g => g.signs.map(s => s.code))
  assert.equal(new Set(codes).size, codes.length)
  for (let n = 1; n <= 22; n++) assert.ok(codes.includes(`TTS${String(n).padStart(2, '0')}`), `TTS${n}`)
  for (const group of signGroups) assert.ok(group.source !== '' && group.since !== '')
})

test('R6 signs have no weight and are nowhere added up', () => {
  for (const sign of signGroups.flatMap(g => g.signs)) {
    assert.deepEqual(
      Object.keys(sign).filter(k => !['code', 'text', 'hint', 'ordinary'].includes(k)),
      [],
    )
  }
})

test('R15 agreement is never the only basis, and whoever was not told needs a reason', () => {
  assert.deepEqual(read('basis', { basis: 'safeguarding' }).faults, {})
  assert.deepEqual(read('told', { told: 'no' }).faults, {
    whyNotTold: 'Say in a sentence why they were not told.',
  })
  assert.deepEqual(read('told', { told: 'no', whyNotTold: 'It could put her in danger.' }).faults, {})
  assert.equal(read('told', { told: 'yes', whyNotTold: 'left over' }).answers.whyNotTold, undefined)
})

test('R26 labels are found whatever their case, and ordinary words are not', () => {
  const found = (text: string) => findCarefulWords(text).map(f => f.word)
  assert.deepEqual(found('He is STREETWISE and made a lifestyle  choice'), ['streetwise', 'lifestyle choice'])
  assert.deepEqual(found('a lifestyle choice; street-wise; nominals'), [
    'streetwise',
    'lifestyle choice',
    'nominal',
  ])
  assert.deepEqual(found('known gang member'), ['gang member'])
  assert.deepEqual(found('nominally in class; a gang of friends'), [])
  assert.ok(carefulWords.every(w => w.because !== '' && w.since !== ''))
})

test('dates that do not exist, and ages that disagree, are said in a sentence', () => {
  const born = (day: string, month: string, year: string, age = '') =>
    read('born', { 'birthDate-day': day, 'birthDate-month': month, 'birthDate-year': year, age })
  assert.equal(born('4', 'may', '2012').answers.birthDate, '2012-05-04')
  assert.equal(born('4', '5', '2012', '14').answers.age, '14')
  assert.match(born('31', '2', '2012').faults.birthDate!, /31 2 2012 is not a date/)
  assert.match(born('29', '2', '2011').faults.birthDate!, /is not a date/)
  assert.match(born('4', '', '2012').faults.birthDate!, /must include a month/)
  assert.match(born('21', '11', '2026').faults.birthDate!, /in the past/)
  assert.match(born('1', '1', '1066').faults.birthDate!, /is not a date/)
  assert.match(born('1', '1', '1904').faults.birthDate!, /120 years/)
  assert.match(born('4', '5', '2012', '12').faults.age!, /makes them 14, and you gave an age of 12/)
  assert.match(born('4', '5', '2001').faults.birthDate!, /makes them 25, which is not a child/)
  assert.match(born('', '', '').faults.birthDate!, /a guess is better than nothing/)
  assert.deepEqual(born('', '', '', '14').faults, {})
  for (const age of ['-1', '14.5', 'fourteen', '999', '1e1'])
    assert.match(born('', '', '', age).faults.age!, /whole number/, age)
})

test('a birthday on 29 February, and the day before an eighteenth', () => {
  assert.equal(yearsBetween('2008-02-29', '2026-02-28'), 17)
  assert.equal(yearsBetween('2008-02-29', '2026-03-01'), 18)
  assert.equal(ageOf({ birthDate: '2008-11-21' }, today), 17)
  assert.ok(isChild({ kind: 'adult', birthDate: '2008-11-21' }, today))
  assert.ok(isChild({ kind: 'group' }, today), 'of an age that nobody knows')
  assert.ok(!isChild({ kind: 'adult' }, today))
})

const strange = {
  'right to left': 'فتاة عمرها ١٤ سنة',
  emoji: '👩‍👧 🔪 👍🏽',
  html: '<script>alert(1)</script><img src=x onerror=alert(1)>',
  sql: `'; drop table referrals; --`,
  template: '{{ 7*7 }} {% include "/etc/passwd" %} <%= 7*7 %>',
  hyphens: 'Zoë-Łucja O’Brien ap Rhys',
}

for (const [name, text] of Object.entries(strange)) {
  test(`text with ${name} is kept as it was typed`, () => {
    assert.equal(read('seen', { seen: text }).answers.seen, text)
    assert.equal(read('name', { given: text }).answers.given, text)
  })
}

test('10,000 characters are refused with how many there are, and kept for the page', () => {
  const { answers, faults } = read('seen', { seen: 'x'.repeat(10_000) })
  assert.match(faults.seen!, /10,000 characters long\. Shorten it to 5,000/)
  assert.equal(answers.seen!.length, 10_000)
  assert.deepEqual(
    read('seen', { seen: '👍🏽'.repeat(TEXT_LENGTH / 2) }).faults,
    {},
    'counted as people count',
  )
})

test('a field sent twice, an unknown choice and names of the language are no way in', () => {
  assert.equal(read('name', { given: ['One', 'Two'] }).answers.given, 'One')
  assert.match(read('urgency', { urgency: 'constructor' }).faults.urgency!, /Choose/)
  assert.match(read('kind', { kind: '__proto__' }).faults.kind!, /Choose/)
  assert.deepEqual(read('signs', { signs: ['TTS05', 'TTS05', 'GANG'] }).answers.signs, ['TTS05'])
})

test('brothers and sisters are kept row by row; a row without a name is asked for one', () => {
  const { answers, faults } = read('others', {
    'other-1-name': 'Synthetic Sibling',
    'other-1-age': '9',
    'other-3-name': 'baby',
    'other-4-age': '3',
  })
  assert.deepEqual(answers.others!.slice(0, 2), [
    { name: 'Synthetic Sibling', age: '9', relation: '' },
    { name: 'baby', age: '', relation: '' },
  ])
  assert.match(faults['other-4-name']!, /Enter a name/)
})

test('answers that are gone travel as null', () => {
  assert.deepEqual(changeOf({ told: 'yes', whyNotTold: undefined }), { told: 'yes', whyNotTold: null })
})

test('deadlines follow working days and the clock of London', () => {
  const due = (urgency: keyof typeof urgencies, sent: string) => dueAt(urgency, new Date(sent)).toISOString()
  assert.equal(due('today', '2026-11-20T08:40:00Z'), '2026-11-20T17:00:00.000Z')
  assert.equal(due('today', '2026-11-20T17:30:00Z'), '2026-11-23T10:00:00.000Z', 'Friday evening')
  assert.equal(due('today', '2026-07-01T08:40:00Z'), '2026-07-01T16:00:00.000Z', 'in summer time')
  assert.equal(due('immediate', '2026-11-20T08:40:00Z'), '2026-11-20T17:00:00.000Z')
  assert.equal(due('one-working-day', '2026-11-20T08:40:00Z'), '2026-11-23T17:00:00.000Z')
  assert.equal(
    due('three-working-days', '2026-12-23T08:40:00Z'),
    '2026-12-30T17:00:00.000Z',
    'over Christmas',
  )
  assert.equal(
    due('one-working-day', '2026-03-27T12:00:00Z'),
    '2026-03-30T16:00:00.000Z',
    'clocks went forward',
  )
  assert.equal(due('one-working-day', '2026-11-20T23:30:00Z'), '2026-11-23T17:00:00.000Z')
})
