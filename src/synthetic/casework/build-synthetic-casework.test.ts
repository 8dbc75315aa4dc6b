import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openSyntheticCasework } from '../../../test/synthetic-stores.ts'
import { readAreaPack } from '../../areas/read-area-pack.ts'
import type { Answers } from '../../casework/intake/referrals/answers.ts'
import { missing } from '../../casework/intake/referrals/ready-to-send.ts'
import { insist, moves, type ReferralAction, standing } from '../../casework/intake/referrals/referral.ts'
import { findCarefulWords } from '../../casework/language/careful-words.ts'
import type { PersonName } from '../../casework/register/names.ts'
import {
  type ActionState,
  standing as actionStanding,
  insist as insistOnAction,
  type MadeMove,
} from '../../casework/tasking/actions/action.ts'
import {
  type Attendance,
  type MeetingMove,
  type MoveDetail,
  standing as meetingStanding,
  type Quorum,
  quorate,
} from '../../casework/tasking/meetings/meeting.ts'
import { verifyAudit } from '../../governance/audit/verify-audit.ts'
import { personalTables } from '../../governance/retention/personal-tables.ts'
import { runRetention } from '../../governance/retention/run-retention.ts'
import { londonDay } from '../../platform/calendar.ts'
import { readConfig } from '../../platform/config.ts'
import type { Database } from '../../platform/postgres.ts'
import { buildSyntheticCasework } from './build-synthetic-casework.ts'
import { MADE_UP } from './invented-names.ts'

const now = new Date('2026-11-20T08:40:00Z')

