/**
 * Every form of the product, found by walking it as each of the cast does, is sent everything that somebody may type, paste
 * or forge. A form that is added is found and tried without a line here. `CONCORD_SEED=7` tries other pairs of field and value.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { registeredRoutes } from '../access-matrix/registered-routes.ts'
import { aMorning, type Morning } from './a-morning.ts'
import { type BadValue, badDates, badTexts, FAR_DAY, forged, hopedFor, MARK, SOMEBODY } from './bad-values.ts'
import { answersBy, groupOf, pairsOf } from './fill-in.ts'
import { findForms, foundOn, readRoutes, type Walk } from './find-forms.ts'
import { type Field, isTyped, pageOf } from './page-of.ts'
import {
  type AtForm,
  atForm,
  isPage,
  isTaken,
  letGo,
  type Sent,
  type Solved,
  solve,
  type Trying,
  type Way,
} from './try-form.ts'
import { undoing } from './undone.ts'
import { type Pairs, send, urlencoded } from './visitor.ts'

const seed = Number(process.env.CONCORD_SEED ?? 1)

/** Forms that nobody comes to here, each with the reason. */
const elsewhere: Readonly<Record<string, string>> = {
  '/api/loads': 'for programs, with a key: api.test.ts',
  '/api/loads/:id/withdraw': 'for programs, with a key: api.test.ts',
  '/sign-in/:token': 'a button that works once, in no database: server.test.ts',
  '/data/sent/:id/load': 'a button on the page of a file that was sent: upload-pages.test.ts',
}

/** Forms that are found, and not taken in the state in which they are found. */
const notTaken: Readonly<Record<string, string>> = {
  '/data/upload': 'wants a file: below',
  '/papers/check': 'wants a paper: check-paper-pages.test.ts',
  '/governance/rights/:reference/pack/finish': 'wants a decision on every entry: access-request.test.ts',
}

interface TriedForm {
  way: Way
  route: string
  fields: readonly Field[]
  /** Null where it is not taken. */
  solved: Solved | null
}

let here: Morning
let trying: Trying
let walk: Walk
let registered: ReturnType<typeof registeredRoutes>
let forms: TriedForm[]
let getForms: Way[]
const unsolved: string[] = []

before(async () => {
  here = await aMorning()
  registered = registeredRoutes(here.web.app)
  const routes = readRoutes(registered)
  trying = {
    app: here.web.app,
    routes,
    undoing: await undoing(here.web.store.installation.database),
    known: here.known,
  }
  walk = await trying.undoing.undo(() => findForms(trying.app, here.visitors, routes))
  await fillInEveryForm()
})
after(async () => {
  await letGo()
  await here.web.close()
})

async function fillInEveryForm(): Promise<void> {
  forms = []
  getForms = []
  const met = new Set(walk.places.keys())
  const waiting: Way[][] = [...walk.places].map(([form, places]) =>
    places.map(place => ({ ...place, steps: [], form })),
  )
  for (let ways = waiting.shift(); ways; ways = waiting.shift()) {
    const [first] = ways
    if (first!.form.startsWith('GET ')) {
      getForms.push(first!)
      continue
    }
    const route = first!.form.split(' ')[1]!
    let said = ''
    let found: { way: Way; solved: Solved } | null = null
    for (const way of ways) {
      const outcome = await solve(trying, way, walk.seen)
      if (typeof outcome !== 'string') {
        found = { way, solved: outcome }
        break
      }
      said = outcome
    }
    const way = found?.way ?? first!
    const fields = await atForm(trying, way, async at => at.form.fields)
    forms.push({ way, route, fields, solved: found?.solved ?? null })
    if (!found && !(route in notTaken)) unsolved.push(`${way.form} on ${way.page}: ${said}`)
    for (const { form, links } of found?.solved.beyond ?? []) {
      if (met.has(form.id)) continue
      met.add(form.id)
      const step = { form: way.form, recipe: found!.solved.recipe, links }
      waiting.push([{ ...way, steps: [...way.steps, step], form: form.id }])
    }
  }
}

