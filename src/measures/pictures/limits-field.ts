/** The choice of months that the limits of trends rest on. */
import type { AreaPack } from '../../areas/area-pack.ts'
import { financialYear, firstDay, monthsBetween, periodWords } from '../../platform/calendar.ts'
import type { HeldMonths } from './held.ts'
import type { Scope } from './scope.ts'
import { type Field, option } from './scope-fields.ts'

/** The usual months, and each financial year up to the end of the period that is held whole. */
export function limitsField(scope: Scope, held: HeldMonths, pack: AreaPack): Field {
  const now = scope.limits ? `${scope.limits.from}..${scope.limits.to}` : ''
  const years = new Set(held.months.filter(m => m <= scope.to).map(m => financialYear(firstDay(m))))
  const whole = [...years].flatMap(year => {
    const start = Number(year.slice(0, 4))
    const months = monthsBetween(`${start}-04`, `${start + 1}-03`)
    const isWhole = months.every(m => held.months.includes(m) && !held.gaps.includes(m) && m <= scope.to)
    return isWhole ? [{ value: `${months[0]}..${months.at(-1)}`, text: year }] : []
  })
  const chosen =
    scope.limits && !whole.some(y => y.value === now)
      ? [{ value: now, text: periodWords(scope.limits.from, scope.limits.to) }]
      : []
  return {
    name: 'limits',
    label: 'Limits rest on',
    hint: 'Which months count as ordinary.',
    options: [
      option('', `The baseline year (${pack.baseline.label}), or the first two years shown`, now),
      ...[...whole.toReversed(), ...chosen].map(o => option(o.value, o.text, now)),
    ],
  }
}
