/**
 * What is odd about a load although its rows are sound. Each finding is a sentence that an analyst can act
 * on or quote; none changes a row. Missing stays missing, and a doubled month stays visible.
 */
import { calendarWords, monthsBetween } from '../../platform/calendar.ts'
import type { EngineConnection } from '../../platform/duckdb.ts'
import { type Dataset, quote } from '../dataset.ts'
import type { CheckedRows } from './checked-rows.ts'
import type { Finding } from './load-report.ts'
import type { PlacedRows } from './place-rows.ts'
import type { Recognised } from './recognise.ts'

/** A personal column that is blank in at least this share of rows is named. */
const BLANK_SHARE = 0.1
/** Real repeats reach about 8% of published rows; a month sent twice has half its rows repeated. */
const DOUBLED_SHARE = 0.4

const number = new Intl.NumberFormat('en-GB')
const percent = (part: number, whole: number): string => `${Math.round((100 * part) / whole)}%`

export async function qualityFindings(
  connection: EngineConnection,
  recognised: Recognised,
  checked: CheckedRows,
  placed: PlacedRows,
  rows: number,
): Promise<Finding[]> {
  const { dataset } = recognised
  return [
    ...columnFindings(recognised),
    ...blankFindings(recognised, checked, rows),
    ...(await doubledMonths(connection, dataset, checked)),
    ...pointFindings(dataset, placed),
    ...(await clockFindings(connection, dataset, checked)),
    ...(await incidentFindings(connection, dataset, checked)),
    ...(await emptyMonths(connection, dataset, checked)),
    ...(checked.repeated > 0 ? [repeatFinding(dataset, checked.repeated)] : []),
    ...checked.findings,
  ]
}

function columnFindings({ dataset, columns, leftOut }: Recognised): Finding[] {
  const absent = columns.filter(
    c => c.index === null && !c.column.required && !c.column.unit?.includes('degrees'),
  )
  return [
    ...(leftOut.length > 0
      ? [
          {
            kind: 'columns-left-out',
            sentence: `${leftOut.length === 1 ? 'One column has' : `${leftOut.length} columns have`} no place in ${dataset.title.toLowerCase()} and ${leftOut.length === 1 ? 'was' : 'were'} left out: ${leftOut
              .slice(0, 6)
              .map(h => `“${h.slice(0, 40)}”`)
              .join(', ')}${leftOut.length > 6 ? ' …' : ''}.`,
            rows: null,
          },
        ]
      : []),
    ...(absent.length > 0 && dataset.forceFrom === undefined
      ? [
          {
            kind: 'columns-absent',
            sentence: `The file has no column for ${absent.map(c => c.column.title.toLowerCase()).join(', ')}: not recorded for any row.`,
            rows: null,
          },
        ]
      : []),
  ]
}

function blankFindings({ columns }: Recognised, { profiles }: CheckedRows, rows: number): Finding[] {
  return columns.flatMap(({ column, index, heading }) => {
    const blank = rows - profiles.get(column.name)!.filled
    if (index === null || blank === 0 || column.required) return []
    if (blank === rows) {
      // Optional remarks are often empty throughout; a blank characteristic of people is news.
      return column.personal
        ? [{ kind: 'blank-column', sentence: `“${heading}” is blank on every row.`, rows: blank }]
        : []
    }
    return column.personal && blank / rows >= BLANK_SHARE
      ? [
          {
            kind: 'blank-cells',
            sentence: `“${heading}” is blank on ${number.format(blank)} of ${number.format(rows)} rows (${percent(blank, rows)}).`,
            rows: blank,
          },
        ]
      : []
  })
}

/** Only for files without a key: with one, a doubled row is a repeat and counted once. */
async function doubledMonths(
  connection: EngineConnection,
  dataset: Dataset,
  { accepted }: CheckedRows,
): Promise<Finding[]> {
  // Our own rows are equal because they say little, and our own months without any had none.
  if (dataset.key.length > 0 || dataset.fromCasework) return []
  const row = `hash(${dataset.columns.map(c => c.name).join(', ')})`
  // Equal rows share a hash, so a sixteenth by hash shows about the same share of repeats at a sixteenth of the
  // cost. Only months that look doubled there, or are too small to tell, are looked at whole.
  const suspicious = await connection.rows<{ month: string }>(
    `select month from (select month, ${row} as row from ${accepted})
     group by month
     having count(*) < 5000
       or count(distinct case when row % 16 = 0 then row end) <= count(case when row % 16 = 0 then 1 end) * ${1 - DOUBLED_SHARE / 2}`,
  )
  if (suspicious.length === 0) return []
  const months = await connection.rows<{ month: string; n: number; different: number }>(
    `select month, count(*) as n, count(distinct ${row}) as different
     from ${accepted} where month in (${suspicious.map(s => quote(s.month)).join(', ')})
     group by month having n >= 20 and different <= n * ${1 - DOUBLED_SHARE} order by month`,
  )
  return months.map(({ month, n, different }) => ({
    kind: 'doubled-month',
    sentence: `${calendarWords(month)} looks doubled: ${number.format(n - different)} of its ${number.format(n)} rows repeat another row exactly. All are counted as sent; ask the supplier and withdraw the load if it was doubled.`,
    rows: n - different,
  }))
}

