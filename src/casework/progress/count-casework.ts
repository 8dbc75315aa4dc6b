/**
 * Counts casework into the evidence, so that what becomes of referrals has the same definitions, intervals, suppression
 * and lineage as anything a partner sends. Rows say what a figure is split by and nothing else: no person, no reference,
 * no day, no order; what was deleted stays among them as a count (R12).
 *
 * Days that are over are counted, as they stood when the last of them ended. The same day therefore gives the same
 * evidence however often it is counted, and no two countings lie as close together as one act.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Actor } from '../../evidence/actor.ts'
import { listLoads, withdrawLoad } from '../../evidence/catalogue/loads.ts'
import type { Dataset } from '../../evidence/dataset.ts'
import { importFile } from '../../evidence/intake/import-file.ts'
import { csvLine } from '../../evidence/intake/reading/csv-text.ts'
import type { EvidenceStore } from '../../evidence/open-evidence.ts'
import { asProgram } from '../../governance/access/as-member.ts'
import { addDays, type Day, londonDay, monthOf } from '../../platform/calendar.ts'
import { londonInstant } from '../../platform/london-time.ts'
import type { Database } from '../../platform/postgres.ts'
import { type ProgressSource, progressSources } from './progress-sources.ts'

export interface CaseworkCount {
  dataset: string
  rows: number
  /** The last day counted, Europe/London. */
  countedTo: Day
}

interface CountedRow {
  counted: Record<string, string | number>
  rows: number
  invented: boolean
}

/** Gives what was counted of each dataset; nothing stands of one that has no rows. */
export async function countCasework(store: EvidenceStore, actor: Actor): Promise<CaseworkCount[]> {
  const { database, clock } = store.installation
  const now = clock()
  const counts: CaseworkCount[] = []
  for (const source of progressSources) {
    await source.prepare?.(store)
    // Read in one transaction, and written outside of it: the embedded database has one connection.
    const counted = await readCounted(database, source, now)
    const countedTo = dayBefore(now)
    if (counted.length > 0) await load(store, source.dataset, counted, countedTo, actor)
    else await withdraw(store, source.dataset, actor)
    counts.push({ dataset: source.dataset.id, rows: rowsOf(counted), countedTo })
  }
  return counts
}

const dayBefore = (now: Date): Day => addDays(londonDay(now), -1)

const rowsOf = (counted: readonly CountedRow[]): number => counted.reduce((sum, c) => sum + c.rows, 0)

/** Equal rows together, in an order that comes from what they say. */
function readCounted(
  database: Database,
  { dataset, counted }: ProgressSource,
  now: Date,
): Promise<CountedRow[]> {
  const countedTo = dayBefore(now)
  return asProgram(database, now, tx =>
    tx.query<CountedRow>(
      `select counted, sum(rows)::integer as rows, bool_and(invented) as invented
       from (
         select counted, 1 as rows, invented from ${counted}($1)
         union all
         select counted, rows, invented from kept_counts where dataset = $2 and counted ->> 'month' <= $3
       ) everything
       group by counted order by counted`,
      [londonInstant(londonDay(now), 0), dataset.id, monthOf(countedTo)],
    ),
  )
}

/** Nothing is there any more, not even a count: the synthetic partnership has ended. */
async function withdraw(store: EvidenceStore, { id }: Dataset, actor: Actor): Promise<void> {
  for (const standing of await listLoads(store.installation.database, { dataset: id })) {
    if (standing.status !== 'withdrawn') await withdrawLoad(store, standing.id, actor)
  }
}

async function load(
  store: EvidenceStore,
  dataset: Dataset,
  counted: readonly CountedRow[],
  countedTo: Day,
  actor: Actor,
): Promise<void> {
  const scratch = await mkdtemp(join(store.installation.folder.incoming, 'casework-'))
  try {
    const path = join(scratch, `${dataset.id}.csv`)
    await writeFile(path, csvOf(dataset, counted))
    const report = await importFile(store, {
      path,
      dataset: dataset.id,
      countedTo,
      actor,
      // Open to everybody only where nobody real sent any of it.
      ...(counted.every(c => c.invented) ? { invented: true as const } : {}),
    })
    if (report.status !== 'active' && report.status !== 'unchanged') {
      throw new Error(`${dataset.title} were not counted: ${report.refusal ?? report.status}`)
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

function csvOf({ columns }: Dataset, counted: readonly CountedRow[]): string {
  const names = columns.map(c => c.name)
  return [
    csvLine(names),
    ...counted.map(row =>
      csvLine(names.map(name => (row.counted[name] === undefined ? null : String(row.counted[name])))).repeat(
        row.rows,
      ),
    ),
  ].join('')
}
