import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { caseworkForTests, morning, type TestCasework } from '../../../test/casework-for-tests.ts'
import { cohortsForTests, type TestCohorts } from '../../../test/cohort-for-tests.ts'
import { type TestBrowser, type TestWeb, testWeb } from '../../../test/web-for-tests.ts'
import type { Member } from '../../governance/access/as-member.ts'

let web: TestWeb
let casework: TestCasework
let cohorts: TestCohorts
let now = morning
let chair: Member
let council: Member
let worker: Member
let officer: Member
before(async () => {
  web = await testWeb({ clock: () => now })
  casework = await caseworkForTests(web.store.installation.database)
  // The first account that is not of the demonstration ends what stands there.
  officer = await casework.member('police')
  cohorts = await cohortsForTests(casework)
  await casework.agree(['police', 'council', 'partnership', 'charity', 'school'], ['cohort'])
  chair = await casework.member('police', 'commander')
  council = await casework.member('council', 'coordinator')
  worker = await casework.member('council')
  await cohorts.seat('north', chair, 'chair')
  await cohorts.seat('north', council, 'member')
})
after(() => web.close())

const plain = (body: string) =>
  body
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&#39;', '’')

const key = (body: string) => /name="key" value="([^"]+)"/.exec(body)![1]!
const seen = (body: string) => /name="seen" value="([^"]+)"/.exec(body)![1]!

/** Opens the form, and sends it with its own marks. */
async function send(browser: TestBrowser, url: string, fields: Record<string, string>) {
  const form = await browser.get(url)
  assert.equal(form.statusCode, 200, `${url}: ${plain(form.body).slice(0, 300)}`)
  return browser.submit(url, url, { key: key(form.body), seen: seen(form.body), ...fields })
}

const day = (name: string, text: string) => {
  const [year, month, date] = text.split('-') as [string, string, string]
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year }
}

async function proposed(born: string, more: Parameters<TestCohorts['propose']>[2] = {}) {
  const { person } = await casework.record(officer)
  await cohorts.born(person, born)
  return cohorts.propose(officer, person, more)
}

const decision = () => ({
  outcome: 'yes',
  [`seat-${chair.user}`]: 'agreed',
  [`seat-${council.user}`]: 'dissented',
  [`seat-${council.user}-because`]: 'Support was never offered.',
  because: 'A named worker who visits.',
  grounds: 'yes',
  owner: worker.user,
  ...day('reviewOn', '2026-12-11'),
})

test('somebody is proposed question by question; what is missing has its sentence, and the draft is kept', async () => {
  const browser = await web.signInAs(officer)
  const of = await casework.record(officer)
  await cohorts.born(of.person, '2011-05-04')
  const entry = await casework.entry(officer, of, { text: 'Gave up a kitchen knife when asked.' })
  const page = await browser.get(`/register/${of.person}`)
  assert.match(page.body, new RegExp(`/cohorts/propose/${of.person}`))
  const start = await browser.submit(`/cohorts/propose/${of.person}`, `/cohorts/propose/${of.person}`)
  const draft = /proposals\/([0-9a-f-]+)\/cohort/.exec(String(start.headers.location))![1]!
  const at = (question: string) => `/cohorts/proposals/${draft}/${question}`
  const answer = (question: string, fields: Record<string, string>) =>
    browser.submit(at(question), at(question), fields)

  const nothing = await answer('cohort', {})
  assert.equal(nothing.statusCode, 400)
  assert.match(nothing.body, /Choose the cohort/)
  assert.equal((await answer('cohort', { cohort: 'north' })).headers.location, at('strengths'))
  const half = await answer('strengths', { strengths: 'Football.' })
  assert.match(half.body, /Say what keeps them safe/)
  assert.match(half.body, /Football\./, 'what was typed is kept')
  await answer('strengths', { strengths: 'Football.', protective: 'His aunt.' })
  await answer('view', { view: 'Wants to work with cars.' })
  const asked = await answer('grounds', {
    'ground-1': 'harmed-others',
    ...day('ground-1-on', '2026-11-02'),
    'ground-1-source': 'a teacher',
    'ground-1-says': 'Threatened a boy in a drill video.',
  })
  assert.equal(asked.headers.location, `${at('grounds')}?words=check`)
  const once = await browser.get(String(asked.headers.location))
  assert.match(plain(once.body), /Read your words once more .* music : Music is no ground/)
  assert.match(once.body, /Threatened a boy in a drill video/, 'the text is kept')
  assert.match(once.body, new RegExp(`href="${at('evidence')}">Keep my words`))
  await answer('evidence', { evidence: entry })
  await answer('tier', { tier: 'managed', because: 'A worker who visits.' })
  const check = plain((await browser.get(at('check'))).body)
  assert.match(check, /Hurt or threatened somebody 2 November 2026: Threatened a boy in a drill video/)
  assert.match(check, /touch on what is no ground: music/)
  const sent = await browser.submit(at('check'), at('check'))
  const reference = /T-\d{4}-\d{4}/.exec(String(sent.headers.location))![0]
  const again = await browser.submit(
    at('check'),
    `/cohorts/propose/${(await casework.record(officer)).person}`,
  )
  assert.equal(again.headers.location, sent.headers.location, 'sent twice, it is one')

  const panel = await web.signInAs(council)
  const opened = plain((await panel.get(`/cohorts/placements/${reference}`)).body)
  const [strengths, statement] = [opened.indexOf('Football.'), opened.indexOf('Gave up a kitchen knife')]
  assert.ok(strengths > 0 && strengths < statement, 'R1 what goes well stands before what they did')
  assert.match(opened, /Synthetic Person Child/)
})

