/** Runs one TypeScript file of the repository under Concord's Node: `node scripts/run.mjs bench/bench.ts`. */
import { projectFolder, runUnderConcordNode } from './concord-node.mjs'
import { ensureInstalled } from './install.mjs'

const [file, ...args] = process.argv.slice(2)
if (!file) {
  console.error('Which file? node scripts/run.mjs FILE [ARGUMENT…]')
  process.exit(2)
}
ensureInstalled({ development: true })
process.chdir(projectFolder)
runUnderConcordNode([file, ...args])
