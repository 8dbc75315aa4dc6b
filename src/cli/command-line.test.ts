/** The program as it is run: real processes, real stores, exit statuses. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from 'node:test'

const main = resolve(import.meta.dirname, 'main.ts')
const { PORT, HOST, DATABASE_URL, CONCORD_AREA, ...environment } = process.env

interface Ended {
  status: number | null
  out: string
  err: string
}

const start = (data: string, args: string[], more: Record<string, string> = {}): ChildProcess =>
  spawn(process.execPath, [main, ...args], {
    cwd: data,
    env: { ...environment, CONCORD_DATA: join(data, 'var'), ...more },
  })

function ended(child: ChildProcess): Promise<Ended> {
  let out = ''
  let err = ''
  child.stdout?.on('data', text => {
    out += text
  })
  child.stderr?.on('data', text => {
    err += text
  })
  return new Promise(done => child.on('close', status => done({ status, out, err })))
}

const concord = (data: string, ...args: string[]): Promise<Ended> => ended(start(data, args))

const empty = () => mkdtemp(join(tmpdir(), 'concord-command-line-'))

/** A data folder that was opened once: making a new embedded PostgreSQL each time is most of what a command takes. */
let opened: Promise<string> | null = null

async function openedOnce(): Promise<string> {
  const data = await empty()
  assert.equal((await concord(data, 'migrate')).status, 0)
  return data
}

async function folder(): Promise<string> {
  opened ??= openedOnce()
  const data = await empty()
  await cp(join(await opened, 'var'), join(data, 'var'), { recursive: true })
  return data
}

const header = 'offence_id,force,recorded_on,ho_code\n'
const good = (n: number, from = 1) =>
  Array.from({ length: n }, (_, i) => `A${from + i},west-midlands,2019-03-14,34B\n`).join('')

async function withFile(name: string, text: string): Promise<string> {
  const data = await folder()
  await writeFile(join(data, name), text)
  return data
}

const oneSentence = (text: string): void => assert.match(text, /^[^\n]+\.\n$/)

test('without a command it says how to call, and 2', async () => {
  const { status, out, err } = await concord(await empty())
  assert.equal(status, 2)
  assert.equal(out, '')
  assert.match(err, /Usage: concord COMMAND/)
})

test('an unknown command suggests the nearest, and 2', async () => {
  const { status, err } = await concord(await empty(), 'improt')
  assert.equal(status, 2)
  assert.match(err, /no command "improt"\. Did you mean "concord import"\?/)
})

test('an unknown option, a missing argument and one too many are wrong usage, told before a store is opened', async () => {
  const data = await empty()
  for (const args of [
    ['loads', '--jsno'],
    ['import'],
    ['withdraw', '1', '2'],
    ['withdraw', 'first'],
    ['figure'],
  ]) {
    const { status, err } = await concord(data, ...args)
    assert.equal(status, 2, args.join(' '))
    assert.match(err, /Usage: concord /)
  }
  assert.equal(existsSync(join(data, 'var')), false)
})

test('help says how to call every command', async () => {
  const data = await empty()
  const { out } = await concord(data, 'help')
  for (const name of ['demo', 'serve', 'import', 'loads', 'withdraw', 'measures', 'figure']) {
    assert.match(out, new RegExp(`^ {2}${name}\\b`, 'm'))
  }
  assert.match((await concord(data, 'import', '--help')).out, /--dry-run/)
})

test('a file is loaded, listed, counted and withdrawn', async () => {
  const data = await withFile('march.csv', header + good(12))
  const imported = await concord(data, 'import', 'march.csv')
  assert.deepEqual([imported.status, imported.err], [0, ''])
  assert.match(imported.out, /12 rows read, 12 accepted of 2019-03/)

  const [load] = JSON.parse((await concord(data, 'loads', '--json')).out)
  assert.deepEqual([load.fileName, load.status, load.rowsAccepted], ['march.csv', 'active', 12])

  const withdrawn = await concord(data, 'withdraw', String(load.id))
  assert.equal(withdrawn.status, 0)
  const again = await concord(data, 'withdraw', String(load.id))
  assert.equal(again.status, 1)
  oneSentence(again.err)
  assert.match((await concord(data, 'verify-audit')).out, /^2 entries, each as it was written\./)
})

