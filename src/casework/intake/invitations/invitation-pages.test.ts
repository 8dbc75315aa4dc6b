import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { LightMyRequestResponse } from 'fastify'
import { type TestBrowser, type TestWeb, testWeb } from '../../../../test/web-for-tests.ts'

let web: TestWeb
let now: Date
before(async () => {
  now = new Date('2026-11-20T08:40:00Z')
  web = await testWeb({ clock: () => now, requestsPerMinute: 100_000, address: 'https://concord.example' })
})
beforeEach(() => {
  now = new Date('2026-11-20T08:40:00Z')
})
after(() => web.close())

const text = (html: string): string =>
  html
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')

const fields = {
  organisation: 'Canal Street Boxing Club (synthetic)',
  post: 'Youth club leader',
  guestName: 'Synthetic Leader',
  email: 'leader@club.example',
  whatFor: 'What you told me on the phone on Tuesday',
  days: '7',
}

const inviting = async () => {
  const browser = await web.signInAs('Triage coordinator')
  const page = await browser.submit('/invitations', '/invitations/new', { ...fields, key: randomUUID() })
  assert.equal(page.statusCode, 200, text(page.body))
  const link = /https:\/\/concord\.example(\/invitation\/[\w-]{43})/.exec(page.body)![1]!
  const reference = /INV-2026-\d{4}/.exec(page.body)![0]
  return { browser, link, reference, token: link.split('/').at(-1)! }
}

/** A browser of nobody at work that has opened the link. */
async function opened(link: string): Promise<TestBrowser> {
  const guest = web.browser()
  const answer = await guest.get(link)
  assert.equal(answer.statusCode, 303)
  assert.equal(answer.headers.location, '/invited')
  return guest
}

const place: [string, Record<string, string>][] = [
  ['urgency', { urgency: 'three-working-days' }],
  ['kind', { kind: 'place' }],
  ['called', { called: 'The steps behind the library (synthetic)' }],
  ['seen', { seen: 'Children are made to wait there for a car. Pomegranate.' }],
  ['strengths', {}],
  ['basis', { basis: 'safeguarding' }],
  ['told', { told: 'no', whyNotTold: 'Nobody is named.' }],
]

async function answerAll(guest: TestBrowser): Promise<void> {
  const begun = await guest.submit('/invited', '/invited')
  assert.equal(begun.headers.location, '/invited/urgency')
  for (const [question, given] of place) {
    const answer = await guest.submit(`/invited/${question}`, `/invited/${question}`, given)
    assert.equal(answer.statusCode, 303, `${question}: ${text(answer.body)}`)
  }
}

const formKey = (page: LightMyRequestResponse) => /name="key" value="([\w-]{43})"/.exec(page.body)![1]!

const send = async (guest: TestBrowser) => {
  const check = await guest.get('/invited/check')
  return guest.submit('/invited/check', '/invited/check', { key: formKey(check) })
}

const referrals = async () =>
  (await web.store.installation.database.query<{ n: number }>('select count(*) as n from referrals'))[0]!.n

