/**
 * The pointer (L3): that other agencies hold a record as well, and whom to ask. Nothing of what they hold. Each answer is in
 * the audit, and nobody gets more than so many people of them in an hour, so that no list can be trawled by name (R18).
 */
import type { MemberTransaction } from '../access/as-member.ts'

export interface Pointer {
  agency: string
  name: string
  /** Whom to ask, as a post. */
  contact: string
}

export type Pointers =
  | { limited: false; pointers: Pointer[] }
  /** Too many people were looked up in the last hour. That is said on the page, never shown as "nobody". */
  | { limited: true }

export async function pointersOf(tx: MemberTransaction, person: string): Promise<Pointers> {
  const [row] = await tx.query<{ left: number }>('select existence_look_ups_left() as left')
  if (row!.left < 1) {
    await tx.record('refused-access', { person, kind: 'pointer', detail: { because: 'limit of look-ups' } })
    return { limited: true }
  }
  return {
    limited: false,
    pointers: await tx.query<Pointer>('select agency, name, contact from known_to($1)', [person]),
  }
}

/** "Council and Youth justice also hold a record."; empty for none. */
export function pointerSentence(pointers: readonly Pointer[]): string {
  const names = pointers.map(p => p.name)
  const last = names.pop()
  if (last === undefined) return ''
  return names.length === 0
    ? `${last} also holds a record.`
    : `${names.join(', ')} and ${last} also hold a record.`
}
