import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { digestHours, isQuiet, mailAt, mailChoices, type NoticePreferences } from './mail-times.ts'
import { isUrgent, type NoticeKindId, noticeKinds } from './notice-kinds.ts'

const soon: NoticePreferences = { when: 'soon', digestHour: 8, muted: [] }
const daily: NoticePreferences = { when: 'daily', digestHour: 8, muted: [] }
const at = (instant: string, preferences: NoticePreferences, kind: NoticeKindId = 'referral-arrived') =>
  mailAt({ kind, createdAt: new Date(instant) }, preferences)?.toISOString() ?? null

test('quiet hours run from 19:00 to 07:00 of the clock in London, and over the weekend', () => {
  // A Tuesday in summer: 19:00 is 18:00 UTC.
  assert.equal(isQuiet(new Date('2026-06-16T17:59:59Z')), false)
  assert.equal(isQuiet(new Date('2026-06-16T18:00:00Z')), true)
  assert.equal(isQuiet(new Date('2026-06-17T05:59:59Z')), true)
  assert.equal(isQuiet(new Date('2026-06-17T06:00:00Z')), false)
  // A Tuesday in winter.
  assert.equal(isQuiet(new Date('2026-11-17T18:59:59Z')), false)
  assert.equal(isQuiet(new Date('2026-11-17T19:00:00Z')), true)
  assert.equal(isQuiet(new Date('2026-11-21T12:00:00Z')), true)
})

test('quiet hours across a change of the clocks end at 07:00 of the clock', () => {
  // Friday evening before summer time begins (29 March 2026), and before it ends (25 October 2026).
  assert.equal(at('2026-03-27T19:30:00Z', soon), '2026-03-30T06:00:00.000Z')
  assert.equal(at('2026-10-23T18:30:00Z', soon), '2026-10-26T07:00:00.000Z')
  // In the hour that comes twice.
  assert.equal(at('2026-10-25T00:30:00Z', soon), '2026-10-26T07:00:00.000Z')
  assert.equal(at('2026-10-25T01:30:00Z', soon), '2026-10-26T07:00:00.000Z')
  assert.equal(at('2026-03-27T19:30:00Z', daily), '2026-03-30T07:00:00.000Z')
})

test('the digest is at its hour on Monday to Friday', () => {
  assert.equal(at('2026-11-19T07:59:00Z', daily), '2026-11-19T08:00:00.000Z')
  assert.equal(at('2026-11-19T08:00:00Z', daily), '2026-11-19T08:00:00.000Z')
  assert.equal(at('2026-11-19T08:00:01Z', daily), '2026-11-20T08:00:00.000Z')
  assert.equal(at('2026-11-20T08:40:00Z', daily), '2026-11-23T08:00:00.000Z')
})

test('what cannot wait goes at once, whatever somebody chose', () => {
  const night = '2026-11-22T03:00:00Z'
  for (const when of Object.keys(mailChoices) as NoticePreferences['when'][]) {
    const preferences: NoticePreferences = {
      when,
      digestHour: 8,
      muted: ['safeguarding', 'triage', 'sharing'],
    }
    assert.equal(at(night, preferences, 'shared-in-emergency'), '2026-11-22T03:00:00.000Z')
    assert.equal(at(night, preferences, 'referral-arrived'), null)
  }
  assert.equal(at(night, { ...soon, when: 'urgent-only' }), null)
})

test('what can wait never comes in quiet hours, before it happened, or more than four days after', () => {
  const kinds = (Object.keys(noticeKinds) as NoticeKindId[]).filter(kind => !isUrgent(kind))
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2019-01-01'), max: new Date('2035-12-31'), noInvalidDate: true }),
      fc.constantFrom('daily' as const, 'soon' as const),
      fc.constantFrom(...digestHours),
      fc.constantFrom(...kinds),
      (createdAt, when, digestHour, kind) => {
        const due = mailAt({ kind, createdAt }, { when, digestHour, muted: [] })!
        assert.ok(!isQuiet(due) && due >= createdAt)
        assert.ok(due.getTime() - createdAt.getTime() < 4 * 86_400_000)
      },
    ),
  )
})
