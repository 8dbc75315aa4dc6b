/** Codes on paper for who has lost their phone: ten, each works once. */
import { randomBytes } from 'node:crypto'
import type { Queryable } from '../../platform/postgres.ts'
import type { Seal } from './sealed.ts'
import { base32 } from './totp.ts'

const HOW_MANY = 10

const plain = (code: string) => code.toUpperCase().replaceAll(/[^A-Z2-7]/g, '')

const mark = (seal: Seal, user: string, code: string) => seal.mark(`recovery ${user} ${plain(code)}`)

/** New codes in place of all earlier ones, such as `KQ3M-5TZA-7PXB`. */
export async function newRecoveryCodes(tx: Queryable, seal: Seal, user: string): Promise<string[]> {
  const codes = Array.from({ length: HOW_MANY }, () =>
    base32(randomBytes(8))
      .slice(0, 12)
      .replaceAll(/(.{4})(?=.)/g, '$1-'),
  )
  await tx.query('delete from recovery_codes where user_id = $1', [user])
  await tx.query('insert into recovery_codes (user_id, code_hash) select $1, unnest($2::text[])', [
    user,
    codes.map(code => mark(seal, user, code)),
  ])
  return codes
}

/** True once for each code. */
export async function useRecoveryCode(
  tx: Queryable,
  seal: Seal,
  { user, code, now }: { user: string; code: string; now: Date },
): Promise<boolean> {
  const used = await tx.query(
    'update recovery_codes set used_at = $3 where user_id = $1 and code_hash = $2 and used_at is null returning user_id',
    [user, mark(seal, user, code), now.toISOString()],
  )
  return used.length > 0
}