describe('the casework of the synthetic partnership', () => {
  let database: Database
  before(async () => {
    database = await openSyntheticCasework()
    const pack = await readAreaPack(readConfig({}).areaFolder)
    assert.equal(await buildSyntheticCasework(database, pack, { seed: 2019, now }), null, 'it is built once')
  })
  after(() => database.close())

  const count = async (from: string) =>
    (await database.query<{ n: number }>(`select count(*) as n from ${from}`))[0]!.n

  const sumKept = async (where: string) =>
    (
      await database.query<{ n: number }>(
        `select coalesce(sum(rows), 0)::integer as n from kept_counts where ${where}`,
      )
    )[0]!.n

  test('has about forty agencies and more teams, 120 accounts, 6,000 people, 2,500 referrals', async () => {
    assert.ok((await count('agencies')) >= 35)
    assert.ok((await count('teams')) >= 40)
    assert.equal(await count('users'), 120)
    assert.equal(await count('users where not synthetic'), 0)
    assert.ok((await count('persons')) >= 6000)
    assert.equal(await count('referrals'), 2500)
    const shared = '(select person_id from agency_records group by 1 having count(distinct agency) > 1) p'
    assert.ok((await count(shared)) > 2000)
  })

  test('no name in it can be taken for that of a real person', async () => {
    const records = await database.query<{ names: PersonName[] }>('select names from agency_records')
    const told = await database.query<{ given: string | null; family: string | null; known: string | null }>(
      `select answers ->> 'given' as given, answers ->> 'family' as family, answers ->> 'alsoKnownAs' as known
       from referrals where kind in ('child', 'adult')
       union all select answers ->> 'given', answers ->> 'family', null from referral_drafts
       union all select given, family, null from concerns union all select given, family, null from rights_cases`,
    )
    const names = [
      ...records.flatMap(r => r.names.map(n => `${n.given} ${n.family}`)),
      ...told.map(t => `${t.given} ${t.family}`),
      ...told.flatMap(t => t.known ?? []),
    ]
    assert.deepEqual(
      names.filter(name => !MADE_UP.test(name.replaceAll(/[^\p{L}]/gu, ''))),
      [],
    )
    const people = await database.query<{ name: string; email: string }>('select name, email from users')
    assert.deepEqual(
      people.filter(p => !p.name.endsWith('(synthetic)') || !p.email.endsWith('@concord.example')),
      [],
    )
    const schools = await database.query(
      `select distinct school from agency_records where school not like '%(synthetic)'`,
    )
    assert.deepEqual(schools, [])
  })

  test('records of one person disagree in name, date of birth, address and school, and some were never joined', async () => {
    const differ = (what: string) =>
      count(
        `agency_records a join agency_records b on b.person_id = a.person_id and b.id > a.id where a.${what} <> b.${what}`,
      )
    for (const what of ['names', 'birth_date', 'address', 'school'])
      assert.ok((await differ(what)) > 100, what)
    assert.ok((await count(`agency_records where birth_date_known <> 'day'`)) > 100)
    assert.ok((await count(`agency_records where names -> 0 ->> 'family' = ''`)) > 50)
  })

  test('R4 R26 nothing that is written uses a word to be careful with, or takes culture for a ground', async () => {
    const texts = await database.query<{ text: string }>(
      `select text from entries union select source from entries union select text from concerns
       union select because from referral_reasons union select question || ' ' || because from sharing_requests
       union select coalesce(answers ->> 'seen', '') || ' ' || coalesce(answers ->> 'said', '') || ' ' ||
         coalesce(answers ->> 'strengths', '') from referrals
       union select detail -> 'decision' ->> 'told' from referral_actions where detail ? 'decision'
       union select offence from panel_cases union select text from panel_papers
       union select detail::text from panel_case_moves union select aim || answers::text from bids union select detail::text from bid_moves
       union select text from consequence_entries union select detail::text from consequence_moves
       union select aim from plans union select text from plan_statements union select what from plan_offers
       union select what || ' ' || coalesce(result, '') from actions union select detail::text from action_moves
       union select text || ' ' || source || ' ' || coalesce(ended_because, '') from custody_concerns
       union select detail::text from custody_moves union select lead_worker || ' ' || told_by from arrangements
       union select says from group_links union select says from group_relations`,
    )
    assert.ok(texts.length > 60)
    const culture =
      /\b(?:music|rap|drill|hood(?:ie)?|tracksuit|emoji|instagram|snapchat|tiktok|gang|postcode)\b/iu
    assert.deepEqual(
      texts.filter(({ text }) => findCarefulWords(text).length > 0 || culture.test(text)),
      [],
    )
  })

  test('twenty cases wait for the panel, two of them too long; others are decided, and over', async () => {
    assert.equal(await count(`panel_cases where state = 'waiting'`), 20)
    assert.ok((await count(`panel_cases where state = 'waiting' and decide_by < '2026-11-20'`)) > 0)
    for (const state of ['decided', 'completed', 'returned', 'withdrawn']) {
      assert.ok((await count(`panel_cases where state = '${state}'`)) > 0, state)
    }
  })

  test('bids: three for the same days of one task force, one deployed, others over', async () => {
    assert.equal(await count(`bids where resource = 'guardian-taskforce' and state = 'asked'`), 3)
    for (const state of ['granted', 'deployed', 'ended', 'refused', 'withdrawn', 'not-deployed']) {
      assert.ok((await count(`bids where state = '${state}'`)) > 0, state)
    }
  })

  test('consequence management: one of which a meeting is being held, one whose review is overdue', async () => {
    assert.ok((await count('consequences')) >= 6)
    assert.equal(await count(`consequences where state = 'open' and review_due_on < '2026-11-20'`), 1)
    assert.equal(
      await count(
        `meetings m join agenda_items i on i.meeting = m.id join consequences c on c.reference = i.source_id
         where m.state = 'open' and i.source_kind = 'consequence' and c.state = 'open'`,
      ),
      1,
    )
    const folded = await count(
      `consequences c where c.state <> (
         select v.state_after from consequence_moves v where v.consequence = c.id order by v.seq desc limit 1)`,
    )
    assert.equal(folded, 0)
  })

  test('what the planner knows of the tables holds no name of anybody who is in them', async () => {
    const held = await database.query(
      `with families as materialized (
         select distinct names -> 0 ->> 'family' as name from agency_records where length(names -> 0 ->> 'family') > 3
       ), known as materialized (
         select tablename as "table", attname as column, coalesce(most_common_vals::text, '') ||
           coalesce(histogram_bounds::text, '') as "values"
         from pg_stats where schemaname = 'public' and tablename <> 'users'
       )
       select k."table", k.column from known k where exists (select from families f where k."values" like '%' || f.name || '%')`,
    )
    assert.deepEqual(held, [])
    assert.ok((await count(`pg_stats where schemaname = 'public'`)) > 300)
  })

  test('R1 every record opens with what goes well', async () => {
    const without = await count(
      `agency_records r where not exists (select from entries e where e.record_id = r.id and e.kind = 'strength')`,
    )
    assert.equal(without, 0)
  })

  test('every referral was ready to be sent, and its history is legal by the table of moves', async () => {
    const rows = await database.query<{
      id: string
      author: string
      guest: boolean
      from_agency: string
      answers: Answers
      sent_at: Date
      actions: (Omit<ReferralAction, 'at'> & { at: string; agency: string; role: string; after: string })[]
    }>(
      `select r.id, r.author, r.guest_organisation is not null as guest, r.from_agency, r.answers, r.sent_at, (
         select jsonb_agg(jsonb_build_object('seq', a.seq, 'action', a.action, 'byUser', a.by_user, 'byName', u.name,
           'at', a.at, 'detail', a.detail, 'agency', a.by_agency, 'role', u.role, 'after', a.state_after) order by a.seq)
         from referral_actions a left join users u on u.id = a.by_user where a.referral = r.id) as actions
       from referrals r`,
    )
    assert.equal(rows.length, 2500)
    for (const { author, guest, from_agency, answers, sent_at, actions } of rows) {
      assert.deepEqual(missing(answers, londonDay(sent_at)), [])
      const done: ReferralAction[] = []
      for (const { at, agency, role, after, ...act } of actions) {
        insist(act.action, standing(done), {
          user: act.byUser ?? author,
          author: act.byUser === author || (act.byUser === null && guest),
          ofReferrer: agency === from_agency,
          coordinator: role === 'coordinator' && agency === 'violence-reduction-partnership',
        })
        assert.equal(after, moves[act.action].to ?? standing(done).state)
        done.push({ ...act, at: new Date(at) })
      }
    }
    const histories = Map.groupBy(rows, r => r.actions.map(a => a.action).join(' '))
    assert.ok(histories.size >= 9, [...histories.keys()].join('; '))
  })

  test('partners are invited in every state, and what some sent waits or was decided', async () => {
    const states: [string, string][] = [
      ['open', `used_at is null and taken_back_at is null and ends_at > '2026-11-20T08:40:00Z'`],
      ['ended', `used_at is null and taken_back_at is null and ends_at <= '2026-11-20T08:40:00Z'`],
      ['used', 'used_at is not null'],
      ['taken back', 'taken_back_at is not null'],
    ]
    for (const [state, where] of states) {
      assert.ok((await count(`referral_invitations where ${where}`)) >= 2, state)
    }
    assert.equal(
      await count(`referral_invitations i left join referrals r on r.reference = i.referral_reference
        and r.invitation = i.id and r.author = i.invited_by and r.sent_at = i.used_at
        where i.used_at is not null and r.id is null`),
      0,
    )
    assert.ok((await count(`referrals where guest_organisation is not null and state = 'sent'`)) >= 2)
    assert.equal(await count(`referral_invitations where email not like '%@concord.example'`), 0)
    assert.equal(await count(`referral_invitations where organisation not like '%(synthetic)'`), 0)
    assert.equal(await count('invitation_mails'), 0)
  })

  test('12,000 actions over three years, in every state, stand as their histories have led by the table of moves', async () => {
    const rows = await database.query<{
      state: ActionState
      owner: string
      due_on: string
      made_by: string
      agency: string
      started: boolean
      escalated_to: string | null
      moves: (Omit<MadeMove, 'at' | 'detail'> & { by: string })[]
    }>(
      `select a.state, a.owner, a.due_on, a.made_by, a.agency, a.started_at is not null as started,
         case when a.escalated_at is not null then a.escalate_to end as escalated_to, (
           select jsonb_agg(jsonb_build_object('seq', m.seq, 'move', m.action_name, 'by', m.by_agency, 'byUser', m.by_user,
             'toUser', m.to_user, 'toAgency', m.to_agency, 'dueOn', m.due_on) order by m.seq)
           from action_moves m where m.action = a.id) as moves
       from actions a where a.meeting is null`,
    )
    assert.equal(rows.length, 12_000)
    for (const { state, owner, due_on, agency, started, escalated_to, moves: made } of rows) {
      const done: MadeMove[] = []
      // Whoever has it at the end had it from the beginning, unless it was given.
      const first = made.some(m => m.move === 'give') ? null : owner
      for (const move of made) {
        insistOnAction(move.move, actionStanding(done, first), {
          maker: true,
          doer: move.by === agency,
          holder: move.by === agency,
          answersFor: null,
        })
        done.push({ ...move, at: now, detail: {} } as unknown as MadeMove)
      }
      const stands = actionStanding(done, first)
      assert.deepEqual(
        [stands.state, stands.owner, stands.started, stands.escalatedTo],
        [state, owner, started, escalated_to],
      )
      const moved = made.findLast(m => m.dueOn !== null)
      if (moved) assert.equal(due_on, moved.dueOn)
    }
    const [years] = await database.query<{ n: number }>(
      `select count(distinct extract(year from made_at)) as n from actions`,
    )
    assert.ok(years!.n >= 3)
    for (const where of [
      `state = 'done'`,
      `state = 'not-done'`,
      `state = 'withdrawn'`,
      `state = 'open' and due_on < '2026-11-20'`,
      `state = 'open' and escalated_at is not null`,
    ]) {
      assert.ok((await count(`actions where ${where}`)) >= 20, where)
    }
  })

  test('400 people have a plan, some places and lines too; none of a child only pursues, and one has 300 actions', async () => {
    assert.equal(await count('plans where person_id is not null'), 400)
    assert.ok((await count('plans where place_id is not null')) >= 5)
    assert.ok((await count('plans where line_id is not null')) >= 3)
    assert.equal(await count(`plans p where plan_would_only_pursue(p.id, null)`), 0)
    assert.ok(
      (await count(
        '(select plan from actions where plan is not null group by 1 having count(*) >= 300) p',
      )) >= 1,
    )
    assert.equal(
      await count(`plans where state = 'open' and suspended_on is null and review_on < '2026-11-20'`),
      0,
    )
    assert.ok((await count(`plan_offers where state = 'ended'`)) > 20)
    assert.equal(
      await count(`plan_members m join plans p on p.id = m.plan where not exists (
        select from agreements a join agreement_parties x on x.agreement = a.id and x.agency = p.lead_agency
        join agreement_parties y on y.agreement = a.id and y.agency = m.agency
        join agreement_fields f on f.agreement = a.id and f.field = 'plan' where a.purpose = p.purpose)`),
      0,
      'R13: nobody is member of a plan without an agreement',
    )
  })

  test('some of them are in custody or came out lately, as their moves have led; one comes out tomorrow for the daily meeting', async () => {
    assert.ok((await count(`custody_spells where state = 'in'`)) >= 30)
    assert.ok((await count(`custody_spells where state = 'released'`)) >= 8)
    assert.ok((await count('arrangements')) >= 50)
    assert.ok((await count('gate_marks')) >= 20)
    const tomorrow = `custody_spells s join meeting_members m on m.agency = s.agency join meetings t on t.id = m.meeting
      where s.state = 'in' and s.suspended_on is null and s.release_on = '2026-11-21' and t.state = 'planned'`
    assert.ok((await count(tomorrow)) > 0)
    // Each row stands where its last move of the kind has led.
    const apart = `custody_spells s where s.release_on is distinct from (
        select on_day from custody_moves where spell = s.id and move in ('enter', 'set-release') order by seq desc limit 1)
      or s.state <> (select state_after from custody_moves where spell = s.id order by seq desc limit 1)`
    assert.equal(await count(apart), 0)
    const unknown = `custody_spells s join agencies a on a.id = s.agency
      where a.kind not in (select kind from custody_kinds)
        or not exists (select from agency_records r where r.agency = s.agency and r.person_id = s.person_id)`
    assert.equal(await count(unknown), 0)
  })

  test('the same child was referred by more than one agency', async () => {
    const twice = await count(
      `(select r.answers ->> 'birthDate' from referrals r where r.kind = 'child' and r.answers ? 'birthDate'
        group by 1, left(r.answers ->> 'given', 1) having count(distinct r.from_agency) > 1) t`,
    )
    assert.ok(twice > 100, String(twice))
  })

  test('R13 nothing was shared without an agreement in force that covers it, but for emergencies', async () => {
    const uncovered = await database.query(
      `select d.id from disclosures d left join agreements a on a.id = d.agreement
       where d.kind in ('answer', 'offered') and not (a.purpose = d.purpose
         and exists (select from agreement_parties p where p.agreement = a.id and p.agency = d.from_agency)
         and exists (select from agreement_parties p where p.agreement = a.id and p.agency = d.to_agency)
         and d.fields <@ array(select f.field from agreement_fields f where f.agreement = a.id)
         and a.starts_on <= '2026-11-20' and a.ends_on >= '2026-11-20' and a.ended_on is null)`,
    )
    assert.deepEqual(uncovered, [])
    assert.ok((await count(`disclosures where kind = 'emergency' and reviewed_at is null`)) > 0)
    assert.ok((await count(`referrals where shared_under = 'emergency'`)) > 0)
    for (const answer of [`answer is null`, `answer = 'refused'`, `answer = 'disclosed'`]) {
      assert.ok((await count(`sharing_requests where ${answer}`)) > 50, answer)
    }
  })

  test('400 people were proposed for cohorts of every scheme over three years; what has ended is counts', async () => {
    // Told by plain SQL from what is there, and from the counts of what is deleted.
    const proposed =
      (await count(`placement_moves where action in ('propose', 'propose-with-approver')`)) +
      (await sumKept(`dataset = 'cohort-steps' and counted ->> 'step' = 'proposed'`))
    assert.ok(proposed > 380 && proposed <= 400, String(proposed))
    assert.equal(await count(`(select distinct scheme from placements) t`), 3)
    for (const state of ['to-approve', 'to-decide', 'placed', 'move-to-decide', 'lapsed', 'archived']) {
      assert.ok((await count(`placements where state = '${state}'`)) > 0, state)
    }
    assert.ok((await count('removals where confirmed_at is null')) > 0, 'some are chased')
    const [first] = await database.query<{ month: string }>(
      `select min(counted ->> 'month') as month from kept_counts where dataset = 'cohort-steps'`,
    )
    assert.ok(first!.month < '2024-03', first!.month)
    // R5: above support no child was placed without a second approver.
    const alone = await database.query(
      `select p.reference from placements p join tiers t on t.scheme = p.scheme and t.id = p.tier
       where t.above_support and p.birth_date > '2008-11-20'
         and not exists (select from placement_moves m where m.placement = p.id and m.action = 'approve')`,
    )
    assert.deepEqual(alone, [])
  })

  test('what is counted of it is what plain SQL says of the same rows', async () => {
    const counted = async (dataset: string, where: string) =>
      count(`${dataset}_counted('2026-11-20T00:00:00Z') r where ${where}`)
    assert.equal(
      await counted('actions', `counted ->> 'outcome' = 'in-time'`),
      await count(
        `actions where state = 'done' and closed_at < '2026-11-20' and due_on < '2026-11-20'
           and (closed_at at time zone 'Europe/London')::date <= due_on`,
      ),
    )
    assert.equal(
      await counted('actions', `counted ->> 'outcome' = 'overdue'`),
      await count(
        `actions where due_on < '2026-11-20' and made_at < '2026-11-20' and (closed_at is null or closed_at >= '2026-11-20')`,
      ),
    )
    assert.equal(
      await counted('meeting_attendance', `counted ->> 'attendance' = 'present'`),
      await count(
        `meeting_members x join meetings m on m.id = x.meeting
         where x.attendance = 'present' and m.state = 'closed' and m.closed_at < '2026-11-20'`,
      ),
    )
    const inTime = await count(
      `placements p join tiers t on t.scheme = p.scheme and t.id = p.tier
       where p.state = 'placed' and p.placed_on + t.first_contact_days < '2026-11-20'
         and not exists (select from placement_moves m where m.placement = p.id and m.action = 'move')
         and (select min(c.on_day) from placement_contacts c
              where c.placement = p.id and c.how <> 'tried' and c.noted_at < '2026-11-20') <= p.placed_on + t.first_contact_days`,
    )
    assert.ok(inTime > 20)
    assert.equal(
      await count(
        `agreed_checks_counted('2026-11-20T00:00:00Z') r join placements p on p.id = r.id
         where p.state = 'placed' and counted ->> 'asked' = 'first-contact' and counted ->> 'kept' = 'in-time'
           and not exists (select from placement_moves m where m.placement = p.id and m.action = 'move')`,
      ),
      inTime,
    )
  })

  test('R3 R4 a dozen groups stand at every level, some forgotten; nobody is linked for having been hurt', async () => {
    const stand = await database.query<{ level: string; n: number }>(
      `select level, count(*) as n from groups where state in ('stands', 'to-approve-again') group by level order by level`,
    )
    assert.deepEqual(stand, [
      { level: 'gang', n: 4 },
      { level: 'ocg', n: 2 },
      { level: 'peer', n: 3 },
    ])
    assert.equal(await count(`groups where state = 'lapsed' and suspended_on is not null`), 2)
    assert.equal(await count(`group_relations where kind = 'rivalry'`), 1)
    assert.ok((await count(`group_links where state = 'stands'`)) >= 8)
    assert.equal(
      await count(
        `group_links l join entries e on e.id = l.entry where e.role_in_event not in ('suspected', 'convicted')`,
      ),
      0,
    )
    assert.ok((await count(`plans where group_id is not null`)) > 0)
    assert.ok((await count(`actions where group_id is not null`)) > 0)
  })

  test('every act left its entry, in order of time, and the chain of the record of acts holds', async () => {
    const { entries, faults } = await verifyAudit(database)
    assert.deepEqual(faults, [])
    assert.ok(entries > 40_000)
    assert.equal(
      await count(`referrals r where not exists (
        select from audit a where a.subject_id = r.reference and a.event = 'referral-sent' and a.at = r.sent_at
          and a.user_id is not distinct from case when r.guest_organisation is null then r.author end)`),
      0,
    )
    assert.equal(await count('(select at < lag(at) over (order by seq) as back from audit) t where back'), 0)
    assert.equal(await count(`audit where at > '2026-11-20T08:40:00Z'`), 0)
  })

  test('900 meetings were held, each the sum of its moves, and today’s daily ones wait', async () => {
    const rows = await database.query<{
      state: string
      moves: number
      opened_at: Date | null
      closed_at: Date | null
      quorum: Quorum
      members: { agency: string; attendance: Attendance }[]
      done: { seq: number; action: MeetingMove; at: string; detail: MoveDetail }[]
    }>(
      `select m.state, m.moves, m.opened_at, m.closed_at, m.quorum,
         (select jsonb_agg(jsonb_build_object('agency', x.agency, 'attendance', x.attendance)) from meeting_members x where x.meeting = m.id) as members,
         (select jsonb_agg(jsonb_build_object('seq', v.seq, 'action', v.action, 'at', v.at, 'detail', v.detail) order by v.seq)
          from meeting_moves v where v.meeting = m.id) as done
       from meetings m`,
    )
    assert.ok(rows.filter(r => r.state === 'closed').length >= 880, String(rows.length))
    assert.ok(rows.some(r => r.state === 'called-off'))
    for (const { state, moves, closed_at, quorum, members, done } of rows) {
      const stands = meetingStanding(done.map(d => ({ ...d, at: new Date(d.at) })))
      assert.deepEqual(
        [stands.state, stands.seq, stands.closedAt?.getTime()],
        [state, moves, closed_at?.getTime()],
      )
      if (state === 'closed') assert.equal(done.at(-1)!.detail.quorate, quorate(quorum, members).enough)
    }
    assert.equal(
      await count(
        `meetings where state = 'planned' and london_day(starts_at) = '2026-11-20' and type like 'daily%'`,
      ),
      2,
    )
    assert.equal(await count(`meeting_entries where at > '2026-11-20T08:40:00Z'`), 0)
    assert.equal(
      await count('(select meeting, seq from meeting_entries group by 1, 2 having count(*) > 1) t'),
      0,
    )
    assert.ok(
      (await count(`meeting_entries e join actions a on a.id = e.action and a.meeting = e.meeting`)) > 300,
    )
    assert.ok(
      (await count(`actions where meeting is not null and state = 'open' and due_on < '2026-11-20'`)) > 0,
    )
  })

  test('boards decided on what was raised to them, and a little waits', async () => {
    const rows = await database.query<{ to_type: string; state: string; n: number }>(
      'select to_type, state, count(*)::integer as n from escalations group by 1, 2',
    )
    for (const board of ['strategic-violence-board', 'partnership-board']) {
      for (const state of ['raised', 'answered']) {
        assert.ok(
          rows.some(r => r.to_type === board && r.state === state),
          `${board}: ${state}`,
        )
      }
    }
    assert.equal(
      await count(
        `escalations e join meetings f on f.id = e.from_meeting left join meetings b on b.id = e.answered_in
         where f.type <> e.from_type or (e.state = 'answered' and (b.type <> e.to_type or b.starts_at < e.at))`,
      ),
      0,
    )
    // The answer is a decision of the meeting that gave it, to the matter on its agenda.
    assert.equal(
      await count(
        `escalations e where e.state = 'answered' and not exists (
           select from meeting_entries d join agenda_items i on i.id = d.agenda_item
           where d.meeting = e.answered_in and d.kind = 'decision' and i.source_id = e.reference
             and d.text = e.reference || ': ' || e.answer)`,
      ),
      0,
    )
    assert.equal(
      await count(`meeting_entries e join meetings m on m.id = e.meeting where e.at > m.closed_at`),
      0,
    )
  })

  test('R26 what is said in meetings labels nobody, and R13 is said by agencies that sit in them', async () => {
    const texts = await database.query<{ text: string }>(
      `select distinct text from meeting_entries union select what || ' ' || because from escalations`,
    )
    assert.ok(texts.length > 20)
    for (const { text } of texts) assert.deepEqual(findCarefulWords(text), [], text)
    assert.equal(
      await count(
        'meeting_entries e join meetings m on m.id = e.meeting where not e.agency = any (m.agencies)',
      ),
      0,
    )
    const [robin] = await database.query<{ agency: string }>(
      `select agency from users where post = 'Triage coordinator' order by id limit 1`,
    )
    assert.equal(robin!.agency, 'violence-reduction-partnership')
  })

  test('R12 everything personal has its end, a few things are suspended, and the night after ends nothing', async () => {
    for (const { table, deleteOn, reviewOn } of personalTables) {
      if (deleteOn === 'delete_on') {
        assert.equal(await count(`${table} where delete_on <= '2026-11-20'`), 0, table)
      }
      if (reviewOn === null) continue
      assert.equal(
        await count(`${table} where ${reviewOn} < '2026-11-20' and suspended_on is null`),
        0,
        table,
      )
      const suspended = await count(`${table} where suspended_on is not null`)
      const all = await count(table)
      // Of places and lines there are a handful.
      if (all < 50) continue
      assert.ok(suspended > 0 && suspended < 0.02 * all, `${table}: ${suspended}`)
    }
    assert.ok((await count('deletion_counts')) > 0)
    assert.ok((await count('kept_counts')) > 0)
    const run = await runRetention(database, now)
    assert.deepEqual([run.suspended, run.deleted, run.persons], [0, {}, 0])
  })

  test('the first real account ends it: no person, no agreement, no account of it is left to anybody', async () => {
    await database.query(
      `insert into users (agency, name, post, email, role, created_at)
       values ('schools', 'Real Account', 'Lead', 'lead@school.example', 'practitioner', now())`,
    )
    for (const table of [
      ...[
        'persons',
        'agency_records',
        'entries',
        'record_keys',
        'referrals',
        'referral_actions',
        'referral_drafts',
        'referral_invitations',
      ],
      ...[
        'sharing_requests',
        'disclosures',
        'break_glass',
        'circles',
        'concerns',
        'help_offers',
        'rights_cases',
      ],
      ...[
        'demo_cast',
        'teams',
        'deletion_counts',
        'kept_counts',
        `users where synthetic and state <> 'left'`,
      ],
      ...['meetings', 'meeting_seats', 'meeting_members', 'meeting_moves', 'agenda_items', 'meeting_entries'],
      'escalations',
      ...['agreements where ended_on is null', `agencies where contact like '%synthetic%'`],
    ]) {
      assert.equal(await count(table), 0, table)
    }
    assert.deepEqual((await verifyAudit(database)).faults, [])
    const pack = await readAreaPack(readConfig({}).areaFolder)
    assert.equal(await buildSyntheticCasework(database, pack, { seed: 2019, now }), null)
    assert.equal(await count('persons'), 0)
  })
})
