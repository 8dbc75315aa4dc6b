/**
 * An agreement in force between the schools and the partnership of an area, so that referrals and pointers may cross, and
 * what else is named. Invented.
 */
import { asProgram } from '../src/governance/access/as-member.ts'
import type { Database } from '../src/platform/postgres.ts'

export const agreementForReferrals = (
  database: Database,
  parties: readonly string[] = ['schools', 'violence-reduction-partnership'],
  more: readonly string[] = [],
): Promise<void> =>
  asProgram(database, new Date('2018-01-01T09:00:00Z'), async tx => {
    const [agreement] = await tx.query<{ id: string }>(
      `insert into agreements (title, purpose, legal_basis, owner, starts_on, ends_on, created_at)
       values ('Referrals (synthetic)', 'safeguarding', 'Children Act 2004, section 10', 'partnership',
         '2018-01-01', '2099-12-31', present()) returning id`,
    )
    await tx.query('insert into agreement_parties select $1, unnest($2::text[])', [agreement!.id, parties])
    const fields = ['referral', 'known-to', ...more]
    await tx.query('insert into agreement_fields select $1, unnest($2::text[])', [agreement!.id, fields])
  })
