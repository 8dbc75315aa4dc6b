import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { mustNotTravel } from '../../../../test/every-notice.ts'
import { WrongMove } from '../../../platform/errors.ts'
import { type InvitationState, insist, isPossible, moves, standing } from './invitation.ts'
import { readInvitation } from './invitation-form.ts'
import { type InvitationMailKind, invitationMail } from './invitation-mail.ts'
import { daysToChoose, invitationEnd, lastDayOf } from './invitation-rules.ts'

const at = (text: string) => new Date(`2026-11-${text}Z`)
const open = { endsAt: at('28T00:00:00'), usedAt: null, takenBackAt: null }

describe('how an invitation stands', () => {
  test('it is open until its end, and not at it', () => {
    assert.equal(standing(open, at('27T23:59:59')), 'open')
    assert.equal(standing(open, at('28T00:00:00')), 'ended')
  })

  test('what was used or taken back stays so, also after its end', () => {
    assert.equal(standing({ ...open, usedAt: at('21T09:00:00') }, at('30T09:00:00')), 'used')
    assert.equal(standing({ ...open, takenBackAt: at('21T09:00:00') }, at('30T09:00:00')), 'taken-back')
  })

  test('only what is open is used or taken back; a wrong move says what is possible instead', () => {
    for (const state of ['open', 'used', 'ended', 'taken-back'] satisfies InvitationState[]) {
      for (const move of ['use', 'take-back'] as const) {
        assert.equal(isPossible(move, state), state === 'open', `${move} from ${state}`)
      }
    }
    assert.doesNotThrow(() => insist('take-back', 'open'))
    assert.throws(() => insist('take-back', 'ended'), WrongMove)
    assert.throws(() => insist('take-back', 'used'), /What they sent can be withdrawn/)
  })

  test('no move leads out of an end', () => {
    for (const { from } of Object.values(moves)) assert.deepEqual(from, ['open'])
  })
})

describe('how long an invitation is open', () => {
  test('until the end of a day in London, across the change of the clocks as well', () => {
    assert.equal(invitationEnd(at('20T08:40:00'), 7).toISOString(), '2026-11-28T00:00:00.000Z')
    // The clocks go back on 25 October 2026: midnight is an hour earlier before it, by universal time.
    assert.equal(invitationEnd(new Date('2026-10-23T22:59:00Z'), 1).toISOString(), '2026-10-24T23:00:00.000Z')
    assert.equal(invitationEnd(new Date('2026-10-23T23:01:00Z'), 1).toISOString(), '2026-10-26T00:00:00.000Z')
  })

  test('the last day is said, not the midnight after it', () => {
    assert.equal(lastDayOf(invitationEnd(at('20T08:40:00'), 3)), '2026-11-23')
  })

  test('seven days are usual and the most; an area shortens and never lengthens', () => {
    assert.deepEqual(daysToChoose('2026-11-20', undefined), [1, 3, 7])
    assert.deepEqual(daysToChoose('2026-11-20', 2), [1, 2])
    assert.deepEqual(daysToChoose('2026-11-20', 1), [1])
    assert.deepEqual(daysToChoose('2026-11-20', 30), [1, 3, 7])
  })
})

const typed = {
  organisation: ' Canal Street Boxing Club ',
  post: 'Youth club leader',
  guestName: '',
  email: 'leader@club.example',
  whatFor: 'What you told me on Tuesday',
  days: '3',
}

describe('what is typed to invite a partner', () => {
  test('a post at an organisation, an address, what for and how long; the name may be left out', () => {
    assert.deepEqual(readInvitation(typed, [1, 3, 7]), {
      invitation: {
        organisation: 'Canal Street Boxing Club',
        post: 'Youth club leader',
        guestName: null,
        email: 'leader@club.example',
        whatFor: 'What you told me on Tuesday',
        days: 3,
      },
    })
  })

  test('what is missing is said at its field', () => {
    const read = readInvitation({}, [1, 3, 7])
    assert.ok('faults' in read)
    assert.deepEqual(Object.keys(read.faults), ['organisation', 'post', 'email', 'whatFor', 'days'])
  })

  test('one address and nothing else: no second recipient, no line break, no name around it', () => {
    for (const email of [
      'leader@club.example, other@club.example',
      'leader@club.example\nBcc: other@club.example',
      'Leader <leader@club.example>',
      'leader',
      '@club.example',
    ]) {
      const read = readInvitation({ ...typed, email }, [1, 3, 7])
      assert.ok('faults' in read && read.faults.email, email)
    }
  })

  test('whatever is typed, it is read or answered with sentences', () => {
    const anything = fc.oneof(fc.string(), fc.constant(undefined), fc.array(fc.string()))
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(typed)), anything), given => {
        const read = readInvitation(given, [1, 3, 7])
        if ('faults' in read) assert.ok(Object.values(read.faults).every(sentence => /\.$/.test(sentence)))
        else assert.ok([1, 3, 7].includes(read.invitation.days))
      }),
    )
  })
})

test('R16 an e-mail to a partner has a reference, fixed words, at most one link, and whom to call as a post', () => {
  const address = 'https://concord.example/invitation/abc'
  const kinds: InvitationMailKind[] = ['link', 'received', 'decided']
  for (const kind of kinds) {
    const facts = { reference: 'INV-2026-0001', contact: 'Duty desk, 0121 496 0100' }
    const { subject, text, html } = invitationMail(kind, facts, kind === 'link' ? address : null)
    assert.match(subject, /^INV-2026-0001: [a-z ]+$/)
    for (const words of mustNotTravel) assert.ok(!`${subject}${text}${html}`.includes(words))
    assert.equal(text.includes(address), kind === 'link')
    assert.deepEqual(
      [...html.matchAll(/href="([^"]*)"/g)].map(m => m[1]),
      kind === 'link' ? [address] : [],
    )
    assert.equal(text.includes('Duty desk, 0121 496 0100'), kind !== 'link')
    assert.match(text, /ring 999/)
    assert.ok(!/<(img|script|style|form)\b/.test(html), 'nothing is fetched when it is opened')
  }
})
