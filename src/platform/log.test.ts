import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loggedError } from './log.ts'
import { openDatabase } from './postgres.ts'

test('what the database quotes of rows and parameters does not reach the log', async () => {
  const database = await openDatabase({ databaseUrl: null, folder: null })
  try {
    await database.query(`create table kept (name text primary key check (name <> 'Quokka'), born date)`)
    await database.query(`insert into kept values ('Wombat')`)
    for (const sql of [
      `insert into kept values ('Quokka')`,
      `insert into kept values ('Wombat')`,
      `insert into kept values ('Bilby', 'the 3rd of Quokka')`,
    ]) {
      const error = await database.query(sql).then(
        () => assert.fail(sql),
        (e: Error) => e,
      )
      assert.match(`${error.message} ${JSON.stringify(error)}`, /Quokka|Wombat/, 'the database quotes it')
      const logged = JSON.stringify(loggedError(error))
      assert.doesNotMatch(logged, /Quokka|Wombat|Bilby/)
      assert.match(logged, /"code":"2/)
    }
    const missing = await database.query('select * from nothing').catch((e: Error) => e)
    assert.match(String(loggedError(missing as Error).message), /relation "nothing" does not exist/)
  } finally {
    await database.close()
  }
})

test('other errors are logged whole', () => {
  assert.equal(loggedError(new TypeError('x is not a function')).message, 'x is not a function')
})
