/** What must hold of the repository as a whole, so that a fresh clone works anywhere. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { test } from 'node:test'
import { faultCodes } from '../src/platform/errors.ts'

const project = resolve(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(project, path), 'utf8')

function filesOfRepository(): string[] {
  try {
    const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
      cwd: project,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return listed.split('\n').filter(path => path !== '' && existsSync(join(project, path)))
  } catch {
    return []
  }
}

const files = filesOfRepository()
const texts = files.filter(path => !/\.(png|ico|woff2?|xlsx|parquet|gz)$/.test(path))
const notACheckout = files.length === 0 ? 'this folder is no git checkout' : false

/** Files that hold a pattern, with the line. */
const holding = (paths: readonly string[], pattern: RegExp): string[] =>
  paths.flatMap(path =>
    read(path)
      .split('\n')
      .flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}`] : [])),
  )

test('every migration has a number of its own, one after the other', () => {
  const numbers = readdirSync(join(project, 'migrations'))
    .sort()
    .map(name => Number(name.slice(0, 4)))
  assert.deepEqual(
    numbers,
    numbers.map((_, i) => i + 1),
  )
})

test('no path of a particular machine is in the repository', { skip: notACheckout }, () => {
  assert.deepEqual(holding(texts, /(^|[\s"'`(=])\/(work|root|home|Users)\//), [])
})

test('no registry is named, and the lock says what a package is and not where it was fetched', {
  skip: notACheckout,
}, () => {
  assert.deepEqual(holding(['package-lock.json'], /"resolved":/), [])
  assert.deepEqual(holding(texts, /\bregistry\s*=|https?:\/\/[^\s"']*(registry|artifactory|nexus)\b/i), [])
})

test('the lock names the packages of every platform, or "npm ci" would refuse it', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>
  }
  const isNamed = (from: string, name: string): boolean => {
    const above = from.lastIndexOf('node_modules/')
    if (packages[`${from ? `${from}/` : ''}node_modules/${name}`]) return true
    return from !== '' && isNamed(above > 0 ? from.slice(0, above - 1) : '', name)
  }
  const absent = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(name => !isNamed(path, name)),
  )
  assert.deepEqual(absent, [])
})

test('no file is named after nothing in particular', { skip: notACheckout }, () => {
  const vague = /^(utils?|helpers?|common|misc|manager)\b/i
  assert.deepEqual(
    files.filter(
      path =>
        vague.test(basename(path)) ||
        dirname(path)
          .split('/')
          .some(part => vague.test(part)),
    ),
    [],
  )
})

test('only the configuration reads the environment', () => {
  const programs = files.filter(path => /^src\/.*\.ts$/.test(path) && !path.endsWith('.test.ts'))
  assert.deepEqual(
    holding(programs, /process\.env\b/).map(found => found.split(':')[0]),
    programs.includes('src/platform/config.ts') ? ['src/platform/config.ts', 'src/platform/config.ts'] : [],
  )
})

test('every fault code is explained in docs/operations/errors.md, and every code there exists', () => {
  const explained = [...read('docs/operations/errors.md').matchAll(/^### `([a-z-]+)`$/gm)].map(m => m[1]!)
  assert.deepEqual(explained.toSorted(), Object.keys(faultCodes).toSorted())
})

test('what each fault means is said there as the program says it', () => {
  const text = read('docs/operations/errors.md')
  for (const [code, meaning] of Object.entries(faultCodes)) {
    assert.ok(text.includes(`### \`${code}\`\n\n${meaning}.`), code)
  }
})

test('every fault code is thrown somewhere', () => {
  const programs = files.filter(path => /^src\/.*\.ts$/.test(path) && path !== 'src/platform/errors.ts')
  const text = programs
    .filter(path => !path.endsWith('.test.ts'))
    .map(read)
    .join('\n')
  assert.deepEqual(
    Object.keys(faultCodes).filter(code => files.length > 0 && !text.includes(`'${code}'`)),
    [],
  )
})

test('every command and file that a fresh clone is told to run is there and may be run', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  assert.equal(scripts.start, 'node scripts/start.mjs')
  assert.equal(scripts.test, 'node scripts/test.mjs')
  const named = Object.values(scripts).flatMap(line => line.match(/[\w/-]+\.(mjs|ts)\b/g) ?? [])
  for (const path of named) assert.ok(existsSync(join(project, path)), path)
  for (const path of ['bin/concord', '.ci/run']) accessSync(join(project, path), constants.X_OK)
})

test('every page that a document points to is there', { skip: notACheckout }, () => {
  const broken = files
    .filter(path => path.endsWith('.md'))
    .flatMap(path =>
      [...read(path).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
        .filter(match => !existsSync(join(project, dirname(path), match[1]!)))
        .map(match => `${path} → ${match[1]}`),
    )
  assert.deepEqual(broken, [])
})

test('nothing is left half done', { skip: notACheckout }, () => {
  const unfinished = new RegExp(
    `\\b(${['TO', 'FIX', 'XX'].map((a, i) => a + ['DO', 'ME', 'X'][i]).join('|')})\\b`,
  )
  assert.deepEqual(
    holding(
      texts.filter(path => /\.(ts|mjs|njk|sql|scss|md)$/.test(path)),
      unfinished,
    ),
    [],
  )
})
