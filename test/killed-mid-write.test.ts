/**
 * The server's process is killed before each statement of an act, on both stores: after the next start there is all of the
 * act with its entry in the record of acts, or nothing of it, and what was typed until then is still there.
 */
import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Answers } from '../src/casework/intake/referrals/answers.ts'
import { saveAnswers, startDraft } from '../src/casework/intake/referrals/draft-store.ts'
import { sendDraft } from '../src/casework/intake/referrals/send-referral.ts'
import { asMember } from '../src/governance/access/as-member.ts'
import { verifyAudit } from '../src/governance/audit/verify-audit.ts'
import { startSession } from '../src/governance/sessions/session-store.ts'
import { findMember } from '../src/governance/sign-in/find-member.ts'
import { cast, castUser, settleCast } from '../src/synthetic/casework/cast.ts'
import { SESSION_COOKIE } from '../src/web/session-cookie.ts'
import { agreementForReferrals } from './agreement-for-referrals.ts'
import { morning } from './casework-for-tests.ts'
import { type RealPostgres, startRealPostgres } from './real-postgres.ts'
import { type TemporaryStore, temporaryStore } from './temporary-store.ts'

const TYPED = 'Came with two new phones, and would not say from whom.'
const child: Answers = {
  urgency: 'one-working-day',
  kind: 'child',
  given: 'Synthetic',
  family: 'Child',
  birthDate: '2012-05-04',
  gender: 'female',
  ethnicity: 'not-known',
  disability: 'not-known',
  care: 'no',
  signs: ['TTS05'],
  seen: TYPED,
  basis: 'safeguarding',
  told: 'yes',
}

interface Served {
  process: ChildProcess
  address: string
  ended: Promise<unknown>
}

