/** Brings what the database keeps of the area pack up to date with it: at every start, in the order in which it leans. */
import type { AreaPack } from '../areas/area-pack.ts'
import { syncAgencies } from '../governance/agencies/agency-store.ts'
import type { Database } from '../platform/postgres.ts'
import { syncCohorts } from './cohorts/pack-cohorts.ts'
import { syncCustody } from './custody/pack-custody.ts'
import { syncResources } from './tasking/bids/bid-store.ts'
import { syncMeetingTypes } from './tasking/meetings/meeting-type-store.ts'

export async function syncPack(database: Database, pack: AreaPack): Promise<void> {
  await syncAgencies(database, pack)
  await syncCohorts(database, pack)
  await syncCustody(database, pack)
  await syncMeetingTypes(database, pack)
  await syncResources(database, pack)
}
