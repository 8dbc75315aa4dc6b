/** Gi* on 100,000 cells against SQL, and Knox tables against a plain loop over the pairs that Flatbush finds. */
import { tmpdir } from 'node:os'
import Flatbush from 'flatbush'
import { closePairs } from '../src/analysis/close-pairs.ts'
import { latticeOf } from '../src/analysis/lattice.ts'
import { queenWindow } from '../src/analysis/lattice-window.ts'
import { latticeLocalG } from '../src/analysis/local-g.ts'
import { nearRepeats } from '../src/analysis/near-repeat.ts'
import { normalTwoSidedEach } from '../src/analysis/normal-tail.ts'
import { openEngine } from '../src/platform/duckdb.ts'
import { randomFrom } from '../src/synthetic/random.ts'
import { alternate, ms, type Result } from './medians.ts'

/** What R and Python took on a two-core machine like ours, kernel time without start-up. */
const ESDA_MS = 2600
const POINTPATS_MS = { 5000: 3300, 20000: 15_000 } as const

const COLUMNS = 400
const ROWS = 250

const GRID_SQL = `create table grid as select i as cell, i % ${COLUMNS} as col, i // ${COLUMNS} as row,
  cast(floor(-ln((hash(i) % 1000000 + 1) / 1000001.0) * 3) as double) as count
  from range(${COLUMNS * ROWS}) as cells(i)`

const GI_STAR_SQL = `with whole as (select count(*) as n, avg(count) as mean, stddev_pop(count) as sd from grid),
  near as (select a.cell, sum(b.count) as total, count(*) as w
    from (select cell, col + dx as col, row + dy as row from grid,
      (values (-1), (0), (1)) as across(dx), (values (-1), (0), (1)) as up(dy)) as a
    join grid as b using (col, row) group by a.cell)
  select (total - mean * w) / (sd * sqrt((n * w - w * w) / (n - 1))) as z from near, whole order by cell`

export async function benchLocalG(rounds: number): Promise<Result[]> {
  const engine = await openEngine({ memory: '1GB', threads: 2, spill: tmpdir() })
  const connection = await engine.connect()
  try {
    await connection.run(GRID_SQL)
    const reader = await connection.raw.runAndReadAll('select col, row, count from grid order by cell')
    const [col, row, count] = reader.getColumnsJS() as [bigint[], bigint[], number[]]
    const [columns, rows, counts] = [
      Int32Array.from(col, Number),
      Int32Array.from(row, Number),
      Float64Array.from(count),
    ]
    let ours: Float64Array = new Float64Array()
    let theirs: { z: number }[] = []
    const kernelRun = async () => {
      ours = latticeLocalG(counts, latticeOf(columns, rows), queenWindow(), { self: true })
      normalTwoSidedEach(ours)
    }
    // A few milliseconds of work: the first runs would measure the compiler.
    for (let run = 0; run < 10; run++) await kernelRun()
    const { kernel, sql } = await alternate(rounds, {
      kernel: kernelRun,
      sql: async () => {
        theirs = await connection.rows<{ z: number }>(GI_STAR_SQL)
      },
    })
    const apart = Math.max(...theirs.map(({ z }, cell) => Math.abs(z - ours[cell]!)))
    const took = kernel!.median
    return [
      {
        what: 'Gi* with queen neighbours and its p-value, 100,000 cells',
        headline: `${(sql!.median / took).toFixed(0)}× faster than the same as DuckDB SQL`,
        aim: '100× faster than esda (2.6 s on such a machine)',
        met: took * 100 <= ESDA_MS && apart < 1e-9,
        detail: `${ms(took)} against ${ms(sql!.median)}, z at most ${apart.toExponential(0)} apart; ${(ESDA_MS / took).toFixed(0)}× esda's figure; floor ${ms((counts.length * 48) / 1e7)} to read and write 48 bytes a cell at 10 GB/s`,
      },
    ]
  } finally {
    connection.close()
    engine.close()
  }
}

const DISTANCES = [0, 0.001, 100, 200, 300, 400, 500]
const DAYS = [0, 7, 14, 21, 28]
const PERMUTATIONS = 999

