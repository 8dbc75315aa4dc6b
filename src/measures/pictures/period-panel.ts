/** Scope and filter of pages of what Concord counts in its own casework: months, and no area. */
import type { AreaPack } from '../../areas/area-pack.ts'
import { addMonths, calendarWords, periodWords } from '../../platform/calendar.ts'
import type { HeldMonths } from './held.ts'
import { readScope, type Scope } from './scope.ts'
import { type Field, option, type ScopePanel } from './scope-fields.ts'

/** The last twelve whole months, beside the same months a year before where those are counted. */
export function lastYearScope(
  query: { from?: string; to?: string; limits?: string },
  held: HeldMonths,
  pack: AreaPack,
): Scope {
  const scope = readScope(query, held, pack)
  return { ...scope, compare: addMonths(scope.from, -12) >= held.first ? 'year-before' : null }
}

/** `own`: fields of the page itself, set before the months, and what is chosen in them. */
export function periodPanel(
  scope: Scope,
  held: HeldMonths,
  url: string,
  own: { fields: Field[]; chosen: string[] } = { fields: [], chosen: [] },
): ScopePanel {
  const [action = '', query = ''] = url.split('?', 2)
  const months = (now: string) =>
    [...new Set([...held.months, now])]
      .sort()
      .reverse()
      .map(month => option(month, calendarWords(month), now))
  return {
    action,
    chosen: [...own.chosen, periodWords(scope.from, scope.to)].map(text => ({ text })),
    clear: query === '' ? null : action,
    fields: [
      ...own.fields,
      { name: 'from', label: 'From', options: months(scope.from) },
      { name: 'to', label: 'To', options: months(scope.to) },
    ],
    pandemic: null,
    problems: scope.problems,
  }
}
