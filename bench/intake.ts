/**
 * Intake of published rows, with checks, placement and Parquet by month, against DuckDB's bare `read_csv`
 * into a table: the least that anybody could do with the file.
 */
import { fork } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { quote } from '../src/evidence/dataset.ts'
import { openEngine } from '../src/platform/duckdb.ts'
import { alternate, ms, type Result } from './medians.ts'

/** Writes `rows` invented crimes over 24 months and some twenty thousand map points, as published. */
export async function writeStreetFile(path: string, rows: number, scratch: string): Promise<void> {
  const engine = await openEngine({ memory: '1GB', threads: 2, spill: scratch })
  const connection = await engine.connect()
  await connection.run(`copy (
    select case when i % 5 = 0 then null else md5(cast(i as varchar)) || md5(cast(i + 1 as varchar)) end as "Crime ID",
      strftime(date '2017-01-01' + to_months(cast(i % 24 as integer)), '%Y-%m') as "Month",
      'West Midlands Police' as "Reported by", 'West Midlands Police' as "Falls within",
      printf('%.6f', -2.2 + 0.77 * ((p * 7919) % 20000) / 20000.0) as "Longitude",
      printf('%.6f', 52.35 + 0.31 * ((p * 104729) % 20000) / 20000.0) as "Latitude",
      'On or near Invented Street ' || cast(p as varchar) as "Location",
      'X01' || lpad(cast(p % 1700 as varchar), 6, '0') as "LSOA code",
      'Invented ' || cast(p % 1700 as varchar) as "LSOA name",
      ['Robbery', 'Burglary', 'Drugs', 'Vehicle crime', 'Violence and sexual offences'][1 + i % 5] as "Crime type",
      case when i % 5 = 0 then null else 'Under investigation' end as "Last outcome category",
      null as "Context"
    from (select i, (i * 2654435761) % 20000 as p from range(${rows}) t(i))
  ) to ${quote(path)} (format csv, header)`)
  connection.close()
  engine.close()
}

interface ChildAnswer {
  seconds: number
  peakMegabytes: number
  accepted: number
}

/** Imports in a process of its own, so that its memory is its own; without a file it only opens the folder. */
const importInChild = (file: string | null, folder: string): Promise<ChildAnswer> =>
  new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'import-child.ts'), [folder, ...(file ? [file] : [])])
    child.once('message', message => resolve(message as ChildAnswer))
    child.once('exit', code => code !== 0 && reject(new Error(`The import ended with ${code}.`)))
  })

export async function benchIntake(scratch: string, rows: number, rounds: number): Promise<Result[]> {
  const file = join(scratch, `street-${rows}.csv`)
  await writeStreetFile(file, rows, scratch)
  let round = 0
  let last: ChildAnswer | null = null
  const ours: number[] = []
  const timings = await alternate(rounds, {
    ours: async () => {
      round++
      const folder = join(scratch, `data-${rows}-${round}`)
      // Making a new embedded PostgreSQL takes more memory than any import, and happens once in a lifetime.
      await importInChild(null, folder)
      last = await importInChild(file, folder)
      ours.push(last.seconds * 1000)
    },
    bare: async () => {
      const engine = await openEngine({
        memory: '600MB',
        threads: 2,
        spill: scratch,
        path: join(scratch, `bare-${rows}-${round}.duckdb`),
      })
      const connection = await engine.connect()
      await connection.run(`create table crimes as select * from read_csv(${quote(file)})`)
      connection.close()
      engine.close()
    },
  })
  const own = ours.toSorted((a, b) => a - b)[Math.floor(ours.length / 2)]!
  const bare = timings.bare!.median
  const size = (await stat(file)).size / 1e6
  const peak = last!.peakMegabytes
  return [
    {
      what: `Intake of ${(rows / 1e6).toFixed(0)} million published rows (${size.toFixed(0)} MB)`,
      headline: `${(own / bare).toFixed(2)}× bare read_csv into a table`,
      aim: 'within 3×',
      met: own / bare <= 3,
      detail: `${ms(own)} with checks, placement and Parquet by month, against ${ms(bare)}; ${last!.accepted} rows`,
    },
    {
      what: `Memory of that import`,
      headline: `${peak.toFixed(0)} MB at its peak`,
      aim: 'under 1,024 MB',
      met: peak < 1024,
      detail: 'resident set of the whole process, engine included',
    },
  ]
}
