/**
 * Loading a boundary file: a copy under its hash in the data folder, and its areas and parents in the
 * catalogue, in one transaction. The same file again changes nothing.
 *
 * A layer and vintage may be made of several files (one for each force). A file that holds a code which an
 * earlier file of the same layer and vintage holds replaces that earlier file whole: it is the corrected one.
 */
import { createHash } from 'node:crypto'
import { readFile, rename, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Day, isDay } from '../../platform/calendar.ts'
import { InputFault } from '../../platform/errors.ts'
import type { Installation } from '../../platform/installation.ts'
import type { Queryable } from '../../platform/postgres.ts'
import { type Acting, recordAct, settleActing } from '../../platform/record-of-acts.ts'
import type { AreaKind } from '../evidence.ts'
import { kindWords } from './area-properties.ts'
import { type BoundaryFile, readBoundaries } from './boundary-file.ts'

export interface BoundaryRequest {
  path: string
  /** Told from the properties' names when absent. */
  layer?: AreaKind | undefined
  vintage?: string | undefined
  /** First and last day on which the areas were in force; see `usualDates`. */
  validFrom?: Day | undefined
  validTo?: Day | undefined
}

export interface BoundaryLoad {
  status: 'loaded' | 'unchanged'
  layer: AreaKind
  vintage: string
  validFrom: Day | null
  validTo: Day | null
  areas: number
  /** Features joined to another with the same code. */
  merged: number
  /** Areas of earlier files that this one replaced. */
  replaced: number
  /** The same in words, for people. */
  sentence: string
}

/** Far above any layer of one force at full resolution; beyond it a JSON text no longer fits a string. */
const MAX_BYTES = 400_000_000

/**
 * data.police.uk changed from 2011 to 2021 small areas with the files of June 2023. Other layers have no
 * dates unless they are given: the vintage's year then decides (`areasInForce`).
 */
const usualDates: Record<string, { from: Day | null; to: Day | null }> = {
  'lsoa 2011': { from: null, to: '2023-05-31' },
  'lsoa 2021': { from: '2023-06-01', to: null },
}

/**
 * Loads one GeoJSON file. Throws `boundaries-invalid` (with the feature that is wrong), `file-unreadable`,
 * `file-too-large` or `period-invalid`; nothing is changed then.
 */
