/**
 * The rises of one week that stand out from their own history, over all measures and areas at once, cut so that of
 * what is listed about one in ten is chance (Benjamini and Hochberg). Without the cut a list over hundreds of series
 * would be full every week: one in a hundred is beyond any one-in-a-hundred limit.
 *
 * Rises of harm that people reported, by place, so the measures are those that may be shown by place (R7): what
 * police activity produces would list the police's own operations. Records are read, so only for those who may.
 */
import { risesFrom } from '../../analysis/latest-rises.ts'
import { benjaminiHochberg } from '../../analysis/p-value-adjustment.ts'
import { UsageFault } from '../../platform/errors.ts'
import { getMeasure } from '../catalogue/index.ts'
import type { DisclosureLevel, FigureRequest, RecordingChange } from '../figure.ts'
import type { FigureContext } from '../figure-request.ts'
import { countingOf, type Measure, tablesOf } from '../measure.ts'
import { FOR_RECORDS_ONLY } from '../methods/records-behind.ts'
import type { MethodRunner } from '../methods/run-method.ts'
import { oncePerVersion } from '../once-per-version.ts'
import { recordingChangesIn } from '../recording-changes.ts'
import { placeMeasureIds } from './place-inputs.ts'
import { type Series, type WeeklySeries, weeklySeries } from './unusual-rises-series.ts'
import { mondayOf, sundayOf, type Week } from './unusual-rises-weeks.ts'

/** Of the rises listed, the share that may be chance. */
export const FALSE_SHARE = 0.1
/** The limit that is used where a single series is watched: one quiet week in a hundred lies beyond it. */
export const SINGLE_LIMIT = 0.01
/** Five years of history, the week itself, and room for the windows about the first. */
const WEEKS_READ = 5 * 52 + 4
const WEEKS_DRAWN = 52
/** Events are coded and sent late: within so many weeks of the last one held, more of them may come. */
const WEEKS_OPEN = 13

export interface Rise {
  measure: Measure
  series: Series
  observed: number
  expected: number
  /** Listed from this count on. */
  listedFrom: number
  /** Chance of at least the count in a week like those of its history. */
  chance: number
  /** Of the count, how many had happened more than four weeks before; null where that is not recorded. */
  late: number | null
  /** True where records of the week may still come in. */
  open: boolean
  changes: RecordingChange[]
  /** The year that ends with the week, oldest first; null where nothing is held. */
  recent: { week: Week; count: number | null }[]
  /** The figure of the week. */
  request: FigureRequest
}

export interface TestedMeasure {
  measure: Measure
  series: number
  tested: number
  /** Of the series tested, the years that their history reaches back; 0 where it is recent weeks only. */
  years: { least: number; most: number }
  /** First week of the unbroken history of the whole. */
  from: Week
  sql: string
}

export interface RisesOfWeek {
  week: Week
  rises: Rise[]
  measures: TestedMeasure[]
  /** Measures of which the week is not held whole, and until when they are. */
  notHeld: { measure: Measure; last: Week }[]
  tested: number
  /** How many of them lie beyond the limit for single series. */
  beyondSingleLimit: number
  evidenceVersion: string
}

/** Weeks of which some measure is held whole; null where there are none. */
export async function heldWeeks(context: FigureContext): Promise<{ first: Week; last: Week } | null> {
  const all = await allSeries(context)
  return all.length > 0
    ? { first: Math.min(...all.map(s => s.first)), last: Math.max(...all.map(s => s.last)) }
    : null
}

/** Throws UsageFault for who may not see records. A week that is not held whole has nothing tested. */
export async function unusualRises(
  context: FigureContext,
  methods: Pick<MethodRunner, 'run'>,
  week: Week,
  disclosure: DisclosureLevel,
): Promise<RisesOfWeek> {
  if (disclosure !== 'record') throw new UsageFault(FOR_RECORDS_ONLY)
  return oncePerVersion(context.evidence, `unusual rises ${week}`, () => findRises(context, methods, week))
}

/** Victims are not tested beside the offences that they are victims of: one event would be listed twice. */
const watched = placeMeasureIds.filter(id =>
  countingOf(getMeasure(id)).sources.every(s => s.kind !== 'people'),
)

async function allSeries(context: FigureContext): Promise<WeeklySeries[]> {
  const all = await Promise.all(watched.map(id => weeklySeries(context, id)))
  return all.filter(series => series !== null)
}