test('every form of the product is found and can be filled in, and no link leads nowhere', t => {
  const reached = new Set(forms.map(f => f.route))
  const missing = registered
    .filter(r => r.methods.includes('POST') && !reached.has(r.path) && !(r.path in elsewhere))
    .map(r => r.path)
  assert.deepEqual(missing, [], 'nobody of the cast comes to a form for these')
  assert.deepEqual(unsolved, [], 'these were not taken, however they were filled in')
  assert.deepEqual(walk.dead, [])
  t.diagnostic(
    `${walk.pages} pages, ${forms.length} forms that change something, ${getForms.length} that ask`,
  )
})

function* leaves(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (typeof value === 'object' && value !== null) for (const v of Object.values(value)) yield* leaves(v)
}
const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
const holds = (text: string, value: string) => plain(text).toLowerCase().includes(value.toLowerCase())

/** A field may be a list, one thing a line. */
const isLineOf = (leaf: string, { sent }: BadValue) =>
  sent.split(/\r?\n/).some(line => plain(line) === plain(leaf))

/** What must never come back, whatever was sent. */
const never: readonly [string, RegExp][] = [
  ['markup that runs', /<script>alert|<svg onload|<img src=x/],
  ['a template that was filled in', /62615533/],
  [
    'a link to another site',
    /(?:href|src|action)="(?:https?:)?\/\/evil\.example|(?:href|src|action)="javascript:/,
  ],
]

function faultsOf({ answer, page }: Sent): string[] {
  const faults: string[] = []
  for (const reply of [answer, page]) {
    if (reply.statusCode >= 500) faults.push(`answered ${reply.statusCode}`)
    for (const [what, pattern] of never) if (pattern.test(reply.body)) faults.push(`gave back ${what}`)
    const headers = JSON.stringify(reply.headers)
    if (/injected/i.test(headers)) faults.push('put what was sent into a header')
    const to = reply.headers.location
    if (to !== undefined && !/^\/(?![/\\])/.test(String(to))) faults.push(`leads to ${to}`)
  }
  return faults
}

/** Fields whose sentences may stand at one another, as an age that does not fit a date of birth. */
const oneQuestion: readonly (readonly string[])[] = [
  ['age', 'birthDate'],
  ['given', 'family', 'alsoKnownAs'],
  ['fields', 'written-summary', 'written-attendance'],
  ['email', 'password'],
]
const belongs = (complaint: string, field: string) =>
  groupOf(complaint) === groupOf(field) ||
  oneQuestion.some(fields => fields.includes(groupOf(complaint)) && fields.includes(groupOf(field)))

async function faultsOfValue(at: AtForm, sent: Sent, field: Field, value: BadValue): Promise<string[]> {
  const faults = faultsOf(sent)
  const written = await at.written()
  const marked = written.flatMap(({ table, row }) =>
    [...leaves(row)].filter(leaf => leaf.includes(MARK)).map(leaf => ({ table, leaf })),
  )
  if (isTaken(sent)) {
    for (const { table, leaf } of marked) {
      if (!holds(leaf, value.kept) && !isLineOf(leaf, value))
        faults.push(`was kept in ${table} as ${JSON.stringify(leaf.slice(0, 80))}`)
      if (leaf.includes('\uFFFD')) faults.push(`was kept in ${table} with a character that could not be read`)
    }
    return faults
  }
  if (written.length > 0)
    faults.push(`was refused, and written to ${[...new Set(written.map(w => w.table))]}`)
  const { complaints } = pageOf(sent.page.body)
  if (complaints === null)
    return [...faults, `was answered ${sent.answer.statusCode} without a summary of errors`]
  if (!complaints.some(name => belongs(name, field.name))) faults.push(`was refused because of ${complaints}`)
  if (field.secret) return faults
  const again = trying.routes && formAgain(at, sent)
  const shown = again?.fields.find(f => f.name === field.name)?.values[0]
  if (shown === undefined || plain(shown) !== value.kept) {
    faults.push(
      `was refused, and ${shown === undefined ? 'is gone' : `stands as ${JSON.stringify(shown.slice(0, 80))}`}`,
    )
  }
  return faults
}

