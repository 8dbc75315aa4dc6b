/**
 * An invited partner, who is nobody at work, with words that reached SQL: one draft and one sending while their link is
 * open, and nothing else, ever. Nor does anybody at work get at what stands behind the link.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { guestDetails, guestReceipt, sendAsGuest } from '../../src/casework/intake/invitations/guest-store.ts'
import { standing } from '../../src/casework/intake/invitations/invitation.ts'
import { takeBack } from '../../src/casework/intake/invitations/invitation-store.ts'
import { findDraft, saveAnswers, startDraft } from '../../src/casework/intake/referrals/draft-store.ts'
import { readReferral } from '../../src/casework/intake/referrals/referral-store.ts'
import { readQueue } from '../../src/casework/intake/triage/triage-store.ts'
import { asGuest, type GuestTransaction } from '../../src/governance/access/as-guest.ts'
import { asMember, asProgram, type Member } from '../../src/governance/access/as-member.ts'
import { runRetention } from '../../src/governance/retention/run-retention.ts'
import { memberRoles } from '../../src/governance/roles.ts'
import { hashOfToken, newSecretToken } from '../../src/governance/sessions/secret-token.ts'
import { NotThere } from '../../src/platform/errors.ts'
import { type Database, openDatabase } from '../../src/platform/postgres.ts'
import { caseworkForTests, morning, type TestCasework } from '../casework-for-tests.ts'
import {
  invited,
  type OpenInvitation,
  partnersAnswers,
  sendBehind,
  writeAsGuest,
} from '../invitation-for-tests.ts'
import { ordinaryOwner } from '../ordinary-owner.ts'
import { type RealPostgres, startRealPostgres } from '../real-postgres.ts'

const stores: { name: string; open: () => Promise<Database> }[] = [
  { name: 'the embedded store', open: () => openDatabase({ databaseUrl: null, folder: null }) },
  {
    name: 'a server, owned by an ordinary user',
    open: async () => {
      server = await startRealPostgres()
      return openDatabase({ databaseUrl: await ordinaryOwner(server.url), folder: null })
    },
  },
]
let server: RealPostgres | undefined
after(() => server?.stop())

const minutesLater = (minutes: number) => new Date(morning.getTime() + minutes * 60_000)
const denied = /permission denied/

for (const { name, open } of stores) {
  describe(`an invited partner on ${name}`, () => {
    let casework: TestCasework
    let council: Member
    let coordinator: Member
    before(async () => {
      casework = await caseworkForTests(await open())
      council = await casework.member('council')
      coordinator = await casework.member('partnership', 'coordinator')
      await casework.agree(['council', 'partnership'], ['referral'])
      // Something of everybody's is there to be found.
      const of = await casework.record(council)
      await casework.entry(council, of)
      await asMember(casework.database, council, { now: morning }, async tx => {
        await saveAnswers(tx, await startDraft(tx), { given: 'Synthetic' })
      })
    })
    after(() => casework.database.close())

    const as = <T>(
      { link }: Pick<OpenInvitation, 'link'>,
      act: (tx: GuestTransaction) => Promise<T>,
      now = morning,
      receipt: string | null = null,
    ) => asGuest(casework.database, { link, receipt }, now, act)

    const write = (invitation: OpenInvitation, answers = partnersAnswers) =>
      writeAsGuest(casework.database, invitation, answers)
    const send = (invitation: OpenInvitation, key?: string) => sendBehind(casework.database, invitation, key)

    const sqlAs = (invitation: Pick<OpenInvitation, 'link'>, sql: string, values: unknown[] = []) =>
      as(invitation, tx => tx.query(sql, values))

    const count = async (from: string) =>
      (await casework.database.query<{ n: number }>(`select count(*) as n from ${from}`))[0]!.n

    test('their role has rights to one table, in it to answers alone, and to seven functions', async () => {
      const tables = await casework.database.query(
        `select table_name as name, privilege_type as may, string_agg(column_name, ' ' order by column_name) as columns
         from information_schema.column_privileges where grantee = 'concord_guest' group by 1, 2 order by 1, 2`,
      )
      assert.deepEqual(tables, [
        { name: 'referral_drafts', may: 'SELECT', columns: 'answers changed_at delete_on id' },
        { name: 'referral_drafts', may: 'UPDATE', columns: 'answers changed_at' },
      ])
      const whole = await casework.database.query(
        `select c.relname as name, p as may from pg_class c, unnest('{select,insert,update,delete,truncate,references,trigger}'::text[]) p
         where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
           and has_table_privilege('concord_guest', c.oid, p)`,
      )
      assert.deepEqual(whole, [{ name: 'referral_drafts', may: 'delete' }])
      const sequences = await casework.database.query(
        `select seqrelid::regclass as name from pg_sequence
         where has_sequence_privilege('concord_guest', seqrelid, 'usage, select, update')`,
      )
      assert.deepEqual(sequences, [])
      const functions = await casework.database.query<{ name: string }>(
        `select p.proname as name from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef
           and p.prorettype <> 'trigger'::regtype and has_function_privilege('concord_guest', p.oid, 'execute') order by 1`,
      )
      assert.deepEqual(
        functions.map(f => f.name),
        [
          'guest_details',
          'guest_invitation',
          'guest_receipt',
          // Counts a draft of their own that they throw away.
          'note_discarded_draft',
          'record_audit',
          'send_invited_referral',
          'start_guest_draft',
        ],
      )
      assert.deepEqual(
        await casework.database.query(
          `select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.roleid
           where m.member = 'concord_guest'::regrole`,
        ),
        [],
        'it is in no other role',
      )
    })

    test('not a row of any other table is read or written, whoever they say they are', async () => {
      const invitation = await invited(casework.database, council)
      const tables = await casework.database.query<{ name: string }>(
        `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')`,
      )
      assert.ok(tables.length > 40)
      const saysToBe = `set_config('concord.user', '${council.user}', true), set_config('concord.agency', 'council', true),
        set_config('concord.role', 'coordinator', true)`
      for (const { name: table } of tables) {
        if (table === 'referral_drafts') continue
        for (const sql of [
          `select * from ${table}`,
          `select count(*) from ${table}`,
          `delete from ${table}`,
          `insert into ${table} default values`,
        ]) {
          await assert.rejects(sqlAs(invitation, sql), denied, sql)
          await assert.rejects(
            as(invitation, async tx => {
              await tx.query(`select ${saysToBe}`)
              await tx.query(sql)
            }),
            denied,
            sql,
          )
        }
      }
      for (const call of [
        `select * from referral_known_to('${randomUUID()}')`,
        `select known_to('${randomUUID()}')`,
        `select send_notice('referral-arrived', '${randomUUID()}')`,
        `select next_reference('R')`,
        'select * from concern_patterns()',
        'select * from user_accounts()',
        `select gather_access_pack('${randomUUID()}', '${randomUUID()}', '2027-01-01')`,
      ]) {
        await assert.rejects(sqlAs(invitation, call), /permission denied|does not exist/, call)
      }
    })

    test('they find their own draft and no other: not of another partner, not of anybody at work', async () => {
      const mine = await invited(casework.database, council)
      const other = await invited(casework.database, council)
      await write(mine)
      await write(other, { ...partnersAnswers, given: 'Other' })
      const found = () => sqlAs(mine, 'select id from referral_drafts')
      assert.deepEqual(await found(), [{ id: mine.id }])
      const change = `update referral_drafts set answers = '{}' where id <> $1 returning id`
      assert.deepEqual(await sqlAs(mine, change, [mine.id]), [])
      assert.deepEqual(
        await sqlAs(mine, 'delete from referral_drafts where id <> $1 returning id', [mine.id]),
        [],
      )
      for (const sql of [
        `update referral_drafts set invitation = '${other.id}'`,
        `update referral_drafts set author = '${coordinator.user}'`,
        `update referral_drafts set agency = 'police'`,
        `update referral_drafts set delete_on = '2099-01-01'`,
        `insert into referral_drafts (id, agency, author, started_at, changed_at, delete_on)
         values (gen_random_uuid(), 'council', '${council.user}', present(), present(), '2099-01-01')`,
        'select author from referral_drafts',
        'select * from referral_drafts',
      ]) {
        await assert.rejects(sqlAs(mine, sql), denied, sql)
      }
      // The number of another invitation, which is no secret, opens nothing: the setting wants the link.
      await as(mine, async tx => {
        for (const guess of [other.id, other.reference, '', '%']) {
          await tx.query(`select set_config('concord.invitation', $1, true)`, [guess])
          assert.deepEqual(await tx.query('select id from referral_drafts'), [], guess)
          assert.equal(await guestDetails(tx), null, guess)
        }
      })
    })

    test('whoever invited reads nothing before it is sent, and nobody at work the link', async () => {
      const invitation = await invited(casework.database, council)
      await write(invitation)
      for (const member of [council, await casework.member('council', 'coordinator'), coordinator]) {
        const drafts = await asMember(casework.database, member, { now: morning }, tx =>
          tx.query('select id from referral_drafts where id = $1', [invitation.id]),
        )
        assert.deepEqual(drafts, [], member.name)
        for (const sql of [
          'select token_hash from referral_invitations',
          'select receipt_hash from referral_invitations',
          'select * from referral_invitations',
          'select * from guest_details()',
          'select start_guest_draft()',
          'select * from guest_receipt()',
          `select send_invited_referral('x', 'child', 'today', '{}', 'x', present(), present_day(), present_day(), present_day())`,
        ]) {
          await assert.rejects(
            asMember(casework.database, member, { now: morning }, async tx => {
              await tx.query(`select set_config('concord.invitation', $1, true)`, [
                hashOfToken(invitation.link),
              ])
              await tx.query(sql)
            }),
            denied,
            sql,
          )
        }
      }
      const held = await casework.database.query(
        'select i::text as row from referral_invitations i where id = $1',
        [invitation.id],
      )
      assert.ok(!JSON.stringify(held).includes(invitation.link), 'the link itself is nowhere in the database')
    })

    test('nobody at work invites for another, for longer, without an agreement, or marks one as used', async () => {
      const values = async (change: Record<string, unknown>) => {
        const [ground] = await casework.database.query<{ id: string }>(
          `select p.agreement as id from agreement_parties p where p.agency = 'council' limit 1`,
        )
        return {
          id: randomUUID(),
          reference: `INV-2026-9${String(Math.random()).slice(2, 6)}`,
          agency: 'council',
          invited_by: council.user,
          to_agency: 'partnership',
          agreement: ground!.id,
          purpose: 'safeguarding',
          legal_basis: 'for tests',
          organisation: 'Club',
          post: 'Leader',
          email: 'leader@club.example',
          what_for: 'For tests',
          made_at: morning.toISOString(),
          ends_at: minutesLater(60).toISOString(),
          token_hash: randomUUID(),
          delete_on: '2027-02-01',
          ...change,
        }
      }
      const insert = async (change: Record<string, unknown>, member = council) => {
        const row = await values(change)
        const columns = Object.keys(row).join(', ')
        return asMember(casework.database, member, { now: morning }, tx =>
          tx.query(
            `insert into referral_invitations (${columns})
             select ${columns} from jsonb_populate_record(null::referral_invitations, $1)`,
            [JSON.stringify(row)],
          ),
        )
      }
      await insert({})
      const refused = /row-level security|permission denied|violates check/
      for (const change of [
        { agency: 'police' },
        { invited_by: coordinator.user },
        { to_agency: 'police' },
        { agreement: null },
        { agreement: randomUUID() },
        { purpose: 'support' },
        { made_at: minutesLater(-60).toISOString() },
        { ends_at: new Date(morning.getTime() + 9 * 86_400_000).toISOString() },
        { ends_at: minutesLater(-1).toISOString() },
        { used_at: morning.toISOString() },
        { referral_reference: 'R-2026-0001' },
        { taken_back_at: morning.toISOString() },
      ]) {
        await assert.rejects(insert(change), refused, JSON.stringify(change))
      }
      const commander = await casework.member('council', 'commander')
      await assert.rejects(insert({ invited_by: commander.user }, commander), refused)
      const school = await casework.member('school')
      await assert.rejects(insert({ agency: 'oak-school', invited_by: school.user }, school), refused)

      const { id } = await invited(casework.database, council)
      const member = (sql: string, who = council) =>
        asMember(casework.database, who, { now: morning }, tx => tx.query(sql, [id]))
      for (const set of [
        `used_at = present()`,
        `ends_at = ends_at + interval '1 hour'`,
        `token_hash = 'mine'`,
        `email = 'me@example.org'`,
        `receipt_hash = 'mine'`,
      ]) {
        await assert.rejects(member(`update referral_invitations set ${set} where id = $1`), refused, set)
      }
      const back = (by: Member) =>
        `update referral_invitations set taken_back_at = present(), taken_back_by = '${by.user}' where id = $1 returning id`
      await assert.rejects(member(back(coordinator)), refused, 'not in another’s name')
      assert.deepEqual(await member(back(coordinator), coordinator), [], 'not another agency’s')
      assert.deepEqual(await member(back(school), school), [])
      for (const kind of ['received', 'decided']) {
        await assert.rejects(
          member(
            `insert into invitation_mails (invitation, kind, next_try_at, made_at) values ($1, '${kind}', present(), present())`,
          ),
          refused,
        )
      }
      await assert.rejects(
        asMember(casework.database, coordinator, { now: morning }, tx =>
          tx.query(
            `insert into referrals (id, reference, from_agency, to_agency, author, kind, urgency, answers, purpose, legal_basis,
               shared_under, sent_at, due_at, state_at, review_on, delete_on, guest_organisation, guest_post)
             values (gen_random_uuid(), 'R-2026-9999', 'partnership', 'partnership', $1, 'child', 'today', '{}', 'safeguarding',
               'x', 'own-agency', present(), present(), present(), '2027-01-01', '2028-01-01', 'A club', 'Leader')`,
            [coordinator.user],
          ),
        ),
        refused,
        'nobody sends as a partner',
      )
    })

    test('who reads an invitation and its e-mail, whatever their agency, role and purpose, is as it is written down here', async () => {
      const made: { id: string; agency: string; by: string }[] = []
      for (const by of [council, await casework.member('council', 'coordinator'), coordinator]) {
        const { id } = await invited(casework.database, by)
        await casework.database.query(
          `insert into invitation_mails (invitation, kind, next_try_at, made_at) values ($1, 'link', now(), now())`,
          [id],
        )
        made.push({ id, agency: by.agency, by: by.user })
      }
      const ids = made.map(i => i.id)
      let compared = 0
      for (const agency of ['school', 'police', 'council', 'partnership', 'charity'] as const) {
        for (const role of memberRoles) {
          for (const purpose of ['safeguarding', null] as const) {
            const member = await casework.member(agency, role, purpose)
            const readsPeople =
              purpose !== null && ['practitioner', 'coordinator', 'commander'].includes(role)
            const expected = made
              .filter(i => readsPeople && i.agency === member.agency)
              .filter(i => i.by === member.user || role === 'coordinator')
              .map(i => i.id)
              .toSorted()
            const read = (sql: string) =>
              asMember(casework.database, member, { now: morning }, tx =>
                tx.query<{ id: string }>(sql, [ids]),
              ).then(rows => rows.map(r => r.id).toSorted())
            const who = `${role} of ${agency} for ${purpose}`
            assert.deepEqual(
              await read('select id from referral_invitations where id = any ($1)'),
              expected,
              who,
            )
            assert.deepEqual(
              await read('select invitation as id from invitation_mails where invitation = any ($1)'),
              expected,
              who,
            )
            compared++
          }
        }
      }
      assert.equal(compared, 5 * memberRoles.length * 2)
    })

    test('R22 what somebody is given of what a partner wrote says that the partner wrote it', async () => {
      const begun = await invited(casework.database, council)
      await write(begun)
      const sent = await invited(casework.database, council)
      await write(sent)
      await send(sent)
      const held = await casework.database.query<{ item: string; by: string }>(
        `select h.item, h.more ->> 'by' as by
         from first_held(jsonb_populate_record(null::rights_cases, '{"given":"Synthetic","family":"Child","subjects":[]}')) h
         where h.item = any ($1) order by 1`,
        [[`draft-${begun.id}`, `referral-${sent.id}`]],
      )
      const partner = 'Youth club leader, Canal Street Boxing Club (synthetic)'
      assert.deepEqual(
        held.map(h => h.by),
        [partner, partner],
      )
    })

    test('one referral, once: it belongs to the inviting agency, and the guest is shown that it arrived', async () => {
      const invitation = await invited(casework.database, council)
      await write(invitation)
      const key = newSecretToken().token
      assert.deepEqual(await send(invitation, key), { outcome: 'sent' })
      const [row] = await casework.database.query<Record<string, unknown>>(
        'select * from referrals where id = $1',
        [invitation.id],
      )
      const { from_agency, to_agency, author, guest_organisation, guest_post, shared_under, state } = row!
      assert.deepEqual(
        { from_agency, to_agency, author, guest_organisation, guest_post, shared_under, state },
        {
          from_agency: 'council',
          to_agency: 'partnership',
          author: council.user,
          guest_organisation: 'Canal Street Boxing Club (synthetic)',
          guest_post: 'Youth club leader',
          shared_under: 'agreement',
          state: 'sent',
        },
      )
      // Again, by the same form and by another.
      assert.deepEqual(await send(invitation, key), { outcome: 'sent' })
      assert.deepEqual(await send(invitation), { outcome: 'over' })
      assert.equal(
        await count(`referrals where guest_organisation is not null and id = '${invitation.id}'`),
        1,
      )
      assert.equal(await count(`referral_drafts where id = '${invitation.id}'`), 0)

      const receipt = await as(invitation, guestReceipt, morning, key)
      assert.deepEqual(receipt, {
        reference: row!.reference,
        sentAt: morning,
        dueAt: row!.due_at,
        organisation: 'Canal Street Boxing Club (synthetic)',
        agency: 'Council (synthetic)',
        contact: 'Duty desk of Council (synthetic)',
      })
      assert.equal(await as(invitation, guestReceipt, morning, newSecretToken().token), null)
      assert.equal(await as(invitation, guestReceipt, morning, null), null, 'the link alone says nothing')
      const nextWeek = new Date(morning.getTime() + 8 * 86_400_000)
      assert.equal(await as(invitation, guestReceipt, nextWeek, key), null, 'nor the receipt after its end')
    })

    test('the record of acts says that a partner sent it, by which invitation, and who had invited them', async () => {
      const invitation = await invited(casework.database, council)
      await write(invitation)
      await send(invitation)
      const acts = await casework.database.query(
        `select user_id, agency, role, purpose, case_reference, event from audit
         where case_reference = $1 or subject_id = $1 order by seq`,
        [invitation.reference],
      )
      const guest = {
        user_id: null,
        agency: 'council',
        role: 'guest',
        purpose: 'safeguarding',
        case_reference: invitation.reference,
      }
      assert.deepEqual(acts, [
        {
          user_id: council.user,
          agency: 'council',
          role: 'practitioner',
          purpose: 'safeguarding',
          case_reference: null,
          event: 'partner-invited',
        },
        { ...guest, event: 'referral-draft-started' },
        { ...guest, event: 'referral-draft-saved' },
        { ...guest, event: 'referral-sent' },
      ])
      const written = await casework.database.query('select a::text as row from audit a')
      const all = JSON.stringify(written)
      assert.ok(!all.includes(invitation.link) && !all.includes(hashOfToken(invitation.link)))
      assert.ok(!all.includes('leader@club.example') && !all.includes('Synthetic Leader'))
    })

    test('it stands in the queue as from an invited partner; whoever invited them reads it and does not decide', async () => {
      const { reference } = await (async () => {
        const invitation = await invited(casework.database, coordinator)
        await write(invitation)
        await send(invitation)
        const [sent] = await casework.database.query<{ reference: string }>(
          'select reference from referrals where id = $1',
          [invitation.id],
        )
        return sent!
      })()
      await asMember(casework.database, coordinator, { now: morning }, async tx => {
        const queue = await readQueue(tx, { show: 'open', urgency: null, kind: null, from: null })
        assert.deepEqual(queue.find(q => q.reference === reference)?.guest, {
          organisation: 'Canal Street Boxing Club (synthetic)',
          post: 'Youth club leader',
        })
        const referral = await readReferral(tx, reference)
        assert.equal(referral.actions[0]!.byUser, null)
        assert.equal(referral.actions[0]!.byName, 'Youth club leader, Canal Street Boxing Club (synthetic)')
        assert.equal(referral.mover.author, true)
      })
      await assert.rejects(
        asMember(casework.database, coordinator, { now: morning }, tx =>
          tx.query(
            `insert into referral_actions (referral, seq, action, state_after, by_user, by_agency, at, request_key)
             select id, 2, 'take', 'in-triage', $2, 'partnership', present(), gen_random_uuid() from referrals where reference = $1`,
            [reference, coordinator.user],
          ),
        ),
        /row-level security/,
      )
    })

    test('whoever triages and whoever invited are told; nobody else is', async () => {
      const invitation = await invited(casework.database, council)
      await write(invitation)
      await send(invitation)
      const told = await casework.database.query<{ kind: string; recipient: string }>(
        'select n.kind, n.recipient from notices n join referrals r on r.reference = n.reference where r.id = $1 order by n.kind',
        [invitation.id],
      )
      assert.deepEqual(
        told.map(n => [n.kind, n.recipient]),
        [
          ['invited-partner-referred', council.user],
          ['referral-arrived', coordinator.user],
        ],
      )
    })

    test('a draft with gaps is not sent, and leaves the link open', async () => {
      const invitation = await invited(casework.database, council)
      const { seen: _, ...gaps } = partnersAnswers
      await write(invitation, { ...gaps, signs: [] })
      assert.deepEqual(await send(invitation), { outcome: 'not-ready' })
      assert.notEqual(await as(invitation, guestDetails), null)
    })

    test('R13 R15 when the agreement has ended it goes as an emergency with a reason, which an officer reviews', async () => {
      const charity = await casework.member('charity')
      const agreement = await casework.agree(['charity', 'partnership'], ['referral'])
      const officer = await casework.member('council', 'information-governance-officer', null)
      const invitation = await invited(casework.database, charity)
      await write(invitation)
      await asProgram(casework.database, morning, tx =>
        tx.query('update agreements set ended_on = present_day() where id = $1', [agreement]),
      )
      assert.deepEqual(await send(invitation), { outcome: 'no-agreement' })
      await as(invitation, tx => saveAnswers(tx, invitation.id, { emergencyBecause: 'He is hurt tonight.' }))
      assert.deepEqual(await send(invitation), { outcome: 'sent' })
      const [emergency] = await asMember(casework.database, officer, { now: morning }, tx =>
        tx.query<Record<string, unknown>>(
          'select guest, author, because, review_on from referral_emergencies where referral = $1',
          [invitation.id],
        ),
      )
      assert.deepEqual(emergency, {
        guest: 'Youth club leader, Canal Street Boxing Club (synthetic)',
        author: charity.user,
        because: 'He is hurt tonight.',
        review_on: '2026-11-23',
      })
    })

    test('what is not open opens nothing, and the four look alike: unknown, used, ended, taken back', async () => {
      const used = await invited(casework.database, council)
      await write(used)
      await send(used)
      const back = await invited(casework.database, council)
      await write(back)
      await asMember(casework.database, council, { now: morning }, tx => takeBack(tx, back.reference))
      assert.equal(await count(`referral_drafts where id = '${back.id}'`), 0, 'what was begun is gone')
      const ended = await invited(casework.database, council)
      await write(ended)
      const afterEnd = new Date('2026-11-28T00:00:00Z')
      const tried = (invitation: Pick<OpenInvitation, 'link'> & { id?: string }, now = morning) =>
        as(
          invitation,
          async tx => ({
            details: await guestDetails(tx),
            begun: await tx.query('select start_guest_draft() as begun'),
            drafts: await tx.query('select id from referral_drafts'),
            changed: await tx.query(`update referral_drafts set answers = '{}' returning id`),
            deleted: await tx.query('delete from referral_drafts returning id'),
            sent: await sendAsGuest(tx, newSecretToken().token),
            receipt: await guestReceipt(tx),
          }),
          now,
        )
      const nothing = {
        details: null,
        begun: [{ begun: false }],
        drafts: [],
        changed: [],
        deleted: [],
        sent: { outcome: 'over' },
        receipt: null,
      }
      const last = new Date('2026-11-27T23:59:59Z')
      assert.notEqual(await as(ended, guestDetails, last), null, 'open until the end of its day')
      assert.deepEqual(await tried({ link: newSecretToken().token }), nothing)
      assert.deepEqual(await tried(used), nothing)
      assert.deepEqual(await tried(back), nothing)
      assert.deepEqual(await tried(ended, afterEnd), nothing)
    })

    test('R12 what was begun ends with the link, the address after its time; organisation and post stay', async () => {
      const begun = await invited(casework.database, council)
      await write(begun)
      const sent = await invited(casework.database, council)
      await write(sent)
      await send(sent)
      await runRetention(casework.database, new Date('2026-11-28T02:00:00Z'))
      assert.equal(await count(`referral_drafts where id = '${begun.id}'`), 0)
      assert.equal(await count(`referral_invitations where id = '${sent.id}'`), 1)
      await asProgram(casework.database, morning, tx =>
        tx.query(`update referrals set review_on = '2028-01-01' where id = $1`, [sent.id]),
      )
      await runRetention(casework.database, new Date('2027-02-18T02:00:00Z'))
      assert.equal(await count(`referral_invitations where id in ('${sent.id}', '${begun.id}')`), 0)
      const [kept] = await casework.database.query(
        'select invitation, guest_organisation, guest_post from referrals where id = $1',
        [sent.id],
      )
      assert.deepEqual(kept, {
        invitation: null,
        guest_organisation: 'Canal Street Boxing Club (synthetic)',
        guest_post: 'Youth club leader',
      })
    })

    test('the database and the table of moves agree on what is open, whatever happened to it and when', async () => {
      const { id, link } = await invited(casework.database, council)
      const instant = fc
        .integer({ min: -3, max: 3 })
        .map(hours => new Date(Date.parse('2026-11-28T00:00:00Z') + hours * 3_600_000))
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom('none', 'used', 'taken-back'),
          instant,
          instant,
          async (what, endsAt, now) => {
            await casework.database.query(
              `update referral_invitations set ends_at = $2, used_at = $3, referral_reference = $4, receipt_hash = $4,
                 taken_back_at = $5, taken_back_by = $6 where id = $1`,
              [
                id,
                endsAt.toISOString(),
                what === 'used' ? morning.toISOString() : null,
                what === 'used' ? 'R-2026-7777' : null,
                what === 'taken-back' ? morning.toISOString() : null,
                what === 'taken-back' ? council.user : null,
              ],
            )
            const [found] = await as({ link }, tx => tx.query('select guest_invitation() as id'), now)
            const state = standing(
              {
                endsAt,
                usedAt: what === 'used' ? morning : null,
                takenBackAt: what === 'taken-back' ? morning : null,
              },
              now,
            )
            assert.equal(found!.id === id, state === 'open', `${state} at ${now.toISOString()}`)
          },
        ),
        { numRuns: 60 },
      )
    })

    test('two who send in the same moment: one referral, and the same form is told the same', async t => {
      if (!casework.database.server) return t.skip('PGlite is one connection')
      const invitation = await invited(casework.database, council)
      await write(invitation)
      const key = newSecretToken().token
      const outcomes = await Promise.all([send(invitation, key), send(invitation, key), send(invitation)])
      assert.equal(await count(`referrals where id = '${invitation.id}'`), 1)
      const said = outcomes.map(o => o.outcome).toSorted()
      assert.ok(
        said.join() === 'over,sent,sent' || said.join() === 'over,over,sent',
        `${said}: the one form is sent, or the other`,
      )
    })

    test('a link that is taken back while it is sent is one or the other', async t => {
      if (!casework.database.server) return t.skip('PGlite is one connection')
      for (let i = 0; i < 5; i++) {
        const invitation = await invited(casework.database, council)
        await write(invitation)
        const [sending, taking] = await Promise.allSettled([
          send(invitation),
          asMember(casework.database, council, { now: morning }, tx => takeBack(tx, invitation.reference)),
        ])
        assert.equal(sending.status, 'fulfilled')
        const sent = (await count(`referrals where id = '${invitation.id}'`)) === 1
        const back =
          (await count(
            `referral_invitations where id = '${invitation.id}' and taken_back_at is not null`,
          )) === 1
        assert.notEqual(sent, back)
        if (sent) assert.equal(taking.status, 'rejected')
      }
    })

    test('a draft that is not there is not there for a partner either', async () => {
      const invitation = await invited(casework.database, council)
      assert.equal(await as(invitation, tx => findDraft(tx, invitation.id)), null)
      await assert.rejects(
        as(invitation, tx => saveAnswers(tx, invitation.id, {})),
        NotThere,
      )
    })
  })
}
