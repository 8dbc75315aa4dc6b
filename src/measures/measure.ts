/**
 * What a measure is: a named definition that says in plain words what is counted, and in SQL how.
 *
 * The SQL keeps to the subset that DuckDB, PostgreSQL and ClickHouse share, and names columns through fixed
 * aliases: `o` offences, `p` people in offences, `e` any other table.
 */
import type { DimensionId, FigureKind } from './figure.ts'

export interface Choice {
  value: string
  /** As it stands beside a figure: "victim under 25". */
  title: string
}

/** A named parameter of a measure. Whoever shows a figure shows the choice with it. */
export interface Variant {
  name: string
  title: string
  describes: string
  choices: Choice[]
  default: string
}

/** The chosen value of every variant of a measure. */
export type Chosen = Readonly<Record<string, string>>

/** When a row counts: `month` gives `2019-04`; `day` a date or timestamp, or null where none is published. */
export interface Clock {
  month: string
  day: string | null
  /** Set where `month` is not the month by which files are kept: files of earlier months are needed too. */
  acrossFiles?: true
}

/** Rows of one table. */
export interface Events {
  kind: 'events'
  table: string
  where: string[]
  clock: Clock
  /** Counts people under this age; those of unknown age are left out, and reported. */
  underAge?: number
  /** Rows are left out for a force and month of which this table holds rows: its own extract is better. */
  unlessHeldIn?: string
}

/** Offences in which at least one person of the roles meets an age limit. Each offence counts once. */
export interface OffencesByAge {
  kind: 'offences-by-age'
  where: string[]
  clock: Clock
  roles: Role[]
  underAge: number
}

/** People in offences: one for each person and role. */
export interface PeopleInOffences {
  kind: 'people'
  role: Role
  where: string[]
  clock: Clock
  /** Counts people under this age; those of unknown age are left out, and reported. */
  underAge?: number
}

export type Role = 'victim' | 'suspect'
export type Source = Events | OffencesByAge | PeopleInOffences

export interface Counting {
  /** Rows of all sources are added together. */
  sources: Source[]
  /** For a proportion: the condition that makes a case one of those counted. */
  met?: string
  /** For a sum: the column added up. For a median: the column of which it is the median, never null. */
  amount?: string
}

export type ResidentsPer = 1000 | 100000 | 1000000

export interface Measure {
  id: string
  title: string
  family: string
  /** Plain words, for somebody who reads no SQL. */
  definition: string
  kind: FigureKind
  /** Of the value as a plain count ("offences") or of a proportion ("% of searches"). */
  unit: string
  /** What one case is: "recorded offences". */
  counted: string
  includes: string[]
  excludes: string[]
  source: string
  /** Since when the rule holds. */
  since: string
  /** Known breaks in the series. */
  breaks: string[]
  variants: Variant[]
  counting: (chosen: Chosen) => Counting
  /** Dimensions that the tables offer but that make no sense here. */
  notBy?: DimensionId[]
  /** Residents per which the field gives this measure; null where a population rate misleads. */
  rate: { per: ResidentsPer; because: string } | null
  /** Set where nobody, whatever records they may see, is given more than the protected figure. */
  onlyProtected?: true
  /** The measure of victims that it may be set against as well. */
  victims?: { measure: string; because: string }
}

/** How a measure is counted where nobody has chosen a variant, or with those that are chosen. */
export const countingOf = (measure: Pick<Measure, 'variants' | 'counting'>, chosen: Chosen = {}): Counting =>
  measure.counting({ ...Object.fromEntries(measure.variants.map(v => [v.name, v.default])), ...chosen })

/** The tables that a way of counting reads. */
export function tablesOf(counting: Counting): string[] {
  const tables = counting.sources.flatMap(source =>
    source.kind === 'events'
      ? [source.table, ...(source.unlessHeldIn ? [source.unlessHeldIn] : [])]
      : ['offences', 'offence_people'],
  )
  return [...new Set(tables)]
}

/**
 * Tables that must hold a month for the month to count as held. Tables within one list stand in for each
 * other; every list must be served.
 */
export function neededTables(counting: Counting): string[][] {
  return counting.sources.every(source => source.kind === 'events')
    ? [tablesOf(counting)]
    : tablesOf(counting).map(table => [table])
}
