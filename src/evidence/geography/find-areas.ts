/** The areas that figures and pages list. */
import type { AreaPack } from '../../areas/area-pack.ts'
import type { Month } from '../../platform/calendar.ts'
import type { Database, Queryable } from '../../platform/postgres.ts'
import type { Area, AreaKind } from '../evidence.ts'
import { areasInForce, covers, dayOfMonth, monthsOfChange, type PackWindow, packWindows } from './in-force.ts'
import { type AreaRow, areaRows } from './stored-geography.ts'

/**
 * Areas of a kind in force at some time in the period (whole months, both included), by code, each code once.
 * They are those in which records of these months are placed, under the same rules (`areasInForce`). Without
 * a period, all that were ever in force.
 */
export async function findAreas(
  database: Queryable,
  kind: AreaKind,
  from?: Month,
  to?: Month,
): Promise<Area[]> {
  const rows = await areaRows(database, kind)
  const { drawn, windows } = splitRows(rows)
  const found = new Map<string, Area>()
  for (const month of monthsOfChange(drawn, windows, from, to)) {
    for (const window of windows.filter(w => covers(w, dayOfMonth(month)))) {
      found.set(window.code, { ...plain(window), vintage: 'pack' })
    }
    for (const area of areasInForce(kind, drawn, windows, month)) {
      const named = found.get(area.code)
      const own = windows.findLast(w => w.code === area.code && covers(w, dayOfMonth(month)))
      found.set(area.code, {
        ...plain(area),
        // A boundary file without names shows codes; the pack knows better.
        name: area.name === area.code ? (own?.name ?? named?.name ?? area.name) : area.name,
        from: area.from ?? own?.from ?? null,
        to: area.to ?? own?.to ?? null,
        vintage: area.vintage,
      })
    }
  }
  return [...found.values()].sort((a, b) => (a.code < b.code ? -1 : 1))
}

/** Rows of boundary files, and periods of the pack. */
export function splitRows<A extends AreaRow>(rows: readonly A[]): { drawn: A[]; windows: PackWindow[] } {
  return {
    drawn: rows.filter(r => r.boundarySet !== null),
    windows: rows.filter(r => r.boundarySet === null),
  }
}

const plain = ({ kind, code, name, from, to }: PackWindow): Omit<Area, 'vintage'> => ({
  kind,
  code,
  name,
  from,
  to,
})

/**
 * Makes the pack's authorities, policing areas and impact areas known, so that figures name them whether or
 * not they have boundaries. To be called whenever an installation opens; the pack may have changed.
 */
export async function storePackAreas(
  database: Database,
  pack: Pick<AreaPack, 'localAuthorities' | 'policingAreas' | 'impactAreas'>,
): Promise<void> {
  const windows = packWindows(pack)
  await database.transaction(async tx => {
    await tx.query('delete from areas where boundary_set is null')
    await tx.query(
      // The same code may name a unit and its successor: the day it begins tells them apart.
      `insert into areas (kind, code, name, vintage, valid_from, valid_to)
       select a.kind, a.code, a.name, 'pack ' || coalesce(a.valid_from::text, ''), a.valid_from, a.valid_to
       from unnest($1::text[], $2::text[], $3::text[], $4::date[], $5::date[])
         as a (kind, code, name, valid_from, valid_to)
       on conflict do nothing`,
      [
        windows.map(w => w.kind),
        windows.map(w => w.code),
        windows.map(w => w.name),
        windows.map(w => w.from),
        windows.map(w => w.to),
      ],
    )
  })
}
