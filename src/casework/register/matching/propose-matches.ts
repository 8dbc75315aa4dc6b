/** Looks through all agencies' records for pairs that may be of one person, and leaves them for coordinators to judge. */
import type { OneListPairs, OneListTask } from '../../../analysis/linkage/one-list.ts'
import { asProgram } from '../../../governance/access/as-member.ts'
import type { Database } from '../../../platform/postgres.ts'
import { type ComparedRecord, comparedFields, comparisonOf } from './compare-records.ts'

/** Runs the comparison, on another thread where there is one. */
export type LinkRecords = (task: OneListTask & { seed: number }) => Promise<OneListPairs>

export interface MatchesProposed {
  records: number
  /** Pairs that are new since the last time. */
  proposed: number
}

/** Any whole number: the same records give the same pairs. */
const SEED = 20_190_601

/** The records are read, and compared outside any transaction; what is proposed is written in one. */
export async function proposeMatches(
  database: Database,
  now: Date,
  link: LinkRecords,
): Promise<MatchesProposed> {
  const records = await asProgram(database, now, tx =>
    tx.query<ComparedRecord>(
      `select id, names, birth_date as "birthDate", birth_date_known as "birthDateKnown",
         coalesce(postcode, '') as postcode, coalesce(phone, '') as phone, coalesce(school, '') as school
       from agency_records where suspended_on is null order by id`,
    ),
  )
  if (records.length < 2) return { records: records.length, proposed: 0 }
  const pairs = await link({ ...comparisonOf(records), seed: SEED })
  const proposals = Array.from(pairs.left, (left, i) => {
    const ids = [records[left]!.id, records[pairs.right[i]!]!.id].sort()
    return {
      one: ids[0],
      other: ids[1],
      weight: pairs.weight[i],
      levels: Object.fromEntries(comparedFields.map((field, f) => [field, pairs.levels[f]![i]])),
    }
  })
  const proposed = await asProgram(database, now, async tx => {
    const added = await tx.query(
      `insert into match_proposals (one_record, other_record, levels, weight, proposed_at)
       select p.one, p.other, p.levels, p.weight, present()
       from jsonb_to_recordset($1) as p (one uuid, other uuid, levels jsonb, weight double precision)
       join agency_records one on one.id = p.one join agency_records other on other.id = p.other
       where one.person_id <> other.person_id
       on conflict (one_record, other_record) do nothing returning id`,
      [JSON.stringify(proposals)],
    )
    await tx.record('matches-proposed', { detail: { records: records.length, proposed: added.length } })
    return added.length
  })
  return { records: records.length, proposed }
}
