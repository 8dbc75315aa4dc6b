import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { caseworkForTests, morning, type TestCasework } from '../../../../test/casework-for-tests.ts'
import {
  asMember,
  asProgram,
  type Member,
  type MemberTransaction,
} from '../../../governance/access/as-member.ts'
import { memberRoles } from '../../../governance/roles.ts'
import { NotThere } from '../../../platform/errors.ts'
import { bidSource } from '../meetings/agenda/bid-source.ts'
import {
  askForResource,
  bidsSideBySide,
  listBids,
  type MoveForm,
  moveBid,
  type NewBid,
  readBid,
  resourcesOf,
  syncResources,
} from './bid-store.ts'
import { bidSight, explainBid } from './explain-bid.ts'

const tasking = {
  id: 'tasking',
  name: 'Tasking (synthetic)',
  cadence: { kind: 'called' },
  chair: 'police',
  members: ['police', 'council', 'partnership'],
  quorum: { agencies: 1 },
  sees: ['bid', 'topic'],
  agenda: [{ section: 'Bids', items: 'bid' }],
  source: 'Invented for tests',
}
const taskforce = {
  id: 'taskforce',
  name: 'Task force (synthetic)',
  agency: 'police',
  atOnce: 1,
  decidedBy: 'tasking',
  what: 'Officers',
  source: 'Invented for tests',
}

let casework: TestCasework
let chair: Member
let council: Member
let partnership: Member
before(async () => {
  casework = await caseworkForTests()
  chair = await casework.member('police', 'commander')
  council = await casework.member('council')
  partnership = await casework.member('partnership', 'coordinator')
  await asProgram(casework.database, morning, async tx => {
    await tx.query('insert into meeting_types (id, name, definition) values ($1, $2, $3)', [
      tasking.id,
      tasking.name,
      JSON.stringify(tasking),
    ])
    await syncResources(tx, { resources: [taskforce] } as Parameters<typeof syncResources>[1])
    await tx.query(
      `insert into meeting_seats (type, user_id, agency, part, since) values ('tasking', $1, 'police', 'chair', '2026-01-01')`,
      [chair.user],
    )
  })
})
after(() => casework.close())

const as = <T>(member: Member, act: (tx: MemberTransaction) => Promise<T>, now = morning) =>
  asMember(casework.database, member, { now }, act)
const ask = (by: Member, more: Partial<NewBid> = {}, key: string = randomUUID()) =>
  as(by, tx =>
    askForResource(
      tx,
      {
        resource: 'taskforce',
        place: 'Bus interchange',
        cohort: null,
        area: null,
        measure: null,
        startsOn: '2026-12-01',
        endsOn: '2026-12-14',
        aim: 'Fewer robberies.',
        answers: [{ name: 'Harm', says: 'Eleven robberies.' }],
        ...more,
      },
      { key },
    ),
  )
const step = (
  by: Member,
  reference: string,
  move: Parameters<typeof moveBid>[2],
  form: Partial<MoveForm> = {},
) =>
  as(by, async tx => {
    const seen = (await readBid(tx, reference)).made.at(-1)!.seq
    await moveBid(tx, reference, move, { key: randomUUID(), seen, ...form })
  })
const grant = (reference: string, fromOn = '2026-12-01', toOn = '2026-12-14') =>
  step(chair, reference, 'grant', { fromOn, toOn, detail: { because: 'The harm is there.' } })
const state = async (reference: string) => (await as(council, tx => readBid(tx, reference))).state

test('a bid is asked for once, decided by the chair with reasons, deployed by whose it is, and its history is kept', async () => {
  const key = randomUUID()
  const reference = await ask(council, { startsOn: '2027-01-01', endsOn: '2027-01-09' }, key)
  assert.equal(await ask(council, {}, key), reference)
  await assert.rejects(
    step(partnership, reference, 'grant', { fromOn: '2027-01-01', toOn: '2027-01-02' }),
    /whoever chairs/,
  )
  await grant(reference, '2027-01-02', '2027-01-09')
  await assert.rejects(step(chair, reference, 'refuse'), /It is now: granted\. You can say what was deployed/)
  await assert.rejects(
    step(council, reference, 'deploy', { fromOn: '2026-11-20' }),
    /the agency whose resource it is/,
  )
  await step(chair, reference, 'deploy', { fromOn: '2026-11-20', detail: { what: 'Twelve officers.' } })
  await step(council, reference, 'end', { detail: { result: 'Quieter.' } })
  const bid = await as(partnership, tx => readBid(tx, reference))
  assert.deepEqual(
    bid.made.map(m => m.move),
    ['ask', 'grant', 'deploy', 'end'],
  )
  assert.equal(bid.made[1]!.detail.because, 'The harm is there.')
  assert.deepEqual([bid.grantedFrom, bid.deployedOn], ['2027-01-02', '2026-11-20'])
  assert.equal(await state(reference), 'ended')
})

