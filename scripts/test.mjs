/**
 * `npm test`: installs when needed and runs every test. `npm test -- src/evidence/intake/*.test.ts` runs some.
 *
 * Three files at a time: two keep two cores busy for three quarters of the time only, because a file often waits for a
 * browser, a server or a program that it has started. The settings of an installation are taken away, so that no test can
 * reach its data.
 */
import { projectFolder, runUnderConcordNode } from './concord-node.mjs'
import { ensureInstalled } from './install.mjs'

ensureInstalled({ development: true })
process.chdir(projectFolder)
const { CONCORD_DATA, CONCORD_AREA, DATABASE_URL, PORT, HOST, ...environment } = process.env
const chosen = process.argv.slice(2)
runUnderConcordNode(
  [
    '--test',
    '--test-reporter=spec',
    '--test-concurrency=3',
    '--test-timeout=600000',
    ...(chosen.length > 0 ? chosen : ['src/**/*.test.ts', 'test/**/*.test.ts']),
  ],
  environment,
)
