import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { caseworkForTests, morning, type TestCasework } from '../../../../../test/casework-for-tests.ts'
import { meetingsForTests, type TestMeetings } from '../../../../../test/meetings-for-tests.ts'
import { asMember, type Member } from '../../../../governance/access/as-member.ts'
import { NotThere } from '../../../../platform/errors.ts'
import { textsOf } from '../../../../reports/documents/document.ts'
import { readMeeting } from '../meeting-store.ts'
import { minutesDocument } from '../printed/minutes-document.ts'
import { readRoom } from '../room-store.ts'
import { copyOf, copyStanding } from './copy.ts'
import { readCopyForm } from './copy-form.ts'
import { agenciesWithoutNames, copiesOf, giveCopies, readCopy, takeCopy, withdrawCopy } from './copy-store.ts'
import { explainCopy } from './explain-copy.ts'

let casework: TestCasework
let held: TestMeetings
before(async () => {
  casework = await caseworkForTests()
  held = await meetingsForTests(casework)
  await casework.agree(['police', 'partnership', 'school'], ['meeting'])
})
after(() => casework.close())

const as = <T>(member: Member, act: Parameters<typeof asMember<T>>[3], now = morning) =>
  asMember(casework.database, member, { now }, act)

/** A meeting that was held about somebody whom the school calls Quincy Invented. */
async function closed(): Promise<string> {
  const reference = await held.meeting()
  const item = await held.bringUp(held.school, reference, {
    title: 'The way home of Quincy',
    called: 'Quincy Invented',
  })
  await held.say(held.school, reference, { text: 'quincy was at the library with Zed.', item })
  await held.say(held.council, reference, { text: 'The council knows of Marmaduke.' })
  await held.say(held.coordinator, reference, {
    kind: 'action',
    text: 'Ring Quincy.',
    item,
    action: { agency: 'police', dueOn: '2026-11-27' },
  })
  await held.move(held.coordinator, reference, 'close')
  return reference
}
const give = (
  giver: Member,
  reference: string,
  to: Member[],
  {
    namesBecause = null,
    endsOn = '2026-12-04',
    key = randomUUID(),
  }: { namesBecause?: string | null; endsOn?: string; key?: string } = {},
) =>
  as(giver, async tx => {
    const meeting = await readMeeting(tx, reference)
    await giveCopies(tx, meeting, { recipients: to.map(m => m.user), endsOn, namesBecause }, key)
    return (await copiesOf(tx, meeting.id)).map(copy => copy.reference)
  })
/** All that the copy says, as its recipient would take it. */
const printedFor = async (recipient: Member, copyReference: string) => {
  const document = await as(recipient, async tx => {
    const copy = await takeCopy(tx, copyReference, 'pdf')
    const said = { meeting: await readMeeting(tx, copy.meeting!), room: await readRoom(tx, copy.meeting!) }
    return minutesDocument(copy, said, {
      member: recipient,
      now: morning,
      marking: 'SYNTHETIC',
      area: 'Tests',
    })
  })
  return [...textsOf(document)].join('\n')
}

test('R16 a copy has its recipient and the day on it, and hides every name that was said', async () => {
  const [reference] = await give(held.coordinator, await closed(), [held.police])
  const text = await printedFor(held.police, reference!)
  assert.match(text, /practitioner of Police \(synthetic\)\n20 November 2026 · MC-2026-\d{4}/)
  assert.match(text, /destroy by 4 December 2026/)
  assert.match(text, /was at the library with …/)
  assert.match(text, /The way home of …: name hidden/)
  assert.match(text, /A-2026-\d{4}/)
  for (const name of ['Quincy', 'quincy', 'Invented', 'Q. I.', 'Zed']) assert.ok(!text.includes(name), name)
})

test('R16 names stand in a copy only with a reason, and R13 only those that an agreement lets its agency hear', async () => {
  const meeting = await closed()
  const [reference] = await give(held.coordinator, meeting, [held.police], {
    namesBecause: 'The court reads it on paper.',
  })
  const text = await printedFor(held.police, reference!)
  assert.match(text, /Names stand in it, because: The court reads it on paper\./)
  assert.match(text, /The way home of Quincy: Quincy Invented/)
  assert.match(text, /with Zed/)
  assert.doesNotMatch(text, /Marmaduke/, 'no agreement joins the council')
  assert.deepEqual(
    await as(held.coordinator, async tx =>
      agenciesWithoutNames(tx, await readMeeting(tx, meeting), [held.council.user, held.police.user]),
    ),
    ['Council (synthetic)'],
  )
  await assert.rejects(
    give(held.coordinator, meeting, [held.council], { namesBecause: 'They asked.' }),
    /row-level security/,
  )
  await assert.rejects(
    give(held.school, meeting, [held.school], { namesBecause: 'Mine.' }),
    /Only whoever runs/,
  )
})

