/**
 * Fails where an installed package has a licence that nobody has looked at. A licence that asks something of
 * whoever passes the program on is allowed for a package at a time, with the reason.
 */
import { readFileSync } from 'node:fs'
import { projectFolder } from './concord-node.mjs'

const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
  'Zlib',
])

const allowedFor = {
  'axe-core': ['MPL-2.0', 'checks pages in the tests and is not passed on'],
  '@expo-google-fonts/inter': [
    'MIT AND OFL-1.1',
    'the same typeface as files that PDF can hold, passed on unchanged',
  ],
  '@fontsource-variable/inter': ['OFL-1.1', 'a typeface, passed on unchanged with its licence'],
}

/** `A OR B` needs one of them, `A AND B` both; names may stand in brackets. */
function isAllowed(expression) {
  const words = expression.replaceAll(/[()]/g, '')
  if (words.includes(' OR ')) return words.split(' OR ').some(isAllowed)
  return words.split(' AND ').every(name => allowed.has(name.trim()))
}

const { packages } = JSON.parse(readFileSync(`${projectFolder}node_modules/.package-lock.json`, 'utf8'))
const faults = Object.keys(packages).flatMap(path => {
  const { name, license, licenses } = JSON.parse(readFileSync(`${projectFolder}${path}/package.json`, 'utf8'))
  const given = typeof license === 'string' ? license : JSON.stringify(license ?? licenses ?? 'none')
  return isAllowed(given) || allowedFor[name]?.[0] === given ? [] : [`${name} (${given})`]
})
if (faults.length > 0) {
  console.error(
    `Licences that are not on the list in scripts/licences.mjs: ${faults.join(', ')}. Read them, then allow them there with a reason or leave the package.`,
  )
  process.exit(1)
}
console.log(`The licences of ${Object.keys(packages).length} packages are on the list.`)
