/**
 * Loading a lookup: a CSV that says which area lies in which, such as the best-fit tables of the Office for
 * National Statistics (LSOA 2011 to LSOA 2021, LSOA to ward to local authority).
 *
 * The 2011 to 2021 table repeats rows where small areas were split (S), merged (M) or changed irregularly (X).
 * Joining counts through it would multiply them. Each row therefore gets a share, 1/n for n parents of the
 * same layer and vintage: the table knows no weights, and an even share is an assumption. Placement of single
 * records does not use shares to spread a record; see `supplied-areas.ts`.
 */
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { InputFault } from '../../platform/errors.ts'
import type { Installation } from '../../platform/installation.ts'
import { type Acting, recordAct, settleActing } from '../../platform/record-of-acts.ts'
import { quote } from '../dataset.ts'
import type { AreaKind } from '../evidence.ts'
import { type CodeProperty, codeProperties, isPlacedKind, kindWords } from './area-properties.ts'
import { isParentOf } from './boundary-file.ts'

export interface LookupPart {
  kind: AreaKind
  vintage: string
  parentKind: AreaKind
  parentVintage: string
  /** Areas that have a parent. */
  areas: number
  /** Areas that have several parents: the split ones. */
  split: number
}

export interface LookupLoad {
  parts: LookupPart[]
  /** The same in words, for people. */
  sentence: string
}

type LookupColumn = CodeProperty & { kind: AreaKind }

/**
 * Loads one CSV lookup. Parents of the areas that the file holds are replaced, so that the same file again
 * changes nothing. Throws `file-unreadable` or `boundaries-invalid`.
 */
export async function loadLookupFile(
  installation: Installation,
  path: string,
  actor: Acting,
): Promise<LookupLoad> {
  const fileName = basename(path)
  const rows = await csvRows(installation, path)
  if (rows.length === 0) throw new InputFault('file-empty', `${fileName} has a header and no rows.`)
  const columns = codeProperties(Object.keys(rows[0]!)).filter((c): c is LookupColumn => isPlacedKind(c.kind))
  const pairs = columns.flatMap(child =>
    columns.filter(parent => leadsTo(child, parent)).map(parent => ({ child, parent })),
  )
  if (pairs.length === 0) {
    throw new InputFault(
      'boundaries-invalid',
      `${fileName} does not say which area lies in which: it needs two columns of codes such as lsoa21_code and ward24_code. Its columns are ${Object.keys(rows[0]!).join(', ')}.`,
    )
  }
  const links = pairs.map(({ child, parent }) => ({ child, parent, rows: linksOf(rows, child, parent) }))
  await installation.database.transaction(async tx => {
    for (const { child, parent, rows: linked } of links) {
      const keys = [child.kind, child.vintage, parent.kind, parent.vintage]
      const codes = linked.map(l => l.code)
      await tx.query(
        `delete from area_parents where kind = $1 and vintage = $2 and parent_kind = $3 and parent_vintage = $4
           and code = any($5::text[])`,
        [...keys, codes],
      )
      await tx.query(
        `insert into area_parents (kind, vintage, parent_kind, parent_vintage, code, parent_code, share)
         select $1, $2, $3, $4, l.code, l.parent, l.share
         from unnest($5::text[], $6::text[], $7::float8[]) as l (code, parent, share)`,
        [...keys, codes, linked.map(l => l.parent), linked.map(l => l.share)],
      )
    }
    await settleActing(tx, actor, installation.clock())
    await recordAct(tx, actor, 'boundaries-loaded', {
      kind: 'lookup',
      id: pairs.map(({ child, parent }) => `${child.kind} to ${parent.kind}`).join(', '),
    })
  })
  const parts = links.map(({ child, parent, rows: linked }) => partOf(child, parent, linked))
  return { parts, sentence: `${fileName}: ${parts.map(partWords).join('; ')}.` }
}

async function csvRows(installation: Installation, path: string): Promise<Record<string, string | null>[]> {
  const isFile = await stat(path).then(
    s => s.isFile(),
    () => false,
  )
  if (!isFile) throw new InputFault('file-unreadable', `There is no file ${path} that can be read.`)
  const connection = await installation.engine.connect()
  try {
    return await connection.rows(`select * from read_csv(${quote(path)}, all_varchar = true, header = true)`)
  } catch {
    throw new InputFault('file-unreadable', `${basename(path)} cannot be read as CSV.`)
  } finally {
    connection.close()
  }
}

/** A column leads to a coarser kind, or to the same small areas in a later vintage. */
const leadsTo = (child: LookupColumn, parent: LookupColumn): boolean =>
  isParentOf(parent.kind, child.kind) || (parent.kind === child.kind && parent.vintage > child.vintage)

interface Link {
  code: string
  parent: string
  share: number
}

function linksOf(rows: Record<string, string | null>[], child: LookupColumn, parent: LookupColumn): Link[] {
  const parents = new Map<string, Set<string>>()
  for (const row of rows) {
    const code = row[child.property]?.trim()
    const parentCode = row[parent.property]?.trim()
    if (!code || !parentCode) continue
    const known = parents.get(code)
    if (known) known.add(parentCode)
    else parents.set(code, new Set([parentCode]))
  }
  return [...parents].flatMap(([code, set]) =>
    [...set].map(parentCode => ({ code, parent: parentCode, share: 1 / set.size })),
  )
}

function partOf(child: LookupColumn, parent: LookupColumn, linked: Link[]): LookupPart {
  return {
    kind: child.kind,
    vintage: child.vintage,
    parentKind: parent.kind,
    parentVintage: parent.vintage,
    areas: new Set(linked.map(l => l.code)).size,
    split: new Set(linked.filter(l => l.share < 1).map(l => l.code)).size,
  }
}

const partWords = (p: LookupPart): string =>
  `${p.areas.toLocaleString('en-GB')} ${kindWords[p.kind]} (${p.vintage}) in ${kindWords[p.parentKind]} (${p.parentVintage})${
    p.split > 0 ? `, ${p.split} of them in several` : ''
  }`