test('nobody gives to others but whoever runs the meeting, nobody to a stranger, and nobody for ever', async () => {
  const meeting = await closed()
  await assert.rejects(give(held.school, meeting, [held.police]), /Only whoever runs/)
  assert.equal((await give(held.school, meeting, [held.school])).length, 1)
  const stranger = await casework.member('charity')
  assert.deepEqual(await give(held.police, meeting, [stranger]), ['MC-2026-0003'], 'nothing is made')
  await assert.rejects(
    give(held.coordinator, meeting, [held.police], { endsOn: '2027-11-20' }),
    /row-level security/,
  )
  const insert = (member: Member, values: string) =>
    as(member, async tx =>
      tx.query(
        `insert into meeting_copies (reference, request_key, meeting, what, recipient, agency, given_by, given_by_agency,
           given_at, ends_on, delete_on)
         select 'MC-2026-9000', gen_random_uuid(), id, ${values}, viewer_user(), viewer_agency(), present(), '2026-11-27', '2029-11-20'
         from meetings where reference = '${meeting}'`,
      ),
    )
  await assert.rejects(
    insert(held.school, `'minutes', '${held.police.user}', 'police'`),
    /row-level security/,
  )
  await assert.rejects(
    insert(held.coordinator, `'minutes', '${stranger.user}', 'charity'`),
    /row-level security/,
  )
  await assert.rejects(
    insert(held.coordinator, `'agenda', '${held.police.user}', 'police'`),
    /row-level security/,
  )
})

test('a copy ends, and can be taken back; each taking is kept', async () => {
  const [reference] = await give(held.coordinator, await closed(), [held.school], { endsOn: '2026-11-27' })
  const on = (now: string) => as(held.school, tx => takeCopy(tx, reference!, 'docx'), new Date(now))
  // The last minute of the last day in London, and the first of the next.
  await on('2026-11-27T23:59:00Z')
  await assert.rejects(on('2026-11-28T00:00:00Z'), /has ended/)
  await as(held.coordinator, tx => withdrawCopy(tx, reference!))
  await assert.rejects(on('2026-11-27T12:00:00Z'), /was taken back/)
  const copy = await as(held.coordinator, tx => readCopy(tx, reference!))
  assert.deepEqual(
    copy.takings.map(t => [new Date(t.at).toISOString(), t.format]),
    [['2026-11-27T23:59:00.000Z', 'docx']],
  )
  // Past the program, the policy refuses as well.
  await assert.rejects(
    as(held.school, tx =>
      tx.query(`insert into meeting_copy_takings values ($1, present(), 'pdf')`, [copy.id]),
    ),
    /row-level security/,
  )
})

test('the policies and the explanation agree on who finds a copy', async () => {
  const meeting = await closed()
  const [reference] = await give(held.coordinator, meeting, [held.school])
  const members = (await as(held.coordinator, tx => readMeeting(tx, meeting))).members
  const commander = await casework.member('police', 'commander')
  const elsewhere = {
    ...held.school,
    agency: 'charity',
    agencyName: 'Charity (synthetic)',
    agencyKind: 'charity',
  }
  const reasons = new Set<string>()
  for (const member of [held.coordinator, held.school, held.police, held.council, commander, elsewhere]) {
    const facts = {
      recipient: held.school.user,
      agency: held.school.agency,
      givenBy: held.coordinator.user,
      givenByAgency: held.coordinator.agency,
      members,
    }
    const { ok, because } = explainCopy(member, facts)
    reasons.add(because)
    const found = as(member, tx => readCopy(tx, reference!))
    if (ok) assert.equal((await found).reference, reference, because)
    else await assert.rejects(found, NotThere, because)
  }
  assert.equal(reasons.size, 4)
  await assert.rejects(
    as(held.police, tx => takeCopy(tx, reference!, 'pdf')),
    NotThere,
    'whoever chairs answers for a copy, and does not take it',
  )
})

test('what a meeting has to give follows from where it stands', () => {
  assert.deepEqual((['planned', 'open', 'closed', 'called-off'] as const).map(copyOf), [
    'agenda',
    'agenda',
    'minutes',
    null,
  ])
  assert.equal(copyStanding({ withdrawnAt: null, endsOn: '2026-11-20' }, '2026-11-20'), 'open')
  assert.equal(copyStanding({ withdrawnAt: null, endsOn: '2026-11-19' }, '2026-11-20'), 'ended')
  assert.equal(copyStanding({ withdrawnAt: morning, endsOn: '2026-11-19' }, '2026-11-20'), 'withdrawn')
})

test('a form that asks for names says why, and one without a reason keeps none', () => {
  const member = {
    user: 'a',
    name: '',
    post: '',
    agency: 'police',
    agencyName: '',
    part: 'member',
    attendance: 'present',
    presentFrom: null,
  } as const
  const meeting = { members: [member], mover: { runs: true, chairs: false } }
  const faultsOf = (typed: Record<string, string>) => {
    const faults = {}
    readCopyForm(typed, { meeting, user: 'a', today: '2026-11-20' }, faults)
    return Object.keys(faults)
  }
  assert.deepEqual(faultsOf({ recipients: 'a', days: '7' }), [])
  assert.deepEqual(faultsOf({ recipients: 'b', days: '8', names: 'yes' }), ['recipients', 'days', 'because'])
  assert.deepEqual(faultsOf({ recipients: 'a', days: '7', because: 'The court' }), ['because'])
})
