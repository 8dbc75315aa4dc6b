/** How much lies inside the impact areas, beside how many residents live there. Open to everybody: large areas, protected figures. */

import { monthsBetween } from '../../platform/calendar.ts'
import type { PageContext } from '../../web/context.ts'
import { type DataTable, dataTable } from '../../web/data-table.ts'
import { figureAddress } from '../../web/figure-address.ts'
import { countOf, countWords, periodWords } from '../../web/words.ts'
import { dimensionsOf } from '../dimensions.ts'
import type { DisclosureLevel, Figure } from '../figure.ts'
import type { Measure } from '../measure.ts'
import type { MethodEntry } from '../methods/register.ts'
import type { Workings } from '../methods/workings.ts'
import { type Inside, insideFinding, insideWords } from './concentration-words.ts'
import { shareWords } from './finding.ts'
import { noMapBecause } from './place-inputs.ts'
import { shapesOf } from './place-map.ts'
import { type Scope, scoped } from './scope.ts'

export type ImpactAreas =
  | { because: string }
  | {
      figure: Figure
      title: string
      subtitle: string
      note: string
      table: DataTable
      counted: string
      workings: Workings
    }

export async function insideImpactAreas(
  context: PageContext,
  measure: Measure,
  scope: Scope,
  disclosure: DisclosureLevel,
  method: MethodEntry,
): Promise<ImpactAreas> {
  const refused = noMapBecause('impact-area', monthsBetween(scope.from, scope.to).length, disclosure)
  if (refused) return { because: refused }
  if (!dimensionsOf(measure).includes('impact-area')) {
    return { because: `${measure.title} is not held by impact area.` }
  }
  const request = scoped(scope, {
    measure: measure.id,
    by: ['impact-area'],
    ...(measure.rate ? { per: measure.rate.per } : {}),
  })
  const placedBy = scoped(scope, { measure: measure.id, by: ['local-authority'] })
  const [figure, authorities] = await Promise.all([
    context.figures.get(request, disclosure),
    context.figures.get(placedBy, disclosure),
  ])
  const shapes = new Set((await shapesOf(context.store, 'impact-area', scope.to)).map(s => s.code))
  const named = figure.rows.filter(row => row.codes['impact-area'])
  // The pack names some that nobody has drawn: a zero there would be read as a finding.
  const undrawn = named.filter(row => row.count === 0 && !shapes.has(row.codes['impact-area']!))
  // Within one policing area only those that lie in it: others would stand as zeros.
  const rows = named.filter(
    row => !undrawn.includes(row) && (scope.npu === null || row.count !== 0 || row.denominator),
  )
  if (rows.length === 0) {
    return {
      because:
        undrawn.length > 0 || named.length === 0
          ? 'No boundaries of impact areas are loaded, so nothing can be placed in them.'
          : 'No impact area lies in this policing area.',
    }
  }
  const unplaced = authorities.unknown['local-authority']?.count ?? null
  const total = figure.total.count
  const counts = rows.map(row => row.count)
  if (total === null || unplaced === null || counts.includes(null)) {
    return { because: 'A count that the share needs is withheld, so that nobody can be identified.' }
  }
  const residents = rows.map(row => row.denominator)
  const now: Inside = {
    inside: counts.reduce<number>((sum, n) => sum + n!, 0),
    of: total - unplaced,
    residents: residents.includes(null) ? null : residents.reduce<number>((sum, n) => sum + n!, 0),
    residentsOf: figure.total.denominator,
  }
  if (now.of < now.inside || now.of === 0) return { because: 'Nothing was placed in this period.' }
  const title = insideFinding(now)
  return {
    figure,
    title,
    subtitle: `${measure.title}, ${periodWords(scope.from, scope.to)}, of those with a place`,
    note: `${unplaced === 0 ? 'Every record was placed' : `Not placed, and so inside or outside: ${shareWords(unplaced, total)}`}. Impact areas were chosen because much happened there: a high share is what they were chosen for, and some fall by itself is to be expected.${undrawn.length > 0 ? ` Without boundaries, and so not among them: ${undrawn.map(row => row.labels['impact-area']).join(', ')}.` : ''}`,
    table: dataTable({
      caption: 'Share inside each impact area',
      captionHidden: true,
      columns: [
        { key: 'area', title: 'Impact area' },
        { key: 'share', title: 'Share of those with a place', numeric: true },
        { key: 'residents', title: 'Share of residents', numeric: true },
      ],
      rows: [
        ...rows.map(row => [
          { text: row.labels['impact-area'] ?? '' },
          { text: insideWords({ ...now, inside: row.count! }) },
          residentCell(row.denominator, now.residentsOf),
        ]),
        [
          { text: 'All impact areas' },
          { text: insideWords(now) },
          residentCell(now.residents, now.residentsOf),
        ],
      ],
    }),
    counted: figureAddress(request),
    workings: {
      method,
      parameters: [{ name: 'Interval', value: '95%, Wilson’s score interval; residents taken as known' }],
      used: `${countWords(now.of)} records with a place, of ${countWords(total)}`,
      leftOut: unplaced > 0 ? [`${countOf(unplaced, 'record')} that could not be placed.`] : [],
      figures: [
        { text: `${figure.title} by impact area`, href: figureAddress(request) },
        { text: `${figure.title} by local authority`, href: figureAddress(placedBy) },
      ],
      evidenceVersion: figure.lineage.evidenceVersion,
      sql: null,
    },
  }
}

const residentCell = (residents: number | null, of: number | null) =>
  residents === null || !of
    ? { text: '–', withheld: true }
    : { text: shareWords(Math.round(residents), Math.round(of)) }
