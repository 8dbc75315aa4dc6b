/**
 * What is held and what is not. A month for which nobody sent a file is missing, never zero: the difference
 * between a quiet month and a lost e-mail.
 */

import { quote } from '../evidence/dataset.ts'
import { findDataset } from '../evidence/datasets/index.ts'
import type { ActiveFile, Evidence } from '../evidence/evidence.ts'
import { type Day, lastDay, type Month, monthOf } from '../platform/calendar.ts'
import { dimensionColumns } from './dimension-columns.ts'
import { compareText } from './dimensions.ts'
import type { Period } from './figure.ts'
import { type Counting, neededTables, tablesOf } from './measure.ts'
import { oncePerVersion } from './once-per-version.ts'

export interface Coverage {
  files: ActiveFile[]
  /** First and last month held; null where nothing is. */
  reach: Period | null
  /** Forces that sent anything in the months asked about, in order. */
  forces: string[]
  /** True where the month is held: for the force, or for any force. */
  holds(month: Month, force: string | null): boolean
}

/** Files of every table that a way of counting reads, and which months and forces they hold. */
export async function coverageOf(
  evidence: Evidence,
  counting: Counting,
  from: Month | undefined,
  to: Month | undefined,
): Promise<Coverage> {
  const tables = tablesOf(counting)
  const lists = await Promise.all(tables.map(table => evidence.files(table, from, to)))
  const counted = new Map<string, Period>()
  for (const table of tables) {
    const reach = (await evidence.countedTo(table)) && (await reachOfTable(evidence, table))
    if (reach) counted.set(table, reach)
  }
  const files = lists.flat()
  const held = new Map<string, Set<string>>()
  for (const file of files) {
    const key = `${file.table} ${file.month}`
    const forces = held.get(key) ?? new Set()
    for (const [force, rows] of Object.entries(file.forces)) if (rows > 0) forces.add(force)
    held.set(key, forces)
  }
  const groups = neededTables(counting)
  const hasForces = (table: string) =>
    dimensionColumns[table]?.force !== undefined || table === 'offence_people'
  return {
    files,
    reach: counted.get(tables[0]!) ?? heldPeriod(files),
    forces: [...new Set(files.flatMap(f => Object.keys(f.forces)))].sort(compareText),
    holds: (month, force) =>
      groups.every(tables =>
        tables.some(table => {
          const own = counted.get(table)
          if (own) return month >= own.from && month <= own.to
          const forces = held.get(`${table} ${month}`)
          return forces !== undefined && (force === null || !hasForces(table) || forces.has(force))
        }),
      ),
  }
}

/** First and last month of all that is held, or null when nothing is. */
export function heldPeriod(files: readonly ActiveFile[]): Period | null {
  const months = files.map(f => f.month).sort(compareText)
  return months.length > 0 ? { from: months[0]!, to: months.at(-1)! } : null
}

/**
 * First and last month held of a table; null where nothing is. What Concord counts itself reaches to the last day
 * counted, whether or not anything happened by then.
 */
export async function reachOfTable(evidence: Evidence, table: string): Promise<Period | null> {
  const held = heldPeriod(await evidence.files(table))
  const counted = await evidence.countedTo(table)
  return held && { from: held.from, to: counted ? monthOf(counted) : held.to }
}

export interface IncompleteMonth {
  month: Month
  lastDay: string
  daysSilent: number
  /** The month is not over yet, and was counted so far. */
  underWay: boolean
}

/**
 * Whether the last month held breaks off before its end. Silence at the end of a month is judged by the pace
 * before it: with `rows` in the first `day` days, the chance of none in the days that are left is
 * exp(−rows × left ÷ day). Below 1 in 20 the extract was cut early; above, it may just have been quiet.
 */
export async function incompleteMonth(
  evidence: Evidence,
  table: string,
  month: Month,
): Promise<IncompleteMonth | null> {
  const daysAfter = (day: Day) => Number(lastDay(month).slice(8, 10)) - Number(day.slice(8, 10))
  const counted = await evidence.countedTo(table)
  if (counted) {
    return monthOf(counted) === month && counted < lastDay(month)
      ? { month, lastDay: counted, daysSilent: daysAfter(counted), underWay: true }
      : null
  }
  const seen = await lastDayHeld(evidence, table, month)
  if (!seen) return null
  const left = daysAfter(seen.day)
  const chanceOfSilence = Math.exp((-seen.rows * left) / Number(seen.day.slice(8, 10)))
  return left > 0 && chanceOfSilence < 0.05
    ? { month, lastDay: seen.day, daysSilent: left, underWay: false }
    : null
}

/** The last day of a month of which a row is held, and the rows of that month; null where rows have no day. */
export async function lastDayHeld(
  evidence: Evidence,
  table: string,
  month: Month,
): Promise<{ day: Day; rows: number } | null> {
  const period = findDataset(table)?.period
  if (!period || period === 'month' || period === 'year') return null
  const [seen] = await oncePerVersion(evidence, `last day of ${table} ${month}`, () =>
    evidence.query<{ rows_held: number; last_day: string | null }>(
      `select count(*) as rows_held, cast(cast(max(${period}) as date) as varchar) as last_day\nfrom ${table}\nwhere month = ${quote(month)}`,
    ),
  )
  return seen?.last_day && monthOf(seen.last_day) === month
    ? { day: seen.last_day, rows: seen.rows_held }
    : null
}
