import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { caseworkForTests, morning, type TestCasework } from '../../../test/casework-for-tests.ts'
import { onEveryStore } from '../../../test/every-store.ts'
import {
  asMember,
  asProgram,
  type Member,
  type MemberTransaction,
} from '../../governance/access/as-member.ts'
import { runRetention } from '../../governance/retention/run-retention.ts'
import { NotThere, WrongMove } from '../../platform/errors.ts'
import type { Database } from '../../platform/postgres.ts'
import { makePlan, movePlan, readPlan } from '../plans/plan-store.ts'
import { addStatement, statementsOf } from '../plans/statement-store.ts'
import { releaseSource } from '../tasking/meetings/agenda/release-source.ts'
import {
  arrangementsOf,
  endArrangement,
  noteArrangement,
  ownArrangement,
  reviewArrangement,
} from './arrangement-store.ts'
import {
  type CustodyForm,
  enterCustody,
  knownCustody,
  moveCustody,
  type NewSpell,
  ownSpells,
  readSpell,
  type StepMove,
} from './custody-store.ts'
import { gatePlansOf, markForGate, readGatePlan } from './gate-store.ts'
import { addInside, endInside, insideOf, insideToEnd } from './inside-store.ts'

const law = 'Crime and Disorder Act 1998, section 115'

