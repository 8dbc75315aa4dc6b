/** Aoristic weights of a million events: the kernel against the same rule as SQL, on the same two cores. */
import { tmpdir } from 'node:os'
import { aoristicWeek } from '../src/analysis/aoristic.ts'
import { type EngineConnection, openEngine } from '../src/platform/duckdb.ts'
import { alternate, ms, type Result } from './medians.ts'

const EVENTS = 1_000_000
const AIM = 20

/**
 * Minutes since Sunday 1969-12-28. A quarter is known to the minute, half lies within fifteen hours, a fifth within
 * some days, and a few beyond a week: as in the events of the reference.
 */
const EVENTS_SQL = `create table spans as select start, start + length as stop from (
  select cast(20000000 + hash(i) % 1000000 as integer) as start,
         cast(case when hash(i, 1) % 100 < 25 then 0
                   when hash(i, 1) % 100 < 75 then hash(i, 2) % 900
                   when hash(i, 1) % 100 < 90 then 900 + hash(i, 2) % 2600
                   when hash(i, 1) % 100 < 97 then 3500 + hash(i, 2) % 4500
                   else 8000 + hash(i, 2) % 19000 end as integer) as length
  from range(${EVENTS}) as numbers(i))`

const RULE_SQL = `select cell, sum(weight) as weight from (
    select hour % 168 as cell,
           (least(stop, (hour + 1) * 60) - greatest(start, hour * 60)) / (stop - start) as weight
    from (select start, stop, unnest(generate_series(start // 60, (stop - 1) // 60)) as hour
          from spans where stop - start > 1 and stop - start < 10080)
    union all
    select start // 60 % 168, 1.0 from spans where stop - start <= 1
    union all
    select cell, weeks from range(168) as cells(cell),
      (select count(*) / 168.0 as weeks from spans where stop - start >= 10080))
  group by cell order by cell`

const SUNDAY_BEFORE_1970 = 5760

async function spansOf(connection: EngineConnection) {
  const reader = await connection.raw.runAndReadAll('select start, stop from spans')
  const [start, stop] = reader.getColumnsJS() as [number[], number[]]
  return {
    from: Float64Array.from(start, minute => minute - SUNDAY_BEFORE_1970),
    to: Float64Array.from(stop, minute => minute - SUNDAY_BEFORE_1970),
  }
}

export async function benchAoristic(rounds: number): Promise<Result[]> {
  const engine = await openEngine({ memory: '1GB', threads: 2, spill: tmpdir() })
  const connection = await engine.connect()
  try {
    await connection.run(EVENTS_SQL)
    const spans = await spansOf(connection)
    let ours: Float64Array = new Float64Array(0)
    let theirs: { weight: number }[] = []
    const { kernel, sql } = await alternate(rounds, {
      kernel: async () => {
        ours = aoristicWeek(spans, { cap: 'week' })
      },
      sql: async () => {
        theirs = await connection.rows<{ weight: number }>(RULE_SQL)
      },
    })
    const apart = Math.max(...theirs.map(({ weight }, cell) => Math.abs(weight - ours[cell]!) / weight))
    const ratio = sql!.median / kernel!.median
    return [
      {
        what: 'Aoristic weights, 1 million events',
        headline: `${ratio.toFixed(0)}× faster than the rule as DuckDB SQL`,
        aim: `${AIM}×`,
        met: ratio >= AIM && apart < 1e-9,
        detail: `${ms(kernel!.median)} against ${ms(sql!.median)}; both differ by ${apart.toExponential(0)} at most; floor ${ms((EVENTS * 16) / 1e7)} to read 16 MB at 10 GB/s`,
      },
    ]
  } finally {
    connection.close()
    engine.close()
  }
}
