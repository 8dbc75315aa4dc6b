/** What the explanation of access is told: things that somebody may want to read, and the facts around them. */
import type { Day } from '../../platform/calendar.ts'
import type { Agreement } from '../agreements/agreement.ts'

export interface RecordThing {
  kind: 'record'
  person: string
  agency: string
  sensitive: boolean
  suspendedOn: Day | null
  owner: string
}

export interface EntryThing {
  kind: 'entry'
  person: string
  agency: string
  circle: string | null
  suspendedOn: Day | null
  restrictedAt: Date | null
  author: string
}

export interface DisclosureThing {
  kind: 'disclosure'
  person: string
  from: string
  to: string
  way: 'answer' | 'offered' | 'emergency' | 'threat-to-life'
  purpose: string
  agreement: string | null
  madeBy: string
  endsOn: Day
  withdrawnAt: Date | null
  /** One of the entries that it was copied from is restricted. */
  copiesRestricted: boolean
}

export interface RequestThing {
  kind: 'request'
  from: string
  to: string
}

/** That `agency` holds a record of the person. */
export interface PointerThing {
  kind: 'pointer'
  person: string
  agency: string
}

export interface BreakGlassThing {
  kind: 'break-glass'
  person: string
  user: string
}

export interface CircleThing {
  kind: 'circle'
  circle: string
}

/** Somebody's place in a cohort. */
export interface PlacementThing {
  kind: 'placement'
  cohort: string
  /** The agency that leads the cohort, and the one whose worker proposed it. */
  lead: string
  from: string
  proposedBy: string
  owner: string | null
  state: string
  suspendedOn: Day | null
  restrictedAt: Date | null
  /** Agencies that were brought to it by name. */
  brought: readonly string[]
  /** Agencies that were told of its end and have not confirmed it. */
  unconfirmed: readonly string[]
}

/** A seat on the panel of a cohort. */
export interface PanelFact {
  cohort: string
  lead: string
  parties: readonly string[]
  user: string
  part: 'chair' | 'member' | 'adviser'
  since: Day
  /** From this day on no more. */
  until: Day | null
}

export type Thing =
  | RecordThing
  | EntryThing
  | DisclosureThing
  | RequestThing
  | PointerThing
  | BreakGlassThing
  | CircleThing
  | PlacementThing

export interface CircleFact {
  id: string
  kind: 'mediation' | 'youth-work' | 'health' | 'restricted-case'
  agency: string
  owner: string
  members: readonly string[]
  reviewOn: Day
}

export interface AccessFacts {
  now: Date
  agreements: readonly Agreement[]
  circles: readonly CircleFact[]
  brokenGlass: readonly { person: string; user: string; startsAt: Date; endsAt: Date }[]
  /** Agencies' records of the people that are asked about. */
  records: readonly RecordThing[]
  /** Of the cohorts that are asked about. */
  panels: readonly PanelFact[]
}
