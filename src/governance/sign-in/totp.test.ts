import assert from 'node:assert/strict'
import { test } from 'node:test'
import { base32, otpAddress, stepAt, stepOfCode, totpCode } from './totp.ts'

const rfcSecret = Buffer.from('12345678901234567890')

test('the codes are those of RFC 6238, appendix B', () => {
  for (const [seconds, code] of [
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ] as const) {
    assert.equal(totpCode(rfcSecret, stepAt(new Date(seconds * 1000)), 8), code)
  }
})

test('the codes are those of RFC 4226, appendix D', () => {
  const codes = [
    '755224',
    '287082',
    '359152',
    '969429',
    '338314',
    '254676',
    '287922',
    '162583',
    '399871',
    '520489',
  ]
  assert.deepEqual(
    codes.map((_code, counter) => totpCode(rfcSecret, counter)),
    codes,
  )
})

test('base 32 is that of RFC 4648, without its padding', () => {
  for (const [text, written] of [
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ] as const) {
    assert.equal(base32(Buffer.from(text)), written)
  }
})

const at = (seconds: number) => new Date(seconds * 1000)

test('a code counts in its step, the one before and the one after, and no longer', () => {
  const code = totpCode(rfcSecret, 100)
  for (const [seconds, step] of [
    [2969, null],
    [2970, 100],
    [3000, 100],
    [3059, 100],
    [3060, null],
  ] as const) {
    // Step 98 ends at 2970 seconds; from then on step 100 is at most one away.
    assert.equal(stepOfCode(rfcSecret, code, at(seconds), 0), step, `${seconds}`)
  }
})

test('a code works once, and none before the last used one works any more', () => {
  const code = totpCode(rfcSecret, 100)
  assert.equal(stepOfCode(rfcSecret, code, at(3000), 100), null)
  assert.equal(stepOfCode(rfcSecret, totpCode(rfcSecret, 101), at(3000), 100), 101)
})

test('a code may be typed with spaces; what is no code is none', () => {
  const code = totpCode(rfcSecret, 100)
  assert.equal(stepOfCode(rfcSecret, `${code.slice(0, 3)} ${code.slice(3)}`, at(3000), 0), 100)
  for (const wrong of ['', '0', '１２３４５６', `${code}0`, 'abcdef', '\0'.repeat(6)]) {
    assert.equal(stepOfCode(rfcSecret, wrong, at(3000), 0), null, JSON.stringify(wrong))
  }
})

test('the address for apps names the account and the issuer', () => {
  assert.equal(
    otpAddress(Buffer.from('foobar'), 'sam+x@school.example'),
    'otpauth://totp/Concord:sam%2Bx%40school.example?secret=MZXW6YTBOI&issuer=Concord',
  )
})
