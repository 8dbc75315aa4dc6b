/**
 * Why somebody finds a copy of minutes, or does not. The policies decide; this says the same in words, is written apart from
 * them, and is compared with them (`copy-store.test.ts`).
 */
import type { Member } from '../../../../governance/access/as-member.ts'
import type { Part } from '../meeting.ts'

export const copySight = {
  'its recipient': 'It was given to them, for the agency for which they work.',
  'gave it': 'They gave it.',
  'runs the meeting':
    'They are in the chair of the meeting or its secretary, or a member who coordinates or commands.',
  'nothing to do with it':
    'It was given to somebody else, by somebody else, in a meeting that they do not run.',
} as const

export type CopySight = keyof typeof copySight

export interface CopyFacts {
  recipient: string
  agency: string
  givenBy: string
  givenByAgency: string
  /** Of the meeting. */
  members: readonly { user: string; agency: string; part: Part }[]
}

export function explainCopy(
  { user, agency, role }: Pick<Member, 'user' | 'agency' | 'role'>,
  copy: CopyFacts,
): { ok: boolean; because: CopySight } {
  if (copy.recipient === user && copy.agency === agency) return { ok: true, because: 'its recipient' }
  if (copy.givenBy === user && copy.givenByAgency === agency) return { ok: true, because: 'gave it' }
  const own = copy.members.find(m => m.user === user && m.agency === agency)
  const runs =
    own &&
    (own.part === 'chair' || own.part === 'secretary' || role === 'coordinator' || role === 'commander')
  return runs ? { ok: true, because: 'runs the meeting' } : { ok: false, because: 'nothing to do with it' }
}