describe('from an invitation to the queue', () => {
  test('a partner without an account answers page by page, sends once, and reads that it arrived', async () => {
    const { link, reference, browser } = await inviting()
    const guest = await opened(link)
    const start = await guest.get('/invited')
    assert.equal(start.statusCode, 200)
    assert.match(
      text(start.body),
      /It is meant for Youth club leader, Canal Street Boxing Club \(synthetic\) ;/,
    )
    assert.match(text(start.body), /What you told me on the phone on Tuesday/)
    assert.match(text(start.body), /until the end of 27 November 2026/)
    assert.match(text(start.body), /Ring 999 .* then the duty desk/)
    assert.doesNotMatch(
      start.body,
      /leader@club\.example|Synthetic Leader/,
      'whoever opened it might be another',
    )
    await answerAll(guest)
    assert.match(text((await guest.get('/invited/check')).body), /The steps behind the library/)
    const sent = await send(guest)
    assert.equal(sent.headers.location, '/invited')
    const received = text((await guest.get('/invited')).body)
    const referral = /R-2026-\d{4}/.exec(received)![0]
    assert.match(received, /Received on 20 November 2026/)
    assert.match(received, /A coordinator of the partnership reads it by 25 November 2026/)
    assert.doesNotMatch(received, /library|Pomegranate|Canal Street/)

    const coordinator = await web.signInAs('Triage coordinator')
    const queue = text((await coordinator.get('/triage')).body)
    assert.match(
      queue,
      new RegExp(`${referral}.*Youth club leader, Canal Street Boxing Club \\(synthetic\\) , invited by`),
    )
    assert.match(
      text((await coordinator.get(`/triage/${referral}`)).body),
      /From an invited partner: Youth club leader, Canal Street Boxing Club \(synthetic\)/,
    )
    assert.match(
      text((await browser.get('/invitations')).body),
      new RegExp(`${reference} Used : ${referral}`),
    )
    assert.match(
      text((await browser.get('/work')).body),
      /by Youth club leader, Canal Street Boxing Club \(synthetic\) , whom you invited/,
    )
    const officer = await web.signInAs('Information governance officer')
    assert.match(
      text((await officer.get('/audit?event=referral-sent')).body),
      new RegExp(`A partner whom .* invited \\(${reference}\\), for .*, sent a referral\\.`),
    )
  })

  test('R15 danger leads to 999 and the duty desk before anything else', async () => {
    const guest = await opened((await inviting()).link)
    await guest.submit('/invited', '/invited')
    const answer = await guest.submit('/invited/urgency', '/invited/urgency', { urgency: 'immediate' })
    assert.equal(answer.headers.location, '/invited/danger')
    const danger = await guest.get('/invited/danger')
    assert.match(text(danger.body), /Ring 999/)
    assert.match(text(danger.body), /Duty desk/)
    const on = await guest.submit('/invited/danger', '/invited/danger')
    assert.equal(on.headers.location, '/invited/kind')
  })

  test('a wrong answer is said at its field, and what was typed stays', async () => {
    const guest = await opened((await inviting()).link)
    await guest.submit('/invited', '/invited')
    await guest.submit('/invited/urgency', '/invited/urgency', { urgency: 'today' })
    await guest.submit('/invited/kind', '/invited/kind', { kind: 'child' })
    const page = await guest.submit('/invited/born', '/invited/born', { age: 'twelve' })
    assert.equal(page.statusCode, 400)
    assert.match(page.body, /Age must be a whole number of years/)
    assert.match(page.body, /value="twelve"/)
  })

  test('the draft waits behind the link, also on another device, and can be thrown away', async () => {
    const { link } = await inviting()
    const phone = await opened(link)
    await phone.submit('/invited', '/invited')
    await phone.submit('/invited/urgency', '/invited/urgency', { urgency: 'today' })
    const desk = await opened(link)
    assert.match(text((await desk.get('/invited')).body), /You have begun: your answers of 20 November 2026/)
    assert.match((await desk.get('/invited/urgency')).body, /value="today"[^>]*checked/)
    await desk.submit('/invited/discard', '/invited/urgency')
    assert.match((await phone.get('/invited')).body, />\s*Start\s*</)
    assert.equal((await phone.get('/invited/urgency')).headers.location, '/invited')
  })

  test('the same form twice is one referral, and the second is told the same as the first', async () => {
    const guest = await opened((await inviting()).link)
    await answerAll(guest)
    const check = await guest.get('/invited/check')
    const body = { key: formKey(check), _csrf: /name="_csrf" value="([^"]+)"/.exec(check.body)![1]! }
    const before = await referrals()
    const answers = await Promise.all([
      guest.post('/invited/check', body),
      guest.post('/invited/check', body),
    ])
    for (const answer of answers) {
      assert.equal(answer.statusCode, 303)
      assert.equal(answer.headers.location, '/invited')
      assert.match(String(answer.headers['set-cookie']), /concord_receipt=/)
    }
    assert.equal(await referrals(), before + 1)
    assert.match(text((await guest.get('/invited')).body), /Your reference R-2026-\d{4}/)
  })
})

