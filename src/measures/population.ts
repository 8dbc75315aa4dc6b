/**
 * Residents that rates are out of. Counts are set against the people who live in an area, which is not the
 * people who are there on a Friday night; every rate names the year of its estimate.
 */
import type { AreaPack } from '../areas/area-pack.ts'
import { publishedAgeRanges } from '../evidence/codes/people-codes.ts'
import { quote } from '../evidence/dataset.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { oneOf } from './conditions.ts'
import type { DimensionId } from './figure.ts'
import { columnName, type Filters, statement } from './figure-query.ts'
import { oncePerVersion } from './once-per-version.ts'

/** Population is split by these; a rate by another description of people has no denominator. */
export const populationDimensions: readonly DimensionId[] = [
  'force',
  'npu',
  'local-authority',
  'ward',
  'lsoa',
  'impact-area',
  'age-band',
  'gender',
  'ethnic-group',
]

/** Descriptions of people or places that the population is not split by. */
export const withoutResidents: readonly DimensionId[] = [
  'ethnicity-self',
  'ethnicity-officer',
  'occupation',
  'age-group',
  'disability',
  'care',
]

const ageBands: [code: string, from: number, to: number][] = [
  ['under 10', 0, 9],
  ['10-17', 10, 17],
  ['18-24', 18, 24],
  ['25-34', 25, 34],
  ['over 34', 35, 120],
]
if (ageBands.length !== publishedAgeRanges.codes.length) throw new Error('Age bands and their codes differ')

function columnFor(id: DimensionId, pack: AreaPack): string {
  switch (id) {
    case 'npu':
      return 'r.policing_area'
    case 'local-authority':
      return 'r.local_authority'
    case 'impact-area':
      return 'r.impact_area'
    case 'ethnic-group':
      return 'r.ethnic_group'
    case 'age-band':
      return `case ${ageBands.map(([code, from, to]) => `when r.age_from >= ${from} and r.age_to <= ${to} then ${quote(code)}`).join(' ')} end`
    case 'force': {
      const authorities = pack.localAuthorities.map(a => a.code)
      return `case when ${oneOf('r.local_authority', authorities)} then ${quote(pack.force)} end`
    }
    default:
      return `r.${id}`
  }
}

export interface Residents {
  year: number
  sql: string
  /** Residents by the codes of the population dimensions asked for, in their order. */
  byCodes: Map<string, number>
  total: number
  /** Dimensions that the residents of that year are not split by. */
  notSplitBy: DimensionId[]
}

export const residentsKey = (codes: readonly (string | null)[]): string => JSON.stringify(codes)

const YEARS = `select year, count(gender) as with_gender, count(ethnic_group) as with_ethnic_group
from population
group by year`

interface YearHeld {
  year: number
  with_gender: number
  with_ethnic_group: number
}

/**
 * Residents in the nearest year that is not after the end of the period, else in the nearest after it; years
 * that hold the splits asked for come first. A measure of under-25s is set against residents under 25. Null when
 * no population is held.
 */
export async function residentsFor(
  evidence: Evidence,
  pack: AreaPack,
  by: readonly DimensionId[],
  where: Filters,
  lastYear: number,
  underAge: number | null,
): Promise<Residents | null> {
  const years = await oncePerVersion(evidence, 'population years', () => evidence.query<YearHeld>(YEARS))
  if (years.length === 0) return null
  const split = by.filter(id => populationDimensions.includes(id))
  const filtered = [...where]
    .filter(([id]) => populationDimensions.includes(id))
    .map(([id, codes]) => [id, codes.filter(code => code !== null)] as const)
  // Nobody lives in "Unknown".
  if (filtered.some(([, codes]) => codes.length === 0)) return null
  const needed = new Set([...split, ...filtered.map(([id]) => id)])
  const lacking = (held: YearHeld) =>
    [...needed].filter(
      id =>
        (id === 'gender' && held.with_gender === 0) ||
        (id === 'ethnic-group' && held.with_ethnic_group === 0),
    )
  const farness = (held: YearHeld) => (held.year <= lastYear ? lastYear - held.year : 10_000 + held.year)
  const best = [...years].sort((a, b) => lacking(a).length - lacking(b).length || farness(a) - farness(b))[0]!
  const columns = split.map(id => `${columnFor(id, pack)} as ${columnName(id)}`)
  const conditions = [
    `r.year = ${best.year}`,
    ...(underAge === null ? [] : [`r.age_to < ${underAge}`]),
    ...filtered.map(([id, codes]) => oneOf(columnFor(id, pack), codes)),
  ]
  const names = split.map(columnName)
  const sql = statement(
    [
      {
        name: 'residents_of_year',
        // Decimal, because sums of fractions in binary depend on the order in which threads add them.
        sql: `select ${[...columns, 'cast(r.residents as decimal(18, 3)) as residents'].join(', ')}\nfrom population r\nwhere ${conditions.join('\n  and ')}`,
      },
    ],
    `select ${[...names, 'cast(sum(residents) as double precision) as residents'].join(', ')}\nfrom residents_of_year${names.length > 0 ? `\ngroup by ${names.join(', ')}` : ''}`,
  )
  const rows = await oncePerVersion(evidence, sql, () =>
    evidence.query<Record<string, unknown> & { residents: number | null }>(sql),
  )
  const byCodes = new Map<string, number>()
  let total = 0
  for (const row of rows) {
    const residents = row.residents ?? 0
    total += residents
    byCodes.set(residentsKey(names.map(name => (row[name] ?? null) as string | null)), residents)
  }
  return { year: best.year, sql, byCodes, total: Math.round(total * 1000) / 1000, notSplitBy: lacking(best) }
}
