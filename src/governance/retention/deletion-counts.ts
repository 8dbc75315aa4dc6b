/** What the nightly job left: counts of what ended, by kind, agency and reason. Nothing else of it is kept. */
import type { Day } from '../../platform/calendar.ts'
import type { Queryable } from '../../platform/postgres.ts'
import { retentionRules } from './retention-rules.ts'

export interface DeletionCount {
  on: Day
  title: string
  agency: string
  because: string
  records: number
}

/** From a day on, the newest first. */
export async function deletionCounts(tx: Queryable, from: Day): Promise<DeletionCount[]> {
  const rows = await tx.query<Omit<DeletionCount, 'title'> & { recordType: string }>(
    `select c.deleted_on as "on", c.record_type as "recordType", a.name as agency, c.because, c.records
     from deletion_counts c join agencies a on a.id = c.agency
     where c.deleted_on >= $1 order by c.deleted_on desc, a.name, c.record_type, c.because limit 1000`,
    [from],
  )
  return rows.map(({ recordType, ...row }) => ({
    ...row,
    title: retentionRules.find(rule => rule.recordType === recordType)?.title ?? recordType,
  }))
}
