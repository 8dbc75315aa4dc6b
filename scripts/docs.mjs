/**
 * `npm run docs`: writes everything that is made from the program itself. `npm run docs -- --check` compares it with
 * what is committed, and fails where something is out of date.
 */
import { spawnSync } from 'node:child_process'
import { concordNode, projectFolder } from './concord-node.mjs'
import { ensureInstalled } from './install.mjs'

const generators = [
  'src/cli/docs/write-docs.ts',
  'src/measures/write-measure-docs.ts',
  'src/measures/write-measure-sql.ts',
  'src/web/api/write-api-description.ts',
]

ensureInstalled({ development: true })
const failed = generators.filter(file => {
  const { status } = spawnSync(concordNode(), [file, ...process.argv.slice(2)], {
    cwd: projectFolder,
    stdio: 'inherit',
  })
  return status !== 0
})
process.exit(failed.length === 0 ? 0 : 1)
