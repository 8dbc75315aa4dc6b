/**
 * What has to hold on each store that Concord runs on: the embedded one, and a server on which an ordinary user owns the
 * database. The server is one for a whole test file.
 */
import { after, describe } from 'node:test'
import pg from 'pg'
import { type Database, openDatabase } from '../src/platform/postgres.ts'
import { openEmptyStore } from './empty-store.ts'
import { ordinaryOwner } from './ordinary-owner.ts'
import { type RealPostgres, startRealPostgres } from './real-postgres.ts'

export interface TestedStore {
  server: boolean
  /** The address of a database in which nothing is yet; null stands for the embedded store. */
  databaseUrl(): Promise<string | null>
  /** Such a database, opened; the embedded one is gone when it is closed. */
  open(): Promise<Database>
}

/** Declares the tests once for each store, under its name. */
export function onEveryStore(what: string, tests: (store: TestedStore) => void): void {
  describe(`${what}, on the embedded store`, () => {
    tests(testedStore(false, async () => null))
  })
  describe(`${what}, on a server`, () => {
    tests(testedStore(true, newDatabase))
    after(stop)
  })
}

const testedStore = (server: boolean, databaseUrl: TestedStore['databaseUrl']): TestedStore => ({
  server,
  databaseUrl,
  open: async () => {
    const url = await databaseUrl()
    return url ? openDatabase({ databaseUrl: url, folder: null }) : openEmptyStore()
  },
})

let running: { server: RealPostgres; owner: string; databases: number } | null = null

async function newDatabase(): Promise<string> {
  if (!running) {
    const server = await startRealPostgres()
    running = { server, owner: await ordinaryOwner(server.url), databases: 1 }
    return running.owner
  }
  const url = new URL(running.owner)
  const name = `another_${++running.databases}`
  const administrator = new pg.Client({ connectionString: running.server.url })
  await administrator.connect()
  await administrator.query(`create database ${name} owner ${url.username}`)
  await administrator.end()
  url.pathname = `/${name}`
  return url.href
}

async function stop(): Promise<void> {
  await running?.server.stop()
  running = null
}