test('a dry run says what would happen and writes nothing', async () => {
  const data = await withFile('march.csv', header + good(3))
  const { status, out } = await concord(data, 'import', 'march.csv', '--dry-run')
  assert.equal(status, 0)
  assert.match(out, /would be loaded/)
  assert.equal((await concord(data, 'loads', '--json')).out, '[]\n')
})

test('rejected rows come back with their reason, and load when corrected', async () => {
  const data = await withFile('march.csv', `${header + good(20)}B1,west-midlands,2019-02-31,34B\n`)
  const { status } = await concord(data, 'import', 'march.csv')
  assert.equal(status, 0)
  const [load] = JSON.parse((await concord(data, 'loads', '--json')).out)
  assert.equal((await concord(data, 'rejected', String(load.id), '--out', 'bad.csv')).status, 0)
  const rejected = await readFile(join(data, 'bad.csv'), 'utf8')
  assert.match(rejected, /B1,/)
  assert.match(rejected, /recorded_on/)
  await writeFile(join(data, 'bad.csv'), rejected.replace('2019-02-31', '2019-02-28'))
  const sent = JSON.parse((await concord(data, 'import', 'bad.csv', '--json')).out)
  assert.deepEqual([sent[0].status, sent[0].rowsAccepted], ['active', 1])
})

test('a load with too many bad rows waits, and 1; it loads when accepted', async () => {
  const data = await withFile('march.csv', `${header + good(2)}B1,west-midlands,never,34B\n`)
  const waiting = await concord(data, 'import', 'march.csv')
  assert.equal(waiting.status, 1)
  oneSentence(waiting.err.replaceAll('. ', ', '))
  assert.match(waiting.err, /--accept-rejected/)
  assert.equal((await concord(data, 'import', 'march.csv', '--accept-rejected')).status, 0)
})

test('a file that is none is refused in a sentence, the others load, and 1', async () => {
  const data = await withFile('march.csv', header + good(2))
  await writeFile(join(data, 'empty.csv'), '')
  const { status, out, err } = await concord(data, 'import', 'empty.csv', 'march.csv')
  assert.equal(status, 1)
  assert.match(err, /empty\.csv/)
  oneSentence(err.replaceAll('. ', ', '))
  assert.match(out, /march\.csv: loaded/)
})

test("a supplier's own headings load after their mapping was saved", async () => {
  const data = await withFile('theirs.csv', 'Ref,Area,Logged,Class\nA1,west-midlands,2019-03-14,34B\n')
  const saved = await concord(
    data,
    ...[
      'mapping',
      'offences',
      '--supplier',
      'City',
      'Ref=offence_id',
      'Area=force',
      'Logged=recorded_on',
      'Class=ho_code',
    ],
  )
  assert.deepEqual([saved.status, saved.err], [0, ''])
  const { status, out, err } = await concord(data, 'import', 'theirs.csv', '--supplier', 'City')
  assert.deepEqual([status, err], [0, ''])
  assert.match(out, /1 accepted/)
  const wrong = await concord(data, 'mapping', 'offences', '--supplier', 'City', 'Ref=offence_number')
  assert.equal(wrong.status, 1)
  assert.match(wrong.err, /no column "offence_number"/)
})

test('no progress and no colour goes into a pipe', async () => {
  const data = await withFile('march.csv', header + good(2000))
  const { out, err } = await concord(data, 'import', 'march.csv')
  assert.equal(err, '')
  assert.doesNotMatch(out.replaceAll('\n', ''), /\p{Cc}/u)
})

