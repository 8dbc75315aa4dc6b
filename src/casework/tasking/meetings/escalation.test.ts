import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { caseworkForTests, morning, type TestCasework } from '../../../../test/casework-for-tests.ts'
import { meetingsForTests, type TestMeetings } from '../../../../test/meetings-for-tests.ts'
import { asMember, type Member } from '../../../governance/access/as-member.ts'
import { NotThere, WrongMove } from '../../../platform/errors.ts'
import { gatherAgenda } from './agenda/gather-agenda.ts'
import { passItem } from './entry-store.ts'
import { insist } from './escalation.ts'
import {
  answerEscalation,
  escalationsOf,
  raise,
  readEscalation,
  withdrawEscalation,
} from './escalation-store.ts'
import { explainEscalation } from './explain-escalation.ts'
import { findLooseWords } from './loose-words.ts'
import { readMeeting } from './meeting-store.ts'
import { readRoom } from './room-store.ts'

let casework: TestCasework
let held: TestMeetings
before(async () => {
  casework = await caseworkForTests()
  held = await meetingsForTests(casework)
  await casework.agree(['police', 'partnership', 'school'], ['meeting'])
  // What is raised stands on the board's agenda, and the answer on that of the daily meeting.
  await casework.database.query(
    `update meeting_types set definition = jsonb_set(jsonb_set(definition, '{agenda}', '[{"section":"Escalated","items":"escalation"}]'), '{sees}', definition -> 'sees')
     where id = 'board'`,
  )
  await casework.database.query(
    `update meeting_types set definition = jsonb_set(jsonb_set(definition, '{agenda}', '[{"section":"Answers","items":"answer"}]'), '{sees}', '["answer","topic"]')
     where id = 'daily'`,
  )
})
after(() => casework.close())

const as = <T>(member: Member, act: Parameters<typeof asMember<T>>[3]) =>
  asMember(casework.database, member, { now: morning }, act)
const gather = (reference: string) =>
  gatherAgenda(casework.database, null, reference, { now: morning, askOutside: async () => new Map() })
const raised = async (reference: string, key: string = randomUUID()) =>
  as(held.coordinator, async tx =>
    raise(
      tx,
      await readMeeting(tx, reference),
      { what: 'Who leads here?', because: 'Three agencies do.' },
      key,
    ),
  )
const items = async (reference: string) => (await as(held.coordinator, tx => readRoom(tx, reference))).items

test('what a meeting cannot decide goes to the board with its reason, and returns with a decision', async () => {
  const daily = await held.meeting()
  const key = randomUUID()
  const reference = await raised(daily, key)
  assert.match(reference, /^E-2026-\d{4}$/)
  assert.equal(await raised(daily, key), reference, 'the same form twice is one')

  const board = await held.meeting({ type: 'board', open: false })
  await gather(board)
  assert.deepEqual(
    (await items(board)).map(i => [i.title, i.sourceId]),
    [['Daily meeting (synthetic): Who leads here?', reference]],
  )
  const answer = (key: string) =>
    as(held.coordinator, async tx =>
      answerEscalation(
        tx,
        await readMeeting(tx, board),
        reference,
        { text: 'The council leads.', item: null },
        key,
      ),
    )
  await assert.rejects(answer(randomUUID()), /is not open/)
  await held.move(held.coordinator, board, 'open')
  const answerKey = randomUUID()
  await answer(answerKey)
  await answer(answerKey)
  await assert.rejects(answer(randomUUID()), WrongMove)
  const decisions = (await as(held.coordinator, tx => readRoom(tx, board))).general!
  assert.deepEqual(
    decisions.map(e => [e.kind, e.text]),
    [['decision', `${reference}: The council leads.`]],
  )

  const next = await held.meeting({ open: false })
  await gather(next)
  const [back] = await items(next)
  assert.equal(back!.title, 'Board (synthetic) has answered: Who leads here?')
  assert.equal((await as(held.school, tx => readEscalation(tx, reference))).answer, 'The council leads.')

  // Gone through, it does not come back again.
  await held.move(held.coordinator, next, 'open')
  await as(held.coordinator, async tx => passItem(tx, await readMeeting(tx, next), back!.id, true))
  const later = await held.meeting({ open: false })
  await gather(later)
  assert.deepEqual(await items(later), [])
})