async function serve(folder: string, url: string | null): Promise<Served> {
  const served = fork(join(import.meta.dirname, 'serve-in-child.ts'), [folder, url ?? '-'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = new Promise(done => served.once('exit', done))
  const { address } = await heard<{ address: string }>(served)
  return { process: served, address, ended }
}

const heard = <T>(served: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    const left = () => reject(new Error('the server ended before it answered'))
    served.once('exit', left)
    served.once('message', told => {
      served.off('exit', left)
      resolve(told as T)
    })
  })

const dieBefore = async ({ process: served }: Served, n: number) => {
  served.send({ dieBefore: n })
  await heard(served)
}

/** One browser: the cookie of a session, and that of its forms. */
function browserOf(session: string) {
  const cookies = new Map([[SESSION_COOKIE, session]])
  const ask = async (served: Served, path: string, fields?: Record<string, string>) => {
    const answer = await fetch(served.address + path, {
      method: fields ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(fields && { body: new URLSearchParams(fields) }),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (name) cookies.set(name, value!)
    }
    return { status: answer.status, body: await answer.text() }
  }
  const fieldsOf = async (served: Served, path: string) => {
    const { body } = await ask(served, path)
    const fields = [...body.matchAll(/name="(_csrf|key|seen)" value="([^"]*)"/g)]
    return Object.fromEntries(fields.map(([, name, value]) => [name!, value!]))
  }
  return { ask, fieldsOf }
}

for (const kind of ['PGlite', 'PostgreSQL'] as const) {
  describe(`a server that is killed in the middle of an act, on ${kind}`, () => {
    let server: RealPostgres | null = null
    let folder: string
    let school: ReturnType<typeof browserOf>
    let coordinator: ReturnType<typeof browserOf>

    const opened = async <T>(act: (store: TemporaryStore) => Promise<T>): Promise<T> => {
      const store = await temporaryStore(() => morning, folder, server?.url ?? null)
      return act(store).finally(async () => {
        store.close()
        await store.installation.close()
      })
    }
    const memberOf = async ({ installation }: TemporaryStore, post: string) =>
      (await findMember(installation.database, castUser(cast.find(c => c.post === post)!.place)))!

    before(async () => {
      server = kind === 'PostgreSQL' ? await startRealPostgres() : null
      folder = await mkdtemp(join(tmpdir(), 'concord-mid-write-'))
      // One start of the program makes the agencies of the area.
      const first = await serve(folder, server?.url ?? null)
      first.process.kill('SIGKILL')
      await first.ended
      await opened(async store => {
        const { database } = store.installation
        await settleCast(database, morning)
        await agreementForReferrals(database)
        const browser = async (post: string) =>
          browserOf(
            await asMember(database, await memberOf(store, post), { now: morning }, tx =>
              startSession(tx, { way: 'cast', device: 'A test' }),
            ),
          )
        school = await browser('School link officer')
        coordinator = await browser('Triage coordinator')
      })
    })
    after(async () => {
      await server?.stop()
      await rm(folder, { recursive: true, force: true })
    })

    const draftOf = () =>
      opened(async store =>
        asMember(
          store.installation.database,
          await memberOf(store, 'School link officer'),
          { now: morning },
          async tx => {
            const id = await startDraft(tx)
            await saveAnswers(tx, id, child)
            return id
          },
        ),
      )

    interface Act {
      /** Sends the form; whoever answers, or nobody. */
      send: (served: Served) => Promise<unknown>
      /** Opens the form first. */
      ready: (served: Served) => Promise<void>
      /** What there is of the act: every one of them, or none. */
      parts: (store: TemporaryStore) => Promise<boolean[]>
      /** Must hold as long as the act was not done. */
      untouched: (store: TemporaryStore) => Promise<void>
    }

    /** Kills before one statement after the other until the act has got through; gives how many kills came before that. */
    const killedEverywhere = async ({ ready, send, parts, untouched }: Act): Promise<number> => {
      // Each kill costs a start: every sixth statement on a server, every ninth here, where starting is slower.
      for (let n = 1; n < 80; n += server ? 6 : 9) {
        const served = await serve(folder, server?.url ?? null)
        await ready(served)
        await dieBefore(served, n)
        const answered = await send(served).then(
          () => true,
          () => false,
        )
        served.process.kill('SIGKILL')
        await served.ended
        const done = await opened(async store => {
          const all = await parts(store)
          assert.ok(
            all.every(part => part === all[0]),
            `killed before statement ${n}: a part is there and a part is not: ${all}`,
          )
          assert.deepEqual((await verifyAudit(store.installation.database)).faults, [])
          if (!all[0]) await untouched(store)
          return all[0]!
        })
        assert.ok(done || !answered, `statement ${n}: it was answered, and is not there`)
        if (done) return n
      }
      return assert.fail('the act never got through')
    }

    const exists = async ({ installation }: TemporaryStore, sql: string, parameters: unknown[]) =>
      (await installation.database.query(sql, parameters)).length > 0

    test('sending a referral: all of it or nothing, and the draft is there until it is sent', {
      timeout: 500_000,
    }, async () => {
      const draft = await draftOf()
      const path = `/refer/${draft}/check`
      let fields: Record<string, string> = {}
      const kills = await killedEverywhere({
        ready: async served => {
          fields = await school.fieldsOf(served, path)
          assert.ok(fields._csrf, 'the form cannot be opened')
        },
        send: served => school.ask(served, path, fields),
        parts: async store => [
          await exists(store, 'select from referrals where id = $1', [draft]),
          !(await exists(store, 'select from referral_drafts where id = $1', [draft])),
          await exists(store, `select from referral_actions where referral = $1 and action = 'send'`, [
            draft,
          ]),
          await exists(
            store,
            `select from audit a join referrals r on r.reference = a.subject_id where a.event = 'referral-sent' and r.id = $1`,
            [draft],
          ),
          await exists(
            store,
            'select from notices n join referrals r on r.reference = n.reference where r.id = $1',
            [draft],
          ),
        ],
        untouched: async store => {
          const [kept] = await store.installation.database.query<{ seen: string }>(
            `select answers ->> 'seen' as seen from referral_drafts where id = $1`,
            [draft],
          )
          assert.equal(kept?.seen, TYPED, 'what was typed is gone')
        },
      })
      assert.ok(kills > 8, `only ${kills - 1} statements were cut off`)
    })

    test('taking a referral on in triage: all of it or nothing', { timeout: 500_000 }, async () => {
      const draft = await draftOf()
      const reference = await opened(async store =>
        asMember(
          store.installation.database,
          await memberOf(store, 'School link officer'),
          { now: morning },
          async tx => {
            const sending = await sendDraft(tx, draft)
            assert.ok(sending.outcome === 'sent')
            return sending.reference
          },
        ),
      )
      let fields: Record<string, string> = {}
      const key = randomUUID()
      const kills = await killedEverywhere({
        ready: async served => {
          fields = { ...(await coordinator.fieldsOf(served, `/triage/${reference}`)), key }
        },
        send: served => coordinator.ask(served, `/triage/${reference}/take`, fields),
        parts: async store => [
          await exists(store, `select from referrals where id = $1 and state = 'in-triage'`, [draft]),
          await exists(store, `select from referral_actions where referral = $1 and action = 'take'`, [
            draft,
          ]),
          await exists(store, `select from audit where event = 'referral-taken' and subject_id = $1`, [
            reference,
          ]),
        ],
        untouched: async () => {},
      })
      assert.ok(kills > 5, `only ${kills - 1} statements were cut off`)
    })

    test('looking at a list: the entry is in the record of acts, or the list was not given', {
      timeout: 500_000,
    }, async () => {
      const listed = async (store: TemporaryStore) =>
        (await store.installation.database.query(`select from audit where event = 'triage-listed'`)).length
      let old = await opened(listed)
      let given = false
      await killedEverywhere({
        ready: async () => {},
        send: async served => {
          given = false
          const { status, body } = await coordinator.ask(served, '/triage')
          assert.equal(status, 200)
          given = body.includes('R-2026-')
        },
        parts: async store => {
          const now = await listed(store)
          const isRecorded = now > old
          old = now
          assert.ok(isRecorded || !given, 'it was given unrecorded')
          return [isRecorded]
        },
        untouched: async () => {},
      })
    })
  })
}
