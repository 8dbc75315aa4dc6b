/**
 * `npm test`: installs when needed and runs every test. `npm test -- src/evidence/intake/*.test.ts` runs some.
 *
 * Three files at a time: two keep two cores busy for three quarters of the time only, because a file often waits for a
 * browser, a server or a program that it has started. The settings of an installation are taken away, so that no test can
 * reach its data.
 */
import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectFolder, runUnderConcordNode } from './concord-node.mjs'
import { ensureInstalled } from './install.mjs'

const GIB = 1024 ** 3
/** What the largest tests that run at one time put there, and as much again. */
const MOST_WRITTEN = 6 * GIB

ensureInstalled({ development: true })
process.chdir(projectFolder)
const { CONCORD_DATA, CONCORD_AREA, DATABASE_URL, PORT, HOST, ...environment } = process.env
const chosen = process.argv.slice(2)
const temporary = temporaryFolder()
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }))
runUnderConcordNode(
  [
    '--test',
    '--test-reporter=spec',
    '--test-concurrency=3',
    '--test-timeout=600000',
    ...(chosen.length > 0 ? chosen : ['src/**/*.test.ts', 'test/**/*.test.ts']),
  ],
  {
    ...environment,
    TMPDIR: temporary,
    NODE_COMPILE_CACHE: join(projectFolder, 'node_modules/.cache/concord/compiled'),
  },
)

/**
 * A folder for all that tests write, which goes when they are over. In memory where there is room: tests copy and throw away
 * hundreds of stores. Open to every account, because a server's files belong to one that is not root.
 */
function temporaryFolder() {
  const folder = mkdtempSync(join(hasRoom('/dev/shm') ? '/dev/shm' : tmpdir(), 'concord-tests-'))
  chmodSync(folder, 0o1777)
  return folder
}

function hasRoom(place) {
  try {
    const { bavail, bsize } = statfsSync(place)
    return process.env.TMPDIR === undefined && bavail * bsize >= MOST_WRITTEN
  } catch {
    return false
  }
}
