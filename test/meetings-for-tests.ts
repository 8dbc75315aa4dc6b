/** A kind of meeting with seats in a small partnership, and meetings of it. Everything is invented. */
import { randomUUID } from 'node:crypto'
import type { PackMeetingType } from '../src/areas/meeting-type.ts'
import { bringUp, type NewEntry, say } from '../src/casework/tasking/meetings/entry-store.ts'
import type { MeetingMove } from '../src/casework/tasking/meetings/meeting.ts'
import { moveMeeting, planMeeting, readMeeting } from '../src/casework/tasking/meetings/meeting-store.ts'
import { asMember, asProgram, type Member } from '../src/governance/access/as-member.ts'
import { morning, type TestCasework } from './casework-for-tests.ts'

export const dailyMeeting: PackMeetingType = {
  id: 'daily',
  name: 'Daily meeting (synthetic)',
  purpose: 'safeguarding',
  cadence: { kind: 'daily', at: '09:00' },
  chair: 'police',
  members: ['police', 'partnership', 'oak-school', 'council'],
  quorum: { agencies: 2 },
  sees: ['referral', 'event', 'review', 'person', 'action', 'topic'],
  agenda: [
    { section: 'Referrals', items: 'referral' },
    { section: 'People in last events', items: 'event' },
    { section: 'Reviews', items: 'review', days: 7 },
    { section: 'Actions', items: 'action', days: 1 },
  ],
  escalatesTo: 'board',
  source: 'Invented for tests',
}

export const boardMeeting: PackMeetingType = {
  id: 'board',
  name: 'Board (synthetic)',
  cadence: { kind: 'called' },
  chair: 'police',
  members: ['police', 'partnership', 'council'],
  quorum: { agencies: 2 },
  sees: ['figure', 'escalation', 'action', 'topic'],
  agenda: [],
  source: 'Invented for tests',
}

export interface TestMeetings {
  police: Member
  coordinator: Member
  school: Member
  council: Member
  /** A meeting that was planned and, unless `open` is false, opened; the coordinator of the partnership runs it. */
  meeting(options?: { type?: string; open?: boolean; startsAt?: Date }): Promise<string>
  move(member: Member, reference: string, move: MeetingMove, at?: Date): Promise<void>
  say(member: Member, reference: string, entry: Partial<NewEntry>, key?: string): Promise<void>
  bringUp(
    member: Member,
    reference: string,
    matter: { title: string; called?: string; seenBy?: string[]; kind?: string },
  ): Promise<string>
}

export async function meetingsForTests(casework: TestCasework): Promise<TestMeetings> {
  const { database } = casework
  const police = await casework.member('police')
  const coordinator = await casework.member('partnership', 'coordinator')
  const school = await casework.member('school')
  const council = await casework.member('council')
  await asProgram(database, morning, async tx => {
    for (const type of [dailyMeeting, boardMeeting]) {
      await tx.query('insert into meeting_types (id, name, definition) values ($1, $2, $3)', [
        type.id,
        type.name,
        JSON.stringify(type),
      ])
    }
    const seats: [Member, string][] = [
      [police, 'chair'],
      [coordinator, 'secretary'],
      [school, 'member'],
      [council, 'member'],
    ]
    for (const [{ user, agency }, part] of seats) {
      await tx.query(
        `insert into meeting_seats (type, user_id, agency, part, since) values ('daily', $1, $2, $3, '2026-01-01')`,
        [user, agency, part],
      )
    }
  })
  let planned = 0
  const as = <T>(member: Member, act: Parameters<typeof asMember<T>>[3], now = morning) =>
    asMember(database, member, { now }, act)
  const move: TestMeetings['move'] = (member, reference, name, at = morning) =>
    as(
      member,
      async tx => {
        const { seq } = await readMeeting(tx, reference)
        await moveMeeting(tx, reference, name, { key: randomUUID(), seen: seq })
      },
      at,
    )
  return {
    police,
    coordinator,
    school,
    council,
    move,
    meeting: async ({ type = 'daily', open = true, startsAt } = {}) => {
      const { reference } = await as(coordinator, tx =>
        planMeeting(
          tx,
          { type, startsAt: startsAt ?? new Date(morning.getTime() + ++planned * 1000), place: '' },
          { key: randomUUID() },
        ),
      )
      if (open) await move(coordinator, reference, 'open')
      return reference
    },
    say: (member, reference, entry, key = randomUUID()) =>
      as(member, async tx =>
        say(
          tx,
          await readMeeting(tx, reference),
          {
            kind: 'note',
            text: 'Something was said.',
            item: null,
            agency: member.agency,
            seenBy: null,
            ...entry,
          },
          key,
        ),
      ),
    bringUp: (member, reference, { title, called, seenBy, kind = 'person' }) =>
      as(member, async tx => {
        const meeting = await readMeeting(tx, reference)
        const key = randomUUID()
        await bringUp(tx, meeting, { kind, title, called: called ?? null, seenBy: seenBy ?? null }, key)
        const [item] = await tx.query<{ id: string }>('select id from agenda_items where request_key = $1', [
          key,
        ])
        return item!.id
      }),
  }
}