describe('a link', () => {
  test('is not used up by being opened, by whatever program, however often', async () => {
    const { link } = await inviting()
    const rows = async () =>
      JSON.stringify(
        await web.store.installation.database.query(
          `select (select count(*) from audit) as acts, (select count(*) from referral_drafts) as drafts,
             (select jsonb_agg(to_jsonb(i) order by id) from referral_invitations i) as invitations`,
        ),
      )
    const before = await rows()
    for (const method of ['GET', 'HEAD', 'GET'] as const) {
      const scanner = await web.app.inject({ method, url: link })
      assert.equal(scanner.statusCode, 303)
      const cookies = Object.fromEntries(scanner.cookies.map(c => [c.name, c.value]))
      assert.equal((await web.app.inject({ method, url: '/invited', cookies })).statusCode, 200)
    }
    assert.equal(await rows(), before)
  })

  test('R18 unknown, used, ended, taken back and malformed are answered alike, with what to do', async () => {
    const used = await inviting()
    const sender = await opened(used.link)
    await answerAll(sender)
    await send(sender)
    const ended = await inviting()
    const back = await inviting()
    const taken = await back.browser.submit(
      `/invitations/${back.reference}/take-back`,
      `/invitations/${back.reference}`,
    )
    assert.equal(taken.statusCode, 303)
    const open = await inviting()
    const pages = async (link: string) => {
      const guest = await opened(link)
      const answers = [await guest.get('/invited')]
      for (const path of ['urgency', 'check', 'danger', 'no-agreement', 'seen', 'nonsense']) {
        answers.push(await guest.get(`/invited/${path}`))
      }
      return answers.map(({ statusCode, body, headers }) => ({
        statusCode,
        // The head that is printed has the day.
        body: body.replace(/printed for: .*/, ''),
        location: headers.location,
        cache: headers['cache-control'],
      }))
    }
    const unknown = `/invitation/${'x'.repeat(43)}`
    const expected = await pages(unknown)
    assert.equal(expected[0]!.statusCode, 404)
    const words = text(expected[0]!.body)
    assert.match(words, /This link cannot be used/)
    assert.match(words, /Ring 999/)
    assert.match(words, /Ask whoever invited you for a new link/)
    assert.match(words, /Duty desk/)
    assert.doesNotMatch(words, /\b(taken back|has ended|was used|R-2026|INV-2026)\b/)
    assert.deepEqual(await pages(used.link), expected)
    assert.deepEqual(await pages(back.link), expected)
    assert.deepEqual(await pages('/invitation/short'), expected)
    now = new Date('2026-11-28T00:00:00Z')
    assert.deepEqual(await pages(ended.link), expected)
    now = new Date('2026-11-27T23:59:00Z')
    assert.equal((await pages(open.link))[0]!.statusCode, 200)
  })

  test('R18 forms sent with a link that opens nothing change nothing and tell nothing', async () => {
    const { link } = await inviting()
    const guest = await opened(link)
    const _csrf = await guest.token('/invited')
    const before = await referrals()
    now = new Date('2026-11-28T00:00:00Z')
    for (const path of ['', '/urgency', '/check', '/danger', '/no-agreement', '/discard']) {
      const answer = await guest.post(`/invited${path}`, {
        _csrf,
        urgency: 'today',
        because: 'It cannot wait',
      })
      assert.equal(answer.statusCode, 303, path)
      assert.equal(answer.headers.location, '/invited', path)
    }
    assert.equal((await guest.get('/invited')).statusCode, 404)
    assert.equal(await referrals(), before)
  })

  test('stands in no later address, no page, no record and no log, and no other site is told of it', async () => {
    const lines: string[] = []
    const write = (line: string) => {
      lines.push(line)
      return true
    }
    const { log } = web.store.installation
    const level = log.level
    log.level = 'trace'
    const stream = Object.getOwnPropertySymbols(log).find(s => String(s) === 'Symbol(pino.stream)')!
    const held = log as unknown as Record<symbol, { write: typeof write }>
    const was = held[stream]
    held[stream] = { write }
    try {
      const { link, token } = await inviting()
      const guest = web.browser()
      const answers = [await guest.get(link), await guest.get('/invited')]
      await answerAll(guest)
      for (const [question] of place) answers.push(await guest.get(`/invited/${question}`))
      answers.push(await guest.get('/invited/check'), await send(guest), await guest.get('/invited'))
      // Also where it is answered with a fault.
      answers.push(await guest.post('/invited/check', {}), await guest.get(`${link}?${'q'.repeat(20)}`))
      for (const answer of answers) {
        assert.equal(answer.headers['referrer-policy'], 'no-referrer')
        assert.equal(answer.headers['cache-control'], 'no-store')
        assert.ok(!answer.body.includes(token) && !String(answer.headers.location ?? '').includes(token))
      }
      const cookie = answers[0]!.cookies.find(c => c.name === 'concord_invitation')!
      assert.deepEqual([cookie.httpOnly, cookie.sameSite, cookie.path], [true, 'Lax', '/invited'])
      assert.ok(
        lines.some(line => line.includes('/invitation/:token')),
        'the log was read',
      )
      assert.deepEqual(
        lines.filter(line => line.includes(token)),
        [],
      )
      const { database } = web.store.installation
      for (const table of ['audit', 'referral_invitations', 'notices', 'referrals']) {
        const rows = await database.query<{ row: string }>(`select t::text as row from ${table} t`)
        assert.ok(rows.length === 0 || !rows.some(({ row }) => row.includes(token)), table)
      }
    } finally {
      held[stream] = was!
      log.level = level
    }
  })

  test('is answered a limited number of times a minute to one address', async () => {
    const limited = await testWeb({ clock: () => now })
    try {
      const statuses: number[] = []
      for (let i = 0; i < 70; i++) {
        statuses.push((await limited.app.inject({ url: `/invitation/${'x'.repeat(43)}` })).statusCode)
      }
      assert.equal(statuses[0], 303)
      assert.equal(statuses.at(-1), 429)
    } finally {
      await limited.close()
    }
  })
})

