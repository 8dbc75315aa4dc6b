/**
 * Areas of records without a usable point: from the small-area code that the supplier gave, up through lookups.
 *
 * A record is one record and is never spread. Where a small area was split between vintages the code does not
 * say which half, so the small area is unknown; the ward or authority is known when all halves agree on it.
 */
import type { Month } from '../../platform/calendar.ts'
import type { AreaKind } from '../evidence.ts'
import { dayOfMonth, type PackWindow, packSaysInForce } from './in-force.ts'
import type { ParentRow } from './stored-geography.ts'

export interface Parents {
  of(kind: AreaKind, code: string): readonly ParentRow[]
  /** The same small area under its codes of other vintages. */
  linked(code: string): readonly string[]
  /** Small areas of a vintage that the lookups know. */
  smallAreas(vintage: string): ReadonlySet<string>
}

/** What is in force in a month. A kind is absent when nothing of it was ever loaded. */
export interface InForce {
  month: Month
  codes: Partial<Record<AreaKind, ReadonlySet<string>>>
  vintages: Partial<Record<AreaKind, string>>
}

export interface SuppliedAreas {
  /** The code in the month's vintage, or null when it is unknown or one of several. */
  smallArea(code: string): string | null
  /** The larger area of one kind in which an area lies, or null. */
  parentOf(kind: AreaKind, code: string, parentKind: AreaKind): string | null
}

/** Shape of the codes of small areas in England and Wales. */
const SMALL_AREA_CODE = /^[EW]01\d{6}$/

export function indexParents(rows: readonly ParentRow[]): Parents {
  const byChild = new Map<string, ParentRow[]>()
  const linked = new Map<string, Set<string>>()
  const vintages = new Map<string, Set<string>>()
  const add = <V>(map: Map<string, Set<V>>, key: string, value: V) => {
    const set = map.get(key)
    if (set) set.add(value)
    else map.set(key, new Set([value]))
  }
  for (const row of rows) {
    const key = `${row.kind} ${row.code}`
    const own = byChild.get(key)
    if (own) own.push(row)
    else byChild.set(key, [row])
    if (row.kind === 'lsoa') add(vintages, row.vintage, row.code)
    if (row.kind === 'lsoa' && row.parentKind === 'lsoa') {
      add(vintages, row.parentVintage, row.parentCode)
      add(linked, row.code, row.parentCode)
      add(linked, row.parentCode, row.code)
    }
  }
  return {
    of: (kind, code) => byChild.get(`${kind} ${code}`) ?? [],
    linked: code => [...(linked.get(code) ?? [])],
    smallAreas: vintage => vintages.get(vintage) ?? new Set(),
  }
}

/** The resolver for one month. It remembers its answers: codes repeat by the thousand. */
export function suppliedAreas(
  parents: Parents,
  inForce: InForce,
  windows: readonly PackWindow[],
): SuppliedAreas {
  const day = dayOfMonth(inForce.month)
  // data.police.uk publishes 2021 small areas from the files of June 2023.
  const vintage = inForce.vintages.lsoa ?? (inForce.month >= '2023-06' ? '2021' : '2011')
  const known = inForce.codes.lsoa ?? parents.smallAreas(vintage)

  const smallArea = (code: string): string | null => {
    if (known.has(code)) return code
    const candidates = parents.linked(code).filter(c => known.has(c))
    if (candidates.length > 0) return candidates.length === 1 ? candidates[0]! : null
    return SMALL_AREA_CODE.test(code) ? code : null
  }

  const usable = (kind: AreaKind, code: string): boolean => {
    const codes = inForce.codes[kind]
    // Codes of authorities outlast their boundary files, which may cover one force of several.
    if (kind === 'local-authority') return true
    return packSaysInForce(kind, code, windows, day) ?? codes?.has(code) ?? true
  }

  const bestOf = (rows: readonly ParentRow[], parentKind: AreaKind): string | null => {
    const candidates = rows.filter(r => r.parentKind === parentKind && usable(parentKind, r.parentCode))
    if (candidates.length === 0) return null
    const vintages = candidates.map(r => r.parentVintage)
    const wanted = inForce.vintages[parentKind]
    const chosen = wanted && vintages.includes(wanted) ? wanted : vintages.toSorted().at(-1)
    const shares = new Map<string, number>()
    for (const r of candidates.filter(c => c.parentVintage === chosen)) {
      shares.set(r.parentCode, Math.max(r.share, shares.get(r.parentCode) ?? 0))
    }
    const [first, second] = [...shares].sort((a, b) => b[1] - a[1])
    return first && (!second || first[1] > second[1]) ? first[0] : null
  }

  const direct = (kind: AreaKind, code: string, parentKind: AreaKind): string | null => {
    const rows = parents.of(kind, code)
    const own = kind === 'lsoa' ? vintage : inForce.vintages[kind]
    const found =
      bestOf(
        rows.filter(r => r.vintage === own),
        parentKind,
      ) ??
      bestOf(
        rows.filter(r => r.vintage !== own),
        parentKind,
      )
    if (found !== null || kind !== 'lsoa') return found
    const halves = new Set(parents.linked(code).map(c => bestOf(parents.of('lsoa', c), parentKind)))
    return halves.size === 1 ? [...halves][0]! : null
  }

  const find = (kind: AreaKind, code: string, parentKind: AreaKind): string | null => {
    const found = direct(kind, code, parentKind)
    if (found !== null || kind !== 'lsoa' || parentKind === 'ward') return found
    const ward = parentOf(kind, code, 'ward')
    return ward === null ? null : direct('ward', ward, parentKind)
  }

  const parentOf = remember((kind: AreaKind, code: string, parentKind: AreaKind) =>
    find(kind, code, parentKind),
  )
  return { smallArea: remember(smallArea), parentOf }
}

function remember<Key extends string[]>(
  find: (...key: Key) => string | null,
): (...key: Key) => string | null {
  const known = new Map<string, string | null>()
  return (...key) => {
    const id = key.join(' ')
    const answer = known.get(id)
    if (answer !== undefined) return answer
    const found = find(...key)
    known.set(id, found)
    return found
  }
}
