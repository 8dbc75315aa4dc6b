/**
 * Casework with half a million people on the embedded store: finding somebody, the queue of triage and sending a referral
 * while two hundred people are signed in, and the queue beside the same page of a bare Express application that has its
 * rows in memory.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import express from 'express'
import nunjucks from 'nunjucks'
import { seededRandom } from '../src/analysis/seeded-random.ts'
import { recordKeys } from '../src/casework/register/names.ts'
import { asMember, asProgram, type Member } from '../src/governance/access/as-member.ts'
import { startSession } from '../src/governance/sessions/session-store.ts'
import { findMember } from '../src/governance/sign-in/find-member.ts'
import type { Database } from '../src/platform/postgres.ts'
import { SESSION_COOKIE } from '../src/web/session-cookie.ts'
import { agreementForReferrals } from '../test/agreement-for-referrals.ts'
import { type TestBrowser, type TestWeb, testWeb } from '../test/web-for-tests.ts'
import { median, ms, type Result } from './medians.ts'

const PEOPLE = 500_000
const AGENCIES = ['schools', 'west-midlands-police', 'st-giles-trust', 'probation', 'emergency-departments']
const USERS = 200
const REFERRALS = 60
const ROUNDS = 10
const SEARCHES = 100
const now = new Date('2026-11-20T08:40:00Z')

export async function benchCasework(): Promise<Result[]> {
  const web = await testWeb({ clock: () => now, requestsPerMinute: 1_000_000 })
  try {
    const { database } = web.store.installation
    await agreementForReferrals(database, [...AGENCIES, 'violence-reduction-partnership'])
    const names = await fill(database)
    const school = await web.signInAs('School link officer')
    await sendMany(web, REFERRALS)
    return [await finding(school, names), ...(await underLoad(web)), await besideExpress(web)]
  } finally {
    await web.close()
  }
}

/** People of five agencies, with names made of syllables, and the keys under which they are found. */
async function fill(database: Database): Promise<string[]> {
  const random = seededRandom(7)
  const below = (n: number) => Math.floor(random() * n)
  const syllables = 'ba chi da el fi ga ha in jo ka li mo na or pa qi ra shi ta um ve wi xa yo ze'.split(' ')
  const word = (parts: number) => Array.from({ length: parts }, () => syllables[below(25)]!).join('')
  const given = Array.from({ length: 2000 }, () => word(2))
  const family = Array.from({ length: 4000 }, () => word(3))
  const keysOf = (words: readonly string[]) =>
    words.map(own => recordKeys([{ given: own, family: '', kind: 'usual' }]).join(' '))
  await asProgram(database, now, async tx => {
    await tx.query('create temporary table names (part text, place integer, word text, keys text)')
    for (const [part, words] of Object.entries({ given, family })) {
      await tx.query(
        `insert into names select $1, w.place - 1, w.word, k.keys
         from unnest($2::text[]) with ordinality w (word, place) join unnest($3::text[]) with ordinality k (keys, place) using (place)`,
        [part, words, keysOf(words)],
      )
    }
    await tx.query(
      `create temporary table people as
       select gen_random_uuid() as record, gen_random_uuid() as person, i,
         ($2::text[])[1 + i % 5] as agency, (i * 7919::bigint % 2000)::integer as given, (i * 104729::bigint % 4000)::integer as family
       from generate_series(1, $1) i`,
      [PEOPLE, AGENCIES],
    )
    await tx.query('insert into persons select person, present() from people')
    await tx.query(
      `insert into agency_records (id, person_id, agency, names, birth_date, birth_date_known, purpose, legal_basis, owner, created_at, changed_at, review_on, delete_on)
       select p.record, p.person, p.agency,
         jsonb_build_array(jsonb_build_object('given', g.word, 'family', f.word, 'kind', 'usual')),
         date '1980-01-01' + (p.i % 12000), 'day', 'safeguarding', 'for the bench', u.id, present(), present(), '2027-02-01', '2030-01-01'
       from people p join names g on g.part = 'given' and g.place = p.given
       join names f on f.part = 'family' and f.place = p.family
       join lateral (select id from users where agency = p.agency limit 1) u on true`,
    )
    await tx.query(
      `insert into record_keys
       select distinct p.record, p.agency, unnest(string_to_array(g.keys || ' ' || f.keys, ' '))
       from people p join names g on g.part = 'given' and g.place = p.given
       join names f on f.part = 'family' and f.place = p.family`,
    )
    await tx.query('drop table people, names')
  })
  await database.query('analyze')
  return Array.from({ length: SEARCHES }, () => {
    const i = 1 + below(PEOPLE / 5) * 5
    const name = `${given[(i * 7919) % 2000]} ${family[(i * 104729) % 4000]}`
    // As somebody hears it: two letters change places.
    const at = below(name.length - 2)
    return name.slice(0, at) + name[at + 1] + name[at] + name.slice(at + 2)
  })
}

