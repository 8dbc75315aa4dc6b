/**
 * Whether the record of acts is as it was written (R19). Every entry carries the hash of the one before: one that was
 * altered no longer fits its own hash, one that was removed or put in breaks the chain.
 *
 * Whoever rules the database could write the whole chain anew. Against that helps only what is kept elsewhere: the
 * number and hash of the last entry, which `verify-audit` prints, noted outside, and given to it the next time.
 */
import type { Queryable } from '../../platform/postgres.ts'

export interface AuditFault {
  seq: number
  /** What is wrong with it, in words. */
  because: string
}

export interface AuditVerified {
  entries: number
  /** The end of the chain: to be noted outside. */
  last: { seq: number; hash: string }
  faults: AuditFault[]
  /** Where the time goes back from one entry to the next: no fault of the chain, whose order is that of its numbers. */
  stepsBack: { seq: number; from: Date; to: Date }[]
}

/** An end of the chain that was noted earlier. */
export interface NotedEnd {
  seq: number
  hash: string
}

/** More are not listed: one is enough to call for help. */
const MOST_FAULTS = 100
/** Clocks of several nodes differ, and one that is set by the network goes back by as much. */
const STEP_SECONDS = 120

export async function verifyAudit(tx: Queryable, noted: NotedEnd | null = null): Promise<AuditVerified> {
  const [head] = await tx.query<{ seq: number; hash: string }>('select seq, hash from audit_head')
  const [counted] = await tx.query<{ entries: number }>('select count(*) as entries from audit')
  const broken = await tx.query<{ seq: number; altered: boolean; gap: boolean }>(
    `select seq, again <> hash as altered, (before_seq <> seq - 1 or before_hash <> previous_hash) as gap
     from (
       select a.seq, a.hash, a.previous_hash, audit_hash(a) as again,
         lag(a.seq, 1, 0::bigint) over (order by a.seq) as before_seq,
         lag(a.hash, 1, 'start') over (order by a.seq) as before_hash
       from audit a
     ) chain
     where again <> hash or before_seq <> seq - 1 or before_hash <> previous_hash
     order by seq limit ${MOST_FAULTS}`,
  )
  const faults: AuditFault[] = broken.map(({ seq, altered }) => ({
    seq,
    because: altered
      ? 'it was altered after it was written'
      : 'it does not follow the entry before it: one was removed, or put in',
  }))
  const [last] = await tx.query<{ seq: number; hash: string }>(
    'select seq, hash from audit order by seq desc limit 1',
  )
  const end = last ?? { seq: 0, hash: 'start' }
  if (head!.seq !== end.seq || head!.hash !== end.hash) {
    faults.push({ seq: end.seq, because: `entries after it were removed: ${head!.seq} were written` })
  }
  if (noted && noted.seq > 0) {
    const [then] = await tx.query<{ hash: string }>('select hash from audit where seq = $1', [noted.seq])
    if (then?.hash !== noted.hash) {
      faults.push({
        seq: noted.seq,
        because: 'it is not the entry that was noted: the record was written anew',
      })
    }
  }
  return { entries: counted!.entries, last: end, faults, stepsBack: await stepsBack(tx) }
}

/** What was carried over from elsewhere has its own time, and says so. */
const stepsBack = (tx: Queryable): Promise<AuditVerified['stepsBack']> =>
  tx.query(
    `select seq, before_at as "from", at as "to"
     from (
       select seq, at, lag(at) over (order by seq) as before_at
       from audit where not detail @> '{"carriedOver": true}'
     ) own
     where at < before_at - interval '${STEP_SECONDS} seconds' order by seq limit ${MOST_FAULTS}`,
  )