onEveryStore('custody', store => {
  let casework: TestCasework
  let database: Database
  let police: Member
  let sergeant: Member
  let council: Member
  let school: Member
  let charity: Member
  /** Of whom the police, the council and the school hold a record. */
  let person: string

  before(async () => {
    database = await store.open()
    casework = await caseworkForTests(database)
    // Police may know what there is to mind, and in this area the council's offender management too.
    await database.query(
      `insert into custody_kinds (kind, since, until, source) values ('police', '2020-01-01', null, 'for tests'),
         ('council', '2026-01-01', '2026-11-20', 'for tests')`,
    )
    await database.query(
      `insert into arrangement_kinds (id, name, since, told_to, source) values
         ('social-care', 'Social care', '2000-01-01', '{}', 'for tests'),
         ('mappa', 'MAPPA', '2004-04-05', '{police,council}', 'for tests')`,
    )
    police = await casework.member('police')
    sergeant = await casework.member('police', 'coordinator')
    council = await casework.member('council')
    school = await casework.member('school')
    charity = await casework.member('charity')
    await casework.agree(['police', 'council', 'school', 'charity'], ['plan'])
    await casework.agree(['police', 'council', 'school'], ['custody', 'arrangement'])
    ;({ person } = await somebody())
  })
  after(() => database.close())

  const as = <T>(member: Member, act: (tx: MemberTransaction) => Promise<T>, now = morning) =>
    asMember(database, member, { now }, act)

  async function somebody(): Promise<{ person: string }> {
    const of = await casework.record(police)
    await casework.record(council, of.person)
    await casework.record(school, of.person)
    return of
  }
  const enter = (who: string, more: Partial<NewSpell> = {}, key: string = randomUUID(), by = police) =>
    as(by, tx =>
      enterCustody(
        tx,
        {
          person: who,
          called: 'Synthetic Person',
          child: false,
          establishment: 'HMP Example',
          wing: 'B wing',
          since: '2026-10-01',
          releaseOn: '2026-11-21',
          legalBasis: law,
          ...more,
        },
        { key },
      ),
    )
  const read = (member: Member, reference: string, now = morning) =>
    as(member, tx => readSpell(tx, reference), now)
  const step = async (
    member: Member,
    reference: string,
    name: StepMove,
    form: Partial<CustodyForm> = {},
    now = morning,
  ) => {
    const seen = form.seen ?? (await read(member, reference, now)).made.at(-1)!.seq
    return as(member, tx => moveCustody(tx, reference, name, { key: randomUUID(), ...form, seen }), now)
  }
  const known = (member: Member, who: string, now = morning) => as(member, tx => knownCustody(tx, who), now)

  test('R13 R14 nothing without an agreement; existence with one; where and what to mind for those who may know', async () => {
    const reference = await enter(person)
    const seen = {
      reference,
      state: 'in',
      releaseOn: '2026-11-21',
      releasedOn: null,
      agencyName: 'Police (synthetic)',
    }
    const contact = 'Duty desk of Police (synthetic)'
    assert.deepEqual(await known(school, person), [{ ...seen, contact, opens: false }])
    await assert.rejects(read(school, reference), NotThere)
    assert.deepEqual(await known(council, person), [{ ...seen, contact, opens: true }])
    assert.equal((await read(council, reference)).wing, 'B wing')
    // The kind was named until that day.
    const nextDay = new Date('2026-11-21T09:00:00Z')
    assert.deepEqual(await known(council, person, nextDay), [{ ...seen, contact, opens: false }])
    await assert.rejects(read(council, reference, nextDay), NotThere)
    assert.deepEqual(await known(charity, person), [], 'no agreement')
    assert.deepEqual(await known({ ...council, purpose: 'support' }, person), [], 'another purpose')
    assert.deepEqual(await known({ ...council, purpose: null }, person), [])
    const stranger = (await casework.record(police)).person
    await enter(stranger)
    assert.deepEqual(await known(council, stranger), [], 'they do not work with them')
    assert.deepEqual(
      (await as(council, tx => ownSpells(tx, { limit: 25, offset: 0 }))).length,
      0,
      'no list of another agency',
    )
    await database.query(
      `update agency_records set sensitive = true where person_id = $1 and agency = 'police'`,
      [person],
    )
    assert.deepEqual(await known(council, person), [], 'the police withhold that they know them')
    assert.equal((await known(police, person)).length, 1)
  })

  test('only who may know writes it down, once, and no second agency over it', async () => {
    const { person: who } = await somebody()
    await assert.rejects(enter(who, {}, randomUUID(), school), NotThere)
    const key = randomUUID()
    const first = await enter(who, {}, key)
    assert.equal(await enter(who, {}, key), first, 'a double click is a read')
    await assert.rejects(
      enter(who, {}, randomUUID(), council),
      (error: Error) => error instanceof WrongMove && error.message.includes(first),
    )
  })

  test('where they are moved and when they come out is history, and two at once are told', async () => {
    const { person: who } = await somebody()
    const reference = await enter(who)
    const key = randomUUID()
    await step(police, reference, 'set-release', {
      key,
      onDay: '2026-12-24',
      detail: { because: 'The court said so.' },
    })
    await step(police, reference, 'set-release', { key, onDay: '2026-12-25', seen: 1 })
    await step(police, reference, 'transfer', {
      onDay: '2026-11-19',
      detail: { establishment: 'HMP Other', wing: 'A wing' },
    })
    const spell = await read(police, reference)
    assert.deepEqual(
      [spell.releaseOn, spell.establishment, spell.wing],
      ['2026-12-24', 'HMP Other', 'A wing'],
    )
    assert.deepEqual(
      spell.made.map(m => [m.move, m.onDay]),
      [
        ['enter', '2026-11-21'],
        ['set-release', '2026-12-24'],
        ['transfer', '2026-11-19'],
      ],
    )
    await assert.rejects(step(police, reference, 'review', { seen: 2 }), WrongMove)
    await assert.rejects(step(council, reference, 'release', { onDay: '2026-11-20' }), WrongMove)
    await assert.rejects(step(police, reference, 'release', { onDay: '2026-09-01' }), WrongMove)
    await step(police, reference, 'set-release', { onDay: null, detail: { because: 'Appealed.' } })
    assert.equal((await read(police, reference)).releaseOn, null)
  })

  test('a release is a turning point in the plans whose members may all know of it', async () => {
    const { person: who } = await somebody()
    const reference = await enter(who)
    const plan = async (by: Member, agency: string) => {
      const subject = {
        subject: { person: who },
        called: 'Synthetic Person',
        child: false,
        aim: 'A way home.',
      }
      const { reference: made } = await as(by, tx =>
        makePlan(tx, { ...subject, owner: by.user, legalBasis: law }, { key: randomUUID() }),
      )
      await as(by, tx => movePlan(tx, made, 'add-member', { key: randomUUID(), seen: 1, toAgency: agency }))
      return made
    }
    const ofPolice = await plan(police, school.agency)
    // The charity is on it, and no agreement lets it know of custody.
    const ofCouncil = await plan(council, charity.agency)
    await as(council, tx =>
      movePlan(tx, ofCouncil, 'add-member', { key: randomUUID(), seen: 2, toAgency: police.agency }),
    )
    const turned = await step(police, reference, 'release', { onDay: '2026-11-20' })
    assert.deepEqual(turned, [
      { plan: ofPolice, untold: [] },
      { plan: ofCouncil, untold: ['Charity (synthetic)'] },
    ])
    const turns = (member: Member, made: string) =>
      as(member, async tx =>
        (await statementsOf(tx, (await readPlan(tx, made)).id)).map(s => [s.turning, s.onDay]),
      )
    assert.deepEqual(await turns(school, ofPolice), [['release', '2026-11-20']])
    assert.deepEqual(await turns(council, ofCouncil), [])
    const spell = await read(police, reference)
    assert.deepEqual([spell.state, spell.deleteOn], ['released', '2027-05-19'])
    await assert.rejects(step(police, reference, 'release', { onDay: '2026-11-20' }), WrongMove)
    // Whoever marks at the same time takes nothing from the other; who may not know of custody sees no mark.
    const need = (text: string) =>
      as(police, async tx => {
        const key = randomUUID()
        const details = { text, onDay: '2026-11-20', pathway: null, turning: null }
        await addStatement(tx, await readPlan(tx, ofPolice), 'need', details, { key })
        return key
      })
    const [bed, work] = [await need('A bed.'), await need('Work.')]
    const mark = (member: Member, shown: string[], ticked: string[]) =>
      as(member, async tx => markForGate(tx, await readGatePlan(tx, ofPolice), { shown, ticked }))
    const marked = async (member: Member) =>
      (await as(member, tx => gatePlansOf(tx, who)))
        .flatMap(p => p.lines)
        .flatMap(l => (l.marked ? [l.text] : []))
    await mark(police, [bed, work], [bed])
    await mark(school, [work], [work])
    assert.deepEqual((await marked(police)).sort(), ['A bed.', 'Work.'])
    await mark(police, [bed, work], [work])
    assert.deepEqual(await marked(school), ['Work.'])
    await assert.rejects(
      as(charity, tx => readGatePlan(tx, ofCouncil)),
      NotThere,
    )
  })

  test('R2 R4 what there is to mind has its nature and source, is for those who may know, and ends once', async () => {
    const { person: who } = await somebody()
    const reference = await enter(who)
    const details = {
      nature: 'reported',
      text: 'A debt to somebody on C wing.',
      source: 'Their cousin, 2 November',
      onDay: '2026-11-02',
    } as const
    const key = randomUUID()
    for (let n = 0; n < 2; n++) {
      await as(council, async tx =>
        addInside(tx, await readSpell(tx, reference), 'conflict', details, { key }),
      )
    }
    const all = () => as(police, async tx => insideOf(tx, await readSpell(tx, reference)))
    assert.deepEqual(
      (await all()).map(c => [c.kind, c.nature, c.agencyName, c.ended]),
      [['conflict', 'reported', 'Council (synthetic)', null]],
    )
    const school_s = await as(school, tx => tx.query('select id from custody_concerns'))
    assert.deepEqual(school_s, [])
    for (const because of ['Paid.', 'Paid again.']) {
      await as(sergeant, async tx => {
        const spell = await readSpell(tx, reference)
        await endInside(tx, spell, await insideToEnd(tx, spell, key), because)
      })
    }
    assert.equal((await all())[0]!.ended!.because, 'Paid.')
    const [columns] = await database.query<{ n: number }>(
      `select count(*) as n from information_schema.columns
       where table_name in ('custody_spells', 'custody_concerns', 'arrangements') and data_type in ('numeric', 'real', 'double precision')`,
    )
    assert.equal(columns!.n, 0, 'R6 no score of anybody')
  })

  test('R10 what nobody reviews is hidden from all but the coordinator who reviews it, and then deleted', async () => {
    const { person: who } = await somebody()
    const reference = await enter(who, { child: true })
    // 42 days for a child.
    assert.equal((await read(police, reference)).reviewOn, '2027-01-01')
    const lapsed = new Date('2027-01-02T02:00:00Z')
    await runRetention(database, lapsed)
    const after = new Date('2027-01-02T09:00:00Z')
    await assert.rejects(read(police, reference, after), NotThere)
    assert.deepEqual(await known(school, who, after), [])
    await step(sergeant, reference, 'review', { detail: { note: 'Looked again.' } }, after)
    assert.equal((await read(police, reference, after)).reviewOn, '2027-02-13')
    await runRetention(database, new Date('2027-02-14T02:00:00Z'))
    await runRetention(database, new Date('2027-03-17T02:00:00Z'))
    const [left] = await database.query<{ n: number }>(
      `select count(*) as n from custody_spells where reference = $1`,
      [reference],
    )
    assert.equal(left!.n, 0)
  })

  test('R14 another arrangement is there for those of its kinds alone, reviewed with what is true now, and ends', async () => {
    const { person: who } = await somebody()
    const note = (kind: string, key: string = randomUUID()) =>
      as(police, tx =>
        noteArrangement(
          tx,
          {
            person: who,
            child: false,
            kind,
            since: '2026-01-05',
            leadWorker: 'Offender manager',
            contact: '01632 960100',
            toldBy: 'The panel, 5 January',
            legalBasis: law,
          },
          { key },
        ),
      )
    const key = randomUUID()
    await note('mappa', key)
    await note('mappa', key)
    await note('social-care')
    await assert.rejects(note('mappa'), WrongMove)
    const kinds = async (member: Member) => (await as(member, tx => arrangementsOf(tx, who))).map(a => a.kind)
    assert.deepEqual(await kinds(police), ['mappa', 'social-care'])
    assert.deepEqual(await kinds(council), ['mappa', 'social-care'])
    assert.deepEqual(await kinds(school), ['social-care'])
    assert.deepEqual(await kinds(charity), [])
    assert.deepEqual(await kinds({ ...council, purpose: 'support' }), [])
    await assert.rejects(
      as(council, tx => ownArrangement(tx, key)),
      NotThere,
    )
    const details = { leadWorker: 'Another', contact: '01632 960101', toldBy: 'Them, today' }
    const reviewed = (edition: number) =>
      as(police, async tx => reviewArrangement(tx, await ownArrangement(tx, key), details, edition))
    assert.equal(await reviewed(1), true)
    assert.equal(await reviewed(1), false, 'a colleague was first')
    await as(police, async tx => endArrangement(tx, await ownArrangement(tx, key)))
    assert.deepEqual(await kinds(council), ['social-care'])
    await runRetention(database, new Date('2026-12-20T02:00:00Z'))
    const [left] = await database.query<{ n: number }>(
      `select count(*) as n from arrangements where id = $1`,
      [key],
    )
    assert.equal(left!.n, 0)
  })

  test('releases of the window come on the agenda, for those agencies alone that may know of custody', async () => {
    const people = [await somebody(), await somebody(), await somebody(), await somebody()].map(p => p.person)
    const days = ['2026-11-19', '2026-11-27', '2026-11-28', '2026-11-21']
    const [missed, week, later, restricted] = await Promise.all(people.map(who => enter(who)))
    for (const [n, reference] of [missed, week, later, restricted].entries()) {
      await database.query(
        'update custody_spells set release_on = $2, restricted_at = $3 where reference = $1',
        [reference, days[n], reference === restricted ? morning.toISOString() : null],
      )
    }
    const drafts = await asProgram(database, morning, tx =>
      releaseSource.gather(tx, {
        meeting: {
          id: randomUUID(),
          type: 'daily',
          agencies: [police.agency, council.agency, charity.agency],
          purpose: 'safeguarding',
          localAuthorities: null,
        },
        window: { from: morning, to: morning },
        rule: { section: 'Releases', items: 'release', days: 7 },
        today: '2026-11-20',
      }),
    )
    const ours = drafts.filter(d => [missed, week, later, restricted].includes(d.sourceId))
    assert.deepEqual(
      ours.map(d => [d.title, d.sourceId, d.seenBy]),
      [
        [
          'Release was due on 19 November 2026, and nobody has said what happened',
          missed,
          [council.agency, police.agency],
        ],
        ['Release on 27 November 2026', week, [council.agency, police.agency]],
      ],
    )
    await assert.rejects(read(police, restricted!), NotThere, 'R22')
  })
})
