import { asProgram, type Member, recordRefusal } from '../access/as-member.ts'
import { forgetTries, takeTry } from './failed-sign-ins.ts'
import type { Accounts } from './local-sign-in.ts'
import { newRecoveryCodes } from './recovery-codes.ts'
import { stepOfCode } from './totp.ts'

interface Factor {
  email: string
  factor: string | null
  step: number
}

/** New recovery codes in place of the old ones, for who has the app at hand: a code of the app, not one on paper. */
export async function renewRecoveryCodes(
  { database, clock, seal }: Accounts,
  { member, code, address }: { member: Member; code: string; address: string },
): Promise<{ is: 'renewed'; codes: string[] } | { is: 'wrong' } | { is: 'wait'; until: Date }> {
  const now = clock()
  const [row] = await database.query<Factor>(
    `select u.email, c.second_factor as factor, c.second_factor_step as step
     from users u join credentials c on c.user_id = u.id where u.id = $1`,
    [member.user],
  )
  const secret = row?.factor ? seal.open(row.factor) : null
  if (!row || secret === null) return { is: 'wrong' }
  const tried = { email: row.email, address }
  const until = await takeTry(database, tried, seal, now)
  if (until) return { is: 'wait', until }
  const step = stepOfCode(Buffer.from(secret, 'base64'), code, now, row.step)
  const codes = await asProgram(
    database,
    now,
    async tx => {
      const used = await tx.query(
        'update credentials set second_factor_step = $2 where user_id = $1 and second_factor_step < $2 returning user_id',
        [member.user, step],
      )
      if (used.length === 0) return null
      await forgetTries(tx, tried, seal, now)
      await tx.record('second-factor-changed', {
        kind: 'user',
        id: member.user,
        detail: { recoveryCodes: 'new' },
      })
      return newRecoveryCodes(tx, seal, member.user)
    },
    member,
  )
  if (codes) return { is: 'renewed', codes }
  await recordRefusal(database, member, now, 'second-factor-changed', { kind: 'user', id: member.user })
  return { is: 'wrong' }
}
