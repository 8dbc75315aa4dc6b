import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { agreementForReferrals } from '../../../../test/agreement-for-referrals.ts'
import { type TestBrowser, type TestWeb, testWeb } from '../../../../test/web-for-tests.ts'

let web: TestWeb
before(async () => {
  web = await testWeb({ clock: () => new Date('2026-11-20T08:40:00Z') })
  await agreementForReferrals(web.store.installation.database)
})
after(() => web.close())

const text = (html: string): string =>
  html
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')

/** Answers of a referral, page by page. */
const child: [string, Record<string, string>][] = [
  ['urgency', { urgency: 'one-working-day' }],
  ['kind', { kind: 'child' }],
  ['name', { given: 'Synthetic', family: 'Child' }],
  ['born', { 'birthDate-day': '4', 'birthDate-month': 'May', 'birthDate-year': '2012' }],
  ['about', { gender: 'female', ethnicity: 'not-known' }],
  ['needs', { disability: 'not-known', care: 'no' }],
  ['lives', { school: 'Oak School (synthetic)' }],
  ['others', { 'other-1-name': 'Synthetic Sibling', 'other-1-age': '9' }],
  ['signs', { signs: 'TTS05' }],
  ['seen', { seen: 'Came with two new phones.' }],
  ['said', { said: 'I am fine', wants: '' }],
  ['strengths', { strengths: 'Trusts her art teacher' }],
  ['basis', { basis: 'safeguarding' }],
  ['told', { told: 'yes' }],
]

async function start(browser: TestBrowser): Promise<string> {
  const answer = await browser.submit('/refer', '/refer')
  assert.equal(answer.statusCode, 303)
  return /^\/refer\/([0-9a-f-]{36})\/urgency$/.exec(String(answer.headers.location))![1]!
}

/** Answers every question and gives the address after each. */
async function answerAll(browser: TestBrowser, draft: string, answers = child): Promise<string[]> {
  const went: string[] = []
  for (const [question, fields] of answers) {
    const address = `/refer/${draft}/${question}`
    const answer = await browser.submit(address, address, fields)
    assert.equal(answer.statusCode, 303, `${question}: ${text(answer.body)}`)
    went.push(String(answer.headers.location).replace(`/refer/${draft}/`, ''))
  }
  return went
}

async function refer(browser: TestBrowser, answers = child): Promise<string> {
  const draft = await start(browser)
  await answerAll(browser, draft, answers)
  const sent = await browser.submit(`/refer/${draft}/check`, `/refer/${draft}/check`)
  const reference = /^\/referrals\/(R-\d{4}-\d{4})\/sent$/.exec(String(sent.headers.location))?.[1]
  assert.ok(reference, `${sent.statusCode} ${sent.headers.location}`)
  return reference
}

