/** `npm start`: installs when needed, builds the synthetic partnership once, and serves it. */
import { projectFolder, runUnderConcordNode } from './concord-node.mjs'
import { ensureInstalled } from './install.mjs'

ensureInstalled({ development: false })
runUnderConcordNode([`${projectFolder}src/cli/main.ts`, 'demo', ...process.argv.slice(2)])