/** Fifty events a square kilometre and year, some of them at one address. */
function eventsOf(count: number) {
  const { unit, below } = randomFrom(count, 'bench of near repeats')
  const side = Math.sqrt(count / 50) * 1000
  const x = Float64Array.from({ length: count }, () => unit() * side)
  const y = Float64Array.from({ length: count }, () => unit() * side)
  for (let i = 0; i < count; i += 10) {
    const again = below(count)
    x[i] = x[again]!
    y[i] = y[again]!
  }
  return { x, y, day: Float64Array.from({ length: count }, () => below(365)) }
}

/** As one writes it: pairs found once, then the days shuffled and each pair's band found by comparing. */
function plainKnox({ x, y, day }: ReturnType<typeof eventsOf>, random: () => number): number[] {
  const index = new Flatbush(x.length)
  for (let i = 0; i < x.length; i++) index.add(x[i]!, y[i]!)
  index.finish()
  const bandOf = (edges: readonly number[], value: number): number => {
    for (let band = 0; band + 1 < edges.length; band++) {
      if (value >= edges[band]! && value < edges[band + 1]!) return band
    }
    return -1
  }
  const reach = DISTANCES.at(-1)!
  const pairs: { i: number; j: number; space: number }[] = []
  for (let i = 0; i < x.length; i++) {
    for (const j of index.search(x[i]! - reach, y[i]! - reach, x[i]! + reach, y[i]! + reach)) {
      const space = j > i ? bandOf(DISTANCES, Math.hypot(x[i]! - x[j]!, y[i]! - y[j]!)) : -1
      if (space >= 0) pairs.push({ i, j, space })
    }
  }
  const count = (days: Float64Array): number[] => {
    const counts = Array(24).fill(0)
    for (const { i, j, space } of pairs) {
      const time = bandOf(DAYS, Math.abs(days[i]! - days[j]!))
      if (time >= 0) counts[time * 6 + space]++
    }
    return counts
  }
  const observed = count(day)
  const dealt = day.slice()
  const reached = Array(24).fill(1)
  for (let n = 0; n < PERMUTATIONS; n++) {
    for (let i = dealt.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1))
      const kept = dealt[i]!
      dealt[i] = dealt[j]!
      dealt[j] = kept
    }
    for (const [cell, drawn] of count(dealt).entries()) if (drawn >= observed[cell]!) reached[cell]++
  }
  return observed
}

export async function benchNearRepeats(rounds: number): Promise<Result[]> {
  const results: Result[] = []
  for (const count of [5000, 20_000] as const) {
    const events = eventsOf(count)
    const { x, y, day } = events
    let ours: number[] = []
    let theirs: number[] = []
    const { kernel, plain } = await alternate(rounds, {
      kernel: async () => {
        const random = randomFrom(1, 'ours').unit
        const found = nearRepeats(x, y, day, {
          distances: DISTANCES,
          days: DAYS,
          metric: 'euclidean',
          permutations: PERMUTATIONS,
          random,
        })
        ours = [...found.observed]
      },
      plain: async () => {
        theirs = plainKnox(events, randomFrom(1, 'theirs').unit)
      },
    })
    const pairs = closePairs(x, y, DISTANCES, 'euclidean').one.length
    const took = kernel!.median
    const peer = POINTPATS_MS[count]
    const lookUps = pairs * PERMUTATIONS
    results.push({
      what: `Knox table, ${count.toLocaleString('en-GB')} events, ${PERMUTATIONS} permutations`,
      headline: `${(plain!.median / took).toFixed(1)}× faster than a plain loop over Flatbush's pairs`,
      aim: `10× faster than pointpats (${ms(peer)} on such a machine)`,
      met: took * 10 <= peer && ours.every((n, cell) => n === theirs[cell]),
      detail: `${ms(took)} against ${ms(plain!.median)}, the same pairs; ${(peer / took).toFixed(0)}× pointpats' figure (its own events); ${(lookUps / 1e6).toFixed(0)} million look-ups at ${((took / lookUps) * 1e6).toFixed(1)} ns, floor ${ms(lookUps / 2e6)} at two a nanosecond`,
    })
  }
  return results
}
