/** Where a text still stands: in which tables of a database, and in which files of a folder. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Queryable } from '../src/platform/postgres.ts'

/** Tables with a row that holds the text, however it is written; those of every schema that is not PostgreSQL's own. */
export async function tablesWith(database: Queryable, text: string): Promise<string[]> {
  const tables = await database.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') order by tablename`,
  )
  const found = await database.query<{ name: string }>(
    `${tables
      .map(
        ({ name }) => `select '${name}' as name where exists (
          select from ${name} t where position(lower($1) in lower(t::text)) > 0)`,
      )
      .join(' union all ')} order by 1`,
    [text],
  )
  return found.map(({ name }) => name.replace('public.', ''))
}

/** Files of a folder that hold the text as it is written, byte for byte. */
export async function filesWith(folder: string, text: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = files.filter(f => f.isFile()).map(f => join(f.parentPath, f.name))
  const held = await Promise.all(paths.map(async path => ({ path, bytes: await readFile(path) })))
  return held.filter(({ bytes }) => bytes.includes(text)).map(({ path }) => path)
}
