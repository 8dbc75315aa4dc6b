import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import {
  caseworkForTests,
  morning,
  type TestAgency,
  type TestCasework,
} from '../../../../test/casework-for-tests.ts'
import { asMember, type Member } from '../../../governance/access/as-member.ts'
import { type PurposeId, purposes } from '../../../governance/purposes.ts'
import { memberRoles } from '../../../governance/roles.ts'

/**
 * Every role of every agency, for every purpose and for none, against actions in every standing. What they may read is
 * written down here a second time, apart from the policies, and compared row by row.
 */

interface Known {
  id: string
  maker: Member
  agency: string
  audience: string | null
  about: 'nobody' | 'somebody'
  standing: 'open' | 'suspended' | 'restricted'
}

const names: TestAgency[] = ['school', 'police', 'council', 'partnership', 'charity']
const agencyId = (name: TestAgency) => (name === 'school' ? 'oak-school' : name)
/** Who agreed that actions for safeguarding may cross: nobody has agreed on anything else. */
const agreed = ['oak-school', 'partnership', 'council']

let casework: TestCasework
const actions: Known[] = []

before(async () => {
  casework = await caseworkForTests()
  const { database } = casework
  // Known to the charity alone, which has no part in any of it.
  const { person } = await casework.record(await casework.member('charity'))
  await casework.agree(['school', 'partnership', 'council'], ['action'])
  await casework.agree(['school', 'police'], ['plan'])
  for (const from of ['school', 'police', 'partnership'] as const) {
    const maker = await casework.member(from)
    for (const to of ['school', 'police', 'council'] as const) {
      for (const audience of [null, 'partnership', 'charity'] as const) {
        for (const about of ['nobody', 'somebody'] as const) {
          for (const standing of ['open', 'suspended', 'restricted'] as const) {
            const agency = agencyId(to)
            const id = randomUUID()
            const under = about === 'somebody' ? 'action' : null
            await database.query(
              `insert into actions (id, reference, what, agency, due_on, person_id, made_by, made_by_agency, made_at, purpose,
                 legal_basis, under, review_days, review_on, delete_on, suspended_on, restricted_at)
               values ($1::uuid, $1::text, 'x', $2, '2026-12-01', $3, $4, $5, $6, 'safeguarding', 'x', $7, 42, '2027-01-01',
                 '2028-01-01', $8, $9)`,
              [
                id,
                agency,
                about === 'somebody' ? person : null,
                maker.user,
                maker.agency,
                morning.toISOString(),
                agency === maker.agency ? null : under,
                standing === 'suspended' ? '2026-11-20' : null,
                standing === 'restricted' ? morning.toISOString() : null,
              ],
            )
            await database.query(
              `insert into action_moves (action, seq, action_name, state_after, by_user, by_agency, at, request_key)
               values ($1, 1, 'make', 'open', $2, $3, $4, gen_random_uuid())`,
              [id, maker.user, maker.agency, morning.toISOString()],
            )
            if (audience && audience !== from) {
              await database.query('insert into action_audience values ($1, $2, $3)', [id, audience, under])
            }
            actions.push({
              id,
              maker,
              agency,
              audience: audience === from ? null : audience,
              about,
              standing,
            })
          }
        }
      }
    }
  }
})
after(() => casework.close())

const readsPeople = ({ role, purpose }: Member) =>
  purpose !== null && (role === 'practitioner' || role === 'coordinator' || role === 'commander')

const crosses = (one: string, other: string) =>
  one !== other && agreed.includes(one) && agreed.includes(other)

function reads(viewer: Member, { maker, agency, audience, about, standing }: Known): boolean {
  if (!readsPeople(viewer) || standing === 'restricted') return false
  const coordinates = viewer.role === 'coordinator'
  if (standing === 'suspended' && !(coordinates && [agency, maker.agency].includes(viewer.agency)))
    return false
  const personal = about === 'somebody'
  if (viewer.agency === agency && (!personal || agency === maker.agency || crosses(agency, maker.agency)))
    return true
  if (viewer.agency === maker.agency && (coordinates || viewer.user === maker.user)) return true
  if (viewer.agency !== audience) return false
  return !personal || (viewer.purpose === 'safeguarding' && crosses(maker.agency, audience))
}