async function findRises(
  context: FigureContext,
  methods: Pick<MethodRunner, 'run'>,
  week: Week,
): Promise<RisesOfWeek> {
  const evidenceVersion = await context.evidence.version()
  const all = await allSeries(context)
  const held = all.filter(s => s.first <= week && s.last >= week)
  const judged = await Promise.all(
    held.map(series => methods.run('latest-rises', upTo(series, week, WEEKS_READ))),
  )
  const p = Float64Array.from(judged.flatMap(({ pValue }) => [...pValue]))
  const adjusted = benjaminiHochberg(p)
  const tested = p.filter(value => !Number.isNaN(value)).length
  const listed = p.filter((_, i) => adjusted[i]! <= FALSE_SHARE).length
  // The step at which the procedure stopped; where it listed nothing, its first.
  const cut = (FALSE_SHARE * Math.max(1, listed)) / Math.max(1, tested)

  const rises: Rise[] = []
  let at = 0
  for (const [m, series] of held.entries()) {
    const { expected, dispersion, pValue } = judged[m]!
    for (let s = 0; s < pValue.length; s++, at++) {
      if (!(adjusted[at]! <= FALSE_SHARE)) continue
      rises.push({
        ...weekOfSeries(series, s, week),
        expected: expected[s]!,
        listedFrom: risesFrom(expected[s]!, dispersion[s]!, cut),
        chance: pValue[s]!,
        changes: await changesBefore(context, series, week),
      })
    }
  }
  return {
    week,
    rises: rises.sort((a, b) => a.chance - b.chance || b.observed - a.observed),
    measures: held.map((weekly, m) => {
      const { measure, series, sql } = weekly
      const years = judged[m]!.years.filter((_, s) => !Number.isNaN(judged[m]!.pValue[s]!))
      return {
        measure,
        series: series.length,
        tested: years.length,
        years: { least: Math.min(...years), most: Math.max(...years) },
        from: historyFrom(weekly, week),
        sql,
      }
    }),
    notHeld: all.filter(s => !held.includes(s)).map(({ measure, last }) => ({ measure, last })),
    tested,
    beyondSingleLimit: p.filter(value => value <= SINGLE_LIMIT).length,
    evidenceVersion,
  }
}

/**
 * The weeks of every series up to one, at most so many. A series that is as good as that of a larger kind of area,
 * such as a city that is a policing area and a local authority, is left empty: it would be listed twice.
 */
function upTo({ counts, series, first, last }: WeeklySeries, week: Week, most: number) {
  const held = last - first + 1
  const end = week - first + 1
  const weeks = Math.min(most, end)
  const cut = new Float64Array(series.length * weeks)
  const of = (s: number) => counts.subarray(s * held + end - weeks, s * held + end)
  const levels = series.map(({ area }) => area?.level)
  for (let s = 0; s < series.length; s++) {
    // A ward is never a city.
    const twin =
      levels[s] !== 'ward' &&
      levels.some((level, t) => t < s && level !== levels[s] && asGoodAs(of(s), of(t)))
    if (twin) cut.fill(Number.NaN, s * weeks, (s + 1) * weeks)
    else cut.set(of(s), s * weeks)
  }
  return { counts: cut, weeks }
}

/** Records that lie in one and not in the other, as a share of all. */
const AS_GOOD = 0.02

function asGoodAs(a: Float64Array, b: Float64Array): boolean {
  let apart = 0
  let all = 0
  for (let i = 0; i < a.length; i++) {
    if (Number.isNaN(a[i]!) || Number.isNaN(b[i]!)) continue
    apart += Math.abs(a[i]! - b[i]!)
    all += b[i]!
  }
  return all > 0 && apart <= AS_GOOD * all
}

function weekOfSeries(
  { measure, series, counts, late, first, last, where }: WeeklySeries,
  s: number,
  week: Week,
): Pick<Rise, 'measure' | 'series' | 'observed' | 'late' | 'open' | 'recent' | 'request'> {
  const at = s * (last - first + 1) + week - first
  const { area } = series[s]!
  const drawn = Math.min(WEEKS_DRAWN, week - first + 1)
  return {
    measure,
    series: series[s]!,
    observed: counts[at]!,
    late: late ? late[at]! : null,
    open: late === null && week > last - WEEKS_OPEN,
    recent: Array.from({ length: drawn }, (_, i) => {
      const count = counts[at - drawn + 1 + i]!
      return { week: week - drawn + 1 + i, count: Number.isNaN(count) ? null : count }
    }),
    request: {
      measure: measure.id,
      from: mondayOf(week),
      to: sundayOf(week),
      ...(area || Object.keys(where).length > 0
        ? { where: { ...where, ...(area ? { [area.level]: [area.code] } : {}) } }
        : {}),
    },
  }
}

/** First week of the run up to the week in which every week is held, as far back as is read. */
function historyFrom({ counts, first }: WeeklySeries, week: Week): Week {
  let from = week
  while (from > first && from > week - WEEKS_READ && !Number.isNaN(counts[from - 1 - first]!)) from--
  return from
}

/** Changes in recording within the year before: the history on their far side was counted otherwise. */
const changesBefore = (
  { evidence }: FigureContext,
  weekly: WeeklySeries,
  week: Week,
): Promise<RecordingChange[]> =>
  recordingChangesIn(
    evidence,
    {
      measure: weekly.measure.id,
      countsOffences: tablesOf(countingOf(weekly.measure)).includes('offences'),
      forces: weekly.where.force ?? null,
    },
    [{ from: mondayOf(Math.max(week - WEEKS_DRAWN, historyFrom(weekly, week))), to: sundayOf(week) }],
  )
