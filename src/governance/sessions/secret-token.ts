/**
 * What whoever holds it may do something with: a session, an invitation. The browser or the letter has the token; the
 * database has its hash, so that nobody who reads the database can use it.
 */
import { createHash, randomBytes } from 'node:crypto'

export interface SecretToken {
  token: string
  hash: string
}

/** 256 bits; a hash without salt is enough for what cannot be guessed. */
export function newSecretToken(): SecretToken {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashOfToken(token) }
}

export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex')

export const looksLikeToken = (text: string | undefined): text is string =>
  text !== undefined && /^[\w-]{43}$/.test(text)
