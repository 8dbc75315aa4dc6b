/**
 * Builds the casework of the synthetic partnership: people, what is known of them, referrals, sharing, and the record of
 * it all. In one transaction: there is all of it or none.
 *
 * It is never mixed with real casework. Where anybody real has an account, or anything is held of anybody, nothing is built.
 */
import type { AreaPack } from '../../areas/area-pack.ts'
import { syncPack } from '../../casework/sync-pack.ts'
import { asProgram } from '../../governance/access/as-member.ts'
import type { Database, Queryable } from '../../platform/postgres.ts'
import { inventCasework } from './casework.ts'
import { settleCast } from './cast.ts'
import { settingOf } from './setting.ts'
import { writeCasework } from './write-casework.ts'

export interface CaseworkBuild {
  people: number
  records: number
  referrals: number
}

/** Null where nothing was built, because there is casework already or an account that is not synthetic. */
export async function buildSyntheticCasework(
  database: Database,
  pack: AreaPack,
  { seed, now }: { seed: number; now: Date },
): Promise<CaseworkBuild | null> {
  if (!(await isFree(database))) return null
  await syncPack(database, pack)
  await settleCast(database, now)
  const setting = settingOf(pack, seed, now)
  // Thought out before the transaction begins: the embedded database has one connection, and holds nobody up meanwhile.
  const casework = inventCasework(setting, await castAgencies(database))
  await asProgram(database, now, async tx => {
    if (await isFree(tx)) await writeCasework(tx, setting, casework)
  })
  await database.query('analyze')
  const { persons, records, referrals } = casework
  return { people: persons.length, records: records.length, referrals: referrals.length }
}

async function isFree(tx: Queryable): Promise<boolean> {
  const [held] = await tx.query<{ any: boolean }>(
    `select exists (select from persons) or exists (select from referrals)
       or exists (select from users where not synthetic) as any`,
  )
  return !held!.any
}

async function castAgencies(tx: Queryable): Promise<Map<number, string>> {
  const rows = await tx.query<{ place: number; agency: string }>(
    'select c.place, u.agency from demo_cast c join users u on u.id = c.user_id',
  )
  return new Map(rows.map(r => [r.place, r.agency]))
}
