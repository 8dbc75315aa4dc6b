/** Small random evidence for every dataset, shaped by the descriptors: any code of any list, and blanks. */
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import type { Column, Dataset } from '../src/evidence/dataset.ts'
import { datasets, getDataset, sentDatasets } from '../src/evidence/datasets/index.ts'
import type { CellValue, EvidenceRow, EvidenceRows } from './evidence-in-memory.ts'
import { packForTests } from './pack-for-tests.ts'

export interface GeneratedSize {
  /** Rows of each dataset of events; people are up to three for each offence. */
  rows: number
}

/** The same seed gives the same rows. Dates lie in January 2019 to June 2020. */
export function generatedEvidence(seed: number, { rows }: GeneratedSize): EvidenceRows {
  const random = xoroshiro128plus(seed)
  const below = (n: number) => uniformInt(random, 0, n - 1)
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!
  const day = () => new Date(Date.UTC(2019, 0, 1 + below(547))).toISOString().slice(0, 10)

  const cellOf = (column: Column, n: number): CellValue => {
    if (!column.required && below(6) === 0) return null
    if (column.codes) return pick(column.codes.codes).code
    switch (column.type) {
      case 'integer':
      case 'number': {
        const { min, max } = column.range ?? { min: 0, max: 9 }
        return min + below(Math.min(60, max - min + 1))
      }
      case 'boolean':
        return below(2) === 0
      case 'date':
        return day()
      case 'month':
        return day().slice(0, 7)
      case 'timestamp':
      case 'instant':
        return `${day()} ${String(below(24)).padStart(2, '0')}:${String(below(60)).padStart(2, '0')}:00`
      case 'text':
        return `${column.name}-${n}`
    }
  }

  const rowOf = (dataset: Dataset, n: number): EvidenceRow => ({
    ...Object.fromEntries(
      dataset.columns
        .filter(column => !dataset.unpivot?.columns.includes(column.name))
        // What Concord counts names what a pack has few of; what partners send, each record.
        .map(column => [column.name, cellOf(column, dataset.fromCasework ? n % 8 : n)]),
    ),
    ...(dataset.forceFrom === 'file-name' ? { force: pick(['west-midlands', 'merseyside']) } : {}),
    lsoa: pick(['L1', 'L2', 'L3', null]),
    ward: pick(['W1', 'W2', null]),
    local_authority: pick([...packForTests.localAuthorities.map(a => a.code), null]),
    policing_area: pick([...packForTests.policingAreas.map(a => a.code), null]),
    impact_area: pick(['I1', null]),
  })

  const withForce = (row: EvidenceRow): EvidenceRow =>
    'force' in row ? { ...row, force: pick(['west-midlands', 'merseyside']) } : row

  const all: EvidenceRows = {}
  const generate = (dataset: Dataset) => {
    all[dataset.id] = Array.from({ length: rows }, (_, n) => withForce(rowOf(dataset, n)))
  }
  for (const dataset of sentDatasets) {
    if (dataset.id === 'offence-people' || dataset.id === 'recording-changes') continue
    generate(dataset)
  }
  const areaCounts = getDataset('police-uk-area-counts')
  const crimeTypes = areaCounts.columns.filter(c => areaCounts.unpivot!.columns.includes(c.name))
  for (const row of all[areaCounts.id]!) {
    row.crime_type = pick(crimeTypes).title
    row.crimes = below(9)
  }
  for (const row of all.population!) {
    const from = pick([0, 10, 18, 25, 35])
    Object.assign(row, { year: pick([2018, 2019, 2020]), age_from: from, age_to: from + 6 })
    row.residents = below(5000) / 8
  }
  const people = getDataset('offence-people')
  all[people.id] = all.offences!.flatMap(offence =>
    Array.from({ length: below(4) }, (_, n) => ({
      ...rowOf(people, n),
      force: offence.force!,
      offence_id: offence.offence_id!,
      recorded_on: offence.recorded_on!,
      person_no: n + 1,
      age: pick([null, 15, 24, 25, 40, 60]),
    })),
  )
  all['recording-changes'] = [
    {
      change_id: 'new-software',
      force: 'west-midlands',
      starts_on: '2019-08-01',
      title: 'New software',
      explains: 'More is recorded',
      effect_percent: 4,
      source: 'Invented for tests',
    },
    {
      change_id: 'searches',
      force: 'west-midlands',
      starts_on: '2019-10-15',
      title: 'New search form',
      explains: 'Searches are recorded on the street',
      measures: 'stop-and-search robbery',
      effect_percent: -10,
      source: 'Invented for tests',
    },
  ]
  for (const dataset of datasets.filter(d => d.fromCasework)) generate(dataset)
  return all
}
