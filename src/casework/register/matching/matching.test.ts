import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { caseworkForTests, morning, type TestCasework } from '../../../../test/casework-for-tests.ts'
import { linkOneList } from '../../../analysis/linkage/one-list.ts'
import { seededRandom } from '../../../analysis/seeded-random.ts'
import { asMember, type Member } from '../../../governance/access/as-member.ts'
import { entriesOf } from '../entry-store.ts'
import { addRecord, type RecordDetails, recordsOf } from '../record-store.ts'
import { comparisonWords } from './compare-records.ts'
import { decideMatch, matchesToJudge, ownMatchDecisions, undoMatch } from './match-store.ts'
import { type LinkRecords, proposeMatches } from './propose-matches.ts'

const link: LinkRecords = async ({ seed, ...task }) => linkOneList(task, seededRandom(seed))

const families = [
  'Fictionby',
  'Sampleton',
  'Mockham',
  'Inventry',
  'Placehold',
  'Specimen',
  'Madeup',
  'Pretendar',
]
const givens = ['Aisha', 'Bola', 'Cerys', 'Dev', 'Ewa', 'Farid', 'Grace', 'Hanif', 'Imani', 'Jakub']

const details = (given: string, family: string, birth: string, postcode = ''): RecordDetails => ({
  reference: '',
  names: [{ given, family, kind: 'usual' }],
  birth: { date: birth, known: 'day' },
  gender: '',
  ethnicity: '',
  address: '',
  postcode,
  phone: '',
  school: '',
  sensitive: false,
})

