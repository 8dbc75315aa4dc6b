import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { TestClock } from 'pg-boss'
import { startJobs } from './jobs.ts'
import { createLog } from './log.ts'
import { openDatabase } from './postgres.ts'

test('a job runs as the program, and neither sees the role of a request under way nor waits for ever', async () => {
  const database = await openDatabase({ databaseUrl: null, folder: null })
  const ran = Promise.withResolvers<{ role: string; agency: string | null }>()
  const jobs = await startJobs(
    database,
    createLog('silent'),
    [
      {
        name: 'look-around',
        when: '0 2 * * *',
        run: async () => {
          const [row] = await database.query<{ role: string; agency: string | null }>(
            'select current_user as role, viewer_agency() as agency',
          )
          ran.resolve(row!)
        },
      },
    ],
    { pollSeconds: 0.5 },
  )
  try {
    await jobs.now('look-around')
    await database.transaction(async tx => {
      await tx.query(`select set_config('concord.agency', 'oak-school', true)`)
      await tx.query('set local role concord_member')
      // The job comes due while this transaction is open; with one connection it has to wait for its end.
      await wait(1500)
      await tx.query('select 1')
    })
    const seen = await Promise.race([ran.promise, wait(20_000, 'still waiting', { ref: false })])
    assert.deepEqual(seen, { role: 'postgres', agency: null })
  } finally {
    await jobs.stop()
    await database.close()
  }
})

test('a job is scheduled once, however often the program starts', async () => {
  const database = await openDatabase({ databaseUrl: null, folder: null })
  const job = { name: 'nightly', when: '0 2 * * *', run: async () => {} }
  for (let start = 0; start < 2; start++) {
    const jobs = await startJobs(database, createLog('silent'), [job])
    await jobs.stop()
  }
  assert.deepEqual(await database.query('select name, cron, timezone from jobs.schedule'), [
    { name: 'nightly', cron: '0 2 * * *', timezone: 'Europe/London' },
  ])
  await database.close()
})

test('jobs go on when the clock of the machine goes back', async () => {
  const database = await openDatabase({ databaseUrl: null, folder: null })
  const clock = new TestClock('2026-11-20T12:00:00Z')
  let ran = 0
  const job = {
    name: 'every-minute',
    when: '* * * * *',
    run: async () => {
      ran++
    },
  }
  const jobs = await startJobs(database, createLog('silent'), [job], { pollSeconds: 10, clock })
  const minutes = async (n: number) => {
    for (let i = 0; i < n * 6; i++) {
      await clock.tick(10_000)
      await wait(20)
    }
  }
  try {
    await minutes(4)
    assert.ok(ran >= 3, `it ran ${ran} times in four minutes`)
    await clock.setTime('2026-11-20T11:00:00Z')
    const before = ran
    await minutes(4)
    assert.equal(ran, before, 'the test tests nothing: pg-boss goes on by itself')
    await jobs.startAnew()
    await minutes(4)
    assert.ok(ran >= before + 3, `it ran ${ran - before} times in four minutes after the clock went back`)
  } finally {
    await jobs.stop()
    await database.close()
  }
})