const formAgain = (at: AtForm, sent: Sent) =>
  foundOn(sent.page.body, at.form.action, trying.routes).find(
    form => form.route === at.form.route && form.fields.some(f => f.name === at.form.fields.at(-1)!.name),
  )

/** The form filled in so that it would be taken. */
function filledIn(at: AtForm, { way, solved }: TriedForm): [string, string][] {
  const known = here.known(way.visitor, at.form, at.page)
  return pairsOf(at.form, answersBy(at.form, known, solved?.recipe ?? {}))
}

const withValue = (pairs: Pairs, name: string, ...values: string[]): [string, string][] => [
  ...pairs.filter(([n]) => n !== name).map(([n, v]): [string, string] => [n, v]),
  ...values.map((v): [string, string] => [name, v]),
]

/**
 * Pairs of field and value, in turn: each field meets so many values, each route at least so many, and each value many fields.
 * The seed says which.
 */
function* pairings<Value>(
  fieldsOf: (form: TriedForm) => readonly Field[],
  values: readonly Value[],
  { ofField, ofRoute }: { ofField: number; ofRoute: number },
): Generator<{ form: TriedForm; field: Field; value: Value }> {
  let drawn = seed * 7
  for (const [, alike] of Map.groupBy(forms, f => f.route)) {
    const fields = alike.flatMap(form => fieldsOf(form).map(field => ({ form, field })))
    if (fields.length === 0) continue
    const each = Math.max(ofField, Math.ceil(ofRoute / fields.length))
    for (const field of fields)
      for (let i = 0; i < each; i++) yield { ...field, value: values[drawn++ % values.length]! }
  }
}

async function tried(
  form: TriedForm,
  what: string,
  act: (at: AtForm, filled: [string, string][]) => Promise<string[]>,
): Promise<string[]> {
  const faults = await atForm(trying, form.way, at => act(at, filledIn(at, form)))
  return faults.map(fault => `${form.way.form} as ${form.way.visitor.name}: ${what} ${fault}`)
}

/** Takes what was counted out of the assertion's way, so that all faults are told at once. */
function noFaults(t: { diagnostic(text: string): void }, sent: number, faults: readonly string[]): void {
  t.diagnostic(`${sent} requests, seed ${seed}`)
  assert.deepEqual([...new Set(faults)], [])
}

test('whatever is typed is kept as it was typed, or refused in words beside it', async t => {
  const faults: string[] = []
  let n = 0
  const typed = (form: TriedForm) => (form.solved ? form.fields.filter(isTyped) : [])
  for (const { form, field, value } of pairings(typed, badTexts, { ofField: 1, ofRoute: 3 })) {
    n++
    faults.push(
      ...(await tried(form, `${value.name} in ${field.name}`, async (at, filled) =>
        faultsOfValue(at, await at.submit(withValue(filled, field.name, value.sent)), field, value),
      )),
    )
  }
  noFaults(t, n, faults)
})

test('a day that does not exist, or never can be meant, is refused in words', async t => {
  const faults: string[] = []
  let n = 0
  const dates = (form: TriedForm) => (form.solved ? form.fields.filter(f => f.name.endsWith('-day')) : [])
  for (const { form, field, value } of pairings(dates, badDates, { ofField: 1, ofRoute: 2 })) {
    n++
    const name = groupOf(field.name)
    const [day, month, year] = value
    faults.push(
      ...(await tried(form, `${value.join(' ')} as ${name}`, async (at, filled) => {
        const date = [
          ['day', day],
          ['month', month],
          ['year', year],
        ] as const
        const pairs = date.reduce((all, [part, text]) => withValue(all, `${name}-${part}`, text), filled)
        const sent = await at.submit(pairs)
        if (isTaken(sent)) {
          // A month alone may be all that is known of somebody's birth; any other of these is no day.
          return [...faultsOf(sent), ...(value === badDates[9] ? [] : ['was taken'])]
        }
        return faultsOfValue(at, sent, field, { name, sent: day, kept: day })
      })),
    )
  }
  noFaults(t, n, faults)
})

