/** When a backup was last taken, and when the nightly one last failed: in them what is deleted here stays for a while (R12). */
import type { Queryable } from '../../platform/postgres.ts'

export interface LastBackups {
  made: Date | null
  /** Null where one was made since. */
  failed: Date | null
}

/** From the record of acts: null and null for whoever may not read it. */
export async function lastBackups(tx: Queryable): Promise<LastBackups> {
  const rows = await tx.query<{ event: string; seq: number; at: Date }>(
    `select distinct on (event) event, seq, at from audit
     where event in ('backup-made', 'backup-failed') order by event, seq desc`,
  )
  const made = rows.find(row => row.event === 'backup-made')
  const failed = rows.find(row => row.event === 'backup-failed')
  return { made: made?.at ?? null, failed: failed && failed.seq > (made?.seq ?? 0) ? failed.at : null }
}
