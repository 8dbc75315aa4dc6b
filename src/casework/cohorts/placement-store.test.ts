import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { caseworkForTests, morning, type TestCasework } from '../../../test/casework-for-tests.ts'
import { cohortsForTests, proposalAnswers, type TestCohorts } from '../../../test/cohort-for-tests.ts'
import { onEveryStore } from '../../../test/every-store.ts'
import { asMember, type Member, type MemberTransaction } from '../../governance/access/as-member.ts'
import { runRetention } from '../../governance/retention/run-retention.ts'
import { NotThere, WrongMove } from '../../platform/errors.ts'
import type { Database } from '../../platform/postgres.ts'
import type { PlacementMove } from './placement.ts'
import { movePlacement, readPlacement } from './placement-store.ts'
import type { ProposalAnswers } from './proposal.ts'
import { saveProposal, sendProposal, startProposal } from './proposal-store.ts'

const CHILD = '2011-05-04'
const ADULT = '1999-05-04'
const on = (day: string) => new Date(`${day}T09:00:00Z`)

onEveryStore('placements', store => {
  let database: Database
  let casework: TestCasework
  let cohorts: TestCohorts
  let chair: Member
  let council: Member
  let partnership: Member
  let proposer: Member
  before(async () => {
    database = await store.open()
    casework = await caseworkForTests(database)
    cohorts = await cohortsForTests(casework)
    await casework.agree(['police', 'council', 'partnership', 'charity'], ['cohort'])
    chair = await casework.member('police', 'commander')
    council = await casework.member('council', 'coordinator')
    partnership = await casework.member('partnership', 'coordinator')
    proposer = await casework.member('police')
    for (const id of ['north', 'south']) {
      await cohorts.seat(id, chair, 'chair')
      await cohorts.seat(id, council, 'member')
      await cohorts.seat(id, partnership, 'member')
    }
  })
  after(() => database.close())

  const as = <T>(member: Member, act: (tx: MemberTransaction) => Promise<T>, now = morning) =>
    asMember(database, member, { now }, act)
  const read = (member: Member, reference: string, now = morning) =>
    as(member, tx => readPlacement(tx, reference), now)
  const person = async (born: string | null, by = proposer) => {
    const of = await casework.record(by)
    await cohorts.born(of.person, born)
    return of
  }
  const column = async <T>(reference: string, name: string) =>
    (
      await database.query<{ value: T }>(`select ${name} as value from placements where reference = $1`, [
        reference,
      ])
    )[0]!.value

  test('a panel places an adult: tier, lead worker and review are what the moves say, in the row as in the fold', async () => {
    const { person: of } = await person(ADULT)
    const reference = await cohorts.propose(proposer, of)
    assert.equal((await read(chair, reference)).stands.state, 'to-decide')
    await cohorts.decide(chair, reference, 'place', [council, partnership])
    const placed = await read(council, reference)
    assert.equal(placed.stands.state, 'placed')
    assert.equal(placed.tier, 'managed')
    assert.equal(placed.owner?.user, council.user)
    assert.equal(placed.reviewOn, '2026-12-18')
    assert.equal(placed.placedOn, '2026-11-20')
    assert.equal(placed.stands.notice, 'due')
    assert.equal(await column(reference, 'state'), placed.stands.state)
    assert.equal(await column(reference, 'tier'), placed.stands.tier)
  })

  test('R5 an under-18 is placed above support only after a second approver, who is neither the proposer nor the chair', async () => {
    const { person: of } = await person(CHILD)
    const reference = await cohorts.propose(proposer, of)
    assert.equal((await read(chair, reference)).stands.state, 'to-approve')
    await assert.rejects(cohorts.decide(chair, reference, 'place', [council]), {
      message: /It is now: proposed, waiting for a second approver/,
    })
    await assert.rejects(cohorts.move(proposer, reference, 'approve'), WrongMove)
    await cohorts.move(chair, reference, 'approve')
    await assert.rejects(cohorts.decide(chair, reference, 'place', [council]), {
      message: /You approved it as the second approver, so another chair has to decide/,
    })
    const other = await cohorts.another('police', 'commander')
    await cohorts.seat('north', other, 'chair')
    await cohorts.decide(other, reference, 'place', [council])
    assert.equal((await read(council, reference)).stands.state, 'placed')
  })

  test('R5 somebody whose age nobody knows has a second approver, and a child in support needs none', async () => {
    const unknown = await cohorts.propose(proposer, (await person(null)).person)
    assert.equal((await read(chair, unknown)).stands.state, 'to-approve')
    const child = await cohorts.propose(proposer, (await person(CHILD)).person, { tier: 'support' })
    assert.equal((await read(chair, child)).stands.state, 'to-decide')
    await cohorts.decide(chair, child, 'place', [council])
    const move = await read(council, child)
    await cohorts.move(council, child, 'propose-move-with-approver', {
      tier: 'enforced',
      because: 'It got worse.',
    })
    assert.equal(move.child, true)
    assert.equal((await read(chair, child)).stands.state, 'move-to-approve')
  })

  test('R5 the second approver cannot be got round by saying that none is needed', async () => {
    const { person: of } = await person(CHILD)
    const reference = await cohorts.propose(proposer, of, { tier: 'support' })
    await cohorts.decide(chair, reference, 'place', [council])
    await assert.rejects(
      cohorts.move(council, reference, 'propose-move', { tier: 'managed', because: 'x' }),
      {
        message: /needs a second approver/,
      },
    )
  })

  test('R6 one person decides on no tier, nor one agency, nor who proposed it, and dissent says why', async () => {
    const other = await cohorts.another('police', 'practitioner')
    await cohorts.seat('north', other, 'member')
    const reference = await cohorts.propose(proposer, (await person(ADULT)).person)
    await assert.rejects(
      cohorts.decide(chair, reference, 'place', [], { owner: council.user }),
      /two members of two agencies/,
    )
    await assert.rejects(cohorts.decide(chair, reference, 'place', [other]), /two members of two agencies/)
    await assert.rejects(
      cohorts.decide(chair, reference, 'place', [council], {
        panel: [
          { user: chair.user, view: 'agreed' },
          { user: council.user, view: 'dissented' },
        ],
      }),
      /Say why, for everybody who dissented/,
    )
    await cohorts.decide(chair, reference, 'place', [council], {
      panel: [
        { user: chair.user, view: 'agreed' },
        { user: council.user, view: 'dissented', because: 'Support was never offered.' },
      ],
    })
    const seats = (await read(partnership, reference)).stands.decision!.detail.panel!
    assert.equal(seats[1]!.because, 'Support was never offered.')

    const commander = await cohorts.another('police', 'coordinator')
    await cohorts.seat('north', commander, 'chair')
    const own = await cohorts.propose(commander, (await person(ADULT, commander)).person, {
      tier: 'support',
    })
    await assert.rejects(
      cohorts.decide(commander, own, 'place', [council]),
      /You proposed it, so another chair/,
    )
  })

  test('R6 no column of a person or a placement holds a number about them, and none can be sorted by', async () => {
    const numbers = await database.query<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns
         where table_schema = 'public' and table_name in ('placements', 'placement_moves', 'placement_evidence',
           'placement_shares', 'placement_contacts', 'placement_drafts')
           and data_type in ('integer', 'smallint', 'bigint', 'numeric', 'real', 'double precision') order by 1`,
    )
    // The order of moves, which two who act at once meet at.
    assert.deepEqual(
      numbers.map(n => n.name),
      ['placement_moves.seq'],
    )
  })

  test('R4 what is no ground cannot be named, what happened long ago is none, and a need is none above support', async () => {
    const { person: of } = await person(ADULT)
    const sent = (more: Parameters<typeof proposalAnswers>[0]) =>
      as(proposer, async tx => {
        const id = await startProposal(tx, of)
        await saveProposal(tx, id, proposalAnswers(more))
        return sendProposal(tx, id)
      })
    const ground = { on: '2026-11-02', source: 'a colleague', says: 'Posts drill videos.' }
    for (const code of ['music', 'drill', 'dress', 'emoji', 'following', 'family', 'postcode', 'victim']) {
      const answer = await sent({ grounds: [{ ...ground, ground: code as 'weapon' }] })
      assert.equal(answer.outcome, 'not-ready')
      assert.match(JSON.stringify(answer), /What is not there is no ground for a tier/)
    }
    const old = await sent({ grounds: [{ ...ground, ground: 'weapon', on: '2024-11-01' }] })
    assert.match(JSON.stringify(old), /more than two years ago/)
    const need = await sent({ grounds: [{ ...ground, ground: 'missing' }] })
    assert.match(JSON.stringify(need), /no ground for Tier 2/)
    assert.equal(
      (await sent({ grounds: [{ ...ground, ground: 'missing' }], tier: 'support' })).outcome,
      'sent',
    )
  })

  test('R4 that the words lean on an inadmissible ground is laid before the panel with them', async () => {
    const reference = await cohorts.propose(proposer, (await person(ADULT)).person, {
      grounds: [
        {
          ground: 'harmed-others',
          on: '2026-11-02',
          source: 'a teacher',
          says: 'Threatened a boy in a drill video.',
        },
      ],
    })
    assert.deepEqual((await read(chair, reference)).stands.proposal!.detail.asked, ['music'])
  })

  test('a proposal without strengths, without their own view, or without grounds does not go', async () => {
    const { person: of } = await person(ADULT)
    for (const [more, sentence] of [
      [{ strengths: '' }, /Say what goes well/],
      [{ protective: undefined }, /Say what keeps them safe/],
      [{ view: undefined }, /If nobody has asked them, say below why not/],
      [{ grounds: [] }, /at least one ground/],
      [{ tier: undefined }, /Choose the tier/],
    ] as [ProposalAnswers, RegExp][]) {
      const answer = await as(proposer, async tx => {
        const id = await startProposal(tx, of)
        await tx.query(`update placement_drafts set answers = '{}' where id = $1`, [id])
        await saveProposal(tx, id, proposalAnswers(more))
        return sendProposal(tx, id)
      })
      assert.match(JSON.stringify(answer), sentence)
    }
  })

  test('R22 evidence that is restricted or deleted is gone from the proposal at once', async () => {
    const of = await person(ADULT)
    const entries = [
      await casework.entry(proposer, of, { text: 'Had a knife at the station.' }),
      await casework.entry(proposer, of, { text: 'Was seen at the arcade.' }),
    ]
    const reference = await cohorts.propose(proposer, of.person, { evidence: entries })
    const { id } = await read(council, reference)
    const said = async () =>
      (await as(council, tx => tx.query<{ said: string }>('select said from placement_statements($1)', [id])))
        .map(row => row.said)
        .toSorted()
    assert.deepEqual(await said(), ['Had a knife at the station.', 'Was seen at the arcade.'])
    await database.query('update entries set restricted_at = now() where id = $1', [entries[0]])
    assert.deepEqual(await said(), ['Was seen at the arcade.'])
    await database.query('delete from entries where id = $1', [entries[1]])
    assert.deepEqual(await said(), [])
  })

  test('R17 a note of a closed circle, and another agency’s statement, cannot be laid before a panel', async () => {
    const of = await person(ADULT)
    const theirs = await casework.record(council, of.person)
    const foreign = await casework.entry(council, theirs, { text: 'A note of the council.' })
    const reference = await cohorts.propose(proposer, of.person, { evidence: [foreign] })
    const { id } = await read(chair, reference)
    assert.deepEqual(await as(chair, tx => tx.query('select * from placement_statements($1)', [id])), [])
    await assert.rejects(
      as(proposer, tx =>
        tx.query(
          `insert into placement_evidence (placement, entry, added_by, added_at) values ($1, $2, $3, present())`,
          [id, foreign, proposer.user],
        ),
      ),
      /row-level security/,
    )
  })

  test('R13 without an agreement in force nobody proposes across agencies, and nobody sees', async () => {
    const support = { ...council, purpose: 'support' as const }
    const of = await casework.record(council)
    await assert.rejects(cohorts.propose(support, of.person), /Choose the cohort/)
    const reference = await cohorts.propose(proposer, (await person(ADULT)).person)
    await assert.rejects(read(support, reference), NotThere)
    assert.equal((await read(council, reference)).reference, reference)
  })

  test('R14 a school sees no placement but those that it was brought to by name, and of them no grounds', async () => {
    const school = await casework.member('school', 'coordinator')
    await casework.agree(['police', 'school'], ['cohort'])
    const references: string[] = []
    for (let i = 0; i < 3; i++) {
      const reference = await cohorts.propose(proposer, (await person(ADULT)).person)
      await cohorts.decide(chair, reference, 'place', [council])
      references.push(reference)
    }
    const listed = () => as(school, tx => tx.query<{ reference: string }>('select reference from placements'))
    assert.deepEqual(await listed(), [])
    await assert.rejects(
      cohorts.seat('north', school, 'member').then(() => read(school, references[0]!)),
      NotThere,
    )
    assert.deepEqual(await listed(), [], 'a seat on the panel shows a school nothing')
    const { id } = await read(chair, references[1]!)
    await as(chair, tx =>
      tx.query(
        `insert into placement_shares (placement, agency, because, shared_by, shared_at)
           values ($1, 'oak-school', 'His tutor meets him every day.', $2, present())`,
        [id, chair.user],
      ),
    )
    assert.deepEqual(await listed(), [{ reference: references[1] }])
    const seen = await read(school, references[1]!)
    assert.equal(seen.weighed, false)
    assert.deepEqual(seen.actions, [])
    await assert.rejects(
      as(await casework.member('police', 'coordinator'), tx =>
        tx.query(
          `insert into panel_members (cohort, user_id, part, since, added_by, added_at)
             values ('south', $1, 'member', present_day(), $2, present())`,
          [school.user, proposer.user],
        ),
      ),
      /row-level security/,
    )
  })

  test('the same form twice is one decision, and a form that somebody was quicker than is told so', async () => {
    const reference = await cohorts.propose(proposer, (await person(ADULT)).person)
    const key = randomUUID()
    const detail = {
      tier: 'managed',
      owner: council.user,
      because: 'Of one mind.',
      panel: [chair, council].map(m => ({ user: m.user, view: 'agreed' as const })),
    }
    const send = (by: Member, k: string, name: PlacementMove = 'place') =>
      as(by, tx => movePlacement(tx, reference, name, { key: k, seen: 1, detail }))
    await send(chair, key)
    await send(chair, key)
    assert.equal((await read(chair, reference)).actions.length, 2)
    const second = await cohorts.another('police', 'commander')
    await cohorts.seat('north', second, 'chair')
    await assert.rejects(send(second, randomUUID(), 'refuse'), {
      name: 'WrongMove',
      message: /It is now: placed/,
    })
  })

  test('two panels of a scheme that decide about one person: one does, and the other is told', async () => {
    const of = await person(ADULT)
    await casework.record(council, of.person)
    const north = await cohorts.propose(proposer, of.person)
    // Of another agency, which may not know of the first proposal.
    const charity = await casework.member('charity')
    const theirs = await casework.record(charity, of.person)
    await cohorts.born(of.person, ADULT)
    assert.ok(theirs.record)
    const south = await cohorts.propose(charity, of.person, { cohort: 'south' })
    const other = await cohorts.another('police', 'commander')
    await cohorts.seat('south', other, 'chair')
    await cohorts.seat('south', await cohorts.another('council', 'practitioner'), 'member')
    await cohorts.decide(chair, north, 'place', [council])
    const after = await read(other, south)
    assert.equal(after.stands.state, 'refused')
    assert.equal(after.actions.at(-1)!.action, 'overtake')
    const told = await database.query<{ reference: string }>(
      `select reference from notices where kind = 'placement-overtaken' and recipient = $1`,
      [other.user],
    )
    assert.deepEqual(told, [{ reference: south }])
    await assert.rejects(cohorts.decide(other, south, 'place', [council]), /It is now: not placed/)
  })

  test('two chairs at the same moment: one decision, and a sentence for the other', async t => {
    if (!database.server) return t.skip('the embedded store is one connection')
    const of = await person(ADULT)
    const reference = await cohorts.propose(proposer, of.person)
    const second = await cohorts.another('police', 'commander')
    await cohorts.seat('north', second, 'chair')
    const ends = await Promise.allSettled([
      cohorts.decide(chair, reference, 'place', [council]),
      cohorts.decide(second, reference, 'refuse', [council]),
    ])
    assert.equal(ends.filter(e => e.status === 'fulfilled').length, 1)
    const refused = ends.find(e => e.status === 'rejected') as PromiseRejectedResult
    assert.match(String(refused.reason), /WrongMove/)

    const both = await person(ADULT)
    const one = await cohorts.propose(proposer, both.person)
    const charity = await casework.member('charity')
    await casework.record(charity, both.person)
    const two = await cohorts.propose(charity, both.person, { cohort: 'south' })
    await cohorts.seat('south', second, 'chair')
    const decided = await Promise.allSettled([
      cohorts.decide(chair, one, 'place', [council]),
      cohorts.decide(second, two, 'place', [council]),
    ])
    assert.equal(decided.filter(e => e.status === 'fulfilled').length, 1, JSON.stringify(decided))
  })

  test('a tier that left the pack keeps its name, takes nobody new, and lets go whoever is in it', async () => {
    const placed = await cohorts.propose(proposer, (await person(ADULT)).person)
    await cohorts.decide(chair, placed, 'place', [council])
    const waiting = await cohorts.propose(proposer, (await person(ADULT)).person)
    await database.query(`update tiers set in_pack = false where id = 'managed'`)
    try {
      await assert.rejects(
        cohorts.decide(chair, waiting, 'place', [council]),
        /Tier 2 \(invented\) is no longer in use/,
      )
      const seen = await read(council, placed)
      assert.equal(seen.cohort.tiers.find(t => t.id === seen.tier)!.name, 'Tier 2 (invented)')
      await cohorts.move(council, placed, 'review', { changed: 'Works now.', reviewOn: '2026-12-20' })
      await cohorts.move(council, placed, 'propose-move', { tier: 'support', because: 'It goes well.' })
      await cohorts.decide(chair, placed, 'move', [council])
      assert.equal((await read(council, placed)).tier, 'support')
    } finally {
      await database.query(`update tiers set in_pack = true where id = 'managed'`)
    }
  })

  test('R10 a review moves the date, no further than the tier allows, and one that nobody made hides and then removes', async () => {
    const reference = await cohorts.propose(proposer, (await person(ADULT)).person)
    await cohorts.decide(chair, reference, 'place', [council])
    await assert.rejects(
      cohorts.move(council, reference, 'review', { changed: 'x', reviewOn: '2027-02-20' }),
      /further off than the tier/,
    )
    await cohorts.move(
      council,
      reference,
      'review',
      { changed: 'Works now.', reviewOn: '2026-12-30' },
      on('2026-12-01'),
    )
    assert.equal((await read(council, reference)).reviewOn, '2026-12-30')
    await runRetention(database, on('2026-12-31'))
    await assert.rejects(read(council, reference, on('2026-12-31')), NotThere)
    const lapsed = await read(chair, reference, on('2026-12-31'))
    assert.equal(lapsed.stands.state, 'lapsed')
    assert.equal(lapsed.actions.at(-1)!.byUser, null)
    await cohorts.move(
      chair,
      reference,
      'renew',
      { changed: 'Seen late.', reviewOn: '2027-01-20' },
      on('2027-01-04'),
    )
    assert.equal((await read(council, reference, on('2027-01-04'))).stands.state, 'placed')
    await runRetention(database, on('2027-01-21'))
    await runRetention(database, on('2027-02-20'))
    await assert.rejects(read(chair, reference, on('2027-02-20')), NotThere)
    const told = await database.query<{ agency: string }>(
      `select agency from removals where reference = $1 and how = 'lapsed' order by agency`,
      [reference],
    )
    assert.deepEqual(
      told.map(r => r.agency),
      ['council', 'oak-school', 'partnership', 'police'],
    )
  })

  test('R11 a removal on success is told to every recipient, who confirm; then the name goes and a count stays', async () => {
    const reference = await cohorts.propose(proposer, (await person(ADULT)).person)
    await cohorts.decide(chair, reference, 'place', [council])
    await cohorts.move(
      council,
      reference,
      'archive',
      {
        changed: 'In work for six months.',
        checked: 'Police and hospital records.',
        achieved: ['work'],
        pseudonym: 'synthetic-00a1b2',
      },
      on('2026-12-01'),
    )
    // Not among those who look after cohorts any more; each that was given it sees it until it has confirmed.
    const open = await database.query<{ agency: string }>(
      'select agency from removals where reference = $1 order by agency',
      [reference],
    )
    assert.deepEqual(
      open.map(r => r.agency),
      ['council', 'oak-school', 'partnership', 'police'],
    )
    const confirm = (agency: string, by: Member) =>
      as(
        by,
        tx =>
          tx.query(
            `update removals set confirmed_by = $2, confirmed_at = present() where reference = $1 and agency = $3 returning id`,
            [reference, by.user, agency],
          ),
        on('2026-12-02'),
      )
    assert.equal((await confirm('police', council)).length, 0, 'nobody confirms for another agency')
    assert.equal((await read(partnership, reference, on('2026-12-02'))).stands.state, 'archived')
    assert.equal((await confirm('partnership', partnership)).length, 1)
    await assert.rejects(read(partnership, reference, on('2026-12-02')), NotThere)
    await confirm('council', council)
    await confirm('police', proposer)
    await confirm('oak-school', await casework.member('school', 'coordinator'))
    await assert.rejects(read(chair, reference, on('2026-12-02')), NotThere)
    await runRetention(database, on('2026-12-03'))
    const [gone] = await database.query<{ n: number }>(
      'select count(*) as n from placements where reference = $1',
      [reference],
    )
    assert.equal(gone!.n, 0)
    const counts = await database.query<{ step: string; rows: number }>(
      `select counted ->> 'step' as step, rows from kept_counts
       where dataset = 'cohort-steps' and counted ->> 'tier' = 'three-tier:managed' and counted ->> 'step' = 'archived'`,
    )
    assert.deepEqual(counts, [{ step: 'archived', rows: 1 }])
    const kept = await database.query<{ pseudonym: string; archived_on: string }>(
      'select pseudonym, archived_on from after_archive',
    )
    assert.deepEqual(kept, [{ pseudonym: 'synthetic-00a1b2', archived_on: '2026-12-01' }])
    for (const table of ['after_archive', 'kept_counts']) {
      await assert.rejects(
        as(chair, tx => tx.query(`select * from ${table}`)),
        /permission denied/,
      )
    }
  })

  test('R21 the person is told, or a chair says why not and when that is looked at again', async () => {
    const reference = await cohorts.propose(proposer, (await person(ADULT)).person)
    await cohorts.decide(chair, reference, 'place', [council])
    assert.equal(await column(reference, 'notice_on'), '2026-11-27')
    await assert.rejects(
      cohorts.move(council, reference, 'withhold-notice', { because: 'x', againOn: '2026-12-01' }),
      /Only a chair/,
    )
    await cohorts.move(chair, reference, 'withhold-notice', {
      because: 'He would be in danger from others.',
      againOn: '2026-12-11',
    })
    assert.equal(await column(reference, 'notice'), 'withheld')
    assert.equal(await column(reference, 'notice_on'), '2026-12-11')
    await cohorts.move(council, reference, 'give-notice', {
      told: 'At home, with his aunt.',
      on: '2026-11-20',
    })
    assert.equal(await column(reference, 'notice'), 'given')
    assert.equal(
      await column(reference, 'review_on'),
      '2026-12-18',
      'R10 telling somebody puts no review off',
    )
  })

  test('R21 a challenge opens a case, and nobody who had a part in the placement can review it', async () => {
    const reference = await cohorts.propose(proposer, (await person(ADULT)).person)
    await cohorts.decide(chair, reference, 'place', [council])
    const { id } = await read(proposer, reference)
    const key = randomUUID()
    const challenge = () =>
      as(council, tx =>
        tx.query<{ reference: string }>(
          `select challenge_placement($1, $2, 'I never had a knife.', 'At the youth club', '') as reference`,
          [id, key],
        ),
      )
    const [opened] = await challenge()
    assert.deepEqual(await challenge(), [opened], 'the same form twice is one case')
    const officer = await casework.member('council', 'information-governance-officer', null)
    const untouched = await cohorts.another('charity', 'coordinator')
    const reviewers = await as(officer, tx =>
      tx.query<{ id: string }>('select r.id from rights_reviewers($1) r', [key]),
    )
    const ids = reviewers.map(r => r.id)
    assert.ok(ids.includes(untouched.user))
    for (const part of [chair, council, partnership, proposer]) assert.ok(!ids.includes(part.user), part.name)
    assert.equal((await read(chair, reference)).stands.challenged, true)
    const seen = await as(chair, tx =>
      tx.query<{ state: string }>('select * from placement_challenges($1)', [id]),
    )
    assert.equal(seen[0]!.state, 'received')
  })

  test('nobody outside finds a placement, and a part in a panel ends at once', async () => {
    const reference = await cohorts.propose(proposer, (await person(ADULT)).person)
    for (const stranger of [
      await casework.member('charity'),
      await casework.member('police', 'coordinator'),
      await casework.member('council', 'practitioner'),
    ]) {
      await assert.rejects(read(stranger, reference), NotThere, `${stranger.name}`)
    }
    const member = await cohorts.another('charity', 'coordinator')
    await cohorts.seat('north', member, 'member')
    assert.equal((await read(member, reference)).weighed, true)
    await as(await casework.member('police', 'coordinator'), tx =>
      tx.query(`update panel_members set until = present_day() where user_id = $1`, [member.user]),
    )
    await assert.rejects(read(member, reference), NotThere)
  })
})
