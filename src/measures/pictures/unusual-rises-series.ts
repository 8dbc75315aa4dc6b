/**
 * Weekly counts of a measure in every area that it is kept by: one statement a measure, however many areas.
 *
 * Only whole weeks of which every day was sent are counts; the others are NaN, not zero. Of offences it also says
 * how many had happened long before they were recorded, because a backlog typed in is a rise of nothing else.
 */
import { quote } from '../../evidence/dataset.ts'
import type { Area, AreaKind } from '../../evidence/evidence.ts'
import { addDays, lastDay, type Month, monthOf } from '../../platform/calendar.ts'
import { getMeasure } from '../catalogue/index.ts'
import { incompleteMonth } from '../coverage.ts'
import { dimensionsOf, packAreas } from '../dimensions.ts'
import type { FigureRequest } from '../figure.ts'
import { columnName, type FigureQuery, type Step, statement } from '../figure-query.ts'
import { type FigureContext, settle } from '../figure-request.ts'
import { type Counting, countingOf, type Measure, tablesOf } from '../measure.ts'
import { oncePerVersion } from '../once-per-version.ts'
import { firstDayOf } from '../periods.ts'
import { hasField } from '../record-fields.ts'
import { sideSteps } from '../side-steps.ts'
import { heldMonths } from './held.ts'
import { mondayOf, sundayOf, type Week, weekOf, weekSql } from './unusual-rises-weeks.ts'

export type SeriesLevel = 'npu' | 'local-authority' | 'ward'

const kinds: Record<SeriesLevel, AreaKind> = {
  npu: 'policing-area',
  'local-authority': 'local-authority',
  ward: 'ward',
}

export interface Series {
  /** Null for the whole area. */
  area: { level: SeriesLevel; code: string } | null
  /** "Coventry, local authority". */
  name: string
}

export interface WeeklySeries {
  measure: Measure
  /** First and last whole week held. */
  first: Week
  last: Week
  series: Series[]
  /** Series end to end, one count for each week from `first` to `last`; NaN where nothing is held. */
  counts: Float64Array
  /** Of each count, how many began more than four weeks before they were recorded; null where that is not known. */
  late: Float64Array | null
  /** What every request of the measure is limited to. */
  where: NonNullable<FigureRequest['where']>
  sql: string
}

export const LATE_DAYS = 28

/** Null where nothing is held, only months are published, or there is no whole week. */
export const weeklySeries = (context: FigureContext, measureId: string): Promise<WeeklySeries | null> =>
  oncePerVersion(context.evidence, `weekly series ${measureId}`, () => readSeries(context, measureId))

async function readSeries(context: FigureContext, measureId: string): Promise<WeeklySeries | null> {
  const { evidence, pack } = context
  const measure = getMeasure(measureId)
  const counting = countingOf(measure)
  if (!hasDays(counting)) return null
  const held = await heldMonths(evidence, pack, measureId)
  if (!held) return null
  const end = await lastWholeDay(context, counting, held.months.at(-1)!)
  const first = weekOf(addDays(firstDayOf({ from: held.first, to: held.first }), 6))
  const last = weekOf(addDays(end, 1)) - 1
  if (last < first) return null

  const where: WeeklySeries['where'] = held.force ? { force: [held.force] } : {}
  const request = { measure: measureId, from: mondayOf(first), to: sundayOf(last), where }
  const settled = await settle(context, request, 'record')
  const levels = (Object.keys(kinds) as SeriesLevel[]).filter(level => dimensionsOf(measure).includes(level))
  const areas = (await Promise.all(levels.map(level => areasOf(context, level, first, last)))).flat()
  const query: FigureQuery = {
    kind: measure.kind,
    counting: settled.counting,
    by: levels,
    where: settled.where,
    period: settled.sides.period,
    comparator: null,
    // Brings the day on which each row counts.
    changesOn: [mondayOf(first)],
    fields: tellsDelay(counting) ? ['day'] : [],
  }
  const sql = weeklySql(query, areas)
  const rows = await evidence.numbers(sql)

  const weeks = { first, count: last - first + 1 }
  const counts = byWeek(rows, 'n', areas.length + 1, weeks)
  leaveEmpty(counts, weeks, areas, held.gaps)
  return {
    measure,
    first,
    last,
    series: [
      { area: null, name: `All of ${pack.name}` },
      ...areas.map(({ level, code, name }) => ({
        area: { level, code },
        name: `${name}, ${level === 'npu' ? pack.words.policingArea : kinds[level].replace('-', ' ')}`,
      })),
    ],
    counts,
    late: tellsDelay(counting) ? byWeek(rows, 'delayed', areas.length + 1, weeks) : null,
    where,
    sql,
  }
}

interface Weeks {
  first: Week
  count: number
}

