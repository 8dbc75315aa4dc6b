import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { agreementForReferrals } from '../../../../test/agreement-for-referrals.ts'
import { caseworkForTests, morning, type TestCasework } from '../../../../test/casework-for-tests.ts'
import { type TestWeb, testWeb } from '../../../../test/web-for-tests.ts'
import { asMember, type Member } from '../../../governance/access/as-member.ts'
import { NotThere } from '../../../platform/errors.ts'
import { type NotedConcern, readConcern } from './concern.ts'
import { concernPatterns, listConcerns, noteConcern, openConcern, referConcern } from './concern-store.ts'

const today = '2026-11-20'
const concern: NotedConcern = {
  given: 'Synthetic',
  family: 'Child',
  birthDate: '2012-05-04',
  noticedOn: today,
  text: 'Asleep in class again.',
}

test('a concern needs a name and a sentence; the day is today unless it is given', () => {
  const faults = {}
  assert.equal(readConcern({}, today, faults), null)
  assert.deepEqual(Object.keys(faults), ['given', 'text'])
  assert.deepEqual(readConcern({ given: 'Synthetic', text: 'Asleep in class.' }, today, {}), {
    given: 'Synthetic',
    family: '',
    birthDate: null,
    noticedOn: today,
    text: 'Asleep in class.',
  })
})

for (const [typed, field, sentence] of [
  [{ text: 'x'.repeat(10_000) }, 'text', /10,000 characters long/],
  [
    { 'noticedOn-day': '31', 'noticedOn-month': '11', 'noticedOn-year': '2026' },
    'noticedOn',
    /is not a date/,
  ],
  [{ 'noticedOn-day': '21', 'noticedOn-month': '11', 'noticedOn-year': '2026' }, 'noticedOn', /in the past/],
  [
    { 'birthDate-day': 'x'.repeat(5000), 'birthDate-month': '1', 'birthDate-year': '1' },
    'birthDate',
    /^.{0,200}$/,
  ],
] as const) {
  test(`${field} ${String(sentence)}`, () => {
    const faults: Record<string, string> = {}
    readConcern({ given: 'Synthetic', text: 'x', ...typed }, today, faults)
    assert.match(faults[field] ?? '', sentence)
  })
}

describe('in the store', () => {
  let casework: TestCasework
  before(async () => {
    casework = await caseworkForTests()
  })
  after(() => casework.close())

  const note = (
    member: Member,
    more: Partial<NotedConcern> = {},
    key: string = randomUUID(),
    now = morning,
  ) => asMember(casework.database, member, { now }, tx => noteConcern(tx, key, { ...concern, ...more }))
  const patterns = (member: Member, now = morning) =>
    asMember(casework.database, member, { now }, concernPatterns)

  test('an agency reads its own concerns and nobody else’s; the same form twice is one', async () => {
    const school = await casework.member('school')
    const key = randomUUID()
    const reference = await note(school, {}, key)
    assert.match(reference, /^C-2026-\d{4}$/)
    assert.equal(await note(school, {}, key), reference)
    const read = (member: Member) =>
      asMember(casework.database, member, { now: morning }, tx => openConcern(tx, reference))
    const { text, reviewOn, deleteOn } = await read(school)
    assert.equal(text, concern.text)
    assert.equal(reviewOn, '2027-01-01', '42 days for a child (R10)')
    assert.equal(deleteOn, '2027-11-20')
    for (const agency of ['police', 'partnership', 'charity'] as const) {
      await assert.rejects(read(await casework.member(agency, 'coordinator')), NotThere, agency)
      const listed = await asMember(
        casework.database,
        await casework.member(agency, 'coordinator'),
        { now: morning },
        listConcerns,
      )
      assert.deepEqual(listed, [], agency)
    }
    await assert.rejects(read({ ...school, purpose: null }), NotThere)
    await assert.rejects(read(await casework.member('school', 'analyst')), NotThere)
  })

  test('R14 R18 two agencies show to coordinators as two agencies: no name, no word, only under agreements', async () => {
    const school = await casework.member('school')
    const charity = await casework.member('charity')
    const coordinator = await casework.member('partnership', 'coordinator')
    const about = { given: 'Synthetic', family: 'Pattern' }
    const first = await note(school, about)
    await note(school, about)
    assert.deepEqual(await patterns(coordinator), [], 'one agency is no pattern')
    const second = await note(charity, { given: 'SYNTHETIC', family: 'pattern', text: 'Waits for a car.' })
    assert.deepEqual(await patterns(coordinator), [], 'no agreement')
    await casework.agree(['school', 'charity', 'partnership'], ['known-to'])
    const [found, ...others] = await patterns(coordinator)
    assert.deepEqual(others, [])
    assert.deepEqual(
      found!.notedBy.map(({ agency, contact }) => [agency, contact]),
      [
        ['Charity (synthetic)', 'Duty desk of Charity (synthetic)'],
        ['Oak School (synthetic)', 'Duty desk of Oak School (synthetic)'],
      ],
    )
    assert.deepEqual(found!.notedBy[0]!.references, [second])
    assert.equal(found!.notedBy[1]!.references.length, 2)
    assert.ok(found!.notedBy[1]!.references.includes(first))
    assert.doesNotMatch(JSON.stringify(found), /Pattern|2012|car|Asleep/i)
    for (const other of [school, charity, await casework.member('school', 'coordinator')]) {
      assert.deepEqual(await patterns(other), [])
    }
    assert.deepEqual(await patterns({ ...coordinator, purpose: 'support' }), [], 'another purpose')
    const later = new Date(morning.getTime() + 91 * 86_400_000)
    assert.deepEqual(await patterns(coordinator, later), [], 'after 90 days')
  })

  test('another date of birth, or none, is no pattern', async () => {
    const coordinator = await casework.member('partnership', 'coordinator')
    const about = { given: 'Synthetic', family: 'Namesake' }
    await note(await casework.member('school'), about)
    await note(await casework.member('charity'), { ...about, birthDate: '2012-05-05' })
    await note(await casework.member('charity'), { ...about, birthDate: null })
    const found = await patterns(coordinator)
    assert.equal(found.length, 1, 'only the pattern of the test before')
  })

  test('a referral begins with what was noted', async () => {
    const school = await casework.member('school')
    const reference = await note(school)
    const answers = await asMember(casework.database, school, { now: morning }, async tx => {
      const draft = await referConcern(tx, reference)
      const [row] = await tx.query<{ answers: unknown }>(
        'select answers from referral_drafts where id = $1',
        [draft],
      )
      return row!.answers
    })
    assert.deepEqual(answers, {
      given: 'Synthetic',
      family: 'Child',
      birthDate: '2012-05-04',
      seen: 'Asleep in class again.',
    })
  })
})

