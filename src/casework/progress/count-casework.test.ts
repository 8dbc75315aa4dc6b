import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { caseworkForTests, type TestCasework } from '../../../test/casework-for-tests.ts'
import { type TemporaryStore, temporaryStore } from '../../../test/temporary-store.ts'
import { valuesOf } from '../../../test/worked-figure.ts'
import type { CodeList } from '../../evidence/codes/code-list.ts'
import { referrals } from '../../evidence/datasets/referrals.ts'
import { importFile } from '../../evidence/intake/import-file.ts'
import { inventedEvidence } from '../../evidence/invented.ts'
import { asMember, type Member } from '../../governance/access/as-member.ts'
import { runRetention } from '../../governance/retention/run-retention.ts'
import { computeFigure } from '../../measures/compute-figure.ts'
import type { FigureRequest } from '../../measures/figure.ts'
import { theProgram } from '../../platform/record-of-acts.ts'
import { type Answers, careWords, disabilityWords, kindWords } from '../intake/referrals/answers.ts'
import { saveAnswers, startDraft } from '../intake/referrals/draft-store.ts'
import { move, readReferral } from '../intake/referrals/referral-store.ts'
import { sendDraft } from '../intake/referrals/send-referral.ts'
import { urgencies } from '../intake/referrals/urgency.ts'
import { declineReasons } from '../intake/triage/decline-reasons.ts'
import { ethnicGroups, genders } from '../self-description.ts'
import { countCasework } from './count-casework.ts'
import { progressJob } from './progress-job.ts'
import { progressSources } from './progress-sources.ts'

const child: Answers = {
  urgency: 'one-working-day',
  kind: 'child',
  given: 'Synthetic',
  family: 'Quokkason',
  birthDate: '2012-05-04',
  gender: 'female',
  ethnicity: 'not-known',
  disability: 'not-known',
  care: 'no',
  seen: 'Synthetic worry',
  basis: 'safeguarding',
  told: 'yes',
}

const tester = { ...theProgram, name: 'test' }

const at = (day: string, time = '09:00') => new Date(`${day}T${time}:00Z`)

