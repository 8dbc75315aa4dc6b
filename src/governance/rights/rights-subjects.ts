/** Finding whom a case is about, without reading a record: numbers, and which agencies hold something. */
import type { MemberTransaction } from '../access/as-member.ts'

export interface Candidate {
  person: string
  agencies: string[]
  sameName: boolean
  sameBirthDate: boolean
}

/** By the name and the date of birth of the case. The database records that it was asked, and limits how often (R18). */
export const candidatesOf = (tx: MemberTransaction, rightsCase: string): Promise<Candidate[]> =>
  tx.query<Candidate>(
    `select person, agencies, same_name as "sameName", same_birth_date as "sameBirthDate" from rights_subjects($1)`,
    [rightsCase],
  )

/** False where one of them is nobody whom the look-up gives. */
export async function settleSubjects(
  tx: MemberTransaction,
  rightsCase: string,
  people: readonly string[],
): Promise<boolean> {
  const [answer] = await tx.query<{ settled: boolean }>('select settle_rights_subjects($1, $2) as settled', [
    rightsCase,
    people,
  ])
  return answer!.settled
}