test('what is chosen or carried by the page cannot be forged', async t => {
  const faults: string[] = []
  let n = 0
  const carried = (form: TriedForm) =>
    form.fields.filter(f => !isTyped(f) && f.name !== '_csrf' && f.kind !== 'file')
  for (const { form, field, value } of pairings(carried, forged, { ofField: 1, ofRoute: 1 })) {
    n++
    faults.push(
      ...(await tried(form, `${JSON.stringify(value.slice(0, 40))} as ${field.name}`, async (at, filled) => {
        const sent = await at.submit(withValue(filled, field.name, value))
        const rows = await at.written()
        const stored =
          field.kind === 'hidden' || /^[0-9a-f]{8}-/.test(value)
            ? []
            : rows.flatMap(({ row }) => [...leaves(row)].filter(l => l === value))
        return [
          ...faultsOf(sent),
          ...(stored.length > 0 ? ['was kept'] : []),
          ...(!isTaken(sent) && rows.length > 0 ? ['was refused, and something written'] : []),
        ]
      })),
    )
  }
  noFaults(t, n, faults)
})

/** One form of each route: what is tried here does not depend on its fields. */
const oneOfEach = () =>
  [...Map.groupBy(forms, f => f.route).values()].map(all => all.find(f => f.solved) ?? all[0]!)

test('an empty form, and one whose fields come twice or not at all, gets an answer', async t => {
  const faults: string[] = []
  const all = oneOfEach()
  for (const form of all) {
    const typed = form.fields.filter(isTyped)
    faults.push(
      ...(await tried(form, 'empty', async (at, filled) => {
        const pairs = filled.map(([n, v]): [string, string] => [n, typed.some(f => f.name === n) ? '' : v])
        const sent = await at.submit(pairs)
        return [...faultsOf(sent), ...(await unlessTaken(at, sent))]
      })),
      ...(await tried(form, 'without its fields', async (at, filled) => {
        const sent = await at.submit(filled.filter(([n]) => n === '_csrf' || n === 'key'))
        return [...faultsOf(sent), ...(await unlessTaken(at, sent))]
      })),
      ...(await tried(form, 'with everything twice', async (at, filled) => {
        const sent = await at.submit([...filled, ...filled.filter(([n]) => n !== '_csrf')])
        return [...faultsOf(sent), ...(await unlessTaken(at, sent))]
      })),
    )
  }
  noFaults(t, all.length * 3, faults)
})

const unlessTaken = async (at: AtForm, sent: Sent): Promise<string[]> => {
  const rows = await at.written()
  return !isTaken(sent) && rows.length > 0 ? [`was refused, and wrote ${rows.map(r => r.table)}`] : []
}

test('a form without its mark, with another’s, as another method or as no form changes nothing', async t => {
  const faults: string[] = []
  const all = oneOfEach()
  const strange: Record<string, string> = {}
  const strangeMark = /name="_csrf" value="([^"]+)"/.exec(
    (await send(trying.app, strange, '/sign-in')).body,
  )![1]!
  for (const form of all) {
    faults.push(
      ...(await tried(form, '', async (at, filled) => {
        const found: string[] = []
        const url = at.form.action
        const sendings = {
          'without its mark': [url, urlencoded(filled.filter(([n]) => n !== '_csrf'))],
          'with the mark of another browser': [url, urlencoded(withValue(filled, '_csrf', strangeMark))],
          'as PUT': [url, { ...urlencoded(filled), method: 'PUT' }],
          'as PATCH': [url, { ...urlencoded(filled), method: 'PATCH' }],
          'as DELETE': [url, { ...urlencoded(filled), method: 'DELETE' }],
          'as JSON': [
            url,
            {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              payload: JSON.stringify(Object.fromEntries(filled)),
            },
          ],
        } as const
        for (const [how, [to, sending]] of Object.entries(sendings)) {
          const answer = await at.request(to, sending)
          if (answer.statusCode < 400 || answer.statusCode >= 500)
            found.push(`${how} was answered ${answer.statusCode}`)
          if ((await at.written()).length > 0) found.push(`${how} changed something`)
        }
        return found
      })),
    )
  }
  noFaults(t, all.length * 6, faults)
})

