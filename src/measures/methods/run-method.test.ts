import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { nearRepeats } from '../../analysis/near-repeat.ts'
import { seededRandom } from '../../analysis/seeded-random.ts'
import { openMethodRunner } from './run-method.ts'

const runner = openMethodRunner(1)
after(() => runner.close())

/** Two bursts of events, a year of them, so that the permutations take several steps. */
const events = 600
const x = Float64Array.from({ length: events }, (_, i) => (i * 7919) % 3000)
const y = Float64Array.from({ length: events }, (_, i) => (i * 104729) % 3000)
const day = Float64Array.from({ length: events }, (_, i) => (i * 31) % 365)
const asked = { distances: [0, 100, 300], days: [0, 7, 14], metric: 'euclidean', permutations: 200 } as const

test('a method on another thread gives what it gives here, whatever the thread did before', async () => {
  const here = nearRepeats(x, y, day, { ...asked, random: seededRandom(7) })
  for (let round = 0; round < 2; round++) {
    assert.deepEqual(await runner.run('near-repeat', { x, y, day, ...asked, seed: 7 }), here)
  }
})

test('what a method refuses comes back as its own sentence, and the thread goes on', async () => {
  await assert.rejects(
    runner.run('near-repeat', { x, y, day, ...asked, distances: [100, 100], seed: 7 }),
    (error: unknown) => error instanceof RangeError && /distances must rise/.test(error.message),
  )
  const { observed } = await runner.run('near-repeat', { x, y, day, ...asked, seed: 7 })
  assert.equal(observed.length, 4)
})

test('work that nobody waits for any more stops, under way and in line', async () => {
  const leaving = new AbortController()
  const reason = new Error('the reader left')
  const long = { x, y, day, ...asked, permutations: 5_000_000, seed: 7 }
  const underWay = runner.run('near-repeat', long, {
    signal: leaving.signal,
    onProgress: () => leaving.abort(reason),
  })
  const inLine = runner.run('near-repeat', long, { signal: leaving.signal })
  const ends = await Promise.allSettled([underWay, inLine])
  assert.deepEqual(
    ends.map(end => end.status === 'rejected' && end.reason),
    [reason, reason],
  )
  const next = await runner.run('near-repeat', { x, y, day, ...asked, seed: 7 })
  assert.equal(next.p.length, 4)
})

test('progress rises towards the whole', async () => {
  const told: [number, number][] = []
  await runner.run(
    'near-repeat',
    { x, y, day, ...asked, permutations: 60_000, seed: 7 },
    {
      onProgress: (done, of) => told.push([done, of]),
    },
  )
  assert.ok(told.length > 0, 'nothing was told')
  assert.ok(told.every(([done, of], i) => of === 60_000 && done <= of && (i === 0 || done > told[i - 1]![0])))
})

test('threads that are closed refuse, and what waited is told', async () => {
  const short = openMethodRunner(1)
  const waiting = short.run('near-repeat', { x, y, day, ...asked, permutations: 5_000_000, seed: 7 })
  const ended = assert.rejects(waiting, /ended|closed/)
  await short.close()
  await ended
  await assert.rejects(short.run('near-repeat', { x, y, day, ...asked, seed: 7 }), /closed/)
})