test('a reader who has had enough is no fault', async () => {
  const data = await empty()
  const child = start(data, ['template', 'offences'])
  child.stdout?.destroy()
  const { status, err } = await ended(child)
  assert.deepEqual([status, err], [0, ''])
})

test('a command waits for another that has the folder open, then runs; or says who has it', async () => {
  const data = await folder()
  const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await writeFile(join(data, 'var', 'lock'), String(holder.pid))
  const refused = await concord(data, 'loads', '--wait', '0')
  assert.equal(refused.status, 1)
  assert.match(refused.err, new RegExp(`Process ${holder.pid} has this data folder open`))

  const waiting = start(data, ['loads', '--wait', '30'])
  const outcome = ended(waiting)
  await new Promise(heard => waiting.stderr?.once('data', heard))
  holder.kill()
  const { status, err } = await outcome
  assert.equal(status, 0)
  assert.match(err, /Waiting up to 30 seconds/)
})

test('Ctrl-C leaves the old truth or the new, and the folder usable', async () => {
  const data = await withFile('big.csv', header + good(200_000))
  const child = start(data, ['import', 'big.csv'])
  const outcome = ended(child)
  // As soon as the file is being read, whichever step it has come to.
  while (
    !existsSync(join(data, 'var', 'incoming')) ||
    (await readdir(join(data, 'var', 'incoming'))).length === 0
  ) {
    await new Promise(soon => setTimeout(soon, 20))
  }
  child.kill('SIGINT')
  await outcome
  const loads = JSON.parse((await concord(data, 'loads', '--json')).out)
  const files = await readdir(join(data, 'var', 'evidence', 'files'), { recursive: true })
  assert.equal(loads.length === 0, files.filter(name => name.endsWith('.parquet')).length === 0)
  assert.deepEqual(await readdir(join(data, 'var', 'incoming')), [])
})

const freePort = (): Promise<number> =>
  new Promise(done => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })

async function serving(
  data: string,
): Promise<{ child: ChildProcess; port: number; outcome: Promise<Ended> }> {
  const port = await freePort()
  const child = start(data, ['serve'], { PORT: String(port) })
  const outcome = ended(child)
  await new Promise<void>((ready, failed) => {
    child.stdout?.on('data', text => String(text).includes('Ctrl-C') && ready())
    child.on('close', () => failed(new Error('the server did not start')))
  })
  return { child, port, outcome }
}

test('while the server runs, a command goes to it: same output, same exit status, same file', async () => {
  const data = await withFile('march.csv', `${header + good(20)}B1,west-midlands,2019-02-31,34B\n`)
  await writeFile(join(data, 'empty.csv'), '')
  const { child, port, outcome } = await serving(data)
  try {
    const imported = await concord(data, 'import', 'march.csv', '--json')
    assert.deepEqual([imported.status, imported.err], [0, ''])
    assert.equal(JSON.parse(imported.out)[0].rowsAccepted, 20)

    const served = await concord(data, 'loads', '--json')
    const load = JSON.parse(served.out)[0]
    assert.equal((await concord(data, 'rejected', String(load.id), '--out', 'bad.csv')).status, 0)
    assert.match(await readFile(join(data, 'bad.csv'), 'utf8'), /B1,/)

    const refused = await concord(data, 'import', 'empty.csv')
    assert.equal(refused.status, 1)
    assert.match(refused.err, /empty\.csv/)

    const usage = await concord(data, 'withdraw')
    assert.equal(usage.status, 2)

    const second = await ended(start(data, ['serve'], { PORT: String(await freePort()) }))
    assert.equal(second.status, 1)
    assert.match(second.err, new RegExp(`already, at http://localhost:${port}`))

    child.kill('SIGTERM')
    assert.equal((await outcome).status, 0)
    assert.equal(existsSync(join(data, 'var', 'server.json')), false)
    assert.equal((await concord(data, 'loads', '--json')).out, served.out)
  } finally {
    child.kill('SIGKILL')
  }
})