test('a session that was ended does nothing any more', async t => {
  const faults: string[] = []
  // In the demonstration everybody looks as an analyst, and may do what analysts do with evidence.
  const all = oneOfEach().filter(
    f => !['nobody', 'guest', 'analyst'].includes(f.way.visitor.role) && f.route !== '/sign-out',
  )
  for (const form of all) {
    faults.push(
      ...(await tried(form, 'after the session', async (at, filled) => {
        await here.web.store.installation.database.query(
          `update sessions set ended_at = '2026-11-20T08:30:00Z', ended_because = 'revoked'`,
        )
        const answer = await at.request(at.form.action, urlencoded(filled))
        const rows = await at.written()
        return [
          ...(answer.statusCode >= 400 && answer.statusCode < 500
            ? []
            : [`was answered ${answer.statusCode}`]),
          ...(rows.length > 0 ? [`wrote ${rows.map(r => r.table)}`] : []),
        ]
      })),
    )
  }
  noFaults(t, all.length, faults)
})

test('sent twice, a form does once what it does', async t => {
  const faults: string[] = []
  // A second link replaces the first, of which nobody can be told again.
  const all = oneOfEach().filter(f => f.solved && f.route !== '/users/:id/link')
  for (const form of all) {
    faults.push(
      ...(await tried(form, 'sent twice', async (at, filled) => {
        const count = async () => (await at.written()).length
        await at.request(at.form.action, urlencoded(filled))
        const once = await count()
        const again = await at.request(at.form.action, urlencoded(filled))
        const twice = await count()
        return [
          ...(again.statusCode >= 500 ? [`was answered ${again.statusCode}`] : []),
          ...(twice > once ? [`made ${twice - once} more`] : []),
        ]
      })),
    )
  }
  noFaults(t, all.length * 2, faults)
})

test('fields that no form has change nothing', async t => {
  const faults: string[] = []
  const all = oneOfEach().filter(f => f.solved)
  for (const form of all) {
    faults.push(
      ...(await tried(form, 'with fields of its own', async (at, filled) => {
        const names = new Set(filled.map(([n]) => n))
        const more = Object.entries(hopedFor).filter(
          ([name]) => !names.has(name) && !form.fields.some(f => f.name === name),
        )
        const sent = await at.submit([...filled, ...more])
        const rows = await at.written()
        return [
          ...faultsOf(sent),
          ...rows.flatMap(({ table, row }) =>
            Object.entries(row)
              .filter(([, v]) =>
                [...leaves(v)].some(l => l.includes(SOMEBODY) || l.includes(FAR_DAY) || l === MARK),
              )
              .map(([column]) => `settled ${table}.${column}`),
          ),
        ]
      })),
    )
  }
  noFaults(t, all.length, faults)
})

