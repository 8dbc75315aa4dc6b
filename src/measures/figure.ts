/**
 * A figure is the unit of everything shown: a measure over a period, split and filtered, set beside a
 * comparator, with its definition, counts, intervals, warnings, query and evidence version. No number
 * leaves without one.
 */
import type { Day, Month } from '../platform/calendar.ts'

export type DimensionId =
  | 'force'
  | 'month'
  | 'financial-year'
  | 'hour'
  | 'weekday'
  | 'npu'
  | 'local-authority'
  | 'ward'
  | 'lsoa'
  | 'impact-area'
  | 'age-band'
  | 'gender'
  | 'ethnicity-self'
  | 'ethnicity-officer'
  | 'ethnic-group'
  | 'occupation'
  | 'weapon'
  | 'use'
  | 'location-type'
  | 'offence-group'
  | 'offence-subgroup'
  | 'crime-type'
  | 'outcome'
  | 'domestic'
  | 'legislation'
  | 'object'
  | 'operation'
  | 'method'
  | 'reason'
  | 'kind'
  | 'about'
  | 'urgency'
  | 'referrer'
  | 'timeliness'
  | 'age-group'
  | 'disability'
  | 'care'
  | 'scheme'
  | 'cohort'
  | 'tier'
  | 'from-tier'
  | 'step'
  | 'asked'
  | 'offer'
  | 'agency'
  | 'four-p'
  | 'origin'
  | 'date-moved'
  | 'meeting-type'
  | 'attendance'

/** What the value of a measure is: a count, a proportion in percent, a sum, or a median. */
export type FigureKind = 'count' | 'proportion' | 'sum' | 'median'

export interface Period {
  /** Whole months (`2019-04`) or days (`2019-04-30`), both ends included. */
  from: Month | Day
  to: Month | Day
}

export interface FigureRequest {
  measure: string
  /** The whole of what is held when absent. */
  from?: Month | Day | undefined
  to?: Month | Day | undefined
  by?: DimensionId[] | undefined
  /** Codes or labels; several of one dimension are alternatives. */
  where?: Partial<Record<DimensionId, string[]>> | undefined
  /**
   * `2019-04..2019-11`; `baseline` for the same months of the pack's comparator year; `previous` for the
   * period of equal length before; `year-before` for the same months a year earlier; `rolling-year` for the
   * twelve months to the end of the period beside the twelve before them.
   */
  compare?: string | undefined
  /** Residents per which a rate is given, or, for 100, victims; a count when absent. */
  per?: 100 | 1000 | 100000 | 1000000 | undefined
  /** Named parameters of the measure, such as `{ whose: 'victim' }`. */
  variant?: Record<string, string> | undefined
  /** Leaves out the months that the area pack marks as pandemic. */
  leaveOutPandemic?: boolean | undefined
}

/** How much of a figure the viewer may see. `record` only where record-level data may be seen. */
export type DisclosureLevel = 'record' | 'protected'

export interface FigureRow {
  /** Labels of the dimensions asked for, in plain words; "Unknown" where it was not recorded. */
  labels: Partial<Record<DimensionId, string>>
  /** Codes of the same, for links and filters; null for unknown. */
  codes: Partial<Record<DimensionId, string | null>>
  /** The value in the figure's unit: a count, a rate, a percentage or a median. Null: missing or suppressed. */
  value: number | null
  /** What was counted. Equals `value` for counts; of a median, how many cases it is the median of. */
  count: number | null
  /** What it is out of: residents or victims, or cases for a proportion. Null for plain counts. */
  denominator: number | null
  /** 95% interval of `value`: exact Poisson for counts and rates, Wilson for proportions, by ranks for medians. */
  low: number | null
  high: number | null
  comparatorValue: number | null
  comparatorCount: number | null
  comparatorDenominator: number | null
  /** `value` with assessed effects of recording changes taken out; null where there are none. */
  adjustedValue: number | null
  /** True where the value is withheld so that nobody can be identified. */
  suppressed: boolean
  /** True where nothing was sent for this row's months: missing, never zero. */
  missing: boolean
}

export type WarningKind =
  | 'small-numbers'
  | 'incomplete-month'
  | 'recording-change'
  | 'missing-data'
  | 'missing-comparator'
  | 'comparator-period'
  | 'unknown-share'
  | 'denominator-year'
  | 'suppressed'
  | 'pandemic-left-out'
  | 'rounded'

export interface FigureWarning {
  kind: WarningKind
  sentence: string
}

export interface RecordingChange {
  id: string
  startsOn: Day
  title: string
  explains: string
  effectPercent: number | null
  source: string
}

export interface Figure {
  id: string
  measure: string
  title: string
  kind: FigureKind
  /** Definition in plain words, as the catalogue gives it. */
  definition: string
  unit: string
  period: Period
  by: DimensionId[]
  where: Partial<Record<DimensionId, string[]>>
  variant: Record<string, string>
  per: number | null
  /** Whom a rate is out of; null where the figure is none. */
  against: 'residents' | 'victims' | null
  comparator: Period | null
  rows: FigureRow[]
  /** The whole, not split. */
  total: FigureRow
  /** Per dimension: how many were not recorded or could not be placed, out of how many. */
  unknown: Partial<Record<DimensionId, { count: number | null; of: number | null; share: number | null }>>
  warnings: FigureWarning[]
  recordingChanges: RecordingChange[]
  disclosure: DisclosureLevel
  lineage: {
    evidenceVersion: string
    sql: string
    files: { dataset: string; month: Month; file: string; rows: number }[]
    rowsRead: number
  }
}