test('a second approver and then the panel decide about a child, with dissent, and the notices are there', async () => {
  const reference = await proposed('2011-05-04')
  const at = `/cohorts/placements/${reference}`
  const second = await web.signInAs(council)
  assert.match(
    plain((await second.get('/work')).body),
    /In your cohorts: \d+ proposals? to approve as the second/,
  )
  assert.match((await second.get('/cohorts/due')).body, new RegExp(reference))
  const unconfirmed = await send(second, `${at}/step/approve`, { because: 'Read all of it.' })
  assert.equal(unconfirmed.statusCode, 422)
  assert.match(unconfirmed.body, /Confirm that you have looked at the grounds/)
  assert.equal(
    (await send(second, `${at}/step/approve`, { because: 'Read all of it.', grounds: 'yes' })).statusCode,
    303,
  )

  const leading = await web.signInAs(chair)
  const alone = await send(leading, `${at}/decide`, { ...decision(), [`seat-${council.user}`]: 'absent' })
  assert.equal(alone.statusCode, 422)
  assert.match(plain(alone.body), /at least two members of two agencies/)
  assert.match(alone.body, /A named worker who visits\./, 'what was typed is kept')
  const late = await send(leading, `${at}/decide`, { ...decision(), ...day('reviewOn', '2026-12-30') })
  assert.match(plain(late.body), /Enter a day between 21 November 2026 and 18 December 2026/)
  const done = await send(leading, `${at}/decide`, decision())
  assert.equal(done.statusCode, 303, plain(done.body))
  const page = plain((await leading.get(at)).body)
  assert.match(page, /dissented \. Support was never offered\./)
  assert.match(page, /They are to be told by 27 November 2026/)
  assert.match(page, /First contact due by 23 November 2026/)

  const lead = await web.signInAs(worker)
  assert.match(plain((await lead.get('/notices')).body), /You were named as a lead worker/)
  const notice = plain((await lead.get(`${at}/notice`)).body)
  assert.match(notice, /You do not have to prove anything/)
  assert.match(notice, /Somebody looks again by 11 December 2026/)
})

test('two chairs with the same form open: the first decides, the second is told and keeps what they typed', async () => {
  const reference = await proposed('1999-05-04')
  const at = `/cohorts/placements/${reference}`
  const other = await cohorts.another('police', 'commander')
  await cohorts.seat('north', other, 'chair')
  const [one, two] = [await web.signInAs(chair), await web.signInAs(other)]
  const form = await two.get(`${at}/decide`)
  const marks = { key: key(form.body), seen: seen(form.body) }
  const token = await two.token(`${at}/decide`)
  assert.equal((await send(one, `${at}/decide`, decision())).statusCode, 303)
  const late = await two.post(`${at}/decide`, {
    ...decision(),
    ...marks,
    _csrf: token,
    [`seat-${other.user}`]: 'agreed',
    outcome: 'no',
    because: 'We would rather wait.',
  })
  assert.equal(late.statusCode, 409)
  assert.match(plain(late.body), /It is now: placed/)
  assert.match(late.body, /We would rather wait\./)
})