export async function loadBoundaryFile(
  installation: Installation,
  request: BoundaryRequest,
  actor: Acting,
): Promise<BoundaryLoad> {
  checkDates(request)
  const bytes = await readWhole(request.path)
  const fileName = basename(request.path)
  const boundaries = readBoundaries(bytes.toString('utf8'), fileName, request)
  const usual = usualDates[`${boundaries.layer} ${boundaries.vintage}`]
  const dates = {
    validFrom: request.validFrom ?? usual?.from ?? null,
    validTo: request.validTo ?? usual?.to ?? null,
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const file = `${sha256}.geojson`
  // Written beside and renamed, so that a crash leaves no half file under a name that promises the whole.
  const incoming = join(installation.folder.incoming, `${sha256}.${process.pid}.geojson`)
  await writeFile(incoming, bytes)
  await rename(incoming, join(installation.folder.boundaries, file))

  const now = installation.clock()
  const outcome = await installation.database.transaction(async tx => {
    const kept = await keepSet(tx, { ...dates, boundaries, file, sha256, loadedAt: now.toISOString() })
    await settleActing(tx, actor, now)
    await recordAct(tx, actor, 'boundaries-loaded', {
      kind: 'boundaries',
      id: `${boundaries.layer} ${boundaries.vintage}`,
      detail: { areas: boundaries.areas.length, ...kept },
    })
    return kept
  })
  const load = {
    ...outcome,
    ...dates,
    layer: boundaries.layer,
    vintage: boundaries.vintage,
    areas: boundaries.areas.length,
    merged: boundaries.merged,
  }
  return { ...load, sentence: loadSentence(fileName, load) }
}

function checkDates({ validFrom, validTo }: BoundaryRequest): void {
  for (const day of [validFrom, validTo]) {
    if (day !== undefined && !isDay(day)) {
      throw new InputFault('period-invalid', `"${day}" is not a day such as 2019-04-30.`)
    }
  }
  if (validFrom && validTo && validTo < validFrom) {
    throw new InputFault('period-invalid', `The areas end (${validTo}) before they begin (${validFrom}).`)
  }
}

async function readWhole(path: string): Promise<Buffer> {
  const size = await stat(path).then(
    s => (s.isFile() ? s.size : null),
    () => null,
  )
  if (size === null) throw new InputFault('file-unreadable', `There is no file ${path} that can be read.`)
  if (size > MAX_BYTES) {
    throw new InputFault(
      'file-too-large',
      `${basename(path)} is larger than 400 MB. Send a generalised layer, or one for your area only.`,
    )
  }
  return readFile(path).catch(() => {
    throw new InputFault('file-unreadable', `${path} cannot be read.`)
  })
}

interface NewSet {
  boundaries: BoundaryFile
  file: string
  sha256: string
  validFrom: Day | null
  validTo: Day | null
  loadedAt: string
}

async function keepSet(tx: Queryable, set: NewSet): Promise<Pick<BoundaryLoad, 'status' | 'replaced'>> {
  const { layer, vintage, areas } = set.boundaries
  const same = await tx.query(
    `select id from boundary_sets where layer = $1 and vintage = $2 and file_sha256 = $3
       and valid_from is not distinct from $4::date and valid_to is not distinct from $5::date`,
    [layer, vintage, set.sha256, set.validFrom, set.validTo],
  )
  if (same.length > 0) return { status: 'unchanged', replaced: 0 }
  const replaced = await tx.query<{ features: number }>(
    `delete from boundary_sets where id in
       (select boundary_set from areas where kind = $1 and vintage = $2 and code = any($3::text[]))
     returning features`,
    [layer, vintage, areas.map(a => a.code)],
  )
  const [row] = await tx.query<{ id: number }>(
    `insert into boundary_sets (layer, vintage, valid_from, valid_to, file, file_sha256, features, loaded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    [layer, vintage, set.validFrom, set.validTo, set.file, set.sha256, areas.length, set.loadedAt],
  )
  await tx.query(
    `insert into areas (kind, code, name, vintage, valid_from, valid_to, boundary_set)
     select $1, a.code, a.name, $2, a.valid_from, a.valid_to, $3
     from unnest($4::text[], $5::text[], $6::date[], $7::date[]) as a (code, name, valid_from, valid_to)`,
    [
      layer,
      vintage,
      row!.id,
      areas.map(a => a.code),
      areas.map(a => a.name),
      areas.map(a => a.from ?? set.validFrom),
      areas.map(a => a.to ?? set.validTo),
    ],
  )
  const parents = areas.flatMap(a => a.parents.map(p => ({ ...p, child: a.code })))
  await tx.query(
    `insert into area_parents (kind, code, vintage, parent_kind, parent_code, parent_vintage, boundary_set)
     select $1, p.code, $2, p.parent_kind, p.parent_code, p.parent_vintage, $3
     from unnest($4::text[], $5::text[], $6::text[], $7::text[]) as p (code, parent_kind, parent_code, parent_vintage)
     on conflict do nothing`,
    [
      layer,
      vintage,
      row!.id,
      parents.map(p => p.child),
      parents.map(p => p.kind),
      parents.map(p => p.code),
      parents.map(p => p.vintage),
    ],
  )
  return { status: 'loaded', replaced: replaced.reduce((sum, r) => sum + r.features, 0) }
}

function loadSentence(fileName: string, load: Omit<BoundaryLoad, 'sentence'>): string {
  const what = `${load.areas.toLocaleString('en-GB')} ${kindWords[load.layer]} (${load.vintage})`
  if (load.status === 'unchanged') return `${fileName} is loaded already: ${what}. Nothing was changed.`
  const merged = load.merged > 0 ? ` ${load.merged} features were joined to another with the same code.` : ''
  const replaced =
    load.replaced > 0
      ? ` They replace ${load.replaced.toLocaleString('en-GB')} areas of an earlier file with the same codes.`
      : ''
  return `${fileName}: ${what} loaded.${merged}${replaced}`
}