test('who reads an action and what was done about it is as it is written down here', async () => {
  let compared = 0
  const met = new Set<boolean>()
  for (const name of names) {
    for (const role of memberRoles) {
      for (const purpose of [...purposes.map(p => p.id), null] as (PurposeId | null)[]) {
        const member = await casework.member(name, role, purpose)
        for (const viewer of [member, { ...member, user: randomUUID() }]) {
          const expected = actions
            .filter(a => reads(viewer, a))
            .map(a => a.id)
            .sort()
          for (const sql of ['select id from actions', 'select action as id from action_moves']) {
            const found = await asMember(casework.database, viewer, { now: morning }, tx =>
              tx.query<{ id: string }>(sql),
            )
            assert.deepEqual(
              found.map(r => r.id).sort(),
              expected,
              `${role} of ${name} for ${purpose}: ${sql}`,
            )
            met.add(found.length > 0)
            compared++
          }
        }
      }
    }
  }
  assert.ok(compared >= 640, `${compared} sets were compared`)
  assert.equal(met.size, 2)
})

const refused = /row-level security|violates check/

const insert = (viewer: Member, values: Record<string, unknown>) =>
  asMember(casework.database, viewer, { now: morning }, tx => {
    const row = {
      id: randomUUID(),
      reference: randomUUID(),
      what: 'x',
      agency: viewer.agency,
      due_on: '2026-12-01',
      made_by: viewer.user,
      made_by_agency: viewer.agency,
      made_at: morning.toISOString(),
      purpose: 'safeguarding',
      legal_basis: 'x',
      review_days: 42,
      review_on: '2027-01-01',
      delete_on: '2028-01-01',
      ...values,
    }
    const columns = Object.keys(row).join(', ')
    return tx.query(
      `insert into actions (${columns}) select ${columns} from jsonb_populate_record(null::actions, $1)`,
      [JSON.stringify(row)],
    )
  })

test('nobody makes an action as somebody else, of somebody whom they do not know, for an agency that may not read it', async () => {
  const school = await casework.member('school')
  const police = await casework.member('police')
  const theirs = await casework.record(police)
  const mine = await casework.record(school)
  await insert(school, { person_id: mine.person })
  for (const wrong of [
    { made_by: police.user },
    { made_by_agency: 'police' },
    { person_id: theirs.person },
    { person_id: mine.person, agency: 'police', under: 'action' },
    { purpose: 'violence-prevention' },
    { due_on: '2027-12-01' },
    { review_on: '2027-12-01' },
    { state: 'done', closed_at: morning.toISOString(), result: 'x' },
  ]) {
    await assert.rejects(insert(school, wrong), refused, JSON.stringify(wrong))
  }
  await assert.rejects(insert(school, { person_id: mine.person, agency: 'police', under: null }), refused)
})

test('nobody changes or deletes an action, widens who reads it beyond an agreement, or makes a move that is not theirs', async () => {
  const school = await casework.member('school')
  const charity = await casework.member('charity')
  const mine = await casework.record(school)
  const id = randomUUID()
  await insert(school, { id, person_id: mine.person })
  const run = (viewer: Member, sql: string, values: unknown[] = [id]) =>
    asMember(casework.database, viewer, { now: morning }, tx => tx.query(sql, values))
  for (const sql of [
    `update actions set what = 'y' where id = $1`,
    'delete from actions where id = $1',
    `update actions set restricted_at = null where id = $1`,
    `insert into action_audience values ($1, 'police', 'action')`,
    `insert into action_audience values ($1, 'council', null)`,
  ]) {
    await assert.rejects(run(school, sql), /row-level security|permission denied/, sql)
  }
  await run(school, `insert into action_audience values ($1, 'council', 'action')`)
  const council = await casework.member('council')
  const moved = (move: string, after: string, by: Member) =>
    run(
      by,
      `insert into action_moves (action, seq, action_name, state_after, by_user, by_agency, at, request_key)
       values ($1, 1, $2, $3, $4, $5, present(), gen_random_uuid())`,
      [id, move, after, by.user, by.agency],
    )
  await assert.rejects(moved('finish', 'done', council), /row-level security/)
  await assert.rejects(moved('withdraw', 'withdrawn', council), /row-level security/)
  await assert.rejects(moved('note', 'open', charity), /row-level security/)
  await assert.rejects(moved('note', 'done', school), /row-level security/)
  await assert.rejects(moved('finish', 'open', school), /violates check/)
  await moved('note', 'open', council)
})