test('the port for commands is shut to whoever has no key, and its file to other accounts', async () => {
  const data = await folder()
  const { child } = await serving(data)
  try {
    const file = join(data, 'var', 'server.json')
    assert.equal((await stat(file)).mode & 0o777, 0o600)
    const { commandPort, key } = JSON.parse(await readFile(file, 'utf8'))
    const ask = (method: string, path: string, headers: Record<string, string>) =>
      fetch(`http://127.0.0.1:${commandPort}${path}`, {
        method,
        headers,
        ...(method === 'POST' ? { body: JSON.stringify({ argv: [], cwd: '/', account: 'tester' }) } : {}),
      })
    const bearer = { authorization: `Bearer ${key}` }
    assert.equal((await ask('POST', '/commands/loads', {})).status, 404)
    assert.equal((await ask('POST', '/commands/loads', { authorization: 'Bearer guess' })).status, 404)
    assert.equal((await ask('GET', '/commands/loads', bearer)).status, 404)
    assert.equal((await ask('POST', '/commands/../loads', bearer)).status, 404)
    const answer = await ask('POST', '/commands/loads', bearer)
    assert.equal(answer.status, 200)
    assert.match(await answer.text(), /"kind":"status","status":0/)
  } finally {
    child.kill('SIGKILL')
  }
})

test('a server that was killed leaves a file behind; commands and the next server find their own way', async () => {
  const data = await folder()
  const { child, outcome } = await serving(data)
  child.kill('SIGKILL')
  await outcome
  assert.equal(existsSync(join(data, 'var', 'server.json')), true)
  assert.equal((await concord(data, 'loads', '--json')).out, '[]\n')
  const next = await serving(data)
  next.child.kill('SIGTERM')
  assert.equal((await next.outcome).status, 0)
})

test('a port that is taken is said before anything else is done, and 1', async () => {
  const data = await empty()
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise(listening => other.once('listening', listening))
  const address = other.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const { status, err } = await ended(start(data, ['serve'], { PORT: String(port) }))
  other.close()
  assert.equal(status, 1)
  oneSentence(err.replace('. ', ', '))
  assert.match(err, /Set PORT/)
  assert.equal(existsSync(join(data, 'var')), false)
})

test('a setting that is wrong and a database that is not there are said in a sentence, and 1', async () => {
  const data = await empty()
  const wrong = await ended(start(data, ['loads'], { PORT: 'eighty' }))
  assert.equal(wrong.status, 1)
  assert.match(wrong.err, /^PORT is "eighty" but must be a whole number/)
  const absent = await ended(start(data, ['loads'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }))
  assert.equal(absent.status, 1)
  assert.match(absent.err, /^The PostgreSQL server that DATABASE_URL names cannot be used/)
})

test('"check-paper" prints what disagrees and why, and ends with 1; what cannot be read is said in a sentence', async () => {
  const data = await empty()
  await writeFile(
    join(data, 'paper.md'),
    'There was a 16% reduction (80 vs 90 cases).\n\nIt rose by 25% from 80 to 100.\n',
  )
  const checked = await concord(data, 'check-paper', 'paper.md')
  assert.equal(checked.status, 1)
  assert.match(checked.out, /paper\.md: 1 disagrees, 0 cannot be told, 1 agrees/)
  assert.match(checked.out, /\(80 − 90\) ÷ 90 = -11\.1%/)
  assert.doesNotMatch(checked.out, /from 80 to 100/)
  assert.match((await concord(data, 'check-paper', 'paper.md', '--all')).out, /from 80 to 100/)
  const absent = await concord(data, 'check-paper', 'no-such.docx')
  assert.equal(absent.status, 1)
  assert.match(absent.err, /no-such\.docx cannot be opened/)
})