describe('a partner', () => {
  test('has nothing of Concord around their pages, whoever else is signed in in that browser', async () => {
    const { link, browser } = await inviting()
    await browser.get(link)
    for (const guest of [browser, await opened(link)]) {
      const page = (await guest.get('/invited')).body
      const links = [...page.matchAll(/<a [^>]*href="([^"]*)"/g)].map(m => m[1])
      assert.deepEqual(new Set(links), new Set(['#main-content', 'tel:999', '/accessibility']))
      assert.doesNotMatch(page, /Your account|service-navigation/)
    }
  })

  test('is nobody at work: their cookies open no page of anybody’s', async () => {
    const guest = await opened((await inviting()).link)
    await guest.get('/invited')
    for (const path of [
      '/triage',
      '/work',
      '/register',
      '/invitations',
      '/notices',
      '/referrals/R-2026-0001',
    ]) {
      const answer = await guest.get(path)
      assert.ok([302, 303, 404].includes(answer.statusCode), `${path}: ${answer.statusCode}`)
      assert.doesNotMatch(answer.body, /Canal Street/)
    }
  })

  test('cannot reach what another partner writes by an address: none has a number', async () => {
    const one = await opened((await inviting()).link)
    const other = await opened((await inviting()).link)
    await answerAll(one)
    await other.submit('/invited', '/invited')
    assert.doesNotMatch((await other.get('/invited/check')).body, /Pomegranate/)
    assert.doesNotMatch((await other.get('/invited/seen')).body, /Pomegranate/)
  })
})

