/**
 * Installs what package-lock.json names, when it is not there. What is installed is compared by content, not by
 * the files' times: a checkout or a copy changes times and nothing else.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { concordNode, projectFolder } from './concord-node.mjs'

const packagesOf = path => {
  try {
    return JSON.parse(readFileSync(`${projectFolder}${path}`, 'utf8')).packages
  } catch {
    return null
  }
}

/** True when every package that is needed here is there in the locked version. */
export function isInstalled({ development }) {
  const locked = packagesOf('package-lock.json')
  const there = packagesOf('node_modules/.package-lock.json')
  if (!locked || !there || !concordNode()) return false
  return Object.entries(locked).every(([path, { version, optional, dev }]) => {
    if (path === '') return true
    const installed = there[path]
    if (!installed) return optional || (dev && !development)
    return installed.version === version
  })
}

/** Installs if need be; ends the program with a sentence when that fails. */
export function ensureInstalled({ development }) {
  if (isInstalled({ development })) return
  console.error('Installing the packages that Concord needs (once; this takes about a minute) …')
  const npm = process.env.npm_execpath
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const { status, error } = npm
    ? spawnSync(process.execPath, [npm, ...args], {
        cwd: projectFolder,
        stdio: ['ignore', 'ignore', 'inherit'],
      })
    : spawnSync('npm', args, {
        cwd: projectFolder,
        stdio: ['ignore', 'ignore', 'inherit'],
        shell: process.platform === 'win32',
      })
  if (status === 0 && isInstalled({ development })) return
  console.error(
    `The packages could not be installed${error ? `: ${error.message}` : ''}. Installing needs the network once; Concord works without it afterwards.`,
  )
  process.exit(1)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureInstalled({ development: true })
