/**
 * Referrals counted by who they were about, what became of them and whether somebody looked in time (R24). Unknowns are
 * a row like any other. Counts only: nothing of a single referral leaves the database.
 */
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import type { Day } from '../../../platform/calendar.ts'
import { careWords, disabilityWords, ethnicityWords, genderWords, kindWords } from '../referrals/answers.ts'
import { urgencies } from '../referrals/urgency.ts'
import { declineReasons } from '../triage/decline-reasons.ts'

export const outcomes = ['accepted', 'declined', 'withdrawn', 'open'] as const
export type Outcome = (typeof outcomes)[number]

export const timeliness = ['in-time', 'late', 'not-due'] as const
export type Timely = (typeof timeliness)[number]

const titlesOf = (table: Record<string, { title: string }>): Record<string, string> =>
  Object.fromEntries(Object.entries(table).map(([id, { title }]) => [id, title]))

/** What is counted by, with the words of each value in the order of the table. */
export const dimensions = {
  age: {
    title: 'Age',
    values: {
      'under-10': 'Under 10',
      '10-13': '10 to 13',
      '14-15': '14 to 15',
      '16-17': '16 to 17',
      '18-24': '18 to 24',
      '25-and-over': '25 and over',
      'not-known': 'Not known',
    },
  },
  gender: { title: 'Gender', values: genderWords },
  ethnicity: { title: 'Ethnic group', values: ethnicityWords },
  disability: { title: 'Disability', values: disabilityWords },
  care: { title: 'Looked after by a council', values: careWords },
  urgency: { title: 'How soon', values: titlesOf(urgencies) },
  kind: { title: 'About', values: titlesOf(kindWords) },
  reason: { title: 'Why it was not accepted', values: titlesOf(declineReasons) },
} as const satisfies Record<string, { title: string; values: Record<string, string> }>

export type CountDimension = keyof typeof dimensions

export interface CountRow {
  dimension: CountDimension
  value: string
  outcome: Outcome
  timely: Timely
  referrals: number
}

/** Referrals sent from one day to another, both included. */
export async function countReferrals(tx: MemberTransaction, from: Day, to: Day): Promise<CountRow[]> {
  const rows = await tx.query<CountRow>('select * from referral_counts($1, $2)', [from, to])
  await tx.record('referrals-counted', { kind: 'referral', detail: { from, to } })
  return rows
}

export interface CountTable {
  dimension: CountDimension
  columns: readonly string[]
  rows: { value: string; counts: number[] }[]
}

/** One dimension as a table of whole counts; values that nobody had are rows of zeros. */
export function tabulate<Column extends string>(
  rows: readonly CountRow[],
  dimension: CountDimension,
  columns: readonly Column[],
  columnOf: (row: CountRow) => Column,
): CountTable {
  const known = Object.keys(dimensions[dimension].values)
  const own = rows.filter(r => r.dimension === dimension)
  const other = [...new Set(own.map(r => r.value))].filter(value => !known.includes(value))
  return {
    dimension,
    columns,
    rows: [...known, ...other].map(value => ({
      value,
      counts: columns.map(column =>
        own.filter(r => r.value === value && columnOf(r) === column).reduce((sum, r) => sum + r.referrals, 0),
      ),
    })),
  }
}
