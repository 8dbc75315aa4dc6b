/** How far each dataset reaches: months held, and the gaps between them. What is not held is not zero. */
import { type Month, monthNumber, monthsBetween } from '../../platform/calendar.ts'
import type { Dataset } from '../dataset.ts'
import { datasets } from '../datasets/index.ts'
import type { ActiveFile, Evidence } from '../evidence.ts'

export interface MonthHeld {
  month: Month
  rows: number
}

export interface Held {
  from: Month
  to: Month
  months: MonthHeld[]
  /** Runs of months within the reach in which nothing is held. */
  gaps: { from: Month; to: Month }[]
  rows: number
}

export interface DatasetCoverage {
  dataset: Dataset
  /** Null where nothing was loaded. */
  held: Held | null
  /** By force where the dataset has several: a force may miss months that another has. */
  forces: { force: string; held: Held }[]
}

export const coverageOfDatasets = (evidence: Evidence): Promise<DatasetCoverage[]> =>
  Promise.all(datasets.map(dataset => coverageOfDataset(evidence, dataset)))

export async function coverageOfDataset(evidence: Evidence, dataset: Dataset): Promise<DatasetCoverage> {
  const files = await evidence.files(dataset.table)
  const monthly = comesMonthly(dataset)
  const names = [...new Set(files.flatMap(f => Object.keys(f.forces)))].sort()
  return {
    dataset,
    held: heldOf(files, monthly, f => f.rows),
    forces: names.flatMap(force => {
      const held = heldOf(files, monthly, f => f.forces[force] ?? 0)
      return held ? [{ force, held }] : []
    }),
  }
}

/** Yearly counts, the register of recording changes and what Concord counts itself have no month that could be missing. */
export const comesMonthly = (dataset: Dataset): boolean =>
  dataset.period !== 'year' && dataset.id !== 'recording-changes' && !dataset.fromCasework

function heldOf(
  files: readonly ActiveFile[],
  monthly: boolean,
  rowsOf: (file: ActiveFile) => number,
): Held | null {
  const byMonth = new Map<Month, number>()
  for (const file of files) {
    const rows = rowsOf(file)
    if (rows > 0) byMonth.set(file.month, (byMonth.get(file.month) ?? 0) + rows)
  }
  const months = [...byMonth]
    .map(([month, rows]) => ({ month, rows }))
    .sort((a, b) => (a.month < b.month ? -1 : 1))
  const [first, last] = [months[0], months.at(-1)]
  if (!first || !last) return null
  const gaps: Held['gaps'] = []
  for (const month of monthly ? monthsBetween(first.month, last.month).filter(m => !byMonth.has(m)) : []) {
    const open = gaps.at(-1)
    if (open && monthNumber(month) - monthNumber(open.to) === 1) open.to = month
    else gaps.push({ from: month, to: month })
  }
  return {
    from: first.month,
    to: last.month,
    months,
    gaps,
    rows: months.reduce((sum, m) => sum + m.rows, 0),
  }
}
