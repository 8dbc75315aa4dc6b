/** The store on a server, owned as an installation should own it: by a user who is no superuser. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { asMember, asProgram } from '../../src/governance/access/as-member.ts'
import { openDatabase } from '../../src/platform/postgres.ts'
import { caseworkForTests, morning } from '../casework-for-tests.ts'
import { ordinaryOwner } from '../ordinary-owner.ts'
import { type RealPostgres, startRealPostgres } from '../real-postgres.ts'

let server: RealPostgres
before(async () => {
  server = await startRealPostgres()
})
after(() => server?.stop())

const administrator = async (sql: string) => {
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query(sql)
  await client.end()
}

test('who may not create roles is told what to ask for, once; afterwards they need no right at all', async () => {
  const url = await ordinaryOwner(server.url, 'without_rights', 'nocreaterole')
  const open = () => openDatabase({ databaseUrl: url, folder: null })
  await assert.rejects(
    open(),
    /may not make the role concord_member\. Let an administrator of the server run once: create role concord_member nologin; grant concord_member to without_rights;/,
  )
  await administrator('create role concord_member nologin')
  await assert.rejects(open(), /run once: grant concord_member to without_rights;/)
  await administrator('grant concord_member to without_rights')
  await assert.rejects(
    open(),
    /run once: create role concord_guest nologin; grant concord_guest to without_rights;/,
  )
  await administrator('create role concord_guest nologin')
  await assert.rejects(open(), /run once: grant concord_guest to without_rights;/)
  await administrator('grant concord_guest to without_rights')
  await (await open()).close()
})

test('a member is bound by the policies although the owner of the tables is not', async () => {
  const url = await ordinaryOwner(server.url, 'second_installation')
  await administrator('grant concord_member, concord_guest to second_installation')
  const database = await openDatabase({ databaseUrl: url, folder: null })
  try {
    const casework = await caseworkForTests(database)
    const of = await casework.record(await casework.member('school'))
    const [asOwner] = await database.query<{ n: number }>('select count(*) as n from agency_records')
    assert.equal(asOwner!.n, 1)
    const police = await casework.member('police')
    const seen = await asMember(database, police, { now: morning }, tx =>
      tx.query('select id from agency_records where id = $1', [of.record]),
    )
    assert.deepEqual(seen, [])
  } finally {
    await database.close()
  }
})

test('a plan that is kept is kept for whoever it was made for: the owner’s is not the member’s', async () => {
  const url = await ordinaryOwner(server.url, 'kept_plans')
  await administrator('grant concord_member, concord_guest to kept_plans')
  const database = await openDatabase({ databaseUrl: url, folder: null })
  try {
    const casework = await caseworkForTests(database)
    const school = await casework.member('school')
    const police = await casework.member('police')
    const of = await casework.record(school)
    const sql = 'select id from agency_records where id = $1'
    // More often than the five times after which the server keeps one plan for all values.
    for (let i = 0; i < 8; i++) {
      assert.equal((await asProgram(database, morning, tx => tx.query(sql, [of.record]))).length, 1)
      assert.equal(
        (await asMember(database, school, { now: morning }, tx => tx.query(sql, [of.record]))).length,
        1,
      )
      assert.deepEqual(
        await asMember(database, police, { now: morning }, tx => tx.query(sql, [of.record])),
        [],
      )
    }
  } finally {
    await database.close()
  }
})

test('two people at once are two people: what one transaction says of who acts is not there in the other', async () => {
  const url = await ordinaryOwner(server.url, 'two_at_once')
  await administrator('grant concord_member, concord_guest to two_at_once')
  const database = await openDatabase({ databaseUrl: url, folder: null })
  try {
    const casework = await caseworkForTests(database)
    const school = await casework.member('school')
    const police = await casework.member('police')
    const agencies = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        asMember(database, i % 2 ? school : police, { now: morning }, async tx => {
          await tx.query('select pg_sleep(0.01)')
          const [row] = await tx.query<{ agency: string; role: string }>(
            'select viewer_agency() as agency, current_user as role',
          )
          return row
        }),
      ),
    )
    for (const [i, row] of agencies.entries()) {
      assert.deepEqual(row, { agency: i % 2 ? 'oak-school' : 'police', role: 'concord_member' })
    }
  } finally {
    await database.close()
  }
})