describe('on pages', () => {
  let web: TestWeb
  before(async () => {
    web = await testWeb({ clock: () => morning })
    await agreementForReferrals(web.store.installation.database, [
      'schools',
      'st-giles-trust',
      'violence-reduction-partnership',
    ])
  })
  after(() => web.close())

  const fields = {
    given: 'Synthetic',
    family: '<b>Child</b>',
    'birthDate-day': '4',
    'birthDate-month': '5',
    'birthDate-year': '2012',
    text: 'Asleep in class {{ 7*7 }}',
  }

  test('noting takes one page, shows what was typed as it was typed, and the list has no names', async () => {
    const browser = await web.signInAs('School link officer')
    const answer = await browser.submit('/concerns/new', '/concerns/new', fields)
    assert.equal(answer.statusCode, 303)
    const opened = await browser.get(String(answer.headers.location))
    assert.match(opened.body, /&lt;b&gt;Child&lt;\/b&gt;/)
    assert.match(opened.body, /Asleep in class \{\{ 7\*7 \}\}/)
    const list = await browser.get('/concerns')
    assert.match(list.body, /C-2026-\d{4}/)
    assert.doesNotMatch(list.body, /Synthetic &lt;b|Asleep/)
    const other = await web.signInAs('Youth worker')
    assert.equal((await other.get(String(answer.headers.location))).statusCode, 404)
  })

  test('R26 labels are pointed out once, and sent again they are kept', async () => {
    const browser = await web.signInAs('School link officer')
    const labelled = { ...fields, text: 'Called streetwise by a colleague.' }
    const asked = await browser.submit('/concerns/new', '/concerns/new', labelled)
    assert.equal(asked.statusCode, 200)
    assert.match(asked.body, /Read your words once more/)
    assert.match(asked.body, />Called streetwise by a colleague\.<\/textarea>/)
    const kept = await browser.submit('/concerns/new', '/concerns/new', { ...labelled, keep: 'yes' })
    assert.equal(kept.statusCode, 303)
  })

  test('faults are said in the summary and kept on the page', async () => {
    const browser = await web.signInAs('School link officer')
    const answer = await browser.submit('/concerns/new', '/concerns/new', {
      text: 'kept text',
      'noticedOn-day': '3',
    })
    assert.equal(answer.statusCode, 400)
    assert.match(answer.body, /href="#noticedOn-day"/)
    assert.match(answer.body, />kept text<\/textarea>/)
  })

  test('the coordinator of the partnership sees that two agencies noted concerns', async () => {
    for (const post of ['School link officer', 'Youth worker'] as const) {
      const browser = await web.signInAs(post)
      await browser.submit('/concerns/new', '/concerns/new', { ...fields, family: 'Shared' })
      assert.doesNotMatch((await browser.get('/concerns')).body, /more than one agency/)
    }
    const member = await web.castMember('Triage coordinator')
    const [{ n }] = (await web.store.installation.database.query<{ n: number }>(
      'select count(*) as n from concerns',
    )) as [{ n: number }]
    assert.ok(n >= 2)
    const seen = await asMember(
      web.store.installation.database,
      { ...member, purpose: 'safeguarding' },
      { now: morning },
      concernPatterns,
    )
    assert.equal(seen.length, 1)
    const page = await (await web.signInAs('Triage coordinator')).get('/concerns')
    assert.match(page.body, /Noted by more than one agency/)
    assert.doesNotMatch(page.body, /Shared/)
  })
})
