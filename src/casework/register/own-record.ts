/** One's own agency's record of a person, and the circles in which one may write. */
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { NotThere } from '../../platform/errors.ts'
import { usualName } from './names.ts'
import { recordsOf } from './record-store.ts'
import type { AgencyRecord } from './register.ts'

/** Throws NotThere: what is not there and what is not theirs look the same. */
export async function ownRecordOf(
  tx: MemberTransaction,
  person: string,
): Promise<{ record: AgencyRecord; circles: { id: string; name: string }[] }> {
  const record = (await recordsOf(tx, person)).find(r => r.agency === tx.member.agency)
  if (!record) throw new NotThere()
  const circles = await tx.query<{ id: string; name: string }>(
    'select id, name from circles where id in (select viewer_circles()) order by name',
  )
  return { record, circles }
}

/** The way back to the page about the person. */
export const backTo = (record: AgencyRecord) => ({
  text: usualName(record.names),
  href: `/register/${record.person}`,
})
