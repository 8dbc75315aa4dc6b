import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { agreementForReferrals } from '../../../../test/agreement-for-referrals.ts'
import { type TestWeb, testWeb } from '../../../../test/web-for-tests.ts'
import { asMember, type Member } from '../../../governance/access/as-member.ts'
import type { Answers } from '../referrals/answers.ts'
import { saveAnswers, startDraft } from '../referrals/draft-store.ts'
import { move, readReferral } from '../referrals/referral-store.ts'
import { sendDraft } from '../referrals/send-referral.ts'
import { countReferrals, outcomes, tabulate } from './referral-counts.ts'

/** A Thursday, a Friday in time for the deadline of one working day, and the Monday after, which is late. */
const sentAt = new Date('2026-11-12T09:00:00Z')
const inTime = new Date('2026-11-13T09:00:00Z')
const tooLate = new Date('2026-11-16T09:00:00Z')
const today = new Date('2026-11-20T08:40:00Z')

const child: Answers = {
  urgency: 'one-working-day',
  kind: 'child',
  given: 'Synthetic',
  birthDate: '2012-05-04',
  gender: 'female',
  ethnicity: 'not-known',
  disability: 'not-known',
  care: 'no',
  seen: 'Synthetic worry',
  basis: 'safeguarding',
  told: 'yes',
}

describe('referrals in figures', () => {
  let web: TestWeb
  let officer: Member
  let coordinator: Member
  before(async () => {
    web = await testWeb({ clock: () => today })
    await agreementForReferrals(web.store.installation.database)
    officer = await web.castMember('School link officer')
    coordinator = await web.castMember('Triage coordinator')
  })
  after(() => web.close())

  const as = <T>(member: Member, now: Date, act: Parameters<typeof asMember<T>>[3]) =>
    asMember(web.store.installation.database, member, { now }, act)

  const refer = (more: Answers = {}) =>
    as(officer, sentAt, async tx => {
      const id = await startDraft(tx)
      await saveAnswers(tx, id, { ...child, ...more })
      const sending = await sendDraft(tx, id)
      assert.ok(sending.outcome === 'sent')
      return sending.reference
    })
  const decide = async (reference: string, outcome: 'accept' | 'decline', now: Date) => {
    for (const name of ['take', outcome] as const) {
      await as(coordinator, now, async tx =>
        move(tx, reference, name, {
          key: randomUUID(),
          seen: (await readReferral(tx, reference)).stands.seq,
          detail:
            name === 'take'
              ? {}
              : {
                  decision: {
                    outcome: outcome === 'accept' ? 'accepted' : 'declined',
                    level: null,
                    route: 'early-help',
                    reason: outcome === 'decline' ? 'already-helped' : null,
                    told: 'x',
                  },
                },
        }),
      )
    }
  }

  test('R24 counts by age, gender, ethnicity, disability, care, reason and waiting, unknowns among them', async () => {
    await decide(await refer(), 'accept', inTime)
    await decide(await refer(), 'decline', tooLate)
    await decide(await refer({ gender: 'male', birthDate: '2009-11-12' }), 'decline', inTime)
    await refer({ gender: 'not-known', birthDate: '2009-11-13' })
    await refer({ kind: 'place', called: 'A park' })
    const rows = await as(coordinator, today, tx => countReferrals(tx, '2026-11-01', '2026-11-20'))
    const table = (dimension: 'gender' | 'age' | 'care') =>
      Object.fromEntries(
        tabulate(rows, dimension, outcomes, r => r.outcome)
          .rows.filter(r => r.counts.some(n => n > 0))
          .map(r => [r.value, r.counts]),
      )
    assert.deepEqual(table('gender'), {
      female: [1, 1, 0, 0],
      male: [0, 1, 0, 0],
      'not-known': [0, 0, 0, 1],
    })
    assert.deepEqual(
      table('age'),
      { '14-15': [1, 1, 0, 0], '16-17': [0, 1, 0, 1] },
      'seventeen on the day, and a day younger',
    )
    assert.deepEqual(table('care'), { no: [1, 2, 0, 1] }, 'a place has no age and no care')
    const urgency = tabulate(rows, 'urgency', ['in-time', 'late', 'not-due'] as const, r => r.timely)
    assert.deepEqual(urgency.rows.find(r => r.value === 'one-working-day')?.counts, [2, 3, 0])
    const reasons = tabulate(rows, 'reason', ['declined'], () => 'declined')
    assert.deepEqual(reasons.rows.find(r => r.value === 'already-helped')?.counts, [2])
    assert.deepEqual(
      await as(coordinator, today, tx => countReferrals(tx, '2026-11-13', '2026-11-20')),
      [],
      'by the day on which they were sent',
    )
  })

  test('R27 who may not see records reads no count below 5, and others in fives', async () => {
    for (let i = 0; i < 6; i++) await refer({ gender: 'female' })
    const analyst = await (await web.signInAs('Analyst')).get('/referrals/figures')
    assert.match(analyst.body, /data-label="Not accepted">1</)
    for (const post of ['Board member', 'Triage coordinator', 'Chief inspector'] as const) {
      const page = await (await web.signInAs(post)).get('/referrals/figures')
      assert.equal(page.statusCode, 200, post)
      const cells = [
        ...page.body.matchAll(
          /data-label="(?:Accepted|Not accepted|Withdrawn|Open|Late|Looked at in time|Not due yet)">(?:<span[^>]*>)?([^<]*)/g,
        ),
      ].map(([, text]) => text!.trim())
      assert.ok(cells.length > 50, `${post}: ${cells.length} cells`)
      assert.ok(cells.some(text => text === 'withheld'))
      assert.ok(
        cells.every(text => text === 'withheld' || Number(text) % 5 === 0),
        cells.join(' '),
      )
    }
  })

  test('is not there without an account, and an odd period is the last year', async () => {
    assert.equal((await web.browser().get('/referrals/figures')).statusCode, 404)
    const analyst = await web.signInAs('Analyst')
    for (const query of ['from=2026-02-31&to=x', 'from=2026-12-01&to=2026-11-01', "from='"]) {
      assert.equal((await analyst.get(`/referrals/figures?${query}`)).statusCode, 200, query)
    }
    const empty = await analyst.get('/referrals/figures?from=2020-01-01&to=2020-02-01')
    assert.match(empty.body, /No referrals in this time/)
  })
})
