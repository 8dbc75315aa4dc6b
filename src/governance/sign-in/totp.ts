/**
 * Codes of an authenticator app: RFC 6238 over RFC 4226, with SHA-1, six digits and steps of 30 seconds, which is what
 * every app has.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

const STEP_SECONDS = 30
/** Steps before and after that count too: clocks of phones go wrong, and typing takes time. */
const DRIFT_STEPS = 1
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export const stepAt = (now: Date): number => Math.floor(now.getTime() / 1000 / STEP_SECONDS)

export function totpCode(secret: Buffer, step: number, digits = 6): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = mac.at(-1)! & 15
  const number = mac.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/** The step whose code this is, of those that count now and come after `used`; null where it is none. */
export function stepOfCode(secret: Buffer, code: string, now: Date, used: number): number | null {
  const given = Buffer.from(code.replaceAll(/\s/g, ''))
  const current = stepAt(now)
  let found: number | null = null
  for (let step = current - DRIFT_STEPS; step <= current + DRIFT_STEPS; step++) {
    const wanted = Buffer.from(totpCode(secret, step))
    if (given.length === wanted.length && timingSafeEqual(given, wanted) && step > used) found = step
  }
  return found
}

/** RFC 4648 without padding, as apps take it. */
export function base32(bytes: Buffer): string {
  const bits = [...bytes].map(b => b.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map(five => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

/** What an app reads from the picture: https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
export const otpAddress = (secret: Buffer, account: string): string =>
  `otpauth://totp/Concord:${encodeURIComponent(account)}?secret=${base32(secret)}&issuer=Concord`