describe('whoever invites', () => {
  test('is told what is missing, keeps what was typed, and sends the form twice for one invitation', async () => {
    const browser = await web.signInAs('Triage coordinator')
    const wrong = await browser.submit('/invitations', '/invitations/new', {
      ...fields,
      email: 'leader',
      post: '',
    })
    assert.equal(wrong.statusCode, 400)
    assert.match(wrong.body, /Enter one e-mail address/)
    assert.match(wrong.body, /Enter the post/)
    assert.match(wrong.body, /Canal Street Boxing Club/)
    const key = randomUUID()
    const first = await browser.submit('/invitations', '/invitations/new', { ...fields, key })
    assert.match(first.body, /\/invitation\//)
    assert.equal(first.headers['cache-control'], 'no-store')
    const again = await browser.submit('/invitations', '/invitations/new', { ...fields, key })
    assert.equal(again.statusCode, 303)
    assert.match(String(again.headers.location), /^\/invitations\/INV-2026-\d{4}$/)
    assert.doesNotMatch(
      (await browser.get(String(again.headers.location))).body,
      /\/invitation\//,
      'shown once',
    )
  })

  test('R13 an agency without an agreement for referrals invites nobody, and is told whom to ask', async () => {
    const browser = await web.signInAs('School link officer')
    const page = await browser.get('/invitations/new')
    assert.match(text(page.body), /no agreement in force that covers referrals/)
    const sent = await browser.submit('/invitations', '/account/purpose', { ...fields, key: randomUUID() })
    assert.equal(sent.statusCode, 409)
  })

  test('sees their own invitations; nobody of another agency sees one, and commanders invite nobody', async () => {
    const { reference } = await inviting()
    const other = await web.signInAs('School link officer')
    assert.doesNotMatch((await other.get('/invitations')).body, new RegExp(reference))
    assert.equal((await other.get(`/invitations/${reference}`)).statusCode, 404)
    const back = await other.submit(`/invitations/${reference}/take-back`, '/account/purpose')
    assert.equal(back.statusCode, 404)
    const commander = await web.signInAs('Chief inspector')
    assert.equal((await commander.get('/invitations')).statusCode, 404)
  })

  test('takes it back once; twice is a read, and what was used is not taken back', async () => {
    const { browser, reference, link } = await inviting()
    const take = () => browser.submit(`/invitations/${reference}/take-back`, '/account/purpose')
    assert.equal((await take()).statusCode, 303)
    assert.equal((await take()).statusCode, 303)
    assert.match(
      text((await browser.get(`/invitations/${reference}`)).body),
      /Taken back on 20 November 2026/,
    )
    assert.equal((await (await opened(link)).get('/invited')).statusCode, 404)
    const used = await inviting()
    const guest = await opened(used.link)
    await answerAll(guest)
    await send(guest)
    const late = await used.browser.submit(`/invitations/${used.reference}/take-back`, '/account/purpose')
    assert.equal(late.statusCode, 409)
    assert.match(text(late.body), /They have sent their referral with it/)
  })

  test('invites as many in a day as the rule says and no more', async () => {
    const browser = await web.signInAs('Youth worker')
    const invite = () => browser.submit('/invitations', '/invitations/new', { ...fields, key: randomUUID() })
    await web.store.installation.database.query(
      `update users set agency = (select id from agencies where kind = 'partnership' order by id limit 1)
       where post = 'Youth worker'`,
    )
    for (let i = 0; i < 20; i++) assert.equal((await invite()).statusCode, 200, String(i))
    const more = await invite()
    assert.equal(more.statusCode, 409)
    assert.match(text(more.body), /20 partners within a day/)
    now = new Date('2026-11-21T08:41:00Z')
    assert.equal((await (await web.signInAs('Youth worker')).get('/invitations')).statusCode, 200)
  })
})
