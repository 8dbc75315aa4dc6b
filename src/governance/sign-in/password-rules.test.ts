import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passwordFault } from './password-rules.ts'

const own = ['Sam Example', 'sam.example@oak.example', 'Oak School']

test('a password has at least 12 characters, of whatever kind', () => {
  assert.match(passwordFault('elevenchars', own)!, /at least 12/)
  for (const good of [
    'coffee tin fish',
    'correcthorsebattery',
    'ααββγγδδεεζζ',
    'no digits here',
    '🙂🙃😀😁😂🤣😃😄😅😆😉😊',
  ]) {
    assert.equal(passwordFault(good, own), null, good)
  }
  assert.match(passwordFault('x y z '.repeat(50), own)!, /at most 200/)
})

test('what is guessed first is refused, whatever digits and signs are hung on it', () => {
  for (const guessed of [
    'Password1234',
    'P-A-S-S-W-O-R-D-1-2',
    'passwordpassword',
    'qwertyuiop123',
    'Birmingham2026!',
    'aaaaaaaaaaaa',
    'abababababab',
    '123456789012',
    '198019801980',
    'abcdefghijklm',
    'Summer2026!!',
    'SamExample12',
    'example!!1234',
  ]) {
    assert.match(passwordFault(guessed, own) ?? 'accepted', /guessed first/, guessed)
  }
})