test('is there for those who sit in the one or in the other, and for nobody else', async () => {
  const reference = await raised(await held.meeting())
  const stranger = await casework.member('charity')
  await assert.rejects(
    as(stranger, tx => readEscalation(tx, reference)),
    NotThere,
  )
  assert.deepEqual(await as(stranger, tx => escalationsOf(tx, 'daily')), [])
  assert.ok((await as(held.school, tx => escalationsOf(tx, 'daily'))).some(e => e.reference === reference))
})

test('the policies and the explanation agree on who reads it', async () => {
  await raised(await held.meeting())
  const elsewhere = {
    ...held.school,
    agency: 'charity',
    agencyName: 'Charity (synthetic)',
    agencyKind: 'charity',
  }
  const boardOnly = await casework.member('council', 'board-member', null)
  const left = await casework.member('police', 'analyst', null)
  await casework.database.query(
    `insert into meeting_seats (type, user_id, agency, part, since, until) values
       ('board', $1, 'council', 'member', '2026-01-01', null), ('daily', $2, 'police', 'member', '2026-01-01', '2026-05-01')`,
    [boardOnly.user, left.user],
  )
  const sitting = await casework.database.query<{ type: string; user: string; agency: string }>(
    `select type, user_id as "user", agency from meeting_seats where until is null
     union all select m.type, x.user_id, x.agency from meeting_members x join meetings m on m.id = x.meeting`,
  )
  const all = await casework.database.query<{ reference: string; fromType: string; toType: string }>(
    'select reference, from_type as "fromType", to_type as "toType" from escalations',
  )
  const reasons = new Set<string>()
  for (const member of [held.police, held.school, held.council, elsewhere, boardOnly, left]) {
    const seen = await as(member, tx => tx.query<{ reference: string }>('select reference from escalations'))
    for (const one of all) {
      const { ok, because } = explainEscalation(member, one, { sitting })
      reasons.add(because)
      assert.equal(
        seen.some(s => s.reference === one.reference),
        ok,
        `${one.reference}, ${member.post} of ${member.agency}: ${because}`,
      )
    }
  }
  assert.deepEqual([...reasons].sort(), ['sits in neither', 'sits in the board', 'sits where it was raised'])
})

test('whoever names somebody to a board, or labels them, is asked once', () => {
  const agencies = [{ name: 'Oak School' }]
  assert.deepEqual(findLooseWords('Which agency leads in the park? Oak School asks.', agencies), [])
  assert.deepEqual(
    findLooseWords('Zacharias Quillfeather is a gang member.', agencies).map(f => f.word),
    ['gang member', 'Zacharias Quillfeather'],
  )
})

test('nobody raises but whoever runs an open meeting, nor to another board than the pack says', async () => {
  const daily = await held.meeting()
  await assert.rejects(
    as(held.school, async tx =>
      raise(tx, await readMeeting(tx, daily), { what: 'x', because: 'x' }, randomUUID()),
    ),
    /Only whoever runs/,
  )
  await assert.rejects(
    as(held.coordinator, async tx => {
      const { id } = await readMeeting(tx, daily)
      await tx.query(
        `insert into escalations (id, reference, from_type, from_meeting, to_type, what, because, agency, by_user, at, delete_on)
         values (gen_random_uuid(), 'E-2026-9000', 'board', $1, 'daily', 'x', 'x', viewer_agency(), viewer_user(), present(), '2029-01-01')`,
        [id],
      )
    }),
    /row-level security/,
  )
  const board = await held.meeting({ type: 'board' })
  await assert.rejects(raised(board), /no board above/)
})

test('whoever raised it takes it back with a reason, once, and before it is answered', async () => {
  const reference = await raised(await held.meeting())
  await assert.rejects(
    as(held.school, tx => withdrawEscalation(tx, reference, 'Not mine', randomUUID())),
    /Only whoever raised it/,
  )
  await as(held.coordinator, tx => withdrawEscalation(tx, reference, 'It was settled.', randomUUID()))
  await assert.rejects(
    as(held.coordinator, tx => withdrawEscalation(tx, reference, 'Again', randomUUID())),
    /taken back/,
  )
  assert.throws(() => insist('answer', 'withdrawn'), WrongMove)
})
