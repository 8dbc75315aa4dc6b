/**
 * An area pack: the names, codes, dates and words of one partnership, as data. No code and no conditions.
 *
 * `areas/<name>/pack.json` holds the whole; see `docs/area-packs.md`.
 */
import type { Day, Month } from '../platform/calendar.ts'
import type { PackMeetingType } from './meeting-type.ts'

export interface AreaPack {
  id: string
  /** Name of the partnership's area, for the header: "West Midlands". */
  name: string
  /** Force by its data.police.uk name. */
  force: string
  /** Year that counts are compared with, as months, and why. */
  baseline: { from: Month; to: Month; label: string; reason: string; source: string }
  /** Months left out of comparisons on request. */
  pandemic: { from: Month; to: Month; source: string }
  localAuthorities: PackArea[]
  /** Policing areas through time: neighbourhood policing units, then local policing areas. */
  policingAreas: PackPolicingArea[]
  impactAreas: PackArea[]
  namedPlaces: { name: string; longitude: number; latitude: number; policingArea: string; source: string }[]
  agencies: { id: string; name: string; kind: string }[]
  /** Who answers for each statistical method here, and until when it may run (R9). What is not named does not run. */
  methods: PackMethod[]
  /** How concerns about people are received here. */
  intake: PackIntake
  /** Schemes of tiers, each with labels of its own: the same label means different things in two of them. */
  tierSchemes: PackTierScheme[]
  /** Groups of people whom agencies work with together, each under one scheme. */
  cohorts: PackCohort[]
  /** Kinds of agency that may know what there is to mind in custody: establishment, wing, conflicts, visitors. */
  custodyKnownTo: PackCustodyKind[]
  /** Which other arrangements work with people here, and who may know that somebody is in one. */
  arrangementKinds: PackArrangementKind[]
  /** Which meetings there are here, who sits in them, and what their agenda is built from. */
  meetingTypes: PackMeetingType[]
  /** What is done again and again about a person, a group, a place or a line, as actions of a plan. */
  playbooks: PackPlaybook[]
  /** What can be asked for at a tasking meeting. */
  resources: PackResource[]
  /** What a bid says something to: from a day on. */
  bidCriteria: PackBidCriteria[]
  /** After how many days what was done after a critical incident is reviewed: from a day on. */
  consequenceReviews: PackConsequenceReview[]
  /** Groups of the organisation's directory, and the agency and role that each stands for; the first that fits counts. */
  signInGroups?: { group: string; agency: string; role: string }[]
  /** Words of the area: what a policing area is called in headings. */
  words: { policingArea: string; policingAreas: string }
}

export interface PackArea {
  code: string
  name: string
  from?: Day
  to?: Day
  source: string
}

export interface PackPolicingArea extends PackArea {
  /** "Neighbourhood policing unit" or "Local policing area". */
  kind: string
  localAuthority: string
  anchor: { longitude: number; latitude: number }
}

export interface PackMethod {
  id: string
  /** The officer, by post and not by name. */
  owner: string
  /** The last day on which it may run, unless it is looked at again. */
  stops: Day
  /** Why it is switched off. */
  off?: string
}

export interface PackIntake {
  /** Days for which an invitation to refer is open at most, where the area has it shorter than usual. */
  invitationDays?: number
  /** Whom to ring when it cannot wait for a form. */
  dutyDesks: { name: string; contact: string }[]
  /** Schemes of threshold levels, each from a day on; a coordinator chooses a level and says why, and nothing suggests one. */
  thresholds: {
    from: Day
    scheme: string
    source: string
    levels: { id: string; name: string; means: string }[]
  }[]
  /** Where help can come from: what a coordinator chooses, and what the referrer then reads. */
  routes: { id: string; name: string; words: string }[]
}

export interface PackTierScheme {
  id: string
  name: string
  /** The day from which it holds. */
  from: Day
  source: string
  tiers: PackTier[]
}

/** Roles that the pack may name to place, move or archive somebody: those who read about people. */
export const decidingRoles = ['practitioner', 'coordinator', 'commander'] as const

export type DecidingRole = (typeof decidingRoles)[number]

export interface PackTier {
  id: string
  name: string
  purpose: string
  /** Order within its scheme, for pages. Of tiers, never of people (R6). */
  rank: number
  leadAgency: string
  /** Who oversees it, as a rank or post. */
  leadRank: string
  /** Above partnership support: an under-18 needs a second approver (R5). */
  aboveSupport: boolean
  /** Of people in prison or a young offender institution. */
  custody?: boolean
  /** The service-level agreement: days to the first contact, days between reviews of an adult and of an under-18. */
  firstContactDays: number
  reviewDays: number
  reviewDaysChild: number
  expectedActivity: string
  /** Days between visits, where they are part of the agreement. */
  visits?: { every: number }
  mayPlace: DecidingRole[]
  mayMove: DecidingRole[]
  mayArchive: DecidingRole[]
}

export interface PackCohort {
  id: string
  name: string
  scheme: string
  leadAgency: string
  /** Agencies that may sit on its panel, the lead agency among them. */
  parties: string[]
  /** Why it is there, in words that the people in it are told. */
  purpose: string
  source: string
}

export interface PackCustodyKind {
  kind: string
  from: Day
  /** The last day. */
  to?: Day
  source: string
}

export interface PackArrangementKind {
  id: string
  name: string
  from: Day
  /** The last day on which somebody new is noted as being in it. */
  to?: Day
  /** Kinds of agency that may know it of somebody; empty for whoever has an agreement. */
  toldTo: string[]
  source: string
}

export const playbookSubjects = ['person', 'group', 'place', 'line'] as const

export const fourPHeadings = ['pursue', 'prevent', 'protect', 'prepare'] as const

export interface PackPlaybook {
  id: string
  name: string
  /** What a plan must be about. */
  for: (typeof playbookSubjects)[number][]
  /** When it is used, in a sentence. */
  when: string
  source: string
  /** What is offered to a plan; whoever writes it chooses and changes. `days` are working days until it is due. */
  actions: { what: string; fourP: (typeof fourPHeadings)[number]; agencyKind?: string; days: number }[]
}

export interface PackConsequenceReview {
  /** The day from which it holds. */
  from: Day
  days: number
  source: string
}

export interface PackResource {
  id: string
  name: string
  /** Whose it is: they deploy it. */
  agency: string
  /** In how many places it can be at the same time. */
  atOnce: number
  /** The meeting type whose chair decides. */
  decidedBy: string
  /** What it is and can do, in a sentence. */
  what: string
  source: string
}

export interface PackBidCriteria {
  /** The day from which they hold. */
  from: Day
  source: string
  criteria: { id: string; name: string; asks: string }[]
}
