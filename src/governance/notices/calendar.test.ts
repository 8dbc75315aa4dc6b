import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { calendarText, escapedText, folded } from './calendar.ts'
import type { Deadline } from './deadline.ts'

const referral: Deadline = {
  recipient: 'somebody',
  what: 'referral',
  reference: 'R-2026-0123',
  link: '/triage/R-2026-0123',
  subjectKind: 'referral',
  dueAt: new Date('2026-06-16T16:00:00Z'),
  dueOn: null,
}

test('a calendar of two deadlines, as RFC 5545 has it', () => {
  const text = calendarText(
    [
      referral,
      {
        ...referral,
        what: 'emergency-review',
        reference: '0A1B2C3D',
        link: '/sharing/reviews',
        dueOn: '2026-12-31',
        dueAt: new Date('2026-12-31T17:00:00Z'),
      },
    ],
    {
      now: new Date('2026-06-15T08:40:00.123Z'),
      address: 'https://concord.example',
      name: 'Concord: due; yours',
    },
  )
  assert.equal(
    text,
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Concord//Deadlines//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'X-WR-CALNAME:Concord: due\\; yours',
      'X-WR-TIMEZONE:Europe/London',
      'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
      'BEGIN:VEVENT',
      'UID:referral-R-2026-0123@concord',
      'DTSTAMP:20260615T084000Z',
      // 17:00 in London, in summer.
      'DTSTART:20260616T160000Z',
      'SUMMARY:R-2026-0123: look at it',
      'URL:https://concord.example/triage/R-2026-0123',
      'CLASS:PRIVATE',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:emergency-review-0A1B2C3D@concord',
      'DTSTAMP:20260615T084000Z',
      'DTSTART;VALUE=DATE:20261231',
      'DTEND;VALUE=DATE:20270101',
      'SUMMARY:0A1B2C3D: review it',
      'URL:https://concord.example/sharing/reviews',
      'CLASS:PRIVATE',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  )
})

test('text is escaped as RFC 5545, 3.3.11 says', () => {
  assert.equal(escapedText('a,b;c\\d\ne\r\nf\u0007'), 'a\\,b\\;c\\\\d\\ne\\nf')
})

test('a line of more than 75 octets is folded, never within a character', () => {
  assert.equal(folded('x'.repeat(75)), 'x'.repeat(75))
  assert.equal(folded('x'.repeat(76)), `${'x'.repeat(75)}\r\n x`)
  // An é has two octets: the 38th does not fit.
  assert.equal(folded('é'.repeat(38)), `${'é'.repeat(37)}\r\n é`)
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), text => {
      const line = text.replaceAll(/[\r\n]/g, '')
      const lines = folded(line).split('\r\n')
      assert.ok(lines.every(l => Buffer.byteLength(l) <= 75))
      assert.equal(lines.map((l, i) => (i === 0 ? l : l.slice(1))).join(''), line)
    }),
  )
})
