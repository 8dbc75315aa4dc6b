/**
 * Keeping things that must be read again: the secret of a second factor in the database, the step that somebody has
 * reached while signing in. AES-256-GCM with a key of the installation; whoever has the database alone cannot read them.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

export interface Seal {
  seal(text: string): string
  /** Null where it was not sealed with this key, or was changed. */
  open(sealed: string): string | null
  /** A keyed hash: for looking up what somebody typed without keeping it. */
  mark(text: string): string
}

export function createSeal(secret: string): Seal {
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', secret, '', use, 32))
  const [cipherKey, markKey] = [derive('concord accounts: seal'), derive('concord accounts: mark')]
  return {
    seal: text => {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', cipherKey, nonce)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
    },
    open: sealed => {
      try {
        const bytes = Buffer.from(sealed, 'base64url')
        const decipher = createDecipheriv('aes-256-gcm', cipherKey, bytes.subarray(0, 12), {
          authTagLength: 16,
        })
        decipher.setAuthTag(bytes.subarray(12, 28))
        return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8')
      } catch {
        return null
      }
    },
    mark: text => createHmac('sha256', markKey).update(text).digest('hex'),
  }
}
