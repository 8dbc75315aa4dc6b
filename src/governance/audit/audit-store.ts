/** The record of acts as an officer of information governance searches it. Policies let nobody else see a row. */
import type { Day } from '../../platform/calendar.ts'
import type { Queryable } from '../../platform/postgres.ts'
import { evidenceEvents } from './audit-events.ts'

export interface AuditSearch {
  /** Number of the person who was acted on; with it come the numbers that were joined to it. */
  person?: string | undefined
  /** Number of the person at work who acted. */
  user?: string | undefined
  agency?: string | undefined
  event?: string | undefined
  /** Acts upon evidence, of whatever kind. */
  upon?: 'evidence' | undefined
  /** What was acted on, such as `load 12`: its kind and its number or reference. */
  subject?: string | undefined
  /** Nobody of an agency: the program, the operator, whoever had no account. */
  ofNoAgency?: boolean | undefined
  outcome?: 'done' | 'refused' | undefined
  /** Days of London, both included. */
  from?: Day | undefined
  to?: Day | undefined
}

export interface AuditEntry {
  seq: number
  at: Date
  userName: string | null
  post: string | null
  agencyName: string | null
  /** Of the account; or what somebody without one was. Null for the program. */
  role: string | null
  /** Who invited the partner who acted, where an invited partner did. */
  guestOf: string | null
  purpose: string | null
  caseReference: string | null
  event: string
  outcome: 'done' | 'refused'
  person: string | null
  subjectKind: string | null
  subject: string | null
  detail: Record<string, unknown>
  /** Why an officer should look at it (R19). */
  flags: string[]
}

export interface AuditFound {
  entries: AuditEntry[]
  /** How many fit in all. */
  total: number
}

/** Newest first. */
export async function searchAudit(
  tx: Queryable,
  search: AuditSearch,
  { limit, offset }: { limit: number; offset: number },
): Promise<AuditFound> {
  const { where, parameters } = conditionsOf(search)
  const [counted] = await tx.query<{ total: number }>(
    `select count(*) as total from audit a where ${where}`,
    parameters,
  )
  const entries = await tx.query<Omit<AuditEntry, 'flags'>>(
    `select a.seq, a.at, u.name as "userName", u.post, g.name as "agencyName", a.role, a.purpose,
       a.case_reference as "caseReference", a.event, a.outcome, a.person_id as person,
       a.subject_kind as "subjectKind", a.subject_id as subject, a.detail,
       case when a.role = 'guest' then (
         select i.name from audit p join users i on i.id = p.user_id
         where p.event = 'partner-invited' and p.subject_id = a.case_reference limit 1
       ) end as "guestOf"
     from audit a left join users u on u.id = a.user_id left join agencies g on g.id = a.agency
     where ${where} order by a.seq desc limit ${limit} offset ${offset}`,
    parameters,
  )
  const flags = new Map<number, string[]>()
  if (entries.length > 0) {
    const found = await tx.query<{ seq: number; flag: string }>('select * from audit_flags($1, $2)', [
      entries.at(-1)!.seq,
      entries[0]!.seq,
    ])
    for (const { seq, flag } of found) flags.set(seq, [...(flags.get(seq) ?? []), flag])
  }
  return {
    entries: entries.map(entry => ({ ...entry, flags: flags.get(entry.seq) ?? [] })),
    total: counted!.total,
  }
}

function conditionsOf(search: AuditSearch): { where: string; parameters: unknown[] } {
  const parameters: unknown[] = []
  const bind = (value: unknown) => `$${parameters.push(value)}`
  const local = `(a.at at time zone 'Europe/London')::date`
  const parts = [
    search.person && ofPerson(bind(search.person)),
    search.user && `a.user_id = ${bind(search.user)}`,
    search.agency && `a.agency = ${bind(search.agency)}`,
    search.ofNoAgency && 'a.agency is null',
    search.event && `a.event = ${bind(search.event)}`,
    search.upon && `a.event = any (${bind(evidenceEvents)})`,
    search.subject && `a.subject_kind || ' ' || a.subject_id = ${bind(search.subject)}`,
    search.outcome && `a.outcome = ${bind(search.outcome)}`,
    search.from && `${local} >= ${bind(search.from)}::date`,
    search.to && `${local} <= ${bind(search.to)}::date`,
  ].filter(Boolean)
  return { where: parts.length > 0 ? parts.join(' and ') : 'true', parameters }
}

const ofPerson = (number: string) =>
  `a.person_id = any (array(select (j.detail ->> 'before')::uuid from audit j
     where j.event = 'records-joined' and j.person_id = ${number}) || ${number}::uuid)`
