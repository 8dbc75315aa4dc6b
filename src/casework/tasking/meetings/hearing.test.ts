/** The policies and the explanation are asked about generated meetings, and must never disagree. `CONCORD_SEED=7` repeats a run. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import {
  caseworkForTests,
  morning,
  type TestAgency,
  type TestCasework,
} from '../../../../test/casework-for-tests.ts'
import { boardMeeting, dailyMeeting } from '../../../../test/meetings-for-tests.ts'
import { seededRandom } from '../../../analysis/seeded-random.ts'
import { asMember, asProgram, type Member } from '../../../governance/access/as-member.ts'
import type { Agreement } from '../../../governance/agreements/agreement.ts'
import { type MemberRole, memberRoles } from '../../../governance/roles.ts'
import { explainHearing, type Hearing, hearingWords, type Words } from './explain-hearing.ts'

const seed = Number(process.env.CONCORD_SEED ?? Math.floor(Math.random() * 1_000_000))
const random = seededRandom(seed)
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
const some = <T>(list: readonly T[], share: number) => list.filter(() => random() < share)

const places: TestAgency[] = ['school', 'police', 'council', 'partnership']
const instants = [morning, new Date('2026-12-05T09:00:00Z'), new Date('2027-06-01T09:00:00Z')]

interface Held {
  id: string
  members: { user: string; agency: string }[]
  said: (Words & { id: string })[]
}

let casework: TestCasework
const members: Member[] = []
const agreements: Agreement[] = []
const held: Held[] = []

before(async () => {
  casework = await caseworkForTests()
  for (const agency of places) {
    for (const role of memberRoles) members.push(await casework.member(agency, role as MemberRole))
  }
  const agencies = [...new Set(members.map(m => m.agency))]
  await asProgram(casework.database, morning, async ({ query }) => {
    const insert = (table: string, rows: object[]) =>
      query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)`, [
        JSON.stringify(rows),
      ])
    for (const type of [dailyMeeting, boardMeeting]) {
      await query('insert into meeting_types values ($1, $2, $3)', [type.id, type.name, JSON.stringify(type)])
    }
    for (let n = 0; n < 10; n++) {
      agreements.push({
        id: randomUUID(),
        purpose: pick(['safeguarding', 'violence-prevention']),
        parties: some(agencies, 0.6),
        fields: some(['meeting', 'known-to', 'summary'], 0.6),
        startsOn: pick(['2026-01-01', '2026-12-01']),
        endsOn: pick(['2026-12-31', '2028-01-01']),
        endedOn: pick([null, null, '2026-12-05']),
      })
    }
    await insert(
      'agreements',
      agreements.map(a => ({
        id: a.id,
        title: 'Drawn by lot',
        purpose: a.purpose,
        legal_basis: 'for tests',
        owner: 'council',
        starts_on: a.startsOn,
        ends_on: a.endsOn,
        ended_on: a.endedOn,
        created_at: morning,
      })),
    )
    await insert(
      'agreement_parties',
      agreements.flatMap(a => a.parties.map(agency => ({ agreement: a.id, agency }))),
    )
    await insert(
      'agreement_fields',
      agreements.flatMap(a => a.fields.map(field => ({ agreement: a.id, field }))),
    )
    for (let n = 0; n < 12; n++) {
      const type = n % 4 === 0 ? boardMeeting : dailyMeeting
      const purpose = type === boardMeeting ? null : pick(['safeguarding', 'violence-prevention'])
      const sits = some(members, 0.5)
      const meeting: Held = {
        id: randomUUID(),
        // One of them sat in it for another agency, and moved since.
        members: sits.map((m, i) => ({ user: m.user, agency: i === 0 ? pick(agencies) : m.agency })),
        said: Array.from({ length: 12 }, () => ({
          id: randomUUID(),
          agency: pick(agencies),
          purpose,
          seenBy: random() < 0.3 ? some(agencies, 0.4) : null,
          restrictedAt: random() < 0.1 ? morning : null,
        })),
      }
      held.push(meeting)
      await query(
        `insert into meetings (id, reference, type, starts_at, purpose, agencies, quorum, sees, planned_at, state)
         values ($1, $2, $3, $4, $5, $6, '{"agencies":1}', '{topic}', $7, 'open')`,
        [
          meeting.id,
          `M-2026-${1000 + n}`,
          type.id,
          new Date(morning.getTime() + n * 60_000).toISOString(),
          purpose,
          agencies,
          morning.toISOString(),
        ],
      )
      for (const { user, agency } of meeting.members) {
        await query(
          `insert into meeting_members (meeting, user_id, agency, part) values ($1, $2, $3, 'member')`,
          [meeting.id, user, agency],
        )
      }
      for (const words of meeting.said) {
        await query(
          `insert into meeting_entries (id, meeting, kind, text, agency, seen_by, by_user, by_agency, at, delete_on, restricted_at)
           values ($1, $2, 'note', 'Drawn by lot', $3, $4, $5, $3, $6, '2029-01-01', $7)`,
          [
            words.id,
            meeting.id,
            words.agency,
            words.seenBy,
            members[0]!.user,
            morning.toISOString(),
            words.restrictedAt?.toISOString() ?? null,
          ],
        )
        await query(
          `insert into agenda_items (id, meeting, seq, section, kind, title, agency, seen_by, added_at, delete_on, restricted_at)
           values ($1, $2, 1, 'Drawn', 'topic', 'Drawn by lot', $3, $4, $5, '2029-01-01', $6)`,
          [
            words.id,
            meeting.id,
            words.agency,
            words.seenBy,
            morning.toISOString(),
            words.restrictedAt?.toISOString() ?? null,
          ],
        )
      }
    }
  })
})
after(() => casework.close())

test('R13 R14 the policies of meetings and their explanation agree', async t => {
  const reasons = new Map<Hearing, number>()
  let asked = 0
  const viewers = members.flatMap(member =>
    ['practitioner', 'coordinator', 'commander'].includes(member.role)
      ? (['safeguarding', 'violence-prevention', null] as const).map(purpose => ({ ...member, purpose }))
      : [{ ...member, purpose: null }],
  )
  for (const member of viewers) {
    for (const now of instants) {
      const seen = await asMember(casework.database, member, { now }, async tx => ({
        said: new Set((await tx.query<{ id: string }>('select id from meeting_entries')).map(r => r.id)),
        items: new Set((await tx.query<{ id: string }>('select id from agenda_items')).map(r => r.id)),
      }))
      for (const meeting of held) {
        for (const words of meeting.said) {
          const hearing = explainHearing(member, words, { now, agreements, members: meeting.members })
          const where = `seed ${seed}: ${member.role} of ${member.agency} for ${member.purpose}, ${now.toISOString()}: ${hearing.because} ${JSON.stringify(words)}`
          assert.equal(seen.said.has(words.id), hearing.ok, where)
          assert.equal(seen.items.has(words.id), hearing.ok, `as a matter, ${where}`)
          reasons.set(hearing.because, (reasons.get(hearing.because) ?? 0) + 1)
          asked++
        }
      }
    }
  }
  t.diagnostic(`seed ${seed}: ${asked} questions; ${[...reasons].map(([r, n]) => `${r} ${n}`).join(', ')}`)
  const missing = Object.keys(hearingWords).filter(r => !reasons.has(r as Hearing) && r !== 'nothing named')
  assert.ok(missing.length <= 2, `too little was asked: ${missing.join(', ')}`)
})