test('in another’s session, and with others’ numbers, a form leaves theirs alone', async t => {
  const faults: string[] = []
  const { database } = here.web.store.installation
  const all = oneOfEach().filter(f => f.solved && !['nobody', 'guest'].includes(f.way.visitor.role))
  const others = ['Youth worker', 'Neighbourhood police officer'].map(
    post => here.visitors.find(v => v.name === post)!,
  )
  const numbers = await database.query<{ of: string; agency: string; id: string }>(
    `select distinct on (agency, of) * from (
       select 'agency_records' as of, agency, id::text from agency_records union all
       select 'entries', agency, id::text from entries union all select 'users', agency, id::text from users union all
       select 'persons', agency, person_id::text from agency_records) as all_of order by agency, of, id`,
  )
  let n = 0
  for (const form of all) {
    const other = others.find(o => o.name !== form.way.visitor.name)!
    n++
    faults.push(
      ...(await tried(form, `in the session of ${other.name}`, async (at, filled) => {
        const cookies = { ...other.cookies }
        const mark = /name="_csrf" value="([^"]+)"/.exec(
          (await send(trying.app, cookies, '/account')).body,
        )![1]!
        const before = new Set((await at.written()).map(r => JSON.stringify(r)))
        const answer = await send(
          trying.app,
          cookies,
          at.form.action,
          urlencoded(withValue(filled, '_csrf', mark)),
        )
        const { agency } = await here.web.castMember(other.name as 'Youth worker')
        const rows = (await at.written()).filter(r => !before.has(JSON.stringify(r)))
        return [
          ...(answer.statusCode >= 500 ? [`was answered ${answer.statusCode}`] : []),
          ...rows
            .filter(({ row }) => row.agency && row.agency !== agency)
            .map(({ table }) => `wrote ${table} of another agency`),
        ]
      })),
    )
    const numbered = form.fields.filter(
      f => !isTyped(f) && [...f.values, ...f.options].some(v => /^[0-9a-f]{8}-/.test(v)),
    )
    for (const field of numbered) {
      for (const { of, id, agency } of numbers.filter((_, i) => (i + seed + n) % 60 === 0)) {
        n++
        faults.push(
          ...(await tried(form, `with ${of} of ${agency} as ${field.name}`, async (at, filled) => {
            const sent = await at.submit(withValue(filled, field.name, id))
            const rows = await at.written()
            const offered = at.form.fields.some(f => f.options.includes(id) || f.values.includes(id))
            return [
              ...faultsOf(sent),
              ...(offered
                ? []
                : rows
                    .filter(({ table, row }) => table === of && row.id === id)
                    .map(({ table }) => `changed ${table}`)),
            ]
          })),
        )
      }
    }
  }
  noFaults(t, n, faults)
})

test('what is asked for by an address is answered, whatever stands in it', async t => {
  const faults: string[] = []
  let n = 0
  let drawn = seed
  for (const way of getForms) {
    const fields = await atForm(trying, way, async at => at.form.fields)
    const values = [...badTexts, ...forged.map(sent => ({ name: sent.slice(0, 30), sent, kept: sent }))]
    for (let i = 0; i < Math.max(8, fields.length * 3); i++) {
      const field = fields[i % fields.length]!
      const value = values[drawn++ % values.length]!
      n++
      faults.push(
        ...(await atForm(trying, way, async at => {
          const sent = await at.submit([[field.name, value.sent]])
          const found = faultsOf(sent)
          if (sent.answer.statusCode >= 400 && !isPage(sent.answer)) found.push('was refused without a page')
          if ((await at.written()).length > 0) found.push('changed something')
          return found.map(
            fault => `${way.form} as ${way.visitor.name}: ${value.name} as ${field.name} ${fault}`,
          )
        })),
      )
    }
  }
  noFaults(t, n, faults)
})

