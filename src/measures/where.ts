/** Turns what people type into codes: `npu=BW`, `npu=Birmingham West`, `gender=male`, `outcome=Unknown`. */
import type { CodeList } from '../evidence/codes/code-list.ts'
import { forces } from '../evidence/codes/forces.ts'
import { InputFault } from '../platform/errors.ts'
import type { Values } from './dimension-columns.ts'
import { type Domain, dimensionTitle, UNKNOWN } from './dimensions.ts'
import type { DimensionId } from './figure.ts'
import { nearest } from './nearest.ts'

/**
 * Filters from `dimension=value` pairs; several of one dimension are alternatives. A plain object is never
 * asked what it holds: `constructor=x` names what every object has.
 */
export const filtersOf = (pairs: readonly [string, string][]): Record<string, string[]> =>
  Object.fromEntries(
    [...Map.groupBy(pairs, ([name]) => name)].map(([name, own]) => [name, own.map(([, value]) => value)]),
  )

/** Codes for typed values, in order and once each; null stands for unknown. Throws `dimension-unknown`. */
export function codesOf(
  dimension: DimensionId,
  values: Values,
  domain: Domain,
  typed: readonly string[],
): (string | null)[] {
  const codes = typed.flatMap(text => codesOfOne(dimension, values, domain, text.trim()))
  return [...new Set(codes)].sort((a, b) => (a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1))
}

function codesOfOne(
  dimension: DimensionId,
  values: Values,
  domain: Domain,
  typed: string,
): (string | null)[] {
  const text = typed.toLowerCase()
  const exact = domain.codes.find(c => c.code.toLowerCase() === text)
  if (exact) return [exact.code]
  // Areas of two vintages can share a name; the filter then means both.
  const labelled = domain.codes.filter(c => c.label.toLowerCase() === text)
  if (labelled.length > 0) return labelled.map(c => c.code)
  if (text === UNKNOWN.toLowerCase()) return [null]
  const list = values.kind === 'force' ? forces : listOf(values)
  const alias = list?.codes.find(
    c => c.code.toLowerCase() === text || c.aliases?.some(a => a.toLowerCase() === text),
  )
  if (alias) return [alias.code]
  if (acceptsAnything(values, domain)) return [typed]
  const suggestion = nearest(
    typed,
    domain.codes.flatMap(c => [c.code, c.label]),
  )
  throw new InputFault(
    'dimension-unknown',
    `${dimensionTitle(dimension)} has no value "${typed}"${suggestion ? `; did you mean ${suggestion}?` : '.'}`,
  )
}

const listOf = (values: Values): CodeList | null =>
  values.kind === 'closed' || values.kind === 'open' ? values.list : null

/** A publisher may add words to an open list, a pack may have named more once, and without boundaries any code may be an area. */
const acceptsAnything = (values: Values, domain: Domain): boolean =>
  values.kind === 'open' || values.kind === 'pack' || (values.kind === 'area' && domain.codes.length === 0)