async function finding(browser: TestBrowser, names: readonly string[]): Promise<Result> {
  const token = await browser.token('/register')
  const times: number[] = []
  for (const name of names) {
    const start = performance.now()
    const answer = await browser.post('/register', { name, _csrf: token })
    times.push(performance.now() - start)
    if (answer.statusCode !== 200) throw new Error(`a search answered ${answer.statusCode}`)
  }
  const p95 = percentile(times, 0.95)
  return {
    what: `Finding somebody by a misspelt name, ${PEOPLE.toLocaleString('en-GB')} people at ${AGENCIES.length} agencies`,
    headline: `median ${ms(median(times))}, p95 ${ms(p95)}`,
    aim: 'p95 under 150 ms',
    met: p95 < 150,
    detail: `${names.length} searches, one after another, embedded store, page and audit included`,
  }
}

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!

/** Referrals that wait: sent by the pages themselves, so that their histories are whole. */
async function sendMany(web: TestWeb, count: number): Promise<void> {
  const browser = await web.signInAs('School link officer')
  for (let i = 0; i < count; i++) await send(browser, await readyDraft(browser))
}

const answers: [string, Record<string, string>][] = [
  ['urgency', { urgency: 'one-working-day' }],
  ['kind', { kind: 'child' }],
  ['name', { given: 'Synthetic', family: 'Child' }],
  ['born', { age: '13' }],
  ['about', { gender: 'female', ethnicity: 'not-known' }],
  ['needs', { disability: 'not-known', care: 'no' }],
  ['lives', { school: 'Oak School (synthetic)' }],
  ['others', {}],
  ['signs', { signs: 'TTS05' }],
  ['seen', { seen: 'Came with two new phones.' }],
  ['said', { said: 'I am fine', wants: '' }],
  ['strengths', { strengths: 'Trusts her art teacher' }],
  ['basis', { basis: 'safeguarding' }],
  ['told', { told: 'yes' }],
]

async function readyDraft(browser: TestBrowser): Promise<string> {
  const started = await browser.submit('/refer', '/refer')
  const draft = /^\/refer\/([0-9a-f-]{36})\//.exec(String(started.headers.location))?.[1]
  if (!draft) throw new Error(`no draft was begun: ${started.statusCode}`)
  for (const [question, fields] of answers) {
    const answer = await browser.submit(`/refer/${draft}/${question}`, `/refer/${draft}/${question}`, fields)
    if (answer.statusCode !== 303) throw new Error(`${question} answered ${answer.statusCode}`)
  }
  return draft
}

async function send(browser: TestBrowser, draft: string): Promise<void> {
  const sent = await browser.submit(`/refer/${draft}/check`, `/refer/${draft}/check`)
  if (!/\/sent$/.test(String(sent.headers.location)))
    throw new Error(`sending led to ${sent.headers.location}`)
}

/** Two hundred people, each looking or sending once in four seconds: what a busy morning asks for. */
async function underLoad(web: TestWeb): Promise<Result[]> {
  const { database } = web.store.installation
  const coordinators = await members(database, 'violence-reduction-partnership', 'coordinator', USERS / 2)
  const senders = await members(database, 'schools', 'practitioner', USERS / 2)
  const queue = await Promise.all(coordinators.map(member => web.signInAs(member)))
  const sending = await Promise.all(senders.map(member => web.signInAs(member)))
  const drafts = new Map<TestBrowser, { draft: string; token: string }[]>()
  for (const browser of sending) {
    const draft = await readyDraft(browser)
    drafts.set(browser, [{ draft, token: await browser.token(`/refer/${draft}/check`) }])
  }
  const [before] = await database.query<{ n: number }>('select count(*) as n from referrals')
  const [looked, sent]: [number[], number[]] = [[], []]
  const timed = async (into: number[], expected: number, act: () => Promise<{ statusCode: number }>) => {
    const start = performance.now()
    const { statusCode } = await act()
    into.push(performance.now() - start)
    if (statusCode !== expected) throw new Error(`answered ${statusCode}`)
  }
  const PACE = 4000
  const pause = (milliseconds: number) => new Promise(done => setTimeout(done, milliseconds))
  const random = seededRandom(11)
  await Promise.all([
    ...queue.map(async browser => {
      await pause(random() * PACE)
      for (let round = 0; round < ROUNDS; round++) {
        await timed(looked, 200, () => browser.get('/triage'))
        await pause(PACE * (0.5 + random()))
      }
    }),
    ...sending.map(async browser => {
      for (const { draft, token } of drafts.get(browser)!) {
        await pause(random() * PACE * ROUNDS)
        await timed(sent, 303, () => browser.post(`/refer/${draft}/check`, { _csrf: token }))
      }
    }),
  ])
  const [after] = await database.query<{ n: number }>('select count(*) as n from referrals')
  const lost = senders.length - (after!.n - before!.n)
  const result = (what: string, times: number[]): Result => {
    const p95 = percentile(times, 0.95)
    return {
      what: `${what}, ${USERS} people signed in, ${PEOPLE.toLocaleString('en-GB')} people in the register`,
      headline: `median ${ms(median(times))}, p95 ${ms(p95)}`,
      aim: 'p95 under 150 ms, no error, nothing lost',
      met: p95 < 150 && lost === 0,
      detail: `${times.length} requests, each person about every ${PACE / 1000} s; ${lost} referrals lost; embedded store, one process`,
    }
  }
  return [result('The queue of triage', looked), result('Sending a referral', sent)]
}