/** A column of the answer as series end to end, with a zero where it has no row. */
function byWeek(
  rows: Record<string, Float64Array>,
  column: string,
  series: number,
  { first, count }: Weeks,
): Float64Array {
  const { place = new Float64Array(), week = place, [column]: values = place } = rows
  const filled = new Float64Array(series * count)
  for (let i = 0; i < place.length; i++) filled[place[i]! * count + week[i]! - first] = values[i]!
  return filled
}

/** Weeks that touch a month that was not sent, for all; weeks before an area was there or after, for the area. */
function leaveEmpty(
  counts: Float64Array,
  { first, count }: Weeks,
  areas: readonly Place[],
  gaps: readonly Month[],
): void {
  for (let w = 0; w < count; w++) {
    const [monday, sunday] = [mondayOf(first + w), sundayOf(first + w)]
    if (gaps.includes(monthOf(monday)) || gaps.includes(monthOf(sunday))) {
      for (let at = w; at < counts.length; at += count) counts[at] = Number.NaN
    }
    for (const [i, { from, to }] of areas.entries()) {
      const isThere = (from === null || from <= monday) && (to === null || to >= sunday)
      if (!isThere) counts[(i + 1) * count + w] = Number.NaN
    }
  }
}

const hasDays = (counting: Counting): boolean => counting.sources.every(source => source.clock.day !== null)

/** Offences count on the day of recording and say when they began; other records count on the day of the event. */
const tellsDelay = (counting: Counting): boolean => counting.sources.every(source => hasField(source, 'day'))

/** The last day of which everything was sent: of a file that breaks off, the last day may be a part of one. */
async function lastWholeDay({ evidence }: FigureContext, counting: Counting, month: string): Promise<string> {
  const cut = await incompleteMonth(evidence, tablesOf(counting)[0]!, month)
  return cut ? addDays(cut.lastDay, -1) : lastDay(month)
}

interface Place extends Pick<Area, 'code' | 'name' | 'from' | 'to'> {
  level: SeriesLevel
}

/** Areas in force at some time in the weeks, each once, with the days from and to which it was there. */
async function areasOf(
  { evidence, pack }: FigureContext,
  level: SeriesLevel,
  first: Week,
  last: Week,
): Promise<Place[]> {
  const held = await evidence.areas(kinds[level], monthOf(mondayOf(first)), monthOf(sundayOf(last)))
  const found: Omit<Place, 'level'>[] =
    held.length > 0
      ? held
      : packAreas(pack, kinds[level]).map(a => ({ ...a, from: a.from ?? null, to: a.to ?? null }))
  // The same area stands in several vintages of boundaries.
  return [...Map.groupBy(found, area => area.code)].map(([code, vintages]) => ({
    level,
    code,
    name: vintages.at(-1)!.name,
    from: vintages.some(v => v.from === null) ? null : vintages.map(v => v.from!).sort()[0]!,
    to: vintages.some(v => v.to === null)
      ? null
      : vintages
          .map(v => v.to!)
          .sort()
          .at(-1)!,
  }))
}

/** Columns `place` (0 for the whole, then the areas in their order), `week`, `n` and `delayed`. */
function weeklySql(query: FigureQuery, areas: readonly Place[]): string {
  const counted = query.counting.sources.some(source => source.underAge !== undefined) ? 'counted' : '1'
  const delay = 'floor(extract(epoch from counted_on) / 86400) - day'
  const delayed = query.fields?.includes('day') === true
  const levels = query.by.filter(level => areas.some(area => area.level === level))
  const by = levels.map(columnName)
  const week = weekSql('counted_on')
  const sums = `sum(n) as n${delayed ? ', sum(delayed) as delayed' : ''}`
  const steps: Step[] = [
    ...sideSteps(query, 'period', query.period),
    {
      name: 'weekly',
      sql: `select ${[`${week} as week`, ...by, `sum(${counted}) as n`, ...(delayed ? [`sum(case when ${delay} > ${LATE_DAYS} then ${counted} else 0 end) as delayed`] : [])].join(', ')}
from in_period
group by ${[week, ...by].join(', ')}`,
    },
    ...levels.map(level => ({
      name: `${columnName(level)}_places`,
      sql: areas
        .flatMap((area, i) =>
          area.level === level ? [`select ${quote(area.code)} as code, ${i + 1} as place`] : [],
        )
        .join('\nunion all '),
    })),
  ]
  return statement(
    steps,
    [
      `select 0 as place, week, ${sums}\nfrom weekly\ngroup by week`,
      ...by.map(
        column =>
          `select place, week, ${sums}\nfrom weekly\njoin ${column}_places on code = ${column}\ngroup by place, week`,
      ),
    ].join('\nunion all\n'),
  )
}
