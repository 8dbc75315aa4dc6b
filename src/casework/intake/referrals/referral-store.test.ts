import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { caseworkForTests, morning, type TestCasework } from '../../../../test/casework-for-tests.ts'
import { type RealPostgres, startRealPostgres } from '../../../../test/real-postgres.ts'
import {
  asMember,
  asProgram,
  type Member,
  type MemberTransaction,
} from '../../../governance/access/as-member.ts'
import { NotThere, WrongMove } from '../../../platform/errors.ts'
import { type Database, openDatabase } from '../../../platform/postgres.ts'
import { noteConcern } from '../concerns/concern-store.ts'
import { knownTo, readQueue } from '../triage/triage-store.ts'
import type { Answers } from './answers.ts'
import { discardDraft, listDrafts, readDraft, saveAnswers, startDraft } from './draft-store.ts'
import { listEmergencies, reviewEmergency } from './emergency-store.ts'
import type { ReferralMove } from './referral.ts'
import { listSent, type MoveForm, move, readReferral, reviewReferral } from './referral-store.ts'
import { sendDraft } from './send-referral.ts'

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
  signs: ['TTS05', 'TTS10'],
  seen: 'Came with two new phones.',
  basis: 'safeguarding',
  told: 'yes',
}

for (const store of ['PGlite', 'PostgreSQL'] as const) {
  describe(`on ${store}`, () => {
    let casework: TestCasework
    let server: RealPostgres | null = null
    let database: Database
    let school: Member
    let coordinator: Member

    before(async () => {
      server = store === 'PostgreSQL' ? await startRealPostgres() : null
      database = await openDatabase({ databaseUrl: server?.url ?? null, folder: null })
      casework = await caseworkForTests(database)
      await casework.agree(['school', 'partnership'], ['referral'])
      school = await casework.member('school')
      coordinator = await casework.member('partnership', 'coordinator')
    })
    after(async () => {
      await database.close()
      await server?.stop()
    })

    const as = <T>(member: Member, act: (tx: MemberTransaction) => Promise<T>, now = morning) =>
      asMember(database, member, { now }, act)
    const draft = (member: Member, answers: Answers = child) =>
      as(member, async tx => {
        const id = await startDraft(tx)
        await saveAnswers(tx, id, answers)
        return id
      })
    const send = async (member: Member, answers: Answers = child) => {
      const sending = await as(member, async tx => sendDraft(tx, await draftIn(tx, answers)))
      assert.equal(sending.outcome, 'sent')
      return sending.outcome === 'sent' ? sending.reference : ''
    }
    const draftIn = async (tx: MemberTransaction, answers: Answers) => {
      const id = await startDraft(tx)
      await saveAnswers(tx, id, answers)
      return id
    }
    const act = (member: Member, reference: string, name: ReferralMove, form: Partial<MoveForm> = {}) =>
      as(member, async tx =>
        move(tx, reference, name, {
          key: randomUUID(),
          seen: (await readReferral(tx, reference)).stands.seq,
          ...form,
        }),
      )
    const decline = {
      detail: {
        decision: {
          outcome: 'declined' as const,
          level: null,
          route: 'early-help',
          reason: 'already-helped',
          told: 'A worker sees them each week.',
        },
      },
      because: 'Seen by early help on 12 November',
    }
    const anotherCoordinator = async (): Promise<Member> => {
      const user = randomUUID()
      await database.query(
        `insert into users (id, agency, name, post, email, role, created_at)
         values ($1, 'partnership', 'Second coordinator (synthetic)', 'coordinator', $2, 'coordinator', now())`,
        [user, `${user}@example.org`],
      )
      return { ...coordinator, user, name: 'Second coordinator (synthetic)' }
    }
    const events = async (id: string) =>
      (
        await database.query<{ event: string }>(
          'select event from audit where subject_id = $1 order by seq',
          [id],
        )
      ).map(e => e.event)

    test('a draft is its author’s alone, keeps what two windows answer, and can be thrown away', async () => {
      const id = await draft(school, { urgency: 'today', kind: 'child', whyNotTold: 'x' })
      await as(school, tx => saveAnswers(tx, id, { given: 'Synthetic', whyNotTold: undefined }))
      const { answers, deleteOn } = await as(school, tx => readDraft(tx, id))
      assert.deepEqual(answers, { urgency: 'today', kind: 'child', given: 'Synthetic' })
      assert.equal(deleteOn, '2026-12-18')
      const lead = await casework.member('school', 'coordinator')
      for (const other of [lead, coordinator, await casework.member('police')]) {
        await assert.rejects(
          as(other, tx => readDraft(tx, id)),
          NotThere,
        )
        await assert.rejects(
          as(other, tx => saveAnswers(tx, id, { given: 'Forged' })),
          NotThere,
        )
        await as(other, tx => discardDraft(tx, id))
        assert.ok(!(await as(other, listDrafts)).some(d => d.id === id))
      }
      await as(school, tx => discardDraft(tx, id))
      await as(school, tx => discardDraft(tx, id))
      await assert.rejects(
        as(school, tx => readDraft(tx, id)),
        NotThere,
      )
      assert.deepEqual(
        (await events(id)).filter(e => e !== 'referral-draft-saved'),
        ['referral-draft-started', 'referral-draft-discarded'],
      )
    })

    test('sending gives a reference, a deadline and dates of review and deletion; sending again reads', async () => {
      const id = await draft(school)
      const first = await as(school, tx => sendDraft(tx, id))
      const second = await as(school, tx => sendDraft(tx, id))
      assert.deepEqual(second, first)
      assert.ok(first.outcome === 'sent')
      assert.match(first.reference, /^R-2026-\d{4}$/)
      assert.deepEqual(await events(first.reference), ['referral-sent'])
      const referral = await as(school, tx => readReferral(tx, first.reference))
      assert.equal(referral.stands.state, 'sent')
      assert.equal(referral.dueAt.toISOString(), '2026-11-23T17:00:00.000Z')
      assert.equal(referral.reviewOn, '2027-01-01', '42 days for a child (R10)')
      assert.equal(referral.purpose, 'safeguarding')
      await assert.rejects(
        as(school, tx => readDraft(tx, id)),
        NotThere,
      )
      const [kept] = await database.query<{ detail: unknown }>(
        'select detail from audit where subject_id = $1',
        [first.reference],
      )
      assert.doesNotMatch(JSON.stringify(kept), /Synthetic|phones/)
    })

    test('a draft with gaps is not sent, and says which', async () => {
      const { seen, signs, ...rest } = child
      const sending = await as(school, async tx => sendDraft(tx, await draftIn(tx, rest)))
      assert.ok(sending.outcome === 'not-ready')
      assert.equal(sending.missing[0]!.question, 'seen')
    })

    test('who sees a referral: who sent it, their coordinators, the partnership’s; nobody else', async () => {
      const reference = await send(school)
      const sees = async (member: Member) =>
        as(member, tx => readReferral(tx, reference)).then(
          () => true,
          error => {
            if (!(error instanceof NotThere)) throw error
            return false
          },
        )
      assert.ok(await sees(school))
      assert.ok(await sees(await casework.member('school', 'coordinator')))
      assert.ok(await sees(coordinator))
      assert.ok(!(await sees({ ...school, user: randomUUID() })), 'a colleague')
      assert.ok(!(await sees({ ...coordinator, purpose: null })), 'without a purpose')
      for (const agency of ['police', 'council', 'charity'] as const) {
        for (const role of ['practitioner', 'coordinator', 'commander', 'administrator'] as const) {
          assert.ok(!(await sees(await casework.member(agency, role))), `${role} of ${agency}`)
        }
      }
      for (const role of [
        'practitioner',
        'commander',
        'analyst',
        'information-governance-officer',
      ] as const) {
        assert.ok(!(await sees(await casework.member('partnership', role))), role)
      }
    })

    test('R13 R15 without an agreement in force a referral goes only as an emergency, with its reason', async () => {
      const charity = await casework.member('charity')
      assert.deepEqual(await as(charity, async tx => sendDraft(tx, await draftIn(tx, child))), {
        outcome: 'no-agreement',
      })
      const reference = await send(charity, { ...child, emergencyBecause: 'She was threatened this morning' })
      const [row] = await database.query(
        `select r.shared_under, e.review_on from referrals r join referral_emergencies e on e.referral = r.id
         where r.reference = $1`,
        [reference],
      )
      assert.deepEqual(row, { shared_under: 'emergency', review_on: '2026-11-23' })
      await assert.rejects(
        as(charity, tx =>
          tx.query(
            `insert into referrals (id, reference, from_agency, to_agency, author, kind, urgency, answers, purpose, legal_basis, shared_under, sent_at, due_at, review_on, delete_on)
             values ($1, 'R-2026-9999', 'charity', 'partnership', $2, 'child', 'today', '{}', 'safeguarding', 'x', 'agreement', present(), present(), '2026-12-01', '2027-12-01')`,
            [randomUUID(), charity.user],
          ),
        ),
        /row-level security/,
      )
    })

    test('R15 an emergency is reviewed by an officer who reads the reason and not the referral', async () => {
      const charity = await casework.member('charity')
      const reference = await send(charity, { ...child, emergencyBecause: 'He was followed home' })
      const officer = await casework.member('partnership', 'information-governance-officer')
      const mine = (await as(officer, listEmergencies)).find(e => e.because === 'He was followed home')
      assert.equal(mine?.reviewOn, '2026-11-23')
      assert.equal(mine?.reviewedAt, null)
      await assert.rejects(
        as(officer, tx => readReferral(tx, reference)),
        NotThere,
      )
      for (const other of [charity, coordinator, await casework.member('charity', 'coordinator')]) {
        await assert.rejects(
          as(other, tx => reviewEmergency(tx, mine!.id, 'It was right')),
          NotThere,
        )
      }
      await as(officer, tx => reviewEmergency(tx, mine!.id, 'It was right; an agreement is being made'))
      await assert.rejects(
        as(officer, tx => reviewEmergency(tx, mine!.id, 'Another word')),
        WrongMove,
      )
      const [reviewed] = (await as(officer, listEmergencies)).filter(e => e.id === mine!.id)
      assert.equal(reviewed!.outcome, 'It was right; an agreement is being made')
    })

    test('a coordinator takes it on and decides; the referrer reads the outcome and not the reasons behind it', async () => {
      const reference = await send(school)
      await act(coordinator, reference, 'take')
      await act(coordinator, reference, 'decline', decline)
      const mine = await as(school, tx => readReferral(tx, reference))
      assert.equal(mine.stands.state, 'declined')
      assert.equal(mine.stands.decision?.told, 'A worker sees them each week.')
      const reasons = 'select because from referral_reasons where referral = $1'
      assert.deepEqual(await as(school, tx => tx.query(reasons, [mine.id])), [])
      assert.deepEqual(await as(coordinator, tx => tx.query(reasons, [mine.id])), [
        { because: decline.because },
      ])
      assert.deepEqual(await events(reference), ['referral-sent', 'referral-taken', 'referral-declined'])
      const lines = await as(school, listSent)
      assert.equal(lines.find(l => l.reference === reference)?.state, 'declined')
      assert.doesNotMatch(JSON.stringify(lines), /Synthetic Child|phones/)
    })

    test('what lists read of the state is what the actions fold to, whatever is done', async () => {
      const second = await anotherCoordinator()
      const movers: [Member, ReferralMove][] = [
        ...(['take', 'accept', 'decline', 'review'] as const).flatMap((name): [Member, ReferralMove][] => [
          [coordinator, name],
          [second, name],
        ]),
        ...(['challenge', 'withdraw', 'correct'] as const).map((name): [Member, ReferralMove] => [
          school,
          name,
        ]),
      ]
      await fc.assert(
        fc.asyncProperty(fc.array(fc.constantFrom(...movers), { maxLength: 12 }), async attempts => {
          const reference = await send(school)
          for (const [member, name] of attempts) {
            await act(member, reference, name).catch(error =>
              assert.ok(error instanceof WrongMove, String(error)),
            )
            const { stands, actions } = await as(school, tx => readReferral(tx, reference))
            const [row] = await database.query(
              'select state, state_by, decided_at, challenged_at from referrals where reference = $1',
              [reference],
            )
            const told = actions.filter(a => a.action !== 'correct' && a.action !== 'review')
            assert.deepEqual(row, {
              state: stands.state,
              state_by: told.at(-1)!.byUser,
              decided_at: actions.find(a => a.action === 'accept' || a.action === 'decline')?.at ?? null,
              challenged_at: actions.findLast(a => a.action === 'challenge')?.at ?? null,
            })
          }
        }),
        { numRuns: 12 },
      )
      await assert.rejects(
        as(coordinator, tx => tx.query(`update referrals set state = 'accepted'`)),
        /permission denied/,
      )
    })

    test('the same form twice is one move; a wrong move says what is possible and changes nothing', async () => {
      const reference = await send(school)
      const key = randomUUID()
      await act(coordinator, reference, 'take', { key })
      await act(coordinator, reference, 'take', { key })
      await assert.rejects(act(school, reference, 'challenge'), {
        name: 'WrongMove',
        message: 'It is now: a coordinator is looking at it. You can withdraw it, or correct what was said.',
      })
      await assert.rejects(act(await anotherCoordinator(), reference, 'decline', decline), WrongMove)
      const { actions } = await as(school, tx => readReferral(tx, reference))
      assert.deepEqual(
        actions.map(a => a.action),
        ['send', 'take'],
      )
    })

    test('R21 a challenge is for another coordinator', async () => {
      const reference = await send(school)
      await act(coordinator, reference, 'take')
      await act(coordinator, reference, 'decline', decline)
      await act(await casework.member('school', 'coordinator'), reference, 'challenge', {
        detail: { because: 'The worker stopped in October' },
      })
      await assert.rejects(act(coordinator, reference, 'take'), /another coordinator/)
      await act(await anotherCoordinator(), reference, 'take')
    })

    test('a correction is seen by both sides, with what stood there before', async () => {
      const reference = await send(school)
      await act(coordinator, reference, 'take')
      const seen = (await as(coordinator, tx => readReferral(tx, reference))).stands.seq
      await act(school, reference, 'correct', {
        detail: { question: 'lives', because: 'Moved', answers: { school: 'Elm School (synthetic)' } },
      })
      const theirs = await as(coordinator, tx => readReferral(tx, reference))
      assert.equal(theirs.answers.school, 'Elm School (synthetic)')
      assert.equal(theirs.sent.school, undefined)
      assert.equal(theirs.actions.at(-1)!.detail.because, 'Moved')
      await assert.rejects(
        act(coordinator, reference, 'decline', { ...decline, seen }),
        /Something happened to R-2026-\d+ while you had it open/,
      )
      await act(coordinator, reference, 'decline', decline)
    })

    test('R10 a decided referral is looked at again or hidden, and comes back when a coordinator says why', async () => {
      const reference = await send(school)
      await act(coordinator, reference, 'take')
      await act(coordinator, reference, 'decline', decline)
      await database.query(`update referrals set suspended_on = '2026-11-20' where reference = $1`, [
        reference,
      ])
      await assert.rejects(
        as(school, tx => readReferral(tx, reference)),
        NotThere,
      )
      const shown = async (show: 'review' | 'decided') =>
        (await as(coordinator, tx => readQueue(tx, { show, urgency: null, kind: null, from: null }))).some(
          item => item.reference === reference,
        )
      assert.ok(!(await shown('decided')), 'hidden from lists')
      const open = await send(school)
      await database.query(`update referrals set suspended_on = '2026-11-20' where reference = $1`, [open])
      const queue = await as(coordinator, tx =>
        readQueue(tx, { show: 'open', urgency: null, kind: null, from: null }),
      )
      assert.ok(
        queue.some(item => item.reference === open),
        'what nobody has decided is never hidden from those who must',
      )
      await database.query(`update referrals set review_on = '2026-11-20' where reference = $1`, [reference])
      assert.ok(await shown('review'))
      const { seq } = (await as(coordinator, tx => readReferral(tx, reference))).stands
      await as(coordinator, tx => reviewReferral(tx, reference, { key: randomUUID(), seen: seq }))
      assert.ok(await shown('decided'))
      const back = await as(school, tx => readReferral(tx, reference))
      assert.equal(back.reviewOn, '2027-01-01')
      assert.equal(back.stands.state, 'declined')
      const keepForEver = `update referrals set review_on = '2031-01-01' where reference = $1 returning id`
      await assert.rejects(
        as(coordinator, tx => tx.query(keepForEver, [reference])),
        /row-level security/,
      )
      assert.deepEqual(await as(school, tx => tx.query(keepForEver, [reference])), [])
    })

    test('the database itself refuses moves of the wrong side', async () => {
      const reference = await send(school)
      const { id } = await as(school, tx => readReferral(tx, reference))
      const forge = (member: Member, action: string) =>
        as(member, tx =>
          tx.query(
            `insert into referral_actions (referral, seq, action, state_after, by_user, by_agency, at, request_key)
             values ($1, 99, $2, 'accepted', $3, $4, present(), $5)`,
            [id, action, member.user, member.agency, randomUUID()],
          ),
        )
      for (const action of ['take', 'accept', 'decline', 'anything']) {
        await assert.rejects(forge(school, action), /row-level security/, action)
      }
      for (const action of ['withdraw', 'correct', 'challenge']) {
        await assert.rejects(forge(coordinator, action), /row-level security/, action)
      }
      await assert.rejects(
        forge(await casework.member('police', 'coordinator'), 'take'),
        /row-level security/,
      )
      await assert.rejects(
        as(school, tx => tx.query('delete from referral_actions')),
        /permission denied/,
      )
      await assert.rejects(
        as(school, tx => tx.query(`update referrals set urgency = 'x'`)),
        /permission denied/,
      )
    })

    test('R14 R18 the pointer at triage says whom to ask, only under an agreement, and not to whoever referred', async () => {
      const council = await casework.member('council')
      const { record } = await casework.record(council)
      await database.query(
        `update agency_records set names = '[{"given":"Synthetic","family":"Known","kind":"usual"}]',
           birth_date = '2012-05-04', birth_date_known = 'day' where id = $1`,
        [record],
      )
      const reference = await send(school, { ...child, family: 'known' })
      const pointer = (member: Member) =>
        as(member, async tx =>
          tx.query('select k.* from referrals r, referral_known_to(r.id) k where r.reference = $1', [
            reference,
          ]),
        )
      assert.deepEqual(await pointer(coordinator), [], 'no agreement')
      await casework.agree(['council', 'partnership'], ['known-to'])
      assert.deepEqual(await pointer(coordinator), [
        { agency: 'council', name: 'Council (synthetic)', contact: 'Duty desk of Council (synthetic)' },
      ])
      assert.deepEqual(await pointer(school), [])
      const looked = await database.query<{ detail: object }>(
        `select detail from audit where event = 'known-to-looked-up' and subject_id = $1`,
        [reference],
      )
      assert.ok(looked.length >= 2, 'every answer is in the audit')
      await database.query('update agency_records set sensitive = true where id = $1', [record])
      assert.deepEqual(await pointer(coordinator), [], 'that it exists is withheld')
      const trawler = await anotherCoordinator()
      await asProgram(database, morning, async tx => {
        await tx.query(`select set_config('concord.user', $1, true)`, [trawler.user])
        for (let i = 0; i < 60; i++) {
          await tx.record('known-to-looked-up', { kind: 'referral', id: `R-2026-${5000 + i}` })
        }
      })
      await assert.rejects(pointer(trawler), /More people were looked up than anybody may/)
      const found = await as(trawler, async tx => knownTo(tx, await readReferral(tx, reference)))
      assert.equal(found, null)
      const later = new Date(morning.getTime() + 3_600_001)
      assert.deepEqual(
        await as(trawler, async tx => knownTo(tx, await readReferral(tx, reference)), later),
        [],
      )
    })

    test('many who send and note in the same moment all get references of their own', async t => {
      if (!database.server) return t.skip('PGlite is one connection')
      const ids = await Promise.all(Array.from({ length: 12 }, () => draft(school)))
      const [sendings, notes] = await Promise.all([
        Promise.all(ids.map(id => as(school, tx => sendDraft(tx, id)))),
        Promise.all(
          Array.from({ length: 12 }, () =>
            as(school, tx =>
              noteConcern(tx, randomUUID(), {
                given: 'Synthetic',
                family: 'Rush',
                birthDate: null,
                noticedOn: '2026-11-20',
                text: 'Synthetic worry',
              }),
            ),
          ),
        ),
      ])
      const references = sendings.map(s => (s.outcome === 'sent' ? s.reference : s.outcome))
      assert.equal(new Set([...references, ...notes]).size, 24)
      assert.ok(references.every(r => /^R-2026-\d{4}$/.test(r)))
    })

    test('two who act in the same moment: one does, the other is told', async t => {
      if (!database.server) return t.skip('PGlite is one connection')
      const reference = await send(school)
      const second = await anotherCoordinator()
      const results = await Promise.allSettled([
        act(coordinator, reference, 'take', { seen: 1 }),
        act(second, reference, 'take', { seen: 1 }),
      ])
      const refused = results.filter(r => r.status === 'rejected')
      assert.equal(refused.length, 1)
      assert.ok(refused[0]!.reason instanceof WrongMove, String(refused[0]!.reason))
      const id = await draft(school)
      const sendings = await Promise.all([1, 2, 3].map(() => as(school, tx => sendDraft(tx, id))))
      assert.equal(new Set(sendings.map(s => (s.outcome === 'sent' ? s.reference : s.outcome))).size, 1)
    })
  })
}