test('an address with another spelling of a number, or with none, is not there', async t => {
  const faults: string[] = []
  let n = 0
  const forgeries = (part: string) => [
    part.toUpperCase() === part ? `${part}0` : part.toUpperCase(),
    `urn:uuid:${part}`,
    `{${part}}`,
    `${part}%00`,
    '%00',
    '%ff%fe',
    '..%2f..%2fetc%2fpasswd',
    `${part}'--`,
    '%3Cscript%3Ealert(1)',
    'constructor',
    '-1',
    '99999999999999999999',
    'x'.repeat(199),
  ]
  for (const [route, { visitor, page }] of walk.seen) {
    const parts = route.split('/')
    const at = parts.findLastIndex(part => part.startsWith(':'))
    if (at < 0) continue
    const path = page.split('?')[0]!.split('/')
    for (const forgery of forgeries(path[at]!)) {
      n++
      const url = path.with(at, forgery).join('/')
      const answer = await trying.undoing.undo(() => send(trying.app, { ...visitor.cookies }, url))
      const found = faultsOf({ answer, page: answer, url })
      if (answer.statusCode < 300 && forgery !== 'constructor')
        found.push(`was answered ${answer.statusCode}`)
      faults.push(...found.map(fault => `${visitor.name}: ${url} (${route}) ${fault}`))
    }
  }
  noFaults(t, n, faults)
})

test('files of wrong kinds and names, and what stands beside them, get a page that says why', async t => {
  await letGo()
  const analyst = await here.web.signInAs('Analyst')
  const faults: string[] = []
  const csrf = await analyst.token('/data/upload')
  const upload = async (what: string, supplier: string, fileName: string, content: string | Buffer) => {
    const answer = await analyst.upload('/data/upload', [
      { name: '_csrf', value: csrf },
      { name: 'supplier', value: supplier },
      { name: 'dryRun', value: 'yes' },
      { name: 'files', fileName, content },
    ])
    const to = answer.headers.location
    const page = to ? await analyst.get(String(to)) : answer
    faults.push(...faultsOf({ answer, page, url: '/data/upload' }).map(fault => `${what} ${fault}`))
    return { answer, page }
  }
  for (const { name, sent, kept } of badTexts) {
    const { answer } = await upload(`${name} as supplier`, sent, 'march.csv', 'a,b\n1,2\n')
    if (answer.statusCode !== 400) continue
    const shown = pageOf(answer.body)
      .forms.flatMap(f => f.fields)
      .find(f => f.name === 'supplier')?.values[0]
    if (plain(shown ?? '') !== kept)
      faults.push(`${name} as supplier was refused, and stands as ${shown?.slice(0, 80)}`)
    if (!pageOf(answer.body).complaints?.includes('supplier'))
      faults.push(`${name} as supplier was refused without a word`)
  }
  const names = [
    '../../etc/passwd',
    'C:\\march.csv',
    'march.exe',
    'march.csv.php',
    `${'x'.repeat(300)}.csv`,
    '.',
    'a\u202Evsc.csv',
  ]
  for (const name of [
    ...names,
    '<script>alert("x").csv',
    '{{7919*7907}}.csv',
    '%00.csv',
    "';drop table loads--.csv",
  ]) {
    await upload(`a file called ${name}`, '', name, 'a,b\n1,2\n')
  }
  const contents: [string, string | Buffer][] = [
    ['nothing', ''],
    ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0])],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['a document', '%PDF-1.7\n%âãÏÓ\n1 0 obj'],
    ['half a workbook', Buffer.from('504b03041400000008', 'hex')],
    ['a page', '<html><script>alert(1)</script></html>'],
    ['letters of UTF-16', Buffer.from('a,b\n1,2\n', 'utf16le')],
    ['NUL', 'a,b\n1,\0\n'],
    ['one very long line', 'x'.repeat(200_000)],
    ['formulas', 'a,b\n=cmd|x,@SUM(1)\n'],
  ]
  for (const [what, content] of contents) {
    const { page } = await upload(what, '', 'march.csv', content)
    if (page.statusCode !== 200 && page.statusCode !== 400)
      faults.push(`${what} was answered ${page.statusCode}`)
  }
  noFaults(t, badTexts.length + names.length + contents.length, faults)
})

test('nothing of all this stands in the log', () => {
  assert.ok(here.log.length > 1000, `${here.log.length} lines`)
  const told = here.log.filter(line =>
    new RegExp(`${MARK}|evil\\.example|Written for a test|kettle of herons`).test(line),
  )
  assert.deepEqual(told.slice(0, 3), [])
})
