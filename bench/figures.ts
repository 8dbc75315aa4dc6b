/**
 * The whole Picture page's figures over two million offences, against the same counts written by hand as
 * plain DuckDB SQL over the same files: what the definitions, intervals, comparators and warnings cost.
 */
import { join } from 'node:path'
import { codesOfSubgroup, knifeReturnCodes } from '../src/evidence/codes/offence-codes.ts'
import { quote } from '../src/evidence/dataset.ts'
import { importFile } from '../src/evidence/intake/import-file.ts'
import type { EvidenceStore } from '../src/evidence/open-evidence.ts'
import { computeFigure } from '../src/measures/compute-figure.ts'
import type { FigureRequest } from '../src/measures/figure.ts'
import { tester } from '../test/temporary-store.ts'
import { alternate, ms, type Result } from './medians.ts'

/** What is copied of each table, beside the offence's number. */
const copied = [
  [
    'offences',
    'force, recorded_on, committed_from, committed_to, ho_code, knife_use, weapon, domestic, robbery_type, location_type, longitude, latitude, lsoa_code, outcome_type, outcome_on',
  ],
  [
    'offence_people',
    'person_no, force, recorded_on, role, age, gender, ethnicity_self, ethnicity_officer, occupation, charged, pseudonym',
  ],
] as const

/** Adds copies of the synthetic offences and their people, under other numbers, until there are `offences`. */
export async function multiplyOffences(
  store: EvidenceStore,
  offences: number,
  scratch: string,
): Promise<number> {
  const count = async () =>
    (await store.evidence.query<{ n: number }>('select count(*) as n from offences'))[0]!.n
  const copies = Math.ceil(offences / (await count())) - 1
  for (const [table, columns] of copied) {
    const files = await store.evidence.files(table)
    const originals = files.map(f => quote(join(store.installation.folder.evidenceFiles, f.file)))
    for (let copy = 1; copy <= copies; copy++) {
      const path = join(scratch, `${table}-${copy}.parquet`)
      const connection = await store.installation.engine.connect()
      await connection.run(
        `copy (select 'copy-${copy}-' || offence_id as offence_id, ${columns} from read_parquet([${originals.join(', ')}]))
         to ${quote(path)} (format parquet)`,
      )
      connection.close()
      const report = await importFile(store, { path, actor: tester, dataset: table })
      if (report.status !== 'active') throw new Error(`${table}: ${report.refusal ?? report.status}`)
    }
  }
  return count()
}

const PERIOD = { from: '2021-04', to: '2022-03', compare: '2019-04..2020-03' }

const requests: FigureRequest[] = [
  ...['knife-crime', 'knife-injury', 'u25-vwi', 'homicide', 'robbery-knife', 'sharp-object-admissions'].map(
    measure => ({ measure, by: ['npu' as const], ...PERIOD }),
  ),
  { measure: 'knife-crime', by: ['month'], from: '2018-04', to: '2022-03' },
  { measure: 'knife-crime', by: ['npu', 'month'], from: '2018-04', to: '2022-03' },
  {
    measure: 'knife-crime-victims',
    by: ['npu'],
    variant: { age: 'under-25' },
    from: PERIOD.from,
    to: PERIOD.to,
  },
]

/** The same counts as somebody in a hurry would write them: no intervals, no unknowns, no months without data. */
function plainStatements(tables: Record<'offences' | 'people' | 'admissions', string>): string[] {
  const list = (codes: string[]) => codes.map(quote).join(', ')
  const used = "knife_use in ('used_injury', 'used_no_injury', 'threat_seen', 'threat_unseen_believed')"
  const knife = `ho_code in (${list(knifeReturnCodes())}) and ${used}`
  const years = "(month between '2021-04' and '2022-03' or month between '2019-04' and '2020-03')"
  const byYear = (from: string, where: string) =>
    `select financial_year, policing_area, count(*) from ${from} where ${years} and ${where} group by all`
  const young = `exists (select 1 from ${tables.people} p where p.offence_id = o.offence_id and p.force = o.force and p.role = 'victim' and p.age < 25)`
  return [
    byYear(tables.offences, knife),
    byYear(tables.offences, `${knife} and knife_use = 'used_injury'`),
    `select financial_year, policing_area, count(*) from ${tables.offences} o
       where ${years} and ho_code in (${list(codesOfSubgroup('Violence with injury'))}) and not coalesce(domestic, false) and ${young} group by all`,
    byYear(tables.offences, `ho_code in (${list(codesOfSubgroup('Homicide'))})`),
    byYear(tables.offences, `ho_code in ('34A', '34B') and ${used}`),
    byYear(tables.admissions, "cause = 'X99'"),
    `select month, count(*) from ${tables.offences} where month between '2018-04' and '2022-03' and ${knife} group by all`,
    `select month, policing_area, count(*) from ${tables.offences} where month between '2018-04' and '2022-03' and ${knife} group by all`,
    `select o.policing_area, count(*) from ${tables.offences} o join ${tables.people} p using (force, offence_id)
       where o.month between '2021-04' and '2022-03' and ${knife} and p.role = 'victim' and p.age < 25 group by all`,
  ]
}

export async function benchFigures(store: EvidenceStore, rounds: number): Promise<Result[]> {
  const { evidence, pack, installation } = store
  const over = async (table: string) => {
    const files = await evidence.files(table)
    return `read_parquet([${files.map(f => quote(join(installation.folder.evidenceFiles, f.file))).join(', ')}])`
  }
  const statements = plainStatements({
    offences: await over('offences'),
    people: await over('offence_people'),
    admissions: await over('hospital_admissions'),
  })
  const connection = await installation.engine.connect()
  const [{ n } = { n: 0 }] = await evidence.query<{ n: number }>('select count(*) as n from offences')
  const timings = await alternate(rounds, {
    ours: async () => {
      await Promise.all(requests.map(request => computeFigure({ evidence, pack }, request, 'record')))
    },
    plain: async () => {
      for (const statement of statements) await connection.rows(statement)
    },
  })
  connection.close()
  const ours = timings.ours!.median
  const plain = timings.plain!.median
  return [
    {
      what: `The Picture page's ${requests.length} figures over ${(n / 1e6).toFixed(1)} million offences`,
      headline: `${(ours / plain).toFixed(2)}× plain DuckDB SQL`,
      aim: 'within 1.5×',
      met: ours / plain <= 1.5,
      detail: `${ms(ours)} with intervals, comparators, unknowns and warnings, against ${ms(plain)} for bare counts`,
    },
  ]
}
