/** Where the matters of an agenda come from: one small file for each kind of item, and one line in `agenda-sources.ts`. */
import type { AgendaRule, ItemKind } from '../../../../areas/meeting-type.ts'
import type { Day } from '../../../../platform/calendar.ts'
import type { Queryable } from '../../../../platform/postgres.ts'

/** A matter to be put on the agenda. */
export interface AgendaDraft {
  /** Names nobody: it is read by every member, and on a projected screen. */
  title: string
  /** Whose matter it is: its members hear of it whose agency has an agreement with that one. Null: about nobody. */
  agency: string | null
  /** Agencies that may hear of it beside that one; every one that an agreement lets, where left out. */
  seenBy?: readonly string[]
  /** Where it comes from. Gathered again, it is the same item. */
  sourceKind: string
  sourceId: string
  dueOn?: Day | null
  /** Whom or what it is about; at most one. */
  person?: string | null
  group?: string | null
  place?: string | null
  line?: string | null
}

/** What an agenda is gathered for. */
export interface Gathering {
  meeting: {
    id: string
    type: string
    agencies: string[]
    purpose: string | null
    localAuthorities: string[] | null
  }
  /** From the same hour of the working day before the meeting until now. */
  window: { from: Date; to: Date }
  rule: AgendaRule
  /** Of now, Europe/London. */
  today: Day
}

export interface AgendaSource {
  kind: ItemKind
  /** Asked as the program, whoever opens the meeting: gives references and counts, never what stands in a record. */
  gather(tx: Queryable, gathering: Gathering): Promise<AgendaDraft[]>
}