/** Address and fields of the form on a page, as a browser would send it again. */
const formOf = (html: string) =>
  Object.fromEntries([...html.matchAll(/name="(key|seen)" value="([^"]*)"/g)].map(([, n, v]) => [n!, v!]))

const sendForm = async (browser: TestBrowser, address: string, fields: Record<string, string> = {}) => {
  const page = await browser.get(address)
  return browser.submit(address, address, { ...formOf(page.body), ...fields })
}

const take = async (browser: TestBrowser, reference: string) => {
  const page = await browser.get(`/triage/${reference}`)
  return browser.submit(`/triage/${reference}/take`, `/triage/${reference}`, formOf(page.body))
}

test('a referral goes page by page to a reference, and no address or title holds a name', async () => {
  const browser = await web.signInAs('School link officer')
  const draft = await start(browser)
  const went = await answerAll(browser, draft)
  assert.deepEqual(went, [...child.slice(1).map(([question]) => question), 'check'])
  const check = await browser.get(`/refer/${draft}/check`)
  assert.match(text(check.body), /Synthetic Child/)
  assert.match(text(check.body), /Synthetic Sibling, aged 9/)
  assert.doesNotMatch(check.body, /<title>[^<]*Synthetic Child/)
  assert.equal(check.headers['cache-control'], 'no-store')
  const sent = await browser.submit(`/refer/${draft}/check`, `/refer/${draft}/check`)
  const confirmation = await browser.get(String(sent.headers.location))
  assert.match(text(confirmation.body), /Your reference R-\d{4}-\d{4}/)
  assert.doesNotMatch(text(confirmation.body), /Synthetic Child|phones/, 'no personal data')
  assert.match(text(confirmation.body), /A coordinator of the partnership reads it by/)
  assert.equal((await browser.get(`/refer/${draft}/check`)).statusCode, 404, 'the draft is gone')
})

test('a change on the page of answers comes back to it, and a changed kind asks its own questions', async () => {
  const browser = await web.signInAs('School link officer')
  const draft = await start(browser)
  await answerAll(browser, draft)
  const change = await browser.submit(`/refer/${draft}/lives?from=check`, `/refer/${draft}/lives`, {
    school: 'Elm School (synthetic)',
  })
  assert.equal(change.headers.location, `/refer/${draft}/check`)
  await browser.submit(`/refer/${draft}/kind?from=check`, `/refer/${draft}/kind`, { kind: 'place' })
  const check = text((await browser.get(`/refer/${draft}/check`)).body)
  assert.match(check, /Before you can send it/)
  assert.match(check, /Say which place you mean/)
  assert.doesNotMatch(check, /Send the referral/)
  const forced = await browser.submit(`/refer/${draft}/check`, `/refer/${draft}/kind`)
  assert.equal(forced.headers.location, `/refer/${draft}/check`, 'what has gaps is not sent')
})

test('R15 immediate danger leads to 999 and the duty desk before anything else', async () => {
  const browser = await web.signInAs('School link officer')
  const draft = await start(browser)
  const went = await answerAll(browser, draft, [['urgency', { urgency: 'immediate' }]])
  assert.deepEqual(went, ['danger'])
  const danger = await browser.get(`/refer/${draft}/danger`)
  assert.match(text(danger.body), /Ring 999/)
  assert.match(text(danger.body), /Duty desk/)
  await answerAll(browser, draft, child.slice(1))
  assert.match(text((await browser.get(`/refer/${draft}/check`)).body), /Ring 999 first/)
  await browser.submit(`/refer/${draft}/danger`, `/refer/${draft}/danger`)
  assert.doesNotMatch(text((await browser.get(`/refer/${draft}/check`)).body), /Ring 999 first/)
})

test('R26 labels are pointed out once, and the text is kept', async () => {
  const browser = await web.signInAs('School link officer')
  const draft = await start(browser)
  const answers: typeof child = [...child.slice(0, 8), ['seen', { seen: 'A streetwise girl.' }]]
  const went = await answerAll(browser, draft, answers)
  assert.equal(went.at(-1), 'seen?words=check')
  const page = await browser.get(`/refer/${draft}/seen?words=check`)
  assert.match(text(page.body), /streetwise : It makes a child look less in need of protection/)
  assert.match(page.body, />A streetwise girl\.<\/textarea>/)
  assert.match(page.body, new RegExp(`href="/refer/${draft}/said">Keep my words`))
})

test('R13 R15 without an agreement it is kept, and one sentence sends it as an emergency', async () => {
  const browser = await web.signInAs('Social worker')
  const draft = await start(browser)
  await answerAll(browser, draft)
  const refused = await browser.submit(`/refer/${draft}/check`, `/refer/${draft}/check`)
  assert.equal(refused.headers.location, `/refer/${draft}/no-agreement`)
  const address = `/refer/${draft}/no-agreement`
  const empty = await browser.submit(address, address)
  assert.equal(empty.statusCode, 400)
  assert.match(text(empty.body), /Say in one sentence why it cannot wait/)
  const sent = await browser.submit(address, address, { because: 'She was threatened this morning' })
  assert.match(String(sent.headers.location), /\/sent$/)
  const officer = await web.signInAs('Information governance officer')
  const list = await officer.get('/referrals/emergencies')
  assert.match(text(list.body), /She was threatened this morning Review by 23 November 2026/)
  assert.doesNotMatch(list.body, /Synthetic Child|phones/)
  const review = /action="(\/referrals\/emergencies\/[0-9a-f-]+)"/.exec(list.body)![1]!
  const unsaid = await officer.submit(review, '/referrals/emergencies', { outcome: '' })
  assert.equal(unsaid.statusCode, 400)
  assert.match(text(unsaid.body), /Say what you found/)
  const reviewed = await officer.submit(review, '/referrals/emergencies', { outcome: 'It was right' })
  assert.equal(reviewed.statusCode, 303)
  assert.match(text((await officer.get('/referrals/emergencies')).body), /It was right/)
  assert.equal((await browser.get('/referrals/emergencies')).statusCode, 404)
})

test('what is typed is shown as it was typed, on every page, and never as markup', async () => {
  const browser = await web.signInAs('School link officer')
  const coordinator = await web.signInAs('Triage coordinator')
  const strange = `<script>alert(1)</script> {{ 7*7 }} '; drop table referrals; -- فتاة 👩‍👧`
  const answers = child.map(([question, fields]): [string, Record<string, string>] =>
    question === 'name'
      ? [question, { given: strange, family: '<b>Child' }]
      : question === 'seen'
        ? [question, { seen: strange }]
        : [question, fields],
  )
  const reference = await refer(browser, answers)
  for (const page of [
    await browser.get(`/referrals/${reference}`),
    await browser.get('/work'),
    await coordinator.get(`/triage/${reference}`),
    await coordinator.get('/triage'),
  ]) {
    assert.equal(page.statusCode, 200)
    assert.doesNotMatch(page.body, /<script>alert|<b>Child/)
    assert.doesNotMatch(page.body, /\b49\b.*drop table/)
  }
  assert.match((await coordinator.get(`/triage/${reference}`)).body, /فتاة 👩‍👧/)
})

describe('bad input is answered with a sentence, and kept', () => {
  const bad: [string, Record<string, string>, RegExp][] = [
    ['urgency', {}, /Choose how soon/],
    ['kind', { kind: 'constructor' }, /Choose who or what/],
    ['name', {}, /at least one name/],
    ['name', { given: 'x'.repeat(10_000) }, /Given name is 10,000 characters long/],
    [
      'born',
      { 'birthDate-day': '31', 'birthDate-month': '2', 'birthDate-year': '2012' },
      /31 2 2012 is not a date/,
    ],
    [
      'born',
      { 'birthDate-day': '4', 'birthDate-month': '5', 'birthDate-year': '2012', age: '12' },
      /makes them 14/,
    ],
    ['born', { age: '44' }, /which is not a child/],
    ['about', {}, /Choose a gender/],
    ['others', { 'other-2-age': '7' }, /Enter a name/],
    ['seen', { seen: 'ö'.repeat(10_000) }, /is 10,000 characters long/],
    ['basis', { basis: 'because' }, /Choose the basis/],
    ['told', { told: 'no' }, /why they were not told/],
  ]
  for (const [question, fields, sentence] of bad) {
    test(`${question}: ${String(sentence)}`, async () => {
      const browser = await web.signInAs('School link officer')
      const draft = await start(browser)
      await answerAll(browser, draft, child.slice(0, 2))
      const address = `/refer/${draft}/${question}`
      const answer = await browser.submit(address, address, fields)
      assert.equal(answer.statusCode, 400)
      assert.match(text(answer.body), /There is a problem/)
      assert.match(text(answer.body), sentence)
      assert.match(answer.body, /<title>Error: /)
      for (const value of Object.values(fields).filter(v => v.length > 40))
        assert.ok(answer.body.includes(value))
      const hrefs = [...answer.body.matchAll(/<li>\s*<a href="#([^"]+)"/g)].map(([, id]) => id!)
      assert.ok(hrefs.length > 0)
      for (const id of hrefs) assert.ok(answer.body.includes(`id="${id}"`), `#${id} leads nowhere`)
    })
  }

  test('NUL, a form without its mark, fields that nobody asked for, and other people’s drafts', async () => {
    const browser = await web.signInAs('School link officer')
    const draft = await start(browser)
    const nul = await browser.submit(`/refer/${draft}/name`, `/refer/${draft}/name`, {
      given: 'Syn\u0000thetic',
    })
    assert.equal(nul.statusCode, 400)
    assert.match(nul.body, /Given name holds a character that could not be read, shown as \uFFFD/)
    assert.match(nul.body, /value="Syn\uFFFDthetic"/)
    const more = await browser.submit(`/refer/${draft}/name`, `/refer/${draft}/name`, {
      given: 'Synthetic',
      agency: 'west-midlands-police',
      author: 'x',
      delete_on: '2099-01-01',
    })
    assert.equal(more.statusCode, 303)
    assert.equal((await browser.post(`/refer/${draft}/name`, { given: 'x' })).statusCode, 403)
    const [kept] = await web.store.installation.database.query<{ answers: object; agency: string }>(
      'select answers, agency from referral_drafts where id = $1',
      [draft],
    )
    assert.deepEqual(kept, { answers: { given: 'Synthetic' }, agency: 'schools' })
    const other = await web.signInAs('Youth worker')
    for (const page of ['name', 'check', 'danger', 'no-agreement']) {
      assert.equal((await other.get(`/refer/${draft}/${page}`)).statusCode, 404, page)
    }
    const stolen = await other.post(`/refer/${draft}/name`, {
      given: 'x',
      _csrf: await other.token('/refer'),
    })
    assert.equal(stolen.statusCode, 404)
    assert.equal((await browser.get(`/refer/${draft}/constructor`)).statusCode, 404)
    assert.equal((await browser.get('/refer/not-a-number/name')).statusCode, 400)
  })
})

describe('the queue of the coordinator', () => {
  test('shows references and deadlines, no names; opening one shows all and is recorded', async () => {
    const reference = await refer(await web.signInAs('School link officer'))
    const browser = await web.signInAs('Triage coordinator')
    const queue = await browser.get('/triage')
    assert.match(text(queue.body), new RegExp(`${reference} Due in`))
    assert.doesNotMatch(queue.body, /Synthetic Child|phones/)
    const opened = await browser.get(`/triage/${reference}`)
    assert.match(text(opened.body), /Came with two new phones/)
    assert.match(text(opened.body), /Synthetic Child/)
    assert.doesNotMatch(opened.body, /<title>[^<]*Synthetic Child/)
    assert.ok(
      text(opened.body).indexOf('What is going well') < text(opened.body).indexOf('What the referrer said'),
    )
    const [entry] = await web.store.installation.database.query<{ case_reference: string; purpose: string }>(
      `select case_reference, purpose from audit where event = 'referral-opened' and subject_id = $1`,
      [reference],
    )
    assert.deepEqual(entry, { case_reference: reference, purpose: 'violence-prevention' })
  })

  test('R6 no score, rank or sort order of people: signs are not counted, and nothing sorts by them', async () => {
    const many = child.map(([q, f]): [string, Record<string, string>] =>
      q === 'urgency'
        ? [q, { urgency: 'three-working-days' }]
        : q === 'signs'
          ? [q, { signs: 'TTS10' }]
          : [q, f],
    )
    const later = await refer(await web.signInAs('School link officer'), many)
    const sooner = await refer(await web.signInAs('School link officer'))
    const browser = await web.signInAs('Triage coordinator')
    const plain = (await browser.get('/triage')).body
    assert.ok(plain.indexOf(sooner) < plain.indexOf(later), 'by deadline')
    const sorted = (await browser.get('/triage?sort=signs&order=descending')).body
    assert.ok(sorted.indexOf(sooner) < sorted.indexOf(later))
    const opened = text((await browser.get(`/triage/${later}`)).body)
    assert.doesNotMatch(opened, /[Ss]core|\d signs\b|signs: \d/)
    const numeric = await web.store.installation.database.query(
      `select table_name, column_name from information_schema.columns
       where table_name in ('referrals', 'referral_actions', 'referral_drafts', 'referral_reasons')
         and data_type in ('integer', 'smallint', 'bigint', 'numeric', 'real', 'double precision')
         and column_name <> 'seq'`,
    )
    assert.deepEqual(numeric, [])
  })

  test('filters stand in the address and can be taken off; an empty queue says so', async () => {
    const browser = await web.signInAs('Triage coordinator')
    const page = await browser.get('/triage?kind=school&urgency=today')
    assert.match(text(page.body), /Nothing waits here/)
    assert.match(page.body, /href="\/triage\?urgency=today"/)
    assert.equal((await browser.get('/triage?kind=constructor&show=x&from=%27')).statusCode, 200)
  })

  test('is not there for other roles, nor for coordinators of other agencies', async () => {
    const reference = await refer(await web.signInAs('School link officer'))
    for (const post of [
      'School link officer',
      'Board member',
      'Analyst',
      'Chief inspector',
      'Administrator of accounts',
    ] as const) {
      const browser = await web.signInAs(post)
      assert.equal((await browser.get('/triage')).statusCode, 404, post)
      assert.equal((await browser.get(`/triage/${reference}`)).statusCode, 404, post)
    }
    for (const post of ['Social worker', 'Neighbourhood police officer', 'Chief inspector'] as const) {
      assert.equal((await (await web.signInAs(post)).get(`/referrals/${reference}`)).statusCode, 404, post)
    }
  })

  test('a decision needs level, route and reasons; the referrer reads the outcome and can challenge it', async () => {
    const referrer = await web.signInAs('School link officer')
    const coordinator = await web.signInAs('Triage coordinator')
    const reference = await refer(referrer)
    assert.equal((await take(coordinator, reference)).statusCode, 303)
    const decline = `/triage/${reference}/decline`
    const empty = await sendForm(coordinator, decline, { because: 'kept text' })
    assert.equal(empty.statusCode, 400)
    for (const sentence of [
      /Choose why it is not accepted/,
      /nobody is sent away without one/,
      /what the referrer reads/,
    ]) {
      assert.match(text(empty.body), sentence)
    }
    assert.match(empty.body, />kept text<\/textarea>/)
    const decision = {
      reason: 'already-helped',
      route: 'early-help',
      because: 'Seen by early help last week',
      told: 'Her lead worker rings you on Monday.',
    }
    assert.equal((await sendForm(coordinator, decline, decision)).statusCode, 303)
    const outcome = await referrer.get(`/referrals/${reference}`)
    assert.match(text(outcome.body), /It was not accepted Early help\. .*Her lead worker rings you on Monday/)
    assert.doesNotMatch(outcome.body, /Seen by early help last week/)
    assert.match(text((await referrer.get('/work')).body), new RegExp(`${reference} Not accepted`))

    const late = await sendForm(coordinator, decline, { ...decision, told: 'Another text' })
    assert.equal(late.statusCode, 409)
    assert.match(text(late.body), /It is now: not accepted/)
    assert.match(late.body, />Another text<\/textarea>/, 'what was typed is kept')

    const challenge = `/referrals/${reference}/challenge`
    assert.equal((await sendForm(referrer, challenge)).statusCode, 400)
    assert.equal(
      (await sendForm(referrer, challenge, { because: 'The worker left in October' })).statusCode,
      303,
    )
    assert.match(text((await coordinator.get('/triage?show=challenged')).body), new RegExp(reference))
    const refused = await coordinator.submit(`/triage/${reference}/take`, decline, { seen: '4' })
    assert.equal(refused.statusCode, 409)
    assert.match(text(refused.body), /another coordinator has to look at it/)
  })

  test('accepting names a level of the area’s scheme; the level is words, and nothing suggests one', async () => {
    const referrer = await web.signInAs('School link officer')
    const coordinator = await web.signInAs('Triage coordinator')
    const reference = await refer(referrer)
    await take(coordinator, reference)
    const accept = `/triage/${reference}/accept`
    const form = await coordinator.get(accept)
    assert.match(text(form.body), /Right Help Right Time/)
    assert.doesNotMatch(form.body, /checked/)
    const answer = await sendForm(coordinator, accept, {
      level: 'additional-needs',
      route: 'programme',
      because: 'Exploitation is likely',
      told: 'A youth worker comes to school on Tuesday.',
    })
    assert.equal(answer.statusCode, 303)
    assert.match(text((await coordinator.get(`/triage/${reference}`)).body), /Level: Additional Needs/)
    assert.match(
      text((await referrer.get(`/referrals/${reference}`)).body),
      /It was accepted A programme of the partnership/,
    )
  })

  test('the referrer corrects what was said; both sides see before and after; the coordinator is told', async () => {
    const referrer = await web.signInAs('School link officer')
    const coordinator = await web.signInAs('Triage coordinator')
    const reference = await refer(referrer)
    await take(coordinator, reference)
    const form = formOf((await coordinator.get(`/triage/${reference}/decline`)).body)
    const correct = `/referrals/${reference}/correct/lives`
    assert.match(
      text((await sendForm(referrer, correct, { school: 'Elm School (synthetic)' })).body),
      /why you are correcting/,
    )
    const done = await sendForm(referrer, correct, { school: 'Elm School (synthetic)', because: 'She moved' })
    assert.equal(done.statusCode, 303)
    for (const page of [
      await referrer.get(`/referrals/${reference}`),
      await coordinator.get(`/triage/${reference}`),
    ]) {
      assert.match(
        text(page.body),
        /School or college: “ Elm School \(synthetic\) ”, before: “ Oak School \(synthetic\) ”/,
      )
      assert.match(text(page.body), /She moved/)
    }
    const stale = await coordinator.submit(`/triage/${reference}/decline`, `/triage/${reference}/decline`, {
      ...form,
      reason: 'already-helped',
      route: 'early-help',
      because: 'x',
      told: 'y',
    })
    assert.equal(stale.statusCode, 409)
    assert.match(text(stale.body), /Something happened to/)
    assert.equal((await referrer.get(`/referrals/${reference}/correct/urgency`)).statusCode, 404)
  })

  test('withdrawing keeps the reason, and then there is nothing to decide', async () => {
    const referrer = await web.signInAs('School link officer')
    const reference = await refer(referrer)
    assert.equal(
      (await sendForm(referrer, `/referrals/${reference}/withdraw`, { because: 'Sent twice' })).statusCode,
      303,
    )
    const correct = `/referrals/${reference}/correct/seen`
    const late = await sendForm(referrer, correct, { seen: 'Kept although too late', because: 'More' })
    assert.equal(late.statusCode, 409)
    assert.match(text(late.body), /It is now: withdrawn/)
    assert.match(late.body, />Kept although too late<\/textarea>/)
    const coordinator = await web.signInAs('Triage coordinator')
    const opened = await coordinator.get(`/triage/${reference}`)
    assert.match(text(opened.body), /Withdrawn/)
    assert.doesNotMatch(opened.body, /Take it on/)
  })
})
