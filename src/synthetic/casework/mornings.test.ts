import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { copySyntheticCasework } from '../../../test/synthetic-stores.ts'
import { type CastPost, type TestWeb, testWeb } from '../../../test/web-for-tests.ts'
import { concernPatterns } from '../../casework/intake/concerns/concern-store.ts'
import { readOvernight } from '../../casework/intake/overnight/overnight-store.ts'
import { listDrafts } from '../../casework/intake/referrals/draft-store.ts'
import { listSent, readReferral } from '../../casework/intake/referrals/referral-store.ts'
import { readFilter } from '../../casework/intake/triage/queue.ts'
import { knownTo, readQueue } from '../../casework/intake/triage/triage-store.ts'
import { listPlans, readPlan } from '../../casework/plans/plan-store.ts'
import { type ActionFilter, actionsOf } from '../../casework/tasking/actions/action-store.ts'
import { asMember, type MemberTransaction } from '../../governance/access/as-member.ts'
import { listDisclosures } from '../../governance/disclosure/disclosure-store.ts'
import { listEmergencyShares } from '../../governance/disclosure/emergency-reviews.ts'
import { listRequests } from '../../governance/disclosure/request-store.ts'
import { londonDay } from '../../platform/calendar.ts'
import { cast } from './cast.ts'

const now = new Date('2026-11-20T08:40:00Z')

