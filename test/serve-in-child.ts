/**
 * Serves a data folder in a process of its own, for tests that kill it: `serve-in-child.ts FOLDER DATABASE-URL|-`. Told
 * `{ dieBefore: n }`, it kills itself before the nth statement that it sends to the database from then on.
 */
import pg from 'pg'
import { readAreaPack } from '../src/areas/read-area-pack.ts'
import { openEvidence } from '../src/evidence/open-evidence.ts'
import { readConfig } from '../src/platform/config.ts'
import { openInstallation } from '../src/platform/installation.ts'
import { createServer } from '../src/web/server.ts'
import { morning } from './casework-for-tests.ts'

const [dataFolder, url] = process.argv.slice(2)
const clock = () => morning

let left = Number.POSITIVE_INFINITY
const query = pg.Client.prototype.query as (...words: unknown[]) => unknown
Object.assign(pg.Client.prototype, {
  query(this: pg.Client, ...words: unknown[]) {
    if (--left <= 0) process.kill(process.pid, 'SIGKILL')
    return query.apply(this, words)
  },
})
process.on('message', (told: { dieBefore: number }) => {
  left = told.dieBefore
  process.send!('armed')
})

const config = {
  ...readConfig({}),
  dataFolder: dataFolder!,
  databaseUrl: url === '-' ? null : url!,
  logLevel: 'silent',
}
const pack = await readAreaPack(config.areaFolder)
const store = await openEvidence(await openInstallation(config, { clock }), pack)
const app = await createServer({ store, pack, clock, synthetic: true, isOpen: () => true })
process.send!({ address: await app.listen({ host: '127.0.0.1', port: 0 }) })
