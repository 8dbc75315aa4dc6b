/**
 * Areas in which a row can be placed at all.
 *
 * Of two policing areas that share a local authority, as Birmingham's did until April 2023, no row can be told
 * apart until boundaries or a lookup say which part is whose. Until then they would show as zero beside a large
 * "unknown", and a zero that nobody counted is worse than no row.
 */
import type { AreaPack, PackPolicingArea } from '../../areas/area-pack.ts'
import type { Queryable } from '../../platform/postgres.ts'
import type { Area } from '../evidence.ts'

const overlap = (a: PackPolicingArea, b: PackPolicingArea): boolean =>
  (a.from ?? '') <= (b.to ?? '9999') && (b.from ?? '') <= (a.to ?? '9999')

/** Of policing areas found, those that have boundaries, a lookup, or a local authority of their own. */
export async function placeablePolicingAreas(
  database: Queryable,
  pack: Pick<AreaPack, 'policingAreas'>,
  found: readonly Area[],
): Promise<Area[]> {
  const sharing = new Set(
    pack.policingAreas
      .filter(a =>
        pack.policingAreas.some(
          b => b.code !== a.code && b.localAuthority === a.localAuthority && overlap(a, b),
        ),
      )
      .map(a => a.code),
  )
  const drawn = await database.query<{ code: string }>(
    `select code from areas where kind = 'policing-area' and boundary_set is not null
     union select parent_code from area_parents where parent_kind = 'policing-area'`,
  )
  const told = new Set(drawn.map(row => row.code))
  return found.filter(area => !sharing.has(area.code) || told.has(area.code))
}