test('two bids for the same days are not both granted: not by the page, and not past it', async () => {
  const first = await ask(council, { startsOn: '2027-02-01', endsOn: '2027-02-10', place: 'Park' })
  const second = await ask(partnership, { startsOn: '2027-02-08', endsOn: '2027-02-20', place: 'Arcade' })
  await grant(first, '2027-02-01', '2027-02-10')
  await assert.rejects(
    grant(second, '2027-02-08', '2027-02-20'),
    new RegExp(`granted for these days to ${first} \\(Park`),
  )
  await assert.rejects(
    as(chair, async tx => {
      const { id } = await readBid(tx, second)
      await tx.query(
        `insert into bid_moves (bid, seq, move, state_after, by_user, by_agency, at, request_key, from_on, to_on)
         values ($1, 2, 'grant', 'granted', $2, 'police', present(), $3, '2027-02-10', '2027-02-11')`,
        [id, chair.user, randomUUID()],
      )
    }),
    /granted already/,
  )
  const beside = await as(council, tx =>
    bidsSideBySide(tx, { resource: 'taskforce', from: '2027-02-08', to: '2027-02-20' }),
  )
  assert.deepEqual(
    beside.map(b => b.subject),
    ['Arcade', 'Park'],
    'by the alphabet, whoever asked first',
  )
  await grant(second, '2027-02-11', '2027-02-20')
  assert.equal(await state(second), 'granted')
})

test('nobody grants what they asked for themselves, though they chair', async () => {
  const reference = await ask(chair, { startsOn: '2027-03-01', endsOn: '2027-03-02' })
  await assert.rejects(grant(reference, '2027-03-01', '2027-03-02'), /did not ask for it/)
  await assert.rejects(
    as(chair, async tx => {
      const { id } = await readBid(tx, reference)
      await tx.query(
        `insert into bid_moves (bid, seq, move, state_after, by_user, by_agency, at, request_key)
         values ($1, 2, 'refuse', 'refused', $2, 'police', present(), $3)`,
        [id, chair.user, randomUUID()],
      )
    }),
    /row-level security/,
  )
  await step(chair, reference, 'withdraw', { detail: { because: 'Not needed.' } })
})

test('R6 no table of bids has a person, a score or a rank', async () => {
  const columns = await casework.database.query<{ name: string }>(
    `select column_name as name from information_schema.columns where table_name in ('bids', 'bid_moves', 'resources')`,
  )
  assert.deepEqual(
    columns.filter(c => /person|score|rank|points|weight/.test(c.name)),
    [],
  )
})

test('what waits stands on the agenda of the meeting that decides, and of no other', async () => {
  const reference = await ask(council, { startsOn: '2027-04-01', endsOn: '2027-04-02' })
  const gather = (type: string) =>
    asProgram(casework.database, morning, tx =>
      bidSource.gather(tx, {
        meeting: { id: randomUUID(), type, agencies: [], purpose: null, localAuthorities: null },
        window: { from: morning, to: morning },
        rule: { section: 'Bids', items: 'bid' },
        today: '2026-11-20',
      }),
    )
  const [item] = (await gather('tasking')).filter(d => d.sourceId === reference)
  assert.equal(item!.title, 'Task force (synthetic): Bus interchange, 1 April 2027 to 2 April 2027')
  assert.deepEqual(await gather('another'), [])
})

test('a resource that the pack no longer names takes no more bids, and keeps its name', async () => {
  const reference = await ask(council, { startsOn: '2027-05-01', endsOn: '2027-05-02' })
  await syncResources(casework.database, { resources: [] as object[] } as Parameters<typeof syncResources>[1])
  assert.equal((await as(council, tx => readBid(tx, reference))).resourceName, 'Task force (synthetic)')
  await assert.rejects(ask(council), /row-level security/)
  assert.deepEqual(
    (await as(council, resourcesOf)).map(r => r.inPack),
    [false],
  )
  await syncResources(casework.database, { resources: [taskforce] } as Parameters<typeof syncResources>[1])
})

test('the policies and the explanation never disagree', async () => {
  const reference = await ask(council, { startsOn: '2027-05-10', endsOn: '2027-05-12' })
  const reasons = new Set<string>()
  for (const agency of ['police', 'council', 'partnership', 'school', 'charity'] as const) {
    for (const role of memberRoles) {
      const member = await casework.member(agency, role, null)
      const explained = explainBid(member, tasking)
      reasons.add(explained.because)
      const found = await as(member, tx => tx.query('select from bids where reference = $1', [reference]))
      assert.equal(found.length === 1, explained.ok, `${role} of ${agency}: ${bidSight[explained.because]}`)
    }
  }
  assert.equal(reasons.size, Object.keys(bidSight).length)
  await assert.rejects(
    as(await casework.member('school'), tx => readBid(tx, reference)),
    NotThere,
  )
  assert.equal(
    (await as(council, tx => listBids(tx, { show: 'asked', resource: null }, { limit: 1, offset: 0 }))).lines
      .length,
    1,
  )
})
