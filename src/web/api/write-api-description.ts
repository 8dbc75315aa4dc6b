/**
 * Writes `docs/api/openapi.json` from the schemas; with `--check` says whether it is up to date instead.
 *
 *     node src/web/api/write-api-description.ts [--check]
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readAreaPack } from '../../areas/read-area-pack.ts'
import { openEvidence } from '../../evidence/open-evidence.ts'
import { readConfig } from '../../platform/config.ts'
import { openInstallation } from '../../platform/installation.ts'
import { createServer } from '../server.ts'

const path = resolve(import.meta.dirname, '../../../docs/api/openapi.json')

async function description(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'concord-api-'))
  const config = { ...readConfig({}), dataFolder: folder, logLevel: 'silent' }
  const pack = await readAreaPack(config.areaFolder)
  const installation = await openInstallation(config)
  try {
    const store = await openEvidence(installation, pack)
    const app = await createServer({
      store,
      pack,
      clock: installation.clock,
      synthetic: true,
      isOpen: () => true,
    })
    const answer = await app.inject('/api/openapi.json')
    await app.close()
    store.close()
    return answer.body
  } finally {
    await installation.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const now = await description()
if (!process.argv.includes('--check')) {
  await writeFile(path, now)
} else if ((await readFile(path, 'utf8').catch(() => '')) !== now) {
  console.error('docs/api/openapi.json is out of date: run node src/web/api/write-api-description.ts.')
  process.exitCode = 1
}