/** Kinds of finding that say where rows lie: they are made anew when boundaries are loaded. */
export const pointKinds = ['no-coordinates', 'outside-areas', 'no-boundaries'] as const

export function pointFindings(dataset: Dataset, placed: PlacedRows): Finding[] {
  if (dataset.placement !== 'point') return []
  const { rows: n, withoutPoint: without, outside, unplaced } = placed
  return [
    ...(without > 0
      ? [
          {
            kind: 'no-coordinates',
            sentence: `Rows without coordinates: ${number.format(without)} of ${number.format(n)} (${percent(without, n)}). They are counted, and shown as unknown wherever places are.`,
            rows: without,
          },
        ]
      : []),
    ...(outside > 0
      ? [
          {
            kind: 'outside-areas',
            sentence: `Points outside every area that Concord holds: ${number.format(outside)} of ${number.format(n)} rows. They are counted, and shown as unknown wherever places are.`,
            rows: outside,
          },
        ]
      : []),
    ...(unplaced === n && n > 0 && without < n
      ? [
          {
            kind: 'no-boundaries',
            sentence:
              'No row could be placed in an area: no boundaries are loaded for this period. Load them with the boundaries command; rows are placed then.',
            rows: n,
          },
        ]
      : []),
  ]
}

/** Published times are UTC: near midnight in summer, the day and the month differ from local time. */
async function clockFindings(
  connection: EngineConnection,
  dataset: Dataset,
  { accepted }: CheckedRows,
): Promise<Finding[]> {
  const instant = dataset.columns.find(c => c.type === 'instant')?.name
  if (!instant) return []
  const [found] = await connection.rows<{ n: number; midnight: number; other: number }>(
    `select count(*) as n, count(*) filter (hour(${instant}) = 0 and minute(${instant}) = 0 and second(${instant}) = 0) as midnight,
       count(*) filter (month <> file_month) as other from ${accepted}`,
  )
  const { n, midnight, other } = found!
  return [
    ...(midnight > 0 && midnight / n > 0.02
      ? [
          {
            kind: 'midnight',
            sentence: `Rows at exactly 00:00 local time: ${number.format(midnight)} of ${number.format(n)}. That may mean that the time was not recorded.`,
            rows: midnight,
          },
        ]
      : []),
    ...(other > 0
      ? [
          {
            kind: 'other-month',
            sentence: `Rows that by local time fall in another month than the file's: ${number.format(other)}. Each counts in the month in which it happened.`,
            rows: other,
          },
        ]
      : []),
  ]
}

async function incidentFindings(
  connection: EngineConnection,
  dataset: Dataset,
  { accepted }: CheckedRows,
): Promise<Finding[]> {
  if (dataset.id !== 'police-uk-street') return []
  const [found] = await connection.rows<{ incidents: number; same: number }>(
    `select count(*) as incidents, count(*) - count(distinct hash(${dataset.columns.map(c => c.name).join(', ')})) as same
     from ${accepted} where crime_id is null and api_id is null`,
  )
  return found!.same > 0
    ? [
        {
          kind: 'incidents-without-id',
          sentence: `Rows without a crime id: ${number.format(found!.incidents)}, of which ${number.format(found!.same)} equal another row. Anti-social behaviour never has one; these are separate incidents, and all are counted.`,
          rows: found!.same,
        },
      ]
    : []
}

/** Within a file, a month without a row may be quiet or may have been left out; only the supplier knows. */
async function emptyMonths(
  connection: EngineConnection,
  dataset: Dataset,
  { accepted }: CheckedRows,
): Promise<Finding[]> {
  // Reference data has a row per year, not per month.
  if (dataset.columns.some(c => c.name === dataset.period && c.type === 'integer')) return []
  const months = (
    await connection.rows<{ month: string }>(`select distinct month from ${accepted} order by month`)
  ).map(row => row.month)
  const [first] = months
  const last = months.at(-1)
  if (first === undefined || last === undefined || dataset.id === 'recording-changes') return []
  if (dataset.fromCasework) return []
  const without = monthsBetween(first, last).filter(month => !months.includes(month))
  return without.length > 0
    ? [
        {
          kind: 'months-without-rows',
          sentence: `The file has no rows for ${without.length === 1 ? calendarWords(without[0]!) : `${without.length} months between ${calendarWords(first)} and ${calendarWords(last)}, the first of them ${calendarWords(without[0]!)}`}. Figures show that as not sent, because a quiet month cannot be told from one that was left out.`,
          rows: null,
        },
      ]
    : []
}

const repeatFinding = (dataset: Dataset, repeated: number): Finding => ({
  kind: 'repeated-rows',
  sentence: `Rows that list an event again (the same ${(dataset.repeatsOn ?? dataset.key.join(' and ')).replaceAll('_', ' ')}): ${number.format(repeated)}. Each event is counted once.`,
  rows: repeated,
})
