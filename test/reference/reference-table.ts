/** Inputs and outputs of the established packages, and published data. They lie beside the repository, and only where it is developed. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'csv-parse/sync'

const shared = resolve(import.meta.dirname, '../../../shared')

/** As `skip` of a test: a reason, or false where the reference is there. */
export const referenceAbsent: string | false = existsSync(join(shared, 'reference'))
  ? false
  : 'the reference (../shared/reference) is not beside the repository'

export const referencePath = (path: string): string => join(shared, 'reference', path)

export type TextRows = Record<string, string>[]

export const referenceTable = (path: string): TextRows =>
  parse(readFileSync(referencePath(path), 'utf8'), { columns: true })

/** Published data, some of which has spaces round its values. */
export const publishedTable = (path: string): TextRows =>
  parse(readFileSync(join(shared, 'data', path), 'utf8'), { columns: true, trim: true })

/** A JSON file, in the shape that its README gives. */
// biome-ignore lint/suspicious/noExplicitAny: every file has a shape of its own, and a test reads a part of it
export const referenceJson = (path: string): any => JSON.parse(readFileSync(referencePath(path), 'utf8'))

/** Relative to the expected value; an empty or NA cell expects NaN. */
export function assertNear(found: number, expected: string, tolerance: number, what: string): void {
  if (expected === '' || expected === 'NA') {
    assert.ok(Number.isNaN(found), `${what}: ${found}, expected none`)
    return
  }
  const apart = Math.abs(found - Number(expected))
  assert.ok(apart <= tolerance * Math.abs(Number(expected)), `${what}: ${found}, expected ${expected}`)
}