describe('the mornings of the cast', () => {
  let web: TestWeb
  before(async () => {
    web = await testWeb({ data: copySyntheticCasework, clock: () => now })
  })
  after(() => web.close())

  const as = async <T>(post: CastPost, act: (tx: MemberTransaction) => Promise<T>): Promise<T> =>
    asMember(web.store.installation.database, await web.castMember(post), { now }, act)

  const count = async (tx: MemberTransaction, from: string) =>
    (await tx.query<{ n: number }>(`select count(*) as n from ${from}`))[0]!.n

  test('the triage coordinator has a queue with something overdue, something for today and something for later', () =>
    as('Triage coordinator', async tx => {
      const queue = await readQueue(tx, readFilter({}))
      assert.ok(queue.length >= 30 && queue.length <= 60, String(queue.length))
      const waiting = queue.filter(q => q.state === 'sent')
      const overdue = waiting.filter(q => q.dueAt < now)
      assert.ok(overdue.length >= 3 && overdue.every(q => now.getTime() - q.dueAt.getTime() < 3 * 86_400_000))
      assert.ok(waiting.filter(q => q.dueAt >= now && londonDay(q.dueAt) === '2026-11-20').length >= 5)
      assert.ok(waiting.filter(q => londonDay(q.dueAt) > '2026-11-20').length >= 5)
      assert.ok((await readQueue(tx, readFilter({ show: 'mine' }))).length >= 3)
      const challenged = await readQueue(tx, readFilter({ show: 'challenged' }))
      const own: string[][] = []
      for (const { reference } of challenged) own.push((await readReferral(tx, reference)).stands.deciders)
      assert.ok(
        own.some(deciders => deciders.includes(tx.member.user)),
        'some are for another coordinator',
      )
      assert.ok(
        own.some(deciders => !deciders.includes(tx.member.user)),
        'some are for them',
      )
      assert.ok((await concernPatterns(tx)).length > 0)
    }))

  test('the pointer tells the triage coordinator of other agencies for some of the queue', () =>
    as('Triage coordinator', async tx => {
      const references = (await readQueue(tx, readFilter({}))).map(q => q.reference)
      const pointed: number[] = []
      for (const reference of references) {
        pointed.push((await knownTo(tx, await readReferral(tx, reference)))?.length ?? 0)
      }
      assert.ok(pointed.some(n => n > 0))
    }))

  test('the school link officer reads outcomes of what they sent and nobody else’s referrals, and has a draft', () =>
    as('School link officer', async tx => {
      const sent = await listSent(tx)
      assert.ok(sent.every(line => line.mine))
      assert.ok(sent.length >= 8 && sent.length < 40, String(sent.length))
      const states = new Set(sent.map(line => line.state))
      for (const state of ['accepted', 'declined', 'challenged', 'in-triage'])
        assert.ok(states.has(state as never))
      assert.ok((await listDrafts(tx)).length >= 1)
    }))

  test('whoever keeps records reads those of their own agency and of no other', async () => {
    for (const { post, role } of cast) {
      await as(post, async tx => {
        const keeps = role === 'practitioner' || role === 'coordinator' || role === 'commander'
        const opened = `person_id in (select person_id from break_glass where user_id = '${tx.member.user}' and ends_at > present())`
        assert.equal(
          await count(tx, `agency_records where agency <> viewer_agency() and not ${opened}`),
          0,
          post,
        )
        assert.equal(
          await count(tx, `entries where agency <> viewer_agency() and circle is null and not ${opened}`),
          0,
          post,
        )
        const own = await count(tx, 'agency_records')
        assert.ok(keeps ? own > 0 : own === 0, `${post}: ${own}`)
      })
    }
  })

  test('requests wait for the social worker, the police officer, the probation officer and the school', async () => {
    const posts = [
      'Social worker',
      'Neighbourhood police officer',
      'Probation officer',
      'School link officer',
    ] as const
    for (const post of posts) {
      await as(post, async tx => {
        const requests = await listRequests(tx, 500)
        assert.ok(
          requests.some(q => q.to === tx.member.agency && q.answer === null),
          post,
        )
      })
    }
    await as('Social worker', async tx => {
      const requests = await listRequests(tx, 500)
      assert.ok(requests.some(q => q.from === tx.member.agency && q.answer === null))
      const received = (await listDisclosures(tx, 500)).filter(d => d.to === tx.member.agency)
      assert.ok(received.length > 3)
      assert.ok(received.every(d => d.withdrawnAt === null && d.endsOn >= '2026-11-20'))
    })
  })

  test('the navigator has people of last night, hurt and at risk apart', () =>
    as('Navigator in the emergency department', async tx => {
      const people = await readOvernight(tx)
      assert.ok(people.length >= 5)
      assert.ok(new Set(people.map(p => p.roleInEvent)).size > 1)
    }))

  test('R17 the youth worker reads notes of a closed circle; the police read none of mediation, youth work or health', async () => {
    assert.ok((await as('Youth worker', tx => count(tx, 'entries where circle is not null'))) > 0)
    const read = await as('Neighbourhood police officer', tx =>
      tx.query<{ kind: string }>('select c.kind from entries e join circles c on c.id = e.circle'),
    )
    assert.ok(read.every(({ kind }) => kind === 'restricted-case'))
  })

  test('the officer of information governance has reviews to make, and reads no case', () =>
    as('Information governance officer', async tx => {
      const shares = await listEmergencyShares(tx, 100)
      assert.ok(shares.some(s => s.reviewedAt === null && s.reviewOn < '2026-11-20'))
      assert.ok((await count(tx, 'break_glass where reviewed_at is null')) > 0)
      assert.ok((await count(tx, 'rights_cases')) >= 5)
      const flagged = await count(tx, `audit_flags(1, 1000000) where flag = 'own-name'`)
      assert.ok(flagged > 0)
      for (const table of ['referrals', 'entries', 'disclosures', 'concerns']) {
        assert.equal(await count(tx, table), 0, table)
      }
    }))

  test('notices tell each of those who keep records of what needs them, with a reference and no name', async () => {
    for (const post of ['Triage coordinator', 'School link officer', 'Social worker'] as const) {
      await as(post, async tx => {
        assert.ok((await count(tx, 'notices where read_at is null')) > 0, post)
        assert.ok((await count(tx, 'notices where read_at is not null')) > 0, post)
      })
    }
  })

  test('every morning opens', async () => {
    for (const { post } of cast) {
      const browser = await web.signInAs(post)
      const first = await browser.get('/')
      const page =
        first.statusCode === 303 || first.statusCode === 302
          ? await browser.get(String(first.headers.location))
          : first
      assert.equal(page.statusCode, 200, post)
    }
  })

  test('each of the cast who works with people has something overdue, something for today and something for the week', async () => {
    for (const { post, role } of cast) {
      if (!['practitioner', 'coordinator', 'commander'].includes(role)) continue
      await as(post, async tx => {
        const mine = (more: ActionFilter) =>
          actionsOf(tx, { owner: tx.member.user, states: ['open'], ...more }, { limit: 200, offset: 0 })
        assert.ok((await mine({ overdueOn: '2026-11-20' })).total >= 1, post)
        assert.ok((await mine({ dueFrom: '2026-11-20', dueTo: '2026-11-20' })).total >= 1, post)
        const week = await mine({ dueFrom: '2026-11-21', dueTo: '2026-11-27' })
        assert.ok(week.total >= 2 && week.total < 60, `${post}: ${week.total}`)
      })
    }
  })

  test('the social worker leads a plan with 300 actions, and reads every one of them', () =>
    as('Social worker', async tx => {
      const { lines } = await listPlans(tx, { show: 'mine', kind: null }, { limit: 100, offset: 0 })
      assert.ok(lines.length >= 1)
      const many: number[] = []
      for (const { reference } of lines) {
        const { id } = await readPlan(tx, reference)
        many.push((await actionsOf(tx, { plan: id }, { limit: 2000, offset: 0 })).lines.length)
      }
      assert.ok(Math.max(...many) >= 300, String(many))
    }))
})