describe('records that may be of one person', () => {
  let casework: TestCasework
  let school: Member
  let council: Member
  let police: Member
  let twin: { record: string; person: string }
  let theirs: { record: string; person: string }

  const as = <T>(member: Member, act: Parameters<typeof asMember<T>>[3]) =>
    asMember(casework.database, member, { now: morning }, act)
  const add = async (member: Member, given: RecordDetails) => {
    const record = randomUUID()
    return {
      record,
      person: await as(member, tx => addRecord(tx, record, randomUUID(), given, 'Children Act 2004')),
    }
  }
  const toJudge = (member: Member) => as(member, tx => matchesToJudge(tx, { limit: 50, offset: 0 }))

  before(async () => {
    casework = await caseworkForTests()
    school = await casework.member('school', 'coordinator')
    council = await casework.member('council', 'coordinator')
    police = await casework.member('police', 'coordinator')
    // A background of different people at each agency, so that there is chance to tell from.
    let day = 0
    for (const member of [school, council, police]) {
      for (const family of families) {
        for (const given of givens) {
          const birth = new Date(Date.UTC(2006, 0, 1 + ((day++ * 37) % 2900))).toISOString().slice(0, 10)
          await add(member, details(given, family, birth, `B${day % 40} ${day % 9}AA`))
        }
      }
    }
    twin = await add(school, details('Mohammed', 'Al-Fictionby', '2011-05-03', 'B1 1AA'))
    theirs = await add(council, details('Muhammad', 'Al Fictionby', '2011-05-03', 'B1 1AA'))
    await casework.agree(['school', 'council'], ['known-to'])
    await proposeMatches(casework.database, morning, link)
  })
  after(() => casework.close())

  test('one child at two agencies is proposed, with its comparison in words and no value of the other', async () => {
    const mine = (await toJudge(school)).filter(pair => pair.ownRecord === twin.record)
    assert.equal(mine.length, 1)
    assert.equal(mine[0]!.agencyName, 'Council (synthetic)')
    assert.deepEqual(comparisonWords(mine[0]!.levels), [
      'Given names are a little alike',
      'Family names are the same',
      'Dates of birth are the same',
      'Postcodes are the same',
      'Telephone numbers: one side has none',
      'Schools: one side has none',
    ])
    assert.doesNotMatch(JSON.stringify(mine), /Muhammad|weight|probability/)
  })

  test('R13 without an agreement no agency is told that another holds somebody like theirs', async () => {
    const record = await add(police, details('Mohammed', 'Al-Fictionby', '2011-05-03', 'B1 1AA'))
    await proposeMatches(casework.database, morning, link)
    assert.deepEqual(
      (await toJudge(police)).filter(pair => pair.ownRecord === record.record),
      [],
    )
    assert.deepEqual(
      (await toJudge(school)).filter(p => p.ownRecord === twin.record).map(p => p.agencyName),
      ['Council (synthetic)'],
    )
  })

  test('only coordinators judge, and each only pairs of their own agency', async () => {
    const [pair] = (await toJudge(school)).filter(p => p.ownRecord === twin.record)
    const practitioner = await casework.member('school', 'practitioner')
    assert.deepEqual(await toJudge(practitioner), [])
    for (const member of [practitioner, police]) {
      await assert.rejects(
        as(member, tx => decideMatch(tx, pair!.id, true, 'I just think so')),
        /nothing here/,
      )
    }
  })

  test('a join shows each that the other knows them, and no more; taking it back loses nothing', async () => {
    const entry = await casework.entry(school, twin, { text: 'Plays chess.' })
    const [pair] = (await toJudge(school)).filter(p => p.ownRecord === twin.record)
    const decision = await as(school, tx => decideMatch(tx, pair!.id, true, 'The aunt said so on the phone'))
    const joined = await as(school, tx => recordsOf(tx, theirs.person))
    assert.deepEqual(
      joined.map(r => r.agency),
      ['oak-school'],
      'the council’s record stays the council’s',
    )
    assert.deepEqual(
      (
        await as(school, tx =>
          tx.query<{ agency: string }>('select agency from known_to($1)', [theirs.person]),
        )
      ).map(r => r.agency),
      ['council'],
    )
    const told = (await as(school, tx => ownMatchDecisions(tx)))[0]!
    assert.equal(told.mayUndo, true)
    assert.ok(told.weight! > 0, 'the weight is told after the judgement')
    assert.deepEqual(
      (await toJudge(school)).filter(p => p.ownRecord === twin.record),
      [],
    )

    await as(school, tx => undoMatch(tx, decision, 'It was a cousin of the same name'))
    const back = await as(school, tx => entriesOf(tx, twin.person))
    assert.deepEqual(
      back.map(e => e.id),
      [entry],
    )
    assert.deepEqual(await as(school, tx => recordsOf(tx, theirs.person)), [])
    await assert.rejects(
      as(school, tx => undoMatch(tx, decision, 'Once more, by mistake')),
      /moved again or deleted/,
    )
  })

  test('“not the same” is remembered: it is never asked again', async () => {
    const one = await add(school, details('Grace', 'Placehold-Twin', '2012-02-02', 'B2 2BB'))
    await add(council, details('Gracie', 'Placehold-Twin', '2012-02-02', 'B2 2BB'))
    await proposeMatches(casework.database, morning, link)
    const [pair] = (await toJudge(school)).filter(p => p.ownRecord === one.record)
    await as(school, tx => decideMatch(tx, pair!.id, false, 'Twins: both are in year nine'))
    await proposeMatches(casework.database, morning, link)
    assert.deepEqual(
      (await toJudge(school)).filter(p => p.ownRecord === one.record),
      [],
    )
    assert.ok((await as(school, tx => ownMatchDecisions(tx))).some(made => made.decision === 'not-the-same'))
  })

  test('records that the same agency holds twice are shown whole to its coordinator', async () => {
    const one = await add(school, details('Imani', 'Specimen-Double', '2010-10-10', 'B3 3CC'))
    const two = await add(school, details('Imani', 'Specimen-Double', '2010-10-10', 'B3 3CC'))
    await proposeMatches(casework.database, morning, link)
    const pair = (await toJudge(school)).find(p => p.ownRecord === one.record || p.ownRecord === two.record)!
    assert.ok(pair.otherOwnRecord === one.record || pair.otherOwnRecord === two.record)
    assert.ok(pair.otherOwnNames)
  })

  test('R6 what is weighed is a pair: no person or record carries a number of it', async () => {
    const columns = await casework.database.query<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns
       where table_schema = 'public' and column_name in ('weight', 'probability', 'score') order by 1`,
    )
    assert.deepEqual(
      columns.map(c => c.name),
      ['match_proposals.weight'],
    )
  })
})
