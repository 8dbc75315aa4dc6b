/**
 * A daily meeting in which sixty people sit, each with the page open: how long it takes until the last of them has what
 * somebody said. Their browsers are a process of their own, so that the server has its core for itself.
 */
import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { syncPack } from '../src/casework/sync-pack.ts'
import { asProgram, type Member } from '../src/governance/access/as-member.ts'
import type { Database } from '../src/platform/postgres.ts'
import { SESSION_COOKIE } from '../src/web/session-cookie.ts'
import { seatCast, waitingMeeting } from '../test/cast-in-meetings.ts'
import { ordinaryOwner } from '../test/ordinary-owner.ts'
import { startRealPostgres } from '../test/real-postgres.ts'
import { type TestWeb, testWeb } from '../test/web-for-tests.ts'
import { members } from './casework.ts'
import { median, ms, type Result } from './medians.ts'
import type { Heard, Room } from './meeting-listeners.ts'

/** All work for the purpose of the meeting when they sign in. */
const AGENCIES = [
  'west-midlands-police',
  'violence-reduction-partnership',
  'probation',
  'youth-offending-services',
]
const LISTENERS = 60
const MATTERS = 30
const ENTRIES = 60
const now = new Date('2026-11-20T08:40:00Z')

export async function benchMeetings(): Promise<Result[]> {
  const results = [await onStore('embedded store', null)]
  const server = await startRealPostgres()
  try {
    results.push(await onStore('on a server', await ordinaryOwner(server.url)))
  } finally {
    await server.stop()
  }
  return results
}

async function onStore(store: string, databaseUrl: string | null): Promise<Result> {
  const web = await testWeb({ clock: () => now, requestsPerMinute: 1_000_000, databaseUrl })
  try {
    const times = await live(web)
    const p95 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)]!
    return {
      what: `A live meeting with ${LISTENERS} members: an entry seen by all of them, ${store}`,
      headline: `median ${ms(median(times))}, p95 ${ms(p95)}`,
      aim: 'p95 under 1 s on two cores',
      met: p95 < 1000,
      detail: `${times.length} entries at ${MATTERS} matters, one after another, over HTTP; from pressing the button until the last of ${LISTENERS} streams has asked for it and has it`,
    }
  } finally {
    await web.close()
  }
}

/** Milliseconds of each entry until the last one has it. */
async function live(web: TestWeb): Promise<number[]> {
  const { database } = web.store.installation
  await syncPack(database, web.store.pack)
  await seatCast(database, now)
  const reference = await waitingMeeting(database, now)
  const listeners = (
    await Promise.all(
      AGENCIES.map(agency => members(database, agency, 'practitioner', LISTENERS / AGENCIES.length)),
    )
  ).flat()
  const items = await seat(database, reference, listeners)
  const address = `/meetings/${reference}`
  const coordinator = await web.signInAs('Triage coordinator')
  const page = await coordinator.get(address)
  const [, key, seen] = /move\/open">.*?name="key" value="([^"]+)".*?name="seen" value="([^"]+)"/s.exec(
    page.body,
  )!
  const opened = await coordinator.submit(`${address}/move/open`, address, { key: key!, seen: seen! })
  if (opened.statusCode !== 303) throw new Error(`opening answered ${opened.statusCode}`)
  const token = await coordinator.token(address)
  const cookies = await Promise.all(
    listeners.map(async member => `${SESSION_COOKIE}=${(await web.cookiesOf(member))[SESSION_COOKIE]}`),
  )

  await web.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = web.app.server.address() as AddressInfo
  const child = fork(join(import.meta.dirname, 'meeting-listeners.ts'))
  try {
    const died = once(child, 'exit').then(([code]) => {
      throw new Error(`the listeners ended with ${code}`)
    })
    // At the end they are ended, and nobody waits any more.
    died.catch(() => {})
    const message = () => Promise.race([once(child, 'message'), died])
    const room: Room = { address: `http://127.0.0.1:${port}${address}`, cookies }
    child.send(room)
    await message()
    const times: number[] = []
    for (let entry = 0; entry < ENTRIES; entry++) {
      const heard = message()
      const started = Date.now()
      const said = await coordinator.post(
        `${address}/entries`,
        {
          _csrf: token,
          key: randomUUID(),
          kind: 'note',
          item: items[entry % items.length]!,
          text: `What was said, number ${entry}.`,
        },
        { accept: 'application/json' },
      )
      if (said.statusCode !== 200) throw new Error(`saying something answered ${said.statusCode}`)
      const [last] = (await heard) as [Heard]
      if (last.entry !== entry) throw new Error(`entry ${last.entry} was heard in place of ${entry}`)
      times.push(last.at - started)
    }
    // The first looks at the code are the compiler's.
    return times.slice(10)
  } finally {
    child.kill()
  }
}

/** Those who listen sit in the meeting, under an agreement, and matters stand on its agenda; gives their numbers. */
const seat = (database: Database, reference: string, listeners: readonly Member[]): Promise<string[]> =>
  asProgram(database, now, async tx => {
    await tx.query(
      `with agreement as (
         insert into agreements (title, purpose, legal_basis, owner, starts_on, ends_on, created_at)
         values ('Daily meetings (bench)', 'violence-prevention', 'x', 'x', '2018-01-01', '2099-12-31', present()) returning id
       ), fields as (insert into agreement_fields select id, 'meeting' from agreement)
       insert into agreement_parties select id, unnest($1::text[]) from agreement`,
      [AGENCIES],
    )
    await tx.query(
      `insert into meeting_members (meeting, user_id, agency, part)
       select m.id, u.id, u.agency, 'member' from meetings m, users u where m.reference = $1 and u.id = any ($2)`,
      [reference, listeners.map(l => l.user)],
    )
    const items = await tx.query<{ id: string }>(
      `insert into agenda_items (meeting, seq, section, kind, title, agency, added_at, delete_on)
       select m.id, 9000 + i, 'Other business', 'topic', 'Matter ' || i, 'violence-reduction-partnership', present(), '2029-11-20'
       from meetings m, generate_series(1, $2::integer) i where m.reference = $1 returning id`,
      [reference, MATTERS],
    )
    return items.map(i => i.id)
  })