test('a review sent twice is one, and moves the day; a contact is noted without a word of what was said', async () => {
  const reference = await proposed('1999-05-04')
  await cohorts.decide(chair, reference, 'place', [council], { owner: worker.user })
  const at = `/cohorts/placements/${reference}`
  const lead = await web.signInAs(worker)
  const form = await lead.get(`${at}/step/review`)
  const fields = {
    key: key(form.body),
    seen: seen(form.body),
    strengths: 'Comes to every session.',
    changed: 'In college since Monday.',
    because: 'Still needs the visits.',
    ...day('reviewOn', '2026-12-20'),
  }
  for (let i = 0; i < 2; i++) {
    assert.equal((await lead.submit(`${at}/step/review`, `${at}/step/review`, fields)).statusCode, 303)
  }
  const page = plain((await lead.get(at)).body)
  assert.equal(page.match(/recorded a review/g)?.length, 1)
  assert.match(page, /Review by 20 December 2026 \(30 days left\)/)
  const contact = { key: randomUUID(), how: 'met' }
  for (let i = 0; i < 2; i++) await lead.submit(`${at}/contact`, at, contact)
  const noted = plain((await lead.get(at)).body)
  assert.equal(noted.match(/: met them/g)?.length, 1)
  assert.match(noted, /First contact on 20 November 2026/)
  assert.match(
    plain((await lead.submit(`${at}/contact`, at, { ...day('onDay', '2027-01-01') })).body),
    /Enter a day up to today/,
  )
})

test('R4 a move whose reasons lean on what is no ground is asked about once, with the words kept', async () => {
  const reference = await proposed('1999-05-04', { tier: 'support' })
  await cohorts.decide(chair, reference, 'place', [council], { owner: worker.user })
  const at = `/cohorts/placements/${reference}/step/propose-move`
  const lead = await web.signInAs(worker)
  const fields = { tier: 'managed', because: 'His brother was arrested.' }
  const asked = await send(lead, at, fields)
  assert.equal(asked.statusCode, 200)
  assert.match(plain(asked.body), /family : A family tie is no ground/)
  assert.match(asked.body, /His brother was arrested/)
  assert.equal((await send(lead, at, { ...fields, meant: 'yes' })).statusCode, 303)
  assert.match(
    plain((await (await web.signInAs(chair)).get(`/cohorts/placements/${reference}`)).body),
    /touch on what is no ground: family/,
  )
})

test('R14 a school has no list, no panel and no placement but one that it was brought to, and of that no tier', async () => {
  const school = await casework.member('school', 'coordinator')
  const reference = await proposed('2011-05-04', { tier: 'support' })
  await cohorts.decide(chair, reference, 'place', [council], { owner: worker.user })
  const browser = await web.signInAs(school)
  assert.equal((await browser.get('/cohorts/panels/north')).statusCode, 404)
  assert.equal((await browser.get(`/cohorts/placements/${reference}`)).statusCode, 404)
  const lead = await web.signInAs(worker)
  const share = `/cohorts/placements/${reference}/share`
  assert.match((await lead.get(share)).body, /Oak School/)
  await lead.submit(share, share, { agency: 'oak-school', because: 'His tutor sees him every day.' })
  const page = plain((await browser.get(`/cohorts/placements/${reference}`)).body)
  assert.match(page, /Plays football every week/)
  assert.match(page, /Your agency was brought to this one person by name/)
  assert.doesNotMatch(page, /Tier 3|kitchen knife|The panel was of one mind/)
  assert.doesNotMatch(plain((await browser.get('/cohorts/due')).body), new RegExp(reference))
})

test('R14 a partner on the panel sees what waits, and only the lead agency everybody', async () => {
  const reference = await proposed('1999-05-04')
  await cohorts.decide(chair, reference, 'place', [council], { owner: worker.user, reviewOn: '2026-12-31' })
  const partner = await web.signInAs(council)
  assert.doesNotMatch((await partner.get('/cohorts/panels/north?show=all')).body, new RegExp(reference))
  const leading = await web.signInAs(chair)
  const all = await leading.get('/cohorts/panels/north?show=all')
  assert.match(all.body, new RegExp(reference))
  assert.doesNotMatch(plain(all.body), /Synthetic Person/, 'initials, and no names, in lists')
  assert.doesNotMatch((await leading.get('/cohorts/panels/north')).body, new RegExp(reference))
})

test('R6 lists are by day of review, and no address sorts them otherwise', async () => {
  const leading = await web.signInAs(chair)
  const order = async (query: string) =>
    [
      ...(await leading.get(`/cohorts/panels/north?show=all${query}`)).body.matchAll(
        /placements\/(T-\d{4}-\d{4})/g,
      ),
    ].map(m => m[1])
  const usual = await order('')
  assert.ok(usual.length > 3)
  for (const query of ['&sort=contacts', '&order=descending', '&sort=grounds']) {
    assert.deepEqual(await order(query), usual)
  }
  const reviews = await casework.database.query<{ reference: string }>(
    `select reference from placements where state not in ('refused', 'withdrawn', 'archived', 'removed') and cohort = 'north'
     order by review_on, reference`,
  )
  assert.deepEqual(
    usual,
    reviews.map(r => r.reference),
  )
})

