/** What is given in a disclosure: chosen by what one agreement covers and the record holds, composed as the page composes it. */
import { findAgreement } from '../../governance/agreements/agreement.ts'
import {
  type Content,
  compose,
  type OwnEntry,
  type OwnRecord,
} from '../../governance/disclosure/disclosure-content.ts'
import type { Day } from '../../platform/calendar.ts'
import type { Random } from '../random.ts'
import type { SyntheticAgreement } from './agreed.ts'
import type { SyntheticEntry } from './entries.ts'
import type { SyntheticRecord } from './people.ts'
import { pick } from './setting.ts'
import { writtenAnswers } from './sharing-texts.ts'

export interface MayBeGiven {
  agreements: readonly SyntheticAgreement[]
  /** By record. */
  entries: ReadonlyMap<string, OwnEntry[]>
  today: Day
}

/** What may be copied, by record. */
export const openEntries = (entries: readonly SyntheticEntry[]): Map<string, OwnEntry[]> => {
  const open = entries.filter(e => !e.circle && !e.suspendedOn && !e.restrictedAt)
  const byRecord = Map.groupBy(open, e => e.record.id)
  return new Map([...byRecord].map(([id, own]) => [id, own.map(ownEntry)]))
}

const ownEntry = (entry: SyntheticEntry): OwnEntry => ({
  id: entry.id,
  edition: 1,
  kind: entry.kind,
  nature: entry.nature,
  roleInEvent: entry.role ?? null,
  occurredOn: entry.occurredOn,
  text: entry.text,
  source: entry.source,
  sourceGrade: entry.grade?.[0] ?? null,
  informationGrade: entry.grade?.[1] ?? null,
  handling: entry.conditions ? 'C' : 'P',
  handlingConditions: entry.conditions ?? null,
})

const ownRecord = ({ birth, ...record }: SyntheticRecord): OwnRecord => ({
  ...record,
  edition: 1,
  birthDate: birth?.date ?? null,
  birthDateKnown: birth?.known ?? null,
})

export interface Given {
  content: Content
  entries: string[]
  agreement: string | null
}

const choices: readonly (readonly string[])[] = [
  ['strengths', 'view'],
  ['contacts'],
  ['attendance'],
  ['safety', 'strengths'],
  ['events'],
  ['identity', 'address'],
  ['summary'],
]

/** What one agreement covers and the record holds, composed as the page composes it; null where there is nothing. */
export function chooseContent(
  random: Random,
  { agreements, entries, today }: MayBeGiven,
  { from, to, purpose }: { from: SyntheticRecord; to: string; purpose: string },
): Given | null {
  const start = random.below(choices.length)
  for (let n = 0; n < choices.length; n++) {
    const fields = choices[(start + n) % choices.length]!
    if (fields.includes('attendance') && from.agencyKind !== 'education') continue
    const crossing = { one: from.agency, other: to, purpose, fields }
    const found = findAgreement(agreements, crossing, today)
    if (!('agreement' in found)) continue
    const written = Object.fromEntries(fields.map(f => [f, pick(random, writtenAnswers[f] ?? [''])]))
    const composed = compose(ownRecord(from), entries.get(from.id) ?? [], { fields, written, entries: null })
    if (composed.empty.length === 0) return { ...composed, agreement: found.agreement.id }
  }
  return null
}
