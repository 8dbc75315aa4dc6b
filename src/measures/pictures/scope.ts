/**
 * What a page of pictures shows: period, policing area, comparator. All of it lives in the address, so that a
 * colleague who is sent the link sees the same numbers.
 */
import { type Static, Type } from 'typebox'
import type { AreaPack } from '../../areas/area-pack.ts'
import { isMonth, type Month, monthOf, monthsBetween, periodWords } from '../../platform/calendar.ts'
import { getMeasure } from '../catalogue/index.ts'
import { dimensionsOf } from '../dimensions.ts'
import type { FigureRequest } from '../figure.ts'
import { FEWEST_BASELINE_MONTHS } from '../methods/control-chart.ts'
import { type HeldMonths, latestMonths } from './held.ts'

const text = Type.Optional(Type.String({ maxLength: 60 }))

/** Query string that every page of pictures understands; pages with more spread it into their own. */
export const scopeQuery = {
  from: text,
  to: text,
  npu: text,
  compare: text,
  pandemic: text,
  /** Months that the limits of trends rest on. */
  limits: text,
}
export type ScopeQuery = Static<ReturnType<typeof Type.Object<typeof scopeQuery>>>

export interface Scope {
  from: Month
  to: Month
  /** Code of a policing area; null for the whole force. */
  npu: string | null
  /** Set where other forces' records are held as well: they are not part of this area's picture. */
  force: string | null
  compare: string | null
  leaveOutPandemic: boolean
  /** Months chosen for the limits of trends to rest on; null for the usual ones. */
  limits: { from: Month; to: Month } | null
  /** What could not be used as it was asked for, in sentences; the page shows them and what it used instead. */
  problems: string[]
}

export const comparators = ['baseline', 'year-before', 'previous', 'none'] as const

/**
 * Reads the query against what is held. Nothing here refuses: a wrong month is named, and the latest year shown,
 * because somebody who mistyped an address still came for the picture.
 */
export function readScope(query: ScopeQuery, held: HeldMonths, pack: AreaPack, months = 12): Scope {
  const problems: string[] = []
  const latest = latestMonths(held, months)
  const month = (asked: string | undefined, name: string): Month | null => {
    if (!asked) return null
    if (isMonth(asked)) return asked
    problems.push(`"${asked}" (${name}) is not a month such as 2019-04.`)
    return null
  }
  let from = month(query.from, 'from') ?? latest.from
  let to = month(query.to, 'to') ?? (from > latest.to ? held.months.at(-1)! : latest.to)
  if (query.to && !query.from && isMonth(query.to)) from = latestMonths({ ...held, last: to }, months).from
  if (to < from) {
    problems.push(
      `The period asked for ends (${to}) before it begins (${from}). ${periodWords(latest.from, latest.to)} is shown instead.`,
    )
    from = latest.from
    to = latest.to
  }
  const area = pack.policingAreas.find(a => a.code === query.npu)
  if (query.npu && !area) problems.push(`There is no policing area "${query.npu}". All areas are shown.`)
  return {
    from,
    to,
    npu: area?.code ?? null,
    force: held.force,
    compare: readComparator(query.compare, from, pack, problems),
    leaveOutPandemic: query.pandemic === 'left-out',
    limits: readLimits(query.limits, held, to, problems),
    problems,
  }
}

function readLimits(
  asked: string | undefined,
  held: HeldMonths,
  to: Month,
  problems: string[],
): Scope['limits'] {
  if (!asked) return null
  const [from, last, ...more] = asked.split('..')
  const instead = 'The usual months are used instead.'
  if (!from || !last || more.length > 0 || !isMonth(from) || !isMonth(last) || last < from) {
    problems.push(`"${asked}" (limits) is not a run of months such as 2017-04..2019-03. ${instead}`)
    return null
  }
  if (last > to || from < held.first) {
    problems.push(
      `Limits cannot rest on ${periodWords(from, last)}: they need months from ${periodWords(held.first, to)}. ${instead}`,
    )
    return null
  }
  if (monthsBetween(from, last).length < FEWEST_BASELINE_MONTHS) {
    problems.push(
      `Limits cannot rest on ${periodWords(from, last)}: it takes at least twelve months. ${instead}`,
    )
    return null
  }
  return { from, to: last }
}

/** The baseline year where the period lies after it; otherwise the same months a year before. */
export const usualComparator = (from: Month, pack: AreaPack): string =>
  from > pack.baseline.to ? 'baseline' : 'year-before'

function readComparator(
  asked: string | undefined,
  from: Month,
  pack: AreaPack,
  problems: string[],
): string | null {
  if (!asked) return usualComparator(from, pack)
  if (asked === 'none') return null
  if (asked === 'baseline' && from <= pack.baseline.to) {
    problems.push(
      `The period does not lie after the baseline (${pack.baseline.label}), so it is compared with the same months a year before.`,
    )
    return 'year-before'
  }
  if ((comparators as readonly string[]).includes(asked)) return asked
  const [first, last, ...more] = asked.split('..')
  if (first && last && more.length === 0 && isMonth(first) && isMonth(last) && first <= last) return asked
  problems.push(
    `"${asked}" is no comparator: use baseline, year-before, previous, none, or months such as 2019-04..2019-11.`,
  )
  return usualComparator(from, pack)
}

/** The scope as part of a figure's request. `compare: false` leaves the comparator out. */
export function scoped(
  scope: Scope,
  request: Pick<FigureRequest, 'measure'> & Partial<FigureRequest>,
  { compare = true } = {},
): FigureRequest {
  const byForce = scope.force !== null && dimensionsOf(getMeasure(request.measure)).includes('force')
  const where = {
    ...request.where,
    ...(byForce ? { force: [scope.force!] } : {}),
    ...(scope.npu ? { npu: [scope.npu] } : {}),
  }
  return {
    from: scope.from,
    to: scope.to,
    ...(compare && scope.compare ? { compare: scope.compare } : {}),
    ...(scope.leaveOutPandemic ? { leaveOutPandemic: true } : {}),
    ...request,
    ...(Object.keys(where).length > 0 ? { where } : {}),
  }
}

/** Policing areas that existed in some of the period, by name. */
export const areasOfPeriod = (pack: AreaPack, from: Month, to: Month): AreaPack['policingAreas'] =>
  pack.policingAreas
    .filter(a => (!a.from || monthOf(a.from) <= to) && (!a.to || monthOf(a.to) >= from))
    .sort((a, b) => a.name.localeCompare(b.name, 'en-GB'))
