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

/** Somebody's time in custody: `depth` says what of it is asked for. */
export interface CustodyThing {
  kind: 'custody'
  /** That they are in custody, until when and whom to ask; or where they are and what there is to mind. */
  depth: 'existence' | 'inside'
  person: string
  agency: string
  state: string
  suspendedOn: Day | null
  restrictedAt: Date | null
}

/** That an arrangement works with somebody. */
export interface ArrangementThing {
  kind: 'arrangement'
  person: string
  agency: string
  /** Kinds of agency that may know it; empty for whoever has an agreement. */
  toldTo: readonly string[]
  suspendedOn: Day | null
  restrictedAt: Date | null
}

/** What makes somebody one who works with a person whom their agency holds no record of. */
export interface ReachFacts {
  placements: readonly (PlacementThing & { person: string })[]
  plans: readonly PlanFact[]
  /** Kinds of agency that may know what there is to mind in custody; `until` is the last day. */
  insideKinds: readonly { kind: string; since: Day; until: Day | null }[]
}

/** A plan about a person. */
export interface PlanFact {
  person: string
  lead: string
  purpose: string
  state: string
  suspendedOn: Day | null
  /** Nobody named is all of the agency. */
  members: readonly { agency: string; users: readonly string[] }[]
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

/** A group that an agency leads. */
export interface GroupThing {
  kind: 'group'
  agency: string
  state: string
  suspendedOn: Day | null
}

/** That somebody was seen with a group. */
export interface GroupLinkThing {
  kind: 'group-link'
  group: GroupThing
  person: string
  agency: string
  state: string
  suspendedOn: Day | null
  /** The link itself, or the statement that it rests on. */
  restrictedAt: Date | null
  /** Agencies that hold a record of the person which is not suspended. */
  holders: readonly string[]
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
  | CustodyThing
  | ArrangementThing
  | GroupThing
  | GroupLinkThing

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
  /** Of the people whose custody or arrangements are asked about. */
  reach: ReachFacts
}

/** Where nothing about custody or arrangements is asked. */
export const nobodyReached: ReachFacts = { placements: [], plans: [], insideKinds: [] }