describe('casework counted into the evidence', () => {
  let now = at('2026-09-10')
  let store: TemporaryStore
  let casework: TestCasework
  let school: Member
  let coordinator: Member

  before(async () => {
    store = await temporaryStore(() => now)
    casework = await caseworkForTests(store.installation.database)
    await casework.agree(['school', 'partnership'], ['referral'])
    school = await casework.member('school')
    coordinator = await casework.member('partnership', 'coordinator')
  })
  after(() => store.remove())

  const as = <T>(member: Member, when: Date, act: Parameters<typeof asMember<T>>[3]) =>
    asMember(store.installation.database, member, { now: when }, act)
  const refer = (when: Date, more: Answers = {}) =>
    as(school, when, async tx => {
      const id = await startDraft(tx)
      await saveAnswers(tx, id, { ...child, ...more })
      const sending = await sendDraft(tx, id)
      assert.ok(sending.outcome === 'sent')
      return sending.reference
    })
  const decide = async (reference: string, name: 'accept' | 'decline', when: Date) => {
    for (const step of ['take', name] as const) {
      await as(coordinator, when, async tx =>
        move(tx, reference, step, {
          key: randomUUID(),
          seen: (await readReferral(tx, reference)).stands.seq,
          detail:
            step === 'take'
              ? {}
              : {
                  decision: {
                    outcome: name === 'accept' ? 'accepted' : 'declined',
                    level: null,
                    route: 'early-help',
                    reason: name === 'decline' ? 'already-helped' : null,
                    told: 'x',
                  },
                },
        }),
      )
    }
  }
  const figure = (request: Partial<FigureRequest> = {}) =>
    computeFigure(
      { evidence: store.evidence, pack: store.pack },
      { measure: 'referrals', ...request },
      'record',
    )
  const loads = () =>
    store.installation.database.query<{ id: number; supplier: string; to: string }>(
      `select id, supplier, counted_to as to from loads where dataset = 'referrals'`,
    )

  test('nothing is loaded while there is nothing to count', async () => {
    assert.deepEqual(
      await countCasework(store, tester),
      progressSources.map(({ dataset }) => ({ dataset: dataset.id, rows: 0, countedTo: '2026-09-09' })),
    )
    assert.deepEqual(await loads(), [])
  })

  test('R24 referrals are counted by age, gender, ethnicity, disability, care, outcome, reason and wait, unknowns too', async () => {
    // Thursday 10 September: due by 17:00 on Friday.
    await decide(await refer(at('2026-09-10')), 'accept', at('2026-09-11'))
    await decide(await refer(at('2026-09-10'), { ethnicity: 'black' }), 'decline', at('2026-09-14'))
    await decide(
      await refer(at('2026-09-10'), { gender: 'male', birthDate: '2008-09-11', care: 'before' }),
      'decline',
      at('2026-09-10', '15:00'),
    )
    await refer(at('2026-09-30'), {
      kind: 'adult',
      gender: 'not-known',
      birthDate: '2008-09-30',
      disability: 'yes',
    })
    await refer(at('2026-09-30'), { kind: 'place', called: 'A park' })
    await refer(at('2026-11-03'), { urgency: 'three-working-days' })
    now = at('2026-11-04')
    await countCasework(store, tester)
    const people = { variant: { about: 'people' } }
    assert.equal((await figure()).total.value, 6)
    assert.deepEqual(valuesOf(await figure({ ...people, by: ['gender'] })), {
      Female: 3,
      Male: 1,
      Other: 0,
      Unknown: 1,
    })
    assert.deepEqual(
      valuesOf(await figure({ ...people, by: ['age-group'], to: '2026-09' })),
      {
        'Under 10': 0,
        '10 to 13': 0,
        '14 to 15': 2,
        '16 to 17': 1,
        '18 to 24': 1,
        '25 to 34': 0,
        'Over 34': 0,
      },
      'seventeen on the last day before a birthday, eighteen on it',
    )
    assert.deepEqual(valuesOf(await figure({ ...people, by: ['age-band'], to: '2026-09' })), {
      'under 10': 0,
      '10-17': 3,
      '18-24': 1,
      '25-34': 0,
      'over 34': 0,
    })
    const group = await figure({ ...people, by: ['ethnic-group'] })
    assert.equal(valuesOf(group)['Black or Black British'], 1)
    assert.deepEqual(group.unknown['ethnic-group'], { count: 4, of: 5, share: 0.8 })
    assert.deepEqual(valuesOf(await figure({ ...people, by: ['care'] })), {
      'Looked after now': 0,
      'Looked after before': 1,
      'Not looked after': 4,
    })
    assert.equal(valuesOf(await figure({ ...people, by: ['disability'] })).Unknown, 4)
    assert.deepEqual(valuesOf(await figure({ by: ['outcome'] })), {
      Accepted: 1,
      'Not accepted': 2,
      Withdrawn: 0,
      'Not decided, or being decided again': 3,
    })
    assert.equal(
      valuesOf(await figure({ measure: 'referrals-declined', by: ['reason'] }))[
        'Somebody is helping already'
      ],
      2,
    )
    const inTime = await figure({ measure: 'referrals-in-time' })
    assert.deepEqual(
      [inTime.total.count, inTime.total.denominator],
      [2, 5],
      'one decided late, two never decided, and one whose deadline is still to come is left out',
    )
    assert.equal((await figure({ measure: 'referrals-overdue' })).total.value, 2)
    // Decided after 24 hours, after four days, and after 6 hours.
    const waited = await figure({ measure: 'referrals-wait' })
    assert.deepEqual([waited.total.value, waited.total.count], [24, 3])
    assert.deepEqual(
      (await store.evidence.query('select wait_hours from referrals order by wait_hours')).slice(0, 3),
      [{ wait_hours: 6 }, { wait_hours: 24 }, { wait_hours: 96 }],
    )
    const share = await figure({ measure: 'referrals-declined-share' })
    assert.deepEqual([share.total.count, share.total.denominator], [2, 3])
  })

  test('a month in which nobody referred is zero and not missing, and a month that is not over says so', async () => {
    const months = await figure({ by: ['month'] })
    assert.deepEqual(valuesOf(months), { '2026-09': 5, '2026-10': 0, '2026-11': 1 })
    assert.deepEqual(
      months.warnings.filter(w => w.kind === 'missing-data' || w.kind === 'incomplete-month'),
      [
        {
          kind: 'incomplete-month',
          sentence: 'November 2026 is not over: counted up to 3 November 2026.',
        },
      ],
    )
    assert.deepEqual(
      (await figure({ to: '2026-10' })).warnings.filter(w => w.kind === 'incomplete-month'),
      [],
    )
  })

  test('what was done today is counted tomorrow, so that counting twice a day changes nothing', async () => {
    const version = await store.evidence.version()
    const [before] = await loads()
    const today = await refer(at('2026-11-04', '08:00'))
    await decide(today, 'accept', at('2026-11-04', '08:30'))
    await countCasework(store, tester)
    assert.deepEqual([await store.evidence.version(), await loads()], [version, [before]])
    now = at('2026-11-05')
    await countCasework(store, tester)
    assert.equal((await figure()).total.value, 7)
    assert.notEqual(await store.evidence.version(), version)
  })

  test('a quiet day moves the end of what is counted, and a month that begins is held without a row', async () => {
    now = at('2026-12-02')
    await countCasework(store, tester)
    const months = await figure({ by: ['month'] })
    assert.deepEqual(valuesOf(months), { '2026-09': 5, '2026-10': 0, '2026-11': 2, '2026-12': 0 })
    assert.deepEqual(
      (await loads()).map(l => l.to),
      ['2026-12-01'],
    )
  })

  test('R12 a referral that is deleted stays counted, without anything that leads back to it', async () => {
    const { database } = store.installation
    const everything = async () =>
      Promise.all(
        (['month', 'gender', 'age-group', 'outcome', 'timeliness', 'referrer'] as const).map(
          async dimension => valuesOf(await figure({ by: [dimension], to: '2026-11' })),
        ),
      )
    const counted = await everything()
    // Kept for two years at most, and hidden long before where nobody looks again.
    now = at('2027-03-01', '02:00')
    await runRetention(database, now)
    now = at('2027-04-15', '02:00')
    await runRetention(database, now)
    assert.deepEqual(await database.query('select id from referrals'), [])
    await countCasework(store, tester)
    assert.deepEqual(await everything(), counted)
    const kept = await database.query<Record<string, unknown>>('select * from kept_counts')
    assert.equal(
      kept.reduce((sum, row) => sum + Number(row.rows), 0),
      7,
    )
    const said = referrals.columns.map(c => c.name)
    for (const row of kept) {
      assert.deepEqual(Object.keys(row).sort(), ['counted', 'dataset', 'invented', 'rows'])
      for (const name of Object.keys(row.counted as object)) assert.ok(said.includes(name), name)
    }
    assert.doesNotMatch(JSON.stringify(kept), /Quokkason|R-2026|2012-05-04/)
    assert.ok(!said.some(name => /name|reference|_on$|_at$|pseudonym|id$/.test(name)), said.join())
  })

  test('equal things that are deleted make one count', async () => {
    const { database } = store.installation
    const kept = async () =>
      (await database.query<{ n: number }>('select count(*) as n from kept_counts'))[0]!.n
    for (const day of ['2027-04-12', '2027-04-13']) await refer(at(day), { gender: 'another-way' })
    const before = await kept()
    await database.query('delete from referrals')
    assert.equal(await kept(), before + 1)
  })

  test('every answer of the form about somebody is counted as what it says', async () => {
    await store.installation.database.query('delete from kept_counts')
    const keys = (words: object) => Object.keys(words).filter(code => code !== 'not-known')
    for (const gender of keys(genders)) await refer(at('2027-04-14'), { gender } as Answers)
    for (const ethnicity of keys(ethnicGroups)) await refer(at('2027-04-14'), { ethnicity } as Answers)
    for (const disability of keys(disabilityWords)) await refer(at('2027-04-14'), { disability } as Answers)
    for (const care of keys(careWords)) await refer(at('2027-04-14'), { care } as Answers)
    now = at('2027-04-15')
    await countCasework(store, tester)
    const counted = async (by: 'gender' | 'ethnic-group' | 'disability' | 'care') =>
      Object.values(valuesOf(await figure({ by: [by], from: '2027-04' })))
    // Female, not known and not known, and not looked after where it is not the answer in question.
    assert.deepEqual(await counted('gender'), [1, 11, 1])
    assert.deepEqual(await counted('ethnic-group'), [1, 1, 1, 1, 1, 8])
    assert.deepEqual(await counted('disability'), [1, 1, 11])
    assert.deepEqual(await counted('care'), [1, 1, 11])
  })

  test('one counting is kept, and by night the files of earlier ones leave the disk', async () => {
    now = at('2027-04-16')
    await progressJob(store).run()
    now = at('2027-04-17')
    await progressJob(store).run()
    await progressJob(store).run()
    assert.equal((await loads()).length, 1)
    const folder = store.installation.folder.evidenceFiles
    const files = (await readdir(join(folder, 'referrals'))).map(name => `referrals/${name}`)
    const named = (await store.evidence.files('referrals')).map(f => f.file)
    assert.deepEqual(files.sort(), named.sort())
  })

  test('the figures are open to everybody only where nobody real sent any of it', async () => {
    const { database } = store.installation
    const supplier = async () => (await loads())[0]!.supplier
    assert.equal(await supplier(), 'Concord')
    assert.equal((await inventedEvidence(store)).only, false)
    await database.query('delete from kept_counts')
    await database.query(`update users set synthetic = true`)
    await refer(at('2027-04-17'))
    now = at('2027-04-18')
    await countCasework(store, tester)
    assert.equal(await supplier(), 'synthetic')
    assert.equal((await inventedEvidence(store)).only, true)
    // What a real person sent stays real when it is deleted.
    await database.query(`update users set synthetic = false`)
    await database.query('delete from referrals')
    await database.query(`update users set synthetic = true`)
    await refer(at('2027-04-18'))
    now = at('2027-04-19')
    await countCasework(store, tester)
    assert.equal(await supplier(), 'Concord')
  })

  test('the first real account takes the counts of the synthetic partnership with it, and the next counting the figures', async () => {
    const { database } = store.installation
    await database.query('delete from kept_counts where not invented')
    await refer(at('2027-04-19'))
    now = at('2027-04-20')
    await countCasework(store, tester)
    await database.query('delete from referrals')
    assert.ok((await database.query('select rows from kept_counts where invented')).length > 0)
    await database.query(
      `insert into users (agency, name, post, email, role, created_at)
       values ('council', 'Real Account', 'Lead', 'lead@council.example', 'practitioner', now())`,
    )
    assert.deepEqual(await database.query('select rows from kept_counts'), [])
    await countCasework(store, tester)
    assert.deepEqual(await store.evidence.files('referrals'), [])
  })

  test('nobody can send such a file, or bear the name under which Concord counts', async () => {
    const path = await store.file(
      'referrals.csv',
      'month,about,urgency,referrer,outcome\n2026-10,child,today,police,open\n',
    )
    const forged = await importFile(store, { path, dataset: 'referrals', actor: tester })
    assert.match(forged.refusal ?? '', /nobody sends them as a file/)
    assert.notEqual((await importFile(store, { path, actor: tester, dryRun: true })).dataset, 'referrals')
    const named = await importFile(store, { path, supplier: ' concord', actor: tester })
    assert.match(named.refusal ?? '', /the name under which Concord loads/)
  })

  test('the form’s words and the lists of codes say the same', () => {
    const same = (words: Record<string, { title: string }>, list: CodeList) =>
      assert.deepEqual(
        list.codes.map(c => [c.code, c.label]),
        Object.entries(words).map(([code, { title }]) => [code, title]),
      )
    const list = (name: string) => referrals.columns.find(c => c.name === name)!.codes!
    const titled = (words: Record<string, string>) =>
      Object.fromEntries(
        Object.entries(words).flatMap(([code, title]) => (code === 'not-known' ? [] : [[code, { title }]])),
      )
    same(kindWords, list('about'))
    same(urgencies, list('urgency'))
    same(declineReasons, list('reason'))
    same(titled(disabilityWords), list('disability'))
    same(titled(careWords), list('care'))
  })
})
