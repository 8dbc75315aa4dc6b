/** What was loaded: areas with their polygons, and parents. Parsed files are kept for the installation's life. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Position } from 'geojson'
import type { Day } from '../../platform/calendar.ts'
import { InputFault } from '../../platform/errors.ts'
import type { Installation } from '../../platform/installation.ts'
import type { Queryable } from '../../platform/postgres.ts'
import type { AreaKind } from '../evidence.ts'
import { type BoundaryFile, readBoundaries } from './boundary-file.ts'
import type { DatedArea } from './in-force.ts'

export interface AreaRow extends DatedArea {
  name: string
  /** Number of the boundary set, or null for an area that only the pack names. */
  boundarySet: number | null
}

export interface DrawnArea extends AreaRow {
  polygons: Position[][][]
}

export interface ParentRow {
  kind: AreaKind
  code: string
  vintage: string
  parentKind: AreaKind
  parentCode: string
  parentVintage: string
  share: number
}

interface BoundarySet {
  id: number
  layer: AreaKind
  vintage: string
  validFrom: Day | null
  validTo: Day | null
  file: string
}

/** Areas of a kind, or of all: earlier loads first, so that a later one wins where codes meet. */
export const areaRows = (database: Queryable, kind?: AreaKind): Promise<AreaRow[]> =>
  database.query<AreaRow>(
    `select kind, code, name, vintage, valid_from as "from", valid_to as "to", boundary_set as "boundarySet"
     from areas where $1::text is null or kind = $1 order by boundary_set nulls first, code, vintage`,
    [kind ?? null],
  )

export const boundarySets = (database: Queryable): Promise<BoundarySet[]> =>
  database.query<BoundarySet>(
    `select id, layer, vintage, valid_from as "validFrom", valid_to as "validTo", file
     from boundary_sets order by id`,
  )

export const parentRows = (database: Queryable): Promise<ParentRow[]> =>
  database.query<ParentRow>(
    `select kind, code, vintage, parent_kind as "parentKind", parent_code as "parentCode",
       parent_vintage as "parentVintage", share
     from area_parents order by kind, code, vintage, parent_kind, parent_vintage, parent_code`,
  )

/** Areas that have polygons. Throws `file-unreadable` when a boundary file is gone from the data folder. */
export async function drawnAreas(installation: Installation, kind?: AreaKind): Promise<DrawnArea[]> {
  const [rows, sets] = await Promise.all([
    areaRows(installation.database, kind),
    boundarySets(installation.database),
  ])
  const polygons = new Map<number, Map<string, Position[][][]>>()
  for (const set of sets.filter(s => kind === undefined || s.layer === kind)) {
    const { areas } = await parsedSet(installation, set)
    polygons.set(set.id, new Map(areas.map(a => [a.code, a.polygons])))
  }
  return rows.flatMap(row => {
    const drawn = row.boundarySet === null ? undefined : polygons.get(row.boundarySet)?.get(row.code)
    return drawn ? [{ ...row, polygons: drawn }] : []
  })
}

/** Files are named by their hash and never change, so what was parsed once stays right. */
const parsedFiles = new WeakMap<Installation, Map<string, Promise<BoundaryFile>>>()

function parsedSet(installation: Installation, { file, layer, vintage }: BoundarySet): Promise<BoundaryFile> {
  const files = parsedFiles.get(installation) ?? new Map<string, Promise<BoundaryFile>>()
  parsedFiles.set(installation, files)
  const key = `${file} ${layer} ${vintage}`
  const parsed = files.get(key) ?? parseStored(installation, file, layer, vintage)
  files.set(key, parsed)
  parsed.catch(() => files.delete(key))
  return parsed
}

async function parseStored(installation: Installation, file: string, layer: AreaKind, vintage: string) {
  const text = await readFile(join(installation.folder.boundaries, file), 'utf8').catch(() => {
    throw new InputFault(
      'file-unreadable',
      `The boundary file ${file} is gone from the data folder. Load the ${layer} boundaries (${vintage}) again, or restore a backup.`,
    )
  })
  return readBoundaries(text, file, { layer, vintage })
}
