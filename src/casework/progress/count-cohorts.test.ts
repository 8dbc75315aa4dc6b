import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { caseworkForTests, type TestCasework } from '../../../test/casework-for-tests.ts'
import { cohortsForTests } from '../../../test/cohort-for-tests.ts'
import { type TemporaryStore, temporaryStore, tester } from '../../../test/temporary-store.ts'
import { valuesOf } from '../../../test/worked-figure.ts'
import { importFile } from '../../evidence/intake/import-file.ts'
import { asProgram, type Member } from '../../governance/access/as-member.ts'
import { computeFigure } from '../../measures/compute-figure.ts'
import type { FigureRequest } from '../../measures/figure.ts'
import type { Day } from '../../platform/calendar.ts'
import type { Queryable } from '../../platform/postgres.ts'
import { countCasework } from './count-casework.ts'
import { progressSources } from './progress-sources.ts'

const at = (day: Day) => new Date(`${day}T09:00:00Z`)

/** First contact within 3 days and visits every 14 in every tier of the tests. */
const steps: Record<string, [day: Day, action: string, after: string, detail?: object][]> = {
  // A girl of 14: in time for all that was due but two visits; moved, and archived because it went well.
  girl: [
    ['2026-09-01', 'propose', 'to-decide', { tier: 'managed' }],
    ['2026-09-02', 'place', 'placed', { tier: 'managed', reviewOn: '2026-09-30' }],
    ['2026-09-30', 'review', 'placed', { reviewOn: '2026-10-28' }],
    ['2026-10-19', 'propose-move', 'move-to-decide', { tier: 'support' }],
    ['2026-10-20', 'move', 'placed', { tier: 'support', reviewOn: '2026-11-20' }],
    ['2026-11-10', 'archive', 'archived', { pseudonym: 'synthetic-00a1b2' }],
  ],
  // A man whom nobody met: hidden two days after his review was due, and then removed.
  man: [
    ['2026-09-01', 'propose', 'to-decide', { tier: 'managed' }],
    ['2026-09-02', 'place', 'placed', { tier: 'managed', reviewOn: '2026-10-14' }],
    ['2026-10-16', 'lapse', 'lapsed'],
    ['2026-10-26', 'remove', 'removed'],
  ],
  // Met two days late, and his review is overdue.
  boy: [
    ['2026-10-30', 'propose', 'to-decide', { tier: 'enforced' }],
    ['2026-11-01', 'place', 'placed', { tier: 'enforced', reviewOn: '2026-11-20' }],
  ],
  other: [
    ['2026-11-05', 'propose', 'to-decide', { tier: 'support' }],
    ['2026-11-07', 'refuse', 'refused'],
  ],
}

const contacts: [who: string, day: Day, how: string][] = [
  ['girl', '2026-09-04', 'met'],
  ['girl', '2026-09-10', 'spoke'],
  ['girl', '2026-09-25', 'tried'],
  ['boy', '2026-11-06', 'met'],
]

