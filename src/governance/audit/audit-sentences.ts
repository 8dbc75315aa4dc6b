/** Entries of the record of acts as sentences: who, for what, did what, to whose record. */
import { purposes } from '../purposes.ts'
import { auditEvents } from './audit-events.ts'
import type { AuditEntry } from './audit-store.ts'

/** "Sam Example (school link officer, Oak School), for safeguarding, opened a person’s page." */
export function auditSentence(entry: AuditEntry): string {
  const who = entry.userName
    ? `${entry.userName} (${[entry.post, entry.agencyName].filter(Boolean).join(', ')})`
    : withoutAccount(entry)
  const purpose = purposes.find(p => p.id === entry.purpose)
  const says =
    (auditEvents as Record<string, { says: string } | undefined>)[entry.event]?.says ??
    `did what is recorded as “${entry.event}”`
  const act = entry.outcome === 'refused' ? `was refused: ${says}` : says
  const carried = entry.detail.carriedOver === true ? ' (carried over from where it stood unchained)' : ''
  return `${who}${purpose ? `, for ${purpose.words},` : ''} ${act}${carried}.`
}

/** Who acts without an account of Concord's; what stands in place of their role. */
const nameless: Record<string, string> = {
  operator: 'The operator at the command line',
  key: 'A program with the key of the server',
  link: 'Whoever was let in by the server’s link',
  demo: 'A visitor of the demonstration',
  visitor: 'Somebody who was not signed in',
  unknown: 'Somebody whose account can no longer be told',
}

function withoutAccount({ role, detail, ...entry }: AuditEntry): string {
  if (role === 'guest') {
    const inviter = [entry.guestOf, entry.agencyName].filter(Boolean).join(', ')
    return `A partner whom ${inviter}, invited (${entry.caseReference})`
  }
  const who = nameless[role ?? ''] ?? 'The program'
  return typeof detail.account === 'string' ? `${who} (account “${detail.account}” of the machine)` : who
}

const flagWords: Record<string, string> = {
  'own-name': 'The reader and the person share a family name.',
  colleague: 'The person has the name of somebody at work here.',
}

/** What an officer should look at, in sentences. */
export const flagSentences = (entry: Pick<AuditEntry, 'flags'>): string[] =>
  entry.flags.flatMap(flag => flagWords[flag] ?? [])
