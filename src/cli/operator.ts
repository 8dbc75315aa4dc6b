/** Whoever works at the command line: known by their account of the machine, and by no account of Concord's. */
import type { Actor } from '../evidence/actor.ts'
import type { EvidenceStore } from '../evidence/open-evidence.ts'
import { asProgram } from '../governance/access/as-member.ts'
import type { AuditEvent } from '../governance/audit/audit-events.ts'
import type { ActSubject } from '../platform/record-of-acts.ts'

export const operator = (account: string): Actor => ({
  name: `command line (${account})`,
  user: null,
  agency: null,
  role: 'operator',
  purpose: null,
  account,
})

/** For what leaves or is made by the command line and has no transaction of its own. */
export const recordOperator = (
  { installation: { database, clock } }: EvidenceStore,
  account: string,
  event: AuditEvent,
  about: ActSubject = {},
): Promise<void> => asProgram(database, clock(), tx => tx.record(event, about), operator(account))