describe('cohorts, actions and meetings counted into the evidence', () => {
  let now = at('2026-11-24')
  let store: TemporaryStore
  let casework: TestCasework
  let police: Member
  let council: Member
  let partnership: Member
  const people: Record<string, { person: string; placement: string }> = {}

  before(async () => {
    store = await temporaryStore(() => now)
    casework = await caseworkForTests(store.installation.database)
    await cohortsForTests(casework)
    police = await casework.member('police')
    council = await casework.member('council')
    partnership = await casework.member('partnership')
    await describePeople()
    await asProgram(store.installation.database, now, async tx => {
      for (const who of Object.keys(steps)) await place(tx, who)
      await planFor(tx, 'boy')
      await jail(tx)
      await act(tx)
      await meet(tx)
    })
    await countCasework(store, tester)
  })
  after(() => store.remove())

  const describePeople = async () => {
    const known: Record<string, [birth: Day, gender: string, ethnicity: string]> = {
      girl: ['2012-05-04', 'female', 'black'],
      man: ['1999-05-04', '', ''],
      boy: ['2010-05-04', 'male', 'white'],
      other: ['2008-05-04', 'male', 'white'],
    }
    for (const [who, said] of Object.entries(known)) {
      const { person, record } = await casework.record(police)
      people[who] = { person, placement: randomUUID() }
      await store.installation.database.query(
        `update agency_records set birth_date = $2, birth_date_known = 'day', gender = $3, ethnicity_self = $4 where id = $1`,
        [record, ...said],
      )
    }
  }
  const place = async (tx: Queryable, who: string) => {
    const { person, placement } = people[who]!
    const [first] = steps[who]!
    await tx.query(
      `insert into placements (id, reference, cohort, scheme, person_id, called, from_agency, proposed_by, lead_agency,
         purpose, legal_basis, created_at, review_on, delete_on)
       values ($1, $2, $3, 'three-tier', $4, 'Synthetic', 'council', $5, 'police', 'safeguarding', 'x', $6, '2026-12-01',
         '2027-12-01')`,
      [placement, `T-2026-${who}`, who === 'other' ? 'south' : 'north', person, council.user, at(first![0])],
    )
    for (const [seen, day, how] of contacts) {
      if (seen !== who) continue
      await tx.query(
        `insert into placement_contacts values (gen_random_uuid(), $1, $2, $3, $4, 'police', $5)`,
        [placement, day, how, police.user, at(day)],
      )
    }
    for (const [i, [day, action, state, detail]] of steps[who]!.entries()) {
      await tx.query(
        `insert into placement_moves (placement, seq, action, state_after, by_user, by_agency, at, request_key, detail)
         values ($1, $2, $3, $4, $5, 'police', $6, gen_random_uuid(), $7)`,
        [placement, i + 1, action, state, police.user, at(day), JSON.stringify(detail ?? {})],
      )
    }
    // The council and the police were told of each end: one confirms in two days, both late, and one never.
    await tx.query(
      `update removals set confirmed_at = '2026-11-12', confirmed_by = $1 where reference = 'T-2026-girl' and agency = 'council'`,
      [council.user],
    )
    await tx.query(
      `update removals set confirmed_at = '2026-11-10', confirmed_by = $1 where reference = 'T-2026-man'`,
      [police.user],
    )
  }
  /** One need from before he was placed, and two since, of which one was met by help that was taken up. */
  const planFor = async (tx: Queryable, who: string) => {
    const [plan, offer] = [randomUUID(), randomUUID()]
    const needs = [randomUUID(), randomUUID(), randomUUID()]
    await tx.query(
      `insert into plans (id, reference, person_id, called, child, aim, lead_agency, owner, made_by, made_at, changed_at,
         purpose, legal_basis, review_on, delete_on)
       values ($1, 'P-2026-0001', $2, 'Synthetic', true, 'x', 'police', $3, $3, $4, $4, 'safeguarding', 'x', '2026-12-01',
         '2027-12-01')`,
      [plan, people[who]!.person, police.user, at('2026-10-01')],
    )
    for (const [i, day] of ['2026-10-10', '2026-11-02', '2026-11-03'].entries()) {
      await tx.query(
        `insert into plan_statements (id, plan, kind, text, on_day, agency, author, made_at, changed_at)
         values ($1, $2, 'need', 'Synthetic', $3, 'police', $4, $5, $5)`,
        [needs[i], plan, day, police.user, at(day)],
      )
    }
    await tx.query(
      `update plan_statements set ended_at = $2, ended_by = $3, ended_because = 'Synthetic' where id = $1`,
      [needs[1], at('2026-11-15'), police.user],
    )
    await tx.query(
      `insert into plan_offers values ($1, $2, $3, 'family', 'x', 'x', 'taken-up', $4, 'police', $5, $4)`,
      [offer, plan, needs[1], at('2026-11-04'), police.user],
    )
    await tx.query(
      `insert into offer_moves (offer, seq, move, state_after, on_day, by_user, by_agency, at, request_key)
       values ($1, 1, 'take-up', 'taken-up', '2026-11-05', $2, 'police', $3, gen_random_uuid())`,
      [offer, police.user, at('2026-11-05')],
    )
  }
  /** The boy, whom two agencies know to be inside; and the man, who had left the cohort before. */
  const jail = async (tx: Queryable) => {
    for (const [n, [who, by]] of (
      [
        ['boy', police],
        ['boy', council],
        ['man', police],
      ] as const
    ).entries()) {
      await tx.query(
        `insert into custody_spells (id, reference, person_id, called, child, agency, since, made_by, made_at, purpose,
           legal_basis, establishment, owner, changed_at, review_on, delete_on)
         values (gen_random_uuid(), $1, $2, 'Synthetic', false, $3, '2026-11-12', $4, $5, 'safeguarding', 'x', 'Synthetic', $4,
           $5, '2026-12-01', '2027-12-01')`,
        [`CU-2026-${n}`, people[who]!.person, by.agency, by.user, at('2026-11-13')],
      )
    }
  }
  const act = async (tx: Queryable) => {
    const log: [agency: string, due: Day, about: string | null, moves: [string, Day, Day?][]][] = [
      ['police', '2026-11-10', 'girl', [['finish', '2026-11-10']]],
      [
        'police',
        '2026-11-03',
        'boy',
        [
          ['move-date', '2026-11-02', '2026-11-10'],
          ['finish', '2026-11-12'],
        ],
      ],
      ['council', '2026-11-01', null, []],
      ['council', '2026-11-01', null, [['withdraw', '2026-10-30']]],
      ['council', '2026-11-02', null, [['not-done', '2026-11-02']]],
      ['council', '2026-12-01', null, [['finish', '2026-11-02']]],
    ]
    for (const [n, [agency, due, about, moves]] of log.entries()) {
      const id = randomUUID()
      await tx.query(
        `insert into actions (id, reference, what, agency, due_on, made_by, made_by_agency, made_at, purpose, legal_basis,
           under, person_id, review_days, review_on, delete_on)
         values ($1, $2, 'Synthetic', $3, $4, $5, 'police', $6, 'safeguarding', 'x', 'action', $7, 30, '2026-12-01', '2027-12-01')`,
        [id, `A-2026-${n}`, agency, due, police.user, at('2026-10-01'), about && people[about]!.person],
      )
      for (const [i, [name, day, until]] of moves.entries()) {
        const state = { finish: 'done', withdraw: 'withdrawn', 'not-done': 'not-done' }[name] ?? 'open'
        await tx.query(
          `insert into action_moves (action, seq, action_name, state_after, by_user, by_agency, at, request_key, due_on)
           values ($1, $2, $3, $4, $5, 'police', $6, gen_random_uuid(), $7)`,
          [id, i + 1, name, state, police.user, at(day), until ?? null],
        )
      }
    }
  }
  /** One meeting that was held, and one that is still open. */
  const meet = async (tx: Queryable) => {
    await tx.query(`insert into meeting_types values ('daily', 'Daily', '{}')`)
    for (const [n, last] of ['close', 'open'].entries()) {
      const id = randomUUID()
      await tx.query(
        `insert into meetings (id, reference, type, starts_at, agencies, quorum, sees, planned_at)
         values ($1, $2, 'daily', $3, '{police,council,partnership}', '{}', '{}', $3)`,
        [id, `M-2026-${n}`, at(`2026-11-1${8 - n}`)],
      )
      await tx.query(
        `insert into meeting_members (meeting, user_id, agency, part, attendance)
         values ($1, $2, 'police', 'chair', 'present'), ($1, $3, 'council', 'member', 'apologies'),
           ($1, $4, 'partnership', 'member', 'present')`,
        [id, police.user, council.user, partnership.user],
      )
      for (const [i, action] of ['open', 'close'].entries()) {
        if (i === 1 && last === 'open') continue
        await tx.query(
          `insert into meeting_moves (meeting, seq, action, state_after, at, request_key)
           values ($1, $2, $3, $4, $5, gen_random_uuid())`,
          [id, i + 1, action, action === 'open' ? 'open' : 'closed', at('2026-11-18')],
        )
      }
    }
  }

  const figure = (measure: string, request: Partial<FigureRequest> = {}) =>
    computeFigure({ evidence: store.evidence, pack: store.pack }, { measure, ...request }, 'record')
  /** "1 of 2" by each value of a dimension. */
  const shares = async (measure: string, dimension: NonNullable<FigureRequest['by']>[number]) =>
    Object.fromEntries(
      (await figure(measure, { by: [dimension] })).rows
        .filter(row => row.denominator !== 0)
        .map(row => [row.codes[dimension] ?? 'unknown', `${row.count} of ${row.denominator}`]),
    )

  test('service levels: first contacts, visits and reviews against the agreement, by tier', async () => {
    assert.deepEqual(await shares('cohort-first-contacts-in-time', 'tier'), {
      'three-tier:managed': '1 of 2',
      'three-tier:enforced': '0 of 1',
    })
    // The girl: spans that ended on 16 and 30 September and 14 October, and one of support; the man three; the boy one.
    assert.deepEqual(await shares('cohort-visits-kept', 'tier'), {
      'three-tier:managed': '1 of 6',
      'three-tier:support': '0 of 1',
      'three-tier:enforced': '1 of 1',
    })
    assert.deepEqual(await shares('cohort-reviews-in-time', 'tier'), {
      'three-tier:managed': '2 of 3',
      'three-tier:support': '1 of 1',
      'three-tier:enforced': '0 of 1',
    })
    const overdue = await figure('cohort-reviews-overdue', { by: ['tier'] })
    assert.deepEqual(
      overdue.rows.map(row => [row.codes.tier, row.count]),
      [['three-tier:enforced', 1]],
    )
    const visits = await figure('cohort-visits-kept')
    // Wilson's interval of 2 in 8.
    assert.deepEqual([visits.total.low!.toFixed(1), visits.total.high!.toFixed(1)], ['7.1', '59.1'])
  })

  test('R24 service levels are counted by age, gender and ethnic group, unknowns too', async () => {
    assert.deepEqual(await shares('cohort-visits-kept', 'gender'), {
      Female: '1 of 4',
      Male: '1 of 1',
      unknown: '0 of 3',
    })
    assert.deepEqual(await shares('cohort-visits-kept', 'ethnic-group'), {
      White: '1 of 1',
      Black: '1 of 4',
      unknown: '0 of 3',
    })
    assert.deepEqual(await shares('cohort-visits-kept', 'age-group'), {
      '14-15': '1 of 4',
      '16-17': '1 of 1',
      '25-34': '0 of 3',
    })
  })

  test('moves, ends and days in a tier; labels of a scheme never stand without it', async () => {
    assert.deepEqual(valuesOf(await figure('cohort-steps', { by: ['step'] })), {
      Proposed: 4,
      'Proposal withdrawn': 0,
      'Not placed': 1,
      Placed: 3,
      'Moved to another tier': 1,
      'Left a tier by a move': 0,
      'Hidden, because nobody reviewed it': 1,
      'Reviewed late, and shown again': 0,
      'Archived, because it went well': 1,
      Removed: 1,
    })
    assert.deepEqual(valuesOf(await figure('cohort-moves', { by: ['from-tier', 'tier'] })), {
      'three-tier:managed / three-tier:support': 1,
    })
    assert.equal(
      (await figure('cohort-archives', { where: { tier: ['three-tier:support'] } })).total.value,
      1,
    )
    assert.equal((await figure('cohort-removals')).total.value, 1)
    assert.deepEqual(await shares('cohort-archived-share', 'cohort'), { north: '1 of 2' })
    // 48 days in managed and 21 in support for the girl, 54 in managed for the man.
    const days = await figure('cohort-days-in-tier')
    assert.deepEqual([days.total.value, days.total.count], [48, 3])
    assert.equal(
      (await figure('cohort-days-in-tier', { where: { tier: ['three-tier:support'] } })).total.value,
      21,
    )
  })

  test('R11 who was told of an end, and whether it was confirmed within a week, by agency', async () => {
    assert.deepEqual(await shares('removals-confirmed', 'agency'), { police: '0 of 2', council: '1 of 2' })
  })

  test('needs, by the tier of the day on which each was written down', async () => {
    assert.deepEqual(await shares('needs-met', 'tier'), { 'three-tier:enforced': '1 of 2', none: '0 of 1' })
    assert.deepEqual(await shares('needs-taken-up', 'tier'), {
      'three-tier:enforced': '1 of 2',
      none: '0 of 1',
    })
  })

  test('R6 custody is counted once, of whoever was in a cohort that day, and as a protected figure for everybody', async () => {
    assert.deepEqual(
      await store.evidence.query('select month, cohort, tier, age_group, gender from custody_in_cohorts'),
      [
        {
          month: '2026-11',
          cohort: 'north',
          tier: 'three-tier:enforced',
          age_group: '16-17',
          gender: 'Male',
        },
      ],
    )
    const { total } = await figure('cohort-custody')
    assert.deepEqual([total.count, total.suppressed], [null, true])
  })

  test('actions done in time by agency, against the day agreed last, and attendance at meetings that were held', async () => {
    assert.deepEqual(await shares('actions-in-time', 'agency'), { police: '1 of 2', council: '0 of 2' })
    assert.deepEqual(await shares('actions-in-time', 'date-moved'), { yes: '0 of 1', no: '1 of 3' })
    assert.equal((await figure('actions-overdue')).total.value, 1)
    assert.equal((await figure('actions-due')).total.value, 5)
    const girls = { variant: { about: 'people' }, where: { gender: ['Female'] } }
    assert.equal((await figure('actions-due', girls)).total.value, 1)
    assert.deepEqual(await shares('meeting-attendance', 'agency'), {
      police: '1 of 1',
      council: '0 of 1',
      partnership: '1 of 1',
    })
  })

  test('nothing that is counted leads back to anybody, and a partner cannot send any of it', async () => {
    for (const { dataset } of progressSources) {
      const names = dataset.columns.map(c => c.name).join()
      assert.doesNotMatch(names, /name|reference|_on\b|_at\b|pseudonym|person|\bid\b/, dataset.id)
      const refused = await importFile(store, {
        path: await store.file(`${dataset.id}.csv`, `${names}\n`),
        dataset: dataset.id,
        actor: tester,
      }).catch((fault: Error) => fault)
      assert.ok(refused instanceof Error || refused.status === 'refused', dataset.id)
    }
  })

  test('R12 what is deleted stays counted, to the last row', async () => {
    const version = await store.evidence.version()
    await asProgram(store.installation.database, now, async tx => {
      for (const table of ['actions', 'custody_spells', 'plans', 'placements', 'removals', 'meetings']) {
        await tx.query(`delete from ${table}`)
      }
    })
    await countCasework(store, tester)
    assert.equal(await store.evidence.version(), version)
    const kept = await store.installation.database.query('select * from kept_counts')
    assert.doesNotMatch(JSON.stringify(kept), /Synthetic|-2026-(?:girl|man|boy)|2012-05-04|synthetic-00a1b2/)
  })

  test('R6 harm and charges after an archive come from evidence once it reaches so far, protected for everybody', async () => {
    const months = ['2026-11', '2026-12', '2027-01', '2027-02', '2027-03']
    const load = async (dataset: string, lines: string[]) => {
      const path = await store.file(`${dataset}-held.csv`, `${lines.join('\n')}\n`)
      const report = await importFile(store, { path, dataset, actor: tester })
      assert.equal(report.status, 'active', JSON.stringify(report))
    }
    const rows = () =>
      store.evidence.query<{ months_after: string; harmed: string; charged: string; gender: string }>(
        'select months_after, harmed, charged, gender from after_archive order by months_after',
      )
    assert.deepEqual(await rows(), [], 'no offences are held')
    now = at('2027-04-02')
    // She was hurt in December; suspected in January and not charged; charged in March, after three months.
    await load('offences', [
      'offence_id,force,recorded_on,ho_code',
      ...months.map(month => `O-${month},west-midlands,${month}-15,8N`),
    ])
    await load('offence-people', [
      'offence_id,person_no,force,recorded_on,role,charged,pseudonym',
      ...months.map(month => {
        const [role, charged] = {
          '2026-12': ['victim', ''],
          '2027-01': ['suspect', 'no'],
          '2027-03': ['suspect', 'yes'],
        }[month] ?? ['victim', '']
        const who = role === 'victim' && month !== '2026-12' ? 'synthetic-ffffff' : 'synthetic-00a1b2'
        return `O-${month},1,west-midlands,${month}-15,${role},${charged},${who}`
      }),
    ])
    await countCasework(store, tester)
    assert.deepEqual(
      await rows(),
      [{ months_after: '3', harmed: 'yes', charged: 'no', gender: 'Female' }],
      'six and twelve months are not over',
    )
    const asked = await figure('harmed-after-archive', { variant: { months: '3' } })
    assert.deepEqual([asked.total.count, asked.total.suppressed], [null, true], 'for who sees records, too')
    await asProgram(store.installation.database, now, tx => tx.query('delete from after_archive'))
    await countCasework(store, tester)
    assert.equal((await rows()).length, 1, 'and stays counted when the pseudonym is gone')
  })
})