test('R21 what the person says against it opens a case that information governance sees', async () => {
  const reference = await proposed('1999-05-04')
  await cohorts.decide(chair, reference, 'place', [council], { owner: worker.user })
  const lead = await web.signInAs(worker)
  const at = `/cohorts/placements/${reference}/step/challenge`
  const empty = await send(lead, at, {})
  assert.match(empty.body, /Write down what they say/)
  const sent = await send(lead, at, { words: 'I was never there.', reachAt: 'At the youth club' })
  assert.equal(sent.statusCode, 303)
  assert.match(
    plain((await lead.get(`/cohorts/placements/${reference}`)).body),
    /Challenged on 20 November 2026: case RR-2026-\d{4}, received/,
  )
  const governance = await web.signInAs(
    await casework.member('council', 'information-governance-officer', null),
  )
  const cases = plain((await governance.get('/governance/rights')).body)
  const rights = /RR-2026-\d{4}/.exec(cases)![0]
  assert.match(
    plain((await governance.get(`/governance/rights/${rights}`)).body),
    new RegExp(`Place in a cohort ${reference}`),
  )
})

test('R11 what is archived leaves every list, is confirmed by each agency, and is gone', async () => {
  const reference = await proposed('1999-05-04')
  await cohorts.decide(chair, reference, 'place', [council], { owner: worker.user })
  const partner = await web.signInAs(council)
  const none = await send(partner, `/cohorts/placements/${reference}/step/archive`, {})
  assert.match(none.body, /Choose at least one/)
  const sent = await send(partner, `/cohorts/placements/${reference}/step/archive`, {
    achieved: 'work',
    changed: 'In work for six months.',
    checked: 'Police and hospital records, by the chair.',
  })
  assert.equal(sent.headers.location, '/cohorts/removals')
  for (const member of [council, chair]) {
    const browser = await web.signInAs(member)
    assert.doesNotMatch((await browser.get('/cohorts/panels/north?show=all')).body, new RegExp(reference))
    assert.doesNotMatch((await browser.get('/cohorts/due')).body, new RegExp(reference))
    const [mine] = await casework.database.query<{ id: string }>(
      'select id from removals where reference = $1 and agency = $2',
      [reference, member.agency],
    )
    const page = await browser.get('/cohorts/removals')
    assert.match(page.body, new RegExp(reference))
    await browser.submit(`/cohorts/removals/${mine!.id}/confirm`, '/cohorts/removals')
  }
  assert.equal((await partner.get(`/cohorts/placements/${reference}`)).statusCode, 404)
})

test('what is not theirs is not there, for every page of cohorts', async () => {
  const reference = await proposed('1999-05-04')
  const stranger = await web.signInAs(await casework.member('charity'))
  for (const path of [
    `/cohorts/placements/${reference}`,
    `/cohorts/placements/${reference}/notice`,
    `/cohorts/placements/${reference}/decide`,
    `/cohorts/placements/${reference}/step/review`,
    `/cohorts/placements/${reference}/share`,
    '/cohorts/panels/north',
  ]) {
    const [theirs, nowhere] = [path, path.replace(reference, 'T-2026-9999').replace('north', 'nowhere')]
    const answers = await Promise.all([stranger.get(theirs), stranger.get(nowhere)])
    assert.deepEqual(
      answers.map(a => a.statusCode),
      [404, 404],
      path,
    )
  }
})

// The last: the clock goes forward, and sessions would end if it went back.
test('R11 an agency that has not confirmed an end is chased by whoever chairs the panel', async () => {
  const reference = await proposed('1999-05-04')
  await cohorts.decide(chair, reference, 'place', [council], { owner: worker.user })
  await cohorts.move(council, reference, 'archive', {
    changed: 'In work.',
    checked: 'Records of the police.',
  })
  now = new Date('2026-12-10T09:00:00Z')
  const chased = plain((await (await web.signInAs(chair)).get('/cohorts/removals')).body)
  assert.match(chased, /Not yet confirmed by others/)
  assert.match(chased, new RegExp(`${reference} · Council \\(synthetic\\)`))
  assert.match(chased, /days overdue/)
})
