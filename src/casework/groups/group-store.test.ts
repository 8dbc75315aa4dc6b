import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { caseworkForTests, morning, type TestCasework } from '../../../test/casework-for-tests.ts'
import { onEveryStore } from '../../../test/every-store.ts'
import { kindsWithGroups } from '../../areas/kinds-with-groups.ts'
import { answerAccess } from '../../governance/access/access-question.ts'
import { asMember, type Member, type MemberTransaction } from '../../governance/access/as-member.ts'
import { runRetention } from '../../governance/retention/run-retention.ts'
import { NotThere, WrongMove } from '../../platform/errors.ts'
import type { Database } from '../../platform/postgres.ts'
import { changeWords, makePlan, readPlan } from '../plans/plan-store.ts'
import { makeAction } from '../tasking/actions/action-store.ts'
import { insistOnExport, listGroups, moveGroup, proposeGroup, readGroup } from './group-store.ts'
import { groupTests, type TestId, testOf, testsOn } from './group-tests.ts'
import { challengeLink, linksOf, linkToGroup, moveLink, type NewLink, readLink } from './link-store.ts'
import { relateGroups, relationsOf } from './relation-store.ts'

const law = 'Crime and Disorder Act 1998, section 115'

onEveryStore('groups', store => {
  let casework: TestCasework
  let database: Database
  let officer: Member
  let sergeant: Member
  let inspector: Member
  let council: Member
  let worker: Member
  let school: Member

  before(async () => {
    database = await store.open()
    casework = await caseworkForTests(database)
    officer = await casework.member('police')
    sergeant = await casework.member('police', 'coordinator')
    inspector = await casework.member('police', 'commander')
    council = await casework.member('council', 'coordinator')
    worker = await casework.member('council')
    school = await casework.member('school', 'coordinator')
    await casework.agree(['police', 'council', 'school'], ['group', 'plan'])
  })
  after(() => database.close())

  const as = <T>(member: Member, act: (tx: MemberTransaction) => Promise<T>, now = morning) =>
    asMember(database, member, { now }, act)
  const assessment = (id: TestId) => ({
    test: id,
    because: 'Two assaults in a month.',
    findings: testOf(id).criteria.map(c => ({
      criterion: c.id,
      found: 'met' as const,
      says: 'As seen on the day.',
      source: 'officer who was there',
      on: '2026-11-02',
    })),
  })
  const propose = async (id: TestId, called = 'Northside', by = officer) =>
    (
      await as(by, tx =>
        proposeGroup(
          tx,
          { called, territory: 'The station.', children: true, assessment: assessment(id), legalBasis: law },
          { key: randomUUID() },
        ),
      )
    ).reference
  const step = (
    by: Member,
    reference: string,
    name: Parameters<typeof moveGroup>[2],
    detail = {},
    now = morning,
  ) =>
    as(
      by,
      async tx => {
        const { stands } = await readGroup(tx, reference)
        await moveGroup(tx, reference, name, { key: randomUUID(), seen: stands.seq, detail })
      },
      now,
    )
  const approved = async (id: TestId, called?: string) => {
    const reference = await propose(id, called)
    await step(sergeant, reference, 'approve', { because: 'The evidence carries it.' })
    return reference
  }
  const read = (by: Member, reference: string, now = morning) => as(by, tx => readGroup(tx, reference), now)
  /** A statement of the member's agency about an event of 14 November, and the person. */
  const event = async (role: string | null, by = officer, of?: { person: string; record: string }) => {
    const known = of ?? (await casework.record(by))
    const entry = await casework.entry(by, known)
    await database.query(
      `update entries set kind = 'event', role_in_event = $2, occurred_on = '2026-11-14', source = 'officer on the bus'
       where id = $1`,
      [entry, role],
    )
    return { ...known, entry }
  }
  const link = async (
    reference: string,
    seen: { person: string; entry: string },
    more: Partial<NewLink> = {},
  ) => {
    const key = randomUUID()
    await as(officer, async tx =>
      linkToGroup(
        tx,
        {
          group: (await readGroup(tx, reference)).id,
          called: 'Synthetic Person',
          child: true,
          ground: 'acted-together',
          says: 'Took part in the assault at the station.',
          legalBasis: law,
          ...seen,
          ...more,
        },
        { key },
      ),
    )
    return key
  }
  const linkStep = (by: Member, id: string, name: Parameters<typeof moveLink>[2], detail = {}) =>
    as(by, async tx => {
      const { seq } = await readLink(tx, id)
      await moveLink(tx, id, name, { key: randomUUID(), seen: seq, detail })
    })
  const confirmed = async (reference: string, seen: { person: string; entry: string }) => {
    const id = await link(reference, seen)
    await linkStep(sergeant, id, 'confirm', { because: 'x', notice: 'told' })
    return id
  }
  const linksSeenBy = async (member: Member, reference: string) =>
    (await as(member, async tx => linksOf(tx, { group: (await readGroup(tx, reference)).id }))).map(l => l.id)

  test('R3 a group passes a written test with evidence, and a second approver who did not write it', async () => {
    const lacks = { ...assessment('street-gang') }
    lacks.findings = lacks.findings.map(f =>
      f.criterion === 'conflict' ? { ...f, found: 'met', says: '' } : f,
    )
    await assert.rejects(
      as(officer, tx =>
        proposeGroup(
          tx,
          { called: 'A', territory: '', children: true, assessment: lacks, legalBasis: law },
          { key: randomUUID() },
        ),
      ),
      (e: Error) => e instanceof WrongMove && /in conflict with other, similar groups/.test(e.message),
    )
    const reference = await propose('street-gang', 'Eastside', sergeant)
    assert.match(reference, /^G-2026-\d{4}$/)
    assert.equal((await read(officer, reference)).level, null, 'what nobody approved is no gang')
    await assert.rejects(step(sergeant, reference, 'approve'), /You wrote the assessment/)
    await assert.rejects(step(officer, reference, 'approve'), WrongMove)
    // Past the forms, the database says so too.
    await assert.rejects(
      as(sergeant, async tx =>
        tx.query(
          `insert into group_moves (group_id, seq, action, state_after, by_user, by_agency, at, request_key)
           values ($1, 2, 'approve', 'stands', $2, 'police', present(), gen_random_uuid())`,
          [(await readGroup(tx, reference)).id, sergeant.user],
        ),
      ),
      /row-level security/,
    )
    await step(inspector, reference, 'approve', { because: 'The evidence carries it.' })
    const group = await read(officer, reference)
    assert.deepEqual([group.level, group.state, group.assessedUntil], ['gang', 'stands', '2027-05-19'])
    assert.equal(group.stands.approved!.findings.length, 5)
  })

  test('R3 a peer group is not a gang and cannot be exported as one', async () => {
    await assert.rejects(propose('peer-group', 'The Northside gang'), /not called one/)
    const reference = await approved('peer-group', 'Friends at the station')
    const group = await read(officer, reference)
    assert.equal(group.levelWords, 'Peer group')
    assert.throws(() => insistOnExport(group, 'gang'), /cannot be exported as anything else/)
    assert.throws(() => insistOnExport(group, 'ocg'), WrongMove)
    assert.doesNotThrow(() => insistOnExport(group, 'peer'))
    await assert.rejects(step(officer, reference, 'change', { called: 'Station gang' }), /not called one/)
    await assert.rejects(
      database.transaction(tx =>
        tx.query(`update groups set called = 'Station gangs' where reference = $1`, [reference]),
      ),
      /peer_group_is_no_gang/,
    )
    const plan = {
      aim: 'x',
      child: false,
      owner: officer.user,
      legalBasis: law,
      subject: { group: group.id },
    }
    await assert.rejects(
      as(officer, tx => makePlan(tx, { ...plan, called: 'A plan for the gang' }, { key: randomUUID() })),
      /not called one/,
    )
    const made = await as(officer, tx =>
      makePlan(tx, { ...plan, called: 'Friends at the station' }, { key: randomUUID() }),
    )
    await assert.rejects(
      as(officer, async tx =>
        changeWords(
          tx,
          await readPlan(tx, made.reference),
          { called: 'Gang', aim: 'x' },
          { edition: 1, key: randomUUID() },
        ),
      ),
      /not called one/,
    )
  })

  test('R4 nobody is linked to a group for having been hurt, at risk or a witness', async () => {
    const reference = await approved('street-gang')
    for (const role of ['injured', 'at-risk', 'witness', 'professional']) {
      const seen = await event(role)
      await assert.rejects(link(reference, seen), /is not linked to a group \(R4\)/)
      await assert.rejects(
        as(officer, async tx =>
          tx.query(
            `insert into group_links (id, group_id, person_id, called, child, ground, says, on_day, source, entry, agency,
               author, made_at, purpose, legal_basis, review_on, delete_on)
             values (gen_random_uuid(), $1, $2, 'x', true, 'acted-together', 'x', '2026-11-14', 'x', $3, 'police', $4, present(),
               'safeguarding', 'x', '2026-12-20', '2027-01-01')`,
            [(await readGroup(tx, reference)).id, seen.person, seen.entry, officer.user],
          ),
        ),
        /row-level security/,
        role,
      )
    }
    const seen = await event('suspected')
    const id = await link(reference, seen)
    await assert.rejects(linkStep(officer, id, 'confirm', { notice: 'told' }), WrongMove)
    assert.deepEqual(await linksSeenBy(council, reference), [], 'nobody confirmed it')
    await assert.rejects(link(reference, seen), /rests on that statement already/)
  })

  test('R5 R10 a link to a child is reviewed within 42 days, hidden the day after, and then deleted', async () => {
    const reference = await approved('street-gang')
    const id = await confirmed(reference, await event('suspected'))
    assert.equal((await as(officer, tx => readLink(tx, id))).reviewOn, '2027-01-01')
    await runRetention(database, new Date('2027-01-02T03:00:00Z'))
    const late = new Date('2027-01-02T09:00:00Z')
    await assert.rejects(
      as(officer, tx => readLink(tx, id), late),
      NotThere,
    )
    assert.equal((await as(sergeant, tx => readLink(tx, id), late)).state, 'lapsed')
    assert.equal((await read(sergeant, reference, late)).state, 'lapsed', 'and the group that it concerns')
    await assert.rejects(read(council, reference, late), NotThere)
    await runRetention(database, new Date('2027-02-02T03:00:00Z'))
    await assert.rejects(
      as(sergeant, tx => readLink(tx, id), new Date('2027-02-02T09:00:00Z')),
      NotThere,
    )
  })

  test('R10 an assessment ends after 180 days: a late review needs another', async () => {
    const reference = await approved('organised-crime-group')
    await database.query(
      `update groups set assessed_until = '2026-12-01', review_on = '2026-12-01' where reference = $1`,
      [reference],
    )
    await runRetention(database, new Date('2026-12-02T03:00:00Z'))
    const now = new Date('2026-12-02T09:00:00Z')
    await assert.rejects(step(sergeant, reference, 'renew', { because: 'x' }, now), /assessed anew/)
    await step(sergeant, reference, 'propose-anew', assessment('peer-group'), now)
    assert.equal((await read(sergeant, reference, now)).level, null)
    await step(inspector, reference, 'approve', { because: 'x' }, now)
    assert.equal((await read(officer, reference, now)).level, 'peer')
  })

  test('R11 R21 somebody is told or it is said why not; a challenge opens a case; what is removed is gone at once', async () => {
    const reference = await approved('street-gang')
    const id = await link(reference, await event('suspected'))
    await linkStep(sergeant, id, 'confirm', {
      because: 'At risk.',
      notice: 'not-told',
      againOn: '2026-12-01',
    })
    const shown = await as(officer, tx => readLink(tx, id))
    assert.deepEqual([shown.notice, shown.noticeOn], ['not-told', '2026-12-01'])
    const key = randomUUID()
    const challenge = () =>
      as(officer, async tx =>
        challengeLink(tx, await readLink(tx, id), {
          key,
          words: 'I was not there.',
          reachAt: 'x',
          askedBy: '',
        }),
      )
    await challenge()
    await challenge()
    const cases = await database.query(`select 1 from rights_cases where about_group_link = $1`, [id])
    assert.equal(cases.length, 1)
    await linkStep(officer, id, 'remove', { because: 'He was elsewhere.' })
    await assert.rejects(
      as(sergeant, tx => readLink(tx, id)),
      NotThere,
    )
    const other = await confirmed(reference, await event(null))
    await step(officer, reference, 'end', { because: 'Nobody meets any more.' })
    await assert.rejects(
      as(sergeant, tx => readLink(tx, other)),
      NotThere,
    )
  })

  test('R22 a link vanishes at once with the statement that it rests on', async () => {
    const reference = await approved('street-gang')
    const seen = await event('convicted')
    await confirmed(reference, seen)
    assert.equal((await linksSeenBy(officer, reference)).length, 1)
    await database.query('update entries set restricted_at = now() where id = $1', [seen.entry])
    assert.equal((await linksSeenBy(officer, reference)).length, 0)
  })

  test('R13 R14 another agency’s coordinator sees a group under an agreement, and of its people only whom they know', async () => {
    const waiting = await propose('street-gang', 'Waiting')
    await assert.rejects(read(council, waiting), NotThere)
    const reference = await approved('street-gang')
    const known = await event('suspected')
    const id = await confirmed(reference, known)
    await confirmed(reference, await event('suspected'))
    assert.deepEqual(await linksSeenBy(council, reference), [])
    await casework.record(council, known.person)
    assert.deepEqual(await linksSeenBy(council, reference), [id])
    await assert.rejects(read(worker, reference), NotThere)
    await assert.rejects(read({ ...council, purpose: 'support' }, reference), NotThere)
    await casework.record(school, known.person)
    await assert.rejects(read(school, reference), NotThere)
    const lists = await as(school, tx => listGroups(tx, 'approved', { limit: 10, offset: 0 }))
    assert.equal(lists.total, 0)
    await assert.rejects(
      as(worker, tx =>
        proposeGroup(
          tx,
          {
            called: 'A',
            territory: '',
            children: true,
            assessment: assessment('peer-group'),
            legalBasis: law,
          },
          { key: randomUUID() },
        ),
      ),
      /row-level security/,
    )
  })

  test('rivalry is of a day and a source, for who may open both, and ends by itself', async () => {
    const [one, other] = [await approved('street-gang'), await approved('gang-2015-act')]
    const relate = (endsOn: string) =>
      as(officer, async tx =>
        relateGroups(
          tx,
          await readGroup(tx, one),
          {
            kind: 'rivalry',
            other: (await readGroup(tx, other)).id,
            says: 'A fight at the station.',
            source: 'officer who was there',
            onDay: '2026-11-02',
            endsOn,
          },
          randomUUID(),
        ),
      )
    await relate('2026-12-01')
    const between = (by: Member, now = morning) =>
      as(by, async tx => relationsOf(tx, (await readGroup(tx, other)).id), now)
    assert.deepEqual(
      (await between(council)).map(r => [r.kind, r.otherReference]),
      [['rivalry', one]],
    )
    assert.deepEqual(await between(officer, new Date('2026-12-01T09:00:00Z')), [])
  })

  test('a group is planned for and acted upon like a person or a place, by whoever may open it', async () => {
    const reference = await approved('street-gang')
    const { id } = await read(officer, reference)
    const plan = { aim: 'x', child: false, called: 'Northside', legalBasis: law, subject: { group: id } }
    const made = await as(council, tx =>
      makePlan(tx, { ...plan, owner: council.user }, { key: randomUUID() }),
    )
    assert.equal((await as(council, tx => readPlan(tx, made.reference))).kind, 'group')
    await assert.rejects(
      as(worker, tx => makePlan(tx, { ...plan, owner: worker.user }, { key: randomUUID() })),
      NotThere,
    )
    const act = (by: Member) =>
      as(by, tx =>
        makeAction(
          tx,
          {
            what: 'Walk the route at four.',
            agency: by.agency,
            dueOn: '2026-12-04',
            field: 'action',
            subject: { group: id },
            legalBasis: law,
            child: false,
          },
          { key: randomUUID() },
        ),
      )
    await act(officer)
    await assert.rejects(act(worker), /row-level security/)
  })

  test('two editors: the second is told, and the same form twice is one act', async () => {
    const reference = await approved('street-gang')
    const key = randomUUID()
    const change = (called: string, marks: { key: string; seen: number }) =>
      as(officer, tx => moveGroup(tx, reference, 'change', { ...marks, detail: { called } }))
    await change('Northside again', { key, seen: 2 })
    await change('Northside again', { key, seen: 2 })
    await assert.rejects(change('Other', { key: randomUUID(), seen: 2 }), /Something happened to/)
    assert.equal((await read(officer, reference)).called, 'Northside again')
  })

  test('governance is told why somebody may open a group, and a link', async () => {
    const reference = await approved('street-gang')
    const { id } = await read(officer, reference)
    const governor = await casework.member('partnership', 'information-governance-officer', null)
    const ask = (member: Member, kind: 'group' | 'group-link', number: string) =>
      as(governor, tx => answerAccess(tx, { user: member.user, purpose: 'safeguarding', kind, id: number }))
    assert.equal((await ask(council, 'group', id))![0]!.ok, true)
    assert.match((await ask(worker, 'group', id))![0]!.words, /police, youth justice and coordinators/)
    const seen = await confirmed(reference, await event('suspected'))
    assert.match((await ask(council, 'group-link', seen))![0]!.words, /nobody is given a list/)
  })

  test('the database knows the same kinds of agency and the same tests as the program', async () => {
    const [row] = await database.query<{ kinds: string[] }>('select kinds_with_groups() as kinds')
    assert.deepEqual(row!.kinds, kindsWithGroups)
    for (const id of testsOn('2026-11-20')) {
      const [known] = await database.query<{ level: string }>('select level_of_group_test($1) as level', [id])
      assert.equal(known!.level, groupTests[id].level, id)
    }
    assert.equal(testsOn('2026-11-20').includes('gang-2009-act'), false, 'replaced on 1 June 2015')
  })
})
