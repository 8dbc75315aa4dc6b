import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { after, before, test } from 'node:test'
import type { AreaPack } from '../../areas/area-pack.ts'
import { kindsWithoutLists } from '../../areas/kinds-without-lists.ts'
import { readAreaPack } from '../../areas/read-area-pack.ts'
import { type Database, openDatabase } from '../../platform/postgres.ts'
import { syncPack } from '../sync-pack.ts'
import { readCohort } from './pack-cohorts.ts'

let database: Database
let pack: AreaPack
before(async () => {
  database = await openDatabase({ databaseUrl: null, folder: null })
  pack = await readAreaPack(resolve(import.meta.dirname, '../../../areas/west-midlands'))
  await syncPack(database, pack)
})
after(() => database.close())

test('what the pack says of a cohort is what the database keeps, however often the program starts', async () => {
  await syncPack(database, pack)
  const cohort = (await readCohort(database, 'birmingham-west'))!
  const named = pack.cohorts.find(c => c.id === 'birmingham-west')!
  assert.equal(cohort.name, named.name)
  assert.deepEqual(cohort.parties.map(p => p.agency).toSorted(), named.parties.toSorted())
  const tiers = pack.tierSchemes.find(s => s.id === named.scheme)!.tiers
  assert.deepEqual(
    cohort.tiers.map(({ id, rank, reviewDays, reviewDaysChild, visitEvery, mayPlace, custody }) => ({
      id,
      rank,
      reviewDays,
      reviewDaysChild,
      every: visitEvery,
      mayPlace,
      custody,
    })),
    tiers.map(t => ({
      id: t.id,
      rank: t.rank,
      reviewDays: t.reviewDays,
      reviewDaysChild: t.reviewDaysChild,
      every: t.visits?.every ?? null,
      mayPlace: t.mayPlace,
      custody: t.custody ?? false,
    })),
  )
})

test('a tier, a scheme or a cohort that leaves the pack keeps its name and its parties, and says that it has left', async () => {
  const changed = structuredClone(pack)
  changed.tierSchemes[0]!.tiers = changed.tierSchemes[0]!.tiers.filter(t => t.id !== 'tier-3')
  changed.tierSchemes[0]!.tiers[0]!.name = 'Tier 1: under another name'
  changed.tierSchemes = changed.tierSchemes.filter(s => s.id !== 'youth-at-risk')
  changed.cohorts = changed.cohorts.filter(c => c.scheme !== 'youth-at-risk')
  await syncPack(database, changed)
  const west = (await readCohort(database, 'birmingham-west'))!
  assert.deepEqual(
    west.tiers.filter(t => !t.inPack).map(t => t.name),
    ['Tier 3: targeted offender management'],
  )
  assert.equal(west.tiers[0]!.name, 'Tier 1: under another name')
  const walsall = (await readCohort(database, 'walsall-missing'))!
  assert.equal(walsall.inPack, false)
  assert.equal(walsall.name, 'Walsall: children who go missing')
  assert.ok(walsall.parties.length > 3)
  assert.ok(walsall.tiers.every(t => !t.inPack))
  await syncPack(database, pack)
  assert.ok((await readCohort(database, 'walsall-missing'))!.tiers.every(t => t.inPack))
})

test('R14 the database knows the kinds of agency that are given no list, as the pack’s check does', async () => {
  const [row] = await database.query<{ kinds: string[] }>('select kinds_without_lists() as kinds')
  assert.deepEqual(row!.kinds, kindsWithoutLists)
})