export async function members(
  database: Database,
  agency: string,
  role: Member['role'],
  count: number,
): Promise<Member[]> {
  const rows = await database.query<{ id: string }>(
    // Invented accounts: a real one would end the demonstration and its agreements.
    `insert into users (synthetic, agency, name, post, email, role, created_at)
     select true, $1, 'Bench ' || i || ' (synthetic)', 'bench', gen_random_uuid() || '@bench.example', $2, $3
     from generate_series(1, $4) i returning id`,
    [agency, role, now.toISOString(), count],
  )
  return Promise.all(rows.map(async ({ id }) => (await findMember(database, id))!))
}

/** The page of the queue, over HTTP on one connection each, turn by turn. */
async function besideExpress(web: TestWeb): Promise<Result> {
  const [coordinator] = await members(
    web.store.installation.database,
    'violence-reduction-partnership',
    'coordinator',
    1,
  )
  const token = await asMember(web.store.installation.database, coordinator!, { now }, tx =>
    startSession(tx, { way: 'account', device: 'bench' }),
  )
  const own = await web.app.listen({ host: '127.0.0.1', port: 0 })
  const rows = await web.store.installation.database.query<Record<string, unknown>>(
    `select r.reference, r.due_at::text, r.urgency, r.kind, a.name, r.state
     from referrals r join agencies a on a.id = r.from_agency order by r.due_at limit 25`,
  )
  const peer = await expressQueue(rows)
  try {
    const headers = { cookie: `${SESSION_COOKIE}=${token}`, 'accept-encoding': 'identity' }
    const timed = async (address: string, into: number[]): Promise<void> => {
      const start = performance.now()
      const answer = await fetch(address, { headers })
      await answer.text()
      into.push(performance.now() - start)
      if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}`)
    }
    const [queue, bare]: [number[], number[]] = [[], []]
    for (let i = 0; i < 150; i++) {
      await timed(`${own}/triage`, queue)
      await timed(peer.address, bare)
    }
    // The first look at the code is the compiler's.
    const [ours, theirs] = [median(queue.slice(50)), median(bare.slice(50))]
    const ratio = ours / theirs
    return {
      what: 'The queue of triage beside the same page of a bare Express application, rows in memory',
      headline: `${ratio.toFixed(1)}× its time`,
      aim: 'within 2×',
      met: ratio <= 2,
      detail: `${ms(ours)} against ${ms(theirs)}; ours asks the session, the policies and the database, and records the look`,
    }
  } finally {
    peer.close()
  }
}

/** The same filters and columns from the macros of GOV.UK Frontend, with a template that is compiled once. */
async function expressQueue(rows: readonly object[]): Promise<{ address: string; close(): void }> {
  const packages = resolve(import.meta.dirname, '../node_modules')
  const environment = new nunjucks.Environment(
    new nunjucks.FileSystemLoader([join(packages, 'govuk-frontend/dist')]),
    { autoescape: true },
  )
  const template = nunjucks.compile(
    `{% extends "govuk/template.njk" %}{% from "govuk/components/table/macro.njk" import govukTable %}
    {% from "govuk/components/select/macro.njk" import govukSelect %}{% from "govuk/components/button/macro.njk" import govukButton %}
    {% block content %}<h1 class="govuk-heading-l">Referrals to triage</h1>
    <form method="get">{% for filter in filters %}{{ govukSelect({ id: filter, name: filter, label: { text: filter }, items: choices }) }}{% endfor %}
    {{ govukButton({ text: "Apply filters" }) }}</form>
    {{ govukTable({ head: head, rows: rows }) }}{% endblock %}`,
    environment,
  )
  const app = express()
  app.get('/triage', (_request, response) => {
    response.send(
      template.render({
        filters: ['Show', 'How soon', 'About', 'Sent by'],
        choices: ['Any', 'One', 'Two', 'Three', 'Four', 'Five'].map(text => ({ value: text, text })),
        head: ['Referral', 'Deadline', 'How soon', 'About', 'Sent by', 'Where it stands'].map(text => ({
          text,
        })),
        rows: rows.map(row => Object.values(row).map(value => ({ text: String(value) }))),
      }),
    )
  })
  const server: Server = createServer(app)
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return { address: `http://127.0.0.1:${port}/triage`, close: () => server.close() }
}
