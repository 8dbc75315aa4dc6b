/**
 * An area pack: the names, codes, dates and words of one partnership, as data. No code and no conditions.
 *
 * `areas/<name>/pack.json` holds the whole; see `docs/area-packs.md`.
 */
import type { Day, Month } from '../platform/calendar.ts'

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
