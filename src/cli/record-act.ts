/** The record of what was done with the evidence: what leaves by the command line is in it like the rest. */
import type { EvidenceStore } from '../evidence/open-evidence.ts'

export async function recordAct(
  { installation }: EvidenceStore,
  actor: string,
  act: string,
  subject: string,
  detail: Record<string, unknown> = {},
): Promise<void> {
  await installation.database.query(
    'insert into acts (at, actor, act, subject, detail) values ($1, $2, $3, $4, $5)',
    [installation.clock().toISOString(), actor, act, subject, JSON.stringify(detail)],
  )
}
