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
 * Every role of every agency, for every purpose and for none, against referrals of two agencies in every standing. What
 * they may read is written down here a second time, apart from the policies, and compared row by row.
 */

interface Known {
  id: string
  from: string
  author: string
  suspended: boolean
  restricted: boolean
  emergency: boolean
}

let casework: TestCasework
const referrals: Known[] = []
const drafts: { id: string; author: string; agency: string }[] = []
const concerns: { id: string; agency: string; suspended: boolean; restricted: boolean }[] = []
const agencies: TestAgency[] = ['school', 'police', 'council', 'partnership', 'charity']

before(async () => {
  casework = await caseworkForTests()
  const { database } = casework
  const decider = await casework.member('partnership', 'coordinator')
  for (const agency of ['school', 'charity', 'partnership'] as const) {
    for (const role of ['practitioner', 'coordinator'] as const) {
      const author = await casework.member(agency, role)
      for (const standing of ['open', 'suspended', 'restricted', 'emergency'] as const) {
        const id = randomUUID()
        referrals.push({
          id,
          from: author.agency,
          author: author.user,
          suspended: standing === 'suspended',
          restricted: standing === 'restricted',
          emergency: standing === 'emergency',
        })
        await database.query(
          `insert into referrals (id, reference, from_agency, to_agency, author, kind, urgency, answers, purpose, legal_basis,
             shared_under, sent_at, due_at, state_by, state_at, review_on, delete_on, suspended_on, restricted_at)
           values ($1::uuid, $1::text, $2, 'partnership', $3, 'child', 'today', '{}', 'safeguarding', 'x', $4, $5, $5, $3, $5,
             '2027-01-01', '2028-01-01', $6, $7)`,
          [
            id,
            author.agency,
            author.user,
            standing === 'emergency' ? 'emergency' : 'own-agency',
            morning.toISOString(),
            standing === 'suspended' ? '2026-11-20' : null,
            standing === 'restricted' ? morning.toISOString() : null,
          ],
        )
        await database.query(
          `insert into referral_actions (referral, seq, action, state_after, by_user, by_agency, at, request_key)
           values ($1, 1, 'send', 'sent', $2, $3, $4, gen_random_uuid()), ($1, 2, 'take', 'in-triage', $5, 'partnership', $4, gen_random_uuid())`,
          [id, author.user, author.agency, morning.toISOString(), decider.user],
        )
        await database.query('insert into referral_reasons values ($1, 2, $2)', [id, 'for coordinators'])
        if (standing === 'emergency') {
          await database.query(
            `insert into referral_emergencies (referral, from_agency, to_agency, author, purpose, because, at, review_on)
             values ($1, $2, 'partnership', $3, 'safeguarding', 'x', $4, '2026-11-23')`,
            [id, author.agency, author.user, morning.toISOString()],
          )
        }
        const concern = randomUUID()
        concerns.push({
          id: concern,
          agency: author.agency,
          suspended: standing === 'suspended',
          restricted: standing === 'restricted',
        })
        await database.query(
          `insert into concerns (id, reference, agency, author, given, family, noticed_on, text, purpose, legal_basis, noted_at,
             review_on, delete_on, suspended_on, restricted_at)
           values ($1::uuid, $1::text, $2, $3, 'Synthetic', 'Child', '2026-11-20', 'x', 'safeguarding', 'x', $4, '2027-01-01', '2027-11-20', $5, $6)`,
          [
            concern,
            author.agency,
            author.user,
            morning.toISOString(),
            standing === 'suspended' ? '2026-11-20' : null,
            standing === 'restricted' ? morning.toISOString() : null,
          ],
        )
      }
      const draft = randomUUID()
      drafts.push({ id: draft, author: author.user, agency: author.agency })
      await database.query(
        `insert into referral_drafts (id, agency, author, started_at, changed_at, delete_on) values ($1, $2, $3, $4, $4, '2026-12-18')`,
        [draft, author.agency, author.user, morning.toISOString()],
      )
    }
  }
})
after(() => casework.close())

const readsPeople = ({ role, purpose }: Member) =>
  purpose !== null && (role === 'practitioner' || role === 'coordinator' || role === 'commander')

const coordinatesAt = ({ role, agency }: Member, at: string) => role === 'coordinator' && agency === at

const readsReferral = (viewer: Member, { from, author, suspended, restricted }: Known) =>
  readsPeople(viewer) &&
  !restricted &&
  (!suspended || coordinatesAt(viewer, 'partnership')) &&
  ((viewer.agency === from && (viewer.user === author || coordinatesAt(viewer, from))) ||
    coordinatesAt(viewer, 'partnership'))

const viewers = async (): Promise<Member[]> => {
  const found: Member[] = []
  for (const agency of agencies) {
    for (const role of memberRoles) {
      for (const purpose of [...purposes.map(p => p.id), null] as (PurposeId | null)[]) {
        const member = await casework.member(agency, role, purpose)
        found.push(member, { ...member, user: randomUUID() })
      }
    }
  }
  return found
}

test('who reads a referral, its actions, reasons, emergencies, drafts and concerns is as it is written down here', async () => {
  let compared = 0
  for (const viewer of await viewers()) {
    const ids = (sql: string) =>
      asMember(casework.database, viewer, { now: morning }, tx => tx.query<{ id: string }>(sql)).then(rows =>
        rows.map(r => r.id).sort(),
      )
    const said = `${viewer.role} of ${viewer.agency} for ${viewer.purpose}`
    const mine = referrals
      .filter(r => readsReferral(viewer, r))
      .map(r => r.id)
      .sort()
    const same = async (sql: string, expected: string[], what: string) => {
      assert.deepEqual(await ids(sql), expected.sort(), `${said}: ${what}`)
      compared++
    }
    await same('select id from referrals', mine, 'referrals')
    await same('select distinct referral as id from referral_actions', mine, 'actions')
    await same(
      'select distinct referral as id from referral_reasons',
      coordinatesAt(viewer, 'partnership') ? mine : [],
      'reasons',
    )
    const governs = viewer.role === 'information-governance-officer'
    await same(
      'select referral as id from referral_emergencies',
      referrals
        .filter(r => r.emergency)
        .filter(
          r =>
            governs ||
            (readsPeople(viewer) &&
              (r.author === viewer.user ||
                coordinatesAt(viewer, r.from) ||
                coordinatesAt(viewer, 'partnership'))),
        )
        .map(r => r.id),
      'emergencies',
    )
    await same(
      'select id from referral_drafts',
      drafts
        .filter(d => readsPeople(viewer) && d.author === viewer.user && d.agency === viewer.agency)
        .map(d => d.id),
      'drafts',
    )
    await same(
      'select id from concerns',
      concerns
        .filter(c => readsPeople(viewer) && c.agency === viewer.agency && !c.restricted)
        .filter(c => !c.suspended || viewer.role === 'coordinator')
        .map(c => c.id),
      'concerns',
    )
  }
  assert.ok(compared >= 1900, `${compared} sets were compared`)
})
